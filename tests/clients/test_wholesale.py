"""Partners and wholesale customers: every operation against its JSON schema, and wxc_sdk in a
customer that was launched. wxc_sdk 1.41 has no methods of its own for wholesale."""

import csv
import io

import pytest
import requests
from contract import Contract
from wxc_sdk import WebexSimpleApi
from wxc_sdk.licenses import LicenseRequest, LicenseRequestOperation
from wxc_sdk.rest import RestError

CUSTOMERS = "/wholesale/customers"
SUBSCRIBERS = "/wholesale/subscribers"
REPORTS = "/wholesale/billing/reports"
ADDRESS = {"addressLine1": "1 Quay", "city": "Boston", "stateOrProvince": "MA",
           "zipOrPostalCode": "02110", "country": "US"}
LOCATION = {"name": "Head Office", "address": ADDRESS, "timezone": "America/New_York",
            "language": "en_us"}
FREE = "free.account@elsewhere.example"


class Checked:
    """Calls whose request and answer are held against the document."""

    def __init__(self, partner, contract):
        self.partner, self.contract = partner, contract

    def __call__(self, method, path, body=None, /, ids=None, **query):
        if body is not None:
            self.contract.request(method, path, body)
        real = path.format(**(ids or {}))
        answer = self.partner.rest(method, real, json=body, params=query)
        return self.contract.answer(method, path, answer)


def test_every_wholesale_operation_answers_by_its_schema(partner):
    contract = Contract("wholesale")
    call = Checked(partner, contract)
    provisioned_customer(partner, call)
    subscribers_come_and_go(partner, call)
    consent(partner, call)
    reports(partner, call)
    call("GET", "/wholesale/subPartners")
    assert contract.seen == contract.operations("/wholesale/", "/subscribers/")


def provisioned_customer(partner, call):
    wanted = {
        "provisioningId": "standard", "packages": ["webex_calling", "webex_meetings"],
        "externalId": "client-1", "address": ADDRESS,
        "customerInfo": {"name": "Client One", "primaryEmail": "owner@client-one.example"},
        "provisioningParameters": {"calling": {"location": LOCATION}},
    }
    check = {key: wanted[key] for key in ("provisioningId", "packages", "address", "customerInfo")}
    call("POST", f"{CUSTOMERS}/validate", {**check, "provisioningParameters":
                                           wanted["provisioningParameters"]})
    call("POST", CUSTOMERS, wanted)
    listed = call("GET", CUSTOMERS, externalId="client-1")["items"]
    ids = {"customerId": listed[0]["id"]}
    one = f"{CUSTOMERS}/{{customerId}}"
    assert call("GET", one, ids=ids)["status"] == "provisioning"
    partner.advance("PT1M")
    assert call("GET", one, ids=ids)["status"] == "provisioned"
    change = {"externalId": "client-1", "packages": ["webex_calling"], "address": ADDRESS}
    call("PUT", one, change, ids=ids)
    partner.advance("PT1M")
    assert call("GET", one, ids=ids)["packages"] == ["webex_calling"]
    call("DELETE", one, ids=ids)


def bakery(call):
    return call("GET", CUSTOMERS, externalId="CK-1001")["items"][0]["id"]


def subscribers_come_and_go(partner, call):
    customer, email = bakery(call), "nell.bagel@copperkettle.example"
    wanted = {"customerId": customer, "email": email, "package": "webex_meetings",
              "provisioningParameters": {"firstName": "Nell", "lastName": "Bagel"}}
    call("POST", f"{SUBSCRIBERS}/validate",
         {"customerId": customer, "email": email, "package": "webex_meetings"})
    made = call("POST", SUBSCRIBERS, wanted)
    ids = {"subscriberId": made["id"]}
    one = f"{SUBSCRIBERS}/{{subscriberId}}"
    assert call("GET", one, ids=ids) == made
    assert call("PUT", one, {"package": "webex_voice"}, ids=ids)["package"] == "webex_voice"
    assert call("GET", SUBSCRIBERS, email=email)["items"][0]["id"] == made["id"]
    call("DELETE", one, ids=ids)


def consent(partner, call):
    """Somebody with a free account is asked, asked again, and comes over."""
    account = {"email": FREE, "type": "webexAccount", "organization": "Consumer"}
    overlay = {"name": "free", "organizations": [], "outsideAccounts": [account]}
    answer = partner.sim("POST", "/scenarios?mode=merge", json=overlay)
    assert answer.status_code == 200, answer.text
    body = {"customerId": bakery(call), "email": FREE, "package": "webex_meetings",
            "provisioningParameters": {"firstName": "Free"}}
    waits = call("POST", SUBSCRIBERS, body)
    assert waits["status"] == "pending_user_migration"
    again = "/subscribers/{subscriberId}/emails/consentMove"
    call("POST", again, ids={"subscriberId": waits["id"]})
    mails = partner.sim("GET", f"/outbox?to={FREE}").json()["items"]
    assert [mail["kind"] for mail in mails] == ["consentMove", "consentMove"]
    accepted = requests.post(mails[-1]["invitationLink"], json={}, timeout=30)
    assert accepted.status_code == 200, accepted.text
    moved = call("GET", f"{SUBSCRIBERS}/{{subscriberId}}", ids={"subscriberId": waits["id"]})
    assert moved["status"] == "provisioned"


def reports(partner, call):
    partner.advance("P3D")
    for kind, columns in (("PARTNER", 6), ("CUSTOMER", 9), ("USER", 12)):
        wanted = {"billingStartDate": "2026-03-01", "billingEndDate": "2026-03-04", "type": kind}
        ids = {"id": call("POST", REPORTS, wanted)["id"]}
        one = f"{REPORTS}/{{id}}"
        assert call("GET", one, ids=ids)["status"] == "IN_PROGRESS"
        partner.advance("PT1M")
        url = call("GET", one, ids=ids)["tempDownloadURL"]
        text = requests.get(url, timeout=30).text
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows[0]) == columns
        assert all(int(row["CONSUMPTION_DAYS"]) > 0 for row in rows)
    assert len(call("GET", REPORTS, status="COMPLETED", sortBy="id")["items"]) == 3
    call("DELETE", one, ids=ids)


def test_tags_of_subscriptions_answer_by_their_schema(partner):
    contract = Contract("admin")
    call = Checked(partner, contract)
    orgs = partner.rest("GET", "/organizations").json()["items"]
    clinic = next(it["id"] for it in orgs if it["displayName"] == "Tidewater Clinics")
    ids = {"orgId": clinic, "subscriptionId": "Sub130010"}
    one = "/partner/tags/organizations/{orgId}/subscriptions/{subscriptionId}"
    body = {"tags": [{"name": "Gold", "description": "Renews in spring"}, {"name": "East"}]}
    assert call("POST", f"{one}/assignTags", body, ids=ids) == body["tags"]
    found = call("GET", one, ids=ids)
    assert found["tags"] == ["Gold", "East"]
    assert call("GET", "/partner/tags/subscriptions", tags="East,West") == [found]
    assert contract.seen == contract.operations("/partner/tags/subscriptions", "/subscriptions/")


def test_wxc_sdk_works_in_a_launched_customer_and_cannot_touch_a_package(partner):
    api = WebexSimpleApi(tokens=partner.launch("Copperkettle Bakeries"), retry_429=False)
    people = {person.emails[0]: person for person in api.people.list(calling_data=True)}
    teodor = people["teodor.rye@copperkettle.example"]
    assert teodor.extension == "2002"
    licenses = {license.name: license for license in api.licenses.list()}
    suite = licenses["Webex Suite"].license_id
    request = LicenseRequest(id=suite, operation=LicenseRequestOperation.add)
    with pytest.raises(RestError) as refused:
        api.licenses.assign_licenses_to_users(person_id=teodor.person_id, licenses=[request])
    assert refused.value.response.status_code == 400
    assert "900088" in refused.value.response.text
    after = api.people.details(teodor.person_id)
    assert after.licenses == [licenses["Webex Calling"].license_id]
    api.close()
