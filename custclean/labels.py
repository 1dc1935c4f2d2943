"""What kinds of rows, fields of a customer and times are called, for people."""

from __future__ import annotations

from datetime import datetime

from custclean.words import tr

__all__ = ["kind_said", "label", "labels", "when_said"]


def labels() -> dict[str, str]:
    """Name the fields in the reader's language, in the order in which cards show them."""
    return {
        "display_name": tr("Name"),
        "company": tr("Company"),
        "title": tr("Title"),
        "given_name": tr("Given name"),
        "middle_name": tr("Middle name"),
        "family_name": tr("Family name"),
        "suffix": tr("Suffix"),
        "email": tr("E-mail"),
        "phone": tr("Phone"),
        "mobile": tr("Mobile"),
        "fax": tr("Fax"),
        "website": tr("Website"),
        "street": tr("Street"),
        "city": tr("City"),
        "region": tr("Region"),
        "postcode": tr("Postcode"),
        "country": tr("Country"),
        "tax_id": tr("Tax number"),
        "ean": tr("EAN"),
        "parent": tr("Belongs to"),
        "customer_type": tr("Client type"),
        "lead_accountant": tr("Lead accountant"),
        "subscription": tr("Subscription"),
        "customer_number": tr("Client number"),
        "company_id": tr("Company id"),
        "active": tr("Active"),
        "currency": tr("Currency"),
        "balance": tr("Balance"),
        "created": tr("Created"),
        "last_activity": tr("Last activity"),
        "notes": tr("Notes"),
    }


def label(field: str) -> str:
    """Name one field; what has no name of its own is only freed of its underscores.

    >>> label("given_name"), label("item_type")
    ('Given name', 'item type')
    """
    known = labels() | _further()
    return known.get(field, field.replace("_", " "))


def _further() -> dict[str, str]:
    """Name what cards do not show."""
    return {
        "record": tr("record"),  # the plan's word for a whole record
        "active.barred": tr("Barred: the opposite of active"),
        "street/2": tr("Street, second line"),
        "contact_name": tr("Contact person"),
        "terms": tr("Payment terms"),
        "customer_group": tr("Customer group"),
        "vat_zone": tr("VAT zone"),
        "categories": tr("Categories"),
    }


def kind_said(kind: str) -> str:
    """Name a kind of rows; one of a plug-in is its own word."""
    words = {
        "customers": tr("customers"),
        "vendors": tr("vendors"),
        "employees": tr("employees"),
        "contacts": tr("contacts"),
        "items": tr("items"),
        "activities": tr("activities"),
        "transactions": tr("transactions"),
        "register": tr("customers with numbers"),
    }
    return words.get(kind, kind)


def when_said(moment: str) -> str:
    """Say a time to the minute, as it was where it was written; what is none stays as it is.

    >>> when_said("2026-09-30T13:46:07.123+02:00"), when_said("last week")
    ('2026-09-30 13:46', 'last week')
    """
    try:
        return datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return moment
