"""Files in which some features can't be read: the good are kept, the bad counted and named."""

import json
import sqlite3
import struct
from contextlib import closing

import geopandas as gpd
import pyogrio
import pytest
import shapely

from layers.formats import salvage
from layers.formats.vector import look, read
from layers.problems import PucError, Severity
from layers.source import locate

COUNT = 40


def codes(said):
    return [problem.code for problem in said]


@pytest.fixture
def lots(tmp_path):
    """Write forty lots of 100 m x 100 m in a row under any name; return where they lie."""

    def write(name, **options):
        boxes = [shapely.box(at * 100, 0, at * 100 + 100, 100) for at in range(COUNT)]
        frame = gpd.GeoDataFrame({"LOTTO": [f"L{at}" for at in range(COUNT)]}, geometry=boxes, crs=7791)
        pyogrio.write_dataframe(frame, tmp_path / name, **options)
        return tmp_path / name

    return write


def names(without=()):
    return {f"L{at}" for at in range(COUNT) if at not in without}


def record_offsets(content):
    found, at = [], 100
    while at < len(content):
        found.append(at)
        at += 8 + 2 * struct.unpack(">i", content[at + 4 : at + 8])[0]
    return found


@pytest.mark.parametrize(
    ("where", "value"), [(8 + 40, 2**30), (8, 77)], ids=["a number of points past all bounds", "a shape that is none"]
)
def test_that_a_damaged_record_of_a_shapefile_is_left_out_and_named(lots, where, value):
    path = lots("lotti.shp")
    content = bytearray(path.read_bytes())
    for record in (4, 9):
        struct.pack_into("<i", content, record_offsets(content)[record] + where, value)
    path.write_bytes(content)
    layer, said = read(locate(path), None)
    assert set(layer["LOTTO"]) == names((4, 9))
    assert layer.index.tolist() == list(range(COUNT - 2))
    assert said[-1].sentence("it") == (
        "lotti.shp: elementi rovinati, che non si leggono: 2 su 40 (numeri 4, 9). Elementi che mancano nel livello: 2. "
        "Chiedere una nuova copia del dato, o ridisegnare quegli elementi."
    )
    assert said[-1].severity is Severity.WARNING


def test_that_a_feature_of_a_topojson_lost_to_bytes_in_a_key_is_counted(tmp_path):
    point = b'{"type":"Point","coordinates":[9.8,44.%d]}'
    points = b",".join(point % each for each in range(3))
    whole = (
        b'{"type":"Topology","objects":{"punti":{"type":"GeometryCollection","geometries":[%s]}},"arcs":[]}' % points
    )
    path = tmp_path / "punti.json"
    path.write_bytes(whole[:150] + whole[150:].replace(b"coordinates", b"co\xff\xffordinates", 1))
    frame, said = read(locate(path), None)
    assert len(frame) == 2
    assert "features-miscounted" in {problem.code for problem in said}


def test_that_a_null_shape_is_no_damage(tmp_path):
    frame = gpd.GeoDataFrame({"a": [1, 2]}, geometry=[shapely.Point(0, 0), None], crs=7791)
    pyogrio.write_dataframe(frame, tmp_path / "a.shp")
    layer, said = read(locate(tmp_path / "a.shp"), None)
    assert (layer.geometry.isna().tolist(), said) == ([False, True], [])


def test_that_a_shapefile_cut_short_keeps_what_is_before_the_cut(lots):
    path = lots("lotti.shp")
    content = path.read_bytes()
    path.write_bytes(content[: record_offsets(content)[30] + 20])
    layer, said = read(locate(path), None)
    assert set(layer["LOTTO"]) == names(range(30, COUNT))
    assert "10 su 40 (numeri 30, 31, 32, 33, 34, 35, 36, 37 e altri 2)" in said[-1].message.it
    assert look(locate(path), "lotti").remarks == (said[-1],), "inspect tells it too, from the index alone"


def without_triggers(path):
    """Return the database at ``path``, open, without the triggers that need functions only GDAL has."""
    database = sqlite3.connect(path)
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f'DROP TRIGGER "{name}"')
    return database


@pytest.mark.parametrize("damage", [lambda blob: blob[:60], lambda _: b"garbage"], ids=["cut", "garbage"])
def test_that_a_damaged_geometry_of_a_geopackage_is_left_out_and_named(lots, damage):
    path = lots("lotti.gpkg")
    with closing(without_triggers(path)) as database:
        (blob,) = database.execute("SELECT geom FROM lotti WHERE fid = 5").fetchone()
        database.execute("UPDATE lotti SET geom = ? WHERE fid = 5", (damage(blob),))
        database.execute("UPDATE lotti SET geom = NULL WHERE fid = 7")
        database.commit()
    layer, said = read(locate(path), None)
    # Feature 5 is the fifth lot. Feature 7 has no geometry, which is no damage: the check of the layer tells it.
    assert set(layer["LOTTO"]) == names((4,))
    assert codes(said) == ["features-unreadable"]
    assert "1 su 40 (numeri 5)" in said[0].message.it


def test_that_a_geopackage_that_announces_more_than_it_holds_is_told(lots):
    path = lots("lotti.gpkg")
    with closing(without_triggers(path)) as database:
        database.execute("DELETE FROM lotti WHERE fid > 35")
        database.commit()
    layer, said = read(locate(path), None)
    assert len(layer) == 35
    assert said[0].sentence("it") == (
        "lotti.gpkg: il file annuncia 40 elementi e ne contiene 35. Potrebbero mancarne. "
        "Chiedere quanti dovrebbero essere."
    )


@pytest.mark.parametrize("index", ["YES", "NO"])
def test_that_a_flatgeobuf_cut_short_keeps_what_can_be_read(lots, index):
    path = lots("lotti.fgb", SPATIAL_INDEX=index)
    path.write_bytes(path.read_bytes()[:-300])
    layer, said = read(locate(path), None)
    missing = COUNT - len(layer)
    assert 0 < missing < 5
    assert set(layer["LOTTO"]) < names()
    assert f"{missing} su 40" in said[0].message.it


def test_that_a_damaged_feature_in_the_middle_of_a_flatgeobuf_does_not_take_the_others_along(lots):
    path = lots("lotti.fgb")
    content = bytearray(path.read_bytes())
    at = content.index(b"L20")
    content[at - 120 : at - 20] = b"\xff" * 100
    path.write_bytes(content)
    layer, said = read(locate(path), None)
    assert COUNT - 5 <= len(layer) < COUNT
    assert codes(said) == ["features-unreadable"]
    assert f"{COUNT - len(layer)} su 40" in said[0].message.it


BAD = [
    {"type": "Feature", "properties": {"LOTTO": "X"}, "geometry": {"type": "Polygon", "coordinates": "x"}},
    {"type": "Feature", "properties": {"LOTTO": "X"}, "geometry": {"type": "Quadrato", "coordinates": [[0, 0]]}},
    {"type": "Feature", "properties": {"LOTTO": "X"}, "geometry": {"type": "Point", "coordinates": [None, 1]}},
]


@pytest.mark.parametrize("bad", BAD)
def test_that_a_damaged_feature_of_a_geojson_is_left_out_and_named(lots, bad):
    path = lots("lotti.geojson")
    document = json.loads(path.read_text())
    document["features"].insert(3, bad)
    path.write_text(json.dumps(document))
    layer, said = read(locate(path), None)
    assert set(layer["LOTTO"]) == names()
    assert said[-1].code == "features-unreadable"
    assert "1 su 41 (numeri 4)" in said[-1].message.it


@pytest.mark.parametrize("bad", ["hello", None, 7, {"type": "Feture", "geometry": None, "properties": {}}])
def test_that_what_is_no_feature_in_a_geojson_is_counted(lots, bad):
    path = lots("lotti.geojson")
    document = json.loads(path.read_text())
    document["features"].insert(3, bad)
    path.write_text(json.dumps(document))
    layer, said = read(locate(path), None)
    assert set(layer["LOTTO"].dropna()) == names()
    assert len(layer) == 41 or codes(said)[-1] == "features-miscounted"


def test_that_a_geojson_cut_short_is_refused(lots):
    path = lots("lotti.geojson")
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(PucError) as told:
        read(locate(path), None)
    assert told.value.problems[0].code == "source-broken"


def test_that_a_file_of_which_nothing_can_be_read_is_refused(lots):
    path = lots("lotti.fgb", SPATIAL_INDEX="NO")
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"L0") - 100])
    with pytest.raises(PucError) as told:
        read(locate(path), None)
    assert told.value.problems[0].code == "source-broken"


def test_that_the_search_for_what_can_be_read_comes_to_an_end(lots, monkeypatch):
    monkeypatch.setattr(salvage, "MOST_TRIES", 8)
    path = lots("lotti.fgb")
    path.write_bytes(path.read_bytes()[:-2000])
    layer, said = read(locate(path), None)
    assert f"{COUNT - len(layer)} su 40" in said[0].message.it, "what was not tried counts as unreadable"


def test_that_an_object_of_a_topojson_that_is_no_geometry_is_counted(tmp_path):
    places = [{"type": kind, "coordinates": [9.8, 44.1], "properties": {"a": "x"}} for kind in ("Point", "Pomnt")]
    objects = {"punti": {"type": "GeometryCollection", "geometries": places}}
    (tmp_path / "a.json").write_text(json.dumps({"type": "Topology", "objects": objects, "arcs": []}), encoding="utf-8")
    layer, said = read(locate(tmp_path / "a.json"), "punti")
    assert len(layer) == 1
    assert [each.message.it for each in said if each.code == "features-miscounted"] == [
        "il file annuncia 2 elementi e ne contiene 1."
    ]
