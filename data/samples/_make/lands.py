"""The words of a country, and values made from them: phones, tax ids, folded names."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stdnum import luhn
from stdnum.br import cnpj
from stdnum.de import vat as de_vat
from stdnum.dk import cvr
from stdnum.es import cif
from stdnum.gb import vat as gb_vat
from stdnum.it import iva

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

Check = tuple[str, int, "Callable[[str], bool]"]
# The prefix of a firm's tax id, how many digits follow it, and who checks it.
TAX: Mapping[str, Check] = {
    "da": ("", 8, cvr.is_valid),
    "gb": ("", 9, gb_vat.is_valid),
    "de": ("DE", 9, de_vat.is_valid),
    "es": ("B", 8, cif.is_valid),
    "it": ("", 11, iva.is_valid),
    "pt": ("", 14, cnpj.is_valid),
}
SPECIAL = {"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}


def fold(text: str) -> str:
    """Take the accents off, as careless systems do."""
    plain = "".join(SPECIAL.get(c, c) for c in text)
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in parts if not unicodedata.combining(c))


def slug(text: str) -> str:
    """Give letters and digits only, small, for domains and local parts."""
    return "".join(c for c in fold(text).lower() if c.isalnum())


@dataclass(frozen=True, slots=True)
class Phone:
    """A number of a reserved range; the parts a style needs."""

    land: str
    area: str
    subscriber: str

    @property
    def digits(self) -> str:
        """What makes it the same number, however it is written."""
        return LANDS[self.land].prefix + self.area + self.subscriber

    def write(self, style: str) -> str:
        """Write it as `style` says."""
        sub = self.subscriber
        pairs = [sub[i : i + 2] for i in range(0, len(sub), 2)]
        return style.format(
            a=self.area,
            s=sub,
            p=" ".join(pairs),
            q=".".join(pairs),
            d=f"{sub[:-4]}-{sub[-4:]}",
        )


@dataclass(frozen=True, slots=True)
class Land:
    """One country's words."""

    code: str
    country: tuple[str, ...]
    weight: int
    prefix: str
    men: tuple[str, ...]
    women: tuple[str, ...]
    family: tuple[str, ...]
    nicknames: Mapping[str, str]
    coined: tuple[str, ...]
    activities: tuple[str, ...]
    joint: str
    forms: Mapping[str, tuple[str, ...]]
    twins: tuple[str, ...]
    kin: tuple[str, ...]
    streets: tuple[str, ...]
    street_words: tuple[str, ...]
    short: tuple[tuple[str, str], ...]
    cities: tuple[tuple[str, str, str], ...]
    phones: tuple[tuple[str, str], ...]
    styles: tuple[str, ...]

    def phone(self, rng: random.Random) -> Phone:
        """Draw a number of a reserved range."""
        area, mask = rng.choice(self.phones)
        digits = "".join(str(rng.randrange(10)) if c == "*" else c for c in mask)
        return Phone(self.code, area, digits)

    def tax(self, rng: random.Random) -> str:
        """Draw a firm's tax id with right check digits."""
        if self.code == "us":
            return f"{rng.choice(('27', '45', '82'))}-{rng.randrange(10**7):07}"
        if self.code == "fr":
            siren = f"{rng.randrange(10**7, 10**8)}"
            siren += luhn.calc_check_digit(siren)
            return f"FR{(12 + 3 * int(siren)) % 97:02}{siren}"
        prefix, size, valid = TAX[self.code]
        while True:
            body = f"{rng.randrange(10 ** (size - 2)):0{size - 2}}"
            if self.code == "pt":  # a first branch, as nearly all are
                body = body[:8] + "0001"
            found = (f"{prefix}{body}{n:02}" for n in range(100))
            right = next((number for number in found if valid(number)), "")
            if right:
                return right


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.replace("_", " ") for w in text.split())


def _bars(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


def _map(parts: tuple[str, ...]) -> dict[str, str]:
    return {left: right for left, _, right in (p.partition("=") for p in parts)}


def _land(code: str, raw: Mapping[str, str | int]) -> Land:
    text = {key: str(value) for key, value in raw.items()}
    forms = _map(_bars(text["forms"]))
    phones = tuple(p.rpartition("|")[::2] for p in text["phones"].split("||"))
    cities = tuple(tuple(c.split(":")) for c in _bars(text["cities"]))
    return Land(
        code=code,
        country=_bars(text["country"]),
        weight=int(text["weight"]),
        prefix=text["prefix"],
        men=_words(text["men"]),
        women=_words(text["women"]),
        family=_words(text["family"]),
        nicknames=_map(_words(text["nicknames"])),
        coined=_words(text["coined"]),
        activities=_bars(text["activities"]),
        joint=text["joint"],
        forms={form: tuple(others.split(",")) for form, others in forms.items()},
        twins=_bars(text["twins"]),
        kin=_bars(text["kin"]),
        streets=_bars(text["streets"]),
        street_words=_words(text["street_words"]),
        short=tuple(_map(_bars(text["short"])).items()),
        cities=tuple((a, b, c) for a, b, c in cities),
        phones=tuple((area, sub) for area, sub in phones),
        styles=_bars(text["styles"]),
    )


_RAW = tomllib.loads((Path(__file__).parent / "lands.toml").read_text("utf-8"))
LANDS: Mapping[str, Land] = {code: _land(code, raw) for code, raw in _RAW.items()}
