"""Commands for rounds with the target system: `upload`, `verify`, `errors`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from custclean.cli.folder import Folder, opened
from custclean.cli.talk import Json, say, say_facts, say_files
from custclean.errors import CustcleanError
from custclean.words import mark, tr, trn

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(help=mark("Give numbers and write the files of the next upload round."))
def upload(
    folder: Folder,
    now: Annotated[
        bool, typer.Option("--now", help=mark("Do not wait for open work orders."))
    ] = False,
    as_json: Json = False,
) -> None:
    from custclean.cli.outcome import facts_of_run

    with opened(folder) as project:
        result = project.upload(now=now)
    newest = max((one.index for one in result.sent.rounds), default=0)
    files = sorted(
        str(path) for path in (folder / "out" / "upload" / f"round-{newest}").glob("*.csv")
    )
    if as_json:
        say_facts(facts_of_run(result) | {"files": files})
        return
    if result.waiting:
        say(
            trn(
                "{n} work order is open: nothing new is uploaded before it is done.",
                "{n} work orders are open: nothing new is uploaded before they are done.",
                len(result.work),
            )
        )
    if files and result.balance.counts["uploaded"]:
        say(tr("Upload these, round {n}, and put the error log into the inbox:", n=newest))
        say_files(files)
    counts = result.balance.counts
    say(
        tr(
            "Clients: {n} to be verified in a fresh download, {m} with their number,"
            " {k} left out or undecided.",
            n=counts["uploaded"],
            m=counts["unchanged"],
            k=counts["left_out"] + counts["undecided"],
        )
    )


@commands.command(
    help=mark(
        "Hold the newest download against the first and the plan; exit code 1 if it differs."
    )
)
def verify(
    folder: Folder,
    last: Annotated[
        bool, typer.Option("--last", help=mark("Only since the download before the newest."))
    ] = False,
    as_json: Json = False,
) -> None:
    from custclean.report.terms import orders_counted, verified

    with opened(folder) as project:
        run = project.run()
        if run.verification is None:
            raise CustcleanError(
                tr("there is only one download"), expected=tr("a fresh one in the inbox")
            )
        result = run.verification if last else project.verify()
    facts: dict[str, Any] = {
        "done": result.done.height,
        "not_done": result.not_done.height,
        "left": result.left.height,
        "unexpected": result.unexpected.height,
        "orders": run.orders.counts,
    }
    if as_json:
        say_facts(facts)
    else:
        say(verified(result))
        say(orders_counted(run.orders.counts))
        listed = (what for what in ("not_done", "unexpected") if facts[what])
        say_files(folder / "out" / "reports" / f"verified_{what}.csv" for what in listed)
    if not result:
        raise typer.Exit(1)


@commands.command(
    help=mark("List the rows that the target refused, why, and what is suggested.")
)
def errors(
    folder: Folder,
    accept: Annotated[
        bool, typer.Option("--accept", help=mark("Decide every failed row as suggested."))
    ] = False,
    as_json: Json = False,
) -> None:
    from custclean.report.terms import said

    with opened(folder) as project:
        result = project.run()
        entered = project.accept_suggestions() if accept else 0
        if entered:
            result = project.run()
    waiting = result.open_failures()
    names = dict(result.balance.fates.select("record_id", "display_name").rows())
    if not result.inbox.error_logs and not as_json:
        say(tr("There is no error log in the inbox."))
    codes: dict[str, int] = {}
    for failure in waiting.values():
        codes[failure.code] = codes.get(failure.code, 0) + 1
    if as_json:
        say_facts({"failed": codes, "decided": entered})
        return
    for failure in sorted(waiting.values(), key=lambda f: (f.round, f.record_id)):
        who = f"{failure.record_id.rsplit(':', 1)[-1]} {names.get(failure.record_id, '')}"
        turn = tr("round {n}", n=failure.round)
        say(f"{turn}  {who}  {said(failure.code)}: {failure.suggestion}")
    say(trn("{n} refused row is open.", "{n} refused rows are open.", len(waiting)))
    if accept:
        say(trn("{n} decision entered.", "{n} decisions entered.", entered))
