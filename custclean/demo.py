"""The main job from raw exports to verified numbers, against the practice target.

Every step is one that a person with the real system takes too: nothing here reaches
past the project's public methods, but for what the practice target does as "QuickBooks".
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from custclean.bundled import samples
from custclean.errors import InputError
from custclean.labels import label
from custclean.practice import OnlineAccountant
from custclean.project import Project
from custclean.report.terms import fate_said, fates_counted, said, verified
from custclean.words import numeral, tr, trn

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
        trn(
            "{n} decision recorded by a person is replayed (this is a demo; you would "
            "decide in the review card).",
            "{n} decisions recorded by a person are replayed (this is a demo; you would "
            "decide in the review card).",
            entered,
        )
    )


def _work(project: Project, firm: OnlineAccountant, say: Callable[[str], None]) -> None:
    run = project.run()
    say(_tell(tr("With decisions"), run))
    refused = firm.do(project.folder / "out" / "work")
    project.done(note="demo")
    say(
        trn(
            "{n} work order is done in the practice QuickBooks, {m} refused.",
            "{n} work orders are done in the practice QuickBooks, {m} refused.",
            len(run.work),
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
            say(
                trn(
                    "{n} refused row is decided as suggested.",
                    "{n} refused rows are decided as suggested.",
                    n,
                )
            )
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
    say(
        trn(
            "{file}: {n} row accepted, {bad} refused.",
            "{file}: {n} rows accepted, {bad} refused.",
            good,
            file=file,
            bad=bad,
        )
    )
    return outcome.failed


def _close(project: Project, run: Run, say: Callable[[str], None]) -> None:
    """Say what the last download proves, against the first, and what is left to a person."""
    proof = project.verify()
    say("")
    say(tr("From the first download to the last: {proof}", proof=verified(proof)))
    for record, field in proof.unexpected.select("record_id", "field").iter_rows():
        name = record.rsplit(":", 1)[-1]
        what = label(field)
        say("  " + tr("{name}: {what} was changed by somebody else", name=name, what=what))
    fates = run.balance.fates
    here, waiting = set(fates["record_id"]), run.open_failures()
    gone = sum(record not in here for record in run.failed)
    say(
        trn(
            "{n} row was refused on the way. Has its number now: {good};"
            " of a client that is gone: {gone}; open: {open}.",
            "{n} rows were refused on the way. Have their number now: {good};"
            " of clients that are gone: {gone}; open: {open}.",
            len(run.failed),
            good=len(run.failed) - gone - len(waiting),
            gone=gone,
            open=len(waiting),
        )
    )
    counts = run.balance.counts
    say(
        trn(
            "{n:,} of {m:,} clients is verified with its number; the others are listed:",
            "{n:,} of {m:,} clients are verified with their number; the others are listed:",
            counts["unchanged"],
            m=run.balance.rows,
        )
    )
    for row in fates.filter(fates["reason"] != "").iter_rows(named=True):
        why = row["detail"] or said(row["reason"])
        say(f"  {fate_said(row['fate'])}: {row['display_name']} ({why})")
    say(tr("Summary: {file}", file=project.folder / "out" / "reports" / "summary.html"))


def _tell(when: str, run: Run) -> str:
    counts = ", ".join(fates_counted(run.balance.counts))
    lines = [f"{when}: {numeral(run.balance.rows)} = {counts}"]
    lines.append(
        "  "
        + tr(
            "waiting for a person: pairs {pairs}, proposals {proposals},"
            " open work orders {orders}",
            pairs=run.queue.height,
            proposals=run.proposed.height,
            orders=len(run.work),
        )
    )
    if run.verification is not None:
        lines.append("  " + verified(run.verification))
    return "\n".join(lines)
