"""What is told of a raster that is not opened, or not wholly what it seems."""

from __future__ import annotations

from layers.formats.signature import reason
from layers.problems import Problem, Severity
from layers.source import Source
from layers.text import CELLS, NOTHING, Text, counted, listing, number, same, say


def no_crs(name: str) -> Problem:
    """Return the problem of a dataset that does not say its CRS."""
    return Problem(
        "crs-missing",
        same(name),
        Text("il dato non dice il suo sistema di riferimento.", "the data does not say its CRS."),
        Text("Non si sa dove cade: non viene indovinato.", "Where it lies is not known, and is not guessed."),
        Text(
            "Indicarlo con --crs, per esempio --crs EPSG:3003 (Gauss-Boaga ovest).",
            "Give it with --crs, for example --crs EPSG:3003 (Gauss-Boaga west).",
        ),
    )


def not_a_raster(source: Source) -> Problem:
    """Return the problem of a vector where a raster is wanted."""
    return Problem(
        "raster-wanted",
        same(source.name),
        say("serve un raster, questo è {f}.", "a raster is wanted, this is {f}.", f=source.format.title),
        Text("Il livello non può svolgere questo ruolo.", "The layer can't play this role."),
        Text("Indicare un GeoTIFF, una griglia ASCII o un HGT.", "Name a GeoTIFF, an ASCII grid or an HGT."),
    )


def broken(source: Source, error: Exception) -> Problem:
    """Return the problem of a raster that the library can't read."""
    return Problem(
        "source-broken",
        same(source.name),
        say("il raster non si legge: {why}.", "the raster can't be read: {why}.", why=reason(source, error)),
        Text("Il livello non entra nello studio.", "The layer does not enter the study."),
        Text("Chiedere una nuova copia del dato.", "Ask for a new copy of the data."),
    )


def no_place(source: Source) -> Problem:
    """Return the problem of a raster that does not say where its cells lie, or not on a regular grid."""
    return Problem(
        "raster-not-georeferenced",
        same(source.name),
        Text("il raster non è georiferito.", "the raster is not georeferenced."),
        Text("Non si sa dove cadono le celle.", "Where its cells lie is not known."),
        Text(
            "Usare la versione con il file di georeferenziazione accanto (.tfw), o un GeoTIFF.",
            "Use the version with its world file beside it (.tfw), or a GeoTIFF.",
        ),
    )


def too_many_cells(source: Source, cells: int, most: int) -> Problem:
    """Return the problem of a raster larger than any we read."""
    return Problem(
        "raster-too-large",
        same(source.name),
        say(
            "il raster annuncia {n}, più delle {m} che si leggono.",
            "the raster announces {n}, more than the {m} that are read.",
            n=counted(cells, CELLS),
            m=number(most),
        ),
        Text("Il livello non entra nello studio.", "The layer does not enter the study."),
        Text("Ritagliarlo sul territorio dello studio.", "Cut it to the study's ground."),
    )


def cut_short(source: Source, cells: int, size: int) -> Problem:
    """Return the problem of an unpacked raster whose file is too small for its cells."""
    return Problem(
        "source-broken",
        same(source.name),
        say(
            "il raster annuncia {n}, ma il file ha solo {b} byte.",
            "the raster announces {n}, but the file has only {b} bytes.",
            n=counted(cells, CELLS),
            b=number(size),
        ),
        Text("Il file è incompleto o la sua intestazione è falsa.", "The file is incomplete, or its header is false."),
        Text("Chiedere una nuova copia del dato.", "Ask for a new copy of the data."),
    )


def nearly_empty(source: Source, cells: int, size: int) -> Problem:
    """Return the problem of a raster that claims far more cells than its file can tell apart."""
    return Problem(
        "raster-nearly-empty",
        same(source.name),
        say(
            "il raster annuncia {n} in un file di {b} byte: è quasi tutto vuoto.",
            "the raster announces {n} in a file of {b} bytes: nearly all of it is empty.",
            n=counted(cells, CELLS),
            b=number(size),
        ),
        Text(
            "Viene letto solo a pezzi, sul territorio dello studio.",
            "It is read only in parts, over the study's ground.",
        ),
        Text("Controllare che sia il file giusto, o ritagliarlo.", "Check that it is the right file, or cut it."),
        Severity.WARNING,
    )


def bands_left_out(source: Source, count: int) -> Problem:
    """Return the note of bands that are not read."""
    return Problem(
        "raster-bands-left-out",
        same(source.name),
        say(
            "il raster ha più bande ({n}): si legge solo la prima.",
            "the raster has several bands ({n}): only the first is read.",
            n=count,
        ),
        NOTHING,
        Text("Se serve un'altra banda, estrarla in un file.", "If another band is wanted, extract it into a file."),
        Severity.WARNING,
    )


def has_overviews(source: Source, factors: list[int]) -> Problem:
    """Return the note of reduced copies within the file, as a COG has them."""
    return Problem(
        "raster-overviews",
        same(source.name),
        say(
            "il file contiene copie ridotte (1:{f}), come un COG.",
            "the file holds reduced copies (1:{f}), as a COG does.",
            f=listing([str(each) for each in factors]),
        ),
        Text("Servono solo a mostrarlo; si misura sulle celle intere.", "They only show it; full cells are measured."),
        severity=Severity.INFO,
    )
