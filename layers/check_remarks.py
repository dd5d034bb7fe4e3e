"""The sentences of ``layers.check``: what is wrong with a layer that is to play a role, what it touches, what to do."""

from __future__ import annotations

import numpy as np
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers import crs as coordinate_systems
from layers.geometry_kinds import shape_of
from layers.problems import Problem, Severity
from layers.spec import Field, Role, Shape
from layers.text import NOTHING, Text, hectares, listing, number, say, the_percent

_NO_GEOMETRY = Text("solo righe senza geometria", "rows without geometry")


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


def empty(role: Role) -> Problem:
    """Return that the layer holds nothing."""
    return Problem(
        "layer-empty",
        role.title,
        Text("il livello non contiene elementi.", "the layer holds no features."),
        Text("Non può svolgere il suo ruolo.", "It can't play its role."),
        Text("Controllare il file, la tabella scelta e l'espressione di --where.", "Check file, table and --where."),
    )


def without_crs(layer: GeoDataFrame, role: Role) -> Problem:
    """Return that the layer does not say its CRS."""
    return Problem(
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


def elsewhere(layer: GeoDataFrame, role: Role, gap_m: float) -> Problem:
    """Return that the layer lies ``gap_m`` (m) away from the ground of the study."""
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


def stops_short(role: Role, beyond_m2: float, share: float) -> Problem:
    """Return that ``beyond_m2`` (m²), a ``share`` (0 to 1) of the commune, lie beyond the layer."""
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


def wrong_kind(layer: GeoDataFrame, role: Role, kinds: list[str]) -> Problem:
    """Return that all geometries, of ``kinds``, are of a shape that the role does not take."""
    return Problem(
        "geometry-kind",
        role.title,
        say("servono {want}, il livello ha {got}.", "{want} are wanted, the layer has {got}.",
            want=_shapes(role), got=listing(kinds) if kinds else _NO_GEOMETRY),
        say("Non può svolgere questo ruolo: {a}.", "It can't play this role: {a}.", a=amount_of(layer)),
        _of_lines(role, kinds)
        or Text("Scegliere un'altra tabella o un altro file.", "Choose another table or another file."),
    )  # fmt: skip


def some_wrong_kind(layer: GeoDataFrame, role: Role, kinds: list[str]) -> Problem:
    """Return that the geometries of ``kinds``, some of the layer, are of a shape that the role does not take."""
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


def without_geometry(layer: GeoDataFrame, role: Role, rows: NDArray[np.bool_]) -> Problem:
    """Return that the features of ``rows`` have no geometry."""
    return Problem(
        "geometry-missing",
        role.title,
        say("elementi senza geometria: {n}.", "features without geometry: {n}.", n=int(rows.sum())),
        say("Non vengono contati: {a}.", "They are not counted: {a}.", a=amount_of(layer, rows)),
        Text("Disegnarli nel dato, se dovevano esserci.", "Draw them in the data, if they should be there."),
        Severity.WARNING,
    )


def field_missing(layer: GeoDataFrame, role: Role, field: Field) -> Problem:
    """Return that a field the role needs is not there, or is empty all through."""
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


def values_missing(role: Role, field: Field, count: int, amount: Text) -> Problem:
    """Return that ``count`` features have no value of a field the role needs."""
    return Problem(
        "value-missing",
        role.title,
        say("elementi senza «{f}»: {n}.", "features without “{f}”: {n}.", n=count, f=field.label),
        say("Sono contati sotto un nome vuoto: {a}.", "They are counted under an empty name: {a}.", a=amount),
        Text("Completare il dato.", "Complete the data."),
        Severity.WARNING,
    )


def out_of_range(role: Role, field: Field, count: int, amount: Text) -> Problem:
    """Return that ``count`` features have a value that the field can't take."""
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
