#!/usr/bin/env bash
# Installs the Debian packages that are missing; names them where that is not possible. Usage: packages.sh build|test|check
set -euo pipefail

build=(g++ cmake ninja-build qt6-base-dev libqt6opengl6-dev qt6-charts-dev qt6-svg-dev libqcustomplot-dev
  nlohmann-json3-dev libcli11-dev libfftw3-dev)
tests=("${build[@]}" librapidcheck-dev libbenchmark-dev python3-jsonschema)
check=("${tests[@]}" clang-format clang-tidy git)
case "${1:-build}" in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${tests[@]}") ;;
  check) wanted=("${check[@]}") ;;
  *) echo "packages.sh: build, test or check" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} = 0 ] && exit 0

by_hand() {
  echo "Spikescope needs these packages: ${missing[*]}" >&2
  echo "Install them with: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
}
command -v apt-get >/dev/null || by_hand
if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
elif command -v sudo >/dev/null && [ -t 0 ]; then
  as_root=(sudo)
else
  by_hand
fi
echo "Installing: ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1
}
# The package lists may be missing or old: fetch them only where the first try fails.
install || { "${as_root[@]}" apt-get update >"$log" 2>&1 && install; } || { tail -n 20 "$log" >&2; by_hand; }
