"""What the values of a column look like: e-mails, phones, streets ... by a sample of them.

A look is the share of values that could be of the field. It is evidence for a proposal that
a person sees, no more; where a shape is shared (a postcode, a number of one's own) the share
is scaled down, so that it needs a heading beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from custclean.systems._fields import base_of
from custclean.text import country, ean, tax_id
from custclean.text.company import is_firm
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["DOUBTED", "could_hold", "looks", "said", "sample_of"]

SAMPLE = 200  # values of a column that are looked at
LONGEST = 200  # letters of a value that are looked at
FEWEST = 2  # values; of fewer nothing is said
DOUBTED = 0.2  # share of values below which a column is not what it is said to be
EMAIL = re.compile(r"(?:mailto:)?[^\s@;,<>]+@[\w-]+(?:\.[\w-]+)+")
WEBSITE = re.compile(
    r"(?i)(?:https?://|www\.)\S+\.\S+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|it|dk|de|fr|es|br|pt|eu|io|example)(?:/\S*)?"
)
PHONE = re.compile(
    r"(?:[A-Za-z. ]{2,12}: ?)?\+?[\d ()./\-–]{6,24}(?: ?(?:x|ext\.?) ?\d{1,5})?"
)
DATE = re.compile(
    r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    r"|\d{1,2}[-./ ](?:\d{1,2}|[^\W\d_]{3,9})[-./ ]\d{2,4})(?:[T ]\d{1,2}[:.].*)?"
)
POSTCODE = re.compile(
    r"(?:[A-Z]{1,2}-)?(?:\d{4,5}|\d{5}-\d{3,4}|\d{4}-\d{3}|\d{3} ?\d{2})"
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d"
)
STREET = re.compile(
    r"\d+\w?,? [^\W\d_]{2}.*|[^\W\d_]{2}[^@]*,? \d+\w{0,3}(?:[ ,/-].*)?", re.DOTALL
)
WORDS = re.compile(r"[^\W\d_][^\d@_]{0,60}")
PERSON = re.compile(r"(?:[^\W\d_][\w'’.-]*,? ){1,4}[^\W\d_][\w'’.-]*")
AMOUNT = re.compile(
    r"(?:[A-Z]{3}|[$€£]|kr\.?|R\$)? ?[-(]?\d{1,3}(?:[., ]?\d{3})*[.,]\d{2}\)?-?"
    r" ?(?:[A-Z]{3}|[$€£]|kr\.?)?"
)
CURRENCIES = frozenset(
    "USD EUR GBP DKK SEK NOK CHF BRL CAD AUD NZD MXN ARS CLP PLN CZK HUF JPY INR".split()
)
# countries whose numbers have check digits: others take any number of the right length
CHECKED = ("DK", "IT", "ES", "FR", "BR", "PT")
SEPARATORS = re.compile(r"\s*[;,\n]\s*|\s+:::\s+")


def sample_of(column: pl.Series, size: int = SAMPLE) -> list[str]:
    """Give some values of a column from all over it, none empty."""
    filled = column.drop_nulls()
    step = max(1, len(filled) // size)
    values = filled.gather_every(step).head(size).to_list()
    return [value for value in values if value.strip()]


def could_hold(frame: pl.DataFrame, columns: Mapping[str, str]) -> bool:
    """Say whether no column holds what its field never does; `columns`: name -> field.

    Where there are no headings it is all that tells a list from another of as many columns.
    """
    return all(
        _could_be(sample_of(frame[name]), HOLDS.get(base_of(field)))
        for name, field in columns.items()
        if name in frame.columns
    )


def _could_be(values: Sequence[str], test: Callable[[str], bool] | None) -> bool:
    return not values or test is None or _share(values, test) >= DOUBTED


def looks(samples: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Give for each column and field the share of values that look like the field.

    `samples` are some values of each column, none of them empty.
    """
    short = {name: [v.strip()[:LONGEST] for v in values] for name, values in samples.items()}
    told = {name: values for name, values in short.items() if len(values) >= FEWEST}
    words = _by_words(told)
    found = {name: _looks(values) | words[name] for name, values in told.items()}
    for look in found.values():
        if min(look["company"], look["display_name"]) > 0:
            look["display_name"] = max(look["display_name"], look["company"])
    return {
        name: {field: share for field, share in found.get(name, {}).items() if share > 0}
        for name in samples
    }


def _looks(values: Sequence[str]) -> dict[str, float]:
    found = {name: _share(values, test) for name, test in TESTS.items()}
    found["phone"] *= _written_as_phone(values)
    found["tax_id"] = _tax_ids(values)
    return found


def _by_words(columns: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Find firms and countries by their words, all columns at once: each look is dear."""
    rows = [(name, value) for name, values in columns.items() for value in values]
    frame = pl.DataFrame(rows, schema={"name": pl.String, "value": pl.String}, orient="row")
    codes = country.key(pl.col("value")).str.contains("^[A-Z]{2}$").fill_null(value=False)
    looked = frame.with_columns(company=is_firm(pl.col("value")), country=codes)
    means = looked.group_by("name").agg(pl.col("company", "country").mean())
    return {
        name: {"company": company or 0.0, "country": land or 0.0}
        for name, company, land in means.iter_rows()
    }


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values)


def _whole(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


def _emails(value: str) -> bool:
    return "@" in value and all(EMAIL.fullmatch(each) for each in SEPARATORS.split(value))


def _phone(value: str) -> bool:
    """Tell a number to dial, or several, from a date."""
    each = [part for part in SEPARATORS.split(value) if part]
    return bool(each) and all(
        PHONE.fullmatch(part) and 6 <= sum(c.isdigit() for c in part) <= 15 for part in each
    ) and not DATE.fullmatch(value)  # fmt: skip


def _written_as_phone(values: Sequence[str]) -> float:
    """Bare digits are phones in Denmark, and numbers of one's own everywhere."""
    marked = sum(not value.isdigit() or value.startswith("0") for value in values)
    return 1.0 if 2 * marked >= len(values) else 0.5


def _ean(value: str) -> bool:
    return len(value) >= 8 and value.isdigit() and ean.clean(value) is not None


def _currency(value: str) -> bool:
    return value in CURRENCIES


def _long(value: str) -> bool:
    return len(value) > 60 and value.count(" ") > 5


def _tax_ids(values: Sequence[str]) -> float:
    """Check digits: of the country whose rule holds for most."""
    shaped = [v for v in values if 8 <= sum(c.isdigit() for c in v) <= 15 and len(v) <= 22]
    if 2 * len(shaped) < len(values):
        return 0.0
    return max(
        sum(tax_id.clean(value, land) is not None for value in shaped) / len(values)
        for land in CHECKED
    )


def _to_dial(value: str) -> bool:
    return "@" not in value and sum(map(str.isdigit, value)) >= 5


def _worded(value: str) -> bool:
    return "@" not in value and any(map(str.isalpha, value))


def _with_digit(value: str) -> bool:
    return "@" not in value and any(map(str.isdigit, value))


HOLDS: Mapping[str, Callable[[str], bool]] = {
    "email": lambda value: "@" in value,
    "website": lambda value: "." in value and "@" not in value,
    "postcode": _with_digit,
    **dict.fromkeys(("phone", "mobile", "fax"), _to_dial),
    **dict.fromkeys(
        ("display_name", "company", "given_name", "family_name", "street", "city"), _worded
    ),
}
TESTS: Mapping[str, Callable[[str], bool]] = {
    "email": _emails,
    "website": _whole(WEBSITE),
    "phone": _phone,
    "date": _whole(DATE),
    "postcode": _whole(POSTCODE),
    "currency": _currency,
    "ean": _ean,
    "street": _whole(STREET),
    "amount": _whole(AMOUNT),
    "display_name": _whole(PERSON),
    "city": _whole(WORDS),
    "notes": _long,
}


def said(field: str, share: float) -> str:
    """Say a look in words."""
    percent = round(100 * share)
    words = {
        "email": tr("{percent} % look like e-mail addresses", percent=percent),
        "website": tr("{percent} % look like websites", percent=percent),
        "phone": tr("{percent} % look like phone numbers", percent=percent),
        "date": tr("{percent} % look like dates", percent=percent),
        "postcode": tr("{percent} % look like postcodes", percent=percent),
        "country": tr("{percent} % are names or codes of countries", percent=percent),
        "currency": tr("{percent} % are codes of currencies", percent=percent),
        "ean": tr("{percent} % are EAN numbers", percent=percent),
        "street": tr("{percent} % look like streets with a number", percent=percent),
        "amount": tr("{percent} % look like amounts", percent=percent),
        "tax_id": tr("{percent} % have the check digits of tax numbers", percent=percent),
        "company": tr("{percent} % look like names of firms", percent=percent),
        "display_name": tr("{percent} % look like names", percent=percent),
        "city": tr("{percent} % are words without digits", percent=percent),
        "notes": tr("{percent} % are long texts", percent=percent),
    }
    return words.get(field, "")
