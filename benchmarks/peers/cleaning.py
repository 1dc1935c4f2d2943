"""What a careful user cleans before any linker sees a table: the same for every peer.

DuckDB does it in one pass, so that no peer pays for slow cleaning. A field is found by its
heading; what is not in a file stays out, and headings nobody knows are compared as they are.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import duckdb

HEADINGS = {
    "record_id": "record_id id unique_id rec_id",
    "name": "name display_name full_name",
    "company": "company organisation organization company_name business_name",
    "given_name": "given_name first_name forename given fname",
    "family_name": "family_name surname last_name family lname",
    "email": "email e_mail email_address mail",
    "phone": "phone telephone mobile phone_number tel",
    "house_number": "street_number house_number",
    "street": "street address_1 address street_address addr",
    "postcode": "postcode zip zip_code postal_code",
    "city": "city suburb town locality",
    "region": "region state province county",
    "country": "country country_code",
    "tax_id": "tax_id vat vat_number cvr ssn soc_sec_id",
    "born": "date_of_birth dob birth_date birthdate born",
}
FIELDS = (
    "title kind given family person firm email mailbox phone street house road postcode city"
    " region country tax_id born"
).split()
FORMS = (
    "aps|as|is|ks|ivs|amba|smba|ab|oy|oyj|asa|srl|srls|spa|snc|sas|sapa|gmbh|mbh|ag|kg|ug|ohg|"
    "ek|ev|gbr|se|inc|incorporated|llc|llp|lp|ltd|limited|corp|corporation|co|company|plc|"
    "pllc|sa|ltda|eireli|epp|mei|haftungsbeschrankt|sociedad limitada|"
    "sarl|eurl|sl|slu|slne|bv|nv|vof|bvba|sprl|lda|doo|sro|zoo|kk|pty|pte"
)
NOTHING = (
    "na|n a|none|null|nil|unknown|not known|test|tester|testing|xxx|xx|x|tbd|tba|todo|"
    "anonymous|anonym|no name|noname|not provided|not available|unbekannt|nicht bekannt|"
    "kein|keine|ukendt|ingen|sconosciuto|nessuno|desconocido|inconnu|aucun|onbekend|guest|"
    "asdf|dummy|same|see above|missing|various|cash customer|customer|kunde|cliente|client"
)
ROADS = {  # with a space on either side, or glued to the name as in German
    "strasse ": "st ", "street ": "st ", "str ": "st ", " avenue ": " ave ", " road ": " rd ",
    " avenida ": " av ", " avda ": " av ", " drive ": " dr ", " viale ": " vle ",
    " boulevard ": " blvd ", " lane ": " ln ", " piazza ": " pza ", " court ": " ct ",
}  # fmt: skip
MAILED_TO_NOBODY = "none|no|na|noemail|nomail|test|unknown|noreply|no.?reply|x+|asdf|null"
NOWHERE = "example.com none.com na.com x.com noemail.com nomail.com test.com email.com no.com"
DIAL = {
    "45": "dk dnk denmark danmark", "49": "de deu germany deutschland", "48": "pl pol poland",
    "39": "it ita italy italia", "33": "fr fra france", "34": "es esp spain espana",
    "44": "gb gbr uk united_kingdom", "1": "us usa united_states ca can canada",
    "46": "se swe sweden sverige", "47": "no nor norway norge", "358": "fi fin finland suomi",
    "31": "nl nld netherlands nederland", "32": "be bel belgium", "351": "pt prt portugal",
    "43": "at aut austria osterreich", "41": "ch che switzerland", "353": "ie irl ireland",
    "61": "au aus australia", "420": "cz cze czechia",
}  # fmt: skip
DIALLED = (  # +45 or 0045, of one, two or three digits
    r"^(\+|00)(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d)"
)


def arguments(**options: dict[str, object]) -> argparse.Namespace:
    """Read the command line that all peers share, and a peer's own options."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("clusters", type=Path)
    parser.add_argument("--columns", choices=["raw", "normalised"], default="raw")
    for name, option in options.items():
        parser.add_argument("--" + name.replace("_", "-"), **option)  # type: ignore[arg-type]
    return parser.parse_args()


def clean(path: Path, columns: str = "raw") -> tuple[duckdb.DuckDBPyConnection, list[str]]:
    """Make the table `records`; name those of its columns that hold anything."""
    base = duckdb.connect()
    base.execute(f"set threads = {int(os.environ.get('PEER_THREADS', '2'))}")
    base.execute("set enable_progress_bar = false")
    _macros(base, plain=columns == "normalised")
    dials = (
        (n.replace("_", " "), dial) for dial, names in DIAL.items() for n in names.split()
    )
    base.execute("create table dials (country_name varchar, dial varchar)")
    base.execute(f"insert into dials values {', '.join(map(str, dials))}")
    base.execute(
        "create table raw as from read_csv(?, all_varchar = true, header = true, delim = ',',"
        " quote = '\"', escape = '\"', null_padding = true)",
        [str(path)],
    )
    known = [row[0] for row in base.execute("describe raw").fetchall()]
    base.execute(_query(known))
    base.execute("drop table raw")
    names = [row[0] for row in base.execute("describe records").fetchall()][1:]
    counts = base.execute(f"select {', '.join(f'count({_q(n)})' for n in names)} from records")
    filled = dict(zip(names, counts.fetchall()[0]))
    return base, [name for name in names if filled[name]]


def _macros(base: duckdb.DuckDBPyConnection, *, plain: bool) -> None:
    """Say how a kind of value is cleaned; values already normalised are only trimmed."""
    nowhere = ", ".join(f"'{domain}'" for domain in NOWHERE.split())
    letters = "lower(strip_accents(x))"
    for letter, plain_letter in {
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "''": "",
    }.items():
        letters = f"replace({letters}, '{letter}', '{plain_letter}')"
    roads = "' ' || x || ' '"
    for long, short in ROADS.items():
        roads = f"replace({roads}, '{long}', '{short}')"
    macros = {
        "filled(x)": "nullif(trim(x), '')",
        "folded(x)": (  # most values are plain, and plain ones are soon done
            "case when regexp_full_match(x, '[A-Za-z0-9]+( [A-Za-z0-9]+)*') then lower(x) else"
            f" nullif(trim(regexp_replace({letters}, '[^\\pL\\pN]+', ' ', 'g')), '') end"
        ),
        "said(x)": f"case when regexp_full_match(x, '{NOTHING}') then null else x end",
        "words(x)": "said(folded(x))",
        "joined(x)": "nullif(replace(folded(x), ' ', ''), '')",
        "closed(x)": "folded(replace(replace(replace(x, '.', ''), '/', ''), '&', ' and '))",
        "bare(x)": (
            f"coalesce(nullif(regexp_replace(x, '( (and )?({FORMS}))+$', ''), ''), x)"
        ),
        "mail(x)": (
            "case when regexp_full_match(lower(trim(x)), '[^@ ]+@[^@ ]+[.][^@ ]+') and not"
            f" regexp_matches(lower(trim(x)), '^({MAILED_TO_NOBODY})@') and"
            f" split_part(lower(trim(x)), '@', 2) not in ({nowhere}) then"
            " regexp_replace(lower(trim(x)), '[+][^@]*@', '@') end"
        ),
        "called(x, d)": (
            f"ltrim(case when regexp_matches(x, '{DIALLED}')"
            f" then regexp_replace(x, '{DIALLED}', '') when d is not null"
            " and starts_with(x, d) and length(x) >= length(d) + 8"
            " then substr(x, length(d) + 1) else x end, '0+')"
        ),
        "subscriber(x, d)": (
            "called(regexp_replace(regexp_replace(lower(x), '(ext|x|#).*$', ''), '[^0-9+]',"
            " '', 'g'), d)"
        ),
        "digits(x)": (
            "case when length(x) >= 6 and length(replace(x, x[1], '')) > 0 and not"
            " starts_with(x, '12345') then x end"
        ),
        "road_words(x)": f"trim({roads})",
        "postal(x)": r"regexp_replace(folded(x), '^[a-z]{1,2} (\d)', '\1')",
        "tax(x)": "regexp_replace(joined(x), '^[a-z]{2}([0-9])', '\\1')",
        "in_order(x)": "array_to_string(list_sort(string_split(nullif(x, ''), ' ')), ' ')",
        "turned(x)": r"regexp_replace(x, '^\s*([^,]+?)\s*,\s*(.+?)\s*$', '\2 \1')",
    }
    if plain:
        macros |= dict.fromkeys(
            "words(x) joined(x) closed(x) bare(x) mail(x) road_words(x) postal(x) tax(x)"
            " digits(x) turned(x)".split(),
            "filled(x)",
        ) | {"subscriber(x, d)": "filled(x)"}
    for name, body in macros.items():
        base.execute(f"create macro {name} as {body}")


def _query(known: list[str]) -> str:
    """Select each field by the heading it has in this file."""
    lower = {name.strip().lower(): name for name in known}
    found = {
        field: next((lower[n] for n in names.split() if n in lower), None)
        for field, names in HEADINGS.items()
    }
    made = [n for n in FIELDS if n in lower and lower[n] not in found.values()]
    others = [n for n in known if n not in found.values() and n.lower() not in FIELDS]
    raw = [f"{_q(name) if name else 'null'} as {field}" for field, name in found.items()]
    raw += [f"filled({_q(lower[n])}) as made_{n}" for n in made]
    raw += [f"words({_q(n)}) as {_q('x_' + n.lower())}" for n in others]
    kept = [f"made_{n}" for n in made] + [_q("x_" + n.lower()) for n in others]
    chosen = [f"coalesce(made_{n}, {n}) as {n}" if n in made else n for n in FIELDS]
    firms = bool(found["name"]) and not (
        found["given_name"] or found["family_name"] or found["company"]
    )
    return f"""
create table records as
with field as (select {", ".join(raw)} from raw),
split as (
    select *, words(given_name) as g, words(family_name) as f, said(closed(company)) as c,
        case when coalesce(given_name, family_name, company) is null
            then said(closed(name)) end as m,
        case when {firms} or bare(m) <> m or m similar to '.*( and |[0-9]).*'
            then bare(m) end as b,
        case when m is not null and b is null then words(turned(name)) end as n,
        subscriber(phone, dial) as p, words(country) as land,
        words(nullif(concat_ws(' ', house_number, street), '')) as s
    from field left join dials on folded(country) = dials.country_name
),
named as (select * replace (road_words(s) as s) from split),
ready as (
    select record_id{"".join(", " + name for name in kept)},
        coalesce(g, nullif(regexp_extract(n, '^(.*) [^ ]+$', 1), '')) as given,
        coalesce(f, nullif(regexp_extract(n, '[^ ]+$'), '')) as family,
        coalesce(bare(c), b) as firm,
        mail(email) as email, digits(p) as phone, s as street,
        nullif(regexp_extract(s, '\\b[0-9]+[a-z]?\\b'), '') as house,
        nullif(trim(regexp_replace(s, '\\b[0-9]+[a-z]?\\b', '', 'g')), '') as road,
        postal(postcode) as postcode, words(city) as city, words(region) as region,
        land as country, tax(tax_id) as tax_id, joined(born) as born
    from named
),
whole as (
    select *, nullif(split_part(email, '@', 1), '') as mailbox,
        in_order(concat_ws(' ', given, family)) as person,
        in_order(coalesce(firm, concat_ws(' ', given, family))) as title,
        case when firm is null then 'person' else 'firm' end as kind
    from ready
)
select record_id, {", ".join(chosen + [_q("x_" + n.lower()) for n in others])} from whole
"""


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
