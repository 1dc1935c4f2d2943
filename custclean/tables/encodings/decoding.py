"""From bytes to text: which encoding, how sure and why; noise is refused.

There are two doors. `to_utf8` gives UTF-8 bytes for files of hundreds of megabytes: a clean
UTF-8 file is checked and handed on as it is, others are converted piece by piece. `decode`
gives the text of a small file. The order of what is tried: a byte order mark, UTF-16 by its
zero bytes, strict UTF-8, UTF-8 with a few other lines, and then what the letters speak for.
Nothing is dropped in silence: what was taken out or read otherwise is flagged by its line.
"""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.encodings.guessing import Guess, guess
from custclean.tables.encodings.lines import PIECE, Runs, count_ends, line_end_of
from custclean.tables.encodings.mixture import Survey, convert, survey
from custclean.tables.raw import Flag
from custclean.words import tr, trn

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Decoded", "Utf8", "decode", "to_utf8"]

# UTF-32 first: its mark begins like that of UTF-16.
BOMS = ((codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
MARKED = {"utf-8-sig", "utf-16", "utf-32"}  # these read the mark themselves
NOT_FOR_FILES = {"idna", "punycode", "undefined"}  # codecs for names of hosts, or for none
NOISE = bytes([*range(1, 9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
NOISE_SHARE = 0.005  # a stray control character happens in a cell; one in 200 does not
FEW = 3  # NUL bytes that even a tiny file may have
SAMPLED = 1 << 23  # bytes looked at for noise; a longer file is sampled evenly
WIDE_SAMPLE = 1 << 16
PRINTABLE = bytes([9, 10, 13, *range(0x20, 0x7F)])


@dataclass(frozen=True, slots=True)
class Utf8:
    """A file as valid UTF-8 without BOM and NUL, and how it came to be that.

    `evidence` says in sentences why this encoding; `flags` name the lines at which
    something had to be done.
    """

    data: bytes = field(repr=False)
    encoding: str
    uncertain: bool = False
    bom: bool = False
    evidence: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its BOM, and how it was read."""

    text: str = field(repr=False)
    encoding: str
    line_end: str
    uncertain: bool = False
    bom: bool = False
    evidence: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = field(default=(), repr=False)

    @property
    def facts(self) -> dict[str, object]:
        """Give what a report says of the encoding."""
        names = ("encoding", "uncertain", "bom", "line_end")
        return {name: getattr(self, name) for name in names}


def decode(path: Path, data: bytes, encoding: str | None = None) -> Decoded:
    """Read the bytes of a small file as text; see `to_utf8`."""
    found = to_utf8(path, data, encoding)
    end = line_end_of(found.data)
    return Decoded(
        found.data.decode(), found.encoding, end, found.uncertain, found.bom, found.evidence,
        found.flags,
    )  # fmt: skip


def to_utf8(path: Path, data: bytes, encoding: str | None = None) -> Utf8:
    """Give the file as UTF-8; an encoding that is given is obeyed, else it is found out."""
    if encoding is not None:
        found = _asked(path, data, encoding)
    else:
        found = _marked(path, data) or _unmarked(path, data)
    extra = 0
    while found.data.startswith(codecs.BOM_UTF8, extra):  # some tools put a second mark
        extra += len(codecs.BOM_UTF8)
    if extra:
        found = replace(found, data=found.data[extra:], bom=True)
    found = _without_nul(path, found)
    _refuse_noise(path, found.data)
    return found


def _asked(path: Path, data: bytes, encoding: str) -> Utf8:
    mark = next((mark for mark, _ in BOMS if data.startswith(mark)), b"")
    try:
        name = codecs.lookup(encoding).name
        b"0".decode(encoding)  # unlike the decoders, it refuses codecs that give no text
    except UnicodeError:
        pass
    except (LookupError, ValueError):
        name = "undefined"
    if name in NOT_FOR_FILES:
        raise InputError(tr("no such encoding"), file=path, value=encoding)
    body = data[len(mark) :] if mark and name not in MARKED else data
    why = tr("the encoding {encoding} was given", encoding=encoding)
    return Utf8(_strict(path, body, encoding), encoding, bom=bool(mark), evidence=(why,))


def _marked(path: Path, data: bytes) -> Utf8 | None:
    for mark, name in BOMS:
        if not data.startswith(mark):
            continue
        why = tr("the file begins with the byte order mark of {encoding}", encoding=name)
        body = data[len(mark) :]
        if name == "utf-8" and not _is_utf8(body):
            found = _by_letters(path, body)
        else:
            found = Utf8(_strict(path, body, name), name)
        return replace(found, bom=True, evidence=(why, *found.evidence))
    return None


def _unmarked(path: Path, data: bytes) -> Utf8:
    wide = _wide(data)
    if wide:
        why = tr("its zero bytes are placed as in {encoding}", encoding=wide)
        return Utf8(_strict(path, data, wide), wide, evidence=(why,))
    if _is_utf8(data):
        return Utf8(data, "utf-8", evidence=(tr("every byte is valid UTF-8"),))
    return _by_letters(path, data)


def _is_utf8(data: bytes) -> bool:
    """Check the bytes piece by piece, so that no text of the whole file is made."""
    view, place = memoryview(data), 0
    while place < len(data):
        end = place + PIECE
        try:
            place += codecs.utf_8_decode(view[place:end], "strict", end >= len(data))[1]
        except UnicodeDecodeError:
            return False
    return True


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its line ends and Latin letters: one byte is zero.

    The zero bytes stand all on one side; what has none must not look like two letters of
    ASCII, or it is a text with a stray NUL.
    """
    if len(data) % 2:
        return None
    high, low = data[:WIDE_SAMPLE:2], data[1:WIDE_SAMPLE:2]
    zeros, others = sorted((high.count(0), low.count(0)), reverse=True)
    if zeros * 50 < len(high) or others * 100 > zeros:
        return None
    full = [pair for pair in zip(high, low) if all(pair)]
    plain = sum(a in PRINTABLE and b in PRINTABLE for a, b in full)
    if zeros == 0 or (plain > 0.7 * len(full) and 5 * plain > len(high)):
        return None
    return "utf-16-be" if high.count(0) == zeros else "utf-16-le"


def _strict(path: Path, data: bytes, encoding: str) -> bytes:
    """Convert piece by piece; bytes that the encoding has not are an error with their line."""
    if codecs.lookup(encoding).name == "utf-8" and _is_utf8(data):
        return data
    out, piece = io.BytesIO(), b""
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        for place in range(0, len(data), PIECE):
            piece = data[place : place + PIECE]
            out.write(decoder.decode(piece, place + PIECE >= len(data)).encode())
    except UnicodeError as error:
        good = piece[: error.start] if isinstance(error, UnicodeDecodeError) else b""
        before = out.getvalue() + good.decode(encoding, "replace").encode("utf-8", "replace")
        msg = tr("the text is not {encoding}", encoding=encoding)
        expected = tr("a text file, or encoding= that says how to read it")
        line = count_ends(before) + 1
        raise InputError(msg, file=path, line=line, expected=expected) from None
    except LookupError:
        raise InputError(tr("no such encoding"), file=path, value=encoding) from None
    return out.getvalue()


def _by_letters(path: Path, data: bytes) -> Utf8:
    """Read what is not all UTF-8: as UTF-8 with other lines in it, or as what fits best."""
    _refuse_noise(path, data)
    lines = survey(data)
    best = guess(lines.words)
    # In no European encoding a line is valid UTF-8 by chance, in Japanese a few are.
    rare = lines.valid if best.encoding == "cp932" else lines.valid * 20
    mixed = rare > lines.invalid
    encoding = "utf-8" if mixed else best.encoding
    why = _mixture(lines, best) if mixed else _verdict(lines, best)
    converted, flags = convert(data, (encoding, best.encoding, "cp1252"))
    uncertain = bool(flags) or not best.certain
    return Utf8(converted, encoding, uncertain, evidence=(why,), flags=flags)


def _mixture(lines: Survey, best: Guess) -> str:
    return trn(
        "UTF-8, as {valid} lines beyond ASCII are; {n} is not and was read as {encoding}",
        "UTF-8, as {valid} lines beyond ASCII are; {n} are not and were read as {encoding}",
        lines.invalid, valid=lines.valid, encoding=best.encoding,
    )  # fmt: skip


def _verdict(lines: Survey, best: Guess) -> str:
    return trn(
        "no UTF-8; {n} word beyond ASCII reads best as {encoding}, next best {other}"
        " (margin {margin})",
        "no UTF-8; {n} words beyond ASCII read best as {encoding}, next best {other}"
        " (margin {margin})",
        len(lines.words), encoding=best.encoding, other=best.runner_up,
        margin=round(best.margin),
    )  # fmt: skip


def _without_nul(path: Path, found: Utf8) -> Utf8:
    """Take NUL bytes out, and the marks that old systems put at the end of a file."""
    body = found.data
    if b"\x00" not in body and not body.endswith(b"\x1a"):
        return found
    body, flags = body.rstrip(b"\x00\x1a"), Runs()
    if not body:
        raise InputError(tr("the file holds nothing but NUL bytes: it is damaged"), file=path)
    number, place = 1, 0
    if body.count(0) > max(FEW, NOISE_SHARE * len(body)):
        number += count_ends(body[: body.index(0)])
        msg = tr("the file holds NUL bytes: it is damaged, or no text")
        raise InputError(msg, file=path, line=number)
    why = tr("a NUL byte was taken out")
    while (nul := body.find(b"\x00", place)) >= 0:
        number += count_ends(body[place:nul])
        place = nul + 1
        flags.add(number, why)
    if len(body) < len(found.data):
        number += count_ends(body[place:])
        flags.add(number, tr("marks for the end of the file (NUL or Ctrl-Z) were taken out"))
    taken = tuple(Flag(line, what, rows) for line, rows, what in flags.found)
    body = body.replace(b"\x00", b"")
    return replace(found, data=body, flags=tuple(sorted((*found.flags, *taken))))


def _refuse_noise(path: Path, data: bytes) -> None:
    """Refuse what has too many control characters; of a long file a part is looked at."""
    step = PIECE * max(1, len(data) // SAMPLED)
    seen = noise = 0
    for place in range(0, len(data), step):
        piece = data[place : place + PIECE]
        seen += len(piece)
        noise += len(piece) - len(piece.translate(None, NOISE))
    if noise > NOISE_SHARE * seen:
        raise InputError(tr("this is no text"), file=path, expected=tr("a CSV or XLSX file"))
