"""Attributes as words: what a table is grouped and named by."""

from __future__ import annotations

import pandas as pd
from geopandas import GeoDataFrame


def words(layer: GeoDataFrame, name: str) -> pd.Series:
    """Return the field ``name`` of each feature as text, "" where there is none or the layer has no such field."""
    if name not in layer.columns:
        return pd.Series("", index=layer.index, dtype=object)
    return layer[name].map(lambda value: "" if pd.isna(value) else str(value)).astype(object)


def first_said(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return the words of ``first``, those of ``second`` where it has none."""
    return first.where(first != "", second).astype(object)
