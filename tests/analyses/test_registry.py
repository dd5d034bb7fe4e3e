"""One test that asks the same of every analysis: a new one is held to the contract without anyone remembering to."""

import ast
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from inspect import signature
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame

from analyses import registry
from analyses.params import abouts, kind_of, problems
from layers import roles
from layers.codelist import rows

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numba", "matplotlib", "PySide6", "typst")

each = pytest.mark.parametrize("analysis", registry.ALL, ids=lambda analysis: analysis.id)


@pytest.fixture
def everything(everything):
    """Return the town with a service of every kind of the catalogue, a street to walk on, and two free sites."""
    there = everything["services"]
    kinds = [row["id"] for row in rows("service_catalog")]
    middle = shapely.centroid(everything["boundary"].geometry.iloc[0])
    laid = GeoDataFrame({"kind": kinds, "name": kinds}, geometry=[middle] * len(kinds), crs=there.crs)
    services = pd.concat([there.assign(kind="primaria", name="S"), laid]).assign(capacity=10.0, area_m2=6000.0)
    street = shapely.LineString([(middle.x - 50, middle.y - 20), (middle.x + 50, middle.y - 20)])
    sites = [shapely.Point(middle.x + 30, middle.y), shapely.Point(middle.x - 30, middle.y)]
    return everything | {
        "services": services,
        "streets": GeoDataFrame({"kind": ["residential"]}, geometry=[street], crs=there.crs),
        "candidate_sites": GeoDataFrame({"name": ["Prato", "Piazza"]}, geometry=sites, crs=there.crs),
    }


def role_ids(analysis):
    return {role.id for role in analysis.inputs}


def given(analysis):
    """Return what an analysis takes besides its roles."""
    return {"population", "params", "report"} | ({"scenarios"} if analysis.takes_scenarios else set())


def run(analysis, town, leaving_out=None):
    """Run an analysis on the town; what it may also live without can be left out."""
    empty = {role.id: () if role.yearly else None for role in analysis.inputs}
    there = {name: town[name] for name in empty if name in town and name != leaving_out}
    patches = {"scenarios": town["scenarios"]} if analysis.takes_scenarios else {}
    return analysis.run(**empty | there, **patches, population=town["population"])


def alternatives(analysis):
    """Return a role to leave out for each way to live without: none, or the first of a group with a choice."""
    return [None, *(group[0].id for group in analysis.needs if len(group) > 1)]


def as_if_real(town):
    """Return the town under the name of a commune, and with the years, of which there are published figures."""
    years = (2017, 2018)
    soil = tuple(replace(each, year=year) for each, year in zip(town["soil_consumption"], years, strict=True))
    return town | {"boundary": town["boundary"].assign(name="La Spezia"), "soil_consumption": soil}


def results(analysis, town):
    return [*(run(analysis, town, left_out) for left_out in alternatives(analysis)), run(analysis, as_if_real(town))]


def test_that_every_analysis_has_an_id_of_its_own():
    assert [analysis.id for analysis in registry.BY_ID.values()] == [analysis.id for analysis in registry.ALL]


def test_that_reading_what_there_is_loads_neither_compiler_nor_painter_nor_window():
    asked = f"import analyses.registry, sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert ast.literal_eval(done.stdout) == []


@each
def test_that_the_function_takes_the_inputs_it_declares(analysis):
    assert set(signature(analysis.run).parameters) == role_ids(analysis) | given(analysis)


@each
def test_that_everything_is_handed_in_by_name(analysis):
    kinds = {parameter.kind.name for parameter in signature(analysis.run).parameters.values()}
    assert kinds == {"KEYWORD_ONLY"}


@each
def test_that_what_it_needs_is_among_its_inputs_and_every_input_is_a_role(analysis):
    assert set(chain(*analysis.needs)) <= set(analysis.inputs) <= set(roles.BY_ID.values())
    assert roles.BOUNDARY in set(chain(*analysis.needs)) | set(analysis.inputs)


@each
def test_that_its_parameters_have_defaults_within_their_bounds(analysis):
    assert is_dataclass(analysis.params)
    assert analysis.params.__dataclass_params__.frozen
    assert problems(analysis.id, analysis.params()) == []


@each
def test_that_every_number_among_its_parameters_has_a_label_and_a_unit_or_bounds(analysis):
    for name, about in abouts(analysis.params).items():
        assert about.label.it, name
        assert about.label.en, name
        assert about.rows or kind_of(analysis.params, name) in (bool, str) or about.unit or about.low is not None, name
    assert [field.name for field in fields(analysis.params)] == list(abouts(analysis.params))


@each
def test_that_the_default_of_the_function_is_the_default_of_the_form(analysis):
    assert signature(analysis.run).parameters["params"].default == analysis.params()


@each
def test_that_what_it_declares_is_named_in_both_languages_and_once(analysis):
    for text in (analysis.title, analysis.about):
        assert text.it
        assert text.en
    for specs in (analysis.figures, analysis.tables, *(table.columns for table in analysis.tables)):
        assert len({spec.id for spec in specs}) == len(specs)
    for spec in chain(analysis.figures, *(table.columns for table in analysis.tables)):
        assert spec.label.it, spec.id
        assert spec.label.en, spec.id
    assert all(spec.method for spec in analysis.figures)


@each
def test_that_areas_carry_six_decimals_and_the_unit_their_name_says(analysis):
    for column in chain(*(table.columns for table in analysis.tables)):
        if column.id.endswith("_m2_m2"):
            assert column.unit == "m²/m²", column.id
        elif column.id.endswith("_m2"):
            assert (column.unit, column.decimals) == ("m²", 6), column.id
        if column.id.endswith("_pct"):
            assert column.unit == "%", column.id


@each
def test_that_nothing_speaks_against_the_town(analysis, everything):
    wanted = role_ids(analysis) | given(analysis)
    inputs = {name: everything[name] for name in wanted if name in everything}
    assert analysis.problems(inputs, analysis.params()) == []


@each
def test_that_it_returns_the_figures_it_declares_and_all_of_them_somewhere(analysis, everything):
    returned = [[figure.spec for figure in result.figures] for result in results(analysis, everything)]
    assert set(chain(*returned)) == set(analysis.figures)
    assert all(len(set(specs)) == len(specs) for specs in returned)


@each
def test_that_a_figure_is_a_number_or_none_with_a_reason(analysis, everything):
    for figure in chain(*(result.figures for result in results(analysis, everything))):
        assert type(figure.value) is float or (figure.value is None and figure.why.it and figure.why.en), figure


@each
def test_that_its_tables_have_declared_columns_only_in_declared_order(analysis, everything):
    for table in chain(*(result.tables for result in results(analysis, everything))):
        assert table.spec in analysis.tables
        order = [column.id for column in table.spec.columns]
        assert table.frame.columns.tolist() == [name for name in order if name in table.frame.columns]


@each
def test_that_every_declared_table_and_column_is_given_somewhere(analysis, everything):
    given = {
        (table.spec.id, name)
        for result in results(analysis, everything)
        for table in result.tables
        for name in table.frame
    }
    assert given == {(table.id, column.id) for table in analysis.tables for column in table.columns}


@each
def test_that_no_cell_of_its_tables_is_missing_where_something_is_always_known(analysis, everything):
    for table in chain(*(result.tables for result in results(analysis, everything))):
        whole = [column.id for column in table.columns if column.is_whole]
        assert not table.frame[whole].isna().any().any(), table.spec.id


@each
def test_that_its_problems_are_worded_in_both_languages(analysis, everything):
    for problem in chain(*(result.problems for result in results(analysis, everything))):
        for lang in ("it", "en"):
            assert all(problem.as_json(lang)[part] for part in ("code", "where", "message"))
