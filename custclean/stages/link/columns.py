"""Which column holds what: told by the caller, known from its name, or seen in its values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.folding import fold
from custclean.model import FIELDS
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "kinds_of"]

KINDS = tuple(
    "name given_name family_name company email phone website address street city region"
    " postcode country tax_id date number text category exact ignore".split()
)

# the canonical field -> its kind; a canonical field that is not here is bookkeeping
_CANONICAL: Mapping[str, str] = {
    "display_name": "name",
    "company": "company",
    "given_name": "given_name",
    "family_name": "family_name",
    "email": "email",
    "phone": "phone",
    "mobile": "phone",
    "fax": "phone",
    "website": "website",
    "street": "street",
    "city": "city",
    "region": "region",
    "postcode": "postcode",
    "country": "country",
    "tax_id": "tax_id",
    "ean": "exact",
}
_BOOKKEEPING = frozenset(FIELDS["customers"]) - set(_CANONICAL)

# words of a heading, folded, in seven languages; the first kind that fits wins
_HEADINGS: tuple[tuple[str, str], ...] = (
    ("ignore", r"^(rec|record|row|line|entity|cluster|client|kunden?|customer)? ?(id|no|nr)$"),
    ("tax_id", (r"\b(vat|tax|tin|ein|cvr|piva|partita iva|codice fiscale|siren|siret|nif|cif"
               r"|cpf|cnpj|ust ?id\w*|steuer\w*|ssn|soc sec id)\b")),
    ("email", r"\b(e ?mail|mail|correo|posta elettronica|courriel)\b"),
    ("website", r"\b(web ?site|web|url|homepage|hjemmeside|sito|sitio|site)\b"),
    ("phone", (r"\b(phone|tel|telefono?|telefon|telephone|mobile?|mobil|cell|cellulare|celular"
              r"|movil|handy|portable|fax|tlf)\b")),
    ("postcode", (r"\b(post ?code|postal ?code|zip|zip ?code|cap|cep|plz|post ?nr|post ?nummer"
                 r"|code postal|codigo postal|postleitzahl)\b")),
    ("date", (r"\b(date of birth|dob|birth ?day|birth ?date|birth|born|fodselsdag|geburtsdatum"
             r"|data di nascita|nascimento|naissance|nacimiento)\b")),
    ("given_name", (r"\b(first ?name|given ?name|fname|forename|fornavn|vorname|nome proprio"
                   r"|prenom|given|first)\b")),
    ("family_name", (r"\b(last ?name|family ?name|lname|surname|sur ?name|efternavn|nachname"
                    r"|cognome|sobrenome|apellidos?|nom de famille|family|last)\b")),
    ("company", (r"\b(company|company name|firm|firma|business|organi[sz]ation|employer"
                r"|azienda|ragione sociale|empresa|societe|entreprise|virksomhed|unternehmen"
                r"|razon social)\b")),
    ("city", r"\b(city|town|suburb|by|ort|stadt|citta|comune|cidade|ciudad|ville|locality)\b"),
    ("region", r"\b(state|region|province|county|provincia|estado|bundesland)\b"),
    ("country", r"\b(country|land|paese|pais|pays)\b"),
    ("text", r"\b(address ?(line )?2)\b"),
    ("street", (r"\b(street|street number|house number|road"
      r"|address ?1|address line 1|adresse|strasse|stra[sz]e|via|rua"
               r"|rue|calle|gade|vej|indirizzo|endereco|direccion)\b")),
    ("address", r"\b(address|addr|full address|anschrift)\b"),
    ("name", (r"\b(name|full ?name|display ?name|navn|nome|nom|nombre|title|customer|client"
             r"|kunde|cliente|contact)\b")),
)  # fmt: skip
_HEADING_RES = tuple((kind, re.compile(pattern)) for kind, pattern in _HEADINGS)

_EMAIL = r"^\s*\S+@\S+\.\S+\s*$"
_DATE = r"^\s*(\d{4}[-/.]?\d{2}[-/.]?\d{2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(\D.*)?$"
_PHONE = r"^\s*[+(]?\d[\d\s()./-]{6,}\d\s*$"
_SITE = r"(?i)^\s*(https?://|www\.)\S+\s*$"
_PLAIN_NUMBER = r"^\s*-?\d+([.,]\d+)?\s*$"
_SEEN = 2_000  # values looked at to tell what a column holds


def kinds_of(
    frame: pl.DataFrame, given: Mapping[str, str] | None, skip: str | None
) -> dict[str, str]:
    """Give each column that is compared its kind, in a fixed order of kinds.

    `given` is what the caller says and leaves out all other columns; without it a
    canonical table is known by its field names and anything else by heading and content.
    """
    if given is not None:
        found = _checked(frame, given)
    elif "display_name" in frame.columns and "record_id" in frame.columns:
        found = {name: _CANONICAL[name] for name in frame.columns if name in _CANONICAL}
    else:
        found = {name: _guess(frame, name) for name in frame.columns if name != skip}
    found = {name: kind for name, kind in found.items() if kind != "ignore"}
    return dict(sorted(found.items(), key=lambda item: (KINDS.index(item[1]), item[0])))


def _checked(frame: pl.DataFrame, given: Mapping[str, str]) -> dict[str, str]:
    for name, kind in given.items():
        if name not in frame.columns:
            raise InputError(
                tr("there is no such column"), column=name, expected=", ".join(frame.columns)
            )
        if kind not in KINDS:
            raise InputError(
                tr("no such kind of value"), column=name, value=kind, expected=", ".join(KINDS)
            )
    return dict(given)


def _guess(frame: pl.DataFrame, name: str) -> str:
    if name in _CANONICAL:
        return _CANONICAL[name]
    if name in _BOOKKEEPING:
        return "ignore"
    values = frame[name].drop_nulls()
    if values.is_empty() or values.dtype in (pl.Boolean, pl.List, pl.Struct, pl.Binary):
        return "ignore"
    if values.dtype.is_temporal():
        return "date"
    text = values.cast(pl.String).unique().sort()
    text = text.gather_every(max(1, len(text) // _SEEN))
    if _share(text, _EMAIL) > 0.6:
        return "email"
    heading = _heading(name)
    return heading or _content(text, len(text) / len(values))


def _heading(name: str) -> str | None:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    folded = pl.select(fold(pl.lit(spaced))).item()
    matches = (kind for kind, found in _HEADING_RES if folded and found.search(folded))
    return next(matches, None)


def _share(text: pl.Series, pattern: str) -> float:
    return float(text.str.contains(pattern).mean() or 0.0)  # type: ignore[arg-type]


def _content(text: pl.Series, distinct: float) -> str:
    """Tell the kind from values alone; what says nothing about identity is left out."""
    for kind, pattern in (("website", _SITE), ("date", _DATE), ("phone", _PHONE)):
        if _share(text, pattern) > 0.8:
            return kind
    if _share(text, _PLAIN_NUMBER) > 0.8:
        return "number" if len(text) > 2 else "category"
    words = float(text.str.strip_chars().str.count_matches(r"\s+").mean() or 0) + 1  # type: ignore[arg-type]
    if len(text) <= 20 and distinct < 0.2:
        return "category"
    return "text" if words > 1.3 or distinct > 0.3 else "category"
