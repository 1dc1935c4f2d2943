"""What is drawn in a notebook: shows a session, forwards keys and clicks, decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.widgets.card import ReviewCard
from custclean.widgets.mapping_form import MappingForm, map_columns
from custclean.widgets.plain import PlainCard
from custclean.words import tr

if TYPE_CHECKING:
    from custclean.stages.review import ReviewSession

__all__ = ["MappingForm", "PlainCard", "ReviewCard", "map_columns", "show"]

_FACES = ("auto", "anywidget", "ipywidgets")


def show(session: ReviewSession, ui: str = "auto") -> ReviewCard | PlainCard:
    """Give the card of a review, to be the last line of a cell.

    `ui="ipywidgets"` is a plain card with buttons, for places where the other does not
    load; unlike the other it puts the values of the pair shown into the widget's state.
    """
    if ui not in _FACES:
        raise InputError(
            tr("no such way to show a review"), value=ui, expected=", ".join(_FACES)
        )
    return PlainCard(session) if ui == "ipywidgets" else ReviewCard(session)
