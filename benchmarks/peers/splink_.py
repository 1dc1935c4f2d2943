"""Splink 5 on DuckDB: python splink_.py data.csv clusters.csv [--max-pairs N] [--model file].

The steps of Splink's own tutorial: chance of a match from sure rules, u from random pairs, m
by EM under several blocking rules, pairs above 0.9, clusters of pairs above 0.95.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

import splink.comparison_level_library as level
import splink.comparison_library as library
from cleaning import arguments, clean
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

if TYPE_CHECKING:
    import argparse

    import duckdb

BLOCKS = (
    "tax_id|email|phone|title|family postcode|family street|given street|"
    "family city substr(given,1,1)|given city substr(family,1,3)|substr(firm,1,6) postcode|"
    "substr(firm,1,6) city|street postcode|street city|born family|born given|born postcode"
)
SURE = (
    "tax_id family|tax_id firm|tax_id born|email family|email firm|phone family given|"
    "phone firm|given family street|given family born|firm street"
)
TRAINED = "email|tax_id|title city|born"
OTHERWISE = "phone|street|title"  # where there is neither e-mail, number nor date
# Shares among matches set by hand: EM takes families and an owner's firms for one customer.
UNLIKE, FAMILY, MIXED = 0.003, 0.0001, 0.01
THRESHOLDS = (0.5, 0.9, 0.95, 0.99, 0.999, 0.9999)  # tried where the truth chooses


def rules(text: str, columns: list[str]) -> list[object]:
    """Keep the rules whose columns the file has."""
    split = [rule.split() for rule in text.split("|")]
    return [block_on(*rule) for rule in split if all(_column(p) in columns for p in rule)]


def _column(part: str) -> str:
    return part.removeprefix("substr(").split(",")[0]


def compared(
    name: str, levels: list[object], *, empty: str = "", rest: float | None = None
) -> object:
    """Put levels between a first one for missing values and a last one for all the rest."""
    missing = level.CustomLevel(empty).configure(is_null_level=True) if empty else None
    first, last = missing or level.NullLevel(name), level.ElseLevel()
    if rest:
        last = last.configure(m_probability=rest, fix_m_probability=True)
    return library.CustomComparison(
        output_column_name=name, comparison_levels=[first, *levels, last]
    )


def same(name: str) -> object:
    return level.ExactMatchLevel(name, term_frequency_adjustments=True)


def like(name: str, least: float) -> object:
    return level.JaroWinklerLevel(name, least)


def when(rule: str, label: str, often: str = "", share: float = 0.0) -> object:
    """Make a level by rule; the column whose rare values count more, or a share by hand."""
    made = level.CustomLevel(rule, label)
    if share:
        return made.configure(m_probability=share, fix_m_probability=True)
    return (
        made.configure(tf_adjustment_column=often, disable_tf_exact_match_detection=True)
        if often
        else made
    )


def comparisons(columns: list[str]) -> list[object]:
    """Compare what the file has: who, how to reach them, where, numbers, the rest.

    An address is one comparison, because its parts say the same; the contact of a firm is
    none, because one owner has several.
    """
    person = "kind_l = 'person' and kind_r = 'person' and "
    initial = (
        "family_l = family_r and substr(given_l, 1, 1) = substr(given_r, 1, 1)"
        " and (length(given_l) = 1 or length(given_r) = 1)"
    )
    typed = (
        "jaro_winkler_similarity(family_l, family_r) >= 0.88"
        " and jaro_winkler_similarity(given_l, given_r) >= 0.88"
    )
    part = (
        "contains(title_l, ' ') and contains(title_r, ' ') and ("
        "list_has_all(string_split(title_l, ' '), string_split(title_r, ' ')) or"
        " list_has_all(string_split(title_r, ' '), string_split(title_l, ' ')))"
    )
    near = "house_l = house_r and jaro_winkler_similarity(road_l, road_r) >= 0.88"
    town = "(postcode_l = postcode_r or city_l = city_r)"
    family = person + "family_l = family_r"
    shared = "email" in columns or "phone" in columns
    place = " or ".join(
        f"coalesce(street_{side}, postcode_{side}, city_{side}) is null" for side in "lr"
    )
    year = "substr(born_l, 1, 4) = substr(born_r, 1, 4)"
    known = {
        "title": compared("title", [
            same("title"),
            when(person + part, "one in the other"),
            when(person + initial, "family and initial"),
            when(person + typed, "both nearly"),
            like("title", 0.94),
            when("kind_l <> kind_r", "a person and a firm", share=shared and MIXED),
            when(family, "only the family", share=shared and FAMILY),
            like("title", 0.86),
        ], rest=UNLIKE if shared else None),
        "email": compared("email", [
            same("email"), like("email", 0.96),
            when("mailbox_l = mailbox_r", "mailbox"), like("email", 0.88),
        ]),
        "phone": compared("phone", [
            same("phone"), level.DamerauLevenshteinLevel("phone", 1),
        ]),
        "place": compared("address", [
            when("street_l = street_r and " + town, "street and town", "street"),
            when(near + " and " + town, "same number, road nearly, town", "street"),
            same("street"), like("street", 0.92),
            when("postcode_l = postcode_r", "postcode"),
            when("city_l = city_r", "city"),
        ], empty=place),
        "tax_id": compared("tax_id", [
            level.ExactMatchLevel("tax_id"), level.DamerauLevenshteinLevel("tax_id", 1),
        ]),
        "born": compared("born", [
            same("born"), level.DamerauLevenshteinLevel("born", 1), when(year, "year"),
        ]),
    }  # fmt: skip
    present = {"place" if n in ("street", "postcode", "city") else n for n in columns}
    others = [n for n in columns if n.startswith("x_") or n == "region"]
    rest = (compared(n, [same(n), like(n, 0.92), like(n, 0.8)]) for n in others)
    return [*(made for name, made in known.items() if name in present), *rest]


class Rules(NamedTuple):
    """What is blocked on: for predictions, to be sure of a match, and to train with EM."""

    blocks: list[object]
    sure: list[object]
    trained: list[object]


def train(linker: Linker, rules: Rules, max_pairs: float) -> None:
    training = linker.training
    if rules.sure:
        training.estimate_probability_two_random_records_match(rules.sure, recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=max_pairs, seed=1)
    model = linker._settings_obj  # noqa: SLF001  a rule that fails leaves half a model behind
    for rule in rules.trained:
        before = model.core_model_settings.copy()
        try:
            training.estimate_parameters_using_expectation_maximisation(rule)
        except (ValueError, EMTrainingException):  # 5.0 refuses an m of zero; no pairs at all
            model.core_model_settings = before


def settings_of(comparisons: list[object], rules: Rules) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules.blocks,
        retain_matching_columns=False,
    )


def cluster(
    base: duckdb.DuckDBPyConnection, linker: Linker, given: argparse.Namespace
) -> None:
    """Write groups down: at the threshold, or, with the truth, at the one that serves best."""
    least = min(THRESHOLDS) if given.truth else min(0.9, given.threshold)
    pairs = linker.inference.predict(threshold_match_probability=least)
    found = {}
    for threshold in THRESHOLDS if given.truth else [given.threshold]:
        groups = linker.clustering.cluster_pairwise_predictions_at_threshold(
            pairs, threshold_match_probability=threshold
        ).physical_name
        found[groups] = f1(base, groups, given.truth) if given.truth else 1.0
    best = max(found, key=lambda groups: found[groups])
    base.execute(
        f"copy (select record_id, cluster_id from {best})"
        f" to '{given.clusters}' (header, delimiter ',')"
    )


def f1(base: duckdb.DuckDBPyConnection, groups: str, truth: str) -> float:
    """Give the F1 of the pairs within groups, the truth being a file: record_id, entity."""
    base.execute(
        "create or replace temp table held as select t.entity_id as entity, cluster_id from"
        " read_csv(?, all_varchar = true, header = true, names = ['record_id', 'entity_id']) t"
        f" join {groups} g on t.record_id = g.record_id",
        [truth],
    )
    both, right, claimed = (
        base.execute(
            f"select sum(n * (n - 1)) from (select count(*) n from held group by {by})"
        ).fetchall()[0][0]
        for by in ("entity, cluster_id", "entity", "cluster_id")
    )
    return 2 * both / (right + claimed)


def main() -> None:
    given = arguments(
        max_pairs={"type": float, "default": 1e6}, save_model={"default": ""},
        model={"default": ""}, threshold={"type": float, "default": 0.95},
        truth={"default": ""},
    )  # fmt: skip
    logging.disable(logging.WARNING)
    base, columns = clean(given.data, given.columns)
    api = DuckDBAPI(base)
    firm_ground = {"email", "tax_id", "born"} & set(columns)
    trained = TRAINED if firm_ground else OTHERWISE
    by = Rules(*(rules(text, columns) for text in (BLOCKS, SURE, trained)))
    settings = given.model or settings_of(comparisons(columns), by)
    linker = Linker(api.register("records"), settings)
    if not given.model:
        train(linker, by, given.max_pairs)
    if given.save_model:
        linker.misc.save_model_to_json(given.save_model, overwrite=True)
    cluster(base, linker, given)


if __name__ == "__main__":
    main()
