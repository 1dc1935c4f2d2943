"""What stands about numbers before any is given: who holds which, and which are doubtful."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from custclean.errors import ConflictError, SchemaError
from custclean.frames import to_polars
from custclean.stages.number_form import fault, key, suspect
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

__all__ = ["Client", "Facts", "Line", "Sources", "clients_of", "lines_of", "linked_of"]

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Client:
    """One row of the client list; a number of blanks is none."""

    record_id: str
    company_id: str
    number: str

    @property
    def label(self) -> str:
        """Name it for a person, without a value that would have to be masked."""
        return tr("client {id}", id=self.company_id or self.record_id)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register that has a number."""

    record_id: str
    number: str
    row: str

    @property
    def label(self) -> str:
        """Name it for a person."""
        return tr("line {id} of the register", id=self.row or self.record_id)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where numbers come from, as the caller gave it; records by their id."""

    clients: tuple[Client, ...]
    lines: tuple[Line, ...]
    linked: Mapping[str, tuple[Line, ...]]  # client -> its lines of the register
    reserved: frozenset[str]
    given: Mapping[str, str]
    decided: Mapping[str, str]
    blocked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The sources looked up by number: numbers by their key, owners by record id."""

    sources: Sources
    holders: Mapping[str, frozenset[str]]  # who shows it in the list and is to keep it
    given: Mapping[str, frozenset[str]]
    decided: Mapping[str, frozenset[str]]
    register: Mapping[str, frozenset[str]]  # the register lines that have it
    damaged: Mapping[int, frozenset[str]]  # what damaged cells may have said
    sound: Mapping[int, frozenset[str]]  # who shows, undamaged, what a damaged cell may say
    reserved: frozenset[str]
    used: frozenset[str]  # no new number may equal one of these
    known: Mapping[str, Client | Line]

    @classmethod
    def of(cls, sources: Sources) -> Facts:
        """Look the sources up."""
        shown = [(each.number, each.record_id) for each in sources.clients if each.number]
        on_file = [(line.number, line.record_id) for line in sources.lines]
        given = [(number, who) for who, number in sources.given.items()]
        decided = [(number, who) for who, number in sources.decided.items()]
        # a client that a person gives another number no longer holds the one it shows
        moving = {who: key(n) for n, who in decided if who not in sources.blocked}
        staying = [(n, who) for n, who in shown if moving.get(who, key(n)) == key(n)]
        worth = [(suspect(n), who, fault(n)) for n, who in (*shown, *on_file)]
        reserved = frozenset(map(key, sources.reserved))
        everywhere = frozenset(key(n) for n, _ in (*shown, *on_file, *given, *decided))
        return cls(
            sources,
            holders=_owners((key(n), who) for n, who in staying),
            given=_owners((key(n), who) for n, who in given),
            decided=_owners((key(n), who) for n, who in decided),
            register=_owners((key(n), who) for n, who in on_file),
            damaged=_owners((n, who) for n, who, wrong in worth if n is not None and wrong),
            sound=_owners((n, who) for n, who, wrong in worth if n is not None and not wrong),
            reserved=reserved,
            used=everywhere | reserved,
            known={each.record_id: each for each in sources.clients}
            | {line.record_id: line for line in sources.lines},
        )

    @staticmethod
    def others(client: Client, number: str, *maps: Mapping[str, frozenset[str]]) -> list[str]:
        """Name who else owns the number, by these look-ups."""
        found = (who for each in maps for who in each.get(key(number), ()))
        return sorted({*found} - {client.record_id})

    def label(self, record_id: str) -> str:
        """Name a record so that a person finds it; without a value to be masked."""
        return self.known[record_id].label if record_id in self.known else record_id

    def twins(self, number: str, *, but: Iterable[str] = (), sound: bool = False) -> list[str]:
        """Name the owners of damaged (and `sound`) cells that may have held this number."""
        value = suspect(number)
        if value is None:
            return []
        maps = (self.damaged, self.sound) if sound else (self.damaged,)
        return sorted({who for each in maps for who in each.get(value, ())} - {*but})

    def free(self, number: str) -> bool:
        """Say whether nobody has the number, had it or may have had it."""
        return key(number) not in self.used and not self.twins(number)


def _owners(pairs: Iterable[tuple[K, str]]) -> dict[K, frozenset[str]]:
    found: defaultdict[K, set[str]] = defaultdict(set)
    for number, who in pairs:
        found[number].add(who)
    return {number: frozenset(who) for number, who in found.items()}


def _texts(frame: pl.DataFrame, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    if names[0] not in frame.columns:
        raise SchemaError(tr("the table lacks a column"), column=names[0])
    columns = [
        [("" if value is None else str(value)) for value in frame[name].to_list()]
        if name in frame.columns
        else [""] * frame.height
        for name in names
    ]
    return list(zip(*columns, strict=True))


def _once(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ConflictError(tr("a record id appears twice"), value=each)
        seen.add(each)


def clients_of(frame: pl.DataFrame) -> tuple[Client, ...]:
    """Give the clients in an order that does not depend on the order of the rows."""
    rows = _texts(frame, ("record_id", "company_id", "customer_number"))
    _once(row[0] for row in rows)
    clients = [Client(who, company, n if n.strip() else "") for who, company, n in rows]
    # ids are numbers mostly: the shorter is the smaller; who has none comes last
    return tuple(
        sorted(
            clients,
            key=lambda c: (not c.company_id, len(c.company_id), c.company_id, c.record_id),
        )
    )


def lines_of(register: object | None) -> tuple[Line, ...]:
    """Give the lines of the register that have a number."""
    if register is None:
        return ()
    rows = _texts(to_polars(register), ("record_id", "customer_number", "source_row"))
    _once(row[0] for row in rows)
    return tuple(Line(who, number, at) for who, number, at in sorted(rows) if number.strip())


def linked_of(
    links: object | None, register: object | None, lines: Iterable[Line]
) -> dict[str, tuple[Line, ...]]:
    """Give each linked client's lines of the register; a line without number is none."""
    if links is None:
        return {}
    frame = to_polars(links)
    pairs = zip(_texts(frame, ("left_id",)), _texts(frame, ("right_id",)), strict=True)
    known = (
        set()
        if register is None
        else {r[0] for r in _texts(to_polars(register), ("record_id",))}
    )
    by_id = {line.record_id: line for line in lines}
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for (client,), (right,) in sorted(set(pairs)):
        if right not in known:
            raise ConflictError(tr("a link names a line that the register lacks"), value=right)
        if right in by_id:
            found[client].append(by_id[right])
    return {client: tuple(lines) for client, lines in found.items()}
