"""The sheet of a district of 20,000 m², a quarter of it flooded, with two scenarios; another district has none."""

from __future__ import annotations

import io

import numpy as np
import pytest
from geopandas import GeoDataFrame
from PIL import Image, ImageColor
from shapely import box

from analyses.districts.params import DistrictParams
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import write
from puc_tool import run, study_reading
from puc_tool.coverage import Part
from puc_tool.drawing_desk import Desk
from puc_tool.maps import district_chart
from puc_tool.maps.district_facts import facts
from puc_tool.maps.district_sheet import ROWS, district_sheet
from puc_tool.maps.layout import lay_out
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Areas, Context, Labels, Marks
from puc_tool.maps.style import SEA
from puc_tool.maps.view import WHOLE
from puc_tool.sheet_orders import Order, Wish
from puc_tool.shelf import Shelf
from puc_tool.written import written

EAST, NORTH = 566_000.0, 4_884_000.0
ROLES = {"boundary": "confine", "districts": "distretti", "flood_hazard": "alluvioni", "buildings": "edifici"}
HEAD = 'version = 1\n\n[study]\ntitle = "Prova"\ncomuni = []\ncrs = "EPSG:7791"\ndate = 2026-03-31\n'
ENTRY = '\n[[layer]]\nrole = "{role}"\nsource = "data/borgo.gpkg"\nlayer = "{table}"\n'
DENSER = 'title = "Più denso"\n[[district]]\ncode = "A"\nut_m2_m2 = 0.8\nac_pct = 20\n'
GREENER = 'title = "Più verde"\n[[district]]\ncode = "A"\nut_m2_m2 = 0.4\nac_pct = 40\nve_pct = 30\nse_pct = 25\n'


def plot(left, bottom, right, top):
    return box(EAST + left, NORTH + bottom, EAST + right, NORTH + top)


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=geometry, crs="EPSG:7791")


@pytest.fixture
def study(tmp_path):
    """Return a function that writes the study with some scenarios, runs it and returns its shelf and results."""
    districts = layer(
        [plot(0, 0, 200, 100), plot(300, 0, 700, 100)], code=["A", "B"], name=["Fabbrica", "Campo"],
        kind=["integrato"] * 2,
        ut_m2_m2=[0.5, 0.5], se_pct=[40.0] * 2, ve_pct=[20.0] * 2, ac_pct=[30.0] * 2, sp_pct=[35.0] * 2,
        residential_pct=[60.0] * 2, commercial_pct=[40.0] * 2, industrial_pct=[0.0] * 2, ers_pct=[0.0] * 2,
    )  # fmt: skip
    tables = {
        "confine": layer([plot(-500, -500, 1500, 1500)], name=["Borgo"]),
        "distretti": districts,
        "alluvioni": layer([plot(0, 0, 50, 1000)], **{"class": ["P3"]}),
        "edifici": layer([plot(120, 20, 140, 40), plot(900, 900, 920, 920)], use=["produttivo"] * 2),
    }

    def made(scenarios=(), params=None):
        write.geopackage(tmp_path / "data" / "borgo.gpkg", tables)
        text = HEAD + "".join(ENTRY.format(role=role, table=table) for role, table in ROLES.items())
        write.text(tmp_path / "study.toml", text)
        for name, words in dict(scenarios).items():
            write.text(tmp_path / "scenarios" / f"{name}.toml", words)
        shelf = Shelf(study_reading.read(tmp_path))
        run.run(TRANSFORMATION_DISTRICTS, shelf, params or DistrictParams())
        return shelf, written(TRANSFORMATION_DISTRICTS, shelf.study)

    return made


BOTH = {"denso": DENSER, "verde": GREENER}


def sheet(shelf, results, lang="it"):
    return district_sheet(shelf, results, Context(), lang)


def test_that_the_sheet_is_of_the_district_most_scenarios_change(study):
    # Without scenarios it is the one with the most new floor area: B, 40,000 × 0.5 against 20,000 × 0.5.
    assert sheet(*study()).title.it == "Campo"
    assert sheet(*study(BOTH)).title.it == "Fabbrica"


def test_that_the_table_has_the_plan_and_each_scenario_side_by_side(study):
    made = sheet(*study(BOTH))
    assert [column.label.it for column in made.table.columns] == ["Voce", "piano", "A", "B"]
    rows = {row.cells[0].it: [cell.it for cell in row.cells[1:]] for row in made.table.rows}
    # 20,000 × 0.5, 0.8 and 0.4; Ac 30, 20 and 40 % of 20,000.
    assert rows["Sul = St × Ut (m²)"] == ["10.000", "16.000", "8.000"]
    assert rows["Ac = St × Ac% / 100 (m²)"] == ["6.000", "4.000", "8.000"]
    assert len(rows) == len(ROWS) - 1  # without soil consumption nothing is known of what is newly consumed
    assert made.table.total.cells[0].it == "Dominato"


def test_that_the_legend_says_what_is_free_and_what_each_cause_takes(study):
    ground = sheet(*study(BOTH)).legend[0]
    # 50 × 100 m of 200 × 100 m are flooded.
    assert [(item.label.it, item.amount.it) for item in ground.items] == [
        ("Suolo netto trasformabile", "1,5\u202fha · 75,0\u202f%"),
        ("Pericolosità idraulica", "0,5\u202fha · 25,0\u202f%"),
    ]


def test_that_formulas_stand_there_with_their_values_in_each_language(study):
    notes = sheet(*study(BOTH)).footnotes
    assert any("Sul = 20.000 × 0,5 = 10.000" in note.it for note in notes)
    assert any("Sul = 20,000 × 0.5 = 10,000" in note.en for note in notes)
    assert any("A: Più denso; B: Più verde" in note.it for note in notes)
    assert any(note.it.startswith("Che cosa vincola.") and note.en.startswith("What binds.") for note in notes)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_the_lint_has_no_error_to_tell(study, lang):
    shelf, results = study(BOTH)
    drawn = render(sheet(shelf, results, lang), ["pdf"], 100)
    serious = [problem.code for problem in drawn.problems if problem.severity.value == "error"]
    assert serious == []
    assert drawn.files["pdf"].startswith(b"%PDF")


def test_that_one_sheet_is_the_same_every_time(study):
    shelf, results = study(BOTH)
    files = [render(sheet(shelf, results), ["pdf"], 100).files["pdf"] for _ in range(2)]
    assert files[0] == files[1]


def test_that_the_chart_greys_what_is_worse_in_everything(study):
    # «peggio» gives as many homes as the plan with less ceded and less green: the plan dominates it.
    worse = 'title = "Peggio"\n[[district]]\ncode = "A"\nac_pct = 20\nve_pct = 10\n'
    shelf, results = study({**BOTH, "peggio": worse})
    shown = facts(results)
    assert dict(zip(shown.compared["scenario"], shown.compared["dominated"], strict=True))["peggio"] == "sì"
    layout = lay_out(sheet(shelf, results).map, False)
    chart = district_chart.chart(shown, layout)
    marks = {layer.style: len(layer.geometries) for layer in chart.layers if isinstance(layer, Marks)}
    assert marks == {district_chart.DOMINATED: 1, district_chart.BEST: 2, district_chart.PLAN: 1}
    words = [text.it for layer in chart.layers if isinstance(layer, Labels) for text in layer.words]
    assert {"P", "A", "B", "C"} <= set(words)


def test_that_the_chart_stands_higher_where_there_is_more(study):
    shelf, results = study(BOTH)
    layout = lay_out(sheet(shelf, results).map, False)
    shown = facts(results)
    chart = district_chart.chart(shown, layout)
    letters = next(layer for layer in chart.layers if isinstance(layer, Labels))
    at = {word.it: np.array([point.x, point.y]) for word, point in zip(letters.words, letters.geometries, strict=True)}
    # «denso» (A) has more homes than «verde» (B): farther right. Less green a person: lower.
    assert at["A"][0] > at["P"][0] > at["B"][0]
    assert at["A"][1] < at["P"][1] < at["B"][1]


def test_that_a_district_without_scenarios_has_no_chart_and_no_letters(study):
    made = sheet(*study())
    assert [column.label.it for column in made.table.columns] == ["Voce", "piano"]
    assert made.table.total is None
    assert not [layer for layer in made.map.layers if isinstance(layer, Marks)]


def test_that_the_map_is_framed_on_the_district_and_draws_what_stands_near(study):
    made = sheet(*study(BOTH))
    assert made.map.boundary.area == pytest.approx(20_000)
    built = [layer for layer in made.map.layers if isinstance(layer, Areas) and layer.style.colour == "#8d8880"]
    assert [len(layer.geometries) for layer in built] == [1]


def test_that_every_number_of_the_alternative_text_is_a_written_one(study):
    assert "2,00\u202fha, di cui 1,50\u202fha" in sheet(*study(BOTH)).alt.it


def test_that_what_lies_around_the_district_stays_land_when_the_desk_draws_it(study):
    shelf, _ = study(BOTH)
    drawn = Desk(shelf).draw(Order("scheda-distretto", "10", Part("", "", WHOLE), {}, ""), Wish(("png",), dpi=40))
    with Image.open(io.BytesIO(drawn.files["png"])) as picture:
        # 100 by 100 mm of the map's upper right quarter, clear of the district: paper, ink and buildings, but no sea.
        corner = picture.convert("RGB").crop((250, 30, 400, 120))
    colours = {colour for count, colour in corner.getcolors(1 << 20) if count > 20}
    assert ImageColor.getrgb(SEA) not in colours
