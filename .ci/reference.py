"""Where the reference of upstream's API lies, and what a check says without it.

It lies at ../shared/reference, or where HUBSIM_REFERENCE says. Without it a check is skipped with a
note; where CI is true a missing reference is a failure.
"""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = pathlib.Path(os.environ.get("HUBSIM_REFERENCE", ROOT.parent / "shared" / "reference"))


def absent(check, part):
    """Tells that a part of the reference is absent: the exit code of the check."""
    required = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    print(f"{check}: {part} is absent; " + ("FAILED" if required else "NOT CHECKED"))
    return 1 if required else 0
