#!/usr/bin/env bash
# Installs what is missing, builds, and opens the window; arguments are passed on. Without a display it runs the default preset,
# draws the same window off screen and leaves the picture and the CSV files in ./output.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
here=$PWD

.ci/packages.sh build
.ci/build.sh release spikescope
program=$here/build/release/spikescope
cd "$OLDPWD"

if [ $# -gt 0 ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$program" "$@"
fi

preset=izh2003-rs
out=$here/output
mkdir -p "$out"
echo "No display: running $preset and drawing its window off screen."
"$program" run "$preset" --traces "$out/$preset-traces.csv" --spikes "$out/$preset-spikes.csv" --quiet
"$program" --screenshot "$out/$preset.png" --after 250 "$preset"
echo "Window  $out/$preset.png"
echo "Traces  $out/$preset-traces.csv"
echo "Spikes  $out/$preset-spikes.csv"
