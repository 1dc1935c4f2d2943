"""From bytes to text: which encoding, how sure, which line ends; noise is refused."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Decoded", "decode"]

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
NOISE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character: not to be written again
NOISE_SHARE = 0.005  # a stray control character happens in a cell; one in 200 does not
# cp1252 puts marks where cp850 and its kin have letters: a mark inside a word tells.
# UTF-8 read as cp1252 gives Ã or Â followed by a mark of the upper half.
MISREAD = re.compile(
    r"[^\W\d_][‚ƒ„…†‡ˆ‰‹‘“”•˜™›¢£¤¥¦§¨©«¬®¯±´¶·¸»¼½¾¿×÷][^\W\d_]|[ÃÂ][\u0080-\u00bf€‚„…†‡‰‹‘’“”•–—˜™›]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its BOM, and how it was read."""

    text: str
    encoding: str
    line_end: str
    uncertain: bool = False
    bom: bool = False


def decode(path: Path, data: bytes, encoding: str | None = None) -> Decoded:
    """Read bytes as text; strict UTF-8 first, then Windows-1252, else refuse by name."""
    for mark, name in BOMS:
        if data.startswith(mark):
            text = _strict(path, data[len(mark) :], encoding or name)
            text = text.lstrip("\ufeff")  # some tools put a second mark before the first
            return _checked(path, Decoded(text, encoding or name, _ends(text), bom=True))
    if encoding:
        text = _strict(path, data, encoding)
        return _checked(path, Decoded(text, encoding, _ends(text)))
    _refuse_nul(path, data)
    try:
        text, name = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, name = _strict(path, data, "cp1252"), "cp1252"
    uncertain = name == "cp1252" and MISREAD.search(text) is not None
    return _checked(path, Decoded(text, name, _ends(text), uncertain=uncertain))


def _strict(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        msg = tr("the encoding is neither UTF-8 nor Windows-1252, or this is no text")
        if encoding != "cp1252":
            msg = tr("the text is not {encoding}", encoding=encoding)
        expected = tr("a text file, or encoding= that says how to read it")
        raise InputError(msg, file=path, line=line, expected=expected) from None
    except (LookupError, ValueError):
        msg = tr("no such encoding")
        raise InputError(msg, file=path, value=encoding) from None


def _refuse_nul(path: Path, data: bytes) -> None:
    place = data.find(b"\x00")
    if place >= 0:
        msg = tr("the file holds NUL bytes: it is damaged, or no text")
        raise InputError(msg, file=path, line=data.count(b"\n", 0, place) + 1)


def _checked(path: Path, decoded: Decoded) -> Decoded:
    text = decoded.text
    if "\x00" in text:
        _refuse_nul(path, text.encode("utf-8", "surrogatepass"))
    if SURROGATE.search(text):
        msg = tr("the text is not {encoding}", encoding=decoded.encoding)
        raise InputError(msg, file=path)
    if len(NOISE.findall(text)) > NOISE_SHARE * len(text):
        raise InputError(tr("this is no text"), file=path, expected=tr("a CSV or XLSX file"))
    return decoded


def _ends(text: str) -> str:
    """Give the line end that most lines have; LF where there is none."""
    crlf = text.count("\r\n")
    counts = Counter(
        {"\r\n": crlf, "\n": text.count("\n") - crlf, "\r": text.count("\r") - crlf}
    )
    end, count = counts.most_common(1)[0]
    return end if count else "\n"
