"""Frozen values that the parts hand to one another, and the names of the fields."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # dataclass fields are resolved at run time
from dataclasses import dataclass, field
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType, Protocol

from custclean.words import numeral, tr

if TYPE_CHECKING:
    import polars as pl

RecordId = NewType("RecordId", str)


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two records, smaller id first, so that a pair equals its mirror image."""

    left: RecordId
    right: RecordId

    @classmethod
    def of(cls, one: str, other: str) -> Pair:
        """Order two different ids into a pair."""
        if one == other:
            msg = f"a pair needs two records, got {one!r} twice"
            raise ValueError(msg)
        return cls(RecordId(min(one, other)), RecordId(max(one, other)))


class Verdict(StrEnum):
    """What a decision says; the log keeps these words."""

    SAME = "same"  # a pair: one client
    DIFFERENT = "different"  # a pair: two clients, never ask again
    UNSURE = "unsure"  # a pair: asked, not known
    SET_ASIDE = "set_aside"  # a record: no customer
    KEEP = "keep"  # a record: a customer, whatever the screen says
    PICK = "pick"  # a record: this one survives the merge, or this value of a field is kept
    SPLIT = "split"  # a pair: taken out of one group again
    NUMBER = "number"  # a record: this client number was given
    LINK = "link"  # a client and a register line: the same client
    LEFT_OUT = "left_out"  # a record: gets no number, for the reason in the note
    BY_HAND = "by_hand"  # a record: a person must do it in the target system
    DONE = "done"  # a work order: a person says it is done
    RECEIVED = "received"  # a file: seen in the inbox
    ROUND = "round"  # an upload: its files were written
    UNDO = "undo"  # an earlier decision: taken back


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the decision log.

    `key` holds one record id, a pair's two (smaller first), or what the verdict is
    about (a number, a file). `seen` maps a field to the fingerprint of the raw value
    that the person saw, of the left record and of the right (`left.email`,
    `right.email`; for one record just `email`). `value` is what the verdict carries:
    a number, a field and its value. `seq` is 0 until the log has given one.
    """

    key: tuple[str, ...]
    verdict: Verdict
    seen: Mapping[str, str] = field(default_factory=dict)
    value: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    who: str = ""
    when: str = ""  # ISO 8601 with offset; kept when a decision is replayed
    seq: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """Something about one value that a person should know; the row goes on."""

    record_id: str
    field: str
    value: str = dataclass_field(repr=False)  # a notebook that is saved shows none
    message: str


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """A record that is not in an output, and why."""

    record_id: str
    reason: str  # a code from `words`, stable for machines
    detail: str = ""


class Fate(StrEnum):
    """Where a record of the cleaned list ends: exactly one of these (design: the balance)."""

    UPLOADED = "uploaded"
    UNCHANGED = "unchanged"
    MERGE_APPROVED = "merge_approved"
    SET_ASIDE = "set_aside"
    UNDECIDED = "undecided"
    BY_HAND = "by_hand"
    LEFT_OUT = "left_out"
    REJECTED = "rejected"


class HasTable(Protocol):
    """Anything that carries a canonical table: an export, or the result of a stage."""

    @property
    def table(self) -> pl.DataFrame:
        """One row a record, the canonical fields, all text."""


class Progress(Protocol):
    """How a long step tells how far it is: in a notebook, a terminal or nowhere."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` units of `stage` are finished."""


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


FIELDS: Mapping[str, tuple[str, ...]] = {
    "customers": tuple(
        "record_id system kind source_file source_row company_id customer_number display_name"
        " company title given_name middle_name family_name suffix email phone mobile fax"
        " website street city region postcode country tax_id ean parent customer_type"
        " lead_accountant subscription active currency balance terms customer_group vat_zone"
        " categories notes created last_activity".split()
    ),
    "items": tuple(
        "record_id system source_file source_row name sku item_type category description"
        " price cost quantity as_of income_account expense_account asset_account"
        " active".split()
    ),
    "transactions": tuple(
        "record_id system source_file source_row date type number name amount balance".split()
    ),
    "activities": tuple(
        "record_id system source_file source_row kind when who subject body status"
        " path".split()
    ),
}
WHENCE = frozenset("record_id system kind source_file source_row cluster_id".split())
"""Fields that say where a record is from."""

OWN_FIELDS = frozenset(
    "company_id customer_number display_name subscription active created last_activity"
    " balance parent".split()
)
"""Fields that say which record it is, or what is on its books: of a merge's survivor."""

SHARED_BY_PEOPLE = ("customers", "vendors", "employees", "contacts", "register")
SEVERAL = "; "  # joins several e-mails or phones that stood in one cell, order kept


def fields_of(kind: str) -> tuple[str, ...]:
    """Name the columns of a kind's canonical table, in order."""
    return FIELDS["customers" if kind in SHARED_BY_PEOPLE else kind]


def is_picked(field: str) -> bool:
    """Say whether a person may choose whose value of a field a merge keeps.

    Below whom the survivor stands may be chosen; who it is goes with the record.
    """
    return field not in WHENCE | OWN_FIELDS or field == "parent"


@dataclass(frozen=True, slots=True)
class Share:
    """What one field says about a pair: both values, level reached, part of the weight."""

    field: str
    left: str = dataclass_field(repr=False)
    right: str = dataclass_field(repr=False)
    level: str  # in words, for people: "equal after cleaning", "names swapped"
    weight: float  # log2 Bayes factor; the shares and the prior add up to the pair's weight


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two records match, or why they do not."""

    left_id: str
    right_id: str
    weight: float
    probability: float
    prior: float  # log2 odds before any field was looked at
    shares: tuple[Share, ...]
    sentence: str
    found_by: tuple[str, ...] = ()  # the blocking keys that both share, in words
    not_by: tuple[str, ...] = ()  # those that both have, but not the same
    why_not: str = ""  # why the pair was not compared, if it was not

    def __repr__(self) -> str:
        # without ids and values: what ends a notebook's cell is saved with it
        return f"Explanation({' '.join(filter(None, (self.sentence, self.why_not)))})"

    def _repr_html_(self) -> str:
        from custclean import html  # noqa: PLC0415  # polars takes a while to import

        shown = str if html.revealed() else html.mask
        rows = [
            (each.field, shown(each.left), shown(each.right), each.level, _signed(each.weight))
            for each in self.shares
        ]
        header = (tr("field"), tr("left"), tr("right"), tr("outcome"), tr("share"))
        sums = [(tr("before any field"), "", "", "", _signed(self.prior))]
        sums += [*rows, (tr("together"), "", "", "", _signed(self.weight))]
        told = [self.sentence, self.why_not]
        if self.found_by:
            told.append(tr("Brought together by: {keys}.", keys="; ".join(self.found_by)))
        notes = [tr("shares are in bits: one more doubles the odds")]
        return html.framed(
            *(html.paragraph(text, kind="said") for text in told if text),
            html.grid(header, sums, right={4}),
            notes=notes if html.revealed() else [*notes, html.how_to_reveal()],
        )


def _signed(weight: float) -> str:
    return numeral(weight, "+.1f")
