"""How a study names one of its layers: role, source, and how its fields and codes become the role's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Join:
    """A table beside the layer: rows whose ``right`` equals the layer's ``left`` add their columns to it."""

    table: str
    left: str
    right: str


@dataclass(frozen=True)
class LayerRef:
    """One ``[[layer]]`` of study.toml. Paths are relative to the study, with forward slashes.

    ``fields`` maps role field → source field, ``values`` role field → the same value for every feature,
    ``codes`` source value → role value (for every coded field of the role). ``credit`` is printed on sheets.
    """

    role: str
    source: str
    layer: str | None = None
    year: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    where: str | None = None
    crs: str | None = None
    encoding: str | None = None
    join: Join | None = None
    credit: str | None = None

    def path(self, folder: Path) -> Path:
        """Return where the source lies, seen from the study's folder."""
        return folder / self.source

    @property
    def key(self) -> tuple[str, int | None]:
        """What makes a layer unique in a study."""
        return self.role, self.year
