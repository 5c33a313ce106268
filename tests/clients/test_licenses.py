"""Licences through wxc_sdk: lists, assigned users, and the one save that keeps what two lose."""

import pytest
from organization import NEW_SUBSCRIPTION, OLD_SUBSCRIPTION
from wxc_sdk.licenses import LicenseProperties, LicenseRequest, LicenseRequestOperation
from wxc_sdk.people import Person
from wxc_sdk.rest import RestError

ADD, REMOVE = LicenseRequestOperation.add, LicenseRequestOperation.remove


def own_properties(person):
    """The holder's own number and extension, as the move documents require them."""
    return LicenseProperties(
        location_id=person.location_id, phone_number=person.tn.value, extension=person.extension
    )


def configured(organization):
    """A calling person with settings that would be missed."""
    api = organization.api
    person = organization.calling_person()
    person = api.people.details(person.person_id, calling_data=True)
    voicemail = api.person_settings.voicemail.read(person.person_id)
    voicemail.send_unanswered_calls.number_of_rings = 9
    api.person_settings.voicemail.configure(person.person_id, voicemail)
    api.person_settings.call_waiting.configure(person.person_id, enabled=False)
    return person


def units(organization, subscription):
    license = organization.api.licenses.details(organization.professional(subscription).license_id)
    return license.consumed_units, license.consumed_by_users


def test_licenses_are_listed_and_read(organization, api):
    licenses = api.licenses.list()
    assert {OLD_SUBSCRIPTION, NEW_SUBSCRIPTION} <= {x.subscription_id for x in licenses}
    old = organization.professional()
    assert old.webex_calling_professional and old.lic_uuid
    assert api.licenses.details(old.license_id) == old
    assert old.consumed_units == old.consumed_by_users + old.consumed_by_workspaces


def test_assigned_users_are_paged(organization, api):
    old = organization.professional()
    users = list(api.licenses.assigned_users(old.license_id, limit=50))
    assert len(users) == old.consumed_by_users >= 240
    assert len({u.id for u in users}) == len(users)
    assert old.license_id in api.people.details(users[0].id).licenses


def test_a_swap_in_one_request_keeps_every_setting(organization, api):
    person = configured(organization)
    old, new = organization.professional(), organization.professional(NEW_SUBSCRIPTION)
    before = units(organization, OLD_SUBSCRIPTION), units(organization, NEW_SUBSCRIPTION)
    answer = api.licenses.assign_licenses_to_users(
        person_id=person.person_id,
        licenses=[
            LicenseRequest(id=old.license_id, operation=REMOVE),
            LicenseRequest(id=new.license_id, operation=ADD, properties=own_properties(person)),
        ],
    )
    assert new.license_id in answer.licenses and old.license_id not in answer.licenses
    assert answer.person_id == person.person_id and answer.email == person.emails[0]
    moved = api.people.details(person.person_id, calling_data=True)
    assert (moved.tn, moved.extension) == (person.tn, person.extension)
    voicemail = api.person_settings.voicemail.read(person.person_id)
    assert voicemail.send_unanswered_calls.number_of_rings == 9
    assert api.person_settings.call_waiting.read(person.person_id) is False
    after = units(organization, OLD_SUBSCRIPTION), units(organization, NEW_SUBSCRIPTION)
    assert (after[0][1], after[1][1]) == (before[0][1] - 1, before[1][1] + 1)


def test_a_swap_by_person_update_keeps_every_setting(organization, api):
    person = configured(organization)
    old, new = organization.professional(), organization.professional(NEW_SUBSCRIPTION)
    person.licenses = [x for x in person.licenses if x != old.license_id] + [new.license_id]
    changed = api.people.update(person, calling_data=True)
    assert new.license_id in changed.licenses and changed.extension == person.extension
    voicemail = api.person_settings.voicemail.read(person.person_id)
    assert voicemail.send_unanswered_calls.number_of_rings == 9


def test_a_removal_alone_loses_numbers_and_settings(organization, api):
    person = configured(organization)
    old, new = organization.professional(), organization.professional(NEW_SUBSCRIPTION)
    api.licenses.assign_licenses_to_users(
        person_id=person.person_id,
        licenses=[LicenseRequest(id=old.license_id, operation=REMOVE)],
    )
    left = api.people.details(person.person_id, calling_data=True)
    assert left.tn is None and left.extension is None
    free = list(api.telephony.phone_numbers(available=True, phone_number=person.tn.value))
    assert [row.phone_number for row in free] == [person.tn.value]

    api.licenses.assign_licenses_to_users(
        person_id=person.person_id,
        licenses=[
            LicenseRequest(id=new.license_id, operation=ADD, properties=own_properties(person))
        ],
    )
    voicemail = api.person_settings.voicemail.read(person.person_id)
    assert voicemail.send_unanswered_calls.number_of_rings == 3
    assert api.person_settings.call_waiting.read(person.person_id) is True


def test_an_owned_license_may_be_added_again(organization, api):
    person = api.people.details(organization.calling_person().person_id, calling_data=True)
    answer = api.licenses.assign_licenses_to_users(
        email=person.emails[0],
        licenses=[
            LicenseRequest(
                id=organization.professional().license_id,
                operation=ADD,
                properties=own_properties(person),
            )
        ],
    )
    assert sorted(answer.licenses) == sorted(person.licenses)


def request_for(organization, case):
    """One documented refusal: the licences of the request and its error code."""
    person = organization.api.people.details(
        organization.calling_person().person_id, calling_data=True
    )
    standard = next(
        x
        for x in organization.api.licenses.list()
        if x.name in ("Webex Calling - Standard", "Webex Calling - Basic")
    )
    here = own_properties(person)
    nowhere = LicenseProperties(location_id="Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OL25v", extension="7")
    return person, {
        "unknown license": [LicenseRequest(id="bm9uZQ", operation=ADD)],
        "two calling licenses": [
            LicenseRequest(id=standard.license_id, operation=ADD, properties=here)
        ],
        "no properties": [
            LicenseRequest(id=organization.professional().license_id, operation=REMOVE),
            LicenseRequest(id=organization.professional(NEW_SUBSCRIPTION).license_id),
        ],
        "unknown location": [
            LicenseRequest(id=organization.professional().license_id, operation=REMOVE),
            LicenseRequest(
                id=organization.professional(NEW_SUBSCRIPTION).license_id, properties=nowhere
            ),
        ],
        "professional to standard": [
            LicenseRequest(id=organization.professional().license_id, operation=REMOVE),
            LicenseRequest(id=standard.license_id, operation=ADD, properties=here),
        ],
    }[case]


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("unknown license", 400000),
        ("two calling licenses", 400404),
        ("no properties", 400411),
        ("unknown location", 400),
        ("professional to standard", 400112),
    ],
)
def test_a_refusal_carries_its_documented_code_and_changes_nothing(organization, api, case, code):
    person, licenses = request_for(organization, case)
    with pytest.raises(RestError) as refused:
        api.licenses.assign_licenses_to_users(person_id=person.person_id, licenses=licenses)
    assert refused.value.response.status_code == 400
    assert refused.value.code == code
    assert refused.value.description and refused.value.detail.tracking_id
    assert api.people.details(person.person_id, calling_data=True) == person


def test_a_request_that_fails_in_part_answers_206(organization, api):
    person = organization.person()
    free = next(
        x for x in api.licenses.list() if "essaging" in x.name and x.total_units > x.consumed_units
    )
    professional = organization.professional()
    seen = []
    api.session.register_response_callback(lambda answer, _: seen.append(answer.status_code))
    answer = api.licenses.assign_licenses_to_users(
        person_id=person.person_id,
        licenses=[
            LicenseRequest(id=free.license_id, operation=ADD),
            LicenseRequest(id=professional.license_id, operation=ADD),
        ],
    )
    assert seen == [206]
    assert free.license_id in answer.licenses
    assert professional.license_id not in answer.licenses


def test_a_full_license_is_not_assigned(organization, api):
    full = next(x for x in api.licenses.list() if 0 < x.total_units == x.consumed_units)
    person = api.people.create(Person(emails=[organization.email()], display_name="One More"))
    properties = None
    if full.webex_calling:
        number = organization.free_numbers()[0]
        properties = LicenseProperties(
            location_id=number.location.id, phone_number=number.phone_number
        )
    with pytest.raises(RestError):
        api.licenses.assign_licenses_to_users(
            person_id=person.person_id,
            licenses=[LicenseRequest(id=full.license_id, properties=properties)],
        )
    assert full.license_id not in (api.people.details(person.person_id).licenses or [])
