#!/usr/bin/env bash
# Prints the paths of istioctl and of istio-xds (istio-xds/main.go says what it is), one a line: $ISTIOCTL and $ISTIO_XDS,
# those on the PATH, the cached ones, or a build of both from Go modules into ${MESHWRIGHT_CACHE:-~/.cache/meshwright}.
# The build takes about ten minutes and 5 GB of Go's caches on two cores, once. ISTIO_BUILD=no: fail instead of building.
# istio.sh istiod: prints the path of istiod itself instead ($ISTIOD, pilot-discovery on the PATH, cached or built); one more
# minute after the others.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/istio-1.31

fail() {
  printf 'istio.sh: %s\n' "$*" >&2
  exit 1
}

# istioctl_answers ISTIOCTL: whether that program says that it is istioctl.
istioctl_answers() {
  [[ $("$1" version --remote=false 2>/dev/null) == *version* ]]
}

# xds_answers ISTIO_XDS: whether that program is one that signs with a CA from files.
xds_answers() {
  [[ $("$1" dump -h 2>&1) == *bundle.pem* ]]
}

# Digest of the sources, so that an edit builds anew and two branches don't overwrite each other's.
sources() {
  cat "$here"/istio-xds/{*.go,go.mod,go.sum} | sha256sum | cut -c1-12
}

# build NAME PACKAGE FILE: FILE from a package, by the pinned go.mod.
build() {
  command -v go >/dev/null || fail "Go is needed to build $1; $other"
  [[ ${ISTIO_BUILD:-yes} == no ]] && fail "$1 is not there, and ISTIO_BUILD=no forbids to build it"
  mkdir -p "$cache"
  printf 'Building %s from Go modules (once; kept in %s)\n' "$1" "$cache" >&2
  # Beside its final place, so that the rename is atomic and two builds at once do no harm.
  local made=$3.$$
  (cd "$here/istio-xds" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly \
    go build -p 2 -trimpath -tags vtprotobuf -ldflags "$linked" -o "$made" "$2") >&2 ||
    fail "the build of $1 failed; $other"
  mv -f "$made" "$3"
}

version=istio.io/istio/pkg/version
linked="-s -w -X $version.buildVersion=1.31-dev -X $version.buildTag=1.31-dev -X $version.buildStatus=Clean"
other='set ISTIOCTL and ISTIO_XDS to programs that are built elsewhere'

# istiod_answers ISTIOD: whether that program says that it is istiod.
istiod_answers() {
  [[ $("$1" version 2>/dev/null) == *version* ]]
}

if [[ ${1:-} == istiod ]]; then
  other='set ISTIOD to a pilot-discovery that is built elsewhere'
  istiod=$cache/pilot-discovery
  if [[ -n ${ISTIOD:-} ]]; then
    istiod_answers "$ISTIOD" || fail "ISTIOD is set to $ISTIOD, and that is no istiod that runs here"
    istiod=$ISTIOD
  elif found=$(command -v pilot-discovery) && istiod_answers "$found"; then
    istiod=$found
  elif ! istiod_answers "$istiod"; then
    build istiod istio.io/istio/pilot/cmd/pilot-discovery "$istiod"
  fi
  printf '%s\n' "$istiod"
  exit
fi

istioctl=$cache/istioctl
if [[ -n ${ISTIOCTL:-} ]]; then
  istioctl_answers "$ISTIOCTL" || fail "ISTIOCTL is set to $ISTIOCTL, and that is no istioctl that runs here"
  istioctl=$ISTIOCTL
elif found=$(command -v istioctl) && istioctl_answers "$found"; then
  istioctl=$found
elif ! istioctl_answers "$istioctl"; then
  build istioctl istio.io/istio/istioctl/cmd/istioctl "$istioctl"
fi

xds=$cache/istio-xds-$(sources)
if [[ -n ${ISTIO_XDS:-} ]]; then
  xds_answers "$ISTIO_XDS" || fail "ISTIO_XDS is set to $ISTIO_XDS, and that is no istio-xds that runs here"
  xds=$ISTIO_XDS
elif ! xds_answers "$xds"; then
  build istio-xds . "$xds"
fi

printf '%s\n%s\n' "$istioctl" "$xds"
