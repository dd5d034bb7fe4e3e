"""Values of a study's layers as somebody edits them: typed, refused, kept as steps of the history, taken back. No Qt.

The source is never touched: what is changed is the state of the history, and from it the file of edits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from geopandas import GeoDataFrame

from layers import edit_waiting_remarks as said_of
from layers.edit_following import Followed, Waiting
from layers.edit_marks import Marked, Values, value_at
from layers.mend import title_of
from layers.problems import Problem, PucError
from layers.reference import Cell, Edit, Edits, Mark
from layers.spec import Field
from layers.text import Lang, Text, same, say
from puc_tool.sources import edit_files
from puc_tool.working import edit_keeping, step_titles
from puc_tool.working.layer_entry import Entry
from puc_tool.working.session import Session
from puc_tool.working.typed_value import value_of as typed_value
from puc_tool.working.typed_value import words_of

_NONE = Text("vuoto", "empty")
EDITED = Text("{f} di {t}: {b} → {a}", "{f} of {t}: {b} → {a}")
TAKEN_BACK = Text("Ripristina {f} di {t}: {a}", "Restore {f} of {t}: {a}")
ACCEPTED = Text("Accetta la modifica {f} di {t}: {a}", "Accept the edit {f} of {t}: {a}")
DISCARDED = Text("Scarta la modifica {f} di {t}: {a}", "Discard the edit {f} of {t}: {a}")
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
    """Return the edits that hold in a layer, by the row that their feature has now, and field."""
    return {(each.row, each.field): each for each in holding(session, entry).applied}


def holding(session: Session, entry: Entry) -> Followed:
    """Return which edits hold in a layer as it was read, and which wait.

    Until edits made since are read with the layer, those made on this source hold, and of the others nothing is known.
    """
    found, read = edits_of(session, entry), entry.intake.edits
    if read is not None and found == entry.ref.edits:
        return read
    made_on = session.shelf.sha256_read(entry.ref)
    own = [] if found is None else [each for each in found.values if found.made_on(each) == made_on]
    return Followed(made_on, tuple(own))


def source_value(spot: Spot) -> Cell:
    """Return what the source holds there, whatever was edited."""
    return _source(spot.entry)(spot.row, spot.field.name)


def _source(entry: Entry) -> Values:
    """Return what tells the values of a layer's source, whatever was edited."""
    layer, read = entry.intake.layer, entry.intake.edits
    assert isinstance(layer, GeoDataFrame), "only a layer of features has values to edit"
    laid = {(each.row, each.field): each for each in read.applied} if read else {}

    def value(row: int, name: str) -> Cell:
        there, mine = value_at(layer, row, name), laid.get((row, name))
        return mine.before if mine is not None and mine.after == there else there

    return value


def edit(session: Session, spot: Spot, words: str, lang: Lang) -> None:
    """Let ``words`` be the value of a spot; what stands there already is no step. Raises PucError, with all as it was.

    The value of the source takes the edit back.
    """
    _refuse_unless_open(session, spot.entry)
    after = typed_value(spot.entry.intake.role, spot.field, words, lang)
    before = source_value(spot)
    now = edited(session, spot.entry).get((spot.row, spot.field.name))
    if after != (before if now is None else now.after):
        made = Edit(spot.row, spot.field.name, before, after, _mark(spot.entry, spot.row, spot.field.name))
        _do(session, spot, EDITED, made, before if now is None else now.after)


def take_back(session: Session, spot: Spot) -> None:
    """Give a spot the value of its source back."""
    found = edited(session, spot.entry).get((spot.row, spot.field.name))
    if found is not None and not session.is_read_only:
        _do(session, spot, TAKEN_BACK, Edit(found.row, found.field, found.before, found.before), found.after)


def take_all_back(session: Session, entry: Entry) -> None:
    """Give a layer all the values of its source back, also where edits are not applied."""
    if edits_of(session, entry) is not None and not session.is_read_only:
        title = say(ALL_BACK.it, ALL_BACK.en, l=step_titles.title_of(entry.ref, entry.name))
        _put(session, entry, title, ())


def accept(session: Session, entry: Entry, waiting: Waiting) -> None:
    """Let an edit that waits hold for the feature that it may be meant for; its source's value of now is what it was.

    Raises PucError where nothing may be edited now.
    """
    _refuse_unless_open(session, entry)
    now, edit = holding(session, entry), waiting.edit
    if waiting.row is None or waiting not in now.waiting:
        return
    before = _source(entry)(waiting.row, edit.field)
    made = Edit(waiting.row, edit.field, before, edit.after, _mark(entry, waiting.row, edit.field))
    others = [each for each in _carried(session, entry, but=waiting) if _spot(each) != _spot(made)]
    _put(session, entry, _titled(ACCEPTED, entry, edit), (*others, *([made] if before != edit.after else ())))


def discard(session: Session, entry: Entry, waiting: Waiting) -> None:
    """Let an edit that waits go; raises PucError where nothing may be edited now."""
    _refuse_unless_open(session, entry)
    now = holding(session, entry)
    if waiting in now.waiting:
        _put(session, entry, _titled(DISCARDED, entry, waiting.edit), tuple(_carried(session, entry, but=waiting)))


def _titled(title: Text, entry: Entry, edit: Edit) -> Text:
    field, feature = said_of.field_of(entry.intake.role, edit), said_of.feature(edit)
    return say(title.it, title.en, f=field, t=feature, a=_shown(edit.after))


def _do(session: Session, spot: Spot, title: Text, made: Edit, now: Cell) -> None:
    """Put an edit into the history."""
    said = say(title.it, title.en, f=spot.field.label, t=_feature(spot), b=_shown(now), a=_shown(made.after))
    others = [each for each in _carried(session, spot.entry) if _spot(each) != _spot(made)]
    _put(session, spot.entry, said, (*others, *([made] if made.after != made.before else ())))


def _carried(session: Session, entry: Entry, but: Waiting | None = None) -> Iterator[Edit]:
    """Yield the edits of a layer bound to its source as it was read; those that wait keep the one they were made on."""
    found, read = edits_of(session, entry), entry.intake.edits
    if found is None:
        return
    made_on = session.shelf.sha256_read(entry.ref)
    if read is None or found != entry.ref.edits:
        yield from (_bound(each, found.made_on(each), made_on) for each in found.values)
        return
    for each in read.applied:
        yield each if found.sha256 == made_on else replace(each, mark=_mark(entry, each.row, each.field))
    yield from (_bound(each.edit, found.made_on(each.edit), made_on) for each in read.waiting if each != but)


def _bound(edit: Edit, files: tuple[str, ...], now: tuple[str, ...]) -> Edit:
    """Return an edit that says which files it was made on, unless they are those of now."""
    return replace(edit, made_on=() if files == now else files)


def _put(session: Session, entry: Entry, title: Text, wanted: tuple[Edit, ...]) -> None:
    """Let ``wanted`` be the edits of a layer; the last one to go takes the fingerprints along."""
    made_on = session.shelf.sha256_read(entry.ref)
    after = Edits(made_on, edit_files.in_order(wanted)) if wanted else None
    session.history.do(title, edit_keeping.between(entry.ref.key, edits_of(session, entry), after))


def _mark(entry: Entry, row: int, field: str) -> Mark:
    """Return what a feature is known by."""
    layer = entry.intake.layer
    assert isinstance(layer, GeoDataFrame), "only a layer of features has values to edit"
    return Marked(layer, entry.intake.role, _source(entry)).mark(row, field)


def _spot(edit: Edit) -> tuple[tuple[str, ...], int, str]:
    return edit.made_on, edit.row, edit.field


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
    if not session.shelf.sha256_read(entry.ref):
        raise PucError(_not_read(entry))


def _read_only(entry: Entry) -> Problem:
    return _refused(
        entry,
        "edit-read-only",
        Text("lo studio è aperto in sola lettura.", "the study is open read-only."),
        Text("Prendere lo studio, con l'avviso in alto.", "Take the study over, by the notice above."),
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
