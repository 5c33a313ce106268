"""A server for each test and one headless browser. A test fails when the page writes an error to
the console (what a content security policy forbids is one) or asks another host for anything."""

import json
import os
import pathlib
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS_MAX = 20
STOP_SECONDS_MAX = 5


class Hub:
    """A running server, called as full administrator."""

    def __init__(self, url, token="full-admin"):
        self.url, self.token = url, token

    def call(self, method, path, body=None, text=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        data = text.encode() if text is not None else None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            content = answer.read().decode()
        return json.loads(content) if content.startswith(("{", "[")) else content


@pytest.fixture
def start(tmp_path):
    """Starts servers, and stops each by its own handle."""
    running = []

    def begin(*options):
        file = tmp_path / f"endpoints{len(running)}.json"
        program = pathlib.Path(os.environ["HUBSIM_BIN"]).resolve()
        command = [program, "serve", "--port", "0", "--endpoints-file", file, *options]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        running.append(server)
        deadline = time.monotonic() + START_SECONDS_MAX
        while not (file.exists() and file.read_text().rstrip().endswith("}")):
            assert server.poll() is None and time.monotonic() < deadline, "the server did not start"
            time.sleep(0.02)
        return Hub(json.loads(file.read_text())["api"].removesuffix("/v1"))

    yield begin
    for server in running:
        server.terminate()
        assert server.wait(STOP_SECONDS_MAX) == 0, "open event streams do not hold a server"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as driver:
        path = os.environ.get("HUBSIM_CHROMIUM", "/usr/bin/chromium")
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS, headless=True)
        yield chromium
        chromium.close()


def host(url):
    """The host and port of a URL; nothing, where it asks none (a blob)."""
    scheme, _, rest = url.partition("://")
    return rest.partition("/")[0] if scheme in ("http", "https", "ws", "wss") else ""


@pytest.fixture
def view(browser):
    """Opens pages, each in a profile of its own, and minds what they complain of."""
    contexts, complaints = [], []

    def open_page(url, expected=(), calls=(), **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 1400}, **options})
        contexts.append(context)
        page = context.new_page()

        def complain(message):
            if not any(text in message for text in expected):
                complaints.append(message)

        page.on("console", lambda m: m.type in ("error", "warning") and complain(m.text))
        page.on("pageerror", lambda error: complain(str(error)))
        known = [host(asked) for asked in (url, *calls)]
        page.on("request", lambda r: host(r.url) in (*known, "") or complain(f"asks {r.url}"))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints
