"""What a target's complaints mean: English and Portuguese sentences to codes and advice."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["FIELD_OF", "classify", "succeeded", "suggestion"]

FIELD_OF: Mapping[str, str] = {
    "number_too_long": "customer_number",
    "duplicate_in_file": "customer_number",
    "number_taken": "customer_number",
    "no_number": "customer_number",
    "name_changed": "display_name",
    "id_gone": "company_id",
    "unknown": "",
}

# The wording is not published (formats.md 1.1): these are ways to say it, tried in this
# order on lower-case text without accents, quotes or the row's own values.
_SAID: Mapping[str, tuple[str, ...]] = {
    "number_too_long": (
        r"too long|longer than|more than \d+ char|exceed|maximum (length|of)|at most \d+",
        r"muito long|longo demais|mais de \d+ carac|excede|ultrapassa|(no )?maximo",
    ),
    "duplicate_in_file": (
        r"(same|this|the|your|uploaded) (file|upload|csv)\b|twice|more than once|repeated",
        r"(mesmo|neste|no|do) (arquivo|ficheiro)|duas vezes|mais de uma vez|repetid",
    ),
    "number_taken": (
        r"already|in use|is used|taken|not unique|be unique|duplicate|(an)?other client",
        r"\bja\b|em uso|usado por|nao e unic|ser unic|duplicad|outro cliente",
    ),
    "no_number": (
        r"\b(no|missing|blank|empty|without|enter a)( client| customer| valid)? number",
        r"number (is |was |field |cannot |cant |must not |be )*(missing|blank|empty)",
        r"number (is |was |field )*(required|mandatory|not given)",
        r"(falta|sem|informe|ausente)( o| um)? numero",
        r"numero .*(em branco|vazi|obrigatori|falta)",
    ),
    "name_changed": (
        r"\bname\b.*(match|differ|chang|not the same|isnt|is not|as shown|correspond|unlike)",
        r"(match|differ|chang|different).*\bname\b",
        r"\bnome\b.*(confere|correspond|coincid|difer|mud|alter|igual|nao e)",
        r"(confere|correspond|coincid|difer|mud|alter).*\bnome\b",
    ),
    "id_gone": (
        r"not found|no (such )?(client|company|customer|match)|unknown|no longer|not exist",
        r"(cant|cannot|couldnt|could not|unable to) find|deleted|removed|invalid|not recogni",
        r"(doesnt|does not|didnt|did not) (exist|match|belong)|nonexistent",
        r"nao (foi |ha |existe|encontr|reconhec|correspond|pertence)|inexistente|desconhecid",
        r"invalid|exclui|removid|apagad",
    ),
}
_KNOWN: Mapping[str, re.Pattern[str]] = {
    code: re.compile("|".join(ways)) for code, ways in _SAID.items()
}
_SUCCESS = re.compile(
    r"(ok|success(ful(ly)?)?|succeeded|accepted|imported|updated|uploaded|done|no errors?"
    r"|(com )?sucesso|aceit[oa]|importad[oa]|atualizad[oa]|concluid[oa]|sem erros?"
    r"|exito|aceptad[oa]|correcto|succes|reussi|accepte|riuscito|accettato"
    r"|erfolg(reich)?|akzeptiert|gennemfort|accepteret|godkendt)[.!]?"
)
_QUOTES = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o"))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.sub(r"['’`]", "", bare).split())


def classify(message: str, values: Iterable[str] = ()) -> str:
    """Give the code of a complaint; the row's own `values` in it do not count.

    >>> classify("Another client already has this client number.")
    'number_taken'
    >>> classify("O nome de exibição não confere.")
    'name_changed'
    """
    for value in sorted((each for each in values if len(each) > 2), key=len, reverse=True):
        message = message.replace(value, " ")
    text = _plain(_QUOTES.sub(" ", message))
    return next((code for code, known in _KNOWN.items() if known.search(text)), "unknown")


def succeeded(text: str) -> bool:
    """Say whether a cell says that all went well.

    >>> succeeded("Sucesso"), succeeded("Number accepted by another client")
    (True, False)
    """
    return _SUCCESS.fullmatch(_plain(text).strip()) is not None


def suggestion(code: str) -> str:
    """Say what a person may do about it."""
    advice = {
        "number_too_long": tr("Decide on a shorter number, of at most 100 characters."),
        "duplicate_in_file": tr("Two rows had one number: decide whose it is."),
        "number_taken": tr(
            "Another client has this number, perhaps an inactive one that the download hides."
            " Look it up in the target, or give this client another number."
        ),
        "no_number": tr("Give the client a number, or leave it out."),
        "name_changed": tr(
            "The name was changed in the target. Download the list again and upload anew."
        ),
        "id_gone": tr(
            "The client is no longer in the target. Download the list again; leave it out"
            " if it is gone."
        ),
    }
    otherwise = tr("Read the message, look the client up in the target, then decide.")
    return advice.get(code, otherwise)
