"""What a soil sheet prints: the written numbers of one run, its subject, and one rounding for all of them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from geopandas import GeoDataFrame

from analyses.soil.indicators import M2_A_HA
from layers import roles
from layers.spec import Role
from layers.text import Text, number, same, say
from puc_tool import results
from puc_tool.written import Written

LEAST_TOLD_M2 = 50.0
"""Half a cell of ten metres: what is less prints as 0,00 ha and is not spoken of."""


@dataclass(frozen=True)
class Subject:
    """What differs between consumed soil and artificial surfaces: columns, figures, words."""

    column: str
    title: Text
    word: Text
    covers: Text
    new: Text
    area_id: str
    share_id: str
    new_id: str


CONSUMED = Subject(
    "consumed",
    Text("Carta del consumo di suolo", "Soil consumption map"),
    Text("Suolo consumato", "Consumed soil"),
    Text("Il suolo consumato occupa", "Consumed soil covers"),
    Text("nuovo consumo lordo", "gross consumption"),
    "suolo_consumato_ha",
    "suolo_consumato_pct",
    "consumo_lordo_ha",
)
ARTIFICIAL = Subject(
    "artificial",
    Text("Carta delle superfici artificiali", "Map of artificial surfaces"),
    Text("Superfici artificiali", "Artificial surfaces"),
    Text("Le superfici artificiali occupano", "Artificial surfaces cover"),
    Text("nuove superfici artificiali", "new artificial surfaces"),
    "superfici_artificiali_ha",
    "superfici_artificiali_pct",
    "nuove_superfici_artificiali_ha",
)


@dataclass(frozen=True)
class UnitKind:
    """A kind of unit a table can go by; ``role`` is where its outlines come from."""

    id: str
    role: Role
    one: Text
    many: Text
    by: Text


UNIT_KINDS = (
    UnitKind(
        "neighbourhood", roles.NEIGHBOURHOODS, Text("Quartiere", "Neighbourhood"),
        Text("quartieri", "neighbourhoods"), Text("per quartiere", "by neighbourhood"),
    ),
    UnitKind("zone", roles.ZONING, Text("Zona", "Zone"), Text("zone", "zones"), Text("per zona di piano", "by zone")),
    UnitKind(
        "commune", roles.BOUNDARY, Text("Comune", "Municipality"),
        Text("comuni", "municipalities"), Text("per comune", "by municipality"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class UnitRows:
    """The units of the table with ``title`` and printed ``share``, most first; the ground in none of them is last."""

    kind: UnitKind
    frame: GeoDataFrame

    @property
    def named(self) -> GeoDataFrame:
        """The rows that are units."""
        return self.frame[~self.frame["is_rest"]]


@dataclass(frozen=True)
class Facts:
    """The written numbers of a run; ``years`` are those of the first and the last date, None where unknown."""

    subject: Subject
    written: Written
    communes: pd.DataFrame
    units: UnitRows | None
    years: tuple[int | None, int | None]

    def sum_ha(self, column: str) -> float:
        """Return a column of areas summed over the communes; 0 where the run has no such column."""
        return float(self.communes[column].sum()) / M2_A_HA if column in self.communes else 0.0

    def figure(self, figure_id: str) -> float | None:
        """Return a written figure, None where it has no value."""
        return self.written.figure(figure_id)

    @property
    def span(self) -> Text:
        """The years compared, «2017–2023», nothing where they are not known."""
        return same("–".join(str(year) for year in self.years)) if None not in self.years else same("")


def facts(subject: Subject, written: Written, years: tuple[int | None, int | None]) -> Facts:
    """Read what the run wrote about ``subject``."""
    communes = written.table("by_commune")
    assert communes is not None, "every run writes it"
    return Facts(subject, written, communes, _units(subject, written), years)


def unverified(shown: Facts) -> tuple[Text, ...]:
    """Return the labels of printed figures whose formula nobody has checked against its source."""
    figures = results.read_figures(shown.written.folder)
    printed = (shown.subject.area_id, shown.subject.share_id, shown.subject.new_id)
    told = [figures[each] for each in printed if each in figures and figures[each]["value"] is not None]
    return tuple(Text(str(each["label_it"]), str(each["label_en"])) for each in told if each.get("verified") is False)


def ha(area_ha: float) -> Text:
    """Return an area as every sheet prints it: whole ha from 10 on, else one decimal, two under a tenth."""
    size = round(abs(area_ha), 2)
    decimals = 0 if size >= 10 or size == 0 else 1 if size >= 0.1 else 2
    return number(area_ha, decimals)


def with_unit(area_ha: float) -> Text:
    """Return :func:`ha` with its unit."""
    return say("{n}\u202fha", "{n}\u202fha", n=ha(area_ha))


def percent(share: float) -> Text:
    """Return a share in percent with one decimal."""
    return say("{n}\u202f%", "{n}\u202f%", n=number(share, 1))


def _units(subject: Subject, written: Written) -> UnitRows | None:
    """Return neighbourhoods, else zones, else communes if there are several."""
    for kind in UNIT_KINDS:
        layer = written.layer(kind.id)
        if layer is not None and (kind.id != "commune" or len(layer) > 1):
            return UnitRows(kind, _in_order(layer, kind, f"{subject.column}_pct"))
    return None


def _in_order(layer: GeoDataFrame, kind: UnitKind, share: str) -> GeoDataFrame:
    """Return the rows by what is printed, so that equal shares stand in the order of their titles."""
    titles = [unit_title(kind, code, name) for code, name in zip(layer["code"], layer["name"], strict=True)]
    told = layer.assign(title=titles, share=layer[share].round(1), is_rest=layer["code"] == "")
    order = told.sort_values(["is_rest", "share", "title"], ascending=[True, False, True], kind="stable")
    return order.reset_index(drop=True)


def unit_title(kind: UnitKind, code: str, name: str) -> str:
    """Return what a row is called: a zone by code and name, another unit by its name."""
    return f"{code} {name}" if kind.id == "zone" and name not in ("", code) else name or code
