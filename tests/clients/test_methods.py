"""Every method of the clients that maps to an operation of tier 1 was called, and reached it.

`HUBSIM_BLESS=1 tests/clients/run.sh` writes `methods.csv` anew.
"""

import os

import methods
import pytest

BLESSED = os.environ.get("HUBSIM_BLESS") == "1"


def test_the_list_has_every_method_of_the_reference():
    expected = methods.reference()
    if expected is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the reference is absent")
    if BLESSED:
        tests = {key(row): row["test"] for row in methods.listed()}
        methods.write([*row, tests.get(row, "")] for row in expected)
    assert {key(row) for row in methods.listed()} == expected


def test_every_method_of_the_list_was_called_and_reached_its_operation(endpoints, trace):
    library = methods.Library()
    simulated = set(methods.simulated(endpoints))
    unknown, missing, found = [], [], []
    for row in methods.listed():
        function = library.function(row["method"])
        test = trace.seen.get((function, row["http"], row["path"]))
        if function is None:
            unknown.append(row["method"])
        elif test is None and (row["http"], row["path"]) in simulated:
            missing.append(f"{row['method']}: {row['http']} {row['path']}")
        found.append([*key(row), test or ""])
    if BLESSED:
        methods.write(found)
    assert not unknown, unknown
    assert not missing, f"{len(missing)} methods were not called:\n" + "\n".join(missing)


def key(row):
    return (row["method"], row["http"], row["path"])
