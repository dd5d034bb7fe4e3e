"""What is said of a parameter that can't be taken."""

from __future__ import annotations

from layers.problems import Problem
from layers.text import NOTHING, Text, listing, same, say

_REMEDIES = {
    bool: Text("Scrivere sì o no.", "Write yes or no."),
    int: Text("Scrivere un numero intero.", "Write a whole number."),
    float: Text("Scrivere un numero, con il punto o la virgola.", "Write a number, with a point or a comma."),
}


def _plain(value: float) -> Text:
    """Return a number without thousands separators: a year is not 2.012."""
    english = f"{value:.15g}"
    return Text(english.replace(".", ","), english)


def bounds_of(low: float | None, high: float | None, unit: str) -> Text:
    """Return «da 50 a 5000 m», or the one end there is."""
    if high is None:
        return say("almeno {l} {u}", "at least {l} {u}", l=_plain(low or 0.0), u=unit)
    if low is None:
        return say("al massimo {h} {u}", "at most {h} {u}", h=_plain(high), u=unit)
    return say("da {l} a {h} {u}", "{l} to {h} {u}", l=_plain(low), h=_plain(high), u=unit)


def out_of_bounds(where: str, label: Text, value: float, bounds: Text) -> Problem:
    """Return the problem of a number that the declaration does not allow."""
    return Problem(
        "parameter-out-of-bounds",
        same(where),
        say("«{l}» vale {v}, fuori dai limiti.", "“{l}” is {v}, out of bounds.", l=label, v=_plain(value)),
        NOTHING,
        say("Valori ammessi: {b}.", "Allowed: {b}.", b=Text(bounds.it.rstrip(), bounds.en.rstrip())),
    )


def unknown(where: str, known: list[str]) -> Problem:
    """Return the problem of a name that is no parameter."""
    return Problem(
        "parameter-unknown",
        same(where),
        Text("questo parametro non esiste.", "there is no such parameter."),
        NOTHING,
        say("I parametri sono: {all}.", "The parameters are: {all}.", all=listing(known, most=30)),
    )


def unreadable(where: str, label: Text, value: object, kind: type) -> Problem:
    """Return the problem of a value that is none of its kind."""
    return Problem(
        "parameter-unreadable",
        same(where),
        say("«{l}» non può valere «{v}».", "“{l}” can't be “{v}”.", l=label, v=value),
        NOTHING,
        _REMEDIES[kind],
    )


def without_id(where: str) -> Problem:
    """Return the problem of a row that can't be told from others."""
    return Problem(
        "parameter-row-without-id",
        same(where),
        Text("una riga della tabella non ha «id».", "a row of the table has no “id”."),
        NOTHING,
        say("Scriverle come [[analysis.{w}]], con id.", "Write them as [[analysis.{w}]], with id.", w=where),
    )


def twice(where: str, row_id: str) -> Problem:
    """Return the problem of a row that is written twice."""
    return Problem(
        "parameter-row-twice",
        same(where),
        say("la riga «{r}» c'è due volte.", "the row “{r}” is there twice.", r=row_id),
        NOTHING,
        Text("Toglierne una.", "Take one away."),
    )
