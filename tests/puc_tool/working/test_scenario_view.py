"""How scenarios are looked at: steps of the history, kept by view.toml, which is not trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.text import same
from puc_tool.working import scenario_view, view
from puc_tool.working.history import History
from puc_tool.working.scenario_view import CURTAIN, SHOWN, UNSAVED, tried


def test_that_what_is_shown_held_apart_and_tried_is_read_back_as_it_was_written(tmp_path: Path):
    state = {
        SHOWN: "denso",
        CURTAIN: ("base", UNSAVED),
        tried("A", "ut_m2_m2"): 0.8,
        tried("A", "ut_m2_m2", "denso"): 1.25,
        ("visible", "zoning", "2003"): True,
        ("table", "soil"): "by_zone",
    }
    view.save(state, tmp_path)
    assert view.read(tmp_path) == state
    assert '[[tried]]\ndistrict = "A"\nfield = "ut_m2_m2"\nvalue = 0.8\n' in (tmp_path / view.FILE).read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "scenario = 3", 'scenario = "base"', "curtain = 7", 'curtain = ["a"]', 'curtain = ["a", 2]', "tried = 1",
        "tried = [1]", '[[tried]]\ndistrict = "A"\nfield = "ut_m2_m2"\nvalue = "molto"',
        '[[tried]]\ndistrict = "A"\nvalue = 1.0', '[[tried]]\ndistrict = "A"\nfield = "ut_m2_m2"\nvalue = nan',
        '[[tried]]\ndistrict = "A"\nfield = "ut_m2_m2"\nvalue = true',
    ],
)  # fmt: skip
def test_that_what_can_t_be_understood_is_not_said(tmp_path: Path, words: str):
    (tmp_path / view.FILE).write_text(f"version = {view.VERSION}\n{words}\n", encoding="utf-8")
    assert view.read(tmp_path) == {}


def test_that_scenarios_that_somebody_walks_along_are_one_step_and_back_at_the_plan_none():
    history = History()
    for name in ("denso", "rado", "parco"):
        scenario_view.show(history, name, same(name.title()))
    assert [step.title.it for step in history.done] == ["Mostra lo scenario Parco"]
    assert scenario_view.shown(history) == "parco"
    scenario_view.show(history, "base", same("Piano vigente"))
    assert history.done == ()


def test_that_a_scenario_shown_while_the_curtain_is_drawn_is_its_right_side():
    history = History()
    scenario_view.draw(history, ("denso", "rado"), (same("Denso"), same("Rado")))
    scenario_view.show(history, "parco", same("Parco"))
    assert scenario_view.curtain(history) == ("denso", "parco")
    scenario_view.show(history, "denso", same("Denso"))
    assert scenario_view.curtain(history) == ("base", "denso")
    scenario_view.end(history)
    assert scenario_view.curtain(history) is None
    history.undo()
    assert scenario_view.curtain(history) == ("base", "denso")


def test_that_what_is_tried_on_one_scenario_is_not_tried_on_another():
    state = {tried("A", "ut_m2_m2"): 0.8, tried("A", "ut_m2_m2", "denso"): 1.2, tried("B", "se_pct", "denso"): 30.0}
    assert scenario_view.tried_on(state, "base") == {("A", "ut_m2_m2"): 0.8}
    assert scenario_view.tried_on(state, "denso") == {("A", "ut_m2_m2"): 1.2, ("B", "se_pct"): 30.0}
    assert scenario_view.without({**state, SHOWN: "denso"}, "denso") == {
        SHOWN: None, tried("A", "ut_m2_m2", "denso"): None, tried("B", "se_pct", "denso"): None
    }  # fmt: skip
    assert scenario_view.saved({**state, CURTAIN: ("base", UNSAVED)}, "base", "prova") == {
        SHOWN: "prova", CURTAIN: ("base", "prova"), tried("A", "ut_m2_m2"): None
    }  # fmt: skip
