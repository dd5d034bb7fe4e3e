import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from layers.plausible_crs import CODES, MOST_POINTS, advised, candidates, proposal, sample
from layers.problems import Problem
from layers.text import NOTHING, same

UTM = CRS(7791)
# A commune of 10 km x 10 km at La Spezia.
COMMUNE = shapely.box(562_000, 4_880_000, 572_000, 4_890_000)
SQUARES = gpd.GeoSeries(
    [shapely.box(563_000 + 2_000 * i, 4_881_000, 564_000 + 2_000 * i, 4_889_000) for i in range(4)], crs=UTM
)
LACKING = Problem("crs-missing", same("Zone"), same("Manca."))


def written_in(code, swapped=False, geometry=SQUARES):
    """Return the geometry as a file in ``code`` would hold it."""
    moved = geometry.to_crs(code).to_numpy()
    return shapely.transform(moved, lambda xy: xy[:, ::-1]) if swapped else moved


def best(geometry, boundary=COMMUNE):
    found = candidates(geometry, boundary, UTM)[0]
    return found.code, found.swapped, found.share


# 32632, 25832 and 7791 lie within a metre of each other, and ED50 within 213 m: the first of CODES is named.
@pytest.mark.parametrize(
    ("code", "named"),
    [(3003, 3003), (3004, 3004), (4326, 4326), (3035, 3035), (7791, 7791), (32632, 7791), (25832, 7791),
     (23032, 7791), (7792, 7792), (32633, 7792), (25833, 7792), (23033, 7792)],
)  # fmt: skip
@pytest.mark.parametrize("swapped", [False, True])
def test_that_every_usual_crs_is_recognised_in_both_orders_of_the_axes(code, named, swapped):
    assert best(written_in(code, swapped)) == (named, swapped, 1.0)


def test_that_the_remedy_says_what_fits_what_does_not_and_how_to_give_it():
    said = proposal(written_in(3003), COMMUNE, UTM).it
    assert said.startswith("Con EPSG:3003 il livello cade per il 100,0 % nel riquadro del comune. Con EPSG:3004 cade a")
    assert said.endswith("km. Se la fonte lo conferma, indicare --crs EPSG:3003.")


def test_that_a_tie_is_told_and_never_settled():
    said = proposal(written_in(23032), COMMUNE, UTM).it
    assert "Nello stesso posto con EPSG:32632, EPSG:25832." in said
    assert "Quasi uguale con EPSG:23032 (100,0 %), a 213 m da lì" in said
    assert "verificare la fonte" in said


def test_that_swapped_axes_are_named_with_the_crs_that_is_written_so():
    said = proposal(written_in(7791, swapped=True), COMMUNE, UTM).it
    assert said.startswith("Con EPSG:7791 ad assi scambiati = EPSG:6707 il livello")
    assert said.endswith("Scambiare le due coordinate nel dato, poi indicare --crs EPSG:7791.")


def test_that_what_lies_nowhere_in_italy_gets_an_honest_none():
    nowhere = [shapely.Point(-81.5, 13.0), shapely.Point(-81.4, 13.1)]
    assert proposal(nowhere, COMMUNE, UTM).it == (
        "Nessuno dei sistemi di riferimento usuali in Italia lo porta nel comune: chiederlo a chi ha dato il livello."
    )
    assert {found.share for found in candidates(nowhere, COMMUNE, UTM)} == {0.0}


def test_that_a_layer_larger_than_the_commune_says_so():
    # Of four features, one lies in the commune: a quarter.
    far = gpd.GeoSeries([shapely.Point(567_000 + 30_000 * i, 4_885_000) for i in range(4)], crs=UTM)
    assert proposal(written_in(3003, geometry=far), COMMUNE, UTM).it.startswith(
        "Con EPSG:3003 cade nel riquadro del comune solo il 25,0 %: forse il livello è più grande del comune."
    )


def test_that_the_share_is_of_features_however_many_corners_each_has():
    # A point inside, and a circle of 4 x 50 corners 100 km away: a half.
    far = gpd.GeoSeries([shapely.Point(567_000, 4_885_000), shapely.Point(667_000, 4_885_000).buffer(500, 50)], crs=UTM)
    assert best(far.to_numpy()) == (7791, False, 0.5)


@pytest.mark.parametrize(("out_m", "share"), [(499.0, 1.0), (501.0, 0.0)])
def test_that_the_margin_is_half_a_kilometre_around_the_commune(out_m, share):
    assert candidates([shapely.Point(572_000 + out_m, 4_885_000)], COMMUNE, UTM)[0].share in {share, 1.0}
    read_as_study = [found for found in candidates([shapely.Point(572_000 + out_m, 4_885_000)], COMMUNE, UTM)
                     if (found.code, found.swapped) == (7791, False)]  # fmt: skip
    assert read_as_study[0].share == share


def test_that_the_distance_is_from_the_commune_to_the_layer():
    # 672 000 - 572 000 = 100 km to the east.
    found = candidates([shapely.Point(672_000, 4_885_000)], COMMUNE, UTM)
    read_as_study = next(each for each in found if (each.code, each.swapped) == (7791, False))
    assert read_as_study.distance_m == pytest.approx(100_000)


def test_that_at_most_two_thousand_corners_are_tried_from_all_features_alike():
    circles = np.array([shapely.Point(i, 0).buffer(1, 100) for i in range(300)])
    points, owner = sample(circles)
    assert len(points) <= MOST_POINTS
    assert set(owner) == set(range(300))
    assert len(sample(shapely.points(np.arange(9_000), 0))[0]) <= MOST_POINTS


@pytest.mark.parametrize("nothing", [[], [None], [shapely.Polygon()]], ids=["none", "null", "empty"])
def test_that_a_layer_without_a_place_gets_an_honest_none(nothing):
    assert candidates(nothing, COMMUNE, UTM) == ()
    assert proposal(nothing, COMMUNE, UTM).it.startswith("Nessuno")


def test_that_only_problems_that_a_crs_would_mend_get_the_proposal():
    other = Problem("layer-empty", same("Zone"), same("Vuoto."), remedy=same("Controllare."))
    told = advised([LACKING, other], written_in(3003), COMMUNE, UTM)
    assert (told[0].code, "--crs EPSG:3003" in told[0].remedy.it) == ("crs-missing", True)
    assert told[1] == other


def test_that_without_a_boundary_nothing_is_proposed():
    assert advised([LACKING], written_in(3003), None, UTM) == [LACKING]
    assert LACKING.remedy == NOTHING


@settings(max_examples=20)
@given(st.integers(562_000, 571_000), st.integers(4_880_000, 4_889_000), st.sampled_from([3003, 3004, 4326, 3035]))
def test_that_a_square_anywhere_in_the_commune_is_recognised(left, bottom, code):
    square = gpd.GeoSeries([shapely.box(left, bottom, left + 1_000, bottom + 1_000)], crs=UTM)
    assert best(written_in(code, geometry=square)) == (code, False, 1.0)


def test_that_every_crs_is_tried_in_both_orders_and_nothing_handed_in_is_changed():
    geometry = written_in(3003)
    before = shapely.to_wkb(geometry)
    found = candidates(geometry, COMMUNE, UTM)
    assert {(each.code, each.swapped) for each in found} == {(code, swap) for code in CODES for swap in (False, True)}
    assert (shapely.to_wkb(geometry) == before).all()
    assert candidates(geometry, COMMUNE, UTM) == found


@pytest.fixture
def commune(real_data):
    return gpd.read_file(real_data / "laspezia_clip.gpkg", layer="comune_laspezia").geometry.iloc[0]


@pytest.mark.parametrize("table", ["comune_laspezia", "quartieri_punti", "farmacie"])
def test_that_real_layers_of_the_commune_in_gauss_boaga_are_recognised(real_data, commune, table):
    layer = gpd.read_file(real_data / "laspezia_clip.gpkg", layer=table)
    code, swapped, share = best(written_in(3003, geometry=layer.geometry), commune)
    assert (code, swapped) == (3003, False)
    assert share > 0.99


def test_that_real_neighbours_are_recognised_though_most_of_them_lies_outside(real_data, commune):
    layer = gpd.read_file(real_data / "laspezia_clip.gpkg", layer="comuni_confinanti")
    assert best(written_in(3003, geometry=layer.geometry), commune)[:2] == (3003, False)


def test_that_real_points_from_elsewhere_get_an_honest_none(real_data, commune):
    points = gpd.read_file(real_data / "stress" / "no_crs" / "points_wgs84_no_prj.shp")
    assert proposal(points.geometry.to_numpy(), commune, UTM).it.startswith("Nessuno")
