from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import polars as pl
import pytest
import recordlinkage as rl

from custclean.model import Decision, Verdict
from custclean.stages.link import find_duplicates

Clients = Callable[..., pl.DataFrame]
ANN = {"display_name": "Ann Wexcombe", "email": "ann@mail.example", "city": "Riverton"}


@pytest.mark.parametrize(
    "pair", [("c00", "c01"), ("c00", "x004"), ("x002", "x031"), ("c01", "x020")]
)
def test_shares_and_prior_add_up_to_the_weight(
    clients: Clients, pair: tuple[str, str]
) -> None:
    found = find_duplicates(clients(ANN, ANN | {"display_name": "A. Wexcombe"}))
    why = found.explain(*pair)
    assert why.prior + sum(share.weight for share in why.shares) == pytest.approx(why.weight)
    assert 0 <= why.probability <= 1


def test_the_explained_weight_is_that_of_the_pairs(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN))
    for left, right, weight in found.pairs.select("left_id", "right_id", "weight").rows():
        assert found.explain(left, right).weight == pytest.approx(weight)


def test_values_are_shown_as_they_stand_in_the_table(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN | {"email": "ANN@Mail.example"}))
    share = next(s for s in found.explain("c00", "c01").shares if s.field == "email")
    assert (share.left, share.right) == ("ann@mail.example", "ANN@Mail.example")
    assert share.level == "equal after cleaning"


def test_the_sentence_says_how_likely_what_for_and_what_against(clients: Clients) -> None:
    far = ANN | {"display_name": "Wexcombe, Ann", "phone": "+12025550764"}
    found = find_duplicates(clients(ANN | {"phone": "+12025550111"}, far))
    yes, no = found.explain("c00", "c01").sentence, found.explain("c00", "x003").sentence
    assert yes.startswith("Very likely one client. For: ")
    assert "Against: phone – different" in yes
    assert no.startswith("Most likely two clients.")


class Contrary(rl.KMeansClassifier):  # type: ignore[misc]
    """Says of what the model is sure of that it is two clients, and the other way round."""

    def prob(self, vectors: pd.DataFrame) -> pd.Series:
        return 0.97 - 0.94 * (vectors["email"] == 1).astype(float)

    def predict(self, vectors: pd.DataFrame) -> pd.Series:
        return pd.Series(0, index=vectors.index)


def test_a_classifiers_word_is_told_and_not_the_models(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN), classifier=Contrary())
    why, other = found.explain("c00", "c01"), found.explain("c00", "x004")
    judged = "A classifier judges in the model's place: "
    assert why.sentence.startswith(f"{judged}two clients (3.0%). For: ")
    assert other.sentence.startswith(f"{judged}one client (97.0%). Against: ")
    for each in (why, other):
        assert "ikely" not in each.sentence
        assert each.prior + sum(share.weight for share in each.shares) == pytest.approx(
            each.weight
        )
    pair = found.pairs.row(by_predicate=pl.col("right_id") == "c01", named=True)
    assert (pair["weight"], pair["probability"]) == pytest.approx((why.weight, 0.03))
    assert why.probability == pytest.approx(0.03)
    assert (why.shares[-1].field, why.shares[-1].weight < -10) == ("classifier", True)
    drawn = found.plot_waterfall("c00", "c01")
    assert drawn.caption == "Weight -5.0, probability 3.0%"
    assert drawn._repr_html_()


def test_what_a_classifier_is_sure_of_is_never_quite_certain(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN), classifier=rl.KMeansClassifier())
    assert "one client (99.9%)." in found.explain("c00", "c01").sentence


def test_people_speak_before_a_classifier(clients: Clients) -> None:
    said = [Decision(("c00", "c01"), Verdict.SAME)]
    found = find_duplicates(clients(ANN, ANN), classifier=Contrary(), decisions=said)
    sentence = found.explain("c00", "c01").sentence
    assert sentence.startswith("A person decided: one client. A classifier judges in the")


def test_what_is_shown_of_a_classifiers_matches_is_its_word(clients: Clients) -> None:
    drawn = find_duplicates(clients(ANN, ANN, others=8), classifier=Contrary())._repr_html_()
    assert "How likely a pair is one client, a classifier says, not the model." in drawn
    assert "A starting belief" not in drawn
    assert "ikely one client." not in drawn
    word = "A classifier judges in the model&#x27;s place: two clients (3.0%). For: "
    assert f"<div>The two least alike: {word}" in drawn
