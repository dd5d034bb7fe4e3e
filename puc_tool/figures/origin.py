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
from layers.text import NOTHING, ROWS, Text, counted, joined, long_date, same, say
from puc_tool.figures.amounts import decimals_read, in_words, reckoned, said_unit
from puc_tool.figures.found_results import Results
from puc_tool.figures.number_rules import Rule, rule_of
from puc_tool.figures.piece_sums import Sum, count_of, sum_of
from puc_tool.figures.pieces import Asked, FigureAsked, column_of, figure_of, row_of, value_of

_WHOLE = Text("intero studio", "whole study")
WITHOUT = Text(
    "Per questa cifra i risultati non conservano pezzi di territorio: si calcola dai dati elencati sotto.",
    "The results keep no pieces of ground for this number: it is worked out from the data below.",
)

NOUGHT = Text("La cifra è zero: nessun pezzo di territorio conta.", "The number is zero: no piece of ground counts.")


@dataclass(frozen=True)
class Source:
    """A layer that went in: what it is, when it is of, how the study names it, how many features it has."""

    title: Text
    name: str
    features: int


@dataclass(frozen=True)
class Origin:
    """Where a number comes from.

    ``of`` says of what it is; ``reckoned`` is ``amount`` in the unit its rule reckons in. ``sum`` is None where the
    analysis keeps no pieces, and ``no_pieces`` then says why.
    """

    asked: Asked
    label: Text
    of: Text
    amount: Text
    reckoned: Text
    rule: Rule
    method: Text
    sum: Sum | None
    no_pieces: Text
    parameters: tuple[tuple[Text, Text], ...]
    sources: tuple[Source, ...]
    run: Text


def origin_of(results: Results, asked: Asked) -> Origin | None:
    """Return where a number comes from; None if there is no such number."""
    value = value_of(results, asked)
    if value is None:
        return None
    label, unit, decimals = _declared(results, asked)
    record: Mapping[str, Any] = results.found.record if results.found else {}
    return Origin(
        asked,
        label,
        _of(results, asked),
        in_words(value, unit, decimals),
        reckoned(value, unit, decimals),
        rule_of(results, asked),
        results.analysis.method or results.analysis.about,
        sum_of(results, asked, value, unit),
        _no_pieces(results, asked) if value else NOUGHT,
        tuple(_parameters(results.analysis, record.get("parameters", {}))),
        tuple(_source(each) for each in record.get("inputs", ())),
        _run(record),
    )


def sentences(origin: Origin) -> Iterator[Text]:
    """Yield all of it as lines of text, to be copied."""
    where = say(" ({o})", " ({o})", o=origin.of) if origin.of else NOTHING
    yield say("{l}{w}: {a}", "{l}{w}: {a}", l=origin.label, w=where, a=origin.amount)
    yield from rule_lines(origin)
    yield origin.method
    yield from _pieces_told(origin)
    yield from (say("{n}: {v}", "{n}: {v}", n=name, v=value) for name, value in origin.parameters)
    yield from (say("{t}: {n}", "{t}: {n}", t=source.title, n=source.name) for source in origin.sources)
    if origin.run:
        yield origin.run


def _pieces_told(origin: Origin) -> Iterator[Text]:
    if origin.sum is None:
        yield origin.no_pieces
    elif not origin.sum.pieces.is_sum:
        yield joined((count_of(origin.sum), joined((part.name for part in origin.sum.parts), ", ")), ": ")
    else:
        yield say("{c}, in tutto {t}", "{c}, together {t}", c=count_of(origin.sum), t=origin.sum.total)
        yield from (say("- {n}: {a}", "- {n}: {a}", n=part.name, a=part.amount) for part in origin.sum.parts)


def rule_lines(origin: Origin) -> Iterator[Text]:
    """Yield the rule of the number, then the rule with its values; one that names its values is not said twice."""
    rule = origin.rule
    if rule.words and not (rule.with_values and rule.names_values):
        yield rule.words
    if rule.with_values:
        yield say("{v} = {a}", "{v} = {a}", v=rule.with_values, a=origin.reckoned)


def _declared(results: Results, asked: Asked) -> tuple[Text, str, int]:
    """Return label, unit and decimals of what is asked about."""
    if isinstance(asked, FigureAsked):
        figure = figure_of(results, asked)
        assert figure is not None, "it has a value"
        return figure.spec.label, figure.spec.unit, figure.spec.decimals
    table = results.table(asked.table)
    column = column_of(table, asked.column) if table else None
    assert column is not None, "it has a value"
    return column.label, column.unit, decimals_read(column)


def _of(results: Results, asked: Asked) -> Text:
    """Return what a cell is of: the words of its row that are not numbers, or that it is the whole study."""
    if isinstance(asked, FigureAsked) or asked.row is None:
        return _WHOLE
    table, row = results.table(asked.table), row_of(results, asked)
    assert table is not None, "it has a value"
    assert row is not None, "it has a value"
    has_name = "name" in table.frame
    in_english = {column.english for column in table.columns}
    words = [
        column.told(row)
        for column in table.columns
        if column.decimals is None
        and not (has_name and column.id == "code")
        and column.id not in in_english
        and column.named_by not in table.frame
    ]
    return joined([each for each in words if each.it.strip()][:3], " · ")


def _no_pieces(results: Results, asked: Asked) -> Text:
    """Return why a number has no pieces, as its figure or table says."""
    if isinstance(asked, FigureAsked):
        figure = figure_of(results, asked)
        return (figure.spec.no_pieces if figure else NOTHING) or WITHOUT
    table = results.table(asked.table)
    return (table.spec.no_pieces if table else NOTHING) or WITHOUT


def _parameters(analysis: Analysis, values: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    """Yield the parameters of the run that stand alone, and of tables how many rows they have."""
    for name, about in parameters.abouts(analysis.params).items():
        value = values.get(name)
        if about.rows is None and value is not None and not about.is_detail:
            yield about.label, _written(value, about.unit)
        elif about.rows is not None and value:
            yield about.label, counted(len(value), ROWS)


def _written(value: object, unit: str) -> Text:
    if isinstance(value, bool):
        return Text("sì", "yes") if value else Text("no", "no")
    if isinstance(value, int | float):
        words, tail = f"{value:.15g}", said_unit(unit)
        amount = Text(words.replace(".", ","), words)
        return say("{a}\u202f{u}", "{a}\u202f{u}", a=amount, u=tail) if unit else amount
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
