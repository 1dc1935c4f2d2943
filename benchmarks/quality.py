"""Hold the sample's truth against what custclean finds: duplicates, register, non-customers.

Run `make bench` (or `python benchmarks/quality.py [main|small]`). Nothing in custclean
reads the truth; the sample's maker shares no code with it.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

import custclean as cc
from custclean.demo import OWN_DOMAINS
from custclean.stages.link import Matches, Quality

if TYPE_CHECKING:
    from custclean.stages.read import Export
    from custclean.stages.screen import Screening
    from custclean.stages.standardise import Standardised

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
GOALS = {
    "duplicates": (0.98, 0.95),
    "register links": (0.99, 0.95),
    "non-customers": (0.98, 0.90),
}


def main(sample: str = "main") -> int:
    began = time.perf_counter()
    folder = SAMPLES / sample
    clients = cc.read(folder / "client_list.csv")
    lines = clients.table.select("record_id", line=pl.col("source_row").cast(pl.String))
    truth = _truth(folder, "clients").join(lines, on="line")
    clean = cc.standardise(clients, region="DK")
    matches = cc.find_duplicates(clean)
    links = _links(folder, clean)
    screening = _screen(folder, clients)
    spent = time.perf_counter() - began

    found = {
        "duplicates": _duplicates(matches, truth),
        "register links": _register(folder, links, truth),
        "non-customers": _non_customers(screening, truth),
    }
    good = [_tell(name, quality) for name, quality in found.items()]
    _hard_cases(folder, matches, screening, truth)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{spent:.1f} s, {memory:.0f} MB, of {clients.table.height} clients")
    return 0 if all(good) else 1


def _truth(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / "truth" / f"{name}.csv", infer_schema=False)


def _links(folder: Path, clean: Standardised) -> Matches:
    register = cc.read(folder / "register.xlsx")
    return cc.link(clean, cc.standardise(register, region="DK"))


def _screen(folder: Path, clients: Export) -> Screening:
    return cc.screen(
        clients,
        vendors=cc.read(folder / "vendor_contact_list.csv"),
        transactions=cc.read(folder / "transaction_list.csv"),
        customers=cc.read(folder / "customer_contact_list.csv"),
        contacts=cc.read(folder / "outlook_contacts.csv"),
        own_domains=OWN_DOMAINS,
    )


def _duplicates(matches: Matches, truth: pl.DataFrame) -> Quality:
    return cc.evaluate(matches, truth.select("record_id", cluster_id="entity"))


def _register(folder: Path, links: Matches, truth: pl.DataFrame) -> Quality:
    """Count a line as found when it is linked to any row of its client."""
    register = cc.read(folder / "register.xlsx").table.select(
        right_id="record_id", line=pl.col("source_row").cast(pl.String)
    )
    whose = _truth(folder, "register").join(register, on="line").select("right_id", "entity")
    accepted = (
        links.accepted()
        .join(whose, on="right_id")
        .join(truth.select(left_id="record_id", client="entity"), on="left_id")
    )
    right = accepted.filter(pl.col("entity") == pl.col("client"))
    known = whose.filter(pl.col("entity").is_in(truth["entity"].implode()))
    missed = known.height - right["right_id"].n_unique()
    return Quality(right.height, accepted.height - right.height, missed)


def _non_customers(screening: Screening, truth: pl.DataFrame) -> Quality:
    wrong = set(truth.filter(pl.col("class") == "non_customer")["record_id"])
    proposed = set(screening.proposed["record_id"])
    return Quality(len(proposed & wrong), len(proposed - wrong), len(wrong - proposed))


def _tell(name: str, found: Quality) -> bool:
    goal = GOALS[name]
    reached = found.precision >= goal[0] and found.recall >= goal[1]
    print(
        f"{name:<16} precision {found.precision:.4f} (goal {goal[0]})"
        f"  recall {found.recall:.4f} (goal {goal[1]})"
        f"  {found.right} right, {found.wrong} false, {found.missed} missed"
        f"  {'reached' if reached else 'NOT REACHED'}"
    )
    return reached


def _hard_cases(
    folder: Path, matches: Matches, screening: Screening, truth: pl.DataFrame
) -> None:
    """Each hard case by number: what is right, and whether it came out so."""
    record = dict(truth.select("line", "record_id").rows())
    whose = dict(truth.select("record_id", "entity").rows())
    cluster = dict(matches.clusters().rows())
    proposed = set(screening.proposed["record_id"])
    print("\nHard cases")
    counts: dict[str, list[int]] = {}
    for row in _truth(folder, "hard_cases").iter_rows(named=True):
        ids = [record[line] for line in (row["lines"] or "").split() if line in record]
        wrong = _wrong(row["right"], ids, cluster, whose, proposed)
        counts.setdefault(row["kind"], [0, 0])[bool(wrong)] += 1
        mark = f"WRONG: {wrong}" if wrong else "right"
        print(f"  {row['case']:>4} {row['kind']:<36} {mark}")
    print("\nHard cases by kind: right, wrong")
    for kind, (right, wrong_) in sorted(counts.items()):
        print(f"  {kind:<36} {right:>4} {wrong_:>4}")


def _wrong(
    right: str,
    ids: list[str],
    cluster: dict[str, str],
    whose: dict[str, str],
    proposed: set[str],
) -> str:
    mixed = any(
        cluster[a] == cluster[b] and whose[a] != whose[b] for a in ids for b in ids if a < b
    )
    if mixed:
        return "joined"
    if right.startswith("one client") and len({cluster[each] for each in ids}) > 1:
        return "apart"
    if right.startswith("a c") and proposed & set(ids):
        return "proposed as no customer"
    return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
