"""Rasters of the package: Cloud Optimized GeoTIFFs, each with what its cells say and how they look.

What is published is declared here; the bits of the causes are the tool's own notes and stay in the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import rasterio
import rasterio.shutil

from analyses.analysis import Analysis
from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.gardens.classes import CLASSES
from layers.aside import folder_aside
from layers.text import Text
from puc_tool.maps.cell_themes import CONSENSUS, DISAGREEMENT, DRAWS, CellSteps
from puc_tool.maps.garden_colours import STYLES
from puc_tool.maps.garden_theme import ON_SCREEN
from puc_tool.maps.stepped_cells import stepped_cells
from puc_tool.maps.worn import Wardrobe, Worn
from puc_tool.report.findings import Findings
from puc_tool.written import Written

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
    opacity: float = 1.0


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


def rasters(findings: Findings, wardrobe: Wardrobe) -> Iterator[RasterFile]:
    """Yield every published raster that the runs wrote, in the style its results were given."""
    for found in findings.found.values():
        analysis = found.written.analysis
        for name, content in contents(found.written, wardrobe) if analysis is GARDEN_SUITABILITY else ():
            path = found.written.folder / f"{name}.tif"
            if path.is_file():
                with rasterio.open(path) as dataset:
                    yield RasterFile(analysis, name, content, path, float(dataset.res[0]))


def cog(raster: RasterFile) -> bytes:
    """Return the raster as a Cloud Optimized GeoTIFF: tiled, with overviews, its parts in the order they are asked."""
    smaller = "NEAREST" if raster.content.is_classes else "AVERAGE"
    with folder_aside("open-data") as folder:
        path = folder / "cog.tif"
        # The statistics and the side-car that GDAL may add tell nothing the cells do not.
        with rasterio.Env(GDAL_PAM_ENABLED=False, GDAL_NUM_THREADS=1):
            rasterio.shutil.copy(raster.path, path, OVERVIEW_RESAMPLING=smaller, **_COG)
        return path.read_bytes()


def _classes(worn: Worn) -> tuple[Step, ...]:
    colours = {code: worn.look(look, ON_SCREEN.get(code, code)).colour for code, look in STYLES.items()}
    return tuple(Step(place, colours[each.code], each.title) for place, each in enumerate(CLASSES, start=1))


def _scores(worn: Worn) -> tuple[Step, ...]:
    """Return the classes of suitability as steps of the score, the lowest first."""
    graded = [each for each in CLASSES if each.code in ("S1", "S2", "S3", "N1", "N2")]
    mosts = [1.0, *(each.least for each in graded[:-1])]
    return tuple(
        Step(most, worn.look(STYLES[each.code], each.code).colour, each.title)
        for most, each in reversed(list(zip(mosts, graded, strict=True)))
    )


def _stepped(written: Written, steps: CellSteps, wardrobe: Wardrobe) -> tuple[Step, ...]:
    """Return the classes that the map and the sheet draw of the same cells."""
    made = stepped_cells(steps, written, wardrobe)
    if made is None:
        return ()
    looks = zip((*made.ends, steps.most), made.cells.styles, made.classes, strict=True)
    return tuple(Step(end, look.colour, each.label) for end, look, each in looks)


def contents(written: Written, wardrobe: Wardrobe) -> Iterator[tuple[str, Content]]:
    """Yield what is published of the gardens' cells, by the name of the raster, in the style they were given."""
    worn = wardrobe.result(GARDEN_SUITABILITY.id, "suitability")
    yield "class", Content(Text("Classe di idoneità agli orti", "Class of suitability for gardens"), _classes(worn),
                           is_classes=True)  # fmt: skip
    scores = _scores(worn)
    yield "score_low", Content(Text("Punteggio più basso possibile (0–1)", "Lowest possible score (0–1)"), scores)
    yield "score_high", Content(Text("Punteggio più alto possibile (0–1)", "Highest possible score (0–1)"), scores)
    for steps, label in _STEPPED.items():
        made = _stepped(written, steps, wardrobe)
        if made:
            yield steps.raster, Content(label, made, steps.unit)


_STEPPED: Mapping[CellSteps, Text] = {
    CONSENSUS: Text("Media del punteggio tra gli insiemi di pesi (0–1)", "Mean score of the sets of weights (0–1)"),
    DISAGREEMENT: Text(
        "Scarto tipo del punteggio tra gli insiemi di pesi (0–0,5)",
        "Standard deviation of the score between sets of weights (0–0.5)",
    ),
    DRAWS: Text("Estrazioni di pesi in cui la cella è idonea", "Draws of weights in which the cell is suitable"),
}
