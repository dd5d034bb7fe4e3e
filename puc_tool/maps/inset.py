"""The small map that shows where the sheet lies: «Inquadramento»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely

from puc_tool.maps import surroundings as near
from puc_tool.maps import svg
from puc_tool.maps.frame import Frame
from puc_tool.maps.sheet import MapContent
from puc_tool.maps.style import ACCENT, GROUND, NEIGHBOUR, SEA, Fill, Lettering, Stroke
from puc_tool.maps.view import View

INSET_MM = (29.0, 25.5)
_WIDER, _WIDER_OF_PART = 1.32, 1.15
_MOST_NUMBERED = 16
_TILE_NUMBER = Lettering(ACCENT, 6.0, 600, halo_pt=1.0)
_NEIGHBOUR = Fill(GROUND, edge=NEIGHBOUR.colour, edge_mm=0.12)
_COMMUNE = Fill("#c9b79c", edge="#2b2233", edge_mm=0.2)


def inset(content: MapContent, frame: Frame) -> bytes:
    """Return an SVG of 29 × 25,5 mm: the commune, its neighbours if known, and the frame of the sheet."""
    content = replace(content, boundary=content.within) if content.within is not None else content
    view, small = content.context.view, _smaller(content, frame)
    around = near.surroundings(content, small)
    # Sea only inside the frame: further out the communes that were given may leave gaps that are not sea.
    sheet = near.surroundings(content, frame)
    sea = shapely.transform(sheet.window.difference(sheet.land), lambda mm: small.to_mm(frame.to_metres(mm)))
    if _is_part(content):
        sea = around.window.difference(around.land)
    return svg.document(*INSET_MM, _parts(around, sea, view, (frame, small)))


def _smaller(content: MapContent, frame: Frame) -> Frame:
    """Return the frame of the small map: the sheet's with air around, of a part the whole ground's."""
    width, height = INSET_MM
    part = _is_part(content)
    shown = shapely.union_all([shapely.box(*frame.bounds), *([shapely.box(*content.boundary.bounds)] if part else [])])
    left, bottom, right, top = shown.bounds
    wider = _WIDER_OF_PART if part else _WIDER
    denominator = max((right - left) / width, (top - bottom) / height) * 1000 * wider
    x, y = (left + right) / 2, (bottom + top) / 2
    corner = x - width * denominator / 2000, y + height * denominator / 2000
    return replace(
        frame, left=corner[0], top=corner[1], width_mm=width, height_mm=height, denominator=round(denominator)
    )


def _is_part(content: MapContent) -> bool:
    """Tell whether the sheet frames but a part of the commune."""
    return content.context.view.is_part or content.within is not None


def _tiles(view: View, small: Frame) -> Iterator[svg.Part]:
    """Yield the sheets of the *quadro di unione* with their numbers, if they are few enough to be read."""
    outlines = [shapely.transform(tile, small.to_mm) for tile in view.tiles]
    for outline in outlines:
        yield from svg.line(outline.exterior, Stroke(ACCENT, 0.15))
    if len(outlines) <= _MOST_NUMBERED:
        for place, outline in enumerate(outlines, start=1):
            yield from svg.lettering(np.array(outline.centroid.coords[0]), str(place), _TILE_NUMBER)


def _parts(
    around: near.Surroundings, sea: shapely.Geometry, view: View, frames: tuple[Frame, Frame]
) -> Iterator[svg.Part]:
    frame, small = frames
    sheet = shapely.transform(shapely.box(*frame.bounds), small.to_mm)
    yield from svg.area(sea, Fill(SEA))
    for neighbour in around.neighbours:
        yield from svg.area(shapely.intersection(neighbour, around.window), _NEIGHBOUR)
    yield from svg.area(shapely.intersection(around.commune, around.window), _COMMUNE)
    yield from _tiles(view, small)
    yield from svg.line(sheet.exterior, Stroke(ACCENT, 0.4))
