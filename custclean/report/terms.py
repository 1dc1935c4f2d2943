"""Codes of reasons and sources, said to people; the codes themselves never change."""

from __future__ import annotations

from custclean.words import tr

__all__ = ["said"]


def _words() -> dict[str, str]:
    return _sources() | _waiting() | _refused()


def _sources() -> dict[str, str]:
    return {
        "decided": tr("decided by a person"),
        "kept": tr("kept: had it already"),
        "remembered": tr("given in an earlier run"),
        "register": tr("from the register"),
        "pattern": tr("next by the pattern"),
        "asked": tr("asked: the number is in doubt"),
    }


def _waiting() -> dict[str, str]:
    return {
        "undecided_pair": tr("in a pair that waits for a decision"),
        "undecided_proposal": tr("may be no customer: waits for a decision"),
        "contradiction": tr("decisions contradict one another"),
        "survivor_tie": tr("which client survives the merge is to be decided"),
        "subscription_unknown": tr("which client has the subscription is not known"),
        "register_unsure": tr("its line in the register is likely, not certain"),
        "waits_for_work": tr("waits until merges and removals are done"),
        "waits_for_upload": tr("waits for the upload"),
        "set_aside": tr("set aside: no customer"),
        "merge_approved": tr("to be merged into another client"),
        "by_hand": tr("to be done by hand"),
        "left_out": tr("left out by a decision"),
    }


def _refused() -> dict[str, str]:
    return {
        "no_company_id": tr("has no company id"),
        "no_number": tr("has no number"),
        "not_in_download": tr("is not in the newest download"),
        "number_taken": tr("the number is taken in the target system"),
        "failed": tr("refused by the target system"),
        "too_long": tr("a value is too long"),
        "dangerous": tr("a value could run as a formula"),
        "duplicate_number": tr("the number is there twice"),
        "duplicate_id": tr("the company id is there twice"),
        "row_too_large": tr("the row is larger than a file may be"),
        "different_tax_id": tr("the tax ids differ"),
        "different_currency": tr("the currencies differ"),
        "two_subscriptions": tr("both have a subscription: related, separate books"),
    }


def said(code: str) -> str:
    """Say a code in words; what is no known code is only freed of its underscores.

    >>> said("no_company_id"), said("some_other_reason")
    ('has no company id', 'some other reason')
    """
    return _words().get(code, code.replace("_", " "))
