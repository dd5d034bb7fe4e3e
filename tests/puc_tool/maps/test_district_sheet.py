"""The sheet of a district of 20,000 m², a quarter of it flooded, with two scenarios; another district has none."""

from __future__ import annotations

import io

import pikepdf
import pytest
from geopandas import GeoDataFrame
from PIL import Image, ImageColor
from shapely import box

from analyses.districts.params import DistrictParams
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import write
from puc_tool import run
from puc_tool.maps import district_panel
from puc_tool.maps.district_sheet import ROWS, district_sheet
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Areas, Context
from puc_tool.maps.style import SEA
from puc_tool.maps.view import WHOLE, View
from puc_tool.printing.coverage import Cut, Part
from puc_tool.printing.drawing_desk import Desk
from puc_tool.printing.exporting import ordered
from puc_tool.printing.sheet_orders import Order, Wish
from puc_tool.printing.sheets import BY_ID
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working import view
from puc_tool.working.layer_style import colour_place
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


def sheet(shelf, results, lang="it", view=WHOLE):
    return district_sheet(shelf, results, Context(view=view), lang)


def test_that_the_sheet_is_of_the_district_most_scenarios_change(study):
    # Without scenarios it is the one with the most new floor area: B, 40,000 × 0.5 against 20,000 × 0.5.
    assert sheet(*study()).title.it == "Campo"
    assert sheet(*study(BOTH)).title.it == "Fabbrica"


def test_that_the_table_has_the_plan_and_each_scenario_side_by_side(study):
    shelf, results = study(BOTH)
    made = sheet(shelf, results)
    assert [column.label.it for column in made.table.columns] == ["Voce", "piano", "A", "B"]
    rows = {row.cells[0].it: [cell.it for cell in row.cells[1:]] for row in made.table.rows}
    # 20,000 × 0.5, 0.8 and 0.4; Ac 30, 20 and 40 % of 20,000.
    assert rows["Sul = St × Ut (m²)"] == ["10.000", "16.000", "8.000"]
    assert rows["Ac = St × Ac% / 100 (m²)"] == ["6.000", "4.000", "8.000"]
    # Without soil consumption nothing is known of what is newly consumed; the plan states no height.
    assert len(rows) == len(ROWS) - 2
    assert made.table.total is None  # the chart's own table says which are dominated
    alone = sheet(*study({"denso": DENSER}))
    has_chart = alone.panel.chart is not None
    assert (alone.table.total is None) == has_chart


def test_that_the_legend_says_what_is_free_and_what_each_cause_takes(study):
    ground = sheet(*study(BOTH)).legend[0]
    # 50 × 100 m of 200 × 100 m are flooded.
    assert [(item.label.it, item.amount.it) for item in ground.items] == [
        ("Pericolosità idraulica", "0,5\u202fha · 25,0\u202f%"),
        ("Suolo netto trasformabile", "1,5\u202fha · 75,0\u202f%"),
    ]


def test_that_every_figure_stands_there_with_its_formula_and_its_values_in_each_language(study):
    shelf, results = study(BOTH)
    made = sheet(shelf, results)
    rows = {row[0].it.partition(" = ")[0]: row for row in made.panel.table.table.rows}
    written_rows = results.table("formulas")
    assert len(rows) == (written_rows[(written_rows["code"] == "A") & (written_rows["scenario"] == "base")]).shape[0]
    assert [cell.it for cell in rows["Sul"]] == ["Sul = St × Ut", "20.000 × 0,5", "10.000\u00a0m²"]
    assert [cell.en for cell in rows["Sul"]] == ["Sul = St × Ut", "20,000 × 0.5", "10,000\u00a0m²"]
    assert rows["Abitanti"][0].en == "People = Residential Sul / Sul per person"
    [uses] = [note for note in made.footnotes if note.en.startswith("Uses")]
    assert uses.it == "Usi del piano. residenza 60,0\u202f%; commercio e direzionale 40,0\u202f%."
    assert any(note.it.startswith("Che cosa vincola.") and note.en.startswith("What binds.") for note in made.footnotes)


def test_that_paper_too_narrow_for_a_panel_goes_on_with_all_figures_and_formulas(study):
    shelf, results = study(BOTH)
    made = render(sheet(shelf, results, view=View(paper="A4")), ["pdf"], 100)
    with pikepdf.open(io.BytesIO(made.files["pdf"])) as pdf:
        assert len(pdf.pages) >= 2
        tags = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        rows = sum(str(item.S) == "/TR" for item in tags)
        charts = [str(item.Alt) for item in tags if str(item.S) == "/Figure" and "Grafico" in str(item.Alt)]
    written_rows = results.table("formulas")
    formulas = int(((written_rows["code"] == "A") & (written_rows["scenario"] == "base")).sum())
    # The heads of three tables, the parameters, the plan and two scenarios under the chart, every formula.
    assert rows == 3 + len(ROWS) - 2 + 3 + formulas
    assert len(charts) == 1
    assert [each.code for each in made.problems if "hidden" in each.code or "left" in each.code] == []


def test_that_the_small_map_shows_the_commune_and_not_the_district_alone(study):
    shelf, results = study(BOTH)
    made = sheet(shelf, results)
    # The borough is 2,000 × 2,000 m, the district 200 × 100 m.
    assert made.map.within.area == 4_000_000.0
    assert made.map.boundary.area == 20_000.0


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
    chart = sheet(*study({**BOTH, "peggio": worse})).panel.chart
    letters = {points.style: points.letters for points in chart.points}
    assert letters == {
        district_panel.PLAN: ("P",), district_panel.BEST: ("A", "C"), district_panel.DOMINATED: ("B",)
    }  # fmt: skip
    told = {row[0].it: (row[1].it, row[-1].it) for row in chart.data.rows}
    assert told["B"] == ("Peggio", "sì")
    assert told["P"] == ("Piano vigente", "no")
    assert "Dominati da un altro: Peggio." in chart.alt.it


def test_that_points_stand_where_their_numbers_in_the_table_say(study):
    chart = sheet(*study(BOTH)).panel.chart
    at = {letter: place for points in chart.points for letter, place in zip(points.letters, points.places, strict=True)}
    # Homes: 60 % of 10,000, 16,000 and 8,000 m² / 75.
    assert {letter: place[0] for letter, place in at.items()} == pytest.approx({"P": 80.0, "A": 128.0, "B": 64.0})
    assert [(row[0].it, row[2].it) for row in chart.data.rows] == [("P", "80"), ("A", "128"), ("B", "64")]
    # Less green a person in the denser one.
    assert at["A"][1] < at["P"][1] < at["B"][1]


def test_that_of_many_scenarios_the_table_counts_those_it_has_no_room_for(study):
    many = {f"s{place:02d}": DENSER.replace("0.8", f"0.{60 + place}") for place in range(30)}
    chart = sheet(*study(many)).panel.chart
    assert sum(len(points.places) for points in chart.points) == 31
    assert chart.data.rows[-1][1].it == "… e altri 23 nel file pareto.csv"
    assert len(chart.data.rows) == 9


def test_that_a_district_without_scenarios_has_no_chart_and_no_letters(study):
    made = sheet(*study())
    assert [column.label.it for column in made.table.columns] == ["Voce", "piano"]
    assert made.table.total is None
    assert made.panel.chart is None
    assert made.panel.table.table.rows


def test_that_each_district_has_its_own_sheet_by_district_and_no_other_coverage_cuts_it(study):
    shelf, _ = study(BOTH)
    kind = BY_ID["scheda-distretto"]
    by_district = Wish(("pdf",), cut=Cut(coverage="district"))
    desk = Desk(shelf)
    drawn = [desk.draw(order, by_district) for order in ordered(shelf, [kind], by_district)]
    assert [(each.code, each.title.it) for each in drawn] == [("SP-DIS-A", "Fabbrica"), ("SP-DIS-B", "Campo")]
    assert [each.order.stem for each in drawn] == ["10_scheda-distretto_fabbrica", "10_scheda-distretto_campo"]
    assert all(each.files["pdf"].startswith(b"%PDF") for each in drawn)
    for cut in (Cut(), Cut(coverage="grid"), Cut(denominator=2000)):
        assert [order.stem for order in ordered(shelf, [kind], Wish(("pdf",), cut=cut))] == ["10_scheda-distretto"]


def test_that_a_sheet_of_a_district_is_the_same_alone_and_in_a_set(study):
    shelf, _ = study(BOTH)
    by_district = Wish(("pdf",), cut=Cut(coverage="district"))
    desk = Desk(shelf)
    wanted = ordered(shelf, [BY_ID["scheda-distretto"]], by_district)
    forwards = {order.stem: desk.draw(order, by_district).files["pdf"] for order in wanted}
    backwards = {order.stem: Desk(shelf).draw(order, by_district).files["pdf"] for order in reversed(wanted)}
    assert forwards == backwards


def test_that_the_map_is_framed_on_the_district_and_draws_what_stands_near(study):
    made = sheet(*study(BOTH))
    assert made.map.boundary.area == pytest.approx(20_000)
    built = [layer for layer in made.map.layers if isinstance(layer, Areas) and layer.style.colour == "#8d8880"]
    assert [len(layer.geometries) for layer in built] == [1]


def test_that_every_number_of_the_alternative_text_is_a_written_one(study):
    assert "2,0\u202fha, di cui 1,5\u202fha" in sheet(*study(BOTH)).alt.it


def test_that_what_lies_around_the_district_stays_land_when_the_desk_draws_it(study):
    shelf, _ = study(BOTH)
    drawn = Desk(shelf).draw(Order("scheda-distretto", "10", Part("", "", WHOLE), {}, ""), Wish(("png",), dpi=40))
    with Image.open(io.BytesIO(drawn.files["png"])) as picture:
        # 100 by 100 mm of the map's upper right quarter, clear of the district: paper, ink and buildings, but no sea.
        corner = picture.convert("RGB").crop((250, 30, 400, 120))
    colours = {colour for count, colour in corner.getcolors(1 << 20) if count > 20}
    assert ImageColor.getrgb(SEA) not in colours


def test_that_causes_and_buildings_have_the_colours_given_to_their_layers_on_map_and_legend(study, styles_read):
    shelf, results = study()
    flood, buildings = ("flood_hazard", None), ("buildings", None)
    said = {
        view.of_layer(view.FIELD, flood): "class",
        colour_place(flood, "P3"): "#336699",
        colour_place(buildings, ""): "#aa3300",
    }
    view.save(said, shelf.study.folder)
    made = sheet(Shelf(study_reading.read(shelf.study.folder)), results, view=View(code="A"))
    told = {item.label.it: item.style for group in made.legend for item in group.items}
    # The ground of the flood is pale under its lines: the lines have the colour.
    assert "#336699" in (told["Pericolosità idraulica"].colour, told["Pericolosità idraulica"].hatch.colour)
    assert told["Edifici"].colour == "#aa3300"
    assert {told["Pericolosità idraulica"], told["Edifici"]} <= {layer.style for layer in made.map.layers}
    assert styles_read == {*BY_ID["scheda-distretto"].wears}
