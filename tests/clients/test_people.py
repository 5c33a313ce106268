"""People through wxc_sdk: the whole life of a person, lists with their filters and pages."""

import pytest
from wxc_sdk.people import Person
from wxc_sdk.rest import RestError


def test_a_list_is_paged_without_gaps_or_repetitions(api):
    pages = list(api.people.list(max=50))
    whole = list(api.people.list(max=1000))
    assert len(whole) > 300
    assert [p.person_id for p in pages] == [p.person_id for p in whole]
    assert len({p.person_id for p in pages}) == len(pages)


def test_calling_data_is_shown_when_asked_for(api):
    found = [p for p in api.people.list(calling_data=True, max=100) if p.location_id]
    assert len(found) >= 60
    plain = api.people.details(found[0].person_id)
    full = api.people.details(found[0].person_id, calling_data=True)
    assert plain.location_id is None and plain.extension is None
    assert full.location_id == found[0].location_id and full.extension == found[0].extension


def test_a_list_is_narrowed_by_each_filter(api):
    everyone = list(api.people.list())
    sample = everyone[7]
    assert [p.person_id for p in api.people.list(email=sample.emails[0])] == [sample.person_id]
    named = list(api.people.list(display_name=sample.display_name[:6]))
    assert sample.person_id in {p.person_id for p in named}
    assert all(p.display_name.lower().startswith(sample.display_name[:6].lower()) for p in named)
    ids = [everyone[3].person_id, everyone[5].person_id]
    assert {p.person_id for p in api.people.list(id_list=ids)} == set(ids)
    role = next(r.id for r in api.roles.list() if r.name == "Full Administrator")
    admins = list(api.people.list(roles=role))
    assert admins and all(role in api.people.details(p.person_id).roles for p in admins)


def test_people_of_a_location_are_found(api):
    location = next(iter(api.telephony.location.list()))
    found = list(api.people.list(location_id=location.location_id, calling_data=True))
    assert found and all(p.location_id == location.location_id for p in found)


def test_a_person_is_created_read_changed_and_deleted(organization, api):
    created = api.people.create(
        Person(
            emails=[organization.email()],
            first_name="Mira",
            last_name="Okonkwo",
            display_name="Mira Okonkwo",
            department="Field Service",
            title="Planner",
            addresses=[{"type": "work", "country": "US", "locality": "Austin"}],
        )
    )
    read = api.people.details(created.person_id)
    assert read == created
    assert (read.first_name, read.department, read.title) == ("Mira", "Field Service", "Planner")
    assert read.invite_pending is True and read.person_type == "person"

    read.title = "Lead Planner"
    changed = api.people.update(read)
    assert changed.title == "Lead Planner"
    assert api.people.details(created.person_id).title == "Lead Planner"

    api.people.delete_person(created.person_id)
    with pytest.raises(RestError) as refused:
        api.people.details(created.person_id)
    assert refused.value.response.status_code == 404


def test_an_update_replaces_the_whole_person(organization, api):
    person = organization.calling_person()
    person.licenses = []
    person.phone_numbers = None
    person.extension = None
    api.people.update(person)
    left = api.people.details(person.person_id, calling_data=True)
    assert left.licenses == [] and left.extension is None


def test_a_calling_person_is_created_in_one_request(organization, api):
    person = organization.calling_person()
    read = api.people.details(person.person_id, calling_data=True)
    assert read.location_id and read.extension == person.extension
    assert [n.value for n in read.phone_numbers if n.number_type == "work"] == [read.tn.value]
    assert organization.professional().license_id in read.licenses


def test_a_minimal_answer_has_the_id_alone(organization, api):
    created = api.people.create(
        Person(emails=[organization.email()], display_name="Short Answer"), min_response=True
    )
    assert created.model_dump(exclude_none=True) == {"person_id": created.person_id}


def test_an_email_belongs_to_one_person(organization, api):
    person = organization.person()
    with pytest.raises(RestError) as refused:
        api.people.create(Person(emails=person.emails, display_name="Second"))
    assert refused.value.response.status_code == 409


def test_me_is_the_administrator_of_the_token(organization, api):
    me = api.people.me(calling_data=True)
    assert me.org_id == organization.api.organizations.details(me.org_id).org_id
    assert api.people.details(me.person_id).emails == me.emails
