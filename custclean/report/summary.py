"""The summary of a run: what happened, what a person must do next, then all the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from custclean import charts, html
from custclean.report.terms import said
from custclean.words import tr

__all__ = ["Story", "summary"]

Labelled = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Story:
    """What a reader of the summary wants to know, as plain values; what is empty is not shown.

    happened, next_steps, balance: sentences. counts, work, verification, carried (of
    earlier downloads), unexpected (changes a field): label and number, in order; numbers:
    code of a source or reason and number. Frames: files (file, what, rows, rejected,
    repaired), fates (fate, records), classes (class, reasons), pairs (weight, verdict or
    null), uploads (file, rows, bytes), left_out (reason's code, records). threshold is a
    weight.
    """

    title: str
    happened: Sequence[str] = ()
    next_steps: Sequence[str] = ()
    counts: Labelled = ()
    files: pl.DataFrame = field(default_factory=pl.DataFrame)
    fates: pl.DataFrame = field(default_factory=pl.DataFrame)
    balance: Sequence[str] = ()
    classes: pl.DataFrame = field(default_factory=pl.DataFrame)
    pairs: pl.DataFrame = field(default_factory=pl.DataFrame)
    threshold: float | None = None
    numbers: Labelled = ()
    uploads: pl.DataFrame = field(default_factory=pl.DataFrame)
    left_out: pl.DataFrame = field(default_factory=pl.DataFrame)
    work: Labelled = ()
    verification: Labelled = ()
    unexpected: Labelled = ()
    carried: Labelled = ()
    language: str = "en"


def summary(story: Story) -> str:
    """Give the whole page; it holds counts, no customers' values but what the story says."""
    parts = (
        _first,
        _next,
        _fates,
        _carried,
        _verification,
        _work,
        _numbers,
        _uploads,
        _pairs,
        _screen,
        _files,
        _balance,
    )
    body = "".join(part(story) for part in parts)
    return html.page(story.title, body, language=story.language)


def _first(story: Story) -> str:
    happened = [html.paragraph(sentence, kind="lead") for sentence in story.happened]
    return "".join(happened) + (html.facts(story.counts) if story.counts else "")


def _next(story: Story) -> str:
    title = tr("What a person must do next")
    if not story.next_steps:
        nothing = html.paragraph(tr("Nothing: every record is where it should be."))
        return html.section(title, nothing, kind="todo")
    return html.section(title, html.bullets(story.next_steps, form="ol"), kind="todo")


def _fates(story: Story) -> str:
    if story.fates.is_empty():
        return ""
    counts = {str(fate): int(n) for fate, n in story.fates.select("fate", "records").rows()}
    words = charts.fate_words()
    rows = [[words[fate], counts[fate]] for fate in words if counts.get(fate)]
    rows += [[fate, n] for fate, n in sorted(counts.items()) if n and fate not in words]
    total = sum(counts.values())
    caption = tr("Blue is settled; orange still needs somebody.")
    return html.section(
        tr("Where every record ended"),
        html.figure(charts.fates(counts), caption=caption),
        html.grid(
            [tr("where"), tr("records")],
            [*rows, [tr("together"), total]],
            right=[1],
        ),
    )


def _labelled(title: str, values: Labelled, *sentences: str) -> str:
    if not values:
        return ""
    said = [html.paragraph(sentence) for sentence in sentences]
    return html.section(title, *said, html.facts(values))


def _verification(story: Story) -> str:
    if not story.verification:
        return ""
    parts = [
        html.paragraph(tr("A fresh download was compared with the plan, cell by cell.")),
        html.facts(story.verification),
    ]
    if story.unexpected:
        title = tr("Changed by somebody else; each is in reports/unexpected.csv")
        header = [tr("field"), tr("changes")]
        parts.append(html.grid(header, list(story.unexpected), title=title, right=[1]))
    return html.section(tr("Verified in a fresh download"), *parts)


def _carried(story: Story) -> str:
    sentence = tr(
        "Decisions follow their records from download to download. What is asked again is in"
        " reports/changed.csv; decisions without a record are kept, in reports/orphans.csv,"
        " and hold again when it comes back."
    )
    return _labelled(tr("Decisions of earlier downloads"), story.carried, sentence)


def _work(story: Story) -> str:
    sentence = tr(
        "Merging, making inactive and deleting are done by a person in the target system. "
        "The lists to print and tick are in the folder work."
    )
    return _labelled(tr("Work orders"), story.work, sentence)


def _numbers(story: Story) -> str:
    numbers = [(said(code), n) for code, n in story.numbers]
    return _labelled(tr("Client numbers"), numbers)


def _uploads(story: Story) -> str:
    parts = []
    if not story.uploads.is_empty():
        rows = story.uploads.select("file", "rows", "bytes").rows()
        header = [tr("file"), tr("rows"), tr("bytes")]
        parts.append(html.grid(header, rows, right=[1, 2]))
    if not story.left_out.is_empty():
        counted = story.left_out.select("reason", "records").rows()
        rows = sorted((said(code), n) for code, n in counted)
        title = tr("Not in the upload, and why")
        parts.append(html.grid([tr("reason"), tr("records")], rows, title=title, right=[1]))
    return html.section(tr("The upload"), *parts) if parts else ""


def _pairs(story: Story) -> str:
    if story.pairs.is_empty():
        return ""
    caption = tr(
        "How strongly each pair of records looks like one client. Far right: nearly surely "
        "one; far left: nearly surely two; the middle is where a person's look is worth most."
    )
    drawn = charts.scores(story.pairs, threshold=story.threshold)
    return html.section(tr("Duplicates"), html.figure(drawn, caption=caption))


def _screen(story: Story) -> str:
    if story.classes.is_empty():
        return ""
    caption = tr("Records proposed as no customers, by kind and first reason.")
    drawn = html.figure(charts.proposed(story.classes), caption=caption)
    said = html.paragraph(tr("A proposal changes nothing until a person has decided it."))
    return html.section(tr("Proposed as no customers"), drawn, said)


def _files(story: Story) -> str:
    if story.files.is_empty():
        return ""
    names = ["file", "what", "rows", "rejected", "repaired"]
    header = [tr("file"), tr("what it is"), tr("rows read"), tr("rejected"), tr("repaired")]
    drawn = html.grid(header, story.files.select(names).rows(), right=[2, 3, 4])
    return html.section(tr("Files read"), drawn)


def _balance(story: Story) -> str:
    if not story.balance:
        return ""
    said = html.paragraph(tr("Every record is in exactly one list; counted while running."))
    return html.section(tr("The balance"), said, html.bullets(story.balance))
