"""The live page at `/`, as the one sees it who shows it to others."""

import os
import pathlib

from playwright.sync_api import expect

OLD, NEW = "Sub119911", "Sub121331"
STREAM_ENDED = "ERR_INCOMPLETE_CHUNKED_ENCODING"


def picture(page, name):
    """Keeps a picture of the page, where somebody wants to look at it."""
    folder = os.environ.get("HUBSIM_SHOTS")
    if folder:
        page.screenshot(path=pathlib.Path(folder) / f"{name}.png")


def live(page):
    expect(page.locator("#link")).to_have_text("live")
    return page


def subscription(page, code):
    return page.locator(f"article[data-code={code}]")


def apply_template(hub):
    """Presses the button that Cisco warns of: who is on the suspended subscription loses all."""
    path = "/_hub/v1/organizations/me/licenseTemplate"
    template = hub.call("GET", path)
    template["licenses"][0] = f"Webex Calling VAR Professional [{NEW}]"
    template["applyScope"]["existingUsers"] = True
    template |= {"preserveLicenses": False, "acknowledgeDataLoss": True}
    return hub.call("PUT", path, template)


def test_pressing_suspend_shows_the_call_and_turns_the_bar(start, view):
    hub = start()
    page = live(view(hub.url + "/"))
    old = subscription(page, OLD)
    bar = old.locator("progress").first
    before = bar.evaluate("bar => getComputedStyle(bar).color")
    held = bar.get_attribute("value")
    old.get_by_role("button", name="Suspend").click()
    expect(old.locator(".chip")).to_have_text("Suspended")
    expect(old.get_by_role("button", name="Reactivate")).to_be_visible()
    assert bar.evaluate("bar => getComputedStyle(bar).color") != before
    assert bar.get_attribute("value") == held, "suspension alone takes nothing away"
    call = page.locator("#shown")
    expect(call).to_contain_text(f"curl -X POST '{hub.url}/_sim/v1/subscriptions/{OLD}/suspend'")
    expect(page.locator("#said")).to_contain_text("done")
    status = hub.call("GET", f"/_hub/v1/organizations/me/subscriptions/{OLD}")["status"]
    assert status == "suspended"


def test_a_task_and_its_losses_appear_while_it_runs(start, view):
    hub = start()
    page = live(view(hub.url + "/"))
    expect(page.get_by_text("Nothing has been lost.")).to_be_visible()
    hub.call("POST", f"/_sim/v1/subscriptions/{OLD}/suspend")
    hub.call("PUT", "/_sim/v1/tasks/pace", {"rowsPerSecond": 50})
    apply_template(hub)
    task = page.locator(".tasks li").first
    expect(task).to_contain_text("Template apply")
    expect(task).to_have_attribute("data-status", "running")
    expect(page.locator(".losses li").first).to_contain_text("MOVE-12")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        picture(page, f"running-{scheme}")
    hub.call("PUT", "/_sim/v1/tasks/pace", {"rowsPerSecond": 0})
    expect(task).to_have_attribute("data-status", "completedWithErrors", timeout=20_000)
    expect(page.locator(".losses")).to_have_attribute("aria-live", "polite")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_contain_text("done")


def test_everything_is_reached_and_pressed_by_keyboard(start, view):
    hub = start("--clock", "2026-03-02T09:00:00.000Z")
    page = live(view(hub.url + "/"))
    hub.call("PUT", "/_sim/v1/clock", {"mode": "frozen"})
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id"))
        if seen[-1] == f"act-{OLD}":
            break
    assert [one for one in seen if one][:3] == ["advance", "undo", "reset"], seen
    assert seen[-1] == f"act-{OLD}"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "who presses keys sees where they are"
    page.keyboard.press("Enter")
    expect(subscription(page, OLD).locator(".chip")).to_have_text("Suspended")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "Reactivate", "the focus stays where it was"
    page.locator("#advance").focus()
    expect(page.locator("#shown")).to_contain_text("""--json '{"by":"P1D"}'""")
    page.keyboard.press("Space")
    expect(page.locator("#clock")).to_contain_text("3 Mar 2026")
    page.locator("#reset").focus()
    page.keyboard.press("Enter")
    expect(subscription(page, OLD).locator(".chip")).to_have_text("Active")
    expect(page.locator("#clock")).to_contain_text("2 Mar 2026")


def test_what_is_impossible_is_told_with_a_remedy(start, view):
    hub = start()
    page = live(view(hub.url + "/", expected=["409 (Conflict)"]))
    hub.call("PUT", "/_sim/v1/tasks/pace", {"rowsPerSecond": 1})
    hub.call("POST", f"/_sim/v1/subscriptions/{OLD}/suspend")
    apply_template(hub)
    expect(page.locator(".tasks li").first).to_have_attribute("data-status", "running")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_contain_text("Run it to its end, or cancel it first")


def test_hostile_names_are_text(start, view, tmp_path):
    hub = start("--scenario", "minimal")
    hostile = """<script>document.title='owned'</script><img src=x onerror=alert(1)>"'&"""
    text = hub.call("GET", "/_sim/v1/scenarios/minimal")
    named = [line for line in text.splitlines() if line.startswith("  - name:")]
    quoted = "'" + hostile.replace("'", "''") + "'"
    text = text.replace(named[0], f"  - name: {quoted}", 1)
    hub.call("POST", "/_sim/v1/scenarios", text=text)
    page = live(view(hub.url + "/"))
    heading = page.locator("#live h2").first
    expect(heading).to_have_text(hostile)
    hub.call("POST", "/_sim/v1/clock/advance", {"by": "P1D"})
    expect(heading).to_have_text(hostile)
    assert page.title() == "hubsim"
    assert page.locator("#live script, #live img").count() == 0


def test_a_page_of_one_sandbox_shows_and_changes_that_one_alone(start, view):
    hub = start()
    hub.call("POST", "/_sim/v1/sandboxes", {"id": "mine"})
    page = live(view(hub.url + "/_sandbox/mine/"))
    subscription(page, OLD).get_by_role("button", name="Suspend").click()
    expect(subscription(page, OLD).locator(".chip")).to_have_text("Suspended")
    path = f"/_hub/v1/organizations/me/subscriptions/{OLD}"
    assert hub.call("GET", path)["status"] == "active"
    assert hub.call("GET", "/_sandbox/mine" + path)["status"] == "suspended"


def test_with_strict_tokens_the_page_asks_once_and_keeps_nothing(start, view):
    hub = start("--auth", "strict", "--admin-token", "server-secret")
    page = view(hub.url + "/", expected=["401 (Unauthorized)", "403 (Forbidden)"])
    expect(page.locator("#live")).to_be_empty()
    for token in ("wrong", "full-admin"):
        page.get_by_label("A token of this sandbox").fill(token)
        page.get_by_role("button", name="Open").click()
        if token == "wrong":
            expect(page.locator("#said")).to_contain_text("does not open")
            assert page.evaluate("document.activeElement.id") == "token", "to be typed again"
    live(page)
    expect(page.locator("#advance")).to_be_focused()
    subscription(page, OLD).get_by_role("button", name="Suspend").click()
    expect(subscription(page, OLD).locator(".chip")).to_have_text("Suspended")
    expect(page.locator("#shown")).to_contain_text("Bearer $TOKEN")
    assert "full-admin" not in page.url + page.content()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.reload()
    expect(page.locator("#live")).to_be_empty()


def test_the_admin_token_opens_the_page_and_the_shown_call_names_its_header(start, view):
    hub = start("--auth", "strict", "--admin-token", "server-secret")
    page = view(hub.url + "/", expected=["401 (Unauthorized)", "403 (Forbidden)"])
    for token in ("wrong", "server-secret"):
        page.get_by_label("A token of this sandbox").fill(token)
        page.get_by_role("button", name="Open").click()
        if token == "wrong":
            expect(page.locator("#said")).to_contain_text("does not open")
    live(page)
    expect(page.locator("#said")).to_have_text("")
    subscription(page, OLD).get_by_role("button", name="Suspend").click()
    expect(subscription(page, OLD).locator(".chip")).to_have_text("Suspended")
    expect(page.locator("#shown")).to_contain_text('-H "X-Sim-Admin-Token: $ADMIN_TOKEN"')
    expect(page.locator("#shown")).not_to_contain_text("Bearer")
    assert "server-secret" not in page.url + page.content()


def test_a_sandbox_that_is_gone_is_told_in_the_words_of_the_server(start, view):
    hub = start()
    hub.call("POST", "/_sim/v1/sandboxes", {"id": "mine"})
    page = live(view(hub.url + "/_sandbox/mine/", expected=["404 (Not Found)"]))
    hub.call("DELETE", "/_sim/v1/sandboxes/mine")
    page.get_by_role("button", name="Advance a day").click()
    expect(page.locator("#said")).to_contain_text('There is no sandbox "mine".')
    page.wait_for_timeout(500)
    expect(page.locator("#said")).to_contain_text('There is no sandbox "mine".')


def test_what_was_done_is_told_where_the_page_cannot_be_brought_up_to_date(start, view):
    hub = start()
    page = live(view(hub.url + "/", expected=["503 (Service Unavailable)"]))
    page.route("**/live", lambda route: route.fulfill(status=503))
    page.get_by_role("button", name="Advance a day").click()
    expect(page.locator("#said")).to_have_text("Advance a day: done.")
    page.wait_for_timeout(500)
    expect(page.locator("#said")).to_have_text("Advance a day: done.")


def test_without_script_the_page_is_still_and_whole(start, view):
    hub = start()
    page = view(hub.url + "/", java_script_enabled=False)
    expect(subscription(page, OLD).locator(".chip")).to_have_text("Active")
    for part in ("#advance", "#shown", f"#act-{OLD}"):
        expect(page.locator(part)).to_be_hidden()


def test_nothing_is_cut_off_or_jumps_on_a_small_screen(start, view):
    hub = start()
    for scheme in ("light", "dark"):
        small = {"width": 400, "height": 800}
        page = live(view(hub.url + "/", viewport=small, color_scheme=scheme))
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 400, f"the page is {wide} wide"
        place = page.locator("#reset").bounding_box()
        page.locator("#advance").hover()
        page.locator("#advance").click()
        expect(page.locator("#said")).to_contain_text("done")
        assert page.locator("#reset").bounding_box() == place, "a press moves no button"
        picture(page, f"small-{scheme}")
