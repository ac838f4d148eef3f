#!/bin/sh
# Write requirements.lock from pyproject.toml: exact versions with hashes, for Linux on x86_64, without any host's name.
set -eu
cd "$(dirname "$0")/.."
uv=$(scripts/find-uv.sh)
"$uv" pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
    --python-version 3.11 --python-platform x86_64-manylinux_2_31 --output-file requirements.lock pyproject.toml "$@"
echo "requirements.lock is written. Run 'make setup' to install it, and 'make test'."
