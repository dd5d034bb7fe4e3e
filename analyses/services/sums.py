"""The tables of service coverage: sums over homes of who is served, in each unit, kind and age."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from analyses.homes import ALL, Homes, sums
from analyses.people import inner_points, shares_on
from analyses.services.floating_catchment import Shares, shares
from analyses.services.measures import gini, least_over_most, percent, quantile
from analyses.services.reach import Reach, Reached
from analyses.services.service_kinds import Services
from analyses.services.time_bins import BINS_MIN, LABELS
from analyses.services.walking_reach import OnStreets
from analyses.units import Units

TOO_FAR, CUT_OFF = "lontano dai percorsi", "rete staccata"

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Measured:
    """All that the tables are made of."""

    where: Units
    services: Services
    homes: Homes
    reach: Reach
    found: Reached
    near_green: Truths

    @property
    def inside(self) -> Floats:
        """Residents of each home in the boundary, (homes,); 0 elsewhere."""
        return np.where(self.homes.unit >= 0, self.homes.residents, 0.0)

    @cached_property
    def shares(self) -> tuple[Shares, ...]:
        """What the services of each kind share among the people in reach."""
        return tuple(self._shares(at) for at in range(len(self.found.kinds)))

    def _shares(self, at: int) -> Shares:
        chosen, limit_min = self.services.rows_of(self.found.kinds[at].id), float(self.found.thresholds[at])
        parts = self.found.toward.parts(np.full(len(chosen), limit_min), chosen)
        return shares(parts, self.inside, np.nan_to_num(self.capacity_of(at)), limit_min)

    def capacity_of(self, at: int) -> Floats:
        """Return the capacity (in the kind's unit) of every service of the kind at place ``at``.

        (services,); NaN of other kinds and where it is not known.
        """
        frame = self.services.frame
        return np.where(frame["kind"] == self.found.kinds[at].id, frame["capacity"].to_numpy(float), np.nan)

    def in_units(self, values: Floats) -> Floats:
        """Return, for (homes,) or (homes, k) shares, the residents they stand for in each unit."""
        columns = values.reshape(len(values), -1) * self.homes.residents[:, None]
        return sums(self.homes, columns, len(self.where.frame)).reshape(len(self.where.frame), *values.shape[1:])


def counts(services: Services, where: Units) -> pd.DataFrame:
    """Return how many services of each kind stand in each unit: those in none are in no row."""
    on = shares_on(inner_points(services.frame), where.frame.geometry.to_numpy())
    kind = services.frame["kind"].to_numpy()[on.place]
    table = {
        f"services_{each.id}": np.bincount(on.ground[kind == each.id], minlength=len(where.frame))
        for each in services.kinds
    }
    return pd.DataFrame(where.frame[["code", "name"]]).assign(**table)


def by_neighbourhood(measured: Measured) -> pd.DataFrame:
    """Return residents, score, unreachable, and percent served by each kind in each unit."""
    found, people = measured.found, measured.in_units(np.ones(len(measured.homes.points)))
    score = measured.in_units(found.score)
    served = measured.in_units(found.covered.astype(float))
    columns = {
        "population": people,
        "access_15_min_score": np.divide(score, people, out=np.zeros_like(score), where=people > 0.0),
        "unreachable_people": measured.in_units(found.unreachable.astype(float)),
        "who_green_pct": percent(measured.in_units(measured.near_green.astype(float)), people),
    }
    columns |= {f"covered_{kind.id}_pct": percent(served[:, at], people) for at, kind in enumerate(found.kinds)}
    return counts(measured.services, measured.where).assign(**columns, basis=measured.reach.basis.it)


def by_age(measured: Measured) -> pd.DataFrame:
    """Return people and served people of each unit, kind and age."""
    homes, head = measured.homes, measured.where.frame[["code", "name"]]
    whole = sums(homes, homes.people, len(head))
    rows = []
    for at, kind in enumerate(measured.found.kinds):
        served = sums(homes, homes.people * measured.found.covered[:, at, None], len(head))
        for column, age in enumerate(homes.groups):
            label = "tutte" if age == ALL else age.removeprefix(f"{ALL}_")
            rows.append(
                pd.DataFrame(head).assign(
                    kind=kind.id, age=label, people=whole[:, column], covered_people=served[:, column],
                    covered_pct=percent(served[:, column], whole[:, column]), basis=measured.reach.basis.it,
                )
            )  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def by_kind(measured: Measured) -> pd.DataFrame:
    """Return coverage (people, %), walking times (min), evenness and capacity of each kind, a row each.

    Evenness between units: Gini's index of their covered shares (0 even, towards 1 uneven) and the least share over
    the largest.
    """
    people = measured.in_units(np.ones(len(measured.homes.points)))
    served = measured.in_units(measured.found.covered.astype(float))
    shares = percent(served, np.repeat(people[:, None], served.shape[1], axis=1))
    rows = [
        {
            "kind": kind.id, "label": kind.label.it, "services": len(measured.services.rows_of(kind.id)),
            "threshold_min": measured.found.thresholds[at],
            "covered_people": served[:, at].sum(),
            "covered_pct": float(percent(served[:, at].sum(), people.sum())),
            **_minutes(measured, at),
            "gini": gini(shares[:, at], people), "least_over_most": least_over_most(shares[people > 0.0, at]),
            **_capacity(measured, at), "basis": measured.reach.basis.it,
        }
        for at, kind in enumerate(measured.found.kinds)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _minutes(measured: Measured, at: int) -> dict[str, float]:
    minutes = measured.found.minutes[:, at]
    found = {name: quantile(minutes, measured.inside, share) for name, share in (("median", 0.5), ("p90", 0.9))}
    return {f"minutes_{name}": each if np.isfinite(each) else np.nan for name, each in found.items()}


def _capacity(measured: Measured, at: int) -> dict[str, float]:
    """Return the capacity of a kind, what of it nobody reaches, and who has less than the mean of it."""
    held, people, shared = measured.capacity_of(at), measured.inside, measured.shares[at]
    if not np.isfinite(held).any():
        return dict.fromkeys(("capacity", "capacity_out_of_reach", "deficit_people", "deficit_decay_people"), np.nan)
    held = np.nan_to_num(held)
    mean = held.sum() / people.sum()
    return {
        "capacity": held.sum(),
        "capacity_out_of_reach": held[shared.in_reach == 0.0].sum(),
        "deficit_people": people[shared.near < mean].sum(),
        "deficit_decay_people": people[shared.by_zone < mean].sum(),
    }


def by_service(measured: Measured) -> pd.DataFrame:
    """Return the people in reach of each service, and its load where its capacity is known."""
    frame = pd.DataFrame(measured.services.frame[["kind", "name", "capacity"]])
    people = np.sum([each.in_reach for each in measured.shares], axis=0)
    return frame.assign(
        people_in_reach=people, load_pct=100.0 * people / frame["capacity"], basis=measured.reach.basis.it
    )


def times(measured: Measured) -> pd.DataFrame:
    """Return how many residents have the nearest service of each kind within which minutes."""
    frames = []
    for at, kind in enumerate(measured.found.kinds):
        place = np.searchsorted(BINS_MIN, measured.found.minutes[:, at])
        held = np.bincount(place, measured.inside, len(LABELS))
        frames.append(pd.DataFrame({"kind": kind.id, "minutes": LABELS, "people": held}))
    return pd.concat(frames, ignore_index=True)


def by_home(measured: Measured) -> pd.DataFrame:
    """Return residents, score, whether it lies in the study, and minutes to each kind (NaN beyond an hour)."""
    minutes = np.where(np.isfinite(measured.found.minutes), measured.found.minutes, np.nan)
    columns = {"people": measured.homes.residents, "score": measured.found.score}
    columns |= {"in_study": (measured.homes.unit >= 0).astype(np.int64)}
    return pd.DataFrame(columns | {f"minutes_{k.id}": minutes[:, at] for at, k in enumerate(measured.found.kinds)})


def unreachable(measured: Measured) -> pd.DataFrame:
    """Return every place whose residents reach no service, and why."""
    homes, alone = measured.homes, measured.found.unreachable & (measured.homes.unit >= 0)
    units = measured.where.frame[["code", "name"]].iloc[homes.unit[alone]].reset_index(drop=True)
    on = measured.reach.on
    has_way = np.isin(np.arange(len(alone)), on.homes.place) if isinstance(on, OnStreets) else np.ones(len(alone), bool)
    xy = shapely.get_coordinates(homes.points[alone])
    return pd.DataFrame(units).assign(
        cause=np.where(has_way[alone], CUT_OFF, TOO_FAR).astype(object), east_m=xy[:, 0], north_m=xy[:, 1],
        people=homes.residents[alone],
    )  # fmt: skip
