"""A firm or a person: what the names of a record are the names of."""

from __future__ import annotations

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from custclean.stages.link import normal

__all__ = ["people"]

_AKIN = 50.0  # a label less like the contact's name than this is not that person's


def _akin(table: pl.DataFrame, whole: pl.Expr) -> pl.Series:
    """Give how alike label and contact are, to 100; 100 where one is missing."""
    names = table.select("l_stem", whole.alias("whole")).with_row_index("row").drop_nulls()
    found = process.cpdist(
        names["l_stem"].to_list(), names["whole"].to_list(), scorer=fuzz.token_set_ratio
    )
    alike = np.full(table.height, 100.0)
    alike[names["row"].to_numpy()] = found
    return pl.Series("akin", alike)


def people(table: pl.DataFrame) -> pl.DataFrame:
    """Sort out who is a firm and who a person, where one field may hold either.

    Takes the raw columns `label`, `firm`, `given`, `family`. Gives the firm's `stem`, `form`
    and `entity`, the person's `given`, `family`, `middle` ..., and `label`, whatever it is.
    """
    own = pl.col("label").ne_missing(pl.col("firm"))
    table = table.with_columns(pl.when(own).then("label").alias("own_label"))
    parts = normal.firm_parts("firm", "f_"), normal.firm_parts("own_label", "l_")
    table = table.lazy().with_columns(parts).unnest("f_", "l_").collect()
    table = table.with_columns(
        pl.when(own).then(f"l_{part}").otherwise(f"f_{part}").alias(f"l_{part}")
        for part in ("stem", "form", "entity", "copy")
    )
    has_person = pl.any_horizontal(pl.col("given", "family").is_not_null())
    firm_label = pl.col("l_form").is_not_null() | pl.col("l_entity").is_not_null()
    # a label that is no firm and not the name of the company is a person's, for all we know
    loose = ~has_person & ~firm_label & pl.col("l_stem").ne_missing(pl.col("f_stem"))
    whole = normal.full_name(pl.col("given"), pl.col("family"))
    # who names a contact of quite another name is a firm, legal form or not
    as_firm = pl.col("f_stem").is_null() & (firm_label | (_akin(table, whole) < _AKIN))
    table = table.with_columns(
        stem=pl.when(as_firm).then("l_stem").otherwise("f_stem"),
        form=pl.when(as_firm).then("l_form").otherwise(pl.coalesce("f_form", "l_form")),
        entity=pl.when(as_firm).then("l_entity").otherwise("f_entity"),
        whole=pl.when(has_person).then(whole).when(loose).then(normal.person_key("label")),
        copy=pl.coalesce("l_copy", "f_copy"),
        label=normal.in_order(pl.coalesce("l_stem", "f_stem")),
    )
    table = table.with_columns(normal.person_parts(pl.col("whole")))
    table = table.with_columns(normal.formal(table["given"]))
    return table.select(
        pl.exclude("firm", "own_label", "whole", "^[fl]_(stem|form|entity|copy)$")
    )
