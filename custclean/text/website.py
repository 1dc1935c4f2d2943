"""Web addresses.

>>> clean(" HTTPS://WWW.Example.com/ ")
'https://www.example.com'
"""

from __future__ import annotations

import re

import polars as pl

from custclean.folding import settle, tidy

__all__ = ["clean", "key"]

_PARTS = re.compile(
    r"^(?:(https?):/{1,3})?([^\s/?#@:]+\.[^\s/?#@:]{2,})(:\d+)?([/?#]\S*)?$", re.IGNORECASE
)
_HOST = re.compile(r"^(?!-)[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]+$")
# on these the path is who it is
_SHARED = (
    "facebook|instagram|linkedin|twitter|x|youtube|tiktok|wordpress|blogspot|wixsite|etsy"
)


def _step(value: str) -> str:
    found = _PARTS.match(tidy(value))
    if found is None:
        return ""
    scheme, host, port, path = found.groups()
    host = host.lower().rstrip(".")
    if not _HOST.match(host):
        return ""
    front = f"{scheme.lower()}://" if scheme else ""
    return f"{front}{host}{port or ''}{(path or '').rstrip('/')}"


def clean(value: str) -> str | None:
    """Give the address with its host in lower case; no scheme is made up."""
    return settle(_step, value) or None


def key(expr: pl.Expr) -> pl.Expr:
    """Give the host without `www.`; on a site of many owners with the owner's path."""
    lower = expr.str.to_lowercase().str.strip_chars().str.replace(r"^https?:/*", "")
    bare = lower.str.replace(r"^(?:www\d?|m)\.", "")
    host = bare.str.extract(r"^([^\s/?#@:]+\.[^\s/?#@:]*[^\s/?#@:.])")
    own = bare.str.extract(rf"^((?:{_SHARED})\.com/(?:(?:in|company|pages)/)?[^/?#\s]+)")
    shared = pl.when(~host.str.contains(rf"^(?:{_SHARED})\.com$")).then(host)
    return pl.coalesce(own, shared)
