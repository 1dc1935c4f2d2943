"""The setup panel of a project: files, settings, the threshold and its effect, every stage."""

from __future__ import annotations

import contextvars
import threading
import time
from typing import TYPE_CHECKING, Any

import ipywidgets
import phonenumbers

from custclean import html
from custclean.errors import CustcleanError
from custclean.systems import SYSTEMS, title_of
from custclean.text.country import named
from custclean.widgets.drop_zone import DropZone
from custclean.widgets.mapping_form import close_all, map_columns, one_line
from custclean.widgets.orders_part import OrdersPart
from custclean.widgets.pace import Pace
from custclean.widgets.setup_stages import STAGES, Outcome, files_said, tick
from custclean.widgets.threshold_part import NAMED, WIDE, ThresholdPart
from custclean.words import language, speaks, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from custclean.project import Project

__all__ = ["SetupPanel"]

TICK = 0.5  # seconds between two looks at how far it is


class SetupPanel(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """What a project is set up and run with; one thing at a time, errors in one line.

    Plain ipywidgets: what is shown are file names, settings and counts. Files come in, and
    names of clients are shown, through widgets of their own that keep them out of the state.
    What takes long goes on in a thread: `wait` waits for it.
    """

    def __init__(self, project: Project, show: Callable[[Any], object]) -> None:
        self._project, self._show = project, show
        self._lasted: dict[str, float] = {}  # seconds that a stage took the last time
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._relist = False  # a file came while something else was under way
        self.failure: BaseException | None = None  # of the last stage, for who programs
        with language(project.settings.language):
            super().__init__(self._parts())
        self.add_class("custclean-panel")
        self._start("files", self._listed)

    def __repr__(self) -> str:
        return f"SetupPanel({self._project.folder.name!r})"

    def _repr_mimebundle_(self, **given: object) -> Any:
        if self._thread is None:
            self._refresh()  # what another notebook has changed meanwhile
        return super()._repr_mimebundle_(**given)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until nothing is under way; says whether that is so."""
        until = None if seconds is None else time.monotonic() + seconds
        while (thread := self._thread) is not None:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                return False
            thread.join(left)
        return True

    # ---- how it looks

    def _parts(self) -> list[Any]:
        self._words = contextvars.copy_context()
        self._files, self._status = ipywidgets.HTML(), ipywidgets.HTML()
        self._result = ipywidgets.HTML()
        self._below = ipywidgets.VBox()
        self._bar = ipywidgets.FloatProgress(max=1.0, layout=ipywidgets.Layout(width="36em"))
        self._bar.layout.visibility = "hidden"
        zone = DropZone(self._project.folder / "inbox", self._dropped)
        self._threshold = ThresholdPart(self._choose)
        self._orders = OrdersPart(self._tick)
        self._buttons = [self._button(name) for name in STAGES]
        return [
            _title(self._project.folder.name),
            zone,
            self._files,
            self._unknown_files(),
            *self._settings(),
            self._threshold,
            ipywidgets.HBox(self._buttons, layout=ipywidgets.Layout(flex_flow="row wrap")),
            self._bar,
            self._status,
            self._result,
            self._orders,
            self._below,
        ]

    def _unknown_files(self) -> Any:
        self._strange = ipywidgets.Dropdown(
            options=[], description=tr("Not known"), style=NAMED, layout=WIDE
        )
        self._map = ipywidgets.Button(description=tr("Say what its columns are"))
        self._map.layout.width = "auto"
        self._map.on_click(lambda _: self._started("map", self._mapping))
        self._strange_row = ipywidgets.HBox([self._strange, self._map])
        self._strange_row.layout.display = "none"
        return self._strange_row

    def _settings(self) -> list[Any]:
        settings = self._project.settings
        regions = sorted(phonenumbers.SUPPORTED_REGIONS)
        said = [(tr("{name} ({code})", name=named(r, speaks()), code=r), r) for r in regions]
        self._region = ipywidgets.Dropdown(
            options=sorted(said),
            value=settings.region,
            description=tr("Region"),
            tooltip=tr("The country of phones that are written without +"),
            style=NAMED,
            layout=WIDE,
        )
        targets = [name for name in SYSTEMS if SYSTEMS[name].upload is not None]
        if settings.target not in targets:
            targets.append(settings.target)
        self._target = ipywidgets.Dropdown(
            options=[(title_of(name), name) for name in targets],
            value=settings.target,
            description=tr("Target"),
            tooltip=tr("The system that gets the upload"),
            style=NAMED,
            layout=WIDE,
        )
        self._region.observe(self._configured, "value")
        self._target.observe(self._configured, "value")
        return [self._region, self._target]

    def _button(self, name: str) -> Any:
        button = ipywidgets.Button(description=STAGES[name].word())
        button.layout.width = "auto"
        button.add_class(f"custclean-{name}")
        button.on_click(lambda _: self._started(name, lambda: STAGES[name].act(self._project)))
        return button

    # ---- what it does

    def _started(self, name: str, act: Callable[[], object]) -> None:
        self._words.copy().run(self._start, name, act)

    def _start(self, name: str, act: Callable[[], object]) -> None:
        """Do something in a thread of its own, unless something else is under way."""
        with self._lock:
            if self._thread is not None:
                return
            context = contextvars.copy_context()
            self._thread = threading.Thread(
                target=context.run, args=(self._work, name, act), daemon=True
            )
        self._switch(off=True)
        self._say(tr("Working…"))
        self._thread.start()

    def _work(self, name: str, act: Callable[[], object]) -> None:
        """Do it with its progress shown, then let something else begin."""
        project, pace = self._project, Pace(lasted=self._lasted.get(name))
        before, project.progress = project.progress, pace
        done = threading.Event()
        watch = contextvars.copy_context()
        shown = threading.Thread(target=watch.run, args=(self._watch, pace, done), daemon=True)
        shown.start()
        said = ""
        try:
            said = self._tried(act)
            self._lasted[name] = pace.elapsed
        finally:
            project.progress = before
            done.set()
            shown.join()
            self._switch(off=False)
            self._say(said)
            self._thread = None
            if self._relist:
                self._dropped()

    def _tried(self, act: Callable[[], object]) -> str:
        """Do it and show what it gave; says how it went, in one line."""
        self.failure = None
        try:
            with language(self._project.settings.language):
                self._take(act())
        except CustcleanError as error:
            self.failure = error
            return one_line(error)
        except Exception as error:  # noqa: BLE001  # a thread's traceback would go into the cell
            self.failure = error
            return tr("Something went wrong: {what}", what=type(error).__name__)
        return tr("Done.")

    def _watch(self, pace: Pace, done: threading.Event) -> None:
        """Show how far it is, again and again, once it takes its time."""
        while not done.wait(TICK):
            if pace.worth_showing:
                self._bar.layout.visibility = "visible"
                self._bar.value = pace.share
                self._say(pace.said())
        self._bar.layout.visibility = "hidden"
        self._bar.value = 0.0

    def _take(self, outcome: object) -> None:
        """Show what a stage gave."""
        if not isinstance(outcome, Outcome):
            return
        if outcome.files is not None:
            self._show_files(outcome.files)
        if outcome.effects is not None:
            self._threshold.show(outcome.effects)
        if outcome.orders is not None:
            self._orders.show(outcome.orders)
        if outcome.said is not None:
            self._result.value = outcome.said
        if outcome.session is not None:
            self._put_below(self._show(outcome.session))
        if outcome.form is not None:
            self._put_below(outcome.form)

    def _put_below(self, widget: Any) -> None:
        before, self._below.children = self._below.children, (widget,)
        close_all(before)

    def _listed(self) -> Outcome:
        self._project.configure()  # what another notebook or a person has set meanwhile
        return Outcome(files=self._project.files())

    def _mapping(self) -> Outcome:
        folder = self._project.folder
        path = folder / "inbox" / str(self._strange.value)
        return Outcome(form=map_columns(path, settings=folder / "custclean.toml"))

    def _dropped(self) -> None:
        """List the files once more, as soon as nothing else is under way."""
        self._relist = self._thread is not None
        if not self._relist:
            self._started("files", self._listed)

    def _configured(self, change: Any) -> None:
        names = {id(self._region): "region", id(self._target): "target"}
        given = {names[id(change["owner"])]: change["new"]}
        if given.items() <= {
            "region": self._project.settings.region, "target": self._project.settings.target,
        }.items():  # fmt: skip
            return  # it only shows what is so

        def act() -> Outcome:
            self._project.configure(**given)
            return self._listed()

        self._started("files", act)

    def _choose(self, threshold: float | str) -> None:
        """Save a threshold and run with it."""

        def act() -> Outcome:
            self._project.configure(threshold=threshold)
            return STAGES["run"].act(self._project)

        self._started("run", act)

    def _tick(self, orders: Sequence[str]) -> None:
        self._started("run", lambda: tick(self._project, orders))

    def _refresh(self) -> None:
        self._started("files", self._listed)

    def _show_files(self, files: Any) -> None:
        settings = self._project.settings
        self._files.value = files_said(files)
        unknown = [each.name for each in files if each.state == "unknown"]
        self._strange.options = unknown
        self._strange.value = unknown[0] if unknown else None
        self._strange_row.layout.display = "" if unknown else "none"
        self._region.value, self._target.value = settings.region, settings.target

    def _switch(self, *, off: bool) -> None:
        for each in (*self._buttons, self._map, self._region, self._target):
            each.disabled = off
        self._threshold.switch(off=off)
        self._orders.switch(off=off)

    def _say(self, text: str) -> None:
        self._status.value = f"<span role='status'>{html.escape(text)}</span>"


def _title(name: str) -> Any:
    told = tr("Project {name}", name=name)
    return ipywidgets.HTML(f"<strong>{html.escape(told)}</strong>")
