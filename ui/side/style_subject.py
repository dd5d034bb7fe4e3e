"""What a style is of: a layer of the study, or a theme of the results. The panel of styles asks both the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from analyses.result import Column
from layers.text import Lang, Text
from puc_tool.figures.amounts import said_unit
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.maps.dressing import Cloth, cloth_of, fields_of
from puc_tool.maps.themes import Drawn
from puc_tool.working import view
from puc_tool.working.history import Place, Value
from puc_tool.working.layer_entry import Entry
from puc_tool.working.layer_style import LayerStyle
from puc_tool.working.session import Session
from puc_tool.working.view import LayerKey, StyleKey

EACH = Text("Ogni valore una classe", "Each value a class")
DECLARED = Text("Classi dichiarate", "Declared classes")
RELIEF, AS_IT_IS = Text("Ombre del rilievo", "Shaded relief"), Text("Com'è", "As it is")


class Subject(Protocol):
    """Something that has a style."""

    @property
    def key(self) -> StyleKey:
        """What its style goes by."""
        ...

    @property
    def title(self) -> Text:
        """What it is called."""
        ...

    @property
    def folder(self) -> Path:
        """Where the study lies."""
        ...

    @property
    def cloth(self) -> Cloth:
        """What its picture is made of."""
        ...

    @property
    def style(self) -> LayerStyle:
        """What was said of its style."""
        ...

    @property
    def opacity(self) -> float:
        """How opaque it is wanted (0 to 1)."""
        ...

    @property
    def undressed(self) -> Picture:
        """Its picture before anybody said anything."""
        ...

    @property
    def picture(self) -> Picture:
        """Its picture in its style."""
        ...

    @property
    def fields(self) -> Sequence[str]:
        """The fields that classes can be made by."""
        ...

    @property
    def unclassed(self) -> Text:
        """What it is called when amounts are not classed."""
        ...

    @property
    def has_labels(self) -> bool:
        """Whether the words of a field can stand on the map."""
        ...

    def field_titles(self, lang: Lang) -> list[str]:
        """Return what the fields are called."""
        ...

    def say(self, values: Mapping[Place, Value]) -> None:
        """Draw it otherwise."""
        ...

    def restore(self) -> None:
        """Draw it as it is declared."""
        ...


class LayerSubject:
    """A layer of the session, by its row there."""

    has_labels = True

    def __init__(self, session: Session, row: int, undressed: Picture) -> None:
        self._session, self._row, self.undressed = session, row, undressed

    @property
    def folder(self) -> Path:
        """Where the study lies."""
        return self._session.study.folder

    @property
    def entry(self) -> Entry:
        """The layer as it is shown."""
        return self._session.entries[self._row]

    @property
    def key(self) -> LayerKey:
        """The key of the layer."""
        return self.entry.ref.key

    @property
    def title(self) -> Text:
        """The layer's name."""
        return self.entry.title

    @property
    def cloth(self) -> Cloth:
        """The layer and the theme of its role."""
        return cloth_of(self.entry.intake)

    @property
    def style(self) -> LayerStyle:
        """What was said of the layer's style."""
        return self.entry.style

    @property
    def opacity(self) -> float:
        """How opaque it is wanted (0 to 1)."""
        return self.entry.opacity_pct / view.OPAQUE_PCT

    @property
    def picture(self) -> Picture:
        """Its picture in its style."""
        return self._session.dressed(self.entry, self.undressed)

    @property
    def fields(self) -> Sequence[str]:
        """The fields of the layer."""
        return fields_of(self.entry.intake.layer)

    @property
    def unclassed(self) -> Text:
        """What it is called when amounts are not classed."""
        if self.undressed.drawn is Drawn.PHOTO:
            return AS_IT_IS
        return EACH if self.undressed.amounts is None else RELIEF

    def field_titles(self, lang: Lang) -> list[str]:
        """Return what the fields are called: by the role where it knows them, else as the source has them."""
        known = {field.name: field.label.to(lang) for field in self.entry.intake.role.fields}
        return [known.get(name, name)[:1].upper() + known.get(name, name)[1:] for name in self.fields]

    def say(self, values: Mapping[Place, Value]) -> None:
        """Draw the layer otherwise."""
        self._session.style(self._row, values)

    def restore(self) -> None:
        """Draw the layer as the official codelist of its role has it."""
        self._session.restore_style(self._row)


class ResultSubject:
    """A theme of the results: classes by its declaration or the law, or by another column of the same layer."""

    unclassed = DECLARED
    has_labels = False

    def __init__(self, session: Session, result: ResultPicture) -> None:
        assert result.key is not None, "what has no style is not listed"
        assert result.cloth is not None, "what has a style is made of something"
        self._session, self._result = session, result
        self.key, self.cloth, self.undressed = result.key, result.cloth, result.picture

    @property
    def folder(self) -> Path:
        """Where the study lies."""
        return self._session.study.folder

    @property
    def title(self) -> Text:
        """The theme's name."""
        return self._result.theme.title

    @property
    def style(self) -> LayerStyle:
        """What was said of the theme's style."""
        return self._session.own_result_style(self._result)

    @property
    def opacity(self) -> float:
        """How opaque it is wanted (0 to 1)."""
        return self._session.result_opacity_pct(self._result) / view.OPAQUE_PCT

    @property
    def picture(self) -> Picture:
        """Its picture in its style."""
        return self._session.dressed_result(self._result)

    @property
    def fields(self) -> Sequence[str]:
        """The columns that the analysis declares of the layer."""
        return [column.id for column in self.cloth.columns]

    def field_titles(self, lang: Lang) -> list[str]:
        """Return what the analysis calls its columns, with their units."""
        return [_titled(column, lang) for column in self.cloth.columns]

    def say(self, values: Mapping[Place, Value]) -> None:
        """Draw the theme otherwise."""
        self._session.style_result(self.key, values)

    def restore(self) -> None:
        """Draw the theme as it is declared."""
        self._session.restore_result(self.key)


def _titled(column: Column, lang: Lang) -> str:
    said = column.label.to(lang)
    named = f"{said[:1].upper()}{said[1:]}"
    return f"{named} ({said_unit(column.unit).to(lang)})" if column.unit else named
