"""What the plan and the registers say of the ground."""

from __future__ import annotations

from layers.roles.fields import ANY_VECTOR, CODE, NAME, amount, coded, share, text
from layers.spec import Role, Shape
from layers.text import Text
from layers.vocabulary import YES_NO, Choice, Listed, OpenWords, Pattern

# Sheet and number as a registry writes them, and the reference of the cadastre's INSPIRE download.
PARCEL_CODE = Pattern(
    r"(?:[A-Z]\d{3}[_ -]?)?\d{1,4}[A-Z]?\d{0,2}[/.]\d{1,5}|(?:IT\.AGE\.PLA\.)?[A-Z]\d{3}.?\d{6}\.\w{1,5}"
)
# The letters of DM 1444/68 with numbers behind them («B1», «C.2»), and the zones of French plans (U, AU, N).
ZONE_CODE = Pattern(r"(?i:(?:zona|zto)?[ .]?[A-F]\d{0,2}(?:[./ -]\w{1,2}|[a-z])?|[12]?AU[a-z]{0,2}|[UN][a-z]{0,2})")
ZONING = Role(
    "zoning",
    Text("Zonizzazione del piano", "Zoning"),
    Text("Ambiti e zone del PUC o del PRG vigente.", "Zones of the plan in force."),
    (Shape.POLYGON,),
    (
        text(
            "zone",
            "Zona o ambito",
            "Zone",
            required=True,
            known_by=ZONE_CODE,
            seen_as=("zona", "ambito", "cod_amb", "cod_zona", "sigla", "typezone", "libelle", "zto"),
        ),
        text("name", "Denominazione", "Name", seen_as=(*NAME, "libelong")),
        coded(
            "dm1444",
            "Zona DM 1444/68",
            "DM 1444/68 zone",
            Listed("zone_dm1444"),
            seen_as=("dm1444", "zona_dm", "zto_dm"),
        ),
        coded("buildable", "Edificabile", "Buildable", YES_NO, seen_as=("edificabile",)),
        text("norm", "Norma", "Norm", seen_as=("norma", "articolo", "art_nta")),
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
        text("code", "Codice", "Code", required=True, seen_as=CODE),
        text("name", "Nome", "Name", required=True, seen_as=NAME),
        text("kind", "Tipo", "Kind", seen_as=("tipo",)),
        text("norm", "Norma", "Norm", seen_as=("norma",)),
        amount("ut_m2_m2", "Indice territoriale Ut", "Territorial index Ut", "m²/m²"),
        coded(
            "index_kind",
            "Tipo di indice",
            "Index kind",
            Choice((("ut", ("iut",)), ("it", ("indice territoriale",)))),
        ),
        share("se_pct", "Superficie edificabile Se", "Building area Se"),
        share("ve_pct", "Verde Ve", "Green Ve"),
        share("ac_pct", "Aree di cessione Ac", "Ceded areas Ac"),
        share("sp_pct", "Superficie permeabile Sp", "Permeable area Sp"),
        amount("max_height_m", "Altezza massima", "Maximum height", "m"),
        share("residential_pct", "Quota residenziale", "Residential share"),
        share("commercial_pct", "Quota commerciale", "Commercial share"),
        share("industrial_pct", "Quota produttiva", "Industrial share"),
        share("ers_pct", "Quota di edilizia residenziale sociale", "Social housing share"),
        amount("floor_area_existing_m2", "Superficie utile esistente", "Existing floor area", "m²"),
        text("state", "Stato", "State", seen_as=("stato",)),
    ),
    is_partition=True,
    typical_m2=(3e3, 2e6),
    carries=("area_declared_m2",),
)
PARCELS = Role(
    "parcels",
    Text("Particelle catastali", "Cadastral parcels"),
    Text("Fogli e particelle del catasto.", "Sheets and parcels of the land registry."),
    (Shape.POLYGON,),
    (
        text(
            "code",
            "Foglio/particella",
            "Sheet/number",
            required=True,
            known_by=PARCEL_CODE,
            seen_as=("particella", "mappale", "nationalcadastralreference", "label", *CODE),
        ),
        text("owner", "Intestatario", "Owner", seen_as=("proprieta", "intestatario")),
        amount("area_declared_m2", "Superficie catastale", "Declared area", "m²"),
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
        text("name", "Nome", "Name", seen_as=NAME),
        text("owner", "Ente proprietario", "Owner", seen_as=("proprieta", "ente")),
        text("status", "Stato", "Status", seen_as=("stato",)),
    ),
)
CONTAMINATED_SITES = Role(
    "contaminated_sites",
    Text("Siti contaminati", "Contaminated sites"),
    Text("Perimetri di bonifica, SIN e SIR.", "Remediation perimeters."),
    (Shape.POLYGON,),
    (text("name", "Nome", "Name", seen_as=NAME), text("status", "Stato", "Status", seen_as=("stato",))),
)
CONSTRAINTS = Role(
    "constraints",
    Text("Vincoli", "Constraints"),
    Text("Vincoli paesaggistici, fasce di rispetto, altri limiti.", "Landscape protection, buffers, other limits."),
    ANY_VECTOR,
    (
        coded(
            "kind",
            "Tipo di vincolo",
            "Kind of constraint",
            OpenWords("constraint_kinds", "kind"),
            required=True,
            seen_as=("tipo", "vincolo", "typepsc", "typeinf"),
        ),
        text("name", "Nome", "Name", seen_as=(*NAME, "libelle")),
        text("source", "Fonte", "Source", seen_as=("fonte",)),
        text("norm", "Norma", "Norm", seen_as=("norma",)),
    ),
)
CANDIDATE_SITES = Role(
    "candidate_sites",
    Text("Siti candidati", "Candidate sites"),
    Text("Luoghi fra cui scegliere un nuovo servizio o orto.", "Places to choose from."),
    (Shape.POINT, Shape.POLYGON),
    (
        text("name", "Nome", "Name", required=True, seen_as=NAME),
        text("kind", "Tipo", "Kind", seen_as=("tipo",)),
    ),
)
