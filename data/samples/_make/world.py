"""One set's people and lines, drawn from its plan: what all files and the truth share."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from _make.entities import PLANS, Entity, Maker
from _make.groups import Group, all_groups
from _make.rows import Row, row_of
from _make.seconds import person_only, spoil
from _make.strangers import Stranger, listed_strangers, other_vendors, row_of_stranger

if TYPE_CHECKING:
    from _make.plan import Plan

ROLES = (
    ("customer_vendors", "customer-vendor"),
    ("refund_vendors", "refund-only vendor"),
    ("vendor_namesakes", "namesake of a vendor"),
    ("never_invoiced", "never-invoiced client"),
    ("name_ignored", "shares its name with an ignored contact"),
)
NO_EMAIL = "none@example.com"
NO_PHONE = ("n/a", "-", "unknown")
# Roles in which bookings, or client type and lead, say enough without a subscription.
WITHOUT_PLAN = ("customer-vendor", "refund-only vendor", "never-invoiced client")


@dataclass(slots=True)
class World:
    """Everything invented for one set."""

    plan: Plan
    maker: Maker
    entities: dict[str, Entity] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)  # keys of clients in no group
    roles: dict[str, list[str]] = field(default_factory=dict)  # role -> keys
    strangers: list[Stranger] = field(default_factory=list)
    vendors: list[Stranger] = field(default_factory=list)  # never in the client list
    rows: list[Row] = field(default_factory=list)
    by_entity: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def rng(self) -> random.Random:
        """The one source of chance."""
        return self.maker.rng

    def rows_of(self, key: str) -> list[Row]:
        """Give the lines of one client."""
        return self.by_entity.get(key, [])

    def singles(self) -> list[str]:
        """Clients in no group, with one line and no role: to play tricks on."""
        taken = {key for keys in self.roles.values() for key in keys}
        mine = self.by_entity
        return [
            k
            for k in self.plain
            if k not in taken and len(mine[k]) == 1 and mine[k][0].company_id
        ]


def build(plan: Plan) -> World:
    """Draw a set."""
    maker = Maker(random.Random(plan.seed))
    world = World(plan, maker)
    world.groups = all_groups(maker, plan)
    for group in world.groups:
        world.entities |= {one.key: one for one in group}
    world.strangers = listed_strangers(maker, plan)
    _fill(world)
    _give_roles(world)
    extra = _seconds(world)
    rows = [row_of(one, maker.rng) for one in world.entities.values()]
    rows += [row_of_stranger(one, maker) for one in world.strangers]
    world.rows = rows + extra
    _hide_contacts(world)
    maker.rng.shuffle(world.rows)
    for row in world.rows:
        world.by_entity.setdefault(row.entity, []).append(row)
    _give_ids(world)
    listed = len(world.strangers)
    world.vendors = other_vendors(maker, max(0, plan.vendor_lines - listed // 2))
    return world


def _extras(plan: Plan) -> int:
    return plan.pairs + 2 * plan.triples + 3 * plan.quads + plan.person_only


def _fill(world: World) -> None:
    """Fill up with clients in no group."""
    plan, maker = world.plan, world.maker
    missing = plan.rows - len(world.strangers) - _extras(plan) - len(world.entities)
    for number in range(missing):
        one = maker.company() if number % 2 else maker.private()
        one = maker.thin(one)
        world.entities[one.key] = one
        world.plain.append(one.key)


def _give_roles(world: World) -> None:
    """Choose who is hard for the screen; they have what keeps a client a client."""
    keys = world.rng.sample(
        [k for k in world.plain if world.entities[k].email],
        sum(getattr(world.plan, name) for name, _ in ROLES),
    )
    for name, role in ROLES:
        size = getattr(world.plan, name)
        chosen, keys = keys[:size], keys[size:]
        world.roles[role] = chosen
        for key in chosen:
            one = world.entities[key]
            plan = world.rng.choice(PLANS)
            if role in WITHOUT_PLAN and world.rng.random() < 0.5:
                plan = "None"
            lead = one.lead or "Ida Kvistgren"
            world.entities[key] = replace(one, lead=lead, subscription=plan)


def _reachable(one: Entity) -> bool:
    ways = [one.email, one.phone, one.address]
    if one.tags in {("bookkeeper address",), ("shared switchboard",)}:
        return all(ways)
    return sum(1 for way in ways if way) >= 2


def _seconds(world: World) -> list[Row]:
    """Give some clients a second, third or fourth line."""
    plan, rng = world.plan, world.rng
    taken = {key for keys in world.roles.values() for key in keys}
    plain = [k for k in world.plain if k not in taken and _reachable(world.entities[k])]
    shared = [
        one.key
        for group in world.groups
        for one in group
        if one.tags
        and one.tags[0]
        in {"owner of several companies", "bookkeeper address", "shared switchboard"}
    ]
    sizes = [1] * plan.pairs + [2] * plan.triples + [3] * plan.quads
    few = min(len(shared), len(sizes) // 8)
    keys = rng.sample(plain, len(sizes) - few) + rng.sample(shared, few)
    rng.shuffle(keys)
    extra: list[Row] = []
    for number, (key, size) in enumerate(zip(keys, sizes)):
        if number < plan.both_subscribed:
            world.entities[key] = replace(world.entities[key], subscription=rng.choice(PLANS))
        lines = [spoil(world.entities[key], world.maker) for _ in range(size)]
        if number < plan.both_subscribed:
            lines[0].subscription = rng.choice(PLANS)
            world.roles.setdefault("two lines with a subscription each", []).append(key)
        extra += lines
    world.roles["has several lines"] = list(keys)
    soles = [one for group in world.groups for one in group if one.tags == ("sole trader",)]
    return extra + [person_only(one, world.maker) for one in soles]


def _hide_contacts(world: World) -> None:
    """Half of the firms also entered under their owner show no contact."""
    both = {r.entity for r in world.rows if r.faults == ("person instead of firm",)}
    for number, row in enumerate(r for r in world.rows if r.entity in both and not r.faults):
        if number % 2:
            row.contact, row.faults = "", ("firm without contact",)


def _give_ids(world: World) -> None:
    """Give every line an id, but for a few, and the day it was made."""
    rng, used = world.rng, set[str]()
    for row in world.rows:
        while row.company_id in used or not row.company_id:
            head, size = rng.choice((("9130", 11), ("9130", 11), ("9341", 11), ("123146", 8)))
            row.company_id = f"{head}{rng.randrange(10**size):0{size}}{rng.randrange(1, 10)}"
        used.add(row.company_id)
        row.created = (
            f"{rng.randrange(1, 13):02}/{rng.randrange(1, 29):02}/{rng.randrange(2014, 2027)}"
        )
        if row.created[6:] == "2026":  # not after the download
            row.created = f"0{rng.randrange(1, 9)}{row.created[2:]}"
    world.roles["row without company id"] = world.singles()[: world.plan.without_id]
    for key in world.roles["row without company id"]:
        world.rows_of(key)[0].company_id = ""
    _fill_in_nothing(world)
    for line, row in enumerate(world.rows, start=2):
        row.line = line


def _fill_in_nothing(world: World) -> None:
    """Let some lines say "none" where others are blank: equal, and no evidence."""
    lines = [world.rows_of(k)[0] for k in world.singles()]
    without_email = [r for r in lines if not r.email][: world.plan.placeholders]
    without_phone = [r for r in lines if not r.phone][: world.plan.placeholders]
    for row in without_email:
        row.email = NO_EMAIL
    for count, row in enumerate(without_phone):
        row.phone = NO_PHONE[count % len(NO_PHONE)]
    world.roles["placeholder for an e-mail or phone"] = [
        row.entity for row in lines if row in without_email or row in without_phone
    ]
