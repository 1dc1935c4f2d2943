"""QuickBooks Online: the contact list reports and the transaction list of one company.

English headings as public parsers of these reports know them; the report may be
customised, so that columns come and go: whatever has no field is kept beside the table.
"""

from __future__ import annotations

from custclean.systems import Headings, Layout, System
from custclean.tables.joined import emails, full_name, parent_and_child, phones

CONTACT: Headings = {
    "phones": {"en": ("Phone numbers", "Phone", "Phone number", "Phone numbers list")},
    "email": {"en": ("Email", "E-mail", "Emails")},
    "contact_name": {"en": ("Full name", "Contact", "Contact name")},
    "given_name": {"en": ("First name",)},
    "family_name": {"en": ("Last name",)},
    "company": {"en": ("Company", "Company name")},
    "title": {"en": ("Title",)},
    "mobile": {"en": ("Mobile", "Mobile number")},
    "fax": {"en": ("Fax", "Fax number")},
    "website": {"en": ("Website", "Web site")},
    "street": {"en": ("Bill address", "Billing address", "Address", "Billing street")},
    "city": {"en": ("Billing city", "City")},
    "region": {"en": ("Billing state", "Billing province", "State", "Province/State")},
    "postcode": {"en": ("Billing ZIP", "Billing postal code", "ZIP", "Postcode")},
    "country": {"en": ("Billing country", "Country")},
    "tax_id": {"en": ("Tax ID", "Tax number", "VAT registration number")},
    "balance": {"en": ("Open balance", "Balance")},
    "terms": {"en": ("Terms",)},
    "currency": {"en": ("Currency",)},
    "customer_type": {"en": ("Customer type",)},
    "notes": {"en": ("Notes", "Note")},
    "created": {"en": ("Created on", "Created", "Create date")},
}
SPLITS = {"phones": phones, "email": emails, "contact_name": full_name}

SYSTEM = System(
    name="quickbooks-online",
    title="QuickBooks Online",
    layouts=(
        Layout(
            kind="customers",
            headings={"display_name": {"en": ("Customer full name", "Customer")}, **CONTACT},
            required=("display_name", "phones|email|street"),
            titles=("Customer Contact List",),
            splits={**SPLITS, "display_name": parent_and_child},
        ),
        Layout(
            kind="vendors",
            headings={
                "display_name": {"en": ("Vendor", "Vendor full name", "Supplier")},
                "customer_number": {"en": ("Account #", "Account no.", "Account number")},
                **CONTACT,
            },
            required=("display_name", "phones|email|street"),
            titles=("Vendor Contact List", "Supplier Contact List"),
            splits=SPLITS,
        ),
        Layout(
            kind="transactions",
            headings={
                "date": {"en": ("Transaction date", "Date")},
                "type": {"en": ("Transaction type", "Type")},
                "number": {"en": ("Num", "No.", "Number")},
                "name": {"en": ("Name", "Customer", "Payee")},
                "amount": {"en": ("Amount",)},
                "balance": {"en": ("Balance",)},
            },
            required=("date", "type", "name", "amount"),
            titles=(
                "Transaction List",
                "Transaction List by Account",
                "Transaction List by Customer",
                "Transaction List by Vendor",
                "Transaction Detail by Account",
                "Transaction List by Date",
            ),
            needs=("date", "type"),
            identifying=("date", "type", "number", "name", "amount"),
        ),
    ),
    limits={  # Intuit's API reference for Customer and Vendor
        "display_name": 500,
        "company": 100,
        "title": 16,
        "given_name": 100,
        "middle_name": 100,
        "family_name": 100,
        "suffix": 16,
        "email": 100,
        "phone": 30,
        "mobile": 30,
        "fax": 30,
        "website": 1000,
    },
)
