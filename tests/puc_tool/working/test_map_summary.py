"""The map in words."""

from __future__ import annotations

from dataclasses import replace

from layers.text import same
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.themes import ClassStyle, Drawn
from puc_tool.working.map_summary import Looked, Seen, summary

USES = Picture(
    Drawn.AREA,
    tuple(ClassStyle(name, same(name)) for name in ("Boschi", "Case", "Strade", "Orti")),
    (300_000.0, 50_000.0, None, 80_000.0),
)
OUTLINES = Picture(Drawn.OUTLINE, (ClassStyle("", same("")),), (None,))


LOOKED = Looked((0.0, 1_000.0, 2_500.0, 3_000.0), 10_000)


def test_that_layers_classes_units_selection_and_place_are_told():
    layers = [Seen(same("Quartieri"), OUTLINES, 36), Seen(same("Uso del suolo"), USES)]
    # From 0 to 2.500 m and from 1.000 to 3.000 m: 2,5 km by 2,0 km around E 1.250, N 2.000.
    said = summary(layers, replace(LOOKED, units=("Levante", "Ponente")), ["Levante"])
    assert said.it == (
        "La mappa mostra Quartieri (36), Uso del suolo. Uso del suolo: Boschi 30,0\u202fha, Orti 8,00\u202fha, "
        "Case 5,00\u202fha. Unità in vista, 2: Levante, Ponente. Selezione: Levante. "
        "Scala 1:10.000: 2,5 km per 2,0 intorno a E 1.250, N 2.000."
    )


def test_that_an_empty_map_says_so():
    assert summary([], LOOKED, []).en == (
        "The map shows no layer. Nothing is selected. Scale 1:10,000: 2.5 km by 2.0 around E 1,250, N 2,000."
    )


def test_that_a_long_selection_is_counted():
    assert "e altri 3" in summary([], LOOKED, [str(name) for name in range(8)]).it
