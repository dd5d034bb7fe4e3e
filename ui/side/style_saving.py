"""A style written for another program, where somebody says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from layers.text import Lang, Text
from puc_tool.printing.style_export import FORMATS, Dressed, save
from puc_tool.working.view import ThemeKey
from ui.desk import Desk
from ui.side.style_subject import LayerSubject, Subject
from ui.worker import Job

EXPORT = Text("Esporta…", "Export…")


def export(subject: Subject, parent: QWidget, desk: Desk, lang: Lang) -> None:
    """Ask for a file and write the style of ``subject`` into it, in the worker."""
    name = subject.key.theme if isinstance(subject.key, ThemeKey) else subject.key[0]
    filters = ";;".join(f"{each.upper()} (*.{each})" for each in FORMATS)
    start = str(subject.folder / f"{name}.qml")
    chosen, _ = QFileDialog.getSaveFileName(parent, EXPORT.to(lang).rstrip("…"), start, filters)
    if chosen:
        path, dressed = Path(chosen), _dressed(subject)
        desk.jobs.ask(Job("style", lambda report: save(path, dressed, lang), desk.said.emit, desk.say_why_not))


def _dressed(subject: Subject) -> Dressed:
    ref = subject.entry.ref if isinstance(subject, LayerSubject) else None
    return Dressed(subject.title, subject.cloth, subject.style, subject.picture, subject.opacity, ref)
