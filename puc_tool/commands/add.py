"""``puc-tool add STUDY ROLE SOURCE``: gives the study a layer, once it is known to serve."""

from __future__ import annotations

import os
import shutil
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from layers import roles, write
from layers.intake import missing_role
from layers.problems import Problem, PucError, refuse_if_any
from layers.recognise import source_field
from layers.reference import Join, LayerRef
from layers.source import fingerprint, locate, parts
from layers.spec import Role
from layers.text import NOTHING, Lang, Text, number, same, say
from puc_tool.commands.command import Command, add_study, pair, wrong_usage
from puc_tool.console import Answer, Console
from puc_tool.shelf import Shelf
from puc_tool.sources import trust
from puc_tool.studies import study_editing, study_reading
from puc_tool.studies.study_reading import is_year
from puc_tool.study import Study


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    parser.add_argument("role", metavar="ROLE", help=Text("ruolo (puc-tool list roles)", "role").to(lang))
    parser.add_argument(
        "source", type=Path, metavar="SOURCE", help=Text("file del livello", "the layer's file").to(lang)
    )
    for option, metavar, words in (
        ("--layer", "NAME", Text("tabella nel file", "table in the file")),
        ("--year", "YYYY", Text("anno del dato", "year of the data")),
        ("--where", "EXPRESSION", Text("sceglie gli elementi", "chooses features")),
        (
            "--crs",
            "EPSG:N",
            Text("sistema di riferimento, se il file non lo dice", "CRS, where the file does not say it"),
        ),
        ("--encoding", "NAME", Text("codifica dei testi", "text encoding")),
        ("--join", "TABLE", Text("tabella CSV da unire", "CSV table to join")),
        ("--on", "SOURCE_FIELD=TABLE_FIELD", Text("chiavi dell'unione", "keys of the join")),
        ("--credit", "TEXT", Text("fonte e licenza, stampate sulle tavole", "source and licence, printed on sheets")),
        ("--credit-en", "TEXT", Text("le stesse in inglese", "the same in English")),
    ):
        parser.add_argument(option, metavar=metavar, help=words.to(lang), type=int if option == "--year" else str)
    for option, metavar, words in (
        ("--field", "ROLE_FIELD=SOURCE_FIELD", Text("campo del ruolo = campo del file", "role field = source field")),
        ("--set-field", "ROLE_FIELD=VALUE", Text("lo stesso valore per tutti", "the same value for all")),
        ("--code", "SOURCE_VALUE=ROLE_VALUE", Text("codice del file = codice del ruolo", "source code = role code")),
    ):
        parser.add_argument(option, action="append", default=[], metavar=metavar, help=words.to(lang))
    copy = Text("copia il file nello studio", "copies the file into the study")
    parser.add_argument("--copy", action="store_true", help=copy.to(lang))
    place = Text("prende il posto del livello che c'è", "takes the place of the layer there is")
    parser.add_argument("--replace", action="store_true", help=place.to(lang))


def _run(options: Namespace, console: Console) -> Answer:
    document = study_reading.document(options.study)
    study = study_reading.from_document(document, options.study)
    role = roles.BY_ID.get(options.role)
    if role is None:
        raise PucError(missing_role(options.role))
    ref = _reference(options, study, role)
    study_editing.put_layer(document, ref, replace=options.replace)
    locate(options.source, options.layer)
    console.report(0.1, say("Leggo {s}", "Reading {s}", s=options.source.name))
    trust.agree(options.source)
    if ref.join is not None:
        trust.agree(study.folder / ref.join.table)
    intake = Shelf(_with(study, ref)).intake(ref)
    refuse_if_any(intake.problems)
    if options.copy:
        study_editing.put_layer(document, _held(ref, options, study.folder), replace=True)
    study_editing.save(document, study.folder)
    count = number(intake.features or 0)
    unit = Text("celle", "cells") if role.takes_raster else Text("elementi", "features")
    said = say("{t}: aggiunto ({n} {u}).", "{t}: added ({n} {u}).", t=role.title, n=count, u=unit)
    return Answer((said,), {}, intake.problems)


def _with(study: Study, ref: LayerRef) -> Study:
    """Return the study as it will be, so that a new boundary is judged by itself and not by the old."""
    return replace(study, layers=(*(layer for layer in study.layers if layer.key != ref.key), ref))


def _reference(options: Namespace, study: Study, role: Role) -> LayerRef:
    if options.year is not None and not role.yearly:
        raise wrong_usage(say("il ruolo «{r}» non ha anni.", "role “{r}” has no years.", r=role.id))
    if options.year is not None and not is_year(options.year):
        raise wrong_usage(say("--year vuole un anno di quattro cifre, non «{y}».",
                              "--year wants a year of four digits, not “{y}”.", y=options.year))  # fmt: skip
    fields = dict(pair(words, "--field") for words in options.field)
    values = dict(pair(words, "--set-field") for words in options.set_field)
    strange = [name for name in (*fields, *values) if role.field(name) is None]
    if strange:
        raise PucError(_no_field(role, strange[0]))
    return LayerRef(
        role=role.id,
        source=_relative(options.source, study.folder),
        layer=options.layer,
        year=options.year,
        fields=_completed(fields, values, role, options),
        values=values,
        codes=dict(pair(words, "--code") for words in options.code),
        where=options.where,
        crs=options.crs,
        encoding=options.encoding,
        join=_join(options, study),
        credit=options.credit,
        credit_en=options.credit_en,
    )


def _completed(fields: dict[str, str], values: dict[str, str], role: Role, options: Namespace) -> dict[str, str]:
    """Return the mapping with usual names found by themselves; it is written into the study, where it can be seen."""
    present = _present(options)
    found = {
        field.name: name
        for field in role.fields
        if field.name not in (*fields, *values, *present) and (name := source_field(field, present))
    }
    return {**found, **fields}


def _present(options: Namespace) -> tuple[str, ...]:
    from layers.formats.vector import look, named_as, tables

    source = locate(options.source, options.layer)
    if source.format.is_raster:
        return ()
    names, wanted = tables(source), source.table(options.layer) or named_as(source, options.role)
    if wanted is None and len(names) != 1:
        return ()
    return tuple(look(source, wanted or names[0]).fields) if wanted in (None, *names) else ()


def _join(options: Namespace, study: Study) -> Join | None:
    if options.join is None and options.on is None:
        return None
    if options.join is None or options.on is None:
        raise wrong_usage(Text("--join e --on vanno insieme.", "--join and --on go together."))
    left, right = pair(options.on, "--on")
    return Join(_relative(Path(options.join), study.folder), left, right)


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive of Windows: there is no relative path
        return path.resolve().as_posix()


def _held(ref: LayerRef, options: Namespace, folder: Path) -> LayerRef:
    """Return ``ref`` with its files, a joined table too, copied into the study."""
    source = _copied(options.source, folder, overwrite=options.replace)
    if ref.join is None:
        return replace(ref, source=source)
    table = _copied(Path(options.join), folder, overwrite=options.replace)
    return replace(ref, source=source, join=replace(ref.join, table=table))


def _copied(source: Path, folder: Path, *, overwrite: bool) -> str:
    """Copy the source with its parts into ``data/`` and return its path in the study."""
    target = folder / "data" / source.name
    if target.exists() and fingerprint(target) != fingerprint(source) and not overwrite:
        raise PucError(_there_already(target))
    for part in parts(source):
        place = target / part.relative_to(source) if source.is_dir() else target.with_name(part.name)
        with write.replacing(place) as held:
            shutil.copyfile(part, held)
    return target.relative_to(folder).as_posix()


def _no_field(role: Role, name: str) -> Problem:
    return Problem(
        "role-field-unknown",
        same(role.id),
        say("il ruolo non ha il campo «{n}».", "the role has no field “{n}”.", n=name),
        NOTHING,
        say(
            "I campi sono: {all}.", "The fields are: {all}.", all=", ".join(field.name for field in role.fields) or "–"
        ),
    )


def _there_already(target: Path) -> Problem:
    return Problem(
        "copy-there-already",
        same(target.name),
        Text("nello studio c'è già un altro file con questo nome.", "the study holds another file of this name."),
        Text("Non è stato toccato.", "It has not been touched."),
        Text("Rinominare il file, o aggiungere --replace.", "Rename the file, or add --replace."),
    )


COMMAND = Command(
    "add",
    Text("aggiunge un livello allo studio, dopo averlo controllato", "adds a layer to the study, once checked"),
    _arguments,
    _run,
)
