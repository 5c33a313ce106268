#!/usr/bin/env python3
"""Compares openapi/operations.csv, the list of upstream operations, with the reference table.

    .ci/operations.py            check: every upstream operation is listed, none is invented
    .ci/operations.py --write    derive the list anew (operation ids are stable: see `identifiers`)

The table is `endpoints.csv` of the reference (`reference.py`).
"""

import collections
import csv
import io
import re
import sys

from reference import FOLDER, ROOT, absent

LIST = ROOT / "openapi" / "operations.csv"
COLUMNS = ["method", "path", "operation", "title", "tier", "alias_of"]
# What Webex's documents say of roles and scopes: no part of the reference table, so it is kept.
FURTHER = ["roles", "scopes"]
VERSIONED = re.compile(r"/v(\d+)/")

# Roots that upstream serves outside /v1: identity and Contact Center, on hosts of their own.
OUTSIDE_V1 = re.compile(
    r"/(identity|organization|v[123]|admin/v1|publish/v1|flow-store|search|generated-summaries)(/|$)"
)

# A web site, not part of the API that hubsim stands for.
FOREIGN_HOSTS = ("https://status.webex.com/",)

# One position, several spellings in the sources.
PARAMETERS = {
    "orgid": "orgId",
    "useruuid": "userUuid",
    "userid": "userId",
    "lineownerId": "lineOwnerId",
}

# Paths that a client library calls, and the documented path they stand for.
ALIASES = {
    "/v1/telephony/config/people/{personId}/outgoingPermission":
        "/v1/people/{personId}/features/outgoingPermission",
    "/v1/people/{personId}/features/outgoingPermission/autoTransferNumbers":
        "/v1/telephony/config/people/{personId}/outgoingPermission/autoTransferNumbers",
    "/v1/telephony/config/jobs/callRecording/jobs/callRecording":
        "/v1/telephony/config/jobs/callRecording",
    "/v1/{locationId}/actions/modifyAnnouncementLanguage/invoke":
        "/v1/telephony/config/locations/{locationId}/actions/modifyAnnouncementLanguage/invoke",
    "/v1/workspaces/{workspaceId}/features/intercept/actions/announcementUpload/invoke":
        "/v1/telephony/config/workspaces/{workspaceId}/features/intercept/actions"
        "/announcementUpload/invoke",
}


def served_path(path):
    """The path as this server answers it; None for what is no API."""
    if path.startswith(FOREIGN_HOSTS):
        return None
    path = re.sub(r"^https://[^/]+", "", path)
    path = re.sub(r"%7B(\w+)%7D", r"{\1}", path)
    path = re.sub(r"\{(\w+)\}", lambda found: "{" + parameter(found[1]) + "}", path)
    return path if OUTSIDE_V1.match(path) else "/v1" + path


def parameter(name):
    """A parameter's name in camelCase."""
    name = re.sub(r"_(\w)", lambda found: found[1].upper(), name)
    return PARAMETERS.get(name, name)


def one_name_per_position(operations):
    """Gives a parameter one name wherever the same path prefix leads to it: the commonest."""
    names = collections.defaultdict(collections.Counter)

    def positions(path):
        prefix = ""
        for segment in path.split("/")[1:]:
            found = re.match(r"\{(\w+)\}", segment)
            if found:
                yield prefix, found[1]
            prefix += "/" + re.sub(r"\{\w+\}", "{}", segment)

    for operation in operations:
        for prefix, name in positions(operation["path"]):
            names[prefix][name] += 1
    for operation in operations:
        segments = operation["path"].split("/")[1:]
        prefix, path = "", ""
        for segment in segments:
            if re.match(r"\{\w+\}", segment):
                best = min(names[prefix].items(), key=lambda item: (-item[1], item[0]))[0]
                segment = re.sub(r"\{\w+\}", "{" + best + "}", segment, count=1)
            prefix += "/" + re.sub(r"\{\w+\}", "{}", segment)
            path += "/" + segment
        operation["path"] = path


def camel(text):
    """`Read Barge In Settings for a Person` becomes `readBargeInSettingsForAPerson`."""
    text = re.sub(r"[’'`]", "", text.replace("(s)", "s"))
    words = re.findall(r"[A-Za-z0-9]+", text)
    words = [word.capitalize() if word.isupper() else word[0].upper() + word[1:] for word in words]
    joined = "".join(words)
    return joined[:1].lower() + joined[1:]


def from_path(operation):
    """The static part of a path as words, to tell operations of one title apart."""
    segments = [s for s in operation["path"].split("/")[1:] if not s.startswith("{")]
    skip = {"v1", "v2", "v3", "invoke", "actions", "config", "features", "organization"}
    return [camel(s) for s in segments if s not in skip]


def identifiers(operations):
    """Each operation's id: its title in camelCase. Where several share a title, the foremost keeps
    it bare; with the others follows what sets the path apart: the version, or path words."""
    groups = collections.defaultdict(list)
    for operation in operations:
        groups[camel(operation["title"])].append(operation)
    for base, group in sorted(groups.items()):
        if len(group) == 1:
            group[0]["operation"] = base
            continue
        named = {}
        for operation in group:
            version = [v for v in VERSIONED.findall(operation["path"]) if v != "1"]
            named[id(operation)] = base + (f"V{version[-1]}" if version else "")
        counts = collections.Counter(named.values())
        first = min(group, key=prominence)
        for operation in group:
            name = named[id(operation)]
            if counts[name] > 1 and operation is not first:
                rivals = [other for other in group if named[id(other)] == name]
                rivals.remove(operation)
                name += distinction(operation, rivals)
            operation["operation"] = name


def prominence(operation):
    """The public REST API before other hosts, documented paths before aliases, short first."""
    path = operation["path"]
    return (OUTSIDE_V1.match(path[3:]) is not None or not path.startswith("/v1/"),
            path in ALIASES, operation["tier"], path.count("/"), path, operation["method"])


def distinction(operation, rivals):
    """The shortest run of path words (or else the method) that no rival has."""
    words = from_path(operation)
    others = [from_path(rival) for rival in rivals]
    for word in words:
        if all(word not in other for other in others):
            return "Of" + word[0].upper() + word[1:]
    for count in range(1, len(words) + 1):
        tail = words[-count:]
        if all(other[-count:] != tail for other in others):
            return "Of" + "".join(word[0].upper() + word[1:] for word in tail)
    if operation["path"] in ALIASES:
        return "Alias"
    parameters = re.findall(r"\{(\w+)\}", operation["path"])
    if all(len(re.findall(r"\{", rival["path"])) != len(parameters) for rival in rivals):
        return "By" + parameters[-1][0].upper() + parameters[-1][1:] if parameters else "OfAll"
    return "By" + operation["method"].capitalize()


def derive(reference):
    """The list as it must be, from the reference table."""
    operations = []
    for row in csv.DictReader(io.StringIO(reference)):
        path = served_path(row["path"])
        if path is None:
            continue
        title = " ".join(row["operation"].replace(" .", "").rstrip(".,").split())
        operations.append(
            {"method": row["method"], "path": path, "title": title, "tier": row["tier"]}
        )
    one_name_per_position(operations)
    unique = {}
    for operation in operations:
        key = (operation["method"], operation["path"])
        best = unique.setdefault(key, operation)
        if (operation["tier"], len(operation["title"])) < (best["tier"], len(best["title"])):
            unique[key] = operation
    operations = sorted(unique.values(), key=lambda o: (o["path"], o["method"]))
    identifiers(operations)
    by_key = {(o["method"], o["path"]): o for o in operations}
    by_path = {o["path"]: o for o in operations}
    for operation in operations:
        path = ALIASES.get(operation["path"])
        target = by_key.get((operation["method"], path)) or by_path.get(path)
        operation["alias_of"] = target["operation"] if target else ""
    return operations


def problems(listed, wanted):
    """What is missing, invented, or written twice."""
    found = []
    for columns in (("operation",), ("method", "path")):
        values = collections.Counter(tuple(o[column] for column in columns) for o in listed)
        twice = [value for value, count in values.items() if count > 1]
        found += [f"listed more than once: {' '.join(value)}" for value in twice]
    keyed = lambda rows: {tuple(row[column] for column in COLUMNS) for row in rows}
    found += [f"missing: {row}" for row in sorted(keyed(wanted) - keyed(listed))]
    found += [f"not in the reference: {row}" for row in sorted(keyed(listed) - keyed(wanted))]
    return found


def add_columns(wanted):
    """Takes over what the list says beyond the reference."""
    with LIST.open(encoding="utf-8", newline="") as file:
        known = {(row["method"], row["path"]): row for row in csv.DictReader(file)}
    for operation in wanted:
        row = known.get((operation["method"], operation["path"]), {})
        operation.update({column: row.get(column, "") for column in FURTHER})


def main():
    source = FOLDER / "endpoints.csv"
    if not source.is_file():
        return absent("operations", source)
    wanted = derive(source.read_text(encoding="utf-8"))
    if sys.argv[1:] == ["--write"]:
        add_columns(wanted)
        with LIST.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS + FURTHER, lineterminator="\n")
            writer.writeheader()
            writer.writerows(wanted)
    with LIST.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    found = problems(listed, wanted)
    print("\n".join(found[:50] + [f"operations: {len(listed)} listed, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
