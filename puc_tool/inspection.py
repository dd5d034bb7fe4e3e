"""What a source holds, as ``inspect`` and ``check`` tell it: metadata and a sample, nothing is read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely

from layers import crs as coordinate_systems
from layers import subject as subjects
from layers.formats.raster import open_raster
from layers.formats.vector import Look, look, tables
from layers.intake import Ground
from layers.problems import Problem, Severity
from layers.proposal import Proposal, propose
from layers.raster import FileRaster
from layers.recognise import Guess, guesses
from layers.source import Source, locate
from layers.subject import Subject
from layers.text import Lang, Text, same
from puc_tool.add_line import STUDY, add_line

Entry = Mapping[str, object]


@dataclass(frozen=True)
class Found:
    """One dataset of a source: what it holds, the roles it may play and how, and what there is to say.

    ``table`` is None for a raster.
    """

    path: Path
    table: str | None
    content: Look | FileRaster
    subject: Subject
    roles: tuple[Proposal, ...]
    problems: tuple[Problem, ...] = ()

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


def find(path: Path, ground: Ground | None = None) -> list[Found]:
    """Return every dataset of the source at ``path``; raises PucError if it can't be opened.

    Where they lie speaks for or against a role if there is a study, whose place is ``ground``.
    """
    source = locate(path)
    if source.format.is_raster:
        raster = open_raster(source)
        subject = _on(ground, subjects.of_raster(source, raster))
        return [Found(path, None, raster, subject, _proposals(subject))]
    return [_table(source, path, look(source, name), ground) for name in tables(source)]


def inspect(path: Path, lang: Lang) -> tuple[list[Entry], list[Problem]]:
    """Return every layer of the source at ``path`` and what is wrong with it; raises PucError if it can't be opened."""
    found = find(path)
    return [entry(each, lang) for each in found], [problem for each in found for problem in each.problems]


def entry(found: Found, lang: Lang) -> Entry:
    """Return what is told of a dataset: the keys of the contract, and in each role how it would be taken."""
    roles = [_role(found, proposal, lang) for proposal in found.roles]
    if isinstance(found.content, FileRaster):
        return raster_entry(found.content.path.rpartition("/")[2], found.content, roles)
    return vector_entry(found.content, roles)


def _on(ground: Ground | None, subject: Subject) -> Subject:
    if ground is None or ground.boundary is None:
        return subject
    left, bottom, right, top = shapely.bounds(ground.boundary).tolist()
    return subjects.on_study(subject, (left, bottom, right, top), ground.crs)


def _table(source: Source, path: Path, seen: Look, ground: Ground | None) -> Found:
    subject = _on(ground, subjects.of_table(source, seen))
    return Found(path, seen.name, seen, subject, _proposals(subject), tuple(_remarks(source, seen)))


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
