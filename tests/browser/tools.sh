#!/bin/sh
# What the tests need from the machine: a browser, readers of PDF and QR, the rules of axe, a verifier of credentials, an authority of timestamps. Installed when this may be done, else named clearly.
set -u
cd "$(dirname "$0")"
missing=""
for pair in chromium-headless-shell:chromium-headless-shell pdftoppm:poppler-utils zbarimg:zbar-tools strace:strace openssl:openssl npm:npm; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing…"
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || { echo "Could not install$missing" >&2; exit 1; }
  else
    echo "The tests need$missing. As root: apt-get install$missing" >&2
    exit 1
  fi
fi
if [ ! -f node_modules/.done ] || [ package-lock.json -nt node_modules/.done ]; then
  npm ci --silent --no-audit --no-fund && touch node_modules/.done || { echo "The tests need axe-core and a verifier of credentials, from npm." >&2; exit 1; }
fi
