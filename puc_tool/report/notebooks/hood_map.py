"""The map of a neighbourhood for its citizens: buildings, green, water that comes, and the services by their letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from geopandas import GeoDataFrame

from analyses.hazard.classes import FLOOD
from analyses.hazard_exposure import HAZARD_EXPOSURE
from layers import roles
from layers.spec import Role
from layers.text import Lang, Text
from puc_tool.maps import legend, svg
from puc_tool.maps.frame import Frame, bar_breaks
from puc_tool.maps.hazard_theme import THEMES, hazard_areas, styles
from puc_tool.maps.inset import INSET_MM
from puc_tool.maps.layout import Box
from puc_tool.maps.sheet import Areas, Context, Labels, Lines, MapContent, Numbers
from puc_tool.maps.style import ACCENT, FREE_LAND, Disc, Fill, Lettering, Stroke, Style
from puc_tool.maps.worn import Wardrobe
from puc_tool.printing.drawing_desk import context_of
from puc_tool.report.document import Key
from puc_tool.report.map_figures import drawn, frame_for
from puc_tool.report.notebooks.hoods import Hood
from puc_tool.report.notebooks.words import service
from puc_tool.shelf import Shelf

Vector = Areas | Lines | Labels | Numbers
SIZE_MM = (180.0, 148.0)
BUILDING, GREEN = Fill("#85817b"), Fill("#cfe0b8", edge="#9db97f", edge_mm=0.1)
STREET = Stroke("#ffffff", 0.35, casing="#cfcac0", casing_mm=0.5)
COMMUNE, HERE = Fill("#c9b79c", edge="#2b2233", edge_mm=0.2), Fill(ACCENT)
_AIR_MM = 1.5
_FROM_EDGE_MM, _BOX_MM, _BESIDE_BAR_MM = 3.0, 15.0, 22.0
_STAMP: Box = (0.0, 0.0, 66.0, 10.0)
"""Where no name may stand, for the stamp: as far as the corner, for a name between it and the edge would be cut."""

OUTLINE, OTHERS = Stroke(ACCENT, 0.7, casing="#ffffff", casing_mm=1.3), Stroke("#7d7985", 0.2, (1.2, 0.7))
_NEAR = Lettering("#4d545c", 7.0, 500)
SIGNS = {
    "farmacia": ("F", "#1f5f99"), "primaria": ("S", "#7a3b00"), "verde": ("V", "#2f6b39"), "orto": ("O", "#7a5c00"),
    "biblioteca": ("B", "#5a1f5e"), "medico": ("M", "#9c2a00"),
}  # fmt: skip
"""The services drawn, by kind: a letter and a colour each."""


@dataclass(frozen=True)
class HoodMap:
    """The drawn map and what stands around it."""

    pictures: dict[str, bytes]
    frame: Frame
    keys: tuple[Key, ...]
    inset: bytes


class HoodDesk:
    """Draws the neighbourhoods of one study; every layer is read once."""

    def __init__(self, shelf: Shelf, everyone: tuple[Hood, ...], lang: Lang) -> None:
        self._shelf, self._everyone, self._lang = shelf, everyone, lang

    def draw(self, hood: Hood) -> HoodMap:
        """Return the map at the largest standard scale that holds the neighbourhood."""
        boundary = self._boundary
        content = MapContent(boundary, self._shelf.study.crs, (), self._context)
        frame = frame_for(hood.ground.bounds, content, SIZE_MM)
        window = shapely.box(*frame.bounds)
        layers = tuple(layer for layer in self._layers(hood, window) if layer.geometries)
        content = MapContent(boundary, self._shelf.study.crs, layers, self._context, frame.denominator)
        stamp = _STAMP if self._shelf.study.is_demonstration else None
        _, above, beside, _ = scale_box(frame)
        drawing = drawn(content, frame, self._lang, stamp, (0.0, above, beside, frame.height_mm))
        pictures = {picture.name: picture.content for picture in drawing.pictures}
        return HoodMap(pictures, frame, tuple(_keys(drawing.drawn, self._looks)), _location(boundary, hood.ground))

    def _layers(self, hood: Hood, window: shapely.Geometry) -> Iterator[Vector]:
        yield Areas((shapely.intersection(self._boundary, window),), FREE_LAND)
        yield Areas(_within(self._layer(roles.GREEN), window), GREEN)
        for areas in self._floods.values():
            yield Areas(tuple(_clipped(areas.geometries, window)), areas.style)
        yield Areas(_within(self._layer(roles.BUILDINGS), window), BUILDING)
        yield Lines(_within(self._layer(roles.STREETS), window), STREET)
        yield Lines(tuple(_borders(self._everyone, window)), OTHERS)
        yield Lines((hood.ground.boundary,), OUTLINE)
        for kind, (letter, colour) in SIGNS.items():
            places = self._services(kind, hood)
            yield Numbers(places, (letter,) * len(places), Disc(colour, 3.6, 6.4))
        around = [each for each in self._everyone if each is not hood and each.ground.intersects(window)]
        yield Labels(tuple(_clipped([each.ground for each in around], window)), tuple(_names(around)), _NEAR)

    def _services(self, kind: str, hood: Hood) -> tuple[shapely.Geometry, ...]:
        """Return where the services of a kind stand in the neighbourhood."""
        layer = self._layer(roles.SERVICES)
        if layer is None:
            return ()
        points = shapely.point_on_surface(layer.geometry.to_numpy()[(layer["kind"] == kind).to_numpy()])
        return tuple(points[shapely.intersects(points, hood.ground)])

    def _layer(self, role: Role) -> GeoDataFrame | None:
        found = self._shelf.of_roles((role,))
        return found[-1].layer if found and isinstance(found[-1].layer, GeoDataFrame) else None

    @cached_property
    def _boundary(self) -> shapely.Geometry:
        outline = self._shelf.ground().boundary
        assert outline is not None, "results of this study exist, so its boundary can be read"
        return outline

    @cached_property
    def _floods(self) -> Mapping[str, Areas]:
        layer = self._layer(roles.FLOOD_HAZARD)
        return {} if layer is None else hazard_areas(layer, FLOOD, self._boundary, self._looks)

    @cached_property
    def _looks(self) -> Mapping[str, Fill]:
        """The looks of the flood classes, as the sheets have them."""
        wardrobe = Wardrobe(self._shelf.study)
        return styles(FLOOD, wardrobe.result(HAZARD_EXPOSURE.id, THEMES[FLOOD], "class"))

    @cached_property
    def _context(self) -> Context:
        return context_of(self._shelf)


def scale_box(frame: Frame) -> Box:
    """Return where north, scale and its bar stand: in the lower left corner, as wide as the bar needs."""
    wide = bar_breaks(frame.denominator)[-1] / frame.metres_a_mm + _BESIDE_BAR_MM
    left, foot = _FROM_EDGE_MM, frame.height_mm - _FROM_EDGE_MM
    return left, foot - _BOX_MM, left + wide, foot


def _within(layer: GeoDataFrame | None, window: shapely.Geometry) -> tuple[shapely.Geometry, ...]:
    """Return the features that the window shows."""
    if layer is None:
        return ()
    return tuple(layer.geometry.to_numpy()[np.sort(layer.sindex.query(window, predicate="intersects"))])


def _clipped(geometries: Iterable[shapely.Geometry], window: shapely.Geometry) -> Iterator[shapely.Geometry]:
    return (shapely.intersection(each, window) for each in geometries if each.intersects(window))


def _borders(everyone: tuple[Hood, ...], window: shapely.Geometry) -> Iterator[shapely.Geometry]:
    return (each.ground.boundary for each in everyone if each.ground.intersects(window))


def _names(hoods: list[Hood]) -> Iterator[Text]:
    return (Text(each.name, each.name) for each in hoods)


def _keys(drawn: tuple[Style, ...], floods: Mapping[str, Fill]) -> Iterator[Key]:
    """Yield what the signs drawn mean."""
    meanings: dict[Style, Text] = {
        OUTLINE: Text("Il quartiere", "The neighbourhood"),
        BUILDING: Text("Edifici", "Buildings"),
        GREEN: Text("Verde", "Green"),
        floods["P3"]: Text("Allagabile spesso (P3)", "Floods often (P3)"),
        floods["P2"]: Text("Ogni tanto (P2)", "Now and then (P2)"),
        floods["P1"]: Text("Di rado (P1)", "Seldom (P1)"),
    }
    for style, words in meanings.items():
        if style in drawn:
            yield Key(legend.swatch(style), words)
    for kind, (letter, colour) in SIGNS.items():
        if Disc(colour, 3.6, 6.4) in drawn:
            yield Key(_sign(letter, colour), service(kind))


def _location(commune: shapely.Geometry, ground: shapely.Geometry) -> bytes:
    """Return an SVG of the commune with the neighbourhood in it, as large as the insets of the sheets."""
    left, bottom, right, top = commune.bounds
    room = [side - 2 * _AIR_MM for side in INSET_MM]
    metres_a_mm = max((right - left) / room[0], (top - bottom) / room[1])
    corner = np.array([(left + right) / 2 - INSET_MM[0] / 2 * metres_a_mm,
                       (bottom + top) / 2 + INSET_MM[1] / 2 * metres_a_mm])  # fmt: skip

    def on_paper(geometry: shapely.Geometry) -> shapely.Geometry:
        return shapely.transform(geometry, lambda xy: (xy - corner) * (1 / metres_a_mm, -1 / metres_a_mm))

    return svg.document(*INSET_MM, (*svg.area(on_paper(commune), COMMUNE), *svg.area(on_paper(ground), HERE)))


def _sign(letter: str, colour: str) -> bytes:
    middle = np.array([[legend.SWATCH_MM[0] / 2, legend.SWATCH_MM[1] / 2]])
    return svg.document(*legend.SWATCH_MM, svg.disc(middle, [letter], Disc(colour, 3.6, 6.4)))
