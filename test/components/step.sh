#!/usr/bin/env bash
# Prints the path of Smallstep's command `step`: $STEP, the one on the PATH, the cached one, or a build from Go modules
# into ${MESHWRIGHT_CACHE:-~/.cache/meshwright}, which takes about a minute on two cores, once.
# STEP_BUILD=no: fail instead of building.
set -euo pipefail

cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/step-0.21.0

fail() {
  printf 'step.sh: %s\n' "$*" >&2
  exit 1
}

# step_answers STEP: succeeds if that program says that it is Smallstep's command.
step_answers() {
  [[ $("$1" version 2>/dev/null) == Smallstep* ]]
}

other='set STEP to a program that is built elsewhere'

build() {
  command -v go >/dev/null || fail "Go is needed to build step; $other"
  [[ ${STEP_BUILD:-yes} == no ]] && fail 'step is not there, and STEP_BUILD=no forbids to build it'
  mkdir -p "$cache"
  printf 'Building step from Go modules (once; kept in %s)\n' "$cache" >&2
  # Beside its final place, so that the rename is atomic and two builds at once do no harm.
  local made
  made=$(mktemp -d "$cache/build.XXXXXX")
  (cd "$made" && env -u GOFLAGS CGO_ENABLED=0 GOTOOLCHAIN=local GOBIN="$made" \
    go install -p 2 -trimpath -ldflags '-s -w' github.com/smallstep/cli/cmd/step@v0.21.0) >&2 || {
    rm -rf "$made"
    fail "the build of step failed; $other"
  }
  mv -f "$made/step" "$1"
  rmdir "$made"
}

step=$cache/step
if [[ -n ${STEP:-} ]]; then
  step_answers "$STEP" || fail "STEP is set to $STEP, and that is no step that runs here"
  step=$STEP
elif found=$(command -v step) && step_answers "$found"; then
  step=$found
elif ! step_answers "$step"; then
  build "$step"
fi

printf '%s\n' "$step"
