"""An axis of a chart: round ticks over the values, and where a value comes to lie. Better is always up and right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_MARGIN, _TICKS = 0.08, 4


@dataclass(frozen=True)
class Axis:
    """Values from ``low`` to ``high`` on pixels from ``start`` to ``end``; turned round where less is better."""

    low: float
    high: float
    start: float
    end: float
    is_turned: bool = False

    def at(self, value: float) -> float:
        """Return where a value lies (pixels)."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + (1.0 - share if self.is_turned else share) * (self.end - self.start)

    @property
    def step(self) -> float:
        """The distance of ticks: 1, 2 or 5 times a power of ten."""
        rough = (self.high - self.low) / _TICKS
        tenth = 10.0 ** math.floor(math.log10(rough))
        return next(times * tenth for times in (1.0, 2.0, 5.0, 10.0) if times * tenth >= rough)

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values that are marked."""
        step = self.step
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return tuple(count * step for count in range(first, last + 1))

    @property
    def decimals(self) -> int:
        """How many decimals tell ticks apart."""
        return max(0, -math.floor(math.log10(self.step)))


def axis_of(values: Sequence[float], start: float, end: float, *, is_turned: bool) -> Axis:
    """Return an axis with room for ``values``; of what can't be less than nothing it begins there."""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    room = (high - low) * _MARGIN or max(abs(low) * _MARGIN, 1.0)
    least = low - room if low < 0.0 or low > room else 0.0
    return Axis(least, high + room, start, end, is_turned)
