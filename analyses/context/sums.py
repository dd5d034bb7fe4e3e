"""Constraints and resources measured in every unit, by kind, and over the whole ground."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.constraint_kinds import KINDS, RESOURCE
from analyses.context.gathered import measures, united
from analyses.context.tables import BY_KIND, CONTEXT, FIGURES
from analyses.progress import Report, tracked
from analyses.result import Figure
from analyses.units import Units
from layers.text import Text
from layers.union import ground_of

MEASURING = Text("Vincoli e risorse nei quartieri", "Constraints and resources in the neighbourhoods")
_NOISE_M2, _NOISE_M = 0.01, 0.01
_M2_A_HA, _M_A_KM = 10_000.0, 1_000.0


def by_unit_and_kind(everything: GeoDataFrame, where: Units, report: Report) -> pd.DataFrame:
    """Return the rows of every unit with something in them, units in their order."""
    grounds = where.frame.geometry.to_numpy()
    frames = [
        _in_unit(everything, grounds[row]).assign(
            code=where.frame["code"].iloc[row], neighbourhood=where.frame["name"].iloc[row]
        )
        for row in tracked(range(len(grounds)), report, MEASURING)
    ]
    columns = [column.id for column in CONTEXT.columns]
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def _in_unit(everything: GeoDataFrame, ground: shapely.Geometry) -> pd.DataFrame:
    cut = shapely.intersection(everything.geometry.to_numpy(), ground)
    measured = pd.DataFrame(everything[["kind", "name", "norm", "is_drawn"]]).assign(**measures(cut))
    ours = _with_dimension(measured, everything.geometry.to_numpy())
    there = (ours["area_m2"] > _NOISE_M2) | (ours["length_m"] > _NOISE_M) | (ours["points"] > 0)
    return (
        ours[there].replace({"is_drawn": {True: "calcolata", False: "fornita"}}).rename(columns={"is_drawn": "origin"})
    )


def _with_dimension(measured: pd.DataFrame, whole: np.ndarray) -> pd.DataFrame:
    """Return the measures without the edges and corners in which a constraint only touches a unit."""
    dimension = shapely.get_dimensions(whole)
    return measured.assign(
        length_m=np.where(dimension == 2, 0.0, measured["length_m"]),
        points=np.where(dimension > 0, 0, measured["points"]),
    )


def by_unit(everything: GeoDataFrame, rows: pd.DataFrame, where: Units) -> pd.DataFrame:
    """Return, for each unit, the ground under at least one constraint that binds, and its resources."""
    grounds = where.frame.geometry.to_numpy()
    bound_m2 = shapely.area(shapely.intersection(grounds, _together(everything, _binding(everything))))
    frame = pd.DataFrame(where.frame[["code", "name"]]).assign(area_m2=shapely.area(grounds), constrained_m2=bound_m2)
    share = np.divide(bound_m2, frame["area_m2"], out=np.zeros_like(bound_m2), where=frame["area_m2"].to_numpy() > 0)
    keys = pd.MultiIndex.from_frame(frame[["code", "name"]])
    sums = rows.groupby(["kind", "code", "neighbourhood"])[["area_m2", "length_m", "points"]].sum()

    def of(kind: str, column: str) -> np.ndarray:
        found = sums[column].get(kind, pd.Series(dtype=float))
        return found.reindex(keys).fillna(0).to_numpy(float) if len(found) else np.zeros(len(frame))

    return frame.assign(
        constrained_pct=100.0 * share,
        parks_m2=of("park", "area_m2"),
        paths_m=of("path", "length_m"),
        forts=of("fort", "points").astype(np.int64),
    )


def by_kind(everything: GeoDataFrame) -> pd.DataFrame:
    """Return a row for each kind, what lies on each other counted once: m², m, points."""
    rows = []
    for kind, part in everything.groupby("kind", sort=False):
        together = measures(np.array([united(part.geometry.to_numpy())], dtype=object))
        known = KINDS.get(str(kind))
        rows.append(
            {
                "kind": kind,
                "label": known.label.it if known else kind,
                "effect": known.effect.it if known else "",
                "count": len(part),
                **{name: values[0] for name, values in together.items()},
                "norm": known.norm.it if known else "",
            }
        )
    return pd.DataFrame(rows, columns=[column.id for column in BY_KIND.columns])


def figures(everything: GeoDataFrame, ground: shapely.Geometry) -> tuple[Figure, ...]:
    """Return the ground that something binds (ha and % of ``ground``), and what enriches it."""
    binding_m2 = float(shapely.area(_together(everything, _binding(everything))))
    values = {
        "constrained_ha": binding_m2 / _M2_A_HA,
        "constrained_pct": 100.0 * binding_m2 / float(shapely.area(ground)),
        "parks_ha": float(shapely.area(_together(everything, _is_kind(everything, "park")))) / _M2_A_HA,
        "paths_km": float(everything["length_m"][everything["kind"] == "path"].sum()) / _M_A_KM,
        "forts": float((everything["kind"] == "fort").sum()),
    }
    return tuple(Figure(spec, values[spec.id]) for spec in FIGURES)


def _binding(everything: GeoDataFrame) -> np.ndarray:
    """Tell of each constraint whether it has ground and binds it: resources do not."""
    resources = [kind for kind, known in KINDS.items() if known.effect == RESOURCE]
    flat = shapely.get_dimensions(everything.geometry.to_numpy()) == 2
    return flat & ~everything["kind"].isin(resources).to_numpy()


def _is_kind(everything: GeoDataFrame, kind: str) -> np.ndarray:
    return (everything["kind"] == kind).to_numpy()


def _together(everything: GeoDataFrame, chosen: np.ndarray) -> shapely.Geometry:
    return ground_of(everything.geometry.to_numpy()[chosen])
