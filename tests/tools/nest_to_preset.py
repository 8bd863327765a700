#!/usr/bin/env python3
"""Brings cases recorded with NEST (folders with case.json and CSV files) to presets of format 1.

usage: nest_to_preset.py CASES OUTPUT [--match TEXT] [--thin N]

Each case becomes a folder of OUTPUT: preset.json with its CSV files, spikes.csv and traces.csv (every
N-th sample), both counted in steps. OUTPUT/cases.csv lists them with what is demanded of a replay.
"""
import argparse
import json
from pathlib import Path

from replay_case import number, rows, time, write_case, write_list

# Largest deviation from NEST: its integrator of glif_cond works to 1e-3; the others are exact or the
# same operations in the same order.
TOLERANCE = {"glif_cond": 1e-3, "glif_psc": 1e-9, "iaf_psc_delta": 1e-9, "izhikevich": 1e-6}


def parameters(case):
    """Those with a value; NEST writes -inf where there is no bound."""
    return {k: v for k, v in case["parameters"].items() if v not in ("-inf", "inf", None)}


def spike_train(source, folder, is_current):
    stimulus = {"type": "spike_train", "target": "n", "delay": source["delay_ms"]}
    if "receptor" in source:
        stimulus["port"] = source["receptor"]
    elif is_current:
        stimulus["port"] = 1
    if "file" in source:
        data = rows(folder / source["file"])
        stimulus["times"] = [float(time(r["t_ms"])) for r in data]
        stimulus["weights"] = [float(r["weight_mV"]) for r in data]
    else:
        stimulus["times"], stimulus["weights"] = source["times_ms"], source["weights"]
    return stimulus


def step_current(source):
    amplitudes = source.get("amplitude_values_pA", source.get("amplitude_values"))
    stimulus = {"type": "step_current", "target": "n", "times": source["amplitude_times_ms"],
                "amplitudes": amplitudes, "delay": source["delay_ms"]}
    for key in ("start", "stop"):
        if key + "_ms" in source:
            stimulus[key] = source[key + "_ms"]
    return stimulus


def one_neuron(case, folder, out):
    params, start = parameters(case), case["initial_state"]
    init = {"V_m": start["V_m_mV"]}
    if params.get("after_spike_currents"):
        params.pop("asc_init")
        init["ASCurrents"] = start["ASCurrents_pA"]
    # A weight is a jump of v with the consistent scheme, else a current for one step.
    is_current = case.get("consistent_integration") is False
    if case["model"] == "izhikevich":
        params["integrator"] = "net2003" if is_current else "euler"
        init["U_m"] = start["U_m"]
    given = case["stimulus"]
    stimuli = [spike_train(s, folder, is_current) for s in given.get("spike_inputs", [])]
    if given.get("step_current", {}).get("amplitude_times_ms"):
        stimuli.append(step_current(given["step_current"]))
    if "replayed_train" in given:
        train = given["replayed_train"]
        with open(out / "train.csv", "w") as file:
            file.write("time_ms,weight\n")
            for r in rows(folder / train["file"]):
                weight = train["weight"] * float(r["multiplicity"])
                file.write("%s,%s\n" % (time(r["t_ms"]), number(weight)))
        stimuli.append({"type": "spike_train", "target": "n", "file": "train.csv",
                        "port": train["receptor"], "delay": train["delay_ms"]})
    return {"populations": [{"name": "n", "size": 1, "model": case["model"], "params": params, "init": init}],
            "stimuli": stimuli,
            "record": {"traces": [{"population": "n", "neurons": [0], "variables": case["recorded"]}]}}


def network(case, folder, out, recorded):
    excitatory, inhibitory = case["NE"], case["NI"]

    def place(index):
        return ("E", index) if index < excitatory else ("I", index - excitatory)

    V_m = [float(r["V_m_mV"]) for r in rows(folder / case["initial_state"]["V_m_mV"])]
    pairs = {}
    for r in rows(folder / case["connections"]["file"]):
        (a, source), (b, target) = place(int(r["source"])), place(int(r["target"]))
        line = "%d,%d,%s,%s\n" % (source, target, number(r["weight_mV"]), time(r["delay_ms"]))
        pairs.setdefault((a, b), []).append(line)
    projections = []
    for (a, b), lines in sorted(pairs.items()):
        name = "connections_%s%s.csv" % (a, b)
        (out / name).write_text("source,target,weight,delay\n" + "".join(lines))
        projections.append({"source": a, "target": b, "rule": {"rule": "explicit", "file": name}})
    external = case["external_input"]
    trains = {"E": [], "I": []}
    for r in rows(folder / external["file"]):
        population, neuron = place(int(r["neuron"]))
        weight = external["weight_mV"] * float(r["multiplicity"])
        trains[population].append("%d,%s,%s\n" % (neuron, time(r["t_ms"]), number(weight)))
    stimuli = []
    for population, lines in trains.items():
        name = "external_%s.csv" % population
        (out / name).write_text("neuron,time_ms,weight\n" + "".join(lines))
        stimuli.append({"type": "spike_train", "target": population, "file": name,
                        "delay": external["delay_ms"]})
    populations, traces = [], []
    for name, size, first in (("E", excitatory, 0), ("I", inhibitory, excitatory)):
        populations.append({"name": name, "size": size, "model": case["model"], "params": parameters(case),
                            "init": {"V_m": {"values": V_m[first:first + size]}}})
        neurons = [i for p, i in map(place, recorded) if p == name]
        if neurons:
            traces.append({"population": name, "neurons": neurons, "variables": ["V_m"]})
    return {"populations": populations, "projections": projections, "stimuli": stimuli,
            "record": {"traces": traces}}


def convert(folder, output, thin):
    case = json.loads((folder / "case.json").read_text())
    out = output / folder.name
    out.mkdir(parents=True, exist_ok=True)
    dt, duration = case["dt_ms"], case["t_sim_ms"]
    samples = {}
    for name in ("traces.csv", "traces_full.csv"):
        if (folder / name).exists():
            for r in rows(folder / name)[::thin]:
                samples[round(float(r.pop("t_ms")) / dt)] = r
    names = list(next(iter(samples.values())))
    excitatory = case.get("NE")
    if excitatory is None:
        columns = ["n.0." + c for c in names]
        body = one_neuron(case, folder, out)
        spikes = [(round(float(r["t_ms"]) / dt), "n", 0) for r in rows(folder / "spikes.csv")]
    else:
        recorded = [int(c.split("_")[2]) for c in names]  # V_m_<neuron>_mV
        columns = ["E.%d.V_m_mV" % i if i < excitatory else "I.%d.V_m_mV" % (i - excitatory) for i in recorded]
        body = network(case, folder, out, recorded)
        spikes = []
        for r in rows(folder / "spikes.csv"):
            i = int(r["neuron"])
            where = ("E", i) if i < excitatory else ("I", i - excitatory)
            spikes.append((round(float(r["t_ms"]) / dt), *where))
    texts = {step: [number(r[c]) for c in names] for step, r in samples.items()}
    write_case(out, folder.name, dt, duration, body, spikes, columns, texts)
    steps = round(duration / dt)
    return (folder.name, steps, steps, TOLERANCE[case["model"]], 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--match", default="")
    parser.add_argument("--thin", type=int, default=1)
    arguments = parser.parse_args()
    done = []
    for folder in sorted(arguments.cases.iterdir()):
        if (folder / "case.json").exists() and arguments.match in folder.name and not folder.name.startswith("brunel"):
            done.append(convert(folder, arguments.output, arguments.thin))
    write_list(arguments.output / "cases.csv", done)


if __name__ == "__main__":
    main()
