"""Faults of JSON (one object a line, an array) and of Parquet."""

from __future__ import annotations

import datetime as dt
import decimal
import io
import json
import random
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from tests.faults.cases import Expected, Impossible
from tests.faults.catalogue import Catalogue, Family
from tests.faults.delimited import VALUES
from tests.faults.listings import ENDS, Entry, Listing, people, set_to

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FAMILIES"]

JSON = Catalogue(("value", "record", "layout", "file"))
FORMS = "jsonl json"


def listing(form: str) -> Listing:
    """Give a clean file of objects, one a line; an array has brackets around and commas."""
    case = Listing(form, [row_of(person) for person in people()], random.Random(1))
    case.ends = ("\n",)
    if form == "json":
        case.head, case.foot = ["["], ["]"]
    return case


class Array(Listing):
    """An array: its objects have commas between them."""

    def lines(self) -> list[Any]:
        """Give the lines, the commas put behind those objects that need one."""
        last = [each for each in self.entries if each.kind != "nothing"][-1]
        inside = []
        for each in self.entries:
            lines = [*each.text]
            if each.kind != "nothing" and each is not last and lines[-1] != "":
                lines[-1] = str(lines[-1]) + ","
            inside += lines
        return [*self.head, *inside, *self.foot]


def array(form: str) -> Listing:
    """Give a clean array."""
    case = listing(form)
    return Array(**vars(case))


def row_of(person: dict[str, str]) -> Entry:
    """Write a person as an object in one line."""
    text = json.dumps(person, ensure_ascii=False)
    return Entry([text], {**person})


def changed(entry: Entry, value: str, name: str = "City", **seen: str) -> None:
    """Put a value as it is written into an object; what is seen of it is given."""
    if len(entry.text) > 1:
        msg = "the object is written in another way"
        raise Impossible(msg)
    pairs = [
        f"{json.dumps(key)}: {value if key == name else json.dumps(text, ensure_ascii=False)}"
        for key, text in entry.cells.items()
    ]
    entry.text = ["{" + ", ".join(pairs) + "}"]
    cells: dict[str, str] = {}
    for key, text in entry.cells.items():
        cells |= seen if key == name else {key: text}
    entry.cells = cells


def _written(value: str, ascii_only: bool = False) -> Callable[[Listing], object]:
    def put(case: Listing) -> None:
        changed(case.row(), json.dumps(value, ensure_ascii=ascii_only), City=value)

    return put


for _name, _text in VALUES.items():
    JSON.add(f"value_{_name}", "value", _written(_text), forms=FORMS, paired=False)
JSON.add("line_breaks", "value", _written("Floor 2\nHigh Street 1\r\nUdine"))
JSON.add("escaped_letters", "value", _written("Århus \U0001f600", ascii_only=True))


@JSON.fault("value")
def every_value(case: Listing) -> None:
    place = case.entries.index(case.row())
    for text in VALUES.values():
        case.entries.insert(place, row_of({**people(1)[0], "City": text}))
        case.entries[place].taken = True


KINDS = {
    "long_number": ("91303478123456789012", {"City": "91303478123456789012"}),
    "decimal": ("1.10", {"City": "1.10"}),
    "exponent": ("9.13E+14", {"City": "9.13E+14"}),
    "truth": ("true", {"City": "TRUE"}),
    "null": ("null", {"City": ""}),
    "list": ('["Hull", "York"]', {"City": "Hull; York"}),
    "object": ('{"Name": "Hull", "Zip": "01"}', {"City.Name": "Hull", "City.Zip": "01"}),
    "list_of_objects": ('[{"A": "1"}, {"A": "2"}]', {"City.1.A": "1", "City.2.A": "2"}),
    "empty_list": ("[]", {"City": ""}),
    "empty_object": ("{}", {"City": ""}),
}


def _kind(value: str, seen: dict[str, str]) -> Callable[[Listing], object]:
    return lambda case: changed(case.row(), value, **seen)


for _name, (_value, _seen) in KINDS.items():
    JSON.add(_name, "value", _kind(_value, _seen), "" if "object" in _name else "plain")


@JSON.fault("value")
def not_a_number(case: Listing) -> None:
    entry = case.row()
    changed(entry, "NaN", City="NaN")
    entry.flagged = True


@JSON.fault("value")
def same_name_twice(case: Listing) -> None:
    entry = case.row()
    changed(entry, '"Hull", "City": "York"', **{"City": "Hull", "City (2)": "York"})
    entry.flagged = True


@JSON.fault("value")
def raw_tab(case: Listing) -> None:
    changed(case.row(), '"Ann\tBo"', City="Ann\tBo")


@JSON.fault("value")
def nul(case: Listing) -> None:
    entry = case.row()
    changed(entry, '"Ann\0Bo"', City="AnnBo")
    entry.flagged = True


@JSON.fault("record")
def missing_key(case: Listing) -> None:
    entry = case.row()
    for name in ("Phone", "City"):
        entry.cells.pop(name, None)
    entry.text = [json.dumps(entry.cells, ensure_ascii=False)]
    if entry.flagged:
        msg = "the value is gone"
        raise Impossible(msg)


@JSON.fault("record")
def more_keys(case: Listing) -> None:
    entry = case.row()
    entry.text[0] = str(entry.text[0]).replace("{", '{"Shoe size": 43, ', 1)
    entry.cells["Shoe size"] = "43"


@JSON.fault("record")
def keys_in_another_order(case: Listing) -> None:
    entry = case.row()
    backwards = dict(reversed([*people(1)[0].items()]))
    entry.text, entry.cells = [json.dumps(backwards, ensure_ascii=False)], backwards


@JSON.fault("record", forms="jsonl")
def broken_line(case: Listing) -> None:
    case.insert(Entry(['{"Name": "Ann Example", "City": "Hu'], kind="rejected"))


@JSON.fault("record", forms="jsonl")
def line_that_is_no_object(case: Listing) -> None:
    case.insert(Entry(['["Ann"]'], kind="rejected"))
    case.insert(Entry(["Ann,Hull"], kind="rejected"))


@JSON.fault("record")
def empty_object_among_others(case: Listing) -> None:
    case.insert(Entry(['{"Name": ""}'], kind="rejected"))


@JSON.fault("record", forms="json")
def broken_object(case: Listing) -> None:
    text = '{"Name": "Ann Example", "City" "Hull"}'
    case.insert(Entry([text], kind="rejected", says=f"{text},"))


@JSON.fault("record", forms="jsonl")
def comma_behind_a_line(case: Listing) -> None:
    entry = case.row()
    entry.text[-1] = str(entry.text[-1]) + ","
    entry.repaired = True


@JSON.fault("layout")
def blank_lines(case: Listing) -> None:
    place = case.entries.index(case.row())
    case.entries[place:place] = [Entry([text], kind="nothing") for text in ("", "  ")]


@JSON.fault("layout", forms="json")
def indented(case: Listing) -> None:
    for entry in case.entries:
        if entry.kind == "row" and not entry.taken:
            text = json.dumps(json.loads(str(entry.text[0])), indent=4, ensure_ascii=False)
            entry.text = [*text.split("\n")]


@JSON.fault("layout", "foot", forms="json")
def comma_behind_the_last(case: Listing) -> None:
    case.foot[0] = ",]"


@JSON.fault("layout", "foot", forms="json")
def list_not_closed(case: Listing) -> None:
    """Leave the bracket out: said by a reject where the file ends."""
    case.foot = []
    case.end_at_end = False
    case.entries.append(Entry([""], kind="rejected", says=""))


@JSON.fault("layout", "foot", forms="jsonl")
def cut_off(case: Listing) -> None:
    entry = case.last()
    if len(entry.text) > 1:
        msg = "the last object has several lines"
        raise Impossible(msg)
    entry.text, entry.kind = [str(entry.text[0])[:40]], "rejected"
    case.end_at_end = False


@JSON.fault("layout", forms="json")
def wrapped_in_an_object(case: Listing) -> None:
    case.head, case.parts = ['{"status": "ok", "customers": ['], {"customers": ()}
    case.around.append(("customers", 1, '"status": "ok"'))
    case.foot[-1:] = [*(line.replace("]", "]}") for line in map(str, case.foot[-1:]))]
    for each in case.entries:
        each.part = "customers"


JSON.clash("the object around is then broken, too: its lines are read one by one",
           "wrapped_in_an_object list_not_closed", "wrapped_in_an_object broken_object",
           "wrapped_in_an_object comma_behind_the_last")  # fmt: skip
JSON.clash("one of them says of the record what the other takes away",
           *(f"{name} missing_key" for name in ("not_a_number", "same_name_twice", "nul")),
           )  # fmt: skip
for _name, _ends in ENDS.items():
    if _name != "lf":
        JSON.add(f"ends_{_name}", "file", set_to(ends=_ends), "ends")
JSON.add("utf8_bom", "file", set_to(mark="\ufeff"), "encoding")
JSON.add("utf16_bom", "file", set_to(mark="\ufeff", encoding="utf-16-le"), "encoding")
JSON.add("cp1252", "file", set_to(encoding="cp1252"), "encoding")


@JSON.fault("record", "encoding", forms="jsonl")
def one_line_of_cp1252(case: Listing) -> None:
    entry = case.row()
    if len(entry.cells) < 7:
        msg = "the record has another fault"
        raise Impossible(msg)
    entry.cells |= {"Name": "Søren Müller", "City": "Århus"}
    entry.text = [json.dumps(entry.cells, ensure_ascii=False).encode("cp1252")]
    entry.flags.append(0)


# -- Parquet ------------------------------------------------------------------------------

PARQUET = Catalogue(("column", "file"))


@dataclass
class Columns:
    """A table with types on its way to Parquet, and how its columns are to be read."""

    columns: dict[str, pl.Series]
    seen: dict[str, list[str]]
    flagged: set[int] = field(default_factory=set)
    written: dict[str, Any] = field(default_factory=dict)
    cut: int = 0

    def data(self) -> bytes:
        """Write the file."""
        target = io.BytesIO()
        pl.DataFrame(self.columns).write_parquet(target, **self.written)
        return target.getvalue()[: -self.cut or None]

    def tables(self) -> dict[str, Expected] | str:
        """Say what should be read."""
        if self.cut:
            return "damaged|kind of Parquet|no text|NUL"
        rows = [list(row) for row in zip(*self.seen.values(), strict=True)]
        lines = list(range(1, len(rows) + 1))
        header = list(self.seen)
        return {"": Expected(header, 0, rows, lines, flagged=self.flagged)}


def columns() -> Columns:
    """Give a clean table of texts."""
    rows = people()
    seen = {name: [row[name] for row in rows] for name in rows[0]}
    found = {name: pl.Series(name, [text or None for text in seen[name]]) for name in seen}
    return Columns(found, seen)


D, NOW = dt.date(2026, 12, 31), dt.datetime(2026, 12, 31, 18, 30)  # noqa: DTZ001  # no zone meant
TYPES: dict[str, tuple[list[Any], Any, list[str]]] = {
    "integers": ([1234567890123456, -5], pl.Int64, ["1234567890123456", "-5"]),
    "unsigned": ([2**64 - 1, 0], pl.UInt64, [str(2**64 - 1), "0"]),
    "floats": ([7.0, 0.1, 9.13e14], pl.Float64, ["7", "0.1", "913000000000000"]),
    "decimals": ([decimal.Decimal("1.10")], pl.Decimal(10, 2), ["1.10"]),
    "truths": ([True, False], pl.Boolean, ["TRUE", "FALSE"]),
    "dates": ([D], pl.Date, ["2026-12-31"]),
    "moments": ([NOW, dt.datetime(2026, 1, 1)], pl.Datetime,  # noqa: DTZ001  # as above
                ["2026-12-31 18:30:00", "2026-01-01"]),
    "times": ([dt.time(18, 30)], pl.Time, ["18:30:00"]),
    "durations": ([dt.timedelta(hours=36)], pl.Duration, ["P1DT12H"]),
    "categories": (["Hull", "York"], pl.Categorical, ["Hull", "York"]),
    "lists": ([["Hull", "York"], []], pl.List(pl.String), ["Hull; York", ""]),
    "structs": ([{"Zip": "01"}], pl.Struct({"Zip": pl.String}), ['{"Zip": "01"}']),
    "bytes_of_text": (["Århus".encode()], pl.Binary, ["Århus"]),
    "nothing_at_all": ([None], pl.Null, [""]),
}  # fmt: skip


def _typed(cells: list[Any], kind: Any, seen: list[str]) -> Callable[[Columns], object]:
    def put(case: Columns) -> None:
        count = len(case.seen["City"])
        case.columns["City"] = pl.Series("City", (cells * count)[:count], kind)
        case.seen["City"] = (seen * count)[:count]

    return put


for _name, (_cells, _kind, _shown) in TYPES.items():
    PARQUET.add(_name, "column", _typed(_cells, _kind, _shown), "City")
PARQUET.add("every_value", "column", _typed([*VALUES.values()], pl.String, [*VALUES.values()]),
            "City")  # fmt: skip


@PARQUET.fault("column", "City")
def bytes_of_no_text(case: Columns) -> None:
    _typed([b"Hull", b"\xff\xfe"], pl.Binary, ["Hull", "fffe"])(case)
    case.flagged = set(range(2, len(case.seen["City"]) + 1, 2))


@PARQUET.fault("column")
def blank_heading(case: Columns) -> None:
    case.columns = {
        "" if name == "Phone" else name: each for name, each in case.columns.items()
    }
    case.seen = {"" if name == "Phone" else name: each for name, each in case.seen.items()}


@PARQUET.fault("column")
def no_rows(case: Columns) -> None:
    case.columns = {name: each.head(0) for name, each in case.columns.items()}
    case.seen, case.flagged = {name: [] for name in case.seen}, set()


for _name in ("snappy", "gzip", "lz4", "zstd", "uncompressed"):
    PARQUET.add(_name, "file", set_to(written={"compression": _name}), "compression")
PARQUET.add("groups_of_rows", "file", set_to(written={"row_group_size": 5}), "compression")
PARQUET.add("cut_off", "file", set_to(cut=9))

FAMILIES = [
    Family("jsonl", partial(listing, "jsonl"), JSON),
    Family("json", partial(array, "json"), JSON),
    Family("parquet", columns, PARQUET),
]
