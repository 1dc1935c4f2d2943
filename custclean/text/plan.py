"""Whether a client is on a plan: what a column of subscriptions says, in seven languages.

>>> on_plan("Plus"), on_plan("Nenhuma"), on_plan(" ")
(True, False, None)
"""

from __future__ import annotations

import unicodedata

__all__ = ["on_plan"]

NONE = frozenset(
    " ".join((
        "none no na false free 0 no_plan no_subscription without_subscription",  # English
        "ingen intet nej gratis intet_abonnement ingen_abonnement uden_abonnement",  # Danish
        "keine keines kein keins nein kostenlos kein_abonnement ohne_abonnement",  # German
        "aucun aucune non gratuit aucun_abonnement sans_abonnement",  # French
        "ninguno ninguna ningún sin_suscripción",  # Spanish
        "nessuno nessuna nessun nessun_abbonamento senza_abbonamento",  # Italian
        "nenhum nenhuma não grátis nenhuma_assinatura sem_assinatura",  # Portuguese
    )).split()
)  # fmt: skip
"""What stands there for "none", as `_bare` gives it, blanks as underscores.

A free plan is none: nothing is billed, and nothing speaks against making it inactive.
"""


def on_plan(value: str | None) -> bool | None:
    """Tell whether a client is on a plan; None: the file does not say.

    A dash says "none"; an empty cell and a question mark say nothing.

    >>> on_plan("N/A"), on_plan("-"), on_plan("?"), on_plan("QuickBooks Online Essentials")
    (False, False, None, True)
    """
    text = (value or "").strip()
    if not text or set(text) == {"?"}:
        return None
    bare = _bare(text)
    return bool(bare) and bare not in NONE


def _bare(text: str) -> str:
    """Give small letters and digits only; what was blank between words is an underscore."""
    plain = unicodedata.normalize("NFC", text).casefold()
    words = ("".join(filter(str.isalnum, word)) for word in plain.split())
    return "_".join(filter(None, words))
