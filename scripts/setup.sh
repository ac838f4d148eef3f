#!/bin/sh
# Make .venv exactly as requirements.lock says, and put the command korpu into it.
set -eu
cd "$(dirname "$0")/.."

if [ "$(uname -s) $(uname -m)" != "Linux x86_64" ]; then
    echo "requirements.lock is for Linux on x86_64 (TensorFlow 2.12, which Rasa needs); this is $(uname -s) on $(uname -m)." >&2
    echo "Use such a machine, a virtual one or a container." >&2
    exit 1
fi

uv=$(scripts/find-uv.sh)

is_python_3_11() {
    .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null
}
if ! is_python_3_11; then
    rm -rf .venv
    "$uv" venv --quiet --python 3.11 .venv || {
        echo "Python 3.11 was neither found nor could it be fetched. Install it (package python3.11) and try again." >&2
        exit 1
    }
fi

quiet=--quiet
if [ -t 2 ]; then
    quiet=  # somebody is watching: show the progress
fi
echo "Installing what requirements.lock names into .venv (the first time takes some minutes) …"
# shellcheck disable=SC2086 # nothing, or one option
"$uv" pip sync $quiet --require-hashes --python .venv/bin/python requirements.lock
install -m 755 scripts/korpu.sh .venv/bin/korpu
# Tools that load a plug-in of ours (pybabel: bot.content.extraction) find it, wherever this folder is moved.
echo ../../../.. >.venv/lib/python3.11/site-packages/korpu.pth
touch .venv/.installed
echo "Installed. The command is .venv/bin/korpu."
