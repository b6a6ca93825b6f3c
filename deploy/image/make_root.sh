#!/bin/sh
# Fills a folder with all that the container image holds: Deno, the libraries that it is linked to, and the
# program with its packages. To be called in a clone; deno, or Node with npm, does the rest.
#   sh deploy/image/make_root.sh FOLDER
set -eu

[ $# -eq 1 ] || { echo "usage: make_root.sh FOLDER" >&2; exit 2; }
root=$1
if [ -n "$(ls -A "$root" 2>/dev/null)" ]; then
  echo "error: $root is not empty; allowed: a folder that is new or empty" >&2
  exit 2
fi
clone=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$root"
root=$(cd "$root" && pwd)
cd "$clone"

with_deno() {
  if command -v deno >/dev/null; then deno "$@"; else npx -y deno@2.9.6 "$@"; fi
}

with_deno install --frozen --quiet
with_deno task image "$root/app"

program=$(with_deno eval 'console.log(Deno.execPath())')
mkdir -p "$root/usr/bin" "$root/etc/ssl/certs" "$root/dev" "$root/proc" "$root/tmp"
cp "$program" "$root/usr/bin/deno"
# The loader and the C library, at the paths that are written into the program.
ldd "$program" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
# By their certificates buckets are known.
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
fi
echo 'emofuse:x:65532:65532::/tmp:/nonexistent' >"$root/etc/passwd"
echo 'emofuse:x:65532:' >"$root/etc/group"
chmod 1777 "$root/tmp"
