"""A waterfall as SVG: what each part adds, from where the one before ended, beside what it could have added."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.text import Lang, number
from puc_tool.maps import fonts, svg
from puc_tool.maps.panel import PANEL_MM, Waterfall
from puc_tool.maps.style import ACCENT, INK, INK_2, RULE, Fill, Lettering, Stroke

_LABEL_MM, _TOP_MM, _ROW_MM, _FOOT_MM, _RIGHT_MM = 43.0, 6.0, 4.4, 9.0, 9.0
_BAR_SHARE = 0.62
_AXIS_ENDS = (0.0, 0.25, 0.5, 0.75, 1.0)
_GIVEN, _POSSIBLE, _TOTAL = Fill(ACCENT), Fill("#d6e4e4"), Fill(INK)
_GRID, _LINK = Stroke(RULE, 0.1), Stroke(INK_2, 0.12)
_WORDS, _STRONG = Lettering(INK_2, 6.2, 400, halo_pt=0), Lettering(INK, 6.4, 600, halo_pt=0)
_KEY_MM = 3.0


def size_mm(chart: Waterfall) -> tuple[float, float]:
    """Return width and height: every step has a row, and the total."""
    return PANEL_MM, _TOP_MM + _ROW_MM * (len(chart.steps) + 1) + _FOOT_MM


def picture(chart: Waterfall, lang: Lang) -> bytes:
    """Return the chart as an SVG of ``size_mm``. The same chart gives the same bytes."""
    given = np.array([step.amount for step in chart.steps])
    ends = np.cumsum(given)
    rows = [_row(place, end - step.amount, step.amount, step.most)
            for place, (step, end) in enumerate(zip(chart.steps, ends, strict=True))]  # fmt: skip
    total = _bar(len(chart.steps), 0.0, chart.total, _TOTAL)
    parts = (*_axis(chart, lang), *(part for row in rows for part in row), *total, *_links(ends))
    return svg.document(*size_mm(chart), (*_key(chart, lang), *parts, *_words(chart, ends, lang)))


def _x(value: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
    return _LABEL_MM + value * (PANEL_MM - _RIGHT_MM - _LABEL_MM)


def _middle(place: int) -> float:
    return _TOP_MM + _ROW_MM * (place + 0.5)


def _bar(place: int, start: float, width: float, look: Fill) -> Iterator[svg.Part]:
    half = _ROW_MM * _BAR_SHARE / 2
    yield from svg.area(shapely.box(_x(start), _middle(place) - half, _x(start + width), _middle(place) + half), look)


def _row(place: int, start: float, amount: float, most: float) -> tuple[svg.Part, ...]:
    possible = _bar(place, start, most, _POSSIBLE)
    return (*possible, *(_bar(place, start, amount, _GIVEN) if amount > 0.0 else ()))


def _links(ends: NDArray[np.float64]) -> Iterator[svg.Part]:
    """Yield a line from the end of each step to the beginning of the next one."""
    for place, end in enumerate(ends):
        yield from svg.line(shapely.LineString([(_x(end), _middle(place)), (_x(end), _middle(place + 1))]), _LINK)


def _axis(chart: Waterfall, lang: Lang) -> Iterator[svg.Part]:
    foot = _TOP_MM + _ROW_MM * (len(chart.steps) + 1)
    lines = [[(_x(value), _TOP_MM), (_x(value), foot)] for value in _AXIS_ENDS]
    yield from svg.line(shapely.multilinestrings(lines), _GRID)
    for value in _AXIS_ENDS:
        yield from svg.lettering(np.array([_x(value), foot + 2.2]), number(value, 2).to(lang), _WORDS)
    at = np.array([PANEL_MM - _RIGHT_MM, foot + 6.2])
    yield from svg.lettering(at, chart.axis.label.to(lang), _STRONG, anchor="end")


def _key(chart: Waterfall, lang: Lang) -> Iterator[svg.Part]:
    x = 0.0
    for look, label in ((_GIVEN, chart.given), (_POSSIBLE, chart.possible)):
        words = label.to(lang)
        yield from svg.area(shapely.box(x, 0.8, x + _KEY_MM, 2.8), look)
        yield from svg.lettering(np.array([x + _KEY_MM + 1.2, 1.8]), words, _WORDS, anchor="start")
        x += _KEY_MM + 1.2 + fonts.width_mm(words, _WORDS.size_pt) + 4.0


def _words(chart: Waterfall, ends: NDArray[np.float64], lang: Lang) -> Iterator[svg.Part]:
    """Yield what each row is called, and where it ends."""
    for place, step in enumerate(chart.steps):
        at = np.array([_LABEL_MM - 1.5, _middle(place)])
        yield from svg.lettering(at, fitting(step.label.to(lang)), _WORDS, anchor="end")
    last = len(chart.steps)
    at = np.array([_LABEL_MM - 1.5, _middle(last)])
    yield from svg.lettering(at, chart.total_label.to(lang), _STRONG, anchor="end")
    at = np.array([float(_x(chart.total)) + 1.2, _middle(last)])
    yield from svg.lettering(at, number(chart.total, 2).to(lang), _STRONG, anchor="start")


def fitting(words: str) -> str:
    """Return words that have room beside the bars; of longer ones the beginning, the table has them whole."""
    room = _LABEL_MM - 2.0
    if fonts.width_mm(words, _WORDS.size_pt) <= room:
        return words
    kept = next(
        (end for end in range(len(words) - 1, 0, -1) if fonts.width_mm(f"{words[:end]}…", _WORDS.size_pt) <= room), 0
    )
    return f"{words[:kept].rstrip()}…"
