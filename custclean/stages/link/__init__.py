"""Which records are one client: index, compare, classify, cluster, explain."""

from custclean.stages.link.find import find_duplicates, link
from custclean.stages.link.label_file import write_labels
from custclean.stages.link.labels import read_annotations, read_labels
from custclean.stages.link.matches import Matches
from custclean.stages.link.quality import Quality, evaluate
from custclean.stages.link.rules import Rule, always, never

__all__ = [
    "Matches",
    "Quality",
    "Rule",
    "always",
    "evaluate",
    "find_duplicates",
    "link",
    "never",
    "read_annotations",
    "read_labels",
    "write_labels",
]
