"""Phone numbers in every spelling, and mailboxes at home and at work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from benchmarks.customers.draw import (
    any_of,
    by_kind,
    by_share,
    chance,
    digits,
    each_once,
    fill,
    often,
)

if TYPE_CHECKING:
    from benchmarks.customers.draw import Ints

AREAS = {  # of landlines, without the 0 before it; a town keeps its area
    "en_US": "212 213 312 713 602 215 210 619 214 512 904 614 704 206 303 617 615 503 702"
    " 313 901 410 414 520 404 305 510 813 315 412 502 608 707 804 859 919 937 208 307 406"
    " 505 605",
    "en_GB": "20 121 161 113 141 151 117 114 131 116 1202 1204 1223 1224 1225 1227 1242"
    " 1244 1254 1268 1270 1282 1302 1332 1353 1384 1422 1442 1473 1483 1522 1582 1604 1709"
    " 1752 1865",
    "it_IT": "06 02 081 011 091 010 051 055 080 095 045 041 049 030 0521 059 0574 070 075"
    " 035 0461 0543 0444 0471 0432 0832 085 0131 0161 0183 0376 0422 0541 0586 0733 0823"
    " 0874 0965",
    "pt_BR": "11 21 61 71 85 31 92 41 81 62 51 91 19 98 82 84 67 86 83 16 34 15 65 47 43 48"
    " 27",
    "fr_FR": "1 2 3 4 5", "es_ES": "91 93 96 95 976 952 968 971 94 98 957 983 986 958 922 "
    "948 985",
    "da_DK": "33 35 38 43 44 45 46 47 48 49 54 55 56 58 59 62 63 64 65 66 74 75 76 86 87 89"
    " 96 97",
    "de_DE": "30 40 89 221 69 711 211 341 231 201 421 351 511 911 203 234 202 521 228 251"
    " 621 721 821 611 431 241 761 2102 2151 3641 4131 5251 6021 7071 8031 9131 2405 4321"
    " 5531 7031",
}  # fmt: skip
WIDTHS = {  # how many digits the whole number has
    "en_US": 10, "en_GB": 10, "it_IT": 9, "pt_BR": 10, "fr_FR": 9, "es_ES": 9, "da_DK": 8,
    "de_DE": 10,
}  # fmt: skip
MOBILES = {  # their first digits, and how many follow
    "en_US": ("917 646 310 773 832 480 267 858 469 737 980 720 857 971 725", 7),
    "en_GB": ("7400 7508 7711 7802 7890 7912 7956 7988 7305", 6),
    "it_IT": ("320 328 333 335 338 340 347 348 349 366 380 388 391", 7),
    "pt_BR": ("11 21 61 71 85 31 41 81 62 51 19 47", 8),
    "fr_FR": ("60 61 62 63 64 66 67 68 74 75 76 77 78", 7),
    "es_ES": ("60 61 62 63 64 65 66 67 68 69 71 72", 7),
    "da_DK": ("20 21 22 23 26 28 30 40 50 51 60 61", 6),
    "de_DE": ("151 152 157 160 162 163 170 171 172 173 175 176 177 178 179", 8),
}  # fmt: skip
SPELLINGS = {  # shares; {a} area, {s} the rest, {s2:4} a part of it, {n} all digits
    "en_US": "30:({a}) {s0:3}-{s3:9};25:{a}-{s0:3}-{s3:9};12:{n};10:+1{n};"
    "8:+1 {a}-{s0:3}-{s3:9};8:{a}.{s0:3}.{s3:9};4:1-{a}-{s0:3}-{s3:9};3:{a} {s0:3} {s3:9}",
    "en_GB": "40:0{a} {s};25:0{n};12:+44 {a} {s};10:+44{n};6:+44 (0){a} {s};"
    "4:0{a} {s0:3} {s3:9};3:(0{a}) {s}",
    "it_IT": "30:{a} {s};25:{n};12:+39 {a} {s};12:+39{n};8:{a}/{s};4:0039{n};5:{a}-{s};"
    "4:{a}.{s}",
    "pt_BR": "30:({a}) {s0:-4}-{s-4:9};15:{n};12:+55 {a} {s0:-4}-{s-4:9};12:({a}) {s};"
    "8:+55{n};8:0{a} {s0:-4}-{s-4:9};6:{a} {s0:-4}-{s-4:9};5:({a}){s}",
    "fr_FR": "40:0{a} {s0:2} {s2:4} {s4:6} {s6:9};20:0{n};"
    "12:+33 {a} {s0:2} {s2:4} {s4:6} {s6:9};10:+33{n};8:0{a}.{s0:2}.{s2:4}.{s4:6}.{s6:9};"
    "4:0{a}-{s0:2}-{s2:4}-{s4:6}-{s6:9};3:0033{n}",
    "es_ES": "30:{n};25:{n0:3} {n3:6} {n6:9};20:{n0:3} {n3:5} {n5:7} {n7:9};"
    "12:+34 {n0:3} {n3:6} {n6:9};8:+34{n};5:{n0:3}-{n3:6}-{n6:9}",
    "da_DK": "30:{n};30:{n0:2} {n2:4} {n4:6} {n6:8};12:+45 {n0:2} {n2:4} {n4:6} {n6:8};"
    "12:+45{n};6:+45 {n};4:{n0:4} {n4:8};3:0045{n};3:{n0:2}-{n2:4}-{n4:6}-{n6:8}",
    "de_DE": "25:0{a} {s};15:0{a}/{s};15:+49 {a} {s};12:0{n};10:+49{n};8:0{a}-{s};"
    "8:(0{a}) {s};4:0049 {a} {s};3:+49 (0){a} {s}",
}
FREE = {  # mailboxes of people, the commoner first
    "en_US": "gmail.com yahoo.com hotmail.com aol.com outlook.com icloud.com comcast.net"
    " verizon.net att.net sbcglobal.net",
    "en_GB": "hotmail.co.uk googlemail.com btinternet.com yahoo.co.uk sky.com live.co.uk"
    " ntlworld.com virginmedia.com talktalk.net",
    "it_IT": "gmail.com libero.it hotmail.it alice.it tiscali.it virgilio.it yahoo.it"
    " outlook.it tin.it icloud.com pec.it",
    "pt_BR": "gmail.com hotmail.com yahoo.com.br uol.com.br bol.com.br terra.com.br"
    " ig.com.br outlook.com globo.com",
    "fr_FR": "gmail.com orange.fr wanadoo.fr free.fr hotmail.fr laposte.net sfr.fr yahoo.fr"
    " live.fr outlook.fr",
    "es_ES": "gmail.com hotmail.com yahoo.es telefonica.net outlook.es hotmail.es live.com"
    " movistar.es ono.com",
    "da_DK": "gmail.com hotmail.com live.dk mail.dk outlook.dk yahoo.dk mail.tele.dk"
    " stofanet.dk jubii.dk icloud.com",
    "de_DE": "web.de gmx.de t-online.de gmail.com gmx.net freenet.de hotmail.de yahoo.de"
    " outlook.de arcor.de",
}
LOCAL = {  # how people write themselves before the @
    "{given}.{family}": 30, "{given}{family}": 14, "{g}.{family}": 5, "{g}{family}": 7,
    "{given}_{family}": 5, "{given}.{family}{number}": 8, "{given}{family}{year}": 10,
    "{given}{number}": 5, "{family}.{given}": 6, "{family}{g}": 4, "{given}{year}": 3,
    "{given}.{family}{year}": 3,
}  # fmt: skip
SITES = {
    "en_US": "com com com com net us", "en_GB": "co.uk co.uk co.uk com uk",
    "it_IT": "it it it com eu", "pt_BR": "com.br com.br com.br com",
    "fr_FR": "fr fr fr com", "es_ES": "es es com com", "da_DK": "dk dk dk dk com",
    "de_DE": "de de de de com",
}  # fmt: skip
DESKS = {
    "en_US": "info office sales contact billing admin accounting service",
    "en_GB": "info enquiries office sales accounts admin contact",
    "it_IT": "info amministrazione commerciale contabilita ufficio segreteria",
    "pt_BR": "contato financeiro comercial vendas atendimento adm",
    "fr_FR": "contact info compta secretariat commercial accueil",
    "es_ES": "info administracion contacto comercial facturacion oficina",
    "da_DK": "info kontakt mail faktura kontor post bogholderi",
    "de_DE": "info kontakt buero office verwaltung buchhaltung mail",
}
TRANSCRIBED = {"ø": "oe", "æ": "ae", "å": "aa", "ö": "oe", "ä": "ae", "ü": "ue", "ß": "ss",
               "Ø": "Oe", "Æ": "Ae", "Å": "Aa", "Ö": "Oe", "Ä": "Ae", "Ü": "Ue"}  # fmt: skip
BARE = {"ø": "o", "æ": "ae", "Ø": "O", "Æ": "AE", "ß": "ss", "º": "", "ª": ""}


def transcribed(text: pl.Expr) -> pl.Expr:
    """Write ø as oe and ü as ue, as Danes and Germans do; other accents go."""
    return plain(text.str.replace_many(list(TRANSCRIBED), list(TRANSCRIBED.values())))


def plain(text: pl.Expr) -> pl.Expr:
    """Leave out accents."""
    bare = text.str.replace_many(list(BARE), list(BARE.values()))
    return bare.str.normalize("NFKD").str.replace_all(r"\p{M}", "")


def slug(words: pl.Series, locale: str) -> pl.Series:
    """Write words as an address has them."""
    fold = transcribed if locale in ("da_DK", "de_DE") else plain
    text = fold(pl.lit(words)).str.to_lowercase().str.replace_all("[^a-z0-9]", "")
    return pl.select(text).to_series()


def numbers(rng: np.random.Generator, locale: str, town: Ints) -> pl.DataFrame:
    """Draw a landline (area, line) and a mobile (m_area, m_line) for each."""
    size = len(town)
    areas = AREAS[locale].split()
    area = pl.Series(areas).gather(town % len(areas))
    width = WIDTHS[locale] - area.str.len_chars().to_numpy().astype(np.int64)
    turn = area.to_frame("area").select(pl.int_range(pl.len()).over("area")).to_series()
    line = pl.Series(_lines(rng, width, turn.to_numpy())).cast(pl.String)
    first, more = MOBILES[locale]
    mobile = digits(each_once(rng, 2 * 10 ** (more - 1), 10**more - 1, size), more)
    if locale == "pt_BR":
        mobile = "9" + mobile
    return pl.DataFrame(
        {
            "area": area,
            "line": line,
            "m_area": any_of(rng, first.split(), size),
            "m_line": mobile,
        }
    )


def _lines(rng: np.random.Generator, width: Ints, turn: Ints) -> Ints:
    """Give each turn within an area another number of the area's width."""
    span = 4 * 10 ** (width - 1)
    step = (span * 0.6180339887).astype(np.int64) | 1
    return 2 * 10 ** (width - 1) + (int(rng.integers(0, 10**5)) + turn * step) % span


def spellings(rng: np.random.Generator, locale: str, size: int) -> Ints:
    """Draw how phone numbers are written."""
    return by_share(rng, _shares(locale), size)


def _shares(locale: str) -> dict[object, float]:
    entries = SPELLINGS[locale].split(";")
    return {at: float(entry.split(":", 1)[0]) for at, entry in enumerate(entries)}


def written(locale: str, area: pl.Series, line: pl.Series, spelling: Ints) -> pl.Series:
    """Write phone numbers in their spellings."""
    patterns = [entry.split(":", 1)[1] for entry in SPELLINGS[locale].split(";")]
    parts = {"a": area, "s": line, "n": area + line}

    def made(kind: int, at: Ints) -> pl.Series:
        text = pl.Series([""]).new_from_index(0, len(at))
        for piece in re.split(r"[{}]", patterns[kind]):
            slot = re.fullmatch(r"([asn])(?:(-?\d+):(-?\d+))?", piece)
            text = text + (_cut(parts[slot[1]].gather(at), slot) if slot else piece)
        return text

    return by_kind(spelling, made)


def _cut(value: pl.Series, slot: re.Match[str]) -> pl.Series:
    if slot[2] is None:
        return value
    start, end = int(slot[2]), int(slot[3])
    if end < 0:
        return value.str.head(end)
    return value.str.slice(start, end - start) if start >= 0 else value.str.tail(-start)


def own_mailboxes(rng: np.random.Generator, locale: str, people: pl.DataFrame) -> pl.DataFrame:
    """Draw people's mailboxes: local and domain; a local part taken gets a number."""
    size = people.height
    given, family = slug(people["given"], locale), slug(people["family"], locale)
    words = {
        "given": given,
        "family": family,
        "g": given.str.slice(0, 1),
        "year": digits(rng.integers(40, 100, size), 2),
        "number": pl.Series(rng.integers(1, 999, size)).cast(pl.String),
    }
    local = fill(list(LOCAL), by_share(rng, LOCAL, size), words)
    return _once(local, often(rng, FREE[locale].split(), size, flat=2))


GOOGLE = ("gmail.com", "googlemail.com")


def _once(local: pl.Series, domain: pl.Series) -> pl.DataFrame:
    """Give the local parts that are taken already a number; at Google dots say nothing."""
    frame = pl.DataFrame({"local": local, "domain": domain})
    bare = pl.col("local").str.replace_all(".", "", literal=True)
    mailbox = pl.when(pl.col("domain").is_in(GOOGLE)).then(bare).otherwise("local")
    for glue in ("", "_"):  # the number itself may be taken
        taken = pl.int_range(pl.len()).over(mailbox, "domain")
        again = pl.col("local") + glue + taken.cast(pl.String)
        frame = frame.with_columns(local=pl.when(taken > 0).then(again).otherwise("local"))
    return frame


def work_mailboxes(
    rng: np.random.Generator, locale: str, firms: pl.DataFrame, contact: np.ndarray
) -> pl.DataFrame:
    """Draw firms' mailboxes: at a site of their own, or with a free provider."""
    size = firms.height
    words = firms["body"].str.replace(r"( (?:&|and|e|et|y|og|und) .*)?$", "")
    whole, brief = slug(words, locale), slug(words.str.extract(r"^(\S+(?: \S+)?)"), locale)
    long = whole.str.len_chars() > 20
    name = pl.select(pl.when(long).then(brief).otherwise(whole)).to_series()
    town = slug(firms["city"], locale).str.slice(0, 10)
    taken = pl.int_range(pl.len()).over("name")
    again = pl.int_range(pl.len()).over("name", "town")
    site = pl.DataFrame({"name": name, "town": town}).select(
        pl.when(taken == 0).then("name")
        .when(again == 0).then(pl.col("name") + "-" + pl.col("town"))
        .otherwise(pl.col("name") + "-" + pl.col("town") + again.cast(pl.String))
    ).to_series()  # fmt: skip
    domain = site + "." + any_of(rng, SITES[locale].split(), size)
    desk = often(rng, DESKS[locale].split(), size, flat=1.5)
    given, family = slug(firms["given"], locale), slug(firms["family"], locale)
    by_name = [given, given + "." + family, given.str.slice(0, 1) + family]
    kinds = np.where(contact & chance(rng, 0.55, size), rng.integers(1, 4, size), 0)
    local = by_kind(kinds, lambda kind, at: ([desk, *by_name][kind]).gather(at))
    free = chance(rng, 0.2, size)
    other = _once(site, often(rng, FREE[locale].split(), size, flat=2))
    pick = pl.Series(free)
    return pl.select(
        local=pl.when(pick).then(other["local"]).otherwise(local),
        domain=pl.when(pick).then(other["domain"]).otherwise(domain),
    )


def suite(locale: str, number: pl.Series) -> pl.Series:
    """Name a room in a business centre."""
    words = {"en_US": "Suite ", "en_GB": "Unit ", "it_IT": "int. ", "pt_BR": "Sala ",
             "fr_FR": "Bureau ", "es_ES": "Oficina ", "da_DK": "lokale ",
             "de_DE": "Büro "}  # fmt: skip
    return words[locale] + number
