"""The manifest by which a folder is known as ours: what it names may be replaced, anything else is never touched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layers import write
from layers.problems import PucError
from puc_tool.our_folders import not_ours

MANIFEST = "manifest.json"


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """Return the folder's manifest, empty for a new one; raises PucError if the folder holds things and is not ours."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return {}
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if not isinstance(content["files"], dict):
            raise TypeError(MANIFEST)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PucError(not_ours(folder, MANIFEST)) from error
    return dict(content)


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write the manifest; equal content gives equal bytes."""
    write.text(folder / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
