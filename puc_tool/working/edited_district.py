"""One district in one scenario, as somebody edits it: what the plan states, what the scenario changes, its outline.

Everything is read from the session: scenarios from the state of its history, districts from its layers. No Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.districts.scenarios import GEOMETRY, Edit, PartedDistrict, Scenario
from layers import roles
from layers.problems import PucError
from layers.spec import Field
from layers.text import NOTHING, Text, number, same, say
from puc_tool.scenarios import scenario_texts
from puc_tool.scenarios.scenario_keeping import SCENARIO, place
from puc_tool.working.session import Session

_DECIMALS, _BRIEF_DECIMALS = 9, 4
EDIT = Text("Modifica lo scenario {s}", "Edit scenario {s}")


@dataclass(frozen=True)
class Line:
    """A field of a district: what the plan states of it, and what the scenario says instead, or nothing.

    ``brief`` is the scenario's number as a narrow column shows it, ``scenario`` as it stands.
    """

    field: Field
    plan: Text
    scenario: Text
    brief: Text


def scenarios(session: Session) -> tuple[tuple[str, str], ...]:
    """Return each scenario that can be understood: its name and its title."""
    names = sorted(at[1] for at in session.history.state if at[0] == SCENARIO)
    return tuple((each.id, each.title or each.id) for each in (scenario(session, name) for name in names) if each)


def put(session: Session, name: str, words: str, title: Text = EDIT) -> None:
    """Give the study a scenario, or another text of one: what its file is to hold."""
    if not session.is_read_only:
        session.history.do(say(title.it, title.en, s=name), {place(name): words})


def edit(session: Session, name: str, act: Callable[[str], str], title: Text = EDIT) -> None:
    """Change the text of a scenario; what ``act`` raises leaves it as it was."""
    put(session, name, act(str(session.history.get(place(name)) or "")), title)


def scenario(session: Session, name: str) -> Scenario | None:
    """Return a scenario as its text states it, or None if it can't be understood."""
    words = session.history.get(place(name))
    try:
        return scenario_texts.understood(name, str(words)) if words is not None else None
    except PucError:
        return None


def layer(session: Session) -> GeoDataFrame | None:
    """Return the districts of the plan, or None if the study has none that could be read."""
    found = (each.intake.layer for each in session.entries if each.ref.role == roles.DISTRICTS.id)
    return next((each for each in found if isinstance(each, GeoDataFrame)), None)


def districts(session: Session, name: str = "") -> tuple[tuple[str, str], ...]:
    """Return code and name of every district of the plan, and of those that a scenario makes."""
    held = layer(session)
    if held is None:
        return ()
    of_plan = tuple((str(code), str(title)) for code, title in zip(held["code"], held["name"], strict=True))
    found = scenario(session, name) if name else None
    return (*of_plan, *((each.district, each.name) for each in (found.parted if found else ())))


def parted(session: Session, name: str, code: str) -> PartedDistrict | None:
    """Return the new district of a scenario that has this code, or None."""
    found = scenario(session, name)
    return next((each for each in found.parted if each.district == code), None) if found else None


def new_outlines(session: Session, name: str) -> tuple[shapely.Geometry, ...]:
    """Return the outlines of the districts that a scenario makes."""
    found = scenario(session, name)
    return tuple(each.outline for each in found.parted) if found else ()


def lines(session: Session, name: str, code: str) -> tuple[Line, ...]:
    """Return the fields that a scenario may change, in the order of the scenario's own."""
    edits = {each.field: each for each in _edits(session, name, code)}
    new = parted(session, name, code)
    row = _row(session, code if new is None else new.part_of)
    return tuple(
        Line(
            field,
            _stated(None if row is None else row.get(field.name)),
            _edited(edits.get(field.name), _DECIMALS),
            _edited(edits.get(field.name), _BRIEF_DECIMALS),
        )
        for field in (roles.DISTRICTS.field(each) for each in scenario_texts.TYPED)
        if field is not None
    )


def plan_outline(session: Session, code: str) -> shapely.Geometry | None:
    """Return the outline of a district in the plan."""
    held = layer(session)
    mine = None if held is None else held.geometry[held["code"].astype(str) == code]
    return None if mine is None or mine.empty else shapely.force_2d(mine.iloc[0])


def outline(session: Session, name: str, code: str) -> shapely.Geometry | None:
    """Return the outline of a district in a scenario: redrawn, or that of the plan."""
    new = parted(session, name, code)
    if new is not None:
        return new.outline
    drawn = (each.value for each in _edits(session, name, code) if each.field == GEOMETRY)
    return next((each for each in drawn if isinstance(each, shapely.Geometry)), plan_outline(session, code))


def neighbours(session: Session, name: str, code: str, reach_m: float) -> NDArray[np.object_]:
    """Return what an outline can be fitted to: the other districts in the scenario, and parcels, within a reach (m)."""
    mine = outline(session, name, code)
    if mine is None:
        return np.empty(0, object)
    others = [outline(session, name, other) for other, _ in districts(session, name) if other != code]
    near = [each for each in (*others, *_parcels(session, mine, reach_m)) if each is not None]
    found = np.empty(len(near), object)
    found[:] = near
    return found[shapely.dwithin(found, mine, reach_m)] if len(found) else found


def _parcels(session: Session, around: shapely.Geometry, reach_m: float) -> Iterator[shapely.Geometry]:
    for entry in session.entries:
        held = entry.intake.layer
        if entry.ref.role == roles.PARCELS.id and isinstance(held, GeoDataFrame):
            yield from held.geometry.to_numpy()[held.sindex.query(around, predicate="dwithin", distance=reach_m)]


def district_at(session: Session, name: str, x: float, y: float) -> str | None:
    """Return the code of the district that holds a point (m) in a scenario, or None."""
    point = shapely.Point(x, y)
    drawn = ((code, outline(session, name, code)) for code, _ in districts(session, name))
    return next((code for code, each in drawn if each is not None and each.contains(point)), None)


def _edits(session: Session, name: str, code: str) -> tuple[Edit, ...]:
    found = scenario(session, name)
    return tuple(each for each in found.every_edit if each.district == code) if found else ()


def _row(session: Session, code: str) -> pd.Series | None:
    held = layer(session)
    mine = None if held is None else held[held["code"].astype(str) == code]
    return None if mine is None or mine.empty else mine.iloc[0]


def _stated(value: object) -> Text:
    if value is None or pd.isna(value):
        return NOTHING
    return _plain(value, _BRIEF_DECIMALS) if isinstance(value, int | float) else same(str(value))


def _edited(found: Edit | None, decimals: int) -> Text:
    if found is None or isinstance(found.value, shapely.Geometry):
        return NOTHING
    if found.high is not None:
        return say("{a} – {b}", "{a} – {b}", a=_plain(found.value, decimals), b=_plain(found.high, decimals))
    return _plain(found.value, decimals) if isinstance(found.value, float) else same(str(found.value))


def _plain(value: object, decimals: int) -> Text:
    """Return a number as somebody would type it again: without separators of thousands, with the decimals it has."""
    plain = f"{float(str(value)):.{decimals}f}".rstrip("0").rstrip(".")
    return Text(plain.replace(".", ","), plain)


def told_area(session: Session, name: str, code: str) -> Text:
    """Return the area of a district in a scenario (ha), and by how much it differs from the plan's."""
    now, plan, new = outline(session, name, code), plan_outline(session, code), parted(session, name, code)
    if now is not None and new is not None:
        return say("St {a}\u202fha, parte di {p}", "St {a}\u202fha, part of {p}",
                   a=number(now.area / 10_000, 2), p=new.part_of)  # fmt: skip
    if now is None or plan is None:
        return NOTHING
    area_ha, more_ha = now.area / 10_000, (now.area - plan.area) / 10_000
    told = say("St {a}\u202fha", "St {a}\u202fha", a=number(area_ha, 2))
    if abs(more_ha) < 0.005:
        return say("{t}, come nel piano", "{t}, as in the plan", t=told)
    sign = "+" if more_ha > 0 else "\u2212"
    return say("{t}, {s}{m}\u202fha sul piano", "{t}, {s}{m}\u202fha on the plan", t=told, s=sign,
               m=number(abs(more_ha), 2))  # fmt: skip
