"""The sources of a number, strongest first: each offers one, doubts, or has nothing to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from custclean.model import Issue
from custclean.stages.number_form import LONGEST, fault, key
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from custclean.stages.number_facts import Client, Facts

__all__ = ["SOURCES", "Doubt", "Offer", "held", "offer", "remarks"]

FIELD = "customer_number"
SHOWN = 3  # other holders named in one sentence


@dataclass(frozen=True, slots=True)
class Offer:
    """A number for a client, and where it comes from."""

    client: Client
    number: str
    source: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person is asked: a code for machines, a sentence for the person."""

    client: Client
    code: str
    value: str
    message: str

    @property
    def issue(self) -> Issue:
        """Give the doubt as an issue."""
        return Issue(self.client.record_id, FIELD, self.value, self.message)


def _shortened(every: Sequence[str]) -> str:
    return ", ".join(every[:SHOWN]) + (", …" if len(every) > SHOWN else "")


def _names(facts: Facts, ids: Iterable[str]) -> str:
    return _shortened([facts.label(each) for each in ids])


def _broken(client: Client, number: str, where: str) -> Doubt | None:
    """Doubt a number that cannot be given as it stands; never mend it."""
    code = fault(number)
    if code is None:
        return None
    told = {
        "too_long": tr(
            "{where} has more than {n} characters: which number?", where=where, n=LONGEST
        ),
        "unprintable": tr("{where} holds invisible characters: which number?", where=where),
        "damaged": tr("{where} was damaged by a spreadsheet: which number?", where=where),
    }
    return Doubt(client, code, number, told[code])


def held(client: Client, number: str, others: Sequence[str], facts: Facts) -> Doubt:
    """Doubt a number that somebody else has or wants."""
    who = _names(facts, others)
    told = tr("this number is also that of {others}: whose is it?", others=who)
    return Doubt(client, "held_by_other", number, told)


def _reserved(client: Client, number: str) -> Doubt:
    told = tr("this number is reserved or already taken in the target: which number?")
    return Doubt(client, "reserved", number, told)


def _decided(client: Client, facts: Facts) -> Offer | Doubt | None:
    number = facts.sources.decided.get(client.record_id, "").strip()
    if not number:
        return None
    doubt = _broken(client, number, tr("the decided number"))
    if doubt and doubt.code != "damaged":  # somebody may really call a client "12.0"
        return doubt
    shows_it = key(client.number) == key(number)
    rivals = facts.others(client, number, facts.decided)
    others = facts.others(client, number, facts.decided, facts.holders)
    # of two that show one number, the one a person names keeps it
    if rivals or (others and not shows_it):
        return held(client, number, others, facts)
    if key(number) in facts.reserved and not shows_it:
        return _reserved(client, number)
    same = client.number.strip() == number
    return Offer(client, client.number if same else number, "decided")


def _kept(client: Client, facts: Facts) -> Offer | Doubt | None:
    number = client.number
    if not number:
        return None
    if doubt := _broken(client, number, tr("the number in the list")):
        return replace(doubt, message=" ".join([doubt.message, *_clues(client, facts)]))
    if others := facts.others(client, number, facts.holders):
        return held(client, number, others, facts)
    return Offer(client, number, "kept")


def _lines(client: Client, facts: Facts) -> list[str]:
    return [line.record_id for line in facts.sources.linked.get(client.record_id, ())]


def _clues(client: Client, facts: Facts) -> list[str]:
    """Say what may help a person to tell what a damaged number was."""
    lines = facts.sources.linked.get(client.record_id, ())
    own = [client.record_id, *_lines(client, facts)]
    twins = facts.twins(client.number, but=own, sound=True)
    said = []
    if lines:
        on_file = _shortened([line.number.strip() for line in lines])
        said.append(tr("The register says {numbers}.", numbers=on_file))
    if twins:
        said.append(tr("It may be that of {others}.", others=_names(facts, twins)))
    return said


def _remembered(client: Client, facts: Facts) -> Offer | Doubt | None:
    number = facts.sources.given.get(client.record_id, "").strip()
    if not number or key(number) in facts.reserved:
        return None  # found taken since it was given: the next source is asked
    if doubt := _broken(client, number, tr("the number given earlier")):
        return doubt
    if others := facts.others(client, number, facts.holders, facts.decided, facts.given):
        return held(client, number, others, facts)
    return Offer(client, number, "remembered")


def _registered(client: Client, facts: Facts) -> Offer | Doubt | None:
    lines = facts.sources.linked.get(client.record_id, ())
    if not lines:
        return None
    number = lines[0].number.strip()
    if len({key(line.number) for line in lines}) > 1:
        every = _shortened([line.number.strip() for line in lines])
        told = tr("the register has several numbers for this client: {numbers}", numbers=every)
        return Doubt(client, "register_disagrees", number, told)
    doubt = _broken(client, number, tr("the number in the register"))
    return doubt or _contested(client, number, facts) or Offer(client, number, "register")


def _contested(client: Client, number: str, facts: Facts) -> Doubt | None:
    """Doubt a number of the register that somebody else has, had or may have."""
    own = {*_lines(client, facts), client.record_id}
    if facts.register[key(number)] - own:
        told = tr("the register has this number twice: whose is it?")
        return Doubt(client, "register_twice", number, told)
    if others := facts.others(client, number, facts.holders, facts.decided, facts.given):
        return held(client, number, others, facts)
    if key(number) in facts.reserved:
        return _reserved(client, number)
    if twins := facts.twins(number, but=own):
        told = tr(
            "a damaged number may be the same, that of {others}", others=_names(facts, twins)
        )
        return Doubt(client, "suspected_equal", number, told)
    return None


RULES: Mapping[str, Callable[[Client, Facts], Offer | Doubt | None]] = {
    "decided": _decided,
    "kept": _kept,
    "remembered": _remembered,
    "register": _registered,
}
SOURCES = (*RULES, "pattern")


def offer(client: Client, facts: Facts) -> Offer | Doubt | None:
    """Give what the strongest source says of this client; None: it waits for a new number."""
    for rule in RULES.values():
        if found := rule(client, facts):
            return found
    return None


def remarks(given: Offer, facts: Facts) -> list[Issue]:
    """Say what a person should know of a number that was given all the same."""
    client, number = given.client, given.number
    said = []
    if given.source == "kept":
        if number != number.strip():
            said.append(tr("there are blanks around the number; it stays as it is"))
        earlier = facts.sources.given.get(client.record_id, "")
        if earlier and key(earlier) != key(number):
            said.append(
                tr("number {other} was given earlier; the list's is kept", other=earlier)
            )
        on_file = [line.number for line in facts.sources.linked.get(client.record_id, ())]
        if on_file and {key(each) for each in on_file} != {key(number)}:
            told = tr(
                "the register says {numbers}; the list's is kept", numbers=_shortened(on_file)
            )
            said.append(told)
        if twins := facts.twins(number, but=[client.record_id, *_lines(client, facts)]):
            told = tr(
                "a damaged number may be the same, that of {others}",
                others=_names(facts, twins),
            )
            said.append(told)
    return [Issue(client.record_id, FIELD, number, each) for each in said]
