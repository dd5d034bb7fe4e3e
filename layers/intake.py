"""The one way a dataset becomes a layer of a study: locate, read, shape, check, repair, reproject, place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers import crs as coordinate_systems
from layers import mend
from layers.check import check, check_place
from layers.check_raster import check_raster
from layers.crs import Operation
from layers.formats.raster import open_raster
from layers.formats.vector import read
from layers.join import join
from layers.problems import Problem, PucError, errors
from layers.raster import FileRaster
from layers.reference import LayerRef
from layers.shaping import shape
from layers.source import Source, locate
from layers.spec import Role
from layers.text import Text, same, say


@dataclass(frozen=True)
class Ground:
    """The study's place: its CRS and, once there is one, its boundary in that CRS."""

    crs: CRS
    boundary: shapely.Geometry | None = None


@dataclass(frozen=True)
class Intake:
    """What came of taking a layer in. ``layer`` is None if an error stands among the problems."""

    ref: LayerRef
    role: Role
    layer: GeoDataFrame | FileRaster | None
    problems: tuple[Problem, ...] = ()
    operation: Operation | None = None
    features: int | None = None
    area_m2: float | None = None


def take_in(ref: LayerRef, role: Role, folder: Path, ground: Ground) -> Intake:
    """Return the layer that ``ref`` names, fit for ``role`` in the study's CRS, or every reason why not."""
    try:
        source = locate(ref.path(folder))
        given = coordinate_systems.parse(ref.crs, role.title) if ref.crs else None
        if source.format.is_raster:
            return _raster(source, ref, role, given, ground)
        return _vector(source, ref, role, given, ground, folder)
    except PucError as error:
        return Intake(ref, role, None, error.problems)


def _raster(source: Source, ref: LayerRef, role: Role, given: CRS | None, ground: Ground) -> Intake:
    if not role.takes_raster:
        raise PucError(_vector_wanted(role, source))
    raster = open_raster(source, given)
    found = [] if ground.boundary is None else check_raster(raster, role, ground.boundary, ground.crs)
    stopped = bool(errors(found))
    operation = None if stopped or ground.boundary is None else _operation_for(raster.grid.crs, ground)
    cells = raster.grid.width * raster.grid.height
    return Intake(ref, role, None if stopped else raster, tuple(found), operation, cells)


def _operation_for(crs: CRS, ground: Ground) -> Operation | None:
    if crs == ground.crs or ground.boundary is None:
        return None
    left, bottom, right, top = shapely.bounds(ground.boundary).tolist()
    area = coordinate_systems.geographic_bounds((left, bottom, right, top), ground.crs)
    return coordinate_systems.operation(crs, ground.crs, area)


def _vector(source: Source, ref: LayerRef, role: Role, given: CRS | None, ground: Ground, folder: Path) -> Intake:
    if not role.takes_vector:
        raise PucError(_raster_wanted(role, source))
    raw, said = read(source, ref.layer, ref.encoding)
    if given is not None:
        raw = raw.set_crs(given, allow_override=True)
    if ref.join is not None:
        raw, joined = join(raw, ref.join, folder)
        said += joined
    shaped, remarks = shape(raw, role, ref)
    said += remarks + check(shaped, role)
    if errors(said):
        return Intake(ref, role, None, tuple(said))
    return _placed(mend.fit_shapes(shaped, role), ref, role, ground, said)


def _placed(layer: GeoDataFrame, ref: LayerRef, role: Role, ground: Ground, said: list[Problem]) -> Intake:
    moved, operation = coordinate_systems.reproject(layer, ground.crs)
    sound, receipt = mend.repair(moved, role)
    said = said + receipt + ([] if ground.boundary is None else check_place(sound, role, ground.boundary))
    if role.is_partition and not errors(said):
        sound, told = mend.partition(sound, role)
        said += told
    stopped = bool(errors(said))
    return Intake(ref, role, None if stopped else sound, tuple(said), operation, len(sound), float(sound.area.sum()))


def _vector_wanted(role: Role, source: Source) -> Problem:
    return Problem(
        "vector-wanted",
        role.title,
        say("«{s}» è un raster.", "“{s}” is a raster.", s=source.name),
        Text("Per questo ruolo servono punti, linee o poligoni.", "This role wants points, lines or polygons."),
        Text("Indicare un livello vettoriale.", "Name a vector layer."),
    )


def _raster_wanted(role: Role, source: Source) -> Problem:
    return Problem(
        "raster-wanted",
        role.title,
        say("«{s}» non è un raster.", "“{s}” is not a raster.", s=source.name),
        Text("Per questo ruolo servono celle.", "This role wants cells."),
        Text("Indicare un GeoTIFF, una griglia ASCII o un HGT.", "Name a GeoTIFF, an ASCII grid or an HGT."),
    )


def missing_role(role_id: str) -> Problem:
    """Return the problem of a role that does not exist."""
    return Problem(
        "role-unknown",
        same(role_id),
        Text("questo ruolo non esiste.", "there is no such role."),
        remedy=Text("I ruoli si vedono con «puc-tool list roles».", "See the roles with “puc-tool list roles”."),
    )
