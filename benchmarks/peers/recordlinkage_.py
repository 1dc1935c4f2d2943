"""recordlinkage 0.16: python recordlinkage_.py data.csv clusters.csv [--threshold P].

The recipe of its own documentation: blocks on single columns, string comparisons with
thresholds, the ECM classifier on the binary vectors. A missing value disagrees, as it does
there by default. Above 10,000 rows single columns give too many pairs; there they serve a
sample, so that ECM sees unlike pairs, and all rows are blocked on two columns together.
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import recordlinkage as rl
from cleaning import arguments, clean
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

WIDE = "title|family|given|firm|email|phone|tax_id|street|postcode|born"
NARROW = (
    "tax_id|email|phone|firm|given family|family postcode|family street|given street|"
    "given postcode|family city|street postcode|firm city|born family|born given|born postcode"
)
MANY = 10_000
LIKE = {"title": 0.9, "given": 0.85, "family": 0.88, "email": 0.94, "street": 0.88,
        "city": 0.9}  # fmt: skip
SAME = ("phone", "postcode", "tax_id", "region")


def pairs(table: pd.DataFrame, rules: str) -> pd.MultiIndex:
    index = rl.Index()
    for rule in rules.split("|"):
        if set(rule.split()) <= set(table.columns):
            index.block(rule.split())
    return index.index(table)


def candidates(table: pd.DataFrame) -> pd.MultiIndex:
    """Block widely, as ECM needs many unlike pairs; in a large table only a part of it so."""
    if len(table) <= MANY:
        return pairs(table, WIDE)
    part = table.sample(MANY, random_state=1).sort_index()
    return pairs(table, NARROW).union(pairs(part, WIDE))


def vectors(table: pd.DataFrame, index: pd.MultiIndex) -> pd.DataFrame:
    """Compare customers by whole name, contact and street, people by all there is.

    ECM takes columns that say the same (town and postcode beside street) for proof.
    """
    shared = "email" in table or "phone" in table
    left_out = {"given", "family", "city", "postcode"} if shared else {"title"}
    compare = rl.Compare(n_jobs=2)
    for name in table.columns.difference(left_out, sort=False):
        if name in SAME:
            compare.exact(name, name, label=name)
        elif name == "born":
            compare.string(name, name, "damerau_levenshtein", threshold=0.87, label=name)
        elif name in LIKE or name.startswith("x_"):
            least = LIKE.get(name, 0.88)
            compare.string(name, name, "jarowinkler", threshold=least, label=name)
    return compare.compute(index, table)


def main() -> None:
    given = arguments(threshold={"type": float, "default": 0.5})
    warnings.simplefilter("ignore")
    base, columns = clean(given.data, given.columns)
    table = base.sql("from records").df()
    ids = table.pop("record_id")
    table = table[columns].replace({None: np.nan})
    found = vectors(table, candidates(table))
    classifier = rl.ECMClassifier()
    classifier.fit(found)
    chance = classifier.prob(found)
    left, right = (
        chance.index.get_level_values(side)[chance.to_numpy() >= given.threshold]
        for side in (0, 1)
    )
    size = len(table)
    graph = coo_matrix((np.ones(len(left)), (left, right)), shape=(size, size))
    cluster = connected_components(graph, directed=False)[1]
    pd.DataFrame({"record_id": ids, "cluster_id": cluster}).to_csv(given.clusters, index=False)


if __name__ == "__main__":
    main()
