"""The one road of every run: refuse with every reason, or compute, write aside, and put in place as one."""

from __future__ import annotations

import dataclasses
import errno
import os
import shutil

import pytest

from analyses import soil_consumption
from analyses.progress import Cancelled, silent
from analyses.soil.params import SoilParams
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers import write
from layers.problems import PucError
from layers.reference import LayerRef
from layers.text import Text
from puc_tool import provenance, results, run
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

NOBODY = 2**22 + 1  # no process has such a number
FILES = {
    "figures.json",
    "by_commune.csv",
    "by_neighbourhood.csv",
    "crossed.csv",
    "path_2050.csv",
    "transition.csv",
    "transition.tif",
    "tables.xlsx",
    "layers.gpkg",
    "run.json",
}


@pytest.fixture
def compute(town):
    """Run the borough's soil consumption; anew each time, as another command would."""

    def once(folder=town, **options):
        params = options.pop("params", SoilParams())
        return run.run(SOIL_CONSUMPTION, Shelf(study_reading.read(folder)), params, **options)

    return once


@pytest.fixture
def must_not_compute(monkeypatch):
    def computed(*args, **words):
        pytest.fail("computed again")

    return dataclasses.replace(SOIL_CONSUMPTION, run=computed)


def lie(town):
    return town / "results" / "soil-consumption"


def test_that_a_run_writes_exactly_the_files_of_the_contract(compute, town):
    outcome = compute()
    assert outcome.folder == lie(town)
    assert not outcome.is_unchanged
    assert {path.name for path in lie(town).iterdir()} == FILES
    assert {path.name for path in (town / "results").iterdir()} == {"soil-consumption", ".sources.zip"}


def test_that_an_unchanged_run_is_not_computed_again(compute, town, must_not_compute, hashes):
    compute()
    before = hashes(town)
    outcome = run.run(must_not_compute, Shelf(study_reading.read(town)), SoilParams())
    assert outcome.is_unchanged
    assert hashes(town) == before


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("study.toml", lambda path: path.write_text(path.read_text().replace("2023 = 1100", "2023 = 1200"))),
        ("data/suolo_2023.tif", lambda path: shutil.copy(path.with_name("suolo_2012.tif"), path)),
        ("results/soil-consumption/by_commune.csv", lambda path: path.write_text("code\n")),
        ("results/soil-consumption/layers.gpkg", lambda path: path.unlink()),
        ("results/soil-consumption/run.json", lambda path: path.write_text("{")),
        ("results/soil-consumption/run.json", lambda path: path.unlink()),
    ],
)
def test_that_a_change_of_input_or_output_is_computed_again(compute, town, file, change):
    compute()
    change(town / file)
    assert not compute().is_unchanged
    assert compute().is_unchanged


def test_that_other_parameters_are_computed_again(compute):
    compute()
    assert not compute(params=SoilParams(year_from=2023)).is_unchanged


def test_that_a_file_the_new_run_does_not_give_goes_and_the_users_own_stays(compute, town):
    compute()
    (lie(town) / "appunti.txt").write_text("mio")
    (lie(town) / "by_zone.csv").write_text("mio anche questo")
    compute(params=SoilParams(year_from=2023, year_to=2023))
    assert not (lie(town) / "transition.csv").exists(), "one year has no transitions"
    assert (lie(town) / "appunti.txt").read_text() == "mio"
    assert (lie(town) / "by_zone.csv").read_text() == "mio anche questo"


def test_that_a_record_from_elsewhere_cannot_make_us_delete_a_file(compute, town):
    compute()
    record = lie(town) / "run.json"
    record.write_text(record.read_text().replace('"transition.csv"', '"../../study.toml"'))
    (town / "data" / "suolo_2023.tif").unlink()
    document = (town / "study.toml").read_text()
    (town / "study.toml").write_text(document[: document.rindex("[[layer]]")])
    compute()
    assert (town / "study.toml").is_file()


@pytest.mark.parametrize("name", sorted(FILES))
def test_that_a_disk_full_at_any_file_leaves_the_earlier_results_as_they_were(compute, town, monkeypatch, hashes, name):
    compute()
    before = hashes(town)
    sync = write._sync
    tried = []

    def full(path):
        if path.name.replace(f".{os.getpid()}.part", "") == name:
            tried.append(name)
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(path)

    monkeypatch.setattr(write, "_sync", full)
    with pytest.raises(PucError) as caught:
        compute(params=SoilParams(year_from=2012))
    (problem,) = caught.value.problems
    assert problem.code == "cannot-write"
    assert "il disco è pieno" in problem.message.it
    assert problem.remedy
    assert tried == [name]
    assert hashes(town) == before
    assert results.read_figures(lie(town))["suolo_consumato_ha"]["value"] == pytest.approx(5.0)


def test_that_a_folder_that_cannot_be_made_is_a_sentence(compute, town, hashes):
    (town / "results").write_text("a file where a folder should be")
    before = hashes(town)
    with pytest.raises(PucError) as caught:
        compute()
    assert [problem.code for problem in caught.value.problems] == ["cannot-write"]
    assert hashes(town) == before


@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
@pytest.mark.parametrize("after", [0.0, 0.4, 0.8])
def test_that_stopping_a_run_leaves_the_earlier_results_as_they_were(compute, town, hashes, stop, after):
    compute()
    before = hashes(town)

    def impatient(share, message):
        if share >= after:
            raise stop

    with pytest.raises(stop):
        compute(params=SoilParams(year_from=2012), report=impatient)
    assert hashes(town) == before


def test_that_stopping_while_files_are_written_leaves_nothing_behind(compute, town, hashes, monkeypatch):
    compute()
    before = hashes(town)

    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "geopackage", stopped)
    with pytest.raises(KeyboardInterrupt):
        compute(params=SoilParams(year_from=2012))
    assert hashes(town) == before
    assert list(town.rglob("*.part*")) == []


def test_that_what_a_killed_run_left_is_taken_away_by_the_next(compute, town):
    remains = town / "results" / f".soil-consumption.{NOBODY}.part"
    remains.mkdir(parents=True)
    (remains / f"figures.{NOBODY}.part.json").write_text("{")
    compute()
    assert {path.name for path in (town / "results").iterdir()} == {"soil-consumption", ".sources.zip"}


def test_that_what_another_run_is_writing_at_the_same_time_is_left_alone(compute, town):
    others = town / "results" / f".soil-consumption.{os.getppid()}.part"
    others.mkdir(parents=True)
    (others / "figures.json").write_text("{}")
    compute()
    assert [path.name for path in others.iterdir()] == ["figures.json"]


def test_that_every_error_is_told_and_not_the_first_alone(compute, town):
    (town / "data" / "suolo_2012.tif").unlink()
    (town / "data" / "suolo_2023.tif").write_bytes(b"no raster")
    with pytest.raises(PucError) as caught:
        compute()
    assert {problem.code for problem in caught.value.problems} == {"source-missing", "source-broken"}


def test_that_a_refused_run_leaves_the_earlier_results_as_they_were(compute, town, hashes):
    compute()
    (town / "data" / "suolo_2023.tif").unlink()
    before = hashes(town)
    with pytest.raises(PucError, match=r"suolo_2023\.tif"):
        compute()
    assert hashes(town) == before


def test_that_a_bug_leaves_the_earlier_results_as_they_were(compute, town, hashes, monkeypatch):
    compute()
    before = hashes(town)

    def broken(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(soil_consumption, "ground_of", broken)
    with pytest.raises(ZeroDivisionError):
        compute(params=SoilParams(year_from=2012))
    assert hashes(town) == before


def test_that_what_is_lacking_is_said_by_name(town):
    bare = dataclasses.replace(study_reading.read(town), layers=())
    reason = run.lacking(SOIL_CONSUMPTION, bare)
    assert reason.it == "manca: Confine comunale; Consumo di suolo (ISPRA) o Uso del suolo."
    assert not run.lacking(SOIL_CONSUMPTION, study_reading.read(town))
    (problem,) = run.problems(SOIL_CONSUMPTION, Shelf(bare), SoilParams())
    assert problem.code == "role-lacking"


def test_that_what_a_form_shows_in_red_is_what_stops_the_run(compute, town):
    params = SoilParams(year_from=2023, year_to=2012)
    shown = run.problems(SOIL_CONSUMPTION, Shelf(study_reading.read(town)), params)
    with pytest.raises(PucError) as caught:
        compute(params=params)
    assert tuple(shown) == caught.value.problems
    assert [problem.code for problem in shown] == ["years-backwards"]


def test_that_this_runs_own_settings_win_over_the_studys(town):
    with (town / "study.toml").open("a") as stream:
        stream.write("\n[analysis.soil-consumption]\nyear_from = 2012\nyear_to = 2012\n")
    study = study_reading.read(town)
    assert run.settings(SOIL_CONSUMPTION, study, {}) == (SoilParams(2012, 2012), [])
    assert run.settings(SOIL_CONSUMPTION, study, {"year_to": "2023"}) == (SoilParams(2012, 2023), [])


def test_that_results_can_be_written_elsewhere(compute, town, tmp_path, hashes):
    before = hashes(town)
    outcome = compute(to=tmp_path / "altrove")
    assert outcome.folder == tmp_path / "altrove" / "soil-consumption"
    assert {path.name for path in outcome.folder.iterdir()} == FILES
    assert hashes(town) == before
    assert compute(to=tmp_path / "altrove").is_unchanged


def test_that_a_folder_with_other_peoples_files_is_refused(compute, tmp_path, hashes):
    theirs = tmp_path / "foto"
    (theirs / "mare").mkdir(parents=True)
    (theirs / "mare" / "lerici.txt").write_text("…")
    before = hashes(theirs)
    with pytest.raises(PucError) as caught:
        compute(to=theirs)
    assert [problem.code for problem in caught.value.problems] == ["folder-not-ours"]
    assert hashes(theirs) == before


def test_that_the_report_goes_forward_from_start_to_end(compute):
    told = []
    compute(report=lambda share, message: told.append((share, message)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert all(0.0 <= share <= 1.0 for share in shares)
    assert all(isinstance(message, Text) and message.it and message.en for _, message in told)


def test_that_a_source_that_changes_place_with_its_study_does_not_change_the_key(town, tmp_path):
    study = study_reading.read(town)
    moved = study_reading.read(shutil.copytree(town, tmp_path / "altrove" / "borgo"))
    keys = [provenance.key(each, SOIL_CONSUMPTION.id, {}, tuple(ref for ref in each.layers)) for each in (study, moved)]
    assert keys[0] == keys[1]


def test_that_a_layer_gone_missing_has_no_key_and_so_no_results_that_pass_for_right(compute, town):
    compute()
    study = study_reading.read(town)
    lost = dataclasses.replace(study, layers=(*study.layers, LayerRef("zoning", "data/perso.gpkg")))
    with pytest.raises(PucError, match=r"perso\.gpkg"):
        run.run(SOIL_CONSUMPTION, Shelf(lost), SoilParams(), report=silent)
