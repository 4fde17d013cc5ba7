#!/usr/bin/env bash
# Looks every pinned dependency up in the databases of known vulnerabilities; needs the network.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home"
"$home/bin/pip" install -qq --disable-pip-version-check --require-hashes -r requirements/audit.txt
for pins in build run dev browser; do
  # Its own exit status is 0 where it could look nothing up: what it says is judged by tools/audit.py.
  "$home/bin/pip-audit" --disable-pip --require-hashes --progress-spinner off --format json \
    -r "requirements/$pins.txt" > "$home/$pins.json" 2> "$home/$pins.log" || true
done
python3 tools/audit.py "$home"/*.json || { tail -n 3 "$home"/*.log >&2; exit 1; }
