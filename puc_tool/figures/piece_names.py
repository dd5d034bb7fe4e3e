"""What the pieces of a number are called: by the units they lie in, with the names that the tables give them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from geopandas import GeoDataFrame

from analyses.coded import PLACES
from layers.text import Text, joined, same, say
from puc_tool.figures.found_results import Results
from puc_tool.figures.pieces import Pieces

_UNITS = ("neighbourhood", "zone", "district")
_OWN = ("name", "zone_from", "zone_to", "cause", "source_class")
"""Columns that tell a piece from others, after the units it lies in."""


def names_of(results: Results, found: Pieces) -> tuple[Text, ...]:
    """Return the name of each piece: «Canaletto · COLL.cons (123)»."""
    words = _words(results, found.frame)
    return tuple(_name(each, piece) for each, piece in zip(words, found.ids, strict=True))


def are_named(frame: GeoDataFrame) -> bool:
    """Tell whether the pieces have names, and not numbers alone."""
    return any(column in frame for column in (*_UNITS, *_OWN))


def _name(words: str, piece: str) -> Text:
    parts = words.split(" · ") if words else []
    said = joined((PLACES.get(part, same(part)) for part in parts), " · ")
    return said if piece in parts else _numbered(said, piece)


def _numbered(words: Text, piece: str) -> Text:
    number = say("n. {p}", "no. {p}", p=piece) if piece.isdigit() else same(piece)
    return say("{w} ({p})", "{w} ({p})", w=words, p=number) if words else number


def _words(results: Results, frame: GeoDataFrame) -> list[str]:
    columns = [_called(frame[unit], _known(results, unit)) for unit in _UNITS if unit in frame]
    columns += [frame[own].fillna("").astype(str) for own in _OWN if own in frame]
    rows = zip(*columns, strict=True) if columns else ([] for _ in range(len(frame)))
    return [" · ".join(dict.fromkeys(word for word in row if word.strip())) for row in rows]


def _called(codes: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return codes.fillna("").astype(str).map(lambda code: names.get(code, code))


def _known(results: Results, unit: str) -> Mapping[str, str]:
    """Return the names of a kind of unit by code, as the table by it tells them."""
    table = results.table(f"by_{unit}")
    if table is None or not {"code", "name"} <= set(table.frame):
        return {}
    rows = zip(table.frame["code"].astype(str), table.frame["name"].astype(str), strict=True)
    return {code: name for code, name in rows if code}
