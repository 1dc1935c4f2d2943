"""What columns of names, and of parts of a birth date, say about one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.stages.link.beside import NAMES, of_kinds, of_senses, turned

if TYPE_CHECKING:
    from custclean.stages.link.beside import Column, Columns, Guesses

__all__ = ["name_if_none", "names_beside"]

_OWN = 0.05  # of the clients are their own contact, where there are private ones


def names_beside(found: Guesses, columns: Columns) -> Guesses:
    """Tell year, month and day, first and last names, contacts and titles by one another."""
    for step in (_parts, _people, _titles, _main_names):
        found = step(found, columns)
    return found


def _parts(found: Guesses, columns: Columns) -> Guesses:
    """See the parts of a date: a year, a month and a day beside one another."""
    numbers = [
        name
        for name in of_senses(found, "number", "digits", "group", "year", "month", "day")
        if columns[name].look["integer"] >= 0.95
    ]
    looks = {name: columns[name].look for name in numbers}
    days = [n for n in numbers if looks[n]["day"] >= 0.97 and looks[n]["month"] < 0.8]
    months = [n for n in numbers if looks[n]["month"] >= 0.97 and looks[n].distinct >= 10]
    years = [n for n in numbers if looks[n]["year"] >= 0.97]
    trio = {"year": years, "month": months, "day": days}
    if all(len(names) == 1 for names in trio.values()):
        for kind, names in trio.items():
            found = turned(found, [n for n in names if found[n].why == "content"], kind)
    # a month or a day without a year is that of something else
    lone = [] if of_kinds(found, "year") else of_kinds(found, "month", "day")
    return turned(found, lone, "ignore")


def _people(found: Guesses, columns: Columns) -> Guesses:
    """Tell first from last names: "Name" beside "Vorname" is the last one."""
    given, family = of_kinds(found, "given_name"), of_kinds(found, "family_name")
    if given or family:  # the number of a firm or a household is that of several people
        found = turned(found, of_senses(found, "group_id"), "ignore")
    single = [
        name
        for name in of_senses(found, "name")
        if found[name].kind == "name" and columns[name].look["one"] >= 0.7
    ]
    if len(single) == 1 and bool(given) != bool(family):
        return turned(found, single, "family_name" if given else "given_name")
    guessed = [name for name in given if found[name].why == "content"]
    if len(guessed) > 1 and len(guessed) == len(given) and not family:
        best = max(guessed, key=lambda name: (columns[name].look["given"], name))
        return turned(found, [name for name in guessed if name != best], "family_name")
    if given and not family and not of_kinds(found, "name", "company"):
        return _family_beside(found, columns)
    return found


def _family_beside(found: Guesses, columns: Columns) -> Guesses:
    """Find the family names that stand beside given names under no heading."""
    words = [
        name
        for name in of_senses(found, "words", "group")
        if columns[name].look["one"] >= 0.8
        and columns[name].look["worded"] >= 0.9
        and columns[name].look["family"] > columns[name].look["city"]
    ]
    if not words:
        return found
    best = max(words, key=lambda name: (columns[name].look["family"], name))
    return turned(found, [best], "family_name")


def _titles(found: Guesses, columns: Columns) -> Guesses:
    """Take titles of things for their names; beside people they are what people do."""
    people = bool(of_kinds(found, "given_name", "family_name"))
    for name in of_senses(found, "title"):
        if found[name].kind != "name":
            continue
        if people or of_senses(found, "name", "party", "company"):
            look = columns[name].look
            kind = "category" if look.ratio < 0.6 or look.few else "text"
            found = turned(found, [name], kind)
    return found


def _main_names(found: Guesses, columns: Columns) -> Guesses:
    """Leave one thing to be the name: second names and most contacts are text beside it."""
    first = [
        name
        for name in of_senses(found, "name", "party")
        if found[name].kind == "name" and not columns[name].second
    ]
    seconds = [
        name
        for name in of_kinds(found, *NAMES)
        if columns[name].second and found[name].kind in ("name", "company")
    ]
    if first or of_kinds(found, "company"):
        found = turned(found, seconds, "text")
    found = _one_contact(found, columns)
    if of_kinds(found, "given_name", "family_name"):
        found = _with_names(found, ("contact",), "text")
    if first and not of_kinds(found, "company"):
        found = _with_people(found, columns, first)
    if first:
        found = _with_names(found, ("contact", "thing", "title"), "text")
    return found


def _with_people(found: Guesses, columns: Columns, first: list[str]) -> Guesses:
    """Take a contact for the person where private clients stand too, each his own contact.

    Among firms alone, who is asked for there is no part of who the client is.
    """
    names = {name: _small(columns[name]) for name in first}
    people = [
        name
        for name in of_senses(found, "contact")
        if found[name].kind == "name"
        and any(_alike(_small(columns[name]), each) >= _OWN for each in names.values())
    ]
    return turned(found, people, "given_name")


def _alike(one: pl.Series, other: pl.Series) -> float:
    return int((one == other).sum()) / len(one)


def _small(column: Column) -> pl.Series:
    return column.look.column.cast(pl.String).str.to_lowercase().str.strip_chars()


def _with_names(found: Guesses, senses: tuple[str, ...], kind: str) -> Guesses:
    """Give names in some senses another kind."""
    names = [name for name in of_senses(found, *senses) if found[name].kind == "name"]
    return turned(found, names, kind)


def _one_contact(found: Guesses, columns: Columns) -> Guesses:
    """Keep the fullest of several contacts."""
    contacts = [name for name in of_senses(found, "contact") if found[name].kind == "name"]
    if len(contacts) < 2:
        return found
    best = max(contacts, key=lambda name: (columns[name].look.fill, name))
    return turned(found, [name for name in contacts if name != best], "text")


def name_if_none(found: Guesses, columns: Columns) -> Guesses:
    """Make the most telling words the name where hardly anything else is one."""
    names = of_kinds(found, *NAMES)
    if any(found[n].why != "content" or columns[n].look.fill >= 0.5 for n in names):
        return _firm_beside(found, columns)
    words = [
        name
        for name in of_senses(found, "words")
        if found[name].kind == "text"
        and columns[name].look["worded"] >= 0.5
        and 1.2 <= columns[name].look.words < 8
        and columns[name].look.unique >= 0.3
        and columns[name].look.fill >= 0.5
    ]
    if not words:
        return found
    best = max(words, key=lambda n: (columns[n].look.unique, columns[n].look.fill, n))
    return turned(turned(found, names, "text"), [best], "name")


def _firm_beside(found: Guesses, columns: Columns) -> Guesses:
    """Tell the firm from the person, of two names without a heading."""
    names = [name for name in of_kinds(found, "name") if found[name].why == "content"]
    firms = [name for name in names if columns[name].look["firm"] >= 0.2]
    people = [name for name in of_kinds(found, "name", "given_name") if name not in firms]
    if len(firms) == 1 and people and not of_kinds(found, "company"):
        return turned(found, firms, "company")
    return found
