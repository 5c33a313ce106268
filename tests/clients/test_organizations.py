"""Organisations, roles and the audit log through wxc_sdk."""

import datetime

import pytest
from organization import Organization
from wxc_sdk.rest import RestError


def window():
    now = datetime.datetime.now(datetime.timezone.utc)
    return now - datetime.timedelta(days=1), now + datetime.timedelta(days=1)


def test_the_organization_is_listed_and_read(organization, api):
    listed = api.organizations.list()
    assert organization.id in {o.org_id for o in listed}
    read = api.organizations.details(organization.id)
    assert read in listed and read.display_name and read.created.tzinfo


def test_roles_are_listed_and_read(api):
    roles = api.roles.list()
    names = {role.name.lower() for role in roles}
    assert {"full administrator", "read-only administrator"} <= names
    assert api.roles.details(roles[0].id) == roles[0]


def test_changes_stand_in_the_audit_log(organization, api):
    person = organization.calling_person()
    api.person_settings.call_waiting.configure(person.person_id, enabled=False)
    since, until = window()
    events = list(api.admin_audit.list_events(organization.id, since, until))
    assert events
    assert events[0].data.target_org_id == organization.id
    assert events[0].data.tracking_id and events[0].data.actor_email
    assert [e.created for e in events] == sorted((e.created for e in events), reverse=True)
    paged = list(api.admin_audit.list_events(organization.id, since, until, max=2))
    assert [e.id for e in paged] == [e.id for e in events]


def test_the_audit_log_is_narrowed_by_category(organization, api):
    organization.person()
    categories = api.admin_audit.list_event_categories()
    assert "USERS" in categories
    since, until = window()
    events = list(
        api.admin_audit.list_events(organization.id, since, until, event_categories=["USERS"])
    )
    assert events and {e.data.event_category for e in events} == {"USERS"}


def test_a_foreign_organization_is_out_of_reach(api):
    with pytest.raises(RestError) as refused:
        api.organizations.details("Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9ub25l")
    assert refused.value.response.status_code in (403, 404)


def test_an_organization_that_is_in_use_is_not_deleted(organization, api):
    with pytest.raises(RestError) as refused:
        api.organizations.delete(organization.id)
    assert refused.value.response.status_code == 409
    assert "more than 1 user" in refused.value.response.text
    assert api.organizations.details(organization.id)


def test_an_organization_is_deleted_with_everything(endpoints):
    with Organization(endpoints, scenario="minimal") as found:
        me = found.api.people.me().person_id
        for person in found.api.people.list():
            if person.person_id != me:
                found.api.people.delete_person(person.person_id)
        found.subscription("cancel", "Sub100001")
        found.api.organizations.delete(found.id)
        assert found.api.organizations.list() == []
        with pytest.raises(RestError) as gone:
            found.api.organizations.details(found.id)
        assert gone.value.response.status_code == 404
