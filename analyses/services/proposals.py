"""Proposals: for each kind, the sites that together serve most people more, or shorten the walks of all the most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.attributes import first_said, words
from analyses.homes import ALL
from analyses.progress import Report, tracked
from analyses.services.measures import percent
from analyses.services.params import MEDIAN
from analyses.services.placing import most_covered, most_shortened
from analyses.services.service_kinds import KINDS
from analyses.services.sums import Measured
from analyses.services.walking_reach import Pairs
from layers import roles
from layers.text import Text

PLACING = Text("Dove collocare i prossimi servizi", "Where to place the next services")

FARTHEST = 2.0
"""How far sites are looked at, in thresholds; nobody is taken to walk longer."""

MEAN_MIN = ("mean_before_min", "mean_after_min")


@dataclass(frozen=True)
class Sites:
    """Where a service may go: ``name``, the ``kind`` it is meant for ("" for any), geometry."""

    name: NDArray[np.object_]
    kind: NDArray[np.object_]
    geometry: NDArray[np.object_]


def sites_of(candidates: GeoDataFrame | None, public_land: GeoDataFrame | None) -> Sites | None:
    """Return the candidate sites, or public land where there are none."""
    layer = candidates if candidates is not None and len(candidates) else public_land
    if layer is None or not len(layer):
        return None
    number = pd.Series([f"{roles.CANDIDATE_SITES.title.it} {at}" for at in range(1, len(layer) + 1)], index=layer.index)
    kind = words(layer, "kind")
    # A kind that is no kind of service says what the site is, not what may go there.
    return Sites(
        first_said(words(layer, "name"), number).to_numpy(object),
        kind.where(kind.isin(list(KINDS)), "").to_numpy(object),
        layer.geometry.to_numpy(),
    )


@dataclass(frozen=True)
class _Proposal:
    """One site more for the kind at place ``at``: ``adds`` are the homes (rows) that come within reach.

    ``served`` are the residents served, ``mean_min`` the minutes they walk on average, before and after.
    """

    at: int
    rank: int
    site: int
    adds: NDArray[np.intp]
    served: tuple[float, float]
    gap_pct: float
    mean_min: tuple[float, float]


@dataclass(frozen=True)
class Proposals:
    """``table``: a row per proposal; ``gained``: whom each gains in each unit and age; ``geometry`` of its site."""

    table: pd.DataFrame
    gained: pd.DataFrame
    geometry: NDArray[np.object_]


def proposals(measured: Measured, sites: Sites, report: Report) -> Proposals:
    """Return the proposals of every kind; the gains of a kind add up."""
    found = measured.found
    longest = FARTHEST * found.thresholds.max(initial=0.0)
    every = measured.reach.on.toward(sites.geometry).pairs(np.full(len(sites.geometry), longest))
    placed = [
        proposal
        for at in tracked(range(len(found.kinds)), report, PLACING)
        for proposal in _of_kind(measured, at, _meant(sites, every, found.kinds[at].id))
    ]
    where = sites.geometry[np.array([each.site for each in placed], np.intp)]
    return Proposals(_rows(measured, sites, placed), _gained(measured, sites, placed), where)


def _meant(sites: Sites, every: Pairs, kind: str) -> Pairs:
    """Return the pairs with sites that may take the kind."""
    kept = np.isin(sites.kind, ["", kind])[every.service]
    return Pairs(every.home[kept], every.service[kept], every.minutes[kept])


def _of_kind(measured: Measured, at: int, pairs: Pairs) -> Iterator[_Proposal]:
    """Yield what each site chosen for a kind adds to those before it."""
    found, params, people = measured.found, measured.reach.params, measured.inside
    count, limit = int(pairs.service.max(initial=-1)) + 1, float(found.thresholds[at])
    farthest = FARTHEST * limit
    near, far, covered = pairs.within(limit), pairs.within(farthest), found.covered[:, at].copy()
    walk_min = np.minimum(found.minutes[:, at], farthest)
    if params.placing == MEDIAN:
        placed = most_shortened(far, people, walk_min, sites=count, how_many=params.new_services)
    else:
        placed = most_covered(near, np.where(covered, 0.0, people), count, params.new_services)
    for rank, site in enumerate(placed.sites, start=1):
        before, then_min = float(people[covered].sum()), walk_min.copy()
        adds = near.home[near.service == site]
        adds = adds[~covered[adds] & (people[adds] > 0.0)]
        covered[adds] = True
        of = far.service == site
        np.minimum.at(walk_min, far.home[of], far.minutes[of])
        mean_min = (_mean(then_min, people), _mean(walk_min, people))
        served = (before, float(people[covered].sum()))
        yield _Proposal(at, rank, int(site), adds, served, placed.gap_pct, mean_min)


def _mean(values: NDArray[np.float64], people: NDArray[np.float64]) -> float:
    return float((values * people).sum()) / float(people.sum())


def _gain_heads(measured: Measured) -> list[str]:
    return [f"people_gained{name.removeprefix(ALL)}" for name in measured.homes.groups]


def _rows(measured: Measured, sites: Sites, placed: list[_Proposal]) -> pd.DataFrame:
    total, gains = float(measured.inside.sum()), _gain_heads(measured)
    rows = [
        {
            "kind": measured.found.kinds[each.at].id, "rank": each.rank, "name": sites.name[each.site],
            **dict(zip(gains, measured.homes.people[each.adds].sum(axis=0), strict=True)),
            "covered_before_pct": float(percent(each.served[0], total)),
            "covered_after_pct": float(percent(each.served[1], total)),
            **dict(zip(MEAN_MIN, each.mean_min, strict=True)),
            "gap_pct": each.gap_pct,
        }
        for each in placed
    ]  # fmt: skip
    heads = ["kind", "rank", "name", *gains, "covered_before_pct", "covered_after_pct", *MEAN_MIN, "gap_pct"]
    return pd.DataFrame(rows, columns=heads)


def _gained(measured: Measured, sites: Sites, placed: list[_Proposal]) -> pd.DataFrame:
    """Return whom each proposal gains in each unit that gains anybody."""
    homes, units = measured.homes, len(measured.where.frame)
    gain = np.zeros((len(placed), units, len(homes.groups)))
    for row, each in enumerate(placed):
        np.add.at(gain[row], homes.unit[each.adds], homes.people[each.adds])
    which, unit = np.nonzero(gain[:, :, 0] > 0.0)
    gaining = [placed[at] for at in which]
    head = measured.where.frame[["code", "name"]].iloc[unit].reset_index(drop=True)
    columns = {
        "kind": [measured.found.kinds[each.at].id for each in gaining],
        "rank": np.array([each.rank for each in gaining], int),
        "site": [sites.name[each.site] for each in gaining],
    }
    gains = pd.DataFrame(gain[which, unit], columns=_gain_heads(measured))
    return pd.concat([pd.DataFrame(columns), pd.DataFrame(head), gains], axis=1)
