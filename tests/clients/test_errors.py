"""How refusals reach a client: status, body, tracking id, and what is not simulated."""

import pytest
from wxc_sdk import WebexSimpleApi
from wxc_sdk.rest import ErrorDetail, RestError

UNKNOWN = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDA"


def refusal(call, *arguments, **named):
    with pytest.raises(RestError) as refused:
        call(*arguments, **named)
    error = refused.value
    assert isinstance(error.detail, ErrorDetail), error.response.text
    assert error.detail.tracking_id == error.response.headers["trackingid"]
    assert error.detail.message and error.detail.errors
    return error


def test_what_does_not_exist_is_404(api):
    for call in (
        api.people.details,
        api.licenses.details,
        api.workspaces.details,
        api.locations.details,
        api.roles.details,
        api.telephony.location.details,
        api.person_settings.forwarding.read,
        api.people.delete_person,
    ):
        assert refusal(call, UNKNOWN).response.status_code == 404, call


def test_ids_of_any_shape_are_refused_in_order(api):
    for bad in ("x", "%00", "..%2F..", "a" * 3000, "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8", "ä"):
        assert refusal(api.people.details, bad).response.status_code in (400, 404, 414), bad


def test_a_missing_token_is_401(endpoints):
    client = WebexSimpleApi(tokens="two words", retry_429=False)
    assert refusal(client.people.me).response.status_code == 401


def test_a_reader_must_not_write(organization):
    reader = organization.client("readOnlyAdmin")
    person = next(iter(reader.people.list()))
    assert refusal(reader.people.delete_person, person.person_id).response.status_code == 403


def test_what_is_not_simulated_names_itself(api):
    error = refusal(lambda: list(api.rooms.list()))
    assert error.response.status_code == 501
    assert "listRooms" in error.response.text


def test_a_wrong_method_and_an_unknown_path(organization):
    assert organization.rest("DELETE", "/people").status_code == 405
    answer = organization.rest("GET", "/no/such/thing")
    assert answer.status_code == 404 and answer.json()["trackingId"]
    assert organization.rest("GET", "/people/me/").status_code == 200


def test_bodies_that_are_no_json_are_400(organization):
    for body in (b"", b"{", b"[]", b"null", b'{"emails":', b"\xff\xfe", b'{"emails": 7}'):
        answer = organization.rest(
            "POST", "/people", data=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400, body
        assert answer.json()["message"]


def test_documented_answers_have_their_exact_form(organization):
    answer = organization.rest("GET", "/people?max=5")
    assert answer.headers["content-type"].startswith("application/json")
    link = answer.links["next"]["url"]
    assert link.startswith("http://") and "max=5" in link
    assert answer.headers["x-hubsim-version"] and answer.headers["x-hubsim-fidelity"]
