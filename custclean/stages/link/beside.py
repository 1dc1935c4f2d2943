"""What is known of the columns of a table while it is decided what they hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.link.content import Look
    from custclean.stages.link.guess import Guess
    from custclean.stages.link.headings import Heading

Guesses: TypeAlias = "dict[str, Guess]"
Columns: TypeAlias = "Mapping[str, Column]"

__all__ = ["NAMES", "Column", "Columns", "Guesses", "of_kinds", "of_senses", "turned"]

NAMES = ("name", "company", "given_name", "family_name")


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column: its heading, read, and its values, looked at."""

    heading: Heading
    look: Look

    @property
    def second(self) -> bool:
        """Say whether the heading calls it the second of its kind: "Name 2"."""
        return self.heading.number > 1 and bool(self.heading.senses)


def of_kinds(found: Guesses, *kinds: str) -> list[str]:
    """Name the columns of some kinds."""
    return [name for name, each in found.items() if each.kind in kinds]


def of_senses(found: Guesses, *senses: str) -> list[str]:
    """Name the columns of some senses."""
    return [name for name, each in found.items() if each.sense in senses]


def turned(found: Guesses, names: list[str], kind: str) -> Guesses:
    """Give some columns another kind."""
    return found | {name: replace(found[name], kind=kind) for name in names}
