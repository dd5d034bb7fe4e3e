import geopandas as gpd
import pytest
import shapely

from analyses.hazard.units import flood_classes, landslide_classes
from analyses.soil_consumption import soil_consumption

GROUND = shapely.box(0, 0, 100, 100)


def layer(**classes):
    return gpd.GeoDataFrame({"class": list(classes)}, geometry=[shapely.box(*at) for at in classes.values()], crs=7791)


def areas(found):
    return {code: pytest.approx(area) for code, area in zip(found.frame["code"], found.area_m2, strict=True)}


def test_that_every_national_class_has_a_row_and_the_most_restrictive_wins():
    # P1 40 m wide holds P3 10 m wide; nothing is P2; 60 m are in no class.
    found = flood_classes(layer(P1=(0, 0, 40, 100), P3=(0, 0, 10, 100)), GROUND)
    assert areas(found) == {"P1": 3000.0, "P2": 0.0, "P3": 1000.0, "": 6000.0}
    assert found.frame["name"].tolist()[0] == "Pericolosità bassa (rare, estrema intensità)"


def test_that_regional_classes_of_one_national_class_are_one_unit():
    found = landslide_classes(layer(Pg3a=(0, 0, 10, 100), Pg3b=(10, 0, 30, 100), Pg0=(30, 0, 100, 100)), GROUND)
    assert areas(found) == {"AA": 0.0, "P1": 0.0, "P2": 0.0, "P3": 3000.0, "P4": 0.0, "Pg0": 7000.0}


def test_that_overlaps_and_classes_of_ones_own_are_told():
    found = landslide_classes(layer(Pg3a=(0, 0, 10, 100), Pg0=(0, 0, 100, 100)), GROUND)
    assert {problem.code for problem in found.problems} >= {"hazard-overlap", "hazard-class-unranked"}


def test_that_a_study_tells_its_soil_by_hazard(town):
    result = soil_consumption(**town)
    floods = result.table("by_flood_class").frame.set_index("code")
    # Of each 10 m of height 20 m + 10 m are 111, 10 m are 121: 400 m² consumed in P3, twice that in P1.
    assert floods["area_m2"].to_dict() == {"P1": pytest.approx(2000.0), "P2": 0.0, "P3": pytest.approx(1000.0),
                                           "": pytest.approx(7000.0)}  # fmt: skip
    assert floods.loc[["P3", "P1"], "consumed_m2"].tolist() == pytest.approx([400.0, 800.0])
    slides = result.table("by_landslide_class").frame.set_index("code")
    assert slides.loc[["P3", "Pg0"], "area_m2"].tolist() == pytest.approx([2000.0, 2000.0])
    assert slides.loc["P3", "consumed_m2"] == pytest.approx(200.0)
