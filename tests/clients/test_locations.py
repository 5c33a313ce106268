"""Locations and numbers through wxc_sdk."""

import pytest
from wxc_sdk.rest import RestError


def opened(api, name="Reno"):
    identity = api.locations.create(
        name=name,
        time_zone="America/Los_Angeles",
        preferred_language="en_us",
        announcement_language="en_us",
        address1="1 Main Street",
        city="Reno",
        state="NV",
        postal_code="89501",
        country="US",
    )
    return api.locations.details(identity)


def test_locations_are_listed_paged_and_narrowed(api):
    whole = list(api.locations.list())
    assert len(whole) >= 7
    assert list(api.locations.list(max=2)) == whole
    assert [x.location_id for x in api.locations.list(name=whole[0].name)] == [whole[0].location_id]
    assert api.locations.details(whole[0].location_id) == whole[0]


def test_a_location_is_created_changed_and_deleted(api):
    location = opened(api)
    assert (location.name, location.address.city) == ("Reno", "Reno")
    location.name = "Reno North"
    api.locations.update(location.location_id, location)
    assert api.locations.by_name("Reno North").location_id == location.location_id
    api.locations.delete(location.location_id)
    with pytest.raises(RestError) as refused:
        api.locations.details(location.location_id)
    assert refused.value.response.status_code == 404


def test_a_location_is_enabled_for_calling(api):
    location = opened(api)
    listed = {x.location_id for x in api.telephony.location.list()}
    assert location.location_id not in listed
    assert api.telephony.location.enable_for_calling(location) == location.location_id
    listed = {x.location_id for x in api.telephony.location.list()}
    assert location.location_id in listed
    found = api.telephony.location.details(location.location_id)
    assert (found.name, found.announcement_language) == ("Reno", "en_us")
    found.external_caller_id_name = "Reno desk"
    api.telephony.location.update(location.location_id, found)
    changed = api.telephony.location.details(location.location_id)
    assert changed.external_caller_id_name == "Reno desk"


def test_numbers_are_listed_paged_and_narrowed(organization, api):
    whole = list(api.telephony.phone_numbers())
    assert len(whole) > 100
    assert list(api.telephony.phone_numbers(max=40)) == whole
    owned = next(row for row in whole if row.owner and row.phone_number)
    rows = list(api.telephony.phone_numbers(owner_id=owned.owner.owner_id))
    assert owned in rows and all(row.owner.owner_id == owned.owner.owner_id for row in rows)
    assert list(api.telephony.phone_numbers(phone_number=owned.phone_number)) == [owned]
    here = list(api.telephony.phone_numbers(location_id=owned.location.id))
    assert here and {row.location.id for row in here} == {owned.location.id}
    free = list(api.telephony.phone_numbers(available=True))
    assert free and not any(row.owner for row in free)


def test_numbers_are_counted(api):
    count = api.telephony.phone_number_details()
    whole = list(api.telephony.phone_numbers())
    assert count.total == len(whole)
    assert count.extension_only == len([row for row in whole if not row.phone_number])


def test_numbers_are_validated_added_activated_and_removed(organization, api):
    location = organization.free_numbers()[0].location.id
    wanted = ["+14085551701", "+14085551702"]
    checked = api.telephony.validate_phone_numbers(wanted)
    assert checked.ok
    api.telephony.location.number.add(location, wanted)
    rows = list(api.telephony.phone_numbers(phone_number=wanted[0]))
    assert [(row.phone_number, row.state) for row in rows] == [(wanted[0], "INACTIVE")]
    api.telephony.location.number.activate(location, wanted)
    rows = list(api.telephony.phone_numbers(phone_number=wanted[0]))
    assert [row.state for row in rows] == ["ACTIVE"]
    assert not api.telephony.validate_phone_numbers(wanted).ok
    api.telephony.location.number.remove(location, wanted)
    assert list(api.telephony.phone_numbers(phone_number=wanted[0])) == []


def test_extensions_are_validated_and_main_numbers_offered(organization, api):
    location = organization.free_numbers()[0].location.id
    free = organization.extension()
    taken = next(
        row.extension
        for row in api.telephony.phone_numbers(location_id=location)
        if row.owner and row.extension
    )
    checked = api.telephony.location.validate_extensions(location, [free, taken])
    assert [(x.extension, x.state) for x in checked.extension_status] == [
        (free, "VALID"),
        (taken, "DUPLICATE"),
    ]
    offered = {n.phone_number for n in api.telephony.location.phone_numbers(location)}
    assert offered >= {n.phone_number for n in organization.free_numbers(location)}


def test_a_number_in_use_is_not_removed(organization, api):
    owned = next(row for row in api.telephony.phone_numbers() if row.owner and row.phone_number)
    with pytest.raises(RestError) as refused:
        api.telephony.location.number.remove(owned.location.id, [owned.phone_number])
    assert refused.value.response.status_code in (400, 409)
