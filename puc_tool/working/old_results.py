"""Results of an earlier state of the program or of the data: to be looked at in the window until they are made anew.

They count as not run. No sheet, report or export reads them: these ask `puc_tool.written`, which refuses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pandas.api.types import is_numeric_dtype

from analyses.analysis import Analysis
from analyses.result import Column, Figure, Table
from layers.text import ROWS, Text, counted, joined, number, say
from puc_tool import declared, edition, provenance
from puc_tool.figures import amounts
from puc_tool.figures.found_results import Results, of_written
from puc_tool.study import Study
from puc_tool.written import Written

OF_OTHER_CODE = Text(
    "Risultati di una versione precedente del programma: rieseguire per averli aggiornati.",
    "Results of an earlier version of the program: run again to have them up to date.",
)
OF_OTHER_DATA = Text(
    "Risultati di prima della modifica dei dati: rieseguire per averli aggiornati.",
    "Results from before the data were changed: run again to have them up to date.",
)
_LACKING = Text("{w} Non c'erano ancora: {m}.", "{w} Not there yet: {m}.")
_MOST_CHANGES = 2


@dataclass(frozen=True)
class Old:
    """What an analysis found then, and why it no longer counts: also what is declared since and it can't have."""

    results: Results
    why: Text


def old_results(analysis: Analysis, study: Study) -> Old | None:
    """Return the results that lie there although they no longer count; None where there are none whole.

    Of what is declared today they hold what the files of then do. Nothing can be asked of their layers, for a piece of
    ground of then may be none of now. Raises OSError.
    """
    folder = study.results / analysis.id
    record = provenance.read(folder)
    if record is None or not provenance.is_whole(folder, record):
        return None
    results = of_written(Written(analysis, folder, record))
    tables = tuple(map(_as_it_was, results.tables))
    missing = declared.lacking(analysis, folder, record)
    why = OF_OTHER_CODE if missing or _is_of_other_code(record) else OF_OTHER_DATA
    told = say(_LACKING.it, _LACKING.en, w=why, m=declared.listed(missing)) if missing else why
    return Old(replace(results, tables=tables, found=None), told)


def changes(old: Results, new: Results) -> tuple[Text, ...]:
    """Return what differs, as people read it: «Suolo consumato: 96,4 ha → 97,0 ha». Figures told alike are the same."""
    before = {figure.spec.id: _told(figure) for figure in old.figures if figure.value is not None}
    now = ((figure, _told(figure)) for figure in new.figures if figure.value is not None)
    return tuple(
        say("{f}: {a} → {b}", "{f}: {a} → {b}", f=figure.spec.label, a=before[figure.spec.id], b=told)
        for figure, told in now
        if before.get(figure.spec.id, told) != told
    )


def told_run(results: Results, before: Results | None) -> Text:
    """Say what a run found, and what of it differs from what was known before."""
    units = next((table for table in results.tables if table.spec.id == "by_neighbourhood"), results.tables[0])
    count = counted(len(units.frame), ROWS)
    rows = say("{a}: calcolo fatto. {n}.", "{a}: done. {n}.", a=results.analysis.title, n=count)
    differ = changes(before, results) if before is not None else ()
    if not differ:
        return rows
    more = len(differ) - _MOST_CHANGES
    rest = [say("altre cifre cambiate: {n}", "other figures changed: {n}", n=number(more))] if more > 0 else []
    return joined([rows, joined([*differ[:_MOST_CHANGES], *rest], "; ")], " ")


def _as_it_was(table: Table) -> Table:
    """Return a table without the columns that its file holds as words where they are numbers today."""
    columns = tuple(each for each in table.spec.columns if not _is_of_words(table, each))
    return Table(replace(table.spec, columns=columns), table.frame)


def _is_of_words(table: Table, column: Column) -> bool:
    return column.decimals is not None and column.id in table.frame and not is_numeric_dtype(table.frame[column.id])


def _told(figure: Figure) -> Text:
    amount, unit = amounts.told(figure.value or 0.0, figure.spec.unit, figure.spec.decimals)
    return say("{a} {u}", "{a} {u}", a=amount, u=amounts.said_unit(unit))


def _is_of_other_code(record: Mapping[str, Any]) -> bool:
    tool = record.get("tool")
    return not isinstance(tool, dict) or tool.get("edition") != edition.of_results()
