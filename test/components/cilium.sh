#!/usr/bin/env bash
# Prints the path of cilium-policy (cilium-policy/main.go says what it is): $CILIUM_POLICY, the cached one, or a build from Go
# modules into ${MESHWRIGHT_CACHE:-~/.cache/meshwright}. The build takes about five minutes and 3 GB of Go's caches on two cores,
# once. CILIUM_BUILD=no: fail instead of building.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/cilium-policy
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/cilium-1.20

fail() {
  printf 'cilium.sh: %s\n' "$*" >&2
  exit 1
}

# answers PROGRAM: whether that program says that it is cilium-policy.
answers() {
  [[ $("$1" 2>&1) == *'usage: cilium-policy'* ]]
}

# Digest of the sources, so that an edit builds anew and two branches don't overwrite each other's.
program=$cache/cilium-policy-$(cat "$here"/{*.go,go.mod,go.sum} | sha256sum | cut -c1-12)
if [[ -n ${CILIUM_POLICY:-} ]]; then
  answers "$CILIUM_POLICY" || fail "CILIUM_POLICY is set to $CILIUM_POLICY, and that is no cilium-policy that runs here"
  program=$CILIUM_POLICY
elif ! answers "$program"; then
  other='set CILIUM_POLICY to a program that is built elsewhere'
  [[ ${CILIUM_BUILD:-yes} == no ]] && fail 'cilium-policy is not there, and CILIUM_BUILD=no forbids to build it'
  command -v go > /dev/null || fail "Go is needed to build cilium-policy; $other"
  mkdir -p "$cache"
  printf 'Building cilium-policy from Go modules (once; kept in %s)\n' "$cache" >&2
  # Beside its final place, so that the rename is atomic and two builds at once do no harm.
  made=$program.$$
  (cd "$here" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly \
    go build -p 2 -trimpath -ldflags '-s -w' -o "$made" .) >&2 || fail "the build failed; $other"
  mv -f "$made" "$program"
fi
printf '%s\n' "$program"
