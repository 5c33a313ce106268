"""Clients that hard-code Webex's hosts, unmodified: they are given a proxy and an authority, no URL."""

import os
import subprocess
import sys

import pytest
import requests
import wxc_sdk
from conftest import STOP_SECONDS_MAX, program, wait_until_ready
from wxc_sdk.rest import RestError

WEBEX = "https://webexapis.com/v1"


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    """A server with --https: the proxy's URL, and the file of the authority."""
    folder = tmp_path_factory.mktemp("https")
    file, log = folder / "endpoints.json", folder / "server.log"
    with log.open("wb") as output:
        options = ["--port", "0", "--https", "--https-port", "0", "--endpoints-file", file]
        server = subprocess.Popen([program(), *options], stdout=output, stderr=subprocess.STDOUT)
    try:
        found = wait_until_ready(server, file, log)
        authority = folder / "ca.pem"
        authority.write_text(requests.get(f"{found['sim']}/ca.pem", timeout=5).text)
        yield found["api"].removesuffix("/v1"), str(authority)
    finally:
        server.terminate()
        assert server.wait(STOP_SECONDS_MAX) == 0


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    """requests prefers what the machine's environment says to `verify` and `proxies`."""
    for name in ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"]:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def webex(secure, monkeypatch):
    """wxc_sdk as its users make it, at the address of Webex."""
    monkeypatch.setattr(wxc_sdk.rest.RestSession, "BASE", WEBEX)
    proxy, authority = secure
    with wxc_sdk.WebexSimpleApi(tokens="full-admin", proxy_url=proxy, verify=authority) as api:
        yield api


def test_people_are_listed_page_by_page_over_tls(webex):
    people = list(webex.people.list(max=150))
    assert len(people) == 400


def test_scim_at_its_hard_coded_host_reaches_the_server(webex, secure):
    """Whatever SCIM answers here, it is the simulator that answers."""
    organization = webex.organizations.list()[0]
    answers = []
    webex.session.hooks["response"].append(lambda answer, *_, **__: answers.append(answer))
    try:
        webex.scim.users.search(org_id=organization.org_id, count=1)
    except RestError:
        pass
    assert answers[0].url.startswith("https://webexapis.com/identity/scim/")
    assert answers[0].headers["x-hubsim-version"]
    assert answers[0].status_code in (200, 501), answers[0].text


def test_call_detail_records_of_a_region_are_asked_of_the_server(webex):
    answers = []
    webex.session.hooks["response"].append(lambda answer, *_, **__: answers.append(answer))
    with pytest.raises(RestError):
        list(webex.cdr.get_cdr_history(host="analytics-calling-eu.webexapis.com"))
    assert answers[0].url.startswith("https://analytics-calling-eu.webexapis.com/v1/cdr_feed")
    assert answers[0].status_code == 501 and answers[0].headers["x-hubsim-fidelity"] == "F0"


def test_the_identity_broker_gives_tokens(secure):
    proxy, authority = secure
    broker = "https://idbroker.webex.com/idb/oauth2/v1"
    with requests.Session() as session:
        session.proxies, session.verify = {"https": proxy}, authority
        target = "https://client.example/back"
        asked = {"client_id": "me", "response_type": "code", "redirect_uri": target}
        page = session.get(f"{broker}/authorize", params=asked, allow_redirects=False, timeout=10)
        assert page.status_code == 302, page.text
        code = page.headers["location"].partition("code=")[2].partition("&")[0]
        form = {
            "grant_type": "authorization_code",
            "client_id": "me",
            "client_secret": "x",
            "code": code,
            "redirect_uri": target,
        }
        token = session.post(f"{broker}/access_token", data=form, timeout=10).json()
        bearer = {"Authorization": f"Bearer {token['access_token']}"}
        me = session.get(f"{WEBEX}/people/me", headers=bearer, timeout=10)
        assert me.json()["displayName"] == "Maren Castellan"


def test_no_other_host_is_reached(secure):
    proxy, authority = secure
    with requests.Session() as session:
        session.proxies, session.verify = {"https": proxy, "http": proxy}, authority
        with pytest.raises(requests.exceptions.ProxyError, match="leads to no other host"):
            session.get("https://example.com/", timeout=10)
        assert session.get("http://example.com/", timeout=10).status_code == 403


ASYNCHRONOUS = """
import asyncio, ssl, sys
from wxc_sdk.as_api import AsWebexSimpleApi

async def main(proxy):
    async with AsWebexSimpleApi(tokens='full-admin', proxy_url=proxy) as api:
        print(len(await api.people.list(max=150)))

asyncio.run(main(sys.argv[1]))
"""

ENVIRONMENT = """
import webexpythonsdk
api = webexpythonsdk.WebexAPI(access_token='full-admin')
print(len(list(api.people.list(max=150))))
"""


def run(script, secure, *arguments):
    """Runs a script in a process of its own, whose environment alone tells of the server."""
    proxy, authority = secure
    told = {"HTTPS_PROXY": proxy, "REQUESTS_CA_BUNDLE": authority, "SSL_CERT_FILE": authority}
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_webexpythonsdk_needs_the_environment_alone(secure):
    assert run(ENVIRONMENT, secure) == "400"


def test_the_asynchronous_client_takes_the_proxy_too(secure):
    assert run(ASYNCHRONOUS, secure, secure[0]) == "400"
