"""What binds the ground and what enriches it: landscape, strips, noise, military areas; parks, paths, forts, bathing.

The city programme asks for the protection of the hills, the paths, the hill forts, the parks network, the bathing
water (La Spezia 20.20, slides 10, 11 and 14). Kinds, effects and norms: ``constraint_kinds.csv``.

Method: each constraint is measured on the ground of the study and in every neighbourhood (planar, GEOS); constraints of
one kind and name are one. Different constraints may lie on each other: each counts in full, and the ground under
at least one that binds is given apart, so that nothing needs to be added up.
"""

from __future__ import annotations

from dataclasses import dataclass

from geopandas import GeoDataFrame

from analyses.analysis import Analysis, Population
from analyses.context import sums
from analyses.context.gathered import gathered
from analyses.context.tables import BY_KIND, BY_NEIGHBOURHOOD, CONTEXT, FIGURES
from analyses.params import param
from analyses.progress import Report, silent
from analyses.result import Result, Table
from analyses.strips import Strip, running_water
from analyses.territory import TERRITORY_HA
from analyses.units import communes, units
from layers import roles
from layers.text import Text
from layers.union import union_of_parts

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
    everything, said = gathered(constraints, strips, boundary, ground)
    where = communes(boundary) if neighbourhoods is None else units("neighbourhood", neighbourhoods, ground)
    rows = sums.by_unit_and_kind(everything, where, report)
    by_unit = sums.by_unit(everything, rows, where)
    tables = (Table(BY_NEIGHBOURHOOD, by_unit), Table(CONTEXT, rows), Table(BY_KIND, sums.by_kind(everything)))
    layers = {where.id: GeoDataFrame(by_unit, geometry=where.frame.geometry.to_numpy(), crs=boundary.crs)}
    layers |= {"constraints": everything} if len(everything) else {}
    return Result(sums.figures(everything, ground), tables, layers, (*where.problems, *said))


CONTEXT_ANALYSIS = Analysis(
    id="context",
    title=Text("Vincoli e risorse", "Constraints and resources"),
    about=Text(
        "Che cosa vincola il territorio e che cosa lo arricchisce, quartiere per quartiere.",
        "What binds the ground and what enriches it, neighbourhood by neighbourhood.",
    ),
    method=Text(
        "I vincoli che limitano le trasformazioni sono uniti, così che ogni metro quadro conti una volta, "
        "e ritagliati sul confine. Parchi, sentieri e forti sono contati come stanno nei dati dello "
        "studio.",
        "The constraints that limit transformation are united, so that every square metre counts once, and "
        "cut to the boundary. Parks, paths and forts are counted as they stand in the study's data.",
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
    operands=(TERRITORY_HA,),
)
