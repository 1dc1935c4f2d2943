"""How long reading takes and how much memory: a million customers, clean and with faults.

Each reading is a process of its own; of three the fastest counts. What is measured is the
call, imports aside; memory is the most that the process ever had.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

__all__ = ["one", "report"]

ROWS = 1_000_000
RUNS = 3
FIRST = ["Søren", "Anaïs", "Jürgen", "José", "Ann", "Bob", "Cid", "Dora", "Eve", "Fay"]
LAST = ["Example", "Müller", "Lefèvre", "Sample", "Invented", "Pérez", "Jørgensen", "Fable"]
STREETS = ["High Street", "Rue du Modèle", "Musterweg", "Via Esempio", "Eksempelvej"]
CITIES = ["Århus", "Malmö", "Köln", "Lyon", "Leeds", "Bergen", "Málaga", "Udine"]
NOTES = ['said "later"', "calls, then writes", "", "", "", "", "", ""]
MB = 1e6


def customers(rows: int) -> pl.DataFrame:
    """Give a clean list of 16 columns, the same each time."""
    rng = np.random.default_rng(7)
    number = np.arange(rows)

    def pick(words: list[str]) -> pl.Series:
        return pl.Series(words).gather(rng.integers(0, len(words), rows))

    def digits(low: int, high: int, form: str) -> pl.Series:
        values = pl.Series(rng.integers(low, high, rows)).cast(pl.String)
        return pl.select(pl.format(form, values)).to_series()

    frame = pl.DataFrame({"n": number}).select(
        Number=pl.format("00{}", pl.col("n") + 1_000_000)
    )
    names = pl.DataFrame({"first": pick(FIRST), "last": pick(LAST)})
    return pl.DataFrame(
        {
            "Number": frame["Number"],
            "Name": names.select(pl.format("{} {}", "first", "last")).to_series(),
            "Company": pick([f"{word} Ltd" for word in LAST]),
            "E-mail": digits(0, 10**9, "p{}@shop.example"),
            "Phone": digits(100, 1_000, "+44 20 7946 0{}"),
            "Mobile": digits(10, 100, "202-555-01{}"),
            "Street": pick(STREETS),
            "House": digits(1, 200, "{}"),
            "Postcode": digits(1_000, 99_999, "0{}"),
            "City": pick(CITIES),
            "Country": pick(["DK", "DE", "FR", "GB", "IT", "NO"]),
            "Joined": digits(10, 28, "2019-03-{}"),
            "Balance": digits(0, 100_000, "{}.50"),
            "VAT": digits(10**7, 10**8, "DK{}"),
            "Terms": pick(["Net 30", "Net 8", "Due on receipt"]),
            "Note": pick(NOTES),
        }
    )


def report() -> tuple[str, bool]:
    """Measure all; give a table and whether the goals are reached."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _files(folder)
        found = {(reader, file): _best(reader, files[file]) for reader, file in _plan()}
    lines = [
        "## Time and memory\n",
        f"A customer list of {ROWS:,} rows and 16 columns; best of {RUNS} processes.\n",
        "| reader | file | MB | seconds | MB/s | CPU seconds | memory, times the file |",
        "|---|---|---|---|---|---|---|",
    ]
    for (reader, file), each in found.items():
        size, wall = each["size"] / MB, each["wall"]
        figures = f"{size:.0f} | {wall:.2f} | {size / wall:.0f} | {each['cpu']:.2f}"
        lines.append(f"| {reader} | {file} | {figures} | {each['peak'] / each['size']:.1f} |")
    goals = _goals(found)
    lines += [
        "",
        *[f"- {what}: {'reached' if good else 'NOT REACHED'}" for what, good in goals],
    ]
    return "\n".join(lines) + "\n", all(good for _, good in goals)


def _plan() -> list[tuple[str, str]]:
    rivals = ["DuckDB to Arrow", "polars", "pandas"]
    ours = ["one fault", "a fault in 300 rows", "doubled", "cp1252", "UTF-16"]
    other = ["xlsx", "mbox", "vcf"]
    return [
        ("custclean", "clean"),
        *[(reader, "clean") for reader in rivals],
        *[("custclean", file) for file in [*ours, *other]],
    ]


def _goals(found: dict[tuple[str, str], dict[str, float]]) -> list[tuple[str, bool]]:
    clean, duck = found["custclean", "clean"], found["DuckDB to Arrow", "clean"]
    faulty = [found["custclean", file] for file in ("one fault", "a fault in 300 rows")]
    slowest = min(each["size"] / each["wall"] / MB for each in faulty)
    ratio = found["custclean", "doubled"]["wall"] / clean["wall"]
    half = duck["wall"] / clean["wall"]
    times = clean["peak"] / clean["size"]
    return [
        (f"{half:.2f} of DuckDB's speed (goal: 0.5)", half >= 0.5),
        (f"memory {times:.1f} times the file (goal: below 4)", times < 4),
        (f"with faults {slowest:.0f} MB/s at least (goal: 20)", slowest >= 20),
        (f"twice the file takes {ratio:.2f} times as long (goal: 2.3 at most)", ratio <= 2.3),
    ]


def _files(folder: Path) -> dict[str, Path]:
    """Write every file that is measured."""
    frame = customers(ROWS)
    clean = frame.write_csv().encode()
    lines = clean.splitlines(keepends=True)
    body = clean[len(lines[0]) :]
    stray = b'0,Ann "Example,"x\n'
    middle = len(lines) // 2
    texts = {
        "clean": clean,
        "one fault": b"".join([*lines[:middle], stray, *lines[middle:]]),
        "a fault in 300 rows": b"".join(
            stray + line if n and n % 300 == 0 else line for n, line in enumerate(lines)
        ),
        "doubled": clean + body,
        "cp1252": clean.decode().encode("cp1252"),
        "UTF-16": clean.decode().encode("utf-16"),
        "mbox": b"".join(map(_mail, range(20_000))),
        "vcf": b"".join(map(_card, range(50_000))),
    }
    paths = {name: folder / f"{name.replace(' ', '_')}.csv" for name in texts}
    for name, data in texts.items():
        paths[name].write_bytes(data)
    paths["xlsx"] = folder / "customers.xlsx"
    frame[:100_000].write_excel(paths["xlsx"])
    return paths


def _mail(n: int) -> bytes:
    return (
        f"From p{n}@shop.example Mon Mar  2 10:00:00 2026\n"
        f"From: Ann Example <p{n}@shop.example>\nTo: office@example.org\n"
        f"Subject: Order {n}\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n"
        f"Message-ID: <{n}@shop.example>\n\nPlease send {n % 9} of them.\n\n"
    ).encode()


def _card(n: int) -> bytes:
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Example;Ann {n};;;\r\nFN:Ann {n} Example\r\n"
        f"EMAIL;TYPE=WORK:p{n}@shop.example\r\nTEL;TYPE=CELL:202-555-01{n % 99:02}\r\n"
        "END:VCARD\r\n"
    ).encode()


def _best(reader: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.speed", reader, str(path)]
    runs = [json.loads(subprocess.check_output(command)) for _ in range(RUNS)]
    return min(runs, key=lambda run: run["wall"])


def one(reader: str, path: str) -> None:
    """Read a file once and print what it took; this is what runs in a process of its own."""
    read = _reader(reader)
    wall, cpu = time.perf_counter(), time.process_time()
    kept: Any = read(path)
    found = {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak": _peak(),
        "size": Path(path).stat().st_size,
    }
    del kept
    print(json.dumps(found))


def _peak() -> int:
    """Give the most memory this program had; what it was forked from does not count."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def _reader(name: str) -> Any:
    """Give a reader of text columns; its package is imported before the clock starts."""
    if name == "custclean":
        from custclean.tables import read_table  # noqa: PLC0415

        return read_table
    if name == "polars":
        return lambda path: pl.read_csv(path, infer_schema=False)
    if name == "pandas":
        import pandas as pd  # noqa: PLC0415

        return lambda path: pd.read_csv(path, dtype=str)
    import duckdb  # noqa: PLC0415

    return lambda path: duckdb.read_csv(path, all_varchar=True).to_arrow_table()


if __name__ == "__main__":
    one(*sys.argv[1:])
