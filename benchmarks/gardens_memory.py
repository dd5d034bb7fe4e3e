"""Urban gardens of a region: what a run takes of memory when its ground is cut in strips and its scores lie in a file.

Run as ``python -m benchmarks.gardens_memory``; a number after it is the side of the made-up region in kilometres. The
run, from layers to written results, is done twice, each in a process of its own: within the room the tool gives it,
and within a quarter of the cells at once, scores in a file. Peak is what cannot be let go (anonymous memory), sampled;
pages of the file are the system's to keep or drop. Fails when the second run takes more than is said beforehand
(``analyses.gardens.room``), or when results differ.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter

from analyses.garden_suitability import garden_suitability
from analyses.gardens import ground
from analyses.gardens.params import GardenParams
from analyses.gardens.room import needed
from benchmarks.parts.hilly_commune import hilly_commune
from layers import scratch
from puc_tool.results import write_all

SIDE_KM = 20.0
SAMPLED_EVERY_S = 0.02


def child(side_m: float, room_cells: int, room_bytes: int, folder: Path) -> None:
    """Run once; print the peak less what stood before, in bytes, the seconds and a digest of what was written."""
    ground.ROOM_CELLS, scratch.ROOM_BYTES = room_cells, room_bytes
    garden_suitability(**hilly_commune(1500.0, 7), params=GardenParams(cell_m=10.0))  # kernels and libraries loaded
    inputs, before, start = hilly_commune(side_m, 7), anonymous(), perf_counter()
    with Peak() as peak:
        write_all(garden_suitability(**inputs), "garden-suitability", folder, is_demonstration=False)
    files = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".json", ".tif"))
    digest = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()
    print(peak.highest - before, perf_counter() - start, digest)


class Peak:
    """The highest anonymous memory of this process while it is open."""

    def __init__(self) -> None:
        self.highest, self._is_over = 0, Event()
        self._watch = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Peak:
        self._watch.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._is_over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._is_over.wait(SAMPLED_EVERY_S):
            self.highest = max(self.highest, anonymous())


def anonymous() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return 1024 * int(next(line.split()[1] for line in lines if line.startswith("RssAnon")))


def run(side_m: float, room_cells: int, room_bytes: int) -> tuple[float, str]:
    with TemporaryDirectory(prefix="puc-gardens-") as folder:
        words = [str(side_m), str(room_cells), str(room_bytes), folder]
        told = subprocess.run([sys.executable, "-m", "benchmarks.gardens_memory", *words],
                              check=True, capture_output=True, text=True)  # fmt: skip
    peak, seconds, digest = told.stdout.split()
    place = "a file" if room_bytes == 0 else "memory"
    print(f"  {room_cells / 1e6:5.1f} million cells at once, scores in {place}: peak {int(peak) / 1e9:.2f} GB, "
          f"{int(peak) / inside(side_m):.0f} bytes a cell inside, {float(seconds):.0f} s")  # fmt: skip
    return float(peak), digest


def inside(side_m: float) -> float:
    return (side_m / GardenParams().cell_m) ** 2


def main(side_km: float) -> int:
    side_m = side_km * 1000.0
    told = needed(hilly_commune(side_m, 7)["boundary"].geometry, GardenParams().cell_m)
    print(f"{told.inside / 1e6:.1f} million cells inside, {told.grid / 1e6:.1f} in the grid")
    _, first = run(side_m, 2 * int(told.grid), 1 << 40)
    peak, second = run(side_m, int(told.grid) // 4, 0)
    print(f"said beforehand: {told.memory / 1e9:.2f} GB; {'the same files' if first == second else 'files DIFFER'}")
    return 0 if first == second and peak <= told.memory else 1


if __name__ == "__main__":
    if len(sys.argv) == 5:
        child(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SIDE_KM))
