"""A layer of a study as it was delivered: read whole, with its joined columns and chosen features, not yet shaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geopandas import GeoDataFrame

from layers import crs as coordinate_systems
from layers import roles
from layers.check import check
from layers.formats import domains
from layers.formats.table import read_columns
from layers.formats.vector import named_as, read, tables
from layers.geometry_kinds import has_geometry
from layers.intake import Ground
from layers.join import join
from layers.mends.mend import Context, area_of
from layers.problems import Problem, PucError, refuse_if_any
from layers.reference import LayerRef
from layers.shaping import shape
from layers.source import fingerprint, locate
from layers.spec import Role
from puc_tool import provenance
from puc_tool.mends import mending_refusals as refusals
from puc_tool.shelf import Shelf
from puc_tool.sources import trust
from puc_tool.study import Study


@dataclass(frozen=True)
class Delivered:
    """The layer, how the study names it, what was said while it was read. ``originals`` are its files with hashes."""

    layer: GeoDataFrame
    context: Context
    role: Role
    ref: LayerRef
    told: tuple[Problem, ...]
    originals: tuple[Mapping[str, str], ...]
    area_m2: float | None


def delivered(study: Study, ref: LayerRef, words: Sequence[str] = ()) -> Delivered:
    """Return the layer of ``ref``; ``words`` name tables that say what its codes mean, ``FIELD=table.csv``.

    Raises PucError if a file can't, or may not, be read, if it is a raster, or does not say its CRS.
    """
    role = roles.BY_ID[ref.role]
    trust.refuse_unless_agreed(study, (ref,))
    source = locate(ref.path(study.folder), ref.layer)
    if source.format.is_raster:
        raise PucError(refusals.raster(role))
    table = source.table(ref.layer) or named_as(source, role.id)
    raw, said = read(source, table, ref.encoding)
    if ref.crs is not None:
        raw = raw.set_crs(coordinate_systems.parse(ref.crs, role.title), allow_override=True)
    raw = raw.reset_index(drop=True)
    if ref.join is not None:
        raw, joined = join(raw, ref.join, study.folder)
        said += joined
    layer, left_out = _chosen(raw, role, ref)
    shelf = Shelf(study)
    ground = Ground(study.crs, grids=shelf.grids) if role is roles.BOUNDARY else shelf.ground()
    known = _tables(words) if words else domains.domains(source, table or _only(tables(source)))
    context = Context(role, ground, replace(ref, where=None), known)
    return Delivered(layer, context, role, ref, (*said, *left_out), _originals(study, ref), area_of(layer))


def _chosen(raw: GeoDataFrame, role: Role, ref: LayerRef) -> tuple[GeoDataFrame, list[Problem]]:
    """Return the features that the study chooses; raises PucError without a CRS or any geometry."""
    shaped, remarks = shape(raw, role, ref)
    fatal = {"crs-missing", "layer-empty", *(() if has_geometry(raw).any() else ("geometry-kind",))}
    refuse_if_any(problem for problem in check(shaped, role) if problem.code in fatal)
    return raw.loc[shaped.index], [problem for problem in remarks if problem.code == "selection-applied"]


def _only(names: tuple[str, ...]) -> str | None:
    return names[0] if len(names) == 1 else None


def _tables(words: Sequence[str]) -> domains.Domains:
    """Return field → code → words from tables of two columns that the user names: code, words."""
    found = dict[str, Mapping[str, str]]()
    for field, _, name in (word.partition("=") for word in words):
        path = Path(name.strip())
        columns, _ = read_columns(path)
        if len(columns.columns) != 2:
            raise PucError(refusals.not_two_columns(path))
        pairs = columns.dropna().astype(str)
        found[field.strip()] = dict(zip(pairs.iloc[:, 0].str.strip(), pairs.iloc[:, 1].str.strip(), strict=True))
    return found


def _originals(study: Study, ref: LayerRef) -> tuple[Mapping[str, str], ...]:
    names = [ref.source, *([ref.join.table] if ref.join else [])]
    return tuple(
        {"source": provenance.shown_source(name), "sha256": fingerprint(study.folder / name)} for name in names
    )
