"""Proposing the roles of a folder against reading its files whole: ``python -m benchmarks.folder_roles``.

Ours is ``puc_tool.intake.folder_intake.add_folder`` on a new study of La Spezia: each dataset is opened, sampled,
checked and weighed against every role, tried in twelve CRS where it lies elsewhere, and what is clear is added. The
peer is ``geopandas.read_file`` with pyogrio, which reads every table of the same vector files and weighs nothing;
files that it refuses are left out of its time. One round of warm-up of the imports, then three rounds of each in
turn; told is the smallest ratio of processor time, and in how much of ours the first half of the datasets were told.
Fails above ``MOST_RATIO``. Without the real files it says so and passes.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import geopandas
import pyogrio

from analyses.progress import silent
from layers import communes
from puc_tool.intake.folder_intake import Talk, add_folder
from puc_tool.intake.folder_walk import datasets
from puc_tool.intake.outcomes import Outcome
from puc_tool.studies.study_making import make_study

ROUNDS = 3
MOST_RATIO = 6.0


def timed(run: Callable[[], object]) -> float:
    """Return seconds of the processors."""
    began = process_time()
    run()
    return process_time() - began


def ours(folder: Path, origin: Path, told_at: list[float]) -> None:
    began = process_time()

    def hear(outcome: Outcome) -> None:
        told_at.append(process_time() - began)

    add_folder(folder, origin, silent, Talk(hear=hear))


def peer(paths: list[Path]) -> None:
    for path in paths:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                for name, _ in pyogrio.list_layers(path):
                    geopandas.read_file(path, layer=name, engine="pyogrio")
            except Exception:  # noqa: BLE001 (broken on purpose, or no vector)
                continue


def one_round(origin: Path, paths: list[Path]) -> tuple[float, float]:
    """Return ours/peer, and the share of our time until half of all was told."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "studio"
        make_study(folder, [communes.find("La Spezia")], None, date(2026, 1, 1))
        told_at: list[float] = []
        mine = timed(lambda: ours(folder, origin, told_at))
        return mine / timed(lambda: peer(paths)), sorted(told_at)[len(told_at) // 2] / mine


def main() -> int:
    origin = Path(os.environ.get("PUC_REAL_DATA", ""))
    if not origin.name or not origin.is_dir():
        print("Without PUC_REAL_DATA there is no folder to propose roles for.")
        return 0
    paths, _ = datasets(origin, origin / "nowhere")
    peer(paths[:3])
    ratios, halves = zip(*(one_round(origin, paths) for _ in range(ROUNDS)), strict=True)
    print(f"{len(paths)} files: ours/peer {min(ratios):.2f} of processor time; half told after {min(halves):.0%}")
    return int(min(ratios) > MOST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
