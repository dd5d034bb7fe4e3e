"""Figures and tables of constraints and resources, declared: they are the data dictionary."""

from __future__ import annotations

from analyses.coded import italian
from analyses.constraint_kinds import KINDS, RESOURCE
from analyses.formula_reading import formula
from analyses.result import Column, FigureSpec, MadeOf, TableSpec, about_ground
from analyses.territory import TERRITORY_HA
from analyses.units import OUTSIDE
from layers.text import Text

_BINDING = ("kind", " ".join(sorted(name for name, kind in KINDS.items() if kind.effect != RESOURCE)))
_BOUND = Text(
    "Superficie dei vincoli che limitano le trasformazioni, uniti e ritagliati sul confine.",
    "Area of the constraints that bind, united and cut to the boundary.",
)
_NONE = Text("Lo studio non ha elementi di questo tipo.", "The study has none of this kind.")
_UNION = "union of the constraints that bind (effect other than resource), cut to the boundary; planar area"
FIGURES: tuple[FigureSpec, ...] = (
    FigureSpec("constrained_ha", Text("Suolo con almeno un vincolo", "Ground under a constraint"), "ha", 1, _UNION,
               made_of="constraints", only=_BINDING, is_sum=False, rule=_BOUND, no_pieces=_NONE),
    FigureSpec("constrained_pct", Text("Suolo con almeno un vincolo", "Ground under a constraint"), "%", 1, _UNION,
               made_of="constraints", only=_BINDING, is_sum=False, rule=_BOUND, no_pieces=_NONE,
               formula=formula(f"100 * constrained_ha / {TERRITORY_HA.id}")),
    FigureSpec("parks_ha", Text("Rete dei parchi", "Parks network"), "ha", 1, "area of the union of kind park",
               made_of="constraints", only=("kind", "park"), is_sum=False, no_pieces=_NONE,
               rule=Text("Superficie dei parchi, uniti.", "Area of the parks, united.")),
    FigureSpec("paths_km", Text("Sentieri", "Footpaths"), "km", 1, "length of the lines of kind path",
               made_of="constraints.length_m / 1000", only=("kind", "path"), no_pieces=_NONE,
               rule=Text("Lunghezza dei sentieri.", "Length of the footpaths.")),
    FigureSpec("forts", Text("Fortificazioni collinari", "Hill forts"), "", 0, "distinct names of kind fort",
               made_of="constraints", only=("kind", "fort"), is_sum=False, no_pieces=_NONE,
               rule=Text("Nomi diversi fra le fortificazioni.", "Distinct names of the forts.")),
)  # fmt: skip

_KINDS = {name: kind.label for name, kind in KINDS.items()}
_ORIGINS = italian(Text("calcolata", "computed"), Text("fornita", "provided"))
_NORMS = italian(*(kind.norm for kind in KINDS.values()))
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
        Column("neighbourhood", Text("Quartiere", "Neighbourhood"), words=italian(OUTSIDE)),
        Column("kind", Text("Tipo", "Kind"), words=_KINDS),
        Column("name", Text("Denominazione", "Name"), words=italian(*_KINDS.values())),
        *_MEASURES,
        Column("norm", Text("Norma", "Norm"), words=_NORMS),
        Column("origin", Text("Origine", "Origin"), words=_ORIGINS),
    ),
    unit="neighbourhood",
    made_of=(about_ground("constraints", ("kind", "kind"), ("name", "name")),),
)
BY_NEIGHBOURHOOD = TableSpec(
    "by_neighbourhood",
    Text("Suolo vincolato e risorse per quartiere", "Ground bound and resources by neighbourhood"),
    (
        Column("code", Text("Codice", "Code")),
        Column("name", Text("Nome", "Name"), words=italian(OUTSIDE)),
        Column("area_m2", Text("Superficie", "Area"), "m²", 6),
        Column("constrained_m2", Text("Con almeno un vincolo", "Under a constraint"), "m²", 6),
        Column("constrained_pct", Text("Con almeno un vincolo", "Under a constraint"), "%", 6),
        Column("parks_m2", Text("Rete dei parchi", "Parks network"), "m²", 6),
        Column("paths_m", Text("Sentieri", "Footpaths"), "m", 6),
        Column("forts", Text("Forti", "Forts"), "", 0),
    ),
    made_of=(about_ground("neighbourhood", ("code", "code")), about_ground("commune", ("code", "code"))),
)
_BY_KIND = (("kind", "kind"),)
BY_KIND = TableSpec(
    "by_kind",
    Text("Vincoli e risorse per tipo", "Constraints and resources by kind"),
    (
        Column("kind", Text("Tipo", "Kind"), words=_KINDS, named_by="label"),
        Column("label", Text("Descrizione", "Description"), words=italian(*_KINDS.values())),
        Column("effect", Text("Effetto", "Effect"), words=italian(*(kind.effect for kind in KINDS.values()))),
        Column("count", Text("Elementi", "Items"), "", 0),
        *_MEASURES,
        Column("norm", Text("Norma", "Norm"), words=_NORMS),
    ),
    made_of=(MadeOf("constraints", _BY_KIND, {"count": ""}), about_ground("constraints", *_BY_KIND)),
)
