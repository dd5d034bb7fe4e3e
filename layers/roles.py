"""Every role a layer can play in a study, declared once. Forms, command line, checks and docs read this."""

from __future__ import annotations

from layers.codelist import rows
from layers.spec import Field, Kind, Role, Shape
from layers.text import Text
from layers.vocabulary import YES_NO, Choice, CorineLike, Listed, OpenWords, Pattern, Vocabulary


def _text(
    name: str,
    it: str,
    en: str,
    *,
    required: bool = False,
    known_by: Vocabulary | None = None,
    seen_as: tuple[str, ...] = (),
) -> Field:
    return Field(name, Text(it, en), required=required, known_by=known_by, seen_as=seen_as)


def _coded(
    name: str, it: str, en: str, codes: Vocabulary, *, required: bool = False, seen_as: tuple[str, ...] = ()
) -> Field:
    return Field(name, Text(it, en), required=required, codes=codes, seen_as=seen_as)


def _amount(
    name: str, it: str, en: str, unit: str, *, high: float | None = None, seen_as: tuple[str, ...] = ()
) -> Field:
    return Field(name, Text(it, en), Kind.NUMBER, unit=unit, low=0.0, high=high, seen_as=seen_as)


def _share(name: str, it: str, en: str) -> Field:
    return _amount(name, it, en, "%", high=100.0)


_NAME = ("nome", "denominazione", "denom", "descr", "descrizione", "label", "nome_it", "quartiere")
_CODE = ("codice", "cod", "id", "istat", "pro_com", "objectid")
_COMMUNE_CODE = Pattern(r"(?:0\d\d|1[01]\d)\d{3}")
_SECTION_CODE = Pattern(r"\d{11,13}")
# Sheet and number as a registry writes them, and the reference of the cadastre's INSPIRE download.
_PARCEL_CODE = Pattern(
    r"(?:[A-Z]\d{3}[_ -]?)?\d{1,4}[A-Z]?\d{0,2}[/.]\d{1,5}|(?:IT\.AGE\.PLA\.)?[A-Z]\d{3}.?\d{6}\.\w{1,5}"
)
# The letters of DM 1444/68 with numbers behind them («B1», «C.2»), and the zones of French plans (U, AU, N).
_ZONE_CODE = Pattern(r"(?i:(?:zona|zto)?[ .]?[A-F]\d{0,2}(?:[./ -]\w{1,2}|[a-z])?|[12]?AU[a-z]{0,2}|[UN][a-z]{0,2})")
_HIGHWAY = Choice(
    tuple(
        (value, ())
        for value in (
            "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
            "service", "pedestrian", "track", "footway", "bridleway", "steps", "path", "cycleway", "motorway_link",
            "trunk_link", "primary_link", "secondary_link", "tertiary_link",
        )
    )
)  # fmt: skip
_POPULATION = Field(
    "population",
    Text("Popolazione residente", "Residents"),
    Kind.NUMBER,
    unit="ab",
    low=0.0,
    seen_as=("popolazione", "pop", "residenti", "abitanti", "pop_tot", "p1"),
)

_IDROGEO = tuple(
    row[column]
    for column in ("csv_area_field", "csv_pct_field", "csv_population_field")
    for row in rows("idrogeo_fields")
    if row["class"] and row[column]
)
"""The indicators of ISPRA's IdroGEO table, joined to the communes to compare figures with."""

ANY_VECTOR = (Shape.POINT, Shape.LINE, Shape.POLYGON)

BOUNDARY = Role(
    "boundary",
    Text("Confine comunale", "Municipal boundary"),
    Text(
        "Il territorio dello studio; ogni superficie si chiude su di esso.",
        "The ground every area adds up to.",
    ),
    (Shape.POLYGON,),
    (
        _text("name", "Nome", "Name", required=True, seen_as=("comune", "comune_nom", "com_name", *_NAME)),
        _text(
            "code",
            "Codice ISTAT",
            "ISTAT code",
            known_by=_COMMUNE_CODE,
            seen_as=("pro_com_t", "com_istat_code", "comune_ist", "pro_com", "istat", *_CODE),
        ),
    ),
    is_partition=True,
    carries=_IDROGEO,
)
NEIGHBOURHOODS = Role(
    "neighbourhoods",
    Text("Quartieri", "Neighbourhoods"),
    Text(
        "Le parti della città per cui si contano suolo, persone e servizi.",
        "The parts of the city that are counted.",
    ),
    (Shape.POLYGON,),
    (
        _text("name", "Nome", "Name", required=True, seen_as=_NAME),
        _text("code", "Codice", "Code", seen_as=_CODE),
        _POPULATION,
    ),
    is_partition=True,
    covers_commune=True,
    typical_m2=(2e5, 1e8),
)
CENSUS = Role(
    "census",
    Text("Sezioni di censimento", "Census sections"),
    Text("Dove vivono le persone, per età.", "Where people live, by age."),
    (Shape.POLYGON, Shape.POINT),
    (
        Field("population", _POPULATION.label, Kind.NUMBER, True, "ab", 0.0, seen_as=_POPULATION.seen_as),
        _amount("population_0_14", "Residenti di 0-14 anni", "Residents aged 0-14", "ab"),
        _amount("population_65_plus", "Residenti di 65 anni e più", "Residents aged 65 and over", "ab"),
        _amount("households", "Famiglie", "Households", "", seen_as=("famiglie", "pf1")),
        _text(
            "code",
            "Sezione",
            "Section",
            known_by=_SECTION_CODE,
            seen_as=("sez2011", "sez21_id", "sez2021", "sez", "sezione", "ace", *_CODE),
        ),
    ),
    yearly=True,
    spans_commune=True,
    typical_m2=(1e3, 5e7),
)
ZONING = Role(
    "zoning",
    Text("Zonizzazione del piano", "Zoning"),
    Text("Ambiti e zone del PUC o del PRG vigente.", "Zones of the plan in force."),
    (Shape.POLYGON,),
    (
        _text(
            "zone",
            "Zona o ambito",
            "Zone",
            required=True,
            known_by=_ZONE_CODE,
            seen_as=("zona", "ambito", "cod_amb", "cod_zona", "sigla", "typezone", "libelle", "zto"),
        ),
        _text("name", "Denominazione", "Name", seen_as=(*_NAME, "libelong")),
        _coded(
            "dm1444",
            "Zona DM 1444/68",
            "DM 1444/68 zone",
            Listed("zone_dm1444"),
            seen_as=("dm1444", "zona_dm", "zto_dm"),
        ),
        _coded("buildable", "Edificabile", "Buildable", YES_NO, seen_as=("edificabile",)),
        _text("norm", "Norma", "Norm", seen_as=("norma", "articolo", "art_nta")),
    ),
    yearly=True,
    is_partition=True,
    covers_commune=True,
    typical_m2=(1e3, 5e7),
)
DISTRICTS = Role(
    "districts",
    Text("Distretti di trasformazione", "Transformation districts"),
    Text("Le aree in cui il piano prevede trasformazioni.", "Where the plan foresees transformation."),
    (Shape.POLYGON,),
    (
        _text("code", "Codice", "Code", required=True, seen_as=_CODE),
        _text("name", "Nome", "Name", required=True, seen_as=_NAME),
        _text("kind", "Tipo", "Kind", seen_as=("tipo",)),
        _text("norm", "Norma", "Norm", seen_as=("norma",)),
        _amount("ut_m2_m2", "Indice territoriale Ut", "Territorial index Ut", "m²/m²"),
        _coded(
            "index_kind",
            "Tipo di indice",
            "Index kind",
            Choice((("ut", ("iut",)), ("it", ("indice territoriale",)))),
        ),
        _share("se_pct", "Superficie edificabile Se", "Building area Se"),
        _share("ve_pct", "Verde Ve", "Green Ve"),
        _share("ac_pct", "Aree di cessione Ac", "Ceded areas Ac"),
        _share("sp_pct", "Superficie permeabile Sp", "Permeable area Sp"),
        _amount("max_height_m", "Altezza massima", "Maximum height", "m"),
        _share("residential_pct", "Quota residenziale", "Residential share"),
        _share("commercial_pct", "Quota commerciale", "Commercial share"),
        _share("industrial_pct", "Quota produttiva", "Industrial share"),
        _share("ers_pct", "Quota di edilizia residenziale sociale", "Social housing share"),
        _amount("floor_area_existing_m2", "Superficie utile esistente", "Existing floor area", "m²"),
        _text("state", "Stato", "State", seen_as=("stato",)),
    ),
    is_partition=True,
    typical_m2=(3e3, 2e6),
    carries=("area_declared_m2",),
)
LAND_USE = Role(
    "land_use",
    Text("Uso del suolo", "Land use"),
    Text("Carta dell'uso del suolo con codici CORINE.", "Land-use map with CORINE-like codes."),
    (Shape.POLYGON,),
    (
        _coded(
            "code",
            "Codice CORINE",
            "CORINE code",
            CorineLike(),
            required=True,
            seen_as=(
                "code_18",
                "code_12",
                "code_06",
                "code_00",
                "code_90",
                "clc18",
                "clc12",
                "clc",
                "code_2018",
                "code_2012",
                "code_2006",
                "cod_uso",
                "uso",
                "liv3",
                "codice",
            ),
        ),
    ),
    yearly=True,
    is_partition=True,
    covers_commune=True,
    typical_m2=(1e3, 1e8),
)
SOIL_CONSUMPTION = Role(
    "soil_consumption",
    Text("Consumo di suolo (ISPRA)", "Soil consumption (ISPRA)"),
    Text("Raster ISPRA/SNPA con i codici del consumo di suolo.", "ISPRA/SNPA raster of soil-consumption codes."),
    (Shape.RASTER,),
    yearly=True,
    cells=Listed("ispra_soil_consumption"),
)
LANDSLIDE_HAZARD = Role(
    "landslide_hazard",
    Text("Pericolosità da frana", "Landslide hazard"),
    Text("Classi ISPRA P1-P4 e AA, o del piano di bacino.", "ISPRA classes P1-P4 and AA, or the basin plan's."),
    (Shape.POLYGON,),
    (
        _coded(
            "class",
            "Classe di pericolosità",
            "Hazard class",
            Listed("pai_landslide", spellings=("raw_value",), last_words=("P4", "P3", "P2", "P1", "AA")),
            required=True,
            seen_as=("per_fr_ita", "classe", "pericolosita", "pericolo", "susc"),
        ),
    ),
    spans_commune=True,
)
FLOOD_HAZARD = Role(
    "flood_hazard",
    Text("Pericolosità idraulica", "Flood hazard"),
    Text("Scenari PGRA P1-P3 o fasce del piano di bacino.", "PGRA scenarios P1-P3 or bands of the basin plan."),
    (Shape.POLYGON,),
    (
        _coded(
            "class",
            "Classe di pericolosità",
            "Hazard class",
            Listed("pgra_flood", spellings=("raw_value", "eu_scenario"), last_words=("P3", "P2", "P1")),
            required=True,
            seen_as=("scenario", "classe", "fascia", "pericolosita", "pericolo"),
        ),
    ),
)
ELEVATION = Role(
    "elevation",
    Text("Quote del terreno", "Elevation"),
    Text("Modello digitale del terreno, in metri.", "Digital terrain model, in metres."),
    (Shape.RASTER,),
)
HYDROGRAPHY = Role(
    "hydrography",
    Text("Idrografia", "Hydrography"),
    Text("Corsi d'acqua, laghi, mare.", "Streams, lakes, sea."),
    (Shape.LINE, Shape.POLYGON),
    (
        _text("name", "Nome", "Name", seen_as=_NAME),
        _coded(
            "kind",
            "Tipo",
            "Kind",
            Choice(
                (
                    ("river", ("fiume", "torrente", "stream", "canale")),
                    ("covered", ("tombinato", "culvert")),
                    ("lake", ("lago", "water")),
                    ("sea", ("mare",)),
                )
            ),
            seen_as=("tipo", "waterway"),
        ),
    ),
)
STREETS = Role(
    "streets",
    Text("Strade e percorsi", "Streets and paths"),
    Text("La rete su cui si cammina.", "The network people walk on."),
    (Shape.LINE,),
    (
        _text("kind", "Classe OSM", "OSM class", known_by=_HIGHWAY, seen_as=("highway", "fclass", "tipo")),
        _coded("stairs", "Scalinata", "Stairs", YES_NO, seen_as=("scale",)),
        _coded("oneway", "Senso unico", "One way", YES_NO),
        _coded("walkable", "Percorribile a piedi", "Walkable", YES_NO),
        _text("name", "Nome", "Name", seen_as=_NAME),
    ),
    spans_commune=True,
)
SERVICES = Role(
    "services",
    Text("Servizi", "Services"),
    Text("Scuole, farmacie, uffici e ogni altro servizio.", "Schools, pharmacies, offices and any other service."),
    (Shape.POINT, Shape.POLYGON),
    (
        _coded(
            "kind",
            "Tipo di servizio",
            "Kind of service",
            OpenWords("service_catalog", "id", tags="osm_tags"),
            required=True,
            seen_as=("tipo", "amenity", "categoria"),
        ),
        _text("name", "Nome", "Name", seen_as=_NAME),
        _amount("capacity", "Capienza", "Capacity", "", seen_as=("posti", "capienza", "trips_per_day")),
        _amount("area_m2", "Superficie", "Area", "m²", seen_as=("superficie", "area")),
    ),
)
GREEN = Role(
    "green",
    Text("Verde", "Green areas"),
    Text("Parchi, giardini e altre aree verdi.", "Parks, gardens and other green areas."),
    (Shape.POLYGON,),
    (
        _text("name", "Nome", "Name", seen_as=_NAME),
        _coded("public", "Pubblico", "Public", YES_NO, seen_as=("pubblico",)),
    ),
)
BUILDINGS = Role(
    "buildings",
    Text("Edifici", "Buildings"),
    Text("Sedime degli edifici.", "Building footprints."),
    (Shape.POLYGON,),
    (
        _amount("height_m", "Altezza", "Height", "m", seen_as=("altezza", "un_vol_av", "height", "h")),
        _amount("floors", "Piani", "Floors", "", seen_as=("piani", "n_piani", "building:levels")),
        _text("use", "Destinazione d'uso", "Use", seen_as=("uso", "edifc_uso", "building")),
        _amount("people", "Residenti", "Residents", "ab"),
        _amount("floor_area_m2", "Superficie utile", "Floor area", "m²"),
    ),
    spans_commune=True,
    typical_m2=(3e1, 2e4),
)
PARCELS = Role(
    "parcels",
    Text("Particelle catastali", "Cadastral parcels"),
    Text("Fogli e particelle del catasto.", "Sheets and parcels of the land registry."),
    (Shape.POLYGON,),
    (
        _text(
            "code",
            "Foglio/particella",
            "Sheet/number",
            required=True,
            known_by=_PARCEL_CODE,
            seen_as=("particella", "mappale", "nationalcadastralreference", "label", *_CODE),
        ),
        _text("owner", "Intestatario", "Owner", seen_as=("proprieta", "intestatario")),
        _amount("area_declared_m2", "Superficie catastale", "Declared area", "m²"),
    ),
    spans_commune=True,
    typical_m2=(1e2, 1e6),
)
PUBLIC_LAND = Role(
    "public_land",
    Text("Aree pubbliche", "Public land"),
    Text("Aree di proprietà pubblica.", "Land in public ownership."),
    (Shape.POLYGON,),
    (
        _text("name", "Nome", "Name", seen_as=_NAME),
        _text("owner", "Ente proprietario", "Owner", seen_as=("proprieta", "ente")),
        _text("status", "Stato", "Status", seen_as=("stato",)),
    ),
)
CONTAMINATED_SITES = Role(
    "contaminated_sites",
    Text("Siti contaminati", "Contaminated sites"),
    Text("Perimetri di bonifica, SIN e SIR.", "Remediation perimeters."),
    (Shape.POLYGON,),
    (_text("name", "Nome", "Name", seen_as=_NAME), _text("status", "Stato", "Status", seen_as=("stato",))),
)
CONSTRAINTS = Role(
    "constraints",
    Text("Vincoli", "Constraints"),
    Text("Vincoli paesaggistici, fasce di rispetto, altri limiti.", "Landscape protection, buffers, other limits."),
    ANY_VECTOR,
    (
        _coded(
            "kind",
            "Tipo di vincolo",
            "Kind of constraint",
            OpenWords("constraint_kinds", "kind"),
            required=True,
            seen_as=("tipo", "vincolo", "typepsc", "typeinf"),
        ),
        _text("name", "Nome", "Name", seen_as=(*_NAME, "libelle")),
        _text("source", "Fonte", "Source", seen_as=("fonte",)),
        _text("norm", "Norma", "Norm", seen_as=("norma",)),
    ),
)
RAILWAYS = Role(
    "railways",
    Text("Ferrovie", "Railways"),
    Text("Tracciati ferroviari.", "Railway lines."),
    (Shape.LINE,),
    (_text("name", "Nome", "Name", seen_as=_NAME),),
)
WATER_POINTS = Role(
    "water_points",
    Text("Punti d'acqua", "Water points"),
    Text("Fontane, pozzi, condotte per irrigare.", "Fountains, wells, mains for watering."),
    (Shape.POINT, Shape.LINE),
    (_text("name", "Nome", "Name", seen_as=_NAME),),
)
COASTLINE = Role(
    "coastline",
    Text("Linea di costa", "Coastline"),
    Text("Il limite tra terra e mare.", "Where land meets the sea."),
    (Shape.LINE,),
    (_text("name", "Nome", "Name", seen_as=_NAME),),
)
CANDIDATE_SITES = Role(
    "candidate_sites",
    Text("Siti candidati", "Candidate sites"),
    Text("Luoghi fra cui scegliere un nuovo servizio o orto.", "Places to choose from."),
    (Shape.POINT, Shape.POLYGON),
    (
        _text("name", "Nome", "Name", required=True, seen_as=_NAME),
        _text("kind", "Tipo", "Kind", seen_as=("tipo",)),
    ),
)
REFERENCE = Role(
    "reference",
    Text("Base di riferimento", "Reference"),
    Text("Sfondo e altri livelli solo da vedere.", "Backdrops and other layers only to look at."),
    (*ANY_VECTOR, Shape.RASTER),
    (_text("label", "Etichetta", "Label", seen_as=_NAME),),
)

ALL: tuple[Role, ...] = (
    BOUNDARY,
    NEIGHBOURHOODS,
    CENSUS,
    ZONING,
    DISTRICTS,
    LAND_USE,
    SOIL_CONSUMPTION,
    LANDSLIDE_HAZARD,
    FLOOD_HAZARD,
    ELEVATION,
    HYDROGRAPHY,
    STREETS,
    SERVICES,
    GREEN,
    BUILDINGS,
    PARCELS,
    PUBLIC_LAND,
    CONTAMINATED_SITES,
    CONSTRAINTS,
    RAILWAYS,
    WATER_POINTS,
    COASTLINE,
    CANDIDATE_SITES,
    REFERENCE,
)
BY_ID = {role.id: role for role in ALL}
