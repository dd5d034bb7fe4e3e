"""Scenarios edited in the window: steps of the one history, in the file byte for byte, never over somebody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from layers.problems import PucError
from puc_tool.scenarios import scenario_keeping, scenario_texts
from puc_tool.working import edited_district
from puc_tool.working.journal import FOLDER
from puc_tool.working.keeper import Keeper
from puc_tool.working.lock import FILE as LOCK
from tests.puc_tool.keeper_worker import opened

TEXT = """\
# Uno scenario: questo commento resta.
version = 1
title = "Parco"

[[district]]
code = "IP"
ut_m2_m2 = 0.25  # da decidere
"""
SQUARE = shapely.box(0, 0, 10, 10)


@pytest.fixture
def study(town) -> Path:
    (town / "scenarios").mkdir()
    (town / "scenarios" / "parco.toml").write_text(TEXT, encoding="utf-8")
    return town


def file(study: Path, name: str = "parco") -> Path:
    return study / "scenarios" / f"{name}.toml"


def edit(keeper: Keeper, field: str, typed: str) -> None:
    edited_district.edit(
        keeper.session, "parco", lambda words: scenario_texts.with_words("parco", words, "IP", field, typed)
    )


def test_that_a_value_is_changed_in_its_place_and_comments_stay():
    changed = scenario_texts.with_words("parco", TEXT, "IP", "ut_m2_m2", "0,30")
    assert changed == TEXT.replace("0.25 ", "0.3 ")
    assert scenario_texts.with_words("parco", changed, "IP", "ut_m2_m2", "0.25") == TEXT


def test_that_a_range_a_word_and_another_district_are_taken():
    changed = scenario_texts.with_words("parco", TEXT, "IP", "ut_m2_m2", "0,20 – 0,30")
    changed = scenario_texts.with_words("parco", changed, "WF", "state", "attuato")
    edits = scenario_texts.understood("parco", changed).edits
    assert [(each.district, each.field, each.value, each.high) for each in edits] == [
        ("IP", "ut_m2_m2", 0.2, 0.3), ("WF", "state", "attuato", None),
    ]  # fmt: skip


def test_that_nothing_typed_is_as_the_plan_has_it_and_a_district_without_a_word_goes():
    changed = scenario_texts.with_words("parco", TEXT, "IP", "ut_m2_m2", " ")
    assert scenario_texts.understood("parco", changed).edits == ()
    assert "[[district]]" not in changed


@pytest.mark.parametrize(("field", "typed"), [("ut_m2_m2", "molto"), ("ac_pct", "120"), ("index_kind", "xx")])
def test_that_what_can_t_be_understood_is_refused_with_its_sentence(field, typed):
    with pytest.raises(PucError) as refused:
        scenario_texts.with_words("parco", TEXT, "IP", field, typed)
    assert refused.value.problems[0].code == "scenario-value"


def test_that_an_outline_is_read_back_as_it_was_drawn_and_given_back():
    drawn = shapely.Polygon([(0.1, 0.2), (10 / 3, 0.2), (5.0, 7.7)])
    changed = scenario_texts.with_outline("parco", TEXT, "IP", drawn)
    (edit_of,) = [each for each in scenario_texts.understood("parco", changed).edits if each.field == "geometry"]
    assert edit_of.value == drawn
    assert scenario_texts.with_outline("parco", changed, "IP", None) == TEXT


def test_that_an_edit_is_a_step_saved_in_its_file_and_taken_back_byte_for_byte(study):
    keeper = opened(study)
    edit(keeper, "ut_m2_m2", "0,40")
    assert keeper.session.history.next_undo.it == "Modifica lo scenario parco"
    assert file(study).read_text(encoding="utf-8") == TEXT
    keeper.save()
    assert "0.4 " in file(study).read_text(encoding="utf-8")
    keeper.session.history.undo()
    keeper.close()
    assert file(study).read_text(encoding="utf-8") == TEXT


def test_that_a_new_scenario_gets_its_file_and_loses_it_when_taken_back(study):
    keeper = opened(study)
    edited_district.put(keeper.session, "orti", scenario_texts.new("orti", "Orti"))
    keeper.save()
    assert file(study, "orti").read_text(encoding="utf-8") == 'version = 1\ntitle = "Orti"\n'
    keeper.session.history.undo()
    keeper.save()
    assert not file(study, "orti").exists()
    keeper.close()


def test_that_after_a_kill_the_edits_are_there_and_can_be_taken_back(study):
    killed = opened(study)
    edit(killed, "ut_m2_m2", "0,40")
    killed.save()
    edit(killed, "ac_pct", "28")
    path = study / FOLDER / LOCK
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "started": "1"}), encoding="utf-8")
    again = opened(study)
    assert again.session.history.state == killed.session.history.state
    again.take_over()
    again.session.history.undo()
    again.session.history.undo()
    again.close()
    assert file(study).read_text(encoding="utf-8") == TEXT


def test_that_a_file_others_changed_meanwhile_is_told_and_left_alone(study):
    keeper = opened(study)
    told = []
    keeper.troubled.connect(told.append)
    edit(keeper, "ut_m2_m2", "0,40")
    file(study).write_text("version = 1\n", encoding="utf-8")
    assert not keeper.save()
    assert [each.problems[0].code for each in told] == ["scenario-changed-meanwhile"]
    assert file(study).read_text(encoding="utf-8") == "version = 1\n"
    keeper.session.history.undo()


def test_that_a_file_others_changed_and_nobody_here_stays_as_they_left_it(study):
    keeper = opened(study)
    file(study).write_text("version = 1\n", encoding="utf-8")
    keeper.session.show(0, False)
    assert keeper.save()
    assert file(study).read_text(encoding="utf-8") == "version = 1\n"


def test_that_a_second_window_edits_no_scenario(study):
    first, second = opened(study), opened(study)
    edit(second, "ut_m2_m2", "0,40")
    assert second.session.history.done == ()
    first.close()


def test_that_scenarios_are_read_into_the_state_by_their_names(study):
    (study / "scenarios" / "Non valido.toml").write_text("version = 1\n", encoding="utf-8")
    assert scenario_keeping.read(study) == {("scenario", "parco"): TEXT}


def test_that_a_text_written_and_then_taken_back_for_good_is_still_known_as_ours(study):
    keeper = opened(study)
    edit(keeper, "ut_m2_m2", "0,40")
    keeper.save()
    keeper.session.history.undo()
    keeper.session.show(0, False)  # nothing can be done again from here
    assert keeper.save()
    assert file(study).read_text(encoding="utf-8") == TEXT
    keeper.close()
