"""What changed since the last version of the study: its figures, and the parameters and data behind them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from analyses import params as parameters
from analyses import registry
from layers import roles
from layers.text import NOTHING, Text, number, same, say
from puc_tool.report.document import Block, Chapter, Head, Note, Paragraph, Table, plain
from puc_tool.report.findings import Findings, Found
from puc_tool.report.methods import in_words
from puc_tool.report.versions import Version, version_of

_TITLE = Text("Che cosa è cambiato", "What has changed")
_FIRST = Text(
    "È la prima versione di questo studio: non c'è nulla con cui confrontarla.",
    "This is the first version of this study: there is nothing to compare it with.",
)
_SAME = Text(
    "Nessuna cifra è cambiata rispetto alla versione precedente.", "No figure has changed since the last version."
)
_NONE = Text("n.d.", "n/a")
_PARAMETERS, _DATA = Text("Parametri cambiati", "Parameters changed"), Text("Dati cambiati", "Data changed")
_ANALYSES = {analysis.id: analysis for analysis in registry.ALL}


def changes(findings: Findings, before: Version | None) -> Chapter:
    """Return the chapter that sets the last version, if there is one, beside that of today."""
    if before is None:
        return Chapter(_TITLE, (_sentence(_FIRST),), begins_page=False)
    now = version_of(findings)
    rows = tuple(_rows(findings, before, now))
    shown: Block = _table(rows) if rows else _sentence(_SAME)
    notes = (Note(_PARAMETERS, tuple(_parameters(before, now))), Note(_DATA, tuple(_data(before, now))))
    return Chapter(_TITLE, (shown, *(note for note in notes if note.items)), begins_page=bool(rows))


def _sentence(words: Text) -> Block:
    return Paragraph((plain(words),))


def _table(rows: tuple[tuple[Text, ...], ...]) -> Table:
    heads = (
        Head(Text("Risultato", "Result")), Head(Text("Prima", "Before"), is_number=True),
        Head(Text("Ora", "Now"), is_number=True), Head(Text("Differenza", "Difference"), is_number=True),
    )  # fmt: skip
    caption = Text("Cifre cambiate rispetto alla versione precedente", "Figures changed since the last version")
    return Table(caption, heads, rows)


def _rows(findings: Findings, before: Version, now: Version) -> Iterator[tuple[Text, ...]]:
    """Yield the figures that are printed otherwise than they were, in the order of the analyses."""
    for result in dict.fromkeys((*now.figures, *before.figures)):
        analysis_id, _, name = result.partition("/")
        then, today = before.figures.get(result), now.figures.get(result)
        shown = [_printed(findings.found.get(analysis_id), analysis_id, name, value) for value in (then, today)]
        if shown[0] != shown[1]:
            gained = None if then is None or today is None else today - then
            difference = _printed(findings.found.get(analysis_id), analysis_id, name, gained)
            yield _label(findings, analysis_id, name), *shown, _signed(difference, gained)


def _label(findings: Findings, analysis_id: str, name: str) -> Text:
    """Return what a figure is called, also one that there is no more."""
    found = findings.found.get(analysis_id)
    if found and name in found.figures:
        return found.label(name)
    analysis = _ANALYSES.get(analysis_id)
    spec = next((each for each in analysis.figures if each.id == name), None) if analysis else None
    return spec.label if spec else same(f"{analysis_id}/{name}")


def _printed(found: Found | None, analysis_id: str, name: str, value: float | None) -> Text:
    if value is None:
        return _NONE
    return found.amount(name, value) if found and name in found.figures else number(value, 2)


def _signed(difference: Text, gained: float | None) -> Text:
    return say("+{d}", "+{d}", d=difference) if gained is not None and gained > 0 else difference


def _parameters(before: Version, now: Version) -> Iterator[Text]:
    """Yield the parameters of an analysis run both times that have another value."""
    if before.parameters is None or now.parameters is None:
        return
    for place, value in now.parameters.items():
        then = before.parameters.get(place)
        analysis_id, _, name = place.partition("/")
        about = parameters.abouts(_ANALYSES[analysis_id].params).get(name)
        if then is not None and then != value and about is not None:
            title = say("{p} ({a})", "{p} ({a})", p=about.label, a=_ANALYSES[analysis_id].title)
            was, is_now = (_valued(about, name, json.loads(each)) for each in (then, value))
            yield _changed(title, was, is_now, about.unit)


def _valued(about: parameters.About, name: str, value: Any) -> Text:
    return Text("non dato", "not given") if value is None else in_words(about, name, value) or NOTHING


def _changed(title: Text, then: Text, today: Text, unit: str) -> Text:
    if not then or not today:
        return say("{t}: righe cambiate.", "{t}: rows changed.", t=title)
    tail = f"\u00a0{unit}" if unit else ""
    return say("{t}: prima {a}{u}, ora {b}{u}.", "{t}: {a}{u} before, {b}{u} now.", t=title, a=then, b=today, u=tail)


def _data(before: Version, now: Version) -> Iterator[Text]:
    """Yield the layers that were not there, are there no more, or hold something else."""
    if before.sources is None or now.sources is None:
        return
    for place in dict.fromkeys((*now.sources, *before.sources)):
        then, today = before.sources.get(place), now.sources.get(place)
        if then != today:
            what = _HOW[(then is None, today is None)]
            yield say("{l}: {w}.", "{l}: {w}.", l=_layer(place), w=what)


_HOW: Mapping[tuple[bool, bool], Text] = {
    (True, False): Text("prima non c'era", "it was not there before"),
    (False, True): Text("non c'è più", "it is there no more"),
    (False, False): Text("il suo contenuto è cambiato", "its content has changed"),
}
"""What became of a layer, by whether it lacked before and lacks now."""


def _layer(place: str) -> Text:
    role_id, _, year = place.partition("/")
    title = roles.BY_ID[role_id].title if role_id in roles.BY_ID else same(role_id)
    return say("{t}, {y}", "{t}, {y}", t=title, y=year) if year else title
