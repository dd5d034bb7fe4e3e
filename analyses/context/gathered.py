"""Every constraint and resource on the ground of a study: those brought, and the strips drawn where none is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.attributes import first_said, words
from analyses.constraint_kinds import KINDS
from analyses.overlay import polygonal
from analyses.strips import Strip, drawn
from layers.problems import Problem, Severity
from layers.text import Text, number, say
from layers.union import ground_of


def gathered(
    constraints: GeoDataFrame | None, strips: tuple[Strip, ...], boundary: GeoDataFrame, ground: shapely.Geometry
) -> tuple[GeoDataFrame, list[Problem]]:
    """Return one row for each kind and name on the ground, brought or drawn, in the code list's order of kinds."""
    given = _given(constraints, ground)
    found = list(drawn(strips, frozenset(given["kind"]), ground))
    made = pd.DataFrame(
        {
            "kind": [strip.kind for strip, _ in found],
            "name": [KINDS[strip.kind].label.it for strip, _ in found],
            "norm": [KINDS[strip.kind].norm.it for strip, _ in found],
            "is_drawn": True,
        }
    )
    frame = pd.concat([pd.DataFrame(given.drop(columns="geometry")), made], ignore_index=True)
    geometry = np.array([*given.geometry, *(place for _, place in found)], dtype=object)
    whole = GeoDataFrame(frame.assign(**measures(geometry)), geometry=geometry, crs=boundary.crs)
    order = whole["kind"].map({kind: place for place, kind in enumerate(KINDS)}).fillna(len(KINDS))
    return whole.iloc[np.argsort(order, kind="stable")].reset_index(drop=True), [
        _drawn_told(strip) for strip, _ in found
    ]


def _given(constraints: GeoDataFrame | None, ground: shapely.Geometry) -> GeoDataFrame:
    """Return the constraints brought, those of one kind and name together, cut to the ground."""
    columns = ["kind", "name", "norm", "is_drawn"]
    if constraints is None:
        return GeoDataFrame({name: [] for name in columns}, geometry=[])
    kind = words(constraints, "kind")
    name = first_said(words(constraints, "name"), kind.map(_label))
    norm = first_said(words(constraints, "norm"), kind.map(_norm))
    named = GeoDataFrame({"kind": kind, "name": name, "norm": norm}, geometry=constraints.geometry)
    groups = [(key, _on(ground, part.geometry.to_numpy())) for key, part in named.groupby(columns[:3], sort=True)]
    there = [(key, place) for key, place in groups if not place.is_empty]
    frame = pd.DataFrame([key for key, _ in there], columns=columns[:3], dtype=object).assign(is_drawn=False)
    return GeoDataFrame(frame, geometry=[place for _, place in there], crs=constraints.crs)


def _on(ground: shapely.Geometry, parts: np.ndarray) -> shapely.Geometry:
    """Return what of ``parts`` lies on ``ground``: of polygons ground alone, not the edges in which they touch it."""
    together = united(parts)
    cut = shapely.intersection(together, ground)
    return polygonal(np.array([cut], dtype=object))[0] if shapely.get_dimensions(together) == 2 else cut


def united(parts: np.ndarray) -> shapely.Geometry:
    """Return the ground under ``parts``, or what they are together where some are lines or points."""
    is_ground = bool((shapely.get_dimensions(parts) == 2).all())
    return ground_of(parts) if is_ground else shapely.union_all(parts)


def _label(kind: str) -> str:
    return KINDS[kind].label.it if kind in KINDS else kind


def _norm(kind: str) -> str:
    return KINDS[kind].norm.it if kind in KINDS else ""


def measures(geometry: np.ndarray) -> dict[str, np.ndarray]:
    """Return m² of ground, m of lines, and how many points; a mixed constraint has more than one."""
    parts, owner = shapely.get_parts(geometry, return_index=True)
    # Nothing at all is an empty point, which has a point's dimension.
    dimension = np.where(shapely.is_empty(parts), -1, shapely.get_dimensions(parts))
    count = len(geometry)
    return {
        "area_m2": np.bincount(owner, np.where(dimension == 2, shapely.area(parts), 0.0), count),
        "length_m": np.bincount(owner, np.where(dimension == 1, shapely.length(parts), 0.0), count),
        "points": np.bincount(owner, dimension == 0, count).astype(np.int64),
    }


def _drawn_told(strip: Strip) -> Problem:
    return Problem(
        "strip-drawn",
        KINDS[strip.kind].label,
        say("lo studio non la fornisce: è disegnata a {m} m.", "the study does not bring it: it is drawn {m} m wide.",
            m=number(strip.width_m)),
        Text("Le deroghe di legge non sono considerate.", "What the law exempts is not taken into account."),
        Text("Se l'ufficio ha la fascia vera, aggiungerla ai vincoli.", "If the office has the true strip, add it."),
        Severity.INFO,
    )  # fmt: skip
