"""Every real dataset with an obvious role is given it, and what has none stays a question."""

from __future__ import annotations

import pytest

from layers.formats.raster import open_raster
from layers.formats.vector import look, tables
from layers.problems import PucError
from layers.recognise import SURE, guesses, is_clear
from layers.source import locate
from layers.subject import of_raster, of_table

OSM = ("streets", "buildings", "services", "green", "railways", "hydrography")

CLEAR = {
    ("admin/bari_confine_comunale.geojson", "confine_comunale"): "boundary",
    ("laspezia_clip.gpkg", "comune_laspezia"): "boundary",
    ("laspezia_clip.gpkg", "farmacie"): "services",
    ("services/bari_circoscrizioni.geojson", "circoscrizioni"): "neighbourhoods",
    ("services/bari_localita.geojson", "localita"): "neighbourhoods",
    ("services/bari_municipi.geojson", "municipi"): "neighbourhoods",
    ("services/bari_quartieri.geojson", "quartieri"): "neighbourhoods",
    ("services/bolzano_circoscrizioni.gpkg", "neighborhoods"): "neighbourhoods",
    ("services/milano_ace_censimento_2011.geojson", "milano_ace_censimento_2011"): "census",
    ("services/piemonte_osm_libraries.geojson", "piemonte_osm_libraries"): "services",
    ("services/piemonte_osm_marketplaces.geojson", "piemonte_osm_marketplaces"): "services",
    ("services/piemonte_osm_postoffices.geojson", "piemonte_osm_postoffices"): "services",
    ("services/prato_gtfs_2016.zip", "stops"): "services",
    ("landuse_dem/N43E007.hgt.zip", None): "elevation",
    ("landuse_dem/trento_povo_dtm_1m.tif", None): "elevation",
    ("osm_network/bubenec.gpkg", "buildings"): "buildings",
    ("osm_network/bubenec.gpkg", "streets"): "streets",
    ("osm_network/bubenec.gpkg", "plots"): "parcels",
    ("zoning/plu_41175_ZONE_URBA.shp", "plu_41175_ZONE_URBA"): "zoning",
    ("zoning/plui_200011781_ZONE_URBA.shp", "plui_200011781_ZONE_URBA"): "zoning",
    ("zoning/plu_41175_PRESCRIPTION_SURF.shp", "plu_41175_PRESCRIPTION_SURF"): "constraints",
    ("zoning/plu_41175_PRESCRIPTION_LIN.shp", "plu_41175_PRESCRIPTION_LIN"): "constraints",
    ("zoning/plu_41175_PRESCRIPTION_PCT.shp", "plu_41175_PRESCRIPTION_PCT"): "constraints",
    **{("osm_network/monaco.osm.gz", name): name for name in OSM},
    **{("osm_network/rome_center.osm.pbf", name): name for name in OSM},
}

# All communes of a province or around: a boundary has to be chosen among them.
LIKELY = {
    ("admin/liguria_comuni_2023.geojson", "liguria_comuni_2023"): "boundary",
    ("admin/liguria_comuni_2023.topo.json", "comuni"): "boundary",
    ("admin/provincia_laspezia_comuni_2023.geojson", "provincia_laspezia_comuni_2023"): "boundary",
    ("services/torino_provincia_comuni_2023.geojson", "torino_provincia_comuni_2023"): "boundary",
    ("laspezia_clip.gpkg", "comuni_confinanti"): "boundary",
    ("laspezia_clip.gpkg", "comuni_clip_bbox"): "boundary",
    # Cycle tracks alone are part of the streets.
    ("osm_network/prato_ciclabili.geojson", "prato_ciclabili"): "streets",
}

# Points of what wants polygons, tables without a place, trees, house numbers, French risk plans, made-up cells.
UNCLEAR = (
    ("admin/clc2018_urban_fabric_points_liguria.geojson", "clc2018_urban_fabric_points_liguria"),
    ("admin/istat_localita_capoluogo_2011_liguria.geojson", "istat_localita_capoluogo_2011_liguria"),
    ("admin/popolazione_2023_eta_sesso_liguria.csv", "popolazione_2023_eta_sesso_liguria"),
    ("admin/quartieri_laspezia_punti.geojson", "quartieri_laspezia_punti"),
    ("risk/ispra_idrogeo_comuni_liguria_2021.csv", "ispra_idrogeo_comuni_liguria_2021"),
    ("risk/pprt_lyon_rischio_industriale.gpkg", "pprt_69dreal20090005_zonereglementairefoncier_s"),
    ("risk/pprt_lyon_rischio_industriale.gpkg", "pprt_69dreal20090005_zonereglementaireurba_s"),
    ("risk/pprt_lyon_rischio_industriale.gpkg", "pprt_69dreal20090005_perimetre_s"),
    ("risk/pprt_lyon_rischio_industriale.gpkg", "pprt_69dreal20090005_procedure"),
    ("services/alessandria_alberi.gpkg.zip", "alberi"),
    ("services/alessandria_numeri_civici.csv", "alessandria_numeri_civici"),
    ("osm_network/bubenec.gpkg", "tessellation"),
    ("zoning/cnig_broken_geometries.csv", "cnig_broken_geometries"),
    ("zoning/cnig_dubious_geometries.csv", "cnig_dubious_geometries"),
    ("laspezia_clip.gpkg", "istat_localita_2011"),
    ("laspezia_clip.gpkg", "clc2018_urban_fabric_punti"),
    ("laspezia_clip.gpkg", "quartieri_punti"),
    ("laspezia_clip.gpkg", "municipi_istat_2011"),
)


def likely(folder, path, table):
    source = locate(folder / path)
    if table is None:
        return guesses(of_raster(source, open_raster(source)))
    return guesses(of_table(source, look(source, table)))


def named(key):
    return f"{key[0]}:{key[1]}" if isinstance(key, tuple) else key


@pytest.mark.parametrize(("key", "role"), CLEAR.items(), ids=named)
def test_that_a_real_dataset_with_an_obvious_role_is_given_it(real_data, key, role):
    found = likely(real_data, *key)
    assert found[0].role.id == role
    assert is_clear(found), [(guess.role.id, guess.confidence) for guess in found]


@pytest.mark.parametrize(("key", "role"), LIKELY.items(), ids=named)
def test_that_a_real_dataset_that_needs_a_choice_is_named_but_not_taken(real_data, key, role):
    found = likely(real_data, *key)
    assert found[0].role.id == role
    assert found[0].confidence < SURE


@pytest.mark.parametrize("key", UNCLEAR, ids=named)
def test_that_a_real_dataset_without_an_obvious_role_stays_a_question(real_data, key):
    found = likely(real_data, *key)
    assert not found or found[0].confidence < SURE


def test_that_no_real_dataset_is_forgotten(real_data):
    known = {*CLEAR, *LIKELY, *UNCLEAR}
    folders = ("admin", "risk", "services", "landuse_dem", "osm_network", "zoning")
    left_out = {".dbf", ".shx", ".prj", ".md"}
    for path in sorted(each for name in folders for each in (real_data / name).iterdir()):
        place = path.relative_to(real_data).as_posix()
        if path.suffix in left_out or "osm.pbf" in place:  # all .pbf offer the same tables
            continue
        try:
            source = locate(path)
        except PucError:  # a zip of several datasets
            continue
        held = (None,) if source.format.is_raster else tables(source)
        missing = [name for name in held if (place, name) not in known and (place, name) not in MENTIONED]
        assert missing == [], place


MENTIONED = {("risk/pprt_lyon_rischio_industriale.gpkg", "pprt_69dreal20090005_referenceinternet")}
