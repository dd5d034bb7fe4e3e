"""What a garden sheet prints: the written numbers of one run, and one rounding for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from geopandas import GeoDataFrame

from analyses.gardens.criteria import DEFAULTS
from analyses.gardens.scenarios import BY_ID, Scenario
from analyses.soil.indicators import M2_A_HA
from layers.problems import Problem
from layers.text import Text, same
from puc_tool.written import Written

MOST_SITES = 12
"""How many sites are numbered and listed: more would cover the map; all stand in the data table."""

_TITLES = {criterion.id: criterion.title for criterion in DEFAULTS}


@dataclass(frozen=True)
class Facts:
    """The written numbers of a run; ``sites`` are the ones listed, with geometry, best first."""

    written: Written
    sites: GeoDataFrame | None
    reasons: pd.DataFrame
    classes: pd.DataFrame
    scenarios: pd.DataFrame

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return BY_ID[str(self.written.parameters["scenario"])]

    @property
    def area_ha(self) -> float:
        """The whole ground."""
        return float(self.classes["area_m2"].sum()) / M2_A_HA

    def ha(self, figure_id: str) -> float:
        """Return a written area."""
        return (self.written.figure(figure_id) or 0.0) / M2_A_HA

    def pct(self, figure_id: str) -> float:
        """Return a written area as a share of the whole ground."""
        return 100.0 * self.ha(figure_id) / self.area_ha if self.area_ha else 0.0

    @property
    def site_count(self) -> int:
        """How many sites there are in all."""
        return int(self.written.figure("sites") or 0)

    def told(self, problem: Problem) -> bool:
        """Tell whether the run said this."""
        return any(each["code"] == problem.code for each in self.written.record["problems"])

    def sentences(self, *codes: str) -> Iterator[Text]:
        """Yield what the run said under ``codes``, in their order."""
        for code in codes:
            for each in self.written.record["problems"]:
                if each["code"] == code:
                    where = Text(each["where"], each.get("where_en", each["where"]))
                    yield Text(
                        f"{where.it}: {each['message']}", f"{where.en}: {each.get('message_en', each['message'])}"
                    )


def facts(written: Written) -> Facts:
    """Read what the run wrote."""
    tables = {name: written.table(name) for name in ("reasons", "by_class", "scenarios")}
    found = {name: pd.DataFrame() if table is None else table for name, table in tables.items()}
    sites = written.layer("sites")
    listed = None if sites is None else sites.iloc[:MOST_SITES].reset_index(drop=True)
    return Facts(written, listed, found["reasons"], found["by_class"], found["scenarios"])


def title_of(criterion_id: str) -> Text:
    """Return what a criterion is called; one of the user's own is called by its id."""
    return _TITLES.get(criterion_id, same(criterion_id))
