#!/usr/bin/env bash
# Fuzzes each target so many times ($1, default 20000); what breaks one is left in fuzz/found and printed.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh dev
python=.venv/bin/python
"$python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/fuzz.txt
mkdir -p fuzz/found .fuzz
status=0
for target in paragraphs questions updates readers reports answers; do
  # Whole reports and whole answers take ten times as long as the rest.
  runs=${1:-20000}
  case $target in reports | answers) runs=$((runs / 4)) ;; esac
  echo "== $target: $runs inputs"
  "$python" -m fuzz.run "$target" ".fuzz/$target" -runs="$runs" -timeout=25 -max_len=4096 \
    -artifact_prefix="fuzz/found/$target-" > ".fuzz/$target.log" 2>&1 || { status=1; grep -A30 "Uncaught" ".fuzz/$target.log"; }
  tail -n 1 ".fuzz/$target.log"
done
exit $status
