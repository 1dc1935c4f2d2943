"""Cells that hold several things: a labelled list of phones, e-mails, a whole name."""

from __future__ import annotations

import re

from custclean.model import SEVERAL

__all__ = ["emails", "full_name", "parent_and_child", "phones"]

LABELS = {
    "phone": "phone telephone tel work home main office other business telefono telefone fone"
    " teléfono téléphone telefon tlf bureau lavoro casa arbeit",
    "mobile": "mobile cell cellphone cellular cellulare celular móvil movil mobil mobiltelefon"
    " mobiltelefono handy portable",
    "fax": "fax telefax télécopie telecopie",
}
FIELD_OF = {word: field for field, words in LABELS.items() for word in words.split()}
LABEL = re.compile(
    rf"(?<![^\W\d_])({'|'.join(sorted(FIELD_OF, key=len, reverse=True))})\.?\s*:",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    "af da das de degli dei del della der den di do dos du la las le les lo los van von"
    " zu zum zur".split()
)


def phones(cell: str) -> dict[str, str]:
    """Split a cell with labels into phone, mobile and fax; without labels it is the phone.

    >>> phones("Phone:(555) 010-1234 Mobile:(555) 010-9999")
    {'phone': '(555) 010-1234', 'mobile': '(555) 010-9999'}
    """
    marks = list(LABEL.finditer(cell))
    if not marks:
        return {"phone": cell}
    found: dict[str, list[str]] = {}
    lead = cell[: marks[0].start()].strip(" ,;\n\r\t")
    if lead:
        found["phone"] = [lead]
    ends = [mark.start() for mark in marks[1:]] + [len(cell)]
    for mark, end in zip(marks, ends, strict=True):
        number = cell[mark.end() : end].strip(" ,;\n\r\t")
        if number:
            found.setdefault(FIELD_OF[mark[1].casefold()], []).append(number)
    return {field: SEVERAL.join(numbers) for field, numbers in found.items()}


def emails(cell: str) -> dict[str, str]:
    """Join the addresses of one cell in the way of the model; a single one stays as it is.

    >>> emails("ann@example.com, bob@example.com")
    {'email': 'ann@example.com; bob@example.com'}
    """
    if cell.count("@") < 2:
        return {"email": cell}
    parts = [part.strip() for part in re.split(r"[,;\r\n]", cell)]
    return {"email": SEVERAL.join(part for part in parts if part)}


def full_name(cell: str) -> dict[str, str]:
    """Split a person's whole name: "Last, First", else the last word is the family name.

    >>> full_name("Ann Q. van der Example")
    {'given_name': 'Ann Q.', 'family_name': 'van der Example'}
    """
    family, comma, given = (part.strip() for part in cell.partition(","))
    if comma and family and given and "," not in given:
        return {"given_name": given, "family_name": family}
    words = cell.split()
    if len(words) < 2:
        return {"family_name": cell}
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return {"given_name": " ".join(words[:start]), "family_name": " ".join(words[start:])}


def parent_and_child(cell: str) -> dict[str, str]:
    """Split the name of a sub-customer from that of its parent.

    >>> parent_and_child("Example Group:Shop")
    {'display_name': 'Shop', 'parent': 'Example Group'}
    """
    parent, colon, child = cell.rpartition(":")
    if not colon or not parent.strip() or not child.strip():
        return {"display_name": cell}
    return {"display_name": child, "parent": parent}
