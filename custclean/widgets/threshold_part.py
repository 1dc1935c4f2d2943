"""A slider over thresholds; what each does to pairs and groups is shown while it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from custclean import html
from custclean.widgets.setup_stages import effect_said
from custclean.words import language, speaks, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from custclean.project.effects import Effects

__all__ = ["ThresholdPart"]

NAMED = {"description_width": "9em"}
WIDE = ipywidgets.Layout(width="36em")


class ThresholdPart(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """The slider, its effect, and two buttons that choose; nothing to move before a run.

    `choose` is told the threshold, or "own" for the model's own.
    """

    def __init__(self, choose: Callable[[float | str], object]) -> None:
        self._effects: Effects | None = None
        self._language = speaks()
        self.slider = ipywidgets.SelectionSlider(
            options=[0.5],
            description=tr("Threshold"),
            continuous_update=True,
            style=NAMED,
            layout=WIDE,
        )
        self.slider.observe(self._moved, "value")
        self._use = _small(tr("Use this threshold"), lambda: choose(float(self.slider.value)))
        self._own = _small(tr("The model's own"), lambda: choose("own"))
        run_first = html.paragraph(tr("Run the project once to see what a threshold does."))
        self.effect = ipywidgets.HTML(run_first)
        super().__init__([ipywidgets.HBox([self.slider, self._use, self._own]), self.effect])
        self.switch(off=True)

    def show(self, effects: Effects) -> None:
        """Take the effects of a run; the slider goes to the threshold in use."""
        self._effects = effects
        self.slider.options = [(f"{step:g}", step) for step in effects.steps]
        self.slider.value = effects.own
        self._moved({"new": effects.own})

    def switch(self, *, off: bool) -> None:
        """Switch it off while something else goes on."""
        for each in (self.slider, self._use, self._own):
            each.disabled = off or self._effects is None

    def _moved(self, change: Any) -> None:
        if self._effects is not None:
            with language(self._language):
                self.effect.value = effect_said(self._effects, float(change["new"]))


def _small(word: str, act: Callable[[], object]) -> Any:
    button = ipywidgets.Button(description=word)
    button.layout.width = "auto"
    button.on_click(lambda _: act())
    return button
