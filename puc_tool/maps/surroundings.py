"""The quiet part of a map: sea, neighbouring communes, the commune's own border."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely

from puc_tool.maps import labels, svg
from puc_tool.maps.frame import Frame
from puc_tool.maps.geometry import mended, whole_on_paper
from puc_tool.maps.layout import Box
from puc_tool.maps.sheet import MapContent
from puc_tool.maps.style import (
    COAST,
    COMMUNE,
    COMMUNE_NAME,
    GROUND,
    NEIGHBOUR,
    PAPER,
    SEA,
    VIGNETTE,
    Fill,
    Lettering,
    Stroke,
)

_VEIL = Fill(GROUND, opacity=0.6)
_COMMUNE_BAND_MM, _BAND = 1.3, Fill(COMMUNE.colour, opacity=0.17)
_VIGNETTE_STEP_MM = 0.8
_BEYOND_MM = 6.0
_SEAM_MM, _ALONG_MM = 0.15, 0.25
_LEAST_BORDER_MM, _BESIDE_MM = 3.0, 1.0
_LEAST_RING_MM2, _LEAST_RING_WIDTH_MM = 1.0, 0.25  # width as area by perimeter
_OPEN_WATER_MM, _INLET_MM = 1.5, 4.0
_LABEL_FROM_EDGE_MM = 3.0


@dataclass(frozen=True)
class Surroundings:
    """Commune, neighbours and all known land in millimetres of paper, cut a little beyond the frame."""

    commune: shapely.Geometry
    neighbours: tuple[shapely.Geometry, ...]
    land: shapely.Geometry
    window: shapely.Geometry
    coastal: bool


def surroundings(content: MapContent, frame: Frame) -> Surroundings:
    """Bring boundary and context on paper. Where the coast is not asked for, all is land."""
    around = shapely.box(0, 0, frame.width_mm, frame.height_mm).buffer(_BEYOND_MM, join_style="mitre")
    whole = content.within if content.within is not None else content.boundary
    commune, whole, *neighbours = (
        shapely.intersection(whole_on_paper(geometry, frame), around)
        for geometry in (content.boundary, whole, *content.context.neighbours)
    )
    coastal = content.context.coastal
    land = around.difference(_sea(whole, (commune, *neighbours), around)) if coastal else around
    return Surroundings(commune, tuple(neighbours), land, shapely.box(0, 0, frame.width_mm, frame.height_mm), coastal)


def ground(around: Surroundings) -> Iterator[svg.Part]:
    """Yield what lies under every class: sea with its vignette, land."""
    if around.coastal:
        yield from svg.area(around.window, Fill(SEA))
        for number, colour in enumerate(VIGNETTE, start=1):
            yield from svg.line(_coast(around, number * _VIGNETTE_STEP_MM), Stroke(colour, 0.12))
    yield from svg.area(_seen(around.land, around), Fill(GROUND))
    yield from svg.area(_seen(around.commune, around), Fill(PAPER))


def outline(commune: shapely.Geometry) -> shapely.Geometry:
    """Return the rings that are a border to see: specks and the slivers that digitising leaves are none."""
    rings = shapely.get_rings(shapely.get_parts(commune))
    areas, lengths = shapely.area(shapely.polygons(rings)), shapely.length(rings)
    return shapely.multilinestrings(rings[(areas >= _LEAST_RING_MM2) & (areas >= _LEAST_RING_WIDTH_MM * lengths)])


def veil(around: Surroundings) -> Iterator[svg.Part]:
    """Yield the pale cover over classes outside the commune."""
    yield from svg.area(_seen(around.land.difference(around.commune), around), _VEIL)


@dataclass(frozen=True)
class Borders:
    """What the frame shows of coast, neighbours' borders and the commune's, none of them along the coast."""

    coast: shapely.Geometry
    neighbours: shapely.Geometry
    commune: shapely.Geometry

    @property
    def styles(self) -> tuple[Stroke, ...]:
        """The looks that the legend has to explain: a frame in the middle of a commune shows no border."""
        shown = ((self.commune, COMMUNE), (self.neighbours, NEIGHBOUR))
        return tuple(style for lines, style in shown if not lines.is_empty)


def borders(around: Surroundings) -> Borders:
    """Return the borders that the frame shows."""
    coast = _coast(around)
    inland = outline(around.commune).difference(coast.buffer(_ALONG_MM))
    return Borders(coast, _neighbour_lines(around, coast), _shown(_without_scraps(inland, around), around))


def _without_scraps(lines: shapely.Geometry, around: Surroundings) -> shapely.Geometry:
    """Return ``lines`` without the scraps that a narrow dock leaves of a coast: short, and far from any neighbour."""
    parts = shapely.get_parts(shapely.line_merge(lines))
    far = ~shapely.dwithin(parts, shapely.union_all(list(around.neighbours)), _BESIDE_MM)
    is_scrap = around.coastal & far & (shapely.length(parts) < _LEAST_BORDER_MM)
    return shapely.multilinestrings(parts[~is_scrap])


def border_lines(lines: Borders, around: Surroundings) -> Iterator[svg.Part]:
    """Yield the borders as they are drawn, the commune's with its band."""
    band = lines.commune.buffer(_COMMUNE_BAND_MM, cap_style="flat").difference(around.commune)
    yield from svg.area(_seen(band, around), _BAND)
    yield from svg.line(lines.neighbours, NEIGHBOUR)
    yield from svg.line(lines.coast, COAST)
    yield from svg.line(shapely.line_merge(lines.commune), COMMUNE)


def names(around: Surroundings, words: Sequence[str], taken: list[Box]) -> Iterator[svg.Part]:
    """Yield the neighbours' names that find room in their own land; the room they take joins ``taken``."""
    for geometry, name in zip(around.neighbours, words, strict=True):
        inner = around.window.buffer(-_LABEL_FROM_EDGE_MM).difference(around.commune.buffer(_COMMUNE_BAND_MM))
        room = shapely.intersection(geometry, inner)
        place = _place_in(room, name, COMMUNE_NAME, taken) if name else None
        if place is not None:
            point, broken = place
            taken.append(labels.box_of(point, broken, COMMUNE_NAME))
            yield from svg.lettering(point, broken, COMMUNE_NAME)


def _place_in(
    room: shapely.Geometry, name: str, style: Lettering, taken: Sequence[Box]
) -> tuple[labels.Points, str] | None:
    if room.is_empty or not room.area:
        return None
    left = room.difference(shapely.union_all([shapely.box(*box) for box in taken]))
    if left.is_empty:
        return None
    start = labels.middles([left])[0]
    for broken in dict.fromkeys((name, labels.two_lines(name))):
        for point in labels.places_near(start, 4.0):
            box = labels.box_of(point, broken, style)
            if labels.is_free(box, taken) and left.contains(shapely.box(*box)):
                return point, broken
    return None


def _neighbour_lines(around: Surroundings, coast: shapely.Geometry) -> shapely.Geometry:
    if not around.neighbours:
        return shapely.MultiLineString()
    lines = shapely.union_all([neighbour.boundary for neighbour in around.neighbours])
    own = shapely.union_all([coast.buffer(_ALONG_MM), around.commune.boundary.buffer(_ALONG_MM)])
    return _shown(shapely.line_merge(lines.difference(own)), around)


def _coast(around: Surroundings, offset_mm: float = 0.0) -> shapely.Geometry:
    if not around.coastal:
        return shapely.MultiLineString()
    land = around.land.buffer(offset_mm) if offset_mm else around.land
    return _shown(land.boundary, around)


def _shown(line: shapely.Geometry, around: Surroundings) -> shapely.Geometry:
    return shapely.clip_by_rect(line, *around.window.bounds)


def _seen(area: shapely.Geometry, around: Surroundings) -> shapely.Geometry:
    return shapely.intersection(area, around.window)


def _sea(commune: shapely.Geometry, others: Sequence[shapely.Geometry], around: shapely.Geometry) -> shapely.Geometry:
    """Return what neither ``commune`` nor ``others`` cover and the commune itself, whole, borders on.

    A gap that only neighbours border on is a commune nobody gave us, so it stays land. So does what is narrow and far
    from open water: there the commune's outline and its neighbours' come from sources of different detail.
    """
    # The union closes the hair-thin gaps between neighbours that were drawn separately.
    wide = [area.buffer(_SEAM_MM, join_style="mitre") for area in (commune, *others)]
    # A mitred buffer inwards may cross itself where a spit of land is as thin as the gap.
    land = mended([shapely.union_all(wide).buffer(-_SEAM_MM, join_style="mitre")])[0]
    open_parts = shapely.get_parts(around.difference(land))
    found = shapely.union_all(open_parts[shapely.dwithin(open_parts, commune, 2 * _SEAM_MM)])
    return found.intersection(found.buffer(-_OPEN_WATER_MM).buffer(_OPEN_WATER_MM + _INLET_MM))
