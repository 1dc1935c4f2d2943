"""Names: which of them are firms' and which people's, and the parts of both.

One field may hold either. Every distinct reading of a name is done in a row of its own (a
cell): the firm's field, the label that is shown, the person's given and family name.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from custclean.folding import unmarked
from custclean.stages.link.hashing import Hashes, Rows
from custclean.stages.link.normal.columns import Columns, Spelt
from custclean.stages.link.normal.firms import Firms
from custclean.stages.link.normal.persons import Persons
from custclean.stages.link.words import Bools, Words
from custclean.text import person

__all__ = ["add_names"]

_FIRMS = 0.3  # of names alone: from this share of sure firms on, all are read as firms
_AKIN = 60.0  # a label less like the contact's name than this is not that person's
_MARKED = r"[(\[]|(?i:\bdup)"


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
    columns: Columns,
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
    """Take away what programs hang on a name; few have anything."""
    odd = names.str.contains(_MARKED).fill_null(value=False).arg_true()
    if odd.is_empty():
        return names
    bare = names.gather(odd).alias("n").to_frame().select(unmarked(pl.col("n")))["n"]
    return names.scatter(odd, bare)


def _add(columns: Columns, cells: _Cells, words: Words, firms: Firms, people: Persons) -> None:
    """Say of each record which firm and which person its names are."""
    has_firm, has_label, has_person = (
        place >= 0 for place in (cells.firm, cells.label, cells.person)
    )
    read = has_label & (cells.label < cells.firms)  # a label that is not the person's name
    place = np.where(read, cells.label, -1)
    as_such = np.append(firms.telling, np.array([False]))[place] & read
    if not has_firm.any() and not has_person.any() and as_such.sum() > _FIRMS * read.sum():
        as_such = read & (cells.turned == cells.label)  # a list of firms, in one column
    akin = ~has_person | _akin(words, people, cells, read & has_person)
    labelled = ~has_firm & read & (as_such | ~akin)
    stem = np.where(has_firm, cells.firm, np.where(labelled, place, -1))
    loose = ~has_person & read & ~as_such & ~_same(firms.hashes["stem"], place, cells.firm)
    # a label in the place of a person's name counts as such, turned if need be
    person_at = np.where(has_person, cells.person, np.where(loose, cells.turned, -1))
    person_at = np.where(person_at >= 0, person_at - cells.people, -1)
    columns.add_placed(
        {k: v for k, v in firms.hashes.items() if k not in ("form", "copy")}, stem
    )
    first = np.where(labelled, place, np.where(has_firm, cells.firm, place))
    for name, one, other in (("form", first, place), ("copy", place, cells.firm)):
        values = np.append(firms.hashes[name], np.uint64(0))
        columns.add(name, np.where(values[one] != 0, values[one], values[other]))
    columns.add_placed(people.hashes, person_at)
    # "Jr" may stand in the label alone
    labels = np.where(read & akin & has_person, cells.turned - cells.people, -1)
    shown = np.append(people.hashes["generation"], np.uint64(0))[labels]
    own = columns.hashes.get("generation", np.zeros(columns.rows, dtype=np.uint64))
    columns.add("generation", np.where(own != 0, own, shown))
    # somebody at a firm, in a list of people
    columns.add("contact", (((has_label & ~read) | (read & akin & has_person & ~as_such)) & has_firm & has_person).astype(np.uint64))
    # whoever it is: the words of the label, in any order
    who = np.append(firms.hashes["stem_sorted"], np.uint64(0))
    label = np.where(read, who[place], np.uint64(0))
    himself = has_label & ~read
    label[himself] = words.any_order()[cells.label[himself]]
    shown = has_label | has_firm
    label = np.where(~has_label & shown, who[cells.firm], label)
    columns.add("label", label)
    starts = np.append(words.every.starts, 0).astype(np.uint64)[words.at(0)]
    columns.add(
        "label1", np.append(starts, np.uint64(0))[np.where(has_label, cells.label, cells.firm)]
    )
    columns.spelt["stem"] = Spelt(firms.stem, stem)
    # of a label that is the contact's name the words as they are
    himself_at = np.where(himself, cells.label, -1)
    rows = np.flatnonzero(himself)
    every = firms.stem.above(words.take(himself_at[rows]))
    label_at = np.where(read, place, np.where(has_label, -1, cells.firm))
    label_at[rows] = len(firms.stem) + np.arange(len(rows))
    columns.spelt["label"] = Spelt(every, label_at)
    for part, words_of in people.spelt.items():
        columns.spelt[part] = Spelt(words_of, person_at)


def _same(values: Hashes, one: Rows, other: Rows) -> Bools:
    there = np.append(values, np.uint64(0))
    same: Bools = there[one] == there[other]
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
