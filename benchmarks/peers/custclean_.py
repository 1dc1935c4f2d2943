"""custclean, given nothing but the file: python custclean_.py data.csv clusters.csv."""

from __future__ import annotations

import sys

import polars as pl

import custclean as cc


def main(data: str, clusters: str) -> None:
    table = pl.read_csv(data, infer_schema=False)
    cc.find_duplicates(table, id="record_id").clusters().write_csv(clusters)


if __name__ == "__main__":
    main(*sys.argv[1:3])
