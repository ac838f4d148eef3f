#!/bin/sh
# Print the path of uv; fetch it into .uv/ when this machine has none. Progress and faults go to standard error.
set -eu
cd "$(dirname "$0")/.."

for uv in "$(command -v uv || true)" .uv/bin/uv .uv/lib/bin/uv; do
    if [ -n "$uv" ] && "$uv" --version >/dev/null 2>&1; then
        echo "$uv"
        exit
    fi
done

if ! command -v python3 >/dev/null; then
    echo "Python 3 is missing. Install it (Debian, Ubuntu: apt install python3 python3-venv) and try again." >&2
    exit 1
fi

echo "uv is not on this machine; fetching it into .uv/ …" >&2
rm -rf .uv
if python3 -m venv .uv >/dev/null 2>&1 && .uv/bin/pip install --quiet uv >&2; then
    echo .uv/bin/uv
    exit
fi

# Debian's Python comes without ensurepip: no virtual environment, but perhaps pip itself.
rm -rf .uv
if python3 -m pip install --quiet --target .uv/lib uv >&2; then
    echo .uv/lib/bin/uv
    exit
fi

rm -rf .uv
echo "uv could not be fetched: neither 'python3 -m venv' nor 'python3 -m pip' works, or the network is missing." >&2
echo "Install one of them (Debian, Ubuntu: apt install python3-venv) or uv itself, and try again." >&2
exit 1
