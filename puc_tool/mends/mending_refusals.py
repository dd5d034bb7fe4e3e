"""Why a layer can't be mended, or a mending not undone, worded for a planner."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from layers.mends import registry
from layers.problems import Problem, PucError, Severity
from layers.reference import LayerRef
from layers.spec import Role
from layers.text import NOTHING, Text, listing, same, say

_AS_IT_WAS = Text("Niente è stato cambiato.", "Nothing has been changed.")


def refuse_unfit(wanted: Iterable[str], role: Role) -> None:
    """Raise PucError for every word that is no mend, or is none for ``role``."""
    found = {name: registry.BY_ID.get(name) for name in wanted}
    problems = [
        _unknown(name) if mend is None else _unsuited(name, role)
        for name, mend in found.items()
        if mend is None or not mend.suits(role)
    ]
    if problems:
        raise PucError(*problems)


def raster(role: Role) -> Problem:
    """Return the problem of a raster: there is nothing to mend in cells."""
    return Problem(
        "mend-raster",
        role.title,
        Text("è un raster: i rimedi sono per punti, linee e poligoni.", "it is a raster: mends are for vectors."),
        _AS_IT_WAS,
        Text("Correggere le celle con il programma che le ha fatte.", "Mend the cells where they were made."),
    )


def nothing_left(role: Role) -> Problem:
    """Return the problem of mends after which no feature would be left."""
    return Problem(
        "mend-nothing-left",
        role.title,
        Text("con questi rimedi non resterebbe alcun elemento.", "with these mends no feature would be left."),
        _AS_IT_WAS,
        Text("Scegliere altri rimedi, o un altro dato.", "Choose other mends, or other data."),
    )


def nothing_to_undo(ref: LayerRef) -> Problem:
    """Return the problem of a layer that is no mended copy, or has no receipt to be believed."""
    return Problem(
        "mend-nothing-to-undo",
        same(ref.role),
        Text("non c'è un rimedio da annullare, o manca il suo verbale.", "no mend to undo, or its receipt is missing."),
        _AS_IT_WAS,
        Text("Per tornare a un altro dato: «puc-tool add --replace».", "For other data: “puc-tool add --replace”."),
    )


def in_the_way(copy: str) -> Problem:
    """Return the problem of a file that stands where the copy would go and is not known to be ours."""
    return Problem(
        "mend-in-the-way",
        same(copy),
        Text("qui c'è già un file, e non risulta scritto da un rimedio.", "a file is here that no mend wrote."),
        _AS_IT_WAS,
        Text("Spostarlo o dargli un altro nome.", "Move it, or give it another name."),
    )


def copy_kept(ref: LayerRef) -> Problem:
    """Return the remark on a copy that was changed since: it is nobody's to remove."""
    return Problem(
        "mended-copy-kept",
        same(ref.source),
        Text("la copia è stata modificata dopo il rimedio.", "the copy was changed after it was mended."),
        Text("È rimasta al suo posto; lo studio non la usa più.", "It stays; the study no longer uses it."),
        Text("Toglierla a mano se non serve.", "Remove it by hand if nobody needs it."),
        Severity.WARNING,
    )


def not_two_columns(path: Path) -> Problem:
    """Return the problem of a table of codes that has not two columns."""
    return Problem(
        "decode-columns",
        same(path.name),
        Text("la tabella non ha due colonne.", "the table has not two columns."),
        NOTHING,
        Text("Servono due colonne: il codice e le parole.", "Two columns are wanted: the code and the words."),
    )


def which_layer(role: str, year: int | None, there: Iterable[LayerRef]) -> Problem:
    """Return the problem of a layer that is not there, or is one of several."""
    years = [str(ref.year) for ref in there if ref.year is not None]
    if not years or year is not None:
        return Problem(
            "layer-missing",
            same(role if year is None else f"{role} {year}"),
            Text("lo studio non ha questo livello.", "the study has no such layer."),
            NOTHING,
            Text("I livelli si vedono con «puc-tool check».", "See the layers with “puc-tool check”."),
        )
    return Problem(
        "layer-which-year",
        same(role),
        say("ce n'è più d'uno: {y}.", "there are several: {y}.", y=listing(years)),
        NOTHING,
        Text("Indicare l'anno con --year.", "Give the year with --year."),
    )


def _unknown(name: str) -> Problem:
    return Problem(
        "mend-unknown",
        same(name),
        Text("questo rimedio non esiste.", "there is no such mend."),
        _AS_IT_WAS,
        say("I rimedi sono: {m}.", "The mends are: {m}.", m=listing(list(registry.BY_ID), most=20)),
    )


def _unsuited(name: str, role: Role) -> Problem:
    return Problem(
        "mend-unsuited",
        same(name),
        say("questo rimedio non è per «{r}».", "this mend is not for “{r}”.", r=role.title),
        _AS_IT_WAS,
        Text("Quelli che servono si vedono con «puc-tool mend».", "See those that serve with “puc-tool mend”."),
    )
