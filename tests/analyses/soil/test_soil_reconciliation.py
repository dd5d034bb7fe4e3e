from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS, Geod

from analyses.analysis import Edition
from analyses.equal_area import true_area_m2
from analyses.soil.editions import issue_of
from analyses.soil.params import SoilParams
from analyses.soil.reconciliation import beyond_centres_m2
from analyses.soil_consumption import soil_consumption
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM = CRS(7791)
EAST, NORTH = 566_500.0, 4_883_500.0


def spezia(town, years=(2017, 2018), **changes):
    """Return the town under a name, and with years, of which there are published figures."""
    soil = tuple(
        replace(each, year=year, **changes) for each, year in zip(town["soil_consumption"], years, strict=True)
    )
    boundary = town["boundary"].assign(name="La Spezia", code="011015")
    return town | {"boundary": boundary, "soil_consumption": soil}


def codes(result):
    return [problem.code for problem in result.problems]


def table(inputs, **params):
    return soil_consumption(**inputs, params=SoilParams(**params)).table("reconciliation")


def test_that_published_figures_of_the_years_stand_beside_ours(town):
    frame = table(spezia(town)).frame
    told = frame.drop_duplicates("figure").set_index("figure")
    # The town has 0.37 ha consumed of 1 ha, 0.05 ha net; published are 1,478 ha, 28.76 %, 1.8 ha.
    assert told["ours"].to_dict() == {
        "suolo_consumato_ha": pytest.approx(0.37), "consumo_netto_ha": pytest.approx(0.05),
        "suolo_consumato_pct": pytest.approx(37.0),
    }  # fmt: skip
    assert told["published"].to_dict() == {
        "suolo_consumato_ha": 1478.0, "consumo_netto_ha": 1.8, "suolo_consumato_pct": 28.76,
    }  # fmt: skip
    assert told["difference"].tolist() == pytest.approx((told["ours"] - told["published"]).tolist())
    assert told.loc["suolo_consumato_ha", "edition"].startswith("ISPRA ed. 2019")


def test_that_the_causes_of_a_difference_add_up_to_it(town):
    frame = table(spezia(town)).frame
    assert frame.groupby("figure")["share"].sum().tolist() == pytest.approx([1.0] * 3)
    causes = frame.groupby("figure", sort=False)["cause"].agg(list).to_dict()
    rest = "edizione, codici e resto"
    assert causes == {
        "suolo_consumato_ha": ["confine", "proiezione", "risoluzione", rest],
        "consumo_netto_ha": ["confine", "proiezione", rest],
        "suolo_consumato_pct": ["confine", "risoluzione", rest],
    }


def test_that_boundary_and_projection_have_the_effect_worked_out_by_hand(town):
    inputs = spezia(town)
    frame = table(inputs).frame.set_index(["figure", "cause"])
    effect = (frame["share"] * frame["difference"]).to_dict()
    scale = true_area_m2(inputs["boundary"].geometry)[0] / 10_000
    assert effect["suolo_consumato_ha", "proiezione"] == pytest.approx(0.37 * (1 - scale))
    # The published 51.39 km² at our share of consumed soil.
    assert effect["suolo_consumato_ha", "confine"] == pytest.approx(0.37 * scale - 0.37 * 5139 / 1)
    assert effect["suolo_consumato_pct", "confine"] == pytest.approx(37.0 - 37.0 * scale / 5139)


def test_that_an_earlier_year_is_compared_too(town):
    # Published for 2015: 15 km². The town had 0.30 ha at its first date.
    frame = table(spezia(town, (2015, 2023))).frame
    (published,) = set(frame["published"])
    assert (set(frame["figure"]), published) == ({"suolo_consumato_ha"}, 1500.0)
    assert frame["ours"].iloc[0] == pytest.approx(0.30)


def test_that_without_a_published_figure_of_the_place_and_year_there_is_no_table(town):
    assert table(town) is None
    assert table(spezia(town, (2012, 2023))) is None


def test_that_published_percentages_are_never_compared_without_a_warning_unless_the_edition_is_the_same(town):
    assert "editions-differ-published" in codes(soil_consumption(**spezia(town)))
    other = soil_consumption(**spezia(town, credit="ISPRA, ed. 2024"))
    assert "editions-differ-published" in codes(other)
    hectares_only = soil_consumption(**spezia(town, (2015, 2023)))
    assert "editions-differ-published" not in codes(hectares_only)


@pytest.mark.parametrize(
    ("credit", "issue"),
    [("ISPRA, ed. 2024", "2024"), ("Edizione 2021 ISPRA", "2021"), ("ISPRA 2024 edition 2023", "2023"), ("2018", ""),
     ("ISPRA ed 2020", "2020"), ("", "")],
)  # fmt: skip
def test_that_an_edition_is_read_from_the_credit(credit, issue):
    assert issue_of(Edition(2018, None, credit)) == issue


def test_that_two_editions_are_never_compared_without_a_warning(town):
    first, last = town["soil_consumption"]
    mixed = (replace(first, credit="ISPRA, ed. 2013"), replace(last, credit="ISPRA, ed. 2024"))
    assert "editions-differ" in codes(soil_consumption(**(town | {"soil_consumption": mixed})))
    alike = tuple(replace(each, credit="ISPRA, ed. 2024") for each in (first, last))
    assert not {"editions-differ", "editions-unsaid"} & set(
        codes(soil_consumption(**(town | {"soil_consumption": alike})))
    )
    assert "editions-unsaid" in codes(soil_consumption(**town))


def test_that_areas_of_utm_are_seven_ten_thousandths_short_here():
    # The page says 0.07 % short at La Spezia; checked against PROJ's geodesic area of a densified outline.
    whole = gpd.GeoSeries([shapely.Point(EAST, NORTH).buffer(4000)], crs=UTM)
    true_m2 = true_area_m2(whole)[0]
    assert 1 - whole.area[0] / true_m2 == pytest.approx(7e-4, abs=0.5e-4)
    on_globe = whole.segmentize(20.0).to_crs(4258)[0]
    assert true_m2 == pytest.approx(abs(Geod(ellps="GRS80").geometry_area_perimeter(on_globe)[0]), rel=1e-8)


def test_that_covered_parts_are_more_or_less_than_cells_by_their_centre():
    # Cells of 10 m, all consumed. A ground of 14 m × 10 m covers 1.4 cells and one centre; one of 16 m, 1.6 and two.
    cells = ArrayRaster(
        np.ma.array(np.full((3, 3), 111, np.uint8)), Grid(UTM, Affine(10, 0, EAST, 0, -10, NORTH + 30), 3, 3)
    )
    for width, more_m2 in ((14.0, 40.0), (16.0, -40.0)):
        ground = gpd.GeoSeries([shapely.box(EAST, NORTH, EAST + width, NORTH + 10)], crs=UTM)
        assert beyond_centres_m2(ground, cells) == pytest.approx(more_m2)
