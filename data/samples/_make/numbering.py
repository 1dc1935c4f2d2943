"""Client numbers: who has one where, and what is wrong with some."""

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
    from _make.faults import Row
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


def assign(world: World) -> Numbers:
    """Hand numbers out, then spoil some."""
    plan, rng, numbers = world.plan, world.rng, Numbers()
    torn = _torn(world)
    single = world.singles()
    rng.shuffle(single)
    single.sort(key=lambda k: bool(world.entities[k].email))  # those with e-mail last
    keys = [k for k in world.entities if k not in torn]
    rng.shuffle(keys)
    for_bare = plan.clashes + plan.too_long + plan.damaged
    for_register = plan.register_damaged + plan.register_numeric + plan.hidden_register
    for_register += plan.renames + plan.removals + plan.taken_by_register
    for_register += 2 * min(2, plan.clashes) + 1  # used twice, and one too long
    kept = single[:for_bare] + single[len(single) - for_register :]
    numbers.sure = set(kept)
    keys = [k for k in keys if k not in set(kept)]
    cut = plan.numbered + plan.list_only
    end = cut + plan.register_only - for_register
    both, listed = keys[: plan.numbered], keys[plan.numbered : cut]
    numbers.register_only = keys[cut:end] + kept[for_bare:]
    bare = keys[end:] + kept[:for_bare]
    for key in [*both, *listed, *numbers.register_only]:
        numbers.of[key] = _draw(world, numbers)
    for key in [*both, *listed]:
        _write(world, numbers, key)
    apart = set(single)
    alone = [k for k in both if k in apart]
    _spoil_list(world, numbers, [k for k in bare if k in apart], alone)
    _contradict(world, numbers, alone, [k for k in listed if k in apart])
    numbers.lines += [
        _register_line(world, numbers, k) for k in [*both, *numbers.register_only]
    ]
    _other_lines(world, numbers, torn)
    rng.shuffle(numbers.lines)
    for line, entry in enumerate(numbers.lines, start=2):
        entry.line = line
    _spoil_register(world, numbers, apart)
    return numbers


def _torn(world: World) -> dict[str, list[str]]:
    """Choose the namesakes whom a register line without e-mail cannot tell apart."""
    pairs = [g for g in world.groups if g and g[0].tags == ("namesake",)]
    chosen = pairs[: world.plan.ambiguous]
    return {one.key: [m.key for m in group] for group in chosen for one in group}


def _draw(world: World, numbers: Numbers) -> str:
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


def _write(world: World, numbers: Numbers, key: str) -> None:
    """Put a number into the list; of several lines usually on one."""
    rng, rows = world.rng, world.rows_of(key)
    row = rows[0] if rng.random() < 0.75 else rows[-1]
    row.number = numbers.of[key]
    others = [r for r in rows if r is not row]
    if others and rng.random() < 0.12:
        same = rng.random() < 0.5
        others[0].number = row.number if same else _draw(world, numbers)
        _two_numbers(numbers, row, others[0], same=same)


def _two_numbers(numbers: Numbers, row: Row, other: Row, *, same: bool) -> None:
    what = (
        "two lines of one client hold one number" if same else "one client holds two numbers"
    )
    then = "asked while both lines stand; after the merge one number is left"
    for one in (row, other):
        numbers.error("client_list.csv", one.line, "Client number", one.number, what, then)


def _spoil_list(world: World, numbers: Numbers, bare: list[str], both: list[str]) -> None:
    """Plant clashes, numbers that are too long, and what Excel damages."""
    plan, file = world.plan, "client_list.csv"
    holders = [k for k in world.singles() if k in numbers.of and world.rows_of(k)[0].number]
    for holder in holders[: plan.clashes]:
        first, second = world.rows_of(holder)[0], world.rows_of(bare.pop())[0]
        second.number = first.number
        for row in (first, second):
            what = "two clients hold one number"
            numbers.error(
                file, row.line, "Client number", row.number, what, "asked, never guessed"
            )
    for count in range(plan.too_long):
        row = world.rows_of(bare.pop())[0]
        row.number = f"{LONG}{count + 101}"
        what, then = (
            "longer than 100 characters",
            "reported; the client keeps it until a person decides",
        )
        numbers.error(file, row.line, "Client number", row.number, what, then)
    wanted = [k for k in both if k not in holders[: plan.clashes]]
    for count in range(plan.damaged):
        key = wanted.pop() if count % 2 else bare.pop()
        row = world.rows_of(key)[0]
        row.number = DAMAGED[count % len(DAMAGED)]
        what = "a number that Excel damaged"
        numbers.error(
            file, row.line, "Client number", row.number, what, "asked, never reconstructed"
        )


def _contradict(world: World, numbers: Numbers, both: list[str], listed: list[str]) -> None:
    """Let list and register disagree on a few."""
    plan, file = world.plan, "client_list.csv"
    sound = [k for k in both if world.rows_of(k)[0].number == numbers.of[k]]
    clashing = {e["value"] for e in numbers.errors}
    for key in [k for k in sound if numbers.of[k] not in clashing][: plan.contradictions]:
        row = world.rows_of(key)[0]
        numbers.of[key] = _draw(world, numbers)
        what = f"the register gives this client {numbers.of[key]}"
        numbers.error(file, row.line, "Client number", row.number, what, "kept and reported")
    free = [k for k in listed if world.rows_of(k)[0].number not in clashing]
    singles = set(world.singles())
    takers = [k for k in numbers.register_only if k in singles]
    for holder, taker in zip(free[: plan.taken_by_register], takers):
        row = world.rows_of(taker)[0]
        numbers.of[taker] = numbers.of[holder]
        what = (
            f"its register number is held by line {world.rows_of(holder)[0].line} of the list"
        )
        then = "asked; the holder keeps it"
        numbers.error(file, row.line, "Client number", numbers.of[taker], what, then)


def _register_line(world: World, numbers: Numbers, key: str) -> Line:
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


def _other_lines(world: World, numbers: Numbers, torn: dict[str, list[str]]) -> None:
    """Add former clients, and namesakes whom nobody can tell apart."""
    maker = world.maker
    for count in range(world.plan.former):
        one = maker.company() if count % 2 else maker.private()
        email = one.email if count % 4 else ""
        numbers.lines.append(Line(_draw(world, numbers), one.name, email, "", "former client"))
    for keys in [v for k, v in torn.items() if k == v[0]]:
        name = world.entities[keys[0]].name
        note = f"namesakes {' '.join(keys)}: nobody can tell"
        numbers.lines.append(Line(_draw(world, numbers), name, "", "", note))


def _spoil_register(world: World, numbers: Numbers, single: set[str]) -> None:
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
