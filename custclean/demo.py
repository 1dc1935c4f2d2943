"""The main job from raw exports to verified numbers, against the practice target.

Every step is one that a person with the real system takes too: nothing here reaches
past the project's public methods, but for what the practice target does as "QuickBooks".
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from custclean.bundled import samples
from custclean.errors import InputError
from custclean.practice import OnlineAccountant
from custclean.project import Project
from custclean.report.terms import said
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from custclean.project import Run

__all__ = ["INPUTS", "OWN_DOMAINS", "play"]

INPUTS = (
    "client_list.csv",
    "register.xlsx",
    "customer_contact_list.csv",
    "vendor_contact_list.csv",
    "transaction_list.csv",
    "outlook_contacts.csv",
)
MARK = ".custclean-demo"
OWN_DOMAINS = ("fjordside.example",)
ROUNDS = 6


def play(folder: Path, say: Callable[[str], None], *, sample: str = "main") -> Run:
    """Make a project in `folder` from a sample and take it to the end; gives the last run.

    A demo of before is replaced; any other folder that is not empty is refused.
    """
    source = samples() / sample
    _make_room(folder)
    say(
        tr(
            "The exports of an invented accounting firm are copied into {folder}.",
            folder=folder / "inbox",
        )
    )
    with Project.init(folder, region="DK", own_domains=OWN_DOMAINS, who="demo") as project:
        for name in INPUTS:
            shutil.copyfile(source / name, folder / "inbox" / name)
        firm = OnlineAccountant.from_download(
            folder / "inbox" / "client_list.csv", hidden=source / "hidden.json"
        )
        _decide(project, source, say)
        _work(project, firm, say)
        run = _upload(project, firm, say)
        _close(project, run, say)
        return run


def _make_room(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise InputError(
                tr("this folder is not empty"), file=folder, expected=tr("a new folder")
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / MARK).touch()


def _decide(project: Project, source: Path, say: Callable[[str], None]) -> None:
    run = project.look()
    say(_tell(tr("Without decisions"), run))
    if len(run.work) or run.state.set_aside:
        raise InputError(tr("something was decided without a person"), file=project.folder)
    entered = project.replay(source / "decisions.jsonl")
    say(
        tr(
            "{n} decisions recorded by a person are replayed (this is a demo; you would "
            "decide in the review card).",
            n=entered,
        )
    )


def _work(project: Project, firm: OnlineAccountant, say: Callable[[str], None]) -> None:
    run = project.run()
    say(_tell(tr("With decisions"), run))
    refused = firm.do(project.folder / "out" / "work")
    project.done(note="demo")
    say(
        tr(
            "{n} work orders are done in the practice QuickBooks, {m} refused.",
            n=len(run.work),
            m=len(refused),
        )
    )
    firm.download(project.folder / "inbox" / "client_list (2).csv")


def _upload(project: Project, firm: OnlineAccountant, say: Callable[[str], None]) -> Run:
    """Give numbers, upload, read what was refused, download; until nothing is left to send."""
    for turn in range(1, ROUNDS + 1):
        run = project.upload()
        say(_tell(tr("After download {n}", n=turn + 1), run))
        files = sorted((project.folder / "out" / "upload" / f"round-{turn}").glob("*.csv"))
        if not files:
            break
        refused = [_send(project, firm, path, say) for path in files]
        if any(refused):
            n = project.accept_suggestions()
            say(tr("{n} refused rows are decided as suggested.", n=n))
        firm.download(project.folder / "inbox" / f"client_list ({turn + 2}).csv")
    return run


def _send(
    project: Project, firm: OnlineAccountant, path: Path, say: Callable[[str], None]
) -> int:
    """Upload one file; its error log goes into the inbox. Gives the number of rows refused."""
    name = f"{path.parent.name}_{path.stem}"
    outcome = firm.upload(path, error_log=project.folder / "inbox" / f"error_log_{name}.csv")
    file = f"{path.parent.name}/{path.name}"
    good, bad = outcome.accepted, outcome.failed
    say(tr("{file}: {ok} rows accepted, {bad} refused.", file=file, ok=good, bad=bad))
    return outcome.failed


def _close(project: Project, run: Run, say: Callable[[str], None]) -> None:
    """Say what the last download proves, against the first, and what is left to a person."""
    proof = project.verify()
    say("")
    say(tr("From the first download to the last: {proof}", proof=proof))
    for record, field in proof.unexpected.select("record_id", "field").iter_rows():
        say(f"  {record.rsplit(':', 1)[-1]}: {field} " + tr("was changed by somebody else"))
    fates = run.balance.fates
    here, waiting = set(fates["record_id"]), run.open_failures()
    gone = sum(record not in here for record in run.failed)
    say(
        tr(
            "{n} rows were refused on the way: {good} have their number now,"
            " {gone} are of clients that are gone, {open} are open.",
            n=len(run.failed),
            good=len(run.failed) - gone - len(waiting),
            gone=gone,
            open=len(waiting),
        )
    )
    counts = run.balance.counts
    say(
        tr(
            "{n:,} of {m:,} clients are verified with their number; the others are listed:",
            n=counts["unchanged"],
            m=run.balance.rows,
        )
    )
    for row in fates.filter(fates["reason"] != "").iter_rows(named=True):
        why = row["detail"] or said(row["reason"])
        say(f"  {row['fate']}: {row['display_name']} ({why})")
    say(tr("Summary: {file}", file=project.folder / "out" / "reports" / "summary.html"))


def _tell(when: str, run: Run) -> str:
    counts = ", ".join(f"{n} {fate}" for fate, n in run.balance.counts.items() if n)
    lines = [f"{when}: {run.balance.rows} = {counts}"]
    lines.append(
        "  "
        + tr(
            "{pairs} pairs and {proposals} proposals wait for a person,"
            " {orders} work orders are open",
            pairs=run.queue.height,
            proposals=run.proposed.height,
            orders=len(run.work),
        )
    )
    if run.verification is not None:
        lines.append(f"  {run.verification!r}")
    return "\n".join(lines)
