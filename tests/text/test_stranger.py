from __future__ import annotations

import polars as pl
import pytest

from custclean.text import stranger


def _kinds(*names: str | None) -> list[str | None]:
    return pl.DataFrame({"v": names}).select(stranger.kind(pl.col("v")))["v"].to_list()


@pytest.mark.parametrize(
    "name",
    [
        "Skattestyrelsen",
        "HM Revenue & Customs",
        "HMRC",
        "Finanzamt Musterstadt",
        "URSSAF",
        "Agencia Tributaria",
        "AGENZIA DELLE ENTRATE",
        "Receita Federal",
        "Beispiel Sparkasse",
        "Eksempelbanken A/S",
        "Banco Ejemplo",
        "Example Building Society",
    ],
)
def test_authorities_and_banks_are_known(name: str) -> None:
    assert _kinds(name) == ["institution"]


@pytest.mark.parametrize(
    "name",
    [
        "Walk-in customers",
        "CASH",
        "Online Sales",
        "Kontantsalg",
        "Laufkundschaft",
        "Clients divers",
        "Clientes varios",
        "Cliente generico",
        "Consumidor Final",
    ],
)
def test_collective_customers_are_known_in_seven_languages(name: str) -> None:
    assert _kinds(name) == ["generic"]


def test_discarded_rows_are_known() -> None:
    assert _kinds("test", "Ann Example - DO NOT USE", "nicht verwenden") == ["discarded"] * 3


def test_words_inside_other_words_say_nothing() -> None:
    names = ("Riverbank Ltd", "Ann Banks", "Cashmere Ltd", "Cash Register Repairs Ltd",
             "Bankside Bakery", "Testa & Figli Srl", "Ann Example", None)  # fmt: skip
    assert _kinds(*names) == [None] * len(names)
