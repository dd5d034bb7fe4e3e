"""One start of the window on a study, without a screen: seconds until it is up, and the longest wait after that."""

import time

BEGUN = time.perf_counter()

import json  # noqa: E402 (the clock runs while the window's code is loaded)
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from ui.open_command import load  # noqa: E402

load()

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from ui.app import Windows  # noqa: E402
from ui.look import Look  # noqa: E402
from ui.voice import Voice  # noqa: E402

TURN_MS, WATCHED_S = 5, 8.0


class Watch:
    """Counts the turns of the event loop."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self.up_s = self.wait_s = 0.0
        self._last = 0.0

    def begin(self) -> None:
        self._last = time.perf_counter()
        self.up_s = self._last - BEGUN
        self._turn()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.wait_s, self._last = max(self.wait_s, now - self._last), now
        if now - BEGUN < WATCHED_S:
            QTimer.singleShot(TURN_MS, self._turn)
        else:
            self._windows.current.close()
            QApplication.quit()


def main() -> None:
    app = QApplication([])
    app.setApplicationName("puc-tool")
    Voice(app).speak("it")
    windows = Windows(Look(app), "it")
    windows.open(Path(sys.argv[1]))
    watch = Watch(windows)
    QTimer.singleShot(0, watch.begin)
    app.exec()
    windows.stop()
    print(json.dumps({"up": watch.up_s, "wait": watch.wait_s}))


if __name__ == "__main__":
    main()
