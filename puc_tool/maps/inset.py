"""The small map that shows where the sheet lies: «Inquadramento»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import shapely

from puc_tool.maps import surroundings as near
from puc_tool.maps import svg
from puc_tool.maps.frame import Frame
from puc_tool.maps.sheet import MapContent
from puc_tool.maps.style import ACCENT, GROUND, NEIGHBOUR, SEA, Fill, Stroke

INSET_MM = (29.0, 25.5)
_WIDER = 1.32
_NEIGHBOUR = Fill(GROUND, edge=NEIGHBOUR.colour, edge_mm=0.12)
_COMMUNE = Fill("#c9b79c", edge="#2b2233", edge_mm=0.2)


def inset(content: MapContent, frame: Frame) -> bytes:
    """Return an SVG of 29 × 25,5 mm: the commune, its neighbours if known, and the frame of the sheet."""
    small = _smaller(frame)
    around = near.surroundings(content, small)
    # Sea only inside the frame: further out the communes that were given may leave gaps that are not sea.
    sheet = near.surroundings(content, frame)
    sea = shapely.transform(sheet.window.difference(sheet.land), lambda mm: small.to_mm(frame.to_metres(mm)))
    return svg.document(*INSET_MM, _parts(around, sea, frame, small))


def _smaller(frame: Frame) -> Frame:
    width, height = INSET_MM
    denominator = frame.denominator * max(frame.width_mm / width, frame.height_mm / height) * _WIDER
    x, y = frame.centre
    left, top = x - width * denominator / 2000, y + height * denominator / 2000
    return replace(frame, left=left, top=top, width_mm=width, height_mm=height, denominator=round(denominator))


def _parts(around: near.Surroundings, sea: shapely.Geometry, frame: Frame, small: Frame) -> Iterator[svg.Part]:
    sheet = shapely.transform(shapely.box(*frame.bounds), small.to_mm)
    yield from svg.area(sea, Fill(SEA))
    for neighbour in around.neighbours:
        yield from svg.area(shapely.intersection(neighbour, around.window), _NEIGHBOUR)
    yield from svg.area(shapely.intersection(around.commune, around.window), _COMMUNE)
    yield from svg.line(sheet.exterior, Stroke(ACCENT, 0.4))
