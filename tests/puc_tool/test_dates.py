"""Whether layers are of the years the study says."""

from __future__ import annotations

import shutil

import geopandas
import pytest
import shapely

from puc_tool import dates
from puc_tool.studies import study_reading

HEAD = 'version = 1\n[study]\ncomuni = []\ncrs = "EPSG:3035"\ndate = 2026-03-31\n[[layer]]\n'


@pytest.fixture
def told(tmp_path):
    """Return what is said of one layer, by the name of its file, its role and year, and its columns."""

    def of(file, role, year=None, **columns):
        path = tmp_path / file
        count = len(next(iter(columns.values()), [1]))
        shapes = [shapely.box(i, 0, i + 1, 1) for i in range(count)]
        geopandas.GeoDataFrame(columns, geometry=shapes, crs=3035).to_file(path)
        line = "" if year is None else f"year = {year}\n"
        (tmp_path / "study.toml").write_text(f'{HEAD}role = "{role}"\nsource = "{file}"\n{line}')
        study = study_reading.read(tmp_path)
        return {problem.code: problem for problem in dates.problems(study, study.layers[0])}

    return of


def test_that_a_layer_of_the_year_it_is_said_to_be_has_nothing_to_say(told):
    assert told("uso_suolo_2019.gpkg", "land_use", 2019, code=["111"]) == {}


def test_that_another_year_in_the_name_is_told(told):
    problem = told("uso_suolo_2012.gpkg", "land_use", 2019, code=["111"])["year-differs"]
    assert problem.message.it == "lo studio lo dice del 2019, ma il nome dice 2012."
    assert "--year 2012" in problem.remedy.it


def test_that_another_year_in_the_field_of_dates_is_told(told):
    problem = told("uso.gpkg", "land_use", 2019, code=["111"], DATA_AGG=["2012-05-01"])["year-differs"]
    assert problem.message.it == "lo studio lo dice del 2019, ma il campo «DATA_AGG» dice 2012."


def test_that_a_yearly_layer_without_a_year_is_told_which_it_may_be(told):
    problem = told("uso_suolo_2012.gpkg", "land_use", code=["111"])["year-missing"]
    assert problem.remedy.it == "Se è vero che il nome dice 2012, indicare --year 2012."


def test_that_rows_dated_after_the_year_are_counted(told):
    found = told("uso.gpkg", "land_use", 2019, code=["1", "2", "3"], DATA=["2018-01-01", "2020-01-01", "2021-06-01"])
    assert found["year-rows-later"].message.it == "nel campo «DATA» ci sono date successive: 2020, 2021."
    assert found["year-rows-later"].effect.it == "Elementi: 2 dei 3 guardati."


def test_that_data_of_after_the_study_is_told(told):
    problem = told("quartieri_2030.gpkg", "neighbourhoods", name=["A"])["data-after-study"]
    assert problem.message.it == "il dato è del 2030, lo studio del 2026."


@pytest.mark.parametrize(("year", "is_old"), [(2016, True), (2017, False)])
def test_that_data_ten_years_older_than_the_study_is_told(told, year, is_old):
    assert ("data-old" in told(f"quartieri_{year}.gpkg", "neighbourhoods", name=["A"])) is is_old


def test_that_a_source_that_is_gone_is_for_others_to_tell(told, tmp_path):
    told("uso_2012.gpkg", "land_use", 2019, code=["111"])
    (tmp_path / "uso_2012.gpkg").unlink()
    study = study_reading.read(tmp_path)
    assert dates.problems(study, study.layers[0]) == []


def test_that_check_tells_them(puc, town):
    shutil.move(town / "data" / "suolo_2012.tif", town / "data" / "consumo_2015.tif")
    text = (town / "study.toml").read_text().replace("suolo_2012.tif", "consumo_2015.tif")
    (town / "study.toml").write_text(text)
    assert "year-differs" in puc("check", town, "--json").problems
