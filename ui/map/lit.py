"""The pieces of a number on the map: in the accent, the darker the more of its ground counts."""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from layers.text import Text
from puc_tool.figures.pieces import AREA, WHOLE, Pieces
from puc_tool.maps.canvas.pictures import drawn_by
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.maps.result_themes import ResultTheme
from puc_tool.maps.themes import ClassStyle, Drawn, Theme
from ui.tokens import DARK, LIGHT, Tokens

TITLE = Text("Pezzi della cifra", "Pieces of the number")
_STEPS = 4
_PALEST = 0.25
_OPACITY = 0.92
_KIND = "_kind"
LESS = "less"
AROUND_M = 20.0
"""How far around a point or a line the ground is lit, where other pieces are polygons."""


def lit(pieces: Pieces) -> ResultPicture:
    """Return the picture of ``pieces``."""
    frame = of_one_kind(pieces.frame.assign(**{_KIND: _kinds(pieces)}))
    theme = ResultTheme("origin", TITLE, pieces.layer, Theme(_drawn(frame), _KIND, _CLASSES, opacity=_OPACITY))
    return ResultPicture(theme, drawn_by(theme.theme, frame), len(frame))


def around(pieces: Pieces) -> tuple[ResultPicture, ...]:
    """Return the picture of what lies around the pieces and brings nothing: outlined, or marked where it is a point."""
    frame = pieces.around
    if frame is None or not len(frame):
        return ()
    drawn = Drawn.POINT if _drawn(frame) is Drawn.POINT else Drawn.OUTLINE
    theme = ResultTheme("around", TITLE, pieces.layer, Theme(drawn, classes=(_AROUND,), ink="accent", width=2.0))
    return (ResultPicture(theme, drawn_by(theme.theme, frame), len(frame)),)


def is_shaded(pieces: Pieces) -> bool:
    """Tell whether pieces differ in how much of their ground counts."""
    return len(set(_kinds(pieces))) > 1


def _kinds(pieces: Pieces) -> NDArray[np.str_]:
    """Return the class of each piece: in which quarter lies the share of its ground that counts; or that it takes."""
    whole = pieces.frame[WHOLE].to_numpy(float) if WHOLE in pieces.frame else np.zeros(len(pieces.amounts))
    is_area = pieces.column.endswith(AREA)
    share = np.divide(np.abs(pieces.amounts), whole, out=np.ones(len(whole)), where=is_area & (whole > 0.0))
    steps = np.ceil(share * _STEPS - 1e-9).clip(1, _STEPS).astype(int).astype(str)
    return np.where(pieces.amounts < 0.0, LESS, steps)


def of_one_kind(frame: GeoDataFrame) -> GeoDataFrame:
    """Return pieces that can be drawn together: points and lines among polygons as the ground around them."""
    geometry = frame.geometry.to_numpy()
    is_flat = shapely.get_dimensions(geometry) == 2
    if is_flat.all() or not is_flat.any():
        return frame
    return frame.set_geometry(np.where(is_flat, geometry, shapely.buffer(geometry, AROUND_M)), crs=frame.crs)


def _drawn(frame: GeoDataFrame) -> Drawn:
    kinds = {kind.removeprefix("Multi") for kind in frame.geom_type}
    return Drawn.POINT if kinds == {"Point"} else Drawn.LINE if kinds == {"LineString"} else Drawn.AREA


def _shade(tokens: Tokens, step: int) -> str:
    """Return the accent, mixed with the ground the less the lower the step."""
    share = _PALEST + (1.0 - _PALEST) * step / _STEPS
    over, under = (_channels(QColor(each)) for each in (tokens.accent, tokens.inland))
    return QColor(*(round(a * share + b * (1.0 - share)) for a, b in zip(over, under, strict=True))).name()


def _channels(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


_CLASSES = (
    *(
        ClassStyle(str(step), TITLE, _shade(LIGHT, step), colour_on_dark=_shade(DARK, step))
        for step in range(1, _STEPS + 1)
    ),
    ClassStyle(LESS, TITLE, LIGHT.bar, colour_on_dark=DARK.bar),
)
_AROUND = ClassStyle("", TITLE, LIGHT.ink, colour_on_dark=DARK.ink)
