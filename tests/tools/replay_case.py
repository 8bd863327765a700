"""What the converters of reference data share: the files of one case for tests/support/replay."""
import csv
import json
from pathlib import Path


def number(text):
    """The shortest text of a number that the reference writes with 17 digits."""
    x = float(text)
    return repr(int(x)) if x == int(x) and abs(x) < 1e15 else repr(x)


def time(text):
    return number(round(float(text), 10))


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def write_case(folder, name, dt, duration, body, spikes, columns, samples):
    """`spikes`: (step, population, neuron); `samples`: step -> one text for each column."""
    folder.mkdir(parents=True, exist_ok=True)
    preset = {"format": "spikescope-preset", "version": 1, "id": name.lower().replace("_", "-"),
              "title": name, "simulation": {"dt": dt, "duration": duration, "seed": 1}, **body}
    (folder / "preset.json").write_text(json.dumps(preset, indent=1) + "\n")
    with open(folder / "spikes.csv", "w") as file:
        file.write("step,population,neuron\n")
        for spike in sorted(spikes):
            file.write("%d,%s,%d\n" % spike)
    with open(folder / "traces.csv", "w") as file:
        file.write(",".join(["step"] + columns) + "\n")
        for step in sorted(samples):
            file.write(",".join([str(step)] + samples[step]) + "\n")


def write_list(path, cases):
    """`cases`: (name, spikes until step, samples until step, tolerance, relative)."""
    with open(path, "w") as file:
        file.write("case,spikes_until,samples_until,tolerance,relative\n")
        for case in sorted(cases):
            file.write("%s,%d,%d,%g,%d\n" % case)
