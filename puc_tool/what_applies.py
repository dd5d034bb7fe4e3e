"""What applies at a place of a study: the study's layers asked, and the answer in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.place_readings import ROLES, Asked
from analyses.progress import Report, part_of, silent, tracked
from analyses.what_applies import APPLIES, Found, what_applies
from layers import roles
from layers.intake import Intake
from layers.problems import Problem, PucError, Severity, errors, refuse_if_any
from layers.text import NOTHING, Text, joined, number, same, say
from puc_tool.shelf import Shelf

DISCLAIMER = Text(
    "Estratto dei dati dello studio: non è un certificato di destinazione urbanistica e non sostituisce gli elaborati"
    " ufficiali.",
    "An extract of the study's data: it is no planning certificate and does not replace the official documents.",
)
_COLUMNS = {column.id: column for column in APPLIES.columns}
_READING = Text("Leggo i livelli", "Reading the layers")


def ask(shelf: Shelf, place: shapely.Geometry, report: Report = silent) -> Found:
    """Return what applies at ``place`` (in the study's CRS), and every problem of the layers asked.

    A layer that can't be read is left out, and said so. Raises PucError: no boundary, or a place that lies elsewhere.
    """
    refs = [ref for role in ROLES for ref in shelf.study.of_role(role.id)]
    intakes = [shelf.intake(ref) for ref in tracked(refs, part_of(report, 0.0, 0.8), _READING)]
    boundary = shelf.ground().boundary
    if boundary is None:
        raise PucError(*_without_boundary(shelf))
    layers = [_asked(intake) for intake in intakes if intake.layer is not None]
    found = what_applies(place, boundary, layers, report=part_of(report, 0.8, 1.0))
    refuse_if_any(found.problems)
    return Found(found.table, found.pieces, (*_left_out(intakes), *found.problems, *_not_read(intakes)))


def items(found: Found) -> list[Mapping[str, object]]:
    """Return the rows as the contract's ``items``: null where a row has no such thing."""
    frame = found.table.frame.astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


def sentences(found: Found, place: shapely.Geometry) -> Iterator[Text]:
    """Yield the answer for people: the place, then each theme with its rows."""
    yield about(place)
    for (role, year), rows in by_theme(found):
        yield theme_title(role, year)
        yield from (say("    {w}", "    {w}", w=_row(row)) for row in rows.to_dict("records"))
    yield DISCLAIMER


def by_theme(found: Found) -> Iterator[tuple[tuple[str, int | None], pd.DataFrame]]:
    """Yield role and year of each layer with its rows, in the order of the study's themes."""
    frame = found.table.frame
    years = frame["year"].map(lambda year: -1 if pd.isna(year) else int(year))
    for (role, year), rows in frame.groupby([frame["role"], years], sort=False):
        yield (role, None if year < 0 else year), rows


def theme_title(role: str, year: int | None) -> Text:
    """Return what a theme is called, with its year where it has one."""
    return roles.BY_ID[role].title if year is None else say("{t} {y}", "{t} {y}", t=roles.BY_ID[role].title, y=year)


def amount(row: Mapping[str, Any]) -> Text:
    """Return the area, or the length of a line; nothing at a point."""
    if not pd.isna(row["length_m"]):
        return say("{n} m", "{n} m", n=number(row["length_m"], 1))
    return NOTHING if pd.isna(row["area_m2"]) else say("{n} m²", "{n} m²", n=number(row["area_m2"], 1))


def title(row: Mapping[str, Any]) -> Text:
    """Return code, name and class of one row, each once; the kind of a constraint is a word for scripts."""
    keys = ("name", "class") if row["role"] == roles.CONSTRAINTS.id else ("code", "name", "class")
    said = dict.fromkeys(said_of(row, key) for key in keys if row[key])
    return joined(said, " · ") or same("–")


def said_of(row: Mapping[str, Any], name: str) -> Text:
    """Return what the column ``name`` of one row says; nothing where it is empty."""
    return _COLUMNS[name].said(row[name] or "")


def _row(row: Mapping[str, Any]) -> Text:
    much, norm = amount(row), said_of(row, "norm")
    share = NOTHING if pd.isna(row["pct"]) or not pd.isna(row["length_m"]) else number(row["pct"], 2)
    with_share = say("{a}, {p} %", "{a}, {p} %", a=much, p=share) if share else much
    words = say("{t}: {a}", "{t}: {a}", t=title(row), a=with_share) if much else title(row)
    return say("{w} [{n}]", "{w} [{n}]", w=words, n=norm) if norm else words


def about(place: shapely.Geometry) -> Text:
    """Say where the place is and how large, in the study's CRS."""
    middle = shapely.point_on_surface(place)
    east, north = number(middle.x, 1), number(middle.y, 1)
    if place.geom_type == "Point":
        return say("Punto {e} E, {n} N.", "Point {e} E, {n} N.", e=east, n=north)
    return say("Luogo di {a} m², attorno a {e} E, {n} N.", "Place of {a} m², around {e} E, {n} N.",
               a=number(place.area, 1), e=east, n=north)  # fmt: skip


def _asked(intake: Intake) -> Asked:
    assert isinstance(intake.layer, GeoDataFrame), "no role asked takes a raster"
    ref = intake.ref
    return Asked(intake.role, intake.layer, ref.credit or PurePosixPath(ref.source).name, ref.year)


def _without_boundary(shelf: Shelf) -> list[Problem]:
    told = errors(shelf.problems((roles.BOUNDARY,)))
    return told or [
        Problem(
            "role-lacking",
            roles.BOUNDARY.title,
            Text("lo studio non ha un confine.", "the study has no boundary."),
            Text("Non si sa che cosa ne fa parte.", "What is part of it is not known."),
            Text("Aggiungerlo con «puc-tool add STUDIO boundary FILE».", "Add it: “puc-tool add STUDY boundary FILE”."),
        )
    ]


def _left_out(intakes: list[Intake]) -> Iterator[Problem]:
    for intake in intakes:
        if intake.layer is None:
            yield Problem(
                "applies-layer-left-out",
                intake.role.title,
                Text("il livello ha errori e non è stato interrogato.", "the layer has errors and was not asked."),
                Text("Che cosa ne vale qui non si sa.", "What of it applies here is not known."),
                Text("Vedere «puc-tool check».", "See “puc-tool check”."),
                Severity.WARNING,
            )


def _not_read(intakes: list[Intake]) -> Iterator[Problem]:
    """Yield why layers were left out, as warnings: the answer holds for the others."""
    for intake in intakes:
        for problem in errors(intake.problems):
            yield Problem(
                problem.code, problem.where, problem.message, problem.effect, problem.remedy, Severity.WARNING
            )
