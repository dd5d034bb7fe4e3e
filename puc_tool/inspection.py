"""What a source holds, as ``inspect`` and ``check`` tell it: metadata only, nothing is read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from layers import crs as coordinate_systems
from layers.formats.raster import layers, open_raster
from layers.formats.vector import Look, look, tables
from layers.problems import Problem, PucError, Severity
from layers.raster import FileRaster
from layers.recognise import Guess, guesses
from layers.source import Source, locate, sources
from layers.text import Lang, Text, number, same, say

Entry = Mapping[str, object]


def inspect(path: Path, lang: Lang) -> tuple[list[Entry], list[Problem]]:
    """Return every layer of the source at ``path`` and what is wrong with it; raises PucError if it can't be opened."""
    found = sources(path)
    if len(found) == 1:
        return _one(locate(path), lang)
    entries, said = list[Entry](), list[Problem]()
    for source in found:
        try:
            more, remarks = _one(source, lang)
        except PucError as error:  # the others of the same zip may be sound
            more, remarks = [], list(error.problems)
        entries += more
        said += remarks
    return entries, said


def _one(source: Source, lang: Lang) -> tuple[list[Entry], list[Problem]]:
    if source.format.is_raster:
        return _rasters(source, lang)
    looks = [look(source, table) for table in tables(source)]
    alone = len(looks) == 1
    entries = [
        vector_entry(
            replace(each, name=source.layer_name(each.name, alone=alone)),
            guesses(f"{source.path.stem} {each.name}", each.geometry, each.fields),
            lang,
        )
        for each in looks
    ]
    return entries, [problem for each in looks for problem in _remarks(source, each)]


def _rasters(source: Source, lang: Lang) -> tuple[list[Entry], list[Problem]]:
    names = layers(source)
    rasters = [open_raster(source, layer=name) for name in names] or [open_raster(source)]
    likely = guesses(source.name, "Raster")
    titles = [source.layer_name(name, alone=len(names) == 1) for name in names] or [source.of_several or source.name]
    entries = [raster_entry(title, each, likely, lang) for title, each in zip(titles, rasters, strict=True)]
    return entries, [problem for each in rasters for problem in each.remarks]


def vector_entry(seen: Look, roles: Sequence[Guess], lang: Lang) -> Entry:
    """Return the entry of a vector table."""
    return {
        "name": seen.name,
        "kind": "vector" if seen.geometry != "None" else "table",
        "geometry": seen.geometry,
        "crs": coordinate_systems.name_of(seen.crs) if seen.crs else None,
        "features": seen.features,
        "fields": dict(seen.fields),
        "extent": list(seen.extent) if seen.extent else None,
        "encoding": seen.encoding,
        "roles": _roles(roles, lang),
    }


def raster_entry(name: str, raster: FileRaster, roles: Sequence[Guess], lang: Lang) -> Entry:
    """Return the entry of a raster."""
    return {
        "name": name,
        "kind": "raster",
        "geometry": "Raster",
        "crs": coordinate_systems.name_of(raster.grid.crs),
        "features": raster.grid.width * raster.grid.height,
        "fields": {},
        "extent": list(raster.grid.bounds),
        "encoding": "",
        "roles": _roles(roles, lang),
    }


def sentence(entry: Entry, lang: Lang) -> Text:
    """Return an entry as two lines for people."""
    roles = entry["roles"]
    assert isinstance(roles, list)
    likely = ", ".join(f"{each['role']} ({each['confidence']:.0%})" for each in roles[:3]) or "?"
    unit = Text("celle", "cells") if entry["kind"] == "raster" else Text("elementi", "features")
    fields = entry["fields"]
    names = ", ".join(fields) if isinstance(fields, dict) else ""
    return say(
        "{name}: {geometry}, {n} {unit}, {crs}\n    campi: {fields}\n    ruoli probabili: {likely}",
        "{name}: {geometry}, {n} {unit}, {crs}\n    fields: {fields}\n    likely roles: {likely}",
        name=entry["name"],
        geometry=entry["geometry"],
        n=number(float(str(entry["features"]))),
        unit=unit,
        crs=entry["crs"] or Text("sistema di riferimento non detto", "CRS not said"),
        fields=names or "–",
        likely=likely,
    )


def _roles(found: Sequence[Guess], lang: Lang) -> list[Mapping[str, object]]:
    return [{"role": each.role.id, "confidence": each.confidence, "why": each.why.to(lang)} for each in found]


def _remarks(source: Source, seen: Look) -> list[Problem]:
    where = same(f"{source.name}: {seen.name}")
    said = list(seen.remarks)
    if seen.geometry != "None" and seen.crs is None:
        said.append(
            Problem(
                "crs-missing",
                where,
                Text("il dato non dice il suo sistema di riferimento.", "the data does not say its CRS."),
                Text("Non si sa dove cade: non viene indovinato.", "Where it lies is not known, and is not guessed."),
                Text("Indicarlo con --crs quando lo si aggiunge.", "Give it with --crs when adding it."),
                Severity.WARNING,
            )
        )
    if seen.features == 0:
        said.append(
            Problem(
                "layer-empty",
                where,
                Text("la tabella non contiene elementi.", "the table holds no features."),
                severity=Severity.WARNING,
            )
        )
    return said
