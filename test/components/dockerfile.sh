#!/bin/sh
# Follows docs/Dockerfile where no container can be built: each instruction, in a copy-on-write view of this machine that
# is gone at the end. Stands for the base image: Node of the PATH, and a user `node` (1000). Needs root and unshare.
# APT=no leaves out the instructions that fetch packages.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/context"
cp "$top/docs/Dockerfile" "$work/context/"
(cd "$top" && npm pack --ignore-scripts --silent --pack-destination "$work/context" >/dev/null)
cat >"$work/inside" <<'EOF'
set -eu
work=$1 node=$2
mkdir "$work/layers"
mount -t tmpfs tmpfs "$work/layers"
mkdir "$work/layers/up" "$work/layers/tmp" "$work/layers/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/layers/up,workdir=$work/layers/tmp" "$work/layers/root"
root=$work/layers/root
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
cp -L "$node" "$root/usr/local/bin/node"
grep -q ^node: "$root/etc/passwd" || echo 'node:x:1000:1000::/home/node:/bin/sh' >>"$root/etc/passwd"
grep -q ^node: "$root/etc/group" || echo 'node:x:1000:' >>"$root/etc/group"
mkdir -p "$root/work"
path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
home=/root user=root entry=
# Joins lines that end in a backslash, as Docker does.
sed -e :a -e '/\\$/N; s/\\\n//; ta' "$work/context/Dockerfile" | grep -v '^#' >"$work/steps"
while read -r instruction rest; do
  echo "> $instruction $rest"
  case $instruction in
    FROM | WORKDIR | CMD) ;;
    COPY) eval "cp \"$work\"/context/${rest% *} \"$root${rest##* }\"" ;;
    ENV) home=${rest#HOME=} ;;
    USER) user=$rest ;;
    ENTRYPOINT) entry=$(echo "$rest" | tr -d '[]",') ;;
    RUN)
      case $rest in *apt-get*) [ "${APT:-yes}" = yes ] || continue ;; esac
      chroot "$root" env -i PATH=$path HOME=$home sh -ec "$rest" </dev/null
      ;;
    *) echo "unknown instruction $instruction" >&2 && exit 1 ;;
  esac
done <"$work/steps"
echo "> docker run mesh --version, as $user"
chroot --userspec=node:node "$root" env -i PATH=$path HOME=$home $entry --version
echo "> docker run --user 1234:1234 --volume .:/work mesh init | validate | compile"
mkdir "$root/work/hello"
chroot "$root" chown 1234:1234 /work/hello
in_folder() { chroot --userspec=1234:1234 "$root" env -i PATH=$path HOME=$home sh -ec 'cd /work/hello; exec "$@"' sh "$@"; }
in_folder git init --quiet
in_folder $entry init
in_folder $entry validate
in_folder $entry certs init
in_folder $entry compile --out build
in_folder sh -c '[ "$(stat -c %u mesh.yaml)" = 1234 ]'
echo "the image of docs/Dockerfile works"
EOF
unshare -m sh "$work/inside" "$work" "$(command -v node)"
