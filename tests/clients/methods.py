"""Which methods of the client libraries map to operations of tier 1, and which were really called.

`methods.csv` says it: a method, the operation that it maps to, and a test that calls it. The suites
run with every method wrapped; a request counts for all methods on the stack that asks for it.
"""

import contextvars
import csv
import functools
import inspect
import pathlib
import re
from collections import defaultdict
from urllib.parse import urlsplit

import requests
import webexpythonsdk
from contract import FOLDER
from webexpythonsdk.generator_containers import GeneratorContainer
from wxc_sdk import WebexSimpleApi
from wxc_sdk.api_child import ApiChild
from wxc_sdk.integration import Integration

from wire import Wire

HERE = pathlib.Path(__file__).resolve().parent
LIST = HERE / "methods.csv"
OPERATIONS = HERE.parents[1] / "openapi" / "operations.csv"
COLUMNS = ["method", "http", "path", "test"]

# Methods of the reference that do not call what it says they call, each with the reason.
NOT_THESE = {
    ("Integration.auth_url", "GET", "/v1/authorize"): "makes the address, and asks nobody",
}

# The methods on the stack; a generator brings its own back each time it is asked for more.
STACK = contextvars.ContextVar("methods", default=())


def _tier_one():
    with OPERATIONS.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["tier"] == "1"]


class Paths:
    """Finds the operation of a request."""

    def __init__(self):
        self.by_method = defaultdict(list)
        for row in _tier_one():
            pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(row["path"]))
            pattern = re.compile(pattern, re.IGNORECASE)
            # Words before parameters, as the server's own table decides.
            rank = row["path"].count("{")
            self.by_method[row["method"]].append((rank, pattern, row["path"]))
        for rows in self.by_method.values():
            rows.sort(key=lambda row: row[0])

    def find(self, method, url):
        path = re.sub(r"^/_sandbox/[^/]+", "", urlsplit(url).path).rstrip("/")
        path = re.sub(r"^/v1(?=/identity/)", "", path)
        for _rank, pattern, template in self.by_method[method.upper()]:
            if pattern.fullmatch(path):
                return (method.upper(), template)
        return None


class Trace:
    """Every (function, operation) that the suites reach, with the first test that does."""

    def __init__(self):
        self.paths = Paths()
        self.wire = Wire()
        self.seen = {}
        self.test = "nothing"

    def install(self):
        for owner in (*_descendants(ApiChild), *_interfaces(), Integration):
            for name, member in list(vars(owner).items()):
                if inspect.isfunction(member) and not name.startswith("_"):
                    setattr(owner, name, _watched(member))
        sent = requests.Session.request

        @functools.wraps(sent)
        def request(session, method, url, *positional, **named):
            answer = sent(session, method, url, *positional, **named)
            self.note(method, url, answer)
            return answer

        requests.Session.request = request

    def note(self, method, url, answer):
        operation = self.paths.find(method, url)
        if operation is None:
            return
        self.wire.note(*operation, answer)
        for function in STACK.get():
            self.seen.setdefault((function, *operation), self.test)


def _watched(function):
    """The same function, on the stack while it runs; what it yields is asked for on it, too."""
    own = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def wrapper(*positional, **named):
        stack = (*STACK.get(), own)
        answer = _on(stack, function, *positional, **named)
        if isinstance(answer, GeneratorContainer):
            # A list of webexpythonsdk: it asks anew whenever somebody walks it.
            answer.generator_function = _watched(answer.generator_function)
        return _steps(stack, answer) if inspect.isgenerator(answer) else answer

    wrapper.watched = own
    return wrapper


def _on(stack, function, *positional, **named):
    token = STACK.set(stack)
    try:
        return function(*positional, **named)
    finally:
        STACK.reset(token)


def _steps(stack, generator):
    end = object()
    while (item := _on(stack, next, generator, end)) is not end:
        yield item


def _descendants(base):
    for child in base.__subclasses__():
        yield child
        yield from _descendants(child)


def _interfaces():
    client = webexpythonsdk.WebexAPI(access_token="none")
    kinds = (type(part) for part in vars(client).values())
    return [kind for kind in kinds if kind.__module__.startswith("webexpythonsdk.api.")]


class Library:
    """Names of methods as functions of the installed libraries."""

    def __init__(self):
        self.roots = {
            "wxc_sdk": WebexSimpleApi(tokens="none"),
            "webexpythonsdk": webexpythonsdk.WebexAPI(access_token="none"),
            "Integration": Integration,
        }

    def function(self, name):
        """The function behind a name; None where the installed library has no such method."""
        found, *steps = name.split(".")
        found = self.roots[found]
        for step in steps:
            found = getattr(found, step, None)
        return getattr(found, "watched", None)


def listed():
    with LIST.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def reference():
    """The methods that the reference maps to operations of tier 1; None where it is absent."""
    source = FOLDER / "endpoints.csv"
    if not source.is_file():
        return None
    with source.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["tier"] == "1"]
    paths = Paths()
    found = set()
    for row in rows:
        operation = _operation(paths, row["method"], row["path"])
        found |= {(name, *operation) for name in _names(row["sdk_method"])}
    return {key for key in found if key not in NOT_THESE}


def _operation(paths, method, path):
    for prefix in ("", "/v1"):
        operation = paths.find(method, prefix + re.sub(r"\{[^}]*\}", "0", path))
        if operation:
            return operation
    raise AssertionError(f"the reference names {method} {path}, which is not of tier 1 here")


def _names(cell):
    """`api.people.list; wps:people.list` as names that begin with their library."""
    for name in filter(None, (part.strip() for part in cell.split(";"))):
        for old, new in (("api.", "wxc_sdk."), ("wps:", "webexpythonsdk.")):
            if name.startswith(old):
                yield new + name.removeprefix(old)
        if name.startswith("wxc_sdk.integration."):
            first, *others = name.removeprefix("wxc_sdk.integration.").split("/")
            yield first
            yield from (f"Integration.{other}" for other in others)


def simulated(endpoints):
    """The operations of tier 1 that answer; the others say 501, which nobody needs to call."""
    wanted = {"tier": 1, "implemented": "true"}
    answer = requests.get(f"{endpoints['sim']}/coverage", wanted, timeout=9)
    return [(row["method"], row["path"]) for row in answer.json()["items"]]


def write(rows):
    with LIST.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(sorted(rows))
