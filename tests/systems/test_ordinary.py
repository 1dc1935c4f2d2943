"""A list of somebody's own is claimed by no program; a program's file is, whole or trimmed."""

from __future__ import annotations

import random
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.stages.read import read
from custclean.systems import SYSTEMS
from custclean.systems._recognition import Claim, claims, match, winners
from custclean.tables import read_table
from tests.systems.ordinary import NUMBERS, ORDINARY

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
WORDS = {language: text.split("|") for language, text in ORDINARY.items()}
NUMBERED = {
    language: [*words, *NUMBERS[language].split("|")] for language, words in WORDS.items()
}
EVERY = list(chain(*NUMBERED.values()))
FILES = sorted(
    path.relative_to(SAMPLES).as_posix()
    for path in SAMPLES.glob("*/*.*")
    if path.suffix in {".csv", ".xlsx", ".iif"} and path.stat().st_size < 50_000
)


def _won(header: Sequence[str]) -> list[Claim]:
    return winners(claims(SYSTEMS, header, ()))


def _systems(header: Sequence[str]) -> set[str]:
    return {claim.system for claim in _won(header)}


@pytest.mark.parametrize("language", WORDS)
def test_ordinary_headings_all_at_once_are_of_no_program(language: str) -> None:
    assert _systems(WORDS[language]) == set()
    assert _systems(NUMBERED[language]) == {"generic"}


@given(st.lists(st.sampled_from(EVERY), min_size=1, max_size=20, unique=True))
def test_any_handful_of_ordinary_headings_is_at_most_a_register(header: list[str]) -> None:
    assert _systems(header) <= {"generic"}


@given(st.sampled_from(list(NUMBERED)), st.data())
def test_any_handful_of_one_language_is_at_most_a_register(
    language: str, data: st.DataObject
) -> None:
    header = data.draw(
        st.lists(st.sampled_from(NUMBERED[language]), min_size=1, max_size=20, unique=True)
    )
    assert _systems(header) <= {"generic"}


@pytest.mark.parametrize(
    "header",
    [
        "First Name,Last Name,E-mail Address,Categories",
        "Fornavn,Efternavn,E-mail-adresse,Kategorier",
        "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Private",
        "Subject,Due Date,Status,Priority",
        "Nr.,Navn,Spærret,Kundegruppe,Saldo",
        "Kundenr.,Kundenavn,CVR-nr.,EAN-nr.",
        "Name,Phone,Opening Balance",
        "Nome,Telefono,Saldo iniziale",
        "Name,Email address,Hire date,Pay rate",
        "Transaction date,Transaction type,Payee,Amount,Balance",
        "Fecha de la transacción,Tipo de transacción,Nombre,Importe,Saldo",
        "Full name,Company,Customer,Email",
    ],
)
def test_what_was_claimed_by_a_few_plain_words_is_so_no_longer(header: str) -> None:
    assert _systems(header.split(",")) <= {"generic"}


@cache
def _header(name: str) -> tuple[str, ...]:
    path = SAMPLES / name
    return read_table(path, header_row=read(path).report.header_row).header


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_a_few_columns_is_claimed_by_its_own_system_alone(name: str) -> None:
    header = _header(name)
    (whole,) = _won(header)
    needed = {name for need in whole.layout.required for name in need.split("|")}
    places = {place for field, place in whole.columns.items() if field in needed}
    optional = sorted(set(range(len(header))) - places)
    for seed in range(20):
        gone = random.Random(seed).sample(optional, min(3, len(optional)))
        left = [heading for place, heading in enumerate(header) if place not in gone]
        told = match(whole.system, whole.layout, left, ())
        own = {whole.system} if not told.missing else set()
        assert _systems(left) - {"generic"} == own - {"generic"}
