import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import CRS

from analyses.analysis import Edition
from analyses.soil.params import SoilParams
from analyses.soil_consumption import soil_consumption
from layers.raster import ArrayRaster
from tests.analyses.soil_answers import BY_UNIT, row, said, sums

UTM = CRS(7791)
ONE_DATE = ["code", "name", "area_m2", "consumed_m2", "consumed_pct", "permanent_m2", "reversible_m2", "no_data_m2"]
CHANGE = ["gross_m2", "restored_m2", "net_m2"]


def of_year(town, year):
    return soil_consumption(**town, params=SoilParams(year_from=year, year_to=year))


def test_that_the_commune_has_the_ledger_worked_out_by_hand(town):
    found = row(soil_consumption(**town), "by_commune", "011999")
    # 2023, in columns of 1,000 m²: two of 111, half of one of 111, one of 121, two cells of 111: 3,700 m² consumed, of
    # which 121 reversible. Column 3 is new, half of column 2 given back. Eight cells of column 9 have no data.
    assert found.to_dict() == {
        "code": "011999",
        "name": "Borgo",
        "area_m2": pytest.approx(10_000.0),
        "consumed_m2": pytest.approx(3700.0),
        "consumed_pct": pytest.approx(37.0),
        "permanent_m2": pytest.approx(2700.0),
        "reversible_m2": pytest.approx(1000.0),
        "no_data_m2": pytest.approx(800.0),
        "gross_m2": pytest.approx(1000.0),
        "restored_m2": pytest.approx(500.0),
        "net_m2": pytest.approx(500.0),
    }


def test_that_neighbourhoods_cut_cells_and_share_the_commune(town):
    frame = soil_consumption(**town).table("by_neighbourhood").frame
    # Ponente ends at 35 m, in the middle of column 3; Levante at 95 m, in the middle of column 9.
    assert frame["code"].tolist() == ["L", "P", ""]
    assert frame["name"].tolist() == ["Levante", "Ponente", "(fuori da ogni unità)"]
    assert frame["area_m2"].tolist() == pytest.approx([6000.0, 3500.0, 500.0])
    assert frame["consumed_m2"].tolist() == pytest.approx([600.0, 3000.0, 100.0])
    assert frame["consumed_pct"].tolist() == pytest.approx([10.0, 100 * 3000 / 3500, 20.0])
    assert frame["permanent_m2"].tolist() == pytest.approx([100.0, 2500.0, 100.0])
    assert frame["reversible_m2"].tolist() == pytest.approx([500.0, 500.0, 0.0])
    assert frame["no_data_m2"].tolist() == pytest.approx([400.0, 0.0, 400.0])
    assert frame["gross_m2"].tolist() == pytest.approx([500.0, 500.0, 0.0])
    assert frame["restored_m2"].tolist() == pytest.approx([0.0, 500.0, 0.0])
    assert frame["net_m2"].tolist() == pytest.approx([500.0, 0.0, 0.0])


def test_that_zones_may_cut_cells_aslant(town):
    result = soil_consumption(**town)
    # B lies above the diagonal. Above it have: columns 0 and 1, 1,800 m²; column 2 below 50 m, the triangle from 20 to
    # 50 m without that from 30 to 50 m, 450 - 200 = 250; column 3, 650; the top of column 9, 50.
    assert row(result, "by_zone", "B")["consumed_m2"] == pytest.approx(2750.0)
    assert row(result, "by_zone", "E")["consumed_m2"] == pytest.approx(950.0)
    assert result.table("by_zone").frame["name"].tolist() == ["Completamento", "Agricola"]


def test_that_a_district_stands_beside_all_the_rest(town):
    result = soil_consumption(**town)
    # 20 m × 20 m over columns 1 and 2 below the middle: all consumed. The rest has 3,700 - 400.
    assert row(result, "by_district", "D1")["consumed_pct"] == pytest.approx(100.0)
    assert row(result, "by_district", "")["consumed_m2"] == pytest.approx(3300.0)


def test_that_transitions_are_told_for_the_whole_ground(town):
    frame = soil_consumption(**town).table("transition").frame
    moves = {(before, after): area for before, after, area in frame.itertuples(index=False)}
    assert moves == {
        ("111", "111"): pytest.approx(2000.0),
        ("122", "2"): pytest.approx(500.0),
        ("122", "111"): pytest.approx(500.0),
        ("2", "121"): pytest.approx(1000.0),
        ("2", "2"): pytest.approx(5000.0),
        ("", "111"): pytest.approx(200.0),
        ("", ""): pytest.approx(800.0),
    }
    assert frame["area_m2"].sum() == pytest.approx(10_000.0, rel=1e-9)


def test_that_the_figures_of_the_town_are_those_worked_out_by_hand(town):
    figures = {each.spec.id: each.value for each in soil_consumption(**town).figures}
    # 1 ha of ground; 0.30 ha consumed by 2012, 0.37 by 2023; 90 people became 100 in 11 years.
    by_hand = {
        "suolo_consumato_ha": 0.37,
        "suolo_consumato_pct": 37.0,
        "consumo_lordo_ha": 0.10,
        "ripristino_ha": 0.05,
        "consumo_netto_ha": 0.05,
        "consumo_netto_annuo_ha": 0.05 / 11,
        "incremento_pct": 100 * 0.05 / 0.30,
        "densita_m2ha": 500.0,
        "procapite_m2ab": 37.0,
        "consumo_procapite_m2ab": 5.0,
        "consumo_marginale": 50.0,
        "sdg_11_3_1": (0.05 / 0.30 / 11) / (np.log(100 / 90) / 11),
        "impermeabilizzazione_pct": 27.0,
        # Patches of 500 and 5,000 m² in 10,000 m², in km² and in meshes per 1,000 km².
        "meff_cut": 2525e-6,
        "meff_cbc": None,
        "seff": 1000 / 2525e-6,
        # Below the diagonal B became E (1,250) and C became E (2,800), above it C became B (1,200).
        "zoning_changed_m2": 5250.0,
    }
    assert figures == {name: value and pytest.approx(value) for name, value in by_hand.items()}


def test_that_one_year_alone_has_no_change(town):
    result = of_year(town, 2012)
    assert row(result, "by_commune", "011999")[ONE_DATE[2:]].tolist() == pytest.approx(
        [10_000.0, 3000.0, 30.0, 2000.0, 1000.0, 1000.0]
    )
    assert result.table("transition") is None
    assert result.figure("consumo_netto_ha").why.it == "Serve un secondo anno del raster."


def test_that_the_states_of_a_comparison_are_those_of_each_year_alone(town):
    both, last = soil_consumption(**town), of_year(town, 2023)
    for table_id in BY_UNIT:
        one, two = (result.table(table_id).frame[ONE_DATE] for result in (last, both))
        pd.testing.assert_frame_equal(one, two, rtol=1e-12)


def test_that_with_the_raster_land_use_is_not_asked(town):
    without = soil_consumption(**(town | {"land_use": ()}))
    assert without.figures == soil_consumption(**town).figures


@pytest.mark.parametrize("column", [*ONE_DATE[2:4], *ONE_DATE[5:], *CHANGE])
def test_that_every_partition_of_the_ground_has_the_same_sums(town, column):
    whole, *others = sums(soil_consumption(**town), column)
    assert others == pytest.approx([whole] * len(others), rel=1e-9)


def test_that_going_back_in_time_exchanges_gross_and_restored(town):
    first, last = town["soil_consumption"]
    there = soil_consumption(**town).table("by_neighbourhood").frame
    turned = town | {"soil_consumption": (Edition(2012, last.data), Edition(2023, first.data))}
    back = soil_consumption(**turned).table("by_neighbourhood").frame
    assert there["gross_m2"].tolist() == pytest.approx(back["restored_m2"].tolist())
    assert there["restored_m2"].tolist() == pytest.approx(back["gross_m2"].tolist())


def test_that_ground_with_data_at_one_date_is_told(town):
    # The upper two cells of column 9.
    assert (
        "Consumo di suolo (ISPRA): 0,02\u202fha hanno un dato a una sola delle due date. "
        "Restano fuori da lordo, ripristino e netto." in said(soil_consumption(**town))
    )


def test_that_dates_of_different_levels_are_told_and_compared_at_the_first(town):
    first, last = town["soil_consumption"]
    coarse = np.where(np.isin(last.data.cells.filled(0), (111, 121)), 1, last.data.cells.filled(0))
    town["soil_consumption"] = (first, Edition(2023, ArrayRaster(np.ma.masked_equal(coarse, 0), last.data.grid)))
    result = soil_consumption(**town)
    assert set(result.table("transition").frame["from_code"]) == {"1", "2", ""}
    assert row(result, "by_commune", "011999")["gross_m2"] == pytest.approx(1000.0)
    assert any("codici di livello diverso" in sentence for sentence in said(result))
    # Code 1 does not say whether the soil is sealed: 0.37 ha.
    assert result.figure("impermeabilizzazione_pct").why.it.startswith("0,37\u202fha sono consumati senza")


def test_that_remarks_on_the_units_reach_the_result(town):
    sentences = said(soil_consumption(**town))
    # Ponente reaches 10 m × 100 m beyond the boundary; 500 m² lie in no neighbourhood, 9,600 m² in no
    # district, 5,000 m² are farther than 150 m from the river, 7,000 m² are not flooded,
    # 6,000 m² have no class of landslide.
    assert "Quartieri: 0,10\u202fha cadono fuori dal confine. Non vengono contati." in sentences
    assert sum("non stanno in alcuna unità" in sentence for sentence in sentences) == 5


def test_that_a_neighbourhood_all_outside_stays_as_a_row_of_zeros(town):
    far = gpd.GeoDataFrame({"name": ["Isola"], "code": ["I"]}, geometry=[shapely.box(0, 0, 10, 10)], crs=UTM)
    town["neighbourhoods"] = pd.concat([town["neighbourhoods"], far], ignore_index=True)
    for inputs in (town, town | {"soil_consumption": ()}):
        numbers = row(soil_consumption(**inputs), "by_neighbourhood", "I").drop(["code", "name"])
        assert set(numbers) == {0.0}


def test_that_the_layers_hold_the_rows_of_the_tables_on_their_ground(town):
    result = soil_consumption(**town)
    units = [
        "commune",
        "neighbourhood",
        "zone",
        "district",
        "flood_class",
        "landslide_class",
        "coast_strip",
        "water_150",
    ]
    assert list(result.layers) == [*units, "fragments", "terrain", "zoning_changes", "outline"]
    for unit in units:
        layer = result.layers[unit]
        frame = result.table(f"by_{unit}").frame
        pd.testing.assert_frame_equal(pd.DataFrame(layer.drop(columns="geometry")), frame)
        assert layer.area.tolist() == pytest.approx(frame["area_m2"].tolist())
        assert layer.crs == UTM
