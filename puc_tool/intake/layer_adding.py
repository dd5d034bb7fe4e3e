"""Giving the open study another layer: what a file offers, and what it becomes once it serves. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from analyses.progress import Report, silent
from layers import roles
from layers.intake import Intake
from layers.problems import Problem, PucError, refuse_if_any
from layers.reference import LayerRef
from layers.spec import Role
from layers.text import Text, same
from puc_tool.intake import inspection
from puc_tool.intake.folder_intake import place_of, reference
from puc_tool.intake.inspection import Found
from puc_tool.shelf import Shelf
from puc_tool.sources import trust
from puc_tool.study import Study

LOOKING = Text("Guardo che cosa c'è nel file", "Looking at what the file holds")
READING = Text("Leggo il livello nuovo", "Reading the new layer")


@dataclass(frozen=True)
class Offer:
    """A dataset of a file and how it would enter the study in one role; the likeliest come first."""

    found: Found
    ref: LayerRef

    @property
    def role(self) -> Role:
        """The role it would play."""
        return roles.BY_ID[self.ref.role]

    @property
    def lacking(self) -> tuple[Text, ...]:
        """What is missing to be sure of it."""
        return next((each.lacking for each in self.found.roles if each.role is self.role), ())

    def of_year(self, year: int | None) -> Offer:
        """Return this offer as that of another year."""
        return replace(self, ref=replace(self.ref, year=year))


def offers(shelf: Shelf, path: Path, report: Report = silent) -> tuple[Offer, ...]:
    """Return what the file at ``path`` can be for the study; raises PucError if it can't be opened.

    Every dataset that can be read may at least be a reference, to be looked at.
    """
    report(0.0, LOOKING)
    found = [each for each in inspection.find(path, shelf.ground()) if each.content is not None and not each.is_empty]
    if not found:
        raise PucError(_nothing_in(path))
    return tuple(offer for each in found for offer in _offers(shelf.study, each))


def _nothing_in(path: Path) -> Problem:
    return Problem(
        "nothing-to-add",
        same(path.name),
        Text("non contiene livelli con elementi.", "it holds no layer with features."),
        Text("Niente è stato cambiato.", "Nothing has been changed."),
        Text("Scegliere il file dei dati: GPKG, SHP, TIF o altri.", "Choose the file of the data: GPKG, SHP, TIF, …"),
    )


def _offers(study: Study, found: Found) -> tuple[Offer, ...]:
    likely = [Offer(found, reference(study.folder, found, proposal)) for proposal in found.roles]
    if any(offer.role is roles.REFERENCE for offer in likely):
        return tuple(likely)
    likeness = LayerRef(roles.REFERENCE.id, place_of(found.path, study.folder), found.table)
    return (*likely, Offer(found, likeness))


def taken(shelf: Shelf, offer: Offer, report: Report = silent) -> Intake:
    """Return the layer as it is taken in, in the study's CRS; naming its file here is agreeing to it.

    Raises PucError with every error found; the study is left as it is.
    """
    report(0.1, READING)
    trust.agree(offer.found.path)
    intake = shelf.intake(offer.ref)
    refuse_if_any(intake.problems)
    return intake
