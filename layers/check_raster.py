"""What is wrong with a raster that is to play a role: where it lies, what it covers, which codes it holds."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import CRS, Transformer

from layers.problems import Problem, Severity
from layers.raster import Raster, values
from layers.spec import Role
from layers.text import Text, listing, number, say


def check_raster(raster: Raster, role: Role, boundary: shapely.Geometry, crs: CRS) -> list[Problem]:
    """Return every problem of ``raster`` on the ground of the study: place, cover, codes.

    ``boundary`` in ``crs``. Codes are looked at only over the boundary's bounds.
    """
    ground = _in_crs(boundary, crs, raster.grid.crs)
    covered = shapely.box(*raster.grid.bounds)
    # Where the raster's CRS has no such place, PROJ answers with infinity.
    if not np.isfinite(shapely.bounds(ground)).all() or not covered.intersects(ground):
        return [_raster_elsewhere(role)]
    outside = 1.0 - shapely.area(shapely.intersection(covered, ground)) / shapely.area(ground)
    problems = [_partly_covered(role, outside)] if outside > 1e-9 else []
    return problems + _codes_of_cells(raster, role, ground)


def _in_crs(geometry: shapely.Geometry, source: CRS, target: CRS) -> shapely.Geometry:
    if source == target:
        return geometry
    how = Transformer.from_crs(source, target, always_xy=True)
    return shapely.transform(geometry, lambda xy: np.column_stack(how.transform(xy[:, 0], xy[:, 1])))


def _codes_of_cells(raster: Raster, role: Role, ground: shapely.Geometry) -> list[Problem]:
    if role.cells is None:
        return []
    found, _ = values(raster, raster.grid.window_over(shapely.bounds(ground).tolist()))
    # 0 and 255 stand outside the ISPRA map: they count as no-data, as the legend says.
    unknown = [str(code) for code in found if code not in (0, 255) and role.cells.canonical(str(code)) is None]
    return [_unknown_cells(role, unknown)] if unknown else []


def _raster_elsewhere(role: Role) -> Problem:
    return Problem(
        "layer-elsewhere",
        role.title,
        Text("il raster cade fuori dal territorio dello studio.", "the raster lies outside the study's ground."),
        Text("Nessuna cella verrebbe contata.", "No cell would count."),
        Text("Controllare il sistema di riferimento e il foglio scelto.", "Check the CRS and the tile chosen."),
    )


def _partly_covered(role: Role, share: float) -> Problem:
    return Problem(
        "raster-partly-covered",
        role.title,
        say(
            "il raster lascia scoperto il {p} % del territorio.",
            "the raster leaves {p} % of the ground uncovered.",
            p=number(100 * share, 2),
        ),
        Text("Quella parte conta come senza dato.", "That part counts as no-data."),
        Text("Aggiungere il raster dell'area intera.", "Add the raster of the whole area."),
        Severity.WARNING,
    )


def _unknown_cells(role: Role, unknown: list[str]) -> Problem:
    return Problem(
        "code-unknown",
        role.title,
        say("le celle hanno codici non noti: {v}.", "cells hold unknown codes: {v}.", v=listing(unknown, most=12)),
        Text("Quelle celle contano come senza dato.", "Those cells count as no-data."),
        Text("Controllare che il raster sia quello del consumo di suolo ISPRA.", "Check it is the ISPRA raster."),
        Severity.WARNING,
    )
