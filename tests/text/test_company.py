from __future__ import annotations

import polars as pl
import pytest

from custclean.text import company


def _of(function: object, *values: str) -> list[str | None]:
    assert callable(function)
    return pl.DataFrame({"v": values}).select(function(pl.col("v")))["v"].to_list()


@pytest.mark.parametrize(
    "spellings",
    [
        ("Eksempel & Søn ApS", "Eksempel og Søn A.p.S.", "EKSEMPEL & SON APS",
         "Eksempel + Søn", "Eksempel & Søn Anpartsselskab", "Eksempel & Søn ApS001",
         "Eksempel & Søn ApS (2)", "Eksempel & SÃ¸n ApS", "Eksempel & Søn ApS under konkurs"),
        ("Ejemplo y Prueba S.L.", "Ejemplo & Prueba S.L.", "Ejemplo Prueba SL-1"),
        ("Esempio e Figli Srl", "Esempio & Figli Srl", "Esempio & Figli Srl 2"),
        ("Esempio S.r.l.", "Esempio S.R.L", "ESEMPIO SRL", "Esempio s r l", "Esempio S.p.A.",
         "Esempio S.r.l. in liquidazione", "Esempio, S.r.l. Semplificata"),
        ("SARL Exemple", "Exemple SARL", "Exemple S.A.R.L.", "Exemple, Sàrl"),
        ("Müster GmbH & Co. KG", "Muester GmbH & Co KG", "Müster Gmbh", "MÜSTER G.m.b.H."),
        ("Padaria Exemplo Ltda. - ME", "PADARIA EXEMPLO LTDA ME", "Padaria Exemplo Limitada",
         "Padaria Exemplo ME", "Padaria Exemplo EIRELI"),
        ("Ejemplo, S.L.", "Ejemplo SL", "Ejemplo S. L. U.", "Ejemplo Sociedad Limitada"),
        ("Example, Inc.", "Example Inc", "EXAMPLE INCORPORATED", "The Example Company",
         "Example LLC", "Example L.L.C.", "Example Co., Ltd.", "Example Pty Ltd"),
        ("I/S Eksempelgaard", "Eksempelgård I/S", "Eksempelgård"),
        ("A.B.C. Testing, LLC", "ABC Testing LLC", "A.B.C Testing"),
        ("Example Bros. Intl. Ltd", "Example Brothers International"),
    ],
)  # fmt: skip
def test_spellings_of_one_firm_share_a_key(spellings: tuple[str, ...]) -> None:
    keys = _of(company.key, *spellings)
    assert len(set(keys)) == 1
    assert keys[0] is not None


def test_firms_of_one_owner_stay_apart() -> None:
    names = ("Eksempel ApS", "Eksempel Holding ApS", "Eksempel Ejendomme ApS",
             "Eksempel Invest ApS", "Eksempel Immobiliare Srl", "Eksempel 2 ApS",
             "Eksempel Handel ApS", "Eksempel Group ApS", "E. Eksempel ApS",
             "Eksempel Nord ApS")  # fmt: skip
    assert len(set(_of(company.key, *names))) == len(names)


def test_a_word_that_looks_like_a_form_stays_in_the_name() -> None:
    assert _of(company.key, "Call me", "Ltd", "Studio 54", "As You Like It", "This is") == [
        "call me", "ltd", "studio 54", "as you like it", "this is",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Eksempel ApS", "aps"),
        ("Eksempel A.p.S.", "aps"),
        ("A/S Eksempel", "as"),
        ("Eksempel I/S", "is"),
        ("Esempio S.r.l.", "srl"),
        ("Esempio S.p.A. in liquidazione", "spa"),
        ("Esempio s.n.c.", "snc"),
        ("EURL Exemple", "eurl"),
        ("Exemple S.A.S.", "sas"),
        ("Ejemplo S.L.U.", "slu"),
        ("Exemplo S/A", "sa"),
        ("Exemplo Ltda. - ME", "ltda"),
        ("Exemplo ME", "me"),
        ("Exemplo Unipessoal, Lda.", "lda"),
        ("Muster GmbH & Co. KG", "gmbhcokg"),
        ("Muster UG (haftungsbeschränkt)", "ug"),
        ("Muster e.K.", "ek"),
        ("Example Limited", "ltd"),
        ("Example, L.L.C.", "llc"),
        ("Example & Co", "co"),
        ("Example Ltd (deleted)", "ltd"),
        ("Example", None),
        ("Ltd", None),
        ("Ann Example", None),
    ],
)
def test_the_legal_form_has_one_spelling(name: str, form: str | None) -> None:
    assert _of(company.form, name) == [form]


def test_every_form_is_found_in_each_of_its_spellings() -> None:
    spellings = company.spellings()
    names = pl.DataFrame({"v": [f"Muster {each}" for each in spellings]})
    found = names.select(company.form(pl.col("v")), key=company.key(pl.col("v")))
    assert found["v"].to_list() == list(spellings.values())
    assert set(found["key"]) == {"muster"}


def test_words_that_tell_firms_apart_are_named_in_one_language() -> None:
    names = ("Ejendomsselskabet Eksempel ApS", "Esempio Immobiliare Srl",
             "Example Properties Ltd", "Eksempel Invest Holding", "Ann Example")  # fmt: skip
    assert _of(company.entity, *names) == [
        "property",
        "property",
        "property",
        "holding invest",
        None,
    ]


def test_a_firm_is_known_by_form_or_word() -> None:
    table = pl.DataFrame({"v": ["Example Ltd", "Example Holding", "Ann Example", None]})
    assert table.select(company.is_firm(pl.col("v")))["v"].to_list() == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Example   Roofing ,Ltd ", "Example Roofing,Ltd"),
        ('"Example Ltd"', "Example Ltd"),
        ("Example Ltd001", "Example Ltd"),
        ("Ejemplo S.A.", "Ejemplo S.A."),
        ("EXAMPLE IBX LTD", "EXAMPLE IBX LTD"),
        ("Studio 54", "Studio 54"),
    ],
)
def test_a_firm_keeps_its_own_capitals_and_marks(raw: str, clean: str) -> None:
    assert company.clean(raw) == clean
