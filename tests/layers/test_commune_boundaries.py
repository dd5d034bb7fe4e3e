import pytest
from pyproj import CRS

from layers.commune_boundaries import boundaries, default_crs, neighbours
from layers.problems import PucError, Severity

UTM_32 = CRS.from_epsg(7791)


def test_that_la_spezia_has_its_area():
    frame, problems = boundaries(["011015"], UTM_32)
    # ISTAT's generalised boundary: 51.11 km² (the official area is 51.39 km²).
    assert frame.area.sum() / 1e6 == pytest.approx(51.11, abs=0.005)
    assert (frame["code"].tolist(), frame["name"].tolist(), frame.crs) == (["011015"], ["La Spezia"], UTM_32)
    assert problems == []


def test_that_rows_come_in_the_order_asked_for_each_once():
    frame, _ = boundaries(["011016", "La Spezia", "11016"], UTM_32)
    assert frame["code"].tolist() == ["011016", "011015"]


def test_that_an_invalid_boundary_is_mended_and_said():
    frame, (problem,) = boundaries(["074001", "011015"], CRS.from_epsg(7792))
    assert frame.is_valid.all()
    assert set(frame.geom_type) == {"MultiPolygon"} or set(frame.geom_type) <= {"Polygon", "MultiPolygon"}
    assert (problem.code, problem.severity) == ("boundary-mended", Severity.INFO)
    assert "Brindisi" in problem.where.it
    assert "m² prima" in problem.message.it


def test_that_an_unknown_code_is_refused():
    with pytest.raises(PucError, match="999999"):
        boundaries(["999999"], UTM_32)


def test_that_the_neighbours_of_la_spezia_are_those_that_touch_it():
    around = neighbours(["011015"], UTM_32, 0.0)
    assert around["name"].tolist() == [
        "Arcola", "Follo", "Lerici", "Portovenere", "Riccò del Golfo di Spezia", "Riomaggiore", "Vezzano Ligure",
    ]  # fmt: skip


def test_that_a_wider_margin_only_adds_neighbours():
    close, wide = (set(neighbours(["011015"], UTM_32, margin)["code"]) for margin in (0.0, 5000.0))
    assert close < wide
    assert "011015" not in wide


@pytest.mark.parametrize(
    ("codes", "epsg"),
    [
        (["011015"], 7791),
        (["Bari"], 7792),
        # Rome's middle is at 12.5° E; with La Spezia, at 9.8°, the middle of both lies west of 12°.
        (["Roma"], 7792),
        (["Roma", "La Spezia"], 7791),
    ],
)
def test_that_the_crs_is_that_of_the_middle_longitude(codes, epsg):
    assert default_crs(codes).to_epsg() == epsg
