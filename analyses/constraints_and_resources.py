"""What binds the ground and what enriches it: landscape, strips, noise, military areas; parks, paths, forts, bathing.

The city programme asks for the protection of the hills, the paths, the hill forts, the parks network, the bathing
water (La Spezia 20.20, slides 10, 11 and 14). Kinds, effects and norms: ``constraint_kinds.csv``.

Method: each constraint is measured on the ground of the study and in every neighbourhood (planar, GEOS); constraints of
one kind and name are one. Different constraints may lie on each other: each counts in full, and the ground under
at least one that binds is given apart, so that nothing needs to be added up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Analysis, Population
from analyses.attributes import first_said, words
from analyses.constraint_kinds import KINDS, RESOURCE
from analyses.context_tables import BY_KIND, BY_NEIGHBOURHOOD, CONTEXT, FIGURES
from analyses.overlay import polygonal
from analyses.params import param
from analyses.progress import Report, silent, tracked
from analyses.result import Figure, Result, Table
from analyses.strips import Strip, drawn, running_water
from analyses.units import Units, communes, units
from layers import roles
from layers.problems import Problem, Severity
from layers.text import Text, number, say
from layers.union import ground_of, union_of_parts

MEASURING = Text("Vincoli e risorse nei quartieri", "Constraints and resources in the neighbourhoods")
_NOISE_M2, _NOISE_M = 0.01, 0.01
_M2_A_HA, _M_A_KM = 10_000.0, 1_000.0
_WIDEST_M = 5_000.0


@dataclass(frozen=True)
class ContextParams:
    """How wide the strips are that are drawn where the study does not bring them; 0 draws none."""

    coast_strip_m: float = param(
        300.0, Text("Fascia costiera", "Coastal strip"), unit="m", low=0, high=_WIDEST_M, is_verified=False,
        help=Text("D.Lgs 42/2004 art. 142 c. 1 a.", "D.Lgs 42/2004 art. 142 c. 1 a."),
    )  # fmt: skip
    river_strip_m: float = param(
        150.0, Text("Fascia paesaggistica dei corsi d'acqua", "Landscape strip of rivers"), unit="m", low=0,
        high=_WIDEST_M, is_verified=False,
        help=Text("D.Lgs 42/2004 art. 142 c. 1 c.", "D.Lgs 42/2004 art. 142 c. 1 c."),
    )  # fmt: skip
    river_buffer_m: float = param(
        10.0, Text("Fascia di rispetto dei corsi d'acqua", "River buffer"), unit="m", low=0, high=_WIDEST_M,
        is_verified=False, help=Text("R.D. 523/1904 art. 96.", "R.D. 523/1904 art. 96."),
    )  # fmt: skip
    railway_buffer_m: float = param(
        30.0, Text("Fascia di rispetto ferroviaria", "Railway buffer"), unit="m", low=0, high=_WIDEST_M,
        is_verified=False, help=Text("D.P.R. 753/1980 art. 49.", "D.P.R. 753/1980 art. 49."),
    )  # fmt: skip


def constraints_and_resources(
    *,
    boundary: GeoDataFrame,
    constraints: GeoDataFrame | None = None,
    neighbourhoods: GeoDataFrame | None = None,
    coastline: GeoDataFrame | None = None,
    hydrography: GeoDataFrame | None = None,
    railways: GeoDataFrame | None = None,
    population: Population | None = None,
    params: ContextParams = ContextParams(),
    report: Report = silent,
) -> Result:
    """Measure every constraint and resource in each neighbourhood.

    Parameters
    ----------
    boundary : communes (name, code), polygons in a metric CRS; every other layer is in the same
    constraints : points, lines and polygons with ``kind``, and perhaps name, source and norm
    neighbourhoods : units; without them the communes
    coastline, hydrography, railways : lines along which strips are drawn where ``constraints`` has none of their kind
    population : not used
    params : widths of the strips (m)
    report : told the share done; may raise Cancelled

    Returns
    -------
    Result
        ``context``: m², m or a count for each neighbourhood, kind and name; over the neighbourhoods they add up to
        what ``by_kind`` says of names that do not lie on each other. ``by_neighbourhood``: the ground under at least
        one constraint, counted once. Layers ``constraints`` (as measured) and the units.
    """
    ground = union_of_parts(boundary.geometry.to_numpy())
    strips = (
        Strip("coast_300", params.coast_strip_m, coastline),
        Strip("river_150", params.river_strip_m, running_water(hydrography)),
        Strip("river_10", params.river_buffer_m, running_water(hydrography)),
        Strip("railway_30", params.railway_buffer_m, railways),
    )
    everything, said = _everything(constraints, strips, boundary, ground)
    where = (
        communes(boundary) if neighbourhoods is None else units("neighbourhood", neighbourhoods, ground, "code", "name")
    )
    rows = _context(everything, where, report)
    by_unit = _by_unit(everything, rows, where)
    tables = (Table(BY_NEIGHBOURHOOD, by_unit), Table(CONTEXT, rows), Table(BY_KIND, _by_kind(everything)))
    layers = {where.id: GeoDataFrame(by_unit, geometry=where.frame.geometry.to_numpy(), crs=boundary.crs)}
    layers |= {"constraints": everything} if len(everything) else {}
    return Result(_figures(everything, ground), tables, layers, (*where.problems, *said))


def _everything(
    constraints: GeoDataFrame | None, strips: tuple[Strip, ...], boundary: GeoDataFrame, ground: shapely.Geometry
) -> tuple[GeoDataFrame, list[Problem]]:
    """Return one row for each kind and name on the ground, brought or drawn, in the code list's order of kinds."""
    given = _given(constraints, ground)
    found = list(drawn(strips, frozenset(given["kind"]), ground))
    made = pd.DataFrame(
        {
            "kind": [strip.kind for strip, _ in found],
            "name": [KINDS[strip.kind].label.it for strip, _ in found],
            "norm": [KINDS[strip.kind].norm for strip, _ in found],
            "is_drawn": True,
        }
    )
    frame = pd.concat([pd.DataFrame(given.drop(columns="geometry")), made], ignore_index=True)
    geometry = np.array([*given.geometry, *(place for _, place in found)], dtype=object)
    whole = GeoDataFrame(frame.assign(**_measures(geometry)), geometry=geometry, crs=boundary.crs)
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
    together = _united(parts)
    cut = shapely.intersection(together, ground)
    return polygonal(np.array([cut], dtype=object))[0] if shapely.get_dimensions(together) == 2 else cut


def _united(parts: np.ndarray) -> shapely.Geometry:
    is_ground = bool((shapely.get_dimensions(parts) == 2).all())
    return ground_of(parts) if is_ground else shapely.union_all(parts)


def _label(kind: str) -> str:
    return KINDS[kind].label.it if kind in KINDS else kind


def _norm(kind: str) -> str:
    return KINDS[kind].norm if kind in KINDS else ""


def _measures(geometry: np.ndarray) -> dict[str, np.ndarray]:
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


def _context(everything: GeoDataFrame, where: Units, report: Report) -> pd.DataFrame:
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
    measured = pd.DataFrame(everything[["kind", "name", "norm", "is_drawn"]]).assign(**_measures(cut))
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


def _by_unit(everything: GeoDataFrame, rows: pd.DataFrame, where: Units) -> pd.DataFrame:
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


def _by_kind(everything: GeoDataFrame) -> pd.DataFrame:
    rows = []
    for kind, part in everything.groupby("kind", sort=False):
        together = _measures(np.array([_united(part.geometry.to_numpy())], dtype=object))
        known = KINDS.get(str(kind))
        rows.append(
            {
                "kind": kind,
                "label": known.label.it if known else kind,
                "effect": known.effect.it if known else "",
                "count": len(part),
                **{name: values[0] for name, values in together.items()},
                "norm": known.norm if known else "",
            }
        )
    return pd.DataFrame(rows, columns=[column.id for column in BY_KIND.columns])


def _figures(everything: GeoDataFrame, ground: shapely.Geometry) -> tuple[Figure, ...]:
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


CONTEXT_ANALYSIS = Analysis(
    id="context",
    title=Text("Vincoli e risorse", "Constraints and resources"),
    about=Text(
        "Che cosa vincola il territorio e che cosa lo arricchisce, quartiere per quartiere.",
        "What binds the ground and what enriches it, neighbourhood by neighbourhood.",
    ),
    inputs=(
        roles.BOUNDARY,
        roles.CONSTRAINTS,
        roles.NEIGHBOURHOODS,
        roles.COASTLINE,
        roles.HYDROGRAPHY,
        roles.RAILWAYS,
    ),
    needs=((roles.BOUNDARY,), (roles.CONSTRAINTS, roles.COASTLINE, roles.HYDROGRAPHY, roles.RAILWAYS)),
    params=ContextParams,
    run=constraints_and_resources,
    figures=FIGURES,
    tables=(BY_NEIGHBOURHOOD, CONTEXT, BY_KIND),
    headlines=("constrained_ha", "constrained_pct", "paths_km", "parks_ha"),
)
