"""Tax and VAT numbers.

>>> clean("CVR-nr. 12 34 56 74", "DK"), clean("12 34 56 78", "DK") is None
('12345674', True)
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from custclean.folding import settle, tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

__all__ = ["clean", "key"]

# country: modules of python-stdnum that may know its numbers, firms' first
_MODULES: dict[str, str] = {
    "AT": "at.uid", "BE": "be.vat", "BR": "br.cnpj br.cpf", "CH": "ch.vat ch.uid",
    "DE": "de.vat de.stnr de.idnr", "DK": "dk.cvr dk.cpr", "ES": "es.nif", "FI": "fi.alv",
    "FR": "fr.tva fr.siren fr.siret", "GB": "gb.vat gb.utr", "IE": "ie.vat",
    "IT": "it.iva it.codicefiscale", "NL": "nl.btw nl.bsn", "NO": "no.mva no.orgnr",
    "PT": "pt.nif", "SE": "se.vat se.orgnr", "US": "us.ein us.ssn us.itin us.atin us.ptin",
}  # fmt: skip
_LABEL = (
    r"^(?:CVR|SE|VAT|TVA|P\.? ?IVA|PARTITA IVA|C\.?F|CF|COD(?:ICE)? FISC(?:ALE)?|CNPJ|CPF|NIF"
    r"|CIF|NIPC|SIREN|SIRET|UST-?ID(?:NR)?|UST-?IDNR|ST(?:EUER)?-?NR|EIN|TIN|SSN|TAX ID)"
    r"(?:[-. ]?(?:NR|NO|NUMBER|REG))?[.:# -]+"
)
_LABEL_RE = re.compile(_LABEL)
_SIGNS = re.compile(r"[\s./\-–_:,]+")
_NUMBER = re.compile(r"^[A-Z0-9&+*]{5,20}$")
_PREFIXES = "|".join([*_MODULES, "CHE", "EL"])


@cache
def _validator(name: str) -> Callable[[str], str]:
    validate: Callable[[str], str] = import_module(f"stdnum.{name}").validate
    return validate


def _valid(number: str, country: str) -> bool:
    for name in _MODULES[country].split():
        try:
            _validator(name)(number)
        except ValueError:  # every refusal of python-stdnum is one
            continue
        return True
    return False


def _bare(value: str) -> str:
    return _SIGNS.sub("", _LABEL_RE.sub("", tidy(value).upper()))


def clean(value: str, country: str | None = None) -> str | None:
    """Give the number without blanks and signs; None where its country's rule refuses it.

    A number's own prefix ("IT...") stays and beats `country`. A country without a rule
    here takes what looks like a number.
    """
    text = settle(_bare, value)
    if not text.isascii() or not _NUMBER.match(text) or not any(c.isdigit() for c in text):
        return None
    land = (country or "").upper()
    if text[:2] in _MODULES and _valid(text, text[:2]):
        return text
    if land in _MODULES:
        return text if _valid(text, land) else None
    return text


def key(expr: pl.Expr) -> pl.Expr:
    """Give the number without label, country and signs; a French VAT number its SIREN."""
    upper = expr.str.to_uppercase().str.strip_chars().str.replace(_LABEL, "")
    bare = upper.str.replace_all(r"[^A-Z0-9]+", "")
    bare = bare.str.replace(r"^FR[A-Z0-9]{2}(\d{9})$", "$1")
    bare = bare.str.replace(rf"^(?:{_PREFIXES})([A-Z]?\d[A-Z0-9]{{4,}})$", "$1")
    bare = bare.str.replace(r"(\d)(?:MVA|MWST|TVA|IVA)$", "$1")
    real = bare.str.replace(r"^(?:0+|1+|9+|123456789?0?)$", "")  # typed to get past a form
    return real.str.extract(r"^([A-Z0-9]{5,})$").str.extract(r"^([A-Z]*\d.*)$")
