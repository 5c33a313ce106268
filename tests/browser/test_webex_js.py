"""The npm package `webex`, unmodified, in a page of another origin: what it has of tier 1."""

import http.server
import os
import pathlib
import threading

import pytest

PAGE = b"<!doctype html><meta charset=utf-8><title>An app</title><link rel=icon href=data:,><script src=webex.js></script>"
# The client says so itself: hubsim's token is not one of Webex's, and there is no catalog of hosts.
NO_CATALOG = ("failed to init initial services", "Keepalive Worker Thread")
# A page's own client: the client of Webex that calls hubsim, and what it is asked to do.
CLIENT = """async ([hub, token, work]) => {
  window.client ??= Webex.init({
    credentials: {access_token: token},
    config: {services: {discovery: {hydra: `${hub}/v1`}}},
  });
  return await eval(work)(window.client, hub);
}"""


class App(http.server.BaseHTTPRequestHandler):
    """An app of one page, and the package's own bundle."""

    def do_GET(self):
        bundle = pathlib.Path(os.environ["WEBEX_JS"], "umd", "webex.min.js")
        is_script = self.path == "/webex.js"
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript; charset=utf-8" if is_script else "text/html")
        self.end_headers()
        self.wfile.write(bundle.read_bytes() if is_script else PAGE)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def app():
    """The origin of an app that somebody else serves."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), App)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def webex(start, view, app):
    """Does something with the client of a page of the app; `refused`: of it, what hubsim refuses."""

    def open_app(*options, expected=()):
        hub = start("--cors", app, *options)
        page = view(app, expected=(*NO_CATALOG, *expected), calls=[hub.url])
        return hub, lambda work: page.evaluate(CLIENT, [hub.url, hub.token, work])

    return open_app


def test_it_reads_people_one_by_one_in_pages_and_many_at_once(webex):
    hub, does = webex()
    me = does("webex => webex.people.get('me')")
    assert me == hub.call("GET", "/v1/people/me")
    everyone = hub.call("GET", "/v1/people?max=1000")["items"]
    names = does("""async webex => {
      const names = [];
      let page = await webex.people.list({max: 3});
      for (;;) {
        names.push(...page.items.map(person => person.displayName));
        if (!page.hasNext()) return names;
        page = await page.next();
      }
    }""")
    assert names == [person["displayName"] for person in everyone] and len(names) > 6
    ids = [person["id"] for person in everyone[:3]]
    several = does(f"webex => webex.people.list({ids})")
    assert [person["id"] for person in several] == ids
    email = everyone[1]["emails"][0]
    found = does(f"async webex => (await webex.people.list({{email: '{email}'}})).items")
    assert [person["id"] for person in found] == [everyone[1]["id"]]
    one = does(f"webex => webex.people.get('{ids[2]}')")
    assert one["displayName"] == everyone[2]["displayName"]


def test_it_makes_changes_and_deletes_webhooks(webex):
    hub, does = webex()
    before = hub.call("GET", "/v1/webhooks")["items"]
    made = does("""(webex, hub) => webex.webhooks.create({name: 'Jobs',
      resource: 'adminBatchJobs', event: 'statusChanged', ownedBy: 'org',
      targetUrl: `${hub}/_sim/v1/webhooks/sink/jobs`})""")
    assert made == hub.call("GET", f"/v1/webhooks/{made['id']}")
    assert does(f"webex => webex.webhooks.get('{made['id']}')") == made
    listed = does("async webex => (await webex.webhooks.list()).items")
    assert [webhook["id"] for webhook in listed].count(made["id"]) == 1
    renamed = does(f"webex => webex.webhooks.update({{...{made}, name: 'All jobs'}})")
    assert renamed["name"] == "All jobs"
    does(f"webex => webex.webhooks.remove('{made['id']}')")
    assert hub.call("GET", "/v1/webhooks")["items"] == before


def test_a_refusal_reaches_the_app_with_its_words(webex):
    hub, does = webex(expected=("404", "400"))
    told = does("webex => webex.webhooks.get('nobody').catch(error => [error.statusCode, error.body])")
    assert told[0] in (400, 404) and told[1]["trackingId"], told


def test_the_app_reads_how_long_to_wait_and_is_answered_after(webex):
    hub, does = webex(expected=("429",))
    once = {"effect": {"status": 429, "retryAfterSeconds": 1}, "times": 1}
    hub.call("POST", "/_sim/v1/faults", {"match": {"pathPrefix": "/v1/people/me"}, **once})
    told = does("webex => webex.people.get('me').catch(error => [error.statusCode, error.message])")
    assert told[0] == 429 and "RETRY-AFTER: 1" in told[1], told
    assert does("webex => webex.people.get('me')") == hub.call("GET", "/v1/people/me")


def test_without_leave_no_page_of_another_origin_calls(start, view, app):
    hub = start()
    page = view(app, expected=(*NO_CATALOG, "CORS", "ERR_FAILED", "XHR error"), calls=[hub.url])
    work = "webex => webex.people.get('me').then(() => 'answered', () => 'refused')"
    assert page.evaluate(CLIENT, [hub.url, hub.token, work]) == "refused"
