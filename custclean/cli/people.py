"""Commands for what people say: `review`, `done`, `undo`, `questions`, `answers`, `ignore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from custclean.cli.folder import Folder, Note, Who, opened
from custclean.cli.talk import Json, complain, say, say_facts, say_files
from custclean.errors import CustcleanError
from custclean.words import mark, tr

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(
    help=mark("Decide about possible duplicates, side by side, with the keys of the terminal.")
)
def review(  # noqa: PLR0913, PLR0917  # each option of the command has its name
    folder: Folder,
    blind: Annotated[
        bool, typer.Option("--blind", help=mark("Hide what the model thinks."))
    ] = False,
    second: Annotated[
        bool, typer.Option("--second", help=mark("A second look: hide what others said."))
    ] = False,
    pairs_only: Annotated[
        bool, typer.Option("--pairs-only", help=mark("Ask pair by pair, no groups."))
    ] = False,
    state: Annotated[
        str, typer.Option(help=mark("Only what stands so: waiting, again, unsure, ..."))
    ] = "",
    search: Annotated[str, typer.Option(help=mark("Only where a value has this text."))] = "",
    order: Annotated[
        str, typer.Option(help=mark("useful, uncertain, largest, likely, unlikely or name."))
    ] = "useful",
    least: Annotated[
        float | None, typer.Option(help=mark("Only what is at least so many % likely."))
    ] = None,
    most: Annotated[
        float | None, typer.Option(help=mark("Only what is at most so many % likely."))
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ACTION=KEY", help=mark("Another key, as same=z; once for each.")
        ),
    ] = None,
    who: Who = None,
) -> None:
    from custclean.cli.review import Wanted, decide

    wanted = Wanted(blind=blind, second=second, pairs_only=pairs_only, state=state,
                    search=search, order=order, least=least, most=most)  # fmt: skip
    with opened(folder, who=who) as project:
        ended = decide(project, wanted, key or (), say)
    if ended:
        raise typer.Exit(ended)


@commands.command(
    help=mark("Say which work orders are done in the target system; else list the open ones.")
)
def done(
    folder: Folder,
    orders: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ORDER]...", help=mark("Work orders that are done, by number.")
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=mark("All that are open."))] = False,
    note: Note = "",
    who: Who = None,
    as_json: Json = False,
) -> None:
    from custclean.cli.done import facts_of_orders, say_orders, tick

    with opened(folder, who=who) as project:
        ticked = tick(project, orders or (), note, every=every)
        run = project.look()
    if as_json:
        say_facts(facts_of_orders(run, ticked))
        return
    say(*say_orders(run, ticked, folder))


@commands.command(
    help=mark("Take a decision or a tick back by its number; else list the newest ones.")
)
def undo(
    folder: Folder,
    seq: Annotated[
        int | None, typer.Argument(help=mark("The number of the decision."))
    ] = None,
    note: Note = "",
    who: Who = None,
) -> None:
    from custclean.cli.done import last_decisions, say_undone

    with opened(folder, who=who) as project:
        if seq is None:
            lines = list(last_decisions(project))
        else:
            lines = [say_undone(project.undo_step(seq, note=note))]
    say(*lines)


@commands.command(
    help=mark("Write what waits for a person as workbooks, one a lead accountant.")
)
def questions(
    folder: Folder,
    to: Annotated[
        Path | None, typer.Option(help=mark("Where they are written: out/questions."))
    ] = None,
    as_json: Json = False,
) -> None:
    with opened(folder) as project:
        files = [str(path) for path in project.questions(to)]
    if as_json:
        say_facts({"files": files})
        return
    if not files:
        say(tr("Nothing waits for an answer."))
        return
    say(tr("Send each to who is named in it; what comes back: custclean answers"))
    say_files(files)


@commands.command(
    help=mark("Enter the answers of workbooks that came back; exit code 1 if one is left out.")
)
def answers(
    folder: Folder,
    files: Annotated[
        list[Path],
        typer.Argument(help=mark("Workbooks that custclean questions has written.")),
    ],
    who: Annotated[
        str | None, typer.Option(help=mark("Who answered, if not the name in the workbook."))
    ] = None,
    overrule: Annotated[
        bool, typer.Option("--overrule", help=mark("Enter also what contradicts a decision."))
    ] = False,
    as_json: Json = False,
) -> None:
    from custclean.cli.answers import facts_of_answers, say_answers

    found, failed = [], []
    with opened(folder) as project:
        for path in files:
            try:
                found.append(project.read_answers(path, who=who, overrule=overrule))
            except CustcleanError as error:
                failed.append(error)
    if as_json:
        say_facts(facts_of_answers(found, failed))
    else:
        say_answers(found)
        for each in failed:
            complain(str(each))
    if failed or any(each.refused.height or each.disagreements.height for each in found):
        raise typer.Exit(1)


@commands.command(
    help=mark('Write the mail program\'s contacts that are no customers, marked "QB Ignore".')
)
def ignore(
    folder: Folder,
    to: Annotated[Path, typer.Option("--to", help=mark("The file to write: .csv or .vcf."))],
    as_json: Json = False,
) -> None:
    with opened(folder) as project:
        found = project.ignore_list()
    if len(found):
        found.write(to)
    if as_json:
        names = ("marked", "already", "shared", "missing")
        say_facts({name: getattr(found, name).height for name in names})
        return
    say(found.said())
    if len(found):
        say(tr("Import {file} into the mail program, replacing what is there.", file=to))
