"""The sheets of all districts at once, and each figure of them with its formula and the numbers put in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from analyses.attributes import words
from analyses.districts.formulas import FORMULAS
from analyses.districts.params import DUE_NAMES, SchedaParams
from analyses.districts.standards_formulas import ART3_A_PERSON, SHORT
from analyses.formula import Floats, Formula, plain, written
from analyses.standards.tables import PARTS
from layers.text import Text, same, say

SHARES = ("residential_pct", "commercial_pct", "industrial_pct", "ers_pct")
STATED = ("ut_m2_m2", "se_pct", "ve_pct", "ac_pct", "sp_pct", "max_height_m", *SHARES, "floor_area_existing_m2")
"""The numbers that a district states about itself, and that a scenario may change."""

TEXTS = ("code", "name", "kind", "norm", "state")
_ADDED = tuple(f"{part}_added_m2" for part in PARTS)
_SYMBOLS: Mapping[str, Text] = {
    "st_m2": same("St"), "ut_m2_m2": same("Ut"), "se_pct": same("Se%"), "ve_pct": same("Ve%"), "ac_pct": same("Ac%"),
    "sp_pct": same("Sp%"), "max_height_m": same("H max"), "residential_pct": Text("Residenza%", "Residential%"),
    "commercial_pct": Text("Commercio%", "Commercial%"), "industrial_pct": Text("Produttivo%", "Industrial%"),
    "ers_pct": Text("ERS%", "Social housing%"),
    "floor_area_counted_m2": Text("Sul esistente computata", "Standing Sul"),
    "consumed_m2": Text("Suolo consumato", "Consumed soil"),
    "floor_area_per_person_m2": Text("Sul a persona", "Sul per person"),
    "floor_area_per_home_m2": Text("Sul ad alloggio", "Sul per home"),
    "art5_commercial_pct": Text("Art. 5 commercio%", "Art. 5 commercial%"),
    "art5_industrial_pct": Text("Art. 5 produttivo%", "Art. 5 industrial%"),
    "storey_height_m": Text("H piano", "H storey"),
    "parking_m3_per_m2": Text("m³ per m² di parcheggio", "m³ per m² of parking"),
    "invariance_m3_per_ha": Text("Invarianza per ettaro", "Invariance per hectare"),
    "roof_use": Text("Quota utile", "Usable share"), "kwp_density": Text("kWp per m²", "kWp per m²"),
    "pv_yield": Text("Resa annua", "Yearly yield"), "emission_factor": Text("Fattore CO2", "CO2 factor"),
    ART3_A_PERSON: Text("Art. 3 a persona", "Art. 3 per person"),
    **{f"{part}_added_m2": say("{s} aggiunti", "{s} added", s=SHORT[part]) for part in PARTS},
    **{f"{part}_m2_per_person": say("{s} a persona", "{s} per person", s=SHORT[part]) for part in PARTS},
    **{formula.column: formula.symbol for formula in FORMULAS},
}  # fmt: skip
"""How formulas name what they are reckoned from: the plan's own symbols in both languages, words in each."""


def stated(districts: GeoDataFrame) -> pd.DataFrame:
    """Return a row per district: code, name, kind, norm, state, index_kind and ``STATED``, NaN where not stated.

    A district that states one share of its uses has none of those it leaves out; without a word nothing stands yet.
    """
    texts = {name: words(districts, name).to_numpy() for name in TEXTS}
    kind = words(districts, "index_kind")
    frame = pd.DataFrame(texts | {"index_kind": kind.where(kind != "", "ut").to_numpy()})
    for name in STATED:
        known = districts[name].to_numpy(float) if name in districts else np.full(len(districts), np.nan)
        frame[name] = known
    frame["floor_area_existing_m2"] = frame["floor_area_existing_m2"].fillna(0.0)
    says_uses = frame[list(SHARES[:3])].notna().any(axis=1)
    frame[list(SHARES)] = frame[list(SHARES)].where(~says_uses, frame[list(SHARES)].fillna(0.0), axis=0)
    return frame


def scheda(districts: pd.DataFrame, ground: pd.DataFrame, params: SchedaParams) -> pd.DataFrame:
    """Return the sheets: what is stated, what was measured, and every formula's column.

    Parameters
    ----------
    districts : ``stated`` rows; ``<category>_added_m2`` for services that a scenario adds (else 0)
    ground : measured rows in the same order: ``st_m2``, ``consumed_m2`` and whatever else was measured
    params : what the formulas need besides
    """
    frame = pd.concat([districts.reset_index(drop=True), ground.reset_index(drop=True)], axis=1)
    known = _known(frame, params)
    for formula in FORMULAS:
        known[formula.column] = np.broadcast_to(formula.how.values(known), len(frame)) + 0.0
    return pd.DataFrame({name: frame[name] for name in frame} | {each.column: known[each.column] for each in FORMULAS})


def formula_rows(
    sheet: pd.DataFrame, codes: Collection[str], params: SchedaParams
) -> Iterator[tuple[str, str, Text, Text, float, str]]:
    """Yield code, column, formula, formula with its values, value and unit of each known figure of ``codes``."""
    known = _known(sheet, params)
    for formula in FORMULAS:
        symbols = say("{s} = {w}", "{s} = {w}", s=formula.symbol, w=written(formula.how, _SYMBOLS.__getitem__))
        for place, code in enumerate(sheet["code"]):
            value = float(known[formula.column][place])
            if code in codes and not np.isnan(value):
                yield code, formula.column, symbols, _put_in(formula, known, place), value, formula.unit


def _put_in(formula: Formula, known: Mapping[str, Floats], place: int) -> Text:
    return written(formula.how, lambda name: plain(float(known[name][place])))


def _known(frame: pd.DataFrame, params: SchedaParams) -> dict[str, Floats]:
    """Return everything a formula may name, by name, a value per row."""
    known = {name: frame[name].to_numpy(float) for name in frame if frame[name].dtype.kind in "fi"}
    known |= {name: np.zeros(len(frame)) for name in _ADDED if name not in known}
    for name, value in asdict(params).items():
        if isinstance(value, int | float):
            known[name] = np.full(len(frame), float(value))
    known[ART3_A_PERSON] = np.full(len(frame), sum(float(getattr(params, name)) for name in DUE_NAMES))
    is_counted = (frame["index_kind"] == "it").to_numpy()
    known["floor_area_counted_m2"] = np.where(is_counted, known["floor_area_existing_m2"], 0.0)
    height = known["max_height_m"]
    known["max_height_m"] = np.where(np.isnan(height), params.storeys * params.storey_height_m, height)
    return known
