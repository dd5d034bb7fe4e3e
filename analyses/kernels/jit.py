"""The one decorator of all kernels: compiled once, cached privately, run without holding the interpreter.

numba keeps compiled code beside the source, or else in the user's cache folder. Three things are missing there:
a cache is code that later runs, so only its owner should reach it (numba makes the folder with the
umask); where no folder at all can be written numba raises on import instead of going without a cache; and a
kernel that calls one of another file is not compiled anew when that other file changes, so an upgraded
installation would run half of its old code. Here the folder is named after the text of all kernels.

No kernel uses ``fastmath``: the last bits of a figure must not depend on the processor.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import numba
from numba.core import cgutils
from numba.extending import intrinsic
from platformdirs import user_cache_path

PRIVATE = 0o700

settings: Any = numba.config
building: Any = cgutils


def cache_folder(beside: Path, own: Path) -> Path | None:
    """Return the folder for compiled code, made with mode 0700 if it is ``own``; None if nothing can be written.

    Parameters
    ----------
    beside : the folder of the kernels' sources, taken if Python may write its ``__pycache__``
    own : the user's cache folder of this tool, taken otherwise
    """
    bytecode = beside / "__pycache__"
    if os.access(bytecode if bytecode.exists() else beside, os.W_OK):
        return bytecode
    try:
        own.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        own.chmod(PRIVATE)  # fails when the folder is somebody else's: then we do without
    except OSError:
        return None
    return own if os.access(own, os.W_OK) else None


def edition(sources: Path) -> str:
    """Return the name of the kernels in the folder ``sources`` as they stand: other text, other name."""
    texts = hashlib.sha256()
    for path in sorted(sources.glob("*.py")):
        texts.update(path.read_bytes())
    return f"kernels-{texts.hexdigest()[:16]}"


def _may_cache() -> bool:
    if settings.CACHE_DIR:  # NUMBA_CACHE_DIR: the user has decided
        return True
    beside = Path(__file__).parent
    folder = cache_folder(beside, user_cache_path("puc-tool") / "kernels")
    if folder is not None:
        settings.CACHE_DIR = str(folder / edition(beside))
    return folder is not None


def is_compiled(name: str) -> bool:
    """Tell whether the kernel ``name`` («file.function») lies compiled in the cache, for this edition of them all."""
    folder = Path(settings.CACHE_DIR) if settings.CACHE_DIR else None
    return folder is not None and any(folder.rglob(f"{name}-*.nbc"))


kernel = numba.njit(cache=_may_cache(), nogil=True)
inlined = numba.njit(inline="always")
"""A part of a kernel: its text becomes part of the kernel that calls it, so that a call costs nothing."""


def _bare(typing: Any, array: Any) -> Any:
    """Return the same array without its count of references, good for the time of the call that was handed it.

    Every call of a function that is not inlined counts references to each array it is handed, with a locked bus: in an
    innermost loop that is more than the work, and threads stand in each other's way.
    """

    def without_count(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        copy = building.create_struct_proxy(array)(context, builder, value=arguments[0])
        copy.meminfo = building.get_null_value(copy.meminfo.type)
        return copy._getvalue()

    return array(array), without_count


bare: Any = intrinsic(_bare)
