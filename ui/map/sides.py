"""What can be seen at one side of a comparison: a theme of the map, or anything else that puts itself on it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Protocol

from layers.text import Text
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.themes import Drawn
from puc_tool.working.session import Session
from ui.map.canvas import Units
from ui.map.renderer import Content, Laid
from ui.map.shown import laid_result
from ui.map.view import MapView


class Side(Protocol):
    """Something to be seen at one side: what it is called, the names of what it shows, and its own units, by kind."""

    @property
    def title(self) -> Text:
        """What it is called."""
        ...

    @property
    def names(self) -> frozenset[Hashable]:
        """What of the map's pictures is its own, or gives way to it: the other side does without."""
        ...

    @property
    def units(self) -> Units:
        """The units that it has otherwise than the map."""
        ...

    def put_into(self, content: Content) -> Content:
        """Return what the map shows with this on it."""
        ...


@dataclass(frozen=True)
class Theme:
    """A layer or results to compare: its name, how it lies on the map, and what it is a year of (the role)."""

    title: Text
    laid: Laid
    role: str = ""
    units: Units = field(default_factory=dict)

    @property
    def names(self) -> frozenset[Hashable]:
        """What it shows."""
        return frozenset({self.laid.name})

    def put_into(self, content: Content) -> Content:
        """Return the content with it on top; where it covers the ground, without what else does."""
        return replace(content, pictures=(*without_ground(content.pictures, (self.laid,)), self.laid))


def themes(session: Session, view: MapView) -> tuple[Theme, ...]:
    """Return what the study and the results have to compare, the topmost first."""
    pictures = view.scene.pictures
    found = [Theme(each.theme.title, laid_result(each, session)) for each in view.all_results]
    layers = [
        Theme(each.title, Laid(each.ref.key, session.dressed(each, pictures[each.ref.key])), each.ref.role)
        for each in session.entries
        if each.ref.key in pictures
    ]
    return (*found, *layers)


def first_pair(offered: Sequence[Theme], seen: Sequence[Laid]) -> tuple[int, int]:
    """Return the places of what to compare at first: two years of what covers the ground now, else it and another."""
    grounds = [at for at, each in enumerate(offered) if is_ground(each.laid.picture)] or list(range(len(offered)))
    names = {each.name for each in seen}
    shown = next((at for at in grounds if offered[at].laid.name in names), grounds[0])
    others = [at for at in (*grounds, *range(len(offered))) if at != shown]
    years = [at for at in others if offered[at].role and offered[at].role == offered[shown].role]
    return (years[-1], shown) if years else (shown, others[0])


def is_ground(picture: Picture) -> bool:
    """Tell whether a picture covers the ground, so that two of them can't be read on each other."""
    return picture.drawn in (Drawn.AREA, Drawn.CELLS) and bool(picture.classes)


def without_ground(pictures: Sequence[Laid], chosen: Sequence[Laid]) -> tuple[Laid, ...]:
    """Return the pictures; where one of those chosen covers the ground, without what else does."""
    covers = any(is_ground(each.picture) for each in chosen)
    return tuple(each for each in pictures if not (covers and is_ground(each.picture)))


def alone(names: Set[Hashable], side: Side) -> Callable[[Content], Content]:
    """Return what shows one side without the other, whose pictures are among ``names``."""

    def change(content: Content) -> Content:
        kept = tuple(each for each in content.pictures if each.name not in names)
        return side.put_into(replace(content, pictures=kept))

    return change
