"""The review in a terminal: the same questions, keys and log as in a notebook."""

from __future__ import annotations

from custclean.terminal.desk import Desk
from custclean.terminal.door import open_door
from custclean.terminal.run import run

__all__ = ["Desk", "open_door", "run"]
