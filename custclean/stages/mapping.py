"""A proposal which column is which field, for a table that no system knows.

Headings count first: every spelling that some system has, in any language, then spellings
near to one. Values count beside them, and alone where they cannot be mistaken (e-mails). Each
field is given once, the best evidence first; a person corrects it (`custclean.map_columns`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl
from rapidfuzz import fuzz, process

from custclean import html
from custclean.stages.mapping_looks import DOUBTED, could_hold, looks, said, sample_of
from custclean.stages.read_mapped import fields_for, layout_of
from custclean.stages.read_told import Told
from custclean.systems import SYSTEMS, plain_heading
from custclean.systems._fields import JOINED, base_of
from custclean.tables import Asked, RawTable
from custclean.tables.reading import best_part, read_tables
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from custclean.systems import Layout

__all__ = ["ColumnMapping", "opened", "propose_mapping"]

WIDEST = 400  # columns that are looked at; the rest is kept beside
NEAR = 85  # of 100: a misspelt heading, not another word
NEARER = 90  # a misspelt heading of another language than the file's
ENOUGH = 0.45
SURE = 0.75
ALONE = {  # how much the values say where the heading says nothing
    "email": 0.9, "website": 0.8, "tax_id": 0.8, "phone": 0.7, "ean": 0.7, "company": 0.7,
    "country": 0.6, "street": 0.6, "currency": 0.6, "display_name": 0.55, "postcode": 0.5,
}  # fmt: skip
KINDS = ("customers", "vendors", "employees", "items", "transactions")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column is which field, and why; `beside` are kept as they are.

    `columns` goes to `read(path, columns=...)` as it is. `sure` says whether all of it
    rests on good evidence.
    """

    kind: str
    columns: Mapping[str, str]  # heading -> field
    why: Mapping[str, str]  # heading -> a sentence
    beside: tuple[str, ...]
    sure: bool

    def __repr__(self) -> str:
        sure = "sure" if self.sure else "not sure"
        return (
            f"ColumnMapping({self.kind}: {len(self.columns)} columns are fields,"
            f" {len(self.beside)} beside, {sure})"
        )

    def _repr_html_(self) -> str:
        names = [*self.columns, *self.beside]
        frame = pl.DataFrame(
            {
                tr("heading"): names,
                tr("field"): [self.columns.get(name, "") for name in names],
                tr("why"): [self.why.get(name, "") for name in names],
            }
        )
        title = trn("{n} column is a field", "{n} columns are fields", len(self.columns))
        return html.table(frame, title=title, rows=len(names), plain=frame.columns)


class Candidate(NamedTuple):
    """A field that a column may be; the higher the score the better."""

    score: float
    heading: str
    field: str
    why: str


class Spelling(NamedTuple):
    """A heading that some system knows, and the languages in which it is this."""

    text: str
    languages: set[str]


def propose_mapping(
    table: RawTable | Path | str, *, kind: str | None = None, **given: Any
) -> ColumnMapping:
    """Propose which column of a table is which field, and of what kind its rows are.

    `table` is a file or what `read_table` gave; `given` is what `read_table` takes.
    """
    raw = table if isinstance(table, RawTable) else opened(Path(table), given)
    names = raw.frame.columns[:WIDEST]
    seen = looks({name: sample_of(raw.frame[name]) for name in names})
    _doubt_counted_numbers(raw, seen)
    kind = kind or _kind(names, seen)
    layout_of(kind)  # a kind that no list has is an error
    language = _language(names, kind)
    found = [each for n in names for each in _candidates(n, seen[n], kind, language)]
    found += list(_city_beside_postcode(names, seen, kind))
    chosen = _given_once([each for each in found if seen[each.heading] or _fits(raw, each)])
    return ColumnMapping(
        kind=kind,
        columns={each.heading: each.field for each in chosen},
        why={each.heading: each.why for each in chosen},
        beside=tuple(n for n in raw.frame.columns if n not in {c.heading for c in chosen}),
        sure=bool(chosen) and all(each.score >= SURE for each in chosen),
    )


def _fits(raw: RawTable, one: Candidate) -> bool:
    """Hold what is not certain against the only value of a column."""
    return one.score == 1 or could_hold(raw.frame, {one.heading: one.field})


def opened(path: Path, given: Mapping[str, Any]) -> RawTable:
    """Open the table of a file that looks most like a list."""
    asked = Asked.of({"looks_like": Told().looks_like(), **given})
    return best_part(read_tables(path, asked), asked)


def _doubt_counted_numbers(raw: RawTable, seen: Mapping[str, dict[str, float]]) -> None:
    """Take bare numbers that never come twice rather for a list's own than for postcodes."""
    for name, look in seen.items():
        if look.get("postcode", 0) > 0.5:
            values = sample_of(raw.frame[name])
            if len({*values}) == len(values) and not any(v.startswith("0") for v in values):
                bare = sum(value.isdigit() for value in values) / len(values)
                look["postcode"] *= 1 - 0.4 * bare


@cache
def _known(kind: str) -> Mapping[str, Mapping[str, Spelling]]:
    """Map each heading of all systems, reduced, to the fields of a kind that it may be.

    The words of the table of no program come first, then the rest: two systems may call
    different things by one name.
    """
    fields = frozenset(fields_for(kind))
    found: defaultdict[str, dict[str, Spelling]] = defaultdict(dict)
    own = layout_of(kind)
    rest = (layout for system in SYSTEMS.values() for layout in system.layouts)
    for layout in chain([own], (each for each in rest if each.kind == kind)):
        for name, languages in layout.headings.items():
            field = _field_of(name, layout, own)
            for language, texts in languages.items():
                for text in texts if base_of(name) in fields else ():
                    known = found[plain_heading(text)].setdefault(field, Spelling(text, set()))
                    known.languages.add(language)
    return found


def _field_of(name: str, layout: Layout, own: Layout) -> str:
    """Name the column by which a list of our own reads what this one of a layout holds.

    Who is barred is not active: a column that a layout turns round is turned round here, too.
    """
    if layout is own:  # the second line of an address, the second e-mail
        return name
    turned = layout.splits.get(name, layout.splits.get(base_of(name)))
    same = (field for field, split in own.splits.items() if split is turned)
    field = next(same, "")
    return field if base_of(field) == base_of(name) else base_of(name)


def _kind(names: list[str], seen: Mapping[str, Mapping[str, float]]) -> str:
    """Say what the rows are: customers, unless headings say otherwise by two and more."""
    votes = Counter[str]()
    for plain in map(plain_heading, names):
        kinds = [kind for kind in KINDS if plain in _known(kind)]
        for each in kinds:
            votes[each] += 1
    best = max(KINDS, key=lambda kind: votes[kind])  # of equals the first: customers
    needs = {"items": {"sku", "price", "cost"}, "transactions": {"amount"}}.get(best, set())
    fields = {
        name for text in map(plain_heading, names) for name in _known(best).get(text, {})
    }
    for kind in ("vendors", "employees"):
        if votes[kind] >= votes["customers"] and _names_them(names, kind):
            return kind
    people = any(look.get("email", 0) > 0.5 for look in seen.values())
    if votes[best] < votes["customers"] + 2 or (needs and (people or not needs & fields)):
        return "customers"
    return best


def _names_them(names: list[str], kind: str) -> bool:
    """Say whether a heading is what only these are called: "Supplier", "Employee"."""
    ours, others = _known(kind), _known("customers")
    return any(
        "display_name" in ours.get(text, {}) and "display_name" not in others.get(text, {})
        for text in map(plain_heading, names)
    )


def _language(names: list[str], kind: str) -> str:
    """Give the language of most headings; "" where no heading is known."""
    known = _known(kind)
    votes = Counter(
        language
        for plain in map(plain_heading, names)
        for language in set().union(*(s.languages for s in known.get(plain, {}).values()))
    )
    return min(votes, key=lambda each: (-votes[each], each != "en", each), default="")


def _candidates(
    name: str, seen: Mapping[str, float], kind: str, language: str
) -> Iterator[Candidate]:
    plain, known, fields = plain_heading(name), _known(kind), frozenset(fields_for(kind))
    by_heading = _exact(known.get(plain, {}), language)
    if not by_heading and seen:
        by_heading = _near(plain, kind, language)
    for field, (strength, why) in by_heading.items():
        yield _weighed(name, field, strength, why, seen)
    for field, share in seen.items():
        if field in fields - by_heading.keys() and share > 0.5:
            score = ALONE.get(field, 0) * share
            yield Candidate(score, name, field, said(field, share))


def _exact(found: Mapping[str, Spelling], language: str) -> dict[str, tuple[float, str]]:
    """Weigh a known heading: "Estado" is a region in Portuguese, a status in Spanish."""
    return {
        field: (
            1.0 if language in spelling.languages else 0.9,
            tr("heading known ({language})", language=_said(spelling, language)),
        )
        for field, spelling in found.items()
    }


def _said(spelling: Spelling, language: str) -> str:
    return language if language in spelling.languages else min(spelling.languages)


@cache
def _choices(kind: str, language: str) -> Mapping[str, Mapping[str, Spelling]]:
    """Give the headings of a language; of "" all. Short ones are near to anything."""
    return {
        text: found
        for text, found in _known(kind).items()
        if len(text) > 3
        if not language or any(language in each.languages for each in found.values())
    }


def _near(plain: str, kind: str, language: str) -> dict[str, tuple[float, str]]:
    """Find a heading that is misspelt, or that holds a known one as its words."""
    ours, long = _choices(kind, language), _choices(kind, "")
    for choices, cutoff in ((ours, NEAR), (long, NEARER)):
        best = process.extractOne(
            plain, choices.keys(), scorer=fuzz.ratio, score_cutoff=cutoff
        )
        if best is not None:
            text, score, _ = best
            return _like(choices[text], 0.8 * score / 100)
    inside = [text for text in ours if f" {text} " in f" {plain} "]
    return _like(ours[max(inside, key=len)], 0.55) if inside else {}


def _like(found: Mapping[str, Spelling], strength: float) -> dict[str, tuple[float, str]]:
    return {
        field: (strength, tr("heading like “{known}”", known=spelling.text))
        for field, spelling in found.items()
        if base_of(field) != "active"  # "Inactive" and "Not active" are near to its opposite
    }


def _weighed(
    name: str, field: str, strength: float, why: str, seen: Mapping[str, float]
) -> Candidate:
    """Hold a heading against the values, where the field has a look."""
    look = base_of("phone" if field in ("mobile", "fax") else field)
    share = seen.get(look, 0.0)
    if not seen or look not in ALONE or look in ("company", "display_name"):
        return Candidate(strength, name, field, why)
    if share < DOUBTED:
        doubt = tr("{why}, but the values do not look like it", why=why)
        # the word of another language, or a word like it, is another word
        return Candidate(strength * (0.6 if strength == 1 else 0.45), name, field, doubt)
    both = f"{why}; {said(look, share)}"
    return Candidate(strength * (0.8 + 0.2 * share), name, field, both)


def _city_beside_postcode(
    names: list[str], seen: Mapping[str, Mapping[str, float]], kind: str
) -> Iterator[Candidate]:
    """Take the words that stand beside postcodes for cities."""
    if "city" not in fields_for(kind):
        return
    for left, right in pairwise(names):
        for code, town in ((left, right), (right, left)):
            words = seen[town].get("city", 0)
            if seen[code].get("postcode", 0) > 0.8 and words > 0.9:
                why = tr("words beside postcodes")
                yield Candidate(0.55, town, "city", why)


def _given_once(found: list[Candidate]) -> list[Candidate]:
    """Give each column one field and each field one column, the best first."""
    order = {each.heading: place for place, each in reversed(list(enumerate(found)))}
    done: dict[str, Candidate] = {}
    taken: set[str] = set()
    for each in sorted(found, key=lambda c: (-c.score, order[c.heading])):
        if each.score < ENOUGH or each.heading in done:
            continue
        field = next((f for f in _names(each.field) if f not in taken), None)
        if field is not None:
            taken.add(field)
            done[each.heading] = each._replace(field=field)
    return sorted(done.values(), key=lambda each: order[each.heading])


def _names(field: str) -> Iterator[str]:
    yield field
    if field in JOINED:
        yield from (f"{field}.{n}" for n in range(2, 10))
