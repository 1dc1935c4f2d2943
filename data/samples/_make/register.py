"""The firm's register of numbers, and what is wrong with some of its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from _make.faults import (
    accents_lost,
    dot,
    form_missing,
    form_variant,
    joint,
    last_first,
    swapped,
    typo,
    upper,
)

if TYPE_CHECKING:
    from _make.entities import Entity
    from _make.world import World

LONG = (
    "Transferred from the archive of the former partner; "
    "see the blue ledger, shelf 4, folder 17, page "
)
DAMAGED = (
    "123.0",
    "1.23E+05",
    "40217.0",
    "4.02E+04",
    "917.0",
    "1.23457E+11",
    "60018.0",
    "2E+05",
)


@dataclass(slots=True)
class Line:
    """One line of the register."""

    number: str
    name: str
    email: str
    entity: str = ""
    note: str = ""
    numeric: bool = False  # a number cell, not a text cell
    line: int = 0


@dataclass(slots=True)
class Numbers:
    """What the firm numbered, and what went wrong."""

    of: dict[str, str] = field(default_factory=dict)  # entity -> its number
    register_only: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    sure: set[str] = field(default_factory=set)  # the register spells them exactly
    errors: list[dict[str, str]] = field(default_factory=list)

    def error(
        self, file: str, line: int, field_: str, value: str, what: str, then: str
    ) -> None:
        """Note a planted error for the truth."""
        self.errors.append(
            {
                "file": file,
                "line": str(line) if line else "",
                "field": field_,
                "value": value,
                "what": what,
                "what_should_happen": then,
            }
        )


def draw(world: World, numbers: Numbers) -> str:
    """Draw a number nobody has yet, in one of the firm's forms."""
    rng = world.rng
    while True:
        kind = rng.choices(("plain", "zero", "letter", "tail"), (60, 15, 15, 10))[0]
        number = {
            "plain": f"{rng.randrange(10000, 80000)}",
            "zero": f"{rng.randrange(100, 9999):05}",
            "letter": f"K{rng.randrange(10000, 99999)}",
            "tail": f"{rng.randrange(10000, 80000)}{rng.choice('ABC')}",
        }[kind]
        if number not in numbers.used:
            numbers.used.add(number)
            return number


def register_line(world: World, numbers: Numbers, key: str) -> Line:
    """Write a client into the register, in the register's own spelling."""
    rng, one = world.rng, world.entities[key]
    if key in numbers.sure:
        return Line(numbers.of[key], one.name, one.email, key)
    hard = bool(one.tags) and one.tags[0] in {
        "namesake",
        "namesake firm",
        "different legal form",
    }
    email = one.email if hard or rng.random() < 0.8 else ""
    if email and not hard and not one.tags and rng.random() < 0.04:
        local, _, domain = email.partition("@")
        return Line(numbers.of[key], one.name, f"{local}.old@{domain}", key, "old e-mail")
    if hard and not email:
        return Line(numbers.of[key], one.name, "", key)
    if email and one.firm and one.person and not one.tags and rng.random() < 0.03:
        return Line(numbers.of[key], one.person.name, email, key, "the contact's name")
    name = (
        one.name
        if hard or rng.random() < 0.55
        else _own_spelling(world, one, reachable=bool(email))
    )
    return Line(numbers.of[key], name, email, key)


def _own_spelling(world: World, one: Entity, *, reachable: bool) -> str:
    rng = world.rng
    light = [upper, dot, accents_lost, joint]
    firm = [form_variant, form_variant, *([form_missing] if reachable else [])]
    person = [last_first, swapped]
    heavy = [typo] if reachable else []
    return rng.choice([*light, *(firm if one.firm else person), *heavy])(one.name, one, rng)


def other_lines(world: World, numbers: Numbers, torn: dict[str, list[str]]) -> None:
    """Add former clients, and namesakes whom nobody can tell apart."""
    maker = world.maker
    for count in range(world.plan.former):
        one = maker.company() if count % 2 else maker.private()
        email = one.email if count % 4 else ""
        numbers.lines.append(Line(draw(world, numbers), one.name, email, "", "former client"))
    for keys in [v for k, v in torn.items() if k == v[0]]:
        name = world.entities[keys[0]].name
        note = f"namesakes {' '.join(keys)}: nobody can tell"
        numbers.lines.append(Line(draw(world, numbers), name, "", "", note))


def spoil_register(world: World, numbers: Numbers, single: set[str]) -> None:
    """Damage numbers of the register."""
    plan, file = world.plan, "register.xlsx"
    told = {e["value"] for e in numbers.errors}
    free = [
        x
        for x in numbers.lines
        if x.entity in single and x.entity in numbers.register_only and x.number not in told
    ]
    for count in range(plan.register_damaged):
        line = free.pop()
        line.number, line.note = DAMAGED[count], "damaged by Excel"
        numbers.error(
            file, line.line, "Number", line.number, line.note, "asked, never reconstructed"
        )
    for line in [x for x in free if x.number[0] in "1234567" and x.number.isdigit()][
        : plan.register_numeric
    ]:
        line.numeric, line.note = True, "a number cell"
        free.remove(line)
        then = "read as its digits, without a point"
        numbers.error(file, line.line, "Number", line.number, "a number cell, not text", then)
    for _ in range(min(2, plan.clashes)):
        first, second = free.pop(), free.pop()
        second.number, first.note, second.note = first.number, "used twice", "used twice"
        for line in (first, second):
            numbers.error(
                file, line.line, "Number", line.number, "used twice", "asked for both"
            )
    line = free.pop()
    line.number, line.note = f"{LONG}100", "longer than 100 characters"
    numbers.error(file, line.line, "Number", line.number, line.note, "asked; not uploaded")
