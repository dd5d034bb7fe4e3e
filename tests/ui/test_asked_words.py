"""The small window that asks for one line of words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QPushButton

from ui.asked_words import Question, asked_words
from ui.toolbox import GO, GO_TO, HOW


@pytest.mark.parametrize(("lang", "buttons"), [("it", {"Vai", "Annulla"}), ("en", {"Go", "Cancel"})])
@pytest.mark.parametrize(("ends", "words"), [("accept", "567000 4884000"), ("reject", None)])
def test_that_the_buttons_say_what_they_do_and_only_the_first_brings_words(window, lang, buttons, ends, words):
    seen = set()

    def answer():
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QInputDialog)
        seen.update(button.text().replace("&", "") for button in asked.findChildren(QPushButton))
        getattr(asked, ends)()

    QTimer.singleShot(0, answer)
    assert asked_words(window, Question(GO_TO, HOW, GO), lang, "567000 4884000") == words
    assert seen == buttons
