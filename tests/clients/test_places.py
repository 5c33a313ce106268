"""Floors of locations, and locations as the older API has them, through wxc_sdk."""

import pytest
from wxc_sdk.rest import RestError


def refused(call, *arguments):
    with pytest.raises(RestError) as found:
        call(*arguments)
    return found.value.response.status_code


def test_floors_of_a_location_are_added_changed_and_deleted(api):
    boston = api.locations.by_name("Boston").location_id
    before = api.locations.list_floors(boston)
    assert [floor.floor_number for floor in before] == [1, 2]
    made = api.locations.create_floor(boston, -1, "The basement")
    assert (made.floor_number, made.location_id) == (-1, boston)
    assert api.locations.floor_details(boston, made.id) == made
    made.floor_number, made.display_name = 3, "Roof"
    assert api.locations.update_floor(made) == made
    assert api.locations.list_floors(boston) == [*before, made]
    api.locations.delete_floor(boston, made.id)
    assert api.locations.list_floors(boston) == before
    assert refused(api.locations.floor_details, boston, made.id) == 404


def barcelona(api):
    return api.workspace_locations.create(
        display_name="Barcelona",
        address="Carrer de Pere IV",
        country_code="ES",
        latitude=41.406615,
        longitude=2.200717,
        city_name="Barcelona",
        notes="by the sea",
    )


def test_a_workspace_location_is_a_location(organization, api):
    made = barcelona(api)
    older = api.workspace_locations
    assert older.details(made.id) == made
    assert made.org_id_uuid in made.id or made.location_id
    newer = api.locations.details(made.location_id)
    assert (newer.name, newer.address.city, newer.latitude) == ("Barcelona", "Barcelona", 41.406615)
    assert list(older.list(city_name="barcelona")) == [made]
    assert len(list(older.list())) == len(list(api.locations.list()))
    made.display_name, made.notes = "Port", None
    changed = older.update(made.id, made)
    assert (changed.display_name, changed.notes) == ("Port", None)
    assert api.locations.details(made.location_id).name == "Port"
    older.delete(made.id)
    assert refused(older.details, made.id) == 404
    assert refused(api.locations.details, made.location_id) == 404


def test_floors_of_a_workspace_location_are_those_of_the_location(api):
    place = barcelona(api)
    floors = api.workspace_locations.floors
    made = floors.create(place.id, 2, "Sales")
    assert (made.location_id, made.floor_number) == (place.id, 2)
    assert floors.details(place.id, made.id) == made
    assert list(floors.list(place.id)) == [made]
    assert [floor.id for floor in api.locations.list_floors(place.location_id)] == [made.id]
    made.display_name = "Support"
    assert floors.update(place.id, made.id, made) == made
    floors.delete(place.id, made.id)
    assert list(floors.list(place.id)) == []
