"""What people decided: an append-only log, what of it stands, what they saw when deciding."""

from __future__ import annotations

from custclean.decisions.lines import read_jsonl
from custclean.decisions.log import DecisionLog
from custclean.decisions.seen import (
    SEEN_FIELDS,
    changed_since,
    fingerprint,
    seen_fields,
    seen_of,
    whose,
)
from custclean.decisions.standing import current_of, disputed_of, subject_of

__all__ = [
    "SEEN_FIELDS",
    "DecisionLog",
    "changed_since",
    "current_of",
    "disputed_of",
    "fingerprint",
    "read_jsonl",
    "seen_fields",
    "seen_of",
    "subject_of",
    "whose",
]
