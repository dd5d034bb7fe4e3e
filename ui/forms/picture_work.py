"""Who makes the picture of a dataset, and when: one that nobody waits for any more is given up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from analyses.progress import Report
from ui.forms.asides import Aside, Asides
from ui.forms.previewing import Previewer, Seen
from ui.worker import Job, Jobs

PREVIEW = "preview"
Looking = Callable[[Previewer, Report], Seen]


class PictureWork:
    """Has one picture made at a time, beside the window; ``previewer`` is that of the folder of the study."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        self._jobs = jobs
        self._asides = Asides(parent)
        self._folder: Path | None = None
        self.previewer: Previewer | None = None

    def begin(self, folder: Path) -> None:
        """Make pictures for the study in ``folder``; what is known of its ground is kept while it is the same."""
        if folder != self._folder:
            self._folder, self.previewer = folder, Previewer(folder)

    def ask(self, look: Looking, show: Callable[[Seen], None], *, is_reading: bool) -> None:
        """Have a picture made in the place of the one asked for before.

        While a folder is read (``is_reading``) the thread that reads makes it, between two datasets.
        """
        self.stop()
        previewer = self.previewer
        if previewer is None:
            return

        def work(report: Report) -> Seen:
            return look(previewer, report)

        if is_reading:
            self._asides.ask(Aside(work, show))
        else:
            self._jobs.ask(Job(PREVIEW, work, show))

    def serve(self) -> None:
        """Make what is wanted; the thread that reads calls this between two datasets."""
        self._asides.serve()

    def stop(self) -> None:
        """Want no picture any more."""
        self._asides.ask(None)
        if self._jobs.running == PREVIEW:
            self._jobs.cancel()
