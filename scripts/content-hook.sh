#!/bin/sh
# Before a commit: hold the editors' files, as they are about to be committed, to every rule. Switch it on once with
#   ln -s ../../scripts/content-hook.sh .git/hooks/pre-commit
# It speaks the language of the computer; `git config korpu.lang az` (or en, ru) chooses another.
set -eu
root=$(git rev-parse --show-toplevel)
cd "$root"

if git diff --cached --quiet -- locales; then
    exit 0
fi
if [ ! -x .venv/bin/python ]; then
    echo "The texts cannot be checked before the program is installed: run \`make setup\`, then commit again." >&2
    exit 1
fi
KORPU_LANG=$(git config --get korpu.lang || echo "${KORPU_LANG:-}")
export KORPU_LANG

# What is committed is the index, not the folder: somebody may have added only half of a change.
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
git ls-files -z -- locales | git checkout-index -z --stdin --prefix="$staged/"
if ! git diff --cached --name-only --diff-filter=d -z -- locales |
    sed -z "s|^|$staged/|" |
    PYTHONPATH="$root" xargs -0 .venv/bin/python -P -m bot.cli content check --locales "$staged/locales" >&2
then
    echo "Nothing was committed." >&2
    exit 1
fi
