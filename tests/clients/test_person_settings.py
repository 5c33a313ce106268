"""Every settings family of a person through wxc_sdk: default, change, and what was read back."""

import families
import pytest
from organization import sound
from wxc_sdk.common import PatternAction
from wxc_sdk.common.schedules import Event, Schedule, ScheduleType
from wxc_sdk.person_settings.caller_id import CallerIdSelectedType
from wxc_sdk.person_settings.monitoring import MonitoredElement, MonitoredElementMember
from wxc_sdk.person_settings.numbers import UpdatePersonNumbers, UpdatePersonPhoneNumber
from wxc_sdk.person_settings.permissions_out import Action, DigitPattern
from wxc_sdk.rest import RestError
from wxc_sdk.telephony.hotdesking_voiceportal import HotDeskingVoicePortalSetting


@pytest.mark.parametrize("family", families.of("person"), ids=lambda family: family.name)
def test_a_family_starts_at_its_default_and_keeps_what_is_written(settings, person, family):
    family.check(settings, person)


def test_outgoing_permissions_start_as_documented(settings, person):
    found = settings.permissions_out.read(person).calling_permissions
    for call_type, expected in families.CALLING_PERMISSIONS:
        if call_type in ("local", "toll"):
            continue  # known to the library, no longer documented
        actual = found.for_call_type(call_type)
        assert (actual.action, actual.transfer_enabled) == (
            expected.action,
            expected.transfer_enabled,
        ), call_type


def test_a_change_to_one_person_is_a_change_to_one_person(organization, settings, person):
    other = organization.calling_person().person_id
    before = settings.dnd.read(other)
    settings.dnd.configure(person, families.DND(enabled=True))
    assert settings.dnd.read(other) == before
    assert settings.dnd.read(person).enabled


def test_switches_are_turned_and_read(settings, person):
    assert settings.call_waiting.read(person) is True
    settings.call_waiting.configure(person, enabled=False)
    assert settings.call_waiting.read(person) is False
    assert settings.hoteling.read(person) is False
    settings.hoteling.configure(person, enabled=True)
    assert settings.hoteling.read(person) is True


def test_greetings_are_uploaded(settings, person):
    api = settings.voicemail
    api.configure_busy_greeting(person, sound(), upload_as="busy.wav")
    api.configure_no_answer_greeting(person, sound(), upload_as="away.wav")
    found = api.read(person)
    assert found.send_busy_calls.greeting_uploaded
    assert found.send_unanswered_calls.greeting_uploaded
    found.send_busy_calls.greeting = families.CUSTOM_GREETING
    api.configure(person, found)
    assert api.read(person).send_busy_calls.greeting == "CUSTOM"
    settings.call_intercept.greeting(person, sound(), upload_as="closed.wav")
    assert settings.call_intercept.read(person).incoming.announcements.filename == "closed.wav"


def test_a_passcode_is_set_checked_and_reset(settings, person):
    settings.voicemail.modify_passcode(person, "184629")
    settings.voicemail.reset_pin(person)
    settings.reset_vm_pin(person)
    for bad in ("12", "not digits", "1" * 31):
        with pytest.raises(RestError) as refused:
            settings.voicemail.modify_passcode(person, bad)
        assert refused.value.response.status_code == 400, bad


def test_a_caller_id_is_written_field_by_field(settings, person):
    settings.caller_id.configure(
        person,
        selected=CallerIdSelectedType.location_number,
        first_name="Front",
        last_name="Desk",
    )
    found = settings.caller_id.read(person)
    assert (found.first_name, found.last_name) == ("Front", "Desk")


def test_guests_sign_in_by_the_voice_portal(api, person):
    guests = api.telephony.hotdesking_voiceportal
    assert not guests.user_get(person).enabled
    guests.user_update(person, HotDeskingVoicePortalSetting(enabled=True))
    assert guests.user_get(person).enabled


def test_access_codes_are_kept_and_deleted(settings, person):
    api = settings.permissions_out.access_codes
    assert api.read(person).access_codes == []
    api.create(person, code="4711", description="long distance")
    api.create(person, code="4712", description="abroad")
    api.modify(person, use_custom_access_codes=True)
    found = api.read(person)
    assert found.use_custom_access_codes
    assert {(c.code, c.description) for c in found.access_codes} == {
        ("4711", "long distance"),
        ("4712", "abroad"),
    }
    api.modify(person, delete_codes=["4711"])
    assert [c.code for c in api.read(person).access_codes] == ["4712"]
    api.delete(person)
    assert api.read(person).access_codes == []


def test_digit_patterns_are_kept_changed_and_deleted(settings, person):
    api = settings.permissions_out.digit_patterns
    assert api.get_digit_patterns(person).digit_patterns == []
    wanted = DigitPattern(
        name="premium", pattern="1900!", action=Action.block, transfer_enabled=False
    )
    wanted.id = api.create(person, wanted)
    assert api.details(person, wanted.id) == wanted
    wanted.pattern = "1976!"
    api.update(person, wanted)
    api.update_category_control_settings(person, use_custom_digit_patterns=True)
    found = api.get_digit_patterns(person)
    assert found.use_custom_digit_patterns and found.digit_patterns == [wanted]
    api.delete(person, wanted.id)
    api.create(person, DigitPattern(**wanted.model_dump(exclude={"id", "name"}), name="all"))
    api.delete_all(person)
    assert api.get_digit_patterns(person).digit_patterns == []


def test_another_person_is_monitored(organization, settings, person):
    colleague = organization.calling_person()
    wanted = settings.monitoring.read(person)
    assert wanted.monitored_elements == [] and not wanted.call_park_notification_enabled
    wanted.call_park_notification_enabled = True
    wanted.monitored_elements = [
        MonitoredElement(member=MonitoredElementMember(member_id=colleague.person_id))
    ]
    settings.monitoring.configure(person, wanted)
    found = settings.monitoring.read(person)
    assert found.call_park_notification_enabled
    assert [m.member_id for m in found.monitored_members] == [colleague.person_id]
    assert found.monitored_members[0].last_name == colleague.last_name


def test_members_are_written_as_ids_and_read_as_people(organization, settings, person):
    colleague = organization.calling_person()
    talk = settings.push_to_talk.read(person)
    talk.members = [colleague.person_id]
    settings.push_to_talk.configure(person, talk)
    assert [m.member_id for m in settings.push_to_talk.read(person).members] == [
        colleague.person_id
    ]
    shy = settings.privacy.read(person)
    shy.monitoring_agents = [colleague.person_id]
    settings.privacy.configure(person, shy)
    assert [a.agent_id for a in settings.privacy.read(person).monitoring_agents] == [
        colleague.person_id
    ]


def test_an_alternate_number_is_added_and_taken_away(organization, api, settings, person):
    primary = settings.numbers.read(person, prefer_e164_format=True)
    assert [n.primary for n in primary.phone_numbers] == [True]
    home = api.people.details(person, calling_data=True).location_id
    number = organization.free_numbers(home)[0].phone_number
    for action, count in ((PatternAction.add, 2), (PatternAction.delete, 1)):
        update = UpdatePersonPhoneNumber(action=action, external=number)
        settings.numbers.update(
            person,
            UpdatePersonNumbers(enable_distinctive_ring_pattern=True, phone_numbers=[update]),
        )
        found = settings.numbers.read(person, prefer_e164_format=True)
        assert len(found.phone_numbers) == count
        assert (number in {n.direct_number for n in found.phone_numbers}) == (count == 2)


def test_available_numbers_are_listed_for_each_purpose(organization, api, settings, person):
    home = api.people.details(person, calling_data=True).location_id
    free = {row.phone_number for row in organization.free_numbers(home)}
    available = settings.available_numbers
    assert {n.phone_number for n in available.primary(location_id=home)} >= free
    assert {n.phone_number for n in available.secondary(person)} >= free
    for purpose in ("fax_message", "call_forward", "call_intercept", "ecbn"):
        for number in getattr(available, purpose)(person):
            assert number.phone_number or number.extension, purpose


def test_a_schedule_and_its_events_live_and_die(settings, person):
    api = settings.schedules
    hours = Schedule.business("Office")
    identity = api.create(person, hours)
    read = api.details(person, ScheduleType.business_hours, identity)
    assert read.name == "Office" and len(read.events) == 10
    assert [s.schedule_id for s in api.list(person)] == [identity]

    read.new_name = "Desk"
    renamed = api.update(person, read)
    assert api.details(person, ScheduleType.business_hours, renamed).name == "Desk"

    event = api.event_create(
        person,
        ScheduleType.business_hours,
        renamed,
        Event(
            name="Inventory",
            start_date="2026-12-30",
            end_date="2026-12-30",
            all_day_enabled=True,
        ),
    )
    found = api.event_details(person, ScheduleType.business_hours, renamed, event)
    assert (found.name, found.all_day_enabled) == ("Inventory", True)
    found.new_name = "Stock taking"
    event = api.event_update(person, ScheduleType.business_hours, renamed, found, event_id=event)
    events = api.details(person, ScheduleType.business_hours, renamed).events
    assert "Stock taking" in {e.name for e in events} and len(events) == 11
    api.event_delete(person, ScheduleType.business_hours, renamed, event)
    assert len(api.details(person, ScheduleType.business_hours, renamed).events) == 10

    api.delete_schedule(person, ScheduleType.business_hours, renamed)
    assert list(api.list(person)) == []


def test_a_person_without_calling_has_no_calling_settings(organization, settings):
    plain = organization.person().person_id
    for family in families.of("person"):
        with pytest.raises(RestError) as refused:
            family.reader(settings)(plain)
        assert refused.value.response.status_code in (400, 404), family.name
