"""A new study made and filled from a folder of data in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analyses.progress import Report
from layers.communes import Commune
from puc_tool.intake.folder_intake import Talk, add_folder, refuse_unless_there
from puc_tool.intake.outcomes import Brought
from puc_tool.studies.study_making import make_study


@dataclass(frozen=True)
class WantedStudy:
    """A study of ``commune`` to be made in ``folder``, and filled from ``origin`` if there is one.

    ``day`` is printed on its sheets; ``begun`` is told folder and commune when the study is there and reading begins.
    """

    folder: Path
    commune: Commune
    day: date
    origin: Path | None
    talk: Talk
    begun: Callable[[str, str], None]

    def make(self, report: Report) -> tuple[Path, Brought | None]:
        """Make it, and return its folder and what came of ``origin``.

        Raises PucError if the folder is not free, can't be written, or there is no ``origin`` where one is named.
        """
        if self.origin is not None:
            refuse_unless_there(self.origin)
        make_study(self.folder, [self.commune], None, self.day)
        if self.origin is None:
            return self.folder, None
        self.begun(str(self.folder), self.commune.name)
        return self.folder, add_folder(self.folder, self.origin, report, self.talk)
