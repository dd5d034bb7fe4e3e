"""What the workspace of sheets asks of the worker: the preview of a page, the export of one sheet, the pack."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from layers.problems import Problem, PucError
from layers.text import Lang, Text, number, say
from puc_tool.maps.style import Format
from puc_tool.printing import sheets
from puc_tool.printing.council_pack import Made, PackWish, Part, make_pack, offered
from puc_tool.printing.coverage import WHOLE, Cut
from puc_tool.printing.exporting import Exported, export
from puc_tool.printing.sheet_list import Listed, listed
from puc_tool.printing.sheet_orders import Wish
from puc_tool.printing.sheet_pack import Pack
from puc_tool.printing.sheet_preview import Preview, preview
from puc_tool.printing.sheets import Kind
from puc_tool.report.open_data.package import Said
from puc_tool.working.session import Session
from ui.desk import EXPORT, Desk
from ui.worker import Job

PREVIEW = "preview"
ALIKE = Text("Anteprima uguale alla stampa.", "The preview is what is printed.")
STOPPED = Text("Fermato. Ciò che è fatto resta.", "Stopped. What is done stays.")
WRITTEN = Text("Tavole in {d}: disegnate {k}, invariate {u}.", "Sheets in {d}: {k} drawn, {u} unchanged.")
ALL_DRAWN = Text("Tavole scritte in {d}: {n}.", "Sheets written to {d}: {n}.")
ONE_DRAWN = Text("1 tavola scritta in {d}.", "1 sheet written to {d}.")
PACK_WRITTEN = Text("Pacchetto in {d}: fatti {k}, invariati {u}.", "Pack in {d}: {k} made, {u} unchanged.")


@dataclass(frozen=True)
class Chosen:
    """What a pack is to hold beside its sheets: the study in some formats, notebooks, open data, one PDF of all."""

    one_file: bool = False
    study: tuple[str, ...] = ()
    has_notebooks: bool = False
    has_open_data: bool = False

    @property
    def is_more(self) -> bool:
        """Tell whether anything but sheets is chosen."""
        return bool(self.study) or self.has_notebooks or self.has_open_data


class SheetsDesk(QObject):
    """Which sheet is looked at, how it is cut, and what comes of asking for it.

    ``asked`` tells that a page is being made, ``previewed`` carries it, ``lacking`` why there is none, ``undrawn`` that
    somebody stopped it; ``packed``
    carries the pack as it grows, ``ended`` its problems once nothing is left to do. Only ``seen``, the page that was
    made last and still is what the study has, is exported as one sheet.
    """

    asked = Signal()
    previewed = Signal(object)
    lacking = Signal(object)
    undrawn = Signal()
    packed = Signal(object)
    _grown = Signal(object)
    ended = Signal(object)

    def __init__(self, session: Session, desk: Desk, lang: Lang, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk, self._lang = session, desk, lang
        self.kind: Kind = self._first()
        self.cut: Cut = WHOLE
        self.place = 0
        self.seen: Preview | None = None
        self._asked = 0
        self._folder = session.study.export
        self._grown.connect(self._follow)

    @property
    def is_packing(self) -> bool:
        """Tell whether sheets are being written."""
        return self._desk.jobs.running == EXPORT

    @property
    def folder(self) -> str:
        """Where the last pack was written: that of the sheets, or the study's where it holds more."""
        return str(self._folder)

    def listed(self) -> tuple[Listed, ...]:
        """Return every sheet as it stands now."""
        return listed(self._session.study, sheets.ALL)

    def choose(self, kind: Kind) -> None:
        """Look at another sheet; the part of the ground stays."""
        self.kind = kind
        self.ask()

    def turn(self, place: int) -> None:
        """Look at another part of the ground."""
        self.place = place
        self.ask()

    def cut_as(self, **changes: object) -> None:
        """Look at the sheet on another paper, at another scale, or cut into other units."""
        self.cut, self.place = replace(self.cut, **changes), 0  # type: ignore[arg-type]
        self.ask()

    def forget(self) -> None:
        """Take the page that is seen for one of before."""
        self.seen = None
        self._asked += 1
        self.asked.emit()

    def ask(self) -> None:
        """Make the page that is looked at."""
        shelf, kind, cut, place, lang = self._session.shelf, self.kind, self.cut, self.place, self._lang
        self.forget()
        asked = self._asked
        self._desk.save_wanted.emit()
        self._desk.jobs.ask(
            Job(
                PREVIEW,
                lambda report: preview(shelf, kind, cut, lang, place=place, report=report),
                lambda made: self._show(made, asked),
                lambda error: self._lack(error, asked),
                lambda: self._stop_drawing(asked),
            )
        )

    def export_one(self, formats: Sequence[Format]) -> None:
        """Write the sheet that is seen, as it is cut."""
        if self.seen is None:
            return
        shelf, kind, cut, lang = self._session.shelf, self.seen.kind, self.cut, self._lang
        self._write(lambda report: export(shelf, (kind,), formats, lang=lang, cut=cut, report=report), self._exported)

    def export_pack(self, kinds: Sequence[Kind], formats: Sequence[Format], chosen: Chosen) -> None:
        """Write these sheets, all cut alike, and what is chosen beside them."""
        shelf, sheet_wish = self._session.shelf, Wish(tuple(formats), lang=self._lang, cut=self.cut)
        wish = PackWish(
            tuple(kinds), sheet_wish, chosen.one_file, chosen.study, chosen.has_notebooks,
            Said() if chosen.has_open_data else None,
        )  # fmt: skip
        self._folder = self._session.study.folder if chosen.is_more else self._session.study.export
        self._write(
            lambda report: make_pack(shelf, wish, tell=self._grown.emit, jobs=os.cpu_count() or 1, report=report),
            self._packed,
        )

    def offered(self) -> tuple[Part, ...]:
        """Return what a pack can hold now beside its sheets."""
        return offered(self._session.study)

    def cancel(self) -> None:
        """Stop what is being made."""
        self._desk.cancel()

    def _first(self) -> Kind:
        """Return the sheet of the analysis in hand, else the first."""
        wanted = self._session.analysis.id
        of_analysis = (kind for kind in sheets.ALL if isinstance(kind, sheets.SheetKind) and kind.analysis.id == wanted)
        return next(of_analysis, sheets.ALL[0])

    def _write(self, work: object, done: object) -> None:
        self._desk.save_wanted.emit()
        self._desk.jobs.ask(Job(EXPORT, work, done, self._refused, self._stopped))  # type: ignore[arg-type]

    def _show(self, made: Preview, asked: int) -> None:
        """Show a page, unless another was asked for meanwhile."""
        if asked == self._asked:
            self.place, self.seen = made.place, made
            self._desk.said.emit(ALIKE)
            self.previewed.emit(made)

    def _stop_drawing(self, asked: int) -> None:
        if asked == self._asked:
            self.undrawn.emit()

    def _lack(self, error: PucError, asked: int) -> None:
        if asked == self._asked:
            self.lacking.emit(error.problems)

    def _follow(self, pack: Pack) -> None:
        """Carry on how far the pack is; one that was stopped says nothing more, though its last file may still come."""
        if self.is_packing:
            self.packed.emit(pack)

    def _exported(self, done: Exported) -> None:
        names = {path.name.partition(".")[0] for path in done.files}
        drawn = done.drawn if names else 0
        words = WRITTEN if drawn < len(names) else ONE_DRAWN if len(names) == 1 else ALL_DRAWN
        self._tell(words, (len(names), drawn), self._session.study.export.name, done.problems)

    def _packed(self, done: tuple[Pack, Made]) -> None:
        pack, made = done
        self.packed.emit(pack)
        unchanged, drawn = (sum(getattr(line, name) for line in pack.lines) for name in ("unchanged", "drawn"))
        self._tell(PACK_WRITTEN, (unchanged + drawn, drawn), self._folder.name, made.problems)

    def _tell(self, words: Text, counts: tuple[int, int], place: str, problems: tuple[Problem, ...]) -> None:
        count, drawn = counts
        values = {"n": number(count), "k": number(drawn), "u": number(count - drawn), "d": place}
        self._desk.said.emit(say(words.it, words.en, **values))
        self.ended.emit(tuple(dict.fromkeys(problems)))

    def _refused(self, error: PucError) -> None:
        self._desk.said.emit(error.problems[0].message)
        self.ended.emit(error.problems)

    def _stopped(self) -> None:
        self._desk.said.emit(STOPPED)
        self.ended.emit(())
