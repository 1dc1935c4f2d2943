from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link.normal import contacts
from custclean.stages.link.normal.hashed import Hashed
from custclean.text import email, phone

if TYPE_CHECKING:
    from collections.abc import Callable

Values = list[str | None]
ODD = [
    "\0",
    "a\0b@c.dk",
    "😀",
    "x" * 10_000 + "@y.dk",
    "שלום",
    "",
    " ",
    "@",
    "+",
    "0" * 40,
    "9" * 40,
]


def mails(*values: str | None) -> Hashed:
    found = Hashed(len(values))
    contacts.add_email(found, 0, pl.Series(values, dtype=pl.String))
    return found


def phones(*values: str | None) -> Hashed:
    found = Hashed(len(values))
    contacts.add_phone(found, 0, pl.Series(values, dtype=pl.String))
    return found


def part(found: Hashed, name: str) -> list[int]:
    values = found.hashes.get(name, np.zeros(found.rows, dtype=np.uint64))
    return list(map(int, values))


def digits(*values: str | None) -> list[str]:
    """Give the national digits of numbers; 0 for none."""
    return [
        str(each) for each in phones(*values).spelt["phone_0"].texts(np.arange(len(values)))
    ]


def keys(key: Callable[[pl.Expr], pl.Expr], values: Values) -> Values:
    frame = pl.DataFrame({"v": pl.Series(values, dtype=pl.String)})
    return frame.select(key(pl.col("v")))["v"].to_list()


def same(name: str, one: str, other: str) -> bool:
    first, second = part(mails(one, other), name)
    return first == second != 0


local = st.from_regex(
    r"([abx]')?[abxé][abxé._-]{0,4}(\+[ab]{0,2})?",
    fullmatch=True,
    alphabet=st.sampled_from("abxé._-+'"),
)
domain = st.sampled_from(
    "example.com EXAMPLE.com mail.example.co.uk gmail.com GoogleMail.com gmail.com.br"
    " exämple.com example -example.com example.com. example.com;".split()
)
around = st.sampled_from(
    ["{}", "{}", "{}", " {} ", "<{}>", "Ann <{}>", "mailto:{}", "{};b@c.dk"]
)
addresses = st.one_of(
    st.none(),
    st.sampled_from(["", "n/a", "ann at example.com", "@", "a@b@c.dk"]),
    st.builds(lambda a, b, c: c.format(f"{a}@{b}"), local, domain, around),
)


@given(st.lists(addresses, min_size=1, max_size=12))
@settings(max_examples=60)
def test_addresses_are_equal_as_their_keys_are(values: Values) -> None:
    found, wanted = part(mails(*values), "email_0"), keys(email.key, values)
    assert [one == 0 for one in found] == [key is None for key in wanted]
    assert len(set(zip(found, wanted))) == len(set(found)) == len(set(wanted))


def test_an_address_of_a_tag_alone_is_none() -> None:
    assert part(mails("+shop@example.com"), "email_0") == [0]
    assert keys(email.key, ["+shop@example.com"]) == [None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann@Example.COM", "ann@example.com"),
        ("ann+shop@example.com", "ann@example.com"),
        ("Ann Berg <ann@example.com>", "ann@example.com"),
        ("mailto:ann@example.com", "ann@example.com"),
        ("ann@example.com; bob@example.com", "ann@example.com"),
        ("ann@example.com.", "ann@example.com"),
        ("a.n.n@gmail.com", "ann@googlemail.com"),
        ("Søren@exämple.dk", "søren@EXÄMPLE.dk"),
    ],
)
def test_spellings_of_one_mailbox_are_one(one: str, other: str) -> None:
    assert same("email_0", one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.nn@example.com", "ann@example.com"),
        ("ann@example.com", "ann@example.org"),
        ("ann@gmail.com", "ann@gmail.com.br"),
        ("n/a", "n/a"),
        ("ann at example.com", "ann at example.com"),
    ],
)
def test_other_mailboxes_and_none_are_not(one: str, other: str) -> None:
    assert not same("email_0", one, other)


@pytest.mark.parametrize(
    "name", "info post kontakt contatti contacto contato contact hello Sales INFO".split()
)
def test_a_mailbox_of_a_task_is_nobodys_name(name: str) -> None:
    found = mails(f"{name}@example.com", "annberg@example.com")
    assert [bool(each) for each in part(found, "local")] == [False, True]


def test_a_mailbox_is_named_alike_without_dots_if_long_enough() -> None:
    assert same("local", "ann.berg@example.com", "annberg@other.example")
    assert not same("local", "ann@example.com", "ann@other.example")


def test_a_domain_is_called_as_the_firm_is() -> None:
    assert same("domain_name", "ann@mill-bakery.dk", "bo@millbakery.example")
    assert not same("domain_name", "ann@mill.dk", "bo@mill.example")  # too short to tell
    assert same("domain", "ann@example.com", "Bo <bo@EXAMPLE.com>")


@given(st.lists(addresses, max_size=12))
@settings(max_examples=15)
def test_addresses_are_the_same_however_many_are_read_at_once(values: Values) -> None:
    values = [*values, "ann@example.com"]
    whole = mails(*values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contacts, "_AT_ONCE", 3)
        parted = mails(*values)
    for name in ("email_0", "local", "domain", "email1", "domain_name"):
        assert part(parted, name) == part(whole, name)


# calling codes with numbers as they are dialled at home, trunk zero first
NUMBERS = {
    "45": r"[2-9]\d{7}", "39": r"3\d{9}|0[26]\d{8}", "44": r"0[127]\d{9}",
    "33": r"0[1-7]\d{8}", "34": r"[6-9]\d{8}", "351": r"[29]\d{8}", "1": r"[2-9]\d{9}",
    "49": r"0[2-9]\d{8,9}", "41": r"0[2-7]\d{8}", "420": r"[2-7]\d{8}",
}  # fmt: skip
REAL = st.sampled_from(sorted(NUMBERS)).flatmap(
    lambda code: st.tuples(
        st.just(code),
        st.from_regex(NUMBERS[code], fullmatch=True, alphabet=st.sampled_from("0123456789")),
        st.integers(2, 5),
    )
)
SHAPES = ["{home}", "({home})", "+{code} {bare}", "00{code}{bare}", "+{code} (0) {bare}"]
SHAPES += ["Tel: {home}", "+{code}-{bare} ext. 12", "{home} x5", "{home}; 20 30 40 50"]


def dialled(number: tuple[str, str, int], shape: str, sign: str) -> str:
    code, home, size = number
    groups = sign.join(home[n : n + size] for n in range(0, len(home), size))
    return shape.format(code=code, home=groups, bare=groups.lstrip("0" + sign))


numbers = st.one_of(
    st.sampled_from([None, "", "n/a", "0000000", "11111111", "12345678", "123", "call me"]),
    st.builds(dialled, REAL, st.sampled_from(SHAPES), st.sampled_from(["", " ", "-", "."])),
)


@given(st.lists(numbers, max_size=10))
@settings(max_examples=40)
def test_numbers_are_read_as_their_keys_are(values: Values) -> None:
    assert digits(*values) == [key or "0" for key in keys(phone.key, values)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+45 20 31 41 51", "20314151"),
        ("0045 20314151", "20 31 41 51"),
        ("+39 06 12345679", "06 1234 5679"),
        ("+44 (0)20 7946 0018", "020 7946 0018"),
        ("+33 1 42 68 53 00", "01.42.68.53.00"),
        ("+34 612 345 678", "612345678"),
        ("+351 912 345 679", "912345679"),
        ("+55 11 91234-5678", "(011) 91234-5678"),
        ("+1 (202) 555-0199", "1-202-555-0199"),
        ("+49 30 12345679", "030/12345679"),
        ("202 555 0199 ext. 12", "+12025550199"),
        ("393331234567", "+39 333 1234567"),
        ("+49 176 12345678", "0176 12345678"),
        ("+55 19 91234-5678", "(19) 91234-5678"),
        ("+55 12 98123-4567", "12981234567"),
        ("+1 980 212 3456", "1 980 212 3456"),
    ],
)
def test_a_number_is_one_at_home_and_from_abroad(one: str, other: str) -> None:
    first, second = digits(one, other)
    assert first == second != "0"


@pytest.mark.parametrize(
    "value",
    [
        *"0000000000 11111111 12345678 1234567890 987654321 9876543210 98765432".split(),
        *("n/a", "1234", "+45", ""),
    ],
)
def test_a_placeholder_is_no_number(value: str) -> None:
    assert digits(value) == ["0"]


def test_zeros_in_front_do_not_matter_in_a_cell_of_two_numbers() -> None:
    first, second = digits("+45 20314151 / 20314152", "0045 20314151 / 20314152")
    assert first == second


def test_the_parts_of_a_number_are_its_head_tail_and_line() -> None:
    found = phones("20314151", "20314152", "20319999", "77774151")
    line, head, tail = (part(found, f"phone_{name}") for name in ("line", "head", "tail"))
    assert line[0] == line[1] != line[2]
    assert head[0] == head[2] != head[3]
    assert tail[0] == tail[3] != tail[1]


@given(st.lists(numbers, max_size=12))
@settings(max_examples=15)
def test_numbers_are_the_same_however_many_are_read_at_once(values: Values) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contacts, "_AT_ONCE", 3)
        parted = digits(*values)
    assert parted == digits(*values)


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_contacts_are_the_same_with_any_number_of_threads(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [f"ann{n % 5}+x@mill{n % 7}.example" for n in range(20)]
    whole, found = (
        part(mails(*values), "domain_name"),
        digits(*map(str, range(200000, 200020))),
    )
    monkeypatch.setattr(contacts, "_AT_ONCE", 3)
    monkeypatch.setattr(pl, "thread_pool_size", lambda: threads)
    assert part(mails(*values), "domain_name") == whole
    assert digits(*map(str, range(200000, 200020))) == found


@pytest.mark.parametrize("values", [[None], [None, None], [""], ["ann@example.com"], ODD])
def test_nothing_is_too_odd_to_be_read(values: Values) -> None:
    assert len(part(mails(*values), "email_0")) == len(values)
    assert len(digits(*values)) == len(values)


def test_no_numbers_are_none() -> None:
    assert digits() == []


def test_no_addresses_are_none() -> None:
    assert part(mails(), "email_0") == []
