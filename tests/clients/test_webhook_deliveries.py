"""Deliveries of webhooks: a client registers one, a bulk job runs, and what arrives at a receiver
of the test, or at a sink of hubsim, is read and verified as Webex's guide to webhooks says."""

import contextlib
import hashlib
import hmac
import http.server
import json
import queue
import threading
import time

import pytest
import webexpythonsdk
from wxc_sdk.webhook import WebhookEvent, WebhookEventType, WebhookResource, WebhookStatus

SECRET = "salt and pepper"
SECONDS_MAX = 30
STATUSES = ["STARTING", "STARTED", "COMPLETED"]
JOBS = {
    "resource": WebhookResource.admin_batch_jobs.value,
    "event": WebhookEventType.status_changed.value,
}


class Receiver(http.server.BaseHTTPRequestHandler):
    """Keeps what it is sent, and answers with the next status that it was told, or 204."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.arrived.put((self.path, self.headers, body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 204)
        self.end_headers()

    def log_message(self, *_):
        """Tells nothing."""


@contextlib.contextmanager
def receiving(*statuses):
    """A receiver on a free port of this machine, ended with the test."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.arrived, server.statuses = queue.Queue(), list(statuses)
        server.url = f"http://127.0.0.1:{server.server_port}/hooks/jobs"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def register(api, target_url, **more):
    wanted = {"secret": SECRET, "owned_by": "org", **more}
    return api.webhook.create(name="jobs", target_url=target_url, **JOBS, **wanted)


def export(organization):
    answer = organization.hub("POST", "/users/csv/export", json={"include": ["licenses"]})
    assert answer.status_code == 202, answer.text


def control(organization, method, path, body=None):
    answer = organization.sim(method, path, json=body)
    assert answer.ok, answer.text
    return answer.json()


def deliveries(organization, webhook_id):
    return control(organization, "GET", f"/webhooks/deliveries?webhookId={webhook_id}")["items"]


def wait(ask, is_there):
    deadline = time.monotonic() + SECONDS_MAX
    while not is_there(found := ask()):
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found


def signed(secret, body):
    return hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()


@pytest.fixture
def held(organization):
    """The clock stands: attempts after the first wait until it is moved."""
    control(organization, "PUT", "/clock", {"mode": "frozen"})


def test_a_receiver_is_told_of_a_job_in_order_and_the_signature_verifies(organization, api):
    with receiving() as receiver:
        webhook = register(api, receiver.url)
        export(organization)
        arrived = [receiver.arrived.get(timeout=SECONDS_MAX) for _ in STATUSES]
    for path, headers, body in arrived:
        assert path == "/hooks/jobs" and headers["Content-Type"] == "application/json"
        assert hmac.compare_digest(headers["X-Spark-Signature"], signed(SECRET, body))
        assert headers["X-Spark-Signature"] != signed("another secret", body)
        assert SECRET.encode() not in body and "Authorization" not in headers
    events = [WebhookEvent.model_validate_json(body) for *_, body in arrived]
    assert {event.webhook_id for event in events} == {webhook.webhook_id}
    assert {event.actor_id for event in events} == {api.people.me().person_id}
    told = [json.loads(body)["data"]["latestExecutionStatus"] for *_, body in arrived]
    assert told == STATUSES
    known = wait(
        lambda: deliveries(organization, webhook.webhook_id),
        lambda items: [item["state"] for item in items] == ["delivered"] * 3,
    )
    assert [item["request"]["body"].encode() for item in known] == [body for *_, body in arrived]
    assert [item["attempts"][0]["status"] for item in known] == [204] * 3


def test_without_a_secret_nothing_is_signed(organization, api):
    with receiving() as receiver:
        register(api, receiver.url, secret=None)
        export(organization)
        _, headers, _ = receiver.arrived.get(timeout=SECONDS_MAX)
    assert "X-Spark-Signature" not in headers


def test_a_receiver_that_fails_is_told_again_when_the_clock_is_moved(organization, api, held):
    with receiving(500, 503) as receiver:
        webhook = register(api, receiver.url, filter="latestExecutionStatus=STARTING")
        export(organization)
        first = receiver.arrived.get(timeout=SECONDS_MAX)
        moved = control(organization, "POST", "/clock/advance", {"by": "PT2M"})
        # Both have arrived when the call answers.
        again = [receiver.arrived.get_nowait() for _ in range(2)]
        assert receiver.arrived.empty()
    assert [body for *_, body in again] == [first[2]] * 2
    [delivery] = deliveries(organization, webhook.webhook_id)
    assert delivery["state"] == "delivered"
    tried = delivery["attempts"]
    assert [attempt["status"] for attempt in tried] == [500, 503, 204]
    fired = [one for one in moved["fired"] if one["kind"] == "webhook.delivery"]
    assert [one["at"] for one in fired[-2:]] == [attempt["at"] for attempt in tried[1:]]
    assert fired[-1]["id"] == delivery["id"]


def test_a_webhook_that_nobody_hears_becomes_inactive_by_one_advance(organization, api, held):
    with receiving() as receiver:
        nobody = receiver.url
    webhook = register(api, nobody)
    for _ in range(18):
        export(organization)
    control(organization, "POST", "/clock/advance", {"by": "PT2M"})
    found = api.webhook.details(webhook.webhook_id)
    assert found.status == WebhookStatus.inactive


def test_a_sink_records_what_a_webhook_of_webexpythonsdk_is_told(organization):
    webex = webexpythonsdk.WebexAPI(
        access_token=organization.tokens["fullAdmin"],
        base_url=organization.base_url.rstrip("/") + "/",
    )
    root = organization.base_url.removesuffix("/v1").rstrip("/")
    target = f"{root}/_sim/v1/webhooks/sink/jobs"
    made = webex.webhooks.create("jobs", target, **JOBS, secret=SECRET)
    export(organization)
    items = wait(
        lambda: control(organization, "GET", "/webhooks/sink/jobs")["items"],
        lambda items: len(items) == 3,
    )
    for item, status in zip(items, STATUSES, strict=True):
        event = webexpythonsdk.WebhookEvent(item["body"])
        assert (event.id, event.orgId, event.ownedBy) == (made.id, organization.id, "creator")
        assert (event.resource, event.event) == tuple(JOBS.values())
        assert event.data.latestExecutionStatus == status
        assert item["signature"] == signed(SECRET, item["body"].encode())
