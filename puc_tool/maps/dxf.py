"""The map as a DXF, in the study's coordinates: one layer for each sign of the legend, cut to the frame.

Cells become the outlines of their classes. Names and numbers are a point each and their text: GDAL's driver takes the
words of a text from a style that our writer cannot give, so the texts are written here, in the form of DXF 2000.
"""

from __future__ import annotations

import codecs
import colorsys
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyogrio.raw
import rasterio.features
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from PIL import ImageColor

from layers.aside import folder_aside
from puc_tool.maps import fonts, labels
from puc_tool.maps.frame import Frame
from puc_tool.maps.geometry import mended
from puc_tool.maps.sheet import Areas, Labels, LegendGroup, Lines, MapContent, Marks, Numbers, RasterClasses
from puc_tool.maps.style import COMMUNE, NEIGHBOUR, Style

_BORDER, _NEIGHBOURS, _WORDS = "Confine comunale", "Altri confini comunali", "Nomi"
_CAP_HEIGHT_EM = 0.698
_MOST_LETTERS = 80
_HUES, _LIGHTS = 24, (255, 165, 127, 76, 38)
_GREYS = {250: 84, 251: 118, 252: 152, 253: 186, 254: 220}
_INK, _DARK, _LIGHTNESS = 7, 60, 0.3
_HANDLE = re.compile(r"^  5\n([0-9A-F]+)$", re.MULTILINE)
_SEED = re.compile(r"\$HANDSEED\n *5\n[0-9A-Fa-f]+\n")
_ENCODING = "cp1252"
"""What the file says of itself: $DWGCODEPAGE ANSI_1252."""

Drawn = tuple[str, str, NDArray[np.object_]]
"""Layer, colour, geometries."""


@dataclass(frozen=True)
class Word:
    """A text centred on a place (m), its capitals ``height_m`` high."""

    layer: str
    x: float
    y: float
    height_m: float
    words: str


def dxf(content: MapContent, legend: Sequence[LegendGroup], frame: Frame) -> bytes:
    """Return the map's features as DXF entities, each on the layer that the legend (in Italian) names."""
    drawn = [each for each in _features(content, _names(legend)) if len(each[2])]
    cut = [(name, colour, _cut(found, frame)) for name, colour, found in drawn]
    geometries = np.concatenate([found for _, _, found in cut])
    layers = np.concatenate([np.full(len(found), name, object) for name, _, found in cut])
    written = _lettered(_written(geometries, layers, frame), list(_texts(content, _names(legend), frame)))
    return _coloured(written, {name: colour for name, colour, _ in cut})


def _names(legend: Sequence[LegendGroup]) -> dict[Style, str]:
    return {item.style: _layer_name(item.label.it) for group in legend for item in group.items}


def _layer_name(words: str) -> str:
    """Return a name every CAD program takes: plain letters, none of the signs that DXF keeps for itself."""
    plain = unicodedata.normalize("NFKD", words.replace("–", "-")).encode("ascii", "ignore").decode()
    return re.sub(r"[<>/\\\":;?*|=,`%\s]+", " ", plain).strip()[:_MOST_LETTERS] or "0"


def _features(content: MapContent, names: dict[Style, str]) -> Iterator[Drawn]:
    for layer in content.layers:
        if isinstance(layer, RasterClasses):
            yield from _outlines(layer, content, names)
        elif isinstance(layer, Areas):
            yield names.get(layer.style, "0"), layer.style.colour, mended(layer.geometries)
        elif isinstance(layer, Lines):
            yield names.get(layer.style, "0"), layer.style.colour, _lines(layer)
        elif isinstance(layer, Marks | Numbers | Labels):
            points = shapely.points(labels.middles(layer.geometries)) if layer.geometries else np.array([], object)
            yield names.get(layer.style, _WORDS), layer.style.colour, points
    yield names.get(COMMUNE, _BORDER), COMMUNE.colour, shapely.boundary(mended([content.boundary]))
    around = mended(content.context.neighbours) if content.context.neighbours else np.array([], object)
    yield names.get(NEIGHBOUR, _NEIGHBOURS), NEIGHBOUR.colour, shapely.boundary(around)


def _lines(layer: Lines) -> NDArray[np.object_]:
    """Return lines; of areas their borders, for an area would be filled and cover what lies under it."""
    found = mended(layer.geometries)
    return np.where(shapely.get_dimensions(found) == 2, shapely.boundary(found), found)


def _texts(content: MapContent, names: dict[Style, str], frame: Frame) -> Iterator[Word]:
    """Yield the words of names and numbers inside the frame, as high as they are printed at the map's scale."""
    left, bottom, right, top = frame.bounds
    for layer in content.layers:
        if isinstance(layer, Numbers | Labels) and layer.geometries:
            height_m = _type_pt(layer) * fonts.PT_MM * _CAP_HEIGHT_EM * frame.metres_a_mm
            for (x, y), words in zip(labels.middles(layer.geometries).tolist(), _words(layer), strict=True):
                if left <= x <= right and bottom <= y <= top:
                    yield Word(names.get(layer.style, _WORDS), x, y, height_m, " ".join(words.split()))


def _type_pt(layer: Numbers | Labels) -> float:
    return layer.style.size_pt if isinstance(layer, Labels) else layer.style.type_pt


def _words(layer: Numbers | Labels) -> list[str]:
    return [words.it for words in layer.words] if isinstance(layer, Labels) else list(layer.words)


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
    with folder_aside("dxf") as folder:
        path = folder / "map.dxf"
        pyogrio.raw.write(
            path, shapely.to_wkb(geometries), [layers], fields=["Layer"], layer="entities", driver="DXF",
            geometry_type="Unknown", crs=frame.crs.to_wkt(),
        )  # fmt: skip
        return path.read_text(encoding="utf-8")


def _lettered(written: str, words: Sequence[Word]) -> str:
    """Return the file with ``words`` after its other entities, under handles that no entity has."""
    begun = written.rindex("  2\nENTITIES\n")
    end = written.index("  0\nENDSEC\n", begun)
    free = 1 + max((int(handle, 16) for handle in _HANDLE.findall(written)), default=0)
    texts = "".join(_text(word, place) for place, word in enumerate(words, start=free))
    seed = f"$HANDSEED\n  5\n{free + len(words):X}\n"
    return _SEED.sub(lambda _: seed, written[:end] + texts + written[end:], count=1)


def _text(word: Word, handle: int) -> str:
    """Return a TEXT entity: codes and values in the order of the DXF reference (AutoCAD 2000), middle of the middle."""
    place = f"{word.x:.3f}", f"{word.y:.3f}"
    pairs = (
        (0, "TEXT"), (5, f"{handle:X}"), (100, "AcDbEntity"), (8, word.layer), (100, "AcDbText"),
        (10, place[0]), (20, place[1]), (30, "0.0"), (40, f"{word.height_m:.3f}"), (1, _escaped(word.words)),
        (72, "1"), (11, place[0]), (21, place[1]), (31, "0.0"), (100, "AcDbText"), (73, "2"),
    )  # fmt: skip
    return "".join(f"{code:3d}\n{value}\n" for code, value in pairs)


def _escaped(words: str) -> str:
    """Return words whose letters the file's encoding has, the others by their number."""
    return words.encode(_ENCODING, "dxf-number").decode(_ENCODING)


def _by_number(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError), "only writing meets a letter without a place"
    return "".join(f"\\U+{ord(letter):04X}" for letter in error.object[error.start : error.end]), error.end


codecs.register_error("dxf-number", _by_number)


def _coloured(written: str, colours: dict[str, str]) -> bytes:
    """Return the file with each layer in the numbered colour nearest to its own."""
    for name, colour in colours.items():
        written = written.replace(
            f"\n  2\n{name}\n 70\n     0\n 62\n     7\n", f"\n  2\n{name}\n 70\n     0\n 62\n{_number(colour):6d}\n", 1
        )
    return written.encode(_ENCODING)


def _number(colour: str) -> int:
    rgb = np.array(ImageColor.getrgb(colour)[:3], float)
    if rgb.max() < _DARK:
        return _INK
    numbers, palette = _palette()
    # Pale classes are told apart by their hue, and of hues there are few pale ones: lightness counts for less.
    return int(numbers[np.linalg.norm(palette - _tint(rgb), axis=1).argmin()])


def _tint(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return lightness, little of it, and the two differences of colour (the YCoCg transform)."""
    red, green, blue = np.moveaxis(rgb, -1, 0)
    return np.stack([_LIGHTNESS * (red + 2 * green + blue) / 4, red - blue, green - (red + blue) / 2], axis=-1)


@cache
def _palette() -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the tints every CAD program knows by number: 24 hues, each in five lights, full and half, and greys.

    Source: the AutoCAD Color Index; 7 is the ink, black or white.
    """
    found = {number: (light, light, light) for number, light in _GREYS.items()}
    for place in range(_HUES * 2 * len(_LIGHTS)):
        hue, light, is_half = place // 10, _LIGHTS[place % 10 // 2], place % 2
        pure = np.array(colorsys.hsv_to_rgb(hue / _HUES, 1.0, 1.0))
        red, green, blue = (light * ((1 + pure) / 2 if is_half else pure)).astype(int).tolist()
        found[10 + place] = (red, green, blue)
    return np.array(list(found)), _tint(np.array(list(found.values()), float))
