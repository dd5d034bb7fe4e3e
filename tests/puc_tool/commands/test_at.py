"""at: what applies at a point, a polygon, a parcel, in words, as JSON and as a page."""

from __future__ import annotations

import geopandas
import pikepdf
import pytest
import shapely

from analyses.what_applies import APPLIES

WEST, SOUTH = 4_306_000.0, 2_336_000.0
SQUARE = "POLYGON ((4306400 2336100, 4306600 2336100, 4306600 2336200, 4306400 2336200, 4306400 2336100))"


@pytest.fixture
def parcelled(town, puc, tmp_path):
    """Return the borough with one parcel in two pieces, and one constraint over its northern half."""
    ground = [
        shapely.box(WEST + 100, SOUTH + 400, WEST + 200, SOUTH + 600),
        shapely.box(WEST + 300, SOUTH + 400, WEST + 400, SOUTH + 500),
    ]
    parcels = geopandas.GeoDataFrame({"code": ["12/7", "12/7"]}, geometry=ground, crs="EPSG:3035")
    strip = geopandas.GeoDataFrame(
        {"kind": ["landscape"]}, geometry=[shapely.box(WEST, SOUTH + 500, WEST + 1000, SOUTH + 1000)], crs="EPSG:3035"
    )
    for role, layer in (("parcels", parcels), ("constraints", strip)):
        path = tmp_path / f"{role}.gpkg"
        layer.to_file(path)
        assert puc("add", town, role, path, "--copy").code == 0
    return town


def items(said, role):
    return [item for item in said.content["items"] if item["role"] == role]


def test_that_a_square_astride_both_neighbourhoods_is_shared_out(puc, town):
    # 200 m × 100 m across the middle of the borough at 500 m: half each.
    said = puc("at", town, "--wkt", SQUARE, "--json")
    assert said.code == 0
    assert [(item["area_m2"], item["pct"]) for item in items(said, "neighbourhoods")] == [(10_000.0, 50.0)] * 2


def test_that_an_item_has_the_keys_of_the_contract(puc, town):
    item = puc("at", town, "--wkt", SQUARE, "--json").content["items"][0]
    assert list(item) == [column.id for column in APPLIES.columns]


def test_that_a_point_has_null_measures(puc, town):
    (item,) = items(puc("at", town, "--xy", f"{WEST + 10},{SOUTH + 10}", "--json"), "neighbourhoods")
    assert (item["area_m2"], item["pct"], item["year"]) == (None, None, None)


def test_that_coordinates_with_commas_are_parted_by_a_semicolon(puc, town):
    written = puc("at", town, "--xy", "4306010,5;2336010,5", "--json").content
    assert written == puc("at", town, "--xy", "4306010.5,2336010.5", "--json").content


def test_that_a_parcel_in_pieces_is_one_place(puc, parcelled):
    # 100 × 200 and 100 × 100; of the first the northern half is protected.
    said = puc("at", parcelled, "--parcel", "12/7", "--json")
    found = {item["code"]: item["area_m2"] for item in items(said, "constraints")}
    assert found == {"landscape": pytest.approx(10_000.0), "": pytest.approx(20_000.0)}


def test_that_people_read_the_place_its_themes_and_the_disclaimer(puc, parcelled):
    lines = puc("at", parcelled, "--parcel", "12/7").out.splitlines()
    assert lines[0].startswith("Luogo di 30.000,0 m²")
    assert "Quartieri" in lines
    assert any("33,33 %" in line and "D.Lgs 42/2004" in line for line in lines)
    assert "non è un certificato di destinazione urbanistica" in lines[-1]


def test_that_the_page_is_accessible_and_the_same_each_time(puc, parcelled, tmp_path):
    pages = [tmp_path / name for name in ("a.pdf", "b.pdf")]
    for page in pages:
        assert puc("at", parcelled, "--parcel", "12/7", "--pdf", page).code == 0
    assert pages[0].read_bytes() == pages[1].read_bytes()
    with pikepdf.open(pages[0]) as document:
        assert len(document.pages) == 1
        assert document.Root.Lang == "it-IT"
        assert document.Root.MarkInfo.Marked


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--xy", "12"), "place-not-a-point"),
        (("--xy", "nan,3"), "place-not-a-point"),
        (("--wkt", "POLIGONO"), "place-not-wkt"),
        (("--wkt", "LINESTRING (0 0, 1 1)"), "place-kind"),
        (("--wkt", "POLYGON EMPTY"), "place-kind"),
        (("--wkt", "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))"), "place-crosses-itself"),
        (("--xy", "0,0"), "place-elsewhere"),
        (("--parcel", "1/1"), "role-lacking"),
    ],
)
def test_that_a_place_that_can_not_be_asked_about_is_explained(refused, town, words, code):
    assert refused("at", town, *words)["code"] == code


def test_that_an_unknown_parcel_is_told_with_those_like_it(refused, parcelled):
    said = refused("at", parcelled, "--parcel", "12/8")
    assert said["code"] == "parcel-unknown"
    assert "12/7" in said["remedy"]


def test_that_a_layer_with_errors_is_left_out_and_named(puc, parcelled):
    (parcelled / "data" / "constraints.gpkg").unlink()
    said = puc("at", parcelled, "--wkt", SQUARE, "--json")
    assert said.code == 0
    assert not items(said, "constraints")
    assert {"applies-layer-left-out", "source-missing"} <= set(said.problems)


def test_that_one_place_must_be_named(puc, town):
    assert puc("at", town, "--json").code == 2
    assert puc("at", town, "--xy", "0,0", "--parcel", "1", "--json").code == 2
