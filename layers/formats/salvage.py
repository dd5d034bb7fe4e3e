"""Keeping what can be read of a table in which some records can't: read record by record, the bad counted and named.

A range of records is read at once, and halved where that fails, until the record that fails stands alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError

from layers.problems import Problem, Severity
from layers.source import Source
from layers.text import FEATURES, Text, counted, listing, number, same, say

FAILURES = (DataSourceError, DataLayerError, ShapelyError, NotImplementedError, ValueError, RuntimeError, OSError)
"""What reading raises where the file is broken."""

MOST_TRIES = 1_000
"""How many ranges are tried. What is then in doubt counts as unreadable: so broken a file is worth no more."""

_MOST_NAMED = 8


@dataclass
class Salvaged:
    """What could be read, and the numbers of the records that could not."""

    frames: list[pd.DataFrame] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)
    tries: int = 0


def by_record(source: Source, options: Mapping[str, object], records: Sequence[int]) -> Salvaged:
    """Return what can be read of ``records``, by their numbers in the file, and which can't."""

    def read(some: Sequence[int]) -> pd.DataFrame:
        return pyogrio.read_dataframe(source.gdal_path, use_arrow=False, fids=list(some), fid_as_index=True, **options)

    found = Salvaged()
    with warnings.catch_warnings():
        # What can't be read is counted and told by us.
        warnings.simplefilter("ignore", RuntimeWarning)
        _halve(read, records, found)
    return found


def record_numbers(source: Source, options: Mapping[str, object], announced: int) -> list[int]:
    """Return the numbers of the records, read without their geometry; if that fails too, from 0 on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            bare = pyogrio.read_dataframe(
                source.gdal_path, use_arrow=False, read_geometry=False, columns=[], fid_as_index=True, **options
            )
    except FAILURES:
        return list(range(max(0, announced)))
    return [int(number) for number in bare.index]


def _halve(read: Callable[[Sequence[int]], pd.DataFrame], records: Sequence[int], found: Salvaged) -> None:
    if not records:
        return
    if found.tries >= MOST_TRIES:
        found.bad += records
        return
    found.tries += 1
    try:
        found.frames.append(read(records))
    except FAILURES:
        if len(records) == 1:
            found.bad += records
            return
        middle = len(records) // 2
        _halve(read, records[:middle], found)
        _halve(read, records[middle:], found)


def unreadable(source: Source, bad: Sequence[int], whole: int) -> Problem:
    """Return the problem of records that can't be read: how many of how many, and their numbers in the file."""
    return Problem(
        "features-unreadable",
        same(source.name),
        say(
            "elementi rovinati, che non si leggono: {n} su {m} (numeri {which}).",
            "damaged features that can't be read: {n} of {m} (numbers {which}).",
            n=number(len(bad)),
            m=number(whole),
            which=listing([str(each) for each in sorted(bad)], most=_MOST_NAMED),
        ),
        say("Elementi che mancano nel livello: {n}.", "Features missing from the layer: {n}.", n=number(len(bad))),
        Text(
            "Chiedere una nuova copia del dato, o ridisegnare quegli elementi.",
            "Ask for a new copy of the data, or draw those features anew.",
        ),
        Severity.WARNING,
    )


def miscounted(source: Source, announced: int, there: int) -> Problem:
    """Return the problem of a file that says it holds more or fewer features than are in it."""
    return Problem(
        "features-miscounted",
        same(source.name),
        say(
            "il file annuncia {a} e ne contiene {n}.",
            "the file announces {a} and holds {n}.",
            a=counted(announced, FEATURES),
            n=number(there),
        ),
        Text("Potrebbero mancarne.", "Some may be missing."),
        Text("Chiedere quanti dovrebbero essere.", "Ask how many there should be."),
        Severity.WARNING,
    )
