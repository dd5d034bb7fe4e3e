"""A run is the same on any machine: no figure, table or cell depends on how many threads there are."""

import numpy as np
import pytest
from affine import Affine

from analyses.garden_suitability import garden_suitability
from analyses.gardens.criteria import DEFAULTS
from analyses.gardens.params import GardenParams
from analyses.kernels import row_blocks
from layers.grid import Grid
from layers.raster import ArrayRaster

PARAMS = GardenParams(criterion=DEFAULTS, cell_m=10.0, least_score=0.5, draws=60)


@pytest.fixture
def hilly(field, layer):
    """The field with hills around it, roads, a fountain, homes and hazard: something for every criterion."""
    east, north = field["boundary"].total_bounds[:2]
    rows, cols = np.mgrid[0:60, 0:60]
    heights = (40 * np.sin(rows / 7) + 30 * np.cos(cols / 5)).astype(np.float32)
    grid = Grid(field["boundary"].crs, Affine(10, 0, east - 250, 0, -10, north + 350), 60, 60)
    return field | {
        "elevation": ArrayRaster(np.ma.masked_array(heights), grid),
        "streets": layer((0, 0, 100, 5), kind=["primary"]),
        "railways": layer((0, 0, 5, 100), name=["ferrovia"]),
        "water_points": layer((50, 50, 52, 52), name=["fontana"]),
        "contaminated_sites": layer((-200, -200, -150, -150), name=["ex cava"]),
        "neighbourhoods": layer((0, 0, 100, 100), name=["Borgo"], code=["B"], population=[50.0]),
        "landslide_hazard": layer((60, 60, 80, 80), **{"class": ["P2"]}),
    }


@pytest.mark.parametrize("orness", [0.5, 0.3])
def test_that_no_result_depends_on_the_number_of_threads(hilly, monkeypatch, orness):
    def run(threads):
        monkeypatch.setattr(row_blocks, "MOST_THREADS", threads)
        monkeypatch.setattr(row_blocks.os, "cpu_count", lambda: threads)
        return garden_suitability(**hilly, params=GardenParams(**{**vars(PARAMS), "orness": orness}))

    one, three = run(1), run(3)
    assert [(each.spec.id, each.value) for each in one.figures] == [(e.spec.id, e.value) for e in three.figures]
    assert all(a.frame.equals(b.frame) for a, b in zip(one.tables, three.tables, strict=True))
    for name, raster in one.rasters.items():
        assert raster.cells.filled(0).tobytes() == three.rasters[name].cells.filled(0).tobytes()


def test_that_all_eleven_criteria_measure_something(hilly):
    table = garden_suitability(**hilly, params=PARAMS).table("criteria").frame
    assert table["criterion"].tolist() == [criterion.id for criterion in DEFAULTS]
    assert table["weight"].sum() == pytest.approx(1.0)
