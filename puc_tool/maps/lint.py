"""Look over a sheet before it is printed: what is missing, unexplained, or not as the legend says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from layers.problems import Problem, Severity
from layers.text import Text, joined, listing, number, say
from puc_tool.maps import base, fonts
from puc_tool.maps.frame import scale_words, standard_scales
from puc_tool.maps.lint_looks import CHECKS as LOOKS
from puc_tool.maps.proof import Finding, Proof
from puc_tool.maps.sheet import LegendItem, Sheet
from puc_tool.maps.sheet_words import texts_of
from puc_tool.maps.style import COMMUNE, GRID_CROSS, NEIGHBOUR, Fill, Lettering
from puc_tool.maps.titleblock import empty_fields

_NOT_CONTENT = (COMMUNE, NEIGHBOUR, GRID_CROSS)
_MADE_UP = re.compile(r"dimostrativ|simulat|illustrativ|demonstration", re.IGNORECASE)


def lint(proof: Proof) -> list[Problem]:
    """Return everything that speaks against printing; an empty list means fit for print."""
    where = _where(proof.sheet)
    found = (finding for check in CHECKS for finding in check(proof))
    return [Problem(f.code, where, f.message, f.effect, f.remedy, f.severity) for f in found]


def _where(sheet: Sheet) -> Text:
    """Return which sheet: its code, and of a set its unit or its number."""
    view = sheet.map.context.view
    if view.is_part and view.is_unit:
        return say("Tavola {code} ({u})", "Sheet {code} ({u})", code=sheet.code, u=view.name)
    if view.is_part:
        return say("Tavola {code} (foglio {n})", "Sheet {code} (number {n})", code=sheet.code, n=view.number)
    return say("Tavola {code}", "Sheet {code}", code=sheet.code)


def _title_block(proof: Proof) -> Iterator[Finding]:
    empty = empty_fields(proof.sheet)
    if empty:
        names = joined(empty, ", ")
        yield Finding(
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


def _credentials(proof: Proof) -> Iterator[Finding]:
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
    yield from (Finding(code, message, remedy) for code, given, message in wanted if not given)


def _crs(proof: Proof) -> Iterator[Finding]:
    crs = proof.frame.crs
    if not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        yield Finding(
            "sheet-crs-not-metric",
            say("il sistema «{crs}» non è in metri.", "the CRS «{crs}» is not in metres.", crs=crs.name),
            Text("Riproiettare lo studio in un sistema metrico.", "Reproject the study to a metric CRS."),
            Text("Scala e reticolo sono senza senso.", "Scale and grid make no sense."),
        )


def _scale(proof: Proof) -> Iterator[Finding]:
    if proof.frame.denominator not in standard_scales():
        yield Finding(
            "sheet-scale",
            say(
                "la scala {s} non è tra quelle ammesse.",
                "the scale {s} is not a standard one.",
                s=scale_words(proof.frame),
            ),
            Text("Scegliere una scala normale, per esempio 1:10.000.", "Choose a standard scale, such as 1:10,000."),
        )


def _map(proof: Proof) -> Iterator[Finding]:
    if all(style in _NOT_CONTENT for style in proof.drawing.drawn):
        yield Finding(
            "sheet-map-empty",
            Text(
                "nella carta non è disegnato alcun elemento del tema.", "no feature of the theme is drawn on the map."
            ),
            Text("Controllare che i dati coprano il comune.", "Check that the data cover the municipality."),
        )


def _unused(proof: Proof) -> Iterator[Finding]:
    remedy = Text("Togliere la voce o controllare i dati.", "Remove the item or check the data.")
    for item in _items(proof):
        if item.style not in proof.drawing.drawn:
            it, en = "la voce di legenda «{x}» non compare nella carta.", "the legend item «{x}» is not on the map."
            yield Finding("sheet-legend-unused", say(it, en, x=item.label), remedy)


def _alike(proof: Proof) -> Iterator[Finding]:
    remedy = Text("Dare a ogni classe un segno proprio.", "Give each class its own sign.")
    styles = [item.style for item in _items(proof)]
    for item in _items(proof):
        if styles.count(item.style) > 1:
            it, en = "la voce «{x}» ha lo stesso segno di un'altra.", "the item «{x}» looks like another one."
            yield Finding("sheet-legend-alike", say(it, en, x=item.label), remedy)


def _unexplained(proof: Proof) -> Iterator[Finding]:
    told = [item.style for item in _items(proof)]
    signs = [style for style in proof.drawing.drawn if style not in told and not isinstance(style, Lettering)]
    if signs:
        it, en = "segni disegnati senza voce di legenda: {n}.", "signs drawn without a legend item: {n}."
        remedy = Text("Aggiungere le voci mancanti.", "Add the missing items.")
        yield Finding("sheet-class-unexplained", say(it, en, n=len(signs)), remedy)


def _colours(proof: Proof) -> Iterator[Finding]:
    told = {item.style.colour for item in _items(proof) if isinstance(item.style, Fill)}
    pictures = [p.content for p in proof.drawing.pictures if p.name.endswith(".png")]
    wrong = sorted({colour for picture in pictures for colour in base.colours_of(picture)} - told)
    if wrong:
        yield Finding(
            "sheet-colour-wrong",
            say(
                "colori nella carta che la legenda non ha: {c}.",
                "colours on the map that the legend lacks: {c}.",
                c=listing(wrong),
            ),
            Text("Usare nella legenda gli stessi stili della carta.", "Use the map's own styles in the legend."),
        )


def _glyphs(proof: Proof) -> Iterator[Finding]:
    words = "".join(text.to(proof.sheet.lang) for text in texts_of(proof.sheet))
    missing = fonts.missing_glyphs(words)
    if missing:
        yield Finding(
            "sheet-glyph-missing",
            say("caratteri che il font non ha: {c}.", "characters the font lacks: {c}.", c=" ".join(missing[:10])),
            Text("Scriverli in un altro modo.", "Write them in another way."),
            Text("Al loro posto è stampato «?».", "«?» is printed in their place."),
        )


def _stamp(proof: Proof) -> Iterator[Finding]:
    sources = " ".join(source.text.to("it") + source.text.to("en") for source in proof.sheet.sources)
    if not proof.sheet.is_demonstration and _MADE_UP.search(sources):
        yield Finding(
            "sheet-demo-unstamped",
            Text(
                "le fonti parlano di dati simulati, ma manca il timbro.",
                "the sources tell of made-up data, but the stamp is missing.",
            ),
            Text("Segnare lo studio come dimostrativo.", "Mark the study as a demonstration."),
        )


def _column(proof: Proof) -> Iterator[Finding]:
    if proof.slack_mm < 0:
        yield Finding(
            "sheet-column-full",
            say("la colonna eccede di {n} mm.", "the column is too long by {n} mm.", n=number(-proof.slack_mm)),
            Text("Accorciare legenda, nota o fonti.", "Shorten legend, note or sources."),
            Text("I testi si sovrappongono.", "Texts overlap."),
        )


def _rows(proof: Proof) -> Iterator[Finding]:
    hidden = len(proof.sheet.table.rows) - proof.rows_shown if proof.sheet.table else 0
    if hidden:
        message = say("righe della tabella senza posto: {n}.", "rows of the table without room: {n}.", n=hidden)
        remedy = Text("Sono tutte nella tabella dei dati.", "They all stand in the data table.")
        yield Finding("sheet-rows-hidden", message, remedy, severity=Severity.INFO)


def _panel(proof: Proof) -> Iterator[Finding]:
    told = proof.sheet.panel and proof.sheet.panel.table
    hidden = len(told.table.rows) - proof.panel_rows if told else 0
    if hidden:
        message = say("righe del riquadro senza posto: {n}.", "rows of the panel without room: {n}.", n=hidden)
        remedy = Text("Sono tutte nella tabella dei dati.", "They all stand in the data table.")
        yield Finding("sheet-rows-hidden", message, remedy, severity=Severity.INFO)


def _names(proof: Proof) -> Iterator[Finding]:
    if proof.drawing.left_out:
        names = listing(list(proof.drawing.left_out))
        message = say("nomi senza posto nella carta: {n}.", "names without room on the map: {n}.", n=names)
        remedy = Text("Usare numeri con la tabella come chiave.", "Use numbers, with the table as their key.")
        yield Finding("sheet-name-left-out", message, remedy, severity=Severity.WARNING)


def _fits(proof: Proof) -> Iterator[Finding]:
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
        yield Finding("sheet-scale-unfit", say(it, en, s=scale_words(proof.frame)), remedy)


def _unverified(proof: Proof) -> Iterator[Finding]:
    if proof.sheet.unverified:
        names = joined(proof.sheet.unverified, ", ")
        yield Finding(
            "sheet-unverified",
            say(
                "valori predefiniti non verificati alla fonte: {n}.", "defaults not verified at a source: {n}.", n=names
            ),
            Text("Verificarli o sostituirli prima di approvare.", "Verify or replace them before approval."),
            severity=Severity.WARNING,
        )


def _items(proof: Proof) -> list[LegendItem]:
    return [item for group in proof.legend for item in group.items]


CHECKS: tuple[Callable[[Proof], Iterator[Finding]], ...] = (
    _title_block, _credentials, _crs, _scale, _map, _unused, _alike, _unexplained, _colours,
    _glyphs, _stamp, _column, _rows, _panel, _names, *LOOKS, _fits, _unverified,
)  # fmt: skip
