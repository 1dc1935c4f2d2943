"""What a person chooses on a card before they save it: a record, values, a division."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.stages.review import ReviewSession
    from custclean.stages.review.card import Card

__all__ = ["Hand", "drafted"]

DIGITS = 9
Data = dict[str, Any]


class Hand:
    """The chosen record, and the first of the numbered fields that the digits reach."""

    def __init__(self, session: ReviewSession) -> None:
        self._session = session
        self._place: int | None = None
        self.chosen: int | None = None
        self.first = 0

    def look_at(self, card: Card | None) -> bool:
        """Take another card; tells whether it is another one."""
        place = None if card is None else card.index
        if place == self._place:
            return False
        self._place, self.first = place, 0
        self.chosen = 0 if card is not None and len(card.records) > 2 else None
        return True

    def choose(self, by: int) -> None:
        """Choose the next record, or the one before."""
        if self._place is not None:
            many = len(self._session.questions[self._place].records)
            if self.chosen is None and many == 2:  # an arrow goes where it points
                self.chosen = int(by > 0)
                return
            start = -1 if by > 0 else 0
            self.chosen = ((start if self.chosen is None else self.chosen) + by) % many

    def divide(self, what: str) -> None:
        """Eject or move the chosen record of a group, or split it at its weakest link."""
        if self._place is None or not self._session.questions[self._place].is_group:
            return
        record = self._session.questions[self._place].records[self.chosen or 0]
        if what == "split":
            self._session.split(index=self._place)
        elif what == "eject":
            self._session.eject(record, index=self._place)
        else:
            self._session.move(record, index=self._place)

    def keep_record(self, data: Data) -> None:
        """Choose that the chosen record survives; once more: as the rules say."""
        self.chosen = self.chosen or 0
        draft = data["draft"]
        self._pick(data, "", _toggled(self.chosen, draft["survivors"], draft["saved"]))

    def digit(self, data: Data, digit: int) -> None:
        """Choose whose value of a numbered field is kept; 0: the next nine fields."""
        if digit == 0:
            most = max((field["key"] or 0 for field in data["fields"]), default=0)
            self.first = self.first + DIGITS if self.first + DIGITS < most else 0
            return
        number = self.first + digit
        field = next((each for each in data["fields"] if each["key"] == number), None)
        if field is not None:
            self._pick(
                data, field["name"], self._next(field, divided=data["draft"]["divided"])
            )

    def _next(self, field: Data, *, divided: bool) -> int | None:
        """Say whose value is kept now: the first, the next ..., then as the rules say."""
        if divided and self.chosen is not None:
            return _toggled(self.chosen, field["kept"], field["saved"])
        have = [place for place, pieces in enumerate(field["values"]) if pieces is not None]
        if not field["kept"]:
            return have[0]
        after = have[have.index(field["kept"][0]) + 1 :]
        first = have[0] if field["saved"] else None
        return after[0] if after else first

    def _pick(self, data: Data, field: str, place: int | None) -> None:
        record = None if place is None else data["heads"][place]["id"]
        self._session.pick(field, record, index=data["index"])


def drafted(data: Data) -> bool:
    """Tell whether something was chosen that can be applied."""
    return bool(data["draft"]["any"])


def _toggled(one: int, kept: Sequence[int], saved: Sequence[int]) -> int | None:
    """Chosen once more it is kept as the rules say; but what was saved stays."""
    return None if one in kept and one not in saved else one
