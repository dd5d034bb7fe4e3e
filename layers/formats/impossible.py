"""Features that lie nowhere: coordinates that are no numbers, or beyond any place on Earth in any unit."""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.in_chunks import in_chunks
from layers.problems import Problem, Severity
from layers.source import Source
from layers.text import Text, number, same, say

FARTHEST = 1e9
"""No coordinate of a place is larger: the Earth is 40 million metres round, 131 million feet."""


def without_impossible(frame: GeoDataFrame, source: Source) -> tuple[GeoDataFrame, list[Problem]]:
    """Return the features without those that lie nowhere, and the problem that counts them."""
    nowhere = in_chunks(_lie_nowhere, frame.geometry.to_numpy())
    if not nowhere.any():
        return frame, []
    return frame[~nowhere].reset_index(drop=True), [_left_out(source, int(nowhere.sum()), len(frame))]


def _lie_nowhere(geometry: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell of each geometry whether one of its coordinates can't be: of the whole its bounds tell only the largest."""
    bounds = shapely.bounds(geometry)
    bad = ~(np.abs(bounds) <= FARTHEST).all(axis=1)
    # What has no bounds has no coordinates; and of a ring with a gap among its numbers the bounds may be sound.
    bad &= ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    xy, of = shapely.get_coordinates(geometry, return_index=True)
    bad[of[np.isnan(xy).any(axis=1)]] = True
    return bad


def _left_out(source: Source, count: int, of: int) -> Problem:
    return Problem(
        "geometry-impossible",
        same(source.name),
        say(
            "elementi con coordinate impossibili (infinite, o oltre un miliardo): {n} di {of}.",
            "features with impossible coordinates (infinite, or beyond a thousand million): {n} of {of}.",
            n=number(count),
            of=number(of),
        ),
        Text("Non vengono letti né contati.", "They are neither read nor counted."),
        Text("Chiedere il dato a chi lo ha prodotto.", "Ask whoever made the data for it."),
        Severity.WARNING,
    )
