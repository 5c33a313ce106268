#!/usr/bin/env python3
"""Compares the query parameters of openapi/webex.json with those of the upstream contract.

Every parameter that the contract has for an operation of tier 1 must be there, and of its type; no
other one may be. What departs on purpose stands in `DEPARTURES`, with its reason; one that departs
no more is a problem, too.

The contract lies in the folder `contract` of the reference (`reference.py`).
"""

import json
import re
import sys

from reference import FOLDER, ROOT, absent

# The first that has an operation says what its parameters are.
DOCUMENTS = [
    "calling-official",
    "admin",
    "devices-workspaces",
    "contact-center",
    "wholesale",
    "calling",
]
NUMBERS = {"number": "integer", "array": "string", "object": "string"}

# `METHOD path how name`, all of which a pattern must fit.
DEPARTURES = {
    r"\S+ /v1/\S+ more orgId": "clients send it wherever a partner may act for a customer",
    r"GET \S+ more (max|start|cursor|offset)": "a long list is read by pages, and its Link says so",
    r"(POST|PUT) /v1/workspaces\S* more (includeDevices|includeCapabilities)": (
        "a GET has them, and the answer is the same document"
    ),
    r"(POST|PUT) /organization/\{orgId\}/team\S* lacks teamDTO": (
        "the document names the body twice, as if it were a query"
    ),
    r"GET /v1/devices type product": "the words of the document are examples of products",
    r"GET /identity/scim/\S+/Users type (returnGroups|includeGroupDetails)": (
        "text upstream, whose words are true and false"
    ),
    r"GET (/identity/scim|/v1/wholesale)/\S+ type (startIndex|count|max|offset)": (
        "text in the document; elsewhere the same counts are numbers"
    ),
    r"GET /v1/telephony/config/numbers more (assigned|elinEnabled|reservedNumber)": (
        "an earlier text of the same page has them"
    ),
}


def resolved(document, part):
    while "$ref" in part:
        name = part["$ref"].split("/")[1:]
        part = document
        for step in name:
            part = part[step]
    return part


def shape(path):
    return re.sub(r"\{[^}]*\}", "{}", path.removeprefix("/v1")).lower()


def operations(document):
    """Method, path and the query parameters with their schemas, of each operation."""
    for path, methods in document["paths"].items():
        shared = methods.get("parameters", [])
        for method, operation in methods.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            parameters = [*shared, *operation.get("parameters", [])]
            parameters = [resolved(document, one) for one in parameters]
            queries = {
                one["name"]: resolved(document, one.get("schema", {}))
                for one in parameters
                if one.get("in") == "query"
            }
            yield (method.upper(), path), queries, operation.get("x-hubsim-tier")


def contract(folder):
    found = {}
    for name in DOCUMENTS:
        document = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for (method, path), queries, _ in operations(document):
            found.setdefault((method, shape(path)), queries)
    return found


def departures(own, theirs):
    """How the parameters of one operation differ: how, name."""
    for name, schema in theirs.items():
        if name not in own:
            yield "lacks", name
            continue
        kind = schema.get("type", "string")
        is_other = own[name]["type"] != NUMBERS.get(kind, kind)
        words = set(schema.get("enum", []))
        if is_other or not words <= set(own[name].get("enum", [])):
            yield "type", name
    for name in own.keys() - theirs.keys():
        yield "more", name


def compare(known):
    document = json.loads((ROOT / "openapi" / "webex.json").read_text(encoding="utf-8"))
    compared, found = 0, []
    for (method, path), own, tier in operations(document):
        theirs = known.get((method, shape(path)))
        if tier != 1 or theirs is None:
            continue
        compared += 1
        found += [f"{method} {path} {how} {name}" for how, name in departures(own, theirs)]
    return compared, found


def main():
    folder = FOLDER / "contract"
    if not folder.is_dir():
        return absent("queries", folder)
    compared, found = compare(contract(folder))
    excuse_of = lambda words: next((it for it in DEPARTURES if re.fullmatch(it, words)), None)
    excused = {words: excuse_of(words) for words in found}
    problems = sorted(words for words, excuse in excused.items() if excuse is None)
    unused = DEPARTURES.keys() - set(excused.values())
    problems += [f"nothing departs like this any more: {excuse}" for excuse in sorted(unused)]
    print("\n".join([*problems[:60], f"queries: {compared} operations, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
