"""The figures on top of the results."""

from __future__ import annotations

import pytest

from analyses import registry
from analyses.result import Figure
from ui.panels.headline import names_of


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("analysis", registry.ALL, ids=lambda analysis: analysis.id)
def test_that_no_two_figures_side_by_side_have_one_name(analysis, lang):
    specs = {spec.id: spec for spec in analysis.figures}
    figures = [Figure(specs[name], 1.0) for name in analysis.headlines if name in specs]
    names = [name.to(lang) for name in names_of(figures)]
    assert len(set(names)) == len(names) > 0


def test_that_a_share_is_called_so_beside_its_amount_alone():
    soil = next(each for each in registry.ALL if each.id == "soil-consumption")
    specs = {spec.id: spec for spec in soil.figures}
    share, amount = (Figure(specs[name], 1.0) for name in ("suolo_consumato_pct", "suolo_consumato_ha"))
    assert [name.it for name in names_of([share, amount])] == ["Suolo consumato, quota", "Suolo consumato"]
    assert [name.it for name in names_of([share])] == ["Suolo consumato"]
