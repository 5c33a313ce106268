"""Moves somebody from the old subscription to the new one, rightly and wrongly.

    hubsim exec -- pytest examples/pytest
"""

JOAQUIN = "joaquin.thornfield@quillhaven.example"
EDIT = f"/_hub/v1/organizations/me/users/{JOAQUIN}/licenses"
OLD = "Webex Calling VAR Professional [Sub119911]"
NEW = "Webex Calling VAR Professional [Sub121331]"


def calling(sandbox):
    found = sandbox.call("GET", "/v1/people", params={"email": JOAQUIN, "callingData": "true"})
    return found["items"][0].get("extension")


def save(sandbox, *changes):
    """One save of the dialog Edit licences."""
    licenses = [{"id": license, "operation": operation} for operation, license in changes]
    return sandbox.call("PATCH", EDIT, json={"licenses": licenses})


def test_one_save_keeps_everything(sandbox):
    sandbox.call("POST", "/_sim/v1/subscriptions/Sub119911/suspend")
    before = calling(sandbox)
    outcome = save(sandbox, ("remove", OLD), ("add", NEW))
    assert outcome["action"] == "swapped"
    assert outcome["lost"] == []
    assert calling(sandbox) == before


def test_two_saves_lose_everything(sandbox):
    outcome = save(sandbox, ("remove", OLD))
    assert outcome["action"] == "removed"
    lost = {one["family"] for one in outcome["lost"]}
    assert {"voicemail", "voicemailPasscode"} <= lost
    assert calling(sandbox) is None
    ledger = sandbox.call("GET", "/_sim/v1/ledger", params={"holder": JOAQUIN})
    assert ledger["items"][-1]["lost"], "the ledger tells it, too"
