"""Coordinate systems: metric or not, and which operation PROJ really uses between two of them."""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from layers.datum_grids import FOLDER, DatumGrids
from layers.in_chunks import in_chunks
from layers.operations import GEOGRAPHIC as GEOGRAPHIC
from layers.operations import Bounds as Bounds
from layers.operations import Ends, Route, missing_grids, route
from layers.operations import Operation as Operation
from layers.problems import Problem, PucError, Severity
from layers.text import NOTHING, Text, listing, number, same, say

Axis = NDArray[np.float64]

GOOD_M = 1.0
"""An operation at least this good (m) is not remarked upon: plans are not drawn finer."""


def parse(text: str, where: Text) -> CRS:
    """Return the CRS that ``text`` names («EPSG:7791», WKT), or raise PucError."""
    try:
        return CRS.from_user_input(text)
    except CRSError as error:
        raise PucError(
            Problem(
                "crs-unknown",
                where,
                say("il sistema di riferimento «{t}» non è noto.", "the CRS “{t}” is not known.", t=text),
                Text("Senza, le coordinate non hanno un luogo.", "Without it, coordinates have no place."),
                Text("Indicare un codice EPSG, per esempio EPSG:7791.", "Give an EPSG code, for example EPSG:7791."),
            )
        ) from error


def is_metric(crs: CRS) -> bool:
    """Tell whether both axes count metres, so that lengths and areas can be measured."""
    return crs.is_projected and all(axis.unit_name == "metre" for axis in crs.axis_info[:2])


def name_of(crs: CRS) -> str:
    """Return «EPSG:7791» where the CRS has a code, else its name."""
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else crs.name


def transformer(source: CRS, target: CRS, geographic_bounds: Bounds, grids: DatumGrids = ()) -> Transformer:
    """Return the best operation for the area with what is installed and ``grids``. Never the ballpark."""
    return _route(Ends(source, target, geographic_bounds), grids).transformer


def operation(source: CRS, target: CRS, geographic_bounds: Bounds, grids: DatumGrids = ()) -> Operation:
    """Return what ``transformer`` does, how well, and which better grids are neither installed nor given."""
    ends = Ends(source, target, geographic_bounds)
    return _told(ends, grids, _route(ends, grids))


def remarks(used: Operation | None, where: Text, extent: Text) -> list[Problem]:
    """Return what a planner should know of ``used``, nothing if it is good to ``GOOD_M`` and no grid would better it.

    ``extent`` says how much of the layer it touches.
    """
    if used is None:
        return []
    by_grid = [_by_grid(used, where)] if used.grids else []
    if used.accuracy_m is not None and used.accuracy_m <= GOOD_M and not used.missing_grids + used.short_grids:
        return by_grid
    return [*by_grid, _approximate(used, where, extent)]


def geographic_bounds(bounds: Bounds, crs: CRS) -> Bounds:
    """Return ``bounds`` as west, south, east, north in degrees."""
    try:
        to_degrees = Transformer.from_crs(crs, GEOGRAPHIC, always_xy=True)
        west, south, east, north = to_degrees.transform_bounds(*bounds, densify_pts=11)
    except ProjError as error:
        raise PucError(_no_operation(crs, GEOGRAPHIC)) from error
    return west, south, east, north


def reproject(layer: GeoDataFrame, target: CRS, grids: DatumGrids = ()) -> tuple[GeoDataFrame, Operation | None]:
    """Return ``layer`` in ``target`` and the operation used; None where the CRS is already the same.

    Raises PucError if no operation is known there: mostly the coordinates are not of the CRS they claim.
    """
    if layer.crs == target or layer.empty:
        return layer.set_crs(target, allow_override=True) if layer.empty else layer, None
    ends = Ends(layer.crs, target, geographic_bounds(tuple(layer.total_bounds), layer.crs))
    way = _route(ends, grids)
    moved = _moved(layer.geometry, way.transformer)
    if not np.isfinite(shapely.total_bounds(moved)).all():
        raise PucError(_no_operation(layer.crs, target))
    return layer.set_geometry(GeoSeries(moved, index=layer.index, crs=target)), _told(ends, grids, way)


def _route(ends: Ends, grids: DatumGrids) -> Route:
    try:
        found = route(ends, grids)
    except ProjError as error:
        raise PucError(_no_operation(ends.source, ends.target)) from error
    if found is None:
        raise PucError(_no_operation(ends.source, ends.target))
    return found


def _told(ends: Ends, grids: DatumGrids, way: Route) -> Operation:
    source, target = name_of(ends.source), name_of(ends.target)
    missing = missing_grids(ends, way, grids)
    return Operation(source, target, way.description, way.accuracy_m, missing, way.grids, way.short_grids)


def _moved(geometry: GeoSeries, how: Transformer) -> NDArray[np.object_]:
    def move(x: Axis, y: Axis) -> tuple[Axis, Axis]:
        # In place of fresh copies; the two are not the geometries' own.
        return how.transform(np.ascontiguousarray(x), np.ascontiguousarray(y), inplace=True)

    return in_chunks(lambda some: shapely.transform(some, move, interleaved=False), geometry.to_numpy())


def _approximate(used: Operation, where: Text, extent: Text) -> Problem:
    good = (
        Text("di precisione non nota", "of unknown accuracy")
        if used.accuracy_m is None
        else say("buona a circa {m} m", "good to about {m} m", m=number(used.accuracy_m, 0))
    )
    return Problem(
        "crs-approximate",
        where,
        say("conversione {s} → {t} {good}{without}.", "conversion {s} → {t} {good}{without}.",
            s=used.source, t=used.target, good=good, without=_without(used)),
        extent,
        _better(used),
        Severity.INFO,
    )  # fmt: skip


def _better(used: Operation) -> Text:
    """Return how the layer could come to lie more exactly."""
    asked = say(
        "Per posizioni più precise chiedere il livello già in {t}, convertito con le griglie IGM.",
        "For better positions ask for the layer already in {t}, converted with the IGM grids.",
        t=used.target,
    )
    if not used.missing_grids:
        return asked
    return say(
        "{b} Oppure mettere la griglia nella cartella «{f}» dello studio.",
        "{b} Or put the grid into the study's folder “{f}”.",
        b=asked,
        f=FOLDER,
    )


def _without(used: Operation) -> Text:
    """Say which grid would do better, and why it is not used."""
    if used.short_grids:
        return say(
            ": la griglia {g} dello studio non copre tutto il livello",
            ": the study's grid {g} does not cover the whole layer",
            g=listing(list(used.short_grids), most=2),
        )
    if used.missing_grids:
        return say(" senza la griglia {g}", " without the grid {g}", g=listing(list(used.missing_grids), most=2))
    return NOTHING


def _by_grid(used: Operation, where: Text) -> Problem:
    return Problem(
        "crs-by-grid",
        where,
        say(
            "conversione {s} → {t} con la griglia {g} dello studio, buona a circa {m} m.",
            "conversion {s} → {t} by the study's grid {g}, good to about {m} m.",
            s=used.source,
            t=used.target,
            g=listing([grid.name for grid in used.grids]),
            m="?" if used.accuracy_m is None else number(used.accuracy_m, 1),
        ),
        severity=Severity.INFO,
    )


def _no_operation(source: CRS, target: CRS) -> Problem:
    return Problem(
        "crs-no-operation",
        same(f"{name_of(source)} → {name_of(target)}"),
        Text(
            "fra i due sistemi di riferimento non c'è una trasformazione nota in questo luogo.",
            "no known operation links the two CRS in this place.",
        ),
        Text("Il livello non può essere portato nello studio.", "The layer can't be brought into the study."),
        Text(
            "Verificare il sistema di riferimento del livello e indicarlo con --crs.",
            "Check the layer's CRS and give it with --crs.",
        ),
    )
