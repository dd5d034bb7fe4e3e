"""Asking for one line of words in a small window, whose buttons say what they do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QInputDialog, QWidget

from layers.text import Lang, Text

CANCEL = Text("Annulla", "Cancel")


@dataclass(frozen=True)
class Question:
    """What is asked: the title of the window, what stands over the line, and what the button does with the words."""

    title: Text
    label: Text
    take: Text


def asked_words(parent: QWidget, question: Question, lang: Lang, first: str = "") -> str | None:
    """Return the words that were typed, ``first`` stands there already; None if nothing was to be done."""
    window = QInputDialog(parent)
    window.setWindowTitle(question.title.to(lang))
    window.setLabelText(question.label.to(lang))
    window.setTextValue(first)
    window.setOkButtonText(question.take.to(lang))
    window.setCancelButtonText(CANCEL.to(lang))
    return window.textValue() if window.exec() == QDialog.DialogCode.Accepted else None
