"""The customers themselves, in parts, before anybody writes them down."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.customers import contact, firms, names, places, shares, taxids, traps
from benchmarks.customers.draw import any_of, chance

PARTS = {
    "trap": pl.Int8, "firm": pl.Boolean, "contact": pl.Boolean, "man": pl.Boolean,
    "given": pl.String, "middle": pl.String, "family": pl.String, "family2": pl.String,
    "suffix": pl.String, "body": pl.String, "trade": pl.String, "form": pl.String,
    "local": pl.String, "domain": pl.String, "local2": pl.String, "domain2": pl.String,
    "area": pl.String, "line": pl.String, "m_area": pl.String, "m_line": pl.String,
    "by_mobile": pl.Boolean, "street": pl.String, "number": pl.String, "unit": pl.String,
    "postcode": pl.String, "city": pl.String, "tax_id": pl.String,
}  # fmt: skip


def entities(rng: np.random.Generator, locale: str, size: int, hard: float) -> pl.DataFrame:
    """Make the customers of a locale, traps among them."""
    many = round(size * shares.FIRMS)
    both = [_people(rng, locale, size - many, hard), _firms(rng, locale, many, hard)]
    frame = pl.concat([part.select(_cast()) for part in both])
    frame = traps.laid_across(rng, frame, locale, hard)
    country = places.COUNTRY[locale].split(",")
    said = np.searchsorted([0.8, 0.92, 1.0], rng.random(size))
    frame = frame.with_columns(country=pl.Series(country, dtype=pl.String).gather(said))
    return frame.with_columns(**_emptiness(rng, locale, frame, hard))


def _cast() -> list[pl.Expr]:
    return [pl.col(name).cast(kind) for name, kind in PARTS.items()]


def _nothing(*columns: str) -> list[pl.Expr]:
    return [pl.lit(None, dtype=pl.String).alias(name) for name in columns]


def _emptiness(
    rng: np.random.Generator, locale: str, frame: pl.DataFrame, hard: float
) -> dict[str, pl.Series]:
    """Draw which values a record lacks."""
    size, empty = frame.height, shares.softened(shares.EMPTY, hard)
    lacks = {f"no_{name}": chance(rng, share, size) for name, share in empty.items()}
    person = shares.EMPTY_TAX_PERSON.get(locale, 1)
    share = np.where(frame["firm"].to_numpy(), shares.EMPTY_TAX_FIRM, person)
    lacks["no_tax"] = rng.random(size) < share
    lacks["no_split"] = chance(rng, shares.EMPTY_SPLIT, size)
    return {name: pl.Series(value) for name, value in lacks.items()}


def emptied_again(
    rng: np.random.Generator, locale: str, frame: pl.DataFrame, hard: float
) -> dict[str, pl.Expr]:
    """Draw again which values a further record lacks; many an empty one stays empty."""
    fresh = _emptiness(rng, locale, frame, hard)
    stays = pl.lit(pl.Series(chance(rng, shares.EMPTY_STAYS * hard, frame.height)))
    return {
        name: pl.when(stays).then(pl.col(name)).otherwise(pl.lit(value))
        for name, value in fresh.items()
    }


def _people(rng: np.random.Generator, locale: str, size: int, hard: float) -> pl.DataFrame:
    laid = traps.lay(rng, shares.softened(shares.PEOPLE, hard), size)
    frame = pl.concat(
        [names.people(rng, locale, size), places.addresses(rng, locale, size)],
        how="horizontal",
    )
    frame = frame.with_columns(
        trap=pl.Series(laid.kind), firm=pl.lit(value=False), contact=pl.lit(value=False)
    ).with_columns(_nothing("suffix", "body", "trade", "form"))
    frame = traps.people_named(rng, frame, laid, locale)
    frame = _reached(
        rng, frame, locale, contact.own_mailboxes(rng, locale, pl.concat([frame] * 2))
    )
    frame = frame.with_columns(tax_id=taxids.of_people(rng, locale, frame))
    return traps.people_reached(rng, frame, laid).with_columns(
        by_mobile=(pl.Series(chance(rng, 0.7, size)) & (pl.col("trap") < 0))
        | pl.Series(chance(rng, 0.35, size))
    )


def _reached(
    rng: np.random.Generator, frame: pl.DataFrame, locale: str, mailboxes: pl.DataFrame
) -> pl.DataFrame:
    """Add phones and two mailboxes, from a table of the first ones and then the second."""
    first, second = mailboxes.head(frame.height), mailboxes.tail(frame.height)
    second = second.rename({"local": "local2", "domain": "domain2"})
    phones = contact.numbers(rng, locale, frame["town"].to_numpy())
    return pl.concat([frame, phones, first, second], how="horizontal")


def _firms(rng: np.random.Generator, locale: str, size: int, hard: float) -> pl.DataFrame:
    laid = traps.lay(rng, shares.softened(shares.COMPANIES, hard), size)
    frame = pl.concat(
        [names.people(rng, locale, size), places.addresses(rng, locale, size)],
        how="horizontal",
    )
    frame = frame.with_columns(
        trap=pl.Series(laid.kind),
        firm=pl.lit(value=True),
        contact=pl.Series(chance(rng, shares.CONTACT, size)),
        by_mobile=pl.Series(chance(rng, 0.3, size)),
        suffix=pl.lit(None, dtype=pl.String),
        form=firms.legal_forms(rng, locale, size),
        tax_id=taxids.of_firms(rng, locale, size),
    )
    frame = traps.owners(rng, frame, laid)
    frame = pl.concat(
        [frame, firms.bodies(rng, locale, frame, frame["city"])], how="horizontal"
    )
    frame = traps.firms_named(rng, frame, laid, locale)
    shown = frame["contact"].to_numpy()
    first = contact.work_mailboxes(rng, locale, frame, shown)
    second = _second_mailboxes(rng, locale, first)
    frame = _reached(rng, frame, locale, pl.concat([first, second]))
    return traps.firms_reached(rng, frame, laid, locale)


def _second_mailboxes(
    rng: np.random.Generator, locale: str, first: pl.DataFrame
) -> pl.DataFrame:
    """Draw another desk at the same site; a free mailbox goes to another provider."""
    desk = any_of(rng, contact.DESKS[locale].split(), first.height)
    domain = any_of(rng, contact.FREE[locale].split(), first.height)
    free = pl.col("domain").is_in(contact.FREE[locale].split())
    return first.select(
        local=pl.when(free).then("local").otherwise(desk),
        domain=pl.when(free).then(domain).otherwise("domain"),
    )
