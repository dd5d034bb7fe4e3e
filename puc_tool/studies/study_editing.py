"""Changing ``study.toml``: only what is meant to change, comments and order survive, the write is atomic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Table
from tomlkit.toml_document import TOMLDocument

from layers import write
from layers.problems import Problem, PucError
from layers.reference import LayerRef
from layers.text import NOTHING, Text, same, say
from puc_tool.study import FILE, VERSION


@dataclass(frozen=True)
class Head:
    """What a new study says of itself."""

    title: str
    comuni: tuple[str, ...]
    crs: str
    day: date | None = None
    population: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    is_demonstration: bool = False
    title_en: str = ""


def new_document(head: Head) -> TOMLDocument:
    """Return the document of a new study without layers."""
    document = tomlkit.document()
    document.add("version", tomlkit.item(VERSION))
    study = tomlkit.table()
    study.add("title", head.title)
    if head.title_en:
        study.add("title_en", head.title_en)
    study.add("comuni", list(head.comuni))
    study.add("crs", head.crs)
    if head.day is not None:
        study.add("date", head.day)
    if head.is_demonstration:
        study.add("demonstration", True)
    document.add(tomlkit.nl())
    document.add("study", study)
    if head.population:
        study.add(tomlkit.nl())
        document.add("population", _population(head.population))
    return document


def put_layer(document: TOMLDocument, ref: LayerRef, *, replace: bool = False) -> None:
    """Add ``ref``, or put it in the place of the layer of the same role and year.

    Raises PucError if that place is taken and ``replace`` is False.
    """
    layers = _layers(document)
    place = _place_of(layers, ref.role, ref.year)
    if place is None:
        _leave_a_line(document, layers)
        layers.append(_entry(ref))
    elif replace:
        _overwrite(layers[place], _entry(ref))
    else:
        raise PucError(_taken(ref))


def drop_layer(document: TOMLDocument, role: str, year: int | None) -> None:
    """Take the layer of ``role`` and ``year`` out of the document; raises PucError if there is none."""
    place = place_of(document, role, year)
    layers = _layers(document)
    del layers[place]
    if not layers:
        document.remove("layer")


def has_layer(document: TOMLDocument, role: str, year: int | None) -> bool:
    """Tell whether the document has a layer of ``role`` and ``year``."""
    return any((each.get("role"), each.get("year")) == (role, year) for each in document.get("layer", []))


def place_of(document: TOMLDocument, role: str, year: int | None) -> int:
    """Return the place of the layer of ``role`` and ``year`` among the layers; raises PucError if there is none."""
    place = _place_of(_layers(document), role, year)
    if place is None:
        raise PucError(_not_there(role, year))
    return place


def save(document: TOMLDocument, folder: Path) -> None:
    """Write the document as ``study.toml``, atomically."""
    write.text(folder / FILE, tomlkit.dumps(document))


def _leave_a_line(document: TOMLDocument, layers: AoT) -> None:
    """End the table before with an empty line, as a person would."""
    tables = [*layers] or [value for value in document.values() if isinstance(value, Table)]
    if tables and not tables[-1].as_string().endswith("\n\n"):
        tables[-1].add(tomlkit.nl())


def _layers(document: TOMLDocument) -> AoT:
    if "layer" not in document:
        document.append("layer", tomlkit.aot())
    found = document["layer"]
    if not isinstance(found, AoT):
        raise PucError(_layers_inline())
    return found


def _place_of(layers: AoT, role: str, year: int | None) -> int | None:
    wanted = (role, year)
    return next((at for at, each in enumerate(layers) if (each.get("role"), each.get("year")) == wanted), None)


def _entry(ref: LayerRef) -> Table:
    entry = tomlkit.table()
    for key, value in (
        ("role", ref.role), ("source", ref.source), ("layer", ref.layer), ("year", ref.year), ("where", ref.where),
        ("crs", ref.crs), ("encoding", ref.encoding), ("credit", ref.credit),
        ("credit_en", ref.credit_en),
    ):  # fmt: skip
        if value is not None:
            entry.add(key, value)
    for key, words in (("fields", ref.fields), ("values", ref.values), ("codes", ref.codes)):
        if words:
            entry.add(key, _inline(words))
    if ref.join is not None:
        entry.add("join", _inline({"table": ref.join.table, "left": ref.join.left, "right": ref.join.right}))
    return entry


def _overwrite(old: Table, new: Table) -> None:
    for key in [key for key in old if key not in new]:
        old.remove(key)
    for key, value in new.items():
        if key not in old or old[key] != value:
            old[key] = value


def _inline(words: Mapping[str, object]) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    for key, value in words.items():
        table.append(key, value)
    return table


def _population(series: Mapping[str, Mapping[int, int]]) -> Table:
    table = tomlkit.table()
    for reference, years in series.items():
        table.add(reference, _inline({str(year): people for year, people in years.items()}))
    return table


def _taken(ref: LayerRef) -> Problem:
    return Problem(
        "role-taken",
        same(ref.role),
        Text("lo studio ha già un livello per questo ruolo.", "the study already has a layer for this role.")
        if ref.year is None
        else say("lo studio ha già un livello del {y}.", "the study already has a layer of {y}.", y=ref.year),
        Text("Niente è stato cambiato.", "Nothing has been changed."),
        Text("Per sostituirlo aggiungere --replace.", "To put this in its place add --replace."),
    )


def _layers_inline() -> Problem:
    return Problem(
        "study-layers-inline",
        same(FILE),
        Text("i livelli sono scritti in una riga sola, «layer = […]».", "the layers stand in one line, “layer = […]”."),
        Text("Così si leggono, ma non si cambiano.", "So they can be read, but not changed."),
        Text("Scriverli come tabelle [[layer]].", "Write them as tables, [[layer]]."),
    )


def _not_there(role: str, year: int | None) -> Problem:
    return Problem(
        "layer-missing",
        same(role if year is None else f"{role} {year}"),
        Text("lo studio non ha questo livello.", "the study has no such layer."),
        NOTHING,
        Text("I livelli si vedono con «puc-tool check».", "See the layers with “puc-tool check”."),
    )
