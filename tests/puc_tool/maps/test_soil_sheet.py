"""The sheet of the made-up borough (tests/puc_tool/conftest.py), all of whose areas can be counted by hand.

100 ha in two neighbourhoods of 50 ha. 2012: 4 ha of roads in Ponente, a quarry of 0,25 ha in Levante. 2023: the roads
are still there, the quarry is gone, a building site of 1 ha is new in Levante. Everything else is of class 202.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import pikepdf
import pytest
import rasterio
import shapely

from analyses.soil.params import SoilParams
from analyses.soil_consumption import SOIL_CONSUMPTION
from puc_tool import run
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Context, Marks, Numbers, RasterClasses, Sheet
from puc_tool.maps.soil_sheet import soil_sheet
from puc_tool.maps.soil_theme import NEW, PERMANENT, REVERSIBLE, SPECIAL, UNSPECIFIED
from puc_tool.maps.style import FREE_LAND
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.written import Written, written

WEST, SOUTH = 4_306_000.0, 2_336_000.0
ALL_YEARS = SoilParams()


def results_of(folder: Path, params: SoilParams = ALL_YEARS) -> tuple[Shelf, Written]:
    shelf = Shelf(study_reading.read(folder))
    run.run(SOIL_CONSUMPTION, shelf, params)
    return shelf, written(SOIL_CONSUMPTION, shelf.study)


def sheet_of(folder: Path, params: SoilParams = ALL_YEARS, lang: str = "it") -> Sheet:
    return soil_sheet(*results_of(folder, params), Context(), lang)


@pytest.fixture
def edited(town) -> Callable[..., Path]:
    """Return the borough with words of its study.toml replaced."""

    def edit(*pairs: tuple[str, str]) -> Path:
        text = (town / "study.toml").read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (town / "study.toml").write_text(text, encoding="utf-8")
        return town

    return edit


def without(role: str) -> tuple[str, str]:
    """Return the edit that drops the layers of a role: an unknown table is refused, so its entry becomes a comment."""
    entry = {
        "neighbourhoods": '[[layer]]\nrole = "neighbourhoods"\nsource = "data/borgo.gpkg"  # due quartieri\n'
        'layer = "quartieri"\n',
        "2012": '[[layer]]\nrole = "soil_consumption"\nsource = "data/suolo_2012.tif"\nyear = 2012\n',
        "2023": '[[layer]]\nrole = "soil_consumption"\nsource = "data/suolo_2023.tif"\nyear = 2023\n',
    }[role]
    return entry, ""


def recoded(path: Path, change: Callable[[np.ndarray], np.ndarray]) -> None:
    with rasterio.open(path, "r+") as dataset:
        dataset.write(change(dataset.read(1)), 1)


def legend_of(sheet: Sheet) -> dict[str, str]:
    return {item.label.it: item.amount.it.replace("\u202f", " ") for item in sheet.legend[0].items}


def figures_of(folder: Path) -> dict[str, float]:
    content = json.loads((folder / "results/soil-consumption/figures.json").read_text(encoding="utf-8"))
    return {each["id"]: each["value"] for each in content["figures"]}


def test_that_the_alternative_text_is_the_written_numbers_in_sentences(town):
    # 4 + 1 of 100 ha; the roads are permanent, the site reversible. Two neighbourhoods are too few for extremes.
    assert sheet_of(town).alt.it == (
        "Carta del consumo di suolo di Borgo alla scala 1:5.000. "
        "Il suolo consumato occupa 5,0 ettari su 100 (5,0\u00a0%). "
        "Di questi, 4,0 ettari sono permanenti e 1,0 reversibili. "
        "Nuovo consumo lordo tra il 2012 e il 2023: 1,0 ettari. "
        "I valori sono nella tabella a lato."
    )


def test_that_the_alternative_text_is_said_in_english_too(edited):
    folder = edited(("date = 2026-03-31", "demonstration = true\ndate = 2026-03-31"))
    assert sheet_of(folder, lang="en").alt.en == (
        "Soil consumption map of Borgo at the scale of 1:5,000 (demonstration data). "
        "Consumed soil covers 5.0 hectares out of 100 (5.0\u00a0%). "
        "Of these, 4.0 hectares are permanent and 1.0 reversible. "
        "Gross consumption between 2012 and 2023: 1.0 hectares. "
        "The values are in the table beside it."
    )


def test_that_what_is_printed_large_is_the_written_figure_rounded(town):
    sheet = sheet_of(town)
    known = figures_of(town)
    shown = {figure.value.it.replace("\u202f", " ") for figure in sheet.key_figures}
    values = (known["suolo_consumato_pct"], known["suolo_consumato_ha"], known["consumo_lordo_ha"])
    assert values == pytest.approx((5.0, 5.0, 1.0))
    assert shown == {"5,0 %", "5,0 ha", "+1,0 ha"}
    total = [cell.it for cell in sheet.table.total.cells]
    assert total == ["", "Comune", "5,0", "5,0"]


def test_that_the_table_has_most_first_and_shares_of_the_land(town):
    # Ponente 4 of 50 ha, Levante 1 of 50 ha
    rows = [[cell.it for cell in row.cells] for row in sheet_of(town).table.rows]
    assert rows == [["1", "Ponente", "8,0", "4,0"], ["2", "Levante", "2,0", "1,0"]]
    assert [row.bar for row in sheet_of(town).table.rows] == [pytest.approx((0.08, 0)), pytest.approx((0, 0.02))]


def test_that_the_legend_tells_the_classes_that_are_drawn_with_their_areas(town):
    # All reversible soil is new, so it is drawn as new; of the free soil 95 ha are of class 202, and nothing is left.
    assert legend_of(sheet_of(town)) == {
        "Suolo consumato permanente (11)": "4,0 ha",
        "Nuovo consumo lordo 2012–2023": "1,0 ha",
        "Superfici particolari, non consumate (201-205)": "95 ha",
    }


def test_that_no_class_of_zero_hectares_stands_in_the_legend(town):
    # The quarry is the only reversible soil of 2012; here it lies outside the boundary.
    with rasterio.open(town / "data/suolo_2012.tif") as dataset:
        cells = dataset.read(1)
    cells[cells == 123] = 202
    cells[0:5, 0:5] = 123
    recoded(town / "data/suolo_2012.tif", lambda _: cells)
    sheet = sheet_of(town, SoilParams(year_to=2012))
    assert list(legend_of(sheet)) == [
        "Suolo consumato permanente (11)", "Superfici particolari, non consumate (201-205)",
        "Suolo non consumato, in tutto",
    ]  # fmt: skip
    (layer,) = (layer for layer in sheet.map.layers if isinstance(layer, RasterClasses))
    assert REVERSIBLE not in {layer.styles[index - 1] for index in np.unique(layer.cells) if index}
    assert [p.code for p in render(sheet).problems] == ["sheet-field-empty"]


def test_that_new_cells_have_a_colour_of_their_own_and_a_mark(town):
    sheet = sheet_of(town)
    (layer,) = (layer for layer in sheet.map.layers if isinstance(layer, RasterClasses))
    assert (layer.cells == layer.styles.index(NEW) + 1).sum() == 100  # 10 × 10 cells
    (marks,) = (layer for layer in sheet.map.layers if isinstance(layer, Marks))
    # Columns 90 to 100 and rows 50 to 60 of a grid that begins 10 cells outside: the middle is 850 m east, 550 m north.
    (place,) = marks.geometries
    assert (place.x, place.y) == pytest.approx((WEST + 850, SOUTH + 550))


def test_that_one_date_has_no_new_consumption(edited):
    sheet = sheet_of(edited(without("2012")))
    assert sheet.subtitle.it == "Suolo consumato · stato al 2023"
    assert [figure.value.it for figure in sheet.key_figures] == ["5,0\u202f%", "5,0\u202fha"]
    assert "uovo" not in sheet.alt.it
    assert not any(isinstance(layer, Marks) for layer in sheet.map.layers)
    assert legend_of(sheet)["Superfici particolari, non consumate (201-205)"] == ""


def test_that_codes_of_the_first_level_are_neither_permanent_nor_reversible(town):
    for year in (2012, 2023):
        recoded(town / f"data/suolo_{year}.tif", lambda cells: np.where(cells == 202, 2, 1).astype(np.uint8))
    sheet = sheet_of(town, SoilParams(year_from=2023))
    assert legend_of(sheet) == {"Suolo consumato (1)": "5,0 ha", "Suolo non consumato": "95 ha"}
    assert sheet.table.bars.styles == (UNSPECIFIED,)
    assert sheet.table.rows[0].bar == pytest.approx((0.08,))
    assert "permanenti" not in sheet.alt.it


def test_that_a_land_use_map_is_never_called_consumed_soil(edited, town):
    fields = geopandas.GeoDataFrame(
        {"code": ["111", "211", "141", "311"]},
        geometry=[
            shapely.box(WEST, SOUTH, WEST + 400, SOUTH + 500),
            shapely.box(WEST + 400, SOUTH, WEST + 1000, SOUTH + 1000),
            shapely.box(WEST, SOUTH + 500, WEST + 400, SOUTH + 1000),
            shapely.box(WEST + 1000, SOUTH, WEST + 2000, SOUTH + 1000),  # a wood beyond the boundary
        ],
        crs=3035,
    )
    fields.to_file(town / "data/uso.gpkg", driver="GPKG")
    entry = '[[layer]]\nrole = "land_use"\nsource = "data/uso.gpkg"\nyear = 2018\n'
    sheet = sheet_of(edited(without("2012"), (without("2023")[0], entry)))
    # 400 × 500 m are 20 ha of 100.
    assert sheet.alt.it == (
        "Carta delle superfici artificiali di Borgo alla scala 1:5.000. "
        "Le superfici artificiali occupano 20 ettari su 100 (20,0\u00a0%). I valori sono nella tabella a lato."
    )
    assert legend_of(sheet) == {
        "Superfici artificiali": "20 ha", "Superfici agricole utilizzate": "",
        "Verde urbano e impianti sportivi (141, 142)": "20 ha",
    }  # fmt: skip
    assert any("non dal raster ISPRA" in note.it for note in sheet.footnotes)
    assert [line.label.it for line in sheet.sources] == ["Confine comunale", "Uso del suolo 2018", "Quartieri"]
    assert "sheet-legend-unused" not in [problem.code for problem in render(sheet).problems]


def test_that_without_units_there_is_no_table_and_the_text_does_not_speak_of_one(edited):
    sheet = sheet_of(edited(without("neighbourhoods")))
    assert sheet.table is None
    assert "tabella" not in sheet.alt.it
    assert not any(isinstance(layer, Numbers) for layer in sheet.map.layers)
    assert [line.label.it for line in sheet.sources] == [
        "Confine comunale", "Consumo di suolo (ISPRA) 2012", "Consumo di suolo (ISPRA) 2023",
    ]  # fmt: skip


def strips(count: int) -> geopandas.GeoDataFrame:
    """Return neighbourhoods of equal width from west to east; all but a few have nothing consumed."""
    width = 1000.0 / count
    lefts = [WEST + width * place for place in range(count)]
    return geopandas.GeoDataFrame(
        {"name": [f"Striscia {place:02d}" for place in range(1, count + 1)], "code": [str(n) for n in range(count)]},
        geometry=[shapely.box(left, SOUTH, left + width, SOUTH + 1000.0) for left in lefts],
        crs=3035,
    )


def test_that_forty_neighbourhoods_all_find_their_number_in_the_table(town):
    strips(40).to_file(town / "data/borgo.gpkg", layer="quartieri", driver="GPKG")
    sheet = sheet_of(town)
    # A strip is 25 × 1000 m = 2.5 ha. Roads: x 100 to 300 m, strips 5 to 12, 25 × 200 m = 0.5 ha = 20 % each.
    # The site: x 800 to 900 m, strips 33 to 36, 25 × 100 m = 10 %. The other 28 have nothing.
    most, least = "8 quartieri a pari merito (20,0\u00a0%)", "28 quartieri a pari merito (0,0\u00a0%)"
    assert f"Quota più alta: {most}; più bassa: {least}." in sheet.alt.it
    (numbers,) = (layer for layer in sheet.map.layers if isinstance(layer, Numbers))
    assert numbers.words == tuple(row.cells[0].it for row in sheet.table.rows)
    assert len(numbers.words) == 40
    assert {problem.code for problem in render(sheet).problems} == {"sheet-field-empty"}


def test_that_more_units_than_circles_have_no_numbers_at_all(town):
    strips(61).to_file(town / "data/borgo.gpkg", layer="quartieri", driver="GPKG")
    sheet = sheet_of(town)
    assert not any(isinstance(layer, Numbers) for layer in sheet.map.layers)
    assert [column.label.it for column in sheet.table.columns] == ["Quartiere", "%", "ha"]


def test_that_most_and_least_are_named_where_one_alone_has_them(town):
    quarters = strips(4).assign(name=["Aia", "Bosco", "Colle", "Dosso"])
    quarters.to_file(town / "data/borgo.gpkg", layer="quartieri", driver="GPKG")
    # Quarters of 25 ha. Roads, x 100 to 300 m: 3 ha in the first, 12 %, 1 ha in the second; the site 1 ha in the last.
    assert "Quota più alta: Aia (12,0\u00a0%); più bassa: Colle (0,0\u00a0%)." in sheet_of(town).alt.it


def test_that_two_communes_have_a_table_of_communes_and_one_title_block(edited, town):
    both = geopandas.GeoDataFrame(
        {"name": ["La Rocca", "Lido"], "code": ["999001", "999002"]},
        geometry=[shapely.box(WEST, SOUTH, WEST + 500, SOUTH + 1000),
                  shapely.box(WEST + 500, SOUTH, WEST + 1000, SOUTH + 1000)],
        crs=3035,
    )  # fmt: skip
    both.to_file(town / "data/borgo.gpkg", layer="confine", driver="GPKG")
    sheet = sheet_of(edited(without("neighbourhoods")))
    assert sheet.title_block["ente"].it.replace("\u00a0", " ") == "COMUNI DELLA ROCCA · DI LIDO"
    assert [[cell.it for cell in row.cells] for row in sheet.table.rows] == [
        ["1", "La Rocca", "8,0", "4,0"], ["2", "Lido", "2,0", "1,0"],
    ]  # fmt: skip
    assert sheet.table.total.cells[1].it == "Totale"
    assert sheet.alt.it.startswith("Carta del consumo di suolo della Rocca e di Lido alla scala")


def test_that_ground_without_data_is_told(town):
    def holed(cells: np.ndarray) -> np.ndarray:
        return np.where(np.arange(len(cells))[:, None] >= 100, 255, cells).astype(np.uint8)

    for year in (2012, 2023):
        recoded(town / f"data/suolo_{year}.tif", holed)
        with rasterio.open(town / f"data/suolo_{year}.tif", "r+") as dataset:
            dataset.nodata = 255
    # Rows from 100 on are the 100 m in the south: 10 ha.
    assert "Senza dato: 10\u202fha, compresi nella superficie." in [note.it for note in sheet_of(town).footnotes]


def test_that_a_printed_figure_with_an_unverified_formula_has_a_footnote(town, tmp_path):
    shelf, real = results_of(town)
    folder = Path(shutil.copytree(real.folder, tmp_path / "copy"))
    record = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    for figure in record["figures"]:
        if figure["id"] == "consumo_lordo_ha":
            figure["verified"] = False
    (folder / "figures.json").write_text(json.dumps(record), encoding="utf-8")
    sheets = [soil_sheet(shelf, each, Context(), "it") for each in (real, replace(real, folder=folder))]
    assert [[note.it for note in sheet.footnotes] for sheet in sheets] == [
        [], ["Formule non ancora verificate sulla fonte: Consumo di suolo lordo (o consumo di suolo)."],
    ]  # fmt: skip


def test_that_the_warnings_of_the_run_are_printed_in_the_language_of_the_sheet(edited, town):
    recoded(town / "data/suolo_2012.tif", lambda cells: np.where(cells == 202, 2, 1).astype(np.uint8))
    notes = [note.en for note in sheet_of(town).footnotes]
    assert notes == ["Soil consumption (ISPRA): the two years hold codes of different levels."]


def test_that_a_study_without_dates_is_not_dated_by_the_tool(edited):
    folder = edited(("date = 2026-03-31", "# date = 2026-03-31"))
    assert sheet_of(folder).day.isoformat() == "2023-12-31"
    undated = edited(without("2012"), ("year = 2023", "# year = 2023"))
    sheet = sheet_of(undated)
    assert sheet.day is None
    assert sheet.subtitle.it == "Suolo consumato"


def test_that_the_layers_of_the_study_are_left_as_they_were(town, hashes):
    shelf, results = results_of(town)
    before = hashes(town)
    boundary = shelf.inputs(SOIL_CONSUMPTION)["boundary"].copy()
    soil_sheet(shelf, results, Context(), "it")
    assert hashes(town) == before
    assert shelf.inputs(SOIL_CONSUMPTION)["boundary"].equals(boundary)


@pytest.mark.parametrize(("lang", "region"), [("it", "it-IT"), ("en", "en-GB")])
def test_that_the_pdf_says_what_the_sheet_says(edited, lang, region):
    sheet = sheet_of(edited(("date = 2026-03-31", "demonstration = true\ndate = 2026-03-31")), lang=lang)
    rendered = render(sheet)
    assert {problem.code for problem in rendered.problems} == {"sheet-field-empty"}
    with pikepdf.open(io.BytesIO(rendered.files["pdf"])) as pdf:
        assert str(pdf.Root.Lang) == region
        alts = [str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
        inset = {"it": "Inquadramento: ", "en": "Location: "}[lang]
        assert alts[0] == sheet.alt.to(lang)
        assert [each.startswith(inset) for each in alts[1:]] == [True]


def test_that_every_class_drawn_has_the_colour_of_its_legend_item(town):
    sheet = sheet_of(town)
    told = {item.style for group in sheet.legend for item in group.items}
    assert {PERMANENT, NEW, SPECIAL, FREE_LAND} & told == {PERMANENT, NEW, SPECIAL}
    assert "sheet-class-unexplained" not in [problem.code for problem in render(sheet).problems]
