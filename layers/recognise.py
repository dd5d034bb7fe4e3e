"""Which roles a dataset may play, from its geometry, its name and its fields; each guess says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from layers import roles
from layers.check import shape_of
from layers.spec import Field, Role, Shape
from layers.text import Text, listing, say
from layers.vocabulary import folded

_WORDS: dict[str, tuple[str, ...]] = {
    "boundary": ("confine", "comune", "limiti"),
    "neighbourhoods": ("quartier", "circoscrizion", "municipi", "localita", "neighbo"),
    "census": ("sezion", "cens", "ace"),
    "zoning": ("zon", "ambit", "puc", "prg", "azzonamento", "urba"),
    "districts": ("distrett", "district"),
    "land_use": ("usosuolo", "usodelsuolo", "clc", "corine", "landuse"),
    "soil_consumption": ("consumosuolo", "consumodisuolo", "ispra", "sclaea", "soilcons", "suolo"),
    "landslide_hazard": ("frane", "frana", "suscett", "geomorf"),
    "flood_hazard": ("idraulic", "alluvion", "fasce", "inonda", "pgra", "flood"),
    "elevation": ("dtm", "dem", "quote", "hgt", "elev", "srtm"),
    "hydrography": ("idrogr", "reticolo", "fiumi", "corsi", "water"),
    "streets": ("strad", "street", "grafo", "highway", "road", "ciclab"),
    "services": ("serviz", "scuol", "farmac", "poste", "postoffice", "librar", "service", "marketplace"),
    "green": ("verde", "parchi", "giardin", "alber", "green"),
    "buildings": ("edific", "building", "fabbric"),
    "parcels": ("particell", "catast", "mappal", "parcel"),
    "public_land": ("demanio", "patrimonio", "pubblich"),
    "contaminated_sites": ("bonific", "contamin", "sinpit"),
    "constraints": ("vincol", "prescription", "constraint"),
    "railways": ("ferrov", "rail"),
    "water_points": ("fontan", "pozzi"),
    "coastline": ("costa", "coast"),
    "candidate_sites": ("candidat",),
}
_BY_NAME, _BY_FIELDS = 0.45, 0.45
_LEAST = 0.3


@dataclass(frozen=True)
class Guess:
    """A role a dataset may play; ``confidence`` from 0 to 1."""

    role: Role
    confidence: float
    why: Text


def guesses(name: str, geometry: str, fields: Iterable[str] = ()) -> tuple[Guess, ...]:
    """Return the likely roles of a dataset, the likeliest first.

    ``geometry`` is a geometry type or «Raster»; a role that does not take that shape is never guessed.
    """
    shape = Shape.RASTER if geometry == "Raster" else shape_of(geometry.removeprefix("3D "))
    names = {folded(field): field for field in fields}
    found = [_guess(role, folded(name), names) for role in roles.ALL if _takes(role, shape)]
    likely = [guess for guess in found if guess.confidence >= _LEAST]
    return tuple(sorted(likely, key=lambda guess: -guess.confidence))


def source_field(field: Field, present: Iterable[str]) -> str | None:
    """Return the delivered field that plays ``field``, by its own or a usual name."""
    by_name = {folded(name): name for name in present}
    known = (folded(word) for word in (field.name, *field.seen_as))
    return next((by_name[word] for word in known if word in by_name), None)


def _takes(role: Role, shape: Shape | None) -> bool:
    # A table of mixed or unknown geometry may be any vector.
    return shape in role.shapes or (shape is None and role.shapes != (Shape.RASTER,))


def _guess(role: Role, name: str, names: dict[str, str]) -> Guess:
    words = [word for word in _WORDS.get(role.id, ()) if word in name]
    needed = [field for field in role.fields if field.required]
    met = [at for field in needed if (at := source_field(field, names.values()))]
    own = [at for field in role.fields if (at := source_field(field, names.values()))]
    share = len(met) / len(needed) if needed else (1.0 if own else 0.0)
    confidence = (_BY_NAME if words else 0.0) + _BY_FIELDS * share + min(0.1, 0.02 * len(own))
    return Guess(role, round(confidence, 2), _why(words, own))


def _why(words: list[str], own: list[str]) -> Text:
    if words and own:
        return say("nome («{w}») e campi: {f}", "name (“{w}”) and fields: {f}", w=words[0], f=listing(own))
    if words:
        return say("nome («{w}»)", "name (“{w}”)", w=words[0])
    return say("campi: {f}", "fields: {f}", f=listing(own))
