"""What every test may count on: no screen, no network, an empty home, and real data where there is some."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

LOCAL = (socket.AF_UNIX,) if hasattr(socket, "AF_UNIX") else ()

# How long an example takes, to be drawn too, says more about the machine than about the code. `make test` draws the
# same examples for the same text of a test, so that a change is judged by what it changes; `make explore` new ones.
settings.register_profile("explore", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("house", parent=settings.get_profile("explore"), derandomize=True)
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


@pytest.fixture
def ntv2() -> Callable[..., Path]:
    """Return what writes a datum grid: the same shift at every node, in the NTv2 format of the IGM's .gsb files."""
    return _write_ntv2


def _write_ntv2(path: Path, *, south_s: float, east_s: float, bounds: tuple[float, float, float, float]) -> Path:
    """Write a grid over ``bounds`` (west, south, east, north, degrees) that moves by seconds of arc, and return it."""
    west, south, east, north = bounds
    step = 0.1
    rows, cols = round((north - south) / step) + 1, round((east - west) / step) + 1
    path.parent.mkdir(parents=True, exist_ok=True)
    header = [
        _whole("NUM_OREC", 11), _whole("NUM_SREC", 11), _whole("NUM_FILE", 1), _word("GS_TYPE", "SECONDS"),
        _word("VERSION", "NTv2.0"), _word("SYSTEM_F", "ROMA40"), _word("SYSTEM_T", "RDN2008"),
        _real("MAJOR_F", 6378388.0), _real("MINOR_F", 6356911.946), _real("MAJOR_T", 6378137.0),
        _real("MINOR_T", 6356752.314), _word("SUB_NAME", "MADE_UP"), _word("PARENT", "NONE"), _word("CREATED", ""),
        _word("UPDATED", ""), _real("S_LAT", south * 3600), _real("N_LAT", north * 3600),
        # NTv2 counts longitudes, and shifts of them, towards the west.
        _real("E_LONG", -east * 3600), _real("W_LONG", -west * 3600), _real("LAT_INC", step * 3600),
        _real("LONG_INC", step * 3600), _whole("GS_COUNT", rows * cols),
    ]  # fmt: skip
    nodes = np.tile(np.array([-south_s, -east_s, 0, 0], "<f4"), rows * cols)
    path.write_bytes(b"".join(header) + nodes.tobytes() + _real("END", 0.0))
    return path


def _key(name: str) -> bytes:
    return name.ljust(8).encode()


def _whole(name: str, value: int) -> bytes:
    return _key(name) + struct.pack("<i4x", value)


def _word(name: str, value: str) -> bytes:
    return _key(name) + _key(value)


def _real(name: str, value: float) -> bytes:
    return _key(name) + struct.pack("<d", value)
