#!/usr/bin/env bash
# Builds the wheel, installs it into a venv outside the checkout and asks it a question there.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$root/.venv/bin/python" -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation -w "$work/dist" "$root"
"$root/.venv/bin/python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$root/requirements/build.txt"
"$work/venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes --no-build-isolation \
  -r "$root/requirements/run.txt"
"$work/venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps "$work"/dist/*.whl
cd "$work"
"$work/venv/bin/python" -m pip check
export HOME="$work/home" XDG_DATA_HOME="$work/share"
mkdir -p "$HOME"
govreport=$work/venv/bin/govreport
answer=$("$govreport" ask "辽阳2023年粮食产量是多少")
echo "$answer"
grep -q "111.6 万吨" <<< "$answer"
"$work/venv/bin/python" -m bot --version
"$govreport" reports | grep "辽阳市-2024" > listed
"$govreport" reports 辽阳市-2024 --text | cmp - "$root"/data/reports/000_e097eca750060dbf.txt
printf '辽阳2023年粮食产量是多少\n/quit\n' | "$govreport" console | grep -c "111.6 万吨" > asked
"$govreport" --data own ingest "$root"/data/reports/000_e097eca750060dbf.txt
echo '{"id": "1", "turns": ["粮食产量"]}' | "$govreport" --data own ask --jsonl | grep '"id": "1"' > answered
port=$("$work/venv/bin/python" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$govreport" --data own web --port "$port" > served 2>&1 &
page=$!
trap 'kill $page 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do grep -q 已启动 served && break; sleep 0.2; done
"$work/venv/bin/python" -c 'import sys, urllib.request as u
for path in ("/", "/assets/page.css", "/assets/page.js"): u.urlopen(sys.argv[1] + path).read()' "http://127.0.0.1:$port"
kill $page
wait $page
for name in tests data tools benchmarks; do
  if "$work/venv/bin/python" -c "import $name" 2>/dev/null; then
    echo "the wheel brings a package called $name" >&2
    exit 1
  fi
done
echo "wheel: ok"
