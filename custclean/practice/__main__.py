"""Play with a practice Online Accountant: `python -m custclean.practice STATE.json ...`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from custclean.errors import CustcleanError
from custclean.practice.account import OnlineAccountant
from custclean.practice.says import HEADINGS
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.practice.work import Refused

_ONE_CLIENT = ("make-inactive", "make-active", "delete")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m custclean.practice",
        description=tr("A practice Online Accountant: nothing leaves this machine."),
    )
    parser.add_argument("state", type=Path, help=tr("the file that holds it, STATE.json"))
    commands = parser.add_subparsers(dest="command", required=True)
    new = commands.add_parser("new", help=tr("hold the clients of a client list"))
    new.add_argument("client_list", type=Path)
    new.add_argument("--hidden", type=Path, help=tr("what the list does not show, as JSON"))
    download = commands.add_parser("download", help=tr("write the client list"))
    download.add_argument("out", type=Path)
    download.add_argument("--language", choices=sorted(HEADINGS))
    download.add_argument("--inactive", action="store_true", help=tr("inactive ones too"))
    upload = commands.add_parser("upload", help=tr("set client numbers from a file"))
    upload.add_argument("file", type=Path)
    upload.add_argument("--error-log", type=Path, required=True)
    merge = commands.add_parser("merge", help=tr("merge two clients into the first"))
    merge.add_argument("keep_id")
    merge.add_argument("gone_id")
    for name in _ONE_CLIENT:
        commands.add_parser(name).add_argument("company_id")
    work = commands.add_parser("do", help=tr("do the work orders of a folder"))
    work.add_argument("folder", type=Path)
    return parser


def _upload(account: OnlineAccountant, given: argparse.Namespace) -> int:
    outcome = account.upload(given.file, error_log=given.error_log)
    if outcome.refused:
        print(outcome.refused)
        return 1
    print(trn("{n} row accepted", "{n} rows accepted", outcome.accepted))
    if outcome.error_log is not None:
        said = trn(
            "{n} row failed: {log}",
            "{n} rows failed: {log}",
            outcome.failed,
            log=outcome.error_log,
        )
        print(said)
    return int(outcome.failed > 0)


def _person(account: OnlineAccountant, given: argparse.Namespace) -> tuple[Refused, ...]:
    if given.command == "do":
        return account.do(given.folder)
    if given.command == "merge":
        refused = account.merge(given.keep_id, given.gone_id)
    else:
        refused = getattr(account, given.command.replace("-", "_"))(given.company_id)
    return () if refused is None else (refused,)


def _run(given: argparse.Namespace) -> int:
    if given.command == "new":
        OnlineAccountant.from_download(given.client_list, given.hidden).save(given.state)
        return 0
    account = OnlineAccountant.load(given.state)
    if given.command == "download":
        account.download(given.out, language=given.language, inactive=given.inactive)
        return 0
    if given.command == "upload":
        code = _upload(account, given)
    else:
        refusals = _person(account, given)
        for refused in refusals:
            print(f"{refused.action} {refused.company_id}: {refused.message}")
        code = int(bool(refusals))
    account.save(given.state)
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all of it was done, 1 if something was refused."""
    given = _parser().parse_args(arguments)
    try:
        return _run(given)
    except CustcleanError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
