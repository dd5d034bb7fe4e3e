"""What is told of a zip that is not opened."""

from __future__ import annotations

from pathlib import Path

from layers.formats import catalogue
from layers.problems import Problem
from layers.text import NOTHING, Text, listing, number, same, say

_MOST_NAMED = 12
_NOT_OPENED = Text("Lo zip non viene aperto.", "The zip is not opened.")


def broken(path: Path) -> Problem:
    """Return the problem of a zip that is cut, damaged, or none."""
    return Problem(
        "archive-broken",
        same(path.name),
        Text("lo zip è rotto o incompleto.", "the zip is broken or incomplete."),
        NOTHING,
        Text("Scaricarlo di nuovo.", "Download it again."),
    )


def locked(path: Path) -> Problem:
    """Return the problem of a zip that asks for a password."""
    return Problem(
        "archive-locked",
        same(path.name),
        Text("lo zip è protetto da password.", "the zip is locked with a password."),
        NOTHING,
        Text("Estrarlo e indicare il file.", "Unpack it and name the file."),
    )


def leads_out(path: Path, names: list[str]) -> Problem:
    """Return the problem of a zip with files that would land outside the folder it is unpacked into."""
    return Problem(
        "archive-leads-out",
        same(path.name),
        say(
            "lo zip contiene nomi che portano fuori dalla sua cartella: {all}.",
            "the zip holds names that lead out of its folder: {all}.",
            all=listing([ascii(name)[1:-1] for name in names], most=3),
        ),
        Text(
            "Potrebbe scrivere dove non deve: non viene aperto.", "It might write where it must not: it is not opened."
        ),
        Text(
            "Chiedere uno zip fatto di nuovo, o estrarlo e indicare il file.",
            "Ask for a zip made anew, or unpack it and name the file.",
        ),
    )


def too_large(path: Path, most_bytes: int) -> Problem:
    """Return the problem of a zip that would unpack to more than any plan's data."""
    return Problem(
        "archive-too-large",
        same(path.name),
        say(
            "lo zip, estratto, sarebbe molto più grande di un dato vero (limite: {n} GiB, o 250 volte la sua misura).",
            "unpacked, the zip would be far larger than real data (limit: {n} GiB, or 250 times its size).",
            n=number(most_bytes / 2**30),
        ),
        Text("Riempirebbe il disco: non viene aperto.", "It would fill the disk: it is not opened."),
        Text("Estrarlo a mano e indicare il file.", "Unpack it by hand and name the file."),
    )


def too_deep(path: Path, most: int) -> Problem:
    """Return the problem of zips in zips in zips."""
    return Problem(
        "archive-too-deep",
        same(path.name),
        say("ci sono più di {n} zip uno dentro l'altro.", "there are more than {n} zips in one another.", n=most),
        _NOT_OPENED,
        Text("Estrarre quello più esterno.", "Unpack the outermost one."),
    )


def no_copy(path: Path, error: OSError) -> Problem:
    """Return the problem of a working copy that can't be made in the folder of temporary files."""
    return Problem(
        "temporary-copy",
        same(path.name),
        say(
            "non si può fare una copia di lavoro nella cartella dei file temporanei: {why}.",
            "a working copy can't be made in the folder of temporary files: {why}.",
            why=error.strerror or error,
        ),
        Text("Il dato non può essere letto.", "The data can't be read."),
        Text("Controllare lo spazio sul disco.", "Check the space on the disk."),
    )


def none_inside(path: Path) -> Problem:
    """Return the problem of a zip without data."""
    return Problem(
        "archive-empty",
        same(path.name),
        Text("nello zip non c'è alcun dato che si possa aprire.", "the zip holds nothing that can be opened."),
        NOTHING,
        say("Si aprono: {all}.", "These can be opened: {all}.", all=listing(list(catalogue.suffixes()), most=40)),
    )


def several_inside(path: Path, names: list[str]) -> Problem:
    """Return the problem of a zip with several datasets of which none was named."""
    return Problem(
        "archive-several",
        same(path.name),
        say(
            "lo zip contiene più di un dato ({n}): {all}.",
            "the zip holds more than one dataset ({n}): {all}.",
            n=len(names),
            all=listing(names, most=_MOST_NAMED),
        ),
        NOTHING,
        say(
            "Sceglierne uno con --layer, per esempio --layer {n}.",
            "Choose one with --layer, say --layer {n}.",
            n=names[0],
        ),
    )


def not_inside(path: Path, layer: str, names: list[str]) -> Problem:
    """Return the problem of a dataset that is not in the zip."""
    return Problem(
        "table-missing",
        same(path.name),
        say("nello zip non c'è «{n}».", "there is no “{n}” in the zip.", n=layer),
        NOTHING,
        say("Lo zip contiene: {all}.", "The zip holds: {all}.", all=listing(names, most=_MOST_NAMED)),
    )
