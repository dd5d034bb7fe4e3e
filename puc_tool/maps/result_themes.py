"""How the results of each analysis look on the screen's map: which layer, classed by what, shown at first or not.

Amounts have five classes at most, of colours that only get darker: their order survives grey print and every kind of
colour blindness. Classes of one column are the official codes, kinds without order have the colours of M. Okabe and
K. Ito (Color Universal Design, 2008), which stay apart for colour-blind eyes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from layers import roles
from layers.codelist import label, rows
from layers.text import Text, say
from puc_tool.maps.cell_themes import CONSENSUS, DISAGREEMENT, DRAWS, CellSteps
from puc_tool.maps.context_theme import STYLES as CONTEXT
from puc_tool.maps.themes import ClassStyle, Drawn, Theme, flood_classes, landslide_classes
from puc_tool.working.view import ThemeKey

_SUITABLE = {"S1": "#176B52", "S2": "#5BAA84", "S3": "#A9CDA0", "N1": "#DCD9B8", "N2": "#EFE9DA"}
_OKABE_ITO = {"istruzione": "#E69F00", "interesse_comune": "#0072B2", "verde": "#009E73", "parcheggi": "#CC79A7"}
_SHORT = {
    "istruzione": Text("Istruzione", "Education"),
    "interesse_comune": Text("Interesse comune", "Community"),
    "verde": Text("Verde e sport", "Green and sport"),
    "parcheggi": Text("Parcheggi", "Parking"),
}
RESULT_OPACITY = 0.82


@dataclass(frozen=True)
class Graduated:
    """Amounts of ``column``, in at most five classes by natural breaks, told in ``unit``."""

    column: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Origin:
    """The layer of the study that a theme shows what became of: it has that layer's style where it has none.

    ``fields`` are those of the layer whose values are the codes of the theme's classes.
    """

    role: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ResultTheme:
    """A layer of ``layers.gpkg``, or cells if ``layer`` is empty. ``only`` is a column and the value it must have.

    ``only_as`` is the parameter of the run that says the value instead; where none is of it, it is the first there is.
    Cells are the classes of suitability, or amounts in the classes that ``cells`` declares.

    ``rank`` and ``name`` are the columns of a place and its name, where the map pins features by their rank; ``unit``
    is the kind of unit of the tables that each of them is, which a click on the map selects.
    """

    id: str
    title: Text
    layer: str
    theme: Theme
    graduated: Graduated | None = None
    only: tuple[str, str] | None = None
    only_as: str = ""
    is_shown_first: bool = True
    rank: str = ""
    name: str = ""
    unit: str = ""
    cells: CellSteps | None = None
    origin: Origin | None = None


def _amounts(layer: str, title: Text, graduated: Graduated, **more: Any) -> ResultTheme:
    drawn = Drawn.POINT if layer == "homes" else Drawn.AREA
    theme = Theme(drawn, opacity=1.0 if drawn is Drawn.POINT else RESULT_OPACITY, is_clipped=False)
    return ResultTheme(f"{layer}.{graduated.column}", title, layer, theme, graduated, **more)


def _hazard(hazard: str, title: Text, theme: Theme) -> ResultTheme:
    # Without outlines: these are pieces, cut by neighbourhoods, zones and districts.
    return ResultTheme(
        f"fragments.{hazard}", title, "fragments", replace(theme, width=0.0), only=("hazard", hazard),
        origin=Origin(f"{hazard}_hazard", ("", "class")),
    )  # fmt: skip


def _cells(title: Text, steps: CellSteps) -> ResultTheme:
    theme = Theme(Drawn.CELLS, opacity=RESULT_OPACITY)
    return ResultTheme(steps.raster, title, "", theme, cells=steps, is_shown_first=False)


def _categories() -> tuple[ClassStyle, ...]:
    known = {row["category_id"]: row for row in rows("dm1444_standards") if row["context"] == "art3_base"}
    return tuple(
        ClassStyle(each, label(known[each], "category"), colour, short=_SHORT[each])
        for each, colour in _OKABE_ITO.items()
    )


def _constraints() -> tuple[ClassStyle, ...]:
    return tuple(
        ClassStyle(row["kind"], label(row), CONTEXT[row["kind"]].edge or CONTEXT[row["kind"]].colour, line_px=1.0)
        for row in rows("constraint_kinds")
        if row["kind"] in CONTEXT
    )


_UNSURE = Text("Da verificare", "To be checked")
SUITABILITY: tuple[ClassStyle, ...] = (
    *(
        ClassStyle(row["fao"], say("{c} {w}", "{c} {w}", c=row["fao"], w=label(row, "class")), _SUITABLE[row["fao"]])
        for row in rows("suitability_classes")
    ),
    ClassStyle("?", Text("Da verificare: manca un dato", "To be checked: data missing"), "#C9B27C", short=_UNSURE),
    ClassStyle("x", Text("Escluso", "Excluded"), "#FBFBF9", colour_on_dark="#1B2528"),
)
"""In the order of ``suitability_classes``; then what only a missing datum decides, then what a veto excludes."""

CATCHMENT, HOMES = "catchment", "homes.score"
_CATCHMENT = ClassStyle("", Text("Bacino", "Catchment"), "#a9d3cf", colour_on_dark="#2f6f6a")
_SITE = ClassStyle("", Text("Sito proposto", "Proposed site"))
_SEALED = Graduated("soil_newly_consumed_m2", "m²")
BY_ANALYSIS: Mapping[str, tuple[ResultTheme, ...]] = {
    "soil-consumption": (
        _amounts(
            "neighbourhood", Text("Quota consumata per quartiere", "Share consumed by neighbourhood"),
            Graduated("consumed_pct", "%"), is_shown_first=False,
        ),
    ),
    "hazard-exposure": (
        _hazard("flood", Text("Esposizione alle alluvioni", "Exposure to floods"),
                Theme(Drawn.HATCH, "source_class", flood_classes())),
        _hazard("landslide", Text("Esposizione alle frane", "Exposure to landslides"),
                Theme(Drawn.BACK_HATCH, "source_class", landslide_classes())),
    ),
    "garden-suitability": (
        ResultTheme("sites", Text("Siti proposti", "Proposed sites"), "sites",
                    Theme(Drawn.OUTLINE, classes=(_SITE,), ink="accent", width=1.2), rank="rank", name="name",
                    unit="site"),
        ResultTheme("suitability", Text("Idoneità agli orti urbani", "Suitability for gardens"), "",
                    Theme(Drawn.CELLS, classes=SUITABILITY, opacity=RESULT_OPACITY)),
        _cells(Text("Disaccordo fra i pesi", "Disagreement of the weights"), DISAGREEMENT),
        _cells(Text("Punteggio medio fra i pesi", "Mean score over the weights"), CONSENSUS),
        _cells(Text("Estrazioni idonee", "Suitable draws"), DRAWS),
    ),
    "service-coverage": (
        _amounts("homes", Text("Tipi di servizio entro 15 minuti, per casa", "Kinds of service in 15 minutes, by home"),
                 Graduated("score")),
        _amounts("neighbourhood", Text("Tipi di servizio entro 15 minuti", "Kinds of service in 15 minutes"),
                 Graduated("access_15_min_score", decimals=1), is_shown_first=False),
        ResultTheme(CATCHMENT, Text("Bacino del servizio", "Catchment of the service"),
                    "catchments", Theme(Drawn.AREA, classes=(_CATCHMENT,), opacity=RESULT_OPACITY, is_clipped=False),
                    only=("kind", ""), only_as="sheet_kind", is_shown_first=False),
    ),
    "standards": (
        ResultTheme("facilities", Text("Aree e attrezzature contate", "Areas and facilities counted"), "facilities",
                    Theme(Drawn.AREA, "category", _categories(), opacity=RESULT_OPACITY)),
    ),
    "transformation-districts": (
        ResultTheme("services_added", Text("Servizi aggiunti", "Services added"), "services_added",
                    Theme(Drawn.POINT, "category", _categories())),
        ResultTheme("split", Text("Distretti divisi", "Split districts"), "split",
                    Theme(Drawn.OUTLINE, ink="ink", width=2.0)),
        _amounts("districts", Text("Suolo di nuovo consumo", "Soil newly consumed"), _SEALED),
    ),
    "scenario-effects": (),  # tables alone
    "context": (
        ResultTheme("constraints", Text("Vincoli e risorse", "Constraints and resources"), "constraints",
                    Theme(Drawn.HATCH, "kind", _constraints()), origin=Origin(roles.CONSTRAINTS.id, ("kind",))),
    ),
}  # fmt: skip
"""From the top of the list down, which is also the order of laying: what is first lies on top."""


def theme_of(key: ThemeKey) -> ResultTheme | None:
    """Return the theme of a key; None if there is none of that name."""
    return next((each for each in BY_ANALYSIS.get(key.analysis, ()) if each.id == key.theme), None)
