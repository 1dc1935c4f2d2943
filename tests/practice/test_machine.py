"""Whatever is uploaded and done, in any order, what the target promises holds."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from custclean.practice import OnlineAccountant

EN = ["Company ID", "Display name", "Client number"]
PT = ["ID da empresa", "Nome de exibição", "Número do cliente"]
IDS = ["1", "2", "3", "4", "5", "", "6"]
NAMES = [f"Client {n}" for n in IDS]
NUMBERS = ["", "a", "b", "c", "d", "é;,", "x" * 100, "x" * 101]
ROW = st.tuples(
    st.sampled_from([*zip(IDS, NAMES), *zip(IDS, NAMES[::-1])]), st.sampled_from(NUMBERS)
)


def _bytes(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


class Target(RuleBasedStateMachine):
    """Uploads and a person's work in any order, beside a model as plain as can be."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.account: OnlineAccountant
        self.model: dict[str, list[str]] = {}  # id -> name, number, plan

    def teardown(self) -> None:
        self._folder.cleanup()

    @initialize(plans=st.lists(st.sampled_from(["", "Plus"]), min_size=7, max_size=7))
    def start(self, plans: list[str]) -> None:
        rows = [[i, name, "", plan] for i, name, plan in zip(IDS, NAMES, plans)]
        source = self.folder / "list.csv"
        source.write_bytes(_bytes([[*EN, "Subscription"], *rows]))
        self.account = OnlineAccountant.from_download(source)
        self.model = {row[0]: row[1:] for row in rows}

    def _table(self) -> dict[str, list[str]]:
        self.account.download(self.folder / "now.csv", inactive=True)
        with (self.folder / "now.csv").open(encoding="utf-8", newline="") as file:
            return {row[0]: row[1:] for row in list(csv.reader(file))[1:]}

    def _expected(
        self, company_id: str, name: str, number: str, before: list[list[str]]
    ) -> bool:
        client = self.model.get(company_id)
        if not company_id or client is None or client[0] != name:
            return False
        if not number or len(number) > 100:
            return False
        if any(company_id == row[0] or number == row[2] for row in before):
            return False
        return all(c[1] != number for i, c in self.model.items() if i != company_id)

    @rule(rows=st.lists(ROW, max_size=6), headings=st.sampled_from([EN, PT]))
    def upload(self, rows: list[tuple[tuple[str, str], str]], headings: list[str]) -> None:
        table = [[company_id, name, number] for (company_id, name), number in rows]
        (self.folder / "up.csv").write_bytes(_bytes([headings, *table]))
        failed = []
        for at, (company_id, name, number) in enumerate(table):
            if self._expected(company_id, name, number, table[:at]):
                self.model[company_id][1] = number
            else:
                failed.append([company_id, name, number])
        outcome = self.account.upload(
            self.folder / "up.csv", error_log=self.folder / "log.csv"
        )
        assert outcome.accepted + outcome.failed == len(rows)
        assert outcome.failed == len(failed)
        assert (outcome.error_log is None) == (not failed)
        if outcome.error_log:
            with outcome.error_log.open(encoding="utf-8-sig", newline="") as file:
                assert [row[:3] for row in list(csv.reader(file))[1:]] == failed

    @rule(keep_id=st.sampled_from(IDS), gone_id=st.sampled_from(IDS))
    def merge(self, keep_id: str, gone_id: str) -> None:
        possible = (
            keep_id != gone_id
            and bool(keep_id and gone_id)
            and {keep_id, gone_id} <= self.model.keys()
            and not self.model[gone_id][2]
        )
        assert (self.account.merge(keep_id, gone_id) is None) == possible
        if possible:
            del self.model[gone_id]

    @rule(company_id=st.sampled_from(IDS))
    def delete(self, company_id: str) -> None:
        client = self.model.get(company_id) if company_id else None
        possible = client is not None and not client[2]
        assert (self.account.delete(company_id) is None) == possible
        if possible:
            del self.model[company_id]

    @rule(company_id=st.sampled_from(IDS), active=st.booleans())
    def hide(self, company_id: str, active: bool) -> None:
        act = self.account.make_active if active else self.account.make_inactive
        assert (act(company_id) is None) == (bool(company_id) and company_id in self.model)

    @rule()
    def leave_and_come_back(self) -> None:
        self.account.save(self.folder / "state.json")
        self.account = OnlineAccountant.load(self.folder / "state.json")

    @invariant()
    def it_holds_what_the_model_holds_and_nothing_else(self) -> None:
        if self.model:
            assert self._table() == self.model

    @invariant()
    def no_number_is_held_twice(self) -> None:
        if self.model:
            held = [row[1] for row in self._table().values() if row[1]]
            assert len(held) == len(set(held))


Target.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestTarget = Target.TestCase
