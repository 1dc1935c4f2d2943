"""Join the records of one client: who survives, which values are kept, what would be lost."""

from custclean.stages.merge.merging import merge
from custclean.stages.merge.result import Merged
from custclean.stages.merge.rules import RULED_FIELDS, RULES, SURVIVOR_RULES

__all__ = ["RULED_FIELDS", "RULES", "SURVIVOR_RULES", "Merged", "merge"]
