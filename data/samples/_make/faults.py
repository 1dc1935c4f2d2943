"""What goes wrong with a name when somebody types it in a second time."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from _make.lands import fold

if TYPE_CHECKING:
    from _make.entities import Entity

NameFault = Callable[[str, "Entity", random.Random], str]


def typo(name: str, _one: Entity, rng: random.Random) -> str:
    """Swap, drop, double or mistype a letter inside a long word."""
    words = name.split(" ")
    long = [i for i, w in enumerate(words) if len(w) >= 5 and w.isalpha()]
    if not long:
        return name
    at = rng.choice(long)
    word, spot = words[at], rng.randrange(1, len(words[at]) - 2)
    kind = rng.randrange(4)
    words[at] = (
        word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
        word[:spot] + word[spot + 1 :],
        word[:spot] + word[spot] + word[spot:],
        word[:spot] + rng.choice("aeinrst") + word[spot + 1 :],
    )[kind]
    return " ".join(words)


def swapped(name: str, one: Entity, _rng: random.Random) -> str:
    """Put the family name first."""
    return f"{one.person.family} {one.person.given}" if one.person else name


def last_first(name: str, one: Entity, _rng: random.Random) -> str:
    """Put the family name first, with a comma."""
    return f"{one.person.family}, {one.person.given}" if one.person else name


def form_variant(name: str, one: Entity, rng: random.Random) -> str:
    """Write the legal form another way."""
    others = one.words.forms.get(one.form, ())
    return f"{one.stem} {rng.choice(others)}" if others else name


def form_missing(_name: str, one: Entity, _rng: random.Random) -> str:
    """Leave the legal form out."""
    return one.stem


def accents_lost(name: str, _one: Entity, rng: random.Random) -> str:
    """Take the accents off; a Danish letter as two letters or as one."""
    if rng.random() < 0.5:
        name = name.translate(str.maketrans("øØåÅ", "oOaA"))
    return fold(name)


def accents_question(name: str, _one: Entity, _rng: random.Random) -> str:
    """Write a question mark for every letter an old system did not know."""
    return "".join(c if ord(c) < 128 else "?" for c in name)


def suffix(name: str, _one: Entity, rng: random.Random) -> str:
    """Put the number behind that conversions leave."""
    return name + rng.choice((" 001", " 002", " 2", " (2)", "-1"))


def dot(name: str, _one: Entity, _rng: random.Random) -> str:
    """Put a dot behind, to get past the check for equal names."""
    return name + "."


def joint(name: str, one: Entity, _rng: random.Random) -> str:
    """Write `&` as a word."""
    return name.replace(" & ", f" {one.words.joint} ")


def upper(name: str, _one: Entity, _rng: random.Random) -> str:
    """Write everything large."""
    return name.upper()


def nickname(name: str, one: Entity, _rng: random.Random) -> str:
    """Call the person by the short name."""
    if one.person is None:
        return name
    first, _, rest = one.person.given.partition(" ")
    return f"{one.words.nicknames.get(first, first)} {rest} {one.person.family}".replace(
        "  ", " "
    )


def initial(name: str, one: Entity, _rng: random.Random) -> str:
    """Write the second given name as a letter, or leave it out."""
    if one.person is None or " " not in one.person.given:
        return name
    first, second = one.person.given.split(" ")
    return f"{first} {second[0]}. {one.person.family}"


ANY_NAME: dict[str, NameFault] = {
    "typo": typo,
    "accents lost": accents_lost,
    "accents as ?": accents_question,
    "number behind": suffix,
    "trailing dot": dot,
    "capitals": upper,
}
FIRM_NAME: dict[str, NameFault] = {
    "legal form in another spelling": form_variant,
    "legal form missing": form_missing,
    "& as a word": joint,
} | ANY_NAME
PERSON_NAME: dict[str, NameFault] = {
    "names swapped": swapped,
    "Last, First": last_first,
    "nickname": nickname,
    "second name as initial": initial,
} | ANY_NAME
