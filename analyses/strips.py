"""Strips that follow from a law and a line: along coast, rivers and rails, where the study does not bring its own.

Source: D.Lgs 42/2004 art. 142 c. 1 a and c (300 m, 150 m), R.D. 523/1904 art. 96 (10 m), D.P.R. 753/1980 art. 49
(30 m), as ``constraint_kinds.csv`` gives them: not read at their source, so the widths are defaults to be changed.
What the law exempts (paved zones A and B of 1985, culverts, streams not listed) is not known here.

Method: planar buffer with 128 sides a circle (0.04 % of a full circle is lost), cut to the study's ground.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from geopandas import GeoDataFrame

from analyses.overlay import polygonal
from layers.union import ground_of

_SIDES_A_QUARTER = 32
_STANDING = ("sea", "lake", "covered")


@dataclass(frozen=True)
class Strip:
    """Ground within ``width_m`` of lines of one role; ``kind`` is one of ``constraint_kinds.csv``."""

    kind: str
    width_m: float
    along: GeoDataFrame | None

    def ground(self, boundary: shapely.Geometry) -> shapely.Geometry:
        """Return the ground of ``boundary`` within ``width_m`` (m) of the lines; empty without lines.

        Round ends and bends, of ``_SIDES_A_QUARTER`` sides a quarter circle (GEOS).
        """
        if self.along is None or self.along.empty:
            return shapely.Polygon()
        near = shapely.intersection(self.along.geometry.to_numpy(), boundary.buffer(self.width_m))
        wide = ground_of(shapely.buffer(near, self.width_m, quad_segs=_SIDES_A_QUARTER))
        return polygonal(shapely.intersection([wide], boundary))[0]


def running_water(hydrography: GeoDataFrame | None) -> GeoDataFrame | None:
    """Return the streams that run in the open: no sea, no lakes, no culverts; what does not say its kind runs."""
    if hydrography is None or "kind" not in hydrography.columns:
        return hydrography
    return hydrography[~hydrography["kind"].isin(_STANDING)]


def drawn(
    strips: tuple[Strip, ...], there: frozenset[str], boundary: shapely.Geometry
) -> Iterator[tuple[Strip, shapely.Geometry]]:
    """Yield each strip whose kind is not ``there`` already and that has ground on ``boundary``."""
    for strip in strips:
        if strip.kind not in there and strip.width_m > 0:
            ground = strip.ground(boundary)
            if not ground.is_empty:
                yield strip, ground
