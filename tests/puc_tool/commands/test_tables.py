"""A table of coordinates goes the same road as any layer: inspect, add, check."""

import geopandas
import pytest


@pytest.fixture
def wells(plan, tmp_path):
    """Return a table with one point inside the town and one row without coordinates."""
    spot = geopandas.read_file(plan).union_all().representative_point()
    path = tmp_path / "punti.csv"
    path.write_text(f"nome;est;nord\nPozzo;{spot.x:.2f};{spot.y:.2f}\nIgnoto;;\n".replace(".", ","), encoding="utf-8")
    return path


def test_that_a_table_is_inspected_with_its_skipped_row(puc, wells):
    said = puc("inspect", wells, "--json")
    assert said.code == 0
    assert {"table-places", "table-rows-without-place", "crs-missing"} <= said.problems.keys()


def test_that_a_table_without_crs_is_refused_and_with_one_it_enters(puc, town, plan, wells):
    assert "crs-missing" in puc("add", town, "reference", wells, "--json").problems
    crs = geopandas.read_file(plan).crs.to_string()
    assert puc("add", town, "reference", wells, "--crs", crs, "--json").code == 0
    assert "table-rows-without-place" in puc("check", town, "--json").problems
