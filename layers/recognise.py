"""Which roles a dataset may play: names, fields, values, shapes and sizes are weighed, and each guess says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from layers import evidence, roles
from layers.cell_evidence import of_cells
from layers.evidence import Evidence
from layers.mapping import Match, matches
from layers.spec import Field, Role
from layers.subject import TABLE, Subject
from layers.text import Text, joined
from layers.vocabulary import folded

SURE = 0.8
"""A guess at least this confident, and clear of the next, is taken."""

AHEAD = 0.1
"""By how much the first guess must lead for the second not to be a tie."""

_LEAST = 0.3
_MOST = 0.99
_TOLD = 3


@dataclass(frozen=True)
class Guess:
    """A role a dataset may play; ``confidence`` from 0 to 1, ``why`` its strongest reasons, ``fields`` the mapping."""

    role: Role
    confidence: float
    why: Text
    fields: tuple[Match, ...] = ()


def guesses(subject: Subject) -> tuple[Guess, ...]:
    """Return the likely roles of a dataset, the likeliest first.

    A role that does not take the shape is never guessed, and a table without geometry plays none.
    """
    if subject.geometry == TABLE:
        return ()
    found = [_guess(role, subject) for role in roles.ALL if subject.fits(role)]
    likely = [guess for guess in found if guess.confidence >= _LEAST]
    return tuple(sorted(likely, key=lambda guess: -guess.confidence))


def is_clear(likely: tuple[Guess, ...]) -> bool:
    """Tell whether the first of ``likely`` is sure enough to be taken without asking."""
    if not likely or likely[0].confidence < SURE:
        return False
    return len(likely) == 1 or likely[0].confidence - likely[1].confidence >= AHEAD


def tied(likely: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """Return the guesses that the first does not clearly lead, itself among them."""
    return tuple(guess for guess in likely if likely[0].confidence - guess.confidence < AHEAD)


def other_shape(subject: Subject) -> tuple[Role, ...]:
    """Return the roles that the name speaks of although they do not take the shape: «quartieri» that are points."""
    return tuple(
        role for role in roles.ALL if not subject.fits(role) and any(True for _ in evidence.of_name(role, subject))
    )


def combined(found: Iterable[Evidence]) -> float:
    """Return the confidence (0 to 1) that all evidence gives together: each leaves part of what is not yet sure.

    A noisy-or of what speaks for the role, cut by each doubt in turn.
    """
    unsure, held = 1.0, 1.0
    for each in found:
        if each.weight >= 0:
            unsure *= 1.0 - each.weight
        else:
            held *= 1.0 + each.weight
    return min(_MOST, (1.0 - unsure) * held)


def source_field(field: Field, present: Iterable[str]) -> str | None:
    """Return the delivered field that plays ``field``, by its own or a usual name."""
    by_name = {folded(name): name for name in present}
    known = (folded(word) for word in (field.name, *field.seen_as))
    return next((by_name[word] for word in known if word in by_name), None)


def _guess(role: Role, subject: Subject) -> Guess:
    mapped = matches(role, subject.fields, subject.sample)
    found = list(_evidence(role, subject, mapped))
    return Guess(role, round(combined(found), 2), _why(found), mapped)


def _evidence(role: Role, subject: Subject, mapped: tuple[Match, ...]) -> Iterator[Evidence]:
    yield from evidence.of_name(role, subject)
    yield from evidence.of_ground(role, subject)
    if subject.cells is not None:
        yield from of_cells(role, subject.cells)
        return
    yield from evidence.of_fields(role, mapped, subject)
    yield from evidence.of_shape(role, subject)
    yield from evidence.of_places(role, subject)


def _why(found: list[Evidence]) -> Text:
    told = sorted(found, key=lambda each: -abs(each.weight))[:_TOLD]
    return joined((each.why for each in told), "; ")
