"""NetCDF: grids after the CF conventions, chosen by the names of their variables."""

import signal
import struct
import subprocess
import sys

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from affine import Affine
from pyproj import CRS

from layers.formats.netcdf_length import least_length
from layers.formats.raster import layers, open_raster
from layers.intake import Ground, take_in
from layers.problems import PucError
from layers.reference import LayerRef
from layers.roles import ELEVATION
from layers.source import locate
from puc_tool.intake.inspection import inspect

PLACE = Affine(10, 0, 566_000, 0, -10, 4_884_000)
CELLS = np.arange(12, dtype=np.float32).reshape(3, 4)


def refusal(road, *arguments):
    with pytest.raises(PucError) as told:
        road(*arguments)
    (problem,) = told.value.problems
    return problem


def netcdf(path, bands=1, form="NC4", crs="EPSG:32632"):
    profile = {"width": 4, "height": 3, "count": bands, "dtype": "float32", "crs": crs, "transform": PLACE}
    with rasterio.MemoryFile() as memory:
        with memory.open(driver="GTiff", nodata=-9999, **profile) as made:
            for band in range(bands):
                made.write(CELLS + 100 * band, band + 1)
        with memory.open() as made:
            rasterio.shutil.copy(made, path, driver="netCDF", FORMAT=form)
    return locate(path)


def _padded(words):
    content = words.encode()
    return struct.pack(">i", len(content)) + content + b"\0" * (-len(content) % 4)


def _attributes(held):
    content = struct.pack(">ii", 12 if held else 0, len(held))
    for name, value in held.items():
        if isinstance(value, str):
            content += _padded(name) + struct.pack(">i", 2) + _padded(value)
        else:
            content += _padded(name) + struct.pack(">iid", 6, 1, value)
    return content


def classic(path, *, times=0, lat=(44.2, 44.19, 44.18), **attributes):
    """Write the three rows and four columns of a grid in degrees as the classic format lays it out, without a CRS."""
    lon, shape = (9.8, 9.81, 9.82, 9.83), ([2, 0, 1] if times else [0, 1])
    cells = struct.pack(f">{12 * (times or 1)}h", *range(12 * (times or 1)))
    held = [
        ("lat", [0], {"units": "degrees_north", "standard_name": "latitude"}, 6, struct.pack(">3d", *lat)),
        ("lon", [1], {"units": "degrees_east", "standard_name": "longitude"}, 6, struct.pack(">4d", *lon)),
        ("quota", shape, attributes, 3, cells + b"\0" * (-len(cells) % 4)),
    ]
    sizes = [("lat", 3), ("lon", 4), *([("time", times)] if times else [])]
    head = b"CDF\x01" + struct.pack(">iii", 0, 10, len(sizes))
    head += b"".join(_padded(name) + struct.pack(">i", size) for name, size in sizes)
    head += _attributes({"Conventions": "CF-1.6"})

    def listed(places):
        content = struct.pack(">ii", 11, len(held))
        for (name, dimensions, told, kind, data), at in zip(held, places, strict=True):
            content += _padded(name) + struct.pack(f">{len(dimensions) + 1}i", len(dimensions), *dimensions)
            content += _attributes(told) + struct.pack(">iii", kind, len(data), at)
        return content

    start = len(head) + len(listed([0, 0, 0]))
    places = [start + sum(len(each[4]) for each in held[:at]) for at in range(3)]
    path.write_bytes(head + listed(places) + b"".join(each[4] for each in held))
    return locate(path)


@pytest.mark.parametrize("form", ["NC", "NC2", "NC4", "NC4C"])
def test_that_the_one_grid_is_read_where_its_mapping_places_it(tmp_path, form):
    raster = open_raster(netcdf(tmp_path / "dtm.nc", form=form))
    assert (raster.grid.crs.to_epsg(), raster.grid.bounds) == (32632, (566_000, 4_883_970, 566_040, 4_884_000))
    assert raster.read(raster.grid.whole).tolist() == CELLS.tolist()


def test_that_of_several_grids_one_is_chosen_by_its_variable(tmp_path):
    source = netcdf(tmp_path / "dtm.nc", bands=2)
    assert layers(source) == ("Band1", "Band2")
    assert refusal(open_raster, source).sentence("it") == (
        "dtm.nc: il file contiene più di una tabella (2). Sceglierne una con --layer: Band1, Band2."
    )
    assert refusal(open_raster, source, None, "quota").code == "table-missing"
    raster = open_raster(source, layer="Band2")
    assert raster.read(raster.grid.whole).tolist() == (CELLS + 100).tolist()


def test_that_inspect_names_every_grid_as_add_wants_it(tmp_path):
    entries, _ = inspect(netcdf(tmp_path / "dtm.nc", bands=2).path, "it")
    assert [(entry["name"], entry["features"]) for entry in entries] == [("Band1", 12), ("Band2", 12)]
    intake = take_in(LayerRef("elevation", "dtm.nc", "Band2"), ELEVATION, tmp_path, Ground(CRS(7791)))
    assert intake.layer.read(intake.layer.grid.whole).max() == 111


def test_that_degrees_without_a_mapping_are_placed_and_their_crs_is_asked_for(tmp_path):
    source = classic(tmp_path / "dtm.nc")
    assert refusal(open_raster, source).code == "crs-missing"
    raster = open_raster(source, CRS(4326))
    # Cells of 0.01 degrees around their coordinates: half a cell over on each side.
    assert raster.grid.bounds == pytest.approx((9.795, 44.175, 9.835, 44.205))
    assert raster.read(raster.grid.whole).tolist() == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]


def test_that_packed_values_are_read_in_their_unit(tmp_path):
    raster = open_raster(classic(tmp_path / "dtm.nc", scale_factor=0.1, add_offset=100.0), CRS(4326))
    # Stored 0, 1, … 11 in decimetres above 100 m.
    assert raster.read(raster.grid.whole)[2].tolist() == pytest.approx([100.8, 100.9, 101.0, 101.1])


def test_that_times_and_levels_are_refused_with_their_number(tmp_path):
    assert refusal(open_raster, classic(tmp_path / "dtm.nc", times=3), CRS(4326)).sentence("it") == (
        "dtm.nc: la griglia ha più strati, tempi o livelli (3); si legge una griglia a due dimensioni. "
        "Non si sa quale strato serve. Estrarre lo strato voluto in un GeoTIFF."
    )


def test_that_a_grid_with_uneven_rows_is_refused(tmp_path):
    assert refusal(open_raster, classic(tmp_path / "dtm.nc", lat=(44.2, 44.1, 43.0)), CRS(4326)).code == (
        "raster-not-georeferenced"
    )


@pytest.mark.parametrize("content", [b"", b"CDF\x01", b"CDF\x01" + b"\xff" * 60, b"\x89HDF\r\n\x1a\n" + b"\0" * 50])
def test_that_what_is_no_netcdf_is_told(tmp_path, content):
    (tmp_path / "dtm.nc").write_bytes(content)
    source = locate(tmp_path / "dtm.nc")
    assert refusal(open_raster, source).code in ("source-broken", "netcdf-no-grid")


@pytest.mark.parametrize("form", ["NC", "NC2"])
def test_that_a_grid_cut_short_is_refused_and_not_read_as_zeros(tmp_path, form):
    path = netcdf(tmp_path / "dtm.nc", form=form).path
    whole = path.read_bytes()
    assert least_length(path) <= len(whole)
    # The last of 12 values of 4 bytes is gone.
    path.write_bytes(whole[:-4])
    problem = refusal(open_raster, locate(path))
    assert (problem.code, "annuncia 12 celle" in problem.message.it) == ("source-broken", True)


@pytest.mark.parametrize("head", [b"", b"CDF", b"CDF\x05" + b"\0" * 40, b"\x89HDF\r\n", b"CDF\x01" + b"\x7f" * 90])
def test_that_a_head_that_says_no_length_says_none(tmp_path, head):
    (tmp_path / "dtm.nc").write_bytes(head)
    assert least_length(tmp_path / "dtm.nc") is None


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="this system does not count the processor's time")
def test_that_a_file_that_holds_the_library_is_ended_by_the_time_of_the_processor():
    holding = "from layers.formats import netcdf_probe\nnetcdf_probe.end_after(1)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", holding], check=False)
    assert ended.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
