"""Client numbers: who has one where, and what is wrong with some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _make.register import (
    DAMAGED,
    LONG,
    Numbers,
    draw,
    other_lines,
    register_line,
    spoil_register,
)

if TYPE_CHECKING:
    from _make.rows import Row
    from _make.world import World


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
        numbers.of[key] = draw(world, numbers)
    for key in [*both, *listed]:
        _write(world, numbers, key)
    apart = set(single)
    alone = [k for k in both if k in apart]
    _spoil_list(world, numbers, [k for k in bare if k in apart], alone)
    _contradict(world, numbers, alone, [k for k in listed if k in apart])
    numbers.lines += [
        register_line(world, numbers, k) for k in [*both, *numbers.register_only]
    ]
    other_lines(world, numbers, torn)
    rng.shuffle(numbers.lines)
    for line, entry in enumerate(numbers.lines, start=2):
        entry.line = line
    spoil_register(world, numbers, apart)
    return numbers


def _torn(world: World) -> dict[str, list[str]]:
    """Choose the namesakes whom a register line without e-mail cannot tell apart."""
    pairs = [g for g in world.groups if g and g[0].tags == ("namesake",)]
    chosen = pairs[: world.plan.ambiguous]
    return {one.key: [m.key for m in group] for group in chosen for one in group}


def _write(world: World, numbers: Numbers, key: str) -> None:
    """Put a number into the list; of several lines usually on one."""
    rng, rows = world.rng, world.rows_of(key)
    row = rows[0] if rng.random() < 0.75 else rows[-1]
    row.number = numbers.of[key]
    others = [r for r in rows if r is not row]
    if others and rng.random() < 0.12:
        same = rng.random() < 0.5
        others[0].number = row.number if same else draw(world, numbers)
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
        numbers.of[key] = draw(world, numbers)
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
