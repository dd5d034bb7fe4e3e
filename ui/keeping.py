"""The clock beside a `Keeper`: saves a moment after each change, looks now and then whether a held study is free."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from layers.problems import PucError
from puc_tool.working.history import Place
from puc_tool.working.keeper import Keeper, Standing

_SETTLE_MS = 500
_LOOK_EVERY_MS = 2000


class Keeping(QObject):
    """``changed`` tells that there is something else to say of how the study is kept; ``saved`` that it is saved."""

    changed = Signal()
    saved = Signal()

    def __init__(self, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keeper = keeper
        self.trouble: PucError | None = None
        self.is_free = False
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self.save)
        self._looking = QTimer(self, interval=_LOOK_EVERY_MS)
        self._looking.timeout.connect(self._look)
        keeper.changed.connect(self._stand)
        keeper.saved.connect(self._save_ended)
        keeper.troubled.connect(self._be_troubled)
        keeper.session.history.changed.connect(self._settle)
        self._stand()

    def save(self) -> None:
        """Save now."""
        self._settling.stop()
        self.keeper.save()

    def close(self) -> None:
        """Save, and let the study go."""
        self._settling.stop()
        self._looking.stop()
        self.keeper.close()

    def _settle(self, places: tuple[Place, ...]) -> None:
        self._settling.start()

    def _stand(self) -> None:
        if self.keeper.standing is Standing.HELD:
            self._looking.start()
        else:
            self._looking.stop()
        self.changed.emit()

    def _look(self) -> None:
        if self.keeper.look_again():
            self._looking.stop()
            self.is_free = True
            self.changed.emit()

    def _save_ended(self) -> None:
        was_troubled, self.trouble = self.trouble is not None, None
        self.saved.emit()
        if was_troubled:
            self.changed.emit()

    def _be_troubled(self, error: PucError) -> None:
        self.trouble = error
        self.changed.emit()
