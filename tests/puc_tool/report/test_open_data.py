"""The open data package: what is published, how it looks, what it says of itself, and what it keeps back."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pyogrio
import pytest
import shapely
from geopandas import GeoDataFrame

from layers.codelist import rows
from puc_tool.cli import main
from puc_tool.maps.canvas.results import cloth_of_result
from puc_tool.maps.dressing import by_field
from puc_tool.maps.ramps import RAMPS
from puc_tool.maps.result_themes import BY_ANALYSIS
from puc_tool.maps.worn import Wardrobe
from puc_tool.report.findings import findings
from puc_tool.report.open_data.holdings import PRIVATE_COLUMNS, PRIVATE_LAYERS, PRIVATE_TABLES, layers, tables
from puc_tool.report.open_data.qml import qml
from puc_tool.report.open_data.styled_layers import geojson
from puc_tool.report.open_data.styling import classes_of
from puc_tool.studies import study_reading
from puc_tool.working import layer_style, view
from puc_tool.working.view import ThemeKey

GMD, GCO = "{http://www.isotc211.org/2005/gmd}", "{http://www.isotc211.org/2005/gco}"
QGIS = Path("/usr/bin/python3")
ASK_QGIS = """
import json, os, sys
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
told = {}
for name in sys.argv[2:]:
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    rules = layer.renderer().rootRule().children()
    told[name] = [layer.isValid(), layer.featureCount(), [rule.symbol().color().name() for rule in rules]]
print("ANSWER" + json.dumps(told), flush=True)
os._exit(0)
"""


@pytest.fixture(scope="module")
def package(peopled, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("aperti") / "open-data"
    assert main(["publish", str(peopled), "--to", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture(scope="module")
def wardrobe(peopled) -> Wardrobe:
    return Wardrobe(study_reading.read(peopled))


@pytest.fixture(scope="module")
def shown(peopled):
    return tuple(layers(findings(study_reading.read(peopled))))


def test_that_every_layer_lies_in_the_geopackage_as_geojson_and_with_both_styles(package, shown):
    names = {layer.name for layer in shown}
    assert {name for name, kind in pyogrio.list_layers(package / "dati.gpkg") if kind} == names
    cells = {path.stem for path in (package / "raster").glob("*.tif")}
    for form, folder, wanted in ((".geojson", "geojson", names), (".qml", "stili", names | cells),
                                 (".sld", "stili", names | cells)):  # fmt: skip
        assert {path.stem for path in (package / folder).glob(f"*{form}")} == wanted


def test_that_geojson_is_in_longitude_and_latitude(package):
    content = json.loads((package / "geojson" / "soil_consumption_neighbourhood.geojson").read_text(encoding="utf-8"))
    west, south, east, north = shapely.bounds(
        shapely.geometrycollections([shapely.geometry.shape(each["geometry"]) for each in content["features"]])
    )
    # The borough lies where EPSG:3035 has 4 306 000, 2 336 000: near 9.8° E, 44.1° N.
    assert 9 < west < east < 11
    assert 43 < south < north < 45
    assert "crs" not in content


def test_that_tables_are_those_of_the_run_word_for_word(package, peopled):
    ours = (package / "csv" / "soil-consumption_by_neighbourhood.csv").read_text(encoding="utf-8")
    assert ours == (peopled / "results" / "soil-consumption" / "by_neighbourhood.csv").read_text(encoding="utf-8")


def test_that_owners_and_single_homes_are_kept_back(package, shown, peopled):
    found = findings(study_reading.read(peopled))
    assert "homes" in {name for _, name in PRIVATE_LAYERS}
    assert not {(layer.analysis.id, layer.source) for layer in shown} & PRIVATE_LAYERS
    assert not {(table.analysis.id, table.id) for table in tables(found)} & PRIVATE_TABLES
    for path in (package / "csv").glob("*.csv"):
        head = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert not set(head) & set(PRIVATE_COLUMNS), path.name


def test_that_figures_are_all_there_and_a_missing_one_says_why(package, peopled):
    listed = list(csv.DictReader(io.StringIO((package / "csv" / "cifre.csv").read_text(encoding="utf-8"))))
    written = json.loads((peopled / "results" / "soil-consumption" / "figures.json").read_text(encoding="utf-8"))
    ours = {row["cifra"]: row for row in listed if row["analisi"] == "soil-consumption"}
    for figure in written["figures"]:
        row = ours[figure["id"]]
        assert (float(row["valore"]) if row["valore"] else None) == figure["value"]
        assert bool(row["perche_manca"]) == (figure["value"] is None)


def test_that_the_dictionary_explains_every_column_that_is_published(package):
    listed = list(csv.DictReader(io.StringIO((package / "dizionario.csv").read_text(encoding="utf-8"))))
    explained = {
        (row["analisi"], row["dove"], row["colonna"])
        for row in listed
        if row["etichetta"] or row["dove"][:7] == "livelli"
    }
    for path in (package / "csv").glob("*.csv"):
        if path.stem != "cifre":
            analysis, _, table = path.stem.partition("_")
            for column in path.read_text(encoding="utf-8").splitlines()[0].split(","):
                assert (analysis, f"tabelle/{table}", column) in explained


def test_that_the_geopackage_holds_a_default_style_for_every_layer(package, shown, wardrobe):
    with closing(sqlite3.connect(package / "dati.gpkg")) as connection:
        styles = dict(connection.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1"))
    assert styles == {layer.name: qml(classes_of(layer, wardrobe), layer.dimension, "it") for layer in shown}


def test_that_styles_are_well_formed_and_have_a_rule_for_each_class_there_is(package, shown, wardrobe):
    for layer in shown:
        rules = ElementTree.parse(package / "stili" / f"{layer.name}.qml").iter("rule")
        served = ElementTree.parse(package / "stili" / f"{layer.name}.sld").iter("{http://www.opengis.net/sld}Rule")
        assert len(list(rules)) == len(list(served)) == len(classes_of(layer, wardrobe))


def test_that_hazard_is_drawn_in_the_colours_of_the_sheets(shown, wardrobe):
    layer = next(each for each in shown if each.name == "hazard_exposure_fragments")
    assert [(each.look.colour, each.conditions[1].value) for each in classes_of(layer, wardrobe)] == [("#4a8cc6", "P3")]


def test_that_dcat_has_the_mandatory_properties_or_they_are_told_missing(puc, peopled, tmp_path):
    said = puc("publish", peopled, "--to", tmp_path / "a", "--json")
    told = said.problems["metadata-incomplete"]["message"]
    dataset = json.loads((tmp_path / "a" / "metadati" / "dcat_ap_it.jsonld").read_text(encoding="utf-8"))["@graph"][0]
    for row in rows("dcat_ap_it"):
        name, _, of_distribution = row["property"].partition(" ")
        holder = dataset["dcat:distribution"][0] if of_distribution else dataset
        if row["obligation"] == "M":
            assert name in holder or name in told, name


def test_that_what_is_said_on_the_command_line_stands_in_the_metadata(puc, peopled, tmp_path):
    words = ("--identifier", "c_x999", "--contact", "urbanistica@example.it", "--url", "https://example.it/dati")
    said = puc("publish", peopled, *words, "--to", tmp_path / "a", "--json")
    told = said.problems["metadata-incomplete"]["message"]
    assert "dcat:accessURL" not in told
    assert "contact" not in told
    dataset = json.loads((tmp_path / "a" / "metadati" / "dcat_ap_it.jsonld").read_text(encoding="utf-8"))["@graph"][0]
    assert dataset["dct:identifier"].startswith("c_x999:")
    assert dataset["dcat:distribution"][0]["dcat:accessURL"]["@id"] == "https://example.it/dati/dati.gpkg"


def test_that_a_ring_that_seven_decimals_make_cross_itself_is_valid_in_geojson(shown):
    # A spike as thin as a tenth of the last decimal crosses the side beside it once it is rounded.
    ring = [(0, 0), (1e-3, 0), (1e-3, 1e-3), (5.04e-4, 4e-8), (4.96e-4, 4e-8), (0, 1e-3)]
    frame = GeoDataFrame({"n": [1]}, geometry=[shapely.Polygon(ring)], crs=4326)
    (feature,) = json.loads(geojson(replace(shown[0], frame=frame)))["features"]
    assert frame.geometry.is_valid.all()
    assert shapely.geometry.shape(feature["geometry"]).is_valid


def test_that_rndt_says_title_date_reference_system_box_and_where_it_comes_from(package):
    root = ElementTree.parse(package / "metadati" / "rndt_soil-consumption.xml").getroot()

    def said(path):
        return root.findtext(f".//{path}/{GCO}CharacterString") or root.findtext(f".//{path}/*")

    assert said(f"{GMD}title").startswith("Consumo di suolo")
    assert said(f"{GMD}dateStamp") == "2026-03-31"
    assert said(f"{GMD}RS_Identifier/{GMD}code") == "http://www.opengis.net/def/crs/EPSG/0/3035"
    assert 9 < float(said(f"{GMD}westBoundLongitude")) < 11
    assert "suolo_2023.tif" in said(f"{GMD}statement")


def test_that_the_same_results_give_the_same_bytes(peopled, package, hashes, tmp_path):
    assert main(["publish", str(peopled), "--to", str(tmp_path / "again"), "--quiet"]) == 0
    assert hashes(tmp_path / "again") == hashes(package)


def test_that_a_folder_of_somebody_else_is_not_published_into(refused, peopled, tmp_path):
    (tmp_path / "altrui").mkdir()
    (tmp_path / "altrui" / "x.txt").write_text("mio", encoding="utf-8")
    assert refused("publish", peopled, "--to", tmp_path / "altrui")["code"] == "folder-not-ours"


def test_that_rndt_answers_every_mandatory_element_or_tells_it_missing(puc, peopled, tmp_path):
    said = puc("publish", peopled, "--to", tmp_path / "a", "--json")
    told = said.problems["metadata-incomplete"]["message"]
    written = (tmp_path / "a" / "metadati" / "rndt_soil-consumption.xml").read_text(encoding="utf-8")
    tags = {"crs": "referenceSystemInfo", "keyword_gemet": "descriptiveKeywords", "conformity": "DQ_ConformanceResult",
            "geographicBoundingBox": "EX_GeographicBoundingBox"}  # fmt: skip
    for row in rows("rndt_core"):
        if row["obligation"] == "M":
            tag = tags.get(row["element"], row["element"])
            assert f"<gmd:{tag}>" in written or tag in told, tag


def test_that_conformity_nobody_assessed_is_neither_claimed_nor_denied(package):
    root = ElementTree.parse(package / "metadati" / "rndt_soil-consumption.xml").getroot()
    passed = root.find(f".//{GMD}pass")
    assert list(passed) == []
    assert passed.get(f"{GCO}nilReason") == "unknown"


def test_that_scale_and_frequency_said_are_told_to_the_catalogues(puc, peopled, tmp_path):
    words = ("--scale", "5000", "--frequency", "ANNUAL", "--to", tmp_path / "a")
    told = puc("publish", peopled, *words, "--json").problems["metadata-incomplete"]["message"]
    assert "spatialResolution" not in told
    assert "accrualPeriodicity" not in told
    root = ElementTree.parse(tmp_path / "a" / "metadati" / "rndt_soil-consumption.xml").getroot()
    assert root.findtext(f".//{GMD}denominator/{GCO}Integer") == "5000"
    graph = json.loads((tmp_path / "a" / "metadati" / "dcat_ap_it.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert graph[0]["dct:accrualPeriodicity"]["@id"].endswith("/frequency/ANNUAL")


def test_that_the_years_of_the_data_are_the_period_of_the_dataset(package):
    graph = json.loads((package / "metadati" / "dcat_ap_it.jsonld").read_text(encoding="utf-8"))["@graph"]
    soil = next(each for each in graph if each["dct:identifier"].endswith("soil-consumption"))
    assert soil["dct:temporal"]["schema:startDate"] == "2012-01-01"
    assert soil["dct:temporal"]["schema:endDate"] == "2023-12-31"


def told_by_qgis(package: Path, shown, home: Path) -> dict[str, list]:
    """Return what QGIS says of each layer: valid, how many features, the colour of each rule."""
    if not QGIS.exists() or subprocess.run([QGIS, "-c", "import qgis"], capture_output=True, check=False).returncode:
        pytest.skip("QGIS (python3-qgis) is not installed")
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    said = subprocess.run(
        [QGIS, "-c", ASK_QGIS, package / "dati.gpkg", *(layer.name for layer in shown)],
        env={**kept, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home)},
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    return json.loads(said.partition("ANSWER")[2])


@pytest.mark.slow
def test_that_qgis_opens_every_layer_with_its_colours(package, shown, wardrobe, tmp_path):
    told = told_by_qgis(package, shown, tmp_path)
    for layer in shown:
        valid, count, colours = told[layer.name]
        assert (valid, count) == (True, len(layer.frame))
        assert colours == [each.look.colour for each in classes_of(layer, wardrobe)]


CHOSEN = {
    layer_style.colour_place(("flood_hazard", None), "P3"): "#7b1fa2",
    view.of_layer(view.RAMP, ThemeKey("soil-consumption", "neighbourhood.consumed_pct")): "Greys",
    view.of_layer(view.CLASSES, ThemeKey("soil-consumption", "neighbourhood.consumed_pct")): 2,
}


@pytest.fixture
def chosen(peopled, tmp_path) -> Path:
    """Return a study with the same results, in a style that somebody gave them."""
    folder = Path(shutil.copytree(peopled, tmp_path / "borgo"))
    view.save(CHOSEN, folder)
    return folder


def test_that_the_package_has_the_style_given_in_the_window_the_same_bytes_each_time(chosen, package, hashes, tmp_path):
    for name in ("one", "two"):
        assert main(["publish", str(chosen), "--to", str(tmp_path / name), "--quiet"]) == 0
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    changed = {name for name, found in hashes(tmp_path / "one").items() if hashes(package).get(name) != found}
    assert {"dati.gpkg", "stili/hazard_exposure_fragments.qml", "stili/soil_consumption_neighbourhood.sld"} <= changed
    assert not [name for name in changed if name.startswith(("csv/", "geojson/", "metadati/"))]
    text = (tmp_path / "one" / "stili" / "hazard_exposure_fragments.sld").read_text(encoding="utf-8")
    assert "#7b1fa2" in text


def test_that_amounts_are_published_in_the_classes_of_the_map(chosen, shown, package):
    layer = next(each for each in shown if each.name == "soil_consumption_neighbourhood")
    found = classes_of(layer, Wardrobe(study_reading.read(chosen)))
    theme = next(each for each in BY_ANALYSIS["soil-consumption"] if each.id == "neighbourhood.consumed_pct")
    cloth = cloth_of_result(layer.analysis, theme, layer.frame, {})
    style = cloth.style(layer_style.LayerStyle(ramp="Greys", classes=2))
    drawn, _ = by_field(theme.theme, cloth.layer, style, cloth.measured)
    assert [each.look.colour for each in found] == [each.colour for each in drawn.classes]
    values = layer.frame["consumed_pct"]
    told = [[low.low <= value < low.high for each in found for low in each.conditions] for value in values]
    assert all(sum(each) == 1 for each in told)


def classed_by(field, scheme, peopled, shown, tmp_path):
    folder = Path(shutil.copytree(peopled, tmp_path / "borgo"))
    key = ThemeKey("soil-consumption", "neighbourhood.consumed_pct")
    said = {view.of_layer(view.FIELD, key): field, view.of_layer(view.SCHEME, key): scheme}
    view.save({place: value for place, value in said.items() if value}, folder)
    layer = next(each for each in shown if each.name == "soil_consumption_neighbourhood")
    return layer, classes_of(layer, Wardrobe(study_reading.read(folder)))


def test_that_results_are_published_in_the_classes_of_the_column_that_was_chosen(peopled, shown, tmp_path):
    layer, found = classed_by("consumed_m2", "natural", peopled, shown, tmp_path)
    assert {each.column for one in found for each in one.conditions} == {"consumed_m2"}
    assert all("m²" in each.label.it for each in found)
    values = layer.frame["consumed_m2"]
    told = [[low.low <= value < low.high for each in found for low in each.conditions] for value in values]
    assert all(sum(each) == 1 for each in told)


def test_that_a_column_of_words_is_published_a_class_a_word(peopled, shown, tmp_path):
    layer, found = classed_by("name", None, peopled, shown, tmp_path)
    assert sorted(each.value for one in found for each in one.conditions) == sorted(layer.frame["name"])


@pytest.mark.parametrize("field", ["geometry", "nowhere"])
def test_that_a_column_that_no_analysis_declares_makes_no_classes(peopled, shown, tmp_path, field):
    _, found = classed_by(field, None, peopled, shown, tmp_path)
    assert {each.column for one in found for each in one.conditions} == {"consumed_pct"}


@pytest.mark.slow
def test_that_qgis_shows_the_colours_given_in_the_window(chosen, shown, tmp_path):
    assert main(["publish", str(chosen), "--to", str(tmp_path / "dati"), "--quiet"]) == 0
    told = told_by_qgis(tmp_path / "dati", shown, tmp_path)
    assert told["hazard_exposure_fragments"][2] == ["#7b1fa2"]
    assert told["soil_consumption_neighbourhood"][2] == list(RAMPS["Greys"].colours(2))
