"""Accepting the roles of a folder: what is not wanted goes, what was in doubt gets the role that was chosen."""

from __future__ import annotations

import geopandas
import pytest
import shapely

from analyses.progress import silent
from puc_tool.intake.folder_acceptance import Answers, accept, choices, content, reason
from puc_tool.intake.folder_intake import add_folder
from puc_tool.intake.outcomes import State
from puc_tool.studies import study_reading
from tests.puc_tool.conftest import SOUTH, WEST, halves, write_layers


@pytest.fixture
def filled(town, tmp_path):
    """Return a study with its boundary alone, and what came of a folder: neighbourhoods, and unclear points."""
    text = (town / "study.toml").read_text(encoding="utf-8")
    (town / "study.toml").write_text(text.split('[[layer]]\nrole = "neighbourhoods"')[0], encoding="utf-8")
    origin = tmp_path / "consegna"
    origin.mkdir()
    write_layers(origin / "quartieri.gpkg", {"quartieri": halves()})
    points = [shapely.Point(WEST + 100 + 10 * step, SOUTH + 100) for step in range(4)]
    frame = geopandas.GeoDataFrame({"nome": list("abcd")}, geometry=points, crs=3035)
    frame.to_file(origin / "cose.gpkg", driver="GPKG")
    return town, add_folder(town, origin, silent).outcomes


def roles_of(folder):
    return {ref.role for ref in study_reading.read(folder).layers}


def test_that_what_was_added_can_be_left_out_again(filled):
    folder, outcomes = filled
    place = next(at for at, each in enumerate(outcomes) if each.state is State.ADDED)
    assert roles_of(folder) == {"boundary", "neighbourhoods"}
    after = accept(folder, outcomes, Answers(unwanted=[place]))
    assert roles_of(folder) == {"boundary"}
    assert after[place].state is State.UNCLEAR
    assert accept(folder, after, Answers(chosen={place: outcomes[place].proposal}))[place].state is State.ADDED
    assert roles_of(folder) == {"boundary", "neighbourhoods"}


def test_that_each_says_how_much_it_holds_and_why(filled):
    _, outcomes = filled
    added = next(each for each in outcomes if each.state is State.ADDED)
    other = next(each for each in outcomes if each.state is not State.ADDED)
    assert (content(added).it, content(other).it) == ("2 elementi", "4 elementi")
    assert reason(added).it
    assert reason(other).it
    assert choices(added) == ()


def test_that_nothing_answered_changes_nothing(filled):
    folder, outcomes = filled
    before = (folder / "study.toml").read_bytes()
    assert accept(folder, outcomes, Answers()) == outcomes
    assert (folder / "study.toml").read_bytes() == before
