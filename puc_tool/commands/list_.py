"""``puc-tool list …``: what there is to choose from, read from the declarations themselves."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping

from analyses import params, registry
from analyses.analysis import Analysis
from layers import roles
from layers.formats import catalogue
from layers.spec import Role
from layers.text import Lang, Text, same
from puc_tool.commands.command import Command
from puc_tool.console import Answer, Console
from puc_tool.figures.method_words import method_of

Item = Mapping[str, object]


def _roles(lang: Lang) -> list[Item]:
    return [
        {
            "id": role.id,
            "title": role.title.to(lang),
            "about": role.about.to(lang),
            "geometry": [shape.value.to(lang) for shape in role.shapes],
            "yearly": role.yearly,
            "fields": _fields(role, lang),
        }
        for role in roles.ALL
    ]


def _fields(role: Role, lang: Lang) -> list[Item]:
    return [
        {
            "id": field.name,
            "label": field.label.to(lang),
            "kind": field.kind.value.to(lang),
            "required": field.required,
            "unit": field.unit,
        }
        for field in role.fields
    ]


def _analyses(lang: Lang) -> list[Item]:
    return [
        {
            "id": each.id,
            "title": each.title.to(lang),
            "about": each.about.to(lang),
            "needs": [[role.id for role in group] for group in each.needs],
            "uses": [role.id for role in each.inputs if not any(role in group for group in each.needs)],
        }
        for each in registry.ALL
    ]


def _parameters(lang: Lang) -> list[Item]:
    return [
        {
            "id": f"{each.id}.{name}",
            "label": entry.about.label.to(lang),
            "unit": entry.about.unit,
            "default": entry.default,
            "low": entry.about.low,
            "high": entry.about.high,
            "help": entry.about.help.to(lang),
            "verified": entry.about.is_verified,
        }
        for each in registry.ALL
        for name, entry in params.entries(each.params).items()
    ]


def _columns(lang: Lang) -> list[Item]:
    return [item for each in registry.ALL for item in (*_figures_of(each, lang), *_columns_of(each, lang))]


def _figures_of(analysis: Analysis, lang: Lang) -> list[Item]:
    return [
        {
            "id": f"{analysis.id}/figures/{spec.id}",
            "label": spec.label.to(lang),
            "unit": spec.unit,
            "method": method_of(analysis, spec).to(lang),
        }
        for spec in analysis.figures
    ]


def _columns_of(analysis: Analysis, lang: Lang) -> list[Item]:
    return [
        {
            "id": f"{analysis.id}/{place}{table.id}/{column.id}",
            "label": column.label.to(lang),
            "unit": column.unit,
            "decimals": column.decimals,
        }
        for place, specs in (("", analysis.tables), ("layers/", analysis.layers))
        for table in specs
        for column in table.columns
    ]


def _formats(lang: Lang) -> list[Item]:
    return [
        {"id": each.id, "title": each.title.to(lang), "suffixes": list(each.suffixes), "raster": each.is_raster}
        for each in catalogue.ALL
    ]


def _communes(lang: Lang) -> list[Item]:
    # The package of communes takes half a second; the other lists need none of it.
    from layers import communes

    return [
        {"id": each.code, "title": each.name, "province": each.province, "region": each.region}
        for each in communes.all_communes()
    ]


def _sheets(lang: Lang) -> list[Item]:
    # Sheets know the libraries that draw them; the other lists need none of it.
    from puc_tool.printing import sheets

    return [
        {
            "id": each.id,
            "title": each.title.to(lang),
            "analysis": "" if isinstance(each, sheets.BaseKind) else each.analysis.id,
        }
        for each in sheets.ALL
    ]


LISTS: Mapping[str, Callable[[Lang], list[Item]]] = {
    "roles": _roles,
    "analyses": _analyses,
    "parameters": _parameters,
    "columns": _columns,
    "sheets": _sheets,
    "communes": _communes,
    "formats": _formats,
}


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    parser.add_argument("what", choices=tuple(LISTS), help=Text("che cosa", "what").to(lang))


def _run(options: Namespace, console: Console) -> Answer:
    items = LISTS[options.what](console.lang)
    return Answer(tuple(same(_line(item)) for item in items), {"items": items})


def _line(item: Item) -> str:
    words = [str(item.get(key) or "") for key in ("title", "label", "unit", "province")]
    return f"{item['id']}: " + " · ".join(word for word in words if word)


COMMAND = Command(
    "list", Text("elenca ruoli, analisi, parametri…", "lists roles, analyses, parameters…"), _arguments, _run
)
