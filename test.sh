#!/usr/bin/env bash
# Installs what is missing, builds and runs every test. Arguments go to ctest, such as: ./test.sh -L engine
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
.ci/packages.sh test
.ci/build.sh release
ctest --preset release -j "$(nproc)" "$@"
