"""The review without a screen: a queue of questions, what was said, where one stands."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from custclean import html
from custclean.decisions.standing import (
    BLIND,
    BULK,
    PAIR_VERDICTS,
    side_of,
    standing_of,
    step_of,
    taken_back,
    takes_back,
)
from custclean.errors import CustcleanError, DecisionError, InputError, LogMovedError
from custclean.frames import to_polars
from custclean.model import Decision, Pair, Verdict
from custclean.stages.review.answers import Answers, Unmerged
from custclean.stages.review.card import Card, Cards, Changed, name_of
from custclean.stages.review.drafts import Asked, Draft, Part
from custclean.stages.review.earlier import Earlier
from custclean.stages.review.history import Entry, entries_of
from custclean.stages.review.pace import seconds_each
from custclean.stages.review.questions import questions_of
from custclean.stages.review.queue import Filter, Queue
from custclean.stages.review.records import Records
from custclean.stages.review.saying import answered, divided
from custclean.stages.review.selecting import PROVEN, SAMPLE, of_sample, selected
from custclean.stages.review.tally import Tally
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from custclean.decisions import DecisionLog
    from custclean.model import Explanation
    from custclean.stages.review.answers import Standing
    from custclean.stages.review.bulk import Bulk

__all__ = ["ReviewSession"]

DIVIDED = frozenset({"mixed", "different"})
ANSWERS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE, Verdict.SPLIT)


class ReviewSession:
    """The pairs and groups that a person looks at, in their order, over a decision log.

    `table`: the raw canonical table (or what has one; any table with `record_id` will do).
    `pairs`: left_id, right_id, and if there are any weight, probability, reviewer. `explain`:
    says why two records match. Pairs that were decided before and whose records look the same
    still are not asked again; nor is what follows from others. Every decision is on disk when
    `decide` returns; nothing but what is not saved yet is kept only here.

    `earlier`: older tables of the list, newest first, under the ids of today, for the values
    that have changed since. `aliases`: record ids of then -> now. `busy`: records with
    transactions, which bulk leaves out. `groups=False` asks pair by pair. `second=True` is a
    second look: what others said of pairs is neither shown nor counted, and what is said here
    is compared with it. `blind` hides what the model thinks; it can be set at any time.
    `unmerged`: groups that are one client as the log stands, and why they are not merged;
    `recheck` says it anew, and is asked when nothing is left, in sight or not.
    `keys`: those that the desk is to have in place of its own, action -> key. `refuse` raises
    before a word is taken back, or changed, that cannot be.
    """

    def __init__(  # noqa: PLR0913  # what a desk can be given, each by its name
        self,
        table: object,
        pairs: object,
        log: DecisionLog,
        *,
        explain: Callable[[str, str], Explanation] | None = None,
        earlier: Sequence[object] = (),
        aliases: Mapping[str, str] | None = None,
        busy: Iterable[str] = (),
        groups: bool = True,
        second: bool = False,
        blind: bool = False,
        keys: Mapping[str, str] | None = None,
        unmerged: Iterable[Unmerged] = (),
        recheck: Callable[[], Iterable[Unmerged]] | None = None,
        refuse: Callable[[Sequence[Decision]], None] | None = None,
    ) -> None:
        self._log, self._refuse = log, refuse
        self._recheck = None if second else recheck
        self._lock = threading.RLock()  # JupyterLab answers widgets in threads of their own
        self.questions = questions_of(to_polars(pairs), groups=groups)
        asked = [record for question in self.questions for record in question.records]
        self.records = Records(to_polars(table), first=asked)
        _refuse_strangers(set(asked) - self.records.keys())
        self._of_pair = {
            edge.pair: place
            for place, question in enumerate(self.questions)
            for edge in question.edges
        }
        self.second, self.blind, self.busy = second, blind, frozenset(busy)
        self.keys = dict(keys or {})
        self.answers = Answers(
            self.questions,
            self.records,
            log,
            aliases=aliases or {},
            only=log.who if second else None,
            unmerged=() if second else unmerged,
        )
        self.answers.catch_up()
        self._cards = Cards(self.records, explain)
        self._earlier = Earlier([to_polars(each) for each in earlier])
        self._drafts: dict[int, Draft] = {}
        self.moves: list[int] = []  # questions in the order in which their standing changed
        self._selecting: Filter | None = None  # what the sample in sight was drawn from
        self._sampled: dict[int, str] = {}  # drawn by chance, to be decided one by one
        self.queue = Queue(self.questions, self.records, self.answers)
        self._sight()
        self.resume()

    def __len__(self) -> int:
        return len(self.questions)

    def __repr__(self) -> str:
        groups = sum(question.is_group for question in self.questions)
        told = [f"{len(self) - groups} pairs"] + [f"{groups} groups"] * bool(groups)
        return f"ReviewSession({', '.join(told)}, {self.counts['decided']} decided)"

    def _repr_html_(self) -> str:
        counts, groups = self.counts, sum(question.is_group for question in self.questions)
        return html.facts(
            [
                (tr("pairs"), len(self) - groups),
                (tr("groups"), groups),
                (tr("decided"), counts["decided"]),
                (tr("left to decide"), counts["left"]),
                (tr("same"), counts["same"]),
                (tr("different"), counts["different"]),
                (tr("unsure"), counts["unsure"]),
            ]
        )

    @property
    def log(self) -> DecisionLog:
        """Where the decisions go."""
        return self._log

    @property
    def position(self) -> int:
        """The number of the current question, from 0, as the queue came."""
        return self._position

    @property
    def current(self) -> Card | None:
        """The question to look at; None where nothing is in sight."""
        return self.card(self._position) if len(self.queue) else None

    @property
    def counts(self) -> dict[str, int]:
        """How many questions in sight are decided, left, same, different and unsure."""
        with self._lock:
            self.catch_up()
            return self._tally.counts

    @property
    def waiting(self) -> tuple[bool, ...]:
        """Say of each question whether it waits, for the first time or again."""
        with self._lock:
            self.catch_up()
            return tuple(standing.waits for standing in self.answers.standing)

    @property
    def expected(self) -> float:
        """How many records too many are expected in what is left."""
        with self._lock:
            self.catch_up()
            return self._tally.expected

    @property
    def seconds_left(self) -> float | None:
        """How long what is left will take at this person's pace; None: too early to say."""
        with self._lock:
            history = self._log.history
            mine = [
                d for d in history if d.who == self._log.who and d.verdict in PAIR_VERDICTS
            ]
        each = seconds_each(mine)
        return None if each is None else each * self.counts["left"]

    def catch_up(self) -> None:
        """Look at what the log has got since; `moves` names all that stood otherwise then."""
        with self._lock:
            self._stood(self.answers.catch_up())

    def _stood(self, before: Mapping[int, Standing]) -> None:
        self._tally.moved(before)
        self.moves.extend(before)

    def card(self, index: int) -> Card:
        """Give a question with all that a person needs to decide it."""
        with self._lock:
            self.catch_up()
            place = self._valid(index)
            standing = self.answers.standing[place]
            changed = self._changed(standing.decisions) if standing.state == "again" else ()
            draft = self._drafts.get(place, Draft())
            stands = self._stands(place)
            held, outdated = self._picked(draft.parts or stands)
        card = self._cards.make(place, self.questions[place], standing, changed, draft)
        parts = draft.parts or (stands if standing.state == "mixed" else ())
        card = replace(
            card,
            parts=parts if len(parts) > 1 else (),
            saved=held | outdated,
            outdated=frozenset(outdated),
        )
        return card.blinded() if self.blind else card

    def name(self, record: str) -> str:
        """Call a record as people do; one that is not in the table by its id."""
        return name_of(self.records[record]) if record in self.records else record

    # ---- deciding ---------------------------------------------------------------------

    def decide(
        self, verdict: Verdict | str, note: str = "", *, index: int | None = None
    ) -> Decision:
        """Save what a person says about the current question, then go to the next open one.

        Of a group: all one client, all different, or unsure. Values that were picked are
        kept with it. `index` decides another question. Returns once all is on disk. Refused
        where it changes a word that was carried out in the target system, or where somebody
        else has said theirs since this session last looked.
        """
        if verdict not in ANSWERS:
            known = ", ".join(ANSWERS)
            raise InputError(tr("this is no verdict"), value=verdict, expected=known)
        with self._lock:
            place = self._as_seen(index)
            records = self.questions[place].records
            if verdict == Verdict.SAME:
                draft = self._drafts.get(place, Draft()).arranged(records, [records])
                self._refuse_once_more(place, draft)
                return self._save(place, draft, note)
            word, pairs, value = Verdict(verdict), self._pairs(place), self._value(place)
            said = answered(records, pairs, word, self.records, value=value, note=note)
            return self._keep(place, said)

    def apply(self, note: str = "", *, index: int | None = None) -> Decision:
        """Save what was chosen: the division, and the values to be kept; then go on.

        Refused where nothing was chosen: no key decides by accident.
        """
        with self._lock:
            place = self._as_seen(index)
            draft = self._drafts.get(place)
            if not draft:
                raise DecisionError(tr("nothing was chosen that could be applied"))
            return self._save(place, draft, note)

    def pick(self, field: str, record: str | None, *, index: int | None = None) -> Draft:
        """Choose whose value of a field is kept ("": who survives); None: as the rules say."""
        if field and record in self.records and not self.records[str(record)].get(field):
            raise InputError(tr("there is nothing to keep"), value=record, column=field)
        return self._draft(index, lambda draft, records: draft.picked(records, field, record))

    def arrange(self, parts: Iterable[Iterable[str]], *, index: int | None = None) -> Draft:
        """Choose a division of a group; nothing is saved before `apply`."""
        given = [list(part) for part in parts]
        return self._draft(index, lambda draft, records: draft.arranged(records, given))

    def eject(self, record: str, *, index: int | None = None) -> Draft:
        """Choose that a record is a client of its own; once more: that it is of the first."""
        return self._draft(index, lambda draft, records: draft.ejected(records, record))

    def move(self, record: str, *, index: int | None = None) -> Draft:
        """Choose another part for a record: the next one, after the last one of its own."""
        return self._draft(index, lambda draft, records: draft.moved(records, record))

    def split(self, *, index: int | None = None) -> Draft:
        """Choose to divide a group at its weakest link."""
        with self._lock:
            question = self.questions[self._place(index)]
            apart = set(question.apart) or {question.records[-1]}
            return self.arrange([set(question.records) - apart, apart], index=index)

    def clear(self, *, index: int | None = None) -> Draft:
        """Forget what was chosen and not saved."""
        with self._lock:
            self._drafts.pop(self._place(index), None)
            return Draft()

    def _draft(
        self, index: int | None, change: Callable[[Draft, Sequence[str]], Draft]
    ) -> Draft:
        """Change what was chosen; a division begins with the one that stands."""
        with self._lock:
            place = self._as_seen(index)
            stands, had = self._stands(place), self._drafts.get(place, Draft())
            draft = change(
                replace(had, parts=had.parts or stands), self.questions[place].records
            )
            held, _outdated = self._picked(draft.parts)
            self._drafts[place] = draft.beside(stands, held)
            return self._drafts[place]

    def _as_seen(self, index: int | None) -> int:
        """Give the question that is meant, unless somebody else has just answered it."""
        place, moved, known = self._place(index), len(self.moves), self.answers.known
        self.catch_up()
        fresh = (d.who for d in reversed(self._log.history[known:]))
        other = next((who for who in fresh if who != self._log.who), None)
        if place in self.moves[moved:] and other is not None:
            raise DecisionError(tr("{who} has answered this meanwhile; look again", who=other))
        return place

    def _stands(self, place: int) -> tuple[frozenset[str], ...]:
        """Give the clients that the records are as it stands: one until somebody divides."""
        question = self.questions[place]
        if self.answers.standing[place].state in DIVIDED:
            return self.answers.parts(question)
        return (frozenset(question.records),)

    def _picked(self, parts: Iterable[Part]) -> tuple[dict[Asked, str], dict[Asked, str]]:
        """Give whose values are kept in these parts as was said: what holds, what changed.

        A value that is gone is no longer to be kept.
        """
        held, outdated = dict[Asked, str](), dict[Asked, str]()
        for part in parts:
            picks = self.answers.picks(part) if len(part) > 1 else {}
            for field, pick in picks.items():
                record = pick.key[0]
                if not field or self.records[record].get(field):
                    (outdated if self.answers.changes(pick) else held)[field, part] = record
        return held, outdated

    def _save(self, place: int, draft: Draft, note: str) -> Decision:
        """Keep what was chosen, and again what was picked before and has changed since."""
        pairs, value = self._pairs(place), self._value(place)
        parts = sorted(draft.parts or self._stands(place), key=min)
        _held, outdated = self._picked(parts)
        draft = replace(draft, picks={**outdated, **draft.picks})
        said = divided(pairs, draft, parts, self.records, value=value, note=note)
        return self._keep(place, said)

    def _pairs(self, place: int) -> list[Pair]:
        """Name the pairs that were asked, and those of the same records that one has judged.

        A word of one's own that is not asked again would contradict the new one for good.
        """
        question = self.questions[place]
        asked = dict.fromkeys([edge.pair for edge in question.edges])
        if len(question.records) == 2:
            return [*asked]
        said = self.answers.said(question.records, self._log.who)
        return [*asked, *(Pair.of(*key) for key in sorted(said) if Pair.of(*key) not in asked)]

    def _value(self, place: int) -> Mapping[str, str]:
        """Give what a decision carries: whether it was blind, the sample it belongs to."""
        sample = self._sampled.get(place) or of_sample(self, place)
        return {**({SAMPLE: sample} if sample else {}), **self._blindly()}

    def _blindly(self) -> Mapping[str, str]:
        return {BLIND: "1"} if self.second else {}

    def _keep(self, place: int, decisions: Sequence[Decision]) -> Decision:
        self._refuse_another_word(place, decisions)
        kept = self._log.append_step(decisions)
        self._drafts.pop(place, None)
        self._ask_who_stays()
        self._position = self._next_open(place)
        return kept[0]

    def _ask_who_stays(self) -> None:
        """Ask about one client that cannot be merged, before it is said that all is done.

        A filter or a sample that is through is not all: to look takes seconds on long lists.
        """
        if self._recheck is None:
            return
        self.catch_up()
        if any(standing.waits for standing in self.answers.standing):
            return
        with suppress(CustcleanError):  # what was decided is saved; the next run says it
            self._stood(self.answers.told_unmerged(self._recheck()))

    def _refuse_once_more(self, place: int, draft: Draft) -> None:
        """Stop before "same" is said again where a pick is asked for: nothing would change."""
        standing = self.answers.standing[place]
        _held, outdated = self._picked([frozenset(self.questions[place].records)])
        picked = {field for field, _part in (*draft.picks, *outdated)}
        if standing.state == "unmerged" and standing.asks not in picked:
            raise DecisionError(
                tr("this is one client already; asked is which record, or value, stays")
            )

    def _refuse_another_word(self, place: int, decisions: Sequence[Decision]) -> None:
        """Stop before a word is replaced that could not be taken back either."""
        sides = {d.key: side_of(d) for d in decisions if d.verdict in PAIR_VERDICTS}
        told = self.answers.standing[place].decisions
        changed = [d for d in told if sides.get(d.key, side_of(d)) != side_of(d)]
        if changed and self._refuse is not None:
            self._refuse(changed)

    # ---- taking back ------------------------------------------------------------------

    def undo(self, seq: int | None = None, *, note: str = "") -> Decision | None:
        """Take back a step: that of decision `seq`, or this person's last one on the queue.

        Goes to the question, and gives the decision; None where there is nothing left. An
        undo is taken back the same way. Refused once it was done in the target system.
        """
        with self._lock:
            target = self._mine() if seq is None else self._decision(seq)
            if target is None:
                return None
            if self._refuse is not None:
                self._refuse(step_of(target, self._log.history))
            self._log.undo_step(target.seq, note=note)
            self._go_to(target)
            return target

    def redo(self) -> Decision | None:
        """Take back this person's last undo that still counts; None: there is none."""
        with self._lock:
            history = self._log.history
            by_seq, gone = {d.seq: d for d in history}, taken_back(history)
            undos = (
                d
                for d in reversed(history)
                if d.verdict is Verdict.UNDO
                and d.who == self._log.who
                and d.seq not in gone
                and self.place_of(d) is not None  # other desks give back what is theirs
            )
            last = next((d for d in undos if takes_back(d, by_seq)), None)
            return None if last is None else self.undo(last.seq)

    @property
    def history(self) -> list[Entry]:
        """Every step of the log that is somebody's word, newest first.

        In a second look only this person's: what others said would not be blind.
        """
        entries = entries_of(self._log.history)
        return [e for e in entries if e.who == self._log.who] if self.second else entries

    def _mine(self) -> Decision | None:
        standing = standing_of(self._log.history)
        mine = (d for d in reversed(standing) if d.who == self._log.who)
        return next((d for d in mine if self.place_of(d) is not None), None)

    def _decision(self, seq: int) -> Decision:
        found = next((d for d in self._log.history if d.seq == seq), None)
        if found is None:
            raise DecisionError(tr("there is no such decision"), value=seq)
        return found

    def place_of(self, decision: Decision) -> int | None:
        """Give the question that a decision is about; None: none of these."""
        if len(decision.key) != 2 or decision.verdict not in {*PAIR_VERDICTS, Verdict.UNDO}:
            return None
        one, other = self.answers.today(decision).key
        return None if one == other else self._of_pair.get(Pair.of(one, other))

    def _go_to(self, decision: Decision) -> None:
        place = self.place_of(decision)
        if place is not None:
            self._position = place

    # ---- moving -----------------------------------------------------------------------

    def next(self) -> Card | None:
        """Go to the question after this one, decided or not."""
        return self._step(1)

    def previous(self) -> Card | None:
        """Go to the question before this one, decided or not."""
        return self._step(-1)

    def goto(self, index: int) -> Card | None:
        """Go to a question, the nearest there is."""
        self._position = max(0, min(index, len(self.questions) - 1))
        return self.current

    def ahead(self, count: int) -> tuple[int, ...]:
        """Name the next questions in sight that wait, after the current one."""
        with self._lock:
            self.catch_up()
            return tuple(islice(self._open_after(self._position), count))

    def show(self, wanted: Filter | None = None, **given: Any) -> int:
        """Show what fits a filter, in its order, from its first open one; gives how many."""
        with self._lock:
            self.catch_up()
            self.queue.show(wanted or Filter(**given))
            self._selecting = None
            self._sight()
            return len(self.queue)

    # ---- many at once -----------------------------------------------------------------

    def bulk(
        self,
        wanted: Filter | None = None,
        *,
        tolerance: float = 0.02,
        more: int = 0,
        seed: int = 0,
    ) -> Bulk:
        """Say what could be accepted at once: the waiting questions that fit a filter.

        First the sample that it names has to be decided, see `draw`; `tolerance` is the share
        that may be wrong. `more` draws beyond the least sample. The same seed draws the same.
        """
        with self._lock:
            self.catch_up()
            chosen = self._chosen(wanted)
            return selected(self, chosen, tolerance=tolerance, more=more, seed=seed)

    def draw(
        self,
        wanted: Filter | None = None,
        *,
        tolerance: float = 0.02,
        more: int = 0,
        seed: int = 0,
    ) -> Bulk:
        """Show the sample of a bulk, to be decided one by one."""
        with self._lock:
            chosen = self._chosen(wanted)
            bulk = self.bulk(chosen, tolerance=tolerance, more=more, seed=seed)
            self._sampled |= dict.fromkeys(bulk.sample, bulk.name)
            self.queue.only(bulk.sample)
            self._selecting = chosen
            self._sight()
            return bulk

    def accept(
        self,
        wanted: Filter | None = None,
        note: str = "",
        *,
        tolerance: float = 0.02,
        seed: int = 0,
    ) -> tuple[Decision, ...]:
        """Call all of a bulk the same, as one step; refused before its sample proves it."""
        with self._lock:
            while True:
                bulk = self.bulk(wanted, tolerance=tolerance, seed=seed)
                bulk.refuse_early()
                with suppress(LogMovedError):  # what others have said meanwhile counts
                    kept = self._log.append_step(
                        self._accepted(bulk, note), after=self.answers.known
                    )
                    self.answers.unchanged(kept)
                    self._ask_who_stays()
                    return kept

    def _accepted(self, bulk: Bulk, note: str) -> list[Decision]:
        proof = f"{bulk.wrong} of {len(bulk.sample)} wrong, <= {bulk.tolerance:g}"
        value = {BULK: proof, PROVEN: bulk.name, **self._blindly()}
        found: list[Decision] = []
        for place in bulk.rest:
            records, pairs = self.questions[place].records, self._pairs(place)
            found += answered(
                records, pairs, Verdict.SAME, self.records, value=value, note=note
            )
        return found

    def _step(self, step: int) -> Card | None:
        if not len(self.queue):
            return None
        rank = self.queue.rank(self._position)
        wanted = 0 if rank is None else rank + step
        return self.goto(self.queue.places[max(0, min(wanted, len(self.queue) - 1))])

    def _sight(self) -> None:
        """Start over with what is in sight: counts, and the first open question."""
        self._tally = Tally(self.queue, self.questions, self.answers.standing)
        self._position = self._first_open()

    def resume(self) -> None:
        """Go on after this person's last decision in sight, if no file has come since."""
        for decision in reversed(self._log.history):
            if decision.verdict is Verdict.RECEIVED:
                return
            place = self.place_of(decision) if decision.who == self._log.who else None
            if place is not None and self.queue.rank(place) is not None:
                waits = self.answers.standing[place].waits
                self._position = place if waits else self._next_open(place)
                return

    def _first_open(self) -> int:
        standing = self.answers.standing
        places = self.queue.places
        first = next((place for place in places if standing[place].waits), None)
        return first if first is not None else (places[0] if places else 0)

    def _next_open(self, place: int) -> int:
        """Find the next open question, after the last one from the first; else stay."""
        self.catch_up()
        return next(self._open_after(place), place)

    def _open_after(self, place: int) -> Iterator[int]:
        places, standing = self.queue.places, self.answers.standing
        rank = self.queue.rank(place)
        start = 0 if rank is None else rank + 1
        around = (places[i % len(places)] for i in range(start, start + len(places)))
        return (other for other in around if other != place and standing[other].waits)

    def _place(self, index: int | None) -> int:
        """Give the question that is meant: the current one, if any is in sight."""
        if index is None and not len(self.queue):
            raise DecisionError(tr("there is no such pair"))
        return self._valid(self._position if index is None else index)

    def _valid(self, index: int) -> int:
        if not 0 <= index < len(self.questions):
            raise DecisionError(tr("there is no such pair"), value=index)
        return index

    def _chosen(self, wanted: Filter | None) -> Filter:
        return wanted or self._selecting or self.queue.filter

    def _changed(self, decisions: Sequence[Decision]) -> tuple[Changed, ...]:
        """Say which values were seen that are others now, each once."""
        found = (
            self._earlier.changed(decision, name, self.records)
            for decision in decisions
            for name in self.answers.changes(decision)
        )
        return tuple(dict.fromkeys(found))


def _refuse_strangers(missing: set[str]) -> None:
    if missing:
        raise InputError(
            tr("a pair names a record that is not in the table"), value=min(missing)
        )
