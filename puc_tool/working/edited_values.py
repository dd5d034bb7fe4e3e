"""Values of a study's layers as somebody edits them: typed, refused, kept as steps of the history, taken back. No Qt.

The source is never touched: what is changed is the state of the history, and from it the file of edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geopandas import GeoDataFrame

from layers.edit_remarks import STALE
from layers.edits import value_at
from layers.mend import title_of
from layers.problems import Problem, PucError
from layers.reference import Cell, Edit, Edits
from layers.spec import Field
from layers.text import Lang, Text, same, say
from puc_tool.working import step_titles
from puc_tool.working.edit_keeping import files_place, place, value_of
from puc_tool.working.history import Place, Value
from puc_tool.working.session import Session
from puc_tool.working.shown_layers import Entry
from puc_tool.working.typed_value import value_of as typed_value
from puc_tool.working.typed_value import words_of

_NONE = Text("vuoto", "empty")
EDITED = Text("{f} di {t}: {b} → {a}", "{f} of {t}: {b} → {a}")
TAKEN_BACK = Text("Ripristina {f} di {t}: {a}", "Restore {f} of {t}: {a}")
ALL_BACK = Text("Togli le modifiche ai valori di {l}", "Take back the edits of values of {l}")


@dataclass(frozen=True)
class Spot:
    """One value of a layer: the feature, by its row in the source, and the field."""

    entry: Entry
    row: int
    field: Field


def edits_of(session: Session, entry: Entry) -> Edits | None:
    """Return the edits of a layer as the study has them now, read again or not."""
    return next((ref.edits for ref in session.study.layers if ref.key == entry.ref.key), None)


def edited(session: Session, entry: Entry) -> Mapping[tuple[int, str], Edit]:
    """Return the edits that hold in a layer, by row and field; none of those that are not applied."""
    found = edits_of(session, entry)
    return {} if found is None or is_stale(entry) else {(each.row, each.field): each for each in found.values}


def is_stale(entry: Entry) -> bool:
    """Tell whether the edits of a layer were made on another state of its source."""
    return any(problem.code == STALE for problem in entry.intake.problems)


def source_value(spot: Spot) -> Cell:
    """Return what the source holds there, whatever was edited."""
    known = spot.entry.ref.edits
    values = () if known is None or is_stale(spot.entry) else known.values
    mine = [each for each in values if (each.row, each.field) == (spot.row, spot.field.name)]
    layer = spot.entry.intake.layer
    assert isinstance(layer, GeoDataFrame), "only a layer of features has values to edit"
    there = value_at(layer, spot.row, spot.field.name)
    return mine[0].before if mine and mine[0].after == there else there


def edit(session: Session, spot: Spot, words: str, lang: Lang) -> None:
    """Let ``words`` be the value of a spot; what stands there already is no step. Raises PucError, with all as it was.

    The value of the source takes the edit back.
    """
    _refuse_unless_open(session, spot.entry)
    after = typed_value(spot.entry.intake.role, spot.field, words, lang)
    before = source_value(spot)
    now = edited(session, spot.entry).get((spot.row, spot.field.name))
    if after != (before if now is None else now.after):
        made = Edit(spot.row, spot.field.name, before, after)
        _do(session, spot, EDITED, made, before if now is None else now.after)


def take_back(session: Session, spot: Spot) -> None:
    """Give a spot the value of its source back."""
    found = edited(session, spot.entry).get((spot.row, spot.field.name))
    if found is not None and not session.is_read_only:
        _do(session, spot, TAKEN_BACK, Edit(found.row, found.field, found.before, found.before), found.after)


def take_all_back(session: Session, entry: Entry) -> None:
    """Give a layer all the values of its source back, also where edits are not applied."""
    found = edits_of(session, entry)
    if found is not None and not session.is_read_only:
        key = entry.ref.key
        values: dict[Place, Value] = {place(key, each.row, each.field): None for each in found.values}
        title = say(ALL_BACK.it, ALL_BACK.en, l=step_titles.title_of(entry.ref, entry.name))
        session.history.do(title, {**values, files_place(key): None})


def _do(session: Session, spot: Spot, title: Text, made: Edit, now: Cell) -> None:
    """Put an edit into the history; the last one of a layer to go takes the fingerprints along."""
    key = spot.entry.ref.key
    others = set(edited(session, spot.entry)) - {(spot.row, spot.field.name)}
    is_back = made.after == made.before
    files = None if is_back and not others else _files(session, spot.entry)
    said = say(title.it, title.en, f=spot.field.label, t=_feature(spot), b=_shown(now), a=_shown(made.after))
    values: dict[Place, Value] = {
        files_place(key): files,
        place(key, spot.row, spot.field.name): None if is_back else value_of(made),
    }
    session.history.do(said, values)


def _files(session: Session, entry: Entry) -> tuple[str, ...]:
    """Return the fingerprints that the edits of a layer hold for: those there are, else those of what was read."""
    found = edits_of(session, entry)
    return session.shelf.sha256_read(entry.ref) if found is None else found.sha256


def _feature(spot: Spot) -> Text:
    layer = spot.entry.intake.layer
    assert isinstance(layer, GeoDataFrame), "only a layer of features has values to edit"
    return same(title_of(layer, spot.entry.intake.role, layer.index.get_loc(spot.row)))


def _shown(value: Cell) -> Text:
    return _NONE if value is None else Text(words_of(value, "it"), words_of(value, "en"))


def _refuse_unless_open(session: Session, entry: Entry) -> None:
    """Raise PucError where nothing may be edited now."""
    if session.is_read_only:
        raise PucError(_read_only(entry))
    if is_stale(entry):
        raise PucError(_stale(entry))
    if not _files(session, entry):
        raise PucError(_not_read(entry))


def _read_only(entry: Entry) -> Problem:
    return _refused(
        entry,
        "edit-read-only",
        Text("lo studio è aperto in sola lettura.", "the study is open read-only."),
        Text("Prendere lo studio, con l'avviso in alto.", "Take the study over, by the notice above."),
    )


def _stale(entry: Entry) -> Problem:
    return _refused(
        entry,
        "edit-of-stale",
        Text("il dato è cambiato dopo le modifiche che ci sono.", "the data have changed since the edits there are."),
        Text("Togliere prima quelle modifiche (tasto destro).", "Take those edits back first (right button)."),
    )


def _not_read(entry: Entry) -> Problem:
    return _refused(
        entry,
        "edit-not-read",
        Text("il livello viene riletto proprio ora.", "the layer is being read again right now."),
        Text("Riprovare fra poco.", "Try again in a moment."),
    )


def _refused(entry: Entry, code: str, message: Text, remedy: Text) -> Problem:
    as_it_was = Text("Il valore resta com'era.", "The value stays as it was.")
    return Problem(code, entry.title, message, as_it_was, remedy)
