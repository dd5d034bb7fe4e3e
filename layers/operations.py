"""Which operation links two CRS in a place, how good it is, and which grid would better it.

PROJ's database knows more operations than can be used: some need a grid that is not installed. Those whose grid the
study brings are carried out as PROJ describes them, with the grid's path in the place of its name.
"""

from __future__ import annotations

import math
import threading
import warnings
from dataclasses import dataclass, replace

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from pyproj.transformer import AreaOfInterest, TransformerGroup

from layers.datum_grids import DatumGrid, DatumGrids

GEOGRAPHIC = CRS.from_epsg(4326)
MONTE_MARIO = CRS.from_epsg(4265)

_UNDECIDED = "unavailable until proj_trans is called"
"""What PROJ says in place of a description while it has several candidates."""

_SWAP = "+step +proj=axisswap +order=2,1"
_LATTICE = 9
_ONE_AT_A_TIME = threading.Lock()

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Operation:
    """What PROJ does between two CRS; ``accuracy_m`` is None where PROJ does not know it.

    ``missing_grids`` would make it better; ``short_grids`` are the study's own that would, but end before the layer.
    """

    source: str
    target: str
    description: str
    accuracy_m: float | None
    missing_grids: tuple[str, ...] = ()
    grids: DatumGrids = ()
    short_grids: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the object that ``run.json`` holds."""
        return {
            "from": self.source,
            "to": self.target,
            "operation": self.description,
            "accuracy_m": self.accuracy_m,
            "missing_grids": list(self.missing_grids),
            "grids": [{"file": grid.name, "sha256": grid.sha256} for grid in self.grids],
        }


@dataclass(frozen=True)
class Route:
    """A way between two CRS, and what is known of it. ``short_grids`` as in ``Operation``."""

    transformer: Transformer
    description: str
    accuracy_m: float | None
    grids: DatumGrids = ()
    short_grids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """An operation that PROJ knows and can't carry out, for want of the ``grids`` its pipeline names."""

    name: str
    accuracy_m: float | None
    grids: tuple[str, ...]
    pipeline: str


@dataclass(frozen=True)
class Ends:
    """The two CRS of a route, and the place (degrees) where it is wanted."""

    source: CRS
    target: CRS
    place: Bounds

    def candidates(self) -> Transformer:
        """Return what PROJ can do with what is installed; raises ProjError without anything but the ballpark."""
        area = AreaOfInterest(*self.place)
        return Transformer.from_crs(
            self.source, self.target, always_xy=True, area_of_interest=area, allow_ballpark=False
        )

    def out_of_reach(self) -> list[Known]:
        """Return the operations that PROJ can't carry out, for want of a grid."""
        # pyproj warns of each missing grid; it is told in the record instead. Filters of warnings are the process's.
        with _ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            group = TransformerGroup(
                self.source,
                self.target,
                always_xy=True,
                area_of_interest=AreaOfInterest(*self.place),
                allow_ballpark=False,
            )
            return [
                Known(each.name, _known(each.accuracy), tuple(grid.short_name for grid in each.grids), each.to_proj4())
                for each in group.unavailable_operations
            ]

    def lattice(self) -> tuple[np.ndarray, np.ndarray]:
        """Return points of the source CRS all over the place, its edges included."""
        west, south, east, north = self.place
        lon, lat = np.meshgrid(np.linspace(west, east, _LATTICE), np.linspace(south, north, _LATTICE))
        x, y = Transformer.from_crs(GEOGRAPHIC, self.source, always_xy=True).transform(lon.ravel(), lat.ravel())
        return x, y


def route(ends: Ends, grids: DatumGrids = ()) -> Route | None:
    """Return the best way that needs no missing grid, never the ballpark; None if there is none.

    PROJ is asked with the area of interest: without it, it names an operation that it does not use.
    """
    plain = _installed(ends)
    if not grids:
        return plain
    helped, short = _best_by_grid(ends, grids)
    if helped is not None and (plain is None or _metres(helped) < _metres(plain)):
        return helped
    return plain and replace(plain, short_grids=short)


def missing_grids(ends: Ends, used: Route, grids: DatumGrids = ()) -> tuple[str, ...]:
    """Return the grids, neither installed nor among ``grids``, with which PROJ would do better than ``used``."""
    better = [each for each in ends.out_of_reach() if _metres(each) < _metres(used)]
    names = {name for each in better for name in each.grids}
    return tuple(sorted(name for name in names if not any(grid.answers_to(name) for grid in grids)))


def _best_by_grid(ends: Ends, grids: DatumGrids) -> tuple[Route | None, tuple[str, ...]]:
    """Return the most accurate operation that ``grids`` make possible, and the grids that end before the place."""
    found = [
        each for each in (_by_grid(ends, operation, grids) for operation in ends.out_of_reach()) if each is not None
    ]
    whole = [each for each in found if _reaches(each, ends)]
    short = sorted({grid.name for each in found if each not in whole for grid in each.grids})
    return min(whole, key=_metres, default=None), tuple(short)


def _by_grid(ends: Ends, operation: Known, grids: DatumGrids) -> Route | None:
    chosen: list[DatumGrid] = []
    text = operation.pipeline
    for wanted in operation.grids:
        given = next((grid for grid in grids if grid.answers_to(wanted)), None)
        if given is None or f"+grids={wanted}" not in text:
            return None
        chosen.append(given)
        text = text.replace(f"+grids={wanted}", f"+grids={given.quoted}")
    how = Transformer.from_pipeline(_east_first(text, ends))
    return Route(how, operation.name, operation.accuracy_m, tuple(chosen)) if chosen else None


def _east_first(pipeline: str, ends: Ends) -> str:
    """Return a pipeline, made for the axes as their authority orders them, for east before north at both ends."""
    before = f" {_SWAP}" if _is_north_first(ends.source) else ""
    after = f" {_SWAP}" if _is_north_first(ends.target) else ""
    return pipeline.replace("+proj=pipeline", f"+proj=pipeline{before}", 1) + after


def _is_north_first(crs: CRS) -> bool:
    return bool(crs.axis_info) and crs.axis_info[0].direction.lower() == "north"


def _reaches(way: Route, ends: Ends) -> bool:
    return bool(np.isfinite(way.transformer.transform(*ends.lattice())).all())


def _installed(ends: Ends) -> Route | None:
    """Return PROJ's own choice, or the way over Monte Mario for what is drawn from the meridian of Rome."""
    try:
        return _direct(ends)
    except ProjError:
        return _over_monte_mario(ends)


def _direct(ends: Ends) -> Route:
    candidates = ends.candidates()
    used = _settled(candidates, ends) if candidates.description == _UNDECIDED else candidates
    return Route(used, used.description, _known(used.accuracy))


def _settled(candidates: Transformer, ends: Ends) -> Transformer:
    """Return the one operation that PROJ uses in the middle of the area.

    With several candidates it would choose point by point, and say neither which nor how well.
    """
    west, south, east, north = ends.place
    to_source = Transformer.from_crs(GEOGRAPHIC, ends.source, always_xy=True)
    candidates.transform(*to_source.transform((west + east) / 2, (south + north) / 2))
    return candidates.get_last_used_operation()


def _over_monte_mario(ends: Ends) -> Route | None:
    """Return the way by EPSG:4265, if one of its two legs is a mere conversion.

    PROJ does not look for it: from EPSG:4806, whose longitudes start in Rome, it knows only the way by a grid.
    """
    try:
        first = _direct(Ends(ends.source, MONTE_MARIO, ends.place))
        second = _direct(Ends(MONTE_MARIO, ends.target, ends.place))
    except ProjError:
        return None
    if 0.0 not in (first.accuracy_m, second.accuracy_m):
        return None
    steps = " ".join(_steps(leg.transformer.definition) for leg in (first, second))
    how = Transformer.from_pipeline(f"proj=pipeline {steps}")
    known = None not in (first.accuracy_m, second.accuracy_m)
    accuracy = (first.accuracy_m or 0.0) + (second.accuracy_m or 0.0) if known else None
    return Route(how, f"{first.description} + {second.description}", accuracy)


def _steps(definition: str) -> str:
    return definition.removeprefix("proj=pipeline ") if definition.startswith("proj=pipeline") else f"step {definition}"


def _known(accuracy_m: float) -> float | None:
    """Return None for the negative number by which PROJ says that it does not know."""
    return accuracy_m if accuracy_m >= 0 else None


def _metres(way: Route | Known) -> float:
    return math.inf if way.accuracy_m is None else way.accuracy_m
