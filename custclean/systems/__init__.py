"""What custclean knows of other programs: one file a system, data and no more.

A system is a module here with a `SYSTEM`; nothing else has to be told of it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import polars as pl

from custclean.labels import kind_said
from custclean.words import Marked, spoken, tr

__all__ = [
    "SYSTEMS",
    "Headings",
    "Layout",
    "System",
    "UploadFormat",
    "known_headings",
    "list_systems",
    "plain_heading",
    "table_said",
    "title_of",
]

Headings = Mapping[str, Mapping[str, tuple[str, ...]]]  # field -> language -> spellings
TOGETHER = " + "  # between headings that only together tell a file
BLANKS = re.compile(r"[\s\u200b\u2060\ufeff]+")


def plain_heading(text: str) -> str:
    """Reduce a heading to what its spellings share: case, blanks, width, apostrophes aside.

    >>> plain_heading(" Company   ID ")
    'company id'
    """
    text = unicodedata.normalize("NFKC", text).replace("’", "'")
    return BLANKS.sub(" ", text).strip().casefold()


@dataclass(frozen=True)
class Layout:
    """One kind of file of a system, told by its headings.

    `headings` maps a field to language -> spellings. Several columns of one field are
    written `email`, `email.2`; of an address `street`, `street.home`: e-mails and phones
    are joined, of addresses the first block that holds anything is taken. Columns that are
    parts of one value are `street.bill/1`, `street.bill/2`. `required`
    names fields that must be there ("a|b": one of them). `own` has headings that other
    programs do not write, or several that only together tell ("Date + Type"): one of them
    must be there, or one of `titles` above, unless the caller names the system. A template
    of plain headings is told by being whole: it has `whole` columns or more, and no column
    that the layout does not know. A list of no program is told by its headings: `by_headings`
    says that nearly all must be known, and none of the others be like `against`. `needs`
    names fields of which a row must hold one, or it is no record but a section or a total.
    `splits` maps a field to the function that takes its cell apart; `values` gives fields
    that no column has (`{"kind": "appointment"}` of an activity). `between` says what stands
    between several values of a field where such a file is written.
    """

    kind: str
    headings: Headings
    required: tuple[str, ...]
    native_id: str | None = None
    titles: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    whole: int = 0
    needs: tuple[str, ...] = ()
    identifying: tuple[str, ...] = (
        "display_name", "company", "given_name", "middle_name", "family_name",
        "email", "tax_id",
    )  # fmt: skip
    splits: Mapping[str, Callable[[str], Mapping[str, str]]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    between: Mapping[str, str] = field(default_factory=dict)
    only_when_asked: bool = False
    last_resort: bool = False  # claims a file only where no other does
    by_headings: bool = False  # ... and only where the caller names no system
    against: tuple[str, ...] = ()

    @cached_property
    def spellings(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Map each plain heading to the fields and languages in which it is known."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for name, languages in self.headings.items():
            for language, texts in languages.items():
                for text in map(plain_heading, texts):
                    found[text] = (*found.get(text, ()), (name, language))
        return MappingProxyType(found)

    @cached_property
    def own_spellings(self) -> frozenset[frozenset[str]]:
        """Give the headings of `own`, plain; those that tell together in one set."""
        return frozenset(
            frozenset(map(plain_heading, text.split(TOGETHER))) for text in self.own
        )


@dataclass(frozen=True, slots=True)
class UploadFormat:
    """The file by which a system takes client numbers: its headings in their order."""

    headings: Mapping[str, tuple[str, str, str]]  # language -> id, display name, number
    max_rows: int
    max_bytes: int
    number_max: int


@dataclass(frozen=True, slots=True)
class System:
    """One program: the files it gives, the one it takes, the lengths it allows.

    `furniture` names the tables of its files that hold nothing about anybody, `apart` the
    kinds of rows of which none is merged with one of another kind.
    """

    name: str
    title: str
    layouts: tuple[Layout, ...]
    limits: Mapping[str, int] = field(default_factory=dict)
    upload: UploadFormat | None = None
    furniture: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


def _found() -> dict[str, System]:
    found = (module.name for module in pkgutil.iter_modules(__path__))
    names = sorted(name for name in found if not name.startswith("_"))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    systems = [module.SYSTEM for module in modules if hasattr(module, "SYSTEM")]
    return {system.name: system for system in systems}


SYSTEMS: Mapping[str, System] = MappingProxyType(_found())


def title_of(system: str) -> str:
    """Name a system for people; one that is not known here is its own word."""
    return spoken(Marked(SYSTEMS[system].title)) if system in SYSTEMS else system


def table_said(system: str, kind: str) -> str:
    """Say what a table is: whose, and of what."""
    return tr("{name}: {what}", name=title_of(system), what=kind_said(kind))


def known_headings() -> frozenset[str]:
    """Give every heading that some system knows, reduced by `plain_heading`."""
    return frozenset(
        text
        for system in SYSTEMS.values()
        for layout in system.layouts
        for text in layout.spellings
    )


def list_systems() -> pl.DataFrame:
    """Say what each system reads and writes, a row a system."""
    rows = []
    for system in SYSTEMS.values():
        upload = system.upload
        writes = "" if upload is None else ", ".join(next(iter(upload.headings.values())))
        limit = "" if upload is None else f"{upload.max_rows} rows, {upload.max_bytes} bytes"
        rows.append(
            {
                "system": system.name,
                "title": system.title,
                "reads": ", ".join(dict.fromkeys(layout.kind for layout in system.layouts)),
                "writes": writes,
                "a_file_at_most": limit,
            }
        )
    return pl.DataFrame(rows)
