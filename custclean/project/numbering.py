"""Numbers with the register's lines found by linkage: two stages that meet here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from custclean.frames import like
from custclean.stages import number as stage
from custclean.stages.link import link
from custclean.stages.standardise import standardise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custclean.stages.number import Numbered

__all__ = ["number"]


def number(
    table: object,
    *,
    register: object | None = None,
    pattern: str = "{:05d}",
    start: int = 1,
    reserved: Iterable[str] = (),
) -> Numbered:
    """Give every client of a list one number, or say why it has none.

    Existing valid numbers stay; then those of the `register` (name, e-mail, number)
    whose line is found by linkage; then the `pattern`, counted from `start`. Clashes,
    damaged numbers and used-up ones are issues, never guesses. See `Numbered`.
    """
    links = None
    if register is not None:
        clients, lines = standardise(table).table, standardise(register).table
        links = link(clients, lines).accepted()
    found = stage.number(
        table, register=register, links=links, pattern=pattern, start=start, reserved=reserved
    )
    return replace(found, table=like(found.table, table))
