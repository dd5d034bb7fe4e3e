"""By what a style makes its classes: a field or the official symbols; amounts by a method, a number and a ramp."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool.maps.classing import NATURAL, SCHEMES
from puc_tool.maps.dressing import is_amount
from puc_tool.maps.ramps import RAMPS
from puc_tool.working import view
from puc_tool.working.history import Place, Value
from puc_tool.working.layer_style import FEWEST, FIRST_CLASSES, MOST, LayerStyle, colour_place
from ui.forms.choice import Choice, under_label
from ui.forms.colours import RAMP_ICON, ramp_icon
from ui.look import Look
from ui.parts import inset
from ui.side.style_subject import Subject
from ui.tokens import GAP_12

BY, OFFICIAL = Text("Classi per", "Classes by"), Text("Simboli ufficiali", "Official symbols")
SCHEME = Text("Metodo", "Method")
COUNT, RAMP = Text("Numero di classi", "Number of classes"), Text("Colori", "Colours")
OWN_COLOURS = Text("Quelli dichiarati", "As declared")
_COUNTS = range(FEWEST, MOST + 1)


class Classing(QWidget):
    """``said`` tells an aspect of the style and its value, ``field_chosen`` the field, empty for official symbols."""

    said = Signal(str, object)
    field_chosen = Signal(str)

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._look, self._lang = look, lang
        self._fields: Sequence[str] = ()
        self._schemes: Sequence[str] = ()
        self._ramps: Sequence[str] = ()
        self.by = Choice(BY.to(lang), self._choose_field, look)
        self.schemes = Choice(SCHEME.to(lang), lambda at: self.said.emit(view.SCHEME, self._schemes[at] or None), look)
        self.counts = Choice(COUNT.to(lang), lambda at: self.said.emit(view.CLASSES, _COUNTS[at]), look)
        self.ramps = Choice(RAMP.to(lang), lambda at: self.said.emit(view.RAMP, self._ramps[at] or None), look)
        self.ramps.setIconSize(RAMP_ICON)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_12)
        self._by, self._scheme, self._count, self._ramp = (
            under_label(title.to(lang), choice)
            for title, choice in ((BY, self.by), (SCHEME, self.schemes), (COUNT, self.counts), (RAMP, self.ramps))
        )
        for held in (self._by, self._scheme, self._count, self._ramp):
            column.addWidget(held)

    def follow(self, subject: Subject) -> None:
        """Show how the classes of ``subject`` are made now."""
        style, is_amounts = subject.cloth.style(subject.style), _is_of_amounts(subject)
        self._follow_fields(subject, style)
        self._follow_schemes(subject, style, is_amounts=is_amounts)
        self._follow_ramps(subject, style, is_amounts=is_amounts)
        self.setVisible(bool(self._fields) or is_amounts)

    def _follow_fields(self, subject: Subject, style: LayerStyle) -> None:
        self._fields = subject.fields
        self._by.setVisible(bool(self._fields))
        titles = [OFFICIAL.to(self._lang), *subject.field_titles(self._lang)]
        self.by.offer(titles, self._fields.index(style.field) + 1 if style.field in self._fields else 0)

    def _follow_schemes(self, subject: Subject, style: LayerStyle, *, is_amounts: bool) -> None:
        titles = {"": subject.unclassed, **SCHEMES}
        self._schemes = [*([] if subject.cloth.amount and style.scheme else [""]), *SCHEMES]
        self._scheme.setVisible(is_amounts)
        self.schemes.offer([titles[each].to(self._lang) for each in self._schemes], self._schemes.index(style.scheme))
        self._count.setVisible(is_amounts and bool(style.scheme))
        self.counts.offer([str(count) for count in _COUNTS], (style.classes or FIRST_CLASSES) - FEWEST)

    def _follow_ramps(self, subject: Subject, style: LayerStyle, *, is_amounts: bool) -> None:
        titles = {"": OWN_COLOURS, **{name: ramp.title for name, ramp in RAMPS.items()}}
        self._ramps = [*RAMPS] if style.scheme else ["", *RAMPS]
        self._ramp.setVisible(is_amounts and (bool(style.scheme) or subject.cloth.is_ordered))
        chosen = self._ramps.index(style.ramp or self._ramps[0])
        self.ramps.offer([titles[name].to(self._lang) for name in self._ramps], chosen)
        for place, name in enumerate(self._ramps):
            if name:
                self.ramps.setItemIcon(place, ramp_icon(RAMPS[name], self._look))

    def _choose_field(self, place: int) -> None:
        self.field_chosen.emit(["", *self._fields][place])


def classed_by(subject: Subject, field: str) -> Mapping[Place, Value]:
    """Return what is said where classes are made by ``field``, or by the official symbols where it is empty.

    Amounts are classed by natural breaks at first; the colours of the classes there were go.
    """
    gone = {colour_place(subject.key, code): None for code in subject.style.colours}
    scheme = NATURAL if _is_amount(subject, field) else None
    return {
        view.of_layer(view.FIELD, subject.key): field or None,
        view.of_layer(view.SCHEME, subject.key): scheme,
        **gone,
    }


def _is_of_amounts(subject: Subject) -> bool:
    """Tell whether its classes are of amounts: of a field, or of the cells of a raster."""
    field = subject.cloth.style(subject.style).field
    return subject.undressed.amounts is not None or _is_amount(subject, field)


def _is_amount(subject: Subject, field: str) -> bool:
    layer = subject.cloth.layer
    return bool(field) and layer is not None and field in layer and is_amount(layer, field)
