#!/usr/bin/env bash
# Drives a headless Chromium: the live page, and the npm package `webex` in a page of another origin.
#   tests/browser/run.sh [pytest arguments]
#   HUBSIM_BIN           the program (default: target/release/hubsim)
#   HUBSIM_CHROMIUM      the browser (default: /usr/bin/chromium)
#   HUBSIM_BROWSER_VENV  where the driver is installed (default: target/browser-venv)
#   WEBEX_JS             where `webex` is unpacked (default: target/webex-js)
#   HUBSIM_SHOTS         a folder for pictures of the page (default: none are taken)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
venv=${HUBSIM_BROWSER_VENV:-$target/browser-venv}
export HUBSIM_BIN=${HUBSIM_BIN:-$target/release/hubsim}

"$here/../install.sh" "$here/requirements.txt" "$venv"
export WEBEX_JS=${WEBEX_JS:-$target/webex-js}
"$here/../unpack.sh" webex@3.12.0 \
  l697aG7SwFIgrQEu6dFXRduKKBaWBNdZ5vyfVT3ctHq+vhfzW4Xe5YhcZdxoI1fFG02asVr0De3rqgSnbf3H5w== \
  "$WEBEX_JS"
cd "$here"
"$venv/bin/python" -m pytest -q -p no:cacheprovider "$@"
