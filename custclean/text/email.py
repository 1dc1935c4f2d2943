"""E-mail addresses.

>>> clean(" Ann+Shop@Example.COM")
'ann+shop@example.com'
>>> clean("bob at example.com") is None
True
"""

from __future__ import annotations

import re

import polars as pl
from email_validator import validate_email

from custclean.folding import settle, tidy

__all__ = ["clean", "key"]

_ADDRESS = re.compile(r"[^\s<>;,\"()]+@[^\s<>;,\"()]+")
_DOTLESS = r"^([^@]+)@(?:gmail|googlemail)\.com$"  # there, dots in the name mean nothing
_STRAY = ".'`"
# addresses that need no second look: email-validator takes 0.2 ms for each
_PLAIN = re.compile(
    r"(?!.{255})[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)


def _settled(value: str) -> str:
    found = _ADDRESS.search(tidy(value))
    if found is None:
        return ""
    bare = re.sub(r"^mailto:", "", found.group(), flags=re.IGNORECASE).strip(_STRAY)
    if _PLAIN.fullmatch(bare.lower()) and "--" not in bare:
        return bare.lower()
    try:
        # not `globally_deliverable`: what is reserved here may be real on a firm's own network
        valid = validate_email(
            bare, check_deliverability=False, globally_deliverable=False, strict=False
        )
    except ValueError:
        return ""
    return valid.normalized.lower() if "." in valid.domain else ""


def clean(value: str) -> str | None:
    """Give the one address of a cell in lower case; None where there is none."""
    return settle(_settled, value) or None


def key(expr: pl.Expr) -> pl.Expr:
    """Give what two spellings of one mailbox share: the first address, without its tag."""
    lower = expr.str.to_lowercase().str.replace_all(r"[\x{200b}\x{feff}]", "")
    first = lower.str.extract(
        r"(?:mailto:)?([^\s<>;,\"'():]+@[^\s<>;,\"'()@]*[^\s<>;,\"'()@.])"
    )
    bare = first.str.replace(r"\+[^@]*@", "@").str.extract(r"^([^@].*)$")
    google = bare.str.extract(_DOTLESS).str.replace_all(".", "", literal=True)
    return pl.coalesce(pl.concat_str(google, pl.lit("@gmail.com")), bare)
