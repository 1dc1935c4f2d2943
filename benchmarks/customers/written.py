"""Write customers down: from parts to the columns that a system exports."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.customers import contact
from benchmarks.customers.draw import any_of, by_share, chance
from benchmarks.customers.shares import HABITS, PLACEHOLDERS

COLUMNS = [
    "name", "company", "given_name", "family_name", "email", "phone", "street", "postcode",
    "city", "country", "tax_id",
]  # fmt: skip
NAMING = ["name", "company", "given_name", "family_name", "street", "city"]
FILLERS = {  # what is typed where something has to be
    "phone": "0000000000,n/a,000000000,-,999999999,1234567890,none,0,11111111,N/A",
    "email": "test@test.com,noreply@noreply.com,n/a,none@none.com,noemail@noemail.com,-,"
    "no@email.com,x@x.com,na@na.com,info@example.com",
    "street": "n/a,-,unknown,.,N/A,x,TBD,same,none",
    "tax_id": "00000000,n/a,-,0,999999999,11111111,none,00000000000",
}


def habits(rng: np.random.Generator, size: int) -> dict[str, pl.Series]:
    """Draw how each clerk writes: capitals, accents, order of names, phones, fillers."""
    habit = by_share(rng, HABITS, size)
    kinds = list(HABITS)
    upper, lower = habit == kinds.index("upper"), habit == kinds.index("lower")
    drawn = {
        "case": np.where(upper, 1, np.where(lower, 2, 0)).astype(np.int8),
        "accents": (habit == kinds.index("plain")).astype(np.int8),
        "order": (habit == kinds.index("last first")).astype(np.int8),
        "only_name": np.zeros(size, dtype=bool),
        "no_company": np.zeros(size, dtype=bool),
        "shows_contact": chance(rng, 0.05, size),
    } | {f"fake_{name}": chance(rng, share, size) for name, share in PLACEHOLDERS.items()}
    return {name: pl.Series(value) for name, value in drawn.items()}


def written(rng: np.random.Generator, locale: str, parts: pl.DataFrame) -> pl.DataFrame:
    """Write records down; accents and capitals last."""
    frame = parts.with_columns(
        phone=_phones(locale, parts),
        company_text=pl.concat_str("body", "form", separator=" ").str.strip_chars(),
        first=pl.concat_str("given", "middle", separator=" ", ignore_nulls=True),
        last=pl.concat_str("family", "family2", "suffix", separator=" ", ignore_nulls=True),
        address=_street(locale),
    )
    frame = frame.select("entity", "case", "accents", *_named(), *_reached(), *_placed())
    frame = _filled(rng, frame, parts)
    return _in_hand(frame).select("entity", *COLUMNS)


def _phones(locale: str, parts: pl.DataFrame) -> pl.Series:
    chosen = parts.select(
        area=pl.when("by_mobile").then("m_area").otherwise("area"),
        line=pl.when("by_mobile").then("m_line").otherwise("line"),
    )
    return contact.written(
        locale, chosen["area"], chosen["line"], parts["spelling"].to_numpy()
    )


def _street(locale: str) -> pl.Expr:
    if locale in ("en_US", "en_GB", "fr_FR"):
        line = pl.concat_str("number", "street", separator=" ")
    else:
        glue = ", " if locale in ("it_IT", "pt_BR", "es_ES") else " "
        line = pl.concat_str("street", "number", separator=glue)
    if locale == "en_GB":
        return pl.concat_str("unit", line, separator=", ", ignore_nulls=True)
    glue = {"en_US": " ", "pt_BR": " - "}.get(locale, ", ")
    return pl.concat_str(line, "unit", separator=glue, ignore_nulls=True)


def _named() -> list[pl.Expr]:
    """Fill name, company, given and family name."""
    order, firm = pl.col("order"), pl.col("firm") & ~pl.col("no_company")
    person = (
        pl.when(order == 1).then(pl.concat_str("last", "first", separator=", "))
        .when(order == 2).then(pl.concat_str("last", "first", separator=" "))
        .otherwise(pl.concat_str("first", "last", separator=" "))
    )  # fmt: skip
    shows = ~firm | (pl.col("shows_contact") & pl.col("contact"))
    split = (pl.col("contact") & ~pl.col("only_name")) | (
        ~pl.col("firm") & ~pl.col("no_split")
    )
    swapped = order == 2
    given = pl.when(swapped).then("last").otherwise("first")
    family = pl.when(swapped).then("first").otherwise("last")
    return [
        pl.when(shows & ~pl.col("only_name"))
        .then(person)
        .otherwise("company_text")
        .alias("name"),
        pl.when(firm & ~pl.col("only_name")).then("company_text").alias("company"),
        pl.when(split).then(given).alias("given_name"),
        pl.when(split).then(family).alias("family_name"),
    ]


def _reached() -> list[pl.Expr]:
    mail = pl.concat_str("local", pl.lit("@"), "domain")
    return [
        pl.when(~pl.col("no_email")).then(mail).alias("email"),
        pl.when(~pl.col("no_phone")).then("phone").alias("phone"),
        pl.when(~pl.col("no_tax")).then("tax_id").alias("tax_id"),
    ]


def _placed() -> list[pl.Expr]:
    there = ~pl.col("no_city")
    return [
        pl.when(~pl.col("no_street")).then("address").alias("street"),
        pl.when(there).then("postcode").alias("postcode"),
        pl.when(there).then("city").alias("city"),
        pl.when(~pl.col("no_country")).then("country").alias("country"),
    ]


def _filled(
    rng: np.random.Generator, frame: pl.DataFrame, parts: pl.DataFrame
) -> pl.DataFrame:
    """Put fillers where a clerk had no value."""
    return frame.with_columns(
        pl.when(pl.lit(parts[f"fake_{name}"]))
        .then(pl.lit(any_of(rng, words.split(","), frame.height)))
        .otherwise(name)
        .alias(name)
        for name, words in FILLERS.items()
    )


def _in_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """Leave out accents, transcribe them, write in capitals or without any."""
    bare, spelt = pl.col("accents") == 1, pl.col("accents") == 2
    frame = frame.with_columns(
        pl.when(bare).then(contact.plain(pl.col(name)))
        .when(spelt).then(contact.transcribed(pl.col(name)))
        .otherwise(name).alias(name)
        for name in NAMING
    )  # fmt: skip
    return frame.with_columns(
        pl.when(pl.col("case") == 1).then(pl.col(name).str.to_uppercase())
        .when(pl.col("case") == 2).then(pl.col(name).str.to_lowercase())
        .otherwise(name).alias(name)
        for name in NAMING
    )  # fmt: skip
