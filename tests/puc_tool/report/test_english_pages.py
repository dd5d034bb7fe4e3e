"""What an English reader holds in hand: study, notebooks, sheets and open data say no word of ours in Italian.

The names of the made-up borough stay as its files have them.
"""

from __future__ import annotations

import csv
import io
import shutil

import pytest

from layers.problems import PucError
from puc_tool.cli import main
from puc_tool.maps.sheet import Context
from puc_tool.printing import sheets
from puc_tool.report.findings import findings
from puc_tool.report.map_figures import MapDesk
from puc_tool.report.notebooks.facts import Facts
from puc_tool.report.notebooks.hoods import hoods
from puc_tool.report.open_data.dictionary import dictionary
from puc_tool.report.study import study_document
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from tests.languages import left_italian, texts_of
from tests.puc_tool.report.conftest import square, table

NAMES = (
    "Borgo di prova", "Comune di Borgo", "COMUNE DI BORGO", "Borgo", "Ponente", "Levante", "Farmacia di Ponente",
    "Ex fornace", "Caserma del Borgo", "Zona del centro",
)  # fmt: skip
MORE = """
[[layer]]
role = "constraints"
source = "data/vincoli.gpkg"
layer = "constraints"

[[layer]]
role = "landslide_hazard"
source = "data/vincoli.gpkg"
layer = "landslide"

[[layer]]
role = "zoning"
source = "data/vincoli.gpkg"
layer = "zoning"
year = 2020

[[layer]]
role = "contaminated_sites"
source = "data/vincoli.gpkg"
layer = "contaminated"

[[layer]]
role = "land_use"
source = "data/vincoli.gpkg"
layer = "land_use"
year = 2019
"""


@pytest.fixture(scope="module")
def shelf(peopled, tmp_path_factory) -> Shelf:
    """Return the borough with classes of hazard, constraints, a plan that leaves ground out and a ruined kiln."""
    folder = shutil.copytree(peopled, tmp_path_factory.mktemp("inglese") / "borgo")
    layers = {
        "constraints": table([square(0, 0, 200, 200), square(300, 0, 500, 300)], kind=["military", "coast_300"],
                             name=["Caserma del Borgo", None]),
        "landslide": table([square(800, 800, 900, 900), square(900, 900, 1000, 1000)], **{"class": ["Pg3a", "AA"]}),
        "zoning": table([square(0, 0, 400, 1000)], zone=["A"], name=["Zona del centro"], dm1444=["A"], buildable=[1]),
        "contaminated": table([square(600, 0, 700, 100)], name=["Ex fornace"]),
        "land_use": table([square(0, 0, 500, 1000), square(500, 0, 1000, 1000)], code=["112", "231"]),
    }  # fmt: skip
    for name, frame in layers.items():
        frame.to_file(folder / "data" / "vincoli.gpkg", layer=name, driver="GPKG")
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(MORE)
    assert main(["run", str(folder), "--quiet"]) == 0
    return Shelf(study_reading.read(folder))


@pytest.fixture(scope="module")
def found(shelf):
    return findings(shelf.study)


def english(document) -> list[str]:
    return [text.en for text in texts_of(document)]


def test_that_the_study_is_in_english(shelf, found):
    document = study_document(shelf, found, MapDesk(shelf, found, "en").maps_of, "en", None)
    shown = english(document)
    assert "(no class)" in shown
    assert left_italian(shown, NAMES) == []


def test_that_the_notebooks_are_in_english(shelf, found):
    everyone = hoods(shelf)
    told = [Facts(shelf.study, found, everyone).notebook(hood) for hood in everyone]
    assert len(told) == 2
    assert left_italian(english(told), NAMES) == []


@pytest.mark.parametrize("kind", sheets.ALL, ids=lambda kind: kind.id)
def test_that_a_sheet_is_in_english(shelf, found, kind):
    if isinstance(kind, sheets.BaseKind):
        made = kind.build(shelf, Context(), "en")
    else:
        try:
            made = kind.build(shelf, found.found[kind.analysis.id].written, Context(), "en")
        except (KeyError, PucError):
            pytest.skip(f"the borough has no result for {kind.id}")
    assert left_italian(english(made), NAMES) == []


def test_that_the_dictionary_of_the_open_data_has_an_english_label_for_each_entry(found):
    entries = list(csv.DictReader(io.StringIO(dictionary(found, ()))))
    assert len(entries) > 100
    assert left_italian([each["label"] for each in entries], NAMES) == []


def test_that_every_table_is_in_english(found):
    for each in found.found.values():
        for table_id in each.tables:
            rows = each.table(table_id)
            columns = each.columns(table_id)
            if rows is not None:
                said = [
                    columns[name].told(row).en
                    for row in rows.astype(object).fillna("").to_dict("records")
                    for name in rows.columns
                    if name in columns and columns[name].decimals is None and not name.endswith("_en")
                ]
                assert left_italian(said, NAMES) == [], (each.written.analysis.id, table_id)
