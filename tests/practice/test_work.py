"""What a person does: merge, make inactive, delete, and work orders."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from custclean.errors import InputError
from custclean.practice import OnlineAccountant
from custclean.practice.says import Why

if TYPE_CHECKING:
    from pathlib import Path

PLUS, BAKER, CAFE, PLUS_TOO, QUIET = "9001", "9002", "9003", "9005", "9100"


@pytest.fixture
def account(client_list: Path, hidden: Path) -> OnlineAccountant:
    return OnlineAccountant.from_download(client_list, hidden)


def ids(account: OnlineAccountant, tmp_path: Path, *, inactive: bool = False) -> list[str]:
    account.download(tmp_path / "now.csv", inactive=inactive)
    with (tmp_path / "now.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["Company ID"] for row in csv.DictReader(file)]


def order(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8-sig")


def test_a_merge_takes_the_gone_one_away_and_frees_its_number(
    account: OnlineAccountant, client_list: Path, tmp_path: Path
) -> None:
    before = client_list.read_bytes()
    assert account.merge(PLUS, BAKER) is None
    account.download(tmp_path / "after.csv")
    after = (tmp_path / "after.csv").read_bytes()
    gone = "Bäckerei Übel GmbH,9002,00002,info@uebel.example,None,\r\n".encode()
    assert after == before.replace(gone, b"")
    upload = tmp_path / "upload.csv"
    upload.write_text(
        'Company ID,Display name,Client number\n9001,"Rossi, Anna",00002\n', encoding="utf-8"
    )
    assert account.upload(upload, error_log=tmp_path / "log.csv").accepted == 1


@pytest.mark.parametrize(
    ("keep_id", "gone_id", "why"),
    [
        (PLUS, PLUS_TOO, Why.BOTH_SUBSCRIBED),
        (BAKER, PLUS, Why.WRONG_WAY_ROUND),
        (CAFE, PLUS, Why.WRONG_WAY_ROUND),
        (PLUS, "404", Why.NO_SUCH_CLIENT),
        ("404", BAKER, Why.NO_SUCH_CLIENT),
        (PLUS, "", Why.NO_SUCH_CLIENT),
        (BAKER, BAKER, Why.SAME_CLIENT),
    ],
)
def test_a_merge_that_the_product_does_not_offer_is_refused(
    account: OnlineAccountant, tmp_path: Path, keep_id: str, gone_id: str, why: Why
) -> None:
    before = ids(account, tmp_path, inactive=True)
    refused = account.merge(keep_id, gone_id)
    assert refused is not None
    assert (refused.action, refused.keep_id, refused.company_id) == ("merge", keep_id, gone_id)
    assert refused.why is why
    assert ids(account, tmp_path, inactive=True) == before


def test_two_clients_without_a_subscription_can_be_merged(
    account: OnlineAccountant, tmp_path: Path
) -> None:
    assert account.merge(CAFE, BAKER) is None
    assert ids(account, tmp_path) == [PLUS, CAFE, "", PLUS_TOO]


def test_an_inactive_client_is_hidden_and_keeps_its_number(
    account: OnlineAccountant, client_list: Path, tmp_path: Path
) -> None:
    assert account.make_inactive(PLUS) is None  # billing goes on, so a plan is no obstacle
    assert ids(account, tmp_path) == [BAKER, CAFE, "", PLUS_TOO]
    assert account.make_active(PLUS) is None
    account.download(tmp_path / "after.csv")
    assert (tmp_path / "after.csv").read_bytes() == client_list.read_bytes()
    assert account.make_active(QUIET) is None
    assert ids(account, tmp_path)[-1] == QUIET


def test_a_client_on_a_plan_cannot_be_deleted(
    account: OnlineAccountant, tmp_path: Path
) -> None:
    refused = account.delete(PLUS)
    assert refused is not None
    assert refused.why is Why.ON_A_PLAN
    assert "plan" in refused.message
    assert account.delete(BAKER) is None
    assert ids(account, tmp_path) == [PLUS, CAFE, "", PLUS_TOO]


@pytest.mark.parametrize("none", ["", "None", "none", " Nenhuma "])
@pytest.mark.parametrize("heading", ["Subscription", "Assinatura"])
def test_no_subscription_is_said_in_several_ways(
    tmp_path: Path, heading: str, none: str
) -> None:
    source = tmp_path / "list.csv"
    source.write_text(
        f"Company ID,Display name,Client number,{heading}\n1,A,,Plus\n2,B,,{none}\n",
        encoding="utf-8",
    )
    account = OnlineAccountant.from_download(source)
    assert account.merge("2", "1") is not None
    assert account.delete("2") is None
    assert account.delete("1") is not None


def test_without_a_subscription_column_nobody_is_known_to_have_one(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text("Company ID,Display name,Client number\n1,A,\n2,B,\n", encoding="utf-8")
    assert OnlineAccountant.from_download(source).merge("2", "1") is None


def test_work_orders_are_done_in_order_and_what_is_refused_comes_back(
    account: OnlineAccountant, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    order(work, "merge.csv", "pair,keep_id,gone_id\n1,9001,9003\n2,9001,9005\n")
    order(
        work,
        "remove.csv",
        "company_id;action\n9002;make_inactive\n9005;delete\n9001;leave\n9003;delete\n9100;fly\n",
    )
    refused = account.do(work)
    assert [(r.action, r.company_id, r.why) for r in refused] == [
        ("merge", PLUS_TOO, Why.BOTH_SUBSCRIBED),
        ("delete", PLUS_TOO, Why.ON_A_PLAN),
        ("delete", CAFE, Why.NO_SUCH_CLIENT),
        ("fly", QUIET, Why.UNKNOWN_ACTION),
    ]
    assert ids(account, tmp_path) == [PLUS, "", PLUS_TOO]
    assert ids(account, tmp_path, inactive=True) == [PLUS, BAKER, "", PLUS_TOO, QUIET]


def test_a_folder_without_orders_asks_for_nothing(
    account: OnlineAccountant, tmp_path: Path
) -> None:
    (tmp_path / "work").mkdir()
    assert account.do(tmp_path / "work") == ()


def test_orders_without_their_columns_are_refused_and_nothing_is_done(
    account: OnlineAccountant, tmp_path: Path
) -> None:
    before = ids(account, tmp_path, inactive=True)
    work = tmp_path / "work"
    order(work, "merge.csv", "keep_id,gone_id\n9001,9003\n")
    order(work, "remove.csv", "id,action\n9002,delete\n")
    with pytest.raises(InputError, match=r"remove.csv.*columns action, company_id"):
        account.do(work)
    assert ids(account, tmp_path, inactive=True) == before
