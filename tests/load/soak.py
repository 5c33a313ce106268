#!/usr/bin/env python3
"""A mixed load over many sandboxes for some minutes: no error, and memory that stops growing.

    tests/load/soak.py [--seconds 900] [--sandboxes 100]

Four of five requests read, one writes. Each connection sends its requests ahead of the answers, so
one program keeps a server busy. What a sandbox remembers (ledger, requests, history) is bounded by
number: the memory stands still once each has seen some 50,000 requests, so a short run takes few.
Environment: HUBSIM_BIN, the program (default: target/release/hubsim).
"""

import argparse
import asyncio
import itertools
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = os.environ.get("HUBSIM_BIN", str(TARGET / "release" / "hubsim"))
AHEAD = 32
CONNECTIONS = 8
# Of the memory in the middle of the run, how much more it may be at the end.
GROWTH = 0.03
SLACK_MIB = 8


def call(url, method, path, token="full-admin", body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, method=method)
    request.add_header("Authorization", f"Bearer {token}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


def resident(pid):
    """MiB that a process holds."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def request(method, path, token, body=None):
    text = "" if body is None else json.dumps(body)
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {token}"]
    if text:
        lines += ["Content-Type: application/json", f"Content-Length: {len(text)}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()


class Refused(Exception):
    """An answer that the mix must not get."""


class Mix:
    """Requests that all succeed, four reads for each write."""

    def __init__(self, people, workspaces, sandboxes):
        self.people, self.workspaces = people, workspaces
        self.tokens = [f"full-admin.soak-{number}" for number in range(sandboxes)]
        self.random = random.Random(7)
        self.serial = itertools.count()

    def next(self):
        pick, token = self.random.choice, self.random.choice(self.tokens)
        person, number = pick(self.people), next(self.serial)
        reads = [
            f"/v1/people/{person}",
            f"/v1/people/{person}?callingData=true",
            f"/v1/people?max=10",
            f"/v1/people/{person}/features/voicemail",
            f"/v1/workspaces/{pick(self.workspaces)}",
            "/_hub/v1/organizations/me/subscriptions",
            "/v1/licenses",
        ]
        if number % 5:
            return request("GET", pick(reads), token)
        rings = 2 + number % 18
        writes = [
            ("doNotDisturb", {"enabled": number % 2 == 0, "ringSplashEnabled": True}),
            ("callWaiting", {"enabled": number % 3 == 0}),
            ("bargeIn", {"enabled": number % 7 < 3, "toneEnabled": True}),
            ("callForwarding", forwarding(rings)),
        ]
        family, body = pick(writes)
        return request("PUT", f"/v1/people/{person}/features/{family}", token, body)


def forwarding(rings):
    off = {"enabled": False, "destinationVoicemailEnabled": False}
    return {
        "callForwarding": {
            "always": {**off, "ringReminderEnabled": False},
            "busy": off,
            "noAnswer": {**off, "numberOfRings": rings, "systemMaxNumberOfRings": 20},
        },
        "businessContinuity": off,
    }


async def connection(port, mix, until, counts):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.monotonic() < until:
        sent = [mix.next() for _ in range(AHEAD)]
        writer.write(b"".join(sent))
        await writer.drain()
        for one in sent:
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head[9:12])
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            body = await reader.readexactly(int(length[1])) if length else b""
            counts[status] = counts.get(status, 0) + 1
            if status >= 400:
                what = one.split(b"\r\n", 1)[0].decode()
                raise Refused(f"{what}: {status} {body[:400].decode(errors='replace')}")
    writer.close()


async def run(port, mix, until, counts, watch):
    tasks = [connection(port, mix, until, counts) for _ in range(CONNECTIONS)]
    watching = asyncio.create_task(watch())
    await asyncio.gather(*tasks)
    watching.cancel()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=900)
    options.add_argument("--sandboxes", type=int, default=100)
    options = options.parse_args()
    command = [PROGRAM, "--port", "0", "--scenario", "demo"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().split()[1]
        people = call(url, "GET", "/v1/people?callingData=true&max=100")["items"]
        workspaces = call(url, "GET", "/v1/workspaces?max=20")["items"]
        called = [person["id"] for person in people if "locationId" in person]
        mix = Mix(called, [it["id"] for it in workspaces], options.sandboxes)
        for number in range(options.sandboxes):
            call(url, "GET", "/v1/people?max=1", mix.tokens[number])
        counts, samples, began = {}, [], time.monotonic()

        async def watch():
            while True:
                samples.append(resident(server.pid))
                print(f"{time.monotonic() - began:6.0f} s {sum(counts.values()):9} requests "
                      f"{samples[-1]:8.1f} MiB", flush=True)
                await asyncio.sleep(max(1, options.seconds / 30))

        until = began + options.seconds
        port = int(url.rsplit(":", 1)[1])
        try:
            asyncio.run(run(port, mix, until, counts, watch))
        except Refused as refused:
            sys.exit(str(refused))
        rate = sum(counts.values()) / (time.monotonic() - began)
        middle, end = samples[len(samples) // 2], max(samples[-3:])
        print(f"{sum(counts.values())} answers, {rate:.0f} a second: {counts}; "
              f"{middle:.1f} MiB in the middle, {end:.1f} MiB at the end")
        if end > middle * (1 + GROWTH) + SLACK_MIB:
            sys.exit("the memory goes on growing")
        call(url, "POST", "/_sim/v1/shutdown")
        if server.wait(10) != 0:
            sys.exit(f"the server ended with {server.returncode}")
    finally:
        server.kill()


main()
