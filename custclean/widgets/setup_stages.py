"""What the buttons of the setup panel do, and how what comes of it is said: no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from custclean import html
from custclean.errors import InputError
from custclean.project.steps import next_steps
from custclean.report.checks import state_words
from custclean.report.terms import fates_counted, said, verified
from custclean.words import mark, numeral, spoken, tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    import polars as pl

    from custclean.project import Project, Run
    from custclean.project.effects import Effects
    from custclean.project.listing import Listed
    from custclean.words import Marked

__all__ = ["STAGES", "Outcome", "Stage", "effect_said", "files_said", "tick"]

SIGNS = {"read": "✓", "unknown": "?", "refused": "✗", "left": "–"}  # never by colour alone


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there is to show: finished HTML, files, effects, open orders, a session, a form."""

    said: str | None = None
    files: tuple[Listed, ...] | None = None
    effects: Effects | None = None
    orders: pl.DataFrame | None = None
    session: object = None
    form: object = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A button: its word, and what it does to a project."""

    named: Marked
    act: Callable[[Project], Outcome]

    def word(self) -> str:
        """Give the word in the reader's language."""
        return spoken(self.named)


def files_said(files: Iterable[Listed]) -> str:
    """List the files of the inbox and what each was read as."""
    rows = [
        (each.name, _size(each.size), f"{SIGNS[each.state]} {each.said}") for each in files
    ]
    if not rows:
        return html.paragraph(tr("The inbox is empty: drop the exports here."))
    header = (tr("File"), tr("Size"), tr("Read as"))
    return html.framed(html.grid(header, rows, right={1}))


def _size(size: int) -> str:
    return tr("{n} kB", n=numeral(max(1, round(size / 1000)), ","))


def effect_said(effects: Effects, threshold: float) -> str:
    """Say what a threshold does, beside the one in use."""
    here, own = effects.at(threshold), effects.at(effects.own)
    rows = [
        (tr("pairs joined"), here.pairs, own.pairs),
        (tr("groups"), here.groups, own.groups),
        (tr("records in them"), here.records, own.records),
        (tr("records of the largest group"), here.largest, own.largest),
        (tr("pairs below, worth a look"), here.to_review, own.to_review),
        (tr("wrong pairs expected"), _about(here.wrong), _about(own.wrong)),
        (tr("missed pairs expected"), _about(here.missed), _about(own.missed)),
    ]
    header = (
        tr("Threshold"),
        tr("{n} (chosen)", n=numeral(here.threshold, ".4g")),
        tr("{n} (in use)", n=numeral(own.threshold, ".4g")),
    )
    return html.framed(html.grid(header, rows, right={1, 2}))


def _about(count: float) -> str:
    return tr("about {n}", n=numeral(count, ".1f" if count < 10 else ",.0f"))


def _check(project: Project) -> Outcome:
    files = project.files()
    checks = project.preflight(datetime.now().astimezone().date())
    words = state_words()
    told = [
        tr("{state}: {name}: {sentence}", state=words[check.state], name=check.name,
           sentence=check.sentence)
        for check in checks
    ]  # fmt: skip
    return Outcome(html.framed(html.bullets(told)), files)


def _run(project: Project) -> Outcome:
    run = project.run()
    return Outcome(_told(run), project.files(), project.effects(), run.open_orders)


def _review(project: Project) -> Outcome:
    return Outcome(session=project.review())


def _set_aside(project: Project) -> Outcome:
    return Outcome(session=project.set_aside_desk())


def _upload(project: Project) -> Outcome:
    run = project.upload()
    newest = max((one.index for one in run.sent.rounds), default=0)
    folder = project.folder / "out" / "upload" / f"round-{newest}"
    names = sorted(path.name for path in folder.glob("*.csv"))
    extra = []
    if run.waiting:
        extra.append(
            trn(
                "{n} work order is open: nothing new is uploaded before it is done.",
                "{n} work orders are open: nothing new is uploaded before they are done.",
                len(run.work),
            )
        )
    if names and run.balance.counts["uploaded"]:
        extra.append(tr("Files of round {n}: {names}", n=newest, names=", ".join(names)))
    return Outcome(_told(run, extra), orders=run.open_orders)


def _verify(project: Project) -> Outcome:
    run = project.run()
    if run.verification is None:
        raise InputError(
            tr("there is only one download"), expected=tr("a fresh one in the inbox")
        )
    return Outcome(_told(run, [verified(project.verify())]), orders=run.open_orders)


def _errors(project: Project) -> Outcome:
    run = project.run()
    counts: dict[str, int] = {}
    for failure in run.open_failures().values():
        counts[failure.code] = counts.get(failure.code, 0) + 1
    told = [f"{said(code)}: {numeral(n)}" for code, n in sorted(counts.items())]
    none = tr("The target has refused no row that is still open.")
    return Outcome(_told(run, told or [none]), orders=run.open_orders)


def tick(project: Project, orders: Collection[str]) -> Outcome:
    """Tick these work orders as done, and run."""
    project.done(orders)
    return _run(project)


def _told(run: Run, extra: Iterable[str] = ()) -> str:
    """Say where all clients are and what a person does next."""
    clients = trn(
        "{n:,} client: {counts}",
        "{n:,} clients: {counts}",
        run.balance.rows,
        counts=", ".join(fates_counted(run.balance.counts)),
    )
    parts = [html.paragraph(clients), *map(html.paragraph, extra)]
    where = tr("Summary: {file}", file="out/reports/summary.html")
    return html.framed(*parts, html.bullets(next_steps(run)), notes=[where])


STAGES: Mapping[str, Stage] = {
    "check": Stage(mark("Check the files"), _check),
    "run": Stage(mark("Run"), _run),
    "review": Stage(mark("Review pairs"), _review),
    "set_aside": Stage(mark("Set aside"), _set_aside),
    "upload": Stage(mark("Upload"), _upload),
    "verify": Stage(mark("Verify"), _verify),
    "errors": Stage(mark("Refused rows"), _errors),
}
