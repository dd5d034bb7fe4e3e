"""What is wrong with a layer that is to play a role: a list of sentences, never the first fault alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.problems import Problem, Severity
from layers.spec import Field, Kind, Role, Shape
from layers.text import NOTHING, Text, hectares, listing, number, say, the_percent

SHORT_SHARE = 0.25
"""A layer that leaves more than this share of the commune beyond its bounds may lack a sheet."""

_NO_GEOMETRY = Text("solo righe senza geometria", "rows without geometry")
_SHAPE_OF = {
    "Point": Shape.POINT,
    "MultiPoint": Shape.POINT,
    "LineString": Shape.LINE,
    "MultiLineString": Shape.LINE,
    "LinearRing": Shape.LINE,
    "Polygon": Shape.POLYGON,
    "MultiPolygon": Shape.POLYGON,
}


def check(layer: GeoDataFrame, role: Role) -> list[Problem]:
    """Return every problem of ``layer`` against ``role``; an empty list means fit for use."""
    if layer.empty:
        return [_empty(role)]
    return [*_crs(layer, role), *_geometry(layer, role), *_fields(layer, role)]


def check_place(layer: GeoDataFrame, role: Role, boundary: shapely.Geometry) -> list[Problem]:
    """Return a problem if nothing of ``layer`` lies on the ground of the study (both in the study's CRS)."""
    if layer.empty or shapely.box(*layer.total_bounds).intersects(boundary):
        return []
    gap_m = shapely.distance(shapely.box(*layer.total_bounds), boundary)
    return [_elsewhere(role, float(gap_m))]


def check_reach(layer: GeoDataFrame, role: Role, boundary: shapely.Geometry) -> list[Problem]:
    """Return what to know of a layer whose bounds stop short of the commune, both in the study's metric CRS.

    Asked only of roles whose features lie all over (``Role.spans_commune``): there it tells of a missing sheet.
    Layers that have to cover the commune are looked at piece by piece in ``layers.tiling``.
    """
    if layer.empty or not role.spans_commune:
        return []
    beyond_m2 = shapely.area(shapely.difference(boundary, shapely.box(*layer.total_bounds)))
    share = float(beyond_m2 / shapely.area(boundary))
    return [_stops_short(role, float(beyond_m2), share)] if share > SHORT_SHARE else []


def shape_of(geometry_type: str) -> Shape | None:
    """Return the shape that a geometry type has, or None for a mixed one."""
    return _SHAPE_OF.get(geometry_type)


def has_geometry(layer: GeoDataFrame) -> NDArray[np.bool_]:
    """Tell of each feature whether it has a geometry that is not empty."""
    geometry = layer.geometry.to_numpy()
    return ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))


def _crs(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    if layer.crs is None:
        yield Problem(
            "crs-missing",
            role.title,
            Text("il livello non dice il suo sistema di riferimento.", "the layer does not say its CRS."),
            Text("Non si sa dove cade: non viene indovinato.", "Where it lies is not known, and is not guessed."),
            Text(
                "Indicarlo con --crs, per esempio --crs EPSG:3003 (Gauss-Boaga ovest).",
                "Give it with --crs, for example --crs EPSG:3003 (Gauss-Boaga west).",
            ),
        )


def _geometry(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    there = has_geometry(layer)
    missing = int((~there).sum())
    kinds = layer.geom_type[there]
    unfit = sorted({kind for kind in kinds.unique() if shape_of(kind) not in role.shapes})
    fit = sum(shape_of(kind) in role.shapes for kind in kinds)
    if not fit:
        yield _wrong_kind(role, sorted(kinds.unique()))
    elif unfit:
        yield _some_wrong_kind(role, unfit, len(kinds) - fit)
    if missing and fit:
        yield _without_geometry(role, missing)


def _fields(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    for field in role.fields:
        if field.name in layer.columns:
            yield from _field(layer, field, role)
        elif field.required:
            yield _field_missing(role, field)


def _field(layer: GeoDataFrame, field: Field, role: Role) -> Iterator[Problem]:
    column = layer[field.name]
    gaps = int(column.isna().sum())
    if field.required and gaps == len(column):
        yield _field_missing(role, field)
    elif field.required and gaps:
        yield _values_missing(role, field, gaps)
    if field.kind is Kind.NUMBER:
        low = -np.inf if field.low is None else field.low
        high = np.inf if field.high is None else field.high
        outside = int(((column < low) | (column > high)).sum())
        if outside:
            yield _out_of_range(role, field, outside)


def _empty(role: Role) -> Problem:
    return Problem(
        "layer-empty",
        role.title,
        Text("il livello non contiene elementi.", "the layer holds no features."),
        Text("Non può svolgere il suo ruolo.", "It can't play its role."),
        Text("Controllare il file, la tabella scelta e l'espressione di --where.", "Check file, table and --where."),
    )


def _elsewhere(role: Role, gap_m: float) -> Problem:
    return Problem(
        "layer-elsewhere",
        role.title,
        say(
            "il livello cade fuori dal territorio dello studio, a {km} km.",
            "the layer lies outside the study's ground, {km} km away.",
            km=number(gap_m / 1000, 1),
        ),
        Text("Nessuno dei suoi elementi verrebbe contato.", "None of its features would count."),
        Text(
            "Di solito è il sistema di riferimento: indicare quello giusto con --crs.",
            "Usually it is the CRS: give the right one with --crs.",
        ),
    )


def _stops_short(role: Role, beyond_m2: float, share: float) -> Problem:
    return Problem(
        "layer-stops-short",
        role.title,
        say("{p} del comune resta oltre i limiti del livello.", "{p} of the commune lies beyond the layer.",
            p=the_percent(share)),
        say("Lì conta come se non ci fosse nulla: {ha}.", "There it counts as if nothing were: {ha}.",
            ha=hectares(beyond_m2)),
        Text("Se mancano fogli o parti, aggiungerli al livello.", "If sheets or parts lack, add them to the layer."),
        Severity.INFO,
    )  # fmt: skip


def _wrong_kind(role: Role, kinds: list[str]) -> Problem:
    return Problem(
        "geometry-kind",
        role.title,
        say("servono {want}, il livello ha {got}.", "{want} are wanted, the layer has {got}.",
            want=_shapes(role), got=listing(kinds) if kinds else _NO_GEOMETRY),
        Text("Non può svolgere questo ruolo.", "It can't play this role."),
        Text("Scegliere un'altra tabella o un altro file.", "Choose another table or another file."),
    )  # fmt: skip


def _some_wrong_kind(role: Role, kinds: list[str], count: int) -> Problem:
    return Problem(
        "geometry-mixed",
        role.title,
        say("elementi di un altro tipo ({k}, non {want}): {n}.", "features of another kind ({k}, not {want}): {n}.",
            n=count, k=listing(kinds), want=_shapes(role)),
        Text("Non vengono contati.", "They are not counted."),
        severity=Severity.WARNING,
    )  # fmt: skip


def _shapes(role: Role) -> Text:
    return Text(
        " o ".join(shape.value.it for shape in role.shapes), " or ".join(shape.value.en for shape in role.shapes)
    )


def _without_geometry(role: Role, count: int) -> Problem:
    return Problem(
        "geometry-missing",
        role.title,
        say("elementi senza geometria: {n}.", "features without geometry: {n}.", n=count),
        Text("Non vengono contati.", "They are not counted."),
        severity=Severity.WARNING,
    )


def _field_missing(role: Role, field: Field) -> Problem:
    return Problem(
        "field-missing",
        role.title,
        say("manca «{f}» ({id}).", "“{f}” ({id}) is missing.", f=field.label, id=field.name),
        Text("Il ruolo non può farne a meno.", "The role can't do without it."),
        say(
            "Indicare il campo con --field {id}=CAMPO, o un valore per tutti con --set-field {id}=VALORE.",
            "Name the field with --field {id}=FIELD, or one value for all with --set-field {id}=VALUE.",
            id=field.name,
        ),
    )


def _values_missing(role: Role, field: Field, count: int) -> Problem:
    return Problem(
        "value-missing",
        role.title,
        say("elementi senza «{f}»: {n}.", "features without “{f}”: {n}.", n=count, f=field.label),
        Text("Sono contati sotto un nome vuoto.", "They are counted under an empty name."),
        Text("Completare il dato.", "Complete the data."),
        Severity.WARNING,
    )


def _out_of_range(role: Role, field: Field, count: int) -> Problem:
    limits = (
        say("almeno {l}", "at least {l}", l=number(field.low or 0.0))
        if field.high is None
        else say("fra {l} e {h}", "between {l} and {h}", l=number(field.low or 0.0), h=number(field.high))
    )
    return Problem(
        "value-out-of-range",
        role.title,
        say(
            "elementi con «{f}» fuori dai limiti ({lim} {u}): {n}.",
            "features with “{f}” out of range ({lim} {u}): {n}.",
            n=count, f=field.label, lim=limits, u=field.unit,
        ),
        NOTHING,
        Text("Correggere quei valori nel dato.", "Mend those values in the data."),
    )  # fmt: skip
