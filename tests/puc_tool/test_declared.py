"""Results of an earlier state of the tool lack what it reads today: it says what, goes on, and a new run mends it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analyses.result import Column, FigureSpec, TableSpec
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.problems import PucError
from layers.text import Text
from puc_tool import declared
from puc_tool.studies import study_reading
from puc_tool.working.session import Session
from puc_tool.written import written

NEW = Column("new_m2", Text("Colonna nuova", "New column"), "m²", 6)


@pytest.fixture
def ran(town, puc):
    assert puc("run", town, "soil-consumption").code == 0
    return town


def folder_of(town):
    return town / "results" / "soil-consumption"


def rewrite(town, change):
    """Let ``change`` work on the record of the run."""
    path = folder_of(town) / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")


def age(town):
    """Make the results those of a state of the tool that had not yet the column «restored_m2» of neighbourhoods."""
    rewrite(town, lambda record: record["declared"]["tables"]["by_neighbourhood"].remove("restored_m2"))


def with_column(analysis):
    first, *others = analysis.tables
    return replace(analysis, tables=(replace(first, columns=(*first.columns, NEW)), *others))


def missing(town, analysis=SOIL_CONSUMPTION):
    record = json.loads((folder_of(town) / "run.json").read_text(encoding="utf-8"))
    return [each.en for each in declared.lacking(analysis, folder_of(town), record)]


def test_that_what_the_inputs_did_not_allow_is_not_lacking(ran):
    assert not (folder_of(ran) / "by_zone.csv").exists()
    assert missing(ran) == []


def test_that_what_is_declared_since_the_run_is_named(ran):
    title = SOIL_CONSUMPTION.tables[0].title.en
    assert missing(ran, with_column(SOIL_CONSUMPTION)) == [f"the column “New column” of “{title}”"]
    table = TableSpec("newer", Text("Tabella nuova", "New table"), (NEW,))
    figure = FigureSpec("newer", Text("Cifra nuova", "New figure"), "m2", 0, "count")
    more = replace(SOIL_CONSUMPTION, tables=(*SOIL_CONSUMPTION.tables, table),
                   figures=(*SOIL_CONSUMPTION.figures, figure))  # fmt: skip
    assert missing(ran, more) == ["the figure “New figure”", "the table “New table”"]


def test_that_a_record_that_tells_nothing_is_judged_by_the_files(ran):
    rewrite(ran, lambda record: record.pop("declared"))
    shown = [table for table in SOIL_CONSUMPTION.tables if table.id == "by_neighbourhood"]
    head = (folder_of(ran) / "by_neighbourhood.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    there = replace(shown[0], columns=tuple(each for each in shown[0].columns if each.id in head))
    assert missing(ran, replace(SOIL_CONSUMPTION, tables=(there,))) == []
    assert len(missing(ran, with_column(replace(SOIL_CONSUMPTION, tables=(there,))))) == 1


@pytest.mark.parametrize("told", [3, {"figures": 3, "tables": 3}, {"figures": [3], "tables": {"by_commune": [None]}}])
def test_that_a_record_that_somebody_changed_is_asked_to_be_made_again(ran, told):
    rewrite(ran, lambda record: record.update(declared=told))
    with pytest.raises(PucError) as caught:
        written(SOIL_CONSUMPTION, study_reading.read(ran))
    assert [each.code for each in caught.value.problems] == ["results-outdated"]


def test_that_one_sentence_says_what_is_missing_and_the_remedy(ran):
    age(ran)
    with pytest.raises(PucError) as caught:
        written(SOIL_CONSUMPTION, study_reading.read(ran))
    (problem,) = caught.value.problems
    column = next(each for table in SOIL_CONSUMPTION.tables if table.id == "by_neighbourhood"
                  for each in table.columns if each.id == "restored_m2")  # fmt: skip
    assert f"la colonna «{column.label.it}»" in problem.message.it
    assert "puc-tool run STUDIO soil-consumption" in problem.remedy.it


def test_that_a_long_list_names_three_and_counts_the_rest():
    names = tuple(Text(f"n{place}", f"n{place}") for place in range(5))
    assert declared.outdated(SOIL_CONSUMPTION, names).message.en.endswith("missing: n0; n1; n2; and more (2).")


def test_that_a_new_run_is_made_though_the_data_are_the_same(ran, puc):
    age(ran)
    assert puc("run", ran, "soil-consumption", "--json").content["ran"] == ["soil-consumption"]
    assert missing(ran) == []
    assert puc("run", ran, "soil-consumption", "--json").content["unchanged"] == ["soil-consumption"]


def test_that_the_window_warns_and_a_run_is_still_allowed(ran):
    age(ran)
    session = Session(study_reading.read(ran), SOIL_CONSUMPTION)
    told = [each for each in session.check() if each.code == declared.OUTDATED]
    assert [each.severity for each in told] == ["warning"]
    session.tell(tuple(told))
    assert session.can_run
