"""Small made-up datasets on disk, and the road by which a test reads them."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
import shapely

Town = Callable[..., Path]
HERE = Path(__file__).parent
LIMIT_S = 20
"""How long (seconds of the processor) one small file may take: more is a hang."""

WAIT_S = 8 * LIMIT_S
"""How long an answer is waited for: the machine may have other things to do."""


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Write two zones of 100 m x 100 m side by side, near La Spezia, under any name; return where they lie."""

    def write(
        name: str = "zone.gpkg", crs: str | None = "EPSG:7791", layer: str | None = None, **options: object
    ) -> Path:
        left, bottom = 566_000, 4_883_000
        boxes = [shapely.box(left + i * 100, bottom, left + (i + 1) * 100, bottom + 100) for i in (0, 1)]
        zones = gpd.GeoDataFrame({"ZONA": ["A", "B"], "NOME": ["Città", "Forlì"]}, geometry=boxes, crs="EPSG:7791")
        placed = zones.to_crs(crs) if crs else zones
        pyogrio.write_dataframe(placed, tmp_path / name, layer=layer, **options)
        return tmp_path / name

    return write


class Worker:
    """A process that answers requests about files; one that crashes or hangs is told, and replaced by a new one."""

    def __init__(self, home: Path) -> None:
        self._home, self._running = home, None

    def __call__(self, **request: object) -> dict[str, Any]:
        """Return the answer to ``request`` (see ``reading_worker.py``), or fail the test with what became of it."""
        if self._running is None:
            self._running = self._started()
        print(json.dumps(request), file=self._running.stdin, flush=True)
        ready, _, _ = select.select([self._running.stdout], [], [], WAIT_S)
        line = self._running.stdout.readline() if ready else ""
        if not line:
            pytest.fail(f"{'crashed' if ready else f'hung for {WAIT_S} s'}: {request}\n{self.end()}")
        answer: dict[str, Any] = json.loads(line)
        if "raised" in answer:
            pytest.fail(f"{request}\n{answer['raised']}")
        assert answer.pop("processor_s") < LIMIT_S, request
        return answer

    def end(self) -> str:
        """End the process and return the last it said on standard error."""
        if self._running is not None:
            self._running.kill()
            self._running.communicate()
            self._running = None
        return (self._home / "stderr.txt").read_text(encoding="utf-8", errors="replace")[-3000:]

    def _started(self) -> subprocess.Popen[str]:
        home = {name: str(self._home) for name in ("HOME", "XDG_STATE_HOME")}
        with (self._home / "stderr.txt").open("w", encoding="utf-8") as said:
            return subprocess.Popen(
                [sys.executable, "-X", "faulthandler", str(HERE / "reading_worker.py")],
                cwd=HERE.parents[1],
                env={**os.environ, **home, "PYTHONPATH": str(HERE.parents[1])},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )


@pytest.fixture(scope="session")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """Give the process that reads files which may crash a driver, or hang it."""
    asked = Worker(tmp_path_factory.mktemp("worker"))
    yield asked
    asked.end()
