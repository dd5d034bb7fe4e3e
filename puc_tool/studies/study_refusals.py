"""Why a ``study.toml`` can't be read at all, worded for whoever has to mend it."""

from __future__ import annotations

from pathlib import Path

from tomlkit.exceptions import ParseError, TOMLKitError

from layers.problems import Problem
from layers.text import Text, same, say
from puc_tool.study import FILE, VERSION


def newer(version: int) -> Problem:
    """Return the problem of a study that a later program wrote."""
    return Problem(
        "study-newer",
        same(FILE),
        say(
            "è la versione {v}; questo programma legge fino alla {m}.",
            "it is version {v}; this program reads up to {m}.",
            v=version,
            m=VERSION,
        ),
        Text("Il file non è stato toccato.", "The file has not been touched."),
        Text("Aggiornare PUC Tool.", "Update PUC Tool."),
    )


def no_version() -> Problem:
    """Return the problem of a file that does not say how it is to be read."""
    return Problem(
        "study-version",
        same(FILE),
        Text("manca «version = 1» in testa al file.", "“version = 1” is missing at the head of the file."),
        Text("Non si sa come leggerlo.", "How to read it is not known."),
        Text("Aggiungere quella riga se il file è di PUC Tool.", "Add that line if the file is PUC Tool's."),
    )


def no_study(folder: Path) -> Problem:
    """Return the problem of a folder without ``study.toml``."""
    return Problem(
        "study-missing",
        same(folder.name or folder),
        say("la cartella non contiene «{f}».", "the folder holds no “{f}”.", f=FILE),
        Text("Non è uno studio di PUC Tool.", "It is not a PUC Tool study."),
        Text(
            "Crearne uno con «puc-tool new CARTELLA --comune NOME».",
            "Make one with “puc-tool new FOLDER --comune NAME”.",
        ),
    )


def not_toml(error: ParseError) -> Problem:
    """Return the problem of a file that is not TOML, with the place where reading stopped."""
    return Problem(
        "study-broken",
        same(FILE),
        say(
            "il file non si legge alla riga {l}, colonna {c}: {why}.",
            "the file can't be read at line {l}, column {c}: {why}.",
            l=error.line, c=error.col, why=str(error).split(" at line ")[0],
        ),
        Text("Niente è stato cambiato.", "Nothing has been changed."),
        Text("Correggere quella riga con un editor di testo.", "Mend that line with a text editor."),
    )  # fmt: skip


def contradictory(error: TOMLKitError) -> Problem:
    """Return the problem of TOML that says the same thing twice."""
    return Problem(
        "study-broken",
        same(FILE),
        say("il file dice due volte la stessa cosa ({why}).", "the file says one thing twice ({why}).", why=error),
        Text("Niente è stato cambiato.", "Nothing has been changed."),
        Text("Togliere il doppione con un editor di testo.", "Take one of the two out with a text editor."),
    )


def not_utf8() -> Problem:
    """Return the problem of a file that is not text in UTF-8."""
    return Problem(
        "study-broken",
        same(FILE),
        Text("il file non è in UTF-8.", "the file is not UTF-8."),
        Text("Niente è stato cambiato.", "Nothing has been changed."),
        Text("Salvarlo di nuovo in UTF-8 con un editor di testo.", "Save it again as UTF-8 with a text editor."),
    )
