"""Cells that hold several things: a labelled list of phones, e-mails, a whole name.

The labels of QuickBooks' reports are known in English alone (`Phone:`, `Mobile:`, `Fax:`,
`Other:`); those of the other languages are what people and programs write there.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from custclean.model import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = [
    "EXCHANGE",
    "WHOLE",
    "active_or_not",
    "address_lines",
    "category_and_name",
    "emails",
    "full_name",
    "inverted",
    "nothing",
    "parent_and_child",
    "phones",
]

LABELS = {
    "phone": "phone telephone tel work home main office other business primary alternate alt"
    " telefono telefone fone fon teléfono téléphone telephon telefon tél tlf bureau domicile"
    " travail principal principale autre lavoro ufficio casa altro trabajo oficina otro"
    " trabalho escritório outro arbeit büro privat geschäftlich zentrale sonstige arbejde"
    " kontor hjem andet",
    "mobile": "mobile mob cell cellphone cellular cellulaire cellulare celular cel móvil movil"
    " telemóvel telemovel mobil mobiltelefon mobiltlf mobilnummer handy portable",
    "fax": "fax telefax télécopie telecopie télécopieur telecopieur téléc faks",
}
FIELD_OF = {word: field for field, words in LABELS.items() for word in words.split()}
LETTER = r"[^\W\d_]"
# "Home phone 2:", "Tel./Fax:", and "Tel. 020 7946 0000" where nothing but a number follows
LABEL = re.compile(
    rf"(?<!{LETTER})((?:{LETTER}++\.?[ /+&]){{0,2}}{LETTER}++)\.?(?: ?\d)?"
    r"(?:\s*+:|\s++(?=[+(]{0,2}\d(?:[ ()./-]?\d){4}))"
)
BETWEEN_PHONES = re.compile(r"[,;|\r\n]|:::|\s/\s")
PHONE_DIGITS = 6  # a shorter piece is an extension or the end of the number before it
AROUND = " \u00a0,;:|/\r\n\t"
# the path by which Exchange knows a colleague; in his contact it stands where his e-mail does
EXCHANGE = r"(?i)(?:^|;)\s*/o=[^/;]*/"
BETWEEN_EMAILS = re.compile(r'(?:"[^"]*"|[^,;\r\n])+')
ADDRESS_END = re.compile(  # of the United States and Canada: no other land's is told safely
    r"(?P<city>[^,\d]+), *(?P<region>[A-Z]{2}),? +"
    r"(?P<postcode>\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)"
)
HOME = frozenset({"us", "usa", "u.s.a.", "united states", "canada"})
YES = frozenset("y yes true 1 sì sim oui sí ja x".split())
NO = frozenset("n no false 0 não non nej nein".split())
ACTIVE = frozenset("active attivo ativo actif activo aktiv".split())
INACTIVE = frozenset("inactive inattivo inativo inactif inactivo inaktiv hidden".split())
NEGATION = re.compile(r"(?:not|non|não|no|ikke|nicht)[\s-]+")  # "Not-active", "Non attivo"
DELETED = re.compile(r"\s*\(deleted\)\s*\Z", re.IGNORECASE)  # of a closed name
TITLES = frozenset(
    "mr mrs ms miss mx dr prof sir herr frau fru hr sig sigra dott dottssa ing avv sr sra srta"
    " dona mme mlle".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md esq cpa dds junior".split())
PARTICLES = frozenset(
    "af da das de degli dei del della der den di do dos du la las le les lo los van von"
    " zu zum zur".split()
)


def phones(cell: str) -> dict[str, str]:
    """Split a cell with labels into phone, mobile and fax; without labels it is the phone.

    >>> phones("Phone:(555) 010-1234 Mobile:(555) 010-9999")
    {'phone': '(555) 010-1234', 'mobile': '(555) 010-9999'}
    """
    marks = [mark for each in LABEL.finditer(cell) if (mark := _mark(each))]
    if not marks:
        return {"phone": _several(cell)}
    found: dict[str, list[str]] = {}
    lead = cell[: marks[0].start].strip(AROUND)
    if any(map(str.isdigit, lead)):  # a word before a label is no number
        found["phone"] = [_several(lead)]
    ends = [mark.start for mark in marks[1:]] + [len(cell)]
    for mark, end in zip(marks, ends, strict=True):
        number = cell[mark.end : end].strip(AROUND)
        if number:
            found.setdefault(mark.field, []).append(_several(number))
    return {field: SEVERAL.join(numbers) for field, numbers in found.items()}


class _Mark(NamedTuple):
    """Where a label stands, and what it means."""

    start: int
    end: int
    field: str


def _mark(found: re.Match[str]) -> _Mark | None:
    """Give the label that words before a number end in, if they do.

    A mobile and a fax stay so at home, at work and as other; "Tel./Fax" is a phone.
    """
    words = re.split(r"[ /+&]", found[1])
    fields: list[str] = []
    while words and (field := FIELD_OF.get(words[-1].rstrip(".").casefold())):
        fields.append(field)
        words.pop()
    if not fields:
        return None
    start = found.start() + sum(len(word) + 1 for word in words)
    told = next((field for field in fields if field != "phone"), "phone")
    if "phone" in fields and re.search(r"[/+&]", found[0]):
        told = "phone"
    return _Mark(start, found.end(), told)


def _several(cell: str) -> str:
    """Join the numbers of a cell without labels, if each piece can be one; else keep it."""
    pieces = [piece for each in BETWEEN_PHONES.split(cell) if (piece := each.strip())]
    if len(pieces) < 2:
        return cell
    whole = all(sum(map(str.isdigit, piece)) >= PHONE_DIGITS for piece in pieces)
    return SEVERAL.join(pieces) if whole else cell


def emails(cell: str) -> dict[str, str]:
    """Join the addresses of one cell in the way of the model; a single one stays as it is.

    >>> emails("ann@example.com, bob@example.com")
    {'email': 'ann@example.com; bob@example.com'}
    >>> emails("Example, Ann <ann@example.com> ::: bob@example.com carl@example.com")
    {'email': 'Example, Ann <ann@example.com>; bob@example.com; carl@example.com'}
    >>> emails("/o=ExchangeLabs/ou=Staff/cn=Recipients/cn=ann")
    {}
    """
    if re.search(EXCHANGE, cell):
        others = [each for each in re.split("[;\\r\\n]", cell) if not re.match(EXCHANGE, each)]
        return emails(";".join(others)) if any(map(str.strip, others)) else {}
    if cell.count("@") < 2:
        return {"email": cell}
    pieces = [piece.strip() for piece in BETWEEN_EMAILS.findall(cell.replace(":::", ";"))]
    found: list[str] = []
    for piece in filter(None, pieces):
        if found and "@" not in found[-1] and "<" in piece:  # "Last, First <address>"
            found[-1] = f"{found[-1]}, {piece}"
        else:
            words = piece.split()
            found += words if all("@" in word for word in words) else [piece]
    return {"email": SEVERAL.join(found)}


def full_name(cell: str) -> dict[str, str]:
    """Split a person's whole name: "Last, First", else the last word is the family name.

    >>> full_name("Ann Q. van der Example")
    {'given_name': 'Ann Q.', 'family_name': 'van der Example'}
    >>> full_name("Mr. Ben Example Jr.")
    {'title': 'Mr.', 'given_name': 'Ben', 'family_name': 'Example', 'suffix': 'Jr.'}
    """
    told = DELETED.sub("", cell)
    parts = [part.strip() for part in told.split(",")]
    suffix = [parts.pop()] if len(parts) > 1 and _plain(parts[-1]) in SUFFIXES else []
    if len(parts) == 2 and all(parts):
        family, words = parts[0], parts[1].split()
        title = _titles(words)
        given = " ".join(words[len(title) :])
        return _named(" ".join(title), given, family, suffix)
    words = parts[0].split() if len(parts) == 1 else told.split()
    if len(words) < 2:
        return {"family_name": cell}
    title = _titles(words)
    words = words[len(title) :]
    if len(words) > 2 and _plain(words[-1]) in SUFFIXES:
        suffix = [words.pop(), *suffix]
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    given, family = " ".join(words[:start]), " ".join(words[start:])
    return _named(" ".join(title), given, family, suffix)


def _titles(words: Sequence[str]) -> list[str]:
    """Give the titles before a name; the last word is never one."""
    return list(takewhile(lambda word: _plain(word) in TITLES, words[:-1]))


def _plain(word: str) -> str:
    return word.replace(".", "").casefold()


def _named(title: str, given: str, family: str, suffix: Sequence[str]) -> dict[str, str]:
    found = {"title": title, "given_name": given, "family_name": family}
    found["suffix"] = " ".join(suffix)
    return {field: text for field, text in found.items() if text}


def parent_and_child(cell: str) -> dict[str, str]:
    """Split the name of a sub-customer from that of its parent.

    >>> parent_and_child("Example Group:Shop")
    {'display_name': 'Shop', 'parent': 'Example Group'}
    """
    parent, child = _levels(cell)
    return {"display_name": child} | ({"parent": parent} if parent else {})


def category_and_name(cell: str) -> dict[str, str]:
    """Split the name of an item from the category it is in.

    >>> category_and_name("Garden:Hose")
    {'name': 'Hose', 'category': 'Garden'}
    """
    category, name = _levels(cell)
    return {"name": name} | ({"category": category} if category else {})


def _levels(cell: str) -> tuple[str, str]:
    above, colon, below = cell.rpartition(":")
    return (above, below) if colon and above.strip() and below.strip() else ("", cell)


def address_lines(cell: str) -> dict[str, str]:
    r"""Take the town from the last line of an address, where its form leaves no doubt.

    >>> address_lines("4 Test Street\nSampleton, NY 12345")
    {'street': '4 Test Street', 'city': 'Sampleton', 'region': 'NY', 'postcode': '12345'}
    """
    lines = cell.splitlines()
    country = lines.pop() if lines and lines[-1].strip().casefold() in HOME else None
    end = ADDRESS_END.fullmatch(lines[-1].strip()) if len(lines) > 1 else None
    if end is None:
        return {"street": cell}
    found = {"street": "\n".join(lines[:-1]), **end.groupdict()}
    return found | ({"country": country} if country else {})


def inverted(cell: str) -> dict[str, str]:
    """Give whether a record is active from whether it is hidden; other words say nothing.

    >>> inverted("Y")
    {'active': 'N'}
    """
    word = cell.strip().casefold()
    if word not in YES | NO:
        return {}
    return {"active": "N" if word in YES else "Y"}


def active_or_not(cell: str) -> dict[str, str]:
    """Give whether a record is active, in the model's two words; other words stay.

    >>> active_or_not("Not-active"), active_or_not("Aktiv"), active_or_not("On hold")
    ({'active': 'N'}, {'active': 'Y'}, {'active': 'On hold'})
    """
    word = cell.strip().casefold()
    bare = NEGATION.sub("", word, count=1)
    if word in INACTIVE | NO or (word != bare and bare in ACTIVE):
        return {"active": "N"}
    return {"active": "Y" if word in ACTIVE | YES else cell}


def nothing(cell: str) -> dict[str, str]:  # noqa: ARG001  # the signature of a split
    """Fill no field: the heading tells the file, its values stay beside the table."""
    return {}


WHOLE: Mapping[Callable[[str], Mapping[str, str]], tuple[str, str]] = {
    # split -> the field that a cell is as it stands, if it matches: told by column
    phones: ("phone", r"^[\d +().\-]*$"),
    emails: ("email", r"^(?:[^@/][^@]*(?:@[^@/]*)?)?$"),
}
