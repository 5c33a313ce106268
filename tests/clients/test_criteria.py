"""Settings with criteria, executives and their assistants, and single number reach through wxc_sdk."""

from dataclasses import dataclass, field

import pytest
from test_workspaces import calling
from wxc_sdk.common import PrimaryOrSecondary
from wxc_sdk.common.schedules import Schedule, ScheduleType
from wxc_sdk.common.selective import SelectiveFrom, SelectiveScheduleLevel
from wxc_sdk.person_settings.exec_assistant import ExecAssistantType
from wxc_sdk.person_settings.executive import (
    AssistantSettings,
    ExecAlert,
    ExecAlertingMode,
    ExecCallFiltering,
    ExecCallFilteringCriteria,
    ExecCallFilteringScheduleLevel,
    ExecCallFilteringToNumber,
    ExecCallFilterType,
    ExecOrAssistant,
    ExecScreening,
    ExecScreeningAlertType,
)
from wxc_sdk.person_settings.priority_alert import PriorityAlert, PriorityAlertCriteria
from wxc_sdk.person_settings.selective_accept import SelectiveAccept, SelectiveAcceptCriteria
from wxc_sdk.person_settings.selective_forward import SelectiveForward, SelectiveForwardCriteria
from wxc_sdk.person_settings.selective_reject import SelectiveReject, SelectiveRejectCriteria
from wxc_sdk.person_settings.sequential_ring import (
    SequentialRing,
    SequentialRingCriteria,
    SequentialRingNumber,
)
from wxc_sdk.person_settings.sim_ring import SimRing, SimRingCriteria, SimRingNumber
from wxc_sdk.person_settings.single_number_reach import SingleNumberReachNumber
from wxc_sdk.rest import RestError

ELSEWHERE = "+14085550199"
CALLERS = ["+14155550171", "+14155550172"]


@dataclass
class Setting:
    """A setting with criteria as the library has it."""

    path: str
    criterion: type
    change: object
    holders: tuple = ("person", "workspace")
    beside: dict = field(default_factory=dict)


HOURS = dict(
    schedule_name="Location hours",
    schedule_type=ScheduleType.business_hours,
    schedule_level=SelectiveScheduleLevel.group,
)
FORWARD = dict(forward_to_phone_number=ELSEWHERE, send_to_voicemail_enabled=False)
SETTINGS = [
    Setting("selective_accept", SelectiveAcceptCriteria, SelectiveAccept(enabled=True)),
    Setting("selective_reject", SelectiveRejectCriteria, SelectiveReject(enabled=True)),
    Setting(
        "selective_forward",
        SelectiveForwardCriteria,
        SelectiveForward(
            enabled=True,
            default_phone_number_to_forward=ELSEWHERE,
            ring_reminder_enabled=True,
            destination_voicemail_enabled=False,
        ),
        beside=FORWARD,
    ),
    Setting(
        "sim_ring",
        SimRingCriteria,
        SimRing(
            enabled=True,
            do_not_ring_if_on_call_enabled=True,
            criterias_enabled=True,
            phone_numbers=[
                SimRingNumber(phone_number=ELSEWHERE, answer_confirmation_required_enabled=True)
            ],
        ),
    ),
    Setting(
        "sequential_ring",
        SequentialRingCriteria,
        SequentialRing(
            enabled=True,
            ring_base_location_first_enabled=False,
            base_location_number_of_rings=3,
            continue_if_base_location_is_busy_enabled=False,
            calls_to_voicemail_enabled=True,
            phone_numbers=[
                SequentialRingNumber(
                    phone_number=ELSEWHERE,
                    answer_confirmation_required_enabled=True,
                    number_of_rings=4,
                )
            ],
        ),
        holders=("workspace",),
    ),
    Setting(
        "priority_alert",
        PriorityAlertCriteria,
        PriorityAlert(enabled=True),
        holders=("workspace",),
    ),
]
ROWS = [(setting, holder) for setting in SETTINGS for holder in setting.holders]


@pytest.fixture
def person(organization):
    return organization.calling_person().person_id


@pytest.mark.parametrize("setting,kind", ROWS, ids=lambda it: getattr(it, "path", it))
def test_criteria_are_created_read_changed_and_deleted(organization, api, setting, kind):
    if kind == "person":
        root, holder = api.person_settings, organization.calling_person().person_id
    else:
        root, holder = api.workspace_settings, calling(organization).workspace_id
    interface = getattr(root, setting.path)
    before = interface.read(holder)
    assert before.enabled is False and before.criteria == []

    # Most criteria of workspaces need a schedule.
    hours = {} if kind == "person" else HOURS
    everybody = setting.criterion(
        calls_from=SelectiveFrom.any_phone_number, enabled=True, **hours, **setting.beside
    )
    first = interface.create_criteria(holder, everybody)
    read = interface.read_criteria(holder, first)
    assert (read.calls_from, read.enabled) == (everybody.calls_from, True)
    assert read.schedule_name == everybody.schedule_name

    chosen = setting.criterion(
        calls_from=SelectiveFrom.select_phone_numbers,
        **HOURS,
        anonymous_callers_enabled=False,
        unavailable_callers_enabled=False,
        phone_numbers=CALLERS,
        enabled=False,
        **setting.beside,
    )
    if (kind, setting.path) == ("person", "selective_forward"):
        # The library sends `numbers`, which is documented for workspaces alone; people have
        # `phoneNumbers`.
        with pytest.raises(RestError) as refused:
            interface.create_criteria(holder, chosen)
        assert refused.value.response.status_code == 400
        chosen.calls_from, chosen.phone_numbers = SelectiveFrom.any_phone_number, None
    chosen.id = interface.create_criteria(holder, chosen)
    assert interface.read_criteria(holder, chosen.id) == chosen

    interface.configure(holder, setting.change)
    after = interface.read(holder)
    assert [one.enabled for one in after.criteria] == [True, False]
    assert [one.id for one in after.criteria] == [first, chosen.id]
    assert after.criteria[1].schedule_name == "Location hours"
    assert after.model_copy(update={"criteria": None}) == setting.change

    everybody.enabled = False
    interface.configure_criteria(holder, first, everybody)
    assert interface.read_criteria(holder, first).enabled is False
    interface.delete_criteria(holder, chosen.id)
    assert [one.id for one in interface.read(holder).criteria] == [first]
    with pytest.raises(RestError) as gone:
        interface.read_criteria(holder, chosen.id)
    assert gone.value.response.status_code == 404


@pytest.fixture
def executive(api, person):
    api.person_settings.exec_assistant.configure(person, ExecAssistantType.executive)
    assert api.person_settings.exec_assistant.read(person) == ExecAssistantType.executive
    return person


@pytest.fixture
def assistant(organization, api):
    found = organization.calling_person().person_id
    api.person_settings.exec_assistant.configure(found, ExecAssistantType.executive_assistant)
    return found


def test_executive_settings_are_for_executives(api, person):
    own = api.person_settings.executive
    for read in (own.alert_settings, own.assigned_assistants, own.executive_assistant_settings):
        with pytest.raises(RestError) as refused:
            read(person)
        assert refused.value.response.status_code == 400
        assert refused.value.detail.errors[0].error_code == 4410


def test_an_executive_and_an_assistant_see_each_other(api, executive, assistant):
    own = api.person_settings.executive
    assert assistant in {one.id for one in own.executive_available_assistants(executive)}
    own.update_assigned_assistants(executive, [assistant])
    assert [one.id for one in own.assigned_assistants(executive)] == [assistant]
    assert own.assigned_assistants(executive)[0].location.id
    assert assistant not in {one.id for one in own.executive_available_assistants(executive)}

    own.update_executive_assistant_settings(
        assistant,
        AssistantSettings(forward_filtered_calls_enabled=True, forward_to_phone_number=ELSEWHERE),
    )
    found = own.executive_assistant_settings(assistant)
    assert found.forward_filtered_calls_enabled and found.forward_to_phone_number == ELSEWHERE
    assert [(one.id, one.opt_in_enabled) for one in found.executives] == [(executive, True)]
    # The library sends `id`; the document has `personId`.
    with pytest.raises(RestError) as refused:
        own.update_executive_assistant_settings(
            assistant,
            AssistantSettings(executives=[ExecOrAssistant(id=executive, opt_in_enabled=False)]),
        )
    assert refused.value.response.status_code == 400


def test_alert_and_screening_of_an_executive_are_kept(api, executive):
    own = api.person_settings.executive
    alert = own.alert_settings(executive)
    assert alert.alerting_mode == ExecAlertingMode.sequential
    changed = ExecAlert(
        alerting_mode=ExecAlertingMode.simultaneous,
        rollover_enabled=True,
        rollover_wait_time_in_secs=60,
        custom_clidname_in_unicode="Büro",
    )
    own.update_alert_settings(executive, changed)
    now = own.alert_settings(executive)
    assert now == alert.model_copy(update=changed.model_dump(exclude_unset=True))

    own.update_screening_settings(
        executive, ExecScreening(enabled=True, alert_type=ExecScreeningAlertType.ring_splash)
    )
    screening = own.screening_settings(executive)
    assert screening.enabled and screening.alert_type == ExecScreeningAlertType.ring_splash
    assert screening.alert_mobility_location_enabled is False


def test_call_filters_of_an_executive_are_kept(api, executive):
    own = api.person_settings.executive
    api.person_settings.schedules.create(
        executive, Schedule(name="Mornings", schedule_type=ScheduleType.business_hours)
    )
    number = api.people.details(executive, calling_data=True).plus_e164[0].value
    wanted = ExecCallFilteringCriteria(
        filter_name="Press",
        schedule_name="Mornings",
        schedule_type=ScheduleType.business_hours,
        schedule_level=ExecCallFilteringScheduleLevel.people,
        calls_from=SelectiveFrom.select_phone_numbers,
        anonymous_callers_enabled=True,
        unavailable_callers_enabled=False,
        phone_numbers=CALLERS,
        filter_enabled=True,
        calls_to_numbers=[
            ExecCallFilteringToNumber(type=PrimaryOrSecondary.primary, phone_number=number)
        ],
    )
    wanted.id = own.create_call_filtering_criteria(executive, wanted)
    assert own.get_filtering_criteria(executive, wanted.id) == wanted
    wanted.filter_enabled = False
    own.update_call_filtering_criteria(executive, wanted.id, wanted)
    assert own.get_filtering_criteria(executive, wanted.id) == wanted

    settings = own.executive_call_filtering_settings(executive)
    assert settings.criteria[0].activation_enabled
    settings.enabled, settings.filter_type = True, ExecCallFilterType.custom_call_filters
    settings.criteria[0].activation_enabled = False
    own.update_executive_call_filtering_settings(executive, settings)
    assert own.executive_call_filtering_settings(executive) == settings
    own.delete_call_filtering_criteria(executive, wanted.id)
    assert own.executive_call_filtering_settings(executive).criteria == []


def test_numbers_are_reached(api, person):
    own = api.person_settings.single_number_reach
    number = SingleNumberReachNumber(
        phone_number=ELSEWHERE,
        enabled=True,
        name="Mobile",
        do_not_forward_calls_enabled=True,
        answer_confirmation_enabled=False,
    )
    number.id = own.create_snr(person, number)
    own.update(person, alert_all_numbers_for_click_to_dial_calls_enabled=True)
    found = own.read(person)
    assert found.enabled and found.alert_all_numbers_for_click_to_dial_calls_enabled
    assert found.numbers == [number]
    number.phone_number, number.enabled = CALLERS[0], False
    moved = own.update_snr(person, number)
    assert moved != number.id
    number.id = moved
    found = own.read(person)
    assert found.numbers == [number] and not found.enabled
    own.delete_snr(person, number.id)
    assert own.read(person).numbers == []
