"""A practice QuickBooks Online Accountant: try uploads and work orders on it, harmlessly.

It shares no code with what writes the uploads, so that one mistake cannot stand on both
sides. It holds to the published rules; where nothing is published, to the strict reading.
"""

from __future__ import annotations

from custclean.practice.account import OnlineAccountant, Outcome

__all__ = ["OnlineAccountant", "Outcome"]
