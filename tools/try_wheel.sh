#!/usr/bin/env bash
# Builds the wheel, installs it into a venv outside the checkout and asks it a question there.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$root/.venv/bin/python" -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation -w "$work/dist" "$root"
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$root/requirements/build.txt"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-build-isolation \
  -r "$root/requirements/run.txt"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps "$work"/dist/*.whl
cd "$work"
export HOME="$work/home" XDG_DATA_HOME="$work/share"
mkdir -p "$HOME"
answer=$("$work/venv/bin/govreport" ask "辽阳2023年粮食产量是多少")
echo "$answer"
grep -q "111.6 万吨" <<< "$answer"
"$work/venv/bin/python" -m bot --version
"$work/venv/bin/govreport" reports | grep -q "辽阳市-2024"
! "$work/venv/bin/python" -c "import tests" 2>/dev/null
! "$work/venv/bin/python" -c "import data" 2>/dev/null
echo "wheel: ok"
