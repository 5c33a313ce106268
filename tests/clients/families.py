"""The settings families that wxc_sdk reaches, as one table for people and for workspaces.

Each row: how it is read and written, what its documented default holds, and a change. The suites
read the default, write the change, and must read back exactly what they wrote.
"""

from dataclasses import dataclass
from typing import Callable

from pydantic import BaseModel
from wxc_sdk.common import Greeting
from wxc_sdk.person_settings.barge import BargeSettings
from wxc_sdk.person_settings.call_policy import PrivacyOnRedirectedCalls
from wxc_sdk.person_settings.callbridge import CallBridgeSetting
from wxc_sdk.person_settings.call_intercept import InterceptSetting, InterceptTypeOutgoing
from wxc_sdk.person_settings.call_recording import CallRecordingSetting, Record
from wxc_sdk.person_settings.caller_id import CallerIdSelectedType, ExternalCallerIdNamePolicy
from wxc_sdk.person_settings.dnd import DND
from wxc_sdk.person_settings.forwarding import PersonForwardingSetting
from wxc_sdk.person_settings.personal_assistant import (
    PersonalAssistant,
    PersonalAssistantAlerting,
    PersonalAssistantPresence,
)
from wxc_sdk.person_settings.permissions_in import ExternalTransfer, IncomingPermissions
from wxc_sdk.person_settings.permissions_out import Action, CallingPermissions, OutgoingPermissions
from wxc_sdk.person_settings.push_to_talk import PTTConnectionType, PushToTalkAccessType
from wxc_sdk.person_settings.voicemail import VoicemailSettings

ELSEWHERE = "+14085550199"


@dataclass
class Family:
    """One settings family as a client sees it."""

    name: str
    change: Callable
    default: object
    holders: tuple = ("person", "workspace")
    # Where the family hangs below `person_settings` or `workspace_settings`.
    path: str = ""

    def interface(self, root):
        for step in (self.path or self.name).split("."):
            root = getattr(root, step)
        return root

    def reader(self, root):
        return method(self.interface(root), "read", "get")

    def check(self, root, holder):
        """The default is as documented, and what is written is what is read."""
        interface = self.interface(root)
        read = self.reader(root)
        before = read(holder)
        assert contained(self.default, plain(before)), plain(before)
        wanted = self.change(before)
        method(interface, "configure_settings", "configure", "update")(holder, wanted)
        assert read(holder) == wanted


def method(interface, *names):
    """The first of these methods that an interface has of its own."""
    own = [name for name in names if name in vars(type(interface))]
    return getattr(interface, (own or names)[0])


def plain(model):
    """A model as it stands on the wire. Outgoing permissions have a dump of their own, and what
    is no model at all stands there as it is."""
    if not isinstance(model, BaseModel):
        return model
    if isinstance(model, OutgoingPermissions):
        return model.model_dump()
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def forward(settings):
    always = settings.call_forwarding.always
    always.enabled, always.destination, always.ring_reminder_enabled = True, ELSEWHERE, True
    settings.call_forwarding.no_answer.number_of_rings = 5
    settings.business_continuity.enabled = True
    settings.business_continuity.destination = ELSEWHERE
    return settings


def voicemail(settings):
    settings.send_all_calls.enabled = True
    settings.send_unanswered_calls.number_of_rings = 6
    settings.send_busy_calls.enabled = True
    settings.notifications.enabled = True
    settings.notifications.destination = "desk@example.com"
    settings.email_copy_of_message.enabled = True
    settings.email_copy_of_message.email_id = "copy@example.com"
    settings.transfer_to_number.enabled = True
    settings.transfer_to_number.destination = ELSEWHERE
    return settings


def caller_id(settings):
    settings.selected = CallerIdSelectedType.location_number
    settings.block_in_forward_calls_enabled = True
    settings.external_caller_id_name_policy = ExternalCallerIdNamePolicy.other
    settings.custom_external_caller_id_name = "Front desk"
    return settings


def intercept(settings):
    settings.enabled = True
    settings.incoming.voicemail_enabled = True
    settings.incoming.announcements.new_number.enabled = True
    settings.incoming.announcements.new_number.destination = ELSEWHERE
    settings.outgoing.intercept_type = InterceptTypeOutgoing.allow_local_only
    settings.outgoing.transfer_enabled = True
    settings.outgoing.destination = ELSEWHERE
    return settings


def recording(settings):
    settings.enabled = True
    settings.record = Record.always_with_pause_resume
    settings.repeat.enabled, settings.repeat.interval = True, 30
    settings.start_stop_announcement.pstn_calls_enabled = True
    return settings


def incoming(settings):
    settings.use_custom_enabled = True
    settings.external_transfer = ExternalTransfer.block_all_external
    settings.collect_calls_enabled = False
    return settings


def outgoing(settings):
    settings.use_custom_enabled = True
    settings.use_custom_permissions = True
    settings.calling_permissions.international.action = Action.allow
    settings.calling_permissions.international.transfer_enabled = True
    settings.calling_permissions.toll_free.action = Action.transfer_number_1
    return settings


def transfer_numbers(settings):
    settings.use_custom_transfer_numbers = True
    settings.auto_transfer_number1 = ELSEWHERE
    return settings


def privacy(settings):
    settings.aa_extension_dialing_enabled = False
    settings.enable_phone_status_directory_privacy = True
    return settings


def personal_assistant(settings):
    settings.enabled = True
    settings.presence = PersonalAssistantPresence.lunch
    settings.transfer_enabled, settings.transfer_number = True, ELSEWHERE
    settings.alerting = PersonalAssistantAlerting.alert_me_first
    settings.alert_me_first_number_of_rings = 4
    return settings


def push_to_talk(settings):
    settings.allow_auto_answer = True
    settings.connection_type = PTTConnectionType.one_way
    settings.access_type = PushToTalkAccessType.block_members
    return settings


DEFAULT_CALLER_ID = {
    "blockInForwardCallsEnabled": False,
    "externalCallerIdNamePolicy": "DIRECT_LINE",
}
DEFAULT_PRIVACY = {
    "aaExtensionDialingEnabled": True,
    "aaNamingDialingEnabled": True,
    "enablePhoneStatusDirectoryPrivacy": False,
    "enablePhoneStatusPickupBargeInPrivacy": False,
    "monitoringAgents": [],
}
DEFAULT_PUSH_TO_TALK = {
    "allowAutoAnswer": False,
    "connectionType": "TWO_WAY",
    "accessType": "ALLOW_MEMBERS",
    "members": [],
}

FAMILIES = [
    Family("forwarding", forward, plain(PersonForwardingSetting.default())),
    Family("voicemail", voicemail, plain(VoicemailSettings.default())),
    Family("caller_id", caller_id, DEFAULT_CALLER_ID),
    Family(
        "dnd",
        lambda before: DND(**{**before.model_dump(), "enabled": True, "ring_splash_enabled": True}),
        {"enabled": False, "ringSplashEnabled": False},
    ),
    Family("call_intercept", intercept, plain(InterceptSetting.default())),
    Family(
        "call_recording",
        recording,
        plain(CallRecordingSetting.default()),
        holders=("person",),
    ),
    Family("permissions_in", incoming, plain(IncomingPermissions.default())),
    Family("permissions_out", outgoing, {"useCustomEnabled": False}),
    Family(
        "transfer numbers",
        transfer_numbers,
        {"useCustomTransferNumbers": False},
        path="permissions_out.transfer_numbers",
    ),
    Family("privacy", privacy, DEFAULT_PRIVACY),
    Family("push_to_talk", push_to_talk, DEFAULT_PUSH_TO_TALK),
    Family(
        "barge",
        lambda _: BargeSettings(enabled=True, tone_enabled=True),
        {"enabled": False, "toneEnabled": False},
    ),
    Family("anon_calls", lambda _: True, False),
    Family("outbound_billing_plan", lambda _: True, False),
    Family(
        "call_bridge",
        lambda _: CallBridgeSetting(warning_tone_enabled=False),
        {"warningToneEnabled": True},
    ),
    Family(
        "call_policy",
        lambda _: PrivacyOnRedirectedCalls.privacy_for_all_calls,
        PrivacyOnRedirectedCalls.no_privacy,
        holders=("workspace",),
    ),
    Family(
        "personal_assistant",
        personal_assistant,
        {"enabled": False, "presence": "NONE", "transferEnabled": False, "alerting": "NONE"},
        holders=("person",),
    ),
]

CALLING_PERMISSIONS = CallingPermissions.default()
CUSTOM_GREETING = Greeting.custom


def of(holder):
    """The families that a kind of holder has."""
    return [family for family in FAMILIES if holder in family.holders]


def contained(part, whole):
    """Whether everything in `part` stands in `whole`, at any depth."""
    if isinstance(part, dict):
        return all(key in whole and contained(value, whole[key]) for key, value in part.items())
    return part == whole
