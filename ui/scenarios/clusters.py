"""Points of a chart that can't be told apart: one sign for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from layers.text import Text
from puc_tool.scenarios.scenario_chart import Point

_APART_PX = 3.0


@dataclass(frozen=True)
class Cluster:
    """Scenarios in one place of a chart (pixels), in the chart's order."""

    points: tuple[Point, ...]
    at: QPointF

    @property
    def titles(self) -> tuple[Text, ...]:
        """What they are called."""
        return tuple(each.title for each in self.points)

    def after(self, scenario: str) -> str:
        """Return the scenario after one of these; the first if it is none of them, or the last."""
        ids = [each.scenario for each in self.points]
        return ids[(ids.index(scenario) + 1) % len(ids)] if scenario in ids else ids[0]


def clustered(points: Sequence[Point], place_of: Callable[[Point], QPointF]) -> tuple[Cluster, ...]:
    """Return every point once: with those that are painted less than three pixels from the first of them."""
    found: list[Cluster] = []
    for point in points:
        at = place_of(point)
        near = next((place for place, each in enumerate(found) if _is_close(each.at, at)), None)
        if near is None:
            found.append(Cluster((point,), at))
        else:
            found[near] = Cluster((*found[near].points, point), found[near].at)
    return tuple(found)


def _is_close(one: QPointF, other: QPointF) -> bool:
    return (one - other).manhattanLength() < _APART_PX
