"""What every test may count on: no screen, no network, an empty home, and real data where there is some."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

LOCAL = (socket.AF_UNIX,) if hasattr(socket, "AF_UNIX") else ()

# How long an example takes says more about the machine than about the code.
settings.register_profile("house", parent=settings(), deadline=None)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Set what has to stand before Qt and matplotlib are first used; kept caches make the second run quick.

    Numba keeps its own beside the kernels, in ``__pycache__``, so a kernel is compiled once for all workers.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["MPLCONFIGDIR"] = str(config.rootpath / ".pytest_cache" / "matplotlib")


@pytest.fixture(autouse=True)
def _empty_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads what the developer's own settings say, or leaves any behind."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool works without a network, so its tests do too."""
    connect = socket.socket.connect

    def local_only(this: socket.socket, address: Any) -> None:
        if this.family not in LOCAL:
            pytest.fail(f"a test tried to reach the network: {address}")
        connect(this, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real files beside the project; a test that asks for it skips where there is none."""
    folder = os.environ.get("PUC_REAL_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("no real data here: PUC_REAL_DATA names no folder (make sets it when ../shared/data exists)")
    return Path(folder)
