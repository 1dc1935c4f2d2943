"""A small client list and the means to write uploads, without the code under test."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

CLIENT_LIST = '''\
Display name,Company ID,Client number,E-mail,Subscription,Note\r
"Rossi, Anna",9001,,anna@example.com,Plus,"says ""hi"""\r
Bäckerei Übel GmbH,9002,00002,info@uebel.example,None,\r
Café Brûlé,9003,,cafe@example.org,,\r
"No id yet",,,who@example.net,,\r
Plus Too,9005,00005,,Simple Start,"two\r
lines"\r
'''
HIDDEN = {
    "schema": 1,
    "inactive": [
        {"Company ID": "9100", "Display name": "Gone Quiet", "Client number": "00100"}
    ],
    "scheduled": [
        {"before_upload": 2, "do": "rename", "company_id": "9003", "display_name": "Café Neu"},
        {"before_upload": 2, "do": "remove", "company_id": "9005"},
    ],
}
EN = ("Company ID", "Display name", "Client number")
PT = ("ID da empresa", "Nome de exibição", "Número do cliente")


@pytest.fixture
def client_list(tmp_path: Path) -> Path:
    path = tmp_path / "client_list.csv"
    path.write_bytes(CLIENT_LIST.encode("utf-8-sig"))
    return path


@pytest.fixture
def hidden(tmp_path: Path) -> Path:
    path = tmp_path / "hidden.json"
    path.write_text(json.dumps(HIDDEN), encoding="utf-8")
    return path


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows under headings as CSV; give the path."""

    def _write(
        rows: Iterable[Iterable[str]],
        *,
        headings: Iterable[str] = EN,
        name: str = "upload.csv",
        encoding: str = "utf-8",
    ) -> Path:
        out = io.StringIO(newline="")
        csv.writer(out).writerows([headings, *rows])
        path = tmp_path / name
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    return _write
