"""How quick the review card is in a real JupyterLab: python -m benchmarks.desk [PAIRS ...].

Customers are generated and linked, and the queue is what linking gives, cut to so many pairs.
Measured in the page itself: from the start of the cell until the card stands there; from a key
going down until the next question is painted, and until the kernel has told that the decision
is on disk. Keys come four a second, as a quick person's do. Needs chromium.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.lab import find_browser, open_browser, open_page, running_lab

if TYPE_CHECKING:
    from tests.browser.lab import LabPage

__all__ = ["main"]

KEYS = 200
GAP = 250  # ms between keys
MAKE = """
import time, resource
import custclean as cc
from functools import partial
from benchmarks.customers import make
from custclean.stages.review import ReviewSession
table = make({rows}, seed=4711).drop("entity")
matches = cc.find_duplicates(table, id="record_id")
queue = matches.to_review().head({pairs})
log = cc.DecisionLog("log-{pairs}", who="ann")
"""
SESSION = """
start = time.perf_counter()
session = ReviewSession(table, queue, log, explain=partial(matches.explain, keys=False))
took = time.perf_counter() - start
"""
SHOW = "cc.show(session)"
WATCH = """() => {
  const place = document.querySelector(".cc-place");
  const counts = document.querySelector(".cc-counts");
  const seen = window.measured, waits = window.waits;
  const after = (list, start) => requestAnimationFrame(() => {
    const channel = new MessageChannel();  // a frame is painted after its callbacks ran
    channel.port1.onmessage = () => list.push(performance.now() - start);
    channel.port2.postMessage(0);
  });
  new MutationObserver(() => {
    if (window.down !== null) { after(seen.painted, window.down); window.down = null; }
  }).observe(place, {childList: true, characterData: true, subtree: true});
  let decided = counts.textContent;
  new MutationObserver(() => {
    if (counts.textContent === decided) return;
    decided = counts.textContent;
    if (waits.length) seen.saved.push(performance.now() - waits.shift());
  }).observe(counts, {childList: true, characterData: true, subtree: true});
}"""
NEXT = """async () => {
  await window.jupyterapp.commands.execute("notebook:run-cell-and-select-next");
}"""
START = """async () => {
  window.measured = {painted: [], saved: []};
  window.down = null;
  window.waits = [];
  // Before the card listens: its keys go no further than the window.
  window.addEventListener("keydown", event => {
    window.down = event.timeStamp;
    window.waits.push(event.timeStamp);
  }, true);
  const start = performance.now();
  const shown = new Promise(done => {
    const there = () => document.querySelector(".cc .cc-table");
    const look = () => there() ? done() : requestAnimationFrame(look);
    look();
  });
  window.jupyterapp.commands.execute("notebook:run-cell");
  await shown;
  return performance.now() - start;
}"""


def main() -> None:
    """Measure a queue of each size, and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=int, nargs="*", default=[10_000, 50_000])
    chromium = find_browser()
    if chromium is None:
        parser.exit(1, "no chromium\n")
    for pairs in parser.parse_args().pairs:
        with (
            tempfile.TemporaryDirectory() as folder,
            running_lab(Path(folder) / "lab") as lab,
            open_browser(chromium) as browser,
            open_page(browser, lab) as page,
        ):
            make = MAKE.format(rows=6 * pairs, pairs=pairs)
            page.open_notebook(lab.write("desk.ipynb", [make, SESSION, SHOW]))
            _measure(page, pairs)


def _measure(page: LabPage, pairs: int) -> None:
    tab = page.tab
    tab.set_default_timeout(600_000)
    for _ in range(2):  # the first two cells, one after the other
        tab.evaluate(NEXT)
    questions, took = page.kernel_eval("repr(session)"), page.kernel_eval("took")
    first = tab.evaluate(START)
    tab.wait_for_timeout(1000)
    tab.locator(".cc-place").click()
    tab.evaluate(WATCH)
    for number in range(KEYS):
        tab.keyboard.press("yn"[number % 2])
        tab.wait_for_timeout(GAP)
    tab.wait_for_timeout(2000)
    seen = tab.evaluate("() => window.measured")
    kept = page.kernel_eval("len({(d.value.get('step') or d.seq) for d in log.history})")
    print(
        f"{pairs:>7,} pairs {questions}\n"
        f"  session {float(took):.2f} s, first display {first / 1000:.2f} s;"
        f" key to paint {_told(seen['painted'])}, key to saved {_told(seen['saved'])};"
        f" {kept} of {KEYS} on disk",
        flush=True,
    )


def _told(times: list[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[math.ceil(0.95 * len(ordered)) - 1]
    return f"p50 {ordered[len(ordered) // 2]:.0f} p95 {p95:.0f} ms (n={len(ordered)})"


if __name__ == "__main__":
    main()
