"""Give every value its clean form, and say which values have none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import polars as pl

from custclean import folding
from custclean.frames import to_polars
from custclean.model import SEVERAL, Issue
from custclean.text import (
    company,
    country,
    ean,
    email,
    person,
    phone,
    postcode,
    street,
    tax_id,
    website,
)
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Cleaner = Callable[[str, str | None], str | None]

__all__ = ["Standardised", "standardise"]


@dataclass(frozen=True, slots=True)
class Standardised:
    """A table whose values are clean, null where a value has no clean form.

    `issues` names each value that was lost so, in the order of the rows.
    """

    table: pl.DataFrame
    issues: tuple[Issue, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Give how many values of each field have no clean form."""
        return dict(sorted(Counter(issue.field for issue in self.issues).items()))

    def __repr__(self) -> str:
        found = ", ".join(f"{n} {field}" for field, n in self.counts.items())
        return f"<Standardised: {self.table.height} records; no clean form: {found or 'none'}>"

    def _repr_html_(self) -> str:
        from custclean import html  # noqa: PLC0415  # only notebooks ask for it

        size = trn("{n} record", "{n} records", self.table.height)
        without = trn(
            "{n} value without a clean form",
            "{n} values without a clean form",
            len(self.issues),
        )
        title = tr("Standardised: {size}, {without}", size=size, without=without)
        schema = dict.fromkeys(("record_id", "field", "value", "message"), pl.String)
        rows = [(i.record_id, i.field, i.value, i.message) for i in self.issues]
        return html.table(pl.DataFrame(rows, schema=schema, orient="row"), title=title)


def _anywhere(clean: Callable[[str], str | None]) -> Cleaner:
    """Make a cleaner of one that needs no country."""
    return lambda value, _land: clean(value)


def _text(value: str) -> str | None:
    return folding.tidy(value) or None


_TEXT = _anywhere(_text)
_PERSON = _anywhere(person.clean)
_COMPANY = _anywhere(company.clean)
CLEANERS: Mapping[str, Cleaner] = {
    "display_name": _COMPANY,  # a person's too: its order and capitals are not ours to change
    "company": _COMPANY,
    "parent": _COMPANY,
    "given_name": _PERSON,
    "middle_name": _PERSON,
    "family_name": _PERSON,
    "title": _TEXT,
    "suffix": _TEXT,
    "email": _anywhere(email.clean),
    "phone": phone.clean,
    "mobile": phone.clean,
    "fax": phone.clean,
    "website": _anywhere(website.clean),
    "street": _anywhere(street.clean),
    "city": _TEXT,
    "region": _TEXT,
    "postcode": postcode.clean,
    "country": _anywhere(country.clean),
    "tax_id": tax_id.clean,
    "ean": _anywhere(ean.clean),
    "customer_type": _TEXT,
    "lead_accountant": _TEXT,
    "subscription": _TEXT,
    "currency": _TEXT,
    "terms": _TEXT,
    "customer_group": _TEXT,
    "vat_zone": _TEXT,
    "categories": _TEXT,
}
_PHONES = frozenset(["phone", "mobile", "fax"])
_LISTS = _PHONES | {"email"}  # one cell may hold several
_BY_COUNTRY = _PHONES | {"postcode", "tax_id"}


def _message(field: str, land: str | None) -> str:
    if field in _PHONES and land is None:
        return tr("no telephone number; without a + it needs the country")
    messages = {
        **dict.fromkeys(_PHONES, tr("no telephone number of {country}", country=land)),
        "email": tr("no e-mail address"),
        "postcode": tr("no postcode of {country}", country=land),
        "tax_id": tr(
            "no tax number of {country}: check digit or length is wrong", country=land
        )
        if land
        else tr("no tax number"),
        "country": tr("no country that is known here"),
        "website": tr("no web address"),
        "ean": tr("no EAN number: its check digit or length is wrong"),
    }
    return messages.get(field, tr("nothing in it to read"))


def _parts(field: str, raw: str) -> list[str]:
    return [part for part in raw.split(SEVERAL) if part.strip()] if field in _LISTS else [raw]


@lru_cache(maxsize=200_000)  # the next download holds nearly the same values
def _cleaned(field: str, raw: str, land: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Give the clean value and the parts of the raw one that have no clean form."""
    clean = CLEANERS[field]
    found = [(part, clean(part, land)) for part in _parts(field, raw)]
    good = dict.fromkeys(value for _, value in found if value is not None)
    bad = tuple(part for part, value in found if value is None and folding.tidy(part))
    return SEVERAL.join(good) or None, bad


def _column(
    field: str, table: pl.DataFrame, lands: list[str | None]
) -> tuple[pl.Series, Iterator[tuple[int, str, str]]]:
    """Clean one column, each different value once; (row, value, message) where it failed."""
    raws = table[field].cast(pl.String).to_list()
    places: list[str | None] = lands if field in _BY_COUNTRY else [None] * len(raws)
    given = list(zip(raws, places, strict=True))
    known = {
        (raw, land): _cleaned(field, raw, land)
        for raw, land in dict.fromkeys(given)
        if raw is not None
    }
    values = [known[raw, land][0] if raw is not None else None for raw, land in given]
    failed = (
        (row, part, _message(field, land))
        for row, (raw, land) in enumerate(given)
        if raw is not None
        for part in known[raw, land][1]
    )
    return pl.Series(field, values, dtype=pl.String), failed


def _lands(table: pl.DataFrame, region: str | None) -> list[str | None]:
    """Give each row's country as two letters: its own, else the region."""
    home = region.upper() if region else None
    if "country" not in table.columns:
        return [home] * table.height
    raws = table["country"].cast(pl.String).to_list()
    known = {raw: country.clean(raw) for raw in dict.fromkeys(raws) if raw is not None}
    return [(known[raw] if raw is not None else None) or home for raw in raws]


def standardise(table: object, *, region: str | None = None) -> Standardised:
    """Clean every value of the canonical fields; columns and rows stay as they are.

    `table` is a frame, an export or a stage's result. A row's own country decides how its
    telephone and tax numbers and postcodes are read, else `region` (two letters). Nothing
    is dropped silently: a value without a clean form is null and has an `Issue`.
    """
    frame = to_polars(table)
    clean = partial(_column, table=frame, lands=_lands(frame, region))
    columns = {field: clean(field) for field in CLEANERS if field in frame.columns}
    ids = _ids(frame)
    issues = [
        (row, Issue(ids[row], field, value, message))
        for field, (_, failed) in columns.items()
        for row, value, message in failed
    ]
    issues.sort(key=lambda each: each[0])  # stable: the fields of a row keep their order
    cleaned = frame.with_columns(series for series, _ in columns.values())
    return Standardised(cleaned, tuple(issue for _, issue in issues))


def _ids(frame: pl.DataFrame) -> list[str]:
    if "record_id" in frame.columns:
        return [str(each) for each in frame["record_id"].to_list()]
    return [str(row) for row in range(frame.height)]
