"""How well and how fast duplicates are found: python benchmarks/linkage.py [rows ...].

Every name is put together from syllables, so that nobody exists. A fifth of the rows are
second spellings: slips of the keys, swapped and shortened names, other phones, moves, missing
values. Around them the traps: households, owners of several firms, a bookkeeper's address,
namesakes, firms of one name in two towns. The phone numbers are none that a country gives.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from custclean.stages.link import evaluate, find_duplicates

FIELDS = (
    "record_id display_name company given_name family_name email phone street postcode city"
    " country tax_id entity"
).split()
SYLLABLES = (
    "ba ri no ke lu ta mo si ve da ro li ga ne pu zo fa mi te ho ja ku bre sto gra ple".split()
)
FORMS = {
    "DK": "ApS A/S I/S",
    "IT": "S.r.l. S.p.A. S.n.c.",
    "DE": "GmbH KG UG",
    "US": "Inc. LLC Corp.",
}
ROADS = {"DK": "{}vej {}", "IT": "Via {} {}", "DE": "{}straße {}", "US": "{1} {0} Street"}
DIAL = {"DK": "+45", "IT": "+39", "DE": "+49 199", "US": "+1"}
TRADES = (
    "Bakery Byg Transport Design Garden Optik Studio Consulting Foods Metal Print Marine"
).split()


@dataclass
class Maker:
    """Makes customers one after the other; the same seed, the same customers."""

    seed: int
    rows: list[dict[str, str | None]] = field(default_factory=list)
    mailboxes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        words = [self.word(2, 3) for _ in range(6000)]
        self.given, self.family = words[:700], words[700:]
        self.cities = [
            (self.word(2, 4), f"{self.random.randrange(1000, 9999)}") for _ in range(300)
        ]

    def word(self, least: int, most: int) -> str:
        """Put a name together."""
        size = self.random.randint(least, most)
        return "".join(self.random.choice(SYLLABLES) for _ in range(size)).capitalize()

    def often(self, words: list[Any]) -> Any:
        """Draw the first words far more often than the last, as names are."""
        return words[int(20 * ((len(words) / 20 + 1) ** self.random.random() - 1))]

    def place(self, land: str) -> dict[str, str]:
        """Choose where somebody lives."""
        city, postcode = self.often(self.cities)
        road = ROADS[land].format(self.word(2, 4), self.random.randrange(1, 200))
        return {"street": road, "postcode": postcode, "city": city}

    def phone(self, land: str) -> str:
        """Give a number of the reserved kind."""
        return f"{DIAL[land]} 555 {self.random.randrange(10**6):06d}"

    def person(self, entity: str) -> dict[str, str | None]:
        """Make somebody."""
        land = self.random.choice(list(FORMS))
        given, family = self.often(self.given), self.often(self.family)
        mail = f"{given}.{family}".lower()
        count = self.mailboxes[mail] = self.mailboxes.get(mail, 0) + 1
        mail += str(count) if count > 1 else ""
        return dict.fromkeys(FIELDS) | {
            "display_name": f"{given} {family}", "given_name": given, "family_name": family,
            "email": f"{mail}@{self.random.choice(['mail', 'post', 'web'])}.example.com",
            "phone": self.phone(land), "country": land, "entity": entity,
            **self.place(land),
        }  # fmt: skip

    def firm(self, entity: str) -> dict[str, str | None]:
        """Make a firm with a contact."""
        row = self.person(entity)
        land = str(row["country"])
        name = f"{self.word(2, 4)} {self.random.choice(TRADES)}"
        row["company"] = f"{name} {self.random.choice(FORMS[land].split())}"
        row["display_name"] = row["company"]
        site = name.replace(" ", "").lower()
        count = self.mailboxes[site] = self.mailboxes.get(site, 0) + 1
        row["email"] = f"info@{site}{count if count > 1 else ''}.example"
        if self.random.random() < 0.5:
            row["tax_id"] = f"{land}{self.random.randrange(10**7, 10**8)}"
        return row

    def typo(self, text: str | None) -> str | None:
        """Let the keys slip once."""
        if not text or len(text) < 4:
            return text
        at = self.random.randrange(1, len(text) - 2)
        kind = self.random.randrange(3)
        new = {0: text[at + 1] + text[at], 1: "", 2: text[at] * 2}[kind]
        return text[:at] + new + text[at + (2 if kind == 0 else 1) :]

    def again(self, row: dict[str, str | None]) -> dict[str, str | None]:
        """Write a customer down a second time, with one to three faults."""
        new = dict(row)
        faults = (
            "typo_name swap case phone no_phone no_email move no_form nick drop_place".split()
        )
        for fault in self.random.sample(faults, self.random.randint(1, 3)):
            self.fault(new, fault)
        return new

    def fault(self, row: dict[str, str | None], fault: str) -> None:
        """Put one fault into a row, if it is one that such a row can have."""
        shown, given, family = row["display_name"], row["given_name"], row["family_name"]
        bare = str(row["company"]).rsplit(" ", 1)[0]
        typo, phone = self.typo(row["company"]), str(row["phone"]).replace(" ", "")
        both: dict[str, dict[str, str | None]] = {
            "case": {"display_name": str(shown).upper()},
            "phone": {"phone": phone[3:]},
            "no_phone": {"phone": None},
            "no_email": {"email": None},
            "move": dict(self.place(str(row["country"]))),
            "drop_place": {"street": None, "postcode": None, "city": None},
        }
        firms: dict[str, dict[str, str | None]] = {
            "typo_name": {"company": typo, "display_name": typo},
            "no_form": {"company": bare, "display_name": bare},
        }
        people: dict[str, dict[str, str | None]] = {
            "typo_name": {"display_name": self.typo(shown), "family_name": self.typo(family)},
            "swap": {"display_name": f"{family}, {given}"},
            "nick": {
                "given_name": f"{given}"[:1],
                "display_name": f"{given}"[:1] + f". {family}",
            },
        }
        row.update((both | (firms if row["company"] else people)).get(fault, {}))

    def trap(self, row: dict[str, str | None], number: int) -> dict[str, str | None]:
        """Make somebody else who looks like this customer."""
        entity = f"T{number}"
        if not row["company"]:  # somebody of the same household
            other = self.person(entity)
            same = {
                k: row[k]
                for k in ("family_name", "street", "postcode", "city", "country", "phone")
            }
            return (
                other | same | {"display_name": f"{other['given_name']} {row['family_name']}"}
            )
        other = self.firm(entity)
        if number % 3 == 0:  # the same name in another town
            row = row | {"email": f"info{number}@{str(row['email']).split('@')[-1]}"}
            return other | {
                "email": row["email"],
                "company": row["company"],
                "display_name": row["display_name"],
            }
        owner = (
            "given_name",
            "family_name",
            "email",
            "phone",
            "street",
            "postcode",
            "city",
            "country",
        )
        return other | {k: row[k] for k in owner}

    def make(self, rows: int) -> pl.DataFrame:
        """Give so many records, shuffled, with the entity of each."""
        while len(self.rows) < rows:
            number = len(self.rows)
            row = (
                self.firm(f"E{number}")
                if self.random.random() < 0.4
                else self.person(f"E{number}")
            )
            if number % 50 == 0:  # one bookkeeper's address for many
                row["email"] = f"books{number // 2000}@tally.example"
            self.rows.append(row)
            if self.random.random() < 0.2:
                self.rows.append(self.again(row))
            if self.random.random() < 0.05:
                self.rows.append(self.trap(row, number))
        self.random.shuffle(self.rows)
        table = pl.DataFrame(self.rows[:rows], schema=dict.fromkeys(FIELDS, pl.String))
        return table.with_columns(record_id=pl.int_range(pl.len()).cast(pl.String))


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    find_duplicates(Maker(0).make(100))  # imports and tables
    for size in given.sizes:
        table = Maker(given.seed).make(size)
        wall, cpu = time.perf_counter(), time.process_time()
        found = find_duplicates(table.drop("entity"))
        clusters = found.clusters()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        quality = evaluate(clusters, table.select("record_id", "entity"))
        print(f"{size:>9,} rows  {wall:6.2f} s  {cpu:6.2f} CPU s  {memory:6.0f} MB  {quality}")


if __name__ == "__main__":
    main()
