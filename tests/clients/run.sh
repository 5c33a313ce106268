#!/usr/bin/env bash
# Runs the client suites against a built program: tests/clients/run.sh [pytest arguments]
#   HUBSIM_BIN   the program (default: target/release/hubsim)
#   HUBSIM_VENV  where the pinned clients are installed (default: target/clients-venv)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
venv=${HUBSIM_VENV:-$target/clients-venv}
export HUBSIM_BIN=${HUBSIM_BIN:-$target/release/hubsim}

if ! cmp --silent "$here/requirements.txt" "$venv/installed.txt"; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/installed.txt"
fi
cd "$here"
"$venv/bin/python" -m pytest -q -p no:cacheprovider "$@"
