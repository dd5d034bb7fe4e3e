"""Is there a screen, and everything Qt needs to draw on it? Asked before Qt is imported: Qt itself would abort.

A child process tries it, because a missing library or screen ends the process that finds out.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Mapping

from layers.problems import Problem, PucError
from layers.text import Text, same, say

LIBRARIES: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""What Qt loads from the system under Linux, and the Debian and Ubuntu package it comes in."""

_CHILD = """
try:
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except ImportError:
    pass
from PySide6.QtWidgets import QApplication
QApplication([])
"""
_WAIT_S = 60
_WITHOUT = Text(
    "La finestra non si apre; tutto il resto funziona dalla riga di comando: «puc-tool --help».",
    "The window can't open; everything else works from the command line: “puc-tool --help”.",
)


def refuse_without_screen() -> None:
    """Raise PucError, naming the packages to install, if no window can be opened here."""
    words = _what_qt_says()
    if words is None:
        return
    # Qt blames the screen even where a library of the screen's is missing, so the libraries are looked for first.
    missing = _missing() if sys.platform == "linux" else ()
    raise PucError(_libraries_missing(missing) if missing else _no_screen(words))


def _missing() -> tuple[str, ...]:
    """Return the packages of the libraries that are not there."""
    return tuple(package for library, package in LIBRARIES.items() if not _is_there(library))


def _is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _what_qt_says() -> str | None:
    """Return the first line of Qt's complaint, or None if a child process could open its screen."""
    try:
        child = subprocess.run(
            [sys.executable, "-c", _CHILD], capture_output=True, text=True, timeout=_WAIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return "timeout"
    said = [line for line in child.stderr.splitlines() if line.strip()]
    return None if child.returncode == 0 else (said[-1] if "Error" in child.stderr and said else "".join(said[:1]))


def _libraries_missing(packages: tuple[str, ...]) -> Problem:
    install = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
    return Problem(
        "qt-libraries-missing",
        same("puc-tool open"),
        Text("mancano librerie di sistema per la finestra.", "system libraries for the window are missing."),
        _WITHOUT,
        say("Su Debian o Ubuntu: {i}", "On Debian or Ubuntu: {i}", i=install),
    )


def _no_screen(words: str) -> Problem:
    packages = " ".join(LIBRARIES.values())
    return Problem(
        "no-screen",
        same("puc-tool open"),
        say("non c'è uno schermo su cui disegnare ({w}).", "there is no screen to draw on ({w}).", w=words[:200]),
        _WITHOUT,
        say(
            "Aprirla da una sessione grafica. Se c'è già, su Debian o Ubuntu: "
            "sudo apt-get install --no-install-recommends {p}",
            "Open it from a graphical session. If this is one, on Debian or Ubuntu: "
            "sudo apt-get install --no-install-recommends {p}",
            p=packages,
        ),
    )
