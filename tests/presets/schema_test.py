#!/usr/bin/env python3
"""Holds presets/preset.schema.json to the program with an independent validator.

usage: schema_test.py PROGRAM PRESETS_FOLDER
The schema is a valid one, accepts every shipped preset, and schema and `PROGRAM validate` give the answers
that schema_cases.py expects of damaged files. Needs python3-jsonschema; without it the test fails.
"""
import copy
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from jsonschema import Draft202012Validator

from schema_cases import ACCEPTED_BY_BOTH, REFUSED_BY_BOTH, REFUSED_BY_THE_PROGRAM


def damaged(presets, case):
    base, path, change = case
    document = copy.deepcopy(presets[base])
    *parents, key = path.split("/")
    place = document
    for name in parents:
        place = place[int(name)] if isinstance(place, list) else place[name]
    change(place, int(key) if isinstance(place, list) else key)
    return document


def main(program, folder):
    folder = Path(folder)
    schema = json.loads((folder / "preset.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    presets = {}
    failures = []
    for path in sorted(folder.glob("*/*.json")):
        presets[path.stem] = json.loads(path.read_text())
        for error in validator.iter_errors(presets[path.stem]):
            failures.append("%s: %s" % (path.name, error.message[:200]))
    if len(presets) < 20:
        failures.append("only %d presets in %s" % (len(presets), folder))

    tables = ((REFUSED_BY_BOTH, False, False), (REFUSED_BY_THE_PROGRAM, True, False), (ACCEPTED_BY_BOTH, True, True))
    count = 0
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "preset.json"
        for cases, schema_accepts, program_accepts in tables:
            for name, case in cases:
                count += 1
                document = damaged(presets, case)
                file.write_text(json.dumps(document))
                said = next((e.message for e in validator.iter_errors(document)), None)
                if (said is None) != schema_accepts:
                    failures.append("%s: the schema %s it: %s" % (name, "refuses" if said else "accepts", (said or "")[:200]))
                run = subprocess.run([program, "validate", str(file)], capture_output=True, text=True, timeout=60)
                if run.returncode not in (0, 1) or (run.returncode == 0) != program_accepts:
                    failures.append("%s: the program ends with %d: %s" % (name, run.returncode, (run.stdout + run.stderr)[:300]))
    for line in failures:
        print(line)
    print("%d presets, %d cases, %d failures" % (len(presets), count, len(failures)))
    return 1 if failures or not presets else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
