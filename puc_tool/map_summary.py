"""What the map shows in words, for who does not see it: the layers, the selection, the largest classes."""

from __future__ import annotations

from collections.abc import Sequence

from layers.text import NOTHING, Text, hectares, joined, listing, number, say
from puc_tool.maps.canvas.pictures import Picture

LARGEST = 3
_SHOWS = Text("La mappa mostra {l}.", "The map shows {l}.")
_EMPTY = Text("La mappa non mostra alcun livello.", "The map shows no layer.")
_LARGEST = Text("{t}: {c}.", "{t}: {c}.")
_SCALE = Text("Scala 1:{s}.", "Scale 1:{s}.")
_CHOSEN, _NONE = Text("Selezione: {n}.", "Selection: {n}."), Text("Nulla è selezionato.", "Nothing is selected.")


def summary(layers: Sequence[tuple[Text, Picture]], selected: Sequence[str], denominator: float) -> Text:
    """Return the map in a few sentences; ``layers`` are those shown, the topmost first."""
    titles = joined((title for title, _ in layers), ", ")
    shows = say(_SHOWS.it, _SHOWS.en, l=titles) if titles else _EMPTY
    classes = next((found for title, picture in layers if (found := _classes(title, picture))), NOTHING)
    chosen = say(_CHOSEN.it, _CHOSEN.en, n=listing(list(selected))) if selected else _NONE
    return joined((shows, classes, chosen, say(_SCALE.it, _SCALE.en, s=number(denominator))), " ")


def _classes(title: Text, picture: Picture) -> Text:
    """Return the largest classes of a layer with their areas; nothing where areas are not told."""
    told = [(area, style.label) for style, area in zip(picture.classes, picture.areas_m2, strict=True) if area]
    largest = sorted(told, key=lambda each: -each[0])[:LARGEST]
    amounts = (say("{c} {a}", "{c} {a}", c=label, a=hectares(area)) for area, label in largest)
    return say(_LARGEST.it, _LARGEST.en, t=title, c=joined(amounts, ", ")) if largest else NOTHING
