"""What the first features of a dataset show before it is given a role: what is missing, crosses itself, is double."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import shapely
from geopandas import GeoDataFrame

from layers.formats import table
from layers.formats.looking import Look
from layers.formats.vector import first, read, tables
from layers.geometry_kinds import has_geometry
from layers.problems import Problem, PucError, Severity
from layers.source import Source
from layers.text import Text, number, same, say
from layers.tiling import copies

MOST = 1_000
"""Features looked at, at most; a dataset that has no more is read whole, with all that its reader has to say."""

_MADE_WHOLE = frozenset({"osm", "gtfs"})
"""Formats whose tables are made of the whole file, which tells what is wrong with them."""


def glance(source: Source, seen: Look) -> list[Problem]:
    """Return what the first features of the table ``seen`` show; if they can't be read, that is told, not raised."""
    if seen.geometry in ("None", "Raster") or not seen.features or source.format.id in _MADE_WHOLE:
        return []
    try:
        frame, said = some_features(source, seen, MOST)
    except PucError as error:
        # Of several tables one that can't be read is no reason to refuse the file.
        alone = len(tables(source)) == 1
        return [each if alone else replace(each, severity=Severity.WARNING) for each in error.problems]
    told = [each for each in said if each not in seen.remarks]
    return [*told, *_shapes(frame, _where(source, seen, len(frame)))]


def some_features(source: Source, seen: Look, most: int) -> tuple[GeoDataFrame, list[Problem]]:
    """Return all features of the table ``seen``, or the first ``most`` where it has more and its format allows it.

    Raises PucError if they can't be read.
    """
    if source.format.is_table and table.is_large(source):
        return GeoDataFrame(table.head(source, seen.name, most)), []
    if seen.features <= most or source.format.is_table or not source.format.drivers:
        return read(source, seen.name)
    return first(source, seen.name, most)


def _where(source: Source, seen: Look, looked_at: int) -> Text:
    whole = same(f"{source.name}: {seen.name}")
    if looked_at >= seen.features:
        return whole
    return say("{t} (primi {n} elementi)", "{t} (first {n} features)", t=whole, n=number(looked_at))


def _shapes(frame: GeoDataFrame, where: Text) -> Iterator[Problem]:
    there = has_geometry(frame)
    shapes = frame.geometry.to_numpy()[there]
    flat = shapely.get_dimensions(shapely.convex_hull(shapes)) < shapely.get_dimensions(shapes)
    for count, told in (
        ((~there).sum(), _missing),
        ((~shapely.is_valid(shapes) & ~flat).sum(), _invalid),
        (flat.sum(), _flattened),
        (copies(shapes).sum(), _doubled),
    ):
        if count:
            yield told(where, int(count))


def _missing(where: Text, count: int) -> Problem:
    return Problem(
        "geometry-missing",
        where,
        say("elementi senza geometria: {n}.", "features without geometry: {n}.", n=number(count)),
        Text("Non vengono contati.", "They are not counted."),
        Text("Completare il dato, se dovevano averla.", "Complete the data, if they should have one."),
        Severity.WARNING,
    )


def _invalid(where: Text, count: int) -> Problem:
    return Problem(
        "geometry-invalid",
        where,
        say(
            "elementi con una geometria non valida (contorni che si incrociano, anelli sbagliati): {n}.",
            "features of invalid geometry (outlines that cross, wrong rings): {n}.",
            n=number(count),
        ),
        Text(
            "La loro superficie non è certa: sono riparati quando il livello entra nello studio, e si dice di quanto.",
            "Their area is not certain: they are repaired when the layer enters the study, which tells by how much.",
        ),
        Text("Controllarli sulla mappa, o correggerli nel dato.", "Check them on the map, or mend the data."),
        Severity.WARNING,
    )


def _flattened(where: Text, count: int) -> Problem:
    return Problem(
        "geometry-flat",
        where,
        say(
            "linee lunghe zero o poligoni di superficie zero: {n}.",
            "lines of no length or polygons of no area: {n}.",
            n=number(count),
        ),
        Text("Non contribuiscono ad alcuna misura.", "They add to no measure."),
        Text("Toglierli dal dato, se sono un errore.", "Take them out of the data, if they are an error."),
        Severity.WARNING,
    )


def _doubled(where: Text, count: int) -> Problem:
    return Problem(
        "geometry-doubled",
        where,
        say(
            "elementi con la stessa identica geometria di un altro: {n}.",
            "features with the very geometry of another: {n}.",
            n=number(count),
        ),
        Text("Conterebbero due volte.", "They would count twice."),
        Text("Se sono doppi, toglierli dal dato o con --where.", "If double, take them out, or use --where."),
        Severity.WARNING,
    )
