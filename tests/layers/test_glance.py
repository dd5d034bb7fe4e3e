import json

import geopandas as gpd
import pyogrio
import pytest
import shapely

from layers import glance as glances
from layers.formats import table
from layers.formats.vector import look, tables
from layers.glance import glance
from layers.source import locate

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
BOW_TIE = [[0, 0], [4, 4], [4, 0], [0, 4], [0, 0]]
LINE = [[0, 0], [4, 0], [8, 0], [0, 0]]


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def glanced(tmp_path):
    """Write features, and return what is told of the first of them: where, code and number."""

    def glanced(*geometries):
        features = [{"type": "Feature", "properties": {"a": 1}, "geometry": each} for each in geometries]
        text = json.dumps({"type": "FeatureCollection", "features": features})
        (tmp_path / "zone.geojson").write_text(text, encoding="utf-8")
        source = locate(tmp_path / "zone.geojson")
        said = glance(source, look(source, tables(source)[0]))
        return [(each.where.it, each.code, each.message.it.rpartition(": ")[2]) for each in said]

    return glanced


def test_that_of_sound_features_nothing_is_told(glanced):
    assert glanced(polygon(SQUARE)) == []


def test_that_every_fault_is_told_once_and_counted(glanced):
    table = "zone.geojson: zone"
    assert glanced(polygon(SQUARE), polygon(SQUARE), polygon(BOW_TIE), polygon(LINE), None) == [
        (table, "geometry-missing", "1."),
        (table, "geometry-invalid", "1."),
        (table, "geometry-flat", "1."),
        (table, "geometry-doubled", "1."),
    ]


def test_that_of_a_large_table_the_first_features_are_told_as_such(glanced, monkeypatch):
    monkeypatch.setattr(glances, "MOST", 2)
    assert glanced(polygon(BOW_TIE), polygon(SQUARE), polygon(BOW_TIE)) == [
        ("zone.geojson: zone (primi 2 elementi)", "geometry-invalid", "1.")
    ]


def test_that_a_large_text_is_not_read_to_its_end_for_a_glance(tmp_path, monkeypatch):
    path = tmp_path / "punti.csv"
    path.write_text("x,y\n" + "561000,4880000\n" * 3, encoding="utf-8")
    source = locate(path)
    seen = look(source, tables(source)[0])
    monkeypatch.setattr(glances, "MOST", 2)
    monkeypatch.setattr(glances, "read", None)
    monkeypatch.setattr(table, "LARGE_BYTES", 8)
    told = glance(source, seen)
    assert [(each.where.it, each.code) for each in told] == [
        ("punti.csv: punti (primi 2 elementi)", "geometry-doubled")
    ]


def test_that_a_table_that_cannot_be_read_does_not_refuse_the_others(tmp_path):
    path = tmp_path / "zone.gpkg"
    for name in ("buona", "rotta"):
        layer = gpd.GeoDataFrame({"a": ["x"]}, geometry=[shapely.Point(1, 2)], crs=7791)
        pyogrio.write_dataframe(layer, path, layer=name, append=path.exists())
    source = locate(path)
    seen = {name: look(source, name) for name in tables(source)}
    assert glance(source, seen["buona"]) == []
    gone = glance(locate(path), glances.replace(seen["rotta"], name="andata"))
    assert [(each.code, each.severity) for each in gone] == [("table-missing", "warning")]
