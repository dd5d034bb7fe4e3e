"""A dataset as the map would show it, before it is a layer of the study: the first features, or some of the cells.

Only to be looked at: nothing is checked, repaired or measured here, and the reading of the layer takes its place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from geopandas import GeoDataFrame

from analyses.progress import Report, silent
from layers import crs as coordinate_systems
from layers.formats.vector import Look, tables
from layers.geometry_kinds import has_geometry
from layers.glance import MOST, some_features
from layers.intake import Ground, Intake
from layers.problems import PucError
from layers.proposal import Proposal
from layers.raster import FileRaster
from layers.reference import LayerRef
from layers.roles import REFERENCE
from layers.shaping import shape
from layers.source import locate
from layers.text import Text, number, say
from puc_tool.intake.inspection import Found
from puc_tool.maps.canvas.pictures import Picture, drawn_by, picture
from puc_tool.maps.themes import Theme, theme_of

MOST_SHOWN = 20_000
READING = Text("Preparo l'anteprima", "Making the preview")
NO_PLACE = Text("Senza sistema di riferimento non si sa dove cade.", "Without a CRS where it falls is not known.")
NO_GEOMETRY = Text("È una tabella: non ha un luogo da mostrare.", "It is a table: it has no place to show.")
NOWHERE = Text("Nessuna geometria da mostrare.", "No geometry to show.")
BOX = Text("Del raster si vede solo il riquadro.", "Of the raster only its bounds are shown.")
FIRST = Text("I primi {n} elementi di {of}.", "The first {n} features of {of}.")


@dataclass(frozen=True)
class Preview:
    """The picture in the study's CRS, None where there is nothing to show; ``said`` tells why, or what is left out."""

    picture: Picture | None
    said: Text | None = None


def preview(found: Found, proposal: Proposal | None, ground: Ground, report: Report = silent) -> Preview:
    """Return how a dataset would look in the role proposed, or plain without one; raises PucError if unreadable."""
    report(0.0, READING)
    if isinstance(found.content, FileRaster):
        return _raster(found.content, proposal, ground)
    if found.content is None or found.content.geometry == "None":
        return Preview(None, NO_GEOMETRY)
    frame = features(found, MOST_SHOWN)
    report(0.5, READING)
    return _vector(frame, found, proposal, ground)


def features(found: Found, most: int = MOST) -> GeoDataFrame:
    """Return the first features of a vector dataset in the CRS it was given, or its own; raises PucError."""
    assert isinstance(found.content, Look), "only vectors have features"
    source = locate(found.path, found.table)
    name = source.table(found.table) or tables(source)[0]
    frame, _ = some_features(source, replace(found.content, name=name), most)
    return frame if found.given is None else frame.set_crs(found.given, allow_override=True)


def _vector(frame: GeoDataFrame, found: Found, proposal: Proposal | None, ground: Ground) -> Preview:
    if frame.crs is None:
        return Preview(None, NO_PLACE)
    there = frame[has_geometry(frame)]
    moved = there.set_geometry(shapely.force_2d(there.geometry.to_numpy()), crs=there.crs) if len(there) else there
    if not len(moved):
        return Preview(None, NOWHERE)
    placed, _ = coordinate_systems.reproject(moved, ground.crs, ground.grids)
    told = None
    if len(frame) < found.subject.features:
        told = say(FIRST.it, FIRST.en, n=number(len(frame)), of=number(found.subject.features))
    return Preview(_drawn(placed, found, proposal), told)


def _drawn(layer: GeoDataFrame, found: Found, proposal: Proposal | None) -> Picture:
    if proposal is None:
        return drawn_by(theme_of(REFERENCE.id, layer), layer)
    ref = LayerRef(proposal.role.id, found.path.name, fields=proposal.fields, values=proposal.values)
    try:
        layer, _ = shape(layer, proposal.role, replace(ref, codes=proposal.codes))
    except PucError:  # fields are missing still: that is told beside it, and the shapes can be seen all the same
        return drawn_by(theme_of(REFERENCE.id, layer), layer)
    return drawn_by(theme_of(proposal.role.id, layer), layer)


def _raster(raster: FileRaster, proposal: Proposal | None, ground: Ground) -> Preview:
    role = REFERENCE if proposal is None else proposal.role
    intake = Intake(LayerRef(role.id, raster.name), role, raster)
    seen = None if role is REFERENCE else picture(intake, ground.crs)
    if seen is not None:
        return Preview(seen)
    outline = GeoDataFrame(geometry=np.array([shapely.box(*raster.grid.bounds)]), crs=raster.grid.crs)
    placed, _ = coordinate_systems.reproject(outline, ground.crs, ground.grids)
    return Preview(drawn_by(Theme(theme_of(REFERENCE.id, placed).drawn), placed), BOX)
