"""«Da dove viene questo numero?»: all that is known of where a number comes from, in plain words.

The number, its rule and, where the results keep them, its values; the pieces of ground that make it and what they add
up to; the parameters; the sources and their date; the run that computed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analyses import params as parameters
from analyses.analysis import Analysis
from layers import roles
from layers.text import NOTHING, Text, long_date, number, same, say
from puc_tool.amounts import M2_A_HA, in_words, listed
from puc_tool.found_results import Results
from puc_tool.number_rules import rule_of
from puc_tool.piece_names import names_of
from puc_tool.pieces import (
    AREA,
    SHARE,
    Asked,
    CellAsked,
    FigureAsked,
    Pieces,
    column_of,
    figure_of,
    is_sum,
    pieces_of,
    row_of,
    value_of,
)

LARGEST = 6
_WHOLE = Text("intero studio", "whole study")
_MEASURED = ("m²", "m2")
"""Units of a number that may be the sum of areas itself; any other is worked out from that sum."""


@dataclass(frozen=True)
class Part:
    """A piece, or all the others together: its name and what it brings."""

    name: Text
    amount: Text


@dataclass(frozen=True)
class Sum:
    """The pieces, the largest of them by name, and what all bring together.

    ``is_number``: that sum is the number asked about; ``closes``: and so it turned out, None where it is not the number
    but what it is worked out from.
    """

    pieces: Pieces
    parts: tuple[Part, ...]
    total: Text
    closes: bool | None


@dataclass(frozen=True)
class Source:
    """A layer that went in: what it is, when it is of, how the study names it, how many features it has."""

    title: Text
    name: str
    features: int


@dataclass(frozen=True)
class Origin:
    """Where a number comes from. ``of`` says of what it is; ``sum`` is None where the analysis keeps no pieces."""

    asked: Asked
    label: Text
    of: Text
    amount: Text
    formula: Text
    with_values: Text
    method: Text
    sum: Sum | None
    parameters: tuple[tuple[Text, Text], ...]
    sources: tuple[Source, ...]
    run: Text


def origin_of(results: Results, asked: Asked) -> Origin | None:
    """Return where a number comes from; None if there is no such number."""
    value = value_of(results, asked)
    if value is None:
        return None
    label, unit, decimals = _declared(results, asked)
    formula, with_values = rule_of(results, asked)
    record: Mapping[str, Any] = results.found.record if results.found else {}
    return Origin(
        asked,
        label,
        _of(results, asked),
        in_words(value, unit, decimals),
        formula,
        with_values,
        results.analysis.method or results.analysis.about,
        _sum(results, asked, value, unit),
        tuple(_parameters(results.analysis, record.get("parameters", {}))),
        tuple(_source(each) for each in record.get("inputs", ())),
        _run(record),
    )


def sentences(origin: Origin) -> Iterator[Text]:
    """Yield all of it as lines of text, to be copied."""
    where = say(" ({o})", " ({o})", o=origin.of) if origin.of else NOTHING
    yield say("{l}{w}: {a}", "{l}{w}: {a}", l=origin.label, w=where, a=origin.amount)
    for words in (origin.formula, origin.with_values):
        if words:
            yield words
    yield origin.method
    if origin.sum is not None:
        yield say("{c}, in tutto {t}", "{c}, together {t}", c=counted(origin.sum), t=origin.sum.total)
        yield from (say("- {n}: {a}", "- {n}: {a}", n=part.name, a=part.amount) for part in origin.sum.parts)
    yield from (say("{n}: {v}", "{n}: {v}", n=name, v=value) for name, value in origin.parameters)
    yield from (say("{t}: {n}", "{t}: {n}", t=source.title, n=source.name) for source in origin.sources)
    if origin.run:
        yield origin.run


def counted(found: Sum) -> Text:
    """Return how many pieces there are: «1 pezzo», «1.337 pezzi»."""
    count = len(found.pieces.ids)
    words = Text("pezzo", "piece") if count == 1 else Text("pezzi", "pieces")
    return say("{n} {w}", "{n} {w}", n=number(count), w=words)


def _declared(results: Results, asked: Asked) -> tuple[Text, str, int]:
    """Return label, unit and decimals of what is asked about."""
    if isinstance(asked, FigureAsked):
        figure = figure_of(results, asked)
        assert figure is not None, "it has a value"
        return figure.spec.label, figure.spec.unit, figure.spec.decimals
    table = results.table(asked.table)
    column = column_of(table, asked.column) if table else None
    assert column is not None, "it has a value"
    shown = {"m²": 0, "%": 1, "ab": 0}
    return column.label, column.unit, shown.get(column.unit, min(3, column.decimals or 0))


def _of(results: Results, asked: Asked) -> Text:
    """Return what a cell is of: the words of its row that are not numbers, or that it is the whole study."""
    if isinstance(asked, FigureAsked) or asked.row is None:
        return _WHOLE
    table, row = results.table(asked.table), row_of(results, asked)
    assert table is not None, "it has a value"
    assert row is not None, "it has a value"
    has_name = "name" in table.frame
    words = [
        str(row[column.id])
        for column in table.columns
        if column.decimals is None and not (has_name and column.id == "code") and str(row[column.id]).strip()
    ]
    return same(" · ".join(words[:3]))


def _sum(results: Results, asked: Asked, value: float, unit: str) -> Sum | None:
    found = pieces_of(results, asked)
    if found is None or not len(found.ids):
        return None
    names, largest = names_of(results, found), found.largest(LARGEST)
    titles, amounts = [names[place] for place in largest], found.amounts[largest].tolist()
    rest = len(found.ids) - len(largest)
    if rest:
        more = Text("un altro pezzo", "one more") if rest == 1 else say("altri {n} pezzi", "{n} more", n=number(rest))
        titles.append(more)
        amounts.append(found.sum - sum(amounts))
    *told, total = listed([*amounts, found.sum], _unit(found, unit), 0)
    parts = tuple(Part(name, amount) for name, amount in zip(titles, told, strict=True))
    return Sum(found, parts, total, _closes(results, asked, found, value))


def _unit(found: Pieces, unit: str) -> str:
    """Return the unit of what a piece brings: areas are m², whatever unit the number has."""
    if found.column.endswith(AREA):
        return "m²"
    return "ab" if found.column == "people" else unit if found.column else ""


def _closes(results: Results, asked: Asked, found: Pieces, value: float) -> bool | None:
    """Tell whether the pieces add up to the number; None where it is not their sum but worked out from it."""
    if isinstance(asked, CellAsked):
        table = results.table(asked.table)
        column = column_of(table, asked.column) if table else None
        amount = found.sum
        if asked.column.endswith(SHARE) and found.column != asked.column:
            amount = 100.0 * found.sum / found.whole_m2 if found.whole_m2 else 0.0
        return is_sum(value, amount, decimals=column.decimals if column else None)
    figure = figure_of(results, asked)
    unit = figure.spec.unit if figure else ""
    if unit == "ha":
        return is_sum(value, found.sum / M2_A_HA)
    return is_sum(value, found.sum) if unit in _MEASURED or not found.column.endswith(AREA) else None


def _parameters(analysis: Analysis, values: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    """Yield the parameters of the run that stand alone, and of tables how many rows they have."""
    for name, about in parameters.abouts(analysis.params).items():
        value = values.get(name)
        if about.rows is None and value is not None and not about.is_detail:
            yield about.label, _written(value, about.unit)
        elif about.rows is not None and value:
            yield about.label, say("{n} righe", "{n} rows", n=number(len(value)))


def _written(value: object, unit: str) -> Text:
    if isinstance(value, bool):
        return Text("sì", "yes") if value else Text("no", "no")
    if isinstance(value, int | float):
        words = f"{value:.15g}"
        tail = f"\u202f{unit}" if unit else ""
        return Text(words.replace(".", ",") + tail, words + tail)
    return same(value)


def _source(told: Mapping[str, Any]) -> Source:
    role = roles.BY_ID.get(str(told.get("role")))
    title = role.title if role else same(told.get("role"))
    year = told.get("year")
    name = " · ".join(str(each) for each in (told.get("source"), told.get("layer")) if each)
    return Source(say("{t} {y}", "{t} {y}", t=title, y=year) if year else title, name, int(told.get("features") or 0))


def _run(record: Mapping[str, Any]) -> Text:
    """Return when, and by which version, the results were computed."""
    try:
        day = datetime.fromisoformat(str(record["end"]))
    except (KeyError, ValueError):
        return NOTHING
    version = record.get("tool", {}).get("version", "")
    return say("{d}, versione {v}", "{d}, version {v}", d=long_date(day.date()), v=version)
