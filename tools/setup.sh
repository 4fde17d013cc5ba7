#!/usr/bin/env bash
# Makes .venv with everything pinned by hash, and installs this checkout into it. Does nothing when up to date.
# Needs a Python of at least 3.11; on Debian and Ubuntu it installs what venv lacks when it may.
set -euo pipefail
cd "$(dirname "$0")/.."
pins=requirements/${1:-run}.txt
venv=.venv
stamp=$venv/.installed-${1:-run}

python=
for name in python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  echo "需要 Python 3.11 或更新版本（Debian 12、Ubuntu 24.04 自带）：apt-get install python3 python3-venv" >&2
  exit 1
fi

# The sample report is copied at installation, also by an editable one.
sum=$(cat "$pins" pyproject.toml tools/setup.sh data/manifest.toml data/reports/* <("$python" -V) | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && [ -x $venv/bin/govreport ]; then
  exit 0
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  # Debian splits venv off; its package carries the version in its name.
  package=$("$python" -c 'import sys; print(f"python3.{sys.version_info[1]}-venv")')
  if [ "$(id -u)" = 0 ]; then as=; elif command -v sudo >/dev/null; then as=sudo; else as=none; fi
  if [ "$as" = none ] || ! command -v apt-get >/dev/null; then
    echo "缺少 $package，请先以管理员身份运行：apt-get install $package" >&2
    exit 1
  fi
  $as apt-get update -qq && $as apt-get install -y -qq "$package" python3-pip >/dev/null
fi

if ! [ -x $venv/bin/python ] || ! $venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  rm -rf $venv
  "$python" -m venv $venv
fi
echo "正在安装依赖（首次约一分钟）…" >&2
$venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/build.txt
$venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-build-isolation -r "$pins"
# The checkout itself has no hash: a second call.
$venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
echo "$sum" > "$stamp"
