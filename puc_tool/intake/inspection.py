"""What a source holds, as ``inspect`` and ``check`` tell it: metadata and a sample, nothing is read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import shapely
from pyproj import CRS

from layers import crs as coordinate_systems
from layers import subject as subjects
from layers.formats.raster import layers, open_raster
from layers.formats.vector import Look, look, tables
from layers.glance import glance
from layers.intake import Ground
from layers.problems import Problem, PucError, Severity
from layers.proposal import Proposal, propose
from layers.raster import FileRaster
from layers.recognise import Guess, guesses
from layers.source import Source, locate, sources
from layers.subject import Subject
from layers.text import Lang, Text, same
from puc_tool.intake.add_line import STUDY, add_line

Entry = Mapping[str, object]

_GIVE_CRS = Text("Indicarlo con --crs quando lo si aggiunge.", "Give it with --crs when adding it.")
_IN_DEGREES = Text(
    "Le coordinate sembrano gradi: quando lo si aggiunge, provare --crs EPSG:4326 e guardare dove cade.",
    "The coordinates look like degrees: when adding it, try --crs EPSG:4326 and see where it falls.",
)


@dataclass(frozen=True)
class _Place:
    """Where the study lies, and the CRS somebody gave the data."""

    ground: Ground | None
    given: CRS | None


@dataclass(frozen=True)
class Found:
    """One dataset of a source: what it holds, the roles it may play and how, and what there is to say.

    ``table`` is what «--layer» calls it, None for a raster that needs no name. ``content`` is None where it can't be
    read, and ``problems`` say why: the others of the same zip may be sound. ``given`` is the CRS somebody gave it.
    """

    path: Path
    table: str | None
    content: Look | FileRaster | None
    subject: Subject
    roles: tuple[Proposal, ...]
    problems: tuple[Problem, ...] = ()
    given: CRS | None = None

    @property
    def name(self) -> str:
        """What a message calls it."""
        return self.path.name if self.table in (None, self.path.stem) else f"{self.path.name}: {self.table}"

    @property
    def is_empty(self) -> bool:
        """Tell whether it holds nothing."""
        return not self.subject.features

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether its bounds lie wholly off the study's."""
        return self.subject.reach is not None and self.subject.reach.of_itself == 0.0

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """The likely roles."""
        return tuple(proposal.guess for proposal in self.roles)


def find(path: Path, ground: Ground | None = None, given: CRS | None = None) -> list[Found]:
    """Return every dataset of the source at ``path``; raises PucError if it can't be opened.

    Where they lie speaks for or against a role if there is a study, whose place is ``ground``. ``given`` is their CRS
    whatever they say.
    """
    place = _Place(ground, given)
    held = sources(path)
    if len(held) == 1:
        return _of(locate(path), path, place)
    found = list[Found]()
    for source in held:
        try:
            found += _of(source, path, place)
        except PucError as error:
            unread = Subject(source.name, subjects.TABLE)
            found.append(Found(path, source.of_several, None, unread, (), error.problems))
    return found


def inspect(path: Path, lang: Lang) -> tuple[list[Entry], list[Problem]]:
    """Return every layer of the source at ``path`` and what is wrong with it; raises PucError if it can't be opened."""
    found = find(path)
    return entries(found, lang), [problem for each in found for problem in each.problems]


def entries(found: Sequence[Found], lang: Lang) -> list[Entry]:
    """Return the entries of what could be read."""
    return [entry(each, lang) for each in found if each.content is not None]


def entry(found: Found, lang: Lang) -> Entry:
    """Return what is told of a dataset: the keys of the contract, and in each role how it would be taken."""
    roles = [_role(found, proposal, lang) for proposal in found.roles]
    if isinstance(found.content, FileRaster):
        return raster_entry(found.table or found.content.name, found.content, roles)
    assert found.content is not None, "only what could be read has an entry"
    return vector_entry(found.content, roles)


def _on(place: _Place, subject: Subject) -> Subject:
    ground = place.ground
    if ground is None or ground.boundary is None:
        return subject
    left, bottom, right, top = shapely.bounds(ground.boundary).tolist()
    return subjects.on_study(subject, (left, bottom, right, top), ground.crs)


def _of(source: Source, path: Path, place: _Place) -> list[Found]:
    """Return the tables, or the grids, of one source."""
    if source.format.is_raster:
        names = layers(source)
        titles = [source.layer_name(name, alone=len(names) == 1) for name in names]
        grids: list[tuple[str | None, str | None]] = [*zip(titles, names, strict=True)]
        return [_grid(source, path, place, named) for named in grids or [(source.of_several or None, None)]]
    names = tables(source)
    return [_table(source, path, place, look(source, name), alone=len(names) == 1) for name in names]


def _grid(source: Source, path: Path, place: _Place, named: tuple[str | None, str | None]) -> Found:
    title, layer = named
    raster = open_raster(source, place.given, layer)
    subject = _on(place, subjects.of_raster(source, raster))
    return Found(path, title, raster, subject, _proposals(subject), raster.remarks, place.given)


def _table(source: Source, path: Path, place: _Place, stated: Look, *, alone: bool) -> Found:
    seen = replace(stated, crs=place.given or stated.crs)
    subject = _on(place, subjects.of_table(source, seen))
    named = replace(seen, name=source.layer_name(seen.name, alone=alone))
    said = tuple(_remarks(source, seen))
    return Found(path, named.name, named, subject, _proposals(subject), said, place.given)


def _proposals(subject: Subject) -> tuple[Proposal, ...]:
    return tuple(propose(guess, subject) for guess in guesses(subject))


def vector_entry(seen: Look, roles: Sequence[Entry]) -> Entry:
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
        "roles": list(roles),
    }


def raster_entry(name: str, raster: FileRaster, roles: Sequence[Entry]) -> Entry:
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
        "roles": list(roles),
    }


def _role(found: Found, proposal: Proposal, lang: Lang) -> Entry:
    guess = proposal.guess
    return {
        "role": guess.role.id,
        "confidence": guess.confidence,
        "why": guess.why.to(lang),
        "fields": {match.field.name: match.column for match in guess.fields},
        "values": dict(proposal.values),
        "codes": dict(proposal.codes),
        "year": None if proposal.year is None else proposal.year.year,
        "lacking": [each.to(lang) for each in proposal.lacking],
        "add": add_line(proposal, found.path, found.table, STUDY.to(lang)),
    }


def _remarks(source: Source, seen: Look) -> list[Problem]:
    where = same(f"{source.name}: {seen.name}")
    said = _named(source, seen, [*seen.remarks, *glance(source, seen)])
    if seen.geometry != "None" and seen.crs is None:
        said.append(
            Problem(
                "crs-missing",
                where,
                Text("il dato non dice il suo sistema di riferimento.", "the data does not say its CRS."),
                Text("Non si sa dove cade: non viene indovinato.", "Where it lies is not known, and is not guessed."),
                _IN_DEGREES if _looks_like_degrees(seen) else _GIVE_CRS,
                Severity.WARNING,
            )
        )
    if seen.features == 0:
        said.append(
            Problem(
                "layer-empty",
                where,
                Text("la tabella non contiene elementi.", "the table holds no features."),
                Text("Non può svolgere alcun ruolo.", "It can play no role."),
                Text("Controllare che il dato sia completo.", "Check that the data is complete."),
                Severity.WARNING,
            )
        )
    return said


def _named(source: Source, seen: Look, said: Sequence[Problem]) -> list[Problem]:
    """Return ``said`` with the name of the table, where it bears that of the file and the file may hold several."""
    if seen.name == source.stem:
        return list(said)
    where = same(f"{source.name}: {seen.name}")
    return [replace(each, where=where) if each.where == same(source.name) else each for each in said]


def _looks_like_degrees(seen: Look) -> bool:
    if seen.extent is None:
        return False
    left, bottom, right, top = seen.extent
    return -180 <= left <= right <= 180 and -90 <= bottom <= top <= 90
