"""Everything the map shows, ready to paint: made by the worker from the open study, never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from PySide6.QtGui import QPainterPath

from analyses.analysis import Edition
from analyses.progress import Report, part_of, tracked
from analyses.units import all_units
from layers import roles
from layers.intake import Intake
from layers.reference import LayerRef
from layers.text import Text
from puc_tool.maps.canvas.amounts import prepare
from puc_tool.maps.canvas.finder import Finder
from puc_tool.maps.canvas.glimpse import glimpses
from puc_tool.maps.canvas.pictures import LayerKey, Picture, picture
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.shelf import Shelf
from puc_tool.working.layer_style import style_of
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from ui.map.ground import Ground, ground
from ui.map.paths import path_of

DRAWING = Text("Preparo la mappa", "Making the map ready")


@dataclass(frozen=True)
class UnitShape:
    """A unit of the tables on the map: its outline, its area (m²), and the point its name stands at (m)."""

    unit: Unit
    geometry: shapely.Geometry
    path: QPainterPath
    area_m2: float
    point: tuple[float, float]


@dataclass(frozen=True)
class Scene:
    """The ground, a picture for each layer that could be read, and the units by kind."""

    ground: Ground | None = None
    pictures: Mapping[LayerKey, Picture] = field(default_factory=dict)
    units: Mapping[str, tuple[UnitShape, ...]] = field(default_factory=dict)

    def shape_of(self, unit: Unit | None) -> UnitShape | None:
        """Return where ``unit`` lies, if the map knows it.

        Code and name must be the same: sites that are weighed anew are numbered anew.
        """
        every = self.units.get(unit.kind, ()) if unit else ()
        return next((shape for shape in every if shape.unit == unit), None)

    def unit_at(self, kind: str, x: float, y: float) -> UnitShape | None:
        """Return the unit of ``kind`` at a point (m)."""
        found = self._finders[kind].at(x, y) if kind in self.units else []
        return self.units[kind][found[-1]] if found else None

    @cached_property
    def _finders(self) -> Mapping[str, Finder]:
        shapes = {kind: [unit.geometry for unit in units] for kind, units in self.units.items()}
        return {kind: Finder(np.array(each, object)) for kind, each in shapes.items()}


def is_shown(result: ResultPicture, session: Session) -> bool:
    """Tell whether the map shows a theme of the results: as the session says, or else as the theme does."""
    return session.results_shown.get(result.theme.id, result.theme.is_shown_first)


@dataclass(frozen=True)
class Opened:
    """What opening a study gives: its layers as taken in, and the scene made from them."""

    intakes: tuple[Intake, ...]
    scene: Scene


def open_all(session: Session, report: Report, show: Callable[[Scene], None] = lambda scene: None) -> Opened:
    """Read every layer of the session's study and make its scene.

    What is shown at first is read first, and ``show`` is given the scene as it grows: the ground, what a glimpse at the
    files shows, then each layer as it was taken in.
    """
    below, crs = ground(session.shelf), session.study.crs
    show(Scene(below))
    pictures: dict[LayerKey, Picture | None] = {}
    first = [ref for ref in session.study.layers if session.is_shown_at_first(ref)]
    for ref, seen in _glimpsed(session, first, below) if below else ():
        report(0.0, DRAWING)
        pictures[ref.key] = seen
        show(Scene(below, _known(pictures)))
    for ref in tracked(first, part_of(report, 0.0, 0.2), DRAWING):
        pictures[ref.key] = picture(session.shelf.intake(ref), crs)
        show(Scene(below, _known(pictures)))
    intakes = session.read_layers(part_of(report, 0.2, 0.5))
    for intake in tracked(intakes, part_of(report, 0.5, 0.9), DRAWING):
        if intake.ref.key not in pictures:
            pictures[intake.ref.key] = picture(intake, crs)
    for ref in session.study.layers:
        if style_of(session.history.state, ref.key).scheme:
            made = pictures.get(ref.key)
            prepare(made.amounts if made is not None else None)
    report(0.9, DRAWING)
    return Opened(intakes, Scene(below, _known(pictures), dict(_units(session.shelf))))


def _glimpsed(session: Session, refs: Sequence[LayerRef], below: Ground) -> Iterator[tuple[LayerRef, Picture]]:
    """Yield what of each layer can be seen at once."""
    for ref in refs:
        yield from ((ref, seen) for seen in glimpses(session.study, ref, below.reach))


def read_again(session: Session, scene: Scene, refs: Sequence[LayerRef], report: Report) -> Opened:
    """Read layers that were added or changed, and return them with the scene that has them.

    Whatever they place is made anew: the ground by a boundary, the units of the tables by theirs.
    """
    shelf, crs = session.shelf, session.study.crs
    intakes = tuple(shelf.intake(ref) for ref in tracked(refs, part_of(report, 0.0, 0.6), DRAWING))
    made = {intake.ref.key: picture(intake, crs) for intake in intakes}
    known = {key: each for key, each in scene.pictures.items() if key not in made}
    roles_read = {ref.role for ref in refs}
    below = ground(shelf) if roles.BOUNDARY.id in roles_read else scene.ground
    units = dict(_units(shelf)) if roles_read & {role.id for role in _UNIT_ROLES} else scene.units
    return Opened(intakes, Scene(below, {**known, **_known(made)}, units))


def _known(pictures: Mapping[LayerKey, Picture | None]) -> dict[LayerKey, Picture]:
    return {key: made for key, made in pictures.items() if made is not None}


def _units(shelf: Shelf) -> Iterator[tuple[str, tuple[UnitShape, ...]]]:
    """Yield the units of the study as the tables know them."""
    layers = {role: [each.layer for each in shelf.of_roles((role,)) if each.layer is not None] for role in _UNIT_ROLES}
    if not layers[roles.BOUNDARY]:
        return
    one = {role: found[0] if found else None for role, found in layers.items()}
    zoning = [Edition(None, layer) for layer in layers[roles.ZONING]]
    for each in all_units(one[roles.BOUNDARY], one[roles.NEIGHBOURHOODS], zoning, one[roles.DISTRICTS]):
        rows = zip(each.frame["code"], each.frame["name"], each.frame.geometry, strict=True)
        yield each.id, tuple(_shape(Unit(each.id, code, name), geometry) for code, name, geometry in rows)


_UNIT_ROLES = (roles.BOUNDARY, roles.NEIGHBOURHOODS, roles.ZONING, roles.DISTRICTS)


def _shape(unit: Unit, geometry: shapely.Geometry) -> UnitShape:
    if geometry.is_empty:
        return UnitShape(unit, geometry, QPainterPath(), 0.0, (0.0, 0.0))
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(geometry, 20.0))[0].tolist()
    shapely.prepare(geometry)
    return UnitShape(unit, geometry, path_of(geometry), geometry.area, (x, y))
