"""Names of firms, with the legal forms of seven countries and their neighbours.

>>> clean(" Example  Roofing ,  S.r.l. ")
'Example Roofing, S.r.l.'
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from custclean.folding import fold, settle, swap, tidy, unmarked

__all__ = [
    "CLOSED", "ENTITY", "FORMS", "IN_FRONT", "SHORT", "clean", "entities", "entity", "form",
    "is_firm", "key", "small", "spellings",
]  # fmt: skip

# canonical form: its spellings, folded; those without a blank also spelt letter by letter
FORMS: dict[str, str] = {
    "aps": "aps|anpartsselskab",
    "as": "as|aktieselskab|aktieselskabet",
    "is": "i s|interessentskab",
    "ks": "ks|kommanditselskab",
    "ps": "p s|partnerselskab",
    "ivs": "ivs|iværksætterselskab",
    "amba": "amba",
    "fmba": "fmba",
    "smba": "smba",
    "srl": "srl|societa a responsabilita limitata",
    "srls": "srls|srl semplificata|srl s|s r l semplificata",
    "spa": "spa|societa per azioni",
    "snc": "snc|societa in nome collettivo|s n c di",
    "sas": "sas|societa in accomandita semplice|société par actions simplifiée",
    "scarl": "scarl|scrl|soc coop|societa cooperativa|soc coop a r l|coop",
    "sarl": "sarl|société à responsabilité limitée",
    "sasu": "sasu",
    "eurl": "eurl",
    "selarl": "selarl",
    "sci": "sci|société civile immobilière",
    "scop": "scop",
    "sa": "sa|société anonyme|sociedad anonima|sociedade anonima",
    "sau": "sau|sociedad anonima unipersonal",
    "sl": "sl|sociedad limitada",
    "slu": "slu|sociedad limitada unipersonal|sociedade limitada unipessoal",
    "slp": "slp",
    "sc": "s c|sociedad civil|società semplice|s s",
    "cb": "c b|comunidad de bienes",
    "ltda": "ltda|limitada|ltda me|ltda epp|ltda mei",
    "lda": "lda|unipessoal lda|unip lda",
    "eireli": "eireli|eireli me|eireli epp",
    "me": "brformme|microempresa",
    "gmbh": "gmbh|gesellschaft mit beschränkter haftung|mbh|gesellschaft mbh|ges mbh|gesmbh",
    "gmbhcokg": "gmbh and co kg|gmbh co kg|gmbh and co|gmbh and cie kg|gmbh cie kg",
    "ug": "ug|ug haftungsbeschränkt|unternehmergesellschaft",
    "ugcokg": "ug and co kg|ug haftungsbeschränkt and co kg",
    "ag": "ag|aktiengesellschaft",
    "kg": "kg|kommanditgesellschaft|and co kg|co kg",
    "ohg": "ohg|and co ohg",
    "gbr": "gbr",
    "ek": "ek|e kfm|e kfr",
    "ev": "ev",
    "partg": "partg|partgmbb|partg mbb",
    "ltd": "ltd|limited|co ltd|company limited|and co ltd|pty ltd|pte ltd|pvt ltd",
    "plc": "plc|public limited company",
    "llc": "llc|limited liability company|ltd liability co",
    "llp": "llp|limited liability partnership",
    "pllc": "pllc",
    "lp": "l p|limited partnership",
    "pc": "p c|professional corporation",
    "inc": "inc|incorporated|co inc",
    "corp": "corp|corporation",
    "co": "co|company|and co|and company|cia|and cie|cie",
    "cic": "cic",
    "bv": "bv|besloten vennootschap",
    "nv": "nv",
    "ab": "ab|aktiebolag",
    "oy": "oy",
    "se": "s e|societas europaea",
}  # fmt: skip
# these also stand in front: "SARL Example", "I/S Example"
IN_FRONT = frozenset(["sarl", "eurl", "sasu", "selarl", "sci", "scop", "is", "aps", "as"])
# what tells firms of one owner apart: never taken from the key
ENTITY: dict[str, str] = {
    "holding": "holding|holdings|holdingselskab|holdingselskabet|beteiligungen|partecipazioni"
    "|participações|participaciones|participations",
    "property": "ejendomme|ejendom|ejendomsselskab|ejendomsselskabet|immobiliare|inmobiliaria"
    "|imobiliária|immobilien|immobilier|immobilière|realty|properties|property|imóveis"
    "|udlejning|boligudlejning",
    "invest": "invest|investment|investments|investering|investimenti|investimentos"
    "|inversiones|investissement|investissements|kapital|capital",
    "group": "group|gruppe|gruppen|groupe|gruppo|grupo|koncern",
    "trust": "trust|foundation|fond|fonden|fondazione|fondation|fundación|fundação|stiftung",
    "consulting": "consulting|consult|consultancy|rådgivning|consulenza|consultoria"
    "|consultoría|conseil|beratung",
    "trade": "trading|handel|import|export|commerciale|comercial|comércio|négoce",
    "production": "produktion|production|produzione|producción|produção|manufacturing",
    "management": "management|administration|gestion|gestione|gestão|gestión|verwaltung",
}  # fmt: skip
SHORT = {
    "and": "", "og": "", "und": "", "et": "", "the": "",
    "bros": "brothers", "intl": "international", "assoc": "associates", "assocs": "associates",
    "mgmt": "management", "svc": "service", "svcs": "services", "mfg": "manufacturing",
    "ctr": "center", "centre": "center", "constr": "construction", "hnos": "hermanos",
    "flli": "fratelli", "f lli": "fratelli", "irm": "irmaos", "gebr": "gebruder",
    "brdr": "brodrene", "brds": "brodrene", "assn": "association", "natl": "national",
    "dept": "department", "govt": "government", "univ": "university", "acad": "academy",
    "sch": "school", "elem": "elementary", "hosp": "hospital", "ets": "etablissements",
    "1st": "first", "2nd": "second", "3rd": "third", "grp": "group",
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
} | {
    word: str(number) for number, word in enumerate(
        "one two three four five six seven eight nine ten".split(), 1
    )
}  # fmt: skip
_DOTTED = r"\b(\p{L})\.\s?(\p{L})\b(?:\.\s?(\p{L})\b)?(?:\.\s?(\p{L})\b)?\.?"
_BRAZIL = r"(?:\s*[-–]\s*|\s)(?:ME|EPP|MEI)\s*$"  # in capitals only: "me" is a word
CLOSED = (
    "in liquidazione|under konkurs|under tvangsoplosning|i likvidation|en liquidation"
    "|en liquidacion|em liquidacao|in liquidation|in liquidatie|i l|em recuperacao judicial"
)
"""What is hung on the name of a firm that closes, folded."""
_CONVERSION = re.compile(r"(?<=[^\W\d_])\.?\s*-?0\d\d$")
_BEFORE_COMMA = re.compile(r"\s+([,;])")
_WRAPPED = re.compile(r"^([\"“”«»])(.*)[\"“”«»]$")


def _step(value: str) -> str:
    text = _WRAPPED.sub(r"\2", tidy(value))
    text = _BEFORE_COMMA.sub(r"\1", _CONVERSION.sub("", text))
    return text.strip(" ,;")


def clean(value: str) -> str | None:
    """Give the name with blanks and stray marks mended; capitals stay as the firm has them."""
    text = settle(_step, value)
    return text if any(c.isalnum() for c in text) else None


def _folded(names: list[str]) -> list[str]:
    frame = pl.DataFrame({"name": names}).select(fold(pl.col("name")))
    return frame["name"].to_list()


@cache
def spellings() -> dict[str, str]:
    """Map each folded spelling to its form, the longest first."""
    table: dict[str, str] = {}
    pairs = [(text, form) for form, texts in FORMS.items() for text in texts.split("|")]
    for spelling, (_, canonical) in zip(_folded([text for text, _ in pairs]), pairs):
        table[spelling] = canonical
        if len(spelling) < 6 and " " not in spelling:
            table.setdefault(" ".join(spelling), canonical)
    return {name: table[name] for name in sorted(table, key=lambda s: (-len(s), s))}


@cache
def _patterns() -> tuple[str, str, str]:
    """Give what finds forms behind, in front, and behind with a number typed after them."""
    forms = "|".join(spellings())
    # not "as": in front it is the English word, or a club of Rome
    front = "|".join(
        name for name, form in spellings().items() if form in IN_FRONT and name != "as"
    )
    behind = rf" ({forms})(?: (?:{forms}))*$"
    return behind, rf"^({front}) (.+)$", rf" ({forms}) \d{{1,2}}$"


def small(expr: pl.Expr) -> pl.Expr:
    """Give the Brazilian `ME`, `EPP` and `MEI` behind a name as a form that is no word."""
    return expr.str.replace(_BRAZIL, " brformme")


def _words(expr: pl.Expr) -> pl.Expr:
    """Fold a name and put a form that stands in front behind."""
    named = small(unmarked(expr))
    joined = named.str.replace_all(_DOTTED, "$1$2$3$4 ").str.replace_all(r"[&+]", " and ")
    _, front, counted = _patterns()
    words = fold(joined).str.replace(rf" (?:{CLOSED})$", "").str.replace(counted, " $1")
    return words.str.replace(front, "$2 $1")


def key(expr: pl.Expr) -> pl.Expr:
    """Give the folded name without its legal form; `Holding` and its like stay."""
    behind, *_ = _patterns()
    # "y" and "e" are "and" between two words; in front they are initials
    bare = (
        _words(expr).str.replace(behind, "").str.replace_all(r"(\p{L}) [ye] (\p{L})", "$1 $2")
    )
    return swap(bare, SHORT)


def form(expr: pl.Expr) -> pl.Expr:
    """Give the legal form in one spelling (`aps`, `srl`, `gmbh` ...); null where missing."""
    behind, *_ = _patterns()
    found = _words(expr).str.extract(behind)
    return found.replace_strict(spellings(), default=None, return_dtype=pl.String)


@cache
def entities() -> dict[str, str]:
    """Map each folded word that tells firms of one owner apart to its kind."""
    pairs = [(text, kind) for kind, texts in ENTITY.items() for text in texts.split("|")]
    return dict(zip(_folded([text for text, _ in pairs]), (kind for _, kind in pairs)))


def entity(expr: pl.Expr) -> pl.Expr:
    """Give the words that tell firms of one owner apart, in one language, sorted; or null.

    "Example Ejendomme ApS" and "Example Immobiliare Srl" both give `property`.
    """
    table = entities()
    found = key(expr).str.extract_all(rf"\b(?:{'|'.join(table)})\b")
    named = found.list.eval(pl.element().replace(table)).list.unique().list.sort()
    return named.list.join(" ").replace({"": None})


def is_firm(expr: pl.Expr) -> pl.Expr:
    """Say whether a name is a firm's: it has a legal form or a word that only firms have."""
    return form(expr).is_not_null() | entity(expr).is_not_null()
