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
RIGHT = {
    "POST /v1/people": PERSON,
    "PUT /v1/people/{personId}": PERSON,
    "PATCH /v1/licenses/users": {"personId": "{personId}"},
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
    "POST /v1/telephony/config/workspaces/{workspaceId}/priorityAlert/criteria": {
        "callsFrom": "ANY_PHONE_NUMBER"
    },
    "POST /v1/reports": {"templateId": 601},
    "POST /identity/scim/{orgId}/v2/Users": {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "new@quillhaven.example",
        "userType": "user",
    },
}

# What the organisation of the demo cannot do at all.
ELSEWHERE = re.compile("/v1/(wholesale|partner)/")

# What is read and never written: a client sends it back as it got it.
SENT_BACK = "a document is sent back whole, and these fields mean nothing in it"
READ_ONLY = {
    r"POST \S+/Users emails\.0\.(type|display|primary)": "of an address its value is kept",
    r"POST \S+/Users urn:scim:\S+:User(\.accountStatus)?": SENT_BACK,
    r"POST \S+/Bulk operations\.0\.data": "the answer tells it for each operation",
    r"PUT \S+/simultaneousRing criteria.*": SENT_BACK,
    r"PUT /v1/webhooks\S* (ownedBy|created)": "who owns a webhook is said when it is made",
    r"(POST|PUT) /v1/people\S* (id|errors|created|last(Modified|Activity))": SENT_BACK,
    r"(POST|PUT) /v1/people\S* (timeZone|userName)": SENT_BACK,
    r"(POST|PUT) /v1/people\S* (invitePending|avatarProvided|licensesProvided)": SENT_BACK,
    r"PUT /v1/workspaces/\S+/callerId locationExternalCallerIdName": SENT_BACK,
    r"POST /organization/\S+/user-profile (systemDefault|createdTime|lastUpdatedTime)": SENT_BACK,
    r"PUT /v1/workspaceLocations/\S+ id": SENT_BACK,
    r"POST /v1/reports siteList": "no template is about sites",
    r"(POST|PUT) /v1/people\S* sipAddresses.*": SENT_BACK,
}

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
    r"PUT \S+/callForwarding callForwarding\.busy\.destinationVoicemailEnabled": KEEPS,
    r"PUT \S+/outgoingPermission callingPermissions\.0\.transferEnabled": KEEPS,
    r"PUT \S+/doNotDisturb webexGoOverrideEnabled": "wxc_sdk leaves out what was not set",
    r"PUT \S+/preferredAnswerEndpoint preferredAnswerEndpointId": NONE_CHOSEN,
    r"PUT \S+/msTeams value": NONE_CHOSEN,
    r"PUT \S+/agent/callerId selectedCallerId": NONE_CHOSEN,
}


def test_no_value_of_the_wrong_kind_passes_silently(organization):
    silent, tried = [], 0
    for operation, body, base, ask in asked(organization):
        for place, wrong in body.wrong(base):
            tried += 1
            words = f"{operation} {'.'.join(map(str, place))}"
            told = told_of(organization, ask(wrong), place)
            if told and not any(re.fullmatch(pattern, words) for pattern in READ_ONLY):
                silent.append(f"{words}: {told}")
    assert tried > 800
    assert not silent, f"{len(silent)} of {tried} passed:\n" + "\n".join(silent)


def test_a_body_without_what_the_contract_requires_does_nothing(organization):
    done, happened, tried = [], set(), 0
    for operation, body, base, ask in asked(organization):
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


def asked(organization):
    """Each operation with a body, a body that is right, and what asks for it as a dry run."""
    bodies = documented()
    if not bodies:
        pytest.skip("the contract is absent; test_wire.py says whether it may be")
    known = identities(organization)
    for method, path in methods.simulated(organization.endpoints):
        names = parameters(path)
        body = bodies.get((method, shape(path)))
        if body is None or not set(names) <= known.keys() or ELSEWHERE.match(path):
            continue
        operation, own = f"{method} {path}", with_ids(path, [known[name] for name in names])
        ask = functools.partial(dry, organization, method, own)
        yield operation, body, right(operation, body, known), ask


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
    return json.loads(text.replace("{personId}", known["personId"]))


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
