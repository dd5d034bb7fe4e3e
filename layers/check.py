"""What is wrong with a layer that is to play a role: a list of sentences, never the first fault alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers import crs as coordinate_systems
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
_TITLES = (
    "Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
    "GeometryCollection",
)  # fmt: skip
"""The geometry types in the order of GEOS's numbers for them."""


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
    return [_elsewhere(layer, role, float(gap_m))]


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


def type_ids(shapes: Collection[Shape]) -> list[int]:
    """Return GEOS's numbers of the geometry types that have one of ``shapes``."""
    return [number for number, title in enumerate(_TITLES) if _SHAPE_OF.get(title) in shapes]


def has_geometry(layer: GeoDataFrame) -> NDArray[np.bool_]:
    """Tell of each feature whether it has a geometry that is not empty."""
    geometry = layer.geometry.to_numpy()
    return ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))


def amount_of(layer: GeoDataFrame, rows: NDArray[np.bool_] | None = None) -> Text:
    """Return how many features of ``layer`` an effect touches, and their hectares where its CRS is metric."""
    chosen = layer if rows is None else layer[rows]
    what = Text("elemento", "feature") if len(chosen) == 1 else Text("elementi", "features")
    count = say("{n} {w}", "{n} {w}", n=number(len(chosen)), w=what)
    if rows is not None:
        count = say("{c} su {of}", "{c} of {of}", c=count, of=number(len(layer)))
    metric = layer.crs is not None and coordinate_systems.is_metric(layer.crs)
    area_m2 = float(chosen.area.sum()) if metric else 0.0
    return say("{c}, {ha}", "{c}, {ha}", c=count, ha=hectares(area_m2)) if area_m2 else count


def _kinds(geometry: NDArray[np.object_]) -> dict[str, int]:
    """Return how many geometries there are of each type."""
    found, count = np.unique(shapely.get_type_id(geometry), return_counts=True)
    return {_TITLES[kind]: number for kind, number in zip(found.tolist(), count.tolist(), strict=True)}


def _crs(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    if layer.crs is None:
        yield Problem(
            "crs-missing",
            role.title,
            Text("il livello non dice il suo sistema di riferimento.", "the layer does not say its CRS."),
            say(
                "Non si sa dove cade, e non viene indovinato: {a}.",
                "Where it lies is not known, and is not guessed: {a}.",
                a=amount_of(layer),
            ),
            Text(
                "Indicarlo con --crs, per esempio --crs EPSG:3003 (Gauss-Boaga ovest).",
                "Give it with --crs, for example --crs EPSG:3003 (Gauss-Boaga west).",
            ),
        )


def _geometry(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    there = has_geometry(layer)
    count = _kinds(layer.geometry.to_numpy()[there])
    unfit = sorted(kind for kind in count if shape_of(kind) not in role.shapes)
    fit = sum(number for kind, number in count.items() if kind not in unfit)
    if not fit:
        yield _wrong_kind(layer, role, sorted(count))
    elif unfit:
        yield _some_wrong_kind(layer, role, unfit)
    if fit and not there.all():
        yield _without_geometry(layer, role, ~there)


def _fields(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    for field in role.fields:
        if field.name in layer.columns:
            yield from _field(layer, field, role)
        elif field.required:
            yield _field_missing(layer, role, field)


def _field(layer: GeoDataFrame, field: Field, role: Role) -> Iterator[Problem]:
    column = layer[field.name]
    gaps = column.isna().to_numpy()
    if field.required and gaps.all():
        yield _field_missing(layer, role, field)
    elif field.required and gaps.any():
        yield _values_missing(role, field, int(gaps.sum()), amount_of(layer, gaps))
    if field.kind is Kind.NUMBER:
        low = -np.inf if field.low is None else field.low
        high = np.inf if field.high is None else field.high
        outside = ((column < low) | (column > high)).to_numpy()
        if outside.any():
            yield _out_of_range(role, field, int(outside.sum()), amount_of(layer, outside))


def _empty(role: Role) -> Problem:
    return Problem(
        "layer-empty",
        role.title,
        Text("il livello non contiene elementi.", "the layer holds no features."),
        Text("Non può svolgere il suo ruolo.", "It can't play its role."),
        Text("Controllare il file, la tabella scelta e l'espressione di --where.", "Check file, table and --where."),
    )


def _elsewhere(layer: GeoDataFrame, role: Role, gap_m: float) -> Problem:
    return Problem(
        "layer-elsewhere",
        role.title,
        say(
            "il livello cade fuori dal territorio dello studio, a {km} km.",
            "the layer lies outside the study's ground, {km} km away.",
            km=number(gap_m / 1000, 1),
        ),
        say("Niente verrebbe contato: {a}.", "Nothing would count: {a}.", a=amount_of(layer)),
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


def _wrong_kind(layer: GeoDataFrame, role: Role, kinds: list[str]) -> Problem:
    return Problem(
        "geometry-kind",
        role.title,
        say("servono {want}, il livello ha {got}.", "{want} are wanted, the layer has {got}.",
            want=_shapes(role), got=listing(kinds) if kinds else _NO_GEOMETRY),
        say("Non può svolgere questo ruolo: {a}.", "It can't play this role: {a}.", a=amount_of(layer)),
        _of_lines(role, kinds)
        or Text("Scegliere un'altra tabella o un altro file.", "Choose another table or another file."),
    )  # fmt: skip


def _some_wrong_kind(layer: GeoDataFrame, role: Role, kinds: list[str]) -> Problem:
    other = layer.geom_type.isin(kinds).to_numpy()
    return Problem(
        "geometry-mixed",
        role.title,
        say("elementi di un altro tipo ({k}, non {want}): {n}.", "features of another kind ({k}, not {want}): {n}.",
            n=int(other.sum()), k=listing(kinds), want=_shapes(role)),
        say("Non vengono contati: {a}.", "They are not counted: {a}.", a=amount_of(layer, other)),
        _of_lines(role, kinds)
        or Text("Se servono, portarli in un livello del loro tipo.", "If wanted, give them a layer of their own kind."),
        Severity.WARNING,
    )  # fmt: skip


def _of_lines(role: Role, unfit: list[str]) -> Text:
    """Return what the role says of lines, nothing unless they are all that does not fit."""
    return role.for_lines if unfit and {shape_of(kind) for kind in unfit} == {Shape.LINE} else NOTHING


def _shapes(role: Role) -> Text:
    return Text(
        " o ".join(shape.value.it for shape in role.shapes), " or ".join(shape.value.en for shape in role.shapes)
    )


def _without_geometry(layer: GeoDataFrame, role: Role, rows: NDArray[np.bool_]) -> Problem:
    return Problem(
        "geometry-missing",
        role.title,
        say("elementi senza geometria: {n}.", "features without geometry: {n}.", n=int(rows.sum())),
        say("Non vengono contati: {a}.", "They are not counted: {a}.", a=amount_of(layer, rows)),
        Text("Disegnarli nel dato, se dovevano esserci.", "Draw them in the data, if they should be there."),
        Severity.WARNING,
    )


def _field_missing(layer: GeoDataFrame, role: Role, field: Field) -> Problem:
    return Problem(
        "field-missing",
        role.title,
        say("manca «{f}» ({id}).", "“{f}” ({id}) is missing.", f=field.label, id=field.name),
        say("Il ruolo non può farne a meno: {a}.", "The role can't do without it: {a}.", a=amount_of(layer)),
        say(
            "Indicare il campo con --field {id}=CAMPO, o un valore per tutti con --set-field {id}=VALORE.",
            "Name the field with --field {id}=FIELD, or one value for all with --set-field {id}=VALUE.",
            id=field.name,
        ),
    )


def _values_missing(role: Role, field: Field, count: int, amount: Text) -> Problem:
    return Problem(
        "value-missing",
        role.title,
        say("elementi senza «{f}»: {n}.", "features without “{f}”: {n}.", n=count, f=field.label),
        say("Sono contati sotto un nome vuoto: {a}.", "They are counted under an empty name: {a}.", a=amount),
        Text("Completare il dato.", "Complete the data."),
        Severity.WARNING,
    )


def _out_of_range(role: Role, field: Field, count: int, amount: Text) -> Problem:
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
        say("Falserebbero ogni conto: {a}.", "They would falsify every sum: {a}.", a=amount),
        Text("Correggere quei valori nel dato.", "Mend those values in the data."),
    )  # fmt: skip
