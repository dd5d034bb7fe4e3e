"""What is told of a dataset that can't be read, or not whole."""

from __future__ import annotations

import geopandas
import shapely
from geopandas import GeoDataFrame

from layers.formats.signature import reason
from layers.in_chunks import in_chunks
from layers.problems import Problem, Severity
from layers.source import Source
from layers.text import NOTHING, Text, listing, number, same, say

_MEASURED = "Measured (M) geometry types are not supported"
"""What GDAL says of such a layer; whatever else it says is handed on in its own words."""


def broken(source: Source, error: Exception) -> Problem:
    """Return the problem of a file that the library can't read."""
    return Problem(
        "source-broken",
        same(source.name),
        say("il file non si legge: {why}.", "the file can't be read: {why}.", why=reason(source, error)),
        Text("Il livello non entra nello studio.", "The layer does not enter the study."),
        Text(
            "Chiedere una nuova copia del dato, o riesportarlo in GeoPackage.",
            "Ask for a new copy of the data, or export it again as GeoPackage.",
        ),
    )


def no_table(source: Source, table: str, names: tuple[str, ...]) -> Problem:
    """Return the problem of a table that is not in the file."""
    return Problem(
        "table-missing",
        same(source.name),
        say("la tabella «{t}» non c'è.", "there is no table “{t}”.", t=table),
        NOTHING,
        say("Il file contiene: {all}.", "The file holds: {all}.", all=listing(list(names), most=12)),
    )


def no_tables(source: Source) -> Problem:
    """Return the problem of a file in which there is no table."""
    return Problem(
        "source-broken",
        same(source.name),
        Text("nel file non c'è alcuna tabella.", "there is no table in the file."),
        Text("Il livello non entra nello studio.", "The layer does not enter the study."),
        Text("Chiedere una nuova copia del dato.", "Ask for a new copy of the data."),
    )


def choose_table(source: Source, names: tuple[str, ...]) -> Problem:
    """Return the problem of a file with several tables of which none was named."""
    return Problem(
        "table-unclear",
        same(source.name),
        say("il file contiene più di una tabella ({n}).", "the file holds more than one table ({n}).", n=len(names)),
        NOTHING,
        say("Sceglierne una con --layer: {all}.", "Choose one with --layer: {all}.", all=listing(list(names), most=12)),
    )


def no_geometry(source: Source, table: str) -> Problem:
    """Return the problem of a table without geometry."""
    return Problem(
        "geometry-none",
        same(source.name),
        say("la tabella «{t}» non ha geometria.", "table “{t}” has no geometry.", t=table),
        Text("Non può essere disegnata né misurata.", "It can be neither drawn nor measured."),
        Text(
            "Unirla a un livello di poligoni con --join, o indicare un altro file.",
            "Join it to a layer of polygons with --join, or name another file.",
        ),
    )


def height_dropped(source: Source, count: int) -> Problem:
    """Return the note of the heights left behind."""
    return Problem(
        "geometry-height-dropped",
        same(source.name),
        say(
            "elementi con una quota, che non viene letta: {n}.",
            "features with a height, which is not read: {n}.",
            n=count,
        ),
        Text("Le superfici sono misurate in pianta.", "Areas are measured in plan."),
        severity=Severity.INFO,
    )


def arcs_straightened(source: Source) -> Problem:
    """Return the note of arcs that became broken lines."""
    return Problem(
        "geometry-curves-straightened",
        same(source.name),
        Text("ci sono elementi con archi.", "there are features with arcs."),
        Text(
            "Gli archi sono diventati spezzate, con un vertice ogni 4 gradi.",
            "Arcs became broken lines, with a vertex every 4 degrees.",
        ),
        severity=Severity.INFO,
    )


def measure_dropped(source: Source) -> Problem:
    """Return the note of the measures (M) left behind."""
    return Problem(
        "geometry-measure-dropped",
        same(source.name),
        Text("i vertici hanno una misura (M), che non viene letta.", "vertices have a measure (M), which is not read."),
        Text("Forme e superfici restano quelle.", "Shapes and areas stay as they are."),
        severity=Severity.INFO,
    )


def malformed(source: Source, line: int) -> Problem:
    """Return the problem of XML that is damaged, or ends half way."""
    return Problem(
        "source-broken",
        same(source.name),
        say("l'XML è rovinato o finisce a metà, alla riga {n}.", "the XML is damaged or ends half way, at line {n}.",
            n=number(line)),
        Text(
            "Si leggerebbero solo gli elementi che vengono prima: il livello non entra nello studio.",
            "Only the features before it would be read: the layer does not enter the study.",
        ),
        Text("Chiedere una nuova copia del dato.", "Ask for a new copy of the data."),
    )  # fmt: skip


def remark(source: Source, message: str) -> Problem:
    """Return what the library says while it reads."""
    if _MEASURED in message:
        return measure_dropped(source)
    message = source.without_place(message)
    return Problem(
        "source-remark",
        same(source.name),
        say("durante la lettura: {m}.", "while reading: {m}.", m=message.rstrip(".")),
        severity=Severity.WARNING,
    )


def other_driver(source: Source, driver: str) -> Problem:
    """Return the problem of a content that is not what the file's name says."""
    return Problem(
        "format-disguised",
        same(source.name),
        say(
            "il contenuto è «{d}», non {f} come dice il nome.",
            "the content is “{d}”, not {f} as the name says.",
            d=driver,
            f=source.format.title,
        ),
        NOTHING,
        Text("Dare al file il nome del suo formato.", "Give the file the name of its format."),
    )


def flattened(frame: GeoDataFrame, source: Source) -> tuple[GeoDataFrame, list[Problem]]:
    """Return ``frame`` in two dimensions, and the note of the heights it had."""
    with_height = int(in_chunks(shapely.has_z, frame.geometry.to_numpy()).sum())
    if not with_height:
        return frame, []
    flat = frame.set_geometry(geopandas.GeoSeries(frame.geometry.force_2d(), crs=frame.crs))
    return flat, [height_dropped(source, with_height)]
