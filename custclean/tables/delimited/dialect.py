"""Which marks a text has: each likely delimiter, quote and escape is tried on its start."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from custclean.tables.delimited.records import END, Dialect, Walk
from custclean.tables.furniture import is_ruler
from custclean.tables.record import Record, usual_width
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from custclean.tables.raw import Asked

__all__ = ["DELIMITERS", "Found", "find_dialect", "with_doubled"]

DELIMITERS = (",", ";", "\t", "|")
RARE = ("~", "^", "¦")  # tried where most lines have them
SAMPLE = 400  # records looked at, and bytes
SAMPLE_BYTES = 100_000
LINE_BYTES = 2_000  # after an escape: the rest of its line is among them
NONE = "\0"  # the delimiter of such a list: NUL has been taken out of every text
PUNCTUATION = (",", ";")
PROSE = 0.15  # a comma with a blank after it, not in every line, is punctuation
RIVAL = 0.4  # so is one where another mark stands in every line
QUOTED = 0.05  # of all cells: fewer in apostrophes are names that have them
SEP = re.compile(rb'"?sep=([^\r\n"]|")"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)  # Excel's own line
QUOTED_LINE = re.compile(rb'(?<![^\r\n])"((?:[^"]++|"")++)"(?=[\r\n]|\Z)')
ESCAPED = re.compile(rb'\\"(?!\s*(?:[,;|\t\r\n]|\Z))')
SINGLE = re.compile(rb"(?:^|[,;|\t~^])'[^'\r\n]*'(?=[,;|\t~^\r\n]|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """The dialect of a text, its escape, the usual width of its records, and why."""

    dialect: Dialect
    escape: str
    width: int
    evidence: tuple[str, ...]
    said_until: int = 0  # where Excel's own line ends, which names the delimiter


@dataclass(frozen=True, slots=True)
class _Tried:
    dialect: Dialect
    escape: str
    width: int
    known: float
    score: float
    table: bool


def with_doubled(data: bytes, quote: str, escape: str) -> bytes:
    r"""Double the quotes that are escaped otherwise; an escaped `\` becomes `\`.

    Where one stands before anything else, `\` does not escape itself: paths stay paths.

    >>> with_doubled(b'"a \\"b\\" c:\\\\"', '"', "\\")
    b'"a ""b"" c:\\"'
    >>> with_doubled(b'"a \\"b\\" \\\\nas\\x"', '"', "\\")
    b'"a ""b"" \\\\nas\\x"'
    """
    if escape in (quote, '"') or not quote:
        return data
    mark, sign = escape.encode(), quote.encode()
    pairs = rb"(?<!M)((?:MM)*)M".replace(b"M", re.escape(mark))
    if re.search(pairs + rb"(?![%b\'\"nrtN0])" % re.escape(mark), data):
        return re.sub(pairs + re.escape(sign), lambda each: each[1] + 2 * sign, data)
    # NUL has been taken out of every text: it is free to stand for the escaped escape
    return data.replace(2 * mark, b"\0").replace(mark + sign, 2 * sign).replace(b"\0", mark)


def without_line_quotes(data: bytes, asked: Asked) -> bytes | None:
    """Give a text whose every line a program quoted as one cell as it was before; else None.

    Excel does that to a file with other delimiters than its own. "Hill, Bo" in every line
    is a list of single values.
    """
    sample = _sample(data)
    if (
        asked.delimiter
        or not sample.lstrip(b"\r\n").startswith(b'"')
        or not _all_quoted(sample)
    ):
        return None
    whole = QUOTED_LINE.sub(_unquoted, sample)
    _, best = _best(whole, _delimiters(whole), asked)
    records = _records(whole, best.dialect, best.escape)
    if not best.table or _is_prose(records, best.width):
        return None
    return QUOTED_LINE.sub(_unquoted, data)


def _unquoted(line: re.Match[bytes]) -> bytes:
    return line[1].replace(b'""', b'"')


def _all_quoted(sample: bytes) -> bool:
    lines = [line for line in END.split(sample) if line]
    return len(lines) > 1 and not QUOTED_LINE.sub(b"", sample).strip(b"\r\n")


def find_dialect(data: bytes, asked: Asked) -> Found:
    """Give the dialect of a text; what the caller said is not tried out.

    Known headings count most, then even columns; a quote that closes nothing speaks against.
    """
    sample = _sample(data)
    said = SEP.match(sample)
    said_until = said.end() if said else 0
    sample = _first_escape(data, len(sample)) + sample[said_until:]
    told = asked.delimiter or (said[1].decode("latin-1") if said else None)
    tried, best = _best(sample, [told] if told else _delimiters(sample), asked)
    if told is None and best.known == 0 and not best.table:
        best = replace(best, width=1, dialect=Dialect(NONE, best.dialect.quote))
    evidence = _evidence(best, tried, told)
    return Found(best.dialect, best.escape, best.width, evidence, said_until)


def _sample(data: bytes) -> bytes:
    """Give the first lines; the piece of a line would look damaged."""
    sample = data[:SAMPLE_BYTES]
    if len(sample) == len(data):
        return sample
    cut = max(sample.rfind(b"\n"), sample.rfind(b"\r")) + 1
    return sample[:cut] or sample


def _delimiters(sample: bytes) -> list[str]:
    lines = [line for line in END.split(sample) if line]
    most = [mark for mark in RARE
            if 2 * sum(mark.encode() in line for line in lines) > len(lines)]  # fmt: skip
    return [*DELIMITERS, *most]


def _best(
    sample: bytes, delimiters: Sequence[str], asked: Asked
) -> tuple[list[_Tried], _Tried]:
    """Try all marks; of equals the first is the best."""
    tried = [_try(sample, dialect, escape, asked)
             for dialect, escape in _candidates(sample, delimiters, asked)]  # fmt: skip
    return tried, max(tried, key=lambda each: (each.known, each.table, each.score))


def _first_escape(data: bytes, start: int) -> bytes:
    """Give the line with the first quote after a backslash: most rows have none."""
    escape = data.find(b"\\", start)  # looking for one byte is ten times as fast as for two
    found = ESCAPED.search(data, escape) if escape >= 0 else None
    if found is None or ESCAPED.search(data, 0, start):
        return b""
    line = max(data.rfind(end, start, found.start()) + 1 for end in (b"\n", b"\r"))
    piece = data[max(start, line) : found.end() + LINE_BYTES]
    cut = max(piece.rfind(end) + 1 for end in (b"\n", b"\r"))
    return piece[:cut]


def _candidates(
    sample: bytes, delimiters: Sequence[str], asked: Asked
) -> Iterator[tuple[Dialect, str]]:
    quotes = ['"', *(["'"] if _has_apostrophes(sample) else [])]
    if asked.quote is not None:
        quotes = [asked.quote]
    escapes = ['"', *(["\\"] if ESCAPED.search(sample) else [])]
    if asked.escape is not None:
        escapes = [asked.escape]
    for delimiter in delimiters:
        for quote, escape in itertools.product(quotes, escapes):
            yield Dialect(delimiter, quote), escape


def _has_apostrophes(sample: bytes) -> bool:
    """Say whether cells are quoted by apostrophes: many are, or one that needs it."""
    quoted = SINGLE.findall(sample)
    marks = [mark.encode() for mark in (*DELIMITERS, *RARE)]
    cells = sample.count(b"\n") + sum(map(sample.count, marks))
    needed = any(mark in cell[2:-1] for cell in quoted for mark in marks)
    return needed or len(quoted) > QUOTED * cells


def _try(sample: bytes, dialect: Dialect, escape: str, asked: Asked) -> _Tried:
    records = _records(sample, dialect, escape)
    width = usual_width(len(record.cells) for record in records)
    known = max((asked.looks_like(record.cells) for record in records), default=0.0)
    return _Tried(dialect, escape, width, known, *_score(records, width, dialect))


def _records(sample: bytes, dialect: Dialect, escape: str) -> list[Record]:
    """Read the first records with anything in them; rulers are drawn, not filled in."""
    read = Walk(with_doubled(sample, dialect.quote, escape), dialect).records()
    records = (record for record, _ in itertools.islice(read, SAMPLE))
    return [each for each in records if any(each.cells) and not is_ruler(each.cells)]


def _score(records: Sequence[Record], width: int, dialect: Dialect) -> tuple[float, bool]:
    """Say how much a text looks like a table of this width, and whether it is one at all."""
    if not records or width == 1:
        return 0.0, False
    widths = Counter(len(record.cells) for record in records)
    wide = widths.total() - widths[1]
    even, lines = widths[width] / wide, wide / widths.total()
    faults = sum(bool(record.fault) for record in records) / len(records)
    score = even**2 * lines * math.log2(width) * (1 - faults) ** 2 * _whole(records, dialect)
    prose = dialect.delimiter in PUNCTUATION and _is_prose(records, width)
    if lines < 1 and width <= 3 and prose:
        return score * PROSE, False
    telling = wide > 1 or (width > 3 and not prose)  # one may be a title
    return score, lines >= 0.5 or (even >= 0.9 and telling)


def _whole(records: Sequence[Record], dialect: Dialect) -> float:
    """Say how whole the cells are: no quotes around them, no other mark in every line."""
    others = [mark for mark in DELIMITERS if mark not in (",", dialect.delimiter)]
    cells = [cell for record in records for cell in record.cells if cell]
    quoted = sum(len(cell) > 1 and cell[0] == cell[-1] in "'\"" for cell in cells)
    share = 1 - quoted / max(1, len(cells)) / 2
    rows = ["".join(record.cells) for record in records]
    rival = any(all(mark in row for row in rows) for mark in others)
    return share * RIVAL if rival else share


def _is_prose(records: Sequence[Record], width: int) -> bool:
    wide = [record.cells for record in records if len(record.cells) == width]
    return all(cell.startswith(" ") for cells in wide for cell in cells[1:])


def _evidence(best: _Tried, tried: Sequence[_Tried], told: str | None) -> tuple[str, ...]:
    name = _name(best.dialect.delimiter)
    if told is not None:
        return (tr("the delimiter {mark} was given", mark=name),)
    if best.width == 1:
        return (tr("no delimiter cuts the lines evenly: a list of single values"),)
    sentences = [
        trn(
            "the delimiter is {mark}: it gives {n} column",
            "the delimiter is {mark}: it gives {n} columns",
            best.width,
            mark=name,
        )
    ]
    rivals = [each for each in tried if each.dialect.delimiter != best.dialect.delimiter]
    near = max(rivals, key=lambda each: (each.known, each.score), default=None)
    if near is not None and near.known == best.known and near.score > best.score / 2:
        sentences.append(
            trn(
                "{mark} would give {n} column, less evenly",
                "{mark} would give {n} columns, less evenly",
                near.width,
                mark=_name(near.dialect.delimiter),
            )
        )
    if best.dialect.quote != '"':
        sentences.append(tr("cells are quoted by {mark}", mark=best.dialect.quote))
    if best.escape == "\\":
        sentences.append(tr("a backslash stands before quotes inside a cell"))
    return tuple(sentences)


def _name(mark: str) -> str:
    names = {",": tr("comma"), ";": tr("semicolon"), "\t": tr("tab"), "|": tr("pipe")}
    return names.get(mark, mark)
