"""The command line, for a terminal or a schedule: what a notebook does, the same result."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from custclean.errors import CustcleanError
from custclean.words import Marked, mark, set_language, speaks, spoken, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custclean.project import Project, Run

__all__ = ["app", "main"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=mark("Messy customer lists in, accepted uploads out. Nothing leaves this machine."),
)

Folder = Annotated[Path, typer.Argument(help=mark("The project's folder."))]
Json = Annotated[bool, typer.Option("--json", help=mark("For machines: one JSON object."))]


LANGUAGE = "--language"
TABS = ("tab", "\\t")  # how a shell says it
_ASKED: ContextVar[str | None] = ContextVar("asked", default=None)  # a language


def main() -> None:
    """Run a command; bad input ends in one clear line and exit code 1."""
    arguments = _language_first(sys.argv[1:])
    command = typer.main.get_command(app)
    try:
        _speak(arguments[1] if arguments[:1] == [LANGUAGE] and arguments[1:] else None)
        _translate_help(command)
        command(args=arguments, standalone_mode=True)
    except CustcleanError as error:
        if "--json" in arguments:
            sys.stdout.write(json.dumps(error.as_dict()) + "\n")
        else:
            _complain(str(error))
        sys.exit(1)


def _language_first(words: list[str]) -> list[str]:
    """Put the language where it belongs, wherever a person has put it: before the command."""
    for place, word in enumerate(words):
        if word == "--":
            break
        if word == LANGUAGE:
            return [*words[place : place + 2], *words[:place], *words[place + 2 :]]
        if word.startswith(f"{LANGUAGE}="):
            return [LANGUAGE, word.partition("=")[2], *words[:place], *words[place + 1 :]]
    return words


def _translate_help(command: Any) -> None:
    """Say what a command and its options are for in the language that is spoken now."""
    for each in (command, *command.params):
        if getattr(each, "help", None):
            each.help = spoken(Marked(each.help))
    for inside in getattr(command, "commands", {}).values():
        _translate_help(inside)


def _speak(language: str | None) -> None:
    """Speak a language, or that of the machine."""
    try:
        set_language(language or speaks())  # the variable may name what is none
    except ValueError as error:
        raise CustcleanError(str(error)) from None


def _complain(sentence: str) -> None:
    """Say what is wrong: one line, on a terminal broken between its words."""
    from custclean.cli_read import as_options

    told = as_options(sentence)
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns
        told = textwrap.fill(told, width, break_long_words=False, break_on_hyphens=False)
    sys.stderr.write(f"{told}\n")


def _say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


@contextmanager
def _project(folder: Path, who: str | None = None) -> Iterator[Project]:
    """Open a project, its progress shown; the bar is gone before anything is said.

    A project speaks its own language, but where another is asked for.
    """
    from custclean.cli_progress import Bar
    from custclean.project import Project

    with closing(Bar()) as bar, Project(folder, who=who, progress=bar) as project:
        if asked := _ASKED.get():
            project.settings = replace(project.settings, language=asked)
        set_language(project.settings.language)
        yield project


@app.command(help=mark("Run the main job on the sample, against the practice target."))
def demo(
    folder: Annotated[
        Path, typer.Option("--folder", help=mark("Where the demo's project is made."))
    ] = Path("demo"),
) -> None:
    from custclean.demo import play

    play(folder, _say)


@app.command(help=mark("Make a project: a folder with settings and an inbox for the exports."))
def init(
    folder: Folder,
    region: Annotated[
        str, typer.Option(help=mark("Country of phones written without +, two letters."))
    ] = "US",
    own_domain: Annotated[
        list[str] | None, typer.Option(help=mark("An e-mail domain of your own firm."))
    ] = None,
) -> None:
    from custclean.project import Project

    Project.init(folder, region=region, own_domains=own_domain or ()).close()
    _say(
        tr(
            "Made {folder}. Put the exports into {inbox}, then: custclean run {folder}",
            folder=folder,
            inbox=folder / "inbox",
        )
    )


@app.command(
    help=mark(
        "Say what a file is, how it was read, and what could not be; of several, a line each."
    )
)
def read(  # noqa: PLR0913, PLR0917  # each option of the command has its name
    where: Annotated[
        list[str], typer.Argument(help=mark("Exports as downloaded, or a folder of them."))
    ],
    system: Annotated[str | None, typer.Option(help=mark("What it is from."))] = None,
    kind: Annotated[str | None, typer.Option(help=mark("What it holds."))] = None,
    part: Annotated[
        str | None, typer.Option(help=mark("Which sheet, section or file of an archive."))
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help=mark("How its letters are coded."))
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(help=mark("What parts its columns."))
    ] = None,
    header_row: Annotated[
        int | None, typer.Option(help=mark("The line of its headings; 0: it has none."))
    ] = None,
    mend: Annotated[
        bool, typer.Option("--mend", help=mark("Mend letters read wrong."))
    ] = False,
    settings: Annotated[
        Path | None, typer.Option(help=mark("A custclean.toml with mappings of your own."))
    ] = None,
    accept: Annotated[
        Path | None,
        typer.Option(help=mark("Save the mapping that is proposed in this custclean.toml.")),
    ] = None,
    as_json: Json = False,
) -> None:
    asked: dict[str, Any] = {
        "part": part,
        "encoding": encoding,
        "delimiter": "\t" if delimiter in TABS else delimiter,
        "header_row": header_row,
        "mend": mend or None,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    from custclean.tables.opening import path_of

    if len(where) == 1 and not Path(where[0]).is_dir() and not has_magic(where[0]):
        how = {"system": system, "kind": kind, "settings": settings, **given}
        _read_one(path_of(where[0]), how, accept, as_json=as_json)
        return
    alone = {"--system": system, "--kind": kind, "--part": part, "--accept": accept}
    for name, value in alone.items():
        if value is not None:
            raise CustcleanError(tr("only for a single file"), value=name)
    _read_all(where, {"settings": settings, **given}, as_json=as_json)


def _read_one(path: Path, how: dict[str, Any], accept: Path | None, *, as_json: bool) -> None:
    from custclean.cli_read import facts, say_accepted, say_export
    from custclean.errors import UnknownFileError
    from custclean.stages.read import read as read_file

    saved = None
    try:
        export = read_file(path, **how)
    except UnknownFileError as error:
        saved = _accepted(path, how, accept, None if as_json else error)
        if saved is None:
            raise
        export = read_file(path, **how | {"settings": saved})
    if as_json:
        _say(json.dumps(facts(export)))
        return
    say_export(export)
    if accept is not None:
        say_accepted(path, saved)


def _accepted(
    path: Path, how: dict[str, Any], accept: Path | None, error: CustcleanError | None
) -> Path | None:
    """Save what is proposed for a table that nobody knows, or say it; gives the settings."""
    from custclean.cli_read import say_proposal
    from custclean.stages.mapping import propose_mapping
    from custclean.stages.mapping_saved import save_mapping
    from custclean.tables import read_table

    given = {name: how[name] for name in how if name not in ("system", "kind", "settings")}
    raw = read_table(path, **given)
    mapping = propose_mapping(raw, kind=how["kind"])
    if accept is not None and mapping.columns:
        return save_mapping(accept, raw.header, mapping.kind, mapping.columns)
    if error is not None:
        error.expected = "system="  # the rest is said by the proposal
        if mapping.columns:
            say_proposal(mapping, path, how)
    return None


def _read_all(where: list[str], how: dict[str, Any], *, as_json: bool) -> None:
    from custclean.cli_read import facts_of_all, say_all
    from custclean.stages.read_many import read_each

    found = read_each(where, **how)
    if as_json:
        _say(json.dumps(facts_of_all(found)))
    else:
        say_all(found, where)
    unread = (each.state == "unreadable" for each in found.refused)
    unknown = (each.state == "unknown" and not each.part for each in found.refused)
    if any(unread) or any(unknown):  # as of a file alone
        raise typer.Exit(1)


@app.command(help=mark("Run every stage on what is in the inbox, and write out/."))
def run(
    folder: Folder,
    decisions: Annotated[
        Path | None, typer.Option(help=mark("Recorded decisions (JSON lines) to enter first."))
    ] = None,
    as_json: Json = False,
) -> None:
    from custclean.report.checks import state_words

    with _project(folder) as project:
        entered = project.replay(decisions) if decisions else 0
        result = project.run()
        checks = project.preflight(datetime.now().astimezone().date())
    if as_json:
        _say(json.dumps(_facts(result) | {"decisions_entered": entered}))
        return
    states = state_words()
    for check in checks:
        if check.state != "ok":
            said = {"name": check.name, "sentence": check.sentence}
            _say(tr("{state}: {name}: {sentence}", state=states[check.state], **said))
    if entered:
        _say(trn("{n} recorded decision entered.", "{n} recorded decisions entered.", entered))
    for line in _lines(result, folder):
        _say(line)


@app.command(
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
    who: Annotated[
        str | None, typer.Option(help=mark("Whose decisions these are; else this user's."))
    ] = None,
) -> None:
    from custclean.cli_review import Wanted, decide

    wanted = Wanted(blind=blind, second=second, pairs_only=pairs_only, state=state,
                    search=search, order=order, least=least, most=most)  # fmt: skip
    with _project(folder, who=who) as project:
        ended = decide(project, wanted, key or (), _say)
    if ended:
        raise typer.Exit(ended)


@app.command(
    help=mark("Say which work orders are done in the target system; else list the open ones.")
)
def done(
    folder: Folder,
    orders: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ORDER]...", help=mark("Work orders that are done, as M0001.")
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=mark("All that are open."))] = False,
    note: Annotated[str, typer.Option(help=mark("What is to be remembered of it."))] = "",
    who: Annotated[
        str | None, typer.Option(help=mark("Whose decisions these are; else this user's."))
    ] = None,
    as_json: Json = False,
) -> None:
    from custclean.cli_done import facts_of_orders, say_orders, tick

    with _project(folder, who=who) as project:
        ticked = tick(project, orders or (), note, every=every)
        run = project.look()
    if as_json:
        _say(json.dumps(facts_of_orders(run, ticked)))
        return
    for line in say_orders(run, ticked, folder):
        _say(line)


@app.command(
    help=mark("Take a decision or a tick back by its number; else list the newest ones.")
)
def undo(
    folder: Folder,
    seq: Annotated[
        int | None, typer.Argument(help=mark("The number of the decision."))
    ] = None,
    note: Annotated[str, typer.Option(help=mark("What is to be remembered of it."))] = "",
    who: Annotated[
        str | None, typer.Option(help=mark("Whose decisions these are; else this user's."))
    ] = None,
) -> None:
    from custclean.cli_done import last_decisions

    with _project(folder, who=who) as project:
        if seq is None:
            lines = list(last_decisions(project))
        else:
            by = project.undo(seq, note=note).seq
            lines = [tr("Decision {seq} is taken back, by {undo}.", seq=seq, undo=by)]
    for line in lines:
        _say(line)


@app.command(help=mark("Give numbers and write the files of the next upload round."))
def upload(
    folder: Folder,
    now: Annotated[
        bool, typer.Option("--now", help=mark("Do not wait for open work orders."))
    ] = False,
    as_json: Json = False,
) -> None:
    with _project(folder) as project:
        result = project.upload(now=now)
    newest = max((one.index for one in result.sent.rounds), default=0)
    files = sorted(
        str(path) for path in (folder / "out" / "upload" / f"round-{newest}").glob("*.csv")
    )
    if as_json:
        _say(json.dumps(_facts(result) | {"files": files}))
        return
    if result.waiting:
        _say(
            trn(
                "{n} work order is open: nothing new is uploaded before it is done.",
                "{n} work orders are open: nothing new is uploaded before they are done.",
                len(result.work),
            )
        )
    if files and result.balance.counts["uploaded"]:
        _say(tr("Upload these, round {n}, and put the error log into the inbox:", n=newest))
        for path in files:
            _say(f"  {path}")
    counts = result.balance.counts
    _say(
        tr(
            "Clients: {n} to be verified in a fresh download, {m} with their number,"
            " {k} left out or undecided.",
            n=counts["uploaded"],
            m=counts["unchanged"],
            k=counts["left_out"] + counts["undecided"],
        )
    )


@app.command(
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
    with _project(folder) as project:
        run = project.run()
        if run.verification is None:
            raise CustcleanError(
                tr("there is only one download"), expected=tr("a fresh one in the inbox")
            )
        result = run.verification if last else project.verify()
    from custclean.report.terms import orders_counted, verified

    facts: dict[str, Any] = {
        "done": result.done.height,
        "not_done": result.not_done.height,
        "left": result.left.height,
        "unexpected": result.unexpected.height,
        "orders": run.orders.counts,
    }
    if as_json:
        _say(json.dumps(facts))
    else:
        _say(verified(result))
        _say(orders_counted(run.orders.counts))
        for what in ("not_done", "unexpected"):
            if facts[what]:
                _say(f"  {folder / 'out' / 'reports' / f'verified_{what}.csv'}")
    if not result:
        raise typer.Exit(1)


@app.command(help=mark("List the rows that the target refused, why, and what is suggested."))
def errors(
    folder: Folder,
    accept: Annotated[
        bool, typer.Option("--accept", help=mark("Decide every failed row as suggested."))
    ] = False,
    as_json: Json = False,
) -> None:
    from custclean.report.terms import said

    with _project(folder) as project:
        result = project.run()
        entered = project.accept_suggestions() if accept else 0
        if entered:
            result = project.run()
    waiting = result.open_failures()
    names = dict(result.balance.fates.select("record_id", "display_name").rows())
    if not result.inbox.error_logs and not as_json:
        _say(tr("There is no error log in the inbox."))
    codes: dict[str, int] = {}
    for failure in waiting.values():
        codes[failure.code] = codes.get(failure.code, 0) + 1
    if as_json:
        _say(json.dumps({"failed": codes, "decided": entered}))
        return
    for failure in sorted(waiting.values(), key=lambda f: (f.round, f.record_id)):
        who = f"{failure.record_id.rsplit(':', 1)[-1]} {names.get(failure.record_id, '')}"
        turn = tr("round {n}", n=failure.round)
        _say(f"{turn}  {who}  {said(failure.code)}: {failure.suggestion}")
    _say(trn("{n} refused row is open.", "{n} refused rows are open.", len(waiting)))
    if accept:
        _say(trn("{n} decision entered.", "{n} decisions entered.", entered))


@app.command(help=mark("Write what waits for a person as workbooks, one a lead accountant."))
def questions(
    folder: Folder,
    to: Annotated[
        Path | None, typer.Option(help=mark("Where they are written: out/questions."))
    ] = None,
    as_json: Json = False,
) -> None:
    with _project(folder) as project:
        files = [str(path) for path in project.questions(to)]
    if as_json:
        _say(json.dumps({"files": files}))
        return
    if not files:
        _say(tr("Nothing waits for an answer."))
        return
    _say(tr("Send each to who is named in it; what comes back: custclean answers"))
    for path in files:
        _say(f"  {path}")


@app.command(
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
    from custclean.cli_answers import facts_of_answers, say_answers

    found, failed = [], []
    with _project(folder) as project:
        for path in files:
            try:
                found.append(project.read_answers(path, who=who, overrule=overrule))
            except CustcleanError as error:
                failed.append(error)
    if as_json:
        _say(json.dumps(facts_of_answers(found, failed)))
    else:
        say_answers(found)
        for each in failed:
            _complain(str(each))
    if failed or any(each.refused.height or each.disagreements.height for each in found):
        raise typer.Exit(1)


@app.command(
    help=mark('Write the mail program\'s contacts that are no customers, marked "QB Ignore".')
)
def ignore(
    folder: Folder,
    to: Annotated[Path, typer.Option("--to", help=mark("The file to write: .csv or .vcf."))],
    as_json: Json = False,
) -> None:
    with _project(folder) as project:
        found = project.ignore_list()
    if len(found):
        found.write(to)
    if as_json:
        names = ("marked", "already", "shared", "missing")
        _say(json.dumps({name: getattr(found, name).height for name in names}))
        return
    _say(found.said())
    if len(found):
        _say(tr("Import {file} into the mail program, replacing what is there.", file=to))


@app.command(help=mark("List what each system reads and writes."))
def systems() -> None:
    from custclean.systems import list_systems

    for row in list_systems().iter_rows(named=True):
        reads = tr("reads: {what}", what=row["reads"] or "-")
        writes = tr("writes: {what}", what=row["writes"] or "-")
        _say(f"{row['system']:<22} {reads}")
        _say(f"{'':<22} {writes}")


@app.command(help=mark("Open JupyterLab on the guided notebooks."))
def lab(folder: Annotated[Path, typer.Argument()] = Path()) -> None:
    import subprocess

    from custclean.bundled import copy_notebooks

    notebooks = copy_notebooks(folder)
    command = [sys.executable, "-m", "jupyterlab", str(notebooks)]
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603  # our own words
    except KeyboardInterrupt:
        code = 0
    if code:
        raise CustcleanError(
            tr("JupyterLab did not start"),
            expected=tr("JupyterLab: make lab, or pip install jupyterlab"),
        )


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        _say(version("custclean"))
        raise typer.Exit


@app.callback()
def _options(
    language: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help=mark(
                "Speak en, it, pt, fr, es, da or de; without it a project speaks its own, all"
                " else that of the variable CUSTCLEAN_LANGUAGE."
            ),
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True)
    ] = False,
) -> None:
    del version
    _ASKED.set(language)
    _speak(language)


def _facts(result: Run) -> dict[str, Any]:
    return {
        "balance": dict(result.balance.counts),
        "pairs_to_decide": result.queue.height,
        "proposals_to_decide": result.proposed.height,
        "work_orders": len(result.work),
        "failed": len(result.open_failures()),
        "waiting": result.waiting,
        "orders": result.orders.counts,
        "decisions_held": result.carried.held,
        "decisions_on_other_ids": result.carried.moved,
        "decisions_asked_again": len(result.changed),
        "decisions_without_record": result.orphans.height,
        "unexpected": 0
        if result.verification is None
        else result.verification.unexpected.height,
    }


def _lines(result: Run, folder: Path) -> list[str]:
    from custclean.project.steps import next_steps
    from custclean.report.terms import fates_counted

    counts = ", ".join(fates_counted(result.balance.counts))
    lines = [
        trn(
            "{n:,} client: {counts}",
            "{n:,} clients: {counts}",
            result.balance.rows,
            counts=counts,
        )
    ]
    lines += _since_before(result)
    lines += [f"- {step}" for step in next_steps(result)]
    lines.append(tr("Summary: {file}", file=folder / "out" / "reports" / "summary.html"))
    return lines


def _since_before(result: Run) -> list[str]:
    """Say what the newest download did to decisions and work orders of earlier ones."""
    from custclean.report.terms import orders_counted

    if result.verification is None:
        return []
    found = result.carried
    lines = [
        tr(
            "Earlier decisions: {held} hold ({moved} on records with another id now),"
            " {changed} asked again, {orphans} without their record in the list.",
            held=found.held,
            moved=found.moved,
            changed=len(found.changed),
            orphans=found.orphans.height,
        )
    ]
    if any(result.orders.counts.values()):
        lines.append(orders_counted(result.orders.counts))
    unexpected = result.verification.unexpected.height
    if unexpected:
        lines.append(
            trn(
                "{n} value was changed by somebody else: out/reports/unexpected.csv.",
                "{n} values were changed by somebody else: out/reports/unexpected.csv.",
                unexpected,
            )
        )
    return lines
