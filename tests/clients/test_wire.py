"""Every answer of an operation of tier 1 is as the documents of the contract have it."""

import os
import re

import methods
import pytest
from departures import DEPARTURES
from wxc_sdk.person_settings.exec_assistant import ExecAssistantType

# How many of each kind of object are read.
SOME = 12

# What an operation cannot be asked without.
QUERIES = {
    "/v1/adminAudit/events": {
        "from": "2026-01-01T00:00:00.000Z",
        "to": "2026-12-31T00:00:00.000Z",
    },
}

# What the organisation of the demo does not have; other suites read it where it is.
ELSEWHERE = re.compile("/v1/(authorize|wholesale/.*|partner/tags/.*)|.*/personalizationTask")


def test_whatever_the_demo_holds_is_read_without_departing(organization, trace):
    known = identities(organization)
    unread = []
    for method, path in methods.simulated(organization.endpoints):
        names = parameters(path)
        if method != "GET" or ELSEWHERE.fullmatch(path) or not set(names) <= known.keys():
            continue
        asked = [with_ids(path, ids) for ids in combined(names, known)]
        query = {"orgId": organization.id, **QUERIES.get(path, {})}
        answers = [organization.request("GET", url(organization, it), params=query) for it in asked]
        if not any(answer.ok for answer in answers):
            unread.append(f"{path}: {answers[0].status_code if answers else 'no id'}")
    assert not unread, "\n".join(unread)


def test_no_answer_departs_from_the_contract_without_a_reason(trace):
    wire = trace.wire
    if not wire.operations:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the contract is absent")
    assert not wire.departed, "\n".join(f"{k} | {v}" for k, v in sorted(wire.departed.items()))
    unused = DEPARTURES.keys() - wire.excused
    assert not unused, f"no answer departs like this any more: {unused}"


def identities(organization):
    """Ids of what stands in the demo, by the names of the parameters of paths."""

    def ids(path, key, **query):
        answer = organization.rest("GET", path, params=query).json()
        return [item["id"] for item in answer[key]]

    people = [
        person.person_id
        for person in organization.api.people.list(calling_data=True)
        if person.extension or person.phone_numbers
    ]
    return {
        "personId": people[:: max(1, len(people) // SOME)],
        "workspaceId": ids("/workspaces", "items", calling="webexCalling")[:SOME],
        "locationId": ids("/telephony/config/locations", "locations")[:SOME],
        "workspaceLocationId": ids("/workspaceLocations", "items")[:SOME],
        "executiveId": [organization.executive()],
        "assistantId": [organization.executive(ExecAssistantType.executive_assistant)],
        "orgId": [organization.id],
        "groupId": ids("/groups", "groups")[:SOME],
        "deviceId": ids("/devices", "items")[:SOME],
        "licenseId": ids("/licenses", "items")[:SOME],
        "roleId": ids("/roles", "items")[:SOME],
        "webhookId": [organization.webhook("org").webhook_id],
    }


def parameters(path):
    """The names of a path's parameters. One name is that of two things upstream."""
    names = re.findall(r"\{(\w+)\}", path)
    if path.startswith("/v1/workspaceLocations/"):
        names[0] = "workspaceLocationId"
    if "/executive/" in path:
        names[0] = "assistantId" if path.endswith("/assistant") else "executiveId"
    return names


def combined(names, known):
    """The ids of each call: all of the first name, the first of any other."""
    for first in known[names[0]] if names else [None]:
        yield [known[name][0] if place else first for place, name in enumerate(names)]


def with_ids(path, ids):
    ids = iter(ids)
    return re.sub(r"\{\w+\}", lambda _: next(ids), path)


def url(organization, path):
    return organization.base_url.rstrip("/").removesuffix("/v1") + path
