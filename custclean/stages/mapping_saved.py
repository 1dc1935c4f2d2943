"""Mappings kept in custclean.toml: a block of our own is added or replaced, the rest stays.

The text is edited, not written anew, so that comments and order of a person stay. What
comes out is read again and must say the same but for the mapping, or nothing is written.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custclean.errors import SettingsError
from custclean.stages.read_mapped import layout_of
from custclean.systems import plain_heading
from custclean.tables.writing import write_atomic
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["save_mapping"]

TABLE = re.compile(r"^\s*\[.*\]\s*(?:#.*)?$")
OURS = re.compile(r"^\s*\[\[\s*mappings\s*\]\]")
INSIDE = re.compile(r"^\s*\[\s*mappings\s*\.")


def save_mapping(
    settings: Path | str, headings: Sequence[str], kind: str, columns: Mapping[str, str]
) -> Path:
    """Keep in a custclean.toml how files with these headings are read; gives its path.

    A mapping of the same headings is replaced; a file that is not there is made, but no
    folder.
    """
    path, kind = Path(settings), layout_of(kind).kind
    if not path.parent.is_dir():
        raise SettingsError(tr("there is no such folder"), value=path.parent)
    text = _text(path)
    # of a list without headings the blank ones stand for the number of its columns
    named = [heading for heading in headings if heading.strip()] or [""] * len(headings)
    block = _block(named, kind, {each: columns[each] for each in columns if columns[each]})
    edited = _edited(text, block, named)
    _must_say_the_same(path, text, edited)
    try:
        return write_atomic(path, edited.encode())
    except OSError as error:
        why = tr("cannot be written: {why}", why=error.strerror)
        raise SettingsError(why, file=path) from None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(tr("cannot be read: {why}", why=error), file=path) from None


def _block(headings: Sequence[str], kind: str, columns: Mapping[str, str]) -> list[str]:
    named = ", ".join(map(_quoted, headings))
    return [
        "[[mappings]]",
        f"headings = [{named}]",
        f"kind = {_quoted(kind)}",
        "[mappings.columns]",
        *(f"{_quoted(heading)} = {_quoted(field)}" for heading, field in columns.items()),
    ]


def _quoted(value: str) -> str:
    # JSON's escapes are TOML's; but TOML has no surrogates and wants DEL escaped too
    clean = value.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


def _edited(text: str, block: Sequence[str], headings: Sequence[str]) -> str:
    """Replace the block of these headings, or put one at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
    wanted = _together(headings)
    for start, stop in _blocks(lines):
        if _headings(lines[start:stop]) == wanted:
            said = [line for line in lines[start:stop] if line.lstrip().startswith("#")]
            lines[start:stop] = [block[0], *said, *block[1:]]
            break
    else:
        lines += [*([""] if lines and lines[-1].strip() else []), *block]
    return end.join([*lines, ""])


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give first line and end of each of our blocks, without what is said of the next."""
    starts = [n for n, line in enumerate(lines) if OURS.match(line)]
    for start in starts:
        stop = start + 1
        while stop < len(lines) and not (
            TABLE.match(lines[stop]) and not INSIDE.match(lines[stop])
        ):
            stop += 1
        while not lines[stop - 1].strip() or lines[stop - 1].lstrip().startswith("#"):
            stop -= 1
        yield start, stop


def _together(headings: Sequence[str]) -> list[str]:
    """Give headings as they tell a list, whatever their order."""
    return sorted(map(plain_heading, headings))


def _headings(lines: Sequence[str]) -> list[str] | None:
    try:
        (found,) = tomllib.loads("\n".join(lines))["mappings"]
        return _together(found["headings"])
    except (tomllib.TOMLDecodeError, LookupError, TypeError, ValueError):
        return None


def _must_say_the_same(path: Path, before: str, after: str) -> None:
    """Refuse an edit that would change any other setting."""
    try:
        old, new = tomllib.loads(before), tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        msg = tr("not valid TOML: {why}", why=error)
        raise SettingsError(msg, file=path) from None
    rest = [{key: each[key] for key in each if key != "mappings"} for each in (old, new)]
    if rest[0] != rest[1] or _kept(old) - 1 > _kept(new):
        msg = tr("the mapping cannot be put in without changing something else")
        raise SettingsError(msg, file=path, expected=tr("a [[mappings]] block by hand"))


def _kept(settings: Mapping[str, Any]) -> int:
    return len(settings.get("mappings", ()))
