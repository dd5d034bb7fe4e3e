"""Values edited in the window's session: typed, kept beside the study, undone, found again after a kill."""

from __future__ import annotations

import json
import shutil
import tomllib

import geopandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import roles
from layers.problems import PucError
from layers.reference import Edit, Edits
from puc_tool.run import Outcome
from puc_tool.shelf import Shelf
from puc_tool.sources import edit_files
from puc_tool.studies import study_reading
from puc_tool.working import edit_keeping, edited_values
from puc_tool.working.edited_values import Spot
from puc_tool.working.journal import FOLDER
from puc_tool.working.lock import FILE as LOCK
from puc_tool.working.session import Session
from puc_tool.working.typed_value import value_of, words_of
from tests.puc_tool.keeper_worker import opened

FILE = "edits/neighbourhoods.toml"


def ended(study):
    """Make the lock that of a process that is no more, as a kill leaves it."""
    path = study / FOLDER / LOCK
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "started": "1"}), encoding="utf-8")


def entry(session: Session):
    return next(each for each in session.entries if each.ref.role == "neighbourhoods")


def spot(session: Session, row: int, field: str) -> Spot:
    return Spot(entry(session), row, roles.NEIGHBOURHOODS.field(field))


def type_in(session: Session, row: int, field: str, words: str) -> None:
    edited_values.edit(session, spot(session, row, field), words, "it")
    read_anew(session)


def read_anew(session: Session) -> None:
    for ref in session.unread:
        session.add(session.shelf.intake(ref))


def names(session: Session) -> list[str]:
    return entry(session).intake.layer["name"].tolist()


def test_that_an_edit_is_read_saved_beside_the_study_and_taken_back(town, hashes):
    before = hashes(town)
    keeper = opened(town)
    session = keeper.session
    first = names(session)[0]
    type_in(session, 0, "name", "Borgo Alto")
    type_in(session, 1, "population", "1.234,5")
    assert names(session)[0] == "Borgo Alto"
    assert entry(session).intake.layer["population"].tolist()[1] == 1234.5
    assert session.history.next_undo.it.startswith("Popolazione residente di ")
    assert session.history.next_undo.it.endswith(": vuoto → 1234,5")
    keeper.save()
    said = tomllib.loads((town / FILE).read_text(encoding="utf-8"))
    assert [{name: each.get(name) for name in ("row", "field", "before", "after")} for each in said["value"]] == [
        {"row": 0, "field": "name", "before": first, "after": "Borgo Alto"},
        {"row": 1, "field": "population", "before": None, "after": 1234.5},
    ]
    assert [each["known"]["code"] for each in said["value"]] == ["P", "L"]
    assert said["sha256"] == [before["data/borgo.gpkg"]]
    after = hashes(town)
    assert {name: after[name] for name in before} == before
    while session.history.done:
        session.history.undo()
    keeper.close()
    assert not (town / FILE).exists()
    assert names(opened(town).session)[0] == first


def test_that_the_command_line_reads_the_edited_layer_and_the_record_says_so(town, puc):
    assert puc("run", town, "soil-consumption").code == 0
    keeper = opened(town)
    type_in(keeper.session, 0, "name", "Borgo Alto")
    keeper.close()
    said = puc("check", town, "--json")
    assert said.problems["values-edited"]["message"] == "valori modificati a mano: 1, in un elemento."
    again = puc("run", town, "soil-consumption", "--json")
    assert again.content["ran"] == ["soil-consumption"]
    table = (town / "results" / "soil-consumption" / "by_neighbourhood.csv").read_text(encoding="utf-8")
    assert "Borgo Alto" in table
    record = json.loads((town / "results" / "soil-consumption" / "run.json").read_text(encoding="utf-8"))
    told = next(each for each in record["inputs"] if each["role"] == "neighbourhoods")["edits"]
    assert (told["file"], told["values"]) == (FILE, 1)
    assert "values-edited" in {each["code"] for each in record["problems"]}
    assert "values-edited" in {each["code"] for each in record["mends"]}
    assert puc("run", town, "soil-consumption", "--json").content["unchanged"] == ["soil-consumption"]


def test_that_verify_names_edits_that_were_made_since_and_a_pack_takes_them_along(town, puc, tmp_path):
    keeper = opened(town)
    type_in(keeper.session, 0, "name", "Borgo Alto")
    keeper.close()
    assert puc("run", town).code == 0
    assert puc("verify", town).code == 0
    assert puc("pack", town, tmp_path / "studio.zip").code == 0
    shutil.unpack_archive(tmp_path / "studio.zip", tmp_path / "altrove")
    assert (tmp_path / "altrove" / FILE).read_bytes() == (town / FILE).read_bytes()
    assert puc("verify", tmp_path / "altrove").code == 0
    (town / FILE).unlink()
    said = puc("verify", town, "--json")
    assert said.code == 1
    causes = [each["causes"] for each in said.content["items"] if each["analysis"] == "soil-consumption"]
    assert causes == [["le modifiche ai valori di «neighbourhoods» sono altre"]]


def test_that_results_count_as_not_run_after_an_edit_and_as_run_when_it_is_undone(town):
    keeper = opened(town)
    session = keeper.session
    outcome, _ = session.run()
    assert isinstance(outcome, Outcome)
    type_in(session, 0, "name", "Borgo Alto")
    keeper.save()
    assert not session.run()[0].is_unchanged
    session.history.undo()
    keeper.save()
    assert not session.run()[0].is_unchanged
    assert session.run()[0].is_unchanged


def test_that_after_a_kill_edits_stand_as_they_did_and_every_step_can_be_undone(town, hashes):
    before = hashes(town)
    killed = opened(town)
    for number, words in enumerate(["Uno", "Due", "Tre"]):
        type_in(killed.session, number % 2, "name", words)
        if number == 1:
            killed.save()
    killed.session.history.undo()
    read_anew(killed.session)
    ended(town)
    again = opened(town)
    assert names(again.session) == names(killed.session) == ["Uno", "Due"]
    assert again.session.is_read_only
    assert again.take_over()
    again.session.history.redo()
    read_anew(again.session)
    assert names(again.session) == ["Tre", "Due"]
    again.close()
    third = opened(town)
    assert names(third.session) == ["Tre", "Due"]
    edited_values.take_all_back(third.session, entry(third.session))
    third.close()
    after = hashes(town)
    assert {name: sum_ for name, sum_ in after.items() if not name.startswith((FOLDER, "view.toml"))} == before


def test_that_the_source_s_value_typed_again_takes_the_edit_back(town):
    keeper = opened(town)
    first = names(keeper.session)[0]
    type_in(keeper.session, 0, "name", "Altro")
    type_in(keeper.session, 0, "name", first)
    assert edit_keeping.edits(keeper.session.history.state) == {}
    type_in(keeper.session, 0, "name", first)
    assert len(keeper.session.history.done) == 2  # the same again is no step


def test_that_one_edit_is_taken_back_and_the_others_stay(town):
    session = opened(town).session
    first = names(session)[0]
    type_in(session, 0, "name", "Uno")
    type_in(session, 1, "name", "Due")
    edited_values.take_back(session, spot(session, 0, "name"))
    read_anew(session)
    assert names(session) == [first, "Due"]
    assert session.history.next_undo.it == f"Ripristina Nome di P: {first}"
    edited_values.take_back(session, spot(session, 1, "name"))
    assert edit_keeping.edits(session.history.state) == {}


def deliver_anew(town, change):
    """Write the neighbourhoods of the town as ``change`` of them says; the other table of the file stays."""
    path = town / "data" / "borgo.gpkg"
    layers = {name: geopandas.read_file(path, layer=name) for name in ("confine", "quartieri")}
    for name, layer in {**layers, "quartieri": change(layers["quartieri"])}.items():
        layer.to_file(path, layer=name, driver="GPKG")


def test_that_edits_follow_a_source_delivered_anew_and_the_first_new_one_binds_them_to_it(town, hashes):
    keeper = opened(town)
    first, second = names(keeper.session)
    type_in(keeper.session, 0, "name", "Uno")
    keeper.close()
    before = (town / FILE).read_bytes()
    deliver_anew(town, lambda layer: layer.iloc[::-1])
    again = opened(town)
    assert names(again.session) == [second, "Uno"]
    assert edited_values.edited(again.session, entry(again.session))[1, "name"].before == first
    assert (town / FILE).read_bytes() == before
    type_in(again.session, 0, "name", "Due")
    assert names(again.session) == ["Due", "Uno"]
    again.save()
    said = tomllib.loads((town / FILE).read_text(encoding="utf-8"))
    assert said["sha256"] == [hashes(town)["data/borgo.gpkg"]]
    assert [(each["row"], each["after"]) for each in said["value"]] == [(0, "Due"), (1, "Uno")]
    again.session.history.undo()
    read_anew(again.session)
    again.close()
    assert (town / FILE).read_bytes() == before


@pytest.fixture
def waits(town):
    """Return a window on the town in which an edit of a name waits, for the source says another name now."""
    keeper = opened(town)
    type_in(keeper.session, 0, "name", "Uno")
    keeper.close()
    deliver_anew(town, lambda layer: layer.assign(name=["Nuovo", "Dato"]))
    return opened(town)


def test_that_an_edit_whose_old_value_changed_waits_and_is_kept_whatever_else_is_edited(waits, town):
    session = waits.session
    assert names(session) == ["Nuovo", "Dato"]
    (waiting,) = edited_values.holding(session, entry(session)).waiting
    assert (waiting.why.name, waiting.now, waiting.edit.after) == ("CHANGED", "Nuovo", "Uno")
    type_in(session, 1, "name", "Due")
    assert names(session) == ["Nuovo", "Due"]
    type_in(session, 0, "name", "Tre")  # while the edit waits, the same value may be edited otherwise
    assert names(session) == ["Tre", "Due"]
    assert [each.edit.after for each in edited_values.holding(session, entry(session)).waiting] == ["Uno"]
    waits.close()
    assert "Uno" in (town / FILE).read_text(encoding="utf-8")


def test_that_a_waiting_edit_is_accepted_and_each_step_can_be_taken_back(waits, town):
    session, before = waits.session, (town / FILE).read_bytes()
    (waiting,) = edited_values.holding(session, entry(session)).waiting
    edited_values.accept(session, entry(session), waiting)
    read_anew(session)
    assert names(session) == ["Uno", "Dato"]
    assert session.history.next_undo.it == "Accetta la modifica Nome di P: Uno"
    assert edited_values.edited(session, entry(session))[0, "name"].before == "Nuovo"
    assert edited_values.holding(session, entry(session)).waiting == ()
    session.history.undo()
    read_anew(session)
    assert names(session) == ["Nuovo", "Dato"]
    waits.close()
    assert (town / FILE).read_bytes() == before


def test_that_a_waiting_edit_is_discarded_only_when_asked(waits, town):
    session = waits.session
    (waiting,) = edited_values.holding(session, entry(session)).waiting
    edited_values.discard(session, entry(session), waiting)
    read_anew(session)
    assert edited_values.holding(session, entry(session)).waiting == ()
    waits.close()
    assert not (town / FILE).exists()


def test_that_an_undone_accept_and_a_new_edit_before_the_layer_is_read_lose_nothing(waits):
    session = waits.session
    (waiting,) = edited_values.holding(session, entry(session)).waiting
    type_in(session, 1, "name", "Due")
    edited_values.accept(session, entry(session), edited_values.holding(session, entry(session)).waiting[0])
    session.history.undo()
    edited_values.edit(session, spot(session, 1, "name"), "Tre", "it")
    read_anew(session)
    assert names(session) == ["Nuovo", "Tre"]
    assert [each.edit.after for each in edited_values.holding(session, entry(session)).waiting] == [waiting.edit.after]


def test_that_the_record_of_a_run_tells_which_edits_hold_and_which_wait(waits, town, puc):
    waits.close()
    assert puc("run", town, "soil-consumption").code == 0
    record = json.loads((town / "results" / "soil-consumption" / "run.json").read_text(encoding="utf-8"))
    told = next(each for each in record["inputs"] if each["role"] == "neighbourhoods")["edits_followed"]
    waiting = {"feature": "P", "field": "name", "before": "Ponente", "after": "Uno", "why": "value-changed"}
    assert told == {"applied": 0, "found_again": 0, "not_applied": [waiting]}
    assert "edit-not-followed" in {each["code"] for each in record["problems"]}
    assert puc("verify", town).code == 0


def test_that_a_second_window_may_not_edit(town):
    first, second = opened(town), opened(town)
    with pytest.raises(PucError) as refused:
        type_in(second.session, 0, "name", "Due")
    assert refused.value.problems[0].code == "edit-read-only"
    type_in(first.session, 0, "name", "Uno")
    edited_values.take_back(second.session, spot(second.session, 0, "name"))
    assert names(first.session)[0] == "Uno"


def test_that_a_file_of_edits_that_somebody_else_changed_meanwhile_stays_theirs(town):
    keeper = opened(town)
    type_in(keeper.session, 0, "name", "Uno")
    keeper.save()
    theirs = (town / FILE).read_text(encoding="utf-8").replace("Uno", "Loro")
    (town / FILE).write_text(theirs, encoding="utf-8")
    type_in(keeper.session, 0, "name", "Due")
    assert not keeper.save()
    assert (town / FILE).read_text(encoding="utf-8") == theirs


def test_that_a_file_nobody_understands_refuses_its_layer_and_is_left_alone(town, puc):
    (town / "edits").mkdir()
    (town / FILE).write_text("version = 1\nsha256 = []\n", encoding="utf-8")
    assert puc("check", town, "--json").problems["edits-unreadable"]["severity"] == "error"
    keeper = opened(town)
    assert entry(keeper.session).intake.layer is None
    keeper.close()
    assert (town / FILE).read_text(encoding="utf-8") == "version = 1\nsha256 = []\n"


def twice_first(layer):
    """Return a layer that begins with a copy of its first feature."""
    return layer.iloc[[0, 0, 1]]


def test_that_a_mend_and_edits_live_together_and_each_is_taken_back(town, puc):
    deliver_anew(town, twice_first)
    keeper = opened(town)
    path = town / FILE
    (town / "edits").mkdir()
    sums = keeper.session.shelf.sha256(next(ref for ref in keeper.session.study.layers if ref.role == "neighbourhoods"))
    path.write_text(edit_files.text(Edits(sums, (Edit(2, "name", "Levante", "Due"),))), encoding="utf-8")
    keeper.close()
    before = path.read_bytes()
    assert puc("mend", town, "neighbourhoods", "--apply", "dedupe").code == 0
    mended = opened(town)
    assert names(mended.session) == ["Ponente", "Due"]  # row 2 of the source is row 1 of the copy
    assert path.read_bytes() == before
    type_in(mended.session, 0, "name", "Uno")
    assert names(mended.session) == ["Uno", "Due"]
    mended.session.history.undo()
    mended.close()
    assert puc("run", town, "soil-consumption").code == 0
    record = json.loads((town / "results" / "soil-consumption" / "run.json").read_text(encoding="utf-8"))
    told = next(each for each in record["inputs"] if each["role"] == "neighbourhoods")
    assert told["mended"]["mends"] == ["dedupe"]
    assert told["edits_followed"]["applied"] == 1
    assert puc("mend", town, "neighbourhoods", "--undo").code == 0
    assert path.read_bytes() == before


def test_that_an_edit_without_a_mark_of_a_feature_that_a_mend_takes_out_waits(town, puc):
    deliver_anew(town, twice_first)
    study = study_reading.read(town)
    sums = Shelf(study).sha256(study.of_role("neighbourhoods")[0])
    (town / "edits").mkdir()
    (town / FILE).write_text(edit_files.text(Edits(sums, (Edit(1, "name", "Ponente", "Uno"),))), encoding="utf-8")
    assert puc("mend", town, "neighbourhoods", "--apply", "dedupe").code == 0
    assert "edits-stale" in puc("check", town, "--json").problems  # made without a mark: nobody says which it was
    assert "Uno" in (town / FILE).read_text(encoding="utf-8")


UT, SE = (roles.DISTRICTS.field(name) for name in ("ut_m2_m2", "se_pct"))


@pytest.mark.parametrize(
    ("words", "lang", "value"),
    [
        ("0,35", "it", 0.35), ("0.350", "it", 0.35), ("0.350", "en", 0.35), ("1.250", "en", 1.25),
        ("1,250", "it", 1.25), ("1.234,5", "it", 1234.5), ("1.234.567", "it", 1234567.0),
        ("12 m²/m²", "it", 12.0), ("1,234.5", "en", 1234.5), (" ", "it", None),
    ],
)  # fmt: skip
def test_that_numbers_are_taken_with_either_sign_of_decimals(words, lang, value):
    assert value_of(roles.DISTRICTS, UT, words, lang) == value


@pytest.mark.parametrize(("words", "lang", "way"), [("1.250", "it", "1,250 o 1250"), ("1,250", "en", "1.250 o 1250")])
def test_that_a_number_that_reads_in_two_ways_is_asked_for_again(words, lang, way):
    with pytest.raises(PucError) as refused:
        value_of(roles.DISTRICTS, UT, words, lang)
    assert refused.value.problems[0].remedy.it == f"Scrivere {way}."


@pytest.mark.parametrize("words", ["abc", "1e400", "nan", "inf", "-1", "1,2,3", "0x10"])
def test_that_what_is_no_number_of_the_field_is_refused_in_a_sentence(words):
    with pytest.raises(PucError) as refused:
        value_of(roles.DISTRICTS, SE, words, "it")
    problem = refused.value.problems[0]
    assert problem.where.it == "Distretti di trasformazione, Superficie edificabile Se"
    assert problem.remedy.it == "Serve un numero fra 0 e 100\u202f%."


def test_that_a_code_is_taken_in_any_spelling_and_kept_in_the_official_one():
    kind = roles.DISTRICTS.field("index_kind")
    assert value_of(roles.DISTRICTS, kind, "IUT", "it") == "ut"
    with pytest.raises(PucError) as refused:
        value_of(roles.DISTRICTS, kind, "altro", "it")
    assert refused.value.problems[0].remedy.it == "Valgono: ut, it."


@given(st.floats(0, 1e9, allow_nan=False), st.sampled_from(["it", "en"]))
def test_that_what_a_cell_shows_to_be_typed_again_means_its_value(value, lang):
    shown = words_of(round(value, 6), lang)
    assert value_of(roles.DISTRICTS, UT, shown, lang) == pytest.approx(value, abs=1e-6)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
VALUES = st.one_of(st.none(), TEXTS, st.floats(allow_nan=False, allow_infinity=False))
ROWS = st.dictionaries(st.tuples(st.integers(0, 10**7), TEXTS), st.tuples(VALUES, VALUES), max_size=6)


@given(ROWS, st.lists(TEXTS, min_size=1, max_size=2))
def test_that_a_file_of_edits_says_what_was_written(tmp_path_factory, values, hashes):
    folder = tmp_path_factory.mktemp("studio")
    found = Edits(tuple(hashes), edit_files.in_order(Edit(*at, *both) for at, both in values.items()))
    (folder / "edits").mkdir()
    (folder / FILE).write_bytes(edit_files.text(found).encode())
    assert edit_files.read(folder) == {("neighbourhoods", None): found}
    # The state of a history holds the same.
    if hashes != [""]:
        assert edit_keeping.edits(edit_keeping.read(folder)) == {("neighbourhoods", None): found}


def test_that_a_session_on_a_study_alone_has_its_edits(town):
    keeper = opened(town)
    type_in(keeper.session, 0, "name", "Uno")
    keeper.close()
    study = study_reading.read(town)
    assert Session(study, keeper.session.analysis).study.layers == study.layers


def test_that_edits_of_no_layer_change_nothing(town):
    (town / "edits").mkdir()
    for name in ("nessuno.toml", "zoning-x.toml", "neighbourhoods-2003.toml", "elenco.txt"):
        (town / "edits" / name).write_text("?", encoding="utf-8")
    study = study_reading.read(town)
    assert [ref.edits for ref in study.layers] == [None] * 4
    assert Shelf(study).intake(study.of_role("neighbourhoods")[0]).layer is not None
