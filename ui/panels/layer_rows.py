"""What a row of the layer list says: of a layer of the study, or of a theme of the results."""

from __future__ import annotations

from typing import Protocol

from layers.problems import Severity
from layers.text import NOTHING, Lang, Text, number, say
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working import edited_values, view
from puc_tool.working.layer_entry import Entry
from puc_tool.working.session import Session
from ui.map.scene import Scene, is_shown

EDITS = Text("Valori modificati a mano: {n}", "Values edited by hand: {n}")
RESULT_TIP = Text("Dai risultati dell'analisi scelta.", "From the results of the chosen analysis.")


class Row(Protocol):
    """One line of the list that can be shown or hidden."""

    @property
    def picture(self) -> Picture | None:
        """How the map draws it, if it could be read."""
        ...

    @property
    def is_visible(self) -> bool:
        """Tell whether the map shows it."""
        ...

    @property
    def opacity(self) -> float:
        """How opaque somebody wants it (0 to 1)."""
        ...

    def title(self, lang: Lang) -> str:
        """Return its name."""
        ...

    def amount(self, lang: Lang) -> str:
        """Return its year, or how many features it has."""
        ...

    def tip(self, lang: Lang) -> str:
        """Return all there is to say of it."""
        ...

    def severity(self) -> str:
        """Return the worst of its problems, or nothing."""
        ...

    def edits(self) -> int:
        """Return how many of its values were edited by hand."""
        ...

    def show(self, visible: bool) -> None:
        """Show or hide it."""
        ...

    def rename(self, name: str, lang: Lang) -> None:
        """Call it otherwise, where that can be; its own title or nothing gives it back."""
        ...


class LayerRow:
    """A layer of the session, by its place there."""

    def __init__(self, session: Session, scene: Scene, place: int) -> None:
        self._session, self._scene, self._place = session, scene, place

    @property
    def _entry(self) -> Entry:
        return self._session.entries[self._place]

    @property
    def picture(self) -> Picture | None:
        """How the map draws it, if it could be read."""
        made = self._scene.pictures.get(self._entry.ref.key)
        return self._session.dressed(self._entry, made) if made is not None else None

    @property
    def is_visible(self) -> bool:
        """Tell whether the map shows it."""
        return self._entry.is_visible and self._entry.ref.key not in self._session.covered

    @property
    def opacity(self) -> float:
        """How opaque somebody wants it (0 to 1)."""
        return self._entry.opacity_pct / view.OPAQUE_PCT

    def title(self, lang: Lang) -> str:
        """Return the layer's name, or its role's title without what stands in brackets, which the tip has."""
        return self._entry.name or self._own_title(lang)

    def _own_title(self, lang: Lang) -> str:
        return self._entry.intake.role.title.to(lang).partition(" (")[0]

    def amount(self, lang: Lang) -> str:
        """Return the layer's year, or how many units it has."""
        if self._entry.ref.year:
            return str(self._entry.ref.year)
        count = self._entry.intake.features or 0
        return number(count).to(lang) if self._entry.intake.role.is_partition and count > 1 else ""

    def tip(self, lang: Lang) -> str:
        """Return title, source and what is wrong."""
        entry = self._entry
        said = [problem.sentence(lang) for problem in entry.intake.problems if problem.severity is not Severity.INFO]
        edited = [say(EDITS.it, EDITS.en, n=number(self.edits())).to(lang)] if self.edits() else []
        return "\n".join([entry.title.to(lang), *filter(None, [entry.ref.credited.to(lang)]), *edited, *said])

    def edits(self) -> int:
        """Return how many values edited by hand hold in it, read again with them or not."""
        return len(edited_values.edited(self._session, self._entry))

    def severity(self) -> str:
        """Return the worst of its problems, or nothing."""
        worst = {problem.severity for problem in self._entry.intake.problems}
        return next((each.value for each in (Severity.ERROR, Severity.WARNING) if each in worst), "")

    def show(self, visible: bool) -> None:
        """Show or hide it; what is shown by hand is covered by results no more."""
        key = self._entry.ref.key
        if visible and key in self._session.covered:
            self._session.cover(self._session.covered - {key})
        if visible != self._entry.is_visible:
            self._session.show(self._place, visible)

    def rename(self, name: str, lang: Lang) -> None:
        """Call it otherwise; its own title or nothing gives it back."""
        self._session.rename(self._place, "" if name == self._own_title(lang) else name)


class ResultRow:
    """A theme of the results."""

    def __init__(self, session: Session, result: ResultPicture) -> None:
        self._session, self._result = session, result

    @property
    def picture(self) -> Picture | None:
        """How the map draws it."""
        return self._session.dressed_result(self._result)

    @property
    def is_visible(self) -> bool:
        """Tell whether the map shows it."""
        return is_shown(self._result, self._session)

    @property
    def opacity(self) -> float:
        """How opaque somebody wants it (0 to 1)."""
        return self._session.result_opacity_pct(self._result) / view.OPAQUE_PCT

    def title(self, lang: Lang) -> str:
        """Return its name."""
        return self._result.theme.title.to(lang)

    def amount(self, lang: Lang) -> str:
        """Return how many places the map can pin; parts of ground are not worth counting."""
        return number(self._result.count).to(lang) if self._result.theme.rank else ""

    def tip(self, lang: Lang) -> str:
        """Return its name and where it comes from."""
        return f"{self.title(lang)}\n{RESULT_TIP.to(lang)}"

    def severity(self) -> str:
        """Return nothing: what is wrong with results stands with them."""
        return ""

    def edits(self) -> int:
        """Return none: results are computed."""
        return 0

    def show(self, visible: bool) -> None:
        """Show or hide it."""
        self._session.show_result(self._result.theme.id, visible)

    def rename(self, name: str, lang: Lang) -> None:
        """Leave its name: the declaration gives it."""


def hectares_of(area_m2: float | None) -> Text:
    """Return the area of a class as the narrow list says it."""
    if area_m2 is None:
        return NOTHING
    area_ha = area_m2 / 10_000
    return say("{n}\u202fha", "{n}\u202fha", n=number(area_ha, 2 if area_ha < 10 else 0))
