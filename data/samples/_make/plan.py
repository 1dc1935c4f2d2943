"""How many of what each set holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """The counts of one set of files; the main set's are the defaults."""

    seed: int = 20261121
    rows: int = 1940
    # strangers in the client list
    vendors: int = 40
    newsletters: int = 15
    no_reply: int = 15
    staff: int = 12
    ignored: int = 16
    institutions: int = 12
    unknown: int = 7  # of these, nothing in any file tells
    # second, third and fourth lines for one client
    pairs: int = 128
    triples: int = 16
    quads: int = 4
    person_only: int = 12
    both_subscribed: int = 6
    # different clients that look alike
    owners: int = 34
    bookkeeper: int = 40
    switchboards: int = 5
    households: int = 25
    namesakes: int = 45
    namesake_firms: int = 20
    twins: int = 12
    directors: int = 8
    # hard for the screen
    customer_vendors: int = 14
    refund_vendors: int = 10
    vendor_namesakes: int = 8
    info: int = 8
    never_invoiced: int = 10
    odd_addresses: int = 6
    name_ignored: int = 3
    # numbers
    numbered: int = 720  # in the list and in the register
    list_only: int = 200
    register_only: int = 530
    clashes: int = 5
    too_long: int = 3
    damaged: int = 8
    contradictions: int = 4
    taken_by_register: int = 3
    former: int = 60
    ambiguous: int = 6
    register_damaged: int = 6
    register_numeric: int = 5
    without_id: int = 12
    placeholders: int = 8
    # what downloads hide
    inactive: int = 45
    hidden_register: int = 6
    hidden_small: int = 6
    renames: int = 3
    removals: int = 3
    # the other files
    customers: int = 640
    sub_customers: int = 24
    vendor_lines: int = 220
    transactions: int = 6000
    contacts: int = 500


MAIN = Plan()
SMALL = Plan(
    seed=60,
    rows=60,
    vendors=2,
    newsletters=1,
    no_reply=1,
    staff=1,
    ignored=1,
    institutions=1,
    unknown=0,
    pairs=5,
    triples=1,
    quads=0,
    person_only=1,
    both_subscribed=1,
    owners=1,
    bookkeeper=3,
    switchboards=0,
    households=1,
    namesakes=1,
    namesake_firms=1,
    twins=1,
    directors=1,
    customer_vendors=1,
    refund_vendors=1,
    vendor_namesakes=1,
    info=1,
    never_invoiced=1,
    odd_addresses=0,
    name_ignored=1,
    numbered=20,
    list_only=4,
    register_only=12,
    clashes=1,
    too_long=1,
    damaged=1,
    contradictions=0,
    taken_by_register=0,
    former=3,
    ambiguous=1,
    register_damaged=1,
    register_numeric=1,
    without_id=1,
    placeholders=0,
    inactive=4,
    hidden_register=1,
    hidden_small=1,
    renames=1,
    removals=1,
    customers=24,
    sub_customers=1,
    vendor_lines=10,
    transactions=150,
    contacts=20,
)
OVER_LIMIT = Plan(seed=2310, rows=2310, owners=50, namesakes=60)
