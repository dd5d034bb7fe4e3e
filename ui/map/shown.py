"""What the map shows of a session: its visible layers and results, the units a click means, what lies over it all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from layers import roles
from layers.text import Lang
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.maps.dressing import fields_of
from puc_tool.maps.themes import height_of
from puc_tool.working import view
from puc_tool.working.session import Session
from puc_tool.working.view import LayerKey
from ui.map.credit import credit
from ui.map.layer_labels import LayerLabels
from ui.map.overlay import Over
from ui.map.renderer import Content, Laid
from ui.map.scene import Scene, UnitShape, is_shown

_KINDS = ((roles.NEIGHBOURHOODS.id, "neighbourhood"), (roles.DISTRICTS.id, "district"), (roles.ZONING.id, "zone"))
"""Which units a click means: the first of these whose layer is shown."""


@dataclass(frozen=True)
class Shown:
    """A session, its scene and the pictures of its results; what of them is visible the session says when asked."""

    session: Session
    scene: Scene
    all_results: tuple[ResultPicture, ...] = ()
    kept_labels: dict[LayerKey, LayerLabels] = field(default_factory=dict)
    first_kinds: tuple[str, ...] = ()
    """Kinds of units that a click means before all others, as those of a scenario that is compared."""

    @property
    def results(self) -> tuple[ResultPicture, ...]:
        """The themes of the results that are visible, the topmost first."""
        return tuple(each for each in self.all_results if is_shown(each, self.session))

    @property
    def content(self) -> Content:
        """What is to be painted."""
        layers = [*reversed(self._read)] if self.session.entries else [*self._being_read()]
        has_borders = (roles.BOUNDARY.id, None) in {laid.name for laid in layers}
        for each in reversed(self.results):
            laid = laid_result(each, self.session)
            layers.insert(place_among(laid.picture, layers), laid)
        return Content(self.scene.ground, tuple(layers), has_borders)

    @property
    def _read(self) -> list[Laid]:
        """The visible layers of the session, the topmost first."""
        pictures, covered = self.scene.pictures, self.session.covered
        entries = [each for each in self.session.entries if each.is_visible and each.ref.key not in covered]
        return [
            Laid(each.ref.key, self.session.dressed(each, pictures[each.ref.key]), each.opacity_pct / view.OPAQUE_PCT)
            for each in entries
            if each.ref.key in pictures
        ]

    def _being_read(self) -> Iterator[Laid]:
        """Yield what is known of a study that is still being read, the lowest first."""
        pictures = self.scene.pictures
        known = [Laid(ref.key, pictures[ref.key]) for ref in self.session.study.layers if ref.key in pictures]
        yield from sorted(known, key=lambda laid: height_of(laid.picture.drawn))

    @property
    def selected(self) -> UnitShape | None:
        """Where the selected unit lies."""
        return self.scene.shape_of(self.session.selected)

    @property
    def units(self) -> tuple[UnitShape, ...]:
        """The units that a click means."""
        return self.scene.units.get(self._kind, ())

    def unit_at(self, x: float, y: float) -> UnitShape | None:
        """Return the unit that a click at a place (m) means: a row of the table that is looked at, if one lies there.

        Otherwise what was found lies on what the study brings.
        """
        found_kinds = [each.theme.unit for each in self.results if each.theme.unit]
        kinds = (*self.first_kinds, self._kind_of_table, *found_kinds, self._kind)
        found = (self.scene.unit_at(kind, x, y) for kind in kinds)
        return next((each for each in found if each is not None), None)

    def over(self, hovered: UnitShape | None, covered: Sequence[QRectF], lang: Lang) -> Over:
        """Return what is to be painted over the picture; ``covered`` are the places of tools and chip (pixels)."""
        named = self.scene.units.get(self._kind, ()) if self._kind == "neighbourhood" else ()
        sources = credit(self.session, self.scene, self.results, lang)
        pins = tuple(pin for each in self.results for pin in each.pins)
        others = tuple(filter(None, map(self.scene.shape_of, self.session.selection[:-1])))
        labels = tuple(self._labels(lang))
        return Over(self.scene, self.selected, hovered, named, sources, tuple(covered), others, pins, labels)

    def _labels(self, lang: Lang) -> Iterator[LayerLabels]:
        """Yield the words that visible layers write on the map, those of the topmost first."""
        for entry in self.session.entries:
            layer, wanted = entry.intake.layer, entry.style.label
            if not entry.is_visible or entry.ref.key in self.session.covered or wanted not in fields_of(layer):
                continue
            kept = self.kept_labels.get(entry.ref.key)
            if kept is None or kept.layer is not layer or kept.field != wanted:
                kept = self.kept_labels[entry.ref.key] = LayerLabels(entry.intake, wanted, lang)
            yield kept

    @property
    def _kind_of_table(self) -> str:
        """Which units the rows of the table stand for that was chosen; nothing before one was."""
        results = self.session.looked_at
        table = results.table(self.session.table_id) if results is not None else None
        return table.spec.kind if table is not None else ""

    @property
    def _kind(self) -> str:
        visible = {entry.ref.role for entry in self.session.entries if entry.is_visible}
        return next((kind for role, kind in _KINDS if role in visible), "")


def laid_result(result: ResultPicture, session: Session) -> Laid:
    """Return a theme of the results as the session has it: in its style, as opaque as somebody wants it."""
    opacity = session.result_opacity_pct(result) / view.OPAQUE_PCT
    return Laid(result.theme.id, session.dressed_result(result), opacity)


def place_among(picture: Picture, below: Sequence[Laid]) -> int:
    """Return where results come to lie: on everything that is drawn as low as they are, or lower."""
    height = height_of(picture.drawn)
    return next((at + 1 for at in reversed(range(len(below))) if height_of(below[at].picture.drawn) <= height), 0)
