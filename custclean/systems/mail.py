"""Mail of any program (mbox, .eml); the columns are those of `tables.mail`."""

from __future__ import annotations

from custclean.systems import Layout, System
from custclean.words import mark

HEADINGS = {
    "when": "Date",
    "who": "From.address",
    "who.to": "To.address",
    "who.copy": "Cc.address",
    "who.hidden": "Bcc.address",
    "subject": "Subject",
    "body": "Body",
}

SYSTEM = System(
    name="mail",
    title=mark("Mail"),
    layouts=(
        Layout(
            kind="activities",
            headings={name: {"en": (heading,)} for name, heading in HEADINGS.items()},
            required=("who", "who.to", "when"),
            identifying=("when", "who", "subject", "body"),
            values={"kind": "mail"},
        ),
    ),
)
