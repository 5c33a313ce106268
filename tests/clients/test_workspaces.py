"""Workspaces through wxc_sdk: their life, their licences, and their settings families."""

import families
import pytest
from organization import NEW_SUBSCRIPTION, OLD_SUBSCRIPTION, sound
from wxc_sdk.common import PatternAction
from wxc_sdk.person_settings.caller_id import CallerIdSelectedType, ExternalCallerIdNamePolicy
from wxc_sdk.person_settings.monitoring import MonitoredElement, MonitoredElementMember
from wxc_sdk.person_settings.permissions_out import Action, DigitPattern
from wxc_sdk.rest import RestError
from wxc_sdk.workspace_settings.numbers import UpdateWorkspacePhoneNumber
from wxc_sdk.workspaces import CallingType, Workspace, WorkspaceCalling, WorkspaceWebexCalling


def calling(organization, subscription=OLD_SUBSCRIPTION):
    """A workspace with Professional, a number and an extension."""
    number = organization.free_numbers()[0]
    return organization.api.workspaces.create(
        Workspace(
            display_name="Aurora",
            capacity=8,
            workspace_type="meetingRoom",
            supported_devices="phones",
            location_id=number.location.id,
            calling=WorkspaceCalling(
                type=CallingType.webex,
                webex_calling=WorkspaceWebexCalling(
                    phone_number=number.phone_number,
                    extension=organization.extension(),
                    location_id=number.location.id,
                    licenses=[organization.professional(subscription).license_id],
                ),
            ),
        )
    )


@pytest.fixture
def room(organization):
    return calling(organization)


@pytest.fixture
def settings(api):
    return api.workspace_settings


def test_workspaces_are_listed_paged_and_narrowed(api):
    whole = list(api.workspaces.list())
    assert len(whole) >= 12
    paged = list(api.workspaces.list(max=5))
    assert [w.workspace_id for w in paged] == [w.workspace_id for w in whole]
    with_calling = list(api.workspaces.list(calling=CallingType.webex.value))
    assert with_calling and {w.calling.type for w in with_calling} == {"webexCalling"}
    sample = whole[0]
    named = list(api.workspaces.list(display_name=sample.display_name))
    assert sample.workspace_id in {w.workspace_id for w in named}


def test_a_workspace_is_created_read_changed_and_deleted(api):
    created = api.workspaces.create(Workspace(display_name="Cedar", capacity=4))
    assert api.workspaces.details(created.workspace_id) == created
    created.notes = "by the lift"
    created.capacity = 5
    changed = api.workspaces.update(created.workspace_id, created)
    assert (changed.notes, changed.capacity) == ("by the lift", 5)
    api.workspaces.delete_workspace(created.workspace_id)
    with pytest.raises(RestError) as refused:
        api.workspaces.details(created.workspace_id)
    assert refused.value.response.status_code == 404


def test_a_calling_workspace_counts_as_one(organization, api):
    before = organization.professional()
    room = calling(organization)
    after = organization.professional()
    assert after.consumed_by_workspaces == before.consumed_by_workspaces + 1
    assert after.consumed_by_users == before.consumed_by_users
    assert room.calling.webex_calling.licenses == [after.license_id]
    api.workspaces.delete_workspace(room.workspace_id)
    assert organization.professional() == before


def test_a_workspace_moves_to_another_subscription_with_everything(organization, api, room):
    settings = api.workspace_settings
    settings.call_waiting.configure(room.workspace_id, enabled=False)
    numbers = settings.numbers.read(room.workspace_id)
    new = organization.professional(NEW_SUBSCRIPTION)
    moved = Workspace(
        display_name=room.display_name,
        calling=WorkspaceCalling(
            type=CallingType.webex,
            webex_calling=WorkspaceWebexCalling(licenses=[new.license_id]),
        ),
    )
    answer = api.workspaces.update(room.workspace_id, moved)
    assert answer.calling.webex_calling.licenses == [new.license_id]
    assert settings.numbers.read(room.workspace_id) == numbers
    assert settings.call_waiting.read(room.workspace_id) is False


@pytest.mark.parametrize("family", families.of("workspace"), ids=lambda family: family.name)
def test_a_family_starts_at_its_default_and_keeps_what_is_written(settings, room, family):
    family.check(settings, room.workspace_id)


def test_switches_greetings_and_passcode(settings, room):
    identity = room.workspace_id
    assert settings.call_waiting.read(identity) is True
    settings.call_waiting.configure(identity, enabled=False)
    assert settings.call_waiting.read(identity) is False
    settings.voicemail.configure_busy_greeting(identity, sound(), upload_as="busy.wav")
    settings.voicemail.configure_no_answer_greeting(identity, sound(), upload_as="away.wav")
    assert settings.voicemail.read(identity).send_busy_calls.greeting_uploaded
    settings.voicemail.modify_passcode(identity, "184629")
    settings.voicemail.reset_pin(identity)
    settings.call_intercept.greeting(identity, sound(), upload_as="closed.wav")
    assert settings.call_intercept.read(identity).incoming.announcements.filename == "closed.wav"


def test_a_caller_id_is_written_field_by_field(settings, room):
    settings.caller_id.configure(
        room.workspace_id,
        selected=CallerIdSelectedType.location_number,
        external_caller_id_name_policy=ExternalCallerIdNamePolicy.other,
        custom_external_caller_id_name="Aurora room",
    )
    found = settings.caller_id.read(room.workspace_id)
    assert found.custom_external_caller_id_name == "Aurora room"


def test_a_person_is_monitored(organization, settings, room):
    colleague = organization.calling_person()
    wanted = settings.monitoring.read(room.workspace_id)
    assert wanted.monitored_elements == []
    wanted.monitored_elements = [
        MonitoredElement(member=MonitoredElementMember(member_id=colleague.person_id))
    ]
    settings.monitoring.configure(room.workspace_id, wanted)
    found = settings.monitoring.read(room.workspace_id).monitored_members
    assert [member.member_id for member in found] == [colleague.person_id]


def test_a_room_without_a_device_can_nothing(api, room):
    capabilities = api.workspaces.capabilities(room.workspace_id)
    assert not capabilities.presence_detection.supported


def test_access_codes_and_digit_patterns(settings, room):
    identity = room.workspace_id
    codes = settings.permissions_out.access_codes
    codes.create(identity, code="4711", description="long distance")
    assert [c.code for c in codes.read(identity).access_codes] == ["4711"]
    codes.modify(identity, delete_codes=["4711"])
    assert codes.read(identity).access_codes == []
    codes.create(identity, code="4712", description="abroad")
    codes.delete(identity)
    assert codes.read(identity).access_codes == []
    patterns = settings.permissions_out.digit_patterns
    wanted = DigitPattern(
        name="premium", pattern="1900!", action=Action.block, transfer_enabled=False
    )
    wanted.id = patterns.create(identity, wanted)
    assert patterns.get_digit_patterns(identity).digit_patterns == [wanted]
    assert patterns.details(identity, wanted.id) == wanted
    wanted.pattern = "1976!"
    patterns.update(identity, wanted)
    patterns.update_category_control_settings(identity, use_custom_digit_patterns=True)
    found = patterns.get_digit_patterns(identity)
    assert found.use_custom_digit_patterns and found.digit_patterns == [wanted]
    patterns.delete(identity, wanted.id)
    wanted.id = None
    patterns.create(identity, wanted)
    patterns.delete_all(identity)
    assert patterns.get_digit_patterns(identity).digit_patterns == []


def test_numbers_are_read_and_alternates_added(organization, settings, room):
    identity = room.workspace_id
    before = settings.numbers.read(identity)
    assert before.workspace.id == identity and len(before.phone_numbers) == 1
    number = organization.free_numbers(before.location.id)[0].phone_number
    for action, count in ((PatternAction.add, 2), (PatternAction.delete, 1)):
        update = UpdateWorkspacePhoneNumber(action=action, direct_number=number, primary=False)
        settings.numbers.update(identity, [update], distinctive_ring_enabled=True)
        assert len(settings.numbers.read(identity).phone_numbers) == count
    free = {row.phone_number for row in organization.free_numbers(before.location.id)}
    available = settings.available_numbers
    assert {n.phone_number for n in available.available(location_id=before.location.id)} >= free
    for purpose in ("secondary", "fax_message", "call_forward", "call_intercept", "ecbn"):
        assert list(getattr(available, purpose)(identity)) is not None


def test_the_device_of_a_room_becomes_a_persons(organization, api):
    room = api.workspaces.create(
        Workspace(
            display_name="Cedar", calling=WorkspaceCalling(type=CallingType.edge_for_devices)
        )
    )
    person = next(iter(api.people.list(display_name="Maren Castellan")))
    code = api.devices.activation_code(workspace_id=room.workspace_id)
    organization.sim("POST", "/simulate/deviceOnline", json={"activationCode": code.code})
    (device,) = api.devices.list(workspace_id=room.workspace_id)
    task = api.workspace_personalization
    task.personalize_a_workspace(room.workspace_id, person.emails[0])
    organization.sim("POST", "/clock/advance", json={"by": "PT30S"})
    assert task.get_personalization_task(room.workspace_id).success
    assert api.devices.details(device.device_id).person_id == person.person_id
