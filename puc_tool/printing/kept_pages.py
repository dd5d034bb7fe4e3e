"""Pages kept beside the sheets, so that an atlas of which one sheet has changed draws that one alone.

A page is what its sheet was set from, with what the index says of it; a kept one is as little trusted as its manifest.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import PurePath

from layers.text import Text
from puc_tool.printing.drawing_desk import Drawn
from puc_tool.printing.export_manifest import Manifest, problems_of, told
from puc_tool.printing.sheet_orders import Order
from puc_tool.still_zip import still

FOLDER = ".pages"
_ABOUT = "about.json"


def keep(folder: Manifest, drawn: Drawn) -> None:
    """Write the page of a sheet under its key."""
    about = {
        "code": drawn.code,
        "title": [drawn.title.it, drawn.title.en],
        "scale": drawn.denominator,
        "problems": told(drawn.problems),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr(_ABOUT, json.dumps(about, ensure_ascii=False))
        for name, content in drawn.page.items():
            packed.writestr(f"page/{name}", content)
    folder.put(_name(drawn.order), still(held.getvalue()), {"key": drawn.order.key})


def kept(folder: Manifest, order: Order) -> Drawn | None:
    """Return the sheet as it was drawn for the same order, or None if it was not kept, or not whole."""
    if not folder.holds(_name(order), order.key):
        return None
    try:
        with zipfile.ZipFile(folder.folder / _name(order)) as packed:
            about = json.loads(packed.read(_ABOUT))
            page = {PurePath(name).name: packed.read(name) for name in packed.namelist() if name != _ABOUT}
        title = Text(*map(str, about["title"]))
        return Drawn(order, str(about["code"]), title, {}, int(about["scale"]), problems_of(about), page)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None


def _name(order: Order) -> str:
    return f"{FOLDER}/{order.stem}.zip"
