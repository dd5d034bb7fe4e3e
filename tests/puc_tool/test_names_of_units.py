"""Names that we give to ground are said in either language wherever people meet them; the user's own stay."""

from __future__ import annotations

import pytest

from layers.text import Text
from puc_tool import what_applies
from puc_tool.working.selection import Unit


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("(fuori da ogni unità)", Text("(fuori da ogni unità)", "(outside every unit)")),
        ("300-1.000 m", Text("300-1.000 m", "300-1,000 m")),
        ("Pericolosità molto elevata", Text("Pericolosità molto elevata", "Very high hazard")),
        ("Canaletto", Text("Canaletto", "Canaletto")),
    ],
)
def test_that_a_unit_is_called_in_the_window_s_language(name, said):
    assert Unit("flood_class", "x", name).called == said


def row(**said):
    return {"role": "flood_hazard", "code": "", "name": "", "class": "", "norm": ""} | said


def test_that_what_applies_is_said_in_both_languages():
    flooded = row(code="P3", name="Pericolosità elevata (alluvioni frequenti)")
    assert what_applies.title(flooded).en == "P3 · High hazard (frequent floods)"
    district = row(role="districts", code="D1", name="Ex fornace", **{"class": "in attuazione"})
    assert what_applies.title(district) == Text("D1 · Ex fornace · in attuazione", "D1 · Ex fornace · under way")
    assert what_applies.title(row()) == Text("–", "–")


def test_that_a_norm_nobody_read_is_marked_in_both_languages():
    norm = row(norm="D.Lgs 42/2004 art. 136 e 142 (non verificato)")
    assert what_applies.said_of(norm, "norm").en == "D.Lgs 42/2004 art. 136 and 142 (not verified)"
