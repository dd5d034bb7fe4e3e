"""A printed view in words: where it looks, and what it shows; of two maps compared which shows what."""

from __future__ import annotations

from collections.abc import Sequence

from layers.text import Text, joined, number, say
from puc_tool.printing.shown_view import Against, ShownLayer, ShownView

_NONE = Text("nessun livello", "no layer")
_ONE = Text(
    "Vista della mappa alla scala {s}, centrata su {x} E, {y} N. Mostra: {l}.",
    "Map view at the scale of {s}, centred on {x} E, {y} N. It shows: {l}.",
)
_CURTAIN = Text(
    "Confronto con una tendina alla scala {s}, centrato su {x} E, {y} N. {l}",
    "Comparison under a curtain at the scale of {s}, centred on {x} E, {y} N. {l}",
)
_BESIDE = Text(
    "Confronto di due mappe affiancate alla scala {s}, entrambe centrate su {x} E, {y} N. {l}",
    "Comparison of two maps side by side at the scale of {s}, both centred on {x} E, {y} N. {l}",
)
_SIDES = Text(
    "A sinistra, «{a}»: {l}. A destra, «{b}»: {r}.",
    "On the left, “{a}”: {l}. On the right, “{b}”: {r}.",
)


def alt(shown: ShownView, scale: Text, centre: tuple[float, float]) -> Text:
    """Return the sentence that stands for the map where nobody sees it."""
    place = {"s": scale, "x": number(centre[0]), "y": number(centre[1])}
    if shown.against is None:
        return say(_ONE.it, _ONE.en, l=_listed(shown.layers), **place)
    words = _BESIDE if shown.is_beside else _CURTAIN
    return say(words.it, words.en, l=_sides(shown.layers, shown.against), **place)


def _sides(left: Sequence[ShownLayer], against: Against) -> Text:
    first, second = against.names
    return say(_SIDES.it, _SIDES.en, a=first, b=second, l=_listed(left), r=_listed(against.layers))


def _listed(layers: Sequence[ShownLayer]) -> Text:
    return joined((each.title for each in layers), ", ") or _NONE
