"""What the map shows in words, for who does not see it: layers, largest classes, what is in view, selected, where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.text import NOTHING, Text, hectares, joined, listing, number, say
from puc_tool.maps.canvas.pictures import Picture

LARGEST = 3
_SHOWS = Text("La mappa mostra {l}.", "The map shows {l}.")
_EMPTY = Text("La mappa non mostra alcun livello.", "The map shows no layer.")
_LARGEST = Text("{t}: {c}.", "{t}: {c}.")
_UNITS = Text("Unità in vista, {n}: {u}.", "Units in view, {n}: {u}.")
_EXTENT = Text("Scala 1:{s}: {w} km per {h} intorno a E {x}, N {y}.", "Scale 1:{s}: {w} km by {h} around E {x}, N {y}.")
_KM = 1000.0
_CHOSEN, _NONE = Text("Selezione: {n}.", "Selection: {n}."), Text("Nulla è selezionato.", "Nothing is selected.")


@dataclass(frozen=True)
class Seen:
    """A layer that the map shows: how it is called, its picture, and how many features it has, where it has any."""

    title: Text
    picture: Picture
    features: int | None = None

    @property
    def words(self) -> Text:
        """The layer in words: «Quartieri (36)»."""
        if self.features is None:
            return self.title
        return say("{t} ({n})", "{t} ({n})", t=self.title, n=number(self.features))


@dataclass(frozen=True)
class Looked:
    """Where the map looks: left, bottom, right, top (m), the scale's number, and the names of the units in view."""

    bounds: tuple[float, float, float, float]
    denominator: float
    units: Sequence[str] | Sequence[Text] = ()


def summary(layers: Sequence[Seen], looked: Looked, selected: Sequence[str] | Sequence[Text]) -> Text:
    """Return the map in a few sentences; ``layers`` are those shown, the topmost first."""
    titles = joined((each.words for each in layers), ", ")
    shows = say(_SHOWS.it, _SHOWS.en, l=titles) if titles else _EMPTY
    classes = next((found for each in layers if (found := _classes(each.title, each.picture))), NOTHING)
    in_view = say(_UNITS.it, _UNITS.en, n=number(len(looked.units)), u=listing(looked.units))
    chosen = say(_CHOSEN.it, _CHOSEN.en, n=listing(selected)) if selected else _NONE
    told = (shows, classes, in_view if looked.units else NOTHING, chosen, _extent(looked))
    return joined(filter(None, told), " ")


def _extent(looked: Looked) -> Text:
    left, bottom, right, top = looked.bounds
    wide, high = (number((far - near) / _KM, 1) for near, far in ((left, right), (bottom, top)))
    east, north = number((left + right) / 2), number((bottom + top) / 2)
    return say(_EXTENT.it, _EXTENT.en, w=wide, h=high, x=east, y=north, s=number(looked.denominator))


def _classes(title: Text, picture: Picture) -> Text:
    """Return the largest classes of a layer with their areas; nothing where areas are not told."""
    told = [(area, style.label) for style, area in zip(picture.classes, picture.areas_m2, strict=True) if area]
    largest = sorted(told, key=lambda each: -each[0])[:LARGEST]
    amounts = (say("{c} {a}", "{c} {a}", c=label, a=hectares(area)) for area, label in largest)
    return say(_LARGEST.it, _LARGEST.en, t=title, c=joined(amounts, ", ")) if largest else NOTHING
