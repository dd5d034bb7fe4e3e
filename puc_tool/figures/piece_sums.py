"""What the pieces of a number bring: the largest of them by name, their sum, and whether it is the number."""

from __future__ import annotations

from dataclasses import dataclass

from analyses.formula_reading import read
from layers.text import NOTHING, Text, counted
from puc_tool.figures.amounts import M2_A_HA, listed, written_unit
from puc_tool.figures.found_results import Results
from puc_tool.figures.piece_names import are_named, names_of
from puc_tool.figures.pieces import (
    AREA,
    SHARE,
    Asked,
    CellAsked,
    Pieces,
    column_of,
    figure_of,
    is_sum,
    pieces_of,
)

LARGEST = 6
_PEOPLE = ("people", "population")


@dataclass(frozen=True)
class Part:
    """A piece, or all the others together: its name and what it brings."""

    name: Text
    amount: Text


@dataclass(frozen=True)
class Sum:
    """The pieces, the largest of them by name, and what all bring together; nothing where it is no sum of them.

    ``closes``: that sum is the number asked about; None where it is not the number but what it is worked out from.
    """

    pieces: Pieces
    parts: tuple[Part, ...]
    total: Text
    closes: bool | None


def count_of(found: Sum) -> Text:
    """Return how many pieces there are: «1 pezzo», «1.337 pezzi»."""
    return counted(len(found.pieces.ids), (Text("pezzo", "piece"), Text("pezzi", "pieces")))


def sum_of(results: Results, asked: Asked, value: float, unit: str) -> Sum | None:
    """Return what the pieces of a number bring; None where it has none."""
    found = pieces_of(results, asked)
    if found is None or not len(found.ids):
        return None
    names, largest = names_of(results, found), found.largest(LARGEST)
    titles, amounts = _listed([names[place] for place in largest], len(found.ids)), found.amounts[largest].tolist()
    if not found.is_sum:
        named = titles if are_named(found.frame) else []
        return Sum(found, tuple(Part(name, NOTHING) for name in named), NOTHING, None)
    if len(titles) > len(amounts):
        amounts.append(found.sum - sum(amounts))
    *told, total = listed([*amounts, found.sum], _unit(found, unit), 0)
    parts = tuple(Part(name, amount) for name, amount in zip(titles, told, strict=True))
    return Sum(found, parts, total, _closes(results, asked, found, value))


_FURTHER = (Text("altro pezzo", "more"), Text("altri pezzi", "more"))


def _listed(names: list[Text], count: int) -> list[Text]:
    """Return the names, and how many more pieces there are."""
    rest = count - len(names)
    return [*names, counted(rest, _FURTHER)] if rest else names


def _unit(found: Pieces, unit: str) -> str:
    """Return the unit of what a piece brings: areas are m², whatever unit the number has."""
    how = read(found.column)
    first = how.names()[0] if how else ""
    if first.endswith(AREA):
        return "m²"
    return "ab" if first in _PEOPLE else unit if found.column else ""


def _closes(results: Results, asked: Asked, found: Pieces, value: float) -> bool | None:
    """Tell whether the pieces add up to the number; None where it is not their sum but worked out from it."""
    if found.is_part:
        return None
    if isinstance(asked, CellAsked):
        table = results.table(asked.table)
        column = column_of(table, asked.column) if table else None
        share = 1.0
        if asked.column.endswith(SHARE) and found.column != asked.column:
            share = 100.0 / found.whole_m2 if found.whole_m2 else 0.0
        decimals = column.decimals if column else None
        return is_sum(value, found.sum * share, decimals=decimals, size=found.size * share)
    figure = figure_of(results, asked)
    unit = figure.spec.unit if figure else ""
    brought = _unit(found, unit)
    if (brought, unit) == ("m²", "ha"):
        return is_sum(value, found.sum / M2_A_HA, size=found.size / M2_A_HA)
    return is_sum(value, found.sum, size=found.size) if brought == written_unit(unit) else None
