from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.text import mailbox


def _kinds(*addresses: str | None) -> list[str | None]:
    return pl.DataFrame({"v": addresses}).select(mailbox.kind(pl.col("v")))["v"].to_list()


@pytest.mark.parametrize(
    "local",
    "no-reply noreply NoReply2 do-not-reply orders.noreply ne-pas-repondre nao-responda"
    " no-responder non-rispondere svar-ikke nicht-antworten mailer-daemon postmaster bounces"
    " não-responda notifications".split(),
)
def test_programs_are_known_in_seven_languages(local: str) -> None:
    assert mailbox.is_automatic(local)
    assert _kinds(f"{local}@firma.example") == ["automatic"]


@pytest.mark.parametrize(
    "local", "ann reply info norman noreen alertsson daemond replyann bouncer robotti".split()
)
def test_people_are_not_taken_for_programs(local: str) -> None:
    assert not mailbox.is_automatic(local)


@pytest.mark.parametrize(
    "address",
    [
        "newsletter@firma.example",
        "nyhedsbrev@firma.example",
        "boletim.semanal@firma.example",
        "ann@news.firma.example",
        "hello@em.firma.example",
        "abc123@mail.mailchimpapp.net",
    ],
)
def test_newsletters_are_known_by_local_part_or_domain(address: str) -> None:
    assert _kinds(address) == ["newsletter"]


def test_roles_and_throwaway_addresses_are_marked() -> None:
    found = _kinds("info@firma.example", "Bogholderi@firma.example", "ann@mailinator.com")
    assert found == ["role", "role", "disposable"]


def test_a_person_s_address_has_no_kind() -> None:
    addresses = ("ann@firma.example", "ann@news.example", "ann@gmail.com", "news", None)
    assert _kinds(*addresses) == [None] * len(addresses)


def test_domains_of_strangers_are_known() -> None:
    table = pl.DataFrame({"v": ["ann@gmail.com", "ann@firma.example", "a@notgmail.com", None]})
    assert table.select(mailbox.free(pl.col("v")))["v"].to_list() == [True, False, False, None]


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=20))
def test_any_text_may_be_asked_about(local: str) -> None:
    assert mailbox.is_automatic(local) in {True, False}
