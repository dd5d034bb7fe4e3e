"""Every sheet has the styles it says it has, and the window says of every style which sheets have it.

A made-up town where every sheet there is has something to show: what is new in the list of sheets is tested here.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas
import pytest
import shapely

from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.gardens.params import GardenParams, WeightSet
from layers import roles
from puc_tool import run
from puc_tool.cli import main
from puc_tool.maps.result_themes import BY_ANALYSIS
from puc_tool.maps.sheet import Context, RasterClasses, Sheet
from puc_tool.maps.worn import Wardrobe
from puc_tool.printing import sheets, style_followers
from puc_tool.printing.drawing_desk import Desk
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working import view
from puc_tool.working.view import ThemeKey
from tests.puc_tool.conftest import SOUTH, WEST

ENTRY = '\n[[layer]]\nrole = "{role}"\nsource = "data/tutto.gpkg"\nlayer = "{role}"\n'
YEARS = {"census": 2023, "land_use": 2019}
UNSEEN = {"servizi": {"green"}}
"""Styles that a sheet has in other towns: here it is of pharmacies, not of parks."""
NO_SHEET = {
    ThemeKey("soil-consumption", "neighbourhood.consumed_pct"),
    ThemeKey("garden-suitability", "consensus"),
    ThemeKey("garden-suitability", "suitable_draws_pct"),
    ThemeKey("service-coverage", "neighbourhood.access_15_min_score"),
    ThemeKey("transformation-districts", "services_added"),
    ThemeKey("transformation-districts", "split"),
    ThemeKey("transformation-districts", "districts.soil_newly_consumed_m2"),
}
"""Themes of the window's map that no sheet is about: the window says so. Whoever adds a theme decides it here."""


def square(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


WHOLE, PLACE = square(0, 0, 1000, 1000), square(600, 0, 800, 500)
LAYERS = {
    "census": ([square(0, 0, 500, 1000), square(500, 0, 1000, 1000)], {"code": ["1", "2"], "population": [300, 500]}),
    "services": ([shapely.Point(WEST + 250, SOUTH + 500)], {"kind": ["farmacia"], "name": ["Farmacia"]}),
    "flood_hazard": ([square(600, 0, 700, 1000)], {"class": ["P3"]}),
    "landslide_hazard": ([square(700, 0, 760, 1000)], {"class": ["P4"]}),
    "constraints": ([square(640, 100, 780, 300)], {"kind": ["cemetery"]}),
    "contaminated_sites": ([square(600, 300, 650, 400)], {"name": ["Ex cava"]}),
    "green": ([square(0, 600, 300, 900)], {"name": ["Parco"], "public": ["si"]}),
    "buildings": ([square(620, 20, 640, 40)], {"use": ["residenziale"]}),
    "land_use": ([WHOLE], {"code": ["211"]}),
    "zoning": ([square(0, 0, 500, 1000), square(500, 0, 1000, 1000)], {"zone": ["B1", "E"], "dm1444": ["B", "E"]}),
    "public_land": ([square(0, 0, 200, 500)], {"name": ["Conca"]}),
    "districts": (
        [PLACE],
        {"code": ["D1"], "name": ["Ex fornace"], "ut_m2_m2": [0.3], "se_pct": [40.0], "ve_pct": [30.0],
         "ac_pct": [30.0], "sp_pct": [50.0], "residential_pct": [50.0], "state": ["in attuazione"]},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def town_of_all(town_template, tmp_path_factory) -> Path:
    """Return a town with a layer of nearly every kind, all its analyses run; not to be written into."""
    folder = shutil.copytree(town_template, tmp_path_factory.mktemp("tutto") / "borgo")
    with (folder / "study.toml").open("a", encoding="utf-8") as study:
        for role, (shapes, columns) in LAYERS.items():
            frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs=3035)
            frame.to_file(folder / "data" / "tutto.gpkg", layer=role, driver="GPKG")
            study.write(ENTRY.format(role=role) + (f"year = {YEARS[role]}\n" if role in YEARS else ""))
    assert main(["run", str(folder), "--quiet"]) == 0
    weights = GardenParams(cell_m=10.0, draws=100, weight_set=(WeightSet("ecologa", "soil 1"),))
    run.run(GARDEN_SUITABILITY, Shelf(study_reading.read(folder)), weights)
    return folder


@pytest.fixture
def built(town_of_all, monkeypatch):
    """Return a function that builds a sheet of the town, with something said in the window."""

    def made(kind: sheets.Kind, said=()) -> Sheet:
        monkeypatch.setattr(Wardrobe, "_state", dict(said))
        shelf = Shelf(study_reading.read(town_of_all))
        if isinstance(kind, sheets.BaseKind):
            return kind.build(shelf, Context(), "it")
        return kind.build(shelf, Desk(shelf)._results(kind), Context(), "it")

    return made


def looks(sheet: Sheet) -> list:
    """Return every look of a sheet: of the map, the legend and the bars, in order."""
    drawn = [each.styles if isinstance(each, RasterClasses) else each.style for each in sheet.map.layers]
    told = [item.style for group in sheet.legend for item in group.items]
    return [*drawn, *told, sheet.table.bars if sheet.table else None]


def key_of(study, declared):
    """Return what a style goes by: a theme's key as it is, of a role that of its latest layer."""
    return declared if isinstance(declared, ThemeKey) else study.of_role(declared)[-1].key


@pytest.mark.parametrize("kind", sheets.ALL, ids=lambda kind: kind.id)
def test_that_a_sheet_reads_the_styles_it_declares_and_no_other(built, kind, styles_read):
    built(kind)
    assert styles_read == {*kind.themes, *kind.wears}


@pytest.mark.parametrize("kind", sheets.ALL, ids=lambda kind: kind.id)
def test_that_every_style_a_sheet_declares_is_seen_on_it(built, town_of_all, kind):
    plain, study = looks(built(kind)), study_reading.read(town_of_all)
    for declared in {*kind.themes, *kind.wears} - UNSEEN.get(kind.id, set()):
        said = {view.of_layer(view.OPACITY, key_of(study, declared)): 40}
        assert looks(built(kind, said)) != plain, declared


def test_that_every_theme_of_the_window_is_on_a_sheet_or_known_to_be_on_none(town_of_all):
    study = study_reading.read(town_of_all)
    keys = {ThemeKey(analysis, theme.id) for analysis, themes in BY_ANALYSIS.items() for theme in themes}
    assert {key for key in keys if not style_followers.followers(study, key)} == NO_SHEET


def test_that_the_window_says_which_sheets_have_a_style_and_which_keep_the_classes_of_the_law(town_of_all):
    study = study_reading.read(town_of_all)

    def said(declared, lang="it"):
        return style_followers.told(study, key_of(study, declared)).to(lang)

    assert said("zoning").startswith("Anche nelle tavole: «")
    assert said("flood_hazard") == (
        "Colori, campiture e spessori anche nelle tavole: «Pericolosità idrogeologica», «Scheda di distretto». "
        "Le classi vi restano quelle di legge o dell'analisi."
    )
    assert said("districts", "en").startswith("On sheets too: “")
    assert "Register of the districts" in said("districts", "en")
    assert said("neighbourhoods").endswith("nessuna tavola ha questo stile.")
    assert style_followers.followers(study, study.of_role("soil_consumption")[0].key) == (), "an older year"


def test_that_every_role_a_sheet_wears_is_one_of_the_study(town_of_all):
    assert {role for kind in sheets.ALL for role in kind.wears} <= set(roles.BY_ID)
