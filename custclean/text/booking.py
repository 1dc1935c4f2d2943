"""Types of transactions: which are made with customers and which with vendors.

>>> import polars as pl
>>> pl.select(side(pl.lit("Bill Payment (Check)"))).item()
'vendor'
"""

from __future__ import annotations

from functools import cache

import polars as pl

from custclean.folding import fold

__all__ = ["TYPES", "side"]

# deposits, transfers and journal entries are made with anybody: they say nothing
TYPES: dict[str, dict[str, str]] = {
    "customer": {
        "en": "invoice|payment|receive payment|sales receipt|credit memo|credit note|refund"
        "|refund receipt|estimate|statement charge|delayed charge|delayed credit|charge"
        "|time charge|billable expense charge|sales order|tax invoice|quote",
        "da": "faktura|betaling|salgskvittering|salgsbilag|kreditnota|refusion|tilbud",
        "de": "rechnung|zahlung|verkaufsbeleg|gutschrift|rückerstattung|angebot|quittung",
        "fr": "facture|paiement|reçu de vente|avoir|note de crédit|remboursement|devis",
        "es": "factura|pago|recibo de venta|recibo de ventas|nota de crédito|reembolso"
        "|estimación|cotización|presupuesto|factura rectificativa",
        "it": "fattura|pagamento|ricevuta di vendita|nota di credito|rimborso|preventivo",
        "pt": "fatura|pagamento|recibo de venda|recibo de vendas|nota de crédito|reembolso"
        "|orçamento|estimativa|nota fiscal",
    },
    "vendor": {
        "en": "expense|check|cheque|bill|bill payment|bill payment check|bill payment cheque"
        "|bill payment credit card|vendor credit|supplier credit|purchase order"
        "|credit card credit|credit card expense|cash expense|purchase|cash purchase",
        "da": "udgift|leverandørfaktura|regning|regningsbetaling|leverandørkredit"
        "|leverandørkreditnota|indkøbsordre|købsordre",
        "de": "ausgabe|aufwand|scheck|lieferantenrechnung|eingangsrechnung|rechnungszahlung"
        "|lieferantengutschrift|bestellung",
        "fr": "dépense|chèque|facture fournisseur|facture à payer|paiement de facture"
        "|crédit fournisseur|bon de commande|achat",
        "es": "gasto|factura de proveedor|factura por pagar|pago de factura"
        "|crédito de proveedor|orden de compra|pedido de compra",
        "it": "spesa|assegno|fattura fornitore|fattura passiva|fattura di acquisto"
        "|pagamento fattura|credito fornitore|ordine d'acquisto|ordine di acquisto",
        "pt": "despesa|conta|conta a pagar|fatura do fornecedor|pagamento de conta"
        "|crédito do fornecedor|ordem de compra|pedido de compra|encomenda",
    },
}


@cache
def _sides() -> dict[str, str]:
    names = [
        (name, side)
        for side, languages in TYPES.items()
        for text in languages.values()
        for name in text.split("|")
    ]
    frame = pl.DataFrame(names, schema=["name", "side"], orient="row")
    return dict(frame.select(fold(pl.col("name")), "side").iter_rows())


def side(expr: pl.Expr) -> pl.Expr:
    """Give `customer` or `vendor` for a transaction's type; null for any other."""
    return fold(expr).replace_strict(_sides(), default=None, return_dtype=pl.String)
