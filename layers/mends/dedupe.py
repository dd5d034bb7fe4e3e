"""Copies are taken out. Equal in everything, or equal in outline alone: two things, and the receipt says which."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.geometry_kinds import has_geometry
from layers.mends.mend import Context, Mend, Outcome
from layers.mends.settings import Option, Values
from layers.mends.storable import plain
from layers.text import Text, number, say
from layers.tiling import copies

IDENTICAL, GEOMETRY = "identical", "geometry"


def dedupe(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return ``layer`` without the copies of an earlier feature.

    Geometries are equal whichever way and wherever their outline begins; attributes are all those of the table.
    """
    geometry = layer.geometry.to_numpy()
    alike = copies(geometry) & has_geometry(layer)
    same = _copies_in_everything(layer, geometry)
    gone = same if values["equal"] == IDENTICAL else alike
    area_m2 = float(shapely.area(geometry[gone]).sum())
    return Outcome(layer[~gone], layer.index[gone], area_m2, _left(int((alike & ~gone).sum())))


def _copies_in_everything(layer: GeoDataFrame, geometry: NDArray[np.object_]) -> NDArray[np.bool_]:
    outlines = pd.Series(shapely.to_wkb(shapely.normalize(geometry)), index=layer.index)
    attributes = pd.DataFrame(layer.drop(columns=layer.geometry.name)).apply(plain)  # lists can't be compared
    return attributes.assign(**{layer.geometry.name: outlines}).duplicated().to_numpy(bool) & has_geometry(layer)


def _left(count: int) -> tuple[Text, ...]:
    if not count:
        return ()
    return (
        say(
            "Elementi con la stessa geometria di un altro ma attributi diversi, rimasti: {n}. "
            "Quale sia quello giusto lo sa chi tiene il dato; con «geometria sola» (dedupe=geometry) resta il primo.",
            "Features with the geometry of another but other attributes, left: {n}. "
            "Which is right, whoever keeps the data knows; with “geometry alone” (dedupe=geometry) the first stays.",
            n=number(count),
        ),
    )


DEDUPE = Mend(
    "dedupe",
    Text("Toglie i doppioni", "Takes out copies"),
    Text(
        "Elementi uguali a uno che viene prima: in tutto (identical) o nella sola geometria (geometry).",
        "Features equal to an earlier one: in everything (identical) or in geometry alone (geometry).",
    ),
    dedupe,
    Text(
        "Sono uguali in tutto a un altro elemento: non si perde nulla.",
        "They equal another feature in everything: nothing is lost.",
    ),
    settings=(
        Option(
            "equal",
            Text("Uguali", "Equal"),
            {
                IDENTICAL: Text("geometria e attributi", "geometry and attributes"),
                GEOMETRY: Text("geometria sola", "geometry alone"),
            },
        ),
    ),
)
