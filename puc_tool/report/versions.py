"""A version of the study as its manifest keeps it: its figures, and the parameters and data they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from puc_tool.report.findings import Findings

Values = Mapping[str, float]


@dataclass(frozen=True)
class Version:
    """The figures by the id of their result, the parameters («soil-consumption/year_to») and data («zoning/2003»).

    ``parameters`` as JSON, ``sources`` by their hashes; None where an earlier state of the tool did not keep them.
    """

    figures: Values
    parameters: Mapping[str, str] | None = None
    sources: Mapping[str, str] | None = None


def version_of(findings: Findings) -> Version:
    """Return the study as it is now."""
    found = findings.found
    return Version(
        {
            f"{analysis_id}/{name}": value
            for analysis_id, each in found.items()
            for name in each.figures
            if (value := each.value(name)) is not None
        },
        {
            f"{analysis_id}/{name}": json.dumps(value, sort_keys=True)
            for analysis_id, each in found.items()
            for name, value in each.written.parameters.items()
        },
        {
            f"{told['role']}/{told['year'] or ''}": str(told["sha256"])
            for each in found.values()
            for told in each.written.record["inputs"]
        },
    )


def kept(version: Version | None) -> Mapping[str, object] | None:
    """Return a version as a manifest keeps it."""
    return None if version is None else asdict(version)


def read(told: object) -> Version | None:
    """Return the version that a manifest tells; of one that somebody changed, only what can be one."""
    if not isinstance(told, Mapping) or not told:
        return None
    if "figures" not in told:  # as an earlier state of the tool kept the version before
        figures = _numbers(told)
        return Version(figures) if figures else None
    return Version(_numbers(told["figures"]), _words(told.get("parameters")), _words(told.get("sources")))


def _numbers(told: object) -> Values:
    known = told if isinstance(told, Mapping) else {}
    return {str(name): float(value) for name, value in known.items() if isinstance(value, int | float)}


def _words(told: object) -> Mapping[str, str] | None:
    return {str(name): str(value) for name, value in told.items()} if isinstance(told, Mapping) else None
