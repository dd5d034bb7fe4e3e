"""What a map says of itself where no table stands beside it, and where it is drawn at another scale."""

from __future__ import annotations

from layers.text import Text, joined
from puc_tool.maps.map_sentence import BESIDE, at_scale, without_table

ALT = Text("Carta alla scala 1:50.000.", "Map at the scale of 1:50,000.")


def test_that_a_map_without_a_table_beside_it_points_to_none():
    assert without_table(joined((ALT, BESIDE), " ")) == ALT
    assert without_table(ALT) == ALT


def test_that_a_map_says_the_scale_it_is_drawn_at():
    shown = at_scale(ALT, Text("1:50.000", "1:50,000"), Text("1:100.000", "1:100,000"))
    assert shown == Text("Carta alla scala 1:100.000.", "Map at the scale of 1:100,000.")
