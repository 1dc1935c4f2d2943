"""A few clients to be looked at in a terminal, and what a frame says as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from custclean.decisions import DecisionLog
from custclean.model import FIELDS, Explanation, Share
from custclean.stages.review import ReviewSession
from custclean.terminal.frame import frame

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from custclean.terminal.desk import Desk
    from custclean.terminal.fit import Line

NAMES = "Ada Bea Cleo Dora".split()
ATTACK = "\x1b]0;owned\x07 \x1b[2J \x9b31m \u202eabc"  # what must not reach a terminal
SHARES = (Share("email", "x", "x", "equal", 12.3), Share("city", "x", "y", "different", -2.3))
SEQUENCES = re.compile(
    r"\x1b\[\?(?:1049|25|2004|7)[hl]|\x1b\[2?[HJK]|\x1b\[\d+G|\x1b\[[\d;]*m"
)


def people() -> pl.DataFrame:
    """Give two rows a name, alike but not equal, and five of a group."""
    rows = []
    for i, name in enumerate(NAMES):
        same = {"email": f"{name.lower()}@canary.example", "customer_type": "Company"}
        rows += [
            {
                "record_id": f"{name}-1",
                "display_name": f"{name} Canary Srl",
                "phone": "020 7946 0018",
                "city": "São Bento",
                "notes": ATTACK,
                "source_file": "list\x1b[5m.csv",
                "source_row": str(i),
                **same,
            },
            {
                "record_id": f"{name}-2",
                "display_name": f"{name} CANARY Sr",
                "phone": "020 7946 0019",
                "city": "日本語" * 20,
                **same,
            },
        ]
    rows += [
        {"record_id": f"g{i}", "display_name": f"Group {i}", "email": f"g{i % 2}@example.com"}
        for i in range(5)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(FIELDS["customers"], pl.String))


def pairs(group: bool = True) -> pl.DataFrame:
    """Ask for each name whether its two rows are one client; the group comes first."""
    asked = [(f"{name}-1", f"{name}-2", 9.0 - i, 0.95) for i, name in enumerate(NAMES)]
    links = [("g0", "g1", 6.0, 0.9), ("g1", "g2", 1.0, 0.6), ("g2", "g3", 9.0, 0.99),
             ("g3", "g4", 7.0, 0.95)]  # fmt: skip
    columns = ["left_id", "right_id", "weight", "probability"]
    return pl.DataFrame([*asked, *(links if group else [])], schema=columns, orient="row")


def explain(left: str, right: str) -> Explanation:
    return Explanation(left, right, 8.0, 0.98, -9.0, SHARES, "The same e-mail.")


def opened(folder: Path | str, *, group: bool = True) -> ReviewSession:
    """Open a session over a log in a folder."""
    log = DecisionLog(folder, who="ann")
    return ReviewSession(people(), pairs(group), log, explain=explain)


def plain_text(lines: Sequence[Line]) -> list[str]:
    """Give lines as they stand on a screen without colours."""
    told = []
    for each in lines:
        row = ""
        for column, text in each:
            row = row.ljust(column) + text.plain
        told.append(row.rstrip())
    return told


def seen(desk: Desk, width: int = 80, height: int = 24) -> str:
    """Paint a frame and give it as text."""
    return "\n".join(plain_text(frame(desk, width, height)))
