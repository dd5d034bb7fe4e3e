"""The sheet of the register: how far every great transformation is, since when, and how much of it stands."""

from __future__ import annotations

from collections.abc import Iterator

from analyses.districts.terms import term
from analyses.soil.indicators import M2_A_HA
from layers.roles import BOUNDARY, DISTRICTS
from layers.text import NOTHING, Lang, Text, joined, number, same, say
from puc_tool.maps import credentials, register_theme
from puc_tool.maps.frame import scale_words
from puc_tool.maps.layout import lay_out
from puc_tool.maps.map_sentence import BESIDE
from puc_tool.maps.recast import recast
from puc_tool.maps.register_facts import STAGES, Entry, Facts, Stage, day_words, facts
from puc_tool.maps.sheet import (
    Areas,
    Bars,
    Column,
    Context,
    KeyFigure,
    LegendGroup,
    LegendItem,
    MapContent,
    Note,
    Numbers,
    Sheet,
    SheetTable,
    SourceLine,
    TableRow,
)
from puc_tool.maps.soil_facts import percent, with_unit
from puc_tool.maps.style import ACCENT, FREE_LAND, NUMBER, Fill
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf
from puc_tool.written import Written

BUILT, TO_BUILD = Fill(ACCENT), Fill("#b9cfd1")
_MOST_EVENTS = 5
_UNKNOWN = same("–")


def register_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of the register of districts.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame.
    """
    shown, study = facts(written), shelf.study
    outline = shelf.ground().boundary
    assert outline is not None, "a sheet is drawn only of a study with a boundary"
    content = MapContent(outline, study.crs, (Areas((outline,), FREE_LAND), *_layers(shown)), context)
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    refs = (*study.of_role(BOUNDARY.id), *study.of_role(DISTRICTS.id)[-1:])
    made = Sheet(
        id="registro-distretti",
        code="SP-REG-01",
        title=Text("Registro dei distretti", "Register of the districts"),
        subtitle=Text("A che punto sono le grandi trasformazioni", "How far the great transformations are"),
        map=content,
        alt=_alt(shown, scale, is_demonstration=study.is_demonstration),
        day=study.day,
        legend=tuple(_legend(shown)),
        sources=(*credentials.sources(refs), _register_line(), *credentials.around(context)),
        key_figures=tuple(_key_figures(shown)),
        table=_table(shown),
        note=_note(),
        footnotes=tuple(_events(shown)),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )
    return recast(made, register_theme.worn_looks(Wardrobe(study), shown, shelf.inputs(written.analysis)["districts"]))


def _layers(shown: Facts) -> Iterator[Areas | Numbers]:
    for stage, entries in _by_stage(shown):
        yield Areas(tuple(each.ground for each in entries), stage.style)
    yield Numbers(tuple(each.ground for each in shown.entries), tuple(str(each.number) for each in shown.entries))


def _by_stage(shown: Facts) -> Iterator[tuple[Stage, tuple[Entry, ...]]]:
    """Yield the stages that some district has, in the order of a district's life."""
    for stage in STAGES:
        entries = tuple(each for each in shown.entries if each.stage == stage)
        if entries:
            yield stage, entries


def _legend(shown: Facts) -> Iterator[LegendGroup]:
    items = [
        LegendItem(
            say("Distretto {s}", "District {s}", s=stage.label),
            stage.style,
            say("{n} · {a}", "{n} · {a}", n=len(entries), a=with_unit(_area_m2(entries) / M2_A_HA)),
        )
        for stage, entries in _by_stage(shown)
    ]
    outside = LegendItem(Text("Fuori dai distretti", "Outside the districts"), FREE_LAND)
    yield LegendGroup((*items, outside), Text("Fase, distretti, superficie", "Stage, districts, area"))
    sign = LegendItem(Text("Numero nella tabella", "Number in the table"), NUMBER)
    yield LegendGroup((sign,), Text("Altri segni", "Other signs"))


def _area_m2(entries: tuple[Entry, ...]) -> float:
    return sum(float(each.ground.area) for each in entries)


def _key_figures(shown: Facts) -> Iterator[KeyFigure]:
    yield KeyFigure(
        say("{b} su {n}", "{b} of {n}", b=shown.begun, n=len(shown.entries)),
        Text("distretti in attuazione o attuati", "districts under way or done"),
    )
    if shown.realised_m2 is None:
        yield KeyFigure(_m2(shown.new_m2), Text("superficie lorda nuova del piano", "new floor area of the plan"))
        return
    yield KeyFigure(_m2(shown.realised_m2), Text("superficie lorda realizzata", "floor area built"))
    if shown.new_m2 > 0.0:
        share = percent(100.0 * shown.realised_m2 / shown.new_m2)
        caption = say("dei {n} nuovi del piano", "of the {n} new of the plan", n=_m2(shown.new_m2))
        yield KeyFigure(share, caption)


def _m2(area_m2: float) -> Text:
    return say("{n}\u202fm²", "{n}\u202fm²", n=number(area_m2))


def _table(shown: Facts) -> SheetTable:
    """Return a row for each district: its bar is what the plan gives, the dark part what stands of it."""
    most = max((each.new_m2 or 0.0 for each in shown.entries), default=0.0) or 1.0
    return SheetTable(
        title=Text("Superficie lorda realizzata e nuova del piano", "Floor area built, and new of the plan"),
        columns=(
            Column(Text("n.", "no."), strong=True),
            Column(Text("Distretto · fase", "District · stage"), wide=True),
            *((Column(Text("dal", "since")),) if shown.has_days else ()),
            Column(Text("realizzata m²", "built m²"), align="right", strong=True),
            Column(Text("nuova m²", "new m²"), align="right"),
        ),
        rows=tuple(_row(each, most, has_days=shown.has_days) for each in shown.entries),
        total=TableRow((
            NOTHING, Text("Totale", "Total"), *((NOTHING,) if shown.has_days else ()), _amount(shown.realised_m2),
            number(shown.new_m2),
        )),
        bars=Bars(NOTHING, (BUILT, TO_BUILD)),
        file="progress.csv",
    )  # fmt: skip


def _row(entry: Entry, most_m2: float, *, has_days: bool) -> TableRow:
    new_m2, realised_m2 = entry.new_m2 or 0.0, entry.realised_m2 or 0.0
    bar = (min(realised_m2, new_m2) / most_m2, max(new_m2 - realised_m2, 0.0) / most_m2)
    named = say("{n} · {s}", "{n} · {s}", n=entry.name, s=entry.state)
    cells = (same(entry.number), named, *((entry.day,) if has_days else ()))
    return TableRow((*cells, _amount(entry.realised_m2), _amount(entry.new_m2)), bar if new_m2 > 0.0 else ())


def _amount(area_m2: float | None) -> Text:
    return _UNKNOWN if area_m2 is None else number(area_m2)


def _events(shown: Facts) -> Iterator[Text]:
    """Yield the latest events of the register in one paragraph."""
    said = [
        say("{d} {n}: {s}{i}", "{d} {n}: {s}{i}", d=day_words(str(row["day"])), n=row["name"], s=_state(row),
            i=say(" ({i})", " ({i})", i=row["instrument"]) if str(row["instrument"] or "").strip() else NOTHING)
        for row in shown.events.head(_MOST_EVENTS).fillna("").to_dict("records")
    ]  # fmt: skip
    if said:
        yield say("Ultimi passaggi. {e}.", "Latest steps. {e}.", e=joined(said, "; "))


def _state(row: dict[str, object]) -> Text:
    return next((stage.label for stage in STAGES if stage.id and stage.id == row["stage"]), term(row["state"]))


def _note() -> Note:
    return Note(
        Text("Come si legge.", "How to read."),
        Text(
            "Fasi, date e superfici realizzate sono quelle del registro che l'ufficio tiene nello studio; senza una "
            "voce vale lo stato del livello e la superficie realizzata non è nota. La barra chiara è la superficie "
            "nuova del piano, la parte scura quella realizzata.",
            "Stages, dates and floor area built are those of the register that the office keeps in the study; without "
            "an entry the layer's state holds and what is built is not known. The pale bar is the plan's new floor "
            "area, the dark part what is built of it.",
        ),
    )  # fmt: skip


def _register_line() -> SourceLine:
    return SourceLine(
        Text("Registro", "Register"),
        Text("voci dello studio, study.toml.", "entries of the study, study.toml."),
    )


def _alt(shown: Facts, scale: Text, *, is_demonstration: bool) -> Text:
    """Return the map in sentences whose every number stands on the sheet, rounded alike."""
    stages = joined((_counted(stage, len(entries)) for stage, entries in _by_stage(shown)), "; ")
    what = say(
        "Registro dei distretti di trasformazione alla scala {s}{d}. Distretti per fase: {f}.",
        "Register of the transformation districts at the scale of {s}{d}. Districts by stage: {f}.",
        s=scale, d=Text(" (dati dimostrativi)", " (demonstration data)") if is_demonstration else NOTHING, f=stages,
    )  # fmt: skip
    return joined((what, _built(shown), BESIDE), " ")


def _counted(stage: Stage, districts: int) -> Text:
    return say("{n} {s}", "{n} {s}", n=districts, s=stage.label if districts == 1 else stage.plural)


def _built(shown: Facts) -> Text:
    """Return how much of the plan stands, or that nobody has said so."""
    if shown.realised_m2 is None:
        return say(
            "Il piano prevede {n} nuovi metri quadri di superficie lorda; quanti ne siano realizzati non è noto.",
            "The plan gives {n} new square metres of floor area; how many of them are built is not known.",
            n=number(shown.new_m2),
        )  # fmt: skip
    return say(
        "Risultano realizzati {r} metri quadri di superficie lorda su {n} nuovi del piano.",
        "{r} square metres of floor area are built of {n} new ones of the plan.",
        r=number(shown.realised_m2), n=number(shown.new_m2),
    )  # fmt: skip
