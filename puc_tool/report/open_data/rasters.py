"""Rasters of the package: Cloud Optimized GeoTIFFs, each with what its cells say and how they look.

What is published is declared here; the bits of the causes are the tool's own notes and stay in the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import rasterio
import rasterio.shutil

from analyses.analysis import Analysis
from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.gardens.classes import CLASSES
from layers.text import Text, number, say
from puc_tool.maps import garden_theme
from puc_tool.report.findings import Findings

_COG = {
    "driver": "COG", "COMPRESS": "DEFLATE", "LEVEL": "9", "BLOCKSIZE": "512", "NUM_THREADS": "1",
    "STATISTICS": "NO", "PREDICTOR": "YES",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A colour of a raster: the cells of one number, or those up to ``most`` where cells are amounts."""

    most: float
    colour: str
    label: Text


@dataclass(frozen=True)
class Content:
    """What the cells of a raster say. ``unit`` is empty where they are numbers of classes."""

    label: Text
    steps: tuple[Step, ...]
    unit: str = ""
    is_classes: bool = False


@dataclass(frozen=True)
class RasterFile:
    """A published raster: its file, its content, and the side of a cell (m)."""

    analysis: Analysis
    id: str
    content: Content
    path: Path
    cell_m: float

    @property
    def name(self) -> str:
        """The name of its files."""
        return f"{self.analysis.id}_{self.id}".replace("-", "_")


def rasters(findings: Findings) -> Iterator[RasterFile]:
    """Yield every published raster that the runs wrote."""
    for found in findings.found.values():
        analysis = found.written.analysis
        for name, content in DECLARED.get(analysis.id, {}).items():
            path = found.written.folder / f"{name}.tif"
            if path.is_file():
                with rasterio.open(path) as dataset:
                    yield RasterFile(analysis, name, content, path, float(dataset.res[0]))


def cog(raster: RasterFile) -> bytes:
    """Return the raster as a Cloud Optimized GeoTIFF: tiled, with overviews, its parts in the order they are asked."""
    smaller = "NEAREST" if raster.content.is_classes else "AVERAGE"
    with TemporaryDirectory(prefix="puc-open-data-") as folder:
        path = Path(folder) / "cog.tif"
        # The statistics and the side-car that GDAL may add tell nothing the cells do not.
        with rasterio.Env(GDAL_PAM_ENABLED=False, GDAL_NUM_THREADS=1):
            rasterio.shutil.copy(raster.path, path, OVERVIEW_RESAMPLING=smaller, **_COG)
        return path.read_bytes()


def _classes() -> tuple[Step, ...]:
    colours = garden_theme.STYLES
    return tuple(Step(place, colours[each.code].colour, each.title) for place, each in enumerate(CLASSES, start=1))


def _scores() -> tuple[Step, ...]:
    """Return the classes of suitability as steps of the score, the lowest first."""
    graded = [each for each in CLASSES if each.code in ("S1", "S2", "S3", "N1", "N2")]
    mosts = [1.0, *(each.least for each in graded[:-1])]
    return tuple(
        Step(most, garden_theme.STYLES[each.code].colour, each.title)
        for most, each in reversed(list(zip(mosts, graded, strict=True)))
    )


def _even(most: float, unit: str) -> tuple[Step, ...]:
    """Return five even steps from none to ``most``, the darker the more."""
    colours = ("#f0ebd0", "#dfdab4", "#a6c898", "#67ad8b", "#1f6b52")
    ends = np.linspace(0.0, most, len(colours) + 1)[1:].tolist()
    decimals = 0 if most >= len(colours) else 2
    return tuple(
        Step(end, colour, say("fino a {n}{u}", "up to {n}{u}", n=number(end, decimals), u=unit and f" {unit}"))
        for end, colour in zip(ends, colours, strict=True)
    )


DECLARED: Mapping[str, Mapping[str, Content]] = {
    GARDEN_SUITABILITY.id: {
        "class": Content(Text("Classe di idoneità agli orti", "Class of suitability for gardens"), _classes(),
                         is_classes=True),
        "score_low": Content(Text("Punteggio più basso possibile (0–1)", "Lowest possible score (0–1)"), _scores()),
        "score_high": Content(Text("Punteggio più alto possibile (0–1)", "Highest possible score (0–1)"), _scores()),
        "consensus": Content(
            Text("Media del punteggio tra gli insiemi di pesi (0–1)", "Mean score of the sets of weights (0–1)"),
            _scores(),
        ),
        "disagreement": Content(
            Text("Scarto tipo del punteggio tra gli insiemi di pesi (0–0,5)",
                 "Standard deviation of the score between sets of weights (0–0.5)"),
            _even(0.5, ""),
        ),
        "suitable_draws_pct": Content(
            Text("Estrazioni di pesi in cui la cella è idonea", "Draws of weights in which the cell is suitable"),
            _even(100.0, "%"), "%",
        ),
    },
}  # fmt: skip
"""What is published of each analysis, by the name of the raster."""
