"""The map as a DXF, in the study's coordinates: one layer for each sign of the legend, cut to the frame.

Cells become the outlines of their classes. Names and numbers are points: the driver sets no text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyogrio.raw
import rasterio.features
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from PIL import ImageColor

from puc_tool.maps import labels
from puc_tool.maps.frame import Frame
from puc_tool.maps.geometry import mended
from puc_tool.maps.sheet import Areas, Labels, LegendGroup, Lines, MapContent, Marks, Numbers, RasterClasses
from puc_tool.maps.style import COMMUNE, NEIGHBOUR, Style

_BORDER, _NEIGHBOURS = "Confine comunale", "Altri confini comunali"
_MOST_LETTERS = 80
_NAMED_COLOURS = {
    1: "#ff0000",
    2: "#ffff00",
    3: "#00ff00",
    4: "#00ffff",
    5: "#0000ff",
    6: "#ff00ff",
    8: "#808080",
    9: "#c0c0c0",
}
"""The colours a CAD program knows by number; 7 is its ink, black or white."""
_INK, _DARK = 7, 60

Drawn = tuple[str, str, NDArray[np.object_]]
"""Layer, colour, geometries."""


def dxf(content: MapContent, legend: Sequence[LegendGroup], frame: Frame) -> bytes:
    """Return the map's features as DXF entities, each on the layer that the legend (in Italian) names."""
    drawn = [each for each in _features(content, _names(legend)) if len(each[2])]
    cut = [(name, colour, _cut(found, frame)) for name, colour, found in drawn]
    geometries = np.concatenate([found for _, _, found in cut])
    layers = np.concatenate([np.full(len(found), name, object) for name, _, found in cut])
    return _coloured(_written(geometries, layers, frame), {name: colour for name, colour, _ in cut})


def _names(legend: Sequence[LegendGroup]) -> dict[Style, str]:
    return {item.style: _layer_name(item.label.it) for group in legend for item in group.items}


def _layer_name(words: str) -> str:
    """Return a name every CAD program takes: plain letters, none of the signs that DXF keeps for itself."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[<>/\\\":;?*|=,`%\s]+", " ", plain).strip()[:_MOST_LETTERS] or "0"


def _features(content: MapContent, names: dict[Style, str]) -> Iterator[Drawn]:
    for layer in content.layers:
        if isinstance(layer, RasterClasses):
            yield from _outlines(layer, content, names)
        elif isinstance(layer, Areas | Lines):
            yield names.get(layer.style, "0"), layer.style.colour, mended(layer.geometries)
        elif isinstance(layer, Marks | Numbers | Labels):
            points = shapely.points(labels.middles(layer.geometries)) if layer.geometries else np.array([], object)
            yield names.get(layer.style, "Nomi"), layer.style.colour, points
    yield names.get(COMMUNE, _BORDER), COMMUNE.colour, shapely.boundary(mended([content.boundary]))
    around = mended(content.context.neighbours) if content.context.neighbours else np.array([], object)
    yield names.get(NEIGHBOUR, _NEIGHBOURS), NEIGHBOUR.colour, shapely.boundary(around)


def _outlines(layer: RasterClasses, content: MapContent, names: dict[Style, str]) -> Iterator[Drawn]:
    shapes = list(rasterio.features.shapes(layer.cells, mask=layer.cells > 0, transform=layer.grid.transform))
    classes = np.array([int(value) for _, value in shapes])
    grounds = GeoSeries([shapely.geometry.shape(outline) for outline, _ in shapes], crs=layer.grid.crs)
    placed = grounds.to_crs(content.crs).to_numpy()
    for place, style in enumerate(layer.styles, start=1):
        yield names.get(style, "0"), style.colour, placed[classes == place]


def _cut(geometries: NDArray[np.object_], frame: Frame) -> NDArray[np.object_]:
    """Return what lies in the frame, each part on its own, without empties."""
    parts = shapely.get_parts(shapely.get_parts(shapely.clip_by_rect(geometries, *frame.bounds)))
    return parts[~shapely.is_empty(parts)]


def _written(geometries: NDArray[np.object_], layers: NDArray[np.object_], frame: Frame) -> str:
    with TemporaryDirectory(prefix="puc-dxf-") as folder:
        path = Path(folder) / "map.dxf"
        pyogrio.raw.write(
            path, shapely.to_wkb(geometries), [layers], fields=["Layer"], layer="entities", driver="DXF",
            geometry_type="Unknown", crs=frame.crs.to_wkt(),
        )  # fmt: skip
        return path.read_text(encoding="utf-8")


def _coloured(written: str, colours: dict[str, str]) -> bytes:
    """Return the file with each layer in the named colour nearest to its own."""
    for name, colour in colours.items():
        written = written.replace(
            f"\n  2\n{name}\n 70\n     0\n 62\n     7\n", f"\n  2\n{name}\n 70\n     0\n 62\n{_number(colour):6d}\n", 1
        )
    return written.encode()


def _number(colour: str) -> int:
    rgb = np.array(ImageColor.getrgb(colour)[:3], float)
    if rgb.max() < _DARK:
        return _INK
    return min(_NAMED_COLOURS, key=lambda each: float(np.abs(rgb - ImageColor.getrgb(_NAMED_COLOURS[each])[:3]).sum()))
