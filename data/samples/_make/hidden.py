"""What downloads hide: inactive clients, and what happens between download and upload."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from _make.rows import Row, row_of

if TYPE_CHECKING:
    from _make.register import Numbers
    from _make.world import World


@dataclass(slots=True)
class Hidden:
    """Inactive clients, and what somebody does before the first upload."""

    inactive: list[Row] = field(default_factory=list)
    scheduled: list[dict[str, str | int]] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)  # number, whom it fails


def hide(world: World, numbers: Numbers) -> Hidden:
    """Draw the hidden half; the numbers of some will be given to others."""
    rng, plan, hidden = world.rng, world.plan, Hidden()
    told = {e["value"] for e in numbers.errors}
    sound = [x for x in numbers.lines if x.entity and not x.note and x.number not in told]
    mine = {x.entity: x for x in sound if x.email or x.entity in numbers.sure}
    single = world.singles()
    given = [k for k in single if k in mine and not world.rows_of(k)[0].number]
    rng.shuffle(given)
    unlucky = [given.pop() for _ in range(plan.hidden_register)]
    small = _small(numbers, plan.hidden_small, world)
    hidden.taken = [(mine[k].number, k) for k in unlucky] + [(n, "") for n in small]
    wanted = [number for number, _ in hidden.taken]
    wanted += [
        _own(world, numbers) if n % 3 else "" for n in range(plan.inactive - len(wanted))
    ]
    hidden.inactive = [_inactive(world, number) for number in wanted]
    for _ in range(plan.renames):
        row = world.rows_of(given.pop())[0]
        hidden.scheduled.append(
            _step("rename", row) | {"display_name": f"{row.display} (new owner)"}
        )
    for _ in range(plan.removals):
        hidden.scheduled.append(_step("remove", world.rows_of(given.pop())[0]))
    return hidden


def _small(numbers: Numbers, count: int, world: World) -> list[str]:
    """Choose numbers that the pattern is sure to reach."""
    in_use = numbers.used | {x.number for x in numbers.lines}
    top = 10 * count if count > 1 else 5
    free = [f"{n:05}" for n in range(2, top) if f"{n:05}" not in in_use]
    return sorted(world.rng.sample(free, count))


def _own(world: World, numbers: Numbers) -> str:
    while True:
        number = f"{world.rng.randrange(80000, 99999)}"
        if number not in numbers.used:
            numbers.used.add(number)
            return number


def _inactive(world: World, number: str) -> Row:
    rng, maker = world.rng, world.maker
    one = maker.company() if rng.random() < 0.5 else maker.private()
    row = row_of(maker.thin(one), rng)
    row.entity, row.number, row.subscription = one.key, number, rng.choice(("None", ""))
    row.company_id = f"9130{rng.randrange(10**11):011}{rng.randrange(1, 10)}"
    row.created = (
        f"0{rng.randrange(1, 10)}/{rng.randrange(10, 29)}/{rng.randrange(2012, 2020)}"
    )
    return row


def _step(what: str, row: Row) -> dict[str, str | int]:
    return {"before_upload": 1, "do": what, "company_id": row.company_id}
