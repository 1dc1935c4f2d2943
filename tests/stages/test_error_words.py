from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.stages.error_words import FIELD_OF, classify, succeeded, suggestion

SAID = {
    "number_taken": [
        "Another client already has this client number.",
        "Outro cliente já tem este número do cliente.",
        "Client number already exists",
        "Duplicate client number",
        "The client number must be unique",
        "Client number is in use",
        "O número do cliente já está em uso por outro cliente",
        "Número duplicado",
        "This number is taken",
    ],
    "name_changed": [
        "The display name isn't the one shown in QuickBooks. Don't change it.",
        "O nome de exibição não é o que aparece no QuickBooks. Não o altere.",
        "Display name does not match",
        "Name mismatch: display name differs from our records",
        "O nome de exibição não corresponde ao cliente",
    ],
    "id_gone": [
        "There is no client with this company ID.",
        "Não há cliente com este ID da empresa.",
        "Company ID not found",
        "Client does not exist",
        "Unknown company ID",
        "We couldn't find this client",
        "Cliente não encontrado",
        "O cliente foi excluído",
        "Company ID does not match any client",
    ],
    "number_too_long": [
        "The client number is longer than 100 characters.",
        "O número do cliente tem mais de 100 caracteres.",
        "Client number exceeds the maximum length",
        "Número muito longo",
    ],
    "no_number": [
        "There is no client number.",
        "Falta o número do cliente.",
        "Client number is required",
        "Missing client number",
        "Client number cannot be blank",
        "Número do cliente em branco",
    ],
    "duplicate_in_file": [
        "This client number is already in the file, further up.",
        "Este número do cliente já está no arquivo, mais acima.",
        "The number appears twice",
        "Número repetido",
    ],
    "unknown": ["", "Error 500", "Something went wrong", "Erro inesperado"],
}


@pytest.mark.parametrize(
    ("code", "message"), [(code, said) for code, all_said in SAID.items() for said in all_said]
)
def test_a_complaint_is_understood_in_two_languages_and_any_case(
    code: str, message: str
) -> None:
    assert classify(message) == code
    assert classify(message.upper()) == code


def test_what_the_client_is_called_does_not_count() -> None:
    message = "Already Taken GmbH: the display name does not match"
    assert classify(message, ["Already Taken GmbH"]) == "name_changed"
    assert classify("Client 'Not Found Ltd': number in use") == "number_taken"


@pytest.mark.parametrize("text", ["OK", "Success", "sucesso!", "Gennemført", "No errors"])
def test_good_news_is_told_from_bad(text: str) -> None:
    assert succeeded(text)
    assert not succeeded(f"not {text}")


def test_every_code_has_its_own_advice() -> None:
    advice = {code: suggestion(code) for code in FIELD_OF}
    assert len(set(advice.values())) == len(FIELD_OF)


@given(st.text())
def test_no_message_is_too_odd(text: str) -> None:
    assert classify(text) in FIELD_OF
