"""What the terminal says besides the card's own words, and the keys that only it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.widgets.texts import FIXED, KEYS, actions, keys_of, texts
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OWN_KEYS", "acts", "desk_keys", "key_said", "more", "words"]

OWN_KEYS: Mapping[str, str] = {"quit": "q"}
"""A browser one leaves by a click."""

_SHOWN = {"Enter": "↵", "Escape": "Esc", " ": "␣"}


def desk_keys(chosen: Mapping[str, str] | None) -> dict[str, str]:
    """Give the keys of the desk, with those that a person has chosen, as `keys_of` does."""
    given = dict(chosen or {})
    own = {name: given.pop(name, key) for name, key in OWN_KEYS.items()}
    keys = keys_of(given) | own
    taken: dict[str, str] = {}
    for name, key in keys.items():
        if key in FIXED or not (len(key) == 1 or key in KEYS.values()):
            raise InputError(tr("this key cannot be chosen"), value=key, column=name)
        if key in taken:
            what = f"{taken[key]}, {name}"
            raise InputError(tr("one key for two actions"), value=key, expected=what)
        taken[key] = name
    return keys


def key_said(key: str) -> str:
    """Call a key as keyboards do.

    >>> key_said("y"), key_said("U"), key_said("Enter")
    ('Y', '⇧U', '↵')
    """
    if len(key) == 1 and key != key.lower():
        return f"⇧{key}"
    return _SHOWN.get(key, key.upper() if len(key) == 1 else key)


def acts() -> dict[str, str]:
    """Say what each key does."""
    return {
        **actions(),
        "quit": tr("leave; all is saved (also Ctrl+C)"),
    }


def more(lines: int) -> str:
    """Say how much there is below; "" nothing."""
    if lines <= 0:
        return ""
    return trn("▼ {n} more line: Page down", "▼ {n} more lines: Page down", lines)


def words() -> dict[str, str]:
    """Give the words of the desk by name, in the reader's language."""
    return {
        **texts(),
        "short_same": tr("equal"),
        "short_clean": tr("alike"),
        "short_differ": tr("differs"),
        "short_own": tr("its own"),
        "short_missing": tr("missing"),
        "note_key": tr("Note"),
        "quit": tr("Leave"),
        "redo": tr("Redo"),
        "search_key": tr("Search"),
        "split_key": tr("Divide"),
        "blind_key": tr("Blind"),
        "survivor_key": tr("Keep record"),
        "moves": tr("back, on"),
        "working": tr("At work: with so many questions this takes some seconds."),
        "links": tr("Links: {links}"),
        "too_small": tr(
            "This window is too small: at least {width} columns and {height} lines."
        ),
        "pasted": tr("What was pasted decides nothing."),
        "dropped": tr("Keys pressed while it was busy were ignored."),
        "panel_close": tr("Esc closes"),
        "panel_history": tr(
            "↑↓ choose · Enter takes back or gives back · → shows it · Esc closes"
        ),
        "panel_filter": tr("↑↓ choose · ←→ or typing changes · Enter shows · Esc leaves it"),
        "panel_bulk": tr("↑↓ choose · ←→ changes · Enter does it · Esc closes"),
        "panel_list": tr("↑↓ choose · Enter goes there · Esc closes"),
        "entry_keys": tr("Enter keeps it · Esc leaves it as it was"),
    }
