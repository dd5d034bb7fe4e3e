"""Where urban gardens can go, why there and not elsewhere, and how firmly the ranking stands.

Method: criteria scored from 0 to 1 on one grid (``gardens.criteria``), combined by weighted sum or ordered weights
(Malczewski 1999, 2006); vetoes exclude whatever the score, each with its source; sites are ranked by the mean score of
their ground. What misses a criterion has bounds, the score with 0 and with 1 in the gap, and is never filled.
Source: McClintock, Cooper & Khandeshi 2013, doi:10.1016/j.landurbplan.2012.12.009; *Campagna Urbana* (2013).
"""

from __future__ import annotations

from geopandas import GeoDataFrame

from analyses.analysis import Analysis, Edition, Population
from analyses.gardens import checks
from analyses.gardens.answers import answer
from analyses.gardens.live import opened
from analyses.gardens.params import UNTOUCHED, GardenParams
from analyses.gardens.tables import FIGURES, TABLES
from analyses.gardens.weighing import weighing_of
from analyses.live import Live
from analyses.progress import Report, part_of, silent
from analyses.result import Result
from layers import roles
from layers.raster import Raster
from layers.text import Text


def garden_suitability(
    *,
    boundary: GeoDataFrame,
    elevation: Raster | None = None,
    land_use: tuple[Edition[GeoDataFrame], ...] = (),
    soil_consumption: tuple[Edition[Raster], ...] = (),
    public_land: GeoDataFrame | None = None,
    parcels: GeoDataFrame | None = None,
    contaminated_sites: GeoDataFrame | None = None,
    constraints: GeoDataFrame | None = None,
    streets: GeoDataFrame | None = None,
    railways: GeoDataFrame | None = None,
    water_points: GeoDataFrame | None = None,
    census: tuple[Edition[GeoDataFrame], ...] = (),
    neighbourhoods: GeoDataFrame | None = None,
    buildings: GeoDataFrame | None = None,
    landslide_hazard: GeoDataFrame | None = None,
    flood_hazard: GeoDataFrame | None = None,
    population: Population | None = None,
    params: GardenParams = UNTOUCHED,
    report: Report = silent,
) -> Result:
    """Tell suitable ground from excluded, and rank the sites on it.

    Parameters
    ----------
    boundary : communes, polygons in a metric CRS; every vector layer is in the same
    elevation, soil_consumption : rasters in any CRS; of dated layers the latest counts, here and below
    land_use, constraints, buildings, contaminated_sites : what excludes
    public_land, parcels : what sites are looked for on, public land first; without either, connected ground
    streets, railways, water_points, landslide_hazard, flood_hazard : what the criteria look at
    census, neighbourhoods : residents; the neighbourhoods' where there is no census
    population : not used: people are needed where they live
    params : criteria, weights and the rest
    report : told the share done; may raise Cancelled

    Returns
    -------
    Result
        The four areas add up to the boundary. ``layers["sites"]`` are the sites, ``layers["scenario_sites"]`` those
        of every scenario side by side. ``rasters`` hold the least and the
        largest score of each cell, its status (1 suitable, 2 excluded, 3 unsuitable, 4 undecided), causes (bits, in
        the order of the table), with several weight sets consensus and disagreement, and in which share of the draws
        it is suitable.
    """
    inputs = {
        "boundary": boundary, "elevation": elevation, "land_use": land_use, "soil_consumption": soil_consumption,
        "public_land": public_land, "parcels": parcels, "contaminated_sites": contaminated_sites,
        "constraints": constraints, "streets": streets, "railways": railways, "water_points": water_points,
        "census": census, "neighbourhoods": neighbourhoods, "buildings": buildings,
        "landslide_hazard": landslide_hazard, "flood_hazard": flood_hazard,
    }  # fmt: skip
    return answer(weighing_of(inputs, params, part_of(report, 0.0, 0.6)), part_of(report, 0.6, 1.0))


GARDEN_SUITABILITY = Analysis(
    id="garden-suitability",
    title=Text("Idoneità agli orti urbani", "Suitability for urban gardens"),
    about=Text(
        "Dove possono stare orti urbani e Campagna Urbana, perché lì, e quanto tiene la graduatoria.",
        "Where urban gardens can go, why there, and how firmly the ranking stands.",
    ),
    method=Text(
        "Ogni criterio (pendenza, sole, proprietà, acqua, distanze) dà un punteggio da 0 a 1 su una "
        "griglia comune; i punteggi si sommano con i pesi dichiarati. I divieti escludono qualunque sia il "
        "punteggio, ciascuno con la sua fonte. Dove manca un dato il punteggio ha un minimo e un massimo, "
        "e non è mai inventato. Fonti: McClintock e altri 2013; Malczewski 1999 e 2006; Campagna Urbana "
        "2013.",
        "Every criterion (slope, sun, ownership, water, distances) gives a score from 0 to 1 on one grid; "
        "scores are summed with the declared weights. Vetoes exclude whatever the score, each with its "
        "source. Where a datum is missing the score has a lowest and a highest value and is never made up. "
        "Sources: McClintock et al. 2013; Malczewski 1999 and 2006; Campagna Urbana 2013.",
    ),
    inputs=(
        roles.BOUNDARY,
        roles.ELEVATION,
        roles.LAND_USE,
        roles.SOIL_CONSUMPTION,
        roles.PUBLIC_LAND,
        roles.PARCELS,
        roles.CONTAMINATED_SITES,
        roles.CONSTRAINTS,
        roles.STREETS,
        roles.RAILWAYS,
        roles.WATER_POINTS,
        roles.CENSUS,
        roles.NEIGHBOURHOODS,
        roles.BUILDINGS,
        roles.LANDSLIDE_HAZARD,
        roles.FLOOD_HAZARD,
    ),
    needs=((roles.BOUNDARY,), (roles.ELEVATION, roles.LAND_USE)),
    params=GardenParams,
    run=garden_suitability,
    figures=FIGURES,
    tables=TABLES,
    problems=checks.problems,
    live=Live(opened),
    headlines=("suitable_m2", "sites", "excluded_m2", "no_data_m2"),
)
