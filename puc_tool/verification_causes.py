"""Why a run comes out otherwise than it is recorded: what is another now than it was then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analyses.analysis import Analysis
from layers import crs as coordinate_systems
from layers.reference import LayerRef
from layers.source import fingerprint
from layers.text import Text, same, say
from puc_tool import edition, provenance
from puc_tool.scenarios import scenario_files
from puc_tool.sources import edit_record
from puc_tool.study import Study

NO_RECORD = say("«{f}» non c'è più o non si legge", "“{f}” is gone or can't be read", f=same(provenance.FILE))

_SETTINGS = Text(
    "ciò che «study.toml» dice degli stessi dati (residenti, campi, codici o condizioni di un livello), o le griglie",
    "what “study.toml” says of the same data (residents, fields, codes or conditions of a layer), or the grids",
)


def known(record: Mapping[str, Any], study: Study, analysis: Analysis) -> Iterator[Text]:
    """Yield what can be told before the run is done again: tool, libraries, CRS, layers, scenarios."""
    yield from _tool(record)
    crs = coordinate_systems.name_of(study.crs)
    if record.get("crs", crs) != crs:
        yield say("il sistema di riferimento era {a}, ora è {b}", "the CRS was {a}, now it is {b}",
                  a=same(str(record["crs"])), b=same(crs))  # fmt: skip
    yield from _sources(record["inputs"], study)
    yield from _new_layers(record["inputs"], study, analysis)
    if analysis.takes_scenarios:
        yield from _scenarios(record.get("scenarios"), study)


def all_of(record: Mapping[str, Any], now: Mapping[str, Any], study: Study, analysis: Analysis) -> Iterator[Text]:
    """Yield every cause there is to tell; ``now`` is the record of the run done again."""
    told = [*known(record, study, analysis), *_operations(record, now)]
    yield from told
    if not told and record.get("key") != now.get("key"):
        yield _SETTINGS


def touched(files: Sequence[str]) -> Iterator[Text]:
    """Yield the results that somebody changed, or took away, after they were written."""
    for name in files:
        yield say("«{f}» è stato cambiato dopo il calcolo", "“{f}” was changed after the run", f=same(name))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a dataset or a result; nothing if it can't be read."""
    try:
        return fingerprint(path)
    except OSError:
        return ""


def _tool(record: Mapping[str, Any]) -> Iterator[Text]:
    told, libraries = _table(record.get("tool")), _table(record.get("libraries"))
    tool = str(told.get("version", ""))
    if tool != provenance.tool_version():
        yield say("PUC Tool {a}, ora {b}", "PUC Tool {a}, now {b}", a=tool, b=provenance.tool_version())
    elif told.get("edition") != edition.of_results():
        yield say("il codice di PUC Tool {a}, che ha un'altra edizione",
                  "the code of PUC Tool {a}, which is of another edition", a=tool)  # fmt: skip
    for name, now in provenance.versions().items():
        if libraries.get(name) != now:
            before = str(libraries.get(name, "?"))
            yield say("libreria {n} {a}, ora {b}", "library {n} {a}, now {b}", n=name, a=before, b=now)


def _sources(inputs: Sequence[Mapping[str, Any]], study: Study) -> Iterator[Text]:
    """Yield the layers that are not what they were, or gone."""
    for then in inputs:
        named = _named(*_key(then))
        found = [ref for ref in study.of_role(then["role"]) if ref.key == _key(then)]
        if found:
            yield from _source(named, then, found[0], study)
        else:
            yield say("il livello «{r}» non c'è più", "the layer “{r}” is gone", r=named)


def _source(named: str, then: Mapping[str, Any], ref: LayerRef, study: Study) -> Iterator[Text]:
    own, *joined = [sha256_of(path) for path in ref.files(study.folder)]
    if own != then["sha256"]:
        yield say("la fonte di «{r}» è cambiata", "the source of “{r}” has changed", r=named)
    elif joined != [each for each in [then.get("join_sha256")] if each]:
        yield say("la tabella unita a «{r}» è cambiata", "the table joined to “{r}” has changed", r=named)
    elif edit_record.edits_told(ref) != then.get("edits"):
        yield say("le modifiche ai valori di «{r}» sono altre", "the edits of values of “{r}” are others", r=named)


def _new_layers(inputs: Sequence[Mapping[str, Any]], study: Study, analysis: Analysis) -> Iterator[Text]:
    then = {_key(each) for each in inputs}
    for ref in (ref for role in analysis.inputs for ref in study.of_role(role.id) if ref.key not in then):
        yield say("il livello «{r}» è nuovo", "the layer “{r}” is new", r=_named(*ref.key))


def _key(told: Mapping[str, Any]) -> tuple[str, int | None]:
    """Return what makes a recorded layer unique; a record may come from elsewhere and say anything."""
    year = told.get("year")
    return told["role"], year if isinstance(year, int) else None


def _named(role: str, year: int | None) -> str:
    return f"{role} {year}" if year else role


def _table(content: object) -> Mapping[str, Any]:
    return content if isinstance(content, dict) else {}


def _scenarios(recorded: object, study: Study) -> Iterator[Text]:
    """Yield the scenarios that are new, gone or changed, with their outlines; one that can't be read says so itself."""
    rows = recorded if isinstance(recorded, list) else []
    then = {str(row.get("file")): _hashes(row) for row in rows if isinstance(row, dict)}
    try:
        now = {str(row["file"]): _hashes(row) for row in scenario_files.record(study)}
    except OSError:
        return
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            yield say("lo scenario «{s}» è cambiato", "the scenario “{s}” has changed", s=same(Path(name).stem))


def _hashes(row: Mapping[str, Any]) -> tuple[object, ...]:
    outlines = row.get("outlines")
    rows = outlines if isinstance(outlines, list) else []
    return (row.get("sha256"), *(each.get("sha256") for each in rows if isinstance(each, dict)))


def _operations(record: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Text]:
    """Yield the reprojections that PROJ does otherwise here."""
    before = {_key(each): each.get("reprojection") for each in record["inputs"]}
    for each in now["inputs"]:
        if before.get(_key(each), each.get("reprojection")) != each.get("reprojection"):
            yield say(
                "riproiezione di «{r}» con un'altra operazione PROJ", "another PROJ operation for “{r}”", r=each["role"]
            )
