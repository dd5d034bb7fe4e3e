"""What stands and moves in the city, and what it offers."""

from __future__ import annotations

from layers.roles.fields import ANY_VECTOR, NAME, amount, coded, text
from layers.spec import Role, Shape
from layers.text import Text
from layers.vocabulary import YES_NO, Choice, OpenWords

HIGHWAY = Choice(
    tuple(
        (value, ())
        for value in (
            "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
            "service", "pedestrian", "track", "footway", "bridleway", "steps", "path", "cycleway", "motorway_link",
            "trunk_link", "primary_link", "secondary_link", "tertiary_link",
        )
    )
)  # fmt: skip
STREETS = Role(
    "streets",
    Text("Strade e percorsi", "Streets and paths"),
    Text("La rete su cui si cammina.", "The network people walk on."),
    (Shape.LINE,),
    (
        text("kind", "Classe OSM", "OSM class", known_by=HIGHWAY, seen_as=("highway", "fclass", "tipo")),
        coded("stairs", "Scalinata", "Stairs", YES_NO, seen_as=("scale",)),
        coded("oneway", "Senso unico", "One way", YES_NO),
        coded("walkable", "Percorribile a piedi", "Walkable", YES_NO),
        text("name", "Nome", "Name", seen_as=NAME),
    ),
    spans_commune=True,
)
RAILWAYS = Role(
    "railways",
    Text("Ferrovie", "Railways"),
    Text("Tracciati ferroviari.", "Railway lines."),
    (Shape.LINE,),
    (text("name", "Nome", "Name", seen_as=NAME),),
)
BUILDINGS = Role(
    "buildings",
    Text("Edifici", "Buildings"),
    Text("Sedime degli edifici.", "Building footprints."),
    (Shape.POLYGON,),
    (
        amount("height_m", "Altezza", "Height", "m", seen_as=("altezza", "un_vol_av", "height", "h")),
        amount("floors", "Piani", "Floors", "", seen_as=("piani", "n_piani", "building:levels")),
        text("use", "Destinazione d'uso", "Use", seen_as=("uso", "edifc_uso", "building")),
        amount("people", "Residenti", "Residents", "ab"),
        amount("floor_area_m2", "Superficie utile", "Floor area", "m²"),
    ),
    spans_commune=True,
    typical_m2=(3e1, 2e4),
)
SERVICES = Role(
    "services",
    Text("Servizi", "Services"),
    Text("Scuole, farmacie, uffici e ogni altro servizio.", "Schools, pharmacies, offices and any other service."),
    (Shape.POINT, Shape.POLYGON),
    (
        coded(
            "kind",
            "Tipo di servizio",
            "Kind of service",
            OpenWords("service_catalog", "id", tags="osm_tags"),
            required=True,
            seen_as=("tipo", "amenity", "categoria"),
        ),
        text("name", "Nome", "Name", seen_as=NAME),
        amount("capacity", "Capienza", "Capacity", "", seen_as=("posti", "capienza", "trips_per_day")),
        amount("area_m2", "Superficie", "Area", "m²", seen_as=("superficie", "area")),
    ),
    for_lines=Text(
        "Le piste ciclabili disegnate come linee vanno fra le strade (streets) con kind = cycleway: "
        "lì contano come servizi di tipo ciclabile.",
        "Cycle ways drawn as lines belong among the streets (streets) with kind = cycleway: "
        "there they count as services of kind ciclabile.",
    ),
)
GREEN = Role(
    "green",
    Text("Verde", "Green areas"),
    Text("Parchi, giardini e altre aree verdi.", "Parks, gardens and other green areas."),
    (Shape.POLYGON,),
    (
        text("name", "Nome", "Name", seen_as=NAME),
        coded("public", "Pubblico", "Public", YES_NO, seen_as=("pubblico",)),
    ),
)
REFERENCE = Role(
    "reference",
    Text("Base di riferimento", "Reference"),
    Text("Sfondo e altri livelli solo da vedere.", "Backdrops and other layers only to look at."),
    (*ANY_VECTOR, Shape.RASTER),
    (text("label", "Etichetta", "Label", seen_as=NAME),),
)
