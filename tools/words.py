"""Write the template of all sentences, bring each catalogue up to it, and compile them.

Run by `make words`. Translations are kept, new sentences come in empty, sentences that are
gone go. Same sentences, same bytes: no dates, no line numbers.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from custclean.words import LANGUAGES

ROOT = Path(__file__).parents[1] / "custclean"
WORDS = ROOT / "words"
KEYWORDS = {"tr": None, "mark": None, "trn": (1, 2)}
MADE = datetime(2026, 1, 1, tzinfo=UTC)  # no clock: same sentences, same bytes
ID = str | tuple[str, ...]


def sentences() -> list[ID]:
    """Give every sentence of the source, sorted."""
    found = {message for *_, message, _, _ in extract_from_dir(ROOT, keywords=KEYWORDS)}
    return sorted(found, key=lambda each: each[0] if isinstance(each, tuple) else each)


def catalogue_of(code: str) -> Path:
    """Name the file of a language's translations."""
    return WORDS / "locale" / code / "LC_MESSAGES" / "custclean.po"


def updated(code: str, found: list[ID]) -> Catalog:
    """Give the catalogue of a language with exactly these sentences."""
    path, known = catalogue_of(code), {}
    if path.exists():
        with path.open("rb") as file:
            known = {str(each.id): each.string for each in read_po(file, code) if each.id}
    catalogue = Catalog(
        code,
        header_comment=f"# custclean in the language {code}; see tools/words.py",
        project="custclean",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=MADE,
        revision_date=MADE,
        charset="utf-8",
        fuzzy=False,
    )
    for message in found:
        catalogue.add(message, known.get(str(message), ""))
    return catalogue


def main() -> None:
    """Write template, catalogues and compiled catalogues."""
    found = sentences()
    template = Catalog()
    for message in found:
        template.add(message)
    with (WORDS / "custclean.pot").open("wb") as file:
        write_po(file, template, omit_header=True, no_location=True, width=95)
    for code in LANGUAGES:
        if code == "en":
            continue
        path, catalogue = catalogue_of(code), updated(code, found)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, no_location=True, width=95)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


if __name__ == "__main__":
    main()
