"""A question cut into pieces that a browser can place, with the sentences that go with it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from custclean.labels import label
from custclean.model import Verdict, is_picked
from custclean.stages.link.levels import field_said
from custclean.stages.review.compare import differences, visible
from custclean.words import numeral, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.review.card import Card, CardField, Changed
    from custclean.stages.review.drafts import Asked

__all__ = ["GAP", "SIGNS", "card_data", "likely", "percent", "said", "title"]

# never by colour alone
SIGNS = {"same": "=", "clean": "≈", "differ": "≠", "own": "·", "missing": "∅"}
LEAST_SHARE = 0.05  # bits; less is drawn as nothing

GAP = "‸"  # the proofreader's caret

Pieces = list[list[object]]


def card_data(card: Card) -> dict[str, Any]:
    """Give a question as lists and texts: each value in pieces, what differs marked."""
    place = {record: i for i, record in enumerate(card.records)}
    return {
        "index": card.index,
        "waits": card.standing.waits,
        "verdict": None if card.standing.waits else card.verdict,
        "heads": [
            {"id": record, "source": source or record, "name": visible(name)}
            for record, source, name in zip(card.records, card.sources, card.names)
        ],
        "fields": _fields(card, place),
        "reason": card.reason,
        "likely": likely(card),
        "why": _why(card),
        "said": said(card),
        "note": card.note,
        "changed": [_changed(one, card) for one in card.changed],
        "group": _group(card, place) if len(card.records) > 2 else None,
        "parts": [sorted(place[r] for r in part) for part in card.parts],
        "draft": {
            "divided": bool(card.draft.parts),
            "any": bool(card.draft),
            "survivors": _of("", card.picks, place),
            "saved": _of("", card.saved, place),
        },
    }


def title(names: tuple[str, ...] | list[str]) -> str:
    """Call a question by the names of its records."""
    shown = " · ".join(visible(name) for name in dict.fromkeys(names))
    return shown if len(shown) <= 90 else f"{shown[:89]}…"


def _fields(card: Card, place: dict[str, int]) -> list[dict[str, Any]]:
    keys = iter(range(1, len(card.fields) + 1))
    return [
        {
            "name": field.name,
            "label": field.label,
            "mark": field.mark,
            "sign": SIGNS[field.mark],
            "values": _pieces(field),
            "key": next(keys) if _choice(field) else None,
            "kept": _of(field.name, card.picks, place),
            "saved": _of(field.name, card.saved, place),
        }
        for field in card.fields
    ]


def _of(name: str, picks: Mapping[Asked, str], place: Mapping[str, int]) -> list[int]:
    """Say whose value of a field is kept, in each part."""
    return [place[who] for (field, _part), who in picks.items() if field == name]


def _choice(field: CardField) -> bool:
    return is_picked(field.name) and len(set(field.values) - {None}) > 1


def _pieces(field: CardField) -> list[Pieces | None]:
    """Mark what only one value has; of several, what the commonest one has not."""
    if field.mark in {"same", "own"} or len(set(field.values) - {None}) < 2:
        return [None if value is None else [[visible(value), False]] for value in field.values]
    if len(field.values) == 2 and None not in field.values:
        return [_cut(side, field.mark) for side in differences(*map(str, field.values))]
    common = Counter(value for value in field.values if value is not None).most_common(1)[0][0]
    return [
        None if value is None else _cut(differences(common, value)[1], field.mark)
        for value in field.values
    ]


def _cut(side: tuple[tuple[str, bool], ...], mark: str) -> Pieces:
    """Make pieces visible; what only the other value has is a gap here, where it matters."""
    return [
        [visible(text, differs=differs) or GAP, differs]
        for text, differs in side
        if text or mark == "differ"
    ]


def _why(card: Card) -> dict[str, Any] | None:
    if card.prior is None:
        return None
    told = [each for each in card.shares if abs(each.weight) >= LEAST_SHARE]
    return {
        "prior": round(card.prior, 2),
        "shares": [[_field(each.field), each.level, round(each.weight, 2)] for each in told],
    }


def _field(name: str) -> str:
    try:
        return field_said(name)
    except KeyError:  # a column of a table that is none of ours
        return label(name)


def _group(card: Card, place: dict[str, int]) -> dict[str, Any]:
    weak = card.weakest
    told = ""
    if weak is not None:
        names = [  # numbered as the columns are: two may be called the same
            f"{place[record] + 1} · {visible(card.names[place[record]])}"
            for record in (weak.left, weak.right)
        ]
        told = tr(
            "Weakest link: “{one}” and “{other}”, {percent} %",
            one=names[0],
            other=names[1],
            percent=percent(weak.probability or 0.0),
        )
    if card.cut:
        told = " · ".join(filter(None, (told, tr("more records hang on this group"))))
    return {
        "edges": [
            [place[e.left], place[e.right], None if weak is None else e.probability]
            for e in card.edges
        ],
        "weakest": [place[weak.left], place[weak.right]] if weak else None,
        "said": told,
    }


def _changed(one: Changed, card: Card) -> dict[str, Any]:
    name = card.names[card.records.index(one.record)] if one.record in card.records else ""
    return {
        "label": one.label,
        "name": visible(name),
        "before": None if one.before is None else visible(one.before),
        "now": None if one.now is None else visible(one.now),
    }


def percent(probability: float) -> str:
    """Write how likely something is; the model is never certain."""
    share = min(99.9, max(0.1, 100 * probability))
    return numeral(share, ".1f" if share < 1 or share > 99 else ".0f")


def likely(card: Card) -> str:
    """Say how sure the model is that all of it is one client."""
    if card.probability is None:
        return ""
    shown = percent(card.probability)
    if card.weight is None or len(card.records) > 2:
        return tr("{percent} % likely the same", percent=shown)
    return tr(
        "{percent} % likely the same (weight {weight})",
        percent=shown,
        weight=numeral(card.weight, "+.1f"),
    )


def said(card: Card) -> str:
    """Say what was decided before, by whom, and why it is asked again if it is."""
    standing = card.standing
    words = verdict_words()
    told = {"word": words.get(card.verdict or Verdict.UNSURE, ""), "who": card.who}
    fields = ", ".join(dict.fromkeys(one.label for one in card.changed))
    each = [f"{d.who}: {words.get(d.verdict, d.verdict)}" for d in standing.decisions]
    sentences = {
        "open": "",
        "aside": tr("One of them was set aside as no customer."),
        "again": tr(
            "Asked again: {who} said “{word}”, and since then this has changed: {fields}",
            fields=fields,
            **told,
        ),
        "contradiction": tr(
            "Contradiction: what was said about these records and their group cannot all be"
            " true. Take one of the decisions back (history), or decide anew."
        ),
        "disputed": tr("Two people disagree: {what}", what="; ".join(each)),
        "unmerged": _unmerged(card),
    }
    if standing.state in sentences:
        return sentences[standing.state]
    if standing.follows:
        sentence = tr("Follows from other decisions: {word}", word=told["word"])
    elif standing.state == "mixed":
        sentence = tr("Decided by {who}: divided into several clients", who=card.who)
    else:
        sentence = tr("Decided by {who}: {word}", **told)
    unmerged = tr("Not merged: {why}", why=standing.why)
    return f"{sentence} · {unmerged}" if standing.why else sentence


def _unmerged(card: Card) -> str:
    """Say why one client is not merged, and which pick mends it."""
    standing = card.standing
    kept_anew = {*card.draft.picks, *card.outdated}
    if any(field == standing.asks for field, _ in kept_anew):
        return tr(
            "One client, but not merged: {why} ({field}). Y keeps what is marked; or choose"
            " anew, then Enter.",
            why=standing.why,
            field=label(standing.asks) if standing.asks else tr("this record stays"),
        )
    if standing.asks:
        return tr(
            "One client, but not merged: {why} ({field}). Choose whose value is kept, then"
            " Enter.",
            why=standing.why,
            field=label(standing.asks),
        )
    return tr(
        "One client, but not merged: {why}. Choose with the arrows who stays, then S and"
        " Enter.",
        why=standing.why,
    )


def verdict_words() -> dict[Verdict, str]:
    """Say each verdict as a card does."""
    return {
        Verdict.SAME: tr("the same client"),
        Verdict.DIFFERENT: tr("different clients"),
        Verdict.UNSURE: tr("unsure"),
        Verdict.SPLIT: tr("taken apart again"),
    }
