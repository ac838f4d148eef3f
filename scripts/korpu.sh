#!/bin/sh
# The command korpu, from any folder. scripts/setup.sh puts it into .venv/bin.
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd) || exit 1
export PYTHONPATH="$root"
exec "$root/.venv/bin/python" -P -m bot.cli "$@"
