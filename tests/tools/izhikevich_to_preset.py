#!/usr/bin/env python3
"""Brings protocols of Izhikevich's firing types (JSON) to presets of format 1.

usage: izhikevich_to_preset.py PROTOCOLS OUTPUT

As nest_to_preset.py; the samples are the checkpoints of the protocols.
"""
import json
import sys
from pathlib import Path

from replay_case import number, write_case, write_list

# The currents that are given as formulas of t = k dt, the beginning of the step.
RAMPS = {"G": lambda t: 0.075 * (t - 30) if t > 30 else 0.0}


def convert(path, output):
    protocol = json.loads(path.read_text())
    dt, steps = protocol["dt_ms"], protocol["n_steps"]
    name = protocol["id"]
    if isinstance(protocol["stimulus_steps"], str):
        times = [k * dt for k in range(steps)]
        amplitudes = [RAMPS[name](t) for t in times]
    else:
        times = [first * dt for first, _, _ in protocol["stimulus_steps"]]
        amplitudes = [I for _, _, I in protocol["stimulus_steps"]]
    params = dict(protocol["parameters"], integrator="figure1", **protocol["quadratic"])
    if protocol["u_equation"] == "a*b*(v+65)":
        params.update(v_ref=-65, u_leak=0)
    body = {"populations": [{"name": "n", "size": 1, "model": "izhikevich", "params": params,
                             "init": {"V_m": protocol["v0"], "U_m": protocol["u0"]}}],
            "stimuli": [{"type": "step_current", "target": "n", "times": times, "amplitudes": amplitudes}],
            "record": {"traces": [{"population": "n", "neurons": [0], "variables": ["V_m", "U_m"]}]}}
    spiking = set(protocol["spike_steps"])
    # At a spike the checkpoint has the peak and a sample the reset value.
    samples = {c["step"] + 1: [number(params["c"] if c["step"] in spiking else c["v_after"]), number(c["u_after"])]
               for c in protocol["checkpoints"]}
    write_case(output / path.stem, path.stem, dt, steps * dt, body,
               [(k + 1, "n", 0) for k in protocol["spike_steps"]], ["n.0.V_m_mV", "n.0.U_m"], samples)
    return (path.stem, steps, steps, 1e-6, 1)


def main():
    protocols, output = map(Path, sys.argv[1:3])
    write_list(output / "cases.csv", [convert(path, output) for path in sorted(protocols.glob("*.json"))])


if __name__ == "__main__":
    main()
