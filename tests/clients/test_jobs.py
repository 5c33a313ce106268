"""Jobs of Calling: started, watched, paused, resumed and abandoned through wxc_sdk.

The clock of the organisation stands, so that a job waits until it is run.
"""

import pydantic
import pytest
from wxc_sdk.common import DeviceCustomization
from wxc_sdk.rest import RestError
from wxc_sdk.telephony.jobs import (
    DynamicSettingsUpdateJobItem,
    MoveUser,
    MoveUsersList,
    NumberItem,
)


CODECS = {
    "audioCodecPriority": {
        "selection": "CUSTOM", "primary": "OPUS", "secondary": "G722", "tertiary": "G711u"
    }
}


@pytest.fixture
def held(organization):
    """The clock stands: jobs wait until `run`."""
    clock = organization.sim("PUT", "/clock", json={"mode": "frozen"})
    assert clock.status_code == 200, clock.text

    def run():
        answer = organization.sim("POST", "/tasks/run")
        assert answer.status_code == 200, answer.text

    return run


def locations(api):
    return {found.name: found for found in api.telephony.locations.list()}



def place(api, number):
    return next(api.telephony.phone_numbers(phone_number=number)).location.name


def move(api, places, numbers, source="San Jose HQ", target="Austin"):
    return api.telephony.jobs.manage_numbers.initiate_job(
        operation="MOVE",
        target_location_id=places[target].location_id,
        number_list=[NumberItem(location_id=places[source].location_id, numbers=numbers)],
    )


def test_numbers_move_and_those_that_stay_say_why(organization, api, held):
    jobs, places = api.telephony.jobs.manage_numbers, locations(api)
    spare = organization.free_numbers(places["San Jose HQ"].location_id)[0].phone_number
    job = move(api, places, [spare, "+14085550105"])
    assert (job.operation_type, job.latest_execution_status) == ("MOVE", "STARTED")
    jobs.pause(job.id)
    held()
    assert jobs.status(job.id).latest_execution_exit_code == "STOPPED"
    jobs.resume(job.id)
    held()
    done = jobs.status(job.id)
    assert done.latest_execution_exit_code == "COMPLETED_WITH_ERRORS"
    assert (done.counts.numbers_moved, done.counts.numbers_failed) == (1, 1)
    failed = list(jobs.errors(job.id))
    assert [error.item for error in failed] == ["+14085550105"]
    assert failed[0].error.message[0].code == "BATCH-1017023"
    assert [found.id for found in jobs.list()] == [job.id]
    assert place(api, spare) == "Austin"


def test_an_abandoned_job_leaves_numbers_where_they_are(organization, api, held):
    jobs, places = api.telephony.jobs.manage_numbers, locations(api)
    spare = organization.free_numbers(places["San Jose HQ"].location_id)[0].phone_number
    job = move(api, places, [spare])
    with pytest.raises(RestError) as refused:
        move(api, places, [spare])
    assert refused.value.response.status_code == 409
    jobs.abandon(job.id)
    held()
    assert jobs.status(job.id).latest_execution_status == "ABANDONED"
    assert place(api, spare) == "San Jose HQ"


def test_users_move_between_locations(api, held):
    jobs, places = api.telephony.jobs.move_users, locations(api)
    [person] = api.people.list(email="wendell.okonma@quillhaven.example", calling_data=True)
    target = places["Boston"]

    def ask(validate):
        users = [MoveUser(user_id=person.person_id, extension="7102")]
        wanted = MoveUsersList(location_id=target.location_id, validate=validate, users=users)
        # The class reads the job, and what was validated, in a form that no document has.
        with pytest.raises(pydantic.ValidationError):
            jobs.validate_or_initiate([wanted])

    ask(validate=True)
    assert list(jobs.list()) == []
    ask(validate=False)
    [job] = jobs.list()
    jobs.pause(job.id)
    held()
    jobs.resume(job.id)
    held()
    done = jobs.status(job.id)
    assert (done.latest_execution_exit_code, done.counts.moved) == ("COMPLETED", 1)
    assert list(jobs.errors(job.id)) == []
    moved = api.people.details(person.person_id, calling_data=True)
    assert (moved.location_id, moved.extension) == (target.location_id, "7102")
    with pytest.raises(RestError):
        jobs.abandon(job.id)


def test_a_location_with_users_keeps_calling(api, held):
    jobs, places = api.telephony.jobs.disable_calling_location, locations(api)
    austin = places["Austin"]
    job = jobs.initiate(austin.location_id, location_name="Austin", force_delete=True)
    assert job.location_name == "Austin"
    jobs.pause(job.id)
    held()
    jobs.resume(job.id)
    held()
    assert jobs.status(job.id).latest_execution_status == "FAILED"
    codes = [error.error.message[0].code for error in jobs.errors(job.id)]
    assert codes[:2] == ["BATCH-1012004", "BATCH-1012007"]
    assert [found.id for found in jobs.list()] == [job.id]
    assert "Austin" in locations(api)


def test_a_new_routing_prefix_starts_a_job(api, held):
    jobs, austin = api.telephony.jobs.update_routing_prefix, locations(api)["Austin"]
    details = api.telephony.location.details(austin.location_id)
    details.routing_prefix = "8299"
    api.telephony.location.update(austin.location_id, settings=details)
    held()
    [job] = jobs.list()
    done = jobs.status(job.id)
    assert done.latest_execution_exit_code == "COMPLETED"
    assert done.counts.routing_prefix_updated > 0
    assert list(jobs.errors(job.id)) == []


def test_there_are_no_jobs_of_call_recording(api):
    jobs = api.telephony.jobs.call_recording
    assert list(jobs.list()) == []
    for ask in (jobs.status, lambda id: list(jobs.errors(id))):
        with pytest.raises(RestError) as refused:
            ask("nonsense")
        assert refused.value.response.status_code == 404


def finished(held, jobs, job):
    held()
    done = jobs.status(job.id)
    assert done.latest_execution_exit_code == "COMPLETED"
    assert list(jobs.errors(job.id)) == []
    assert job.id in [found.id for found in jobs.list()]
    return done


def test_settings_of_devices_are_set_for_all_of_them(api, held):
    for jobs in (api.telephony.jobs.device_settings, api.devices.settings_jobs):
        wifi = {"ldap": {"enabled": False}, "webAccess": {"enabled": True}, **CODECS}
        wanted = DeviceCustomization.model_validate({"customizations": {"wifi": wifi}})
        done = finished(held, jobs, jobs.change(None, wanted))
        assert (done.target, done.percentage_complete) == ("CUSTOMER", 100)


def test_tags_of_devices_are_set(api, held):
    jobs = api.telephony.jobs.dynamic_device_settings
    tag = DynamicSettingsUpdateJobItem(
        family_or_model_display_name="Cisco 8865", tag="%DND%", action="SET", value="1"
    )
    austin = locations(api)["Austin"].location_id
    done = finished(held, jobs, jobs.update_across_org_or_location([tag], location_id=austin))
    assert (done.target, done.location_name) == ("LOCATION", "Austin")


def test_phones_are_rebuilt_and_get_their_line_keys(api, held):
    jobs = api.telephony.jobs.rebuild_phones
    place = locations(api)["San Jose HQ"].location_id
    assert finished(held, jobs, jobs.rebuild_phones_configuration(place)).device_count > 0
    jobs = api.telephony.jobs.apply_line_key_templates
    done = finished(held, jobs, jobs.apply("APPLY_DEFAULT_TEMPLATES", location_ids=[place]))
    assert done.updated_count > 0
    with pytest.raises(RestError) as refused:
        jobs.apply("APPLY_TEMPLATE", template_id="nonsense")
    assert refused.value.response.status_code == 404
