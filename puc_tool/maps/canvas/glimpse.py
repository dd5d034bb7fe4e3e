"""A layer's picture before the layer has been read: what is in view, as it comes from the file.

Only what needs no care is seen so: a GeoPackage or FlatGeobuf in the study's CRS, chosen and joined by nothing, with
lines and areas alone. Of anything else there is no glimpse, and the map waits for the layer itself, which takes the
place of a glimpse too: it alone is checked and repaired, and only it has areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from layers import roles
from layers.formats.in_view import Strip, strips
from layers.formats.salvage import FAILURES
from layers.problems import PucError
from layers.reference import LayerRef
from layers.shaping import shape
from layers.source import locate
from layers.spec import Role
from puc_tool import trust
from puc_tool.maps.canvas.flattening import Run, of_binary
from puc_tool.maps.canvas.pictures import Picture, classed, dressed
from puc_tool.maps.canvas.shapes import Bounds, shapes_of_runs
from puc_tool.maps.themes import BY_ROLE, Theme
from puc_tool.study import Study

_FIRST, _TIMES = 8_000, 16
"""How many features are shown at once, and how many times as many there have to be to be shown anew."""


def glimpses(study: Study, ref: LayerRef, bounds: Bounds) -> Iterator[Picture]:
    """Yield the picture of what ``ref`` has in ``bounds`` as it grows; the last holds all of it, if there is one."""
    theme = BY_ROLE.get(ref.role)
    if theme is None or theme.undrawn or not _is_plain(ref) or trust.problems(study, ref):
        return
    try:
        source = locate(ref.path(study.folder), ref.layer)
        column = ref.fields.get(theme.field, theme.field)
        seen = strips(source, source.table(ref.layer), column, study.crs, bounds)
        yield from grown(seen, theme, roles.BY_ID[ref.role], ref)
    except (PucError, *FAILURES):
        return  # what is the matter, the reading of the layer tells


def _is_plain(ref: LayerRef) -> bool:
    is_as_stated = ref.crs is None and ref.encoding is None
    return is_as_stated and ref.join is None and ref.where is None and roles.BY_ID[ref.role].takes_vector


def grown(seen: Iterable[Strip], theme: Theme, role: Role, ref: LayerRef) -> Iterator[Picture]:
    """Yield the picture of the first strips, of those with more, and of all; raises NotFlatError where it must."""
    runs, values = list[Run](), list[np.ndarray]()
    shown, wanted, count = 0, _FIRST, 0
    for strip in seen:
        runs.append(of_binary((strip.octets, strip.starts, strip.ends)))
        values.append(strip.values)
        count += len(strip.starts)
        if count >= wanted:
            yield _picture(runs, values, theme, role, ref)
            shown, wanted = count, _TIMES * count
    if count > shown:
        yield _picture(runs, values, theme, role, ref)


def _picture(runs: list[Run], values: list[np.ndarray], theme: Theme, role: Role, ref: LayerRef) -> Picture:
    """Return the picture of these runs; what a value means is asked once for each."""
    features, column = sum(len(each[2]) - 1 for each in runs), ref.fields.get(theme.field, theme.field)
    is_told = sum(map(len, values)) == features
    places, different = pd.factorize(np.concatenate(values) if is_told else np.zeros(features), use_na_sentinel=False)
    few = GeoDataFrame({column: different} if is_told else {}, geometry=[None] * len(different))
    classes, place = classed(shape(few, role, ref)[0], theme)
    shapes = shapes_of_runs(runs, place[places])
    return dressed(Picture(theme.drawn, classes, (None,) * len(classes), shapes), theme)
