"""Layers added and mended in the window: one change of the history each, in ``study.toml`` byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import shapely

from layers.reference import LayerRef
from puc_tool.intake import layer_adding
from puc_tool.mends import mending
from puc_tool.studies import study_reading
from puc_tool.study import FILE
from puc_tool.working import layer_changes
from puc_tool.working.journal import FOLDER
from puc_tool.working.keeper import Keeper
from puc_tool.working.lock import FILE as LOCK
from tests.puc_tool.conftest import SOUTH, STUDY, WEST
from tests.puc_tool.keeper_worker import opened

PARKS = LayerRef("green", "data/verde.gpkg", "parchi", fields={"name": "NOME"})
ENTRY = """\
[[layer]]
role = "green"
source = "data/verde.gpkg"
layer = "parchi"
fields = {name = "NOME"}
"""


def parks(study: Path) -> None:
    """Write two parks of one hectare each, the second in both of two copies."""
    boxes = [shapely.box(WEST + left, SOUTH, WEST + left + 100, SOUTH + 100) for left in (100, 600, 600)]
    frame = geopandas.GeoDataFrame({"NOME": ["Levante", "Ponente", "Ponente"]}, geometry=boxes, crs=3035)
    frame.to_file(study / "data" / "verde.gpkg", layer="parchi", driver="GPKG")


def added(study: Path) -> Keeper:
    parks(study)
    keeper = opened(study)
    keeper.session.put_layer(PARKS)
    read_anew(keeper)
    return keeper


def read_anew(keeper: Keeper) -> None:
    for ref in keeper.session.unread:
        keeper.session.add(keeper.session.shelf.intake(ref))


def mended(keeper: Keeper) -> None:
    session = keeper.session
    ref = session.study.of_role("green")[0]
    done = mending.mended_copy(session.study, ref, layer_changes.stated(ref), {"dedupe": ()})
    session.put_mended(done.ref, done.entry)
    read_anew(keeper)


def features(keeper: Keeper) -> list[int | None]:
    return [entry.intake.features for entry in keeper.session.entries if entry.ref.role == "green"]


def ended(study: Path) -> None:
    path = study / FOLDER / LOCK
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "started": "1"}), encoding="utf-8")


def text(study: Path) -> str:
    return (study / FILE).read_text(encoding="utf-8")


def test_that_an_added_layer_is_shown_saved_behind_the_others_and_taken_back(town):
    keeper = added(town)
    assert features(keeper) == [3]
    assert keeper.session.history.next_undo.it == "Aggiungi Verde"
    keeper.save()
    assert text(town) == f"{STUDY}\n{ENTRY}"
    keeper.session.history.undo()
    assert features(keeper) == []
    keeper.close()
    assert text(town) == STUDY


def test_that_a_layer_in_the_place_of_another_gives_the_other_back_with_its_comment(town):
    keeper = opened(town)
    other = LayerRef("neighbourhoods", "data/borgo.gpkg", "confine")
    keeper.session.put_layer(other)
    assert keeper.session.history.next_undo.it == "Sostituisci Quartieri"
    assert keeper.session.unread == (other,)
    keeper.save()
    assert 'layer = "quartieri"' not in text(town)
    keeper.session.history.undo()
    assert keeper.session.unread == ()
    keeper.close()
    assert text(town) == STUDY


def test_that_a_layer_taken_out_and_added_again_is_in_the_study(town):
    keeper = added(town)
    keeper.session.remove(next(row for row, each in enumerate(keeper.session.entries) if each.ref == PARKS))
    keeper.save()
    assert text(town) == STUDY
    keeper.session.put_layer(PARKS)
    keeper.save()
    assert text(town) == f"{STUDY}\n{ENTRY}"


def test_that_a_mending_is_a_step_and_its_copy_stays_for_doing_it_again(town):
    keeper = added(town)
    mended(keeper)
    assert (features(keeper), keeper.session.history.next_undo.it) == ([2], "Rimedia Verde")
    keeper.save()
    assert study_reading.read(town).of_role("green")[0].source == "data/mended/green.gpkg"
    keeper.session.history.undo()
    read_anew(keeper)
    assert features(keeper) == [3]
    keeper.session.history.redo()
    read_anew(keeper)
    assert features(keeper) == [2]


def test_that_after_a_kill_added_and_mended_layers_are_as_they_were_and_can_be_taken_back(town):
    killed = added(town)
    mended(killed)
    ended(town)
    again = opened(town)
    assert features(again) == [2]
    assert again.session.history.done == killed.session.history.done
    again.take_over()
    again.session.history.undo()
    read_anew(again)
    assert features(again) == [3]
    again.session.history.undo()
    again.close()
    assert text(town) == STUDY


def copies(study: Path) -> list[str]:
    return sorted(path.name for path in (study / "data" / "mended").glob("*"))


def test_that_the_copy_of_a_mend_taken_back_goes_once_nothing_can_bring_it_back(town, hashes):
    keeper = added(town)
    before = hashes(town / "data")
    mended(keeper)
    keeper.save()
    keeper.session.history.undo()
    read_anew(keeper)
    keeper.save()
    assert copies(town) == ["green.gpkg", "green.json"]  # it may be done again
    keeper.session.rename(0, "Altro")
    keeper.save()
    assert copies(town) == []
    keeper.close()
    assert hashes(town / "data") == before


def test_that_closing_after_a_mend_was_taken_back_takes_its_copy_away_and_a_kill_does_not(town):
    killed = added(town)
    mended(killed)
    killed.session.history.undo()
    killed.save()
    ended(town)
    again = opened(town)
    again.close()  # another window's, not taken over: nothing is touched
    assert copies(town) == ["green.gpkg", "green.json"]
    third = opened(town)
    third.take_over()
    third.session.history.redo()
    read_anew(third)
    assert features(third) == [2]
    third.session.history.undo()
    third.close()
    assert copies(town) == []


def test_that_a_copy_being_written_anew_is_not_taken_away_before_a_step_names_it(town):
    keeper = added(town)
    mended(keeper)
    keeper.session.history.undo()
    read_anew(keeper)
    keeper.session.rename(0, "Altro")
    session = keeper.session
    ref = session.study.of_role("green")[0]
    done = mending.mended_copy(session.study, ref, layer_changes.stated(ref), {"dedupe": ()})
    keeper.save()
    assert copies(town) == ["green.gpkg", "green.json"]
    session.put_mended(done.ref, done.entry)
    keeper.close()
    assert copies(town) == ["green.gpkg", "green.json"]


def test_that_a_copy_that_is_in_use_or_was_changed_by_hand_stays(town):
    keeper = added(town)
    mended(keeper)
    keeper.close()
    assert copies(town) == ["green.gpkg", "green.json"]
    other = opened(town)
    read_anew(other)
    other.session.put_layer(PARKS)
    other.session.history.undo()
    other.close()
    assert copies(town) == ["green.gpkg", "green.json"]
    third = opened(town)
    third.session.put_layer(PARKS)
    (town / "data" / "mended" / "green.gpkg").write_bytes(b"mine now")
    third.close()
    assert copies(town) == ["green.gpkg", "green.json"]


def test_that_mending_from_the_command_line_takes_back_what_the_window_mended(town):
    keeper = added(town)
    mended(keeper)
    keeper.close()
    study = study_reading.read(town)
    mending.undo(study, study.of_role("green")[0])
    assert study_reading.read(town).of_role("green") == (PARKS,)


def test_that_a_journal_s_garbled_entry_is_passed_over(town):
    state = {("entry", "green", ""): "[[layer]]\nrole = 'zoning'\nsource = 'x.gpkg'", ("entry", "x", ""): "no"}
    assert layer_changes.written(STUDY, state) == STUDY
    study = study_reading.read(town)
    assert layer_changes.arranged(study, state).layers == study.layers


def test_that_a_file_offers_the_roles_it_may_play_and_a_mere_reference_last(town):
    parks(town)
    shelf = opened(town).session.shelf
    found = layer_adding.offers(shelf, town / "data" / "verde.gpkg")
    assert "green" in [offer.ref.role for offer in found]
    assert found[-1].ref == LayerRef("reference", "data/verde.gpkg", "parchi")
    intake = layer_adding.taken(shelf, next(offer for offer in found if offer.ref.role == "green"))
    assert intake.features == 3


def test_that_nobody_adds_or_mends_in_a_study_that_another_window_has(town):
    first = added(town)
    second = opened(town)
    second.session.put_layer(PARKS)
    assert second.session.history.done == ()
    first.close()
