#!/usr/bin/env bash
# Prints the path of a Prometheus that runs here: $PROMETHEUS, the one on the PATH, the cached one, or Debian's package,
# downloaded by apt-get and unpacked (nothing is installed) into ${MESHWRIGHT_CACHE:-~/.cache/meshwright}.
set -euo pipefail

cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/prometheus

fail() {
  printf 'prometheus.sh: %s\n' "$*" >&2
  exit 1
}

# answers PROMETHEUS: prints the path when that program says that it is Prometheus.
answers() {
  local said
  said=$("$1" --version 2>&1) || return 1
  [[ $said == prometheus,*version* ]] || return 1
  printf '%s\n' "$1"
}

# own PATH...: succeeds if each belongs to this user and nobody else may write it.
own() {
  local place
  for place; do
    [[ -O $place && -z $(find "$place" -maxdepth 0 \( -perm -020 -o -perm -002 \)) ]] || return 1
  done
}

if [[ -n ${PROMETHEUS:-} ]]; then
  answers "$PROMETHEUS" || fail "PROMETHEUS is set to $PROMETHEUS, and that is no Prometheus that runs here"
  exit
fi
if found=$(command -v prometheus) && answers "$found"; then exit; fi
if [[ -x $cache/prometheus ]] && own "$cache" "$cache/prometheus" && answers "$cache/prometheus"; then exit; fi

other='install Prometheus yourself, put it on the PATH or set PROMETHEUS to it'
for tool in apt-get dpkg-deb; do
  command -v "$tool" >/dev/null || fail "$tool is needed to download Prometheus; $other"
done

umask 022
mkdir -p "$cache"
own "$cache" || fail "$cache belongs to somebody else, or others may write it; remove it, or $other"
# Beside its final place, so that the rename is atomic and two downloads at once do no harm.
work=$(mktemp -d "$cache/download.XXXXXX")
trap 'rm -rf "$work"' EXIT
# apt-get downloads as a user of its own, who has to reach the folder.
chmod 755 "$work"
printf 'Downloading Prometheus (once; kept in %s)\n' "$cache" >&2
(cd "$work" && apt-get download --quiet prometheus >&2) || fail "the download failed (try apt-get update); $other"
dpkg-deb -x "$work"/prometheus_*.deb "$work/unpacked"
answers "$work/unpacked/usr/bin/prometheus" >/dev/null || fail "the downloaded Prometheus doesn't run here; $other"
mv -f "$work/unpacked/usr/bin/prometheus" "$cache/prometheus"
printf '%s\n' "$cache/prometheus"
