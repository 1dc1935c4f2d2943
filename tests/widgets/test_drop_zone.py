"""Files come in pieces by message: whole in the inbox, or one line that says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from custclean.widgets import drop_zone
from custclean.widgets.drop_zone import DropZone

if TYPE_CHECKING:
    from pathlib import Path


class Zone:
    """A drop zone as a browser sees it."""

    def __init__(self, inbox: Path) -> None:
        self.inbox, self.heard, self.told = inbox, 0, list[dict[str, Any]]()
        self.widget = DropZone(inbox, self._arrived)
        self.widget.send = self.told.append

    def _arrived(self) -> None:
        self.heard += 1

    def ask(self, *pieces: bytes, **message: object) -> dict[str, Any]:
        buffers = [memoryview(piece) for piece in pieces]
        self.widget._handle_custom_msg({"file": "f", **message}, buffers)
        return self.told[-1]

    def drop(self, name: str, *pieces: bytes, file: str = "f") -> dict[str, Any]:
        size, at, told = sum(map(len, pieces)), 0, dict[str, Any]()
        for piece in pieces:
            last = at + len(piece) == size
            given = {"type": "piece", "name": name, "size": size, "at": at, "last": last}
            told = self.ask(piece, file=file, **given)
            at += len(piece)
        return told

    @property
    def held(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.inbox.iterdir()}


@pytest.fixture
def zone(tmp_path: Path) -> Zone:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return Zone(inbox)


def test_a_file_in_pieces_is_in_the_inbox_whole_and_the_panel_hears_of_it(zone: Zone) -> None:
    assert zone.drop("../list.csv", b"a,b\n", b"1,2\n")["said"] == "list.csv is in the inbox."
    assert zone.held == {"list.csv": b"a,b\n1,2\n"}
    assert zone.heard == 1
    assert [each["type"] for each in zone.told] == ["took", "arrived"]


def test_the_very_same_file_is_added_only_when_a_person_says_so(zone: Zone) -> None:
    zone.drop("list.csv", b"a")
    told = zone.drop("list (1).csv", b"a")
    assert told["again"] == "list.csv"
    assert "very same file already" in told["said"]
    assert (zone.heard, len(zone.held)) == (1, 1)
    told = zone.ask(type="again", like="list.csv", name="list (1).csv")
    assert told["said"] == "list (1).csv is in the inbox."
    assert (zone.heard, len(zone.held)) == (2, 2)


def test_pieces_out_of_order_or_missing_leave_nothing(zone: Zone) -> None:
    given = {"type": "piece", "name": "a.csv", "size": 3}
    assert zone.ask(b"b", at=1, last=False, **given)["type"] == "refused"
    zone.ask(b"a", at=0, last=False, **given)
    assert "order" in zone.ask(b"c", at=2, last=True, **given)["said"]
    assert "whole" in zone.ask(b"b", at=1, last=True, **given)["said"]
    assert zone.held == {}
    assert zone.heard == 0


def test_what_was_given_up_is_taken_away_when_the_next_file_comes(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"type": "piece", "name": "a.csv", "size": 3}
    zone.ask(b"a", at=0, last=False, file="gone", **given)
    assert len(zone.held) == 1
    monkeypatch.setattr(drop_zone, "FORGOTTEN", -1.0)
    zone.drop("b.csv", b"bb")
    assert zone.held == {"b.csv": b"bb"}


def test_an_empty_file_is_refused_in_one_line(zone: Zone) -> None:
    told = zone.ask(b"", type="piece", name="a.csv", size=0, at=0, last=True)
    assert told["said"] == "a.csv: the file is empty"
    assert zone.held == {}


def test_nothing_of_a_file_is_in_the_state(zone: Zone) -> None:
    zone.drop("canary.csv", b"Ann Canary")
    assert "anary" not in str(zone.widget.get_state())
    assert repr(zone.widget) == "DropZone()"
