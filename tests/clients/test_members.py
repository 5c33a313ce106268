"""Settings that name other holders, through wxc_sdk: shared lines, hot desking, the receptionist
client, the emergency callback number, and whom each of them may name."""

import pytest
from test_workspaces import calling
from wxc_sdk.me import ServicesEnum
from wxc_sdk.person_settings.appservices import AppServicesSettings
from wxc_sdk.person_settings.ecbn import ECBNEffectiveLevel, SelectedECBN
from wxc_sdk.person_settings.hotdesking import HotDeskingMember
from wxc_sdk.person_settings.receptionist import ReceptionistSettings
from wxc_sdk.rest import RestError


def is_there(api, person):
    """Somebody else whom the person may name: a member of a list, by name and number."""
    found = next(iter(api.search_members(person, name="fairbourne")))
    assert (found.first_name, found.last_name) == ("Odette", "Fairbourne")
    return found


def test_application_services_are_switched_and_show_the_apps_that_are_on(settings, person):
    before = settings.appservices.read(person)
    assert before.browser_client_id and before.available_line_count <= 35
    wanted = AppServicesSettings(
        ring_devices_for_group_page_enabled=False, browser_client_enabled=False
    )
    settings.appservices.configure(person, wanted)
    after = settings.appservices.read(person)
    assert after.browser_client_id is None
    assert after.ring_devices_for_group_page_enabled is False
    assert after.desktop_client_id == before.desktop_client_id


@pytest.mark.parametrize("path", ["app_shared_line", "appservices.shared_line"])
def test_lines_are_shared_with_an_app_and_taken_back(settings, person, path):
    api = settings
    for step in path.split("."):
        api = getattr(api, step)
    own = api.get_members(person).members
    assert [line.member_id for line in own] == [person] and own[0].primary_owner
    count = api.members_count(person)
    assert count == len(list(api.search_members(person)))
    assert api.members_count(person, member_name="fairbourne") == 1
    odette = is_there(api, person)
    api.update_members(person, [*own, odette])
    lines = api.get_members(person)
    assert [line.member_id for line in lines.members] == [person, odette.member_id]
    assert [line.port for line in lines.members] == [1, 2]
    assert lines.max_line_count == 10
    assert api.members_count(person) == count - 1
    api.update_members(person, [])
    assert [line.member_id for line in api.get_members(person).members] == [person]


def test_lines_are_shared_with_a_hot_desk(settings, person):
    api = settings.hotdesking
    own = api.get_members(person).members
    (odette,) = api.available_members(person, member_name="fairbourne", order=["lastName"])
    api.update_members(person, [*own, HotDeskingMember.from_available_member(odette)])
    lines = api.get_members(person)
    assert [line.id for line in lines.members] == [person, odette.id]
    assert lines.members[0].primary_owner
    assert list(api.available_members(person, member_name="fairbourne")) == []


def test_a_receptionist_watches_members_while_the_client_is_on(settings, person):
    api = settings.receptionist
    odette = is_there(settings.app_shared_line, person)
    wanted = ReceptionistSettings(enabled=True, monitored_members=[odette.member_id])
    api.configure(person, wanted)
    read = api.read(person)
    assert read.enabled and [it.member_id for it in read.monitored_members] == [odette.member_id]
    api.configure(person, read)
    assert api.read(person) == read
    api.configure(person, ReceptionistSettings(enabled=False))
    assert api.read(person).monitored_members == []


@pytest.mark.parametrize("kind", ["person", "workspace"])
def test_emergency_services_call_a_number_of_the_location_back(organization, api, person, kind):
    of_kind = {
        "person": (api.person_settings, person),
        "workspace": (api.workspace_settings, calling(organization).workspace_id),
    }
    root, holder = of_kind[kind]
    owned = list(root.available_numbers.ecbn(holder))
    others = [number for number in owned if number.owner.owner_id != holder]
    other = others[0].owner.owner_id
    before = root.ecbn.dependencies(other).dependent_member_count if kind == "person" else None
    root.ecbn.configure(holder, SelectedECBN.location_member_number, location_member_id=other)
    read = root.ecbn.read(holder)
    assert read.selected == "LOCATION_MEMBER_NUMBER"
    assert read.location_member_info.effective_value == others[0].phone_number
    assert read.location_member_info.effective_level == ECBNEffectiveLevel.location_member_number
    if before is not None:
        assert root.ecbn.dependencies(other).dependent_member_count == before + 1
    assert root.ecbn.dependencies(holder).is_self_ecbn_default is False
    root.ecbn.configure(holder, SelectedECBN.direct_line, elin_enabled=True)
    assert root.ecbn.read(holder).direct_line_info.effective_level == "DIRECT_LINE"
    assert root.ecbn.read(holder).elin_enabled is True
    with pytest.raises(RestError):
        root.ecbn.configure(holder, SelectedECBN.location_member_number)


@pytest.mark.parametrize("kind", ["person", "workspace"])
def test_whoever_may_be_monitored_is_listed_until_they_are(organization, api, person, kind):
    of_kind = {
        "person": (api.person_settings, person),
        "workspace": (api.workspace_settings, calling(organization).workspace_id),
    }
    root, holder = of_kind[kind]
    monitoring = root.monitoring
    members = monitoring.get_available_members_for_monitoring
    dials = monitoring.get_available_speed_dials_for_monitoring
    (odette,) = members(holder, member_name="fairbourne", order=["firstName-desc"])
    assert odette.display_name == "Odette Fairbourne"
    assert list(dials(holder, phone_number=odette.phone_number)) == [odette]
    read = monitoring.read(holder)
    organization.rest(
        "PUT",
        f"/{'people' if kind == 'person' else 'workspaces'}/{holder}/features/monitoring",
        json={"enableCallParkNotification": False, "monitoredElements": [odette.id]},
    ).raise_for_status()
    assert monitoring.read(holder) != read
    assert list(members(holder, member_name="fairbourne")) == []
    assert list(dials(holder, member_name="fairbourne")) == [odette]


def test_services_are_listed_and_nothing_is_offered_that_nobody_holds(settings, person):
    services = settings.get_calling_services(person)
    assert "Call Waiting" in services and set(services) <= {one.value for one in ServicesEnum}
    settings.call_waiting.configure(person, enabled=False)
    assert "Call Waiting" not in settings.get_calling_services(person)
    agent = settings.agent_caller_id
    assert agent.available_caller_ids(person) == []
    agent.configure(person, None)
    assert agent.read(person).id is None
    modes = settings.mode_management
    assert list(modes.available_features(person_id=person, name="night")) == []
    modes.assign_features([], person_id=person)
    assert modes.assigned_features(person_id=person) == []
    for refused in (
        lambda: agent.configure(person, "queue"),
        lambda: modes.assign_features(["queue"], person_id=person),
    ):
        with pytest.raises(RestError) as error:
            refused()
        assert error.value.response.status_code == 400
