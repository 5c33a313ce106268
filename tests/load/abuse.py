#!/usr/bin/env python3
"""What no client should send: nothing falls over, and whatever is answered has a clear status.

    tests/load/abuse.py

Every attack is bounded and stays on the loopback interface. After each one the server must answer
an ordinary request, have changed nothing, and not hold more memory each time.
Environment: HUBSIM_BIN, the program (default: target/release/hubsim).
"""

import gzip
import json
import os
import pathlib
import re
import resource
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = os.environ.get("HUBSIM_BIN", str(TARGET / "release" / "hubsim"))
PATIENCE = 2
MARGIN_MIB = 40
TIMES = 4
# How long, in seconds, its memory must stand still.
SETTLING = 1
MIB = 1024 * 1024
HEAD = "Host: localhost\r\nAuthorization: Bearer full-admin\r\n"
IMPORT = "/_hub/v1/organizations/me/users/csv/import?behavior=addAndRemove"
ATTACKS = []


def attack(function):
    ATTACKS.append(function)
    return function


class Server:
    def __init__(self):
        options = ["--port", "0", "--request-timeout", str(PATIENCE), "--max-sandboxes", "50"]
        options += ["--clock", "2026-03-02T09:00:00.000Z"]
        command = [PROGRAM, *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def resident(self):
        """MiB that the server holds."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def get(self, path, token="full-admin"):
        request = urllib.request.Request(self.url + path)
        request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def raw(self, *parts):
        """The status of what is answered to bytes; 0 when the connection just ends."""
        with self.connect() as connection:
            try:
                for part in parts:
                    connection.sendall(part if isinstance(part, bytes) else part.encode())
            except (BrokenPipeError, ConnectionResetError):
                pass  # The answer may have come before the end of the request.
            return answered(connection)

    def post(self, path, body, kind="application/json", extra=""):
        head = f"POST {path} HTTP/1.1\r\n{HEAD}Content-Type: {kind}\r\n{extra}"
        return self.raw(f"{head}Content-Length: {len(body)}\r\n\r\n", body)


def answered(connection):
    got = b""
    try:
        while b"\r\n" not in got:
            part = connection.recv(4096)
            if not part:
                return 0
            got += part
    except ConnectionResetError:
        return 0
    return int(got[9:12])


def expect(what, got, *wanted):
    if got not in wanted:
        raise AssertionError(f"{what}: {got}, not {' or '.join(map(str, wanted))}")


@attack
def thousands_of_idle_connections(server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    idle = [server.connect() for _ in range(min(3000, hard - 100))]
    expect("a request beside them", server.get("/v1/people?max=1")[0], 200)
    for connection in idle:
        connection.close()


@attack
def headers_that_never_end(server):
    slow = [server.connect() for _ in range(200)]
    until = time.monotonic() + 4 * PATIENCE
    for connection in slow:
        connection.sendall(b"GET /v1/people HTTP/1.1\r\n")
    while slow and time.monotonic() < until:
        for connection in list(slow):
            try:
                connection.sendall(b"X-Slow: 1\r\n")
            except OSError:
                connection.close()
                slow.remove(connection)
        time.sleep(0.2)
    expect("connections that are still open", len(slow), 0)


@attack
def bodies_that_stop_in_the_middle(server):
    head = f"POST /v1/people HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\n"
    expect("a body that stops", server.raw(f"{head}Content-Length: 1000\r\n\r\n{{"), 408)
    for _ in range(500):
        with server.connect() as connection:
            connection.sendall(f"{head}Content-Length: 1000000\r\n\r\n{{".encode())
    chunked = f"{head}Transfer-Encoding: chunked\r\n\r\n"
    expect("a chunk without an end", server.raw(chunked, "fff\r\n{"), 408, 400)
    expect("a chunk without a length", server.raw(chunked, "zz\r\n"), 400)


@attack
def a_bomb_of_gzip(server):
    bomb = gzip.compress(b" " * 100 * MIB)
    extra = "Content-Encoding: gzip\r\n"
    expect("a JSON bomb", server.post("/v1/people", bomb, extra=extra), 415)
    expect("a CSV bomb", server.post(IMPORT, bomb, "text/csv", extra), 415)


@attack
def a_file_of_100_megabytes(server):
    row = b"somebody@quillhaven.example,FALSE\n"
    head = f"POST {IMPORT} HTTP/1.1\r\n{HEAD}Content-Type: text/csv\r\n"
    megabyte = row * (MIB // len(row))
    told = f"{head}Content-Length: {100 * len(megabyte)}\r\n\r\n"
    expect("with its length", server.raw(told, *[megabyte] * 100), 413)
    chunk = f"{len(megabyte):x}\r\n".encode() + megabyte + b"\r\n"
    chunked = f"{head}Transfer-Encoding: chunked\r\n\r\n"
    expect("in chunks", server.raw(chunked, *[chunk] * 100), 413, 0)


@attack
def files_that_are_no_tables(server):
    key = b"User ID/Email (Required)"
    column = b"Webex Calling VAR Professional [Sub119911]"
    for what, body in {
        "nothing": b"",
        "one cell of 30 MB": key + b"\n" + b"x" * 30 * MIB,
        "a million empty lines": key + b"," + column + b"\n" * MIB,
        "a quote without an end": key + b"\n\"" + b"x,\n" * MIB,
        "20 001 rows": key + b"\n" + b"".join(b"p%d@q.example\n" % n for n in range(20_001)),
        "100 000 columns": key + b",x" * 100_000 + b"\n",
        "NUL bytes": key + b"\n" + b"\0" * MIB,
        "no text": bytes(range(256)) * 4096,
    }.items():
        # 409 while the one before is still at work.
        expect(what, server.post(IMPORT, body, "text/csv"), 400, 202, 409)


@attack
def json_of_10_000_depths(server):
    for opening, closing in ("[", "]"), ('{"a":', "}"):
        deep = (opening * 10_000 + "1" + closing * 10_000).encode()
        for path in "/v1/people", "/_sim/v1/plan", "/_sim/v1/faults", "/_sim/v1/scenarios":
            expect(f"{path} {opening}", server.post(path, deep), 400)
    expect("a scenario of anchors", server.post("/_sim/v1/scenarios", laughs(), "application/yaml"), 400)
    many = json.dumps({"emails": ["a@b.example"] * 1_000_000}).encode()
    expect("a long list", server.post("/v1/people", many), 400)


def laughs():
    """YAML that means a milliard words."""
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    for n in range(1, 10):
        lines.append(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]")
    return "\n".join(lines).encode()


@attack
def lines_that_are_too_long(server):
    get = "GET /v1/people HTTP/1.1\r\n"
    expect("a long header", server.raw(f"{get}{HEAD}X: {'x' * 100_000}\r\n\r\n"), 431, 400)
    expect("a longer one", server.raw(f"{get}{HEAD}X: {'x' * MIB}\r\n\r\n"), 431, 400, 0)
    many = "".join(f"X-{n}: 1\r\n" for n in range(2000))
    expect("many headers", server.raw(f"{get}{HEAD}{many}\r\n"), 431, 400)
    expect("a long address", server.raw(f"GET /v1/{'x' * 60_000} HTTP/1.1\r\n{HEAD}\r\n"), 414)
    slashes = "/" * 30_000
    expect("slashes", server.raw(f"GET {slashes}v1{slashes} HTTP/1.1\r\n{HEAD}\r\n"), 404, 414)


@attack
def what_is_no_http(server):
    post = f"POST /v1/people HTTP/1.1\r\n{HEAD}"
    for what, sent in {
        "noise": os.urandom(100_000),
        "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "TLS": bytes.fromhex("160301020001000001fc0303") + os.urandom(500),
        "two lengths": f"{post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}",
        "a length below nothing": f"{post}Content-Length: -1\r\n\r\n",
        "length and chunks": f"{post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{{}}",
        "a line feed in a path": f"GET /v1/people\n/x HTTP/1.1\r\n{HEAD}\r\n",
    }.items():
        expect(what, server.raw(sent), 400, 408, 0)
    expect("an unknown method", server.raw(f"BREW /v1/people HTTP/1.1\r\n{HEAD}\r\n"), 405)


@attack
def more_sandboxes_than_there_may_be(server):
    statuses = [server.get("/v1/people?max=1", f"full-admin.flood-{n}")[0] for n in range(200)]
    expect("sandboxes that were made", statuses.count(200), 49)
    expect("sandboxes that were refused", statuses.count(429), 151)


@attack
def more_listeners_than_are_heard(server):
    get = f"GET /_sim/v1/events HTTP/1.1\r\n{HEAD}\r\n".encode()
    ears = []
    for _ in range(300):
        ears.append(server.connect())
        ears[-1].sendall(get)
    statuses = [answered(ear) for ear in ears]
    if not set(statuses) <= {200, 429, 503} or statuses.count(200) == 300:
        raise AssertionError(f"listeners: {sorted(set(statuses))}")
    for ear in ears:
        ear.close()


@attack
def bulk_work_that_piles_up(server):
    body = json.dumps({"include": ["licenses"]}).encode()
    export = "/_hub/v1/organizations/me/users/csv/export"
    statuses = {server.post(export, body) for _ in range(300)}
    if not statuses <= {202, 409, 429}:
        raise AssertionError(f"exports: {sorted(statuses)}")


def people(server):
    status, body = server.get("/v1/people?max=1000&callingData=true")
    expect("an ordinary request", status, 200)
    return body


def settled(server):
    """MiB that the server holds once it stopped giving back: that takes its allocator a moment."""
    least, since = server.resident(), time.monotonic()
    while time.monotonic() < since + SETTLING:
        people(server)
        now = server.resident()
        if now < least - 1:
            least, since = now, time.monotonic()
        time.sleep(0.05)
    return least


def after(one, server, before):
    """MiB by which the server holds more after an attack."""
    held, began = server.resident(), time.monotonic()
    one(server)
    if people(server) != before:
        sys.exit(f"{one.__name__}: it changed somebody")
    grown = settled(server) - held
    print(f"{one.__name__:36} {time.monotonic() - began:6.1f} s {grown:+8.1f} MiB", flush=True)
    return round(grown)


def main():
    server = Server()
    try:
        before = people(server)
        for one in ATTACKS:
            # What an allocator keeps for the next time does not grow with every time.
            grown = [after(one, server, before)]
            while grown[-1] > MARGIN_MIB and len(grown) < TIMES:
                grown.append(after(one, server, before))
            if grown[-1] > MARGIN_MIB:
                sys.exit(f"{one.__name__}: the server holds more each time: {grown}")
        if server.process.poll() is not None:
            sys.exit("the server ended")
    except AssertionError as failed:
        sys.exit(f"{one.__name__}: {failed}")
    finally:
        server.process.terminate()
    if server.process.wait(10) != 0:
        sys.exit(f"the server ended with {server.process.returncode}")


main()
