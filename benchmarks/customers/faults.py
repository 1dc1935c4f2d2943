"""Further records of customers already there, each with one to four faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from benchmarks.customers import contact, firms, names, places, traps
from benchmarks.customers.draw import any_of, by_share, chance, put
from benchmarks.customers.entities import emptied_again
from benchmarks.customers.shares import FAULTS_OF_FIRMS, FAULTS_OF_PEOPLE, MORE, fewer_faults
from benchmarks.customers.slips import misdialled, typed

if TYPE_CHECKING:
    from benchmarks.customers.draw import Bools, Ints

KINDS = list(dict.fromkeys([*FAULTS_OF_PEOPLE, *FAULTS_OF_FIRMS]))
ANDS = {"en_US": "and", "en_GB": "and", "it_IT": "e", "pt_BR": "e", "fr_FR": "et",
        "es_ES": "y", "da_DK": "og", "de_DE": "und"}  # fmt: skip
SHORT = {  # a street's word: the other way to write it
    "en_US": r"\bStreet$>St,\bSt$>Street,\bAvenue$>Ave,\bAve$>Avenue,\bRoad$>Rd,\bRd$>Road,"
    r"\bDrive$>Dr,\bDr$>Drive,\bBlvd$>Boulevard,\bLn$>Lane,\bCt$>Court,\bPkwy$>Parkway,"
    r"\bWay$>Wy",
    "en_GB": r"\bStreet$>St,\bRoad$>Rd,\bAvenue$>Ave,\bLane$>Ln,\bDrive$>Dr,\bGardens$>Gdns,"
    r"\bClose$>Cl,\bCourt$>Ct,\bCrescent$>Cres,\bTerrace$>Tce,\bGrove$>Gr",
    "it_IT": r"^Via >V. ,^Piazza >P.zza ,^Viale >V.le ,^Corso >C.so ,^Vicolo >V.lo ,^Strada "
    r">Str. ",
    "pt_BR": r"^Rua >R. ,^Avenida >Av. ,^Travessa >Tv. ,^Alameda >Al. ,^Praça >Pça ,"
    r"^Rodovia >Rod. ,^Estrada >Est. ",
    "fr_FR": r"^avenue >av. ,^boulevard >bd ,^place >pl. ,^chemin >ch. ,^allée >all. ,"
    r"^impasse >imp. ,^rue >r. ",
    "es_ES": r"^Calle >C/ ,^Avenida >Avda. ,^Plaza >Pza. ,^Paseo >Pº ,^Camino >Cno. ,"
    r"^Carretera >Ctra. ,^Ronda >Rda. ",
    "da_DK": r"vej$>v.,gade$>g., Allé$> Alle,vænget$>vænge,parken$>park.,stræde$>str.",
    "de_DE": r"straße$>str.,-Straße$>-Str.,platz$>pl.,weg$>w.,allee$>al.",
}


def further(
    rng: np.random.Generator, locale: str, base: pl.DataFrame, many: int, hard: float
) -> pl.DataFrame:
    """Choose whom to write down again, and put faults into what is written."""
    frame = base[_chosen(rng, base.height, many)]
    frame = frame.with_columns(**emptied_again(rng, locale, frame, hard))
    faults = fewer_faults(hard)
    count = np.array(list(faults))[by_share(rng, faults, frame.height)]
    hits = _hits(rng, locale, frame, count)
    for change in (_people, _words, _firms, _reached, _placed, _lost, _hand):
        frame = change(rng, locale, frame, hits)
    return frame


def _chosen(rng: np.random.Generator, size: int, many: int) -> Ints:
    """Draw entities, most of them once, some up to four times."""
    times = np.array(list(MORE))[by_share(rng, MORE, size)]
    return np.repeat(rng.permutation(size), times)[:many]


def _hits(
    rng: np.random.Generator, locale: str, frame: pl.DataFrame, count: Ints
) -> dict[str, Bools]:
    """Draw each record's faults by weight, of those that it can have."""
    firm = frame["firm"].to_numpy()
    can = frame.select(**_possible(locale))
    scores = np.empty((frame.height, len(KINDS)), dtype=np.float32)
    for at, kind in enumerate(KINDS):
        weight = np.where(firm, FAULTS_OF_FIRMS.get(kind, 0), FAULTS_OF_PEOPLE.get(kind, 0))
        weight = weight * (can[kind].to_numpy() if kind in can.columns else 1)
        with np.errstate(divide="ignore"):
            scores[:, at] = np.log(weight) + rng.gumbel(size=frame.height)
    order = np.argsort(-scores, axis=1)
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(len(KINDS))[None, :], axis=1)
    hit = (rank < count[:, None]) & np.isfinite(scores)
    return {kind: hit[:, at] for at, kind in enumerate(KINDS)}


def _possible(locale: str) -> dict[str, pl.Expr]:
    """Tell for each fault which records can have it."""
    has = {name: ~pl.col(f"no_{name}") for name in ("phone", "email", "street", "tax")}
    named = pl.col("contact") | ~pl.col("firm")
    body = pl.col("body").fill_null("")
    form = pl.col("form").fill_null("") != ""
    accented = pl.concat_str("given", "family", "body", ignore_nulls=True)
    alone = ~pl.col("trap").is_in([traps.KINDS.index(name) for name in ("chain", "owner")])
    short = "|".join(pair.split(">")[0] for pair in SHORT[locale].split(","))
    return {
        "typo in name": named, "names swapped": named, "last first": named, "initial": named,
        "nickname": named & pl.col("given").is_in(list(names.nicknames(locale))),
        "middle dropped": pl.col("middle").is_not_null(),
        "second surname dropped": pl.col("family2").is_not_null(),
        "accents plain": accented.str.contains(r"[^\x00-\x7F]"),
        "accents transcribed": accented.str.contains("[øæåöäüßØÆÅÖÄÜ]"),
        "married": ~pl.col("man"),
        "street short": has["street"] & pl.col("street").str.contains(short),
        "unit lost": has["street"] & pl.col("unit").is_not_null(),
        "typo in street": has["street"], "typo in email": has["email"],
        "typo in phone": has["phone"], "phone spelt": has["phone"],
        "other phone": has["phone"],
        "other email": has["email"],
        "tax id spelt": has["tax"] & pl.col("tax_id").is_not_null(),
        "moved": alone, "split lost": ~pl.col("no_split"),
        "form dropped": form, "form spelt": form, "contact only": pl.col("contact") & alone,
        "firm only": pl.col("contact"), "words reordered": body.str.contains(r"\S \S"),
        "acronym": body.str.contains(r"\S \S+ \S"),
        "trade dropped": alone & (_untraded() != body),
        "and spelt": body.str.contains(rf" (&|{ANDS[locale]}) "),
    }  # fmt: skip


def _untraded() -> pl.Expr:
    bare = pl.col("body").str.strip_suffix(" " + pl.col("trade"))
    return pl.when(bare.str.len_chars() > 3).then(bare).otherwise("body").fill_null("")


def _people(
    rng: np.random.Generator, locale: str, frame: pl.DataFrame, hits: dict[str, Bools]
) -> pl.DataFrame:
    size = frame.height
    fresh = names.people(rng, locale, size)
    frame = put(frame, hits["married"], family=fresh["family"])
    short = names.nicknames(locale)
    frame = put(frame, hits["nickname"], given=frame["given"].replace(short))
    nothing = pl.lit(None, dtype=pl.String)
    frame = put(frame, hits["middle dropped"] | hits["initial"], middle=nothing)
    frame = put(frame, hits["second surname dropped"], family2=nothing)
    dot = any_of(rng, [".", ".", ""], size)
    frame = put(frame, hits["initial"], given=frame["given"].str.slice(0, 1) + dot)
    slip = hits["typo in name"]
    family = chance(rng, 0.6, size) | hits["initial"]
    frame = put(frame, slip & family, family=typed(rng, frame["family"]))
    return put(frame, slip & ~family, given=typed(rng, frame["given"]))


def _words(
    rng: np.random.Generator, locale: str, frame: pl.DataFrame, hits: dict[str, Bools]
) -> pl.DataFrame:
    """Change the words of a firm's name."""
    word = ANDS[locale]
    body = pl.col("body")
    other = (
        pl.when(body.str.contains(" & ", literal=True))
        .then(body.str.replace(" & ", f" {word} ", literal=True))
        .otherwise(body.str.replace(f" {word} ", " & ", literal=True))
    )
    frame = put(frame, hits["and spelt"], body=other)
    frame = put(frame, hits["trade dropped"], body=_untraded())
    frame = put(
        frame, hits["words reordered"], body=body.str.replace(r"^(\S+) (.+)$", "$2 $1")
    )
    letters = body.str.replace_all(r"[&.,'-]", " ").str.replace_all(r"\s*(\S)\S*\s*", "$1")
    frame = put(frame, hits["acronym"], body=letters.str.to_uppercase())
    return put(frame, hits["typo in firm"], body=typed(rng, frame["body"]))


def _firms(
    rng: np.random.Generator, locale: str, frame: pl.DataFrame, hits: dict[str, Bools]
) -> pl.DataFrame:
    """Change the legal form, and which of firm and contact is written."""
    turn = rng.integers(0, 12, frame.height)
    for at in range(4):
        table = {
            row[0]: row[1 + at % max(len(row) - 1, 1)]
            for row in firms.forms(locale)
            if row[1:]
        }
        frame = put(
            frame, hits["form spelt"] & (turn % 4 == at), form=frame["form"].replace(table)
        )
    frame = put(frame, hits["form dropped"], form=pl.lit(""))
    frame = put(frame, hits["firm only"], contact=pl.lit(value=False))
    contact_only = hits["contact only"] & ~hits["firm only"] & ~hits["only in name"]
    return frame.with_columns(
        only_name=pl.Series(hits["only in name"]), no_company=pl.Series(contact_only)
    )


def _reached(
    rng: np.random.Generator, locale: str, frame: pl.DataFrame, hits: dict[str, Bools]
) -> pl.DataFrame:
    size = frame.height
    many = len(contact.SPELLINGS[locale].split(";"))
    spelt = pl.Series((frame["spelling"].to_numpy() + rng.integers(1, many, size)) % many)
    frame = put(frame, hits["phone spelt"], spelling=spelt)
    frame = put(frame, hits["other phone"], by_mobile=~pl.col("by_mobile"))
    fresh = contact.numbers(rng, locale, rng.integers(0, 500, size))
    new = hits["other phone"] & chance(rng, 0.25, size)
    new |= hits["moved"] & chance(rng, 0.5, size)
    frame = put(frame, new, **{name: fresh[name] for name in fresh.columns})
    mobile = frame["by_mobile"].to_numpy()
    wrong = hits["typo in phone"]
    frame = put(frame, wrong & mobile, m_line=misdialled(rng, frame["m_line"]))
    frame = put(frame, wrong & ~mobile, line=misdialled(rng, frame["line"]))
    frame = put(frame, hits["other email"], local=frame["local2"], domain=frame["domain2"])
    frame = put(frame, hits["typo in email"], local=typed(rng, frame["local"]))
    spelled = pl.col("tax_id").str.replace_all(r"[./-]", "")
    prefix = {"da_DK": "DK", "it_IT": "IT", "es_ES": "ES"}.get(locale, "")
    bare = spelled.str.replace(r"^(FR|DE|GB)", "")
    return put(frame, hits["tax id spelt"], tax_id=pl.lit(prefix) + bare)


def _placed(
    rng: np.random.Generator, locale: str, frame: pl.DataFrame, hits: dict[str, Bools]
) -> pl.DataFrame:
    fresh = places.addresses(rng, locale, frame.height)
    parts = ("street", "number", "unit", "postcode", "city")
    frame = put(frame, hits["moved"], **{name: fresh[name] for name in parts})
    street = pl.col("street")
    other = pl.coalesce(
        pl.when(street.str.contains(old)).then(street.str.replace(old, new))
        for old, new in (pair.split(">") for pair in SHORT[locale].split(","))
    )
    frame = put(frame, hits["street short"], street=pl.coalesce(other, street))
    frame = put(frame, hits["unit lost"], unit=pl.lit(None, dtype=pl.String))
    return put(frame, hits["typo in street"], street=typed(rng, frame["street"]))


def _lost(
    rng: np.random.Generator,
    locale: str,  # noqa: ARG001  (all are called alike)
    frame: pl.DataFrame,
    hits: dict[str, Bools],
) -> pl.DataFrame:
    """Leave out values, or put fillers in their place."""
    size, gone = frame.height, pl.lit(value=True)
    which = {"phone": 32, "email": 32, "street": 18, "city": 8, "tax": 10}
    for _ in range(2):  # one, sometimes two
        lot = by_share(rng, which, size)
        for at, name in enumerate(which):
            frame = put(frame, hits["missing"] & (lot == at), **{f"no_{name}": gone})
    fillers = ("phone", "email", "street")
    lot = rng.integers(0, 3, size)
    for at, name in enumerate(fillers):
        frame = put(frame, hits["placeholder"] & (lot == at), **{f"fake_{name}": gone})
    return put(frame, hits["split lost"], no_split=gone)


def _hand(
    rng: np.random.Generator,  # noqa: ARG001  (all are called alike)
    locale: str,  # noqa: ARG001  (all are called alike)
    frame: pl.DataFrame,
    hits: dict[str, Bools],
) -> pl.DataFrame:
    """Change the order of names, capitals and accents."""
    frame = put(frame, hits["last first"], order=pl.lit(1, dtype=pl.Int8))
    frame = put(frame, hits["names swapped"], order=pl.lit(2, dtype=pl.Int8))
    frame = put(frame, hits["upper case"], case=pl.lit(1, dtype=pl.Int8))
    frame = put(frame, hits["accents plain"], accents=pl.lit(1, dtype=pl.Int8))
    return put(frame, hits["accents transcribed"], accents=pl.lit(2, dtype=pl.Int8))
