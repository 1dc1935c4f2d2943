"""Messy customer lists in, accepted uploads out.

Read exports, screen out who is no customer, find duplicates, let a person decide,
merge, give client numbers, write uploads that the target takes, verify.
"""

from __future__ import annotations

import importlib
import logging
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custclean.bundled import samples
    from custclean.decisions import DecisionLog
    from custclean.errors import CustcleanError
    from custclean.html import reveal
    from custclean.model import Decision, Pair, Verdict
    from custclean.project import Project
    from custclean.project.numbering import number
    from custclean.settings import Settings
    from custclean.stages.agreement import agreement
    from custclean.stages.error_log import read_error_log
    from custclean.stages.link import (
        always,
        evaluate,
        find_duplicates,
        link,
        never,
        read_annotations,
        read_labels,
        write_labels,
    )
    from custclean.stages.mapping import propose_mapping
    from custclean.stages.merge import merge
    from custclean.stages.profile import profile
    from custclean.stages.read import read, read_all
    from custclean.stages.read_many import read_many
    from custclean.stages.review import ReviewSession
    from custclean.stages.screen import screen
    from custclean.stages.shares import shares
    from custclean.stages.standardise import standardise
    from custclean.stages.upload import upload
    from custclean.stages.verify import verify
    from custclean.stages.work import work_orders
    from custclean.systems import list_systems
    from custclean.tables import read_table
    from custclean.widgets import map_columns, show
    from custclean.words import set_language

__all__ = [
    "CustcleanError",
    "Decision",
    "DecisionLog",
    "Pair",
    "Project",
    "ReviewSession",
    "Settings",
    "Verdict",
    "agreement",
    "always",
    "evaluate",
    "find_duplicates",
    "link",
    "list_systems",
    "map_columns",
    "merge",
    "never",
    "number",
    "profile",
    "propose_mapping",
    "read",
    "read_all",
    "read_annotations",
    "read_error_log",
    "read_labels",
    "read_many",
    "read_table",
    "reveal",
    "samples",
    "screen",
    "set_language",
    "shares",
    "show",
    "standardise",
    "upload",
    "verify",
    "work_orders",
    "write_labels",
]

__version__ = version("custclean")

logging.getLogger(__name__).addHandler(logging.NullHandler())

# Where each name lives; imported when it is first used, since polars, phonenumbers and
# rapidfuzz together take half a second. A test holds this to what stands above.
_HOMES = {
    "CustcleanError": "errors",
    "Decision": "model",
    "DecisionLog": "decisions",
    "Pair": "model",
    "Project": "project",
    "ReviewSession": "stages.review",
    "Settings": "settings",
    "Verdict": "model",
    "agreement": "stages.agreement",
    "always": "stages.link",
    "evaluate": "stages.link",
    "find_duplicates": "stages.link",
    "link": "stages.link",
    "list_systems": "systems",
    "map_columns": "widgets",
    "merge": "stages.merge",
    "never": "stages.link",
    "number": "project.numbering",
    "profile": "stages.profile",
    "propose_mapping": "stages.mapping",
    "read": "stages.read",
    "read_all": "stages.read",
    "read_annotations": "stages.link",
    "read_error_log": "stages.error_log",
    "read_labels": "stages.link",
    "read_many": "stages.read_many",
    "read_table": "tables",
    "reveal": "html",
    "samples": "bundled",
    "screen": "stages.screen",
    "set_language": "words",
    "shares": "stages.shares",
    "show": "widgets",
    "standardise": "stages.standardise",
    "upload": "stages.upload",
    "verify": "stages.verify",
    "work_orders": "stages.work",
    "write_labels": "stages.link",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    found = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
