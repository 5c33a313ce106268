"""The same organisation through webexpythonsdk, which checks exact statuses and timestamps."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import webexpythonsdk
from webexpythonsdk.exceptions import ApiError


@pytest.fixture
def webex(organization):
    """A client that finds its sandbox by the address, not by the token."""
    return webexpythonsdk.WebexAPI(
        access_token=organization.tokens["fullAdmin"],
        base_url=organization.base_url.rstrip("/") + "/",
        wait_on_rate_limit=False,
    )


def test_people_are_listed_page_by_page(webex):
    people = list(webex.people.list(max=50))
    assert len(people) > 300 and len({p.id for p in people}) == len(people)
    assert all(isinstance(p.created, datetime.datetime) for p in people[:20])
    assert [p.id for p in webex.people.list(email=people[0].emails[0])] == [people[0].id]


def test_a_person_is_created_changed_and_deleted(organization, webex):
    created = webex.people.create(
        emails=[organization.email()], firstName="Noor", lastName="Haddad", title="Buyer"
    )
    assert created.displayName == "Noor Haddad"
    assert webex.people.get(created.id).json_data == created.json_data
    changed = webex.people.update(
        created.id,
        emails=created.emails,
        displayName="Noor Haddad",
        firstName="Noor",
        lastName="Haddad",
        licenses=[],
    )
    assert changed.title is None, "what an update leaves out is removed"
    webex.people.delete(created.id)
    with pytest.raises(ApiError) as refused:
        webex.people.get(created.id)
    assert refused.value.status_code == 404


def test_me_is_a_person_of_the_organization(organization, webex):
    me = webex.people.me()
    assert me.orgId == organization.id and me.type == "person"


def test_licenses_organizations_and_roles_are_listed_and_read(organization, webex):
    licenses = list(webex.licenses.list())
    assert webex.licenses.get(licenses[0].id).json_data == licenses[0].json_data
    organizations = list(webex.organizations.list())
    assert organization.id in {o.id for o in organizations}
    read = webex.organizations.get(organization.id)
    assert isinstance(read.created, datetime.datetime)
    roles = list(webex.roles.list())
    assert webex.roles.get(roles[0].id).name == roles[0].name


def test_the_audit_log_is_read(organization, webex):
    organization.person()
    now = datetime.datetime.now(datetime.timezone.utc)
    since, until = (
        (now + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z") for days in (-1, 1)
    )
    events = list(webex.admin_audit_events.list(organization.id, since, until))
    assert events and events[0].data.eventCategory
    assert isinstance(events[0].created, datetime.datetime)


def test_a_code_is_exchanged_for_a_token_that_is_renewed(organization, webex):
    back = "https://example.com/back"
    wanted = {"response_type": "code", "client_id": "it", "redirect_uri": back, "state": "77"}
    answer = requests.get(f"{webex.base_url}authorize", wanted, allow_redirects=False, timeout=5)
    assert answer.status_code == 302 and answer.headers["location"].startswith(back)
    given = parse_qs(urlsplit(answer.headers["location"]).query)
    assert given["state"] == ["77"]
    token = webex.access_tokens.get("it", "secret", given["code"][0], back)
    assert token.access_token and token.expires_in > 0
    again = webex.access_tokens.refresh("it", "secret", token.refresh_token)
    assert again.refresh_token_expires_in > 0
    client = webexpythonsdk.WebexAPI(again.access_token, base_url=webex.base_url)
    assert client.people.me().orgId == organization.id


def test_webhooks_are_kept_changed_and_listed(webex):
    made = webex.webhooks.create("calls", "https://example.com/a", "telephony_calls", "all")
    changed = webex.webhooks.update(made.id, name="all calls", targetUrl="https://example.com/b")
    assert (changed.name, changed.targetUrl) == ("all calls", "https://example.com/b")
    assert webex.webhooks.get(made.id).json_data == changed.json_data
    assert [webhook.id for webhook in webex.webhooks.list()] == [made.id]
    webex.webhooks.delete(made.id)
    assert list(webex.webhooks.list()) == []


def test_refusals_carry_message_and_tracking_id(webex):
    with pytest.raises(ApiError) as refused:
        webex.licenses.get("bm9uZQ")
    assert refused.value.status_code == 404
    assert refused.value.message and refused.value.tracking_id


def test_what_is_not_simulated_is_501(webex):
    with pytest.raises(ApiError) as refused:
        list(webex.rooms.list())
    assert refused.value.status_code == 501
