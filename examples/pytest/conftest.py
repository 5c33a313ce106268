"""Gives every test a sandbox of its own: the whole demo organisation, which nobody else changes."""

import itertools
import os

import pytest
import requests

HUBSIM = os.environ["HUBSIM_URL"]  # set by `hubsim exec`
numbers = itertools.count(1)


class Sandbox:
    """Calls hubsim as a full administrator of one sandbox, and complains of what is refused."""

    def __init__(self, name):
        self.name = name
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer full-admin.{name}"

    def call(self, method, path, **arguments):
        answer = self.session.request(method, f"{HUBSIM}{path}", timeout=30, **arguments)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


@pytest.fixture
def sandbox():
    made = Sandbox(f"example-{next(numbers)}")
    # The token alone creates the sandbox; the clock stands, so that every run is the same.
    made.call("PUT", "/_sim/v1/clock", json={"mode": "frozen"})
    yield made
    made.call("DELETE", f"/_sim/v1/sandboxes/{made.name}")
