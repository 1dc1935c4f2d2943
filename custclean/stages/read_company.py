"""Whose report a file is: QuickBooks writes the company above the report's own title.

Exports of two companies in one place are asked about: their customers are not each other's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from custclean.systems import SYSTEMS, plain_heading
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custclean.stages.read import Export

__all__ = ["companies_of", "company_key", "company_of", "which_company"]

YEAR = re.compile(r"(?:19|20)\d\d")  # "January 1 - November 15, 2026" is no company
SIGNS = re.compile(r"[.,]")


def company_of(export: Export) -> str | None:
    """Give the company that stands above a report with a known title, or None."""
    report = export.report
    titles = {
        plain_heading(title)
        for layout in SYSTEMS[export.system].layouts
        for title in layout.titles
    }
    above = [note.text.strip() for note in report.notes if note.line < report.header_row]
    if titles.isdisjoint(map(plain_heading, above)):
        return None
    names = (text for text in above if plain_heading(text) not in titles)
    return next((text for text in names if text and not YEAR.search(text)), None)


def company_key(name: str) -> str:
    """Reduce a company's name to what its spellings share: case, blanks and dots aside.

    >>> company_key("Studio  Acquaviva S.r.l.")
    'studio acquaviva srl'
    """
    return " ".join(SIGNS.sub("", name).casefold().split())


def companies_of(exports: Iterable[tuple[str, Export]]) -> dict[str, tuple[str, ...]]:
    """Give the companies that reports name, each with the names of its files."""
    spelt: dict[str, str] = {}
    files: defaultdict[str, list[str]] = defaultdict(list)
    for file, export in exports:
        name = company_of(export)
        if name is not None:
            files[spelt.setdefault(company_key(name), name)].append(file)
    return {name: tuple(dict.fromkeys(found)) for name, found in files.items()}


def which_company(companies: Mapping[str, tuple[str, ...]]) -> str:
    """Ask for one of several companies: a sentence that lists them and their files."""
    listed = "; ".join(f"{name}: {', '.join(files)}" for name, files in companies.items())
    return tr("the reports are of different companies ({listed})", listed=listed)
