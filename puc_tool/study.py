"""A study: a folder with ``study.toml``. It can be moved, copied, put under git.

The file is as little trusted as a dataset: everything in it is checked, and every fault is told at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pyproj import CRS

from analyses.analysis import Population
from layers.reference import LayerRef
from layers.text import Text, italian

FILE = "study.toml"
SCENARIOS = "scenarios"
VERSION = 1  # 1: first format. Each later number gets a line here and a step in study_upgrade.py
DEMONSTRATION = "dati dimostrativi"


@dataclass(frozen=True)
class Study:
    """What ``study.toml`` says. ``settings`` holds the tables ``[analysis.<id>]`` as they stand."""

    folder: Path
    title: str
    comuni: tuple[str, ...]
    crs: CRS
    day: date | None = None
    population: Population = field(default_factory=dict)
    layers: tuple[LayerRef, ...] = ()
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    sheet: Mapping[str, str] = field(default_factory=dict)
    is_demonstration: bool = False
    title_en: str = ""

    @property
    def named(self) -> Text:
        """Its title in both languages: the Italian one where no other was written."""
        return italian(self.title, self.title_en)

    def of_role(self, role: str) -> tuple[LayerRef, ...]:
        """Return the layers of ``role``, oldest first."""
        found = [layer for layer in self.layers if layer.role == role]
        return tuple(sorted(found, key=lambda layer: layer.year or 0))

    @property
    def file(self) -> Path:
        """Where ``study.toml`` lies."""
        return self.folder / FILE

    @property
    def results(self) -> Path:
        """Where results are written."""
        return self.folder / "results"

    @property
    def scenarios(self) -> Path:
        """Where the scenarios of its districts lie, a file each."""
        return self.folder / SCENARIOS

    @property
    def export(self) -> Path:
        """Where sheets are written."""
        return self.folder / "export"
