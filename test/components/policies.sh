#!/usr/bin/env bash
# policies.sh NAME: prints the path of a program that asks the own code of a mesh about its policies: cilium-policy, osm-policy or
# traefik-policy (NAME/main.go says what it is). That is $CILIUM_POLICY, $OSM_POLICY or $TRAEFIK_POLICY, the cached one, or a build
# from Go modules into ${MESHWRIGHT_CACHE:-~/.cache/meshwright}. The builds take about five, four and two minutes and 7 GB of Go's
# caches on two cores, once. Without NAME: builds all of them. POLICIES_BUILD=no: fail instead of building.
set -euo pipefail

components=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/policies

fail() {
  printf 'policies.sh: %s\n' "$*" >&2
  exit 1
}

# answers NAME PROGRAM: whether that program says that it is NAME.
answers() {
  [[ $("$2" 2>&1) == *"usage: $1"* ]]
}

# path_of NAME: prints the path of that program, and builds it if it must.
path_of() {
  local variable=${1^^}
  variable=${variable//-/_}
  local given=${!variable:-} sources=$components/$1
  if [[ -n $given ]]; then
    answers "$1" "$given" || fail "$variable is set to $given, and that is no $1 that runs here"
    printf '%s\n' "$given"
    return
  fi
  # Digest of the sources, so that an edit builds anew and two branches don't overwrite each other's.
  local program
  program=$cache/$1-$(cat "$sources"/{*.go,go.mod,go.sum} | sha256sum | cut -c1-12)
  if ! answers "$1" "$program"; then
    [[ ${POLICIES_BUILD:-yes} == no ]] && fail "$1 is not there, and POLICIES_BUILD=no forbids to build it"
    command -v go > /dev/null || fail "Go is needed to build $1; set $variable to a program that is built elsewhere"
    mkdir -p "$cache"
    printf 'Building %s from Go modules (once; kept in %s)\n' "$1" "$cache" >&2
    # Beside its final place, so that the rename is atomic and two builds at once do no harm.
    (cd "$sources" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly \
      go build -p 2 -trimpath -ldflags '-s -w' -o "$program.$$" .) >&2 ||
      fail "the build of $1 failed; set $variable to a program that is built elsewhere"
    mv -f "$program.$$" "$program"
  fi
  printf '%s\n' "$program"
}

if [[ $# -gt 0 ]]; then
  path_of "$1"
else
  for name in cilium-policy osm-policy traefik-policy; do path_of "$name"; done
  # The proxy of Traefik Mesh, which no Go module has.
  "$components/traefik.sh"
fi
