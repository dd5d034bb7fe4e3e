import csv

import geopandas as gpd
import pytest
import shapely

from analyses.hazard.idrogeo import is_joined, reconciliation
from layers import roles
from layers.reference import LayerRef
from layers.shaping import shape

LA_SPEZIA = "11015"


def communes(*rows):
    shapes = [shapely.box(i * 100, 0, i * 100 + 100, 100) for i in range(len(rows))]
    return gpd.GeoDataFrame(list(rows), geometry=shapes, crs=7791)


def test_that_communes_are_added_up():
    # 0.004 km² at 40 % and 0.005 km² at 50 %: 10,000 m² each; of landslide P4 0.001 + 0.002 km².
    row = {"area_fr_P4": 0.001, "area_fr_P4_p": 10.0, "area_id_L": 0.004, "area_id_L_p": 40.0}
    other = {"area_fr_P4": 0.002, "area_fr_P4_p": 20.0, "area_id_L": 0.005, "area_id_L_p": 50.0}
    table = reconciliation(communes(row, other), {"landslide_p4_m2": 3300.0, "flood_p1_m2": None}).set_index("figure")
    assert table.loc["boundary_m2", ["ours", "published"]].tolist() == pytest.approx([20_000.0, 20_000.0])
    assert table.loc["landslide_p4_m2", ["published", "difference_pct"]].tolist() == pytest.approx([3000.0, 10.0])
    assert "flood_p1_m2" not in table.index


def test_that_a_base_from_tiny_percentages_is_not_guessed():
    row = {"area_id_L": 0.001, "area_id_L_p": 0.4}
    assert "boundary_m2" not in reconciliation(communes(row), {"flood_p1_m2": 0.0})["figure"].tolist()


def test_that_a_commune_that_is_not_in_the_table_stops_the_comparison_of_that_column():
    rows = communes({"area_id_L": 0.001, "area_id_L_p": 10.0}, {"area_id_L": None, "area_id_L_p": None})
    assert not is_joined(rows)


def test_that_nothing_published_has_no_percentage():
    row = {"area_id_H": 0.0, "area_id_H_p": 0.0}
    assert reconciliation(communes(row), {"flood_p3_m2": 5.0})["difference_pct"].tolist() == [0.0]


def test_that_the_boundary_carries_the_indicators_as_numbers_and_nothing_else_of_the_table():
    raw = communes({"nome": "Borgo", "area_id_H": "1.5", "area": 99.0, "pop_id_H": "x", "fam_id_H": 3})
    made, said = shape(raw, roles.BOUNDARY, LayerRef("boundary", "x.gpkg", fields={"name": "nome"}))
    assert list(made.columns) == ["name", "area_id_H", "pop_id_H", "geometry"]
    assert made["area_id_H"].tolist() == [1.5]
    assert made["pop_id_H"].isna().all()
    assert said == []


def test_that_the_real_table_gives_la_spezia_its_own_area_back(real_data):
    path = real_data / "risk" / "ispra_idrogeo_comuni_liguria_2021.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        (row,) = [each for each in csv.DictReader(stream) if each["CMN"] == LA_SPEZIA]
    numbers = {name: float(value) for name, value in row.items() if name != "CMN"}
    boundary = communes(numbers)
    assert is_joined(boundary)
    ours = dict.fromkeys(("flood_p3_m2", "flood_p1_people", "landslide_p3_p4_m2", "landslide_aa_people"), 0.0)
    table = reconciliation(boundary, ours).set_index("figure")
    # 51.4 km² of La Spezia; the column «area» says ten times that.
    assert table.loc["boundary_m2", "published"] == pytest.approx(51.4e6, rel=0.01)
    assert numbers["area"] == pytest.approx(514, rel=0.01)
    assert table.loc["flood_p3_m2", "published"] == pytest.approx(1e6 * numbers["area_id_H"])
    assert table.loc["landslide_p3_p4_m2", "published"] == pytest.approx(1e6 * numbers["area_fr_P3P4"])
