"""A decision as it will stand in the log: its records in order, with person and time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from operator import index
from typing import NoReturn, SupportsIndex

from custclean.decisions.standing import STEP, is_about_itself, ordered
from custclean.errors import DecisionError
from custclean.model import Decision, Verdict
from custclean.words import tr

__all__ = ["completed", "id_of", "is_moment", "verdict_of"]


def completed(decision: Decision, who: str, when: str, step: str = "") -> Decision:
    """Give the decision as it will stand in the log, but for its number.

    `who` and `when` are of a decision that names none; `step` is what it was decided with.
    Every way into the log goes through here: what could not be given back is refused.
    """
    key = _key(decision.key)
    if not key:
        raise DecisionError(tr("this decision is about nothing"), value=decision.verdict)
    if decision.when and not is_moment(decision.when):
        _refuse("when", decision.when, "ISO 8601")
    value = _table("value", decision.value)
    if step:
        value[STEP] = step
    filled = ordered(
        Decision(
            key=key,
            verdict=verdict_of(decision.verdict),
            seen=_table("seen", decision.seen),
            value=value,
            note=_text("note", decision.note),
            who=_text("who", decision.who or who),
            when=decision.when or when,
        )
    )
    if is_about_itself(filled):
        raise DecisionError(tr("this verdict is about two records"), value=filled.key[0])
    _refuse_half_characters(filled)
    return filled


def id_of(given: str | SupportsIndex) -> str:
    """Give a record's id as the log keeps it: numbers, numpy's too, as their digits.

    >>> id_of(7), id_of("007")
    ('7', '007')
    """
    if isinstance(given, str):
        return given
    if isinstance(given, bool):
        _refuse("key", given, "str, int")
    try:
        return str(index(given))
    except TypeError:
        _refuse("key", given, "str, int")


def verdict_of(given: str) -> Verdict:
    """Give the verdict of this name."""
    try:
        return Verdict(given)
    except ValueError:
        expected = ", ".join(Verdict)
        raise DecisionError(tr("this is no verdict"), value=given, expected=expected) from None


def is_moment(given: str) -> bool:
    """Tell whether a text says a time as the log keeps it.

    >>> is_moment("2026-03-01T12:00:00+01:00"), is_moment("01.03.2026")
    (True, False)
    """
    try:
        datetime.fromisoformat(given).timestamp()
    except (TypeError, ValueError, OverflowError, OSError):  # no text, or beyond all clocks
        return False
    return True


def _key(given: object) -> tuple[str, ...]:
    if not isinstance(given, tuple | list):  # a text would fall apart into its letters
        _refuse("key", given, "tuple")
    return tuple(map(id_of, given))


def _table(name: str, given: object) -> dict[str, str]:
    if not isinstance(given, Mapping):
        _refuse(name, given, "Mapping[str, str]")
    texts = (*given, *given.values())
    for text in texts if set(map(type, texts)) - {str} else ():
        if not isinstance(text, str):
            _refuse(name, text, "str")
    return dict(given)  # the caller's may change; the log's does not


def _text(name: str, given: object) -> str:
    if not isinstance(given, str):
        _refuse(name, given, "str")
    return given


def _refuse(name: str, value: object, expected: str) -> NoReturn:
    msg = tr("not a decision: {name} is missing or wrong", name=name)
    raise DecisionError(msg, value=value, expected=expected)


def _refuse_half_characters(decision: Decision) -> None:
    seen, value = decision.seen, decision.value
    texts = [*decision.key, *seen, *seen.values(), *value, *value.values()]
    texts += [decision.note, decision.who, decision.when]
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        broken = next(text for text in texts if not _is_whole(text))
        msg = tr("the text holds half a character and cannot be kept")
        raise DecisionError(msg, value=ascii(broken)) from None


def _is_whole(text: str) -> bool:
    return text == text.encode(errors="replace").decode()
