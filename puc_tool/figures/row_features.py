"""Which features of a layer a row of a table is about, as ``MadeOf`` declares it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.result import PLACE, MadeOf, Within

Truths = NDArray[np.bool_]


def features_of(layer: GeoDataFrame, made_of: MadeOf, row: pd.Series, place: int) -> Truths | None:
    """Tell of every feature whether ``row``, at ``place`` from 1, is about it; None if the layer does not know."""
    wanted = np.ones(len(layer), np.bool_)
    for name, where in made_of.keys:
        column = where.format_map(row) if "{" in where else where
        if column not in layer or (name != PLACE and name not in row):
            return None
        said = str(place if name == PLACE else row[name])
        wanted &= (layer[column].fillna("").astype(str) == made_of.codes.get(said, said)).to_numpy()
    if made_of.within is not None:
        wanted &= _within(layer, made_of.within, row)
    if made_of.word is not None:
        where, word = made_of.word[0], made_of.word[1].format_map(row)
        wanted &= np.array([word in str(said).split() for said in layer[where]], np.bool_)
    return wanted


def _within(layer: GeoDataFrame, within: Within, row: pd.Series) -> Truths:
    """Tell which features have an amount that the word of the row stands for; what is not known is beyond all."""
    column = within.where.format_map(row)
    if column not in layer or str(row[within.column]) not in within.bounds:
        return np.zeros(len(layer), np.bool_)
    amounts = layer[column].fillna(np.inf).to_numpy(float)
    more_than, at_most = within.bounds[str(row[within.column])]
    return np.asarray((amounts > more_than) & (amounts <= at_most))
