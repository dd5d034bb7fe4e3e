"""Figures and tables of constraints and resources, declared: they are the data dictionary."""

from __future__ import annotations

from analyses.result import Column, FigureSpec, TableSpec
from layers.text import Text

_UNION = "union of the constraints that bind (effect other than resource), cut to the boundary; planar area"
FIGURES: tuple[FigureSpec, ...] = (
    FigureSpec("constrained_ha", Text("Suolo con almeno un vincolo", "Ground under a constraint"), "ha", 1, _UNION),
    FigureSpec("constrained_pct", Text("Suolo con almeno un vincolo", "Ground under a constraint"), "%", 1, _UNION),
    FigureSpec("parks_ha", Text("Rete dei parchi", "Parks network"), "ha", 1, "area of the union of kind park"),
    FigureSpec("paths_km", Text("Sentieri", "Footpaths"), "km", 1, "length of the lines of kind path"),
    FigureSpec("forts", Text("Fortificazioni collinari", "Hill forts"), "", 0, "distinct names of kind fort"),
)

_MEASURES = (
    Column("area_m2", Text("Superficie", "Area"), "m²", 6),
    Column("length_m", Text("Lunghezza", "Length"), "m", 6),
    Column("points", Text("Punti", "Points"), "", 0),
)
CONTEXT = TableSpec(
    "context",
    Text("Vincoli e risorse per quartiere", "Constraints and resources by neighbourhood"),
    (
        Column("code", Text("Codice", "Code")),
        Column("neighbourhood", Text("Quartiere", "Neighbourhood")),
        Column("kind", Text("Tipo", "Kind")),
        Column("name", Text("Denominazione", "Name")),
        *_MEASURES,
        Column("norm", Text("Norma", "Norm")),
        Column("origin", Text("Origine", "Origin")),
    ),
)
BY_NEIGHBOURHOOD = TableSpec(
    "by_neighbourhood",
    Text("Suolo vincolato e risorse per quartiere", "Ground bound and resources by neighbourhood"),
    (
        Column("code", Text("Codice", "Code")),
        Column("name", Text("Nome", "Name")),
        Column("area_m2", Text("Superficie", "Area"), "m²", 6),
        Column("constrained_m2", Text("Con almeno un vincolo", "Under a constraint"), "m²", 6),
        Column("constrained_pct", Text("Con almeno un vincolo", "Under a constraint"), "%", 6),
        Column("parks_m2", Text("Rete dei parchi", "Parks network"), "m²", 6),
        Column("paths_m", Text("Sentieri", "Footpaths"), "m", 6),
        Column("forts", Text("Forti", "Forts"), "", 0),
    ),
)
BY_KIND = TableSpec(
    "by_kind",
    Text("Vincoli e risorse per tipo", "Constraints and resources by kind"),
    (
        Column("kind", Text("Tipo", "Kind")),
        Column("label", Text("Descrizione", "Description")),
        Column("effect", Text("Effetto", "Effect")),
        Column("count", Text("Elementi", "Items"), "", 0),
        *_MEASURES,
        Column("norm", Text("Norma", "Norm")),
    ),
)
