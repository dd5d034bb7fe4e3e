"""What the services sheet prints: the written numbers of one run about one kind of service, with one rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geopandas import GeoDataFrame

from analyses.services.params import MEDIAN, CoverageParams
from analyses.services.service_kinds import KINDS
from layers import roles
from layers.problems import Problem, PucError
from layers.text import NOTHING, Text, same
from puc_tool.maps.soil_facts import UNIT_KINDS, UnitKind, unit_title
from puc_tool.written import Written


@dataclass(frozen=True)
class UnitRows:
    """The units of the table, those with most residents not served first.

    ``frame`` has code, name, title, population, ``served_pct`` (rounded as printed), ``left`` (residents not served).
    """

    kind: UnitKind
    frame: GeoDataFrame


@dataclass(frozen=True)
class Facts:
    """The written numbers of ``kind``: its row of the table by kind, its proposals in their order, its units."""

    written: Written
    params: CoverageParams
    kind: str
    row: Mapping[str, Any]
    proposals: GeoDataFrame | None
    units: UnitRows
    people: float

    @property
    def title(self) -> Text:
        """What the kind of service is called."""
        return KINDS[self.kind].label if self.kind in KINDS else same(self.kind)

    @property
    def left(self) -> float:
        """Residents whose nearest service is beyond the threshold."""
        return self.people - float(self.row["covered_people"])

    @property
    def is_straight(self) -> bool:
        """Tell whether the study has no streets to walk on."""
        return any(each["code"] == "coverage-straight-line" for each in self.written.record["problems"])

    def of_age(self, age: str) -> float | None:
        """Return the percent of an age group that is served; None where the study does not know it."""
        table = self.written.table("by_age")
        assert table is not None, "every run with people writes it"
        rows = table[(table["kind"] == self.kind) & (table["age"] == age)]
        people = float(rows["people"].sum())
        return 100.0 * float(rows["covered_people"].sum()) / people if people > 0.0 else None


def facts(written: Written) -> Facts:
    """Read what the run wrote about the kind its parameter names, or the first kind the study has.

    Raises
    ------
    PucError
        Where the run knew of no people, so that there is nobody to be served.
    """
    by_kind = written.table("by_kind")
    if by_kind is None or by_kind.empty:
        raise PucError(_no_people())
    params = CoverageParams(**{k: v for k, v in written.parameters.items() if k != "threshold"})
    there = by_kind["kind"].tolist()
    kind = params.sheet_kind if params.sheet_kind in there else there[0]
    units = _units(written, kind)
    row = by_kind[by_kind["kind"] == kind].iloc[0].to_dict()
    proposals = _proposals(written, kind, params.placing)
    return Facts(written, params, kind, row, proposals, units, float(units.frame["population"].sum()))


def _units(written: Written, kind: str) -> UnitRows:
    for unit in UNIT_KINDS:
        layer = written.layer(unit.id)
        if layer is not None:
            titles = [unit_title(unit, code, name) for code, name in zip(layer["code"], layer["name"], strict=True)]
            pct = layer[f"covered_{kind}_pct"].astype(float)
            left = layer["population"] * (1.0 - pct / 100.0)
            told = layer.assign(title=titles, served_pct=pct.round(1), left=left, order=left.round())
            ordered = told.sort_values(["order", "title"], ascending=[False, True], kind="stable")
            return UnitRows(unit, ordered.reset_index(drop=True))
    raise AssertionError("every run with people writes its units")


def _proposals(written: Written, kind: str, placing: str) -> GeoDataFrame | None:
    """Return the proposals of the kind; one that gains nobody counts where sites were chosen to shorten walks."""
    layer = written.layer("proposals")
    if layer is None:
        return None
    helps = (layer["people_gained"] > 0.0) | (placing == MEDIAN)
    rows = layer[(layer["kind"] == kind) & helps].sort_values("rank", kind="stable")
    return rows.reset_index(drop=True) if len(rows) else None


def _no_people() -> Problem:
    return Problem(
        "sheet-no-people",
        roles.CENSUS.title,
        Text("la tavola dei servizi mostra chi è servito, e lo studio non ha popolazione.",
             "the sheet of services shows who is served, and the study has no population."),
        NOTHING,
        Text("Aggiungere il censimento e rieseguire l'analisi.", "Add the census and run the analysis again."),
    )  # fmt: skip
