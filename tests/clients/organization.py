"""The organisation that a test works with: the demo scenario in a sandbox of its own, reached
through wxc_sdk, through plain requests, and through the simulator's control interface."""

import io
import itertools
import time
import uuid
import wave

import requests
from wxc_sdk import WebexSimpleApi
from wxc_sdk.people import Person
from wxc_sdk.person_settings.exec_assistant import ExecAssistantType
from wxc_sdk.webhook import WebhookEventType, WebhookResource

TASK_SECONDS_MAX = 60
PROFESSIONAL = "Webex Calling - Professional"
OLD_SUBSCRIPTION = "Sub119911"
NEW_SUBSCRIPTION = "Sub121331"


class Organization:
    """A sandbox; `with` deletes it at the end."""

    def __init__(self, endpoints, **wanted):
        self.endpoints = endpoints
        self.wanted = wanted
        self._numbers = itertools.count(1)

    def __enter__(self):
        answer = requests.post(f"{self.endpoints['sim']}/sandboxes", json=self.wanted, timeout=30)
        assert answer.status_code == 201, answer.text
        created = answer.json()
        self.sandbox = created["id"]
        self.base_url = created["baseUrl"]
        self.tokens = created["tokens"]
        self.id = created["organizations"][0]["orgId"]
        self.api = self.client("fullAdmin")
        return self

    def __exit__(self, *_):
        self.api.close()
        answer = requests.delete(f"{self.endpoints['sim']}/sandboxes/{self.sandbox}", timeout=30)
        assert answer.status_code == 204, answer.text

    # --- three ways in -----------------------------------------------------------------------

    def client(self, token):
        """wxc_sdk with one of the sandbox's tokens (`fullAdmin`, `readOnlyAdmin`, …)."""
        return WebexSimpleApi(tokens=self.tokens.get(token, token), retry_429=False)

    def request(self, method, url, token="fullAdmin", **arguments):
        headers = {"Authorization": f"Bearer {self.tokens[token]}", **arguments.pop("headers", {})}
        return requests.request(method, url, headers=headers, timeout=60, **arguments)

    def rest(self, method, path, **arguments):
        """The public API by a plain request."""
        return self.request(method, f"{self.endpoints['api']}{path}", **arguments)

    def hub(self, method, path, **arguments):
        """What an administrator does in Control Hub's pages."""
        return self.request(method, f"{self.endpoints['hub']}/organizations/me{path}", **arguments)

    def sim(self, method, path, **arguments):
        """The simulator's own control, of this sandbox."""
        return self.request(method, f"{self.endpoints['sim']}{path}", **arguments)

    def executive(self, kind=ExecAssistantType.executive):
        """A new person who is an executive, or an assistant."""
        person = self.calling_person().person_id
        self.api.person_settings.exec_assistant.configure(person, kind)
        return person

    def webhook(self, owned_by):
        """A new webhook; nothing is delivered to its address."""
        return self.api.webhook.create(
            name="batch jobs",
            target_url="https://example.com/hook",
            resource=WebhookResource.admin_batch_jobs,
            event=WebhookEventType.status_changed,
            secret="hush",
            owned_by=owned_by,
        )

    # --- what the demo holds -----------------------------------------------------------------

    def license(self, name, subscription=None):
        """The one licence of that name (and subscription)."""
        for license in self.api.licenses.list():
            if license.name == name and subscription in (None, license.subscription_id):
                return license
        raise AssertionError(f"the organisation sells no {name} in {subscription}")

    def professional(self, subscription=OLD_SUBSCRIPTION):
        return self.license(PROFESSIONAL, subscription)

    def free_numbers(self, location_id=None):
        """Numbers of one Calling location that nobody has."""
        rows = list(self.api.telephony.phone_numbers(available=True, location_id=location_id))
        by_location = {}
        for row in rows:
            if row.phone_number and not row.toll_free_number and not row.owner:
                by_location.setdefault(row.location.id, []).append(row)
        return max(by_location.values(), key=len)

    def extension(self):
        return f"{7900 + next(self._numbers)}"

    def email(self, name="test.person"):
        return f"{name}.{uuid.uuid4().hex[:8]}@example.com"

    def calling_person(self, subscription=OLD_SUBSCRIPTION, **more):
        """A new person with Professional, a number and an extension, everything at its default."""
        number = self.free_numbers()[0]
        created = self.api.people.create(
            Person(
                emails=[self.email()],
                first_name="Ada",
                last_name="Example",
                display_name="Ada Example",
                location_id=number.location.id,
                phone_numbers=[{"type": "work", "value": number.phone_number}],
                extension=self.extension(),
                licenses=[self.professional(subscription).license_id],
                **more,
            ),
            calling_data=True,
        )
        return created

    def person(self, **more):
        """A new person without licences."""
        return self.api.people.create(
            Person(emails=[self.email()], first_name="Bo", last_name="Example", **more)
        )

    # --- the story's events ------------------------------------------------------------------

    def subscription(self, action, subscription=OLD_SUBSCRIPTION):
        """What billing or the partner does: suspend, reactivate, cancel, restore, …"""
        answer = self.sim("POST", f"/subscriptions/{subscription}/{action}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def finished(self, answer):
        """The task that an accepted request started, once it has ended."""
        assert answer.status_code == 202, answer.text
        task = answer.json()
        deadline = time.monotonic() + TASK_SECONDS_MAX
        while task["status"] in ("queued", "running"):
            assert time.monotonic() < deadline, task
            time.sleep(0.05)
            task = self.hub("GET", f"/tasks/{task['id']}").json()
        return task


class Partner(Organization):
    """The partner of the scenario in a sandbox of its own, whose clock stands."""

    def __init__(self, endpoints):
        super().__init__(endpoints, scenario="partner", clock="2026-03-02T09:00:00.000Z")

    def __enter__(self):
        super().__enter__()
        answer = self.sim("PUT", "/clock", json={"mode": "frozen"})
        assert answer.status_code == 200, answer.text
        return self

    def request(self, method, url, token="partnerFullAdmin", **arguments):
        return super().request(method, url, token, **arguments)

    def launch(self, name):
        """A token of the customer's Control Hub."""
        listed = self.hub("GET", "/customers").json()["items"]
        org = next(it["orgId"] for it in listed if it["name"] == name)
        return self.hub("POST", f"/customers/{org}/launch").json()["token"]

    def advance(self, by):
        answer = self.sim("POST", "/clock/advance", json={"by": by})
        assert answer.status_code == 200, answer.text


def sound():
    """A short greeting, as the uploads want it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(8000)
        writer.writeframes(bytes(800))
    file.seek(0)
    return file
