"""QGIS as a peer: one process of its own Python, so that its start is measured apart from its work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter

import geopandas as gpd

from benchmarks.parts.landscape import Layer
from benchmarks.parts.peer import Missing, Peer

PYTHON = Path("/usr/bin/python3")
"""The system's: QGIS has its own GDAL and PROJ, which do not mix with those of a venv."""


class Qgis:
    """A running QGIS without a window; ``folder`` is for the layers it reads and goes with it."""

    def __init__(self) -> None:
        if not PYTHON.exists() or subprocess.run([PYTHON, "-c", "import qgis"], capture_output=True).returncode:
            raise Missing("QGIS (no python3-qgis)")
        start = perf_counter()
        self.folder = Path(mkdtemp(prefix="puc-qgis-"))
        kept = ("PATH", "LANG", "LD_LIBRARY_PATH")
        names = {name: os.environ[name] for name in kept if name in os.environ}
        self.process = subprocess.Popen(
            [PYTHON, Path(__file__).with_name("qgis_worker.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**names, "QT_QPA_PLATFORM": "offscreen", "HOME": str(self.folder)},
        )  # fmt: skip
        self.said("ready")
        print(f"    QGIS started in {perf_counter() - start:.1f} s, not counted")

    def said(self, what: str) -> str:
        """Return the first line that begins as an answer does; QGIS prints other things too."""
        for line in self.process.stdout:
            if line.startswith(what):
                return line
        raise RuntimeError("QGIS has ended")

    def ask(self, *request: object) -> dict[str, object]:
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.said("{"))

    def load(self, name: str, frame: gpd.GeoDataFrame) -> None:
        path = self.folder / f"{name}.gpkg"
        frame.to_file(path, driver="GPKG", engine="pyogrio", VERSION="1.2")
        self.ask("load", name, str(path))

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder)


def qgis_intersection(layers: Sequence[Layer]) -> Peer:
    """Return the chain of native:intersection; the seconds end before areas are summed."""
    qgis = Qgis()
    for layer in layers:
        shapes = gpd.GeoSeries(list(layer.polygons), crs=7791)
        qgis.load(layer.name, gpd.GeoDataFrame({layer.name: layer.classes}, geometry=shapes))
    answer: dict[str, object] = {}

    def run() -> float:
        answer.update(qgis.ask("cross", [layer.name for layer in layers]))
        return answer["seconds"]

    def cells() -> dict[tuple[int, ...], float]:
        return {tuple(map(int, key.split(","))): area for key, area in answer["cells"].items()}

    return Peer("QGIS", run, cells, qgis.close)
