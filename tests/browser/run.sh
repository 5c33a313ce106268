#!/usr/bin/env bash
# Drives the live page in a headless Chromium: tests/browser/run.sh [pytest arguments]
#   HUBSIM_BIN           the program (default: target/release/hubsim)
#   HUBSIM_CHROMIUM      the browser (default: /usr/bin/chromium)
#   HUBSIM_BROWSER_VENV  where the driver is installed (default: target/browser-venv)
#   HUBSIM_SHOTS         a folder for pictures of the page (default: none are taken)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
venv=${HUBSIM_BROWSER_VENV:-$target/browser-venv}
export HUBSIM_BIN=${HUBSIM_BIN:-$target/release/hubsim}

"$here/../install.sh" "$here/requirements.txt" "$venv"
cd "$here"
"$venv/bin/python" -m pytest -q -p no:cacheprovider "$@"
