"""What is told of a shapefile whose parts are missing or do not match."""

from __future__ import annotations

from layers.formats.dbf import Dbf
from layers.problems import Problem, Severity
from layers.source import Source
from layers.text import FEATURES, NOTHING, Text, counted, number, same, say

_TITLES = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "iso8859-1": "ISO-8859-1"}
_MOST_LETTERS = 30


def index_rebuilt(source: Source, records: int) -> Problem:
    """Return the note of an index (.shx) that was missing or broken."""
    return Problem(
        "shapefile-index-rebuilt",
        same(source.name),
        say(
            "manca l'indice (.shx) o è rotto: è stato ricavato dal .shp, che contiene {n}.",
            "the index (.shx) is missing or broken: it was made from the .shp, which holds {n}.",
            n=counted(records, FEATURES),
        ),
        Text("Il file consegnato non è stato toccato.", "The file delivered has not been touched."),
        Text(
            "Controllare che il numero degli elementi sia quello atteso.",
            "Check that the number of features is the one expected.",
        ),
        Severity.WARNING,
    )


def no_attributes(source: Source, records: int) -> Problem:
    """Return the problem of a shapefile without attributes (.dbf)."""
    return Problem(
        "shapefile-no-attributes",
        same(source.name),
        Text("manca il file degli attributi (.dbf), o è rotto.", "the file of attributes (.dbf) is missing or broken."),
        say(
            "Si legge la sola geometria ({n}), senza campi.",
            "Only the geometry is read ({n}), without fields.",
            n=counted(records, FEATURES),
        ),
        Text("Chiedere il .dbf a chi ha fornito il dato.", "Ask whoever gave the data for the .dbf."),
        Severity.WARNING,
    )


def counts_differ(source: Source, records: int, rows: Dbf) -> Problem:
    """Return the problem of a .shp and a .dbf that do not have as many records."""
    without = max(0, records - rows.there)
    return Problem(
        "shapefile-counts-differ",
        same(source.name),
        say(
            "il .shp ha {n}, il .dbf ne annuncia {a} e ne contiene {m}.",
            "the .shp has {n}, the .dbf announces {a} and holds {m}.",
            n=counted(records, FEATURES),
            a=number(rows.announced),
            m=number(rows.there),
        ),
        say("Elementi senza attributi: {n}.", "Features without attributes: {n}.", n=number(without))
        if without
        else Text(
            "Le righe in più non hanno geometria e non si leggono.",
            "The rows beyond have no geometry and are not read.",
        ),
        Text(
            "Gli attributi potrebbero essere di altri elementi: chiedere una nuova copia del dato.",
            "The attributes may be those of other features: ask for a new copy of the data.",
        ),
        Severity.WARNING,
    )


def deleted(source: Source, count: int) -> Problem:
    """Return the note of records that somebody deleted and that still lie in the file."""
    return Problem(
        "shapefile-deleted",
        same(source.name),
        say(
            "elementi segnati come cancellati, che non si leggono: {n}.",
            "features marked as deleted, which are not read: {n}.",
            n=number(count),
        ),
        severity=Severity.INFO,
    )


def encoding_guessed(source: Source, used: str, sample: str) -> Problem:
    """Return the note of text whose encoding the file does not say."""
    return Problem(
        "encoding-guessed",
        same(source.name),
        say(
            "il file non dice la codifica dei testi: letti come {u}, per esempio «{w}».",
            "the file does not say the encoding of its text: read as {u}, for example “{w}”.",
            u=_TITLES.get(used, used.upper()),
            w=accented_word(sample),
        ),
        NOTHING,
        Text("Se gli accenti sono sbagliati, indicare --encoding.", "If accents are wrong, give --encoding."),
        Severity.INFO,
    )


def encoding_corrected(source: Source, said: str, used: str, sample: str) -> Problem:
    """Return the problem of text that is not in the encoding that the file says."""
    return Problem(
        "encoding-corrected",
        same(source.name),
        say(
            "i testi non sono in {s} come il file dichiara (.cpg): letti come {u}, per esempio «{w}».",
            "the text is not in {s} as the file states (.cpg): read as {u}, for example “{w}”.",
            s=_TITLES.get(said, said.upper()),
            u=_TITLES.get(used, used.upper()),
            w=accented_word(sample),
        ),
        NOTHING,
        Text("Se gli accenti sono sbagliati, indicare --encoding.", "If accents are wrong, give --encoding."),
        Severity.WARNING,
    )


def accented_word(sample: str) -> str:
    """Return the first word of ``sample`` with a letter by which an encoding can be judged."""
    words = [word for word in sample.split() if not word.isascii()]
    return (words or [sample.strip()])[0][:_MOST_LETTERS]
