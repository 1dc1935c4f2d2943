"""Codes of reasons and sources, said to people; the codes themselves never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.model import Fate
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.verify import Verification

__all__ = ["fate_said", "fates_counted", "orders_counted", "said", "verified"]


def _words() -> dict[str, str]:
    return _sources() | _waiting() | _refused() | _not_merged()


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
        "pick_changed": tr("what a pick was made from has changed"),
        "survivor_tie": tr("which client survives the merge is to be decided"),
        "subscription_unknown": tr("which client has the subscription is not known"),
        "subscription_would_go": tr("the client with the subscription would be merged away"),
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
        "number_too_long": tr("the number is too long"),
        "duplicate_in_file": tr("the number is twice in the file"),
        "name_changed": tr("the name was changed in the target system"),
        "id_gone": tr("the client is no longer in the target system"),
        "unknown": tr("the complaint is not understood"),
        "too_long": tr("a value is too long"),
        "dangerous": tr("a value could run as a formula"),
        "duplicate_number": tr("the number is there twice"),
        "duplicate_id": tr("the company id is there twice"),
        "row_too_large": tr("the row is larger than a file may be"),
    }


def _not_merged() -> dict[str, str]:
    return {
        "different_tax_id": tr("the tax ids differ"),
        "different_currency": tr("the currencies differ"),
        "two_subscriptions": tr("both have a subscription: related, separate books"),
        "different_list": tr("of two lists, customers and vendors: these do not merge"),
        "balance_unclear": tr("the balances cannot be added"),
        "parent_with_descendant": tr("one is entered below the other"),
        "job_with_customer": tr("one is a customer, the other a job or sub-customer"),
        "different_level": tr("entered at different levels"),
        "different_parent": tr("entered below different customers"),
        "parent_unclear": tr("below which customer some jobs are is not clear"),
        "same_name_below": tr("both have one of the same name below them"),
        "full_name_too_long": tr("the name with those above it would be too long"),
        "too_many_levels": tr("too many levels below one another"),
        "child_rehung": tr("to be moved below the client that stays"),
    }


def said(code: str) -> str:
    """Say a code in words; what is no known code is only freed of its underscores.

    >>> said("no_company_id"), said("some_other_reason")
    ('has no company id', 'some other reason')
    """
    return _words().get(code, code.replace("_", " "))


def fate_said(fate: str) -> str:
    """Say in a word or two where a record ended."""
    words = {
        Fate.UPLOADED: tr("uploaded"),
        Fate.UNCHANGED: tr("unchanged"),
        Fate.MERGE_APPROVED: tr("to be merged"),
        Fate.SET_ASIDE: tr("set aside"),
        Fate.UNDECIDED: tr("undecided"),
        Fate.BY_HAND: tr("by hand"),
        Fate.LEFT_OUT: tr("left out"),
        Fate.REJECTED: tr("rejected"),
    }
    return words[Fate(fate)]


def fates_counted(counts: Mapping[str, int]) -> list[str]:
    """Say how many records ended where, but for where there are none."""
    return [_counted(Fate(fate), n) for fate, n in counts.items() if n]


def _counted(fate: Fate, n: int) -> str:
    words = {
        Fate.UPLOADED: trn("{n:,} uploaded", "{n:,} uploaded", n),
        Fate.UNCHANGED: trn("{n:,} unchanged", "{n:,} unchanged", n),
        Fate.MERGE_APPROVED: trn("{n:,} to be merged", "{n:,} to be merged", n),
        Fate.SET_ASIDE: trn("{n:,} set aside", "{n:,} set aside", n),
        Fate.UNDECIDED: trn("{n:,} undecided", "{n:,} undecided", n),
        Fate.BY_HAND: trn("{n:,} by hand", "{n:,} by hand", n),
        Fate.LEFT_OUT: trn("{n:,} left out", "{n:,} left out", n),
        Fate.REJECTED: trn("{n:,} rejected", "{n:,} rejected", n),
    }
    return words[fate]


def verified(found: Verification) -> str:
    """Say in one sentence what a fresh download shows."""
    return tr(
        "{done} done, {not_done} not done, {unexpected} changed by somebody else,"
        " {left} not typed by hand.",
        done=found.done.height,
        not_done=found.not_done.height,
        unexpected=found.unexpected.height,
        left=found.left.height,
    )


def state_said(state: str) -> str:
    """Say in a word how far a work order is."""
    words = {"approved": tr("approved"), "done": tr("done"), "verified": tr("verified")}
    return words[state]


def orders_counted(counts: Mapping[str, int]) -> str:
    """Say in one sentence how far the work orders are: approved, done, verified."""
    return tr(
        "Work orders: {approved} approved, {done} done by what people say,"
        " {verified} verified by a download.",
        **counts,
    )
