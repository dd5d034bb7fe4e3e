"""The style of one layer: fill, width, classes by a field, their colours, the words on the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from layers.text import Lang, Text, number, same
from puc_tool import view
from puc_tool.history import Place, Value
from puc_tool.layer_style import FEWEST, FILLS, FIRST_CLASSES, MOST, colour_place
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.classing import NATURAL, SCHEMES, prepare
from puc_tool.maps.dressing import fields_of, is_amount
from puc_tool.maps.ramps import FIRST, RAMPS
from puc_tool.maps.themes import Drawn
from puc_tool.session import Session
from puc_tool.shown_layers import Entry
from puc_tool.style_export import FORMATS, save
from puc_tool.view import LayerKey
from ui.desk import Desk
from ui.forms.choice import Choice, under_label
from ui.forms.colours import RAMP_ICON, ramp_icon
from ui.look import Look
from ui.map.scene import Scene
from ui.panels.swatch import Sample
from ui.parts import PushButton, words
from ui.segments import Segments
from ui.side.class_rows import ClassRows
from ui.side.side_panel import SidePanel
from ui.worker import Job

TITLE = Text("Stile", "Style")
FILL, WIDTH = Text("Riempimento", "Fill"), Text("Spessore", "Width")
BY, OFFICIAL = Text("Classi per", "Classes by"), Text("Simboli ufficiali", "Official symbols")
SCHEME, EACH = Text("Metodo", "Method"), Text("Ogni valore una classe", "Each value a class")
COUNT, RAMP, COLOURS = (
    Text("Numero di classi", "Number of classes"),
    Text("Colori", "Colours"),
    Text("Classi", "Classes"),
)
LABEL, NO_LABEL = Text("Scritte sulla mappa", "Words on the map"), Text("Nessuna", "None")
RESTORE, EXPORT = Text("Ripristina", "Restore"), Text("Esporta…", "Export…")
_FILLS = (Text("Pieno", "Solid"), same("╱ ╱ ╱"), same("╲ ╲ ╲"), Text("Vuoto", "Hollow"))
_WIDTHS_PX = (0.5, 0.8, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
_COUNTS = range(FEWEST, MOST + 1)
_AREAS = {Drawn.AREA: 0, Drawn.HATCH: 1, Drawn.BACK_HATCH: 2, Drawn.OUTLINE: 3}


class StylePanel(SidePanel):
    """Follows one layer of the session; every choice is a change of the state."""

    def __init__(self, session: Session, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__(TITLE, look, lang)
        self._session, self._desk = session, desk
        self._scene = Scene()
        self._key: LayerKey | None = None
        self._fields: list[str] = []
        self.title = words("", "title", wrap=True)
        self.fills = Segments(lambda place: self._say(view.FILL, FILLS[place]), lang)
        self.fills.offer([title.to(lang) for title in _FILLS], 0)
        self.widths = Choice(WIDTH.to(lang), lambda place: self._say(view.WIDTH, _WIDTHS_PX[place]), look)
        self.by = Choice(BY.to(lang), self._choose_field, look)
        self.schemes = Choice(
            SCHEME.to(lang), lambda place: self._say(view.SCHEME, ["", *SCHEMES][place] or None), look
        )
        self.counts = Choice(COUNT.to(lang), lambda place: self._say(view.CLASSES, _COUNTS[place]), look)
        self.ramps = Choice(RAMP.to(lang), lambda place: self._say(view.RAMP, [*RAMPS][place]), look)
        self.ramps.setIconSize(RAMP_ICON)
        self.classes = ClassRows(self._colour, look, lang)
        self.labels = Choice(
            LABEL.to(lang), lambda place: self._say(view.LABEL, ["", *self._fields][place] or None), look
        )
        self._put_rows()
        self._put_buttons()
        session.layer_changed.connect(lambda row: self._follow())
        session.layer_removed.connect(lambda row: self._follow())
        look.changed.connect(self._follow)

    def show_scene(self, scene: Scene) -> None:
        """Take the pictures of the layers from ``scene``."""
        self._scene = scene
        self._follow()

    def show_layer(self, row: int) -> None:
        """Show the style of the layer of a row of the session."""
        self._key = self._session.entries[row].ref.key
        self._follow()

    def restore(self) -> None:
        """Give the layer the official symbols of its role back."""
        if self._row is not None:
            self._session.restore_style(self._row)

    def export(self) -> None:
        """Write the style for another program, where somebody says."""
        entry, picture = self._entry, self._picture
        if entry is None or picture is None:
            return
        start = str(self._session.study.folder / f"{entry.ref.role}.qml")
        filters = ";;".join(f"{each.upper()} (*.{each})" for each in FORMATS)
        name, _ = QFileDialog.getSaveFileName(self, EXPORT.to(self._lang).rstrip("…"), start, filters)
        if name:
            lang, path = self._lang, Path(name)
            self._desk.jobs.ask(Job("style", lambda report: save(path, entry, picture, lang), self._desk.said.emit,
                                    self._desk.say_why_not))  # fmt: skip

    @property
    def _row(self) -> int | None:
        rows = enumerate(self._session.entries)
        return next((row for row, entry in rows if entry.ref.key == self._key), None)

    @property
    def _entry(self) -> Entry | None:
        return None if self._row is None else self._session.entries[self._row]

    @property
    def _picture(self) -> Picture | None:
        entry = self._entry
        made = self._scene.pictures.get(entry.ref.key) if entry is not None else None
        return self._session.dressed(entry, made) if entry is not None and made is not None else None

    def _put_rows(self) -> None:
        lang = self._lang
        self._held: dict[str, QWidget] = {}
        for name, title, field in (
            ("fill", FILL, self.fills), ("width", WIDTH, self.widths), ("by", BY, self.by),
            ("scheme", SCHEME, self.schemes), ("count", COUNT, self.counts), ("ramp", RAMP, self.ramps),
            ("classes", COLOURS, self.classes), ("label", LABEL, self.labels),
        ):  # fmt: skip
            self._held[name] = under_label(title.to(lang), field)
        self.rows.addWidget(self.title)
        for held in self._held.values():
            self.rows.addWidget(held)
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
        if self._key is not None:
            self._style(self._key, {view.of_layer(aspect, self._key): value})

    def _style(self, key: LayerKey, values: Mapping[Place, Value]) -> None:
        """Draw a layer otherwise; where amounts are to be classed, once what classes them is there."""
        if values.get(view.of_layer(view.SCHEME, key)):
            self._desk.jobs.ask(Job("classing", lambda report: prepare(), lambda _: self._put(key, values)))
        else:
            self._put(key, values)

    def _put(self, key: LayerKey, values: Mapping[Place, Value]) -> None:
        row = next((row for row, entry in enumerate(self._session.entries) if entry.ref.key == key), None)
        if row is not None:
            self._session.style(row, values)

    def _colour(self, code: str, colour: str) -> None:
        if self._key is not None:
            self._style(self._key, {colour_place(self._key, code): colour})

    def _choose_field(self, place: int) -> None:
        """Make the classes by another field; amounts by natural breaks at first. The colours of other classes go."""
        if self._key is None or self._row is None:
            return
        field = ["", *self._fields][place]
        entry = self._session.entries[self._row]
        is_amounts = bool(field) and is_amount(entry.intake.layer, field)
        gone = {colour_place(self._key, code): None for code in entry.style.colours}
        said = {view.of_layer(view.FIELD, self._key): field or None,
                view.of_layer(view.SCHEME, self._key): NATURAL if is_amounts else None}  # fmt: skip
        self._style(self._key, {**said, **gone})

    def _follow(self) -> None:
        """Show what the layer's style is now."""
        entry, picture = self._entry, self._picture
        for part in (*self._held.values(), self.restore_button, self.export_button):
            part.setEnabled(entry is not None and picture is not None)
        if entry is None or picture is None:
            return
        self.title.setText(entry.title.to(self._lang))
        self._fields = fields_of(entry.intake.layer)
        self._follow_symbols(picture)
        self._follow_classes(entry)
        self.classes.show_classes(Sample(picture, None, entry.opacity_pct / view.OPAQUE_PCT))
        self._held["classes"].setVisible(bool(picture.classes))
        self.labels.offer([NO_LABEL.to(self._lang), *self._titles(entry)], _place(self._fields, entry.style.label))
        self._held["label"].setVisible(bool(self._fields))
        self.restore_button.setEnabled(not entry.style.is_official)

    def _follow_symbols(self, picture: Picture) -> None:
        is_area = picture.drawn in _AREAS and picture.shapes is not None and len(picture.shapes.points) > 0
        self._held["fill"].setVisible(is_area)
        if is_area:
            self.fills.choose(_AREAS[picture.drawn])
        self._held["width"].setVisible(picture.drawn in (Drawn.LINE, Drawn.OUTLINE))
        nearest = min(range(len(_WIDTHS_PX)), key=lambda place: abs(_WIDTHS_PX[place] - picture.width))
        self.widths.offer([f"{number(px, 1).to(self._lang)} px" for px in _WIDTHS_PX], nearest)

    def _follow_classes(self, entry: Entry) -> None:
        style = entry.style
        is_amounts = style.field in self._fields and is_amount(entry.intake.layer, style.field)
        self._held["by"].setVisible(bool(self._fields))
        self.by.offer([OFFICIAL.to(self._lang), *self._titles(entry)], _place(self._fields, style.field))
        self._held["scheme"].setVisible(is_amounts)
        for name in ("count", "ramp"):
            self._held[name].setVisible(is_amounts and bool(style.scheme))
        titles = [EACH.to(self._lang), *(title.to(self._lang) for title in SCHEMES.values())]
        self.schemes.offer(titles, _place([*SCHEMES], style.scheme))
        self.counts.offer([str(count) for count in _COUNTS], (style.classes or FIRST_CLASSES) - FEWEST)
        self.ramps.offer([ramp.title.to(self._lang) for ramp in RAMPS.values()], [*RAMPS].index(style.ramp or FIRST))
        for place, ramp in enumerate(RAMPS.values()):
            self.ramps.setItemIcon(place, ramp_icon(ramp, self._look))

    def _titles(self, entry: Entry) -> list[str]:
        """Return what the fields are called: by the role where it knows them, else as the source has them."""
        known = {field.name: field.label.to(self._lang) for field in entry.intake.role.fields}
        return [known.get(name, name)[:1].upper() + known.get(name, name)[1:] for name in self._fields]


def _place(names: list[str], name: str) -> int:
    """Return the place of ``name`` behind that of none of them."""
    return names.index(name) + 1 if name in names else 0


def _of(names: Iterable[str], place: int) -> str | None:
    """Return the name at ``place`` behind none of them."""
    return [None, *names][place]
