"""The pictures of an atlas: the ground on the cover, and on the index with the parts that its sheets frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from layers.text import Lang
from puc_tool.maps.drawing import draw
from puc_tool.maps.frame import Frame, Paper, fitting_scale, frame_round
from puc_tool.maps.layout import Layout
from puc_tool.maps.sheet import Areas, Context, Layer, Lines, MapContent, Numbers
from puc_tool.maps.style import ACCENT, FREE_LAND, Disc, Fill, Stroke

COVER_MM, INDEX_MM = (262.0, 297.0), (200.0, 226.0)
_BUILT = Fill("#85817b")
_PART = Stroke(ACCENT, 0.3)
_NUMBER = Disc(ACCENT, 4.2, 6.5)
_STAMP = (0.0, 0.0, 66.0, 12.0)
_MOST_NUMBERED = 80


@dataclass(frozen=True)
class Ground:
    """What an atlas is of: its outline, the buildings on it if known, and the parts its sheets frame, by number."""

    boundary: BaseGeometry
    crs: CRS
    buildings: tuple[BaseGeometry, ...]
    parts: tuple[BaseGeometry, ...]
    context: Context


def pictures(ground: Ground, lang: Lang) -> tuple[Mapping[str, bytes], Mapping[str, Any]]:
    """Return the files, and for each picture of the atlas its files from the bottom up and its size."""
    built = (Areas(ground.buildings, _BUILT),) if ground.buildings else ()
    shown = ground.parts[:_MOST_NUMBERED]
    numbers = (Numbers(shown, tuple(str(place + 1) for place in range(len(shown))), _NUMBER),) if shown else ()
    parts = (Lines(tuple(shapely.boundary(list(ground.parts))), _PART), *numbers) if ground.parts else ()
    cover, cover_files = _picture("cover", ground, built, COVER_MM, lang)
    index, index_files = _picture("index", ground, parts, INDEX_MM, lang)
    return {**cover_files, **index_files}, {"cover": cover, "index": index}


def _picture(
    name: str, ground: Ground, layers: tuple[Layer, ...], size_mm: tuple[float, float], lang: Lang
) -> tuple[Mapping[str, Any], Mapping[str, bytes]]:
    content = MapContent(ground.boundary, ground.crs, (Areas((ground.boundary,), FREE_LAND), *layers), ground.context)
    frame = _frame(ground, size_mm)
    # No cross and no name stands where the cover says something else.
    taken = (0.0, 0.0, *size_mm) if name == "cover" else _STAMP
    drawing = draw(content, Layout(Paper(*size_mm, 0.0), frame, None, taken), lang)
    files = {f"{name}-{each.name}": each.content for each in drawing.pictures}
    return {"files": list(files), "width": size_mm[0], "height": size_mm[1], "scale": frame.denominator}, files


def _frame(ground: Ground, size_mm: tuple[float, float]) -> Frame:
    shown = shapely.union_all([shapely.box(*each.bounds) for each in (ground.boundary, *ground.parts)])
    scale = fitting_scale(shown.bounds, size_mm)
    whole = frame_round(shown.bounds, ground.crs, Paper(420.0, 297.0, 106.0), scale)
    x, y = (shown.bounds[0] + shown.bounds[2]) / 2, (shown.bounds[1] + shown.bounds[3]) / 2
    left, top = x - size_mm[0] * scale / 2000, y + size_mm[1] * scale / 2000
    return replace(whole, left=float(round(left)), top=float(round(top)), width_mm=size_mm[0], height_mm=size_mm[1])
