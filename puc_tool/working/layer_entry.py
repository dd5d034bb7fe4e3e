"""One layer of the open study as it is shown, and what the state of a history says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layers import roles
from layers.intake import Intake
from layers.reference import LayerRef
from layers.text import Text
from puc_tool.study import Study
from puc_tool.working import layer_style, view
from puc_tool.working.history import Place, Value
from puc_tool.working.layer_style import OFFICIAL, LayerStyle
from puc_tool.working.step_titles import title_of

_SHOWN_AT_FIRST = (roles.BOUNDARY, roles.NEIGHBOURHOODS, roles.ELEVATION)
THEMES = (roles.SOIL_CONSUMPTION, roles.LAND_USE, roles.ZONING)
"""Area themes; of these only the first that the study has, and of it the latest year, is shown at first."""


@dataclass(frozen=True)
class Entry:
    """A layer as it was taken in, and how it is shown. The first entry lies on top of the map.

    ``name`` is what somebody called it; empty words stand for the role's title.
    """

    intake: Intake
    is_visible: bool
    opacity_pct: int = view.OPAQUE_PCT
    name: str = ""
    style: LayerStyle = OFFICIAL

    @property
    def ref(self) -> LayerRef:
        """How the study names the layer."""
        return self.intake.ref

    @property
    def title(self) -> Text:
        """The name it was given, else the role's title, with the year where the role has years."""
        return title_of(self.ref, self.name)


def entry_of(intake: Intake, state: Mapping[Place, Value], study: Study) -> Entry:
    """Return a layer as ``state`` has it shown; ``study`` says what is seen before anybody has said so."""
    key = intake.ref.key
    visible, opacity, name = (state.get(view.of_layer(aspect, key)) for aspect in view.ASPECTS)
    return Entry(
        intake,
        is_shown_at_first(intake.ref, study) if visible is None else bool(visible),
        view.OPAQUE_PCT if not isinstance(opacity, int) else opacity,
        str(name or ""),
        layer_style.style_of(state, key),
    )


def is_shown_at_first(ref: LayerRef, study: Study) -> bool:
    """Tell whether the map shows a layer of ``study`` before anybody has said so."""
    theme = next((role for role in THEMES if study.of_role(role.id)), None)
    latest = theme is not None and ref.key == study.of_role(theme.id)[-1].key
    return latest or ref.role in {role.id for role in _SHOWN_AT_FIRST}
