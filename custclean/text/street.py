r"""Street lines, with the words for street and flat of seven languages.

>>> clean("Testvej  7 \n 2. tv")
'Testvej 7, 2. tv'
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from custclean.folding import fold, settle, swap, tidy

__all__ = [
    "CUT", "DROP", "INITIAL", "JOINED", "MAY_BE_CUT", "NAMES", "SIDES", "UNITS", "WAYS",
    "clean", "key", "number", "spellings",
]  # fmt: skip

# one token for a kind of way in all languages: half of these abbreviations are shared
WAYS = {
    "st": "street|str|strasse|calle|cl|rua|via|rue|ulica",
    "av": "avenue|avenida|ave|avda|av|avd|allé|allee|viale|v le|alameda|al",
    "rd": "road|estrada|carretera|ctra|route|rte|strada|landevej|rodovia|rod",
    "pl": "place|plaza|pza|pza|piazza|p za|p zza|praca|pca|platz|plads|square|sq|largo"
    "|lgo|l go",
    "bd": "boulevard|blvd|boul|bvd|bld|bulevar",
    "ln": "lane|chemin|chem|travessa|trav|tv st|travesia|vicolo|v lo|impasse|imp|callejon",
    "dr": "drive|drv",
    "ct": "court|crt|corte",
    "hwy": "highway|hiway|autoroute",
    "pkwy": "parkway|pky",
    "cres": "crescent",
    "ter": "terrace|terr",
    "cso": "corso|c so|cours|paseo|p o|passeio",
    "quai": "kaj|kai|quay",
    "mount": "mt|monte",
    "circle": "cir|circ",
    "trail": "trl",
    "gardens": "garden|gdns|gdn",
    "camino": "cno|cmno",
}
# what streets are called after is cut short too
NAMES = {
    "st": "saint|sankt|sct|skt",
    "s": "san|santo|santa|sant|sao|sta|sto|south",
    "w": "west",
    "dr": "doctor|docteur|dottor|doutor",
    "general": "generale|gal|gral|gen",
}
UNITS = {
    "apt": "apartment|appartement|appt|app|apto|apt|unit|flat|suite|ste|lejlighed|lejl|wohnung"
    "|whg|interno|int|piso|pta|puerta|sala|sl|bloco|bl|bureau|room|rm|scala|sc|bat|batiment"
    "|building|bldg|block|blk|casa|escalera|esc|escalier",
    "fl": "floor|etage|etg|sal|andar|piano|planta|stock|og|stk|flr",
    "st th": "stuen th|stth|stuen til hojre",
    "st tv": "stuen tv|sttv|stuen til venstre",
    "st mf": "stuen mf|stmf|stuen midt for",
    "po": "postboks|po box|p o box|pobox|postfach|boite postale|bp|caixa postal|cp|apartado"
    "|casella postale|pb",
    "n": "nr|no|num|numero|nummer|number|hnr",
    "kl": "kaelder|kld",
    "north": "nord|norte|norra",
    "bis": "bis",
}
# where on its floor a flat is, or on which one that has no number
SIDES = {
    "th": "til hojre|t h|dcha|dch|derecha|dto|direito",
    "tv": "til venstre|t v|izda|izq|izqda|izquierda|esq|esquerdo",
    "mf": "midt for|midtfor|m f|ctro|mitte",
    "eg": "erdgeschoss|parterre|rdc|rez de chaussee|bajo|planta baja|piano terra",
    "dg": "dachgeschoss|atico",
    "hinterhaus": "baghuset",
    "vorderhaus": "forhuset",
}
INITIAL = ("c", "r")  # what begins with it alone is a street: "C/ Mayor", "R. Direita"
DROP = "n|de|da|do|del|della|delle|dei|des|du|la|le|les|los|das|dos|di|the|e"
# German and Danish write the kind of way onto the name; some people do not
JOINED = (
    (r"(\p{L}{2})(?:strasse|strade|str)\b", "$1 st"),
    (r"(\p{L}{2})(?:platz|plads|pl)\b", "$1 pl"),
    (r"(\p{L}{2})(vej|gade)\b", "$1 $2"),
    (r"(\p{L}{2})allee\b", "$1 av"),
)
# "Testg. 7", "Testv. 7", "Testal. 7": only the dot tells that a word was cut
CUT = (
    (r"(?i)(\p{L}{3})al\.", "${1}allee"),
    (r"(?i)(\p{L}{3})g\.", "${1}gade"),
    (r"(?i)(\p{L}{3})v\.", "${1}vej"),
    (r"(?i)\bn\s?[º°]", " n "),  # signs that stand for words: "nº 7", "2º"
    (r"[º°ª]", " "),
)
MAY_BE_CUT = r"(?i)(?:al|g|v)\.|[º°ª]"
"""Tells quickly which lines have nothing of `CUT`."""
_LINES = re.compile(r"\s*(?:\r\n|\r|\n|\n)+\s*")


@cache
def spellings() -> dict[str, str]:
    """Map each folded spelling to the one that stands for it."""
    names = [
        (spelling, canonical)
        for table in (WAYS, NAMES, UNITS, SIDES)
        for canonical, spellings in table.items()
        for spelling in spellings.split("|")
    ]
    frame = pl.DataFrame(names, schema=["old", "new"], orient="row")
    folded = frame.select(fold(pl.col("old")), "new").iter_rows()
    return {old: new for old, new in folded if old != new}


_LOST = dict.fromkeys(DROP.split("|"), "")


def _step(value: str) -> str:
    lines = [line.strip(" ,;") for line in _LINES.split(value)]
    text = tidy(", ".join(line for line in lines if line))
    return re.sub(r"(?:\s*,)+\s*", ", ", text).strip(" ,;")


def clean(value: str) -> str | None:
    """Give the address on one line, its lines joined by a comma; None if nothing is left."""
    text = settle(_step, value)
    return text if any(c.isalnum() for c in text) else None


def key(expr: pl.Expr) -> pl.Expr:
    """Give folded words, kinds of way and of flat in one spelling, articles away."""
    words = expr
    for cut, whole in CUT:
        words = words.str.replace_all(cut, whole)
    words = fold(words.str.replace_all("#", " apt "))
    for joined, apart in JOINED:
        words = words.str.replace_all(joined, apart)
    words = words.str.replace_all(r"\bt (h|v)\b", "t$1")  # "t.h." is "th"
    words = words.str.replace(rf"^(?:{'|'.join(INITIAL)}) ", "st ")
    words = words.str.replace_all(r"\b(\d+) ([a-z])\b", "$1$2")
    words = words.str.replace_all(r"\b(\d+)(?:st|nd|rd)\b", "$1")
    return swap(swap(words, spellings()), _LOST)


def number(expr: pl.Expr) -> pl.Expr:
    """Give the house number, with its letter; null where there is none."""
    return key(expr).str.extract(r"\b(\d{1,5}[a-z]?)\b")
