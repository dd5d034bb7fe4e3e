"""The one way a dataset becomes a layer of a study: locate, read, shape, check, repair, reproject, place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers import crs as coordinate_systems
from layers import edits, mend, rome_datum
from layers.check import check, check_place, check_reach
from layers.check_features import check_features
from layers.check_raster import check_raster
from layers.crs import Operation
from layers.datum_grids import DatumGrids
from layers.edit_following import Followed
from layers.formats.raster import open_raster
from layers.formats.vector import named_as, read
from layers.join import join
from layers.plausible_crs import advised, lattice
from layers.problems import Problem, PucError, errors
from layers.raster import FileRaster
from layers.reference import LayerRef
from layers.shaping import shape
from layers.source import Source, locate
from layers.spec import Role
from layers.text import Text, hectares, number, same, say
from layers.tiling import tiling


@dataclass(frozen=True)
class Ground:
    """The study's place: its CRS, its boundary in that CRS once there is one, and the datum grids it brings."""

    crs: CRS
    boundary: shapely.Geometry | None = None
    grids: DatumGrids = ()


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
    edits: Followed | None = None


@dataclass(frozen=True)
class _Asked:
    """A source found for a role, and the CRS that the study gives it."""

    ref: LayerRef
    role: Role
    source: Source
    given: CRS | None


def take_in(ref: LayerRef, role: Role, folder: Path, ground: Ground) -> Intake:
    """Return the layer that ``ref`` names, fit for ``role`` in the study's CRS, or every reason why not."""
    try:
        source = locate(ref.path(folder), ref.layer)
        given = coordinate_systems.parse(ref.crs, role.title) if ref.crs else None
        asked = _Asked(ref, role, source, given)
        return _raster(asked, ground) if source.format.is_raster else _vector(asked, ground, folder)
    except PucError as error:
        return Intake(ref, role, None, error.problems)


def _raster(asked: _Asked, ground: Ground) -> Intake:
    ref, role, source = asked.ref, asked.role, asked.source
    if not role.takes_raster:
        raise PucError(_vector_wanted(role, source))
    opened = open_raster(source, asked.given, source.table(ref.layer))
    raster = replace(opened, grid=replace(opened.grid, datum_grids=ground.grids))
    found, operation = _raster_place(raster, role, ground)
    found = [*raster.remarks, *found]
    cells = raster.grid.width * raster.grid.height
    return Intake(ref, role, None if errors(found) else raster, tuple(found), operation, cells)


def _raster_place(raster: FileRaster, role: Role, ground: Ground) -> tuple[list[Problem], Operation | None]:
    if ground.boundary is None:
        return [], None
    crs, bounds = raster.grid.crs, raster.grid.bounds
    outline = GeoDataFrame(geometry=[shapely.box(*bounds)], crs=crs)
    found = rome_datum.doubts(outline, role, ground.crs)
    found += advised(
        check_raster(raster, role, ground.boundary, ground.crs), lattice(bounds), ground.boundary, ground.crs
    )
    if errors(found):
        return found, None
    operation = _operation_for(crs, ground)
    cells = say("Celle: {n}.", "Cells: {n}.", n=number(raster.grid.width * raster.grid.height))
    return found + coordinate_systems.remarks(operation, role.title, cells), operation


def _operation_for(crs: CRS, ground: Ground) -> Operation | None:
    if crs == ground.crs or ground.boundary is None:
        return None
    left, bottom, right, top = shapely.bounds(ground.boundary).tolist()
    area = coordinate_systems.geographic_bounds((left, bottom, right, top), ground.crs)
    return coordinate_systems.operation(crs, ground.crs, area, ground.grids)


def _vector(asked: _Asked, ground: Ground, folder: Path) -> Intake:
    ref, role, source = asked.ref, asked.role, asked.source
    if not role.takes_vector:
        raise PucError(_raster_wanted(role, source))
    raw, said = read(source, source.table(ref.layer) or named_as(source, role.id), ref.encoding)
    if asked.given is not None:
        raw = raw.set_crs(asked.given, allow_override=True)
    if ref.join is not None:
        raw, joined = join(raw, ref.join, folder)
        said += joined
    shaped, remarks = shape(raw, role, ref)
    source = shaped
    shaped, held, edited = edits.laid_over(source, role, ref, folder, lambda: _in_place(source, role, ground))
    said += remarks + edited + check(shaped, role)
    if errors(said):
        told = tuple(advised(said, shaped.geometry.to_numpy(), ground.boundary, ground.crs))
        return Intake(ref, role, None, told, edits=held)
    return replace(_placed(asked, mend.fit_shapes(shaped, role), ground, said), edits=held)


def _in_place(shaped: GeoDataFrame, role: Role, ground: Ground) -> GeoDataFrame | None:
    """Return a layer in the study's CRS, its geometry sound; None where it can't be brought there."""
    try:
        moved, _ = coordinate_systems.reproject(mend.fit_shapes(shaped, role), ground.crs, ground.grids)
    except PucError:  # told in its turn, on the same way in
        return None
    return mend.repair(moved, role)[0]


def _placed(asked: _Asked, layer: GeoDataFrame, ground: Ground, said: list[Problem]) -> Intake:
    role = asked.role
    moved, operation, told = _moved(layer, role, ground)
    sound, receipt = mend.repair(moved, role)
    said = said + told + receipt
    said += check_features(sound, role)
    if ground.boundary is not None:
        away = check_place(sound, role, ground.boundary)
        said += advised(away, layer.geometry.to_numpy(), ground.boundary, ground.crs)
        said += [] if away else check_reach(sound, role, ground.boundary)
    if role.is_partition and not errors(said):
        if ground.boundary is not None:
            said += tiling(sound, role, ground.boundary)
        sound, told = mend.partition(sound, role)
        said += told
    stopped = bool(errors(said))
    return Intake(
        asked.ref, role, None if stopped else sound, tuple(said), operation, len(sound), float(sound.area.sum())
    )


def _moved(layer: GeoDataFrame, role: Role, ground: Ground) -> tuple[GeoDataFrame, Operation | None, list[Problem]]:
    doubts = rome_datum.doubts(layer, role, ground.crs)
    try:
        moved, operation = coordinate_systems.reproject(layer, ground.crs, ground.grids)
    except PucError as error:
        told = advised(error.problems, layer.geometry.to_numpy(), ground.boundary, ground.crs)
        raise PucError(*doubts, *told) from error
    return moved, operation, doubts + coordinate_systems.remarks(operation, role.title, _uncertain(moved, operation))


def _uncertain(layer: GeoDataFrame, used: Operation | None) -> Text:
    """Say how much of ``layer`` an operation that is not exact touches: at most a strip along every outline."""
    accuracy_m = 0.0 if used is None else used.accuracy_m or 0.0
    count = say("Elementi: {n}", "Features: {n}", n=number(len(layer)))
    strip_m2 = accuracy_m and accuracy_m * float(layer.length[layer.area > 0].sum())
    if not strip_m2:
        return say("{c}.", "{c}.", c=count)
    return say(
        "{c}; lungo i loro bordi è incerta una fascia di al più {ha}.",
        "{c}; along their outlines a strip of at most {ha} is uncertain.",
        c=count,
        ha=hectares(strip_m2),
    )


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
