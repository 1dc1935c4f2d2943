"""The faults that the files of one format can have, and which of them can be in one file."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.faults.cases import Expected

__all__ = ["Catalogue", "Family", "Fault", "File"]


class File(Protocol):
    """A file with faults, on its way to bytes."""

    def data(self) -> bytes:
        """Write the file; `Impossible` where it cannot be."""

    def tables(self) -> dict[str, Expected] | str:
        """Say what should be read by part, the best first; or why it must be refused."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong. Of a `group` a file has one at most: a file has one encoding."""

    name: str
    stage: str
    group: str
    put: Callable[[Any], object]
    forms: frozenset[str]  # in which the fault can be; none: in all
    paired: bool = True


@dataclass
class Catalogue:
    """Faults by name; those of an earlier stage are put in first."""

    stages: tuple[str, ...]
    faults: dict[str, Fault] = field(default_factory=dict)
    clashes: dict[frozenset[str], str] = field(default_factory=dict)  # with the reason

    def fault(
        self, stage: str, group: str = "", forms: str = ""
    ) -> Callable[[Callable[[Any], object]], Callable[[Any], object]]:
        """Put a function among the faults; without a group it goes with any other."""

        def keep(put: Callable[[Any], object]) -> Callable[[Any], object]:
            self.add(put.__name__, stage, put, group, forms)
            return put

        return keep

    def add(
        self,
        name: str,
        stage: str,
        put: Callable[[Any], object],
        group: str = "",
        forms: str = "",
        *,
        paired: bool = True,
    ) -> None:
        """Put a function with data of its own among the faults."""
        fault = Fault(name, stage, group or name, put, frozenset(forms.split()), paired)
        assert name not in self.faults
        self.faults[name] = fault

    def clash(self, why: str, *pairs: str) -> None:
        """Say which pairs ("a b") have two readings equally right, or cannot be at all."""
        for pair in pairs:
            one, other = pair.split()
            assert {one, other} <= self.faults.keys(), pair
            self.clashes[frozenset((one, other))] = why

    def put(self, case: Any, names: Iterable[str]) -> None:
        """Put faults into a file, in the order of their stages."""
        chosen = [self.faults[name] for name in names]
        for each in sorted(chosen, key=lambda fault: self.stages.index(fault.stage)):
            each.put(case)

    def of(self, form: str) -> list[Fault]:
        """Give the faults that a form of file can have."""
        return [each for each in self.faults.values() if not each.forms or form in each.forms]

    def pairs(self, form: str) -> list[tuple[str, str]]:
        """Give the pairs that may be in one file."""
        fit = [each for each in self.of(form) if each.paired]
        return [
            (one.name, other.name)
            for one, other in itertools.combinations(fit, 2)
            if one.group != other.group
            and frozenset((one.name, other.name)) not in self.clashes
        ]


@dataclass(frozen=True)
class Family:
    """A form of file: how a clean one is made, and what can be wrong with it."""

    form: str
    make: Callable[[], Any]
    catalogue: Catalogue

    def made(self, *faults: str) -> File:
        """Make a file with these faults."""
        case: File = self.make()
        self.catalogue.put(case, faults)
        return case
