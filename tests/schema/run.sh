#!/usr/bin/env bash
# Calls every operation of the OpenAPI documents with values of all kinds, right and wrong, each
# document on a server of its own: no status (500 is in none) and no answer that the document does
# not have.
#   HUBSIM_BIN      the program (default: target/release/hubsim)
#   HUBSIM_SECONDS  how long for each document (default: 40)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../../target}
hubsim=${HUBSIM_BIN:-$target/release/hubsim}
venv=$target/schema-venv
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

"$here/../install.sh" "$here/requirements.txt" "$venv"

for document in "${@:-webex hub sim}"; do for document in $document; do
  "$hubsim" --port 0 --clock 2026-03-02T09:00:00.000Z --endpoints-file "$work/endpoints" >"$work/log" &
  server=$!
  for _ in $(seq 200); do [[ -e $work/endpoints ]] && break; sleep 0.05; done
  url=$(sed -n 's/^Ready\. \([^ ]*\) .*/\1/p' "$work/log")
  python3 "$here/document.py" "$url" "$document" >"$work/$document.json"
  # Methods that a document does not have may be upstream's own: 501.
  printf '[phases.coverage]\nunexpected-methods = []\n' >"$work/schemathesis.toml"
  # Deterministic: what fails here fails again.
  (cd "$work" && "$venv/bin/schemathesis" run "$document.json" --url "$url" --no-color \
    --header 'Authorization: Bearer full-admin' --generation-deterministic --max-examples 30 \
    --checks status_code_conformance,content_type_conformance,response_schema_conformance \
    --phases examples,coverage,fuzzing --warnings off --suppress-health-check all \
    --continue-on-failure --max-time "${HUBSIM_SECONDS:-40}")
  kill "$server" && wait "$server"
  server=
  rm "$work/endpoints"
done; done
