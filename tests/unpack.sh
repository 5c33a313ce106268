#!/usr/bin/env bash
# Unpacks a package of the npm registry, unless it is there; what it brings must be what is pinned:
#   tests/unpack.sh PACKAGE@VERSION SHA512 FOLDER
set -euo pipefail
package=$1
pinned=$2
folder=$3
[[ -e $folder/$package ]] && exit
packed=$(mktemp -d)
trap 'rm -rf "$packed"' EXIT
npm pack "$package" --silent --pack-destination "$packed" >/dev/null
found=$(openssl dgst -sha512 -binary "$packed"/*.tgz | base64 --wrap 0)
if [[ $found != "$pinned" ]]; then
  echo "$package has the SHA-512 $found, not $pinned" >&2
  exit 1
fi
mkdir -p "$folder"
tar --extract --gzip --file "$packed"/*.tgz --directory "$folder" --strip-components 1
touch "$folder/$package"
