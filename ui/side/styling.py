"""The style of a layer or of results: fill, width, classes by a field, their colours, the words on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from layers.text import Lang, Text, number, same
from puc_tool.maps.canvas.amounts import prepare
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.maps.themes import Drawn
from puc_tool.printing.style_followers import told
from puc_tool.working import view
from puc_tool.working.history import Place, Value
from puc_tool.working.layer_style import FILLS, LayerStyle, colour_place
from puc_tool.working.session import Session
from puc_tool.working.view import LayerKey
from ui.desk import Desk
from ui.forms.choice import Choice, under_label
from ui.look import Look
from ui.map.scene import Scene
from ui.panels.swatch import Sample
from ui.parts import PushButton, words
from ui.segments import Segments
from ui.side.class_rows import ClassRows
from ui.side.classing import Classing, classed_by
from ui.side.confusable import told_apart
from ui.side.side_panel import SidePanel
from ui.side.style_saving import EXPORT, export
from ui.side.style_subject import LayerSubject, ResultSubject, Subject
from ui.worker import Job

TITLE = Text("Stile", "Style")
FILL, WIDTH = Text("Riempimento", "Fill"), Text("Spessore", "Width")
COLOURS = Text("Classi", "Classes")
LABEL, NO_LABEL = Text("Scritte sulla mappa", "Words on the map"), Text("Nessuna", "None")
RESTORE = Text("Ripristina", "Restore")
_FILLS = (Text("Pieno", "Solid"), same("╱ ╱ ╱"), same("╲ ╲ ╲"), Text("Vuoto", "Hollow"))
_WIDTHS_PX = (0.5, 0.8, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
_AREAS = {Drawn.AREA: 0, Drawn.HATCH: 1, Drawn.BACK_HATCH: 2, Drawn.OUTLINE: 3}


class StylePanel(SidePanel):
    """Follows one layer of the session, or one theme of its results; every choice is a change of the state."""

    def __init__(self, session: Session, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__(TITLE, look, lang)
        self._session, self._desk = session, desk
        self._scene = Scene()
        self._key: LayerKey | None = None
        self._result: ResultPicture | None = None
        self._fields: Sequence[str] = ()
        self.title = words("", "title", wrap=True)
        self.fills = Segments(lambda place: self._say(view.FILL, FILLS[place]), lang)
        self.fills.offer([title.to(lang) for title in _FILLS], 0)
        self.widths = Choice(WIDTH.to(lang), lambda place: self._say(view.WIDTH, _WIDTHS_PX[place]), look)
        self.classing = Classing(look, lang)
        self.classing.said.connect(self._say)
        self.classing.field_chosen.connect(self._choose_field)
        self.classes = ClassRows(self._colour, look, lang)
        self.alike = words("", "note", "warn", wrap=True)
        self.sheets = words("", "note", "ink2", wrap=True)
        self.labels = Choice(
            LABEL.to(lang), lambda place: self._say(view.LABEL, ["", *self._fields][place] or None), look
        )
        self._put_rows()
        self._put_buttons()
        session.layer_changed.connect(lambda row: self._follow())
        session.layer_removed.connect(lambda row: self._follow())
        session.result_shown.connect(lambda theme: self._follow())
        desk.mapped.connect(self._take_results)
        look.changed.connect(self._follow)

    def show_scene(self, scene: Scene) -> None:
        """Take the pictures of the layers from ``scene``."""
        self._scene = scene
        self._follow()

    def show_layer(self, row: int) -> None:
        """Show the style of the layer of a row of the session."""
        self._key, self._result = self._session.entries[row].ref.key, None
        self._follow()

    def show_result(self, result: ResultPicture) -> None:
        """Show the style of a theme of the results."""
        self._key, self._result = None, result
        self._follow()

    def _take_results(self, results: tuple[ResultPicture, ...]) -> None:
        """Go on with the same theme of other results, if they have it."""
        if self._result is not None:
            key = self._result.key
            self._result = next((each for each in results if each.key == key), None)
            self._follow()

    def restore(self) -> None:
        """Give it the look back that its codelist or its declaration has."""
        subject = self._subject
        if subject is not None:
            subject.restore()

    def export(self) -> None:
        """Write the style for another program, where somebody says."""
        if self._subject is not None:
            export(self._subject, self, self._desk, self._lang)

    @property
    def _subject(self) -> Subject | None:
        """What the style is of; None while there is nothing to be seen of it."""
        if self._result is not None and self._result.cloth is not None:
            return ResultSubject(self._session, self._result)
        row = next((row for row, entry in enumerate(self._session.entries) if entry.ref.key == self._key), None)
        picture = None if self._key is None else self._scene.pictures.get(self._key)
        return None if row is None or picture is None else LayerSubject(self._session, row, picture)

    def _put_rows(self) -> None:
        lang = self._lang
        self._held: dict[str, QWidget] = {
            "fill": under_label(FILL.to(lang), self.fills),
            "width": under_label(WIDTH.to(lang), self.widths),
            "classing": self.classing,
            "classes": under_label(COLOURS.to(lang), self.classes),
            "label": under_label(LABEL.to(lang), self.labels),
        }
        self.rows.addWidget(self.title)
        for name, held in self._held.items():
            self.rows.addWidget(held)
            if name == "classes":
                self.rows.addWidget(self.alike)
        self.rows.addWidget(self.sheets)
        self.rows.addStretch()

    def _put_buttons(self) -> None:
        foot = QHBoxLayout()
        self.restore_button = PushButton(self._look, RESTORE.to(self._lang), "secondary", "arrow-counter-clockwise")
        self.restore_button.clicked.connect(self.restore)
        self.export_button = PushButton(self._look, EXPORT.to(self._lang), "secondary", "download-simple")
        self.export_button.clicked.connect(self.export)
        foot.addWidget(self.restore_button)
        foot.addWidget(self.export_button)
        foot.addStretch()
        self.put_foot(foot)

    def _say(self, aspect: str, value: Value) -> None:
        subject = self._subject
        if subject is not None:
            self._style(subject, {view.of_layer(aspect, subject.key): value})

    def _style(self, subject: Subject, values: Mapping[Place, Value]) -> None:
        """Draw it otherwise; where amounts are to be classed, once what classes them is there."""
        key, amounts = subject.key, subject.undressed.amounts
        if not values.get(view.of_layer(view.SCHEME, key)):
            subject.say(values)
            return

        def ready(_: object) -> None:
            now = self._subject
            if now is not None and now.key == key:
                now.say(values)

        self._desk.jobs.ask(Job("classing", lambda report: prepare(amounts), ready, self._desk.say_why_not))

    def _colour(self, code: str, colour: str) -> None:
        subject = self._subject
        if subject is not None:
            self._style(subject, {colour_place(subject.key, code): colour})

    def _choose_field(self, field: str) -> None:
        subject = self._subject
        if subject is not None:
            self._style(subject, classed_by(subject, field))

    def _follow(self) -> None:
        """Show what the style is now."""
        subject = self._subject
        for part in (*self._held.values(), self.restore_button, self.export_button):
            part.setEnabled(subject is not None)
        if subject is None:
            return
        picture, style = subject.picture, subject.style
        self.title.setText(subject.title.to(self._lang))
        self._fields = subject.fields
        self._follow_symbols(picture)
        self.classing.follow(subject)
        self.classes.show_classes(Sample(picture, None, subject.opacity))
        self._held["classes"].setVisible(bool(picture.classes))
        self._follow_eyes(picture, style)
        titles = [NO_LABEL.to(self._lang), *subject.field_titles(self._lang)]
        self.labels.offer(titles, self._fields.index(style.label) + 1 if style.label in self._fields else 0)
        self._held["label"].setVisible(bool(self._fields) and subject.has_labels)
        self.restore_button.setEnabled(not style.is_official)
        self.sheets.setText(told(self._session.study, subject.key).to(self._lang))

    def _follow_eyes(self, picture: Picture, style: LayerStyle) -> None:
        """Say which classes some eyes would take for one, if somebody has chosen how they look."""
        told = None if style.is_official else told_apart(picture, self._look.tokens)
        self.alike.setText(told.to(self._lang) if told else "")
        self.alike.setVisible(told is not None)

    def _follow_symbols(self, picture: Picture) -> None:
        is_area = picture.drawn in _AREAS and picture.shapes is not None and len(picture.shapes.points) > 0
        self._held["fill"].setVisible(is_area)
        if is_area:
            self.fills.choose(_AREAS[picture.drawn])
        self._held["width"].setVisible(picture.drawn in (Drawn.LINE, Drawn.OUTLINE))
        nearest = min(range(len(_WIDTHS_PX)), key=lambda place: abs(_WIDTHS_PX[place] - picture.width))
        self.widths.offer([f"{number(px, 1).to(self._lang)} px" for px in _WIDTHS_PX], nearest)
