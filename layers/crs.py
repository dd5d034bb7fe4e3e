"""Coordinate systems: metric or not, and which operation PROJ really uses between two of them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import AreaOfInterest, TransformerGroup

from layers.problems import Problem, PucError, Severity
from layers.text import Text, listing, number, same, say

GEOGRAPHIC = CRS.from_epsg(4326)

_UNDECIDED = "unavailable until proj_trans is called"
"""What PROJ says in place of a description while it has several candidates."""

GOOD_M = 1.0
"""An operation at least this good (m) is not remarked upon: plans are not drawn finer."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Operation:
    """What PROJ does between two CRS; ``accuracy_m`` is None where PROJ does not know it."""

    source: str
    target: str
    description: str
    accuracy_m: float | None
    missing_grids: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the object that ``run.json`` holds."""
        return {
            "from": self.source,
            "to": self.target,
            "operation": self.description,
            "accuracy_m": self.accuracy_m,
            "missing_grids": list(self.missing_grids),
        }


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


def transformer(source: CRS, target: CRS, geographic_bounds: Bounds) -> Transformer:
    """Return the best operation for the area that needs no missing grid. Never the ballpark.

    PROJ is asked with the area of interest: without it, it names an operation that it does not use.
    """
    try:
        candidates = Transformer.from_crs(
            source,
            target,
            always_xy=True,
            area_of_interest=AreaOfInterest(*geographic_bounds),
            allow_ballpark=False,
        )
        undecided = candidates.description == _UNDECIDED
        return _settled(candidates, source, geographic_bounds) if undecided else candidates
    except ProjError as error:
        raise PucError(_no_operation(source, target)) from error


def operation(source: CRS, target: CRS, geographic_bounds: Bounds) -> Operation:
    """Return what ``transformer`` does, how well, and which better grids are not installed."""
    used = transformer(source, target, geographic_bounds)
    accuracy = used.accuracy if used.accuracy >= 0 else None
    missing = _missing_grids(source, target, geographic_bounds)
    return Operation(name_of(source), name_of(target), used.description, accuracy, missing)


def remarks(used: Operation | None, where: Text, extent: Text) -> list[Problem]:
    """Return what a planner should know of ``used``, nothing if it is good to ``GOOD_M`` and no grid would better it.

    ``extent`` says how much of the layer it touches.
    """
    if used is None or (used.accuracy_m is not None and used.accuracy_m <= GOOD_M and not used.missing_grids):
        return []
    return [_approximate(used, where, extent)]


def geographic_bounds(bounds: Bounds, crs: CRS) -> Bounds:
    """Return ``bounds`` as west, south, east, north in degrees."""
    try:
        to_degrees = Transformer.from_crs(crs, GEOGRAPHIC, always_xy=True)
        west, south, east, north = to_degrees.transform_bounds(*bounds, densify_pts=11)
    except ProjError as error:
        raise PucError(_no_operation(crs, GEOGRAPHIC)) from error
    return west, south, east, north


def reproject(layer: GeoDataFrame, target: CRS) -> tuple[GeoDataFrame, Operation | None]:
    """Return ``layer`` in ``target`` and the operation used; None where the CRS is already the same.

    Raises PucError if no operation is known there: mostly the coordinates are not of the CRS they claim.
    """
    if layer.crs == target or layer.empty:
        return layer.set_crs(target, allow_override=True) if layer.empty else layer, None
    area = geographic_bounds(tuple(layer.total_bounds), layer.crs)
    moved = _moved(layer.geometry, transformer(layer.crs, target, area))
    if not np.isfinite(shapely.total_bounds(moved)).all():
        raise PucError(_no_operation(layer.crs, target))
    return layer.set_geometry(GeoSeries(moved, index=layer.index, crs=target)), operation(layer.crs, target, area)


def _settled(candidates: Transformer, source: CRS, geographic_bounds: Bounds) -> Transformer:
    """Return the one operation that PROJ uses in the middle of the area.

    With several candidates it would choose point by point, and say neither which nor how well.
    """
    west, south, east, north = geographic_bounds
    to_source = Transformer.from_crs(GEOGRAPHIC, source, always_xy=True)
    candidates.transform(*to_source.transform((west + east) / 2, (south + north) / 2))
    return candidates.get_last_used_operation()


def _moved(geometry: GeoSeries, how: Transformer) -> NDArray[np.object_]:
    def move(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(how.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(geometry.to_numpy(), move)


def _missing_grids(source: CRS, target: CRS, geographic_bounds: Bounds) -> tuple[str, ...]:
    with warnings.catch_warnings():
        # pyproj warns of each missing grid; it is told in the record instead.
        warnings.simplefilter("ignore")
        group = TransformerGroup(
            source,
            target,
            always_xy=True,
            area_of_interest=AreaOfInterest(*geographic_bounds),
            allow_ballpark=False,
        )
    grids = {grid.short_name for unavailable in group.unavailable_operations for grid in unavailable.grids}
    return tuple(sorted(grids))


def _approximate(used: Operation, where: Text, extent: Text) -> Problem:
    good = (
        Text("di precisione non nota", "of unknown accuracy")
        if used.accuracy_m is None
        else say("buona a circa {m} m", "good to about {m} m", m=number(used.accuracy_m, 0))
    )
    grids = listing(list(used.missing_grids), most=2)
    without = say(" senza la griglia {g}", " without the grid {g}", g=grids) if used.missing_grids else Text("", "")
    better = say(
        "Per posizioni più precise chiedere il livello già in {t}, convertito con le griglie IGM.",
        "For better positions ask for the layer already in {t}, converted with the IGM grids.",
        t=used.target,
    )
    return Problem(
        "crs-approximate",
        where,
        say("conversione {s} → {t} {good}{without}.", "conversion {s} → {t} {good}{without}.",
            s=used.source, t=used.target, good=good, without=without),
        extent,
        better,
        Severity.INFO,
    )  # fmt: skip


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
