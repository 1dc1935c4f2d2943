"""Which system a table is from: told by its headings and titles, or by the caller.

Of several claims one stands if it explains every column that the other does and more. A
table of no program in particular gives way to a program that asks for a heading which only
it knows. What is left is asked: nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from custclean.errors import AmbiguousFileError, InputError, SettingsError, UnknownFileError
from custclean.labels import kind_said
from custclean.model import fields_of
from custclean.systems import plain_heading, title_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from custclean.systems import Layout, System
    from custclean.tables import RawTable

__all__ = ["Aliases", "Claim", "check_asked", "claims", "match", "recognise", "winners"]

# system -> field -> further spellings, as a person wrote them down
Aliases: TypeAlias = "Mapping[str, Mapping[str, tuple[str, ...]]]"
NUMBERED = re.compile(r"[./]\d+$")
OWN = "own"  # the language of those spellings; what is missing where a file has no mark
SHOWN = 4  # such marks, or headings, that an error names
MANY = 6  # columns of a list that are in the words of a program by no chance
NEAR = 2  # systems that it names
CLIENT_LIST = {
    "customer_number",
    "customer_type",
    "lead_accountant",
}  # who has names has these
_plain = lru_cache(maxsize=20_000)(plain_heading)  # each layout asks for the same headings
NO_ALIASES: Aliases = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Claim:
    """What one layout makes of a header: which column is which field, what is lacking."""

    system: str
    layout: Layout
    columns: Mapping[str, int]  # field -> place of its column
    doubles: tuple[int, ...]  # columns of a field that an earlier column has already
    language: str
    missing: tuple[str, ...]
    titled: bool  # a title of the layout stands above the table
    marks: tuple[int, ...] = ()  # columns that other programs do not write so

    @property
    def kind(self) -> str:
        """Give the kind of record."""
        return self.layout.kind

    def asked_for(self) -> set[int]:
        """Give the places of the columns without which this would be no claim."""
        names = {name for need in self.layout.required for name in need.split("|")}
        return {p for name, p in self.columns.items() if name in names} | set(self.marks)

    def lacking(self) -> str:
        """Name the headings that are missing, in the file's language if it is known."""
        return ", ".join(
            " / ".join(f"“{heading}”" for heading in self._headings(need))
            for need in self.missing
        )

    def _headings(self, need: str) -> list[str]:
        if need == OWN:
            others = [name for name in self.layout.headings if name not in self.columns]
            return [*self.layout.own, *map(self._heading, others)][:SHOWN]
        return [self._heading(name) for name in need.split("|")]

    def _heading(self, name: str) -> str:
        languages = self.layout.headings.get(name, {})
        return languages.get(self.language, next(iter(languages.values()), (name,)))[0]


def match(
    system: str,
    layout: Layout,
    header: Sequence[str],
    titles: Iterable[str],
    aliases: Aliases = NO_ALIASES,
    *,
    named: bool = False,
) -> Claim:
    """Read a header as a layout would; `aliases` count before what the layout knows.

    `named` says that the caller has named the system.
    """
    layout = _with_aliases(layout, aliases.get(system, {}))
    spellings = layout.spellings
    known = {
        place: meanings
        for place, heading in enumerate(header)
        if (meanings := spellings.get(_plain(heading)))
    }
    votes = Counter(
        language
        for found in known.values()
        for language in {each[1] for each in found} - {OWN}
    )
    language = min(votes, key=lambda each: (-votes[each], each != "en", each), default="en")
    ordered = sorted(known, key=lambda place: not _is_own(known[place]))
    meant = {place: _meanings(known[place], language) for place in ordered}
    columns, doubles = _placed(layout, meant)
    missing = tuple(
        need
        for need in layout.required
        if not any(name in columns for name in need.split("|"))
    )
    ours = {plain_heading(title) for title in layout.titles}
    titled = any(plain_heading(title) in ours for title in titles)
    marks = _marks(layout, header, known)
    if (layout.own or layout.whole) and not (marks or titled or named):
        missing += (OWN,)
    if layout.by_headings and not _nearly_known(layout, header, known):
        missing += (OWN,)
    return Claim(system, layout, columns, doubles, language, missing, titled, marks)


def _nearly_known(layout: Layout, header: Sequence[str], known: Container[int]) -> bool:
    """Say whether all headings of a list are known but one, or one in eight.

    The one that is not must not be like those of another kind of list.
    """
    filled = {place: text for place, text in enumerate(map(_plain, header)) if text}
    others = [text for place, text in filled.items() if place not in known]
    against = any(word in text for text in others for word in layout.against)
    few = len(others) <= max(1, len(filled) // 8) and 4 * len(others) <= len(filled)
    return few and not against


def _marks(
    layout: Layout, header: Sequence[str], known: Mapping[int, Sequence[tuple[str, str]]]
) -> tuple[int, ...]:
    """Give the places of the headings that tell the file; all, if it is a whole template."""
    plain = list(map(_plain, header))
    seen = frozenset(plain)
    told = {text for texts in layout.own_spellings if texts <= seen for text in texts}
    filled = [place for place, text in enumerate(plain) if text]
    if layout.whole and layout.whole <= len(filled) and known.keys() >= set(filled):
        return tuple(filled)
    return tuple(
        place
        for place, text in enumerate(plain)
        if text in told or _is_own(known.get(place, ()))
    )


def _with_aliases(layout: Layout, aliases: Mapping[str, tuple[str, ...]]) -> Layout:
    """Give a layout that knows these spellings too, of the fields that it can hold."""
    kind = "customers" if layout.kind == "error_log" else layout.kind
    known = {*layout.headings, *fields_of(kind)}
    own = {name: {OWN: texts} for name, texts in aliases.items() if name in known}
    if not own:
        return layout
    headings = {
        name: {**layout.headings.get(name, {}), **own.get(name, {})}
        for name in (*layout.headings, *own)
    }
    return replace(layout, headings=headings)


def _is_own(found: Iterable[tuple[str, str]]) -> bool:
    return any(spoken == OWN for _, spoken in found)


def _meanings(found: Sequence[tuple[str, str]], language: str) -> list[str]:
    """Name the fields that a heading may be; of a language not the file's only one."""
    own = [name for name, spoken in found if spoken == OWN]
    ours = [name for name, spoken in found if spoken == language]
    return own or ours or [name for name, _ in found[:1]]


def _placed(
    layout: Layout, meant: Mapping[int, list[str]]
) -> tuple[dict[str, int], tuple[int, ...]]:
    """Give each field its column, and the columns for which no field is left.

    Where a heading stands twice the second is the next column of the field, if it has
    several: "Phone", "Phone", or the day and the time under one word.
    """
    columns: dict[str, int] = {}
    again = [place for place, names in meant.items() if not _take(columns, place, names)]
    further = {name: _further(layout, name) for name in {meant[place][0] for place in again}}
    doubles = [p for p in again if not _take(columns, p, further[meant[p][0]])]
    return columns, tuple(sorted(doubles))


def _take(columns: dict[str, int], place: int, names: Iterable[str]) -> bool:
    free = next((name for name in names if name not in columns), None)
    if free is not None:
        columns[free] = place
    return free is not None


def _further(layout: Layout, name: str) -> list[str]:
    """Name the numbered columns of a field: of `email` or `email.2` all `email.<n>`."""
    alike = re.compile(re.escape(NUMBERED.sub("", name)) + NUMBERED.pattern)
    return [each for each in layout.headings if alike.fullmatch(each)]


def claims(
    systems: Mapping[str, System],
    header: Sequence[str],
    titles: Sequence[str],
    system: str | None = None,
    kind: str | None = None,
    aliases: Aliases = NO_ALIASES,
) -> list[Claim]:
    """Give what each layout makes of a header; only those asked for, if any is asked for."""
    return [
        match(each.name, layout, header, titles, aliases, named=system is not None)
        for each in systems.values()
        for layout in each.layouts
        if system in (None, each.name) and kind in (None, layout.kind)
        if not (layout.by_headings if system else layout.only_when_asked)
    ]


def winners(found: Sequence[Claim]) -> list[Claim]:
    """Give the claims that stand: one, several that exclude one another, or none.

    A report's title decides; then what a claim explains that the other does not.
    """
    whole = [claim for claim in found if not claim.missing]
    whole = [claim for claim in whole if claim.titled] or whole
    whole = [claim for claim in whole if not claim.layout.only_when_asked] or whole
    return [claim for claim in whole if not any(_beats(other, claim) for other in whole)]


def _beats(one: Claim, other: Claim) -> bool:
    if one.system == other.system:
        if one.layout.by_headings != other.layout.by_headings:
            return other.layout.by_headings
        return len(one.columns) > len(other.columns)
    mine, theirs = set(one.columns.values()), set(other.columns.values())
    if other.layout.last_resort:
        return len(mine) >= len(theirs) or bool(one.asked_for() - theirs)
    return not one.layout.last_resort and mine > theirs


def may_be(systems: Mapping[str, System], raw: RawTable, claim: Claim) -> list[Claim]:
    """Give the programs whose list a table of no program could be, for all but their marks.

    Such a one must explain every column that `claim` does, and more; or as many as nobody's
    own list has in its very words.
    """
    if not claim.layout.last_resort:
        return []
    mine = set(claim.columns.values())
    found = claims(systems, raw.header, ())
    near = [each for each in found if each.missing == (OWN,) and not each.layout.last_resort]
    return [each for each in near if _explains(mine, set(each.columns.values()))]


def _explains(mine: set[int], theirs: set[int]) -> bool:
    return theirs > mine or (theirs == mine and len(mine) >= MANY)


def check_asked(systems: Mapping[str, System], system: str | None, kind: str | None) -> None:
    """Refuse a system or kind that nobody knows."""
    if system is not None and system not in systems:
        names = ", ".join(systems)
        raise SettingsError(tr("no such system"), value=system, expected=names)
    asked = [systems[system]] if system else list(systems.values())
    kinds = sorted({layout.kind for each in asked for layout in each.layouts})
    if kind is not None and kind not in kinds:
        raise SettingsError(tr("no such kind of file"), value=kind, expected=", ".join(kinds))


def recognise(
    systems: Mapping[str, System],
    raw: RawTable,
    system: str | None,
    kind: str | None,
    aliases: Aliases = NO_ALIASES,
) -> Claim:
    """Give the one claim on a file, or say what was seen and what each layout would need."""
    titles = [note.text for note in raw.notes if note.line < raw.report.header_row]
    found = claims(systems, raw.header, titles, system, kind, aliases)
    won = winners(found)
    if all(claim.layout.last_resort for claim in won):
        _refuse_list_without_ids(raw, found)
    if len(won) == 1:
        return won[0]
    how = tr('system= and kind=, or [files."{name}"] in custclean.toml', name=raw.path.name)
    if won:
        who = ", ".join(f"{claim.system} {claim.kind}" for claim in won)
        msg = tr("several systems claim this file: {who}", who=who)
        raise AmbiguousFileError(msg, file=raw.path, line=raw.report.header_row, expected=how)
    msg = "; ".join([tr("no system knows this file"), *_known_of(raw, found)])
    raise UnknownFileError(
        msg, file=raw.path, line=raw.report.header_row or None, expected=how
    )


def _known_of(raw: RawTable, found: Sequence[Claim]) -> Iterator[str]:
    """Say which headings are known, and what the systems lack that know most of them."""
    filled = sum(map(bool, map(str.strip, raw.header)))
    near = [c for c in found if _is_near(c, filled)]
    near = sorted(near, key=lambda claim: -len(claim.columns))[:NEAR]
    best = near or sorted(found, key=lambda claim: -len(claim.columns))[:1]
    seen = sorted({raw.header[place] for claim in best for place in claim.columns.values()})
    if seen:
        headings = ", ".join(seen[:SHOWN]) + (" …" if len(seen) > SHOWN else "")
        yield tr(
            "known headings: {n} of {all} ({headings})",
            n=len(seen),
            all=filled,
            headings=headings,
        )
    for claim in near:
        who = f"{title_of(claim.system)}, {kind_said(claim.kind)}"
        yield tr("{who} lacks {what}", who=who, what=claim.lacking())


def _is_near(claim: Claim, filled: int) -> bool:
    """Say whether a program knows most headings and lacks but one thing."""
    known = len(claim.columns)
    only_one = len(claim.missing) == 1 and not claim.layout.last_resort
    return only_one and known > 1 and 2 * known > filled


def _refuse_list_without_ids(raw: RawTable, found: Sequence[Claim]) -> None:
    for claim in found:
        if claim.missing == ("company_id",) and not CLIENT_LIST.isdisjoint(claim.columns):
            raise InputError(
                tr("the list has no column of company ids"),
                file=raw.path,
                line=raw.report.header_row,
                expected=tr(
                    "a column {heading}; download the list again", heading=claim.lacking()
                ),
            )
