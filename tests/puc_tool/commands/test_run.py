"""run: what can be computed is, the rest is named with its reason."""

from __future__ import annotations

import dataclasses
import json

import pytest

from analyses import registry
from analyses.progress import Cancelled
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.problems import errors
from puc_tool.commands import run as command
from puc_tool.console import Console
from puc_tool.studies import study_reading


@pytest.fixture
def results(town):
    return town / "results" / "soil-consumption"


def years(results):
    """Return the years a run was asked for, from its record."""
    recorded = json.loads((results / "run.json").read_text(encoding="utf-8"))["parameters"]
    return recorded["year_from"], recorded["year_to"]


def test_that_scripts_get_what_ran_what_did_not_change_and_what_was_not_run(puc, town):
    for name in ("ran", "unchanged"):
        said = puc("run", town, "--json")
        assert said.code == 0
        content = said.content
        assert {each["severity"] for each in content["problems"]} <= {"info"}
        assert {key: content[key] for key in ("ran", "unchanged")} == {
            "ran": [],
            "unchanged": [],
            name: ["soil-consumption"],
        }
        assert {each["analysis"] for each in content["not_run"]} == set(registry.BY_ID) - {"soil-consumption"}


def test_that_people_are_told_that_nothing_was_computed_again(puc, town, monkeypatch):
    assert puc("run", town, "soil-consumption").out == "Consumo di suolo: calcolo fatto.\n"

    def computed(**words):
        pytest.fail("computed again")

    monkeypatch.setattr(registry, "ALL", (dataclasses.replace(SOIL_CONSUMPTION, run=computed),))
    monkeypatch.setattr(registry, "BY_ID", {each.id: each for each in registry.ALL})
    for words in ((), ("soil-consumption",)):
        assert puc("run", town, *words).out == "Consumo di suolo: nulla è cambiato, calcolo non rifatto.\n"
    assert puc("run", town, "--lang", "en").out == "Soil consumption: unchanged, not computed again.\n"


def test_that_without_names_what_lacks_a_role_is_named_with_the_reason(puc, town):
    for year in (2012, 2023):
        puc("remove", town, "soil_consumption", "--year", year)
    said = puc("run", town, "--json")
    assert said.code == 0
    content = said.content
    assert [content[key] for key in ("ran", "unchanged", "problems")] == [[], [], []]
    why = {each["analysis"]: each["why"] for each in content["not_run"]}
    assert list(why) == list(registry.BY_ID)
    assert why["soil-consumption"] == "manca: Consumo di suolo (ISPRA) o Uso del suolo."
    assert not (town / "results").exists()


def test_that_an_analysis_asked_for_by_name_is_refused_if_it_lacks_a_role(refused, town, puc):
    puc("remove", town, "boundary")
    problem = refused("run", town, "soil-consumption")
    assert problem["code"] == "role-lacking"
    assert "puc-tool add" in problem["remedy"]


def test_that_a_setting_holds_for_this_run_and_is_recorded(puc, town, results):
    before = (town / "study.toml").read_bytes()
    assert puc("run", town, "--set", "soil-consumption.year_from=2023").code == 0
    assert years(results) == (2023, None)
    assert (town / "study.toml").read_bytes() == before
    assert puc("run", town, "--json").content["ran"] == ["soil-consumption"], "the next run has its own settings"
    assert years(results) == (None, None)


def test_that_a_setting_wins_over_the_studys_own(puc, town, results):
    with (town / "study.toml").open("a") as stream:
        stream.write("\n[analysis.soil-consumption]\nyear_from = 2012\nyear_to = 2012\n")
    puc("run", town, "--set", "soil-consumption.year_to=2023")
    assert years(results) == (2012, 2023)


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("soil-consumption.year_from=1850", "parameter-out-of-bounds"),
        ("soil-consumption.year_from=ieri", "parameter-unreadable"),
        ("soil-consumption.colour=red", "parameter-unknown"),
        ("soil-consumption.year_from=2018", "year-missing"),
    ],
)
def test_that_a_setting_that_cannot_be_is_refused(refused, town, setting, code):
    assert refused("run", town, "--set", setting)["code"] == code
    assert not (town / "results").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("--set", "year_from=2012"),
        ("--set", "nonsense.year_from=2012"),
        ("--set", "soil-consumption.year_from"),
    ],
)
def test_that_words_that_name_nothing_are_wrong_usage(puc, town, words):
    assert puc("run", town, *words).code == 2


def test_that_an_analysis_named_twice_runs_once(puc, town):
    assert puc("run", town, "soil-consumption", "soil-consumption", "--json").content["ran"] == ["soil-consumption"]


def test_that_results_go_elsewhere_if_asked(puc, town, tmp_path):
    assert puc("run", town, "--to", tmp_path / "altrove").code == 0
    assert (tmp_path / "altrove" / "soil-consumption" / "figures.json").is_file()
    assert not (town / "results").exists()


def test_that_results_are_not_mixed_with_other_peoples_files(refused, town, tmp_path, hashes):
    (tmp_path / "foto").mkdir()
    (tmp_path / "foto" / "lerici.jpg").write_bytes(b"\xff\xd8")
    before = hashes(tmp_path)
    assert refused("run", town, "--to", tmp_path / "foto")["code"] == "folder-not-ours"
    assert hashes(tmp_path) == before


def test_that_jobs_are_recorded_and_change_nothing_else(puc, town, tmp_path, hashes):
    for jobs in (1, 2):
        assert puc("run", town, "--to", tmp_path / str(jobs), "--jobs", jobs).code == 0
    one, two = (dict(hashes(tmp_path / str(jobs) / "soil-consumption")) for jobs in (1, 2))
    del one["run.json"], two["run.json"]
    assert one == two
    record = json.loads((tmp_path / "2" / "soil-consumption" / "run.json").read_text(encoding="utf-8"))
    assert record["jobs"] == 2


@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_that_stopping_in_the_middle_is_130_and_earlier_results_stay(puc, town, hashes, monkeypatch, stop):
    puc("run", town)
    before = hashes(town)
    told = []

    def impatient(console, share, message):
        told.append(share)
        if share > 0.1:
            raise stop

    monkeypatch.setattr(Console, "report", impatient)
    said = puc("run", town, "--set", "soil-consumption.year_from=2012", "--json")
    assert said.code == 130
    assert list(said.problems) == ["cancelled"]
    assert told
    assert hashes(town) == before


def test_that_a_bug_in_the_middle_is_3_and_earlier_results_stay(puc, town, hashes, monkeypatch):
    puc("run", town)
    before = hashes(town)

    def broken(*args, **words):
        raise ZeroDivisionError

    monkeypatch.setattr("analyses.zonal.zonal_transitions", broken)
    said = puc("run", town, "--set", "soil-consumption.year_from=2012")
    assert said.code == 3
    assert "Traceback" not in said.out + said.err
    assert hashes(town) == before


def test_that_one_analysis_refused_does_not_keep_the_others_from_running(town, monkeypatch):
    other = dataclasses.replace(SOIL_CONSUMPTION, id="soil-again")
    with (town / "study.toml").open("a") as stream:
        stream.write("\n[analysis.soil-consumption]\nyear_from = 2018\n")
    answer = command.run_all(study_reading.read(town), (SOIL_CONSUMPTION, other), Console(quiet=True))
    assert answer.content["ran"] == ["soil-again"]
    assert answer.content["not_run"] == [{"analysis": "soil-consumption", "why": "per gli errori detti."}]
    assert [problem.code for problem in errors(answer.problems)] == ["year-missing"]


def test_that_quiet_says_nothing_when_all_is_well_and_errors_when_not(puc, town):
    said = puc("run", town, "--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")
    (town / "data" / "suolo_2012.tif").unlink()
    said = puc("run", town, "--quiet")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("✗ suolo_2012.tif: ")
