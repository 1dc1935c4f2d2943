"""goldenmatch 3.22: python goldenmatch_.py data.csv clusters.csv [--zero-config].

Its Fellegi-Sunter matchkey with fields, levels and blocking passes named by hand, trained by
its own EM. --zero-config gives it the file and nothing else.
"""

from __future__ import annotations

import logging
import os

from cleaning import arguments, clean

os.environ["GOLDENMATCH_AUTOCONFIG_MEMORY"] = "0"  # nothing learnt from an earlier run

import goldenmatch as gm
import polars as pl
from goldenmatch.config.schemas import (
    BlockingConfig,
    BlockingKeyConfig,
    GoldenMatchConfig,
    MatchkeyConfig,
    MatchkeyField,
    NegativeEvidenceField,
)

LEVELS = {
    "title": [0.999, 0.94, 0.86], "given": [0.99, 0.88], "family": [0.99, 0.88],
    "email": [0.999, 0.94], "phone": [0.999, 0.9], "street": [0.99, 0.9],
    "postcode": [0.999], "city": [0.99, 0.9], "tax_id": [0.999, 0.88], "born": [0.999, 0.87],
    "region": [0.999],
}  # fmt: skip
EDITED = ("phone", "tax_id", "born")
PASSES = (
    "tax_id|email|phone|firm|given family|family postcode|family street|given street|"
    "given postcode|firm:6 postcode|firm:6 city|street postcode|firm city|given:1 family city|"
    "born family|born given|born postcode|title|street city"
)


def key(text: str) -> BlockingKeyConfig:
    """Read a blocking key: columns, each with the letters it begins with, if not all."""
    parts = [part.split(":") for part in text.split()]
    short = {part[0]: [f"substring:0:{part[1]}"] for part in parts if len(part) > 1}
    return BlockingKeyConfig(
        fields=[part[0] for part in parts], field_transforms=short, additive=True
    )


def config(columns: list[str]) -> GoldenMatchConfig:
    """Compare customers by whole name, against which another name counts; people by parts.

    Families and an owner's firms share contacts and address; town beside street and postcode
    would count the same address twice. Its own choice of a cut finds half on one seed and all
    on the next, so where there are contacts it is told to cut between the two humps.
    """
    shared = "email" in columns or "phone" in columns
    left_out = {"given", "family", "city"} if shared else {"title"}
    compared = [n for n in columns if n in LEVELS or n.startswith("x_")]
    fields = [
        MatchkeyField(
            field=name,
            scorer="levenshtein" if name in EDITED else "jaro_winkler",
            levels=len(LEVELS.get(name, (0.99, 0.85))) + 1,
            level_thresholds=LEVELS.get(name, [0.99, 0.85]),
        )
        for name in compared
        if name not in left_out
    ]
    against = NegativeEvidenceField(
        field="title", scorer="jaro_winkler", threshold=0.86, penalty_bits=20
    )
    passes = [
        key(text)
        for text in PASSES.split("|")
        if all(part.split(":")[0] in columns for part in text.split())
    ]
    customers = MatchkeyConfig(
        name="customers", type="probabilistic", fields=fields,
        negative_evidence=[against] if shared else None,
        link_cut_rule="otsu" if shared else None,
    )  # fmt: skip
    blocking = BlockingConfig(
        strategy="multi_pass", passes=passes, max_block_size=1000, skip_oversized=True
    )
    return GoldenMatchConfig(matchkeys=[customers], blocking=blocking)


def main() -> None:
    given = arguments(zero_config={"action": "store_true"})
    logging.disable(logging.WARNING)
    if given.zero_config:
        table = pl.read_csv(given.data, infer_schema=False)
        found = gm.dedupe_df(table.drop("record_id"), confidence_required=False)
    else:
        base, columns = clean(given.data, given.columns)
        table = base.sql("from records").pl()
        found = gm.dedupe_df(table.select(columns), config=config(columns))
    group = pl.DataFrame(
        [(row, number) for number, each in found.clusters.items() for row in each["members"]],
        schema={"row": pl.UInt32, "cluster_id": pl.Int64},
        orient="row",
    )
    ids = table.select("record_id").with_row_index("row").join(group, on="row", how="left")
    own = pl.concat_str(pl.lit("alone-"), pl.col("record_id"))
    ids.select("record_id", pl.col("cluster_id").cast(pl.String).fill_null(own)).write_csv(
        given.clusters
    )


if __name__ == "__main__":
    main()
