"""What the register's sheet prints: every district with its stage, since when, and how much of it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import shapely

from analyses.districts.register import AGREED, DONE, NOT_STATED, PLANNED, UNDER_WAY
from analyses.districts.terms import term
from layers.text import Text
from puc_tool.maps.style import Fill
from puc_tool.written import Written

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def _fill(colour: str) -> Fill:
    return Fill(colour, edge="#2b2233", edge_mm=0.3)


_UNKNOWN_STATE = Text("stato non riconosciuto o non indicato", "state not recognised or not given")


@dataclass(frozen=True)
class Stage:
    """A stage of the register: the word results have for it, how one and several in it are called, how it is drawn."""

    id: str
    label: Text
    plural: Text
    style: Fill


STAGES = (
    Stage(PLANNED, Text("previsto", "planned"), Text("previsti", "planned"), _fill("#fbdcab")),
    Stage(AGREED, Text("convenzionato", "agreed"), Text("convenzionati", "agreed"), _fill("#f5a94f")),
    Stage(UNDER_WAY, Text("in attuazione", "under way"), Text("in attuazione", "under way"), _fill("#cf6310")),
    Stage(DONE, Text("attuato", "done"), Text("attuati", "done"), _fill("#6f5aa8")),
    Stage("", _UNKNOWN_STATE, _UNKNOWN_STATE, _fill("#d9d9d6")),
)
BY_ID = {stage.id: stage for stage in STAGES}


@dataclass(frozen=True)
class Entry:
    """One district: its number on the map, what the register says; None where it says nothing of realised area.

    ``word`` is its state as the plan or the register writes it.
    """

    number: int
    name: str
    ground: shapely.Geometry
    stage: Stage
    word: str
    state: Text
    day: Text
    new_m2: float | None
    realised_m2: float | None


@dataclass(frozen=True)
class Facts:
    """The districts, those with most new floor area first, and the register's events, the latest first."""

    written: Written
    entries: tuple[Entry, ...]
    events: pd.DataFrame

    @cached_property
    def new_m2(self) -> float:
        """The new floor area of the plan, of the districts where it is known."""
        return sum(each.new_m2 or 0.0 for each in self.entries)

    @cached_property
    def realised_m2(self) -> float | None:
        """The floor area that the register says is realised; None where it has no entry: then it is not known."""
        known = [each.realised_m2 for each in self.entries if each.realised_m2 is not None]
        return sum(known) if known else None

    @property
    def has_days(self) -> bool:
        """Whether the register dates some district."""
        return any(each.day for each in self.entries)

    @property
    def begun(self) -> int:
        """How many districts are under way or done."""
        return sum(each.stage.id in (UNDER_WAY, DONE) for each in self.entries)


def facts(written: Written) -> Facts:
    """Read the register that the run wrote."""
    progress, history, districts = written.table("progress"), written.table("history"), written.layer("districts")
    assert progress is not None, "every run writes it"
    assert districts is not None, "every run writes it"
    events = progress.head(0) if history is None else history
    told = progress.assign(large=-progress["floor_area_new_m2"].fillna(0.0) if "floor_area_new_m2" in progress else 0.0)
    rows = told.sort_values("large", kind="stable").to_dict("records")
    grounds = dict(zip(districts["code"].astype(str), districts.geometry, strict=True))
    entries = tuple(_entry(place, row, grounds) for place, row in enumerate(rows, start=1))
    return Facts(written, entries, events.sort_values("day", ascending=False, kind="stable").reset_index(drop=True))


def _entry(place: int, row: dict[str, object], grounds: dict[str, shapely.Geometry]) -> Entry:
    stage = BY_ID.get(_word(row["stage"]), BY_ID[""])
    written_state = _word(row["state"])
    has_entry = bool(_word(row["day"]) or _word(row["instrument"]))
    new_m2 = row.get("floor_area_new_m2")
    return Entry(
        number=place,
        name=_word(row["name"]) or _word(row["code"]),
        ground=grounds[_word(row["code"])],
        stage=stage,
        word=written_state,
        state=stage.label if stage.id else term(written_state) if written_state else Text(NOT_STATED, "not given"),
        day=day_words(_word(row["day"])),
        new_m2=None if new_m2 is None or pd.isna(new_m2) else float(str(new_m2)),
        realised_m2=float(str(row["floor_area_realised_m2"])) if has_entry else None,
    )


def day_words(day: str) -> Text:
    """Return a day of the register as it is read: «29.07.2022», or the month or year alone."""
    found = _DATE.fullmatch(day)
    parts = [part for part in found.groups() if part] if found else [day]
    return Text(".".join(reversed(parts)), "-".join(parts))


def _word(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()
