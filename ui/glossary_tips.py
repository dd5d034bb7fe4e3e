"""The glossary on hover: what a label, a button or the head of a column says is explained where it uses a term."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QHeaderView, QLabel, QWidget

from layers.text import Lang
from puc_tool.report import glossary

_MOST = 2


def explained(words: str, lang: Lang) -> str:
    """Return the terms that ``words`` use with their meaning, the first two; nothing if there are none."""
    found = list(glossary.used_in(words, lang))[:_MOST]
    return "\n\n".join(f"{each.term.to(lang)}: {each.words.to(lang)}" for each in found)


def words_at(widget: QWidget | None, at: QPoint) -> str:
    """Return what stands at a place of the screen in ``widget``; nothing where it has a tooltip of its own."""
    if widget is None or widget.toolTip():
        return ""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    head = widget.parentWidget()
    if isinstance(head, QHeaderView):
        return _head(head, head.viewport().mapFromGlobal(at))
    return ""


def _head(head: QHeaderView, at: QPoint) -> str:
    section = head.logicalIndexAt(at)
    if section < 0 or head.model() is None:
        return ""
    return str(head.model().headerData(section, Qt.Orientation.Horizontal) or "")
