"""Single settings changed in custclean.toml: the line is edited, all else stays as it stands.

What comes out is read again and must say the same but for the change, or nothing is written.
"""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from custclean.errors import SettingsError
from custclean.settings import Settings
from custclean.tables.writing import write_atomic
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Key = tuple[str, ...]

__all__ = ["save_settings"]

TABLE = re.compile(r"^\s*\[\[?\s*(?P<name>[^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
VALUE = r'(?:"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^\s#"\'\[{]+)'


def save_settings(path: Path, changes: Mapping[Key, str | float | None]) -> Settings:
    """Change settings of a project, None takes one away; gives all settings as they are now.

    A key is `("region",)` or `("link", "threshold")`. Comments, order and line ends stay.
    """
    before = text = _text(path)
    for key, value in changes.items():
        text = _edited(text, key, value)
    _must_say_the_same(path, before, text, changes)
    Settings.parse(text, path)  # a value that cannot be is refused before it is written
    if text != before:
        try:
            write_atomic(path, text.encode())
        except OSError as error:
            why = tr("cannot be written: {why}", why=error.strerror)
            raise SettingsError(why, file=path) from None
    return Settings.load(path)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(tr("cannot be read: {why}", why=error), file=path) from None


def _edited(text: str, key: Key, value: str | float | None) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    start, stop = _section(lines, ".".join(key[:-1]))
    if start < 0:
        if value is not None:
            at = len(lines) - (not lines[-1])
            lines[at:at] = ["", f"[{'.'.join(key[:-1])}]", f"{key[-1]} = {_quoted(value)}"]
        return end.join(lines)
    place = _line(lines, start, stop, key[-1], ours=True)
    if place is None and value is not None:
        place = _line(lines, start, stop, key[-1], ours=False)
    if place is not None:
        lines[place] = _replaced(lines[place], key[-1], value)
    elif value is not None:
        lines.insert(start, f"{key[-1]} = {_quoted(value)}")
    return end.join(lines)


def _section(lines: list[str], name: str) -> tuple[int, int]:
    """Give first and last line of a table; of the settings above all tables without a name."""
    heads = [
        (n, found["name"]) for n, line in enumerate(lines) if (found := TABLE.match(line))
    ]
    starts = [(0, "")] + [(n + 1, head) for n, head in heads]
    stops = [n for n, _ in heads] + [len(lines)]
    for (start, head), stop in zip(starts, stops, strict=True):
        if re.sub(r"\s", "", head) == name:
            return start, stop
    return -1, -1


def _line(lines: list[str], start: int, stop: int, key: str, *, ours: bool) -> int | None:
    """Find the line of a setting, or the one that is commented out and shows the default."""
    mark = "" if ours else r"#\s*"
    pattern = re.compile(rf'^\s*{mark}(?:"{key}"|{key})\s*=')
    return next((n for n in range(start, stop) if pattern.match(lines[n])), None)


def _replaced(line: str, key: str, value: str | float | None) -> str:
    """Put another value into a line; the comment behind it stays where it was."""
    if value is None:
        return f"# {line}"
    said = f"{key} = {_quoted(value)}"
    found = re.match(rf'^(\s*(?:#\s*)?"?{key}"?\s*=\s*{VALUE})(\s*)(#.*)?$', line)
    if found is None or not found[3]:
        return said
    return f"{said.ljust(len(found[1]) + len(found[2]) - 1)} {found[3]}"


def _quoted(value: str | float) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


def _must_say_the_same(
    path: Path, before: str, after: str, changes: Mapping[Key, str | float | None]
) -> None:
    """Refuse an edit that would change any other setting, or not the one that is meant."""
    old, new = _parsed(path, before), None
    with suppress(SettingsError):  # as where the table was written in another way
        new = _parsed(path, after)
    for key, value in changes.items():
        _put(old, key, value)
        if new is not None:
            _put(new, key, value if _get(new, key) == value else object())
    if old != new:
        names = ", ".join(".".join(key) for key in changes)
        msg = tr("the setting cannot be changed without changing something else")
        raise SettingsError(msg, file=path, value=names, expected=tr("a change by hand"))


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        msg = tr("not valid TOML: {why}", why=error)
        raise SettingsError(msg, file=path) from None


def _get(settings: Mapping[str, Any], key: Key) -> object:
    found: Any = settings
    for name in key:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _put(settings: dict[str, Any], key: Key, value: object) -> None:
    *above, last = key
    for name in above:
        settings = settings.setdefault(name, {})
    settings[last] = value
