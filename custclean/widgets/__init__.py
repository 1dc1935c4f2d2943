"""What is drawn in a notebook: shows a session, forwards keys and clicks, decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.project import Project
from custclean.stages.set_aside_desk import SetAsideSession
from custclean.widgets.card import ReviewCard
from custclean.widgets.mapping_form import MappingForm, map_columns
from custclean.widgets.plain import PlainCard
from custclean.widgets.set_aside_desk import SetAsideDesk
from custclean.widgets.setup_panel import SetupPanel
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.review import ReviewSession

__all__ = [
    "MappingForm",
    "PlainCard",
    "ReviewCard",
    "SetAsideDesk",
    "SetupPanel",
    "map_columns",
    "show",
]

_FACES = ("auto", "anywidget", "ipywidgets")


def show(
    session: ReviewSession | SetAsideSession | Project,
    ui: str = "auto",
    *,
    keys: Mapping[str, str] | None = None,
) -> ReviewCard | PlainCard | SetAsideDesk | SetupPanel:
    """Give the card of a review, the set-aside desk, or a project's setup panel for a cell.

    `ui="ipywidgets"` is a plain card with buttons, for places where the other does not
    load; unlike the other it puts what it shows into the widgets' state, but only while a
    browser shows it. JupyterLab saves that state only if one asks it to.
    `keys` says which key does what where it is to be another, as {"same": "z"}; the help of
    the card lists them.
    """
    if ui not in _FACES:
        raise InputError(
            tr("no such way to show a review"), value=ui, expected=", ".join(_FACES)
        )
    if isinstance(session, Project):
        return SetupPanel(session, show)
    if isinstance(session, SetAsideSession):
        return SetAsideDesk(session)
    return PlainCard(session) if ui == "ipywidgets" else ReviewCard(session, keys)
