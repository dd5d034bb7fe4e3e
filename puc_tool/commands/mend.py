"""``puc-tool mend STUDY ROLE``: what can be mended in a layer, doing it with a receipt, going one step back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from layers.problems import Problem, Severity
from layers.reference import LayerRef
from layers.text import Lang, Text, number, same, say
from puc_tool.commands.command import Command, add_study, wrong_usage
from puc_tool.console import Answer, Console
from puc_tool.studies import study_reading
from puc_tool.study import Study

if TYPE_CHECKING:
    from layers.mends.mend import Line, Proposal
    from puc_tool.mends.mending import Applied


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    parser.add_argument("role", metavar="ROLE", help=Text("ruolo del livello", "the layer's role").to(lang))
    parser.add_argument("--year", type=int, metavar="YYYY", help=Text("anno del livello", "the layer's year").to(lang))
    words = Text(
        "applica un rimedio, con le sue scelte; si può ripetere", "does a mend, with its choices; may be repeated"
    )
    parser.add_argument("--apply", action="append", default=[], metavar="MEND[=VALUE]", help=words.to(lang))
    words = Text("torna a prima dell'ultimo rimedio", "goes back to before the last mending")
    parser.add_argument("--undo", action="store_true", help=words.to(lang))


def _run(options: Namespace, console: Console) -> Answer:
    # Mending needs geopandas; `puc-tool --help` reads this file and does not.
    from puc_tool.mends import mending

    if options.apply and options.undo:
        raise wrong_usage(Text("--apply e --undo non vanno insieme.", "--apply and --undo don't go together."))
    study = study_reading.read(options.study)
    ref = mending.layer_of(study, options.role, options.year)
    if options.undo:
        return _undo(study, ref)
    if options.apply:
        return _apply(study, mending.apply(study, ref, wanted(options.apply), console.report), console.lang)
    found = mending.proposals(study, ref, console.report)
    lines = tuple(map(_sentence, found)) or (Text("Non c'è niente da rimediare.", "There is nothing to mend."),)
    return Answer(lines, {"proposals": [_entry(each, console.lang) for each in found]})


def wanted(words: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return the mends that MEND[=VALUE] ask for, each with all that is said of it."""
    found = dict[str, list[str]]()
    for name, sign, value in (each.partition("=") for each in words):
        found.setdefault(name.strip(), []).extend([value.strip()] if sign else [])
    return found


def _undo(study: Study, ref: LayerRef) -> Answer:
    from puc_tool.mends import mending

    undone = mending.undo(study, ref)
    said = say("{r}: di nuovo {s}.", "{r}: {s} again.", r=ref.role, s=undone.ref.source)
    return Answer((said,), {"source": undone.ref.source, "removed": list(undone.removed)}, undone.problems)


def _apply(study: Study, done: Applied, lang: Lang) -> Answer:
    left = tuple(_left(line, each) for line in done.lines for each in line.left)
    told = tuple(problem for line in done.lines for problem in line.told)
    content = {"applied": [_told(line, lang) for line in done.lines], "copy": done.copy, "receipt": done.receipt}
    lines = tuple(map(_done, done.lines))
    if not done.copy:
        return Answer((*lines, Text("Niente è stato scritto.", "Nothing was written.")), content, (*told, *left))
    written = say(
        "Copia: {c}. Verbale: {r}. L'originale non è stato toccato.",
        "Copy: {c}. Receipt: {r}. The original was not touched.",
        c=done.copy,
        r=done.receipt,
    )
    return Answer((*lines, written), content, (*told, *left))


def _told(line: Line, lang: Lang) -> Mapping[str, object]:
    return {
        "mend": line.mend,
        "title": _title(line.mend).to(lang),
        "settings": dict(line.values),
        "features": line.features,
        "area_m2": line.area_m2,
        "before_m2": line.before_m2,
        "after_m2": line.after_m2,
        "left": [each.to(lang) for each in line.left],
    }


def _entry(proposal: Proposal, lang: Lang) -> Mapping[str, object]:
    return {**_told(proposal.line, lang), "chosen": proposal.chosen, "why": proposal.why.to(lang)}


def _title(mend: str) -> Text:
    from layers.mends.registry import BY_ID

    return BY_ID[mend].title


def _sentence(proposal: Proposal) -> Text:
    line = proposal.line
    left = [say("\n    {l}", "\n    {l}", l=each) for each in line.left]
    return say(
        "{x} {m} – {t} (elementi: {f}; {a} m²). {w}{l}",
        "{x} {m} – {t} (features: {f}; {a} m²). {w}{l}",
        x="✓" if proposal.chosen else "–",
        m=line.mend,
        t=proposal.mend.title,
        f=number(line.features),
        a=number(line.area_m2, 1),
        w=proposal.why,
        l=Text("".join(each.it for each in left), "".join(each.en for each in left)),
    )


def _done(line: Line) -> Text:
    title, count = _title(line.mend), number(line.features)
    if not line.features:
        return say("{t}: niente da fare.", "{t}: nothing to do.", t=title)
    if line.before_m2 is None or not line.after_m2:
        return say("{t} (elementi: {f}).", "{t} (features: {f}).", t=title, f=count)
    return say(
        "{t} (elementi: {f}): la superficie del livello passa da {b} a {a} m².",
        "{t} (features: {f}): the layer's area goes from {b} to {a} m².",
        t=title,
        f=count,
        b=number(line.before_m2, 1),
        a=number(line.after_m2, 1),
    )


def _left(line: Line, words: Text) -> Problem:
    return Problem("mend-left", same(line.mend), words, severity=Severity.INFO)


COMMAND = Command(
    "mend",
    Text(
        "rimedia un livello in una copia nello studio, con un verbale; si può annullare",
        "mends a layer in a copy within the study, with a receipt; can be undone",
    ),
    _arguments,
    _run,
)
