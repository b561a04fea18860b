#!/usr/bin/env bash
# Prints the path of a pre-commit that runs here: the one on the PATH, the cached one, or an installation from PyPI into
# ${MESHWRIGHT_CACHE:-~/.cache/meshwright}. PRE_COMMIT_VERSION picks the version of the installation.
set -euo pipefail

version=${PRE_COMMIT_VERSION:-4.7.0}
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/pre-commit-$version

fail() {
  printf 'pre-commit.sh: %s\n' "$*" >&2
  exit 1
}

if found=$(command -v pre-commit) && "$found" --version >/dev/null 2>&1; then
  printf '%s\n' "$found"
  exit
fi
if "$cache/bin/pre-commit" --version >/dev/null 2>&1; then
  printf '%s\n' "$cache/bin/pre-commit"
  exit
fi

other='install pre-commit yourself and put it on the PATH'
command -v python3 >/dev/null || fail "python3 is needed to install pre-commit; $other"
printf 'Installing pre-commit %s (once; kept in %s)\n' "$version" "$cache" >&2
rm -rf "$cache"
python3 -m venv "$cache" >&2 || fail "python3 can't make a virtual environment here; $other"
"$cache/bin/pip" install --quiet --disable-pip-version-check "pre-commit==$version" >&2 ||
  fail "the installation failed; $other"
printf '%s\n' "$cache/bin/pre-commit"
