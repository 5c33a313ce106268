#!/usr/bin/env bash
# Runs a program as its image does: static, alone in an empty root, without rights.
#   .ci/container.sh PROGRAM
set -euo pipefail
program=$1
if ldd "$program" 2>/dev/null | grep '=>'; then
  echo "$program is not static" >&2
  exit 1
fi
root=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" || true; wait; rm -rf "$root"' EXIT
cp "$program" "$root/hubsim"
chmod 755 "$root"
# Not a function: what runs in the background must be the program itself, so that $! is its id.
inside=(chroot --userspec=65532:65532 "$root")

# Without an admin token it must not listen beyond loopback.
! HUBSIM_BIND=0.0.0.0 "${inside[@]}" /hubsim --port 0 2>"$root/refused"
grep --quiet admin-token "$root/refused"

HUBSIM_BIND=0.0.0.0 HUBSIM_ADMIN_TOKEN=choose-one "${inside[@]}" /hubsim --port 0 >"$root/out" &
server=$!
for _ in $(seq 100); do grep --quiet Ready "$root/out" && break; sleep 0.1; done
port=$(sed -n 's/^Ready\. http:[^ ]*:\([0-9]*\) .*/\1/p' "$root/out")
"${inside[@]}" /hubsim healthcheck --port "$port"
echo "static, alone in an empty root, as user 65532: well on port $port"
