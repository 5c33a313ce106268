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

"$here/../install.sh" "$here/requirements.txt" "$venv"
cd "$here"
"$venv/bin/python" -m pytest -q -p no:cacheprovider "$@"
