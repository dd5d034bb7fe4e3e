"""What is known of a dataset when its role is asked for: names, shape, fields, a sample, where it lies."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from layers.cell_sample import CellSample, cell_sample
from layers.crs import Bounds
from layers.formats.looking import Look
from layers.formats.vector import named_as
from layers.geometry_kinds import shape_of
from layers.raster import FileRaster
from layers.sampling import Sample, sample
from layers.source import Source
from layers.spec import Role, Shape

TABLE = "None"
"""The geometry of a table without any."""


@dataclass(frozen=True)
class Reach:
    """How the bounds of a dataset lie on those of the study: shares of the study's and of its own in common."""

    of_study: float
    of_itself: float


@dataclass(frozen=True)
class Subject:
    """A dataset whose role is asked for. ``offered`` is the role its format makes it for, as OpenStreetMap's tables.

    ``name`` holds file and table; ``extent`` is left, bottom, right, top in ``crs``.
    """

    name: str
    geometry: str
    fields: tuple[str, ...] = ()
    features: int = 0
    crs: CRS | None = None
    extent: tuple[float, float, float, float] | None = None
    sample: Sample | None = None
    cells: CellSample | None = None
    offered: str | None = None
    reach: Reach | None = None

    @property
    def shapes(self) -> frozenset[Shape] | None:
        """The shapes it holds; None where they are not known, and nothing for a table without geometry."""
        if self.geometry == "Raster":
            return frozenset({Shape.RASTER})
        if self.geometry == TABLE:
            return frozenset()
        if self.sample is not None and self.sample.shapes:
            return self.sample.shapes
        shape = shape_of(self.geometry.removeprefix("3D "))
        return None if shape is None else frozenset({shape})

    def fits(self, role: Role) -> bool:
        """Tell whether ``role`` takes the shape; one that is not known may be any vector."""
        return role.takes_vector if self.shapes is None else bool(self.shapes & set(role.shapes))


def of_table(source: Source, seen: Look) -> Subject:
    """Return the subject of a vector table, with a sample of its rows."""
    return Subject(
        _named(source.path.stem, source.stem, seen.name),
        seen.geometry,
        tuple(map(str, seen.fields)),
        seen.features,
        seen.crs,
        seen.extent,
        sample(source, seen),
        offered=seen.name if named_as(source, seen.name) else None,
    )


def of_raster(source: Source, raster: FileRaster) -> Subject:
    """Return the subject of a raster, with a sample of its cells."""
    return Subject(
        _named(source.path.stem, source.stem),
        "Raster",
        features=raster.grid.width * raster.grid.height,
        crs=raster.grid.crs,
        extent=raster.grid.bounds,
        cells=cell_sample(raster),
    )


def on_study(subject: Subject, bounds: Bounds, crs: CRS) -> Subject:
    """Return ``subject`` with how it lies on the study, whose ``bounds`` are in ``crs``."""
    if subject.crs is None or subject.extent is None:
        return subject
    try:
        moved = Transformer.from_crs(subject.crs, crs, always_xy=True).transform_bounds(*subject.extent)
    except ProjError:
        return subject
    if not all(map(math.isfinite, moved)):
        return subject
    study, own = shapely.box(*bounds), shapely.box(*moved)
    common = shapely.area(shapely.intersection(study, own))
    # The bounds of one point have no area, and lie on the study or not.
    of_itself = common / own.area if own.area else float(study.intersects(own))
    return replace(subject, reach=Reach(float(common / study.area), float(of_itself)))


def _named(*names: str) -> str:
    return " ".join(dict.fromkeys(names))
