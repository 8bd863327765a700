#!/usr/bin/env python3
"""Figures and plots of docs/performance.md; run by hand on a quiet machine.

Usage: performance.py measure PROGRAM FILE.csv   how cost grows with neurons, synapses, rate and threads
       performance.py plot FILE.csv FILE.svg     the same as a picture
       performance.py table FILE.json            `spikescope bench --json` as a table in Markdown
       performance.py profile PROGRAM            where the time of each row goes, likewise (needs perf)
"""
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import loglog

PRESET = pathlib.Path(__file__).resolve().parents[2] / "presets/brunel/brunel-ai.json"
COLUMNS = ["sweep", "series", "x", "cpu_s_per_s", "rate_hz", "events_per_s", "peak_rss_mb"]
REPETITIONS = 3
# Parts of a step by what their functions are called; the first that fits counts.
PARTS = {
    "build": r"SynapseBatch|make_|EqualRows|LaneRandom|list_begins|SynapseDraws|draw_each|set_bits",
    "delivery": r"BitMatrix|add_rows|write_bytes|CountedLists|WeightedLists|DenseRows|DelayedLists|ListWalk",
    "adding up": r"add_counts|add_term|add_up",
    "random input": r"Poisson|Inversion|normal|core::log|Noise|Random|StreamKey",
    "neurons": r"models::|step_|advance",
    "recording, exchange, rest": r".",
}


def brunel(**variables):
    """Brunel's network with other values; J follows C_E, so that the mean input stays what it is."""
    preset = json.loads(PRESET.read_text())
    preset["checks"] = []
    variables.setdefault("J", 0.1 * 1000 / variables.get("C_E", 1000))
    for name, value in variables.items():
        entry = preset["variables"][name]
        entry["value"] = value
        entry["min"], entry["max"] = min(value, entry["min"]), max(value, entry["max"])
    return preset


def run(program, preset, duration_ms):
    """The fastest of some runs with one thread; processor time is for a second of model time."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(preset, file)
        file.flush()
        command = [program, "run", file.name, "--duration", str(duration_ms), "--threads", "1", "--summary", "-",
                   "--quiet"]
        runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
                for _ in range(REPETITIONS)]
    seconds = duration_ms / 1000
    neurons = sum(population["size"] for population in runs[0]["populations"].values())
    spikes = runs[0]["spikes_total"]
    return {"cpu_s_per_s": min(r["simulate_cpu_s"] for r in runs) / seconds, "rate_hz": spikes / neurons / seconds,
            "events_per_s": spikes / seconds * runs[0]["synapses"] / neurons,
            "peak_rss_mb": min(r["peak_rss_mb"] for r in runs)}


def rows_of_bench(program, threads):
    """The processor time of the busiest thread in the networks of the benchmark."""
    names = ["brunel-ai", "brunel-sr", "brunel-individual", "izhikevich-sparse"]
    options = ["--json", "--repeat", str(2 * REPETITIONS), "--threads", str(threads), "--only"]
    bench = subprocess.run([program, "bench"] + options + names, check=True, capture_output=True)
    for row in json.loads(bench.stdout)["rows"]:
        one = row["runs"][0]
        yield row["name"], {"cpu_s_per_s": one["cpu_busiest_thread"], "rate_hz": one["rate_hz"],
                            "events_per_s": one["events_per_cpu_s"] * one["cpu"]}


def sweeps(program):
    for N_E in (1000, 2000, 5000, 10000, 20000, 50000, 100000):
        yield "neurons", "brunel-ai", N_E * 5 // 4, run(program, brunel(N_E=N_E), 300 if N_E < 50000 else 120)
    for C_E in (100, 200, 500, 1000, 2000):
        yield "synapses of a neuron", "brunel-ai", C_E * 5 // 4, run(program, brunel(C_E=C_E), 300)
    for g, name in ((5, "brunel-ai"), (3, "brunel-sr")):
        for eta in (1.1, 1.5, 2, 3, 4) if g == 5 else (0.9, 2):
            row = run(program, brunel(g=g, eta=eta), 300)
            yield "rate of a neuron, Hz", name, row["rate_hz"], row
    for threads in sorted({1, 2, os.cpu_count()}):
        for name, row in rows_of_bench(program, threads):
            yield "threads", name, threads, row


def measure(program, file):
    with open(file, "w", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        rows.writeheader()
        for sweep, series, x, row in sweeps(program):
            rows.writerow({"sweep": sweep, "series": series, "x": f"{x:.6g}"} | {k: f"{v:.6g}" for k, v in row.items()})
            print(sweep, series, x, row, file=sys.stderr)


def plot(file, picture):
    panels = {}
    with open(file, newline="") as rows:
        for row in csv.DictReader(rows):
            series = panels.setdefault(row["sweep"], {}).setdefault(row["series"], [])
            series.append((float(row["x"]), float(row["cpu_s_per_s"])))
    pathlib.Path(picture).write_text(loglog.picture(panels, "CPU s / biological s"))


def three_digits(value):
    return f"{value:.0f}" if value >= 1000 else f"{value:.3g}"


def table(file):
    bench = json.loads(pathlib.Path(file).read_text())
    print(f"{bench['processor']}, {bench['processors']} processors, {bench['instructions']} kernels, "
          f"Spikescope {bench['version']}.\n")
    print("| row | threads | unit | CPU | busiest thread | wall | must | good | stretch | reached | ns an event |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for row in bench["rows"]:
        for one in row["runs"]:
            goal = {level: f"{value:g}" for level, value in (one["goal"] or {}).items()}
            events = one["events_per_cpu_s"]
            per_event = three_digits(1e9 / events) if events else ""
            cells = [row["title"], one["threads"], row["unit"], three_digits(one["cpu"]),
                     three_digits(one["cpu_busiest_thread"]), three_digits(one["wall"]), goal.get("must", ""),
                     goal.get("good", ""), goal.get("stretch", ""), one["reached"] or "", per_event]
            print("| " + " | ".join(str(cell) for cell in cells) + " |")
        if row["left_out"]:
            print(f"| {row['title']} | left out: {row['left_out']} |" + " |" * 9)


def shares(program, row):
    """Of the time in the program's own code, without the build, what each part takes (percent)."""
    with tempfile.TemporaryDirectory() as folder:
        data = folder + "/perf.data"
        subprocess.run(["perf", "record", "-q", "-F", "1999", "-o", data, program, "bench", "--only", row, "--threads",
                        "1", "--repeat", str(4 * REPETITIONS)], check=True, capture_output=True)
        report = subprocess.run(["perf", "report", "-i", data, "--stdio", "--sort", "sym"], check=True,
                                capture_output=True, text=True).stdout
    spent = dict.fromkeys(PARTS, 0.0)
    for percent, symbol in re.findall(r"^ +([0-9.]+)% +\[\.\] (.*)$", report, re.MULTILINE):
        spent[next(part for part, names in PARTS.items() if re.search(names, symbol))] += float(percent)
    del spent["build"]
    return {part: 100 * value / sum(spent.values()) for part, value in spent.items()}


def profile(program):
    parts = [part for part in PARTS if part != "build"]
    print("| row | " + " | ".join(parts) + " |\n| --- |" + " --- |" * len(parts))
    rows = json.loads(subprocess.run([program, "bench", "--quick", "--json", "--threads", "1"], check=True,
                                     capture_output=True).stdout)["rows"]
    for row in (row["name"] for row in rows if row["name"] != "build"):
        spent = shares(program, row)
        print(f"| {row} | " + " | ".join(f"{spent[part]:.0f} %" for part in parts) + " |", flush=True)


if __name__ == "__main__":
    commands = {"measure": (measure, 2), "plot": (plot, 2), "table": (table, 1), "profile": (profile, 1)}
    if len(sys.argv) < 2 or sys.argv[1] not in commands or len(sys.argv) - 2 != commands[sys.argv[1]][1]:
        sys.exit(__doc__)
    commands[sys.argv[1]][0](*sys.argv[2:])
