"""What an eye would stumble on: words over one another, small or pale type, classes that look alike."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from layers.problems import Severity
from layers.text import Text, listing, number, say
from puc_tool.maps.proof import Finding, Proof
from puc_tool.maps.seeing import contrast, look_alike
from puc_tool.maps.sheet import LegendItem
from puc_tool.maps.style import PAPER, Disc, Fill, Lettering, Style

LEAST_TYPE_PT, LARGE_TYPE_PT = 6.0, 9.0
MOST_AT_ONCE = 9
LEAST_CONTRAST, LARGE_CONTRAST = 4.5, 4.0
"""WCAG 2.1, 1.4.3 asks 4,5 of small type; names of water, 9 pt and more on the pale sea, have a little less."""


def _crowded(proof: Proof) -> Iterator[Finding]:
    if proof.drawing.crowded:
        names = listing(list(proof.drawing.crowded))
        message = say("scritte sovrapposte nella carta: {n}.", "words over one another on the map: {n}.", n=names)
        remedy = Text("Usare una scala più grande o un foglio più ampio.", "Use a larger scale or a larger paper.")
        yield Finding("sheet-label-collision", message, remedy, severity=Severity.WARNING)


def _small_type(proof: Proof) -> Iterator[Finding]:
    small = sorted({size for size in map(_type_pt, proof.drawing.drawn) if 0 < size < LEAST_TYPE_PT})
    if small:
        sizes = listing([number(size, 1).it for size in small])
        message = say("scritte sotto i 6 pt: {n} pt.", "type under 6 pt: {n} pt.", n=sizes)
        yield Finding("sheet-type-small", message, Text("Usare almeno 6 pt.", "Use 6 pt at least."))


def _type_pt(style: Style) -> float:
    return style.size_pt if isinstance(style, Lettering) else style.type_pt if isinstance(style, Disc) else 0.0


def _contrast(proof: Proof) -> Iterator[Finding]:
    for style in proof.drawing.drawn:
        if isinstance(style, Lettering | Disc):
            ground = style.halo if isinstance(style, Lettering) and style.halo_pt else PAPER
            least = LARGE_CONTRAST if _type_pt(style) >= LARGE_TYPE_PT else LEAST_CONTRAST
            if contrast(style.colour, ground) < least:
                it = "contrasto troppo basso: {c} su {g}, {r} a 1; ne serve {l}."
                en = "too little contrast: {c} on {g}, {r} to 1; it takes {l}."
                message = say(it, en, c=style.colour, g=ground, r=number(contrast(style.colour, ground), 1),
                              l=number(least, 1))  # fmt: skip
                remedy = Text("Scurire la scritta o schiarire l'alone.", "Darken the words or lighten their halo.")
                yield Finding("sheet-contrast", message, remedy)


def _close_classes(proof: Proof) -> Iterator[Finding]:
    close = [
        f"{one.label.to(proof.sheet.lang)} / {other.label.to(proof.sheet.lang)}"
        for group in proof.legend
        for one, other in _pairs([each for each in group.items if isinstance(each.style, Fill)])
        if isinstance(one.style, Fill) and isinstance(other.style, Fill) and look_alike(one.style, other.style)
    ]
    if close:
        it = "classi difficili da distinguere, anche per chi non vede tutti i colori: {c}."
        en = "classes hard to tell apart, also for those who do not see every colour: {c}."
        remedy = Text("Cambiare un colore o aggiungere una campitura.", "Change a colour or add a hatch.")
        yield Finding("sheet-classes-close", say(it, en, c=listing(close, most=3)), remedy, severity=Severity.WARNING)


def _pairs(items: Sequence[LegendItem]) -> Iterator[tuple[LegendItem, LegendItem]]:
    """Return the classes to be told apart: all of a legend that an eye takes in at once, of a long one neighbours."""
    return itertools.combinations(items, 2) if len(items) <= MOST_AT_ONCE else itertools.pairwise(items)


CHECKS: tuple[Callable[[Proof], Iterator[Finding]], ...] = (_crowded, _small_type, _contrast, _close_classes)
