"""The register of the great transformations: how far each district is, by which instrument, since when, and how much.

The office keeps it in the study, an entry an event (``[[analysis.transformation-districts.register]]``), year after
year; of a district without one the layer's own state counts. States are written freely; each is one of four stages
where its words say which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from analyses.attributes import words
from analyses.districts.params import DistrictParams, RegisterEntry
from analyses.districts.tables import HISTORY, PROGRESS, REGISTER
from layers import roles
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, listing, number, same, say
from layers.vocabulary import folded

PLANNED, AGREED, UNDER_WAY, DONE = "previsto", "convenzionato", "in attuazione", "attuato"
NOT_STATED = "non indicato"
_DAY = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_SLACK = 1.001
_STEMS = (
    (PLANNED, ("nonattuat", "previst", "daattuar", "planned", "adottat", "programmat")),
    (UNDER_WAY, ("inattuaz", "incorso", "avviat", "cantier", "underway", "parzial")),
    (AGREED, ("convenzion", "accord", "approvat", "agreed", "stipulat")),
    (DONE, ("attuat", "realizzat", "conclus", "complet", "done", "ultimat")),
)
"""In this order: «non attuato» and «in attuazione» hold the stem of «attuato»."""


def stage(state: str) -> str:
    """Return the stage that a state's words say, or nothing."""
    said = folded(state)
    return next((name for name, stems in _STEMS if any(stem in said for stem in stems)), "")


def history(base: pd.DataFrame, params: DistrictParams) -> pd.DataFrame:
    """Return every entry of the register by district and day, with the share of the new floor area realised."""
    places = {code: place for place, code in enumerate(base["code"])}
    rows = [_row(base.iloc[places[entry.district]], entry) for entry in _in_order(params) if entry.district in places]
    frame = pd.DataFrame(rows, columns=[*(column.id for column in HISTORY.columns), "floor_area_new_m2"])
    frame["realised_pct"] = _realised_pct(frame)
    order = frame["code"].map(places).argsort(kind="stable")
    return frame.iloc[order][[column.id for column in HISTORY.columns]].reset_index(drop=True)


def progress(base: pd.DataFrame, params: DistrictParams) -> pd.DataFrame:
    """Return a row per district with its last entry, and how much of the new floor area is realised (m², %).

    The share is NaN where nothing new is foreseen.
    """
    last = {entry.district: entry for entry in _in_order(params)}
    frame = pd.DataFrame([_row(row, last.get(row["code"], RegisterEntry(""))) for _, row in base.iterrows()])
    return frame.assign(realised_pct=_realised_pct(frame))[[column.id for column in PROGRESS.columns]]


def register(base: pd.DataFrame, params: DistrictParams) -> pd.DataFrame:
    """Return count, ground and floor area (m²) of the districts by state, as it is written."""
    now = progress(base, params)
    known = base.reset_index(drop=True).assign(floor_area_realised_m2=now["floor_area_realised_m2"])
    state = now["state"].where(now["state"] != "", NOT_STATED)
    columns = ["st_m2", "floor_area_existing_m2", "floor_area_new_m2", "floor_area_realised_m2"]
    sums = known.groupby(state)[columns].sum()
    counted = sums.assign(districts=state.value_counts(), realised_pct=_realised_pct(sums))
    return counted.rename_axis("state").reset_index()[[column.id for column in REGISTER.columns]]


def problems(districts: GeoDataFrame | None, params: DistrictParams) -> list[Problem]:
    """Return the entries that are of no district, or of no day."""
    if districts is None:
        return []
    known = set(words(districts, "code"))
    return [
        *(_bad_entry("register-district-gone", entry, "il distretto «{v}» non c'è.", "there is no district “{v}”.",
                     entry.district) for entry in params.register if entry.district not in known),
        *(_bad_entry("register-day", entry, "«{v}» non è una data (2024, o 2024-05-31).",
                     "“{v}” is no date (2024, or 2024-05-31).", entry.day)
          for entry in params.register if entry.day and not _DAY.fullmatch(entry.day)),
    ]  # fmt: skip


def remarks(now: pd.DataFrame) -> Iterator[Problem]:
    """Yield the districts where more is realised than the plan gives, and the states whose words say no stage."""
    over = now["floor_area_realised_m2"] > now["floor_area_new_m2"] * _SLACK
    for _, row in now[over].iterrows():
        yield Problem(
            "district-realised-over",
            say("Distretto {c}", "District {c}", c=row["code"]),
            say("realizzati {r} m², il piano ne dà {p}.", "{r} m² realised, the plan gives {p}.",
                r=number(row["floor_area_realised_m2"]), p=number(row["floor_area_new_m2"])),
            Text("La quota realizzata supera il 100 %.", "The share realised is more than 100 %."),
            Text("Controllare il registro o l'indice.", "Check the register or the index."),
            Severity.WARNING,
        )  # fmt: skip
    strange = sorted({state for state in now["state"] if state and not stage(state)})
    if strange:
        yield Problem(
            "district-state-unknown",
            roles.DISTRICTS.title,
            say("stati non riconosciuti: {s}.", "states not recognised: {s}.", s=listing(strange)),
            Text("Nel registro restano come sono scritti, senza fase.", "The register keeps them, without a stage."),
            NOTHING,
            Severity.INFO,
        )


def _in_order(params: DistrictParams) -> list[RegisterEntry]:
    return sorted(params.register, key=lambda entry: entry.day)


def _row(district: pd.Series, entry: RegisterEntry) -> Mapping[str, object]:
    """Return what the register says of a district; without a state of its own, the layer's."""
    state = entry.state or str(district["state"])
    return {
        "code": district["code"],
        "name": district["name"],
        "stage": stage(state),
        "state": state,
        "day": entry.day,
        "instrument": entry.instrument,
        "floor_area_new_m2": float(district["floor_area_new_m2"]),
        "floor_area_realised_m2": entry.realised_m2,
    }


def _bad_entry(code: str, entry: RegisterEntry, it: str, en: str, value: str) -> Problem:
    return Problem(
        code,
        same(f"transformation-districts.register «{entry.id}»"),
        say(it, en, v=value),
        Text("La voce del registro non si può usare.", "The entry of the register can't be used."),
        Text("Correggerla in study.toml.", "Mend it in study.toml."),
    )


def _realised_pct(frame: pd.DataFrame) -> np.ndarray:
    new, realised = frame["floor_area_new_m2"].to_numpy(float), frame["floor_area_realised_m2"].to_numpy(float)
    return np.divide(100.0 * realised, new, out=np.full(len(new), np.nan), where=new > 0.0)
