"""The sheet of one district: map, parameters with formulas, standards, what is netted off, scenarios side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import shapely

from analyses.soil.indicators import M2_A_HA
from layers import roles
from layers.reference import LayerRef
from layers.roles import BOUNDARY, BUILDINGS, DISTRICTS
from layers.text import Lang, Text, number, same, say
from layers.union import outside, union_of_parts
from puc_tool.maps import credentials, district_panel, district_theme, district_words
from puc_tool.maps import surroundings as near
from puc_tool.maps.district_facts import Facts, cause_label, facts
from puc_tool.maps.frame import Frame, scale_words
from puc_tool.maps.layout import lay_out
from puc_tool.maps.legend import from_the_top
from puc_tool.maps.panel import PANEL_MM
from puc_tool.maps.recast import recast
from puc_tool.maps.sheet import (
    Areas,
    Column,
    Context,
    KeyFigure,
    LegendGroup,
    LegendItem,
    MapContent,
    Sheet,
    SheetTable,
    TableRow,
)
from puc_tool.maps.soil_facts import percent, with_unit
from puc_tool.maps.style import COMMUNE, FREE_LAND, NEIGHBOUR
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf
from puc_tool.written import Written

_DRAWN = (
    BOUNDARY, DISTRICTS, roles.FLOOD_HAZARD, roles.LANDSLIDE_HAZARD, roles.CONTAMINATED_SITES, roles.CONSTRAINTS,
    roles.COASTLINE, roles.HYDROGRAPHY, roles.RAILWAYS, BUILDINGS,
)  # fmt: skip

_STRIPS = {"coast_300": roles.COASTLINE.id, "river_10": roles.HYDROGRAPHY.id, "railway_30": roles.RAILWAYS.id}


def district_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of the district that the view names; without a name, of the one most scenarios change.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame.
    """
    shown, study = facts(written, context.view.code), shelf.study
    inputs = shelf.inputs(written.analysis)
    commune = union_of_parts(inputs["boundary"].geometry.to_numpy())
    names = sorted(set(inputs["boundary"]["name"].dropna().astype(str)))
    around = _around(commune, names, shown.outline, context)
    bare = MapContent(shown.outline, study.crs, (), around, panel_mm=PANEL_MM, within=commune)
    layout = lay_out(bare, study.is_demonstration)
    panel = district_panel.panel(shown)
    has_chart = panel is not None and panel.chart is not None
    drawn = district_theme.built_areas(inputs["buildings"], layout.frame.bounds)
    fills = (Areas((shown.outline,), FREE_LAND), *district_theme.cause_areas(shown.ground), *drawn)
    made = Sheet(
        id="scheda-distretto",
        code=f"SP-DIS-{shown.code}",
        title=same(shown.base["name"]),
        subtitle=district_words.subtitle(shown),
        map=replace(bare, layers=fills),
        alt=district_words.alt(shown, scale_words(layout.frame), is_demonstration=study.is_demonstration),
        day=study.day,
        legend=(_ground(shown, fills), _signs(bare, layout.frame, is_built=bool(drawn))),
        sources=(*credentials.sources(_on_the_sheet(shelf, shown, is_built=bool(drawn))), *credentials.around(context)),
        key_figures=tuple(_key_figures(shown.base)),
        table=_table(shown, tells_dominated=not has_chart),
        note=district_words.note(),
        footnotes=district_words.footnotes(shown, names_scenarios=not has_chart),
        panel=panel,
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )
    return recast(made, district_theme.worn_looks(Wardrobe(study)))


def _around(commune: shapely.Geometry, names: list[str], district: shapely.Geometry, context: Context) -> Context:
    """Return what lies around the district: the rest of its commune, then the communes around that."""
    rest = outside(commune, district)
    # The sheet is of the district alone: its view is a whole one, and keeps paper, scale and place in the set.
    view = replace(context.view, ground=None, is_unit=False)
    return replace(
        context, neighbours=(rest, *context.neighbours), names=(", ".join(names), *(context.names or ())), coastal=True,
        view=view,
    )  # fmt: skip


def _ground(shown: Facts, fills: Sequence[Areas]) -> LegendGroup:
    """Return what each cause takes and what is free, with area and share of St; causes may lie on each other."""
    st_m2 = float(shown.base["st_m2"])
    items = [LegendItem(Text("Suolo netto trasformabile", "Net ground for building"), FREE_LAND,
                        _amount(shown.base["net_buildable_m2"], st_m2))]  # fmt: skip
    looks = district_theme.styles(list(shown.causes["cause"]))
    for row in shown.causes.to_dict("records"):
        if looks[row["cause"]] not in [item.style for item in items]:
            label = cause_label(row["cause"], row["label"])
            items.append(LegendItem(label, looks[row["cause"]], _amount(row["area_m2"], st_m2)))
    return LegendGroup(from_the_top(items, fills), Text("Suolo del distretto", "Ground of the district"))


def _amount(area_m2: float, st_m2: float) -> Text:
    share = percent(100.0 * area_m2 / st_m2)
    return say("{a} · {p}", "{a} · {p}", a=with_unit(area_m2 / M2_A_HA), p=share)


def _signs(content: MapContent, frame: Frame, *, is_built: bool) -> LegendGroup:
    """Return the other signs; of a district in the middle of its commune the frame shows no municipal boundary."""
    shown = near.borders(near.surroundings(content, frame)).styles
    border = [LegendItem(Text("Confine comunale", "Municipal boundary"), NEIGHBOUR)] if NEIGHBOUR in shown else []
    built = [LegendItem(Text("Edifici", "Buildings"), district_theme.BUILT)] if is_built else []
    items = (
        LegendItem(Text("Perimetro del distretto", "Outline of the district"), COMMUNE),
        *built,
        *border,
    )
    return LegendGroup(items, Text("Altri segni", "Other signs"))


def _key_figures(base: Mapping[str, Any]) -> Iterator[KeyFigure]:
    yield KeyFigure(with_unit(base["st_m2"] / M2_A_HA), Text("superficie territoriale St", "territorial area St"))
    for column, caption in (
        ("floor_area_m2", Text("superficie lorda Sul", "floor area Sul")),
        ("public_balance_m2", Text("saldo degli spazi pubblici", "balance of public space")),
    ):
        if not pd.isna(base.get(column)):
            yield KeyFigure(say("{n}\u202fm²", "{n}\u202fm²", n=number(base[column])), caption)


@dataclass(frozen=True)
class _Row:
    """A row of the table: a column of the sheets, how it is called, its decimals."""

    column: str
    label: Text
    decimals: int = 0


ROWS = (
    _Row("ut_m2_m2", same("Ut (m²/m²)"), 3),
    _Row("se_m2", same("Se = St × Se% / 100 (m²)")),
    _Row("ve_m2", same("Ve = St × Ve% / 100 (m²)")),
    _Row("ac_m2", same("Ac = St × Ac% / 100 (m²)")),
    _Row("sp_m2", same("Sp = St × Sp% / 100 (m²)")),
    _Row("floor_area_m2", same("Sul = St × Ut (m²)")),
    _Row("floor_area_existing_m2", Text("Sul esistente (m²)", "Standing Sul (m²)")),
    _Row("floor_area_new_m2", Text("Sul nuova (m²)", "New Sul (m²)")),
    _Row("max_height_m", Text("Altezza massima (m)", "Maximum height (m)"), 1),
    _Row("people", Text("Abitanti", "People")),
    _Row("homes", Text("Alloggi", "Homes")),
    _Row("totale_due_m2", Text("Art. 3: dovuti (m²)", "Art. 3: due (m²)")),
    _Row("totale_planned_m2", Text("Art. 3: previsti (m²)", "Art. 3: planned (m²)")),
    _Row("art5_due_m2", Text("Art. 5: dovuti (m²)", "Art. 5: due (m²)")),
    _Row("public_balance_m2", Text("Saldo spazi pubblici (m²)", "Public space balance (m²)")),
    _Row("private_parking_due_m2", Text("Parcheggi pertinenziali (m²)", "Private parking (m²)")),
    _Row("soil_newly_consumed_m2", Text("Nuovo consumo (m²)", "Newly consumed (m²)")),
    _Row("co2_saved_t", Text("CO₂ evitata (t/anno)", "CO₂ saved (t/year)")),
)


def _table(shown: Facts, *, tells_dominated: bool) -> SheetTable:
    """Return the figures of the plan in force and of each scenario, side by side; a chart tells the dominated."""
    dominated = TableRow((Text("Dominato", "Dominated"), *_dominated(shown)))
    heads = (Text("piano", "plan"), *(same(shown.letters[name]) for name in shown.sheets["scenario"][1:]))
    return SheetTable(
        title=Text("Parametri, piano e scenari", "Parameters, plan and scenarios"),
        columns=(
            Column(Text("Voce", "Item"), wide=True),
            *(Column(head, align="right", strong=place == 0) for place, head in enumerate(heads)),
        ),
        rows=tuple(
            TableRow((row.label, *(_cell(value, row.decimals) for value in shown.sheets[row.column])))
            for row in ROWS
            if row.column in shown.sheets
        ),
        total=dominated if tells_dominated and len(shown.compared) else None,
        file="by_district.csv",
    )


def _dominated(shown: Facts) -> Iterator[Text]:
    by = dict(zip(shown.compared["scenario"], shown.compared["dominated"], strict=True))
    for name in shown.sheets["scenario"]:
        yield Text("sì", "yes") if by.get(name) == "sì" else Text("no", "no")


def _cell(value: float, decimals: int) -> Text:
    return same("–") if pd.isna(value) else number(value, decimals)


def _on_the_sheet(shelf: Shelf, shown: Facts, *, is_built: bool) -> Iterator[LayerRef]:
    """Yield the layers one can see: the commune, the districts, what binds this one, the buildings."""
    causes = set(shown.causes["cause"])
    seen = {BOUNDARY.id, DISTRICTS.id, *(causes & set(roles.BY_ID))}
    if causes - set(roles.BY_ID):
        seen |= {roles.CONSTRAINTS.id, *(role for kind, role in _STRIPS.items() if kind in causes)}
    for role in _DRAWN:
        if role.id in seen or (is_built and role is BUILDINGS):
            yield from shelf.study.of_role(role.id)[-1:]
