// The live page: what the server renders is asked for again whenever something happened, and each
// button sends the call that it shows. A token stays in this script's memory.
const live = document.getElementById("live");
const prefix = live.dataset.prefix;
const said = document.getElementById("said");
const link = document.getElementById("link");
const shown = document.getElementById("shown");
// So that looking takes no tracking id away from the requests of the sandbox.
const looking = { TrackingID: "page" };
const ADMIN = "X-Sim-Admin-Token";
let access = {};

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
const ask = (path, options = {}) =>
  fetch(prefix + path, { ...options, headers: { ...access, ...options.headers } });

// While the focus goes back to a button that was rendered anew, which shows no other call.
let returning = false;

// Takes over the parts that differ, so that focus and live regions stay where they are.
function take(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  if (!live.querySelector("[data-part]")) {
    live.replaceChildren(...fresh.body.childNodes);
  }
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const present = live.querySelector(`[data-part="${part.dataset.part}"]`);
    if (present.innerHTML !== part.innerHTML) {
      const focused = present.contains(document.activeElement) && document.activeElement.id;
      present.replaceChildren(...part.childNodes);
      returning = true;
      if (focused) document.getElementById(focused)?.focus();
      returning = false;
    }
  }
  const time = document.getElementById("clock");
  clock = { at: Date.parse(time.dateTime), since: performance.now(), speed: +time.dataset.speed };
}

let clock = { speed: 0 };
setInterval(() => {
  if (!clock.speed) return;
  const now = new Date(clock.at + (performance.now() - clock.since) * clock.speed);
  const text = now.toLocaleString("en-GB", {
    timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
  document.getElementById("clock").textContent = text.replace(/^(\w+),/, "$1");
}, 1000);

// One look at a time; what happens meanwhile leads to one more.
let looks = 0;
async function refresh() {
  looks += 1;
  if (looks > 1) return;
  try {
    do {
      looks = 1;
      const answer = await ask("/live", { headers: looking });
      if (!answer.ok) throw answer;
      take(await answer.text());
      await pause(150);
    } while (looks > 1);
  } finally {
    // Whatever came of it, the next one looks again.
    looks = 0;
  }
}

function connected(words, state) {
  link.textContent = words;
  link.dataset.state = state;
}

async function watch() {
  for (;;) {
    try {
      const answer = await ask("/_sim/v1/events", { headers: looking });
      if (!answer.ok) throw answer;
      await refresh();
      connected("live", "live");
      const pieces = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await pieces.read();
        if (done) break;
        if (!value.startsWith(": ")) refresh().catch(() => {});
      }
    } catch {
      // Whatever it was: it is tried again below.
    }
    connected("connecting …", "lost");
    await pause(1500);
  }
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// The call behind a button, as a command.
function show(button) {
  const lines = [`curl -X POST ${quoted(location.origin + prefix + button.dataset.path)}`];
  if (access.Authorization) lines.push(`-H "Authorization: Bearer $TOKEN"`);
  if (access[ADMIN]) lines.push(`-H "${ADMIN}: $ADMIN_TOKEN"`);
  if (button.dataset.body) lines.push(`--json ${quoted(button.dataset.body)}`);
  shown.textContent = lines.join(" \\\n  ");
}

function tell(words, state) {
  said.textContent = words;
  said.dataset.state = state;
}

// Why the server refused, and what to do.
async function reason(answer) {
  const problem = await answer.json().catch(() => ({}));
  const { detail = `the server answered ${answer.status}.`, remedy = "" } = problem;
  return `${detail} ${remedy}`.trim();
}

async function press(button) {
  show(button);
  if (button.ariaDisabled === "true") return;
  const what = button.ariaLabel ?? button.textContent;
  said.textContent = `${what} …`;
  const { path, body } = button.dataset;
  const headers = body ? { "Content-Type": "application/json" } : {};
  try {
    const answer = await ask(path, { method: "POST", headers, body });
    const words = answer.ok ? "done." : await reason(answer);
    tell(`${what}: ${words}`, answer.ok ? "done" : "refused");
  } catch {
    tell(`${what}: the server does not answer.`, "refused");
  }
  // What the server said stays, also where the page cannot be brought up to date.
  refresh().catch(() => {});
}

const button = (event) => event.target.closest?.("button[data-path]");
live.addEventListener("click", (event) => button(event) && press(button(event)));
for (const kind of ["focusin", "pointermove"]) {
  live.addEventListener(kind, (event) => !returning && button(event) && show(button(event)));
}
document.getElementById("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(shown.textContent);
  said.textContent = "Copied.";
});

// Where a token is needed: a sandbox's own, or the server's.
const entry = document.getElementById("entry");
entry?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const token = entry.elements.token.value.trim();
  try {
    for (access of [{ Authorization: `Bearer ${token}` }, { [ADMIN]: token }]) {
      const answer = await ask("/live", { headers: looking });
      if (answer.ok) {
        take(await answer.text());
        entry.remove();
        // The field that had the focus is gone; the first button is where the keyboard goes on.
        live.querySelector("button")?.focus();
        tell("", "");
        watch();
        return;
      }
    }
    tell("This token does not open the sandbox.", "refused");
    entry.elements.token.select();
  } catch {
    tell("The server does not answer.", "refused");
  }
  access = {};
});
if (!entry) watch();
