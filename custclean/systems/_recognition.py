"""Which system a table is from: told by its headings and titles, or by the caller."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.errors import AmbiguousFileError, InputError, SettingsError, UnknownFileError
from custclean.systems import plain_heading
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from custclean.systems import Layout, System
    from custclean.tables import RawTable

__all__ = ["Claim", "check_asked", "claims", "match", "recognise", "winners"]


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

    @property
    def kind(self) -> str:
        """Give the kind of record."""
        return self.layout.kind

    def lacking(self) -> str:
        """Name the headings that are missing, in English."""
        return ", ".join(
            " / ".join(f"“{self._heading(name)}”" for name in need.split("|"))
            for need in self.missing
        )

    def _heading(self, name: str) -> str:
        languages = self.layout.headings.get(name, {})
        return next(iter(languages.values()), (name,))[0]


def match(system: str, layout: Layout, header: Sequence[str], titles: Iterable[str]) -> Claim:
    """Read a header as a layout would."""
    candidates = [layout.spellings.get(plain_heading(heading), ()) for heading in header]
    votes = Counter(
        language for found in candidates for language in {each[1] for each in found}
    )
    language = min(votes, key=lambda each: (-votes[each], each != "en", each), default="en")
    columns: dict[str, int] = {}
    doubles = []
    for place, found in enumerate(candidates):
        ours = [name for name, spoken in found if spoken == language]
        names = [*ours, *(name for name, _ in found)]
        free = next((name for name in names if name not in columns), None)
        if free is not None and (free == names[0] or free in ours):
            columns[free] = place
        elif names:
            doubles.append(place)
    missing = tuple(
        need
        for need in layout.required
        if not any(name in columns for name in need.split("|"))
    )
    known = {plain_heading(title) for title in layout.titles}
    titled = any(plain_heading(title) in known for title in titles)
    return Claim(system, layout, columns, tuple(doubles), language, missing, titled)


def claims(
    systems: Mapping[str, System],
    header: Sequence[str],
    titles: Sequence[str],
    system: str | None = None,
    kind: str | None = None,
) -> list[Claim]:
    """Give what each layout makes of a header; only those asked for, if any is asked for."""
    return [
        match(each.name, layout, header, titles)
        for each in systems.values()
        for layout in each.layouts
        if system in (None, each.name) and kind in (None, layout.kind)
        if not layout.only_when_asked or system is not None
    ]


def winners(found: Sequence[Claim]) -> list[Claim]:
    """Give the claims that stand: one, several that exclude one another, or none.

    A report's title decides; of one system the layout that explains more columns; the
    last resort counts only where nobody else explains as many.
    """
    whole = [claim for claim in found if not claim.missing]
    whole = [claim for claim in whole if claim.titled] or whole
    whole = [claim for claim in whole if not claim.layout.only_when_asked] or whole
    return [claim for claim in whole if not any(_beats(other, claim) for other in whole)]


def _beats(one: Claim, other: Claim) -> bool:
    if one.system == other.system:
        return len(one.columns) > len(other.columns)
    if other.layout.last_resort:
        return len(one.columns) >= len(other.columns)
    return False


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
    systems: Mapping[str, System], raw: RawTable, system: str | None, kind: str | None
) -> Claim:
    """Give the one claim on a file, or say what was seen and what each layout would need."""
    titles = [note.text for note in raw.notes if note.line < raw.report.header_row]
    found = claims(systems, raw.header, titles, system, kind)
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
    near = sorted(found, key=lambda claim: -len(claim.columns))[:3]
    near = [claim for claim in near if claim.columns] or near
    seen = sorted({raw.header[place] for claim in near for place in claim.columns.values()})
    needs = "; ".join(
        tr("{who} lacks {what}", who=f"{c.system} {c.kind}", what=c.lacking()) for c in near
    )
    msg = tr(
        "no system knows this file; known headings: {seen} of {n}; {needs}",
        seen=", ".join(seen) or "-",
        n=len(raw.header),
        needs=needs,
    )
    raise UnknownFileError(msg, file=raw.path, line=raw.report.header_row, expected=how)


def _refuse_list_without_ids(raw: RawTable, found: Sequence[Claim]) -> None:
    for claim in found:
        if claim.missing == (claim.layout.native_id,) and len(claim.columns) > 1:
            raise InputError(
                tr("the list has no column of company ids"),
                file=raw.path,
                line=raw.report.header_row,
                expected=tr(
                    "a column {heading}; download the list again", heading=claim.lacking()
                ),
            )
