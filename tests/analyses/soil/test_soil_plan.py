import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.analysis import Edition
from analyses.soil.plan import KEPT, NEW, TOWN, UNSAID, standing_of
from analyses.soil_consumption import soil_consumption

COLUMNS = ["committed_m2", "avoidable_m2", "recoverable_m2"]


@pytest.mark.parametrize(
    ("buildable", "dm1444", "standing"),
    [
        ("", "A", KEPT), ("", "B", TOWN), ("", "C", NEW), ("", "D", NEW), ("", "E", KEPT), ("", "F", NEW),
        ("yes", "A", TOWN), ("no", "B", KEPT), ("no", "C", KEPT), ("yes", "E", NEW), ("yes", "", NEW), ("no", "", KEPT),
        ("", "", UNSAID),
    ],
)  # fmt: skip
def test_that_a_zone_stands_as_its_own_word_says_else_its_class(buildable, dm1444, standing):
    assert standing_of(buildable, dm1444) == standing


def strip(town, left, right, low=0, high=100):
    """Return ground in metres from the town's lower left corner."""
    west, south, *_ = town["boundary"].geometry[0].bounds
    return shapely.box(west + left, south + low, west + right, south + high)


def zoned(town, **columns):
    """Give the town vertical zones: 0-40, 40-70, 70-100 m."""
    shapes = [strip(town, *edges) for edges in ((0, 40), (40, 70), (70, 100))]
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=town["boundary"].crs)
    return town | {"zoning": (Edition(2003, frame),)}


def plan_of(inputs):
    return soil_consumption(**inputs).table("plan").frame.set_index("code")


def codes(result):
    return [problem.code for problem in result.problems]


def sentence(result, code):
    return next(problem.sentence("it") for problem in result.problems if problem.code == code)


def test_that_a_plan_commits_what_is_free_in_buildable_zones(town):
    # In 2023: B, 0-40 m: columns 0, 1 and half of 2 are 111, half of 2 is free (500 m²), 3 is 121. C, 40-70 m: free.
    # E, 70-100 m: column 9 has 200 m² of 111 and 800 m² without data.
    found = plan_of(zoned(town, zone=["B", "C", "E"], dm1444=["B", "C", "E"]))
    assert found.loc["B", COLUMNS].tolist() == pytest.approx([500.0, 0.0, 0.0])
    assert found.loc["C", COLUMNS].tolist() == pytest.approx([3000.0, 3000.0, 0.0])
    assert found.loc["E", COLUMNS].tolist() == pytest.approx([0.0, 0.0, 0.0])


def test_that_reversible_soil_where_nothing_may_be_built_can_be_recovered(town):
    # Column 3, 121, in a zone of class E: 1,000 m².
    found = plan_of(zoned(town, zone=["E1", "C", "E2"], dm1444=["E", "C", "E"]))
    assert found.loc["E1", COLUMNS].tolist() == pytest.approx([0.0, 0.0, 1000.0])


def test_that_transformation_districts_are_not_to_be_avoided(town):
    # The district lies over 45-65 m × 20-30 m of zone C: 200 m².
    moved = town["districts"].set_geometry([strip(town, 45, 65, 20, 30)], crs=town["boundary"].crs)
    found = plan_of(zoned(town | {"districts": moved}, zone=["B", "C", "E"], dm1444=["B", "C", "E"]))
    assert found.loc["C", COLUMNS].tolist() == pytest.approx([3000.0, 2800.0, 0.0])


def test_that_polygons_of_one_zone_may_stand_differently(town):
    found = plan_of(zoned(town, zone=["B", "C", "C"], buildable=["yes", "yes", "no"], dm1444=["B", "C", "C"]))
    # Of zone C only 40-70 m may be built on.
    assert found.loc["C", "committed_m2"] == pytest.approx(3000.0)


def test_that_the_one_decision_that_spares_most_is_told(town):
    result = soil_consumption(**zoned(town, zone=["B", "C", "D"], dm1444=["B", "C", "D"]))
    # D, 70-100 m, has 2,000 m² free of 3,000.
    assert sentence(result, "plan-best-saving") == (
        "Zonizzazione del piano: la singola scelta che risparmia più suolo è togliere l'edificabilità alla zona C: "
        "0,30\u202fha. In tutto il piano il suolo evitabile è 0,50\u202fha."
    )


def test_that_zones_that_do_not_say_how_they_stand_are_told(town):
    result = soil_consumption(**zoned(town, zone=["B", "C", "Q"], dm1444=["B", "C", ""]))
    assert "plan-buildable-by-class" in codes(result)
    assert sentence(result, "plan-buildable-unknown").startswith(
        "Zonizzazione del piano: 0,30\u202fha stanno in zone senza «buildable» e senza classe DM 1444."
    )
    explicit = soil_consumption(**zoned(town, zone=["B", "C", "Q"], buildable=["yes", "yes", "no"]))
    assert not {"plan-buildable-by-class", "plan-buildable-unknown"} & set(codes(explicit))


def test_that_a_plan_without_any_field_commits_nothing_and_says_so(town):
    result = soil_consumption(**zoned(town, zone=["X", "Y", "Z"]))
    assert result.table("plan").frame[COLUMNS].to_numpy().sum() == 0.0
    assert "plan-buildable-unknown" in codes(result)
    assert "plan-best-saving" not in codes(result)


def test_that_land_use_tells_nothing_of_recovery(town):
    frame = (
        soil_consumption(**(zoned(town, zone=list("BCE"), dm1444=list("BCE")) | {"soil_consumption": ()}))
        .table("plan")
        .frame
    )
    assert frame.columns.tolist() == ["code", "name", "committed_m2", "avoidable_m2"]
    # C, 40-70 m: 112 on 20 m, wood on 10 m.
    assert frame["committed_m2"].tolist() == pytest.approx([1000.0, 1000.0, 0.0])


@given(st.lists(st.sampled_from(["A", "B", "C", "D", "E", "F", ""]), min_size=3, max_size=3))
@settings(max_examples=12)
def test_that_what_is_committed_closes_with_the_zone(classes):
    town = _TOWN
    result = soil_consumption(**zoned(town, zone=["X", "Y", "Z"], dm1444=classes))
    rows = result.table("plan").frame.merge(result.table("by_zone").frame, on=["code", "name"])
    for row, dm1444 in zip(rows.to_dict("records"), classes, strict=True):
        free = row["area_m2"] - row["consumed_m2"] - row["no_data_m2"]
        is_buildable = dm1444 in ("B", "C", "D", "F")
        assert row["committed_m2"] == pytest.approx(free if is_buildable else 0.0, rel=1e-9, abs=1e-6)
        assert row["avoidable_m2"] <= row["committed_m2"] * (1 + 1e-12)
        reversible = row["reversible_m2"] if dm1444 in ("A", "E") else 0.0
        assert row["recoverable_m2"] == pytest.approx(reversible, rel=1e-9, abs=1e-6)


_TOWN: dict[str, object] = {}


@pytest.fixture(autouse=True)
def _town_for_hypothesis(town):
    _TOWN.update({name: town[name] for name in ("boundary", "soil_consumption", "districts")})


def test_that_a_study_without_a_plan_has_no_table_of_it(town):
    result = soil_consumption(**(town | {"zoning": ()}))
    assert result.table("plan") is None
    assert isinstance(result.table("by_commune").frame, pd.DataFrame)
