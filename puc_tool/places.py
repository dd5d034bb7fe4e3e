"""A place that is asked about, as somebody names it: a point, a polygon, a parcel of the land registry."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from difflib import get_close_matches

import pandas as pd
import shapely
from geopandas import GeoDataFrame
from shapely.errors import ShapelyError
from shapely.validation import explain_validity

from layers import roles
from layers.problems import Problem, PucError, errors
from layers.text import NOTHING, Text, listing, same, say
from layers.union import union_of_parts
from layers.vocabulary import folded
from puc_tool.shelf import Shelf

_LIKE_IT = 5
_DRAWN = Text("Area disegnata", "Area drawn")
_AT_HAND = Text(
    "Per esempio POLYGON ((567000 4884000, 567100 4884000, 567100 4884100, 567000 4884000)).",
    "For example POLYGON ((567000 4884000, 567100 4884000, 567100 4884100, 567000 4884000)).",
)


def of_xy(words: str) -> shapely.Point:
    """Return the point «E,N» in the study's CRS, with decimal points, or «E;N» with commas; raises PucError."""
    parts = words.replace(",", ".").split(";") if ";" in words else words.split(",")
    try:
        east, north = (float(part) for part in parts)
    except ValueError as error:
        raise PucError(_not_a_point(words)) from error
    if not (math.isfinite(east) and math.isfinite(north)):
        raise PucError(_not_a_point(words))
    return shapely.Point(east, north)


def of_wkt(words: str) -> shapely.Geometry:
    """Return the point or the polygon that WKT tells, in the study's CRS and in plan; raises PucError."""
    try:
        place = shapely.force_2d(shapely.from_wkt(words))
    except (ShapelyError, ValueError) as error:
        raise PucError(_not_wkt(words)) from error
    if place is None or place.is_empty or place.geom_type not in ("Point", "Polygon", "MultiPolygon"):
        raise PucError(_not_a_place(place))
    if not place.is_valid:
        raise PucError(_crossing(same("--wkt"), explain_validity(place)))
    return place


def of_corners(corners: Sequence[tuple[float, float]]) -> shapely.Geometry:
    """Return the point, or the polygon with these corners, that somebody drew (m of the study's CRS); raises PucError.

    One corner is a point, three and more are a polygon; two are nothing, and their polygon has no ground.
    """
    if len(corners) == 1:
        return shapely.Point(corners[0])
    place = shapely.Polygon(corners) if len(corners) > 2 else shapely.Polygon()
    if place.is_empty or not place.is_valid:
        raise PucError(_crossing(_DRAWN, explain_validity(place)))
    return place


def of_parcel(code: str, shelf: Shelf) -> shapely.Geometry:
    """Return the ground of the parcel ``code``, all its polygons; raises PucError: no parcels, or none of this code."""
    layer = _parcels(shelf)
    codes = layer["code"].map(lambda value: "" if pd.isna(value) else str(value))
    chosen = codes == code
    if not chosen.any():
        chosen = codes.map(folded) == folded(code)
    if not chosen.any():
        raise PucError(_no_parcel(code, get_close_matches(code, codes.unique().tolist(), _LIKE_IT)))
    return union_of_parts(layer.geometry.to_numpy()[chosen.to_numpy()])


def _parcels(shelf: Shelf) -> GeoDataFrame:
    found = shelf.of_roles((roles.PARCELS,))
    if not found:
        raise PucError(_no_parcels())
    if found[0].layer is None:
        raise PucError(*errors(found[0].problems))
    assert isinstance(found[0].layer, GeoDataFrame), "parcels are polygons"
    return found[0].layer


def _not_a_point(words: str) -> Problem:
    return Problem(
        "place-not-a-point",
        same("--xy"),
        say("«{w}» non sono due coordinate.", "“{w}” are not two coordinates.", w=words),
        NOTHING,
        Text("Servono est e nord in metri: --xy 567000,4884000.", "East and north in metres: --xy 567000,4884000."),
    )


def _not_wkt(words: str) -> Problem:
    return Problem(
        "place-not-wkt",
        same("--wkt"),
        say("«{w}» non è una geometria WKT.", "“{w}” is no WKT geometry.", w=words[:60]),
        NOTHING,
        _AT_HAND,
    )


def _not_a_place(place: shapely.Geometry | None) -> Problem:
    kind = "–" if place is None else place.geom_type
    return Problem(
        "place-kind",
        same("--wkt"),
        say("serve un punto o un poligono con un'estensione, non {k}.", "a point or a polygon with extent, not {k}.",
            k=kind),
        NOTHING,
        _AT_HAND,
    )  # fmt: skip


def _crossing(where: Text, why: str) -> Problem:
    place = re.search(r"\[(.+)\]", why)
    return Problem(
        "place-crosses-itself",
        where,
        say("il poligono si incrocia o si tocca da sé, a {xy}.", "the polygon crosses or touches itself, at {xy}.",
            xy=place[1] if place else "?"),
        Text("La sua superficie non è definita.", "Its area is not defined."),
        Text("Ridisegnarlo senza incroci.", "Draw it without crossings."),
    )  # fmt: skip


def _no_parcels() -> Problem:
    return Problem(
        "role-lacking",
        roles.PARCELS.title,
        Text("lo studio non ha particelle.", "the study has no parcels."),
        NOTHING,
        Text(
            "Aggiungerle con «puc-tool add STUDIO parcels FILE», o indicare il luogo con --wkt.",
            "Add them with “puc-tool add STUDY parcels FILE”, or name the place with --wkt.",
        ),
    )


def _no_parcel(code: str, near: list[str]) -> Problem:
    return Problem(
        "parcel-unknown",
        roles.PARCELS.title,
        say("non c'è la particella «{c}».", "there is no parcel “{c}”.", c=code),
        NOTHING,
        say("Fra quelle che ci sono le somigliano: {l}.", "Of those there are, alike: {l}.", l=listing(near))
        if near
        else Text("Si scrive foglio/particella, come nel livello.", "Write sheet/number, as in the layer."),
    )
