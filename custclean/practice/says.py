"""What the target says, in English and Portuguese.

These are the target's sentences, not ours: they follow the language of the file that was
uploaded, as the product's do, and so stand here and not in our own catalogue. The product's
own wording is not published; this is our wording.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # read at run time by tools that ask for hints
from enum import StrEnum

MAX_CLIENTS = 1_000  # published
MAX_BYTES = 100_000  # published as 100 KB; the strict reading
MAX_NUMBER = 100  # characters, published for the field on the screen

HEADINGS: Mapping[str, tuple[str, str, str]] = {
    "en": ("Company ID", "Display name", "Client number"),
    "pt": ("ID da empresa", "Nome de exibição", "Número do cliente"),
}
ERROR_HEADINGS: Mapping[str, tuple[str, str]] = {
    "en": ("Error", "Row"),
    "pt": ("Erro", "Linha"),
}
SUBSCRIPTION_HEADINGS = ("Subscription", "Assinatura")
NO_SUBSCRIPTION = ("", "none", "nenhuma")  # lower case


class Why(StrEnum):
    """Why something was refused."""

    NOT_TEXT = "not_text"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    HEADINGS = "headings"
    CELLS = "cells"
    BLANK_ID = "blank_id"
    UNKNOWN_ID = "unknown_id"
    ID_TWICE = "id_twice"
    NAME_DIFFERS = "name_differs"
    NO_NUMBER = "no_number"
    NUMBER_TOO_LONG = "number_too_long"
    NUMBER_TWICE = "number_twice"
    NUMBER_TAKEN = "number_taken"
    NO_SUCH_CLIENT = "no_such_client"
    SAME_CLIENT = "same_client"
    BOTH_SUBSCRIBED = "both_subscribed"
    WRONG_WAY_ROUND = "wrong_way_round"
    ON_A_PLAN = "on_a_plan"
    UNKNOWN_ACTION = "unknown_action"


_SENTENCES: Mapping[Why, tuple[str, str]] = {
    Why.NOT_TEXT: (
        "We can't read this file. Save it as CSV (UTF-8).",
        "Não foi possível ler o arquivo. Salve-o como CSV (UTF-8).",
    ),
    Why.DAMAGED: (
        "This CSV file is damaged: a quoted cell doesn't end where it should.",
        "O arquivo CSV está danificado: uma célula entre aspas não termina onde deveria.",
    ),
    Why.TOO_LARGE: (
        "The file is larger than 100 KB. Split it into several files.",
        "O arquivo tem mais de 100 KB. Divida-o em vários arquivos.",
    ),
    Why.TOO_MANY: (
        "The file has more than 1,000 clients. Split it into several files.",
        "O arquivo tem mais de 1.000 clientes. Divida-o em vários arquivos.",
    ),
    Why.HEADINGS: (
        "Each heading must be there once: Company ID, Display name, Client number.",
        "Cada cabeçalho deve constar: ID da empresa, Nome de exibição, Número do cliente.",
    ),
    Why.CELLS: (
        "The row doesn't have as many cells as there are headings.",
        "A linha não tem tantas células quantos são os cabeçalhos.",
    ),
    Why.BLANK_ID: (
        "The company ID is blank. Delete the row before you upload.",
        "O ID da empresa está em branco. Exclua a linha antes de carregar.",
    ),
    Why.UNKNOWN_ID: (
        "There is no client with this company ID.",
        "Não há cliente com este ID da empresa.",
    ),
    Why.ID_TWICE: (
        "This company ID is already in the file, further up.",
        "Este ID da empresa já está no arquivo, mais acima.",
    ),
    Why.NAME_DIFFERS: (
        "The display name isn't the one shown in QuickBooks. Don't change it.",
        "O nome de exibição não é o que aparece no QuickBooks. Não o altere.",
    ),
    Why.NO_NUMBER: ("There is no client number.", "Falta o número do cliente."),
    Why.NUMBER_TOO_LONG: (
        "The client number is longer than 100 characters.",
        "O número do cliente tem mais de 100 caracteres.",
    ),
    Why.NUMBER_TWICE: (
        "This client number is already in the file, further up.",
        "Este número do cliente já está no arquivo, mais acima.",
    ),
    Why.NUMBER_TAKEN: (
        "Another client already has this client number.",
        "Outro cliente já tem este número do cliente.",
    ),
    Why.NO_SUCH_CLIENT: ("There is no such client.", "Não há tal cliente."),
    Why.SAME_CLIENT: (
        "A client can't be merged with itself.",
        "Um cliente não pode ser mesclado com ele mesmo.",
    ),
    Why.BOTH_SUBSCRIBED: (
        "Both clients have a QuickBooks subscription and can't be merged.",
        "Os dois clientes têm uma assinatura do QuickBooks e não podem ser mesclados.",
    ),
    Why.WRONG_WAY_ROUND: (
        "The client with the QuickBooks subscription is the one to keep.",
        "O cliente com a assinatura do QuickBooks é o que deve ser mantido.",
    ),
    Why.ON_A_PLAN: (
        "The client is on a plan. Take it off the plan first.",
        "O cliente está em um plano. Retire-o do plano primeiro.",
    ),
    Why.UNKNOWN_ACTION: (
        "This can't be done here: make_inactive, delete or leave.",
        "Isto não pode ser feito aqui: make_inactive, delete ou leave.",
    ),
}


def sentence(why: Why, language: str) -> str:
    """Say why, in English or Portuguese.

    >>> sentence(Why.NO_NUMBER, "pt")
    'Falta o número do cliente.'
    """
    english, portuguese = _SENTENCES[why]
    return portuguese if language == "pt" else english


def columns_of(headings: tuple[str, ...]) -> tuple[str, tuple[int, int, int]] | None:
    """Find the three headings of one language: the language, and where each stands."""
    for language, wanted in HEADINGS.items():
        if all(headings.count(name) == 1 for name in wanted):
            one, two, three = (headings.index(name) for name in wanted)
            return language, (one, two, three)
    return None
