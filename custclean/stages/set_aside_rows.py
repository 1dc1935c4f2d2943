"""What the set-aside desk hands out: records with class and reasons, groups, effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.folding import plain
from custclean.text import mailbox
from custclean.text.plan import on_plan
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.model import Verdict

__all__ = ["Choice", "DeskRow", "Effect", "Group", "rows_of"]

CUSTOMER, UNSURE = "customer", "unsure"  # the classes of who is not proposed
ASKED = ("waits", "again")
VIEWS: Mapping[str, tuple[str, ...]] = {  # what is looked at -> the states in it
    "waits": ASKED,
    "held": ("held",),
    "unsure": ("unsure",),
    "decided": ("set_aside", "keep", "again"),
    "all": (*ASKED, "held", "unsure", "set_aside", "keep", "customer"),
}
GROUPED = {"class": "class", "domain": "domain", "reason": "reason"}  # by what -> the column
JOINED = "; "  # between the reasons of a class, and between the vetoes
SHOWN = "display_name company given_name middle_name family_name email phone mobile".split()
FACTS = ("balance", "subscription")
SEARCHED = ("record_id", "name", "company", "email", "phone", "mobile")


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One record of the desk, and what was said of it.

    `state`: waits, again (decided, but what was seen has changed: `changed`), set_aside,
    keep, held (a reason forbids to propose it), unsure, customer.
    """

    record_id: str
    name: str
    company: str
    email: str
    phone: str
    kind: str  # the class
    score: float
    reasons: tuple[str, ...]
    held: tuple[str, ...]
    domain: str
    shared: bool  # strangers share the domain
    state: str
    who: str = ""
    when: str = ""
    note: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Records that have a class, an e-mail domain or a reason in common.

    `key` is that value; "" where there is none. `mixed`: the domain is one of strangers.
    """

    key: str
    records: int
    waiting: int
    held: int
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person looks at: a view, a way of grouping, one group (None: all), a search."""

    view: str = "waits"
    by: str = "class"
    group: str | None = None
    search: str = ""


WAITING = Choice()  # all that waits for a decision


@dataclass(frozen=True, slots=True)
class Effect:
    """What a bulk decision would take in, and what stays out of it with the reason.

    `after`: how long the log was when this was worked out.
    """

    verdict: Verdict
    takes: tuple[str, ...]
    stays_out: tuple[tuple[str, str], ...]
    after: int

    def __len__(self) -> int:
        return len(self.takes)


def rows_of(table: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """Give the records of a raw table with their class, surest first, those held last.

    A record without a class is a customer. Columns: those of `DeskRow` that no person says,
    `reason` (the first), `place` (the row of the table) and `text` (to search in).
    """
    _refuse_twins(table)
    given = _all_text(table, ("record_id", *SHOWN, *FACTS)).with_row_index("place")
    judged = _all_text(classes, ("record_id", "class", "score", "reasons", "vetoes"))
    judged = judged.unique("record_id", keep="first", maintain_order=True)
    frame = given.join(judged, on="record_id", how="left", maintain_order="left")
    first = pl.col("email").str.extract(r"^\s*([^;,]*)")
    told = frame.with_columns(
        pl.col("class").fill_null(CUSTOMER),
        pl.col("score").cast(pl.Float64, strict=False).fill_null(0.0),
        pl.col("reasons", "vetoes", "company", "email").fill_null(""),
        name=_name(),
        phone=pl.coalesce("phone", "mobile").fill_null(""),
        domain=mailbox.domain(first).fill_null(""),
        shared=mailbox.free(first).fill_null(value=False),
        held=pl.Series(_held(frame), dtype=pl.String),
    ).with_columns(
        reason=pl.col("reasons").str.split(JOINED).list.first(),
        text=plain(pl.concat_str(SEARCHED, separator="\n", ignore_nulls=True)),
    )
    kind, held = pl.col("class"), pl.col("held") != ""
    order = (kind == CUSTOMER, kind == UNSURE, held, -pl.col("score"), "name", "record_id")
    return told.sort(*order)


def _refuse_twins(table: pl.DataFrame) -> None:
    if "record_id" not in table.columns:
        raise InputError(tr("the list has no column {name}", name="record_id"))
    twice = table["record_id"].filter(table["record_id"].is_duplicated())
    if len(twice):
        raise InputError(tr("a record stands in the table twice"), value=twice[0])


def _all_text(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Give these columns as text, empty where the frame has none."""
    return frame.select(
        pl.col(name).cast(pl.String)
        if name in frame.columns
        else pl.lit(None, pl.String).alias(name)
        for name in names
    )


def _name() -> pl.Expr:
    """Name a record as its list does: a contact of a mail program has a first and a last."""
    names = ("given_name", "middle_name", "family_name")
    person = pl.concat_str(names, separator=" ", ignore_nulls=True)
    given = [pl.col("display_name"), person, pl.col("company")]
    return pl.coalesce([each.replace("", None) for each in given]).fill_null("")


def _held(frame: pl.DataFrame) -> list[str]:
    """Say what forbids to set each record aside in bulk: the vetoes, and its own money."""
    found = []
    for vetoes, balance, plan in frame.select("vetoes", *FACTS).iter_rows():
        said = [each for each in (vetoes or "").split(JOINED) if each]
        own = [tr("has an open balance")] if _owes(balance) else []
        own += [tr("has a subscription")] if on_plan(plan) else []
        found.append(JOINED.join(dict.fromkeys([*said, *own])))
    return found


def _owes(balance: str | None) -> bool:
    return any(digit in "123456789" for digit in balance or "")


def column_of(choice: Choice) -> str:
    """Name the column that the groups are of."""
    if choice.by not in GROUPED:
        known = ", ".join(GROUPED)
        raise InputError(tr("no such way to group"), value=choice.by, expected=known)
    return GROUPED[choice.by]


def why_out(row: Mapping[str, str | bool], *, by_domain: bool) -> str:
    """Say why a record is decided only by name; nothing: it may go with the others."""
    if row["held"]:
        return str(row["held"])
    if row["state"] == UNSURE:
        return tr("the screen is not sure")
    if by_domain and row["shared"]:
        return tr("strangers share this mail service: an equal domain says nothing")
    return ""
