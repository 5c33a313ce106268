"""Prints one of the server's OpenAPI documents with path parameters that lead somewhere.

    document.py URL webex|hub|sim

A document says of `personId` that it is a text. Random texts only ever meet 404, so most of a
parameter's values are taken from the running server.
"""

import json
import sys
import urllib.request

# What must not be called: it ends the server.
LEFT_OUT = {"/_sim/v1/shutdown"}
HUB = "/_hub/v1/organizations/me"


class Server:
    def __init__(self, url):
        self.url = url

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Authorization", "Bearer full-admin")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.headers, json.loads(answer.read() or b"null")

    def get(self, path):
        return self.call("GET", path)[1]

    def ids(self, path, field="id", count=3):
        """Ids of a list's items, whatever the list is called."""
        lists = (value for value in self.get(path).values() if isinstance(value, list))
        return [item[field] for items in lists for item in items if item.get(field)][:count]


def values(server, kind):
    """Values of each path parameter, made by asking the server."""
    person = server.ids("/v1/people?callingData=true&max=3")
    first = f"/v1/people/{person[0]}/features"
    headers, task = server.call("POST", f"{HUB}/users/csv/export", {"include": ["licenses"]})
    schedule = {"name": "Fuzzed", "type": "businessHours"}
    server.call("POST", f"{first}/schedules", schedule)
    server.call("POST", "/_sim/v1/sandboxes", {"id": "fuzzed"})
    known = {
        "personId": person,
        "workspaceId": server.ids("/v1/workspaces?max=3"),
        "locationId": server.ids("/v1/locations?max=3"),
        "licenseId": server.ids("/v1/licenses"),
        "roleId": server.ids("/v1/roles"),
        "orgId": server.ids("/v1/organizations"),
        "org": ["me"],
        "taskId": [task["id"]],
        "subscriptionId": ["Sub119911", "Sub121331"],
        "trackingId": [headers["trackingid"]],
        "objectId": person[:1],
        "scheduleType": ["businessHours", "holidays"],
        "scheduleId": server.ids(f"{first}/schedules"),
        "name": ["minimal", "demo"],
    }
    if kind == "sim":
        known["id"] = ["fuzzed", "default"]
    return known


def main(url, kind):
    server = Server(url)
    document = server.get(f"/_sim/v1/openapi/{kind}.json")
    known = values(server, kind)
    for path in LEFT_OUT:
        document["paths"].pop(path, None)
    # A sandbox of nobody is 404 whatever is called; one value shows that there is no past of it.
    headers = document["components"].get("parameters", {})
    for name, found in (("Sandbox", ["default"]), ("At", ["1", "2026-03-02T09:00:00.000Z", "99"])):
        if name in headers:
            headers[name]["schema"] = {"type": "string", "enum": found}
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", []):
                found = known.get(parameter.get("name"))
                if parameter.get("in") == "path" and found:
                    parameter["schema"] = {"type": "string", "enum": [*found, "no-such-thing"]}
    json.dump(document, sys.stdout)


main(*sys.argv[1:])
