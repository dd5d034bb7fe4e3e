"""Trying services elsewhere: the network and the people are prepared once, each trial measures what it changes.

A trial is never changed: what is tried gives another one, so that before and after can be held side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from analyses.homes import sums
from analyses.services.catchments import Grounds
from analyses.services.measuring import Setting, setting_of, units_of
from analyses.services.params import UNTOUCHED, CoverageParams, Threshold
from analyses.services.sums import Measured, by_age, by_kind, by_neighbourhood, by_service


@dataclass(frozen=True)
class Trial:
    """``services`` (rows as in their layer) as they are tried in ``setting``, and who is served by them."""

    setting: Setting
    services: GeoDataFrame
    measured: Measured
    grounds: Grounds

    @classmethod
    def of(cls, setting: Setting, services: GeoDataFrame) -> Trial:
        """Return the first trial: ``services`` as they are (``kind``, geometry; perhaps name, capacity, area_m2)."""
        return cls(setting, services, setting.measured(services), Grounds(setting.reach))

    def with_service_moved(self, row: int, place: shapely.Geometry) -> Trial:
        """Return a trial in which the service of a row (0 is the first) stands at ``place``."""
        places = self.services.geometry.to_numpy().copy()
        places[row] = place
        stand = GeoSeries(places, index=self.services.index, crs=self.services.crs)
        return self._with(self.services.assign(**{str(self.services.geometry.name): stand}))

    def with_service_added(self, place: shapely.Geometry, **columns: object) -> Trial:
        """Return a trial with one service more, as the last row; ``columns``: ``kind`` at least."""
        where = str(self.services.geometry.name)
        row = {name: [value] for name, value in columns.items()} | {where: [place]}
        added = GeoDataFrame(row, geometry=where, crs=self.services.crs)
        return self._with(GeoDataFrame(pd.concat([self.services, added], ignore_index=True)))

    def with_service_removed(self, row: int) -> Trial:
        """Return a trial without the service of a row."""
        kept = np.delete(np.arange(len(self.services)), row)
        return self._with(self.services.iloc[kept].reset_index(drop=True))

    def with_threshold(self, kind: str, walk_min: float) -> Trial:
        """Return a trial in which ``kind`` counts within ``walk_min``."""
        params = self.setting.reach.params
        others = tuple(each for each in params.threshold if each.id != kind)
        asked = replace(params, threshold=(*others, Threshold(kind, walk_min)))
        reach = replace(self.setting.reach, params=asked)
        return replace(self, setting=replace(self.setting, reach=reach))._with(self.services)

    def by_neighbourhood(self) -> pd.DataFrame:
        """Return the analysis's table by neighbourhood."""
        return by_neighbourhood(self.measured)

    def by_kind(self) -> pd.DataFrame:
        """Return the analysis's table by kind."""
        return by_kind(self.measured)

    def by_age(self) -> pd.DataFrame:
        """Return the analysis's table by age."""
        return by_age(self.measured)

    def by_service(self) -> pd.DataFrame:
        """Return the analysis's table by service."""
        return by_service(self.measured)

    def catchment(self, kind: str) -> shapely.MultiPolygon:
        """Return the ground from which ``kind`` is reached within its threshold."""
        return self.grounds.of(self.measured, self._place(kind))

    def covered_pct(self, kind: str) -> float:
        """Return the residents of the study served by ``kind`` (%), 0 where there is no such service."""
        people = self.measured.inside
        return 100.0 * float(people[self._covered[:, self._place(kind)]].sum()) / float(people.sum())

    def gained_over(self, before: Trial, kind: str) -> pd.DataFrame:
        """Return who is served here and was not ``before``, less who was and is not: by unit, and of each age."""
        homes = self.setting.homes
        now, then = (each._serves(kind) for each in (self, before))
        people = homes.people * (now.astype(float) - then.astype(float))[:, None]
        head = pd.DataFrame(self.setting.where.frame[["code", "name"]]).reset_index(drop=True)
        gains = pd.DataFrame(sums(homes, people, len(head)), columns=list(homes.groups))
        return pd.concat([head, gains], axis=1)

    @cached_property
    def _covered(self) -> np.ndarray:
        return self.measured.found.covered

    def _serves(self, kind: str) -> np.ndarray:
        known = [each.id for each in self.measured.found.kinds]
        return self._covered[:, known.index(kind)] if kind in known else np.zeros(len(self._covered), bool)

    def _place(self, kind: str) -> int:
        return [each.id for each in self.measured.found.kinds].index(kind)

    def _with(self, services: GeoDataFrame) -> Trial:
        measured = self.setting.measured(services, before=self.measured.found)
        return replace(self, services=services, measured=measured)


def trial_of(inputs: Mapping[str, Any], params: CoverageParams = UNTOUCHED) -> Trial | None:
    """Return the first trial on a study's layers (by role, as the analysis takes them); None without people."""
    setting = setting_of(units_of(inputs["boundary"], inputs["neighbourhoods"]), inputs, params)
    return None if setting is None else Trial.of(setting, inputs["services"])
