"""The words of a layer's field on the map: of what is in view, the largest first, never more than an eye can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from layers.intake import Intake
from layers.spec import Kind
from layers.text import Lang, number
from ui.look import font
from ui.map.labels import Name
from ui.map.projection import View
from ui.tokens import Tokens

MOST = 150
_FROM_PX = 18.0
"""Areas and lines smaller than this on the screen go without words."""


class LayerLabels:
    """Where the words of one field of one layer may stand; points inside areas are found as they come into view."""

    def __init__(self, intake: Intake, field: str, lang: Lang) -> None:
        self.layer, self.field = intake.layer, field
        assert isinstance(self.layer, GeoDataFrame), "only features have fields"
        self._geometries = self.layer.geometry.to_numpy()
        of_role = intake.role.field(field)
        is_amount = of_role is not None and of_role.kind is Kind.NUMBER
        self._words = self.layer[field].map(lambda value: _told(value, lang, is_amount=is_amount)).to_numpy(object)
        self._bounds = shapely.bounds(self._geometries)
        self._is_point = shapely.get_dimensions(self._geometries) == 0
        self._points: dict[int, tuple[float, float]] = {}

    def names(self, view: View, tokens: Tokens) -> Iterator[Name]:
        """Yield the words of what ``view`` sees, the largest first."""
        for place in self._seen(view):
            x, y = self._point(int(place))
            yield Name(self._words[place], view.transform.map(QPointF(x, y)), font("map-name"), QColor(tokens.ink))

    def _seen(self, view: View) -> NDArray[np.intp]:
        left, bottom, right, top = view.bounds
        bounds = self._bounds
        is_in = (bounds[:, 0] <= right) & (bounds[:, 2] >= left) & (bounds[:, 1] <= top) & (bounds[:, 3] >= bottom)
        width = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
        is_told = is_in & (self._words != "") & (self._is_point | (width >= _FROM_PX * view.metres))
        places = np.flatnonzero(is_told)
        return places[np.argsort(-width[places], kind="stable")][:MOST]

    def _point(self, place: int) -> tuple[float, float]:
        if place not in self._points:
            x, y = shapely.get_coordinates(shapely.point_on_surface(self._geometries[place]))[0].tolist()
            self._points[place] = x, y
        return self._points[place]


def _told(value: Any, lang: Lang, *, is_amount: bool) -> str:
    """Return the words of a value: an amount in the language's figures, a code as the source has it."""
    if pd.isna(value):
        return ""
    if is_amount:
        return number(float(value), 0 if float(value).is_integer() else 2).to(lang)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
