"""Holds every answer that the suites get against the documents of the upstream contract.

An object may have the fields that its schema names, and no others. An answer departs only when it
departs from every document that has the operation, and when the document's own example does not
depart in the same way. What departs on purpose stands in `departures.py`, with the reason.
"""

import functools
import json
import re
from collections import defaultdict

import jsonschema
from contract import FOLDER, closed
from departures import DEPARTURES

DOCUMENTS = [
    "calling-official",
    "calling",
    "admin",
    "devices-workspaces",
    "contact-center",
    "wholesale",
]


class Wire:
    """The documents' operations, and how answers departed from them."""

    def __init__(self):
        self.operations = defaultdict(list)
        self.departed = {}
        self.answered = set()
        self.excused = set()
        for name in DOCUMENTS:
            source = FOLDER / "contract" / f"{name}.json"
            if source.is_file():
                self._read(json.loads(source.read_text(encoding="utf-8")))

    def _read(self, document):
        components = closed(document.get("components", {}))
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if "responses" in operation:
                    key = (method.upper(), shape(path))
                    self.operations[key].append(Documented(operation["responses"], components))

    def note(self, method, path, answer):
        """Compares an answer that succeeded; refusals and dry runs have a shape of their own."""
        documents = self.operations.get((method, shape(path)))
        is_dry = "X-Sim-Dry-Run" in answer.request.headers
        if not documents or is_dry or answer.status_code >= 300:
            return
        self.answered.add((method, path))
        each = [document.departures(answer) for document in documents]
        for departure in functools.reduce(lambda some, others: some & others, each):
            self._keep(method, path, departure, answer)

    def _keep(self, method, path, departure, answer):
        words = f"{method} {path} {answer.status_code} {' '.join(departure)}"
        excuse = next((known for known in DEPARTURES if re.fullmatch(known, words)), None)
        if excuse:
            self.excused.add(excuse)
        else:
            self.departed.setdefault(words, answer.text[:300])


class Documented:
    """What one document says of the answers of an operation."""

    def __init__(self, responses, components):
        self.responses = responses
        self.components = components
        self.checks = {}

    def departures(self, answer):
        """How an answer departs: where, in which way, and with which field."""
        status = str(answer.status_code)
        if status not in self.responses:
            return {("$", "status", f"of {'/'.join(sorted(self.responses))}")}
        check, own = self._check(status)
        if check is None:
            is_empty = answer.content in (b"", b"{}")
            return set() if is_empty else {("$", "body", "where none is documented")}
        try:
            body = answer.json()
        except ValueError:
            return {("$", "body", "that is no JSON")}
        return _departures(check, body) - own

    def _check(self, status):
        """The validator of a status, and how the document's own examples depart from it."""
        if status not in self.checks:
            contents = self.responses[status].get("content", {})
            content = contents.get("application/json") or next(iter(contents.values()), {})
            self.checks[status] = (None, set())
            if "schema" in content:
                whole = {"components": self.components, **closed(content["schema"])}
                check = jsonschema.Draft202012Validator(whole)
                own = (_departures(check, example) for example in _examples(content))
                self.checks[status] = (check, set().union(*own))
        return self.checks[status]


def _examples(content):
    named = (example.get("value") for example in content.get("examples", {}).values())
    for example in (content.get("example"), *named):
        if isinstance(example, str):
            try:
                example = json.loads(example)
            except ValueError:
                continue
        if example is not None:
            yield example


def _departures(check, body):
    return {departure for error in check.iter_errors(body) for departure in _told(error)}


def _told(error):
    place = re.sub(r"\[\d+\]", "[]", error.json_path)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return {(place, "unknown", name) for name in error.instance if name not in known}
    if error.validator == "required":
        absent = (name for name in error.validator_value if name not in error.instance)
        return {(place, "lacks", name) for name in absent}
    value = "" if isinstance(error.instance, (dict, list)) else json.dumps(error.instance)
    return {(place, error.validator, value)}


def shape(path):
    return re.sub(r"\{[^}]*\}", "{}", path.removeprefix("/v1")).lower()
