"""Three districts whose sheets are reckoned by hand, in a commune of 1 km².

======== ============ ====================================================================================
district ground       what it is
======== ============ ====================================================================================
A        200 × 100 m  mixed uses, three owners; flood and contamination in the west, its eastern half is paved
B        100 × 100 m  a waterfront without housing
C        100 × 100 m  all housing; its index counts the 2,000 m² that stand
======== ============ ====================================================================================
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from affine import Affine
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS
from shapely import LineString, Point, box

from analyses.analysis import Edition
from analyses.districts.formulas import FORMULAS
from analyses.districts.params import DistrictParams, RegisterEntry
from analyses.districts.register import stage
from analyses.districts.scheda import scheda, stated
from analyses.progress import Cancelled
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS, transformation_districts
from layers.grid import Grid
from layers.problems import Severity
from layers.raster import ArrayRaster

UTM = CRS(7791)
EAST, NORTH = 566_000.0, 4_880_000.0


def plot(left, bottom, right, top):
    return box(EAST + left, NORTH + bottom, EAST + right, NORTH + top)


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=geometry, crs=UTM)


def paved():
    """Return 1 km² of cells of 10 m: paved (116) from 100 m to 300 m east, else meadow (2)."""
    cells = np.full((100, 100), 2, dtype=np.uint8)
    cells[:, 10:30] = 116
    return ArrayRaster(np.ma.asarray(cells), Grid(UTM, Affine(10, 0, EAST, 0, -10, NORTH + 1000), 100, 100))


@pytest.fixture
def town():
    return {
        "boundary": layer([plot(0, 0, 1000, 1000)], name=["Borgo"], code=["000001"]),
        "districts": layer(
            [plot(0, 0, 200, 100), plot(300, 0, 400, 100), plot(500, 0, 600, 100)],
            code=["A", "B", "C"], name=["Fabbrica", "Fronte mare", "Caserma"], ut_m2_m2=[0.5, 0.45, 0.6],
            index_kind=["ut", "ut", "it"], floor_area_existing_m2=[500.0, 0.0, 2000.0], se_pct=[40.0, 40.0, 50.0],
            ve_pct=[20.0, 15.0, 20.0], ac_pct=[30.0, 45.0, 30.0], sp_pct=[35.0, 25.0, 30.0],
            max_height_m=[10.0, 20.0, np.nan], residential_pct=[60.0, 0.0, 100.0], commercial_pct=[30.0, 70.0, 0.0],
            industrial_pct=[10.0, 0.0, 0.0], ers_pct=[10.0, 0.0, 0.0], state=["previsto", "avviato", "previsto"],
        ),
        "flood_hazard": layer([plot(0, 0, 50, 1000)], **{"class": ["P3"]}),
        "contaminated_sites": layer([plot(40, 0, 100, 1000)], name=["Ex fabbrica"], status=["in bonifica"]),
        "soil_consumption": (Edition(2023, paved()),),
        "census": (Edition(2021, layer([plot(500, 0, 700, 100)], population=[40.0])),),
        "parcels": layer(
            [plot(0, 0, 80, 100), plot(80, 0, 130, 100), plot(130, 0, 180, 100)],
            code=["1/1", "1/2", "1/3"], owner=["Bianchi", "Rossi", "Rossi"],
        ),
    }  # fmt: skip


def sheet(result, code, scenario="base"):
    frame = result.table("by_district").frame
    return frame[(frame["code"] == code) & (frame["scenario"] == scenario)].iloc[0]


def rows(result, table, **wanted):
    frame = result.table(table).frame
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    return frame


def test_that_a_sheet_of_mixed_uses_is_as_reckoned_by_hand(town):
    # St 200 × 100 = 20,000 m². Se 40 % = 8,000, Ve 20 % = 4,000, Ac 30 % = 6,000, rest 2,000; Sp 35 % = 7,000.
    # Floor area 0.5 × 20,000 = 10,000: housing 6,000, shops 3,000, industry 1,000, of which social housing 1,000.
    # People 6,000 / 25 = 240; homes 6,000 / 75 = 80.
    found = sheet(transformation_districts(**town), "A")
    areas = ["st_m2", "se_m2", "ve_m2", "ac_m2", "rest_m2", "sp_m2"]
    assert found[areas].tolist() == pytest.approx([20_000, 8_000, 4_000, 6_000, 2_000, 7_000])
    uses = ["floor_area_m2", "residential_m2", "commercial_m2", "industrial_m2", "other_uses_m2", "ers_m2"]
    assert found[uses].tolist() == pytest.approx([10_000, 6_000, 3_000, 1_000, 0, 1_000])
    assert found[["people", "homes"]].tolist() == pytest.approx([240, 80])
    # What stands is not counted by its index: all 10,000 are new.
    assert found["floor_area_new_m2"] == pytest.approx(10_000)


def test_that_its_standards_are_those_of_the_decree(town):
    # Due to 240 people: 240 × 4.5 = 1,080; × 2 = 480; × 9 = 2,160; × 2.5 = 600; in all 4,320.
    # Ac 6,000 divided as they are due: 1,500; 666.67; 3,000; 833.33. Balance 6,000 − 4,320 = 1,680.
    # Art. 5: 80 % of 3,000 = 2,400, half of it parking, + 10 % of the tenth of St = 200. 1,680 − 2,600 = −920.
    # Private parking: 10,000 × 3 / 10 = 3,000.
    found = sheet(transformation_districts(**town), "A")
    parts = ("istruzione", "interesse_comune", "verde", "parcheggi", "totale")
    assert [found[f"{each}_due_m2"] for each in parts] == pytest.approx([1080, 480, 2160, 600, 4320])
    planned = [found[f"{each}_planned_m2"] for each in parts]
    assert planned == pytest.approx([1500, 2000 / 3, 3000, 2500 / 3, 6000])
    assert found["totale_balance_m2"] == pytest.approx(1680)
    assert found[["art5_due_m2", "art5_parking_due_m2", "public_balance_m2"]].tolist() == pytest.approx(
        [2600, 1200, -920]
    )
    assert found["private_parking_due_m2"] == pytest.approx(3000)


def test_that_a_waterfront_without_housing_owes_public_space_and_parking(town):
    # St 10,000; floor area 4,500, shops 70 % = 3,150; 80 % = 2,520 due, 1,260 of it parking; Ac 4,500 is left after
    # art. 3, which is owed nothing: 4,500 − 2,520 = 1,980. Private parking 4,500 × 3 / 10 = 1,350.
    found = sheet(transformation_districts(**town), "B")
    assert found[["people", "homes", "totale_due_m2"]].tolist() == [0.0, 0.0, 0.0]
    assert found[["art5_due_m2", "art5_parking_due_m2"]].tolist() == pytest.approx([2520, 1260])
    assert found[["public_balance_m2", "private_parking_due_m2"]].tolist() == pytest.approx([1980, 1350])
    assert found["other_uses_m2"] == pytest.approx(1350)


def test_that_an_index_that_counts_what_stands_adds_the_rest(town):
    # 0.6 × 10,000 = 6,000, less 2,000 that stand: 4,000. People 6,000 / 25 = 240, new 4,000 / 25 = 160.
    found = sheet(transformation_districts(**town), "C")
    assert found[["floor_area_m2", "floor_area_new_m2"]].tolist() == pytest.approx([6000, 4000])
    assert found[["people", "people_new"]].tolist() == pytest.approx([240, 160])
    # Half of the section of 40 residents lies in it.
    assert found["residents"] == pytest.approx(20)


def test_that_soil_is_reused_before_it_is_consumed(town):
    # A: half of it, 10,000 m², is paved. 65 % of St, 13,000, will be artificial: 10,000 again and 3,000 newly.
    # B: all meadow: 75 % of 10,000 newly consumed. Nothing is given back.
    result = transformation_districts(**town)
    soil = ["consumed_pct", "reused_m2", "soil_newly_consumed_m2", "desealed_m2"]
    assert sheet(result, "A")[soil].tolist() == pytest.approx([50, 10_000, 3_000, 0])
    assert sheet(result, "B")[soil].tolist() == pytest.approx([0, 0, 7_500, 0])
    # Of A 20,000 − 10,000 = 10,000 m² let water through today, 35 % of it, 7,000, once it is built.
    assert sheet(result, "A")[["permeable_today_m2", "sp_m2"]].tolist() == pytest.approx([10_000, 7_000])
    # 500 m³ for each of 1.3 ha.
    assert sheet(result, "A")["invariance_m3"] == pytest.approx(650)


def test_that_soil_that_stays_permeable_is_given_back(town):
    # 90 % permeable: 2,000 m² artificial of the 10,000 that are paved now, so 8,000 are given back.
    town["districts"].loc[0, "sp_pct"] = 90.0
    found = sheet(transformation_districts(**town), "A")
    assert found[["reused_m2", "soil_newly_consumed_m2", "desealed_m2"]].tolist() == pytest.approx([2000, 0, 8000])


def test_that_a_roof_of_a_thousand_square_metres_saves_what_the_domain_reference_says(town):
    # 1,000 m² flat roof: 1,000 × 0.50 × 0.20 = 100 kWp; 130,000 kWh; at 0.483 t/MWh 62.79 t.
    town["districts"] = layer(
        [plot(0, 0, 100, 100)], code=["P"], name=["Capannone"], ut_m2_m2=[0.1], max_height_m=[3.0]
    )
    found = sheet(transformation_districts(**town), "P")
    assert found[["roof_m2", "pv_mwh_year", "co2_saved_t"]].tolist() == pytest.approx([1000, 130, 62.79])


def test_that_what_takes_ground_is_told_by_cause_and_alone(town):
    # Flood 5,000 m², contamination 6,000, both on 1,000: alone 4,000 and 5,000; 10,000 are lost, 10,000 left.
    result = transformation_districts(**town)
    found = rows(result, "constraints", code="A", scenario="base").set_index("cause")
    assert found.loc["flood_hazard", ["area_m2", "area_alone_m2"]].tolist() == pytest.approx([5000, 4000])
    assert found.loc["contaminated_sites", ["area_m2", "area_alone_m2"]].tolist() == pytest.approx([6000, 5000])
    measured = sheet(result, "A")[["hazard_m2", "contaminated_m2", "net_buildable_m2"]]
    assert measured.tolist() == pytest.approx([5000, 6000, 10_000])


def test_that_a_cause_taken_away_frees_what_it_took_alone(town):
    with_both = sheet(transformation_districts(**town), "A")["net_buildable_m2"]
    alone = rows(transformation_districts(**town), "constraints", cause="flood_hazard")["area_alone_m2"].sum()
    town["flood_hazard"] = None
    assert sheet(transformation_districts(**town), "A")["net_buildable_m2"] == pytest.approx(with_both + alone)


def test_that_a_consent_is_measured_but_takes_no_ground_unless_wanted(town):
    # The coast runs along the western edge: 300 m of strip cover A; a consent is needed, building is not forbidden.
    town["coastline"] = layer([LineString([(EAST, NORTH), (EAST, NORTH + 1000)])])
    plain = transformation_districts(**town)
    strict = transformation_districts(**town, params=DistrictParams(nets_conditioned=True))
    strip = rows(plain, "constraints", code="A", cause="coast_300").iloc[0]
    assert (strip["area_m2"], strip["nets_off"]) == (pytest.approx(20_000), "no")
    assert sheet(plain, "A")["net_buildable_m2"] == pytest.approx(10_000)
    assert sheet(strict, "A")["net_buildable_m2"] == pytest.approx(0, abs=1e-6)


def test_that_lower_hazard_classes_net_off_only_if_asked(town):
    town["flood_hazard"] = layer([plot(0, 0, 50, 1000)], **{"class": ["P1"]})
    assert sheet(transformation_districts(**town), "A")["hazard_m2"] == 0.0
    lowest = DistrictParams(flood_from="P1")
    assert sheet(transformation_districts(**town, params=lowest), "A")["hazard_m2"] == pytest.approx(5000)


def test_that_a_site_that_is_cleaned_takes_no_ground(town):
    town["contaminated_sites"]["status"] = "bonificato"
    assert sheet(transformation_districts(**town), "A")["contaminated_m2"] == 0.0


def test_that_owners_share_rights_and_cession_by_what_they_bring(town):
    # Bianchi 8,000 m², Rossi two parcels of 5,000, 2,000 in no parcel. Rights 0.5, cession 30 % of each.
    found = rows(transformation_districts(**town), "equalisation", district="A").set_index("owner")
    columns = ["parcels", "area_m2", "rights_m2", "cession_m2"]
    assert found.loc["Bianchi", columns].tolist() == pytest.approx([1, 8000, 4000, 2400])
    assert found.loc["Rossi", columns].tolist() == pytest.approx([2, 10_000, 5000, 3000])
    assert found.loc["(nessuna particella)", columns].tolist() == pytest.approx([0, 2000, 1000, 600])
    assert found[columns[1:]].sum().tolist() == pytest.approx([20_000, 10_000, 6_000])


def test_that_a_district_without_parcels_is_still_closed(town):
    found = rows(transformation_districts(**town), "equalisation", district="B")
    assert found[["owner", "area_m2"]].to_numpy().tolist() == [["(nessuna particella)", pytest.approx(10_000)]]


def test_that_every_figure_is_printed_with_a_formula_that_gives_it(town):
    # The words are what was reckoned: read as arithmetic, they give the figure (as far as six digits of each value go).
    found = rows(transformation_districts(**town), "formulas")
    known = found["with_values"].map(arithmetic)
    assert known.tolist() == pytest.approx(found["value"].tolist(), rel=5e-6, abs=1e-4)
    assert set(found[found["code"] == "A"]["column"]) == {formula.column for formula in FORMULAS}
    se = found[(found["code"] == "A") & (found["column"] == "se_m2")].iloc[0]
    assert (se["formula"], se["with_values"]) == ("Se = St × Se% / 100", "20.000 × 40 / 100")
    assert (se["formula_en"], se["with_values_en"]) == ("Se = St × Se% / 100", "20,000 × 40 / 100")


def test_that_a_formula_speaks_one_language_at_a_time(town):
    found = rows(transformation_districts(**town), "formulas").drop_duplicates("column").set_index("column")
    assert found.loc["verde_due_m2", "formula"] == "Verde dovuti = Abitanti × Verde a persona"
    assert found.loc["verde_due_m2", "formula_en"] == "Green due = People × Green per person"
    assert found.loc["homes", "formula_en"] == "Homes = Residential Sul / Sul per home"
    # What both languages share are the plan's own symbols and numbers; every other word differs.
    own = {"St", "Se", "Ve", "Ac", "Sp", "Ut", "Sul", "Se%", "Ve%", "Ac%", "Sp%", "Art.", "max", "min", "int", "kWp",
           "per", "m²", "m³", "H", "CO2", "FV", "PV"}  # fmt: skip
    for it, en in zip(found["formula"], found["formula_en"], strict=True):
        shared = set(re.findall(r"[^\W\d_][\w%³²]*\.?", it)) & set(re.findall(r"[^\W\d_][\w%³²]*\.?", en))
        assert shared <= own, (it, en)


def arithmetic(words):
    english = words.replace(".", "").replace(",", ".").replace("×", "*").replace("−", "-").replace(";", ",")
    assert re.fullmatch(r"[\d\s.+\-*/(),maxint]*", english), words
    return float(eval(english, {"__builtins__": {}}, {"max": max, "min": min, "int": int}))


def test_that_uses_add_up_to_the_floor_area(town):
    found = rows(transformation_districts(**town), "uses").groupby("code")[["share_pct", "floor_area_m2"]].sum()
    assert found["share_pct"].tolist() == pytest.approx([100, 100, 100])
    assert found["floor_area_m2"].tolist() == pytest.approx([10_000, 4_500, 6_000])


def test_that_the_commune_has_the_sum_of_its_districts(town):
    result = transformation_districts(**town)
    frame = result.table("by_district").frame
    for figure in result.figures:
        if figure.spec.id in frame:
            assert figure.value == pytest.approx(frame[figure.spec.id].sum(), rel=1e-12)
    assert result.figure("districts").value == 3.0


def test_that_the_register_counts_districts_and_floor_area_by_state(town):
    found = rows(transformation_districts(**town), "register").set_index("state")
    assert found.loc["previsto", ["districts", "st_m2", "floor_area_new_m2"]].tolist() == [2, 30_000, 14_000]


def test_that_a_district_that_says_nothing_is_named_and_left_out_of_the_sums(town):
    town["districts"].loc[1, ["ut_m2_m2", "residential_pct", "commercial_pct", "industrial_pct"]] = np.nan
    result = transformation_districts(**town)
    assert result.figure("floor_area_new_m2").value == pytest.approx(14_000)
    (told,) = [problem for problem in result.problems if problem.code == "district-incomplete"]
    assert "Fronte mare" in told.message.it


def test_that_bare_outlines_give_areas_and_reasons(town):
    result = transformation_districts(
        boundary=town["boundary"], districts=town["districts"][["code", "name", "geometry"]]
    )
    assert sheet(result, "A")["st_m2"] == pytest.approx(20_000)
    assert result.figure("floor_area_new_m2").value is None
    assert result.figure("floor_area_new_m2").why.it


def test_that_what_lies_beyond_the_boundary_counts_and_is_told(town):
    town["boundary"] = layer([plot(0, 10, 1000, 1000)], name=["Borgo"])
    result = transformation_districts(**town)
    assert sheet(result, "A")["st_m2"] == pytest.approx(20_000)
    (told,) = [problem for problem in result.problems if problem.code == "district-beyond-boundary"]
    assert "0,40" in told.message.it


def test_that_parameters_nobody_read_are_told_and_their_figures_marked(town):
    result = transformation_districts(**town)
    (told,) = [problem for problem in result.problems if problem.code == "district-unverified"]
    assert "Resa annua" in told.message.it
    assert not result.figure("co2_saved_t").spec.is_verified
    assert result.figure("floor_area_new_m2").spec.is_verified


def test_that_the_layers_handed_in_are_left_as_they_were(town):
    held = {name: each.copy() for name, each in town.items() if isinstance(each, GeoDataFrame)}
    transformation_districts(**town)
    for name, each in held.items():
        pd.testing.assert_frame_equal(pd.DataFrame(town[name]), pd.DataFrame(each))


def test_that_it_can_be_stopped(town):
    def stop(share, message):
        raise Cancelled

    with pytest.raises(Cancelled):
        transformation_districts(**town, report=stop)


def codes(town, **changes):
    """Return the codes of everything that speaks against the town, with some columns of its first district changed."""
    districts = town["districts"].copy()
    for name, value in changes.items():
        districts.loc[0, name] = value
    return [each.code for each in TRANSFORMATION_DISTRICTS.problems(town | {"districts": districts}, DistrictParams())]


def test_that_all_faults_are_told_at_once(town):
    found = codes(town, se_pct=60.0, residential_pct=80.0, ers_pct=90.0, ut_m2_m2=-1.0)
    assert {"district-areas-over-st", "district-uses-over", "district-ers-over", "district-negative"} <= set(found)


def test_that_uses_that_leave_a_rest_are_a_warning(town):
    # B leaves 30 %, C and A nothing.
    assert codes(town) == ["district-other-uses"]


def test_that_a_declared_area_may_be_two_per_cent_off(town):
    assert "district-area-differs" not in codes(town, area_declared_m2=20_400.0)
    assert "district-area-differs" in codes(town, area_declared_m2=20_500.0)


def test_that_a_district_outside_or_over_another_or_of_the_same_code_is_refused(town):
    town["districts"].geometry = [plot(0, 0, 200, 100), plot(150, 0, 400, 100), plot(5000, 0, 5100, 100)]
    town["districts"]["code"] = ["A", "A", "C"]
    assert {"district-overlap", "district-outside", "district-code-twice"} <= set(codes(town))


def test_that_a_hazard_class_that_is_none_is_refused(town):
    said = TRANSFORMATION_DISTRICTS.problems(town, DistrictParams(flood_from="P9"))
    assert "district-hazard-class" in {each.code for each in said}


shares = st.floats(0, 100, width=32)


@given(
    st.tuples(shares, shares, shares).filter(lambda each: sum(each) <= 100), shares, st.floats(0, 20), st.floats(0, 1)
)
def test_that_parts_add_up_whatever_the_shares(parts, permeable_pct, index, paved_share):
    se_pct, ve_pct, ac_pct = parts
    one = layer(
        [plot(0, 0, 100, 70)], code=["X"], name=["X"], ut_m2_m2=[index], se_pct=[se_pct], ve_pct=[ve_pct],
        ac_pct=[ac_pct], sp_pct=[permeable_pct], residential_pct=[se_pct], commercial_pct=[ve_pct],
        industrial_pct=[ac_pct],
    )  # fmt: skip
    ground = pd.DataFrame({"st_m2": [7000.0], "consumed_m2": [7000.0 * paved_share]})
    found = scheda(stated(one), ground, DistrictParams()).iloc[0]
    assert found[["se_m2", "ve_m2", "ac_m2", "rest_m2"]].sum() == pytest.approx(7000.0)
    uses = ["residential_m2", "commercial_m2", "industrial_m2", "other_uses_m2"]
    assert found[uses].sum() == pytest.approx(found["floor_area_m2"])
    assert found["reused_m2"] + found["desealed_m2"] == pytest.approx(found["consumed_m2"])
    assert found["reused_m2"] + found["soil_newly_consumed_m2"] == pytest.approx(found["sealed_m2"])
    assert found["totale_planned_m2"] == pytest.approx(found["ac_m2"])


def test_that_public_roofs_are_told_with_what_they_save(town):
    # Two schools, 1,000 m² (a nursery stands in it) and 500 m² by its use; a library's 400 m²; 10 m² are too small.
    # 1,500 × 0.5 × 0.2 kWp × 1,300 kWh = 195 MWh, × 0.483 = 94.185 t; the library 52 MWh, 25.116 t.
    town["buildings"] = layer(
        [plot(300, 300, 350, 320), plot(400, 300, 450, 310), plot(500, 300, 520, 320), plot(600, 300, 605, 302)],
        use=["servizi", "scuola", "biblioteca", "scuola"],
    )
    town["services"] = layer([Point(EAST + 301, NORTH + 301)], kind=["nido"])
    found = rows(transformation_districts(**town), "energy", scenario="").set_index("item")
    assert found["roof_m2"].to_dict() == pytest.approx({"scuole": 1500, "altri edifici pubblici": 400})
    assert found["pv_mwh_year"].to_dict() == pytest.approx({"scuole": 195, "altri edifici pubblici": 52})
    assert found["co2_saved_t"].to_dict() == pytest.approx({"scuole": 94.185, "altri edifici pubblici": 25.116})


def test_that_a_share_of_the_paes_needs_its_baseline(town):
    town["buildings"] = layer([plot(300, 300, 350, 320)], use=["scuola"])
    without = transformation_districts(**town)
    assert without.figure("paes_share_pct").value is None
    assert "paes_baseline_t" in without.figure("paes_share_pct").why.it
    assert without.table("energy").frame["baseline_pct"].isna().all()
    # Schools save 62.79 t, 0.1 % of 62,790 t; the target leaves 14 − 7 = 7 % to the commune, so 1/70 of it.
    result = transformation_districts(**town, params=DistrictParams(paes_baseline_t=62_790.0))
    schools = rows(result, "energy", item="scuole").iloc[0]
    assert schools[["baseline_pct", "target_pct"]].tolist() == pytest.approx([0.1, 100 / 70])
    plan = rows(result, "energy", item="distretti").iloc[0]
    assert result.figure("paes_share_pct").value == pytest.approx(0.1 + plan["baseline_pct"])


def test_that_progress_is_told_district_by_district(town):
    entries = (
        RegisterEntry("a-24", "A", "2024-05-01", "in attuazione", "PUO 12/2023", 2500.0),
        RegisterEntry("a-22", "A", "2022", "convenzionato", "PUO 12/2023", 0.0),
        RegisterEntry("c-24", "C", "2024-03", "", "", 4100.0),
    )
    result = transformation_districts(**town, params=DistrictParams(register=entries))
    found = result.table("progress").frame.set_index("code")
    assert found["stage"].to_dict() == {"A": "in attuazione", "B": "in attuazione", "C": "previsto"}
    assert found.loc["A", ["instrument", "day", "realised_pct"]].tolist() == ["PUO 12/2023", "2024-05-01", 25.0]
    assert found.loc["B", "realised_pct"] == 0.0
    # The years stay told: of A what was agreed in 2022 comes first.
    past = rows(result, "history", code="A")
    assert past[["day", "stage", "realised_pct"]].to_numpy().tolist() == [
        ["2022", "convenzionato", 0.0], ["2024-05-01", "in attuazione", 25.0]
    ]  # fmt: skip
    # C: its index leaves 4,000 m²; 4,100 are more.
    (told,) = [problem for problem in result.problems if problem.code == "district-realised-over"]
    assert told.where.it == "Distretto C"
    assert rows(result, "register", state="previsto")["realised_pct"].tolist() == pytest.approx([102.5])


def test_that_an_entry_of_no_district_or_no_day_is_refused(town):
    entries = (RegisterEntry("x", "Z", "2024"), RegisterEntry("y", "A", "maggio"))
    found = TRANSFORMATION_DISTRICTS.problems(town, DistrictParams(register=entries))
    told = [problem.code for problem in found if problem.severity is Severity.ERROR]
    assert told == ["register-district-gone", "register-day"]


@pytest.mark.parametrize(
    ("state", "known"),
    [("non attuato", "previsto"), ("In attuazione", "in attuazione"), ("ATTUATO", "attuato"), ("adottato", "previsto"),
     ("convenzionato 2019", "convenzionato"), ("under way", "in attuazione"), ("boh", ""), ("", "")],
)  # fmt: skip
def test_that_a_state_is_of_the_stage_its_words_say(state, known):
    assert stage(state) == known
