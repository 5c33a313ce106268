"""Devices through wxc_sdk."""

import pytest
from wxc_sdk.devices import ConnectionStatus, TagOp
from wxc_sdk.person_settings import Hoteling
from wxc_sdk.rest import RestError


@pytest.fixture
def holder(api):
    people = api.people.list(display_name="Joaquin", calling_data=True)
    return next(person for person in people if person.location_id)


def test_a_phone_is_added_tagged_and_deleted(api, holder):
    made = api.devices.create_by_mac_address(
        mac="D82E3EAA0001", model="DMS Cisco 8865", person_id=holder.person_id
    )
    assert (made.mac, made.product) == ("D82E3EAA0001", "Cisco 8865")
    assert api.devices.details(made.device_id) == made
    tagged = api.devices.modify_device_tags(made.device_id, TagOp.add, ["desk", "window"])
    assert tagged.tags == ["desk", "window"]
    found = list(api.devices.list(person_id=holder.person_id, tag="desk"))
    assert [device.device_id for device in found] == [made.device_id]
    api.devices.delete(made.device_id)
    with pytest.raises(RestError) as refused:
        api.devices.details(made.device_id)
    assert refused.value.response.status_code == 404


def test_a_code_brings_a_device(organization, api, holder):
    code = api.devices.activation_code(person_id=holder.person_id, model="Cisco 8875")
    answer = organization.request(
        "POST",
        f"{organization.endpoints['sim']}/simulate/deviceOnline",
        json={"activationCode": code.code},
    )
    assert answer.status_code == 200, answer.text
    (device,) = api.devices.list(person_id=holder.person_id, product="Cisco 8875")
    assert device.connection_status == ConnectionStatus.connected


def test_the_phones_of_a_person_are_hosts_of_guests(api, holder):
    person = holder.person_id
    assert api.person_settings.devices(person).devices == []
    assert api.telephony.devices.user_devices_count(person).total_device_count == 0
    made = api.devices.create_by_mac_address(
        mac="D82E3EAA0002", model="DMS Cisco 8865", person_id=person
    )
    wanted = Hoteling(enabled=True, limit_guest_use=True, guest_hours_limit=5)
    api.person_settings.modify_hoteling_settings_primary_devices(person, wanted)
    (phone,) = api.person_settings.devices(person).devices
    assert (phone.mac, phone.model) == (made.mac, "DMS Cisco 8865")
    assert (phone.hoteling, phone.primary_owner) == (wanted, True)
    assert phone.owner.owner_id == person
    assert api.telephony.devices.user_devices_count(person).total_device_count == 1
    assert api.telephony.dect_devices.dect_networks_associated_with_person(person) == []


def test_the_phones_of_a_workspace_are_hosts_of_guests(api):
    lobby = next(iter(api.workspaces.list(display_name="San Jose Lobby"))).workspace_id
    devices = api.workspace_settings.devices
    wanted = Hoteling(enabled=True, limit_guest_use=True, guest_hours_limit=24)
    devices.modify_hoteling(lobby, wanted)
    (phone,) = devices.list(lobby)
    assert (phone.hoteling, phone.owner.owner_id) == (wanted, lobby)
    whole = devices.list_and_counts(lobby)
    assert (whole.devices, whole.max_device_count) == ([phone], 1)
    assert api.telephony.dect_devices.dect_networks_associated_with_workspace(lobby) == []


def test_devices_use_less_of_the_network(api, holder):
    devices = api.telephony.devices
    lobby = next(iter(api.workspaces.list(display_name="San Jose Lobby"))).workspace_id
    for read, write, who in (
        (
            devices.get_person_device_settings,
            devices.update_person_device_settings,
            holder.person_id,
        ),
        (devices.get_workspace_device_settings, devices.update_workspace_device_settings, lobby),
    ):
        settings = read(who)
        settings.compression = True
        write(who, settings)
        assert read(who) == settings


def test_every_device_of_the_demo_is_listed(api):
    whole = list(api.devices.list())
    assert len(whole) >= 6
    rooms = [room for room in api.workspaces.list(include_devices=True) if room.devices]
    assert {device.device_id for room in rooms for device in room.devices} <= {
        device.device_id for device in whole
    }
