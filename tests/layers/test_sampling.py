"""A few rows stand for a dataset, and are told as a few."""

from __future__ import annotations

import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from layers import sampling, subject
from layers.cell_sample import cell_sample
from layers.formats.looking import Look
from layers.formats.raster import open_raster
from layers.formats.table import LARGE_BYTES
from layers.formats.vector import look, tables
from layers.grid import Grid
from layers.raster import FileRaster
from layers.sampling import ROWS, column_of, of_frame, sample
from layers.source import locate
from layers.spec import Shape

LEFT, BOTTOM = 566_000, 4_883_000


def rows(count, **columns):
    east = LEFT + (np.arange(count) % 100) * 10
    north = BOTTOM + (np.arange(count) // 100) * 10
    return gpd.GeoDataFrame(columns, geometry=shapely.box(east, north, east + 10, north + 10), crs=7791)


def sampled(path, table=None):
    source = locate(path)
    seen = look(source, table or tables(source)[0])
    return sample(source, seen)


@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".geojson", ".fgb"])
def test_that_a_small_dataset_is_looked_at_whole(tmp_path, ending):
    path = tmp_path / f"z{ending}"
    pyogrio.write_dataframe(rows(5, COD=list("AABBC")), path)
    found = sampled(path)
    assert (found.rows, found.total, found.is_whole) == (5, 5, True)
    assert found.columns["COD"].values == {"A": 2, "B": 2, "C": 1}
    assert found.shapes == {Shape.POLYGON}


@pytest.mark.parametrize("ending", [".gpkg", ".shp"])
def test_that_of_a_large_one_head_middle_and_end_are_looked_at(tmp_path, ending):
    count = 3 * ROWS
    path = tmp_path / f"z{ending}"
    pyogrio.write_dataframe(rows(count, n=np.arange(count)), path)
    found = sampled(path)
    seen = {int(value) for value in found.columns["n"].values}
    assert (found.rows, found.total, found.is_whole) == (ROWS, count, False)
    assert {0, count // 2, count - 1} <= seen


def test_that_features_are_never_read_past_the_sample(tmp_path, monkeypatch):
    pyogrio.write_dataframe(rows(3 * ROWS, n=np.arange(3 * ROWS)), tmp_path / "z.gpkg")
    read, taken = pyogrio.read_dataframe, []

    def counted(*words, **options):
        taken.append(options["max_features"])
        return read(*words, **options)

    monkeypatch.setattr("pyogrio.read_dataframe", counted)
    sampled(tmp_path / "z.gpkg")
    assert sum(taken) <= ROWS


def test_that_what_cannot_be_read_gives_no_sample(tmp_path, monkeypatch):
    pyogrio.write_dataframe(rows(5, n=range(5)), tmp_path / "z.gpkg")

    def broken(*words, **options):
        raise pyogrio.errors.DataSourceError("cut off")

    monkeypatch.setattr("pyogrio.read_dataframe", broken)
    assert sampled(tmp_path / "z.gpkg") is None


def test_that_an_empty_dataset_gives_no_sample(tmp_path):
    pyogrio.write_dataframe(rows(1, n=[1]).iloc[:0], tmp_path / "z.gpkg")
    assert sampled(tmp_path / "z.gpkg") is None


def test_that_geoparquet_is_sampled_from_its_head(tmp_path):
    rows(2 * ROWS, COD=["A"] * 2 * ROWS).to_parquet(tmp_path / "z.parquet")
    found = sampled(tmp_path / "z.parquet")
    assert (found.rows, found.total, found.shapes) == (ROWS, 2 * ROWS, {Shape.POLYGON})


def test_that_a_table_is_sampled_with_the_place_its_columns_say(tmp_path):
    (tmp_path / "t.csv").write_text("nome;x;y\nA;566000;4883000\nB;566100;4883000\n")
    found = sampled(tmp_path / "t.csv")
    assert found.columns["nome"].values == {"A": 1, "B": 1}
    assert found.shapes == {Shape.POINT}


def large_table(path, lines):
    body = "nome;x;y\n" + "\n".join(f"punto numero {i:09d};{566_000 + i % 1000};{4_883_000 + i // 1000}" for i in lines)
    path.write_text(body + "\n")


def test_that_of_a_large_table_the_head_is_looked_at_and_the_lines_are_counted(tmp_path):
    path = tmp_path / "t.csv"
    large_table(path, range(240_000))
    assert path.stat().st_size > LARGE_BYTES
    seen = look(locate(path), "t")
    assert (seen.features, seen.geometry, seen.extent) == (240_000, "Point", None)
    assert seen.remarks[-1].code == "table-head-only"
    assert "rows" not in {problem.code for problem in seen.remarks}
    assert sampled(path).rows == ROWS


def test_that_a_large_table_is_not_read_whole(tmp_path, monkeypatch):
    from layers.formats import table

    path = tmp_path / "t.csv"
    large_table(path, range(240_000))
    whole, taken = table.records, []

    def counted(content, *words):
        taken.append(len(content))
        return whole(content, *words)

    monkeypatch.setattr("layers.formats.table.records", counted)
    look(locate(path), "t")
    assert max(taken) <= 1 << 20


def test_that_values_are_told_as_the_reader_of_layers_tells_them():
    column = column_of(pd.Series([1.0, 2.5, None, 1.0, " a "], dtype=object))
    assert column.values == {"1": 2, "2.5": 1, "a": 1}
    assert (column.filled, column.numbers) == (4, 0.75)


def test_that_values_that_are_no_scalars_are_told_as_text():
    assert column_of(pd.Series([{"a": 1}, [1, 2]])).values == {"{'a': 1}": 1, "[1, 2]": 1}


def test_that_sizes_count_by_the_ground_they_hold():
    # Of 10 000 + 4 x 1 m², half of the ground lies in the large one.
    shapes = [shapely.box(0, 0, 100, 100), *(shapely.box(i, 200, i + 1, 201) for i in range(4))]
    frame = gpd.GeoDataFrame(geometry=shapes, crs=7791)
    found = of_frame(frame, Look("t", "Polygon", frame.crs, 5, {}, tuple(frame.total_bounds), ""))
    assert found.sizes.typical_m2 == 10_000.0


@pytest.mark.parametrize("crs", [7791, 4326, 3035])
def test_that_sizes_are_square_metres_in_any_crs(crs):
    frame = rows(4, n=range(4)).to_crs(crs)
    found = of_frame(frame, Look("t", "Polygon", frame.crs, 4, {}, tuple(frame.total_bounds), ""))
    assert found.sizes.typical_m2 == pytest.approx(100.0, rel=0.02)


def test_that_without_a_crs_no_size_is_told():
    frame = rows(4, n=range(4)).set_crs(None, allow_override=True)
    assert of_frame(frame, Look("t", "Polygon", None, 4, {}, tuple(frame.total_bounds), "")).sizes is None


def test_that_tiles_cover_their_extent_and_touch_each_other():
    frame = rows(100, n=range(100))
    found = of_frame(frame, Look("t", "Polygon", frame.crs, 100, {}, tuple(frame.total_bounds), ""))
    assert (found.sizes.cover, found.sizes.alone) == (pytest.approx(1.0), 0.0)


def test_that_lines_that_meet_are_told_from_lines_that_do_not():
    chain = [shapely.LineString([(i, 0), (i + 1, 0)]) for i in range(10)]
    loose = [shapely.LineString([(i, i), (i, i + 0.5)]) for i in range(10)]
    seen = Look("t", "LineString", None, 10, {}, None, "")
    # Of 20 ends, the first and the last of the chain meet nothing.
    assert of_frame(gpd.GeoDataFrame(geometry=chain), seen).joined == pytest.approx(0.9)
    assert of_frame(gpd.GeoDataFrame(geometry=loose), seen).joined == 0.0


def test_that_cells_are_sampled_all_over_without_reading_the_raster(tmp_path, monkeypatch):
    import rasterio
    from affine import Affine

    cells = np.zeros((2000, 2000), np.uint8)
    cells[-1, -1], cells[0, 0] = 112, 111
    with rasterio.open(
        tmp_path / "s.tif", "w", driver="GTiff", width=2000, height=2000, count=1, dtype="uint8", crs=3035,
        transform=Affine(10, 0, 4_300_000, 0, -10, 2_400_000),
    ) as dataset:  # fmt: skip
        dataset.write(cells, 1)
    found = cell_sample(open_raster(locate(tmp_path / "s.tif")))
    assert found.values.tolist() == [0.0, 111.0, 112.0]
    assert (found.bands, found.dtype, found.cells) == (1, "uint8", 25 * 32 * 32)


def test_that_a_raster_that_cannot_be_read_gives_no_cells(tmp_path):
    from affine import Affine
    from pyproj import CRS

    gone = FileRaster(str(tmp_path / "gone.tif"), Grid(CRS(3035), Affine(1, 0, 0, 0, -1, 0), 5, 5))
    assert cell_sample(gone) is None


def test_that_the_bounds_of_a_dataset_are_laid_on_the_study(tmp_path):
    path = tmp_path / "z.gpkg"
    pyogrio.write_dataframe(rows(100, n=range(100)), path)  # 1000 m x 10 m
    source = locate(path)
    seen = subject.of_table(source, look(source, "z"))
    half = subject.on_study(seen, (LEFT + 500, BOTTOM, LEFT + 1500, BOTTOM + 10), seen.crs)
    assert (half.reach.of_study, half.reach.of_itself) == (pytest.approx(0.5), pytest.approx(0.5))
    away = subject.on_study(seen, (0, 0, 10, 10), seen.crs)
    assert away.reach.of_itself == 0.0


def test_that_a_zipped_dataset_is_sampled_from_its_head(tmp_path):
    pyogrio.write_dataframe(rows(3 * ROWS, n=np.arange(3 * ROWS)), tmp_path / "z.gpkg")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.write(tmp_path / "z.gpkg", "z.gpkg")
    assert sampled(tmp_path / "z.zip").rows == ROWS


def test_that_tables_made_of_a_whole_file_are_not_read_twice():
    assert {"osm", "gtfs"} == sampling._WHOLE
