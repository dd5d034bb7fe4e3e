"""What is told of a file that is not there, can't be read, or is none we open."""

from __future__ import annotations

from pathlib import Path

from layers.formats import catalogue
from layers.problems import Problem
from layers.text import NOTHING, Text, listing, same, say


def missing(path: Path) -> Problem:
    """Return the problem of a file that is not where it is said to be."""
    return Problem(
        "source-missing",
        same(path.name),
        say("il file non c'è: {p}.", "the file is not there: {p}.", p=path),
        Text("Il livello non può essere letto.", "The layer can't be read."),
        Text(
            "Rimettere il file al suo posto, o indicarne un altro con «add --replace».",
            "Put the file back, or name another with “add --replace”.",
        ),
    )


def unreadable(path: Path) -> Problem:
    """Return the problem of a file that the system does not let us read."""
    return Problem(
        "source-unreadable",
        same(path.name),
        Text("il file non si può leggere.", "the file can't be read."),
        NOTHING,
        Text("Controllare i permessi e che il disco sia collegato.", "Check permissions and that the disk is there."),
    )


def not_a_format(path: Path) -> Problem:
    """Return the problem of a file whose name announces none of the formats we open."""
    return Problem(
        "format-unknown",
        same(path.name),
        say("«{s}» non è un formato che si apre.", "“{s}” is not a format that can be opened.", s=path.suffix or "?"),
        NOTHING,
        say("Si aprono: {all}.", "These can be opened: {all}.", all=listing(list(catalogue.suffixes()), most=40)),
    )
