"""How somebody is reached: e-mail addresses and telephone numbers.

Most are written plainly and are read from their bytes; the others go through the rules of
`custclean.text`, which give the same for the plain ones.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link.hashing import Hashes, Rows, mix, mixed, numbered
from custclean.stages.link.lines import Lines
from custclean.stages.link.normal.hashed import Hashed, Spelt
from custclean.stages.link.spread import parts, spread
from custclean.stages.link.words import Words
from custclean.text import email, phone

if TYPE_CHECKING:
    from custclean.stages.link.vocabulary import Bools

__all__ = ["add_email", "add_phone"]

_AT_ONCE = 50_000  # values read at once: their bytes stay in the processor's cache
_DIGITS = 18  # as many as one integer holds
# mailboxes of a task, not of a person, as they are called in seven languages
_ROLES = (
    "info mail post office admin kontakt contact contacto contactos contatti contato hello hej"
    " sales salg service support billing account accounts noreply team direction comercial"
    " test webmaster reception"
).split()
_GOOGLE = ("gmail.com", "googlemail.com")


def _table(kept: str, *, lower: bool = False) -> bytes:
    """Map the bytes that may stand in a plain value to themselves, all others to "!"."""
    result = bytearray(b"!" * 256)
    for code in kept.encode() + b"\n":
        result[code] = code
    if lower:
        for code in range(65, 91):
            result[code] = code + 32
    return bytes(result)


_SAME = bytes(range(256))
_MAIL = _table("abcdefghijklmnopqrstuvwxyz0123456789._-@", lower=True)
_NUMBER = _table("0123456789+")


def _marked(rows: Rows, size: int) -> Bools:
    result = np.zeros(size, dtype=bool)
    result[rows] = True
    return result


@cache
def _roles() -> Hashes:
    lines = Lines.of(pl.Series(_ROLES))
    return np.sort(lines.hash(lines.starts, lines.stops))


@cache
def _google() -> Hashes:
    lines = Lines.of(pl.Series(_GOOGLE))
    return lines.hash(lines.starts, lines.stops)


def add_email(columns: Hashed, number: int, values: pl.Series) -> None:
    """Add an address; of the first one also its parts."""
    if values.is_empty():
        return
    found = spread(lambda part: _mails(values[part]), parts(len(values), _AT_ONCE))
    name = f"email_{number}"
    for part in ("email", "local", "domain", "email1") if number == 0 else ("email",):
        hashes = np.concatenate([each[0][part] for each in found])
        columns.add(name if part == "email" else part, hashes)
    if number == 0:
        columns.add("domain_name", _called(found))
    columns.spelt[name] = Spelt(values, key=_keys)


def _keys(values: pl.Series) -> pl.Series:
    lower = values.str.to_lowercase()
    odd = (~lower.str.contains(r"^[a-z0-9._-]+@[a-z0-9.-]*[a-z0-9]$")).arg_true()
    if odd.is_empty():
        return lower
    keys = values.gather(odd).alias("v").to_frame().select(email.key(pl.col("v")))["v"]
    return lower.scatter(odd, keys)


def _called(found: list[tuple[dict[str, Hashes], tuple[Rows, list[str]]]]) -> Hashes:
    """Hash what a domain is called as the letters of a firm's name are hashed."""
    domains = np.concatenate([each["domain"] for each, _ in found])
    distinct, _ = numbered(domains)
    texts = np.full(int(distinct.max(initial=-1)) + 1, "", dtype=object)
    first = 0
    for each, (rows, names) in found:
        texts[distinct[rows + first]] = names
        first += len(each["domain"])
    called = (
        pl.Series(texts, dtype=pl.String)
        .str.extract(r"^([^.]{5,})\.")
        .str.replace_all("-", "", literal=True)
    )
    return Words.of(called).joined()[distinct]


def _mails(values: pl.Series) -> tuple[dict[str, Hashes], tuple[Rows, list[str]]]:
    """Read addresses; also gives the distinct domains and a row of each."""
    lines = Lines.of(values).mapped(_MAIL)
    signs = np.bincount(lines.line(lines.where("@")), minlength=len(values))
    odd = (signs != 1) & (lines.sizes > 0)
    odd[lines.line(lines.where("!"))] = True
    odd |= np.isin(lines.data[lines.stops - 1], [45, 46]) & (lines.sizes > 0)
    parts, domains = _mail_parts(lines)
    rows = np.flatnonzero(odd)
    if len(rows):
        keys = values.gather(rows).alias("v").to_frame().select(email.key(pl.col("v")))["v"]
        others, more = _mail_parts(Lines.of(keys))
        for name, hashes in others.items():
            parts[name][rows] = hashes
        domains = np.append(domains[0], rows[more[0]]), domains[1] + more[1]
    return parts, domains


def _mail_parts(lines: Lines) -> tuple[dict[str, Hashes], tuple[Rows, list[str]]]:
    cut, domain, local = _at(lines)
    google = np.isin(domain, _google())
    if google.any():  # there, dots in the name mean nothing
        local = np.where(google, _at(lines.mapped(_SAME, b"."))[2], local)
        domain = np.where(google, _google()[0], domain)
    named = _at(lines.mapped(_SAME, b"._-"), 5)[2]
    first = lines.data[lines.starts] * (lines.sizes > 0)
    rows = numbered(domain)[1]
    starts = np.where(cut[rows] >= 0, cut[rows] + 1, lines.stops[rows])
    names = lines.texts(starts, lines.stops[rows])
    # Google's two domains are one, whichever of them was seen
    names = [_GOOGLE[0] if name in _GOOGLE else name for name in names]
    return {
        "email": mixed(local, domain),
        "local": np.where(np.isin(local, _roles()), np.uint64(0), named),
        "domain": domain,
        "email1": first,
    }, (rows, names)


def _at(lines: Lines, least: int = 1) -> tuple[Rows, Hashes, Hashes]:
    """Find the "@" of each address, and hash what is behind and what is before it."""
    at = lines.where("@")
    cut = np.full(len(lines.stops), -1, dtype=np.int64)
    cut[lines.line(at)] = at
    there = cut >= 0
    domain = lines.hash(np.where(there, cut + 1, 0), np.where(there, lines.stops, 0))
    long = there & (cut - lines.starts >= least)
    local = lines.hash(lines.starts, np.where(long, cut, lines.starts))
    return cut, domain, local


# the length of each calling code of E.164, by the first three digits of a number
_CALLING = np.full(1000, 3)
for _first in range(1000):
    _text = f"{_first:03d}"
    if _text[0] in "17":
        _CALLING[_first] = 1
    elif _text[:2] in (
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61"
        " 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split()
    ):
        _CALLING[_first] = 2


def add_phone(columns: Hashed, number: int, values: pl.Series) -> None:
    """Add a number: its national digits, as one integer."""
    cut = parts(len(values), _AT_ONCE)
    found = np.concatenate(
        [np.zeros(0, np.int64), *spread(lambda part: _phones(values[part]), cut)]
    )
    name = f"phone_{number}"
    columns.add(name, _as_hash(found))
    if number == 0:
        columns.add("phone_line", _as_hash(found // 10))
        columns.add("phone_head", _as_hash(found // 10**4))
        columns.add("phone_tail", _as_hash(found % 10**4 * (found > 0)))
    columns.spelt[name] = Spelt(pl.Series(found), key=lambda some: some.cast(pl.String))


def _as_hash(numbers: Rows) -> Hashes:
    hashes = mix(numbers.astype(np.uint64)) | np.uint64(1)
    hashes[numbers == 0] = 0
    return hashes


def _phones(values: pl.Series) -> Rows:
    """Give national digits as an integer; 0 for what is no number."""
    lines = Lines.of(values).mapped(_NUMBER, b" ()-./\t")
    plus = lines.data[lines.starts] == ord("+")
    odd = _marked(lines.line(lines.where("!")), len(values))
    signs = lines.where("+")
    odd[lines.line(signs[(signs > 0) & (lines.data[signs - 1] != 10)])] = True
    starts = lines.starts + plus
    size = lines.stops - starts
    number = np.zeros(len(values), dtype=np.int64)
    lead = np.zeros(len(values), dtype=np.int64)  # zeros in front
    for place in range(int(min(size.max(initial=0), _DIGITS + 2))):
        there = size > place
        digit = lines.data[starts + place * there].astype(np.int64) - 48
        number = np.where(there, number * 10 + digit, number)
        lead += there & (number == 0)
    abroad = plus | (lead == 2)
    national = _national(number, size - lead, abroad, lead > 0)
    national[odd | (size - lead > _DIGITS) | (size > _DIGITS + 2)] = 0
    if odd.any():
        rows = np.flatnonzero(odd)
        keys = values.gather(rows).alias("v").to_frame().select(phone.key(pl.col("v")))["v"]
        digits = keys.str.head(_DIGITS).cast(pl.Int64, strict=False)
        national[rows] = digits.fill_null(0).to_numpy()
    return national


def _national(number: Rows, size: Rows, abroad: Bools, trunk: Bools) -> Rows:
    """Take the code of the country away; a number that begins with 0 at home has none."""
    ten = 10 ** np.arange(19, dtype=np.int64)
    first = number // ten[np.clip(size - 3, 0, 18)]
    cut = np.where(abroad & (size > 6), _CALLING[np.clip(first, 0, 999)], 0)
    # without a plus only what is too long for any number at home
    home = ~abroad & ~trunk
    long = home & np.isin(first // 10, [39, 44, 49, 55]) & ((size == 12) | (size == 13))
    american = (
        home & (size == 11) & (first // 100 == 1) & (first % 100 >= 20) & (first % 10 < 9)
    )
    cut = np.where(long, 2, np.where(american, 1, cut))
    number = number % ten[np.clip(size - cut, 0, 18)]
    return np.where((number < 10**5) | _typed(number), 0, number)


_IN_A_ROW = [int(row[:size]) for row in ("1234567890", "9876543210") for size in range(7, 11)]


def _typed(number: Rows) -> Bools:
    """Tell placeholders: one digit over and over, or all in a row."""
    size = np.searchsorted(10 ** np.arange(1, 19, dtype=np.int64), number, side="right") + 1
    ones = (10 ** np.minimum(size, 18) - 1) // 9
    result: Bools = number % ones == 0
    return result | np.isin(number, _IN_A_ROW)
