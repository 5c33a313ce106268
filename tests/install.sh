#!/usr/bin/env bash
# Makes a Python environment with what a list pins, unless it has just that:
#   tests/install.sh REQUIREMENTS ENVIRONMENT
set -euo pipefail
requirements=$1
venv=$2
cmp --silent "$requirements" "$venv/installed.txt" && exit
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
cp "$requirements" "$venv/installed.txt"
