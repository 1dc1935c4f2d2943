"""Splink 5 fed what custclean makes of the columns: names taken apart, national phones ...

python splink_ours_.py data.csv clusters.csv --python PYTHON, the Python that has custclean.

Beside the columns it borrows what custclean knows of families and of owners with several
firms: what hardly ever differs among records of one client is set by hand, for EM takes
families for one. Levels, shares and blocks were chosen with the truth of other seeds.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from cleaning import MAILED_TO_NOBODY, NOWHERE, arguments
from splink import DuckDBAPI, Linker
from splink_ import Rules, cluster, compared, rules, settings_of, train, when

HERE = Path(__file__).parent
BLOCKS = (
    "tax_id_0|email_0|phone_0|phone_line|label|person|stem_sorted|stem_joined|stem_bones|local|"
    "sound given1 city|sound postcode|family_head postcode|family_head city|given postcode|"
    "given3 family|given family_head city|given city family1|given1 family1 postcode|"
    "road house|road4 house family1|stem4 city|stem4 postcode|domain stem4|"
    "domain given1 city|phone_tail given|phone_tail family|phone_tail stem4|"
    "tax_id_tail family|tax_id_tail stem4|date_0 family1|date_0 given1|date_year given family1"
)
SURE = (
    "tax_id_0 family|tax_id_0 stem_sorted|email_0 family given|email_0 stem_sorted|"
    "phone_0 family given|phone_0 stem_sorted|given family road|stem_sorted road house|"
    "date_0 family given"
)
TRAINED = "email_0|tax_id_0|label city|phone_0|date_0"
# by hand, shares among matches: how seldom one client has two such values
FIRM, FAMILY, PERSON, TAX_ID = 1e-14, 1e-13, 0.001, 1e-5
MIDDLE, PARTIAL, MAILBOX = 2e-5, 2e-4, 0.001
GIVEN, NAMELESS, STREET, CITY = 0.02, 0.01, 0.02, 0.05
# by hand, shares among strangers: too few to be met in a sample
RARE = 5e-6
OFTEN = "stem_sorted person email_0 phone_0 spot local postcode".split()


def alike(one: str, other: str = "") -> str:
    """Tell that two words are one, misspelt; letters are compared where an end is equal."""
    left, right = f"{one}_text_l", f"{other or one}_text_r"
    slip = f"damerau_levenshtein({left}, {right}) <= 1"
    return (
        f"(case when {left}[1] = {right}[1]"
        f" then jaro_winkler_similarity({left}, {right}) >= 0.9 or {slip}"
        f" when {left}[-4:] = {right}[-4:] then {slip} else false end)"
    )


def near(name: str, edits: int = 1) -> str:
    """Tell that texts are so many slips apart; lengths, quickly told, come first."""
    left, right = f"{name}_l", f"{name}_r"
    return (
        f"(case when abs(length({left}) - length({right})) <= {edits}"
        f" then damerau_levenshtein({left}, {right}) <= {edits} else false end)"
    )


def winkler(name: str, least: float) -> str:
    return f"jaro_winkler_similarity({name}_l, {name}_r) >= {least}"


def equal(*names: str) -> str:
    return "(" + " or ".join(f"{name}_l = {name}_r" for name in names) + ")"


def crossed(one: str, other: str) -> str:
    return f"({one}_l = {other}_r or {other}_l = {one}_r)"


def differ(name: str) -> str:
    """Tell that both have a value, another one."""
    return f"coalesce({name}_l <> {name}_r, false)"


def within(name: str) -> str:
    """Tell that all words of one text are in the other."""
    left, right = (f"string_split({name}_text_{side}, ' ')" for side in "lr")
    return f"(list_has_all({left}, {right}) or list_has_all({right}, {left}))"


def seldom(level: object, share: float = RARE) -> object:
    """Say how often strangers reach a level that a sample of them hardly shows."""
    return level.configure(u_probability=share, fix_u_probability=True)


def missing(*names: str) -> str:
    """Tell that a record lacks one of some values."""
    return "(" + " or ".join(f"{n}_l is null or {n}_r is null" for n in names) + ")"


# a firm's name that stands in the other record's only field for a name
OTHER_FIELD = (
    "coalesce((stem_l is null) <> (stem_r is null) and"
    f" ({equal('label')} or {crossed('label', 'stem_sorted')})"
    f" and not {differ('label_entity')}, false)"
)
NO_FIRM = f"({missing('stem')} and not {OTHER_FIELD})"


def firm() -> object:
    other = f"({differ('form')} or {differ('entity')})"
    slip = (
        f"({equal('stem_bones')} or case when stem1_l = stem1_r then"
        f" {winkler('stem_text', 0.92)} or {near('stem_text')}"
        f" or (length(stem_text_l) > 12 and {near('stem_text', 2)})"
        f" when stem_text_l[-4:] = stem_text_r[-4:] then {near('stem_text')}"
        f" else {winkler('stem_order', 0.94)} end)"
    )
    part = (
        f"({crossed('acronym', 'stem_joined')} or"
        " case when (stem_bits_l & stem_bits_r) in (stem_bits_l, stem_bits_r)"
        f" then {within('stem')} else false end)"
    )
    same = f"{equal('stem_sorted', 'stem_joined')} and not {other}"
    return compared("firm", [
        when(same, "equal", "stem_sorted"),
        seldom(when(OTHER_FIELD, "in another field")),
        when(f"{slip} and not {other}", "misspelt"),
        seldom(when(f"{part} and not {other}", "one in the other", share=PARTIAL)),
    ], empty=NO_FIRM, rest=FIRM)  # fmt: skip


def person() -> object:
    shortened = f"(nick_l = nick_r or {crossed('initial', 'given1')})"
    given = f"({equal('given')} or {shortened} or {alike('given')})"
    double = f"{crossed('family', 'middle_end')} or {crossed('family', 'middle_start')}"
    family = f"({equal('family')} or {double} or {alike('family')})"
    middle = (
        "coalesce(middle_l <> middle_r and not"
        f" coalesce({crossed('middle_initial', 'middle1')}, false), false)"
    )
    turned = f"{alike('given', 'family')} and {alike('family', 'given')}"
    half = f"({alike('given', 'family')} or {alike('family', 'given')})"
    share_a_word = (
        f"{equal('given', 'family')} or {double} or {crossed('given', 'middle_start')}"
    )
    variant = (
        f"{equal('family')} and {shortened} and not {middle}"
        " or person_joined_l = person_joined_r or given_l = family_r and family_l = given_r"
    )
    turned_too = (
        f"{turned} or {crossed('initial', 'family1')} and {half}"
        f" or {winkler('person_order', 0.94)}"
    )
    part = f"case when {share_a_word} then {within('person')} else false end"
    unnamed = missing("person")
    return compared("person", [
        when(f"person_l = person_r and not {differ('generation')}", "equal", "person"),
        when(variant, "variant"),
        when(f"{given} and {family} and not {middle}", "misspelt"),
        when(turned_too, "misspelt, in another order"),
        seldom(when(part, "one in the other")),
        when(f"{given} and {family}", "another middle name", share=MIDDLE),
        when("family_l = family_r", "only the family", share=FAMILY),
        when("given_l = given_r", "only the given name", share=GIVEN),
        when(unnamed, "no name to compare", share=NAMELESS),
    ], empty=f"({unnamed} and not {NO_FIRM} or {OTHER_FIELD})", rest=PERSON)  # fmt: skip


def email() -> object:
    left, right = (f"regexp_replace(email_0_text_{s}, '[^0-9]', '', 'g')" for s in "lr")
    slip = (
        f"case when {equal('domain', 'local')} then {left} = {right}"
        f" and {near('email_0_text', 2)} else false end"
    )
    # namesakes too make the same address of their name, at another provider
    named = (
        f"(email_0_l <> email_0_r and coalesce({equal('local')} and {equal('person')}, false))"
    )
    return compared("email", [
        when("email_0_l = email_0_r", "equal", "email_0"),
        seldom(when(slip, "misspelt")),
        when("local_l = local_r", "mailbox", "local"),
        when(winkler("email_0_text", 0.92), "alike", share=MAILBOX),
    ], empty=f"({missing('email_0')} or {named})")  # fmt: skip


def phone() -> object:
    return compared("phone", [
        when("phone_0_l = phone_0_r", "equal", "phone_0"),
        when(near("phone_0_text"), "a digit"),
    ], empty=missing("phone_0"))  # fmt: skip


def place() -> object:
    town = equal("postcode", "city")
    return compared("place", [
        when(f"road_l = road_r and house_l = house_r and {town} and not {differ('unit')}",
             "equal", "spot"),
        when(f"{winkler('road_text', 0.88)} and house_l = house_r and {town}", "misspelt"),
        when(f"{winkler('road_text', 0.92)} and {town}", "road and town", share=STREET),
        when("road_l = road_r and house_l = house_r", "no town"),
        when("postcode_l = postcode_r", "postcode", "postcode"),
        when("city_l = city_r", "city", share=CITY),
    ], empty=f"({missing('road')} and {missing('city')})")  # fmt: skip


def tax_id() -> object:
    return compared("tax_id", [
        when("tax_id_0_l = tax_id_0_r", "equal"),
        seldom(when(near("tax_id_0_text"), "a digit")),
    ], empty=missing("tax_id_0"), rest=TAX_ID)  # fmt: skip


def born() -> object:
    return compared("born", [
        when("date_0_l = date_0_r", "equal", "date_0"),
        when(f"({near('date_0_text')} or {equal('date_turned')})", "a digit"),
        when("date_year_l = date_year_r", "year"),
    ], empty=missing("date_0"))  # fmt: skip


COMPARED = {
    "stem": firm, "person": person, "email_0": email, "phone_0": phone, "road": place,
    "tax_id_0": tax_id, "date_0": born,
}  # fmt: skip
USED = (  # what the comparisons name, be it in this file or not
    "label label_entity stem stem1 stem_sorted stem_joined stem_bits stem_bones acronym form"
    " entity person person_joined given given1 nick initial family family1 middle middle1"
    " middle_initial middle_start middle_end generation email_0 local domain phone_0 road"
    " house unit postcode city tax_id_0 date_0 date_turned date_year stem_text person_text"
    " given_text family_text email_0_text phone_0_text road_text tax_id_0_text date_0_text"
).split()


def normalised(python: str, data: Path) -> tuple[duckdb.DuckDBPyConnection, list[str]]:
    """Let custclean normalise the file, and make the table `records` of what it gives."""
    base = duckdb.connect()
    base.execute(f"set threads = {int(os.environ.get('PEER_THREADS', '2'))}")
    base.execute("set enable_progress_bar = false")
    with TemporaryDirectory() as folder:
        made = Path(folder) / "normalised.parquet"
        subprocess.run(
            [python, str(HERE / "normalised.py"), str(data), str(made)], check=True,
            env=os.environ | {"PYTHONPATH": str(HERE.parent.parent)},
        )  # fmt: skip
        base.execute(f"create table made as from '{made}'")
    columns = [row[0] for row in base.execute("describe made").fetchall()]
    for name in USED:
        if name not in columns:
            kind = "varchar" if name.endswith("_text") else "bigint"
            base.execute(f"alter table made add column {name} {kind}")
    nowhere = ", ".join(f"'{domain}'" for domain in NOWHERE.split())
    ordered = "array_to_string(list_sort(string_split({0}_text, ' ')), ' ') as {0}_order"
    base.execute(
        "create table records as select * replace (case when not coalesce("
        f"regexp_matches(email_0_text, '^({MAILED_TO_NOBODY})@')"
        f" or split_part(email_0_text, '@', 2) in ({nowhere}), false) then email_0 end"
        " as email_0), case when house is not null then hash(road, house, coalesce(postcode,"
        f" city)) end as spot, {ordered.format('person')}, {ordered.format('stem')} from made"
    )
    base.execute("drop table made")
    return base, columns


def count_values(base: duckdb.DuckDBPyConnection, api: DuckDBAPI, linker: Linker) -> None:
    """Count how many others hold a value: the two of one client do not make it common."""
    for name in OFTEN:
        table = f"often_{name}"
        base.execute(
            f"create table {table} as select {name}, greatest(count(*) - 1, 1)::double"
            f" / sum(count(*)) over () as tf_{name} from records where {name} is not null"
            f" group by {name}"
        )
        linker.table_management.register_term_frequency_lookup(api.register(table), name)


def main() -> None:
    given = arguments(
        python={"default": sys.executable}, max_pairs={"type": float, "default": 1e6},
        threshold={"type": float, "default": 0.95}, truth={"default": ""},
    )  # fmt: skip
    logging.disable(logging.WARNING)
    base, columns = normalised(given.python, given.data)
    api = DuckDBAPI(base)
    comparisons = [compare() for name, compare in COMPARED.items() if name in columns]
    by = Rules(*(rules(text, columns) for text in (BLOCKS, SURE, TRAINED)))
    linker = Linker(api.register("records"), settings_of(comparisons, by))
    count_values(base, api, linker)
    train(linker, by, given.max_pairs)
    cluster(base, linker, given)


if __name__ == "__main__":
    main()
