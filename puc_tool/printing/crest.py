"""The coat of arms: a picture inside the study, named by ``stemma`` in ``[sheet]``."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from layers.problems import Problem, PucError
from layers.text import Text, same, say
from puc_tool.study import Study

FIELD = "stemma"
_ENDINGS = (".png", ".jpg", ".jpeg", ".svg")
_MOST_BYTES = 4_000_000


def crest(study: Study) -> tuple[str, bytes] | None:
    """Return the file's name on the page and its content; None without one.

    Raises PucError if it lies outside the study, can't be read, or is no picture of a known kind.
    """
    given = study.sheet.get(FIELD, "")
    if not given:
        return None
    path = (study.folder / given).resolve()
    ending = path.suffix.lower()
    if not path.is_relative_to(study.folder.resolve()) or ending not in _ENDINGS:
        raise PucError(_unfit(given))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PucError(_unfit(given)) from error
    if len(content) > _MOST_BYTES or not _is_picture(content, ending):
        raise PucError(_unfit(given))
    return f"crest{ending}", content


def _is_picture(content: bytes, ending: str) -> bool:
    if ending == ".svg":
        return b"<svg" in content[:4096] and b"<script" not in content
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError):
        return False
    return True


def _unfit(given: str) -> Problem:
    return Problem(
        "crest-unfit",
        same(f"study.toml [sheet] {FIELD}"),
        say("«{f}» non è un'immagine dentro lo studio.", "“{f}” is not a picture inside the study.", f=given[:80]),
        Text("Le tavole non si disegnano senza lo stemma indicato.", "Sheets are not drawn without the crest named."),
        Text(
            "Copiare nello studio un file PNG, JPEG o SVG sotto i 4 MB e indicarne il percorso relativo.",
            "Copy a PNG, JPEG or SVG file of less than 4 MB into the study and name its relative path.",
        ),
    )
