#!/usr/bin/env bash
# delegates.sh NAME: prints the path of a program that signs as a delegate: cert-manager, trust-manager (NAME/main.go says what it
# is) or spire-server. That is $CERT_MANAGER, $TRUST_MANAGER or $SPIRE_SERVER, the cached one, or a build from Go modules into
# ${MESHWRIGHT_CACHE:-~/.cache/meshwright}; the CRDs of the first two lie beside it, in PROGRAM.crds. Without NAME: builds all.
# The builds took 10, 9 and 23 minutes on two busy cores, once. SPIRE needs a C compiler, too, for its database.
# DELEGATES_BUILD=no: fail instead of building.
set -euo pipefail

components=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/delegates

fail() {
  printf 'delegates.sh: %s\n' "$*" >&2
  exit 1
}

# answers NAME PROGRAM: whether that program says that it is NAME.
answers() {
  case $1 in
    spire-server) [[ $("$2" --version 2>&1) =~ ^[0-9]+\.[0-9]+\.[0-9]+ ]] ;;
    *) [[ $("$2" 2>&1) == *"usage: $1"* ]] ;;
  esac
}

# build NAME SOURCES PROGRAM: builds from a pinned go.mod.
build() {
  local name=$1 sources=$2 program=$3 package=. cgo=0
  if [[ $name == spire-server ]]; then
    command -v cc > /dev/null || fail 'a C compiler is needed to build spire-server; set SPIRE_SERVER to one that is built elsewhere'
    package=github.com/spiffe/spire/cmd/spire-server cgo=1
  fi
  # Beside its final place, so that the rename is atomic and two builds at once do no harm.
  (cd "$sources" && CGO_ENABLED=$cgo GOTOOLCHAIN=local GOFLAGS=-mod=readonly \
    go build -p 2 -trimpath -ldflags '-s -w' -o "$program.$$" "$package") >&2 || return 1
  if [[ $name != spire-server ]]; then
    local module
    module=$(cd "$sources" && GOTOOLCHAIN=local go list -m -f '{{.Dir}}' "github.com/cert-manager/$name")
    mkdir -p "$program.crds"
    install -m 644 "$module"/deploy/crds/*.yaml "$program.crds/"
  fi
  mv -f "$program.$$" "$program"
}

# path_of NAME: prints the path of that program, and builds it if it must.
path_of() {
  local variable=${1^^}
  variable=${variable//-/_}
  local given=${!variable:-} sources=$components/${1%-server}
  if [[ -n $given ]]; then
    answers "$1" "$given" || fail "$variable is set to $given, and that is no $1 that runs here"
    printf '%s\n' "$given"
    return
  fi
  # Digest of the sources, so that an edit builds anew and two branches don't overwrite each other's.
  local program
  program=$cache/$1-$(find "$sources" -type f \( -name '*.go' -o -name 'go.*' \) -print0 | sort -z | xargs -0 cat | sha256sum | cut -c1-12)
  if ! answers "$1" "$program"; then
    [[ ${DELEGATES_BUILD:-yes} == no ]] && fail "$1 is not there, and DELEGATES_BUILD=no forbids to build it"
    command -v go > /dev/null || fail "Go is needed to build $1; set $variable to a program that is built elsewhere"
    mkdir -p "$cache"
    printf 'Building %s from Go modules (once; kept in %s)\n' "$1" "$cache" >&2
    build "$1" "$sources" "$program" || fail "the build of $1 failed; set $variable to a program that is built elsewhere"
  fi
  printf '%s\n' "$program"
}

if [[ $# -gt 0 ]]; then
  path_of "$1"
else
  for name in cert-manager trust-manager spire-server; do path_of "$name"; done
fi
