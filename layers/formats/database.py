"""Databases that somebody had open when they were copied: what they have not merged yet is read too, and told."""

from __future__ import annotations

from layers.problems import Problem, Severity
from layers.source import Source
from layers.text import Text, listing, same, say


def remarks(source: Source) -> list[Problem]:
    """Return the problem of a database with changes that lie beside it, if there are any."""
    return [_unmerged(source, list(source.unmerged))] if source.unmerged else []


def _unmerged(source: Source, names: list[str]) -> Problem:
    return Problem(
        "database-unmerged",
        same(source.name),
        say(
            "il file era aperto in un altro programma: accanto ci sono modifiche non ancora riunite ({n}).",
            "the file was open in another program: changes not merged yet lie beside it ({n}).",
            n=listing(names),
        ),
        Text(
            "Sono state lette con il resto, da una copia; il file non è stato toccato.",
            "They were read with the rest, from a copy; the file has not been touched.",
        ),
        Text(
            "Chiudere il programma che lo usa e spostare sempre insieme i file con lo stesso nome.",
            "Close the program that uses it, and always move the files of the same name together.",
        ),
        Severity.WARNING,
    )
