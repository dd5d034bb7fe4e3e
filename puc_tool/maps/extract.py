"""The page that ``puc-tool at --pdf`` writes: the place on the plan, what applies theme by theme, the sources."""

from __future__ import annotations

from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.place_readings import READINGS
from analyses.units import OUTSIDE
from analyses.what_applies import Found
from layers import crs as coordinate_systems
from layers import roles
from layers.problems import Problem
from layers.text import NOTHING, Lang, Text, listing, number, same, say
from puc_tool import what_applies
from puc_tool.maps import credentials
from puc_tool.maps.drawing import Picture, draw
from puc_tool.maps.frame import BAND_MM, BINDING_MM, GAP_MM, MARGIN_MM, Frame, Paper, frame_round, scale_words
from puc_tool.maps.layout import Layout
from puc_tool.maps.page import REGIONS, Page, as_json, look
from puc_tool.maps.sheet import Areas, Labels, Lines, MapContent, Marks
from puc_tool.maps.style import Fill, Lettering, Mark, Stroke
from puc_tool.maps.typeset import typeset_pages
from puc_tool.shelf import Shelf

TEMPLATE, CONTENT = "extract.typ", "extract.json"
MAP_MM = (168.0, 78.0)
_AROUND_A_POINT_M = 60.0
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_POINT = Mark("dot", "#0a626b", 3.0)
_ZONE, _ZONE_EDGE, _ZONE_NAME = Fill("#f0eee0"), Stroke("#85817b", 0.2), Lettering(size_pt=7.0, weight=500)
_HEADS = (Text("Tema", "Theme"), Text("Che cosa", "What"), Text("Superficie", "Area"), Text("Quota", "Share"))
_WORDS = {"none": Text("Nulla da:", "Nothing of:"), "sources": Text("Fonti.", "Sources.")}
_OVERLAPPING = {reading.role.id for reading in READINGS if reading.overlaps}


def extract(shelf: Shelf, place: shapely.Geometry, found: Found, lang: Lang, *, parcel: str = "") -> bytes:
    """Return the page as PDF/UA-1 (a second one where the rows need it); equal in, equal out."""
    frame = _frame(place, shelf)
    pictures = _pictures(place, shelf, frame, lang)
    page = {
        **_head(shelf, place, lang, parcel),
        "alt": _alt(found, frame),
        "map": {"width": MAP_MM[0], "height": MAP_MM[1], "words": _under_the_map(frame, shelf)},
        "pictures": [picture.name for picture in pictures],
        "heads": _HEADS if place.geom_type != "Point" else (*_HEADS[:2], NOTHING, NOTHING),
        "themes": [
            _theme(role, year, rows) for (role, year), rows in what_applies.by_theme(found) if not _is_none(rows)
        ],
        "none": _none(found),
        "remarks": [_remark(problem) for problem in found.problems],
        "sources": _sources(found),
    }
    files = {CONTENT: as_json(page, lang), **{picture.name: picture.content for picture in pictures}}
    return typeset_pages(TEMPLATE, files, shelf.study.day)


def _head(shelf: Shelf, place: shapely.Geometry, lang: Lang, parcel: str) -> Page:
    study = shelf.study
    where = what_applies.about(place)
    return {
        "lang": lang,
        "region": REGIONS[lang],
        "look": look(),
        "title": Text("Che cosa vale qui", "What applies here"),
        "place": say("Particella {p}. {w}", "Parcel {p}. {w}", p=parcel, w=where) if parcel else where,
        "day": study.day and [study.day.year, study.day.month, study.day.day],
        "stamp": Text("DATI DIMOSTRATIVI, senza valore legale", "DEMONSTRATION DATA, without legal value")
        if study.is_demonstration
        else NOTHING,
        "footer": study.named,
        "disclaimer": what_applies.DISCLAIMER,
        "words": _WORDS,
    }


def _frame(place: shapely.Geometry, shelf: Shelf) -> Frame:
    """Return the frame round the place, as if it stood on a sheet whose map has just this size."""
    column_mm = 0.0
    paper = Paper(
        MAP_MM[0] + BINDING_MM + MARGIN_MM + GAP_MM + column_mm + 2 * BAND_MM,
        MAP_MM[1] + 2 * MARGIN_MM + 2 * BAND_MM,
        column_mm,
    )
    return frame_round(_focus(place).bounds, shelf.study.crs, paper)


def _focus(place: shapely.Geometry) -> shapely.Geometry:
    return place.buffer(_AROUND_A_POINT_M) if place.geom_type == "Point" else place


def _pictures(place: shapely.Geometry, shelf: Shelf, frame: Frame, lang: Lang) -> tuple[Picture, ...]:
    layers: list[Any] = []
    zones = _zones(shelf, frame)
    if zones is not None and len(zones):
        ground = tuple(zones.geometry)
        names = tuple(same(word) for word in zones["zone"].fillna(""))
        layers = [Areas(ground, _ZONE), Lines(ground, _ZONE_EDGE), Labels(_within(zones, frame), names, _ZONE_NAME)]
    if place.geom_type == "Point":
        layers.append(Marks((place,), _POINT))
    content = MapContent(_focus(place), shelf.study.crs, tuple(layers))
    return draw(content, Layout(Paper(*MAP_MM, 0.0), frame, None, _NOWHERE), lang).pictures


def _zones(shelf: Shelf, frame: Frame) -> GeoDataFrame | None:
    """Return the zones of the latest plan that the frame shows, or None without a plan that can be read."""
    found = [intake.layer for intake in shelf.of_roles((roles.ZONING,)) if isinstance(intake.layer, GeoDataFrame)]
    if not found:
        return None
    return found[-1][found[-1].intersects(shapely.box(*frame.bounds))]


def _within(zones: GeoDataFrame, frame: Frame) -> tuple[shapely.Geometry, ...]:
    """Return what the frame shows of each zone, so that its name stands there."""
    return tuple(shapely.clip_by_rect(zones.geometry.to_numpy(), *frame.bounds))


def _under_the_map(frame: Frame, shelf: Shelf) -> Text:
    plan = shelf.study.of_role(roles.ZONING.id)
    base = say(" Zone: {c}.", " Zones: {c}.", c=credentials.named(plan[-1])) if plan else NOTHING
    crs = coordinate_systems.name_of(shelf.study.crs)
    return say("Scala {s}, {c}.{b}", "Scale {s}, {c}.{b}", s=scale_words(frame), c=crs, b=base)


def _alt(found: Found, frame: Frame) -> Text:
    rows = found.table.frame
    zones = rows["code"][(rows["role"] == roles.ZONING.id) & (rows["code"] != "")].unique().tolist()
    told = say("; zone: {z}", "; zones: {z}", z=listing(zones)) if zones else NOTHING
    return say("Mappa del luogo sulle zone del piano, in scala {s}{z}.", "Map of the place on the plan, scale {s}{z}.",
               s=scale_words(frame), z=told)  # fmt: skip


def _theme(role: str, year: int | None, rows: pd.DataFrame) -> Page:
    title = what_applies.theme_title(role, year)
    return {"title": title, "rows": [_row(row) for row in rows.to_dict("records")], "total": _total(role, rows)}


def _sources(found: Found) -> Text:
    """Return each theme's sources, those of one theme once."""
    told = [
        say("{t}: {s}", "{t}: {s}", t=what_applies.theme_title(role, year), s=listing(sources, most=3))
        for (role, year), rows in what_applies.by_theme(found)
        if (sources := [str(source).rstrip(".") for source in rows["source"].unique() if source])
    ]
    return Text("; ".join(each.it for each in told), "; ".join(each.en for each in told))


def _none(found: Found) -> Text:
    """Return the themes of which nothing applies."""
    titles = [
        what_applies.theme_title(role, year) for (role, year), rows in what_applies.by_theme(found) if _is_none(rows)
    ]
    return Text("; ".join(title.it for title in titles), "; ".join(title.en for title in titles))


def _is_none(rows: pd.DataFrame) -> bool:
    return bool((rows["name"] == OUTSIDE.it).all())


def _row(row: dict[str, Any]) -> Page:
    norm = what_applies.said_of(row, "norm")
    return {"title": what_applies.title(row), "norm": norm, "amount": what_applies.amount(row), "share": _share(row)}


def _share(row: dict[str, Any]) -> Text:
    is_line = not pd.isna(row["length_m"])
    return NOTHING if is_line or pd.isna(row["pct"]) else say("{p} %", "{p} %", p=number(row["pct"], 2))


def _total(role: str, rows: pd.DataFrame) -> list[Text] | None:
    """Return the sum, where rows do not overlap: it is the place."""
    if role in _OVERLAPPING or rows["area_m2"].isna().any() or len(rows) < 2:
        return None
    area, share = float(rows["area_m2"].sum()), float(rows["pct"].sum())
    return [
        Text("Totale", "Total"),
        say("{n} m²", "{n} m²", n=number(area, 1)),
        say("{p} %", "{p} %", p=number(share, 2)),
    ]


def _remark(problem: Problem) -> Page:
    return {"where": say("{w}:", "{w}:", w=problem.where), "message": problem.message}
