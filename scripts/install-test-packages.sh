#!/bin/sh
# Debian packages that the tests need: a browser, fonts for every script of the bot, PostgreSQL, Redis, gettext.
set -eu
packages="chromium fonts-noto-core postgresql redis-server gettext"

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
done
if [ -z "$missing" ]; then
    echo "All packages that the tests need are installed."
    exit
fi

as_root=""
if [ "$(id -u)" != 0 ]; then
    as_root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
echo "Installing:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
$as_root apt-get install -qq --yes --no-install-recommends $missing
