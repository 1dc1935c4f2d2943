"""The review of possible duplicates without a screen: what is asked, and what was said."""

from __future__ import annotations

from custclean.stages.review.answers import Unmerged
from custclean.stages.review.bulk import Bulk
from custclean.stages.review.queue import Filter
from custclean.stages.review.session import ReviewSession

__all__ = ["Bulk", "Filter", "ReviewSession", "Unmerged"]
