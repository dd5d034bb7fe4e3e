"""How a study names one of its layers: role, source, and how its fields and codes become the role's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from layers.text import Text, italian

Cell = str | float | None
"""What a field of a feature holds: words, a number, or nothing."""


@dataclass(frozen=True)
class Mark:
    """What a feature is known by when its source is delivered anew: its values are the source's, never edited ones.

    ``codes`` are those of its naming fields (code, zone, name) that no other feature has. ``content`` is the sum of
    its outline and other values. ``at`` is a point of it, in the study's CRS: it finds who lies there now.
    """

    codes: tuple[tuple[str, str], ...] = ()
    content: str = ""
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Edit:
    """A value that somebody changed: of the feature in ``row`` of its source, from 0; ``before`` is the source's.

    ``made_on`` are the fingerprints of the files it was made on, where they are not those of all the others: then it
    waits, for its feature was not found in what was delivered since.
    """

    row: int
    field: str
    before: Cell
    after: Cell
    mark: Mark | None = None
    made_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edits:
    """The values changed in a layer, laid over its source, which stays as it is; ``field`` is the role's.

    ``sha256`` are the fingerprints of the files they were made on: in others the features are looked for by their
    marks. ``is_broken``: they are written somewhere and can't be understood.
    """

    sha256: tuple[str, ...]
    values: tuple[Edit, ...] = ()
    is_broken: bool = False

    def made_on(self, edit: Edit) -> tuple[str, ...]:
        """Return the fingerprints of the files that ``edit`` was made on."""
        return edit.made_on or self.sha256


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
    ``codes`` source value → role value (for every coded field of the role). ``credit`` is printed on sheets, in English
    ``credit_en`` where it is given. ``edits`` stand in a file of their own.
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
    edits: Edits | None = None
    credit_en: str | None = None

    def path(self, folder: Path) -> Path:
        """Return where the source lies, seen from the study's folder."""
        return folder / self.source

    def files(self, folder: Path) -> tuple[Path, ...]:
        """Return where the source lies, and the table that is joined to it."""
        return (self.path(folder), *((folder / self.join.table,) if self.join else ()))

    @property
    def credited(self) -> Text:
        """What is printed of its source; nothing where nobody wrote it."""
        return italian(self.credit or "", self.credit_en or "")

    @property
    def key(self) -> tuple[str, int | None]:
        """What makes a layer unique in a study."""
        return self.role, self.year
