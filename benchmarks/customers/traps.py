"""Different customers that look alike: families, owners, chains, and what strangers share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from benchmarks.customers import contact, firms
from benchmarks.customers.draw import any_of, chance, digits, groups, put
from benchmarks.customers.names import given_names
from benchmarks.customers.shares import ACROSS, COMPANIES, GROUPS, PEOPLE, SHARED, softened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.customers.draw import Bools, Ints

KINDS = [*PEOPLE, *COMPANIES]
ADDRESS = ("street", "number", "unit", "town", "postcode", "city")
PERSON = ("given", "middle", "family", "family2", "man", "contact")
PHONE = ("area", "line")
MAILBOX = ("local", "domain")
JUNIOR = {"en_US": ("Sr.", "Jr."), "en_GB": ("Snr", "Jnr"), "it_IT": ("senior", "junior"),
          "pt_BR": ("", "Filho"), "es_ES": ("", "hijo"), "fr_FR": ("père", "fils"),
          "da_DK": ("sen.", "jun."), "de_DE": ("sen.", "jun.")}  # fmt: skip


@dataclass(frozen=True)
class Laid:
    """Which trap each entity is in (-1: none), and the first of its group."""

    kind: Ints
    first: Ints

    def within(self, name: str) -> Bools:
        """Tell the members of a trap that are not the first of their group."""
        return self.of(name) & (self.first != np.arange(len(self.first)))

    def of(self, name: str) -> Bools:
        """Tell the members of a trap."""
        return self.kind == KINDS.index(name)


def lay(rng: np.random.Generator, table: Mapping[str, float], size: int) -> Laid:
    """Put the first entities into traps, as many as the table says."""
    kind, first, start = np.full(size, -1), np.arange(size), 0
    for name, share in table.items():
        many = min(round(size * share), size - start)
        kind[start : start + many] = KINDS.index(name)
        first[start : start + many] = start + groups(rng, many, *GROUPS[name])
        start += many
    return Laid(kind, first)


def _share(
    frame: pl.DataFrame, first: Ints, where: Bools, columns: tuple[str, ...]
) -> pl.DataFrame:
    """Give members the values of the first of their group."""
    return put(frame, where, **{name: frame[name].gather(first) for name in columns})


def _some(rng: np.random.Generator, where: Bools, trap: str, what: str) -> Bools:
    return where & chance(rng, SHARED[trap, what], len(where))


def people_named(
    rng: np.random.Generator, frame: pl.DataFrame, laid: Laid, locale: str
) -> pl.DataFrame:
    """Let families share name and address, and namesakes their name."""
    size = frame.height
    home, son, same = (laid.within(trap) for trap in PEOPLE)
    frame = _share(frame, laid.first, home | son, ADDRESS)
    frame = _share(
        frame, laid.first, (home & chance(rng, 0.9, size)) | son, ("family", "family2")
    )
    common = given_names(locale, True)[:25]
    men = laid.of("namesakes") | laid.of("father and son")
    frame = put(frame, men, given=any_of(rng, common, size), man=pl.lit(value=True))
    frame = put(frame, laid.of("namesakes"), middle=pl.lit(None))
    frame = _share(
        frame, laid.first, son | same, ("given", "middle", "family", "family2", "man")
    )
    senior, junior = JUNIOR[locale]
    marked = chance(rng, SHARED["father and son", "marked"], size)[laid.first]
    older = laid.of("father and son") & ~son
    frame = put(frame, marked & son, suffix=pl.lit(junior))
    return put(frame, marked & older & chance(rng, 0.5, size), suffix=pl.lit(senior or None))


def people_reached(rng: np.random.Generator, frame: pl.DataFrame, laid: Laid) -> pl.DataFrame:
    """Let families share a phone and a mailbox."""
    home, son, _ = (laid.within(trap) for trap in PEOPLE)
    frame = _share(frame, laid.first, _some(rng, home, "household", "email"), MAILBOX)
    phone = _some(rng, home, "household", "phone") | _some(rng, son, "father and son", "phone")
    return _share(frame, laid.first, phone, PHONE)


def owners(rng: np.random.Generator, frame: pl.DataFrame, laid: Laid) -> pl.DataFrame:
    """Let the companies of one owner share the person and the address."""
    owned = laid.within("owner")
    frame = put(frame, laid.of("owner") & ~owned, contact=pl.lit(value=True))
    frame = _share(frame, laid.first, _some(rng, owned, "owner", "contact"), PERSON)
    return _share(frame, laid.first, _some(rng, owned, "owner", "address"), ADDRESS)


def firms_named(
    rng: np.random.Generator, frame: pl.DataFrame, laid: Laid, locale: str
) -> pl.DataFrame:
    """Name the companies of an owner, of a franchise, of a chain, and namesakes."""
    frame = frame.with_columns(stem=_stem())
    stem, turn = frame["stem"].gather(laid.first), np.arange(frame.height) - laid.first
    words = firms.VARIANTS[locale].split(",")
    variant = pl.Series(words).gather((turn + laid.first) % len(words))
    owned = _some(rng, laid.within("owner"), "owner", "stem")
    frame = put(frame, owned, body=stem + " " + variant, trade=variant)
    named = _some(rng, laid.of("franchise"), "franchise", "stem")
    frame = put(frame, named, body=stem + " " + frame["city"], trade=frame["city"])
    frame = _share(frame, laid.first, laid.within("chain"), ("body", "trade", "form"))
    same = laid.within("firm namesakes")
    near = same & chance(rng, 0.5, frame.height)
    frame = _share(frame, laid.first, same, ("body", "trade"))
    own = any_of(rng, firms.TRADES[locale].split(","), frame.height)
    return put(frame, near, body=stem + " " + own, trade=own).drop("stem")


def _stem() -> pl.Expr:
    """Leave out the trade, unless nothing else is there."""
    ends = pl.col("body").str.strip_suffix(pl.col("trade")).str.strip_chars()
    starts = ends.str.strip_prefix(pl.col("trade")).str.strip_chars()
    return pl.when(starts.str.len_chars() > 1).then(starts).otherwise("body")


def firms_reached(
    rng: np.random.Generator, frame: pl.DataFrame, laid: Laid, locale: str
) -> pl.DataFrame:
    """Let owners' companies, franchises and chains share mailboxes and phones."""
    owned, chain = laid.within("owner"), laid.within("chain")
    boxes = _some(rng, owned, "owner", "email") | _some(rng, chain, "chain", "email")
    boxes |= _some(rng, laid.within("franchise"), "franchise", "email")
    frame = put(frame, laid.of("franchise"), local=pl.lit("info"))
    frame = _share(frame, laid.first, chain, ("domain", "domain2"))
    frame = put(frame, chain, local=contact.slug(frame["city"], locale))
    frame = _share(frame, laid.first, boxes, MAILBOX)
    phone = _some(rng, owned, "owner", "phone")
    frame = _share(frame, laid.first, phone, (*PHONE, "m_area", "m_line", "by_mobile"))
    return _share(frame, laid.first, _some(rng, chain, "chain", "tax id"), ("tax_id",))


def laid_across(
    rng: np.random.Generator, frame: pl.DataFrame, locale: str, hard: float
) -> pl.DataFrame:
    """Let strangers share a bookkeeper's mailbox, a switchboard, a business centre."""
    size = frame.height
    free = np.flatnonzero((frame["trap"].to_numpy() < 0) & frame["firm"].to_numpy())
    free, start = rng.permutation(free), 0
    for name, share in softened(ACROSS, hard).items():
        many = min(round(size * share), len(free) - start)
        members = free[start : start + many]
        start += many
        first, where = np.arange(size), np.zeros(size, dtype=bool)
        first[members] = members[groups(rng, many, *GROUPS[name])] if many else members
        where[members] = True
        frame = _strangers(rng, frame, locale, name, first, where)
    return frame


def _strangers(
    rng: np.random.Generator,
    frame: pl.DataFrame,
    locale: str,
    name: str,
    first: Ints,
    where: Bools,
) -> pl.DataFrame:
    if name == "bookkeeper":
        frame = _share(frame, first, where, MAILBOX)
        return _share(frame, first, _some(rng, where, name, "phone"), PHONE)
    if name == "switchboard":
        frame = put(frame, where, by_mobile=pl.lit(value=False))
        return _share(frame, first, where, (*PHONE, "city", "postcode"))
    room = contact.suite(locale, digits(rng.integers(1, 600, frame.height), 3))
    frame = _share(frame, first, where, ("street", "number", "postcode", "city"))
    frame = put(frame, where, unit=pl.lit(None, dtype=pl.String))
    frame = put(frame, where & chance(rng, 0.6, frame.height), unit=room)
    return _share(frame, first, _some(rng, where, name, "phone"), PHONE)
