#!/usr/bin/env bash
# Install Chromium, a Chinese font and axe-core for `make test-pictures`, if they are missing.
#
# Usage: tools/browser_tests.sh DIRECTORY_FOR_AXE_CORE
# System packages come from apt-get (if it exists and the user may run it); axe-core comes from npm.
set -euo pipefail
node=${1:?a directory for axe-core}

missing=()
command -v chromium >/dev/null 2>&1 || [ -n "${CHROMIUM:-}" ] || missing+=(chromium)
command -v fc-list >/dev/null 2>&1 || missing+=(fontconfig)
# The stored pictures use this font.
[ -n "$(fc-list 'Noto Sans CJK SC' 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
if [ ! -f "$node/node_modules/axe-core/axe.min.js" ]; then
  command -v npm >/dev/null 2>&1 || missing+=(npm)
fi

if [ ${#missing[@]} -gt 0 ]; then
  as=()
  [ "$(id -u)" = 0 ] || as=(sudo -n)
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "install these first: ${missing[*]} (CHROMIUM=/path/to/chromium names another browser)" >&2
    exit 2
  fi
  "${as[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null
fi

if [ ! -f "$node/node_modules/axe-core/axe.min.js" ]; then
  mkdir -p "$node"
  npm install --prefix "$node" --no-package-lock --no-audit --no-fund --loglevel=error \
    --ignore-scripts axe-core@4 >/dev/null
fi
