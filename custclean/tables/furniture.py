"""What stands in a list and is nobody: totals, time stamps, remarks, lines that were drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custclean.tables.header import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DRAWN", "is_footer", "is_remark", "is_ruler"]

TIME_STAMP = re.compile(r"(?=.*\b(?:19|20)\d\d\b).*\b\d{1,2}[:.]\d\d\b.*", re.DOTALL)
TOTALS = frozenset(
    {"total", "totals", "grand total", "sum", "totale", "totali", "totale generale", "somma",
     "totale complessivo", "totais", "total geral", "soma", "total général", "somme", "totaux",
     "totales", "total general", "suma", "gesamt", "summe", "gesamtsumme", "endsumme", "i alt",
     "ialt", "samlet"}
)  # fmt: skip
# "57 records", "Records: 57", "Total: 3 clients", "Page 1 of 2", in seven languages
COUNTED = re.compile(
    r"""\W*(?:\d+\W+)?
    (?:(?:total|totale|number|count|antal|anzahl|nombre|numero|número)\W+(?:(?:of|di|de|der|af)\W+)?
       (?:\d+\W+)?)?
    (?:records?|rows?|row\(s\)|page|seite|pagina|página|side|righe|record|linhas|registros?|lignes?
      |enregistrements?|filas|rækker|poster|zeilen|datensätze|customers?|clients?|suppliers?|vendors?
      |clienti|clientes|kunder|kunden|fornitori|fornecedores|fournisseurs|proveedores|leverandører
      |lieferanten|generated|exported|printed|erstellt|exportiert|généré|exporté|generato|esportato
      |gerado|exportado|udskrevet|eksporteret|antal|anzahl)
    \b(?:\ in\ set\b.*)?
    [\W\d]*(?:\b(?:on|at|of|am|um|von|le|à|sur|il|di|em|às|de|el|a|den|kl|af)\b[\W\d]*)*""",
    re.IGNORECASE | re.VERBOSE,
)
# What a total can be; what begins with a nought or a plus, or has dashes, is a phone.
AMOUNT = re.compile(
    r"""[-(]? \s* (?:[A-Z]{2,3}|[€$£]|kr\.?)? \s* -?
    (?:0 | [1-9]\d{0,2}(?:[.,' \u00a0\u202f]\d{3})+ | [1-9]\d?(?:,\d\d)+,\d{3} | [1-9]\d*)
    (?:[.,]\d+)? \s* (?:[A-Z]{2,3}|[€$£%]|kr\.?)? \s* [-)]?""",
    re.VERBOSE,
)
DRAWN = "+:|=_-"  # the dash last: so it stands for itself in a pattern
RULER = re.compile(rf"[ {DRAWN}]*(?:---|===|___)[ {DRAWN}]*")


def is_ruler(cells: Sequence[str]) -> bool:
    """Say whether a record is a line that was drawn: "+----+----+", "|:---|---:|".

    >>> is_ruler(["+-----+----+"]), is_ruler(["", ":---", "---:", ""]), is_ruler(["-", "-"])
    (True, True, False)
    """
    filled = filter(None, (cell.strip(BLANK) for cell in cells))  # nearly all end at the first
    first = next(filled, "")
    return RULER.fullmatch(first) is not None and all(map(RULER.fullmatch, filled))


def is_remark(cells: Sequence[str]) -> bool:
    """Say whether a line is a sentence: a client of whom only the name is known is none."""
    filled = [cell.strip(BLANK) for cell in cells if cell.strip(BLANK)]
    told = len(cells) == 1 or (len(filled[0].split()) > 2 and any(map(str.isdigit, filled[0])))
    return len(filled) == 1 and told


def is_footer(cells: Sequence[str]) -> bool:
    """Say whether a filled row is a total, a time stamp, a count of rows or pages.

    >>> is_footer(["Total", "", "1,204.50"]), is_footer(["Total", "020 7946 0001"])
    (True, False)
    """
    filled = [cell.strip(BLANK) for cell in cells if cell.strip(BLANK)]
    if filled[0].rstrip(":").casefold() in TOTALS:
        return all(AMOUNT.fullmatch(cell) for cell in filled[1:])
    if len(filled) > 1:
        return False
    count = COUNTED.fullmatch(filled[0]) and any(map(str.isdigit, filled[0]))
    return bool(TIME_STAMP.fullmatch(filled[0]) or count)
