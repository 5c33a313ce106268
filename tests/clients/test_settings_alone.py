"""Settings that stand alone, through wxc_sdk: answering, captions, behavior, language, feature
access, Microsoft Teams."""

import pytest
from wxc_sdk.person_settings.calling_behavior import BehaviorType
from wxc_sdk.person_settings.feature_access import FeatureAccessLevel, FeatureAccessSettings
from wxc_sdk.person_settings.moh import MusicOnHold
from wxc_sdk.rest import RestError
from wxc_sdk.workspaces import CallingType


def test_the_application_is_chosen_and_the_choice_taken_back(settings, person):
    (application,) = settings.answer.available_preferred_answer_endpoints(person)
    assert application.type == "APPLICATION" and not application.is_preferred_answer_endpoint
    assert settings.preferred_answer.read(person).preferred_answer_endpoint_id is None
    settings.preferred_answer.modify(person, application.id)
    chosen = settings.answer.read(person)
    assert chosen.preferred_answer_endpoint_id == application.id
    assert chosen.preferred_answer_endpoint_type == "WEBEX_APP_DESKTOP"
    settings.answer.update(person, auto_answer_enabled=True)
    assert settings.answer.read(person).auto_answer_enabled
    settings.preferred_answer.modify(person, None)
    found = settings.preferred_answer.read(person)
    assert found.preferred_answer_endpoint_id is None
    assert [endpoint.type for endpoint in found.endpoints] == ["APPLICATION"]


@pytest.fixture
def room(api):
    rooms = api.workspaces.list(calling=CallingType.webex.value)
    return next(room for room in rooms if room.display_name == "Aperture Boardroom").workspace_id


def test_a_workspace_answers_by_itself(api, room):
    answer = api.workspace_settings.answer
    (board,) = answer.available_preferred_answer_endpoints(room)
    assert (board.type, board.name) == ("CALLING_DEVICE", "Cisco Board Pro 75")
    answer.update(room, preferred_answer_endpoint_id=board.id, auto_answer_enabled=True)
    found = answer.read(room)
    assert found.auto_answer_enabled
    assert found.preferred_answer_endpoint_type == "PRIMARY_DEVICE"


def test_captions_are_written_and_read(api, settings):
    (maren,) = api.people.list(display_name="Maren Castellan")
    person = maren.person_id
    captions = settings.get_call_captions_settings(person)
    assert captions.use_location_settings_enabled
    captions.use_location_settings_enabled = False
    captions.user_closed_captions_enabled = True
    settings.update_call_captions_settings(person, captions)
    assert settings.get_call_captions_settings(person) == captions


def test_a_behavior_is_set_and_inherited_again(settings, person):
    behavior = settings.calling_behavior.read(person)
    assert behavior.behavior_type is None
    assert behavior.effective_behavior_type == BehaviorType.native
    behavior.behavior_type = BehaviorType.native_sip_call_to_ucm
    settings.calling_behavior.configure(person, behavior)
    found = settings.calling_behavior.read(person)
    assert found.effective_behavior_type == BehaviorType.native_sip_call_to_ucm
    found.behavior_type = None
    settings.calling_behavior.configure(person, found)
    assert settings.calling_behavior.read(person).behavior_type is None


def test_language_and_time_zone_are_written_and_read(settings, person):
    assert settings.get(person).announcement_language == "English"
    settings.modify(person, announcement_language="French", time_zone="Europe/Paris")
    found = settings.get(person)
    assert (found.announcement_language, found.time_zone) == ("French", "Europe/Paris")


def test_feature_access_is_set_for_all_for_one_and_reset(settings, person):
    api = settings.feature_access
    none = FeatureAccessLevel.no_access
    assert api.read_default().voicemail == FeatureAccessLevel.full_access
    api.update_default(FeatureAccessSettings(voicemail=none))
    assert api.read_default().voicemail == none
    found = api.read(person)
    assert found.user_org_settings_permission_enabled
    assert found.user_settings_permissions.voicemail == none
    api.update(person, FeatureAccessSettings(barge_in=none))
    found = api.read(person)
    assert not found.user_org_settings_permission_enabled
    assert found.user_settings_permissions.barge_in == none
    api.reset(person)
    assert api.read(person).user_org_settings_permission_enabled


def test_webex_is_hidden_beside_microsoft_teams(settings, person):
    api = settings.ms_teams
    hide = lambda: api.read(person).settings[0]
    assert (hide().setting_name, hide().level) == ("HIDE_WEBEX_APP", "GLOBAL")
    api.configure(person, "HIDE_WEBEX_APP", True)
    assert (hide().value, hide().level) == (True, "PEOPLE")
    api.configure(person, "HIDE_WEBEX_APP", None)
    assert (hide().value, hide().level) == (False, "GLOBAL")
    with pytest.raises(RestError) as refused:
        api.configure(person, "PRESENCE_SYNC", True)
    assert refused.value.response.status_code == 400


def test_music_on_hold_is_an_announcement_that_is_there(api, settings, person, room):
    file = {"fileName": "quillhaven-on-hold.wav", "mediaFileType": "WAV", "level": "ORGANIZATION"}
    for music, holder in (
        (settings.music_on_hold, person),
        (api.workspace_settings.music_on_hold, room),
    ):
        found = music.read(holder)
        assert found.moh_enabled and found.moh_location_enabled
        wanted = MusicOnHold.model_validate({"greeting": "CUSTOM", "audioAnnouncementFile": file})
        music.configure(holder, wanted)
        found = music.read(holder)
        assert found.audio_announcement_file.file_name == file["fileName"]
        music.configure(holder, found)
        assert music.read(holder) == found
