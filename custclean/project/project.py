"""The one stateful object: a folder with exports, decisions and what follows from them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.bundled import copy_notebooks
from custclean.decisions import (
    SEEN_FIELDS,
    DecisionLog,
    read_jsonl,
    seen_of,
)
from custclean.decisions.log import FILE
from custclean.decisions.standing import step_of
from custclean.disk import make_folder
from custclean.errors import (
    ConflictError,
    DecisionError,
    InputError,
    LogMovedError,
    SettingsError,
    UndoRefusedError,
)
from custclean.labels import when_said
from custclean.model import Decision, Verdict, is_picked, silent
from custclean.project import inbox as inboxes
from custclean.project.carried import carried_over
from custclean.project.contacts import contacts_desk, ignore_list
from custclean.project.desk import review_desk, unmerged_of
from custclean.project.effects import Effects
from custclean.project.listing import list_files
from custclean.project.memory import Judged, Memory
from custclean.project.out import MANIFEST, QUESTIONS, write_out
from custclean.project.past import said_before
from custclean.project.questions import enter, questions_of, write_questions
from custclean.project.recount import recount
from custclean.project.rounds import Form, make_again, read_back, rounds_of, to_log
from custclean.project.run import Run, settle, verify_run
from custclean.project.settings_saved import save_settings
from custclean.project.states import proof_of
from custclean.project.story import seen
from custclean.report.preflight import preflight
from custclean.settings import Settings, template
from custclean.stages.number_form import key, series
from custclean.stages.set_aside import Proposals, keep, set_aside, set_aside_table
from custclean.stages.set_aside_desk import SetAsideSession
from custclean.stages.work import order_called
from custclean.systems import SYSTEMS
from custclean.tables.writing import write_atomic
from custclean.words import language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from custclean.model import Progress
    from custclean.project.listing import Listed
    from custclean.report.checks import Check
    from custclean.stages.error_log import Rejected
    from custclean.stages.ignore_list import IgnoreList
    from custclean.stages.question_answers import Answers
    from custclean.stages.read import Export
    from custclean.stages.review import ReviewSession, Unmerged
    from custclean.stages.upload import Upload
    from custclean.stages.verify import Verification

__all__ = ["Project"]

ABOUT_FILES = ("files", "inbox", "systems", "mappings")  # settings that say what a file is


@dataclass(frozen=True, slots=True)
class _Found:
    """A run with what it was made from; `after`: how long the log was."""

    run: Run
    rejected: Mapping[str, Rejected]
    uploads: Mapping[int, Upload]
    after: int

    def stands(self) -> bool:
        """Tell whether the rounds' files are still there."""
        return all(file.path.is_file() for one in self.uploads.values() for file in one.files)


class Project:
    """A folder: `custclean.toml`, `inbox/`, `decisions.sqlite`, and `out/` made from them.

    `who` and `clock` stand in each decision made here; without them it is the user of
    this machine, now. `progress` is told how far a long step is.
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        who: str | None = None,
        clock: Callable[[], datetime] | None = None,
        progress: Progress = silent,
    ) -> None:
        self.folder = Path(folder)
        self.settings = Settings.load(self.folder / "custclean.toml")
        self.progress = progress
        self._refuse_without_log()
        self._log = DecisionLog(
            self.folder,
            who=who,
            clock=clock or (lambda: datetime.now(UTC)),
        )
        self._exports: dict[str, tuple[Export, ...]] = {}
        self._memory = Memory()
        self._last: tuple[object, _Found] | None = None

    def _refuse_without_log(self) -> None:
        """Stop where decisions were and are no more: an empty log would ask it all again."""
        log, made = self.folder / FILE, self.folder / "out" / MANIFEST
        if made.exists() and not log.exists():
            raise DecisionError(
                tr("the decision log is gone: what is in out/ was made from one"),
                file=log,
                expected=tr("a copy of it, or out/ moved away to begin anew"),
            )

    @classmethod
    def init(
        cls,
        folder: Path | str,
        *,
        region: str = "US",
        own_domains: Iterable[str] = (),
        pattern: str = "{:05d}",
        start: int = 1,
        **given: Any,
    ) -> Project:
        """Make a new project: settings, an empty inbox; refused where one is already."""
        folder = Path(folder)
        toml = folder / "custclean.toml"
        if toml.exists():
            raise SettingsError(tr("there is a project here already"), file=toml)
        if folder.exists() and not folder.is_dir():
            raise SettingsError(tr("this is a file"), file=folder, expected=tr("a folder"))
        text = template(
            region=region, own_domains=tuple(own_domains), pattern=pattern, start=start
        )
        make_folder(folder / "inbox")
        write_atomic(toml, text.encode())
        copy_notebooks(folder)
        return cls(folder, **given)

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Project({self.folder.name!r}, {len(self._log.current)} decisions)"

    def close(self) -> None:
        """Let go of the decision log."""
        self._log.close()

    @property
    def decisions(self) -> DecisionLog:
        """The log: every decision and every number given."""
        return self._log

    def read(self) -> inboxes.Inbox:
        """Read the inbox; files that are new are entered into the log."""
        self._read_again()
        with language(self.settings.language):
            return inboxes.load(
                self.folder / "inbox", self.settings, self._log, self.progress, self._exports
            )

    def files(self) -> tuple[Listed, ...]:
        """List what lies in the inbox: what each file was read as, or why it was not."""
        self._read_again()
        with language(self.settings.language):
            return list_files(
                self.folder / "inbox", self.settings, self._exports, self.progress
            )

    def configure(
        self,
        *,
        region: str | None = None,
        target: str | None = None,
        threshold: float | str | None = None,
    ) -> Settings:
        """Change settings here and in custclean.toml, whose comments stay; gives all of them.

        `threshold="own"` goes back to the model's own.
        """
        given: dict[tuple[str, ...], str | float | None] = {}
        given |= {("region",): region} if region is not None else {}
        given |= {("target",): _known_target(target)} if target is not None else {}
        if threshold is not None:
            given["link", "threshold"] = None if threshold == "own" else float(threshold)
        changed = save_settings(self.folder / "custclean.toml", given)
        if changed != self.settings:
            self.settings = changed
            self._exports, self._memory, self._last = {}, Memory(), None
        return changed

    def effects(self) -> Effects:
        """Say what each threshold would do to the pairs and groups of the newest list."""
        return Effects(self.look().evidence.matches)

    def _read_again(self) -> None:
        """Take what was meanwhile said about files: a mapping saved in a notebook."""
        told = Settings.load(self.folder / "custclean.toml")
        about = {name: getattr(told, name) for name in ABOUT_FILES}
        if any(getattr(self.settings, name) != about[name] for name in ABOUT_FILES):
            self.settings = replace(self.settings, **about)
            self._memory, self._last = Memory(), None

    def run(self) -> Run:
        """Run every stage on what is in the inbox and in the log, and write `out/`.

        Nothing is given or sent: `upload` does that.
        """
        with language(self.settings.language):
            return self._write(self._compute())

    def look(self) -> Run:
        """Run every stage, but write nothing but the rounds' own files."""
        with language(self.settings.language):
            return self._compute().run

    def upload(self, *, now: bool = False) -> Run:
        """Give the numbers that can be given, and write the files of the next round.

        While work orders are open nothing is given (setting upload.wait_for_work), but
        with `now=True`. Each number is an event in the log before its file is written.
        """
        with language(self.settings.language):
            found = self._compute(now=now)
            while found.run.send:
                with suppress(LogMovedError):  # somebody decided meanwhile: look again
                    self._give(found)
                found = self._compute(now=now)
            return self._write(found)

    def _give(self, found: _Found) -> None:
        index = 1 + max((one.index for one in found.run.sent.rounds), default=0)
        newest, form = found.run.inbox.downloads[-1], Form.of(self.settings)
        self._log.append_all(to_log(index, newest, form, found.run.send), after=found.after)

    def _write(self, found: _Found) -> Run:
        write_out(self.folder, found.run, self.settings, found.rejected, found.uploads)
        wrong = recount(self.folder)
        if wrong:
            raise ConflictError(
                tr("what was written does not add up: {what}", what=wrong[0]),
                file=self.folder / "out",
            )
        return found.run

    def _compute(self, *, now: bool = False) -> _Found:
        found = self.read()
        if found.downloads[-1].export.table.is_empty():
            raise InputError(tr("nothing to do: 0 rows read"), file=found.downloads[-1].path)
        history = self._log.history
        key = (now, len(history), tuple(file.key for file in found.files))
        if self._last is not None and self._last[0] == key and self._last[1].stands():
            return self._last[1]  # no decision and no file since then
        rounds = rounds_of(history)
        uploads = {
            one.index: make_again(one, found, self.settings.target, self._round(one.index))
            for one in rounds
        }
        sent, rejected = read_back(found, uploads, rounds)
        judged = self._judge(found)
        inbox, state = judged.inbox, judged.state
        links = self._memory.links(judged, self.settings)
        run = settle(judged, links, self.settings, sent.under(inbox.renamed), now=now)
        carried = carried_over(inbox, state, {d.seq: d for d in history}, run.orders.gone)
        run = replace(run, carried=carried)
        self._last = key, _Found(run, rejected, uploads, after=len(history))
        return self._last[1]

    def _judge(self, found: inboxes.Inbox) -> Judged:
        return self._memory.judge(found, self._log.history, self.settings, self.progress)

    def _round(self, index: int) -> Path:
        return self.folder / "out" / "upload" / f"round-{index}"

    def preflight(self, today: date | None = None) -> tuple[Check, ...]:
        """Look at the files before anything is done with them; `today` judges their age."""
        with language(self.settings.language):
            checked = seen(self.read())
            return preflight(checked, today=today, target=self.settings.target)

    def verify(self) -> Verification:
        """Hold the newest download against the very first: every order, every number."""
        return verify_run(self.look(), self.settings)

    def review(
        self, *, groups: bool = True, second: bool = False, blind: bool = False
    ) -> ReviewSession:
        """Give the pairs that a person decides, most useful first, as a session.

        It goes on where this person was; what is decided can be looked at and taken back.
        `groups=False` asks pair by pair. `second=True` gives all pairs for a second look by
        another person, who is not told what was said; see `cc.agreement`. `blind` hides what
        the model thinks. With reviewers in custclean.toml each sees their share first, and on
        a second look only what is for two.
        """
        run = self.look()

        def recheck() -> list[Unmerged]:
            with language(self.settings.language):
                return unmerged_of(self._judge(self.read()), self.settings)

        with language(self.settings.language):
            return review_desk(
                run,
                self._log,
                self.settings.review,
                groups=groups,
                second=second,
                blind=blind,
                refuse=self._refuse_what_is_shown,
                recheck=recheck,
            )

    def questions(self, folder: Path | str | None = None) -> tuple[Path, ...]:
        """Write what waits for a person as workbooks, one a lead accountant, to be sent out.

        They go to `out/questions/` or the folder given, in place of those written before.
        """
        run = self.look()
        place = self.folder / "out" / QUESTIONS if folder is None else Path(folder)
        with language(self.settings.language):
            asked = questions_of(run, self.settings)
            return write_questions(asked, place, self._log, run.aliases)

    def read_answers(
        self, path: Path | str, *, who: str | None = None, overrule: bool = False
    ) -> Answers:
        """Enter the answers of a workbook that came back, as one step (`undo_step`).

        They stand under the name that the workbook holds, or `who`. What contradicts a
        decision that stands is listed and not entered, but with `overrule`; what was carried
        out in the target system is refused.
        """
        run = self.look()
        with language(self.settings.language):
            return enter(Path(path), self._log, run, who=who, overrule=overrule)

    def proposals(self) -> Proposals:
        """List who may be no customer and waits for a person: class, reasons, vetoes."""
        run = self.look()
        return Proposals(set_aside_table(run.proposed, run.evidence.clients.table))

    def set_aside(self, record_ids: Iterable[str], *, note: str = "") -> int:
        """Decide that these records are no customers; says how many were entered."""
        table = self.look().evidence.clients.table
        return len(set_aside(self._log, table, record_ids, note=note))

    def keep(self, record_ids: Iterable[str], *, note: str = "") -> int:
        """Decide that these records are customers, whatever the screen says."""
        table = self.look().evidence.clients.table
        return len(keep(self._log, table, record_ids, note=note))

    def set_aside_desk(self, kind: str = "customers") -> SetAsideSession:
        """Give all that the screen doubts and all that is decided, by group, as a session.

        `kind="contacts"`: of the mail program's contacts instead of the client list.
        """
        run = self.look()
        with language(self.settings.language):
            if kind == "contacts":
                return contacts_desk(run.inbox, run.state, self.settings, self._log)
            if kind != "customers":
                expected = "customers, contacts"
                raise InputError(tr("there is no such desk"), value=kind, expected=expected)
            classes = run.evidence.screening.classes
            return SetAsideSession(
                run.evidence.clients,
                classes,
                self._log,
                today=run.aliases.today,
                refuse=self._refuse_what_is_shown,
            )

    def ignore_list(self) -> IgnoreList:
        """List whom the mail program shall leave out ("QB Ignore"), to be written as its file.

        Those are its contacts that were set aside, and those of clients who were.
        """
        run = self.look()
        classes = run.evidence.screening.classes
        with language(self.settings.language):
            return ignore_list(run.inbox, run.state, self.settings, self._log, classes)

    def give(self, record_id: str, number: str, *, note: str = "") -> Decision:
        """Decide a client's number: for who is asked, or to change what would be given."""
        value = {"number": number, "source": "decided"}
        return self._decide(record_id, Verdict.NUMBER, note, value)

    def pick(self, record_id: str, *, field: str = "", note: str = "") -> Decision:
        """Decide who survives a merge; with `field`, whose value of that field is kept.

        Asked again when what speaks for it has changed: the record, or that one value.
        """
        found = self.look().evidence.clients.table.filter(pl.col("record_id") == record_id)
        if field and field not in found.columns:
            told = tr("no such field")
            raise InputError(told, value=field, expected=", ".join(found.columns))
        if not is_picked(field):
            told = tr("this field goes with the record that survives: pick the record")
            raise InputError(told, value=field)
        fields = [field] if field else SEEN_FIELDS
        rows = found.iter_rows(named=True)
        seen = next((seen_of(row, None, fields) for row in rows), {})  # none: refused below
        value = {"field": field} if field else {}
        return self._decide(record_id, Verdict.PICK, note, value, seen)

    def by_hand(self, record_id: str, *, note: str) -> Decision:
        """Decide that a person settles this client in the target system; `note` says how."""
        return self._decide(record_id, Verdict.BY_HAND, note)

    def leave_out(self, record_id: str, *, note: str) -> Decision:
        """Decide that this client gets no number; `note` says why."""
        return self._decide(record_id, Verdict.LEFT_OUT, note)

    def link(self, record_id: str, register_id: str, *, same: bool = True) -> Decision:
        """Decide whether a line of the register is this client's."""
        register = self.read().reference("register")
        lines = set() if register is None else set(register.table["record_id"])
        if register_id not in lines:
            raise InputError(tr("no such line of the register"), value=register_id)
        self._known(record_id)
        if same:
            return self._log.append(Decision((record_id, register_id), Verdict.LINK))
        return self._log.decide(record_id, register_id, Verdict.DIFFERENT)

    def _decide(
        self,
        record_id: str,
        verdict: Verdict,
        note: str,
        value: Mapping[str, str] | None = None,
        seen: Mapping[str, str] | None = None,
    ) -> Decision:
        self._known(record_id)
        decision = Decision((record_id,), verdict, seen or {}, value or {}, note)
        return self._log.append(decision)

    def _known(self, record_id: str) -> None:
        if record_id not in set(self.read().downloads[-1].export.table["record_id"]):
            raise InputError(tr("no such record"), value=record_id)

    def accept_suggestions(self) -> int:
        """Give another number of the pattern to each client whose number was taken.

        Other refused rows need no decision: a fresh download shows the new name, or that
        the client is gone. Says how many decisions were entered.
        """
        run = self.look()
        free = _free_numbers(run, self.settings)
        fates = run.balance.fates
        asked = fates.filter(fates["reason"] == "number_taken")["record_id"].sort()
        decisions = [
            Decision(
                (record,),
                Verdict.NUMBER,
                value={"number": next(free), "source": "decided"},
                note=tr("another client holds {n}", n=run.failed[record].number),
            )
            for record in asked
        ]
        self._log.append_all(decisions)
        return len(decisions)

    def done(self, orders: Iterable[str] | None = None, *, note: str = "") -> int:
        """Tick work orders (by their numbers; None: all open ones) as done in the system.

        Says how many: one that has its tick already keeps it, with its person and time, and
        one that a download has verified needs none.
        """
        run = self.look()
        open_ = {key: number for number, key in run.work.keys.items()}
        known = [*open_, *run.orders.shown]
        wanted = open_ if orders is None else [order_called(n, known) for n in orders]
        ticks = [
            Decision(key, Verdict.DONE, value={"order": open_[key]}, note=note)
            for key in dict.fromkeys(wanted)
            if key in open_ and key not in run.state.done
        ]
        self._log.append_all(ticks)
        return len(ticks)

    def states(self) -> pl.DataFrame:
        """Say how far each work order is: approved, done or verified, by whom and when."""
        return self.look().states

    def undo_step(self, seq: int, *, note: str = "") -> tuple[Decision, ...]:
        """Take back all that was decided in one go with a decision; refused as `undo` is."""
        said = [d for d in self._log.history if d.seq == seq]
        self._refuse_what_is_shown(
            each for target in said for each in step_of(target, self._log.history)
        )
        return self._log.undo_step(seq, note=note)

    def undo(self, seq: int, *, note: str = "") -> Decision:
        """Take one decision back; refused once it is done in the target system.

        So is a tick, once a download shows that it is right: what people said may be taken
        back, what a file shows may not. When the record is in the list again it may.
        """
        self._refuse_what_is_shown(d for d in self._log.history if d.seq == seq)
        return self._log.undo(seq, note=note)

    def _refuse_what_is_shown(self, decisions: Iterable[Decision]) -> None:
        """Stop before decisions are taken back that a download shows to be carried out."""
        seqs = [decision.seq for decision in decisions]
        if not any(d.verdict is Verdict.RECEIVED for d in self._log.history):
            return  # there is no file yet
        self.read()  # enters what has come meanwhile
        came = max(d.seq for d in self._log.history if d.verdict is Verdict.RECEIVED)
        older = {d.seq for d in said_before(came, self._log.history)}
        if older.isdisjoint(seqs):
            return  # no file is younger, so none can show it
        run = self.look()
        history = run.aliases.today(self._log.history)
        proof = proof_of(seqs, history, run.orders.shown)
        if proof is None:
            return
        seq, done = proof
        when = when_said(done.when)
        told = tr("{who}, {when}", who=done.who, when=when) if when else done.who
        raise UndoRefusedError(
            tr(
                "decision {seq} was carried out in the target system ({proof});"
                " what is done there cannot be taken back here",
                seq=seq,
                proof=told,
            ),
            file=self._log.path,
        )

    def replay(self, path: Path | str) -> int:
        """Enter recorded decisions that are not in the log yet; says how many.

        What belongs to the other folder (its files, rounds and ticks) stays there.
        """
        return self._log.replay(read_jsonl(Path(path), for_log=True))


def _known_target(name: str) -> str:
    """Refuse a target that takes no client numbers: no upload could be written for it."""
    known = [system for system in SYSTEMS if SYSTEMS[system].upload is not None]
    if name not in known:
        expected = tr("one of {names}", names=", ".join(known))
        raise SettingsError(tr("no such target"), value=name, expected=expected)
    return name


def _free_numbers(run: Run, settings: Settings) -> Iterator[str]:
    """Give numbers of the pattern that nobody holds, is promised or was refused."""
    used = [
        *run.evidence.clients.table["customer_number"].drop_nulls(),
        *run.numbered.given["number"],
        *run.state.given().values(),
        *settings.number.reserved,
        *run.sent.taken,
    ]
    register = run.inbox.reference("register")
    if register is not None:
        used += register.table["customer_number"].drop_nulls().to_list()
    taken = {key(number) for number in used}
    numbers = series(settings.number.pattern, settings.number.start)
    return (number for number in numbers if key(number) not in taken)
