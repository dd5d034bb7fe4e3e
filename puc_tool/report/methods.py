"""How it was computed, what is not verified, where each number comes from: read from declarations and records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analyses import params as parameters
from layers import roles
from layers.text import NOTHING, Text, joined, number, same, say
from puc_tool.figures.method_words import method_of
from puc_tool.report.document import Block, Chapter, Head, Note, Paragraph, Section, Table, plain
from puc_tool.report.findings import Findings, Found

_PARAMETERS = Text("Parametri usati", "Parameters used")
_DATA = Text("Dati usati", "Data used")
_NOT_VERIFIED = Text("non verificato", "not verified")


Row = tuple[Text, ...]


def methods(findings: Findings) -> Chapter:
    """Return the chapter that tells how every analysis was done, with which parameters, on which data."""
    told: dict[Row, Text] = {}
    sections = tuple(
        Section(found.written.analysis.title, tuple(_of_analysis(found, told))) for found in findings.found.values()
    )
    return Chapter(
        Text("Come abbiamo calcolato", "How it was computed"), sections=(*sections, Section(_DATA, (_data(findings),)))
    )


def unverified(findings: Findings, printed: Sequence[str]) -> Chapter:
    """Return the chapter of what nobody has verified: figures printed, parameters, warnings of the runs."""
    said = (*_unread(findings), *_doubts(findings, set(printed)))
    nothing = (Paragraph((plain(Text("Nulla di quanto è stampato.", "Nothing that is printed.")),)),)
    return Chapter(Text("Che cosa non è verificato", "What is not verified"), said or nothing)


def register(findings: Findings, printed: Sequence[str]) -> Chapter:
    """Return the chapter that says, for every number printed, which result it is."""
    rows = tuple(_row(place, result, findings) for place, result in enumerate(printed, start=1))
    heads = (
        Head(Text("N.", "No.")), Head(Text("Risultato", "Result")), Head(Text("Valore", "Value"), is_number=True),
        Head(Text("File", "File")), Head(Text("Formula o metodo", "Formula or method")),
    )  # fmt: skip
    caption = Text("I risultati stampati, nell'ordine del testo", "The results printed, in the order of the text")
    nothing = Paragraph((plain(Text("Questo studio non stampa alcuna cifra.", "This study prints no figure.")),))
    return Chapter(
        Text("Da dove viene ogni numero", "Where each number comes from"),
        (Table(caption, heads, rows, is_register=True) if rows else nothing,),
    )


def _of_analysis(found: Found, told: dict[Row, Text]) -> Iterator[Block]:
    """Yield how an analysis works and the parameters it was given, those that ``told`` has not told before."""
    analysis = found.written.analysis
    yield Paragraph(tuple(plain(words) for words in (analysis.about, analysis.method) if words))
    every = tuple(_parameters(found))
    rows = tuple(row for row in every if row not in told)
    alike = _alike([row for row in every if row in told], told)
    told.update(dict.fromkeys(rows, analysis.title))
    if not rows and alike:
        yield Paragraph(tuple(map(plain, alike)))
    if rows:
        heads = (
            Head(Text("Parametro", "Parameter")), Head(Text("Valore", "Value"), is_number=True),
            Head(Text("Unità", "Unit")), Head(Text("Stato", "Status")),
        )  # fmt: skip
        yield Table(_PARAMETERS, heads, rows, joined(alike, " "))


def _alike(rows: Sequence[Row], told: Mapping[Row, Text]) -> tuple[Text, ...]:
    """Return for each analysis told before which parameters are as they are there."""
    found: dict[Text, list[Text]] = {}
    for row in rows:
        found.setdefault(told[row], []).append(row[0])
    return tuple(
        say("Come in «{a}»: {p}.", "As in “{a}”: {p}.", a=title, p=joined(labels, "; "))
        for title, labels in found.items()
    )


def _data(findings: Findings) -> Table:
    """Return every layer that an analysis read, once."""
    heads = (
        Head(Text("Dato", "Data")), Head(Text("Fonte", "Source")), Head(Text("Anno", "Year"), is_number=True),
        Head(Text("Elementi", "Features"), is_number=True),
    )  # fmt: skip
    rows = (_input(each, findings) for found in findings.found.values() for each in found.written.record["inputs"])
    return Table(Text("Livelli letti dalle analisi", "Layers the analyses read"), heads, tuple(dict.fromkeys(rows)))


def _parameters(found: Found) -> Iterator[Row]:
    """Yield the parameters that have a value, those of tables left to the record."""
    for name, about in parameters.abouts(found.written.analysis.params).items():
        shown = in_words(about, name, found.written.parameters.get(name))
        if shown is not None:
            yield about.label, shown, same(about.unit), NOTHING if about.is_verified else _NOT_VERIFIED


def in_words(about: parameters.About, name: str, value: object) -> Text | None:
    """Return a parameter's value as a text prints it; None of one that has none, and of tables."""
    if isinstance(value, bool):
        return Text("sì", "yes") if value else Text("no", "no")
    if isinstance(value, int | float):
        return _plain_number(value, name)
    return about.worded(value) if isinstance(value, str) else None


def _plain_number(value: float, name: str) -> Text:
    """Return all digits of a parameter; a year has no thousands."""
    if name.startswith("year") or name.endswith("year"):
        return same(int(value))
    decimals = len(repr(float(value)).partition(".")[2].rstrip("0"))
    return number(value, decimals)


def _input(told: Mapping[str, Any], findings: Findings) -> tuple[Text, ...]:
    role = roles.BY_ID[told["role"]]
    refs = [ref for ref in findings.study.of_role(role.id) if ref.year == told["year"]]
    credit = (refs[0].credited if refs else NOTHING) or same(told["source"])
    features = told["features"]
    return role.title, credit, same(told["year"] or ""), NOTHING if features is None else number(features)


def _unread(findings: Findings) -> Iterator[Block]:
    """Yield how many parameters nobody has read at a source: the tables of the methods mark each of them."""
    marked = {row for found in findings.found.values() for row in _parameters(found) if row[-1]}
    if marked:
        words = say(
            "Parametri non letti alla fonte: {n}. Le tabelle di «Come abbiamo calcolato» li segnano uno per uno con "
            "«non verificato».",
            "Parameters not read at a source: {n}. The tables of “How it was computed” mark each with “not verified”.",
            n=number(len(marked)),
        )
        yield Paragraph((plain(words),))


def _doubts(findings: Findings, printed: set[str]) -> Iterator[Block]:
    figures = {
        say("{f} ({a})", "{f} ({a})", f=found.label(spec.id), a=found.written.analysis.title): None
        for found in findings.found.values()
        for spec in found.written.analysis.figures
        if not spec.is_verified and f"{found.written.analysis.id}/{spec.id}" in printed
    }
    if figures:
        yield Note(
            Text("Cifre con una formula o un parametro non letti alla fonte",
                 "Figures with a formula or a parameter not read at its source"), tuple(figures), warns=True,
        )  # fmt: skip
    warnings = {_warning(told): None for found in findings.found.values() for told in _warnings(found)}
    if warnings:
        yield Note(Text("Avvisi delle analisi", "Warnings of the analyses"), tuple(warnings), warns=True)


def _warnings(found: Found) -> Iterator[Mapping[str, str]]:
    return (told for told in found.written.record["problems"] if told["severity"] == "warning")


def _warning(told: Mapping[str, str]) -> Text:
    where, message = told.get("where_en", told["where"]), told.get("message_en", told["message"])
    return Text(f"{told['where']}: {told['message']}", f"{where}: {message}")


def _method(found: Found, name: str) -> Text:
    """Return how a figure is worked out; of one that is declared no more, what its record says."""
    analysis = found.written.analysis
    spec = next((each for each in analysis.figures if each.id == name), None)
    return method_of(analysis, spec) if spec else same(str(found.figures[name]["method"]))


def _row(place: int, result: str, findings: Findings) -> tuple[Text, ...]:
    analysis_id, _, name = result.partition("/")
    found = findings.found[analysis_id]
    if name in found.figures:
        return (
            same(f"r{place}"),
            found.label(name),
            found.printed(name),
            same(f"{analysis_id}/figures.json"),
            _method(found, name),
        )
    spec = found.tables.get(name)
    title = spec.title if spec else found.written.analysis.title
    file = f"{analysis_id}/{name}.csv" if spec else analysis_id
    return same(f"r{place}"), title, NOTHING, same(file), NOTHING
