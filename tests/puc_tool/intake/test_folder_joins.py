"""A table without a place is offered to the layers whose keys it shares; the join is done when somebody says so."""

from __future__ import annotations

import pytest

from analyses.progress import silent
from puc_tool.intake import folder_joins
from puc_tool.intake.folder_acceptance import Answers, accept
from puc_tool.intake.folder_intake import add_folder
from puc_tool.intake.outcomes import State
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from tests.puc_tool.conftest import halves, write_layers

TABLE = "code,population\nP,120\nL,80\n"


@pytest.fixture
def bare(town):
    text = (town / "study.toml").read_text(encoding="utf-8")
    (town / "study.toml").write_text(text.split('[[layer]]\nrole = "neighbourhoods"')[0], encoding="utf-8")
    return town


def brought(town, tmp_path, table=TABLE):
    """Bring two neighbourhoods, P and L, and a table beside them."""
    origin = tmp_path / "consegna"
    origin.mkdir()
    frame = halves().assign(code=["P", "L"])
    write_layers(origin / "quartieri.gpkg", {"quartieri": frame})
    (origin / "residenti.csv").write_text(table, encoding="utf-8")
    outcomes = add_folder(town, origin, silent).outcomes
    return outcomes, next(at for at, each in enumerate(outcomes) if each.name == "residenti.csv")


def test_that_a_table_is_offered_to_the_layer_whose_keys_it_has_and_nothing_is_joined_yet(bare, tmp_path):
    outcomes, table = brought(bare, tmp_path)
    (offer,) = folder_joins.offers(outcomes, table)
    assert (offer.left, offer.right) == ("code", "code")
    assert "chiavi trovate: 2 su 2" in offer.title.it
    (ref,) = study_reading.read(bare).of_role("neighbourhoods")
    assert ref.join is None


def test_that_the_join_is_written_and_brings_the_table_s_columns(bare, tmp_path):
    outcomes, table = brought(bare, tmp_path)
    (offer,) = folder_joins.offers(outcomes, table)
    after = accept(bare, outcomes, Answers(joins=[offer]))
    assert after[offer.layer].state is State.ADDED
    study = study_reading.read(bare)
    (ref,) = study.of_role("neighbourhoods")
    assert (ref.join.left, ref.join.right) == ("code", "code")
    assert sorted(Shelf(study).intake(ref).layer["population"].astype(int)) == [80, 120]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("code,population\nX,1\nY,2\n", id="other keys"),
        pytest.param("code,population\nP,1\nP,2\nL,3\n", id="a key twice"),
        pytest.param("quanti,population\nP,1\nL,2\n", id="short keys under another name"),
    ],
)
def test_that_a_table_whose_keys_may_be_chance_is_not_offered(bare, tmp_path, table):
    outcomes, place = brought(bare, tmp_path, table)
    assert folder_joins.offers(outcomes, place) == ()


def test_that_a_layer_that_is_not_wanted_takes_no_table(bare, tmp_path):
    outcomes, table = brought(bare, tmp_path)
    (offer,) = folder_joins.offers(outcomes, table)
    accept(bare, outcomes, Answers(unwanted=[offer.layer], joins=[offer]))
    assert study_reading.read(bare).of_role("neighbourhoods") == ()


def test_that_a_join_that_does_not_serve_is_told_and_leaves_the_layer_as_it_was(bare, tmp_path):
    outcomes, table = brought(bare, tmp_path)
    (offer,) = folder_joins.offers(outcomes, table)
    outcomes[table].path.write_text("code,population\nP,1\nP,2\n", encoding="utf-8")
    after = accept(bare, outcomes, Answers(joins=[offer]))
    assert [problem.code for problem in after[table].problems] == ["join-key-twice"]
    assert study_reading.read(bare).of_role("neighbourhoods")[0].join is None
