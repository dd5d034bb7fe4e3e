"""How long the window takes to come up on a study, and how long it then keeps anybody waiting while layers are read.

``python -m benchmarks.window [STUDY]`` takes a study that has been run, or makes the demonstration (minutes). Each
start is a process of its own; the first is not counted, it warms the disk. Up is the first turn of the event loop after
the window was shown; a wait is the longest time between two turns until layers and results are on the map. The peer is
a process that only loads the libraries the window needs: what no order of work can save.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from puc_tool.cli import main as puc

STARTS = 5
UP_S, WAIT_S = 3.0, 0.5
LIBRARIES = "geopandas, numba, pyogrio, rasterio, scipy.sparse, qtawesome, PySide6.QtWidgets"
_PEER = f"import json, time; a = time.perf_counter(); import {LIBRARIES}; print(json.dumps(time.perf_counter() - a))"


def main() -> int:
    with TemporaryDirectory(prefix="puc-bench-") as place:
        study = Path(sys.argv[1]) if len(sys.argv) > 1 else _made(Path(place) / "demo")
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start")
        _said("-m", "benchmarks.parts.window_start", str(study))
        pairs = [(_said("-m", "benchmarks.parts.window_start", str(study)), _said("-c", _PEER)) for _ in range(STARTS)]
    up = median(start["up"] for start, _ in pairs)
    wait = median(start["wait"] for start, _ in pairs)
    ratio = median(start["up"] / peer for start, peer in pairs)
    print(f"up / its libraries loaded {ratio:.2f} ×")
    held = [_told("window up, warm", up, UP_S), _told("longest wait while layers are read", wait, WAIT_S)]
    return 0 if all(held) else 1


def _made(folder: Path) -> Path:
    if puc(["demo", str(folder), "--quiet"]):
        raise SystemExit("the demonstration study could not be made")
    return folder


def _said(*words: str) -> Mapping[str, float] | float:
    """Return what a Python of its own says on its last line."""
    names = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True, env=names)
    return json.loads(done.stdout.splitlines()[-1])


def _told(what: str, found_s: float, most_s: float) -> bool:
    print(f"{what:<40} {found_s:6.2f} s  ≤ {most_s} s {'' if found_s <= most_s else '  NOT held'}")
    return found_s <= most_s


if __name__ == "__main__":
    raise SystemExit(main())
