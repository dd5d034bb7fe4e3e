"""The layers of an open study, each taken in at most once, and handed to analyses in the shape they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from analyses.analysis import Analysis, Edition
from layers import datum_grids, roles
from layers.intake import Ground, Intake, take_in
from layers.problems import Problem
from layers.reference import LayerRef
from layers.spec import Role
from layers.union import union_of_parts
from puc_tool import provenance
from puc_tool.mends import edits_over_mends, mended_remarks
from puc_tool.scenarios import scenario_files
from puc_tool.scenarios.scenario_files import Scenarios
from puc_tool.sources import trust
from puc_tool.study import Study


@dataclass(frozen=True)
class Taken:
    """What came of taking a layer in, and what its files were just before."""

    ref: LayerRef
    sha256: tuple[str, ...]
    intake: Intake


class Shelf:
    """Reads the layers of ``study`` when they are first asked for."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._taken: dict[LayerKey, Taken] = {}
        self._scenarios: Scenarios | None = None
        self.grids, self.grid_problems = datum_grids.read(study.folder)

    def intake(self, ref: LayerRef) -> Intake:
        """Return what came of taking ``ref`` in; a layer that the study now names otherwise is taken in anew."""
        if ref.key not in self._taken or self._taken[ref.key].ref != ref:
            if ref.role == roles.BOUNDARY.id:  # all others are placed by it
                self._taken.clear()
            sha256 = self.sha256(ref)
            self._taken[ref.key] = Taken(ref, sha256, self._take_in(ref))
        return self._taken[ref.key].intake

    def still_reads(self, ref: LayerRef, sha256: tuple[str, ...]) -> bool:
        """Tell whether what was taken in of ``ref``, now or before, is of files with these fingerprints."""
        self.intake(ref)
        return self._taken[ref.key].sha256 == sha256

    def sha256_read(self, ref: LayerRef) -> tuple[str, ...]:
        """Return the fingerprints of the files that were read for ``ref``, edited or not; nothing if none were."""
        taken = self._taken.get(ref.key)
        is_same = taken is not None and replace(taken.ref, edits=None) == replace(ref, edits=None)
        return taken.sha256 if taken is not None and is_same else ()

    def forget_changed(self) -> None:
        """Let go of the layers whose file is no longer what was read; of all, if it was the boundary or a grid.

        A window stays open for hours, and what is computed must be of the files whose SHA-256 is recorded.
        """
        changed = [taken.ref for taken in self._taken.values() if self.sha256(taken.ref) != taken.sha256]
        grids, self.grid_problems = datum_grids.read(self.study.folder)
        if grids != self.grids or any(ref.role == roles.BOUNDARY.id for ref in changed):
            self.grids = grids
            self._taken.clear()
        self._scenarios = None
        for ref in changed:
            self._taken.pop(ref.key, None)

    def sha256(self, ref: LayerRef) -> tuple[str, ...]:
        """Return the fingerprints of the layer's files; nothing where they may not or can't be read."""
        if trust.problems(self.study, ref):
            return ()
        try:
            return provenance.fingerprints(ref, self.study.folder)
        except OSError:
            return ()

    def of_roles(self, wanted: tuple[Role, ...]) -> tuple[Intake, ...]:
        """Return the intakes of every layer that plays one of ``wanted``."""
        return tuple(self.intake(ref) for role in wanted for ref in self.study.of_role(role.id))

    def problems(self, wanted: tuple[Role, ...]) -> list[Problem]:
        """Return everything there is to say about these layers."""
        return [problem for intake in self.of_roles(wanted) for problem in intake.problems]

    @property
    def scenarios(self) -> Scenarios:
        """The scenarios of the study's districts, as their files stand."""
        if self._scenarios is None:
            self._scenarios = scenario_files.scenarios(self.study, self.ground())
        return self._scenarios

    def inputs(self, analysis: Analysis) -> Mapping[str, Any]:
        """Return the analysis's arguments: a layer or None, a tuple of editions for a yearly role, scenarios."""
        arguments: dict[str, Any] = {"population": self.study.population}
        if analysis.takes_scenarios:
            arguments["scenarios"] = self.scenarios.read
        for role in analysis.inputs:
            found = [intake for intake in self.of_roles((role,)) if intake.layer is not None]
            if role.yearly:
                arguments[role.id] = tuple(
                    Edition(intake.ref.year, intake.layer, intake.ref.credit or "") for intake in found
                )
            else:
                arguments[role.id] = found[0].layer if found else None
        return arguments

    def ground(self) -> Ground:
        """Return the study's place; without a readable boundary, only its CRS."""
        boundary = self.study.of_role(roles.BOUNDARY.id)
        layer = self.intake(boundary[0]).layer if boundary else None
        outline = None if layer is None else union_of_parts(layer.geometry.to_numpy())  # type: ignore[union-attr]
        return Ground(self.study.crs, outline, self.grids)

    def _take_in(self, ref: LayerRef) -> Intake:
        role = roles.BY_ID[ref.role]
        refused = trust.problems(self.study, ref)
        if refused:
            return Intake(ref, role, None, tuple(refused))
        ground = Ground(self.study.crs, grids=self.grids) if role is roles.BOUNDARY else self.ground()
        folder = self.study.folder
        intake = take_in(edits_over_mends.over_mends(ref, folder), role, folder, ground)
        return replace(intake, ref=ref, problems=(*mended_remarks.remarks(self.study, ref), *intake.problems))


LayerKey = tuple[str, int | None]
