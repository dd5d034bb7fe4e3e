"""Proposals: for each kind, the sites that together bring the most people within its threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.attributes import first_said, words
from analyses.homes import AGES, sums
from analyses.progress import Report, tracked
from analyses.services.measures import percent
from analyses.services.placing import Placed, most_covered
from analyses.services.service_kinds import KINDS
from analyses.services.sums import Measured
from analyses.services.walking_reach import Pairs
from layers import roles
from layers.text import Text

PLACING = Text("Dove collocare i prossimi servizi", "Where to place the next services")

Truths = NDArray[np.bool_]


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


def proposals(measured: Measured, sites: Sites, report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the proposals, and whom each gains in each unit; the gains of a kind add up."""
    found, how_many = measured.found, measured.reach.params.new_services
    longest = np.full(len(sites.geometry), found.thresholds.max(initial=0.0))
    every = measured.reach.on.toward(sites.geometry).pairs(longest)
    rows, gained = list[dict[str, object]](), list[pd.DataFrame]()
    for at in tracked(range(len(found.kinds)), report, PLACING):
        meant = np.isin(sites.kind, ["", found.kinds[at].id])
        near = every.within(float(found.thresholds[at]))
        kept = meant[near.service]
        pairs = Pairs(near.home[kept], near.service[kept], near.minutes[kept])
        left = np.where(found.covered[:, at], 0.0, measured.inside)
        placed = most_covered(pairs, left, len(sites.geometry), how_many)
        rows += _rows(measured, at, sites, placed)
        gained += _gained(measured, at, sites, placed)
    columns = [f"people_gained{age.removeprefix('population')}" for age in AGES if age in measured.homes.groups]
    heads = ["kind", "rank", "name", "people_gained", *columns, "covered_before_pct", "covered_after_pct", "gap_pct"]
    places = pd.concat(gained, ignore_index=True) if gained else pd.DataFrame(
        columns=["kind", "rank", "site", "code", "name", "people_gained"]
    )  # fmt: skip
    return pd.DataFrame(rows, columns=heads), places


def _rows(measured: Measured, at: int, sites: Sites, placed: Placed) -> list[dict[str, object]]:
    homes, people = measured.homes, measured.inside
    served = float(people[measured.found.covered[:, at]].sum())
    rows = list[dict[str, object]]()
    for rank, (site, adds) in enumerate(zip(placed.sites, placed.reached, strict=True), start=1):
        gains = homes.people[adds].sum(axis=0)
        ages = {
            f"people_gained{name.removeprefix('population')}": gain
            for name, gain in zip(homes.groups, gains, strict=True)
        }
        before, served = served, served + float(gains[0])
        rows.append(
            {
                "kind": measured.found.kinds[at].id, "rank": rank, "name": sites.name[site], **ages,
                "covered_before_pct": float(percent(before, people.sum())),
                "covered_after_pct": float(percent(served, people.sum())), "gap_pct": placed.gap_pct,
            }
        )  # fmt: skip
    return rows


def _gained(measured: Measured, at: int, sites: Sites, placed: Placed) -> list[pd.DataFrame]:
    head, homes, frames = measured.where.frame[["code", "name"]], measured.homes, list[pd.DataFrame]()
    for rank, (site, adds) in enumerate(zip(placed.sites, placed.reached, strict=True), start=1):
        gain = sums(homes, np.where(adds, measured.inside, 0.0)[:, None], len(head))[:, 0]
        frame = pd.DataFrame(head).assign(
            kind=measured.found.kinds[at].id, rank=rank, site=sites.name[site], people_gained=gain
        )
        frames.append(frame[gain > 0.0])
    return frames
