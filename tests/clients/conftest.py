"""Starts one server for all suites, and gives each test an organisation of its own.

Models are strict: a field that the client library does not know, an enum value it does not know,
and a required field that is missing are all errors.
"""

import json
import os
import pathlib
import subprocess
import time

# Read when wxc_sdk is imported, hence before everything else.
os.environ["API_MODEL_ALLOW_EXTRA"] = "forbid"

import methods  # noqa: E402
import pytest  # noqa: E402
import requests  # noqa: E402
import strict  # noqa: E402
from organization import Organization, Partner  # noqa: E402
from wxc_sdk.rest import RestSession  # noqa: E402

START_SECONDS_MAX = 20
STOP_SECONDS_MAX = 5

# Before any test binds a method of a client library to a name of its own.
LAST = ("test_methods.py", "test_wire.py")
TRACE = methods.Trace()
TRACE.install()


def pytest_collection_modifyitems(items):
    """What was called is asked when everything was."""
    items.sort(key=lambda item: item.path.name in LAST)


@pytest.fixture(autouse=True)
def traced(request):
    TRACE.test = f"{request.node.path.name}::{request.node.originalname}"


@pytest.fixture
def trace(request):
    """What the whole suite called; a part of it proves nothing."""
    is_whole = request.config.args_source == pytest.Config.ArgsSource.TESTPATHS
    if not is_whole or request.config.getoption("keyword"):
        pytest.skip("only a part of the suite runs")
    return TRACE


def program():
    path = pathlib.Path(os.environ.get("HUBSIM_BIN", "../../target/release/hubsim")).resolve()
    if not path.is_file():
        pytest.exit(f"no program at {path}: build it, or set HUBSIM_BIN", returncode=2)
    return path


@pytest.fixture(scope="session")
def endpoints(tmp_path_factory):
    """The addresses of a server started for this session, and stopped by its own handle."""
    folder = tmp_path_factory.mktemp("server")
    file = folder / "endpoints.json"
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [program(), "serve", "--port", "0", "--endpoints-file", file, "--scenario", "demo"],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield wait_until_ready(server, file, folder / "server.log")
    finally:
        server.terminate()
        assert server.wait(STOP_SECONDS_MAX) == 0, "a termination signal ends the server in order"


def wait_until_ready(server, file, log):
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline:
        assert server.poll() is None, f"the server ended: {log.read_text()}"
        try:
            found = json.loads(file.read_text())
            if requests.get(f"{found['sim']}/ready", timeout=5).status_code == 200:
                return found
        except (OSError, ValueError, requests.ConnectionError):
            pass
        time.sleep(0.02)
    raise AssertionError(f"not ready within {START_SECONDS_MAX} s: {log.read_text()}")


@pytest.fixture(scope="session", autouse=True)
def client_library(endpoints):
    """Points wxc_sdk at the server, and tells it of the fields that it lacks."""
    RestSession.BASE = endpoints["api"]
    strict.prepare()


@pytest.fixture
def organization(endpoints):
    """The demo organisation in a sandbox of its own, gone after the test."""
    with Organization(endpoints) as found:
        yield found


@pytest.fixture
def partner(endpoints):
    """A wholesale partner with its customers in a sandbox of its own, gone after the test."""
    with Partner(endpoints) as found:
        yield found


@pytest.fixture
def api(organization):
    """wxc_sdk as a full administrator of the test's organisation."""
    return organization.api


@pytest.fixture
def settings(api):
    return api.person_settings


@pytest.fixture
def person(organization):
    return organization.calling_person().person_id
