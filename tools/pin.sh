#!/usr/bin/env bash
# Writes the hashed pins anew. Needs uv, which is no dependency: it is fetched into a folder of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home"
"$home/bin/pip" install -q uv
compile=("$home/bin/uv" pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url
  --no-emit-find-links --no-header --no-annotate)
"${compile[@]}" requirements/build.in --unsafe-package none -o requirements/build.txt
"${compile[@]}" pyproject.toml -o requirements/run.txt
"${compile[@]}" pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
"${compile[@]}" requirements/browser.in -o requirements/browser.txt
"${compile[@]}" requirements/audit.in -o requirements/audit.txt
"${compile[@]}" requirements/fuzz.in -o requirements/fuzz.txt
