"""What a run was asked to give, against what the tool reads today: results of an earlier state may lack some of it.

A record names every figure, table and column that the analysis declared when it ran. What is declared since then is
lacking; what the inputs of the run did not allow is not, though no file holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analyses.analysis import Analysis
from analyses.result import TableSpec
from layers.problems import Problem
from layers.text import Text, joined, number, same, say

OUTDATED = "results-outdated"
_MOST_NAMED = 3
_Names = Mapping[str, list[str]]


def declaration(analysis: Analysis) -> Mapping[str, object]:
    """Return the ids of the figures, and of the columns of each table, that an analysis declares today."""
    tables = {table.id: [column.id for column in table.columns] for table in analysis.tables}
    return {"figures": [figure.id for figure in analysis.figures], "tables": tables}


def lacking(analysis: Analysis, folder: Path, record: Mapping[str, Any]) -> tuple[Text, ...]:
    """Return, in words, the figures, tables and columns declared today that the run of ``record`` was not asked for.

    Records once told nothing of it; results of that time were asked for what lies in ``folder``, as far as can be
    known, so that a table their inputs did not allow is also taken for lacking.
    """
    told = record.get("declared")
    if not isinstance(told, dict):
        return tuple(_of_tables(analysis, {table.id: _head(folder, table) for table in analysis.tables}))
    return (*_of_figures(analysis, _ids(told.get("figures"))), *_of_tables(analysis, _tables(told.get("tables"))))


def outdated(analysis: Analysis, missing: tuple[Text, ...]) -> Problem:
    """Return the problem of results that lack what sheets, report and open data read today."""
    return Problem(
        OUTDATED,
        analysis.title,
        say(
            "i risultati sono di una versione precedente del programma; manca: {m}.",
            "the results are of an earlier version of the program; missing: {m}.",
            m=listed(missing),
        ),
        Text(
            "Le tavole, il capitolo dello studio preliminare e i dati aperti di questa analisi non vengono fatti.",
            "Its sheets, its part of the preliminary study and its open data are not made.",
        ),
        say("Eseguire di nuovo «puc-tool run STUDIO {a}».", "Run “puc-tool run STUDY {a}” again.", a=same(analysis.id)),
    )


def _of_figures(analysis: Analysis, known: list[str]) -> Iterator[Text]:
    for figure in analysis.figures:
        if figure.id not in known:
            yield say("la cifra «{f}»", "the figure “{f}”", f=figure.label)


def _of_tables(analysis: Analysis, known: _Names) -> Iterator[Text]:
    for table in analysis.tables:
        if not known.get(table.id):
            yield say("la tabella «{t}»", "the table “{t}”", t=table.title)
            continue
        for column in table.columns:
            if column.id not in known[table.id]:
                yield say("la colonna «{c}» di «{t}»", "the column “{c}” of “{t}”", c=column.label, t=table.title)


def listed(missing: tuple[Text, ...]) -> Text:
    """Return the first of what is missing in one line, and how many more there are."""
    named, rest = joined(missing[:_MOST_NAMED], "; "), len(missing) - _MOST_NAMED
    return say("{m}; e altro ({n})", "{m}; and more ({n})", m=named, n=number(rest)) if rest > 0 else named


def _head(folder: Path, table: TableSpec) -> list[str]:
    """Return the ids in the first line of a written table; none where there is no such file."""
    try:
        with (folder / f"{table.id}.csv").open(encoding="utf-8", errors="replace") as stream:
            return stream.readline().rstrip("\r\n").split(",")
    except OSError:
        return []


def _tables(told: object) -> _Names:
    """Return what a record says of tables; a study may come from elsewhere, so nothing of it is believed unseen."""
    return {str(name): _ids(columns) for name, columns in told.items()} if isinstance(told, dict) else {}


def _ids(told: object) -> list[str]:
    return [each for each in told if isinstance(each, str)] if isinstance(told, list) else []
