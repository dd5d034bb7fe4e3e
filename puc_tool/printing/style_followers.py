"""Which sheets have the style that somebody gave a layer or results, said where it is given."""

from __future__ import annotations

from collections.abc import Sequence

from layers.text import Text, joined, say
from puc_tool.maps.result_style import keys_of
from puc_tool.printing.sheets import ALL, Kind
from puc_tool.study import Study
from puc_tool.working.view import StyleKey

_WHOLE = Text("Anche nelle tavole: {s}.", "On sheets too: {s}.")
_LOOKS = Text(
    "Colori, campiture e spessori anche nelle tavole: {s}. Le classi vi restano quelle di legge o dell'analisi.",
    "Colours, fills and widths on sheets too: {s}. Their classes stay those of the law or of the analysis.",
)
_NONE = Text(
    "Vale per la mappa e la stampa della vista; nessuna tavola ha questo stile.",
    "It holds for the map and the printed view; no sheet has this style.",
)


def followers(study: Study, key: StyleKey) -> tuple[Kind, ...]:
    """Return the sheets that have the style of a layer or of a theme of results; of an older year's layer none has."""
    return tuple(kind for kind in ALL if key in _worn(study, kind))


def told(study: Study, key: StyleKey) -> Text:
    """Return the sentence that says which sheets have a style, and which of them keep their own classes."""
    found = followers(study, key)
    sentences = (
        _sentence(_WHOLE, [each for each in found if not each.keeps_classes]),
        _sentence(_LOOKS, [each for each in found if each.keeps_classes]),
    )
    return joined(sentences, " ") or _NONE


def _sentence(words: Text, kinds: Sequence[Kind]) -> Text:
    named = joined((say("«{t}»", "“{t}”", t=each.title) for each in kinds), ", ")
    return say(words.it, words.en, s=named) if named else named


def _worn(study: Study, kind: Kind) -> frozenset[StyleKey]:
    """Return everything whose style a sheet has."""
    layers = (ref.key for role in kind.wears for ref in study.of_role(role)[-1:])
    return frozenset((*layers, *(key for theme in kind.themes for key in keys_of(study, theme))))
