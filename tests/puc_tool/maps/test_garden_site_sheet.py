"""The sheet of the first site of the made-up borough: of two criteria, public land gives 0.74 and soil 0.26."""

from __future__ import annotations

import geopandas
import pytest
import shapely

from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.gardens.params import GardenParams
from layers.problems import PucError
from puc_tool import run
from puc_tool.maps.garden_site_sheet import garden_site_sheet
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Context
from puc_tool.printing.coverage import Cut, parts
from puc_tool.printing.exporting import ready
from puc_tool.printing.sheets import BY_ID
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.written import written

WEST, SOUTH = 4_306_000.0, 2_336_000.0
ENTRY = '\n[[layer]]\nrole = "{role}"\nsource = "data/orti.gpkg"\nlayer = "{role}"\n'


@pytest.fixture
def sheet(town):
    """Return a function that runs the borough with one public field of 10 ha, and returns the sheet of it."""
    tables = {
        "land_use": ({"code": ["211"]}, shapely.box(WEST, SOUTH, WEST + 1000, SOUTH + 1000)),
        "public_land": ({"name": ["Conca"]}, shapely.box(WEST, SOUTH, WEST + 200, SOUTH + 500)),
    }
    for role, (columns, shape) in tables.items():
        geopandas.GeoDataFrame(columns, geometry=[shape], crs=3035).to_file(town / "data" / "orti.gpkg", layer=role)
        with (town / "study.toml").open("a", encoding="utf-8") as study:
            study.write(ENTRY.format(role=role) + ("year = 2019\n" if role == "land_use" else ""))

    def made(lang="it", **params):
        shelf = Shelf(study_reading.read(town))
        run.run(GARDEN_SUITABILITY, shelf, GardenParams(cell_m=10.0, draws=100, **params))
        return garden_site_sheet(shelf, written(GARDEN_SUITABILITY, shelf.study), Context(), lang)

    return made


@pytest.fixture
def two_sites(sheet, town):
    """Return the borough with a second, smaller public field, half of it on roads' soil."""
    lots = [shapely.box(WEST, SOUTH, WEST + 200, SOUTH + 500), shapely.box(WEST + 600, SOUTH, WEST + 800, SOUTH + 200)]
    public = geopandas.GeoDataFrame({"name": ["Conca", "Poggio"]}, geometry=lots, crs=3035)
    public.to_file(town / "data" / "orti.gpkg", layer="public_land")
    sheet()
    return Shelf(study_reading.read(town))


def test_that_each_criterion_is_a_step_and_the_steps_add_up_to_the_score(sheet):
    chart = sheet().panel.chart
    # 0.14/0.19 = 0.74 and 0.05/0.19 = 0.26: all that their weights allow.
    assert [(step.label.en, round(step.amount, 2), round(step.most, 2)) for step in chart.steps] == [
        ("Public vacant land", 0.74, 0.74), ("Soil quality, not sealed", 0.26, 0.26),
    ]  # fmt: skip
    assert sum(step.amount for step in chart.steps) == pytest.approx(chart.total)
    assert chart.total == pytest.approx(1.0, abs=1e-5)


def test_that_every_number_of_the_alternative_text_stands_in_the_table(sheet):
    chart = sheet().panel.chart
    cells = {cell.it for row in chart.data.rows for cell in row}
    assert {"1,00", "0,74", "0,26"} <= cells
    assert all(words in chart.alt.it for words in ("1,00", "0,74", "0,26"))


def test_that_ordered_weights_have_no_chart(sheet):
    assert sheet(orness=0.2).panel is None


def test_that_the_map_is_framed_on_the_site(sheet):
    view = sheet().map.context.view
    assert view.name.it == "Conca"
    assert view.ground.area == pytest.approx(100_000.0)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_the_sheet_of_a_site_is_drawn_without_a_fault(sheet, lang):
    drawn = render(sheet(lang), ("pdf",), 150)
    assert drawn.files["pdf"].startswith(b"%PDF")
    assert not [each for each in drawn.problems if each.severity == "error"]


def test_that_the_sheet_says_its_site_and_rank_and_only_what_it_uses(sheet):
    made = sheet()
    assert made.subtitle.it == "Posto 1 su 1 · Tutte le aree"
    assert [each.it for each in made.footnotes] == ["Al variare dei pesi resta al posto 1."]
    assert made.alt.it == (
        "Mappa del sito per orti «Conca», posto 1 della graduatoria, alla scala 1:2.000: 100.000 metri quadri, "
        "punteggio 1,00."
    )


def test_that_cut_by_site_there_is_a_page_for_each_in_their_order(two_sites):
    found = parts(two_sites, Cut(coverage="site"))
    assert [(part.suffix, part.title.it) for part in found] == [("01-conca", "Conca"), ("02-poggio", "Poggio")]
    results = written(GARDEN_SUITABILITY, two_sites.study)
    second = garden_site_sheet(two_sites, results, Context(view=found[1].view), "it")
    assert second.subtitle.it.startswith("Posto 2 su 2")
    assert second.map.context.view.ground.area == pytest.approx(40_000.0)
    assert second.panel.chart.title.it == "Il punteggio: che cosa dà ogni criterio"
    assert [step.amount for step in second.panel.chart.steps] != []


def test_that_sites_nobody_has_computed_are_refused_with_what_to_run(town):
    with pytest.raises(PucError) as refused:
        parts(Shelf(study_reading.read(town)), Cut(coverage="site"))
    assert refused.value.problems[0].code == "results-missing"


def test_that_without_a_site_the_sheet_is_passed_over_and_asked_for_it_is_refused(sheet, town):
    with pytest.raises(PucError) as refused:
        sheet(least_site_m2=1e6)
    assert [each.code for each in refused.value.problems] == ["garden-no-site-to-show"]
    able, told = ready(study_reading.read(town), [BY_ID["orti-urbani"], BY_ID["orti-sito"]])
    assert [kind.id for kind in able] == ["orti-urbani"]
    assert [each.code for each in told] == ["sheet-passed-over"]
