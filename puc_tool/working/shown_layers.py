"""The layers of the open study as they are shown: which, in which order, how opaque, under which name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psygnal import Signal

from layers.intake import Intake
from layers.reference import LayerRef
from layers.text import Text, say
from puc_tool.maps.canvas.pictures import Picture, drawn_as
from puc_tool.maps.dressing import DressedPictures, cloth_of
from puc_tool.maps.themes import height_of
from puc_tool.study import Study
from puc_tool.working import edit_keeping, layer_changes, layer_style, view
from puc_tool.working.arrangement import Insertion, Removal, edits
from puc_tool.working.history import History, Place, Value
from puc_tool.working.layer_entry import Entry, entry_of, is_shown_at_first
from puc_tool.working.stacking import stacked
from puc_tool.working.step_titles import (
    ADD,
    FADE,
    HIDE,
    MEND,
    MOVE,
    REMOVE,
    RENAME,
    REPLACE,
    RESTORE,
    SHOW,
    STYLE,
    title_of,
)

_ARRANGING = {view.ORDER, layer_changes.REMOVED, layer_changes.ENTRY, edit_keeping.EDIT, edit_keeping.EDITED}
"""The places that say which layers the study has, in which order, and what they hold."""


class ShownLayers:
    """Entries by the state of a history. Each row that comes, goes or moves is told before and after.

    ``is_read_only``: what would change the study's figures is not done; how it is looked at may change, unsaved.
    """

    layer_adding = Signal(int, Intake)
    layer_added = Signal(int)
    layer_removing = Signal(int)
    layer_removed = Signal(int)
    layer_moving = Signal(int, int)
    layer_moved = Signal(int, int)
    layer_changed = Signal(int)
    layers_arranged = Signal()

    def __init__(self, study: Study, history: History) -> None:
        self._whole, self.history = study, history
        self.study = self._as_arranged()
        self.entries: tuple[Entry, ...] = ()
        self.is_read_only = False
        self._intakes: dict[view.LayerKey, Intake] = {}
        self._heights: dict[view.LayerKey, int] = {}
        self._dressed = DressedPictures()

    def add(self, intake: Intake) -> None:
        """Put a layer that was read into its place, or into that of what was read of it before."""
        is_known = intake.ref.key in self._intakes
        self._intakes[intake.ref.key] = intake
        self._heights[intake.ref.key] = height_of(drawn_as(intake))
        self._arrange()
        if is_known:
            self._dress({view.named(intake.ref.key)})

    def show(self, row: int, visible: bool) -> None:
        """Show or hide a layer."""
        title = SHOW if visible else HIDE
        self._change_layer(row, title, view.VISIBLE, visible)

    def fade(self, row: int, opacity_pct: int) -> None:
        """Make a layer see-through; the moves of one slider are one step."""
        self._change_layer(row, FADE, view.OPACITY, max(0, min(view.OPAQUE_PCT, opacity_pct)), joins=True)

    def rename(self, row: int, name: str) -> None:
        """Call a layer otherwise; empty words give it its own title back."""
        self._change_layer(row, RENAME, view.NAME, name.strip() or None)

    def style(self, row: int, values: Mapping[Place, Value]) -> None:
        """Draw a layer otherwise; further changes of the same places go on with the step."""
        self.history.do(_of(STYLE, self.entries[row]), values, joins=True)

    def restore_style(self, row: int) -> None:
        """Draw a layer as the official codelist of its role has it."""
        places = layer_style.places_of(self.history.state, self.entries[row].ref.key)
        self.history.do(_of(RESTORE, self.entries[row]), dict.fromkeys(places))

    def dressed(self, entry: Entry, picture: Picture) -> Picture:
        """Return the picture of a layer in its style."""
        return self._dressed.dressed(entry.ref.key, picture, lambda: cloth_of(entry.intake), entry.style)

    def move(self, row: int, to: int) -> None:
        """Put a layer into another place; the first lies on top."""
        keys = [entry.ref.key for entry in self.entries]
        title = _of(MOVE, self.entries[row])
        keys.insert(to, keys.pop(row))
        hidden = [key for key in self._intakes if key not in keys]
        self.history.do(title, {(view.ORDER,): view.listed([*keys, *hidden])})

    def remove(self, row: int) -> None:
        """Take a layer out of the study; its file stays where it is."""
        entry = self.entries[row]
        if not self.is_read_only:
            self.history.do(_of(REMOVE, entry), {layer_changes.removed_place(entry.ref.key): True})

    def put_layer(self, ref: LayerRef) -> None:
        """Give the study a layer, or one in the place of another of its role and year, and show it."""
        title = REPLACE if any(each.key == ref.key for each in self.study.layers) else ADD
        self._put_entry(title, ref, layer_changes.stated(ref), {view.of_layer(view.VISIBLE, ref.key): True})

    def put_mended(self, ref: LayerRef, entry: str) -> None:
        """Let the study point at the mended copy of a layer, which ``entry`` names."""
        self._put_entry(MEND, ref, entry, {})

    def _put_entry(self, title: Text, ref: LayerRef, entry: str, also: Mapping[Place, Value]) -> None:
        said = say(title.it, title.en, l=title_of(ref))
        if not self.is_read_only:
            back = {layer_changes.removed_place(ref.key): None}
            self.history.do(said, {layer_changes.entry_place(ref.key): entry, **back, **also})

    @property
    def unread(self) -> tuple[LayerRef, ...]:
        """The layers of the study that are still to be read: those added or changed since."""
        return tuple(ref for ref in self.study.layers if not self._has_read(ref))

    def _has_read(self, ref: LayerRef) -> bool:
        known = self._intakes.get(ref.key)
        return known is not None and known.ref == ref

    def follow_layers(self, places: Sequence[Place]) -> None:
        """Let a change of these places of the state take effect."""
        if {place[0] for place in places} & _ARRANGING:
            self.study = self._as_arranged()
            self._arrange()
            self.layers_arranged.emit()
        dressed = {place[1:3] for place in places if place[0] in view.ASPECTS or layer_style.is_style(place)}
        if dressed:
            self._dress(dressed)

    def _change_layer(
        self, row: int, title: Text, aspect: str, value: bool | int | str | None, *, joins: bool = False
    ) -> None:
        entry = self.entries[row]
        self.history.do(_of(title, entry), {view.of_layer(aspect, entry.ref.key): value}, joins=joins)

    def _dress(self, keys: set[tuple[str, ...]]) -> None:
        """Give layers the look that the state says."""
        for row, entry in enumerate(self.entries):
            if view.named(entry.ref.key) in keys:
                dressed = self._entry(self._intakes[entry.ref.key])
                self.entries = (*self.entries[:row], dressed, *self.entries[row + 1 :])
                self.layer_changed.emit(row)

    def _entry(self, intake: Intake) -> Entry:
        return entry_of(intake, self.history.state, self._whole)

    def _arrange(self) -> None:
        """Bring the rows into the order that the state says, telling each row that comes, goes or moves."""
        there = {ref.key for ref in self.study.layers}
        heights = {key: height for key, height in self._heights.items() if key in there}
        wanted = stacked(heights, self.history.get((view.ORDER,)))
        for edit in edits([entry.ref.key for entry in self.entries], wanted):
            if isinstance(edit, Insertion):
                self._insert(edit.row, self._intakes[edit.key])
            elif isinstance(edit, Removal):
                self._take_away(edit.row)
            else:
                self._put_up(edit.row, edit.to)

    def _insert(self, row: int, intake: Intake) -> None:
        self.layer_adding.emit(row, intake)
        self.entries = (*self.entries[:row], self._entry(intake), *self.entries[row:])
        self.layer_added.emit(row)

    def _take_away(self, row: int) -> None:
        self.layer_removing.emit(row)
        self.entries = (*self.entries[:row], *self.entries[row + 1 :])
        self.layer_removed.emit(row)

    def _put_up(self, row: int, to: int) -> None:
        self.layer_moving.emit(row, to)
        rows = list(self.entries)
        rows.insert(to, rows.pop(row))
        self.entries = tuple(rows)
        self.layer_moved.emit(row, to)

    def _as_arranged(self) -> Study:
        """Return the study with the layers that were added or changed, without those taken out."""
        return layer_changes.arranged(self._whole, self.history.state)

    def is_shown_at_first(self, ref: LayerRef) -> bool:
        """Tell whether the map shows a layer before anybody has said so."""
        return is_shown_at_first(ref, self._whole)


def _of(title: Text, entry: Entry) -> Text:
    return say(title.it, title.en, l=entry.title)
