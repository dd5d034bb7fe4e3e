"""What is seen of a layer before it has been read is what it will be, or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import CRS

from layers.intake import Ground, take_in
from layers.reference import Join, LayerRef
from layers.roles import BY_ID
from puc_tool.maps.canvas import glimpse
from puc_tool.maps.canvas.glimpse import glimpses
from puc_tool.maps.canvas.pictures import Picture, picture
from puc_tool.study import Study

WEST, SOUTH = 4_306_000.0, 2_336_000.0
EVERYTHING = (WEST - 1e4, SOUTH - 1e4, WEST + 1e4, SOUTH + 1e4)
FILE = "uso.gpkg"
USE = LayerRef("land_use", FILE, fields={"code": "cod"})


def fields_of_crops(count: int) -> geopandas.GeoDataFrame:
    """Return ``count`` squares in a row, every third with a hole and every seventh in two parts, of four codes."""
    left = WEST + 20.0 * np.arange(count)
    shapes = shapely.box(left, SOUTH, left + 10, SOUTH + 10)
    holes = shapely.box(left + 2, SOUTH + 2, left + 4, SOUTH + 4)
    shapes[::3] = shapely.difference(shapes[::3], holes[::3])
    shapes[::7] = [shapely.MultiPolygon([each, shapely.box(*(np.add(each.bounds, 11)))]) for each in shapes[::7]]
    codes = np.array(["111", "2111", " 311 ", "?"])[np.arange(count) % 4]
    return geopandas.GeoDataFrame({"cod": codes}, geometry=shapes, crs=3035)


def study(folder: Path, crs: int = 3035) -> Study:
    return Study(folder, "Prova", (), CRS(crs))


def last(folder: Path, ref: LayerRef = USE, bounds: tuple[float, float, float, float] = EVERYTHING) -> Picture | None:
    seen = list(glimpses(study(folder), ref, bounds))
    return seen[-1] if seen else None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fields_of_crops(30).to_file(tmp_path / FILE, driver="GPKG")
    return tmp_path


def taken_in(folder: Path, ref: LayerRef) -> Picture:
    made = picture(take_in(ref, BY_ID[ref.role], folder, Ground(CRS(3035))), CRS(3035))
    assert made is not None
    return made


@pytest.mark.parametrize("ref", [USE, LayerRef("buildings", FILE), LayerRef("land_use", FILE, values={"code": "112"}),
                                 LayerRef("land_use", FILE, fields={"code": "cod"}, codes={"?": "321"})])  # fmt: skip
def test_that_a_glimpse_is_the_picture_of_the_layer_itself(folder, ref):
    seen, whole = last(folder, ref), taken_in(folder, ref)
    assert seen is not None
    assert (seen.classes, seen.drawn, seen.opacity) == (whole.classes, whole.drawn, whole.opacity)
    for one, other in zip(seen.shapes.flat, whole.shapes.flat, strict=True):
        assert np.array_equal(one, other)


def test_that_only_what_is_in_view_is_seen(folder):
    # Squares begin every 20 m: the box of 45 m touches those at 0, 20 and 40 m.
    seen = last(folder, bounds=(WEST + 1, SOUTH + 1, WEST + 46, SOUTH + 9))
    assert sorted(seen.shapes.bounds[:, 0] - WEST) == [0.0, 20.0, 40.0]
    assert last(folder, bounds=(WEST - 90, SOUTH, WEST - 50, SOUTH + 9)) is None


def test_that_a_glimpse_grows_until_all_is_there(folder, monkeypatch):
    monkeypatch.setattr("layers.formats.in_view._AT_A_TIME", 4)
    monkeypatch.setattr(glimpse, "_FIRST", 6)
    monkeypatch.setattr(glimpse, "_TIMES", 2)
    counts = [len(seen.shapes.classes) for seen in glimpses(study(folder), USE, EVERYTHING)]
    assert counts == [8, 16, 30]


@pytest.mark.parametrize(
    "ref",
    [
        LayerRef("land_use", FILE, where="cod = '111'"),
        LayerRef("land_use", FILE, crs="EPSG:32632"),
        LayerRef("land_use", FILE, join=Join("t.csv", "cod", "cod")),
        LayerRef("land_use", FILE, encoding="cp1252"),
        LayerRef("land_use", "gone.gpkg"),
        LayerRef("land_use", "../outside.gpkg"),
        LayerRef("soil_consumption", FILE),
    ],
)
def test_that_there_is_no_glimpse_of_what_needs_care(folder, ref):
    assert list(glimpses(study(folder), ref, EVERYTHING)) == []


def as_large(seen: Picture, whole: Picture) -> None:
    """Hold two pictures of one layer against each other: the same features, to a millimetre where they lie."""
    assert seen.classes == whole.classes
    assert np.array_equal(seen.shapes.classes, whole.shapes.classes)
    for one, other in ((seen.shapes.points, whole.shapes.points), (seen.shapes.signs, whole.shapes.signs)):
        assert one.shape == other.shape
        assert np.abs(one - other).max(initial=0.0) < 1e-3


@pytest.mark.parametrize("crs", [32632, 4326])
def test_that_a_layer_of_another_crs_is_seen_where_it_will_be(folder, crs):
    fields_of_crops(30).to_crs(crs).to_file(folder / "altrove.gpkg", driver="GPKG")
    ref = LayerRef("land_use", "altrove.gpkg", fields={"code": "cod"})
    as_large(last(folder, ref), taken_in(folder, ref))
    # Squares begin every 20 m: the box of 45 m touches those at 0, 20 and 40 m.
    seen = last(folder, ref, (WEST + 1, SOUTH + 1, WEST + 46, SOUTH + 9))
    assert {0, 20, 40} <= set(np.round(seen.shapes.bounds[:, 0] - WEST).tolist()) <= {0, 20, 40, 60}


def test_that_a_shapefile_is_seen_by_the_boxes_of_its_records(folder):
    fields_of_crops(30).to_file(folder / "uso.shp")
    ref = LayerRef("land_use", "uso.shp", fields={"code": "cod"})
    seen = last(folder, ref, (WEST + 1, SOUTH + 1, WEST + 46, SOUTH + 9))
    assert len(seen.shapes.classes) == 3
    whole = taken_in(folder, ref)
    assert {each.code for each in last(folder, ref).classes} == {each.code for each in whole.classes}


@pytest.mark.parametrize("crs", [3035, 32632])
@pytest.mark.parametrize("many", [False, True])
def test_that_points_are_seen_as_the_signs_they_will_be(folder, crs, many):
    frame = fields_of_crops(30)
    points = frame.centroid if not many else frame.centroid.map(lambda point: shapely.MultiPoint([point]))
    services = geopandas.GeoDataFrame({"kind": "nido"}, index=frame.index, geometry=points, crs=3035)
    services.to_crs(crs).to_file(folder / FILE, driver="GPKG", layer="punti")
    ref = LayerRef("services", FILE, layer="punti")
    as_large(last(folder, ref), taken_in(folder, ref))


def test_that_there_is_no_glimpse_of_points_among_areas_or_without_a_crs(folder):
    frame = fields_of_crops(4)
    mixed = [frame.geometry[0], frame.centroid[1], frame.geometry[2], frame.centroid[3]]
    frame.set_geometry(mixed, crs=3035).to_file(folder / FILE, driver="GPKG", layer="misti")
    assert last(folder, LayerRef("land_use", FILE, layer="misti")) is None
    fields_of_crops(3).to_file(folder / "senza.shp")
    (folder / "senza.prj").unlink()
    assert last(folder, LayerRef("land_use", "senza.shp")) is None


@pytest.mark.parametrize("octets", [60, 41, 30])
def test_that_a_geometry_that_is_cut_short_is_never_read_beyond_its_end(folder, octets):
    with closing(sqlite3.connect(folder / FILE)) as database:
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if "rtree" in name and sql:
                database.execute(f'DROP TRIGGER "{name}"')
        database.execute(f"UPDATE uso SET geom = substr(geom, 1, {octets}) WHERE fid = 5")
        database.commit()
    assert last(folder) is None or len(last(folder).shapes.classes) == 30
