from copy import deepcopy

import numpy as np
import pytest
from affine import Affine
from geopandas.testing import assert_geodataframe_equal
from pyproj import CRS

from analyses.analysis import Edition
from analyses.param_filling import build
from analyses.progress import Cancelled
from analyses.soil import artificial_surfaces
from analyses.soil.figures import FIGURES
from analyses.soil.params import SoilParams
from analyses.soil_consumption import SOIL_CONSUMPTION, soil_consumption
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM = CRS(7791)
BY_UNIT = (
    "by_commune", "by_neighbourhood", "by_zone", "by_district", "by_flood_class", "by_landslide_class",
    "by_coast_strip", "by_water_150", "by_slope_class", "by_elevation_class",
)  # fmt: skip
COLUMNS = {
    "transition": ["from_code", "to_code", "area_m2"],
    "crossed": ["unit_a", "code_a", "unit_b", "code_b", "area_m2", "consumed_m2"],
    "plan": ["code", "name", "committed_m2", "avoidable_m2", "recoverable_m2"],
    "path_2050": ["year", "budget_m2", "used_m2"],
    "zoning_transition": ["zone_from", "zone_to", "area_m2"],
}
ONE_DATE = ["code", "name", "area_m2", "consumed_m2", "consumed_pct", "permanent_m2", "reversible_m2", "no_data_m2"]
ONE_DATE_OF_LAND_USE = [
    "code", "name", "area_m2", "artificial_m2", "artificial_pct", "artificial_partial_m2", "no_data_m2",
]  # fmt: skip
CHANGE = ["gross_m2", "restored_m2", "net_m2"]


@pytest.fixture
def without_raster(town):
    return town | {"soil_consumption": ()}


def of_year(town, year):
    return soil_consumption(**town, params=SoilParams(year_from=year, year_to=year))


def sentences(inputs, **params):
    return [each.sentence("it") for each in SOIL_CONSUMPTION.problems(inputs, SoilParams(**params))]


@pytest.mark.parametrize(
    ("roles", "year", "columns"),
    [
        ({}, None, [*ONE_DATE, *CHANGE]),
        ({}, 2023, ONE_DATE),
        ({"soil_consumption": ()}, None, [*ONE_DATE_OF_LAND_USE, *CHANGE]),
        ({"soil_consumption": ()}, 2023, ONE_DATE_OF_LAND_USE),
    ],
)
def test_that_tables_have_the_columns_of_the_contract(town, roles, year, columns):
    result = of_year(town | roles, year) if year else soil_consumption(**(town | roles))
    for table_id in BY_UNIT:
        assert result.table(table_id).frame.columns.tolist() == columns


def test_that_the_analysis_has_the_id_and_tables_of_the_contract(town):
    assert SOIL_CONSUMPTION.id == "soil-consumption"
    assert {spec.id for spec in SOIL_CONSUMPTION.tables} >= {*BY_UNIT, *COLUMNS}
    result = soil_consumption(**town)
    for table_id, columns in COLUMNS.items():
        assert result.table(table_id).frame.columns.tolist() == columns


def test_that_the_figures_are_the_codelists_with_the_raster_and_all_declared_without(town, without_raster):
    soil = [spec.id for spec in FIGURES]
    own = [spec.id for spec in artificial_surfaces.FIGURES]
    of_zones = ["zoning_changed_m2"]
    assert [each.spec.id for each in soil_consumption(**town).figures] == soil + of_zones
    assert [each.spec.id for each in soil_consumption(**without_raster).figures] == own + soil + of_zones
    assert sorted(spec.id for spec in SOIL_CONSUMPTION.figures) == sorted(own + soil + of_zones)


def test_that_a_study_with_the_boundary_alone_has_one_table_of_units(town):
    few = {name: town[name] for name in ("boundary", "soil_consumption")}
    assert [table.spec.id for table in soil_consumption(**few).tables] == ["by_commune", "transition", "path_2050"]


def test_that_without_population_every_figure_of_people_is_null_with_a_reason(town):
    result = soil_consumption(**(town | {"population": None}))
    for figure_id in ("procapite_m2ab", "consumo_procapite_m2ab", "consumo_marginale", "sdg_11_3_1"):
        assert result.figure(figure_id).value is None
        assert result.figure(figure_id).why.it.startswith("Nello studio manca la popolazione di questi anni: ")
    assert result.figure("suolo_consumato_ha").value == pytest.approx(0.37)


def test_that_series_of_residents_are_never_mixed(town):
    # Neither series knows both years: growth can't be told, though the years are there between them.
    people = {"anagrafe": {2012: 90}, "istat": {2023: 100}}
    result = soil_consumption(**(town | {"population": people}))
    assert result.figure("consumo_marginale").value is None
    assert result.figure("procapite_m2ab").value == pytest.approx(37.0)


def test_that_the_series_that_knows_both_years_is_taken(town):
    people = {"anagrafe": {2023: 50}, "istat": {2012: 90, 2023: 100}}
    result = soil_consumption(**(town | {"population": people}))
    assert result.figure("procapite_m2ab").value == pytest.approx(37.0)


def test_that_of_two_series_as_good_the_first_named_is_taken(town):
    people = {"anagrafe": {2012: 90, 2023: 50}, "istat": {2012: 90, 2023: 100}}
    result = soil_consumption(**(town | {"population": people}))
    assert result.figure("procapite_m2ab").value == pytest.approx(74.0)


def test_that_nothing_speaks_against_the_town(town):
    assert sentences(town) == sentences(town | {"soil_consumption": ()}) == []


def test_that_a_year_that_is_not_there_is_told(town):
    assert sentences(town, year_from=2015) == [
        "Consumo di suolo (ISPRA): manca l'anno 2015. Gli anni che ci sono: 2012, 2023."
    ]
    assert sentences(town | {"soil_consumption": ()}, year_to=2015) == [
        "Uso del suolo: manca l'anno 2015. Gli anni che ci sono: 2012, 2023."
    ]


def test_that_years_the_wrong_way_round_are_told(town):
    assert sentences(town, year_from=2023, year_to=2012) == [
        "Consumo di suolo (ISPRA): l'anno iniziale 2023 viene dopo il finale 2012. Scambiare i due anni."
    ]


def test_that_grids_that_differ_are_told_unless_only_one_is_asked(town):
    first, last = town["soil_consumption"]
    aside = Grid(UTM, last.data.grid.transform @ Affine.translation(0.5, 0), 10, 10)
    town["soil_consumption"] = (first, Edition(2023, ArrayRaster(last.data.cells, aside)))
    assert sentences(town) == [
        "Consumo di suolo (ISPRA): i raster dei due anni non hanno le stesse celle. "
        "Confrontarli cella per cella darebbe cambiamenti falsi. "
        "Usare due anni della stessa edizione ISPRA, o un anno solo (year_from = year_to)."
    ]
    assert sentences(town, year_from=2023, year_to=2023) == []


def test_that_a_year_out_of_bounds_is_told_as_a_year():
    (problem,) = build("soil-consumption", SoilParams, {"year_from": "20012"})[1]
    assert problem.sentence("it") == (
        "soil-consumption.year_from: «Anno iniziale» vale 20012, fuori dai limiti. Valori ammessi: da 1900 a 2100."
    )


@pytest.mark.parametrize("roles", [{}, {"soil_consumption": ()}])
def test_that_the_layers_handed_in_are_left_as_they_were(town, roles):
    inputs = town | roles
    before = deepcopy(inputs)
    soil_consumption(**inputs)
    for name in ("boundary", "neighbourhoods", "districts"):
        assert_geodataframe_equal(inputs[name], before[name])
    for name in ("land_use", "zoning"):
        for now, then in zip(inputs[name], before[name], strict=True):
            assert_geodataframe_equal(now.data, then.data)
    for now, then in zip(inputs["soil_consumption"], before["soil_consumption"], strict=True):
        assert np.array_equal(now.data.cells.data, then.data.cells.data)
        assert np.array_equal(now.data.cells.mask, then.data.cells.mask)
    assert inputs["population"] == before["population"]


@pytest.mark.parametrize("roles", [{}, {"soil_consumption": ()}])
def test_that_each_reported_step_can_be_the_last(town, roles):
    told, inputs = [], town | roles
    soil_consumption(**inputs, report=lambda share, message: told.append(share))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    for step in range(len(told)):
        left = iter(range(step))

        def stop(share, message, left=left):
            if next(left, None) is None:
                raise Cancelled

        with pytest.raises(Cancelled):
            soil_consumption(**inputs, report=stop)


def test_that_the_series_of_residents_is_named_in_the_record(town):
    result = soil_consumption(**(town | {"population": {"istat": {2023: 100}, "anagrafe": {1999: 80}}}))
    assert "Popolazione: residenti dalla serie «istat». Le serie non vengono mescolate." in [
        problem.sentence("it") for problem in result.problems
    ]


def test_that_a_series_that_knows_neither_year_is_not_named(town):
    result = soil_consumption(**(town | {"population": {"istat": {1999: 80}}}))
    assert "population-series" not in [problem.code for problem in result.problems]
