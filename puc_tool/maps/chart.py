"""A chart as SVG, drawn with what maps are drawn with: matplotlib's paths, letters as real text in the sheets' font."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.text import Lang, number
from puc_tool.maps import fonts, svg
from puc_tool.maps.panel import PANEL_MM, Axis, Chart, Points
from puc_tool.maps.style import INK, INK_2, RULE, Lettering, Stroke

SIZE_MM = (PANEL_MM, 56.0)
_LEFT_MM, _TOP_MM, _RIGHT_MM, _BOTTOM_MM = 13.0, 11.0, 4.0, 10.0
_MOST_STEPS = 4
_AIR = 0.06
"""Room at either end of an axis, as a share of what the points span."""
_GRID, _EDGE = Stroke(RULE, 0.1), Stroke(INK_2, 0.18)
_TICK, _TITLE = Lettering(INK_2, 6.2, 400, halo_pt=0), Lettering(INK, 6.6, 600, halo_pt=0)
_LETTER = Lettering(INK, 7.0, 600, halo_pt=1.2)
_LETTER_OFF_MM, _SIGN_STEP_MM, _LINE_MM = 2.6, 3.0, 3.4

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Scale:
    """One axis: from its least to its most value on so many millimetres, with its ticks."""

    axis: Axis
    low: float
    high: float
    from_mm: float
    to_mm: float

    @classmethod
    def of(cls, axis: Axis, values: Floats, from_mm: float, to_mm: float) -> _Scale:
        low, high = float(values.min()), float(values.max())
        air = (high - low or abs(high) or 1.0) * _AIR
        return cls(axis, low - air, high + air, from_mm, to_mm)

    def mm(self, values: Floats) -> Floats:
        """Return where values stand."""
        return self.from_mm + (values - self.low) / (self.high - self.low) * (self.to_mm - self.from_mm)

    @property
    def ticks(self) -> Floats:
        """Round values within the axis, few."""
        from matplotlib.ticker import MaxNLocator

        # A step finer than the decimals printed would write one number twice.
        steps = MaxNLocator(_MOST_STEPS, steps=[1, 2, 2.5, 5, 10], integer=self.axis.decimals == 0)
        found = np.asarray(steps.tick_values(self.low, self.high), dtype=float)
        return found[(found >= self.low) & (found <= self.high)]


def picture(chart: Chart, lang: Lang) -> bytes:
    """Return the chart as an SVG of ``SIZE_MM``. The same chart gives the same bytes."""
    places = np.array([place for each in chart.points for place in each.places], dtype=float)
    width, height = SIZE_MM
    across = _Scale.of(chart.across, places[:, 0], _LEFT_MM, width - _RIGHT_MM)
    up = _Scale.of(chart.up, places[:, 1], height - _BOTTOM_MM, _TOP_MM)
    return svg.document(*SIZE_MM, (*_axes(across, up, lang), *_key(chart, lang), *_points(chart.points, across, up)))


def _axes(across: _Scale, up: _Scale, lang: Lang) -> Iterator[svg.Part]:
    """Yield grid lines with their numbers, and the titles of both axes."""
    (left, right), (bottom, top) = (across.from_mm, across.to_mm), (up.from_mm, up.to_mm)
    columns, rows = across.mm(across.ticks), up.mm(up.ticks)
    lines = [*([(x, bottom), (x, top)] for x in columns), *([(left, y), (right, y)] for y in rows)]
    yield from svg.line(shapely.multilinestrings(lines), _GRID)
    yield from svg.line(shapely.LineString([(left, top), (left, bottom), (right, bottom)]), _EDGE)
    for x, value in zip(columns, across.ticks, strict=True):
        yield from svg.lettering(np.array([x, bottom + 2.2]), _amount(across, value, lang), _TICK)
    for y, value in zip(rows, up.ticks, strict=True):
        yield from _ending_at(left - 1.2, y, _amount(up, value, lang), _TICK)
    yield from _ending_at(right, bottom + 6.4, across.axis.label.to(lang), _TITLE)
    yield from _starting_at(0.0, top - 3.4, up.axis.label.to(lang), _TITLE)


def _key(chart: Chart, lang: Lang) -> Iterator[svg.Part]:
    """Yield what the signs mean, in one line over the plot."""
    x = 0.0
    for each in chart.points:
        words = each.label.to(lang)
        yield from svg.mark(np.array([[x + 1.4, 1.8]]), each.style)
        yield from _starting_at(x + _SIGN_STEP_MM + 0.6, 1.8, words, _TICK)
        x += _SIGN_STEP_MM + fonts.width_mm(words, _TICK.size_pt) + _LINE_MM


def _points(points: tuple[Points, ...], across: _Scale, up: _Scale) -> Iterator[svg.Part]:
    """Yield the signs, then their letters, on the side where the plot has room."""
    stood = [(each, np.column_stack([across.mm(xy[:, 0]), up.mm(xy[:, 1])])) for each, xy in _arrays(points)]
    for each, at in stood:
        yield from svg.mark(at, each.style)
    for each, at in stood:
        for (x, y), letter in zip(at, each.letters, strict=True):
            side = -1.0 if x + _LETTER_OFF_MM + 2.0 > across.to_mm else 1.0
            yield from svg.lettering(np.array([x + side * _LETTER_OFF_MM, y]), letter, _LETTER)


def _arrays(points: tuple[Points, ...]) -> Iterator[tuple[Points, Floats]]:
    return ((each, np.array(each.places, dtype=float)) for each in points if each.places)


def _amount(scale: _Scale, value: float, lang: Lang) -> str:
    return number(value, scale.axis.decimals).to(lang)


def _starting_at(x: float, y: float, words: str, style: Lettering) -> Iterator[str]:
    return svg.lettering(np.array([x, y]), words, style, anchor="start")


def _ending_at(x: float, y: float, words: str, style: Lettering) -> Iterator[str]:
    return svg.lettering(np.array([x, y]), words, style, anchor="end")
