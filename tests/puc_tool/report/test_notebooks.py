"""Quaderni: two pages a neighbourhood, every number that of the written results, what is not computed told so."""

from __future__ import annotations

import io
import json
import shutil

import pandas as pd
import pikepdf
import pytest
import shapely
from pyproj import CRS

from analyses.service_coverage import SERVICE_COVERAGE
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.text import same
from puc_tool.cli import main
from puc_tool.maps.frame import Frame
from puc_tool.maps.sheet import Context, Labels, MapContent
from puc_tool.maps.style import Lettering
from puc_tool.report.findings import findings
from puc_tool.report.map_figures import drawn
from puc_tool.report.notebooks.facts import Facts
from puc_tool.report.notebooks.hood_map import scale_box
from puc_tool.report.notebooks.hoods import Hood, HoodRows, HoodTables, file_stems, hoods
from puc_tool.report.notebooks.writing import NotebookDesk, notebooks
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading


def facts_of(folder):
    study = study_reading.read(folder)
    shelf = Shelf(study)
    everyone = hoods(shelf)
    return {hood.name: Facts(study, findings(study), everyone).notebook(hood) for hood in everyone}


@pytest.fixture(scope="module")
def told(peopled):
    return facts_of(peopled)


def test_that_the_key_numbers_are_those_of_the_neighbourhood(told):
    # Levante: 500 people on 50 ha; 10 × 10 cells of 100 m² of building site = 1 ha of 50
    keys = {key.caption.it: key.value.it for key in told["Levante"].keys}
    assert keys["abitanti"] == "500"
    assert keys["abitanti per ettaro (un quadrato di 100 m)"] == "10"
    assert keys["del suolo è consumato"] == "2,0\u00a0%"


def test_that_ages_stand_beside_those_of_the_whole_commune(told):
    # Ponente: 30 of 300 are young, 120 old; all: 130 of 800 and 170 of 800
    shares = [(share.here_pct, share.commune_pct) for share in told["Ponente"].ages]
    assert [here for here, _ in shares] == pytest.approx([10.0, 50.0, 40.0])
    assert [everyone for _, everyone in shares] == pytest.approx([16.25, 62.5, 21.25])
    said = [sentence.it for sentence in told["Ponente"].who.sentences]
    assert "Il 40,0\u00a0% ha 65 anni o più, il 10,0\u00a0% meno di 15." in said


def test_that_only_services_the_study_has_are_told_with_their_minutes(told, peopled):
    minutes = findings(study_reading.read(peopled)).of(SERVICE_COVERAGE).table("by_kind")["threshold_min"].iloc[0]
    assert [share.label.it for share in told["Ponente"].services] == [f"Farmacia ({minutes:.0f}\u00a0min)"]


def test_that_who_may_be_flooded_is_told_and_warned_and_who_may_not_is_told_so(told):
    # 100 m × 1000 m of 500 m × 1000 m
    wet, dry = told["Ponente"].water, told["Levante"].water
    # 300 people evenly on 500 m: 60 on the 100 m that floods
    assert wet.sentences[0].it == (
        "Il 20,0\u00a0% del quartiere, con circa 60 residenti, può essere allagato; 10,0\u00a0ettari anche spesso (P3)."
    )
    assert "allerta rossa" in wet.warning.it
    assert dry.sentences[0].it == "Nessuna area del quartiere è fra quelle allagabili."
    assert not dry.warning


def test_that_a_file_name_is_no_longer_than_a_disk_takes_and_never_taken_twice():
    stems = list(file_stems(["A" * 300, "A" * 299, "🌱", "שכונה", "Strà / Foce"]))
    assert stems == ["a" * 60, "a" * 60 + "-2", "quartiere", "quartiere-2", "stra-foce"]


def test_that_a_district_is_planned_only_where_it_has_ground(told):
    # 200 m × 500 m = 10 ha
    assert [(plan.name.it, plan.state.it, plan.area.it) for plan in told["Levante"].plans] == [
        ("Ex fornace", "proposto", "10,0\u00a0ha")
    ]
    assert [plan.state.en for plan in told["Levante"].plans] == ["proposed"]
    assert told["Ponente"].plans == ()
    assert told["Ponente"].plans_instead.it.startswith("Nessun distretto")


def test_that_what_was_not_computed_is_told_in_place_of_numbers(ran):
    notebook = facts_of(ran)["Ponente"]
    for instead in (
        notebook.water.instead,
        notebook.gardens.instead,
        notebook.services_instead,
        notebook.plans_instead,
    ):
        assert instead.it.startswith("Non ancora calcolato: ")
        assert instead.en.startswith("Not computed yet: ")


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_a_notebook_has_two_tagged_pages_whose_map_is_told_in_words(peopled, lang):
    desk = NotebookDesk(Shelf(study_reading.read(peopled)), lang)
    for hood in desk.everyone:
        with pikepdf.open(io.BytesIO(desk.write(hood))) as pages:
            assert len(pages.pages) == 2
            assert str(pages.Root.Lang).startswith(lang)
            with pages.open_metadata() as about:
                assert about["pdfuaid:part"] == "1"
            assert hood.name in str(pages.docinfo["/Title"])


def test_that_jobs_do_not_change_a_byte(peopled):
    shelf = Shelf(study_reading.read(peopled))
    assert dict(notebooks(shelf, "it", 1)) == dict(notebooks(shelf, "it", 2))


def test_that_the_report_writes_a_notebook_for_each_neighbourhood(peopled, tmp_path):
    assert main(["report", str(peopled), "--quiet", "--to", str(tmp_path / "r")]) == 0
    assert sorted(path.name for path in (tmp_path / "r" / "quaderni").iterdir()) == ["levante.pdf", "ponente.pdf"]
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_text(encoding="utf-8"))
    assert {"quaderni/levante.pdf", "quaderni/ponente.pdf", "studio_preliminare.pdf"} == set(manifest["files"])


class _Held:
    """A table by neighbourhood in place of written ones."""

    def __init__(self, frame):
        self.frame = frame

    def table(self, analysis):
        return self.frame


def test_that_neighbourhoods_of_one_name_keep_their_own_rows():
    frame = pd.DataFrame({"code": ["1", "2"], "name": ["Porto", "Porto"], "area_m2": [1.0, 2.0]})
    hood = Hood("2", "Porto", shapely.Point(0, 0), "porto-2")
    assert HoodRows(hood, _Held(frame)).value(SOIL_CONSUMPTION, "area_m2") == 2.0
    assert HoodRows(hood, _Held(frame)).value(SOIL_CONSUMPTION, "nothing") is None


def test_that_file_names_are_plain_and_differ():
    assert list(file_stems(["Umberto I (Umbertino)", "Strà", "Stra", "§"])) == [
        "umberto-i-umbertino", "stra", "stra-2", "quartiere"
    ]  # fmt: skip


def test_that_a_study_without_neighbourhoods_has_no_notebooks(town_template, tmp_path):
    folder = shutil.copytree(town_template, tmp_path / "borgo")
    assert main(["remove", str(folder), "neighbourhoods", "--quiet"]) == 0
    shelf = Shelf(study_reading.read(folder))
    assert hoods(shelf) == ()
    assert main(["run", str(folder), "--quiet"]) == 0
    assert list(notebooks(shelf, "it")) == []


def test_that_tables_are_read_once(peopled):
    tables = HoodTables(findings(study_reading.read(peopled)))
    assert tables.table(SOIL_CONSUMPTION) is tables.table(SOIL_CONSUMPTION)


def test_that_no_name_on_the_map_stands_under_the_scale():
    # The next neighbourhood reaches into the frame only where the scale stands: its name has no other place.
    frame = Frame(CRS.from_epsg(7791), 0.0, 148.0 * 10, 180.0, 148.0, 10_000)
    left, top, right, bottom = (10.0 * mm for mm in scale_box(frame))
    under = shapely.box(left + 20, 1480 - bottom + 20, right - 20, 1480 - top - 20)
    beside = shapely.box(900, 700, 1500, 1100)
    names = Labels((under, beside), (same("Sotto"), same("Accanto")), Lettering("#4d545c", 7.0, 500))
    content = MapContent(shapely.box(*frame.bounds), frame.crs, (names,), Context(), 10_000)
    (picture,) = drawn(content, frame, "it", None, scale_box(frame)).pictures
    assert b"Accanto" in picture.content
    assert b"Sotto" not in picture.content
    (picture,) = drawn(content, frame, "it").pictures
    assert b"Sotto" in picture.content
