"""What lies under a point, at once however many features there are: through a tree of their bounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Finder:
    """``geometries`` (n,) in metres; the tree is made when it is first asked."""

    geometries: NDArray[np.object_]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.geometries)

    def at(self, x: float, y: float, reach_m: float = 0.0) -> list[int]:
        """Return the places of the features at a point, or within ``reach_m`` of it; the topmost, the last, first."""
        point = shapely.Point(x, y)
        near = {"predicate": "dwithin", "distance": reach_m} if reach_m else {"predicate": "intersects"}
        return sorted(self._tree.query(point, **near).tolist(), reverse=True)

    def within(self, left: float, bottom: float, right: float, top: float) -> list[int]:
        """Return the places of the features that touch a box, ascending."""
        return sorted(self._tree.query(shapely.box(left, bottom, right, top), predicate="intersects").tolist())
