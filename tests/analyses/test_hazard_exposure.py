import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from analyses.analysis import Edition
from analyses.hazard.params import HazardParams
from analyses.hazard_exposure import HAZARD_EXPOSURE, hazard_exposure
from analyses.progress import Cancelled
from puc_tool.figures.found_results import Results
from puc_tool.figures.pieces import CellAsked, FigureAsked, is_sum, pieces_of, value_of
from tests.area_by_slabs import area_together

UTM = CRS(7791)
EAST, NORTH = 566_500.0, 4_883_500.0
BY_UNIT = ("by_neighbourhood", "by_zone", "by_district")


def run(everything, **params):
    inputs = {role.id: everything[role.id] for role in HAZARD_EXPOSURE.inputs if role.id in everything}
    return hazard_exposure(**inputs, params=HazardParams(**params))


def without(everything, *names):
    return {name: layer for name, layer in everything.items() if name not in names}


def values(result, stem):
    return {
        figure.spec.id.removeprefix(f"{stem}_"): figure.value
        for figure in result.figures
        if figure.spec.id.startswith(f"{stem}_") and figure.spec.id.count("_") == stem.count("_") + 1
    }


def rows(result, table, **wanted):
    frame = result.table(table).frame
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return frame


def codes(result):
    return [problem.code for problem in result.problems]


def said(result):
    return [problem.sentence("it") for problem in result.problems]


def test_that_floods_are_nested(everything):
    result = run(everything)
    # 20, 40, 60 m of 100 × 100 m. Section 1: 90 people in 384 and 768 m³ of homes, 30 in P3 and 60 in P2; the shop at
    # 45 m is a building without people.
    assert values(result, "flood_p3") == pytest.approx({"m2": 2000, "pct": 20, "people": 30, "buildings": 1})
    assert values(result, "flood_p2") == pytest.approx({"m2": 4000, "pct": 40, "people": 90, "buildings": 2})
    assert values(result, "flood_p1") == pytest.approx({"m2": 6000, "pct": 60, "people": 90, "buildings": 3})


def test_that_landslides_exclude_each_other(everything):
    result = run(everything)
    # Pg4: 30 × 50 m. Pg2: 40 × 100 m without that. Section 2, 20 people on 40 × 50 m without homes: three quarters in
    # Pg4. The home of section 3, 10 people, stands in Pg2. AA: 10 × 50 m.
    assert values(result, "landslide_p4") == pytest.approx({"m2": 1500, "pct": 15, "people": 15, "buildings": 0})
    assert values(result, "landslide_p3") == pytest.approx({"m2": 0, "pct": 0, "people": 0, "buildings": 0})
    assert values(result, "landslide_p2") == pytest.approx({"m2": 2500, "pct": 25, "people": 15, "buildings": 1})
    assert values(result, "landslide_aa") == pytest.approx({"m2": 500, "pct": 5, "people": 0, "buildings": 0})
    assert result.figure("landslide_p3_p4_m2").value == pytest.approx(1500)


def test_that_each_class_tells_what_is_in_it_alone_and_with_the_graver_ones(everything):
    frame = run(everything).table("by_class").frame
    flood = frame[frame["hazard"] == "flood"]
    assert flood["class"].tolist() == ["P3", "P2", "P1", ""]
    assert flood["source_class"].tolist() == ["P3", "P2", "P1", ""]
    assert flood["area_m2"].tolist() == pytest.approx([2000, 2000, 2000, 4000])
    assert flood["area_nested_m2"].tolist() == pytest.approx([2000, 4000, 6000, 4000])
    assert flood["people"].tolist() == pytest.approx([30, 60, 0, 30])
    assert flood["services"].tolist() == [0, 1, 0, 1]
    # 2023: columns 0 and 1 are consumed, of column 2 the lower half, column 3, and two cells of column 9.
    assert flood["consumed_m2"].tolist() == pytest.approx([2000, 1500, 0, 200])
    landslide = frame[frame["hazard"] == "landslide"]
    assert landslide["class"].tolist() == ["P4", "P3", "P2", "P1", "AA", ""]
    assert landslide["source_class"].tolist() == ["Pg4", "", "Pg2", "", "AA", ""]
    assert landslide["area_nested_m2"].tolist() == pytest.approx([1500, 1500, 4000, 4000, 500, 5500])


def test_that_neighbourhoods_have_every_class_and_zeros_where_there_is_nothing(everything):
    result = run(everything)
    # Ponente ends at 35 m, Levante at 95 m; its school and shop lie in Levante.
    ponente = rows(result, "by_neighbourhood", code="P", hazard="flood")
    assert ponente["class"].tolist() == ["P3", "P2", "P1", ""]
    assert ponente["area_m2"].tolist() == pytest.approx([2000, 1500, 0, 0])
    assert ponente["people"].tolist() == pytest.approx([30, 60, 0, 0])
    assert ponente["buildings"].tolist() == [1, 1, 0, 0]
    rest = rows(result, "by_neighbourhood", code="", hazard="landslide")
    assert rest["name"].unique().tolist() == ["(fuori da ogni unità)"]
    assert rest["area_m2"].tolist() == pytest.approx([250, 0, 250, 0, 0, 0])


def test_that_districts_tell_what_the_plan_would_add(everything):
    result = run(everything)
    # Ut 0.5 on 400 m² less 50 m² that stand already: 150 m²; half of it in P3, half in P2. Half of it for homes of
    # 25 m² a person: 1.5 people in each.
    district = rows(result, "by_district", code="D1", hazard="flood")
    assert district["area_m2"].tolist() == pytest.approx([200, 200, 0, 0])
    assert district["floor_area_new_m2"].tolist() == pytest.approx([75, 75, 0, 0])
    assert district["people_new"].tolist() == pytest.approx([1.5, 1.5, 0, 0])
    assert (rows(result, "by_district", code="")["people_new"] == 0).all()
    denser = rows(run(everything, floor_area_per_person_m2=50.0), "by_district", code="D1", hazard="flood")
    assert denser["people_new"].sum() == pytest.approx(1.5)


def test_that_districts_without_an_index_say_so(everything):
    everything["districts"] = everything["districts"].drop(columns="ut_m2_m2")
    result = run(everything)
    assert "floor_area_new_m2" not in result.table("by_district").frame
    assert "Distretti di trasformazione: manca l'indice Ut." in " ".join(said(result))


@pytest.mark.parametrize("table", BY_UNIT)
@pytest.mark.parametrize("column", ["area_m2", "people", "buildings"])
def test_that_the_classes_of_all_units_add_up_to_the_whole(everything, table, column):
    result = run(everything)
    whole = {"area_m2": 10_000.0, "people": 120.0, "buildings": 4.0}[column]
    sums = result.table(table).frame.groupby("hazard")[column].sum()
    assert sums.tolist() == pytest.approx([whole] * 2, rel=1e-9)
    for hazard in ("flood", "landslide"):
        by_class = rows(result, "by_class", hazard=hazard).groupby("class")[column].sum()
        by_unit = rows(result, table, hazard=hazard).groupby("class")[column].sum()
        pd.testing.assert_series_equal(by_class, by_unit, rtol=1e-9)


def test_that_the_pieces_of_a_figure_add_up_to_it(everything):
    result = run(everything)
    pieces = result.layers["fragments"]
    assert pieces["id"].is_unique
    assert pieces.area.tolist() == pytest.approx(pieces["area_m2"].tolist())
    for figure in result.figures:
        stem, measure = figure.spec.id.rsplit("_", 1)
        if measure in ("m2", "people", "buildings"):
            counted = pieces[pieces["figures"].str.split().map(lambda stems, stem=stem: stem in stems)]
            column = "area_m2" if measure == "m2" else measure
            assert counted[column].sum() == pytest.approx(figure.value, rel=1e-9), figure.spec.id
    inside = pieces[(pieces["neighbourhood"] == "P") & (pieces["zone"] == "B") & (pieces["district"] == "D1")]
    # Above the diagonal, within the district: the triangle of 20 × 20 m.
    assert inside["area_m2"].sum() == pytest.approx(200.0)


def test_that_one_hazard_alone_is_enough_and_the_other_s_figures_say_why_there_are_none(everything):
    result = run(without(everything, "flood_hazard"))
    assert result.figure("flood_p1_m2").why.it == "Manca il livello «Pericolosità idraulica»."
    assert result.figure("landslide_p4_m2").value == pytest.approx(1500)
    assert set(result.table("by_class").frame["hazard"]) == {"landslide"}


def test_that_without_population_counts_are_written_and_people_are_not(everything):
    result = run(without(everything, "census"))
    assert result.figure("flood_p1_people").value is None
    assert result.figure("flood_p1_people").why.it.startswith("Manca la popolazione")
    assert result.figure("flood_p1_buildings").value == 3.0
    assert "people" not in result.table("by_neighbourhood").frame


def test_that_without_census_the_neighbourhoods_population_stands_in(everything):
    everything["neighbourhoods"] = everything["neighbourhoods"].assign(population=[20.0, 90.0])
    result = run(without(everything, "census"))
    # Ponente, the first, has two homes of 384 and 768 m³; Levante one, the shop being none.
    assert result.figure("flood_p3_people").value == pytest.approx(20 / 3)
    assert "Quartieri: residenti ripartiti" in " ".join(said(result))


def test_that_without_buildings_people_are_on_the_ground_of_their_section(everything):
    result = run(without(everything, "buildings"))
    assert result.figure("flood_p3_people").value == pytest.approx(30.0)
    assert result.figure("flood_p3_buildings").why.it == "Mancano gli edifici."


def test_that_of_two_censuses_the_latest_counts(everything):
    (census,) = everything["census"]
    everything["census"] = (Edition(2011, census.data.assign(population=9999.0)), census)
    assert run(everything).figure("flood_p1_people").value == pytest.approx(90.0)


def test_that_what_lies_beyond_the_boundary_is_told(everything):
    # The building at 110 m.
    assert (
        "Edifici: fuori dal confine: 1 elemento. Ciò che è fuori non sta in alcuna unità e non viene contato."
        in said(run(everything))
    )


def test_that_people_of_a_section_half_outside_are_told(everything):
    everything["census"][0].data.loc[2, "geometry"] = shapely.box(EAST + 100, NORTH, EAST + 200, NORTH + 100)
    assert "Sezioni di censimento: fuori dal confine: 10 residenti." in " ".join(said(run(everything)))


def test_that_uses_come_with_the_sentence_that_they_are_not_law(everything):
    result = run(everything)
    frame = result.table("uses").frame
    assert frame["disclaimer"].str.startswith("Sintesi indicativa di pratica urbanistica. Valgono le norme").all()
    assert frame["source_class"].tolist() == ["P3", "P2", "P1", "Pg4", "", "Pg2", ""]
    assert "uses-not-law" in codes(result)


def test_that_a_class_with_a_row_of_its_own_has_that_one(everything):
    everything["landslide_hazard"] = everything["landslide_hazard"].replace({"class": {"Pg2": "Pg3b"}})
    frame = run(everything).table("uses").frame.set_index("source_class")
    assert frame.loc["Pg3b", "nuova_costruzione"] == "con_studio_geologico"


def test_that_idrogeo_is_compared_with_where_its_table_is_joined(everything):
    result = run(everything)
    frame = result.table("reconciliation").frame.set_index("figure")
    # 60 % of the communes are 0.006 km²: 10,000 m². P3: 2,000 m² here, 2,100 there.
    assert frame.loc["boundary_m2", ["ours", "published"]].tolist() == pytest.approx([10_000, 10_000])
    assert frame.loc["flood_p3_m2", ["ours", "published", "difference"]].tolist() == pytest.approx([2000, 2100, -100])
    assert frame.loc["flood_p3_m2", "difference_pct"] == pytest.approx(-100 / 21)
    assert frame.loc["flood_p3_people", "difference"] == pytest.approx(-1.0)
    assert "idrogeo-area-tenfold" in codes(result)


def test_that_without_its_table_there_is_no_comparison(everything):
    everything["boundary"] = everything["boundary"][["name", "code", "geometry"]]
    result = run(everything)
    assert result.table("reconciliation") is None
    assert "idrogeo-area-tenfold" not in codes(result)


def test_that_the_inputs_are_left_as_they_were(everything):
    vectors = {name: each for name, each in everything.items() if isinstance(each, gpd.GeoDataFrame)}
    before = {name: each.copy(deep=True) for name, each in vectors.items()}
    run(everything)
    for name, each in vectors.items():
        assert each.equals(before[name]), name


def test_that_it_can_be_cancelled_at_each_report(everything):
    inputs = {role.id: everything[role.id] for role in HAZARD_EXPOSURE.inputs if role.id in everything}
    shares = []
    hazard_exposure(**inputs, report=lambda share, message: shares.append(share))
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] <= shares[-1] <= 1.0

    def stop(share, message):
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        hazard_exposure(**inputs, report=stop)


def test_that_hazard_beyond_the_boundary_is_neither_counted_nor_told(everything):
    inside = run(everything)
    beyond = shapely.box(EAST + 100, NORTH - 500, EAST + 900, NORTH + 500)
    more = gpd.GeoDataFrame({"class": ["P3", "P1", "ALV"]}, geometry=[beyond] * 3, crs=UTM)
    everything["flood_hazard"] = pd.concat([everything["flood_hazard"], more], ignore_index=True)
    result = run(everything)
    assert [each.value for each in result.figures] == pytest.approx([each.value for each in inside.figures])
    assert said(result) == said(inside)


def test_that_a_commune_without_any_hazard_on_its_ground_has_zeros(everything):
    far = gpd.GeoDataFrame({"class": ["P3"]}, geometry=[shapely.box(0, 0, 10, 10)], crs=UTM)
    result = run(without(everything, "landslide_hazard") | {"flood_hazard": far})
    assert values(result, "flood_p1") == {"m2": 0.0, "pct": 0.0, "people": 0.0, "buildings": 0.0}
    assert result.layers["fragments"].empty


BLOBS = st.lists(
    st.tuples(
        st.sampled_from(["P1", "P2", "P3", "ALV"]), st.floats(-10, 100), st.floats(-10, 100), st.floats(1, 60),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=25)
@given(BLOBS)
def test_that_whatever_the_shapes_every_table_closes_on_the_boundary(blobs):
    def polygons(shapes, **columns):
        return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=UTM)

    shapes = [shapely.Point(EAST + x, NORTH + y).buffer(size, quad_segs=5) for _, x, y, size in blobs]
    square = shapely.box(EAST, NORTH, EAST + 100, NORTH + 100)
    halves = shapely.get_parts(
        shapely.ops.split(square, shapely.LineString([(EAST - 1, NORTH + 3), (EAST + 101, NORTH + 77)]))
    )
    result = hazard_exposure(
        boundary=polygons([square], name=["Borgo"], code=["1"]),
        flood_hazard=polygons(shapes, **{"class": [code for code, *_ in blobs]}),
        neighbourhoods=polygons(halves, name=["Su", "Giù"], code=["S", "G"]),
        census=(Edition(2021, polygons(halves, population=[17.0, 29.0])),),
    )
    for table in ("by_class", "by_neighbourhood"):
        frame = result.table(table).frame
        assert frame["area_m2"].sum() == pytest.approx(10_000.0, rel=1e-9)
        assert frame["people"].sum() == pytest.approx(46.0, rel=1e-9)
        assert (frame["area_m2"] >= 0.0).all()
    graver = [result.figure(f"flood_{code}_m2").value for code in ("p3", "p2", "p1")]
    assert graver == sorted(graver)
    classed = [shape for shape, blob in zip(shapes, blobs, strict=True) if blob[0] != "ALV"]
    inside = [shapely.affinity.translate(shape, -EAST, -NORTH) for shape in classed]
    wanted_m2 = area_together(inside, (0.0, 0.0, 100.0, 100.0)) if inside else 0.0
    assert graver[-1] == pytest.approx(wanted_m2, rel=1e-6, abs=1e-6)
    assert np.isclose(
        result.layers["fragments"]["area_m2"].sum() + rows(result, "by_class", **{"class": ""})["area_m2"].sum(),
        10_000.0,
        rtol=1e-9,
    )


def test_that_every_figure_and_cell_that_names_its_pieces_is_their_sum(everything):
    result, found = run(everything), 0
    results = Results(HAZARD_EXPOSURE, result.figures, result.tables, (), held=dict(result.layers))
    asked = [FigureAsked(figure.spec.id) for figure in result.figures if figure.spec.unit != "%"]
    for table in result.tables:
        numbers = [column.id for column in table.columns if column.decimals is not None]
        asked += [CellAsked(table.spec.id, row, column) for row in range(len(table.frame)) for column in numbers]
    for each in asked:
        value, pieces = value_of(results, each), pieces_of(results, each)
        if value is not None and pieces is not None and pieces.is_sum:
            assert is_sum(value, pieces.sum), each
            found += 1
    assert found > 50
