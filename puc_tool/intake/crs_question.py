"""Asking which CRS a dataset is in, where its file does not say, says what can't be, or names an old one.

Asked with a reason for each answer, never guessed: the CRS in which the data would fall on the study. Whoever answers
is told where it falls, and the answer is written into ``study.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from layers import plausible_crs, rome_datum
from layers.crs import GEOGRAPHIC, Bounds, geographic_bounds, name_of, operation
from layers.formats.raster import open_raster
from layers.formats.vector import Look
from layers.intake import Ground
from layers.plausible_crs import Candidate, lattice
from layers.raster import FileRaster
from layers.source import locate
from layers.subject import TABLE
from layers.text import NOTHING, Text, joined, number, say, the_percent
from puc_tool.intake import inspection
from puc_tool.intake.folder_intake import judged
from puc_tool.intake.inspection import Found
from puc_tool.intake.layer_preview import features
from puc_tool.intake.outcomes import Outcome, State

_MOST_CHOICES = 5
_OLD_DATUMS = frozenset({4265, 4806, 4230})
"""Monte Mario from Greenwich and from Rome, ED50: left behind by law in 2012, still what many offices deliver."""
_OF_CRS = frozenset({"crs-missing", "layer-elsewhere", "crs-no-operation"})

NOT_SAID = Text(
    "Il file non dice il suo sistema di riferimento. Qual è?", "The file does not say its CRS. Which is it?"
)
NOT_HERE = Text(
    "Con {c}, che il file dichiara, il dato cade fuori dal comune. È di un altro sistema?",
    "With {c}, which the file states, the data falls outside the commune. Is it in another CRS?",
)
OLD = Text(
    "Il file dichiara {c}, un sistema di riferimento di un tempo. È davvero quello?",
    "The file states {c}, a CRS of former times. Is it really that one?",
)
AS_STATED = Text("Sì, {c}", "Yes, {c}")
STAYS = Text("Resta come il file dichiara.", "It stays as the file states.")
NONE_FITS = Text(
    "Nessuno dei sistemi usuali in Italia porta questo dato nel comune: chiederlo a chi lo ha dato.",
    "None of the CRS usual in Italy brings this data into the commune: ask whoever gave it.",
)


@dataclass(frozen=True)
class Choice:
    """An answer: the CRS, None for what the file states; how it is called, and what speaks for it."""

    crs: CRS | None
    title: Text
    why: Text


@dataclass(frozen=True)
class Question:
    """What is asked and the answers there are; without any, ``asked`` says why."""

    asked: Text
    choices: tuple[Choice, ...]


def is_open(outcome: Outcome) -> bool:
    """Tell whether the CRS of a dataset has to be told before it can enter the study."""
    if outcome.found is not None and outcome.found.given is not None:
        return False
    if outcome.state is State.ELSEWHERE or any(each.code in _OF_CRS for each in outcome.problems):
        return True
    found = outcome.found
    return found is not None and found.content is not None and found.subject.geometry != TABLE and not found.subject.crs


def may_be_asked(outcome: Outcome) -> bool:
    """Tell whether there is anything to ask of a dataset's CRS: it is open, or the file names an old one."""
    crs = stated(outcome.found) if outcome.found is not None else None
    return is_open(outcome) or (crs is not None and is_old(crs))


def stated(found: Found) -> CRS | None:
    """Return the CRS that the file states; None where it states none or was given another."""
    return None if found.given is not None else found.subject.crs


def is_old(crs: CRS) -> bool:
    """Tell whether ``crs`` is of a datum that is no longer the country's."""
    ground = crs.geodetic_crs
    return rome_datum.zone_of(crs) is not None or (ground is not None and ground.to_epsg() in _OLD_DATUMS)


def question(outcome: Outcome, ground: Ground) -> Question:
    """Return what to ask of a dataset, its answers ranked by where they put it; raises PucError if it can't be read."""
    assert ground.boundary is not None, "a study that was just made has its boundary"
    ranked = plausible_crs.candidates(_points(outcome), ground.boundary, ground.crs)
    fitting = [each for each in ranked if each.share > 0.0 and not each.swapped]
    crs = stated(outcome.found) if outcome.found is not None else None
    if crs is None or outcome.state is State.ELSEWHERE:
        told = tuple(_choices(fitting, crs))
        asked = NOT_SAID if crs is None else say(NOT_HERE.it, NOT_HERE.en, c=name_of(crs))
        return Question(asked if told else NONE_FITS, told)
    own = Choice(None, say(AS_STATED.it, AS_STATED.en, c=called(crs)), _why_stated(crs, ground, ranked))
    return Question(say(OLD.it, OLD.en, c=name_of(crs)), (own, *_choices(fitting, crs)))


def placed(outcome: Outcome, crs: CRS | None, ground: Ground) -> Outcome:
    """Return what a dataset is in the CRS that somebody gave; None takes an answer back. Raises PucError."""
    table = outcome.found.table if outcome.found is not None else None
    again = [
        each for each in inspection.find(outcome.path, ground, crs) if each.table == table or outcome.found is None
    ]
    after = judged(again[0], ground)
    # What was recognised waits to be accepted: nothing enters the study by being looked at.
    return replace(after, state=State.UNCLEAR) if after.state is State.KNOWN else after


def called(crs: CRS) -> str:
    """Return «EPSG:3003, Monte Mario / Italy zone 1»."""
    code = name_of(crs)
    return code if code == crs.name else f"{code}, {crs.name}"


def _choices(fitting: Sequence[Candidate], but: CRS | None) -> Iterator[Choice]:
    others = [each for each in fitting if but is None or each.code != but.to_epsg()]
    for each in others[:_MOST_CHOICES]:
        crs = CRS.from_epsg(each.code)
        yield Choice(crs, Text(called(crs), called(crs)), _why(each, fitting[0]))


def _why(choice: Candidate, best: Candidate) -> Text:
    falls = say(
        "{p} del dato cade nel riquadro del comune{a}.",
        "{p} of the data falls in the commune's bounds{a}.",
        p=the_percent(choice.share),
        a=NOTHING if choice is best else _apart(choice.apart_m(best), best),
    )
    return Text(falls.it[:1].upper() + falls.it[1:], falls.en[:1].upper() + falls.en[1:])


def _apart(metres: float, best: Candidate) -> Text:
    if metres < plausible_crs.TWIN_M:
        return say(", nello stesso posto che con EPSG:{c}", ", in the same place as with EPSG:{c}", c=best.code)
    return say(", a {m} m da dove lo mette EPSG:{c}", ", {m} m from where EPSG:{c} puts it",
               m=number(metres), c=best.code)  # fmt: skip


def _why_stated(crs: CRS, ground: Ground, ranked: Sequence[Candidate]) -> Text:
    own = next((each for each in ranked if each.code == crs.to_epsg() and not each.swapped), None)
    parts = (STAYS, *(() if own is None else (_why(own, own),)), _accuracy(crs, ground))
    return joined((part for part in parts if part), " ")


def _accuracy(crs: CRS, ground: Ground) -> Text:
    """Say how well the data can be brought into the study's CRS."""
    bounds = geographic_bounds(_bounds_of(ground), ground.crs)
    good_m = operation(crs, ground.crs, bounds, ground.grids).accuracy_m
    if good_m is None:
        return Text("La precisione della conversione non è nota.", "The accuracy of the conversion is not known.")
    return say("La conversione è buona a circa {m} m.", "The conversion is good to about {m} m.", m=number(good_m))


def _bounds_of(ground: Ground) -> Bounds:
    """Return the bounds of the study."""
    left, bottom, right, top = shapely.bounds(ground.boundary).tolist()
    return left, bottom, right, top


def _points(outcome: Outcome) -> NDArray[np.object_]:
    """Return some of the data's geometry in its own numbers, whatever they mean."""
    found = outcome.found
    if found is not None and isinstance(found.content, Look):
        return features(found).geometry.to_numpy()
    raster = found.content if found is not None and isinstance(found.content, FileRaster) else None
    return lattice(raster.grid.bounds if raster is not None else _bounds(outcome.path))


def _bounds(path: Path) -> Bounds:
    """Return the bounds of a raster that states no CRS: they are the same in any."""
    return open_raster(locate(path), GEOGRAPHIC).grid.bounds
