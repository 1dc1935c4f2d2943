"""Names: which of them are firms' and which people's, and the parts of both.

One field may hold either. Every distinct reading of a name is done in a row of its own (a
cell): the firm's field, the label that is shown, the person's given and family name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from custclean.folding import unmarked
from custclean.stages.link.gazetteer import GIVEN_NAMES
from custclean.stages.link.normal.firms import Firms
from custclean.stages.link.normal.hashed import Hashed, Spelt, placed
from custclean.stages.link.normal.persons import Persons
from custclean.stages.link.words import Words
from custclean.text import company, person

if TYPE_CHECKING:
    from custclean.stages.link.hashing import Hashes, Rows
    from custclean.stages.link.vocabulary import Bools

__all__ = ["add_names"]

_FIRMS = 0.3  # of names alone: from this share of sure firms on, all are read as firms
_AKIN = 60.0  # a label less like the contact's name than this is not that person's
_CALLED, _SHAPED = 0.2, 0.85  # of names alone: with fewer given names, fewer so shaped
_CONTACTS = 0.3  # of labels beside firms: with fewer given names they name no people
_NEVER = "the of and at for in on to og und et der und school center centre".split()
# tells quickly which names have nothing hung on: of words, no more than a letter is looked at
_MARKED = r"[(\[]|[dD][uU][pP]|[\dEIP]\s*$"


@dataclass(frozen=True)
class _Cells:
    """The texts that are read, and which of them each record has; -1 for none."""

    texts: pl.Series
    firm: Rows
    label: Rows
    turned: Rows  # the label once more, "Last, First" turned
    person: Rows
    firms: int  # so many texts at the start are read as firms
    people: int  # from this text on they are read as people


def add_names(
    columns: Hashed,
    label: pl.Series,
    firm: pl.Series,
    given: pl.Series,
    family: pl.Series,
) -> None:
    """Sort out who is a firm and who a person, and add the parts of their names."""
    whole = _whole(given, family)
    cells = _cells(label, firm, whole)
    words = Words.of(cells.texts)
    firms = Firms.read(words.take(slice(0, cells.firms)))
    people = Persons.read(words.take(slice(cells.people, len(words))))
    _add(columns, cells, words, firms, people)


def _whole(given: pl.Series, family: pl.Series) -> pl.Series:
    names = pl.DataFrame({"g": given, "f": family})
    joined = pl.concat_str(["g", "f"], separator=" ", ignore_nulls=True)
    return names.select(
        pl.when(pl.any_horizontal(pl.all().is_not_null())).then(joined).alias("n")
    )["n"]


def _cells(label: pl.Series, firm: pl.Series, whole: pl.Series) -> _Cells:
    """Put every text that has to be read once under the other."""
    own = (label.is_not_null() & label.ne_missing(firm)).to_numpy()
    himself = own & label.eq_missing(whole).to_numpy()
    commas = label.str.contains(",", literal=True).fill_null(value=False).to_numpy()
    readings = {
        "firm": firm.is_not_null().to_numpy(),
        "label": own & ~himself,
        "turned": own & ~himself & commas,
        "person": whole.is_not_null().to_numpy(),
    }
    rows = {name: np.flatnonzero(there) for name, there in readings.items()}
    ends = np.cumsum([0, *(len(each) for each in rows.values())])
    places = {}
    for name, first in zip(rows, ends.tolist()):
        places[name] = np.full(len(label), -1, dtype=np.int64)
        places[name][rows[name]] = np.arange(first, first + len(rows[name]))
    places["label"][himself] = places["person"][himself]
    places["turned"] = np.where(commas & own, places["turned"], places["label"])
    turned = label.gather(rows["turned"]).alias("n").to_frame()
    texts = [
        _bare(firm.gather(rows["firm"])),
        _bare(label.gather(rows["label"])),
        turned.select(person.family_first(unmarked(pl.col("n"))))["n"],
        _bare(whole.gather(rows["person"])),
    ]
    joined = pl.concat([each.rename("n").cast(pl.String) for each in texts])
    return _Cells(joined, **places, firms=int(ends[2]), people=int(ends[1]))


def _bare(names: pl.Series) -> pl.Series:
    """Take away what programs hang on a name, and mark what capitals say; few have any."""
    odd = names.str.contains(_MARKED).fill_null(value=False).arg_true()
    if odd.is_empty():
        return names
    bare = (
        names.gather(odd)
        .alias("n")
        .to_frame()
        .select(company.small(unmarked(pl.col("n"))))["n"]
    )
    return names.scatter(odd, bare)


@dataclass(frozen=True)
class _Roles:
    """Which of its names is what, for each record."""

    has_firm: Bools
    has_label: Bools
    has_person: Bools
    read: Bools  # the label is not the contact's very name
    as_such: Bools  # the label is surely a firm's name
    akin: Bools  # the label is the contact's name, or may be
    works: Bools  # the label names somebody at a firm, and no other name does

    @classmethod
    def of(cls, cells: _Cells, words: Words, firms: Firms, people: Persons) -> _Roles:
        """Tell labels that name a firm from those that name the contact."""
        firm, label, person = (place >= 0 for place in (cells.firm, cells.label, cells.person))
        read = label & (cells.label < cells.firms)
        as_such = placed(firms.telling, np.where(read, cells.label, -1))
        if not firm.any() and not person.any() and _of_things(words, cells, as_such, read):
            as_such = read & (cells.turned == cells.label)
        akin = ~person | _akin(words, people, cells, read & person)
        works = read & ~as_such & firm & ~person & _apart(firms, cells)
        called = _called(words.take(np.unique(cells.label[works])))
        works &= called.sum() >= _CONTACTS * len(called)
        return cls(firm, label, person, read, as_such, akin, works)

    @property
    def labelled(self) -> Bools:
        """Tell where the label is the only name of the firm."""
        return ~self.has_firm & self.read & (self.as_such | ~self.akin)

    @property
    def contact(self) -> Bools:
        """Tell who is somebody at a firm, in a list of people."""
        own = (self.has_label & ~self.read) | (self.read & self.akin & ~self.as_such)
        return (own & self.has_firm & self.has_person) | self.works


def _add(columns: Hashed, cells: _Cells, words: Words, firms: Firms, people: Persons) -> None:
    """Say of each record which firm and which person its names are."""
    roles = _Roles.of(cells, words, firms, people)
    label = np.where(roles.read, cells.label, -1)
    _add_labels(columns, cells, roles, firms, words, label)
    _add_people(columns, cells, roles, people, firms, label)
    _add_firms(columns, cells, roles, firms, label)
    columns.add("contact", roles.contact.astype(np.uint8))


def _add_firms(
    columns: Hashed, cells: _Cells, roles: _Roles, firms: Firms, label: Rows
) -> None:
    stem = np.where(roles.has_firm, cells.firm, np.where(roles.labelled, label, -1))
    first = np.where(stem >= 0, stem, label)
    for name, one, other in (("form", first, label), ("copy", label, cells.firm)):
        values = firms.hashes.pop(name)
        found = placed(values, one)
        columns.add(name, np.where(found != 0, found, placed(values, other)))
    columns.add_placed(firms.hashes, stem)
    columns.spelt["stem"] = Spelt.of(firms.stem, stem)


def _add_people(
    columns: Hashed,
    cells: _Cells,
    roles: _Roles,
    people: Persons,
    firms: Firms,
    label: Rows,
) -> None:
    loose = ~roles.has_person & roles.read & ~roles.as_such
    loose &= ~_same(firms.hashes["stem"], label, cells.firm)
    # a label in the place of a person's name counts as such, turned if need be
    where = np.where(roles.has_person, cells.person, np.where(loose, cells.turned, -1))
    where = np.where(where >= 0, where - cells.people, -1)
    generation = people.hashes["generation"]
    columns.add_placed(people.hashes, where)
    # "Jr" may stand in the label alone
    named = roles.read & roles.akin & roles.has_person
    shown = placed(generation, np.where(named, cells.turned - cells.people, -1))
    own = columns.hashes.get("generation", np.zeros(columns.rows, dtype=np.uint8))
    columns.add("generation", np.where(own != 0, own, shown))
    for part, of in people.spelt.items():
        columns.spelt[part] = Spelt.of(of, where)


def _add_labels(
    columns: Hashed, cells: _Cells, roles: _Roles, firms: Firms, words: Words, label: Rows
) -> None:
    """Whoever it is: the words of the label, or else of the firm, in any order."""
    himself = np.flatnonzero(roles.has_label & ~roles.read)
    shown = np.where(roles.has_label, label, cells.firm)
    who = placed(firms.hashes["stem_sorted"], shown)
    his = words.take(cells.label[himself])
    who[himself] = his.any_order()
    columns.add("label", who)
    columns.add("label_entity", placed(firms.hashes["entity"], shown))
    where = np.where(roles.has_label, cells.label, cells.firm)
    columns.add("label1", placed(placed(words.every.starts, words.at(0)), where))
    place = shown.copy()
    place[himself] = len(firms.stem) + np.arange(len(himself))
    columns.spelt["label"] = Spelt.of(firms.stem.above(his), place)


def _of_things(words: Words, cells: _Cells, as_such: Bools, read: Bools) -> bool:
    """Tell whether names alone are those of firms, schools, restaurants ..., not of people.

    Such a list has legal forms, or else few common given names and few names of the shape
    that people's have.
    """
    names = words.take(np.unique(cells.label[read]))
    if not len(names.ids) or as_such.sum() > _FIRMS * read.sum():
        return bool(len(names.ids))
    plain = names.marked(pl.col("w").str.contains(r"^\p{L}+$")) & ~(
        names.known(dict.fromkeys(_NEVER, 1)) > 0
    )
    odd = np.bincount(names.text[~plain[names.ids]], minlength=len(names)) > 0
    shaped = ~odd & (names.counts > 1) & (names.counts < 5)
    return bool(_called(names).mean() < _CALLED and shaped.mean() < _SHAPED)


def _called(names: Words) -> Bools:
    """Tell which names hold a known given name."""
    given = names.known(dict.fromkeys(GIVEN_NAMES | set(person.formal_names()), 1)) > 0
    found: Bools = np.bincount(names.text[given[names.ids]], minlength=len(names)) > 0
    return found


def _apart(firms: Firms, cells: _Cells) -> Bools:
    """Tell which labels share no word with the name of the firm."""
    bits = firms.hashes["stem_bits"]
    label = np.where(cells.label < cells.firms, cells.label, -1)
    found: Bools = placed(bits, label) & placed(bits, cells.firm) == 0
    return found


def _same(values: Hashes, one: Rows, other: Rows) -> Bools:
    same: Bools = placed(values, one) == placed(values, other)
    return same


def _akin(words: Words, people: Persons, cells: _Cells, asked: Bools) -> Bools:
    """Tell which labels share a word with the name of the contact."""
    rows = np.flatnonzero(asked)
    result = np.zeros(len(asked), dtype=bool)
    if not len(rows):
        return result
    labels = words.take(cells.label[rows])
    person_at = cells.person[rows] - cells.people
    spelt = labels.hashes[labels.ids]
    found = np.zeros(len(spelt), dtype=bool)
    for part in ("given", "family", "middle_start", "middle_end", "nick"):
        found |= spelt == people.hashes[part][person_at][labels.text]
    result[rows[labels.text[found]]] = True
    return _misspelt(words, people, cells, asked & ~result) | result


def _misspelt(words: Words, people: Persons, cells: _Cells, asked: Bools) -> Bools:
    """Tell which labels are nearly the name of the contact, though no word is the same."""
    rows = np.flatnonzero(asked)
    labels = words.texts(cells.label[rows])
    names = people.spelt["person"].texts(cells.person[rows] - cells.people)
    alike = process.cpdist(labels, names, scorer=fuzz.ratio)
    result = np.zeros(len(asked), dtype=bool)
    result[rows[np.asarray(alike) >= _AKIN]] = True
    return result
