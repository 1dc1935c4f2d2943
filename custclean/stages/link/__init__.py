"""Which records are one client: index, compare, classify, cluster, explain."""

from custclean.stages.link.find import find_duplicates, link
from custclean.stages.link.matches import Matches
from custclean.stages.link.quality import Quality, evaluate

__all__ = ["Matches", "Quality", "evaluate", "find_duplicates", "link"]
