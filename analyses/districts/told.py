"""What a measured case tells: the tables of its plan and scenarios, and the figures of the plan in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from analyses.districts.binding import binding
from analyses.districts.case import Case
from analyses.districts.comparison import comparison, effects, pareto
from analyses.districts.energy import DISTRICTS
from analyses.districts.figures import FIGURES
from analyses.districts.intervals import intervals
from analyses.districts.params import DistrictParams
from analyses.districts.register import history, progress, register
from analyses.districts.scenarios import BASE, Scenario
from analyses.districts.scheda import formula_rows
from analyses.districts.tables import (
    BINDING,
    BY_DISTRICT,
    CONSTRAINTS,
    EFFECTS,
    FORMULA_TABLE,
    HISTORY,
    PARETO,
    PROGRESS,
    RANGES,
    REGISTER,
    SCENARIOS,
    USES,
)
from analyses.result import Figure, Table, TableSpec
from layers.text import Text

_USE_LABELS = {
    "residential": "residenza", "commercial": "commercio e direzionale", "industrial": "produttivo",
    "other_uses": "altri usi",
}  # fmt: skip

_NOT_STATED = Text(
    "I distretti non hanno i dati per calcolarla: indice, quote o permeabilità, o manca il suolo consumato.",
    "The districts lack the data to compute it: index, shares or permeability, or soil consumption is missing.",
)

_WHY_NOT = {
    "public_co2_saved_t": Text("Lo studio non ha edifici.", "The study has no buildings."),
    "paes_share_pct": Text(
        "Manca l'inventario di partenza: impostare «paes_baseline_t».",
        "The baseline inventory is missing: set “paes_baseline_t”.",
    ),
}


def tables_of(case: Case) -> tuple[Table, ...]:
    """Return the tables of ``case`` that need neither register, sun nor parcels; areas in m²."""
    whole = pd.concat([sheet.assign(scenario=name) for name, sheet in case.sheets.items()], ignore_index=True)
    return (
        Table(BY_DISTRICT, known_columns(BY_DISTRICT, whole)),
        Table(USES, _uses(whole)),
        Table(CONSTRAINTS, _constraints(case)),
        Table(FORMULA_TABLE, _formulas(case)),
        Table(SCENARIOS, comparison(case)),
        Table(PARETO, pareto(case)),
        Table(EFFECTS, effects(case)),
        Table(RANGES, intervals(case)),
        Table(BINDING, binding(case)),
    )


def known_columns(spec: TableSpec, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the declared columns of ``frame``, but those of which nothing is known."""
    there = [column.id for column in spec.columns if column.id in frame and not frame[column.id].isna().all()]
    return frame[there]


def _uses(whole: pd.DataFrame) -> pd.DataFrame:
    """Return a row per district and use; with «altri usi» the shares of a district add up to 100 %."""
    rest_pct = 100.0 - whole["residential_pct"] - whole["commercial_pct"] - whole["industrial_pct"]
    shares = whole.assign(other_uses_pct=rest_pct, order=np.arange(len(whole)))
    frames = [
        shares[["code", "name", "scenario", "order"]].assign(
            use=label, share_pct=shares[f"{use}_pct"], floor_area_m2=shares[f"{use}_m2"]
        )
        for use, label in _USE_LABELS.items()
    ]
    rows = pd.concat(frames).sort_values("order", kind="stable")
    return rows[rows["share_pct"].notna()][[column.id for column in USES.columns]].reset_index(drop=True)


def _constraints(case: Case) -> pd.DataFrame:
    frames = [
        rows.assign(code=code, scenario=name)
        for name, plan in case.plans.items()
        for code, rows in zip(plan.frame["code"], case.ground.causes_of(plan.outlines), strict=True)
    ]
    return pd.concat(frames, ignore_index=True)[[column.id for column in CONSTRAINTS.columns]]


def _formulas(case: Case) -> pd.DataFrame:
    """Return the formulas of the plan in force, and in each scenario those of the districts that it touches."""
    order = {code: place for place, code in enumerate(case.plan.frame["code"])}
    frames = [
        pd.DataFrame(_formula_rows(case, each), columns=[column.id for column in FORMULA_TABLE.columns])
        .sort_values("code", key=lambda codes: codes.map(order), kind="stable")
        for each in case.scenarios
    ]  # fmt: skip
    return pd.concat(frames, ignore_index=True)


def _formula_rows(case: Case, scenario: Scenario) -> Iterator[Mapping[str, object]]:
    rows = formula_rows(case.sheets[scenario.id], case.touched(scenario), case.params)
    for code, column, formula, with_values, value, unit in rows:
        yield {
            "code": code, "scenario": scenario.id, "column": column, "formula": formula.it,
            "with_values": with_values.it, "value": value, "unit": unit, "formula_en": formula.en,
            "with_values_en": with_values.en,
        }  # fmt: skip


def register_tables(base: pd.DataFrame, params: DistrictParams) -> tuple[Table, ...]:
    """Return the register of the districts: by state, as it stands, and year by year; floor areas in m²."""
    return (
        Table(REGISTER, register(base, params)),
        Table(PROGRESS, known_columns(PROGRESS, progress(base, params))),
        Table(HISTORY, history(base, params)),
    )


def figures_of(base: pd.DataFrame, sun: pd.DataFrame) -> tuple[Figure, ...]:
    """Return the figures of the plan in force from its sheets and the energy table; None, and why, where not known."""
    sums = {spec.id: float(base[spec.id].sum(min_count=1)) for spec in FIGURES if spec.id in base}
    values = {"districts": float(len(base)), **sums, **_of_sun(sun)}
    return tuple(
        Figure(spec, None, _WHY_NOT.get(spec.id, _NOT_STATED))
        if np.isnan(values[spec.id])
        else Figure(spec, values[spec.id])
        for spec in FIGURES
    )


def _of_sun(sun: pd.DataFrame) -> Mapping[str, float]:
    """Return what public roofs save, and the share of the PAES they and the plan in force have; NaN where unknown."""
    public, plan = sun["item"] != DISTRICTS, sun["scenario"].isin(("", BASE))
    saved, share = sun["co2_saved_t"][public], sun["baseline_pct"][plan]
    sums = [float(each.sum(min_count=1)) for each in (saved, share)]
    return dict(zip(("public_co2_saved_t", "paes_share_pct"), sums, strict=True))
