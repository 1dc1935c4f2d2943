"""What the set-aside desk says: its words, and rows, groups and effects as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custclean.charts import class_words
from custclean.html import visible
from custclean.labels import label
from custclean.model import Verdict
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from custclean.stages.set_aside_rows import DeskRow, Effect, Group

__all__ = ["desk_texts", "done_said", "effect_data", "group_data", "row_data"]

NAMED = 200  # records that a bulk decision names one by one; of more it says how many


def desk_texts() -> dict[str, Any]:
    """Give the words of the desk by name, in the reader's language."""
    return {
        "title": tr("Who is no customer"),
        "view": tr("Show"),
        "views": {
            "waits": tr("what waits for a decision"),
            "held": tr("what is held back"),
            "unsure": tr("where the screen is not sure"),
            "decided": tr("what is decided"),
            "all": tr("the whole list"),
        },
        "by": tr("Group by"),
        "ways": {
            "class": tr("class"),
            "domain": tr("e-mail domain"),
            "reason": tr("first reason"),
        },
        "search": tr("Search"),
        "groups": tr("Groups"),
        "everything": tr("All"),
        "records": tr("Records"),
        "tick": tr("Tick"),
        "tick_page": tr("Tick the whole page"),
        "who": tr("Who"),
        "why": tr("Class and reasons"),
        "state": tr("Held back by, decision"),
        "set_aside": tr("Set aside"),
        "keep": tr("Is a customer"),
        "set_aside_all": tr("Set all aside…"),
        "keep_all": tr("Keep all…"),
        "undo": tr("Undo"),
        "note": tr("Note (kept with the decision)"),
        "previous": tr("Previous page"),
        "next": tr("Next page"),
        "page": tr("Page {page} of {pages}, records {first} to {last} of {total}"),
        "ticked": tr("{n} ticked"),
        "none_ticked": tr("Tick records first."),
        "nobody": tr("Nobody is here."),
        "cancel": tr("Cancel"),
        "takes": tr("Taken in"),
        "stays_out": tr("Stays out, to be decided by name"),
        "waiting": tr(
            "Not saved yet: the kernel is busy or gone. Wait for “Saved” before you go on."
        ),
        "loading": tr("Loading…"),
        "broken": tr("Something went wrong; the log of JupyterLab says what."),
    }


def counts_said(counts: Mapping[str, int]) -> str:
    """Say in one line where all the records stand."""
    waits = counts["waits"] + counts["again"]
    told = [
        trn("{n:,} waits", "{n:,} wait", waits),
        trn("{n:,} set aside", "{n:,} set aside", counts["set_aside"]),
        trn("{n:,} kept", "{n:,} kept", counts["keep"]),
        trn("{n:,} held back", "{n:,} held back", counts["held"]),
        trn("{n:,} unsure", "{n:,} unsure", counts["unsure"]),
    ]
    return " · ".join(told)


def group_data(group: Group, by: str) -> dict[str, Any]:
    """Give a group as texts: what it is called, and what it holds."""
    told = [trn("{n:,} record", "{n:,} records", group.records)]
    if group.waiting and group.waiting != group.records:
        told.append(trn("{n:,} waits", "{n:,} wait", group.waiting))
    if group.held and group.held != group.records:
        told.append(trn("{n:,} held back", "{n:,} held back", group.held))
    if group.mixed:
        told.append(tr("of strangers"))
    return {"key": group.key, "label": _group_said(group.key, by), "told": " · ".join(told)}


def _group_said(key: str, by: str) -> str:
    if by == "class":
        return _class_said(key)
    nothing = tr("no e-mail address") if by == "domain" else tr("no reason")
    return visible(key) if key else nothing


def _class_said(kind: str) -> str:
    words = {**class_words(), "customer": tr("customer"), "unsure": tr("unsure")}
    return words.get(kind, kind)


def row_data(row: DeskRow, *, ticked: bool) -> dict[str, Any]:
    """Give a record as texts that a browser can place."""
    return {
        "id": row.record_id,
        "name": visible(row.name) or row.record_id,
        "company": "" if row.company == row.name else visible(row.company),
        "email": visible(row.email),
        "phone": visible(row.phone),
        "kind": _class_said(row.kind),
        "score": tr("{percent} %", percent=numeral(100 * row.score, ".0f")),
        "reasons": list(row.reasons),
        "held": list(row.held),
        "state": row.state,
        "said": _said(row),
        "note": visible(row.note),
        "ticked": ticked,
    }


def _said(row: DeskRow) -> str:
    """Say what was decided, by whom, and what has changed since."""
    if row.state == "again":
        fields = ", ".join(map(label, row.changed))
        return tr("decided by {who}; changed since: {fields}", who=row.who, fields=fields)
    words = {"set_aside": tr("set aside by {who}"), "keep": tr("kept by {who}")}
    return words.get(row.state, "").format(who=row.who)


def effect_data(effect: Effect, name: Callable[[str], str], token: int) -> dict[str, Any]:
    """Give a bulk decision as texts: each record it takes in, each that stays out and why."""
    aside, n = effect.verdict is Verdict.SET_ASIDE, len(effect)
    question = (
        trn("Set {n:,} record aside?", "Set {n:,} records aside?", n)
        if aside
        else trn("Keep {n:,} record as a customer?", "Keep {n:,} records as customers?", n)
    )
    nothing = tr("There is nothing here that could be decided together.")
    return {
        "token": token,
        "verdict": effect.verdict.value,
        "count": n,
        "question": question if n else nothing,
        "takes": _few([name(each) for each in effect.takes]),
        "stays_out": _few([f"{name(each)}: {why}" for each, why in effect.stays_out]),
    }


def _few(names: Sequence[str]) -> list[str]:
    more = len(names) - NAMED
    shown = list(names[:NAMED])
    return [*shown, trn("and {n:,} more", "and {n:,} more", more)] if more > 0 else shown


def done_said(verdict: Verdict, count: int) -> str:
    """Say what was saved."""
    if verdict is Verdict.SET_ASIDE:
        return trn("Saved: {n:,} set aside.", "Saved: {n:,} set aside.", count)
    return trn("Saved: {n:,} kept.", "Saved: {n:,} kept.", count)
