"""Everything the map shows, ready to paint: made by the worker from the open study, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import shapely
from PySide6.QtGui import QPainterPath

from analyses.analysis import Edition
from analyses.progress import Report, part_of, tracked
from analyses.units import all_units
from layers import roles
from layers.intake import Intake
from layers.text import Text
from puc_tool.session import Session, Unit
from puc_tool.shelf import Shelf
from ui.map.ground import Ground, ground
from ui.map.pictures import LayerKey, Picture, path_of, picture

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
        """Return where ``unit`` lies, if the map knows it."""
        every = self.units.get(unit.kind, ()) if unit else ()
        return next((shape for shape in every if shape.unit.code == (unit and unit.code)), None)

    def unit_at(self, kind: str, x: float, y: float) -> UnitShape | None:
        """Return the unit of ``kind`` at a point (m)."""
        return next((each for each in self.units.get(kind, ()) if shapely.contains_xy(each.geometry, x, y)), None)


@dataclass(frozen=True)
class Opened:
    """What opening a study gives: its layers as taken in, and the scene made from them."""

    intakes: tuple[Intake, ...]
    scene: Scene


def open_all(session: Session, report: Report) -> Opened:
    """Read every layer of the session's study and make its scene."""
    intakes = session.read_layers(part_of(report, 0.0, 0.5))
    crs = session.study.crs
    telling = part_of(report, 0.5, 0.9)
    pictures = {intake.ref.key: picture(intake, crs) for intake in tracked(intakes, telling, DRAWING)}
    known = {key: made for key, made in pictures.items() if made is not None}
    units = dict(_units(session.shelf))
    report(0.9, DRAWING)
    return Opened(intakes, Scene(ground(session.shelf), known, units))


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
