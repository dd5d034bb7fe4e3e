"""Look over a sheet before it is printed: what is missing, unexplained, or not as the legend says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from layers.problems import Problem, Severity
from layers.text import NOTHING, Lang, Text, listing, number, say
from puc_tool.maps import base, fonts
from puc_tool.maps.drawing import Drawing
from puc_tool.maps.frame import Frame, scale_words, standard_scales
from puc_tool.maps.seeing import contrast, least_difference
from puc_tool.maps.sheet import LegendGroup, LegendItem, Sheet, texts_of
from puc_tool.maps.style import COMMUNE, GRID_CROSS, NEIGHBOUR, PAPER, Disc, Fill, Lettering, Style
from puc_tool.maps.titleblock import empty_fields

LANGS: tuple[Lang, Lang] = ("it", "en")
LEAST_TYPE_PT, LARGE_TYPE_PT = 6.0, 9.0
LEAST_CONTRAST, LARGE_CONTRAST = 4.5, 4.0
"""WCAG 2.1, 1.4.3 asks 4,5 of small type; names of water, 9 pt and more on the pale sea, have a little less."""
LEAST_DIFFERENCE = 5.0
_NOT_CONTENT = (COMMUNE, NEIGHBOUR, GRID_CROSS)
_MADE_UP = re.compile(r"dimostrativ|simulat|illustrativ|demonstration", re.IGNORECASE)


@dataclass(frozen=True)
class Proof:
    """A sheet with all that came of drawing and setting it."""

    sheet: Sheet
    frame: Frame
    drawing: Drawing
    legend: tuple[LegendGroup, ...]
    rows_shown: int
    slack_mm: float


@dataclass(frozen=True)
class _Finding:
    """What a check says; :func:`lint` adds the sheet it speaks of."""

    code: str
    message: Text
    remedy: Text
    effect: Text = NOTHING
    severity: Severity = Severity.ERROR


def lint(proof: Proof) -> list[Problem]:
    """Return everything that speaks against printing; an empty list means fit for print."""
    where = say("Tavola {code}", "Sheet {code}", code=proof.sheet.code)
    found = (finding for check in CHECKS for finding in check(proof))
    return [Problem(f.code, where, f.message, f.effect, f.remedy, f.severity) for f in found]


def _title_block(proof: Proof) -> Iterator[_Finding]:
    empty = empty_fields(proof.sheet)
    if empty:
        names = Text(*(listing([name.to(lang) for name in empty], most=12).to(lang) for lang in ("it", "en")))
        yield _Finding(
            "sheet-field-empty",
            say(
                "campi obbligatori del cartiglio vuoti: {names}.",
                "required title-block fields empty: {names}.",
                names=names,
            ),
            Text("Compilarli nelle impostazioni delle tavole.", "Fill them in, in the settings of the sheets."),
            Text("Al loro posto è stampato un trattino.", "A dash is printed in their place."),
            Severity.WARNING,
        )


def _credentials(proof: Proof) -> Iterator[_Finding]:
    sheet, block = proof.sheet, proof.sheet.title_block
    no_date = Text("manca la data dei dati.", "the data's date is missing.")
    no_alt = Text("manca il testo alternativo della carta.", "the map's alternative text is missing.")
    wanted = (
        ("sheet-no-source", sheet.sources, Text("mancano le fonti dei dati.", "the data sources are missing.")),
        ("sheet-no-date", sheet.day, no_date),
        ("sheet-no-crs", block.get("crs"), Text("manca il sistema di riferimento.", "the CRS is missing.")),
        ("sheet-no-licence", block.get("licenza"), Text("manca la licenza.", "the licence is missing.")),
        ("sheet-no-alt", sheet.alt, no_alt),
    )
    remedy = Text("Va indicato prima di stampare.", "Give it before printing.")
    yield from (_Finding(code, message, remedy) for code, given, message in wanted if not given)


def _crs(proof: Proof) -> Iterator[_Finding]:
    crs = proof.frame.crs
    if not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        yield _Finding(
            "sheet-crs-not-metric",
            say("il sistema «{crs}» non è in metri.", "the CRS «{crs}» is not in metres.", crs=crs.name),
            Text("Riproiettare lo studio in un sistema metrico.", "Reproject the study to a metric CRS."),
            Text("Scala e reticolo sono senza senso.", "Scale and grid make no sense."),
        )


def _scale(proof: Proof) -> Iterator[_Finding]:
    if proof.frame.denominator not in standard_scales():
        yield _Finding(
            "sheet-scale",
            say(
                "la scala {s} non è tra quelle ammesse.",
                "the scale {s} is not a standard one.",
                s=scale_words(proof.frame),
            ),
            Text("Scegliere una scala normale, per esempio 1:10.000.", "Choose a standard scale, such as 1:10,000."),
        )


def _map(proof: Proof) -> Iterator[_Finding]:
    if all(style in _NOT_CONTENT for style in proof.drawing.drawn):
        yield _Finding(
            "sheet-map-empty",
            Text(
                "nella carta non è disegnato alcun elemento del tema.", "no feature of the theme is drawn on the map."
            ),
            Text("Controllare che i dati coprano il comune.", "Check that the data cover the municipality."),
        )


def _unused(proof: Proof) -> Iterator[_Finding]:
    remedy = Text("Togliere la voce o controllare i dati.", "Remove the item or check the data.")
    for item in _items(proof):
        if item.style not in proof.drawing.drawn:
            it, en = "la voce di legenda «{x}» non compare nella carta.", "the legend item «{x}» is not on the map."
            yield _Finding("sheet-legend-unused", say(it, en, x=item.label), remedy)


def _alike(proof: Proof) -> Iterator[_Finding]:
    remedy = Text("Dare a ogni classe un segno proprio.", "Give each class its own sign.")
    styles = [item.style for item in _items(proof)]
    for item in _items(proof):
        if styles.count(item.style) > 1:
            it, en = "la voce «{x}» ha lo stesso segno di un'altra.", "the item «{x}» looks like another one."
            yield _Finding("sheet-legend-alike", say(it, en, x=item.label), remedy)


def _unexplained(proof: Proof) -> Iterator[_Finding]:
    told = [item.style for item in _items(proof)]
    signs = [style for style in proof.drawing.drawn if style not in told and not isinstance(style, Lettering)]
    if signs:
        it, en = "segni disegnati senza voce di legenda: {n}.", "signs drawn without a legend item: {n}."
        remedy = Text("Aggiungere le voci mancanti.", "Add the missing items.")
        yield _Finding("sheet-class-unexplained", say(it, en, n=len(signs)), remedy)


def _colours(proof: Proof) -> Iterator[_Finding]:
    told = {item.style.colour for item in _items(proof) if isinstance(item.style, Fill)}
    pictures = [p.content for p in proof.drawing.pictures if p.name.endswith(".png")]
    wrong = sorted({colour for picture in pictures for colour in base.colours_of(picture)} - told)
    if wrong:
        yield _Finding(
            "sheet-colour-wrong",
            say(
                "colori nella carta che la legenda non ha: {c}.",
                "colours on the map that the legend lacks: {c}.",
                c=listing(wrong),
            ),
            Text("Usare nella legenda gli stessi stili della carta.", "Use the map's own styles in the legend."),
        )


def _glyphs(proof: Proof) -> Iterator[_Finding]:
    words = "".join(text.to(proof.sheet.lang) for text in texts_of(proof.sheet))
    missing = fonts.missing_glyphs(words)
    if missing:
        yield _Finding(
            "sheet-glyph-missing",
            say("caratteri che il font non ha: {c}.", "characters the font lacks: {c}.", c=" ".join(missing[:10])),
            Text("Scriverli in un altro modo.", "Write them in another way."),
            Text("Al loro posto è stampato «?».", "«?» is printed in their place."),
        )


def _stamp(proof: Proof) -> Iterator[_Finding]:
    sources = " ".join(source.text.to("it") + source.text.to("en") for source in proof.sheet.sources)
    if not proof.sheet.is_demonstration and _MADE_UP.search(sources):
        yield _Finding(
            "sheet-demo-unstamped",
            Text(
                "le fonti parlano di dati simulati, ma manca il timbro.",
                "the sources tell of made-up data, but the stamp is missing.",
            ),
            Text("Segnare lo studio come dimostrativo.", "Mark the study as a demonstration."),
        )


def _column(proof: Proof) -> Iterator[_Finding]:
    if proof.slack_mm < 0:
        yield _Finding(
            "sheet-column-full",
            say("la colonna eccede di {n} mm.", "the column is too long by {n} mm.", n=number(-proof.slack_mm)),
            Text("Accorciare legenda, nota o fonti.", "Shorten legend, note or sources."),
            Text("I testi si sovrappongono.", "Texts overlap."),
        )


def _rows(proof: Proof) -> Iterator[_Finding]:
    hidden = len(proof.sheet.table.rows) - proof.rows_shown if proof.sheet.table else 0
    if hidden:
        message = say("righe della tabella senza posto: {n}.", "rows of the table without room: {n}.", n=hidden)
        remedy = Text("Sono tutte nella tabella dei dati.", "They all stand in the data table.")
        yield _Finding("sheet-rows-hidden", message, remedy, severity=Severity.INFO)


def _names(proof: Proof) -> Iterator[_Finding]:
    if proof.drawing.left_out:
        names = listing(list(proof.drawing.left_out))
        message = say("nomi senza posto nella carta: {n}.", "names without room on the map: {n}.", n=names)
        remedy = Text("Usare numeri con la tabella come chiave.", "Use numbers, with the table as their key.")
        yield _Finding("sheet-name-left-out", message, remedy, severity=Severity.WARNING)


def _crowded(proof: Proof) -> Iterator[_Finding]:
    if proof.drawing.crowded:
        names = listing(list(proof.drawing.crowded))
        message = say("scritte sovrapposte nella carta: {n}.", "words over one another on the map: {n}.", n=names)
        remedy = Text("Usare una scala più grande o un foglio più ampio.", "Use a larger scale or a larger paper.")
        yield _Finding("sheet-label-collision", message, remedy, severity=Severity.WARNING)


def _small_type(proof: Proof) -> Iterator[_Finding]:
    small = sorted({size for size in map(_type_pt, _shown_styles(proof)) if 0 < size < LEAST_TYPE_PT})
    if small:
        sizes = listing([number(size, 1).it for size in small])
        message = say("scritte sotto i 6 pt: {n} pt.", "type under 6 pt: {n} pt.", n=sizes)
        yield _Finding("sheet-type-small", message, Text("Usare almeno 6 pt.", "Use 6 pt at least."))


def _type_pt(style: Style) -> float:
    return style.size_pt if isinstance(style, Lettering) else style.type_pt if isinstance(style, Disc) else 0.0


def _contrast(proof: Proof) -> Iterator[_Finding]:
    for style in _shown_styles(proof):
        if isinstance(style, Lettering | Disc):
            ground = style.halo if isinstance(style, Lettering) and style.halo_pt else PAPER
            least = LARGE_CONTRAST if _type_pt(style) >= LARGE_TYPE_PT else LEAST_CONTRAST
            if contrast(style.colour, ground) < least:
                it = "contrasto troppo basso: {c} su {g}, {r} a 1; ne serve {l}."
                en = "too little contrast: {c} on {g}, {r} to 1; it takes {l}."
                message = say(it, en, c=style.colour, g=ground, r=number(contrast(style.colour, ground), 1),
                              l=number(least, 1))  # fmt: skip
                remedy = Text("Scurire la scritta o schiarire l'alone.", "Darken the words or lighten their halo.")
                yield _Finding("sheet-contrast", message, remedy)


def _close_classes(proof: Proof) -> Iterator[_Finding]:
    close = [
        f"{one.label.to(proof.sheet.lang)} / {other.label.to(proof.sheet.lang)}"
        for group in proof.legend
        for one, other in itertools.pairwise(each for each in group.items if isinstance(each.style, Fill))
        if _look_alike(one.style, other.style)
    ]
    if close:
        it = "classi vicine difficili da distinguere, anche per chi non vede tutti i colori: {c}."
        en = "neighbouring classes hard to tell apart, also for those who do not see every colour: {c}."
        remedy = Text("Cambiare un colore o aggiungere una campitura.", "Change a colour or add a hatch.")
        yield _Finding("sheet-classes-close", say(it, en, c=listing(close, most=3)), remedy, severity=Severity.WARNING)


def _look_alike(one: Style, other: Style) -> bool:
    assert isinstance(one, Fill), "only areas are compared"
    assert isinstance(other, Fill), "only areas are compared"
    return one.hatch == other.hatch and least_difference(one.colour, other.colour) < LEAST_DIFFERENCE


def _fits(proof: Proof) -> Iterator[_Finding]:
    view = proof.sheet.map.context.view
    shown = (view.ground if view.ground is not None else proof.sheet.map.boundary).bounds
    left, bottom, right, top = proof.frame.bounds
    slack = proof.frame.metres_a_mm  # a frame stands on whole metres, and a sheet of a grid is as large as its frame
    over = max(left - shown[0], bottom - shown[1], shown[2] - right, shown[3] - top)
    if over > slack:
        it, en = "alla scala {s} il territorio non sta nel foglio.", "at {s} the ground does not fit the sheet."
        remedy = Text(
            "Scegliere una scala più piccola o un foglio più grande, o dividere con il quadro di unione.",
            "Choose a smaller scale or a larger paper, or split it by the sheet index.",
        )
        yield _Finding("sheet-scale-unfit", say(it, en, s=scale_words(proof.frame)), remedy)


def _unverified(proof: Proof) -> Iterator[_Finding]:
    if proof.sheet.unverified:
        names = Text(*(listing([each.to(lang) for each in proof.sheet.unverified], most=12).to(lang) for lang in LANGS))
        yield _Finding(
            "sheet-unverified",
            say(
                "valori predefiniti non verificati alla fonte: {n}.", "defaults not verified at a source: {n}.", n=names
            ),
            Text("Verificarli o sostituirli prima di approvare.", "Verify or replace them before approval."),
            severity=Severity.WARNING,
        )


def _shown_styles(proof: Proof) -> list[Style]:
    return list(proof.drawing.drawn)


def _items(proof: Proof) -> list[LegendItem]:
    return [item for group in proof.legend for item in group.items]


CHECKS: tuple[Callable[[Proof], Iterator[_Finding]], ...] = (
    _title_block, _credentials, _crs, _scale, _map, _unused, _alike, _unexplained, _colours,
    _glyphs, _stamp, _column, _rows, _names, _crowded, _small_type, _contrast, _close_classes, _fits, _unverified,
)  # fmt: skip
