"""What changed since the last version of the study: the figures printed then, beside those printed now."""

from __future__ import annotations

from collections.abc import Mapping

from layers.text import Text, number, same
from puc_tool.report.document import Block, Chapter, Head, Paragraph, Table, plain
from puc_tool.report.findings import Findings, amount

Values = Mapping[str, float]
"""The value of every figure of a version, by the id of its result."""

_TITLE = Text("Che cosa è cambiato", "What has changed")
_FIRST = Text(
    "È la prima versione di questo studio: non c'è nulla con cui confrontarla.",
    "This is the first version of this study: there is nothing to compare it with.",
)
_SAME = Text(
    "Nessuna cifra è cambiata rispetto alla versione precedente.", "No figure has changed since the last version."
)
_NONE = Text("n.d.", "n/a")


def values_of(findings: Findings) -> dict[str, float]:
    """Return every figure that has a value."""
    return {
        f"{analysis_id}/{name}": value
        for analysis_id, found in findings.found.items()
        for name in found.figures
        if (value := found.value(name)) is not None
    }


def changes(findings: Findings, before: Values | None) -> Chapter:
    """Return the chapter that sets the figures of the last version, if there is one, beside those of today."""
    if before is None:
        return Chapter(_TITLE, (_sentence(_FIRST),), begins_page=False)
    now = values_of(findings)
    changed = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    if not changed:
        return Chapter(_TITLE, (_sentence(_SAME),), begins_page=False)
    heads = (
        Head(Text("Risultato", "Result")), Head(Text("Prima", "Before"), is_number=True),
        Head(Text("Ora", "Now"), is_number=True), Head(Text("Differenza", "Difference"), is_number=True),
    )  # fmt: skip
    caption = Text("Cifre cambiate rispetto alla versione precedente", "Figures changed since the last version")
    return Chapter(_TITLE, (Table(caption, heads, tuple(_row(name, before, now, findings) for name in changed)),))


def _sentence(words: Text) -> Block:
    return Paragraph((plain(words),))


def _row(result: str, before: Values, now: Values, findings: Findings) -> tuple[Text, ...]:
    analysis_id, _, name = result.partition("/")
    found = findings.found.get(analysis_id)
    figure = found.figures.get(name) if found else None
    label = found.label(name) if found and figure else same(result)
    unit = str(figure["unit"]) if figure else ""
    spec = found.specs.get(name) if found else None
    decimals = spec.decimals if spec else 2

    def printed(value: float | None) -> Text:
        return _NONE if value is None else amount(value, unit, decimals) if unit else number(value, decimals)

    then, today = before.get(result), now.get(result)
    difference = None if then is None or today is None else today - then
    return label, printed(then), printed(today), printed(difference)
