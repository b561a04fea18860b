#!/usr/bin/env bash
# Prints the paths of kube-apiserver and of etcd, one a line: $KUBE_APISERVER and $ETCD, those on the PATH, the cached ones,
# or, into ${MESHWRIGHT_CACHE:-~/.cache/meshwright}, a build of the first from Go modules and a copy of the second out of
# Debian's package, which isn't installed. The build takes about six minutes and 3 GB of Go's caches on two cores, once.
# KUBERNETES_BUILD=no: fail instead of building.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=1.35.4
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/kubernetes-$version

fail() {
  printf 'kubernetes.sh: %s\n' "$*" >&2
  exit 1
}

# apiserver_answers PROGRAM: whether that program says that it is a kube-apiserver.
apiserver_answers() {
  [[ $("$1" --version 2>/dev/null) == Kubernetes\ v* ]]
}

# etcd_answers PROGRAM: whether that program says that it is an etcd.
etcd_answers() {
  [[ $("$1" --version 2>/dev/null) == *etcd\ Version* ]]
}

# build_apiserver FILE: FILE from the pinned go.mod.
build_apiserver() {
  command -v go >/dev/null || fail 'Go is needed to build kube-apiserver; set KUBE_APISERVER to one that is built elsewhere'
  [[ ${KUBERNETES_BUILD:-yes} == no ]] && fail 'kube-apiserver is not there, and KUBERNETES_BUILD=no forbids to build it'
  mkdir -p "$cache"
  printf 'Building kube-apiserver from Go modules (once; kept in %s)\n' "$cache" >&2
  local package=k8s.io/component-base/version
  # Beside its final place, so that the rename is atomic and two builds at once do no harm.
  local made=$1.$$
  (cd "$here/kube-apiserver" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly \
    go build -p 2 -trimpath -o "$made" -ldflags "-s -w -X $package.gitVersion=v$version -X $package.gitMajor=1 \
      -X $package.gitMinor=35 -X $package.gitTreeState=clean" k8s.io/kubernetes/cmd/kube-apiserver) >&2 ||
    fail 'the build of kube-apiserver failed; set KUBE_APISERVER to one that is built elsewhere'
  mv -f "$made" "$1"
}

# unpack_etcd FILE: FILE out of the package etcd-server.
unpack_etcd() {
  command -v apt-get >/dev/null || fail 'etcd comes from a Debian package; set ETCD to one that is installed elsewhere'
  [[ ${KUBERNETES_BUILD:-yes} == no ]] && fail 'etcd is not there, and KUBERNETES_BUILD=no forbids to fetch it'
  mkdir -p "$cache"
  local folder
  folder=$(mktemp -d)
  # apt's own user has to be able to write there.
  chmod 755 "$folder"
  (cd "$folder" && { apt-get -qq download etcd-server || { apt-get -qq update && apt-get -qq download etcd-server; }; } >&2 &&
    dpkg-deb -x etcd-server_*.deb unpacked && install -m 755 unpacked/usr/bin/etcd "$1.$$" && mv -f "$1.$$" "$1") ||
    fail 'etcd could not be fetched; set ETCD to one that is installed elsewhere'
  rm -rf "$folder"
}

apiserver=$cache/kube-apiserver
if [[ -n ${KUBE_APISERVER:-} ]]; then
  apiserver_answers "$KUBE_APISERVER" || fail "KUBE_APISERVER is set to $KUBE_APISERVER, and that is no kube-apiserver that runs here"
  apiserver=$KUBE_APISERVER
elif found=$(command -v kube-apiserver) && apiserver_answers "$found"; then
  apiserver=$found
elif ! apiserver_answers "$apiserver"; then
  build_apiserver "$apiserver"
fi

etcd=$cache/etcd
if [[ -n ${ETCD:-} ]]; then
  etcd_answers "$ETCD" || fail "ETCD is set to $ETCD, and that is no etcd that runs here"
  etcd=$ETCD
elif found=$(command -v etcd) && etcd_answers "$found"; then
  etcd=$found
elif ! etcd_answers "$etcd"; then
  unpack_etcd "$etcd"
fi

printf '%s\n%s\n' "$apiserver" "$etcd"
