"""What of the results is published: layers and tables by analysis, without what tells of single people or owners.

Source data are not published: their licences are their owners'; the metadata name them as where the results come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Analysis
from layers.formats import vector
from layers.source import locate
from layers.text import Text
from puc_tool import results
from puc_tool.report.findings import Findings, Found

PRIVATE_LAYERS = {("service-coverage", "homes"), ("service-coverage", "unreachable")}
PRIVATE_TABLES = {("service-coverage", "unreachable"), ("transformation-districts", "equalisation")}
PRIVATE_COLUMNS = ("owner",)
"""Residents house by house, and who owns what."""
GROUND_ALONE = {
    ("scenario-effects", "neighbourhood"),
    ("garden-suitability", "outline"),
    ("soil-consumption", "terrain"),
}
"""Layers that only tell where rows and cells lie: their ground is published with the layers that measure it."""

WITHHELD = Text(
    "Non sono pubblicati i residenti casa per casa e i nomi dei proprietari.",
    "Residents house by house and the names of owners are not published.",
)
DIMENSIONS = ("points", "lines", "areas")


@dataclass(frozen=True)
class Layer:
    """A published layer: one kind of geometry, in the study's CRS."""

    analysis: Analysis
    source: str
    dimension: int
    frame: GeoDataFrame

    @property
    def name(self) -> str:
        """The name of its table and of its files."""
        return f"{self.analysis.id}_{self.source}".replace("-", "_")


@dataclass(frozen=True)
class TableFile:
    """A published table: its file, and the words of its content."""

    analysis: Analysis
    id: str
    content: str


def layers(findings: Findings) -> Iterator[Layer]:
    """Yield every published layer; one of several kinds of geometry is parted by kind."""
    for found in findings.found.values():
        path = found.written.folder / results.LAYERS
        for name in vector.tables(locate(path)) if path.is_file() else ():
            if (found.written.analysis.id, name) not in PRIVATE_LAYERS | GROUND_ALONE:
                yield from _parted(found, name)


def tables(findings: Findings) -> Iterator[TableFile]:
    """Yield every published table, as the run wrote it but for the columns that are withheld."""
    for found in findings.found.values():
        analysis = found.written.analysis
        for spec in analysis.tables:
            frame = found.table(spec.id)
            if frame is not None and (analysis.id, spec.id) not in PRIVATE_TABLES:
                yield TableFile(analysis, spec.id, _content(found, spec.id, tuple(frame.columns)))


def _content(found: Found, table_id: str, columns: tuple[str, ...]) -> str:
    """Return the written words of a table: untouched, unless a column is withheld."""
    path = found.written.folder / f"{table_id}.csv"
    if not set(columns) & set(PRIVATE_COLUMNS):
        return path.read_text(encoding="utf-8")
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return frame[[name for name in frame.columns if name not in PRIVATE_COLUMNS]].to_csv(
        index=False, lineterminator="\n"
    )


def _parted(found: Found, name: str) -> Iterator[Layer]:
    frame = found.written.layer(name)
    assert frame is not None, "the name was read from the file"
    shown = frame[[column for column in frame.columns if column not in PRIVATE_COLUMNS]]
    dimension = shapely.get_dimensions(shown.geometry.to_numpy())
    kinds = [each for each in range(len(DIMENSIONS)) if (dimension == each).any()]
    for kind in kinds:
        label = name if len(kinds) == 1 else f"{name}_{DIMENSIONS[kind]}"
        rows = np.flatnonzero(dimension == kind)
        yield Layer(found.written.analysis, label, kind, shown.iloc[rows].reset_index(drop=True))
