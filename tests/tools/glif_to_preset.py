#!/usr/bin/env python3
"""Brings checkpoints of the GLIF example protocol (JSON) to presets of format 1.

usage: glif_to_preset.py LEVELS OUTPUT

As nest_to_preset.py, without the random input from 600 ms on.
"""
import json
import sys
from pathlib import Path

from replay_case import number, write_case, write_list

UNITS = {"V_m": "_mV", "threshold": "_mV", "threshold_spike": "_mV", "threshold_voltage": "_mV",
         "ASCurrents_sum": "_pA", "I": "_pA", "g_1": "_nS", "g_2": "_nS"}


def convert(path, output):
    level = json.loads(path.read_text())
    dt, delay, protocol = level["dt_ms"], level["delay_ms"], level["protocol"]
    until = 600.0
    stimuli = []
    for port, key in ((1, "exc_spikes"), (2, "inh_spikes")):
        stimuli.append({"type": "spike_train", "target": "n", "port": port, "delay": delay,
                        "times": [t for t, _ in protocol[key]], "weights": [w for _, w in protocol[key]]})
    for start, stop, amplitude in protocol["current_steps"]:
        stimuli.append({"type": "dc", "target": "n", "start": start, "stop": stop, "amplitude": amplitude, "delay": delay})
    variables = level["columns"][1:]
    params = dict(level["parameters"], **level["flags"])
    params = {k: v for k, v in params.items() if k != "V_m"}
    body = {"populations": [{"name": "n", "size": 1, "model": "glif_cond", "params": params}],
            "stimuli": stimuli,
            "record": {"traces": [{"population": "n", "neurons": [0], "variables": variables}]}}
    samples = {round(row[0] / dt): [number(x) for x in row[1:]] for row in level["checkpoints"] if row[0] <= until}
    spikes = [(round(t / dt), "n", 0) for t in level["spike_times_ms_before_600"]]
    write_case(output / path.stem, path.stem, dt, until, body, spikes,
               ["n.0." + v + UNITS[v] for v in variables], samples)
    return (path.stem, round(until / dt), round(until / dt), 1e-4, 0)


def main():
    levels, output = map(Path, sys.argv[1:3])
    write_list(output / "cases.csv", [convert(path, output) for path in sorted(levels.glob("*.json"))])


if __name__ == "__main__":
    main()
