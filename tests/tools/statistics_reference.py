#!/usr/bin/env python3
"""Writes tests/data/statistics: spikes and potentials drawn at random, and their statistics by NumPy and SciPy.

Usage: statistics_reference.py FOLDER
"""
import json
import pathlib
import sys

import numpy as np
import scipy.signal

DT = 0.1  # ms
NEURONS = 12
FROM, TO = 2000, 42000  # steps: the window is FROM < stamp <= TO
END = 45000
SAMPLED = 50  # steps between samples of the potentials


def draw_spikes(rng):
    """Gamma trains of different order and rate, one neuron that never fires and one that fires twice."""
    trains = []
    for neuron in range(NEURONS - 2):
        mean, order = rng.uniform(150, 500), neuron % 3 + 1
        stamps = np.cumsum(rng.gamma(order, mean / order, size=2000)).astype(int) + 1
        trains.append(np.unique(stamps[stamps <= END]))
    return trains + [np.array([], dtype=int), np.array([2500, 30000])]


def draw_potentials(rng):
    """A common and an own random walk back to -60 mV."""
    common, own, rows = 0.0, np.zeros(6), []
    for _ in range(END // SAMPLED):
        common += -0.1 * common + rng.normal()
        own += -0.2 * own + rng.normal(size=6)
        rows.append(np.round(-60 + common + own, 3))
    return np.array(rows)


def counts(stamps, width):
    bins = (TO - FROM) // width
    inside = stamps[(stamps > FROM) & (stamps <= FROM + bins * width)]
    return np.bincount((inside - FROM - 1) // width, minlength=bins)


def statistics(trains, potentials):
    window = [t[(t > FROM) & (t <= TO)] for t in trains]
    pooled = np.concatenate(window)
    isis = [np.diff(t).astype(float) for t in window if len(t) >= 3]
    neighbours = [(np.abs(np.diff(i)), i[1:] + i[:-1]) for i in isis]
    fano = [c.var(ddof=1) / c.mean() for c in (counts(t, 1000) for t in window) if c.any()]
    in_1ms, in_5ms = counts(pooled, 10), counts(pooled, 50)
    pairs = np.corrcoef([counts(t, 50) for t in window if counts(t, 50).any()])
    sampled = potentials[FROM // SAMPLED:TO // SAMPLED]
    frequency, density = scipy.signal.welch(
        counts(pooled, 5) / (NEURONS * 5 * DT / 1000), fs=2000, window="hann", nperseg=1024,
        noverlap=512, detrend="constant", scaling="density")
    return {
        "spikes": len(pooled),
        "rate_Hz": len(pooled) / (NEURONS * (TO - FROM) * DT / 1000),
        "cv_isi": np.mean([i.std() / i.mean() for i in isis]),
        "cv_isi_neurons": len(isis),
        "cv2": np.mean([np.mean(2 * d / s) for d, s in neighbours]),
        "lv": np.mean([np.mean(3 * (d / s) ** 2) for d, s in neighbours]),
        "fano_100ms": np.mean(fano),
        "fano_1ms": in_1ms.var() / in_1ms.mean(),
        "fluctuation_1ms": in_1ms.std() / in_1ms.mean(),
        "fluctuation_5ms": in_5ms.std() / in_5ms.mean(),
        "correlation_5ms": np.mean(pairs[np.triu_indices(len(pairs), 1)]),
        "synchrony": np.sqrt(sampled.mean(axis=1).var() / sampled.var(axis=0).mean()),
        "spectrum_step_Hz": frequency[1],
        "spectrum": list(density),
    }


def main(folder):
    folder = pathlib.Path(folder)
    rng = np.random.default_rng(20)
    trains, potentials = draw_spikes(rng), draw_potentials(rng)
    rows = sorted((int(stamp), n) for n, train in enumerate(trains) for stamp in train)
    (folder / "spikes.csv").write_text("step,neuron\n" + "".join(f"{s},{n}\n" for s, n in rows))
    (folder / "potentials.csv").write_text("\n".join(",".join(f"{v:.3f}" for v in row) for row in potentials) + "\n")
    (folder / "expected.json").write_text(json.dumps(statistics(trains, potentials), indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
