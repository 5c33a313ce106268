#!/usr/bin/env bash
# Runs the recipes as their readers run them: examples/run.sh (the Rust one runs with `cargo test`).
#   HUBSIM_BIN   the program (default: target/release/hubsim)
#   HUBSIM_VENV  a Python environment with pytest and requests (default: target/clients-venv)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../target}
hubsim=${HUBSIM_BIN:-$target/release/hubsim}
venv=${HUBSIM_VENV:-$target/clients-venv}

recipe_pytest() { "$hubsim" exec -- "$venv/bin/python" -m pytest -q -p no:cacheprovider "$here/pytest"; }

recipe_node() { "$hubsim" exec -- node --test "$here/node/"; }

# Debian's junit5 has all that the recipe needs; a build tool would bring the same.
recipe_junit() {
  local jars=/usr/share/java classes=$target/examples/junit
  local path=$jars/junit-jupiter-api.jar:$jars/junit-jupiter-engine.jar:$jars/junit-platform-commons.jar
  path+=:$jars/junit-platform-console.jar:$jars/junit-platform-engine.jar:$jars/junit-platform-launcher.jar
  path+=:$jars/junit-platform-reporting.jar:$jars/opentest4j.jar:$jars/apiguardian-api.jar:$jars/picocli.jar
  javac -d "$classes" -cp "$path" "$here"/junit/*.java
  "$hubsim" exec -- java -cp "$path:$classes" org.junit.platform.console.ConsoleLauncher \
    --disable-banner --details=tree --fail-if-no-tests --scan-class-path "$classes"
}

echo '--- pytest' && recipe_pytest
if command -v node >/dev/null; then echo '--- node' && node --version && recipe_node; else
  echo '--- node: NOT RUN, there is no node on this machine'
fi
if command -v javac >/dev/null && [[ -e /usr/share/java/junit-platform-console.jar ]]; then
  echo '--- junit' && recipe_junit
else
  echo '--- junit: NOT RUN, this machine has no javac or no /usr/share/java/junit-platform-console.jar'
fi
