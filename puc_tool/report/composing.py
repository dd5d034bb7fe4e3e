"""From declared contents and what was found to the blocks of a report: numbers put in, what is missing named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from string import Formatter
from typing import Final

from analyses.analysis import Analysis
from analyses.units import OUTSIDE
from layers.text import (
    BUILDINGS,
    HOMES,
    INHABITANTS,
    MINUS,
    RESIDENTS,
    Lang,
    Text,
    begun,
    counted,
    held,
    of_percent,
    same,
    say,
    the_percent,
)
from puc_tool.report.document import Block, Note, Number, Paragraph, Sentence, plain
from puc_tool.report.findings import Findings, Found, cell_of, unit_of
from puc_tool.report.showing import result_id, rows_of, shown
from puc_tool.report.telling import PERIOD, Content, Extremes, MapOf, Said, Told

MapsOf = Callable[[Analysis], tuple[Block, ...]]
"""The maps that show an analysis's results."""

_NOUNS = {"residents": RESIDENTS, "buildings": BUILDINGS, "inhabitants": INHABITANTS, "homes": HOMES}
_SHARES, _UNSIGNED = ("the", "The", "of"), "abs"
FORMS = frozenset((*_NOUNS, *_SHARES, _UNSIGNED))
"""How a slot may ask to be said."""

MISSING = Text("Che cosa manca", "What is missing")
_LEAST_TO_COMPARE = 3
_LANGUAGES: Final[tuple[Lang, ...]] = ("it", "en")


def blocks(contents: Iterable[Content], findings: Findings, maps_of: MapsOf) -> Iterator[Block]:
    """Yield what ``contents`` tell; at the end one note names every analysis and figure that is missing."""
    told, missing = list[Sentence](), dict[Text, None]()
    for content in contents:
        if isinstance(content, Said):
            told.append(plain(content.words))
            continue
        found = findings.of(content.analysis)
        if found is None:
            missing[_not_run(content.analysis, findings)] = None
        elif isinstance(content, Told):
            told += sentences(content, found)
            missing.update(dict.fromkeys(lacking(content, found)))
        elif isinstance(content, Extremes):
            told += _extremes(content, found)
        else:
            yield from _paragraph(told)
            told = []
            yield from maps_of(content.analysis) if isinstance(content, MapOf) else shown(content, found)
    yield from _paragraph(told)
    if missing:
        yield Note(MISSING, tuple(missing), warns=True)


def lead(opening: Iterable[Told], findings: Findings) -> Iterator[Block]:
    """Yield the words that open a chapter, if there are any to say."""
    told = [
        sentence for each in opening if (found := findings.of(each.analysis)) for sentence in sentences(each, found)
    ]
    if told:
        yield Paragraph(tuple(told), is_lead=True)


def sentences(told: Told, found: Found) -> Iterator[Sentence]:
    """Yield the sentence with its numbers, if it holds and all of them have a value."""
    if all(found.value(name) is not None for name in told.figures) and _holds(told, found):
        slots: dict[str, Number | Text] = {}
        words = [_with_slots(told.words.to(lang), found, slots) for lang in _LANGUAGES]
        yield Sentence(Text(*words), slots)


def lacking(told: Told, found: Found) -> Iterator[Text]:
    """Yield each figure of the sentence that the result holds without a value, with why."""
    for name in told.figures:
        if name in found.figures and found.value(name) is None:
            yield say("{n}: {w}", "{n}: {w}", n=found.label(name), w=_begun_small(found.why_not(name)))


def _begun_small(words: Text) -> Text:
    """Return words as they go on after a colon; a name in capitals stays."""
    return Text(*(each if each[1:2].isupper() else each[:1].lower() + each[1:] for each in (words.it, words.en)))


def _holds(told: Told, found: Found) -> bool:
    if told.where is None:
        return True
    figure, sign = told.where
    value = found.value(figure)
    return value is not None and sign == ("+" if value > 0 else "-" if value < 0 else "0")


def _with_slots(template: str, found: Found, slots: dict[str, Number | Text]) -> str:
    """Return the template with slots numbered by figure and form, and put each number in ``slots``."""
    words = ""
    for literal, name, form, _ in Formatter().parse(template):
        words += literal
        if name == PERIOD:
            slots[name] = found.period
            words += f"{{{name}}}"
        elif name:
            slot = f"{name}_{form}" if form else name
            slots[slot] = Number(_in_form(found, name, form or ""), result_id(found, name))
            words += f"{{{slot}}}"
    return words


def _in_form(found: Found, name: str, form: str) -> Text:
    value = found.value(name)
    assert value is not None, "sentences() asks for values first"
    if form in _NOUNS:
        return counted(value, _NOUNS[form], "\u00a0")
    if form in _SHARES:
        share = held((of_percent if form == "of" else the_percent)(abs(value) / 100))
        return begun(share) if form == "The" else share
    shown = found.told(name)
    return Text(shown.it.lstrip(MINUS), shown.en.lstrip(MINUS)) if form == _UNSIGNED else shown


def _not_run(analysis: Analysis, findings: Findings) -> Text:
    problem = findings.lacking[analysis.id]
    return say("{a}: {m} {r}", "{a}: {m} {r}", a=analysis.title, m=problem.message, r=problem.remedy)


def _paragraph(told: list[Sentence]) -> Iterator[Block]:
    if told:
        yield Paragraph(tuple(told))


def _extremes(extremes: Extremes, found: Found) -> Iterator[Sentence]:
    """Yield the sentence about most and least, where three rows or more have a value and neither is shared."""
    rows = rows_of(extremes.rows, found)
    if rows is None or extremes.value not in rows.columns:
        return
    known = rows[rows[extremes.value].notna() & (rows["name"] != OUTSIDE.it)].sort_values(extremes.value, kind="stable")
    column, values = found.columns(extremes.rows.table)[extremes.value], known[extremes.value].tolist()
    if len(values) < _LEAST_TO_COMPARE or values[0] == values[1] or values[-1] == values[-2]:
        return
    table = result_id(found, extremes.rows.table)
    slots: dict[str, Number | Text] = {}
    for name, row in (("least", known.iloc[0]), ("most", known.iloc[-1])):
        slots[name] = cell_of(row, found.columns(extremes.rows.table)["name"])
        shown = cell_of(row, column)
        slots[f"{name}_value"] = Number(_with_its_unit(shown, unit_of(column)), table)
    yield Sentence(extremes.words, slots)


def _with_its_unit(shown: Text, unit: Text) -> Text:
    space = Text("\u00a0", "") if unit.it == "%" else same("\u00a0")
    return say("{n}{s}{u}", "{n}{s}{u}", n=shown, s=space, u=unit) if unit else shown
