#!/usr/bin/env bash
# Prints the path of Carvel's command `kapp`: $KAPP, the one on the PATH, the cached one, or a build from Go modules into
# ${MESHWRIGHT_CACHE:-~/.cache/meshwright}, which takes about two minutes on two cores, once.
# KAPP_BUILD=no: fail instead of building.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=0.64.0
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/kapp-$version

fail() {
  printf 'kapp.sh: %s\n' "$*" >&2
  exit 1
}

# kapp_answers KAPP: succeeds if that program says that it is kapp.
kapp_answers() {
  [[ $("$1" version 2>/dev/null) == kapp\ version* ]]
}

other='set KAPP to a program that is built elsewhere'

build() {
  command -v go >/dev/null || fail "Go is needed to build kapp; $other"
  [[ ${KAPP_BUILD:-yes} == no ]] && fail 'kapp is not there, and KAPP_BUILD=no forbids to build it'
  mkdir -p "$cache"
  printf 'Building kapp from Go modules (once; kept in %s)\n' "$cache" >&2
  # Beside its final place, so that the rename is atomic and two builds at once do no harm.
  local made=$1.$$
  (cd "$here/kapp" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly \
    go build -p 2 -trimpath -ldflags "-s -w -X carvel.dev/kapp/pkg/kapp/version.Version=$version" \
    -o "$made" carvel.dev/kapp/cmd/kapp) >&2 || fail "the build of kapp failed; $other"
  mv -f "$made" "$1"
}

kapp=$cache/kapp
if [[ -n ${KAPP:-} ]]; then
  kapp_answers "$KAPP" || fail "KAPP is set to $KAPP, and that is no kapp that runs here"
  kapp=$KAPP
elif found=$(command -v kapp) && kapp_answers "$found"; then
  kapp=$found
elif ! kapp_answers "$kapp"; then
  build "$kapp"
fi

printf '%s\n' "$kapp"
