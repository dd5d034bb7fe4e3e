"""What is to be said of a mended layer whenever it is read: that it is mended, and whether its receipt still holds."""

from __future__ import annotations

import shlex
from pathlib import Path

from layers import roles
from layers.problems import Problem, Severity
from layers.reference import LayerRef
from layers.text import NOTHING, Text, counted, listing, number, say
from puc_tool.mends import receipts
from puc_tool.mends.receipts import Receipt
from puc_tool.sources import trust
from puc_tool.studies import study_entries
from puc_tool.study import Study


def remarks(study: Study, ref: LayerRef) -> tuple[Problem, ...]:
    """Return what there is to say of the layer of ``ref``, nothing if it is not a mended copy."""
    if not receipts.steps_of(ref):
        return ()
    receipt = receipts.read(study.folder, ref.source)
    if receipt is None:
        return (_without_receipt(ref),)
    changed = () if receipts.is_intact(study.folder, ref.source, receipt) else (_changed(ref),)
    return (_mended(ref, receipt), *changed, *_stale(study, ref, receipt), *receipt.told)


def again(receipt: Receipt) -> str:
    """Return the options of ``mend`` that would do once more what ``receipt`` tells."""
    wanted = [
        f"--apply {shlex.quote('='.join([each['mend'], *([word] if word else [])]))}"
        for each in receipt.mends
        for word in each["words"] or ("",)
    ]
    return " ".join(dict.fromkeys(wanted))


def _stale(study: Study, ref: LayerRef, receipt: Receipt) -> tuple[Problem, ...]:
    """Return whether the original has changed since; one that may not or can't be read is not compared."""
    first = receipt.steps[0]
    original = study_entries.meaning(first["entry"], study.folder)
    if original is None or trust.problems(study, original):
        return (_not_compared(ref),)
    names = [original.source, *([original.join.table] if original.join else [])]
    paths = [study.folder / name for name in names]
    if not all(map(_is_there, paths)):
        return (_not_compared(ref),)
    as_then = len(paths) == len(first["originals"]) and all(
        receipts.is_file_of(path, told) for path, told in zip(paths, first["originals"], strict=True)
    )
    return () if as_then else (_outdated(ref, receipt),)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder that may not be entered
        return False


def _named(ref: LayerRef) -> str:
    """Return how a command names the layer."""
    return ref.role if ref.year is None else f"{ref.role} --year {ref.year}"


def _where(ref: LayerRef) -> Text:
    title = roles.BY_ID[ref.role].title
    return title if ref.year is None else say("{t} {y}", "{t} {y}", t=title, y=ref.year)


def _mended(ref: LayerRef, receipt: Receipt) -> Problem:
    done = [f"{each['mend']} ({each['features']})" for each in receipt.mends]
    before, after = receipt.steps[0].get("area_m2"), receipt.last["copy"].get("area_m2")
    areas = (before, after) if isinstance(before, int | float) and isinstance(after, int | float) else None
    return Problem(
        "layer-mended",
        _where(ref),
        say("è una copia rimediata: {d}.", "it is a mended copy: {d}.", d=listing(done, most=12)),
        NOTHING
        if areas is None or not any(areas)
        else say(
            "La superficie è passata da {b} a {a} m².",
            "Its area went from {b} to {a} m².",
            b=number(areas[0], 1),
            a=number(areas[1], 1),
        ),
        say(
            "Il verbale è {r}; con «puc-tool mend --undo» si torna indietro.",
            "The receipt is {r}; “puc-tool mend --undo” goes back.",
            r=receipt.file,
        ),
        Severity.INFO,
    )


_TIMES = (Text("volta", "time"), Text("volte", "times"))


def _outdated(ref: LayerRef, receipt: Receipt) -> Problem:
    return Problem(
        "mended-copy-stale",
        _where(ref),
        Text("l'originale è cambiato dopo la copia rimediata.", "the original has changed since the copy was mended."),
        Text("Si calcola sul dato di prima.", "Figures are computed from the earlier data."),
        say(
            "Rimediare di nuovo: «puc-tool mend STUDIO {r} --undo», poi «puc-tool mend STUDIO {r} {o}».",
            "Mend again: “puc-tool mend STUDY {r} --undo”, then “puc-tool mend STUDY {r} {o}”.",
            r=_named(ref),
            o=again(receipt),
        )
        if len(receipt.steps) == 1
        else say(
            "Rimediare di nuovo: «puc-tool mend STUDIO {r} --undo» {n}, poi «puc-tool mend STUDIO {r} {o}».",
            "Mend again: “puc-tool mend STUDY {r} --undo” {n}, then “puc-tool mend STUDY {r} {o}”.",
            r=_named(ref),
            n=counted(len(receipt.steps), _TIMES),
            o=again(receipt),
        ),
        Severity.WARNING,
    )


def _changed(ref: LayerRef) -> Problem:
    return Problem(
        "mended-copy-changed",
        _where(ref),
        say("la copia rimediata {s} è stata modificata dopo.", "the mended copy {s} was changed since.", s=ref.source),
        Text("Il verbale non la descrive più.", "The receipt no longer tells of it."),
        Text(
            "Se la modifica è voluta, aggiungere il file con «puc-tool add --replace».",
            "If the change is meant, add the file with “puc-tool add --replace”.",
        ),
        Severity.WARNING,
    )


def _without_receipt(ref: LayerRef) -> Problem:
    file = receipts.beside(ref.source)
    return Problem(
        "mended-receipt-missing",
        _where(ref),
        say("alla copia rimediata manca il verbale {f}.", "the mended copy lacks its receipt {f}.", f=file),
        Text("Non si sa che cosa è stato fatto, e non si può annullare.", "What was done is not known, nor undone."),
        Text("Rimettere il file al suo posto, o aggiungere di nuovo l'originale.", "Put it back, or add the original."),
        Severity.WARNING,
    )


def _not_compared(ref: LayerRef) -> Problem:
    return Problem(
        "mended-original-missing",
        _where(ref),
        Text("l'originale della copia rimediata non è qui.", "the original of the mended copy is not here."),
        Text("Non si può dire se nel frattempo è cambiato.", "Whether it has changed since can't be told."),
        severity=Severity.INFO,
    )
