"""The map in words."""

from __future__ import annotations

from layers.text import same
from puc_tool.map_summary import summary
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.themes import ClassStyle, Drawn

USES = Picture(
    Drawn.AREA,
    tuple(ClassStyle(name, same(name)) for name in ("Boschi", "Case", "Strade", "Orti")),
    (300_000.0, 50_000.0, None, 80_000.0),
)
OUTLINES = Picture(Drawn.OUTLINE, (ClassStyle("", same("")),), (None,))


def test_that_layers_largest_classes_selection_and_scale_are_told():
    said = summary([(same("Quartieri"), OUTLINES), (same("Uso del suolo"), USES)], ["Levante"], 10_000)
    assert said.it == (
        "La mappa mostra Quartieri, Uso del suolo. Uso del suolo: Boschi 30,0\u202fha, Orti 8,00\u202fha, "
        "Case 5,00\u202fha. Selezione: Levante. Scala 1:10.000."
    )


def test_that_an_empty_map_says_so():
    assert summary([], [], 5_000).en == "The map shows no layer. Nothing is selected. Scale 1:5,000."


def test_that_a_long_selection_is_counted():
    assert "e altri 3" in summary([], [str(name) for name in range(8)], 5_000).it
