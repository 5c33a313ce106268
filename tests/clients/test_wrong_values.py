"""A value of the wrong kind is refused by the name of its field, or the server tells that the field
means nothing to it; whatever the operation of tier 1 is.

All is asked as a dry run, so that each body meets the same organisation.
"""

import functools
import json
import re

import methods
import pytest
from contract import FOLDER
from test_workspaces import calling
from test_wire import parameters, with_ids
from wire import DOCUMENTS, shape
from wrong import Body
from wxc_sdk.person_settings.exec_assistant import ExecAssistantType

# Bodies that are right but for the one value, where the example of the contract is not.
PERSON = {
    "emails": ["new@quillhaven.example"],
    "displayName": "New One",
    "firstName": "New",
    "lastName": "One",
}
ADDRESS = {
    "addressLine1": "1 Quay",
    "city": "Boston",
    "stateOrProvince": "MA",
    "zipOrPostalCode": "02110",
    "country": "US",
}
CUSTOMER = {
    "provisioningId": "standard",
    "packages": ["webex_calling", "webex_meetings"],
    "address": ADDRESS,
    "customerInfo": {"name": "Client One", "primaryEmail": "owner@client-one.example"},
    "provisioningParameters": {
        "calling": {
            "location": {
                "name": "Head Office",
                "address": ADDRESS,
                "timezone": "America/New_York",
                "language": "en_us",
            }
        }
    },
}
SUBSCRIBER = {
    "customerId": "{customerId}",
    "email": "nell.bagel@copperkettle.example",
    "package": "webex_meetings",
}
GROUP = {
    "schemas": [
        "urn:ietf:params:scim:schemas:core:2.0:Group",
        "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group",
    ],
    "displayName": "Harbour crew",
}
VOICEMAIL = {
    "notifications": {"enabled": False},
    "transferToNumber": {"enabled": False},
    "emailCopyOfMessage": {"enabled": False},
    "messageStorage": {"mwiEnabled": True},
    "faxMessage": {"enabled": False},
}
FORWARDING = {
    "callForwarding": {
        "always": {"enabled": False, "ringReminderEnabled": False},
        "busy": {"enabled": False},
        "noAnswer": {"enabled": False, "numberOfRings": 3},
    },
    "businessContinuity": {"enabled": False},
}
RIGHT = {
    "POST /v1/people": PERSON,
    "PUT /v1/people/{personId}": PERSON,
    "PATCH /v1/licenses/users": {
        "personId": "{personId}",
        "siteUrls": [{"siteUrl": "quillhaven.webex.com", "accountType": "attendee"}],
    },
    "POST /v1/devices": {
        "mac": "D82E3E555555",
        "model": "Cisco 8865",
        "personId": "{personId}",
    },
    "POST /identity/scim/{orgId}/v2/Groups": GROUP,
    "PUT /identity/scim/{orgId}/v2/Groups/{groupId}": GROUP,
    "POST /v1/telephony/config/jobs/devices/rebuildPhones": {"locationId": "{locationId}"},
    "PUT /v1/people/{personId}/features/voicemail": VOICEMAIL,
    "PUT /v1/telephony/config/workspaces/{workspaceId}/voicemail": VOICEMAIL,
    "PUT /v1/people/{personId}/features/callForwarding": FORWARDING,
    "PUT /v1/workspaces/{workspaceId}/features/callForwarding": FORWARDING,
    "PUT /v1/people/{personId}/features/callerId": {"selected": "LOCATION_NUMBER"},
    "PUT /v1/people/{personId}/features/monitoring": {
        "enableCallParkNotification": True,
        "monitoredElements": [],
    },
    "PUT /v1/people/{personId}/features/reception": {
        "receptionEnabled": True,
        "monitoredMembers": ["{workspaceId}"],
    },
    "POST /v1/people/{personId}/features/schedules": {
        "name": "Closed",
        "type": "holidays",
        "events": [
            {
                "name": "Day",
                "startDate": "2026-03-18",
                "endDate": "2026-03-18",
                "startTime": "08:00",
                "endTime": "17:00",
                "recurrence": {"recurForEver": True, "recurDaily": {"recurInterval": 1}},
            }
        ],
    },
    "PUT /v1/telephony/config/people/{personId}/anonymousCallReject": {"enabled": True},
    "PUT /v1/telephony/config/people/{personId}/outboundBillingPlan": {"enabled": True},
    "PUT /v1/telephony/config/workspaces/{workspaceId}/outboundBillingPlan": {"enabled": True},
    "PUT /v1/telephony/config/workspaces/{workspaceId}/callPolicies": {
        "connectedLineIdPrivacyOnRedirectedCalls": "NO_PRIVACY"
    },
    "POST /v1/telephony/config/people/{personId}/selectiveAccept/criteria": {
        "callsFrom": "ANY_PHONE_NUMBER",
        "acceptEnabled": True,
    },
    "POST /v1/telephony/config/people/{personId}/selectiveReject/criteria": {
        "callsFrom": "ANY_PHONE_NUMBER",
        "rejectEnabled": True,
    },
    "POST /v1/telephony/config/people/{personId}/selectiveForward/criteria": {
        "forwardToPhoneNumber": "+14155550195",
        "sendToVoicemailEnabled": False,
        "callsFrom": "ANY_PHONE_NUMBER",
    },
    "POST /v1/telephony/config/workspaces/{workspaceId}/selectiveForward/criteria": {
        "callsFrom": "ANY_PHONE_NUMBER"
    },
    "PUT /v1/telephony/config/locations/{locationId}": {},
    "PUT /v1/workspaces/{workspaceId}/features/callerId": {"selected": "LOCATION_NUMBER"},
    "POST /v1/workspaces": {"displayName": "Fir"},
    "PUT /v1/workspaces/{workspaceId}": {"displayName": "Fir"},
    "POST /v1/groups": {"displayName": "Harbour crew"},
    "PATCH /v1/groups/{groupId}": {"displayName": "Harbour crew"},
    "POST /organization/{orgId}/v3/user-profile": {
        "name": "Refunds",
        "profileType": "PREMIUM_AGENT",
        "active": True,
        "permissionAccessLevel": "NONE",
        "resourceAccessLevel": "ALL",
    },
    "POST /organization/{orgId}/user/fetch-by-skill-requirements": [],
    "POST /v1/telephony/config/people/{personId}/simultaneousRing/criteria": {
        "callsFrom": "ANY_PHONE_NUMBER",
        "ringEnabled": True,
    },
    **{
        f"POST /v1/telephony/config/workspaces/{{workspaceId}}/{setting}/criteria": {
            "scheduleName": "Location hours",
            "scheduleType": "businessHours",
            "scheduleLevel": "GROUP",
            "callsFrom": "ANY_PHONE_NUMBER",
            switch: True,
        }
        for setting, switch in (
            ("priorityAlert", "notificationEnabled"),
            ("selectiveAccept", "acceptEnabled"),
            ("selectiveReject", "rejectEnabled"),
            ("simultaneousRing", "ringEnabled"),
        )
    },
    "POST /v1/reports": {"templateId": 601},
    "POST /v1/wholesale/customers": {**CUSTOMER, "externalId": "client-1"},
    "POST /v1/wholesale/customers/validate": CUSTOMER,
    "PUT /v1/wholesale/customers/{customerId}": {
        "packages": [
            "webex_calling",
            "webex_calling_standard",
            "webex_suite",
            "webex_voice",
            "webex_meetings",
            "cx_essentials",
            "attendant_console",
            "common_area_calling",
            "cisco_calling_plan",
        ],
        "address": ADDRESS,
    },
    "POST /v1/wholesale/subscribers": {
        **SUBSCRIBER,
        "provisioningParameters": {"firstName": "Nell", "lastName": "Bagel"},
    },
    "POST /v1/wholesale/subscribers/validate": SUBSCRIBER,
    "PUT /v1/wholesale/subscribers/{subscriberId}": {"package": "webex_voice"},
    "POST /v1/wholesale/billing/reports": {
        "billingStartDate": "2026-03-01",
        "billingEndDate": "2026-03-02",
        "type": "PARTNER",
    },
    "POST /v1/partner/tags/organizations/{orgId}/subscriptions/{subscriptionId}/assignTags": {
        "tags": [{"name": "Gold", "description": "Renews in spring"}]
    },
    "POST /identity/scim/{orgId}/v2/Users": {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "new@quillhaven.example",
        "userType": "user",
    },
}

# What a partner does; everything else is asked in the organisation of the demo.
OF_PARTNERS = re.compile("/v1/(wholesale|partner)/")

# What is read and never written: a client sends it back as it got it.
SENT_BACK = "a document is sent back whole, and these fields mean nothing in it"
READ_ONLY = {
    r"POST \S+/Users urn:scim:\S+:User(\.accountStatus)?": SENT_BACK,
    r"POST \S+/Bulk operations\.0\.data": "the answer tells it for each operation",
    r"PUT \S+/simultaneousRing criteria.*": SENT_BACK,
    r"PUT /v1/webhooks\S* (ownedBy|created)": "who owns a webhook is said when it is made",
    r"(POST|PUT) /v1/people\S* (id|errors|created|last(Modified|Activity))": SENT_BACK,
    r"(POST|PUT) /v1/people\S* (invitePending|avatarProvided|licensesProvided)": SENT_BACK,
    r"PUT /v1/workspaces/\S+/callerId locationExternalCallerIdName": SENT_BACK,
    r"POST /organization/\S+/user-profile (systemDefault|createdTime|lastUpdatedTime)": SENT_BACK,
    r"PUT /v1/workspaceLocations/\S+ id": SENT_BACK,
    r"POST /v1/reports siteList": "no template is about sites",
    r"(POST|PUT) /v1/people\S* sipAddresses.*": SENT_BACK,
}

# Bounds of the contract that are not held, and why.
LOOSE = {}

# Required fields of the contract that may be left out, or be null, and why.
KEEPS = "inside a field, what is left out keeps its value (SET-02)"
NONE_CHOSEN = "null chooses none, or takes one's own value away"
LEFT_OUT = {
    r"(POST|PUT) /v1/people\S* sipAddresses\.0\.(type|value|primary)": SENT_BACK,
    r"(POST|PATCH) /v1/groups\S* (schemas|Operations\S*)": "the schema is that of SCIM groups, "
    "which has the same name in the document; the example beside it is followed",
    r"PATCH \S+/user/bulk \S+": "PATCH changes what is sent; the schema is that of PUT",
    r"POST \S+/Users urn:ietf:\S+:User\.manager\.value": "nobody is a manager, too (RFC 7643)",
    r"POST \S+/Users urn:scim:\S+:User\.accountStatus": SENT_BACK,
    r"PUT \S+/callForwarding (callForwarding|businessContinuity)\.\S+": KEEPS,
    r"PUT \S+/outgoingPermission callingPermissions\.0\.transferEnabled": KEEPS,
    r"PUT \S+/doNotDisturb webexGoOverrideEnabled": "wxc_sdk leaves out what was not set",
    r"PUT \S+/preferredAnswerEndpoint preferredAnswerEndpointId": NONE_CHOSEN,
    r"POST /v1/wholesale/subscribers/validate customerInfo\.primaryEmail": (
        "whether a subscriber can be made is checked by the subscriber's own address"
    ),
    r"PUT \S+/msTeams value": NONE_CHOSEN,
    r"PUT \S+/agent/callerId selectedCallerId": NONE_CHOSEN,
}


def test_no_value_of_the_wrong_kind_passes_silently(organization, partner):
    tried = nothing_passes(organization, partner, Body.wrong, READ_ONLY)
    assert tried > 900


def test_no_value_beyond_the_bounds_of_its_field_passes_silently(organization, partner):
    tried = nothing_passes(organization, partner, Body.beyond, LOOSE)
    assert tried > 20


def nothing_passes(organization, partner, mutate, excuses):
    """Tries each mutation of each body: how many there were."""
    silent, happened, tried = [], set(), 0
    for operation, body, base, asking, ask in asked(organization, partner):
        for place, wrong in mutate(body, base):
            tried += 1
            words = f"{operation} {'.'.join(map(str, place))}"
            told = told_of(asking, ask(wrong), place)
            reasons = [it for it in excuses if told and re.fullmatch(it, words)]
            happened.update(reasons)
            silent += [f"{words}: {told}"] if told and not reasons else []
    assert not silent, f"{len(silent)} of {tried} passed:\n" + "\n".join(silent)
    assert happened == excuses.keys(), "what no longer happens is no departure"
    return tried


def test_a_body_without_what_the_contract_requires_does_nothing(organization, partner):
    done, happened, tried = [], set(), 0
    for operation, body, base, _, ask in asked(organization, partner):
        for place, lacking in body.lacking(base):
            tried += 1
            words = f"{operation} {'.'.join(map(str, place))}"
            answer = ask(lacking).json()["response"]
            if answer["status"] >= 300:
                continue
            reasons = [it for it in LEFT_OUT if re.fullmatch(it, words)]
            happened.update(reasons)
            done += [] if reasons else [f"{words}: {answer['status']} {json.dumps(lacking)[:160]}"]
    assert tried > 600
    assert not done, f"{len(done)} of {tried} passed:\n" + "\n".join(done)
    assert happened == LEFT_OUT.keys(), "what no longer happens is no departure"


def asked(organization, partner):
    """Each operation with a body, a body that is right, who asks, and what asks as a dry run."""
    bodies = documented()
    if not bodies:
        pytest.skip("the contract is absent; test_wire.py says whether it may be")
    both = (organization, identities(organization)), (partner, of_partner(partner))
    for method, path in methods.simulated(organization.endpoints):
        asking, known = both[OF_PARTNERS.match(path) is not None]
        names = parameters(path)
        body = bodies.get((method, shape(path)))
        if body is None or not set(names) <= known.keys():
            continue
        operation, own = f"{method} {path}", with_ids(path, [known[name] for name in names])
        ask = functools.partial(dry, asking, method, own)
        yield operation, body, right(operation, body, known), asking, ask


def dry(organization, method, path, body):
    address = organization.base_url.rstrip("/").removesuffix("/v1") + path
    answer = organization.request(method, address, json=body, headers={"X-Sim-Dry-Run": "true"})
    assert answer.status_code == 200, answer.text
    return answer


def told_of(organization, answer, place):
    """Nothing where the answer, or the record of the request, names the field; else the answer."""
    tried = answer.json()["response"]
    told = json.dumps(tried["body"]) if tried["status"] == 400 else ""
    if tried["status"] < 300:
        explained = organization.sim("GET", f"/explain/{answer.headers['trackingid']}").json()
        told = " ".join(explained.get("warnings", []))
    names = [name for name in place if isinstance(name, str)]
    if any(re.search(rf"\b{re.escape(name)}\b", told) for name in names):
        return None
    return f"{tried['status']} {json.dumps(tried['body'])[:160]}"


def right(operation, body, known):
    """A body without a wrong value, with ids of this organisation where it has any."""
    text = json.dumps(RIGHT.get(operation, body.example))
    text = re.sub(r'"orgId": "[^"]*"', f'"orgId": "{known["orgId"]}"', text)
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return json.loads(text)


def documented():
    found = {}
    for name in DOCUMENTS:
        source = FOLDER / "contract" / f"{name}.json"
        document = json.loads(source.read_text(encoding="utf-8")) if source.is_file() else {}
        for path, operations in document.get("paths", {}).items():
            for method, operation in operations.items():
                body = operation.get("requestBody", {}) if isinstance(operation, dict) else {}
                content = body.get("content", {}).get("application/json", {})
                if "schema" in content:
                    found.setdefault((method.upper(), shape(path)), Body(document, content))
    return found


def of_partner(partner):
    """The same of a partner, whose customers have ids of both kinds."""

    def found(path, name, value):
        listed = partner.rest("GET", path).json()["items"]
        return next(it["id"] for it in listed if it[name] == value)

    customer = found("/wholesale/customers", "externalId", "CK-1001")
    subscribers = partner.rest("GET", "/wholesale/subscribers", params={"customerId": customer})
    return {
        "customerId": customer,
        "subscriberId": subscribers.json()["items"][0]["id"],
        "orgId": found("/organizations", "displayName", "Tidewater Clinics"),
        "subscriptionId": "Sub130010",
    }


def identities(organization):
    api = organization.api
    person = organization.calling_person()
    return {
        "personId": person.person_id,
        "workspaceId": calling(organization).workspace_id,
        "locationId": next(iter(api.telephony.location.list())).location_id,
        "executiveId": organization.executive(),
        "assistantId": organization.executive(ExecAssistantType.executive_assistant),
        "workspaceLocationId": next(iter(api.workspace_locations.list())).id,
        "orgId": organization.id,
        "groupId": next(iter(api.groups.list())).group_id,
        "deviceId": next(iter(api.devices.list())).device_id,
        "webhookId": organization.webhook("org").webhook_id,
    }
