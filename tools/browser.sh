#!/usr/bin/env bash
# Installs what the tests of the page in a browser need: Chromium from Debian, Playwright beside the tests' packages, and
# axe-core from npm. Where one of them cannot be had it says so and goes on: those tests are then skipped.
set -uo pipefail
cd "$(dirname "$0")/.."
axe=4.14.1
sum=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
folder=.venv/share/axe-core

missing() { echo "tests in a browser will be skipped: no $1" >&2; exit 0; }

wanted=()
for name in chromium npm; do command -v "$name" >/dev/null || wanted+=("$name"); done
if [ "${#wanted[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then as=; elif command -v sudo >/dev/null; then as="sudo -n"; else missing "${wanted[*]}"; fi
  command -v apt-get >/dev/null || missing "${wanted[*]}"
  { $as apt-get update -qq && $as apt-get install -y -qq --no-install-recommends "${wanted[@]}"; } >/dev/null 2>&1
  for name in "${wanted[@]}"; do command -v "$name" >/dev/null || missing "$name"; done
fi

if ! .venv/bin/python -c 'import playwright' 2>/dev/null; then
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/browser.txt 2>/dev/null \
    || missing playwright
fi

if ! echo "$sum  $folder/axe.min.js" | sha256sum --check --status 2>/dev/null; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "axe-core@$axe" >/dev/null 2>&1 && tar xzf ./axe-core-*.tgz package/axe.min.js) \
    || missing axe-core
  echo "$sum  $work/package/axe.min.js" | sha256sum --check --status || missing "axe-core of the known content"
  mkdir -p "$folder" && cp "$work/package/axe.min.js" "$folder/"
fi
