"""The marks by which a report refers to itself: r12 for a result, «Figura 3.» for a caption. All writers share them."""

from __future__ import annotations

from collections.abc import Mapping

from layers.text import Lang, Text
from puc_tool.report.document import Chart, Document, Map, Table

_TABLE, _FIGURE = Text("Tabella", "Table"), Text("Figura", "Figure")
_RESULT = Text("Risultato", "Result")


class Marks:
    """The marks of one document in one language."""

    def __init__(self, document: Document, lang: Lang) -> None:
        self._lang = lang
        self._results = {result: f"r{place}" for place, result in enumerate(document.results(), start=1)}
        self._captions = _numbered(document, lang)

    def of_result(self, result: str) -> str:
        """Return the mark of a result, nothing where there is none."""
        return self._results.get(result, "")

    def caption(self, block: Table | Chart | Map) -> str:
        """Return the number under which a table, a chart or a map goes."""
        return self._captions[id(block)]

    def source(self, result: str) -> str:
        """Return the words «Risultato r12.», nothing where there is no result."""
        mark = self.of_result(result)
        return f"{_RESULT.to(self._lang)} {mark}." if mark else ""


def _numbered(document: Document, lang: Lang) -> Mapping[int, str]:
    """Return the caption numbers by block; tables and figures count apart."""
    counts = {_TABLE: 0, _FIGURE: 0}
    captions: dict[int, str] = {}
    for block in document.every_block():
        if isinstance(block, Table | Chart | Map):
            kind = _TABLE if isinstance(block, Table) else _FIGURE
            counts[kind] += 1
            captions[id(block)] = f"{kind.to(lang)} {counts[kind]}."
    return captions
