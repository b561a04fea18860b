#!/usr/bin/env bash
# Prints the path of Consul's agent: $CONSUL, the one on the PATH, the cached one, or a build from Go modules into
# ${MESHWRIGHT_CACHE:-~/.cache/meshwright}. The build takes about seven minutes and 4 GB of Go's caches on two cores,
# once; `go-discover` stands in for the module that finds servers in clouds, whose SDKs are most of a plain build.
# CONSUL_BUILD=no: fail instead of building.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/consul-1.22.7

fail() {
  printf 'consul.sh: %s\n' "$*" >&2
  exit 1
}

# consul_answers CONSUL: whether that program says that it is Consul.
consul_answers() {
  [[ $("$1" version 2>/dev/null) == Consul* ]]
}

other='set CONSUL to a program that is built elsewhere'

build() {
  command -v go >/dev/null || fail "Go is needed to build Consul; $other"
  [[ ${CONSUL_BUILD:-yes} == no ]] && fail 'Consul is not there, and CONSUL_BUILD=no forbids to build it'
  mkdir -p "$cache"
  printf 'Building Consul from Go modules (once; kept in %s)\n' "$cache" >&2
  # Beside its final place, so that the rename is atomic and two builds at once do no harm.
  local made=$1.$$
  (cd "$here/consul" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly \
    go build -p 2 -trimpath -ldflags '-s -w' -o "$made" github.com/hashicorp/consul) >&2 ||
    fail "the build of Consul failed; $other"
  mv -f "$made" "$1"
}

consul=$cache/consul
if [[ -n ${CONSUL:-} ]]; then
  consul_answers "$CONSUL" || fail "CONSUL is set to $CONSUL, and that is no Consul that runs here"
  consul=$CONSUL
elif found=$(command -v consul) && consul_answers "$found"; then
  consul=$found
elif ! consul_answers "$consul"; then
  build "$consul"
fi

printf '%s\n' "$consul"
