"""The one stateful object, and what a run of it gives."""

from __future__ import annotations

from custclean.project.project import Project
from custclean.project.run import Run

__all__ = ["Project", "Run"]
