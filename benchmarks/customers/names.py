"""Given and family names of eight locales, as often as in life, with a long tail."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import polars as pl

from benchmarks.customers.draw import any_of, chance, often, put

FAMILY_FIRST = {  # the commonest, where Faker lists by alphabet
    "it_IT": "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno"
    " Gallo Conti Costa Giordano Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro"
    " Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale",
    "pt_BR": "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa"
    " Ribeiro Martins Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias"
    " Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso Ramos",
    "es_ES": "García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Martín"
    " Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro"
    " Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Morales Suárez",
    "de_DE": "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann"
    " Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun"
    " Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Schmid Köhler",
    "en_GB": "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright"
    " Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Khan Hughes",
}
GIVEN_FIRST = {  # men | women
    "it_IT": "Giuseppe Giovanni Antonio Mario Luigi Francesco Marco Andrea Alessandro Luca"
    " Stefano Roberto Paolo Davide Salvatore|Maria Anna Giuseppina Rosa Angela Giovanna"
    " Teresa Francesca Laura Giulia Chiara Sara Paola Elena Valentina Alessandra",
    "pt_BR": "José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Luís Gabriel"
    " Rafael Daniel Marcelo|Maria Ana Francisca Antônia Adriana Juliana Márcia Fernanda"
    " Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia",
    "fr_FR": "Jean Pierre Michel Philippe Alain Nicolas Christophe Daniel Bernard Laurent"
    " Julien Thomas Patrick|Marie Nathalie Isabelle Sylvie Catherine Françoise Christine"
    " Monique Sophie Sandrine Stéphanie Céline Julie Camille",
    "es_ES": "Antonio Manuel José Francisco David Juan Javier Daniel Carlos Jesús Alejandro"
    " Miguel Rafael Pablo Sergio|María Carmen Ana Isabel Laura Cristina Marta Lucía Elena"
    " Paula Raquel Rosa Pilar Mercedes Dolores",
    "da_DK": "Peter Michael Lars Jens Thomas Henrik Søren Christian Martin Jan Morten"
    " Jesper Anders Niels Mads Rasmus|Anne Mette Kirsten Hanne Anna Helle Susanne Lene"
    " Maria Marianne Lone Camilla Pia Louise Inge",
    "de_DE": "Peter Michael Thomas Wolfgang Andreas Klaus Stefan Jürgen Christian Hans Uwe"
    " Frank Markus Jan Bernd Matthias|Maria Ursula Monika Petra Sabine Elisabeth Renate"
    " Karin Helga Andrea Brigitte Ingrid Claudia Susanne Julia",
    "en_US": "James John Robert Michael William David Richard Joseph Thomas Charles Daniel"
    " Matthew Anthony Mark|Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica"
    " Sarah Karen Lisa Nancy Emily Ashley",
    "en_GB": "|Susan Sarah Margaret Emma Karen Elizabeth Julie Claire Jane Helen",
}
ENDS = {  # with what a stem becomes another family name
    "it_IT": "i ini etti elli one ucci aro ese iello ato oni otto ani ella isi azzo",
    "pt_BR": "eira al inho es ão eda edo anha ato elli oso ino er",
    "es_ES": "ez al ero ano eda osa ales uela ones illo ado ete era",
    "fr_FR": "ard eau et ier in on ot elle ac aud oux ault ois ac ère illon",
    "en_US": "ton ley field ford worth well by ham wood son man er brook stone land sby"
    " wick berg stein ski",
    "en_GB": "ton ley field ford worth well by ham wood son man er brook stone land sby"
    " wick thorpe combe bury hurst more",
    "da_DK": "gaard lund holm bjerg strup toft skov by dal mark vang høj kjær bæk sø borg"
    " lev sted rup sen",
    "de_DE": "mann meier hofer bauer er stein berg feld bach müller huber hausen wald"
    " brecht hardt ler inger haus ert ke el",
}
STEMS = {  # beside those cut from Faker's own names
    "en_US": "Ash Bar Ben Black Brad Brook Burn Car Chat Clay Cran Dal Dun Ed Fair Fen Gar"
    " Glen Hal Har Hart Hay Hol Kirk Lang Lind Mar Mil Nor Oak Pem Pres Rad Rams Red Row"
    " Ruth Sand Sher Stan Stock Strat Thorn Wal Wat West Whit Win Wy Hather Ander Wether",
    "da_DK": "Øster Vester Nør Sønder Kjær Lund Ager Bjerre Dal Eng Gram Hede Holm Høj Krog"
    " Mose Ny Over Ravn Skov Sten Thor Toft Ulv Vang Vis Aa Bak Birke Bred Brænd Damm Elle"
    " Fal Fruer Grøn Gyld Hassel Havn Hjort Hvid Kirke Kloster Lille Linde Løv Mølle Nede",
    "de_DE": "Acker Adel Alt Anger Bach Berg Birn Blum Brand Breit Buch Burg Dorn Ebers"
    " Eich Eisen Engel Falk Feld Fried Fuchs Gold Grün Hagen Hart Heid Hell Herz Hirsch"
    " Hoch Holz Kalt Kirch König Lang Linden Loh Mitter Nieder Ober Rosen Roth Sand Stein"
    " Stroh Wald",
}
STEMS["en_GB"] = STEMS["en_US"]
LINKS = {"en_US": ",er,ing,en", "en_GB": ",er,ing,en", "da_DK": ",e", "de_DE": ",en,er"}
PARTICLES = {
    "it_IT": "De,Di,Lo,La,Del,Della", "pt_BR": "da,dos,de", "es_ES": "de,del,de la",
    "fr_FR": "Le,de,Du,La", "da_DK": "von", "de_DE": "von,van",
    "en_US": "Mc,Mac,O'", "en_GB": "Mc,Mac,O'",
}  # fmt: skip
PARTICLE = {"pt_BR": 0.18, "it_IT": 0.05, "fr_FR": 0.05, "es_ES": 0.03}
CELTIC = (
    "Donald Kenzie Carthy Neil Brien Connor Sullivan Leod Intyre Gregor Pherson Lean Kay Grath"
    " Dermott Donnell Namara Guire Mahon Cormack Laughlin Allister Farlane Keefe Reilly Hara"
)
ABROAD = {
    "en_US": "es_ES it_IT de_DE",
    "en_GB": "it_IT",
    "pt_BR": "it_IT de_DE",
    "da_DK": "de_DE",
}
TWO_SURNAMES = {"es_ES": 0.90, "pt_BR": 0.55}
HYPHENS = {"en_GB": 70, "de_DE": 60, "da_DK": 15, "fr_FR": 25, "en_US": 25}
MIDDLE = {"en_US": 0.25, "en_GB": 0.10, "da_DK": 0.40, "fr_FR": 0.06, "it_IT": 0.08,
          "es_ES": 0.20, "pt_BR": 0.22, "de_DE": 0.05}  # fmt: skip
NICKNAMES = {
    "en": "William:Bill,Robert:Bob,Richard:Dick,James:Jim,John:Jack,Michael:Mike,Thomas:Tom,"
    "Joseph:Joe,Charles:Chuck,Daniel:Dan,Matthew:Matt,Anthony:Tony,David:Dave,Steven:Steve,"
    "Stephen:Steve,Christopher:Chris,Andrew:Andy,Edward:Ted,Nicholas:Nick,Samuel:Sam,"
    "Benjamin:Ben,Kenneth:Ken,Gregory:Greg,Jeffrey:Jeff,Timothy:Tim,Alexander:Alex,"
    "Patricia:Pat,Jennifer:Jen,Elizabeth:Liz,Barbara:Barb,Susan:Sue,Margaret:Peggy,"
    "Katherine:Kate,Catherine:Cathy,Deborah:Debbie,Rebecca:Becky,Jessica:Jess,Pamela:Pam,"
    "Jacqueline:Jackie,Victoria:Vicky,Amanda:Mandy,Kimberly:Kim,Cynthia:Cindy,Nancy:Nan",
    "it": "Giuseppe:Beppe,Giovanni:Gianni,Antonio:Tonino,Luigi:Gigi,Francesco:Franco,"
    "Alessandro:Sandro,Roberto:Berto,Salvatore:Totò,Domenico:Mimmo,Vincenzo:Enzo,"
    "Giuseppina:Pina,Francesca:Franca,Alessandra:Sandra,Valentina:Vale,Teresa:Terry,"
    "Elisabetta:Betta,Raffaele:Lello,Ferdinando:Nando,Lorenzo:Renzo,Eleonora:Nora",
    "pt": "José:Zé,João:Joãozinho,Antônio:Toninho,Francisco:Chico,Carlos:Carlinhos,"
    "Eduardo:Edu,Rafael:Rafa,Gabriel:Biel,Fernanda:Nanda,Leonardo:Léo,Felipe:Lipe,"
    "Juliana:Ju,Beatriz:Bia,Isabela:Bela,Gustavo:Guga,Luiza:Lu,Camila:Mila,Daniel:Dani",
    "fr": "Philippe:Phil,Christophe:Chris,Frédéric:Fred,Alexandre:Alex,Nicolas:Nico,"
    "Dominique:Dom,Catherine:Cathy,Isabelle:Isa,Nathalie:Nath,Stéphanie:Steph,"
    "Françoise:Fanfan,Véronique:Véro,Benjamin:Ben,Guillaume:Guy,Sébastien:Seb,Jean:Jeannot",
    "es": "José:Pepe,Francisco:Paco,Antonio:Toño,Manuel:Manolo,Jesús:Chus,Javier:Javi,"
    "Rafael:Rafa,Dolores:Lola,Mercedes:Merche,Rosario:Charo,Pilar:Pili,Concepción:Concha,"
    "Isabel:Isa,Daniel:Dani,Eduardo:Edu,Alejandro:Álex,Enrique:Quique,Ignacio:Nacho",
    "da": "Christian:Chris,Niels:Nisse,Mikkel:Mik,Frederik:Frede,Alexander:Alex,"
    "Kristoffer:Kris,Johannes:Hannes,Rasmus:Ras,Susanne:Sanne,Marianne:Nanna,Kirsten:Kis,"
    "Elisabeth:Lis,Charlotte:Lotte,Margrethe:Grethe,Michael:Mikael,Hans:Hasse",
    "de": "Michael:Micha,Wolfgang:Wolf,Andreas:Andi,Johannes:Hannes,Matthias:Matze,"
    "Friedrich:Fritz,Heinrich:Heinz,Joachim:Jochen,Elisabeth:Lisa,Susanne:Susi,Ursula:Uschi,"
    "Brigitte:Gitte,Katharina:Kathi,Christian:Chris,Thomas:Tom,Stefan:Steff",
}


def faker(kind: str, locale: str) -> Any:
    """Give the class that holds Faker's lists of a locale."""
    return import_module(f"faker.providers.{kind}.{locale}").Provider


def listed(words: Any) -> list[str]:
    """Give Faker's words, the commonest first where it says so."""
    if hasattr(words, "items"):
        return [word for word, _ in sorted(words.items(), key=lambda pair: -pair[1])]
    return list(dict.fromkeys(words))


def shuffled(words: list[str], salt: int) -> list[str]:
    """Shuffle words, the same way in every process: some of Faker's lists come from sets."""
    known = sorted(words)
    return [known[at] for at in np.random.default_rng(salt).permutation(len(known))]


def nicknames(locale: str) -> dict[str, str]:
    """Give the short forms of a language."""
    pairs = NICKNAMES[locale[:2]].split(",")
    return dict(pair.split(":") for pair in pairs)


@cache
def given_names(locale: str, men: bool) -> tuple[str, ...]:
    """Give the given names of men or of women, the commonest first."""
    first = GIVEN_FIRST.get(locale, "|").split("|")[0 if men else 1].split()
    provider = faker("person", locale)
    words = listed(provider.first_names_male if men else provider.first_names_female)
    rest = words if locale in ("en_GB", "da_DK") else shuffled(words, 11)
    return tuple(dict.fromkeys([*first, *rest]))


@cache
def family_names(locale: str) -> tuple[str, ...]:
    """Give the family names, the commonest first, with a tail put together from stems."""
    first = FAMILY_FIRST.get(locale, "").split()
    words = listed(faker("person", locale).last_names)
    if locale in ("it_IT", "pt_BR", "es_ES", "de_DE"):
        words = shuffled(words, 12)
    head = [*first, *words]
    abroad = ABROAD.get(locale, "").split()
    other = [name for land in abroad for name in listed(faker("person", land).last_names)]
    if locale == "da_DK":
        other += [f"{name.rstrip('e')}sen" for name in given_names(locale, men=True)]
    tail = [*other, *_composed(locale, words), *_hyphened(locale, head)]
    return tuple(dict.fromkeys([*head, *shuffled(tail, 13)]))


def _composed(locale: str, words: list[str]) -> list[str]:
    cut = [word.split()[-1].rstrip("aeiouyáéíóúãõàèìòù") for word in words[:1200]]
    stems = STEMS.get(locale, "").split()
    links = LINKS.get(locale, "").split(",")
    stems = stems or [stem for stem in dict.fromkeys(cut) if 3 <= len(stem) <= 7]
    ends = ENDS[locale].split()
    return [
        stem + link + end
        for stem in stems
        for link in links
        for end in ends
        if not (link and stem.endswith(link)) and not (stem.endswith("e") and link[:1] == "e")
    ]


def _hyphened(locale: str, head: list[str]) -> list[str]:
    some = head[: HYPHENS.get(locale, 0)]
    return [f"{one}-{other}" for one in some for other in some if one != other]


def people(rng: np.random.Generator, locale: str, size: int) -> pl.DataFrame:
    """Draw people: given, middle, family, family2, and whether a man."""
    men = chance(rng, 0.55, size)
    given = _given(rng, locale, men)
    families = family_names(locale)
    frame = pl.DataFrame(
        {
            "given": given,
            "middle": pl.Series([None], dtype=pl.String).new_from_index(0, size),
            "family": often(rng, families, size, flat=6),
            "family2": pl.Series([None], dtype=pl.String).new_from_index(0, size),
            "man": men,
        }
    )
    middles = chance(rng, MIDDLE[locale], size)
    second = (
        often(rng, families, size, flat=20) if locale == "da_DK" else _given(rng, locale, men)
    )
    if locale == "en_US":  # mostly an initial
        short = pl.Series(chance(rng, 0.7, size))
        second = pl.select(
            pl.when(short).then(second.str.slice(0, 1) + ".").otherwise(second)
        ).to_series()
    differs = (second != given).to_numpy()
    frame = put(frame, middles & differs, middle=second)
    particles = PARTICLES[locale].split(",")
    glue = "" if locale in ("en_US", "en_GB") else " "
    led_names = [name for name in families[:400] if name.istitle() and " " not in name]
    led_names = led_names if glue else CELTIC.split()
    led = any_of(rng, particles, size) + glue + often(rng, led_names, size, flat=30)
    led = led.str.replace("' ", "'", literal=True)
    frame = put(frame, chance(rng, PARTICLE.get(locale, 0.012), size), family=led)
    two = chance(rng, TWO_SURNAMES.get(locale, 0), size)
    return put(frame, two, family2=often(rng, families, size, flat=6))


def _given(rng: np.random.Generator, locale: str, men: np.ndarray) -> pl.Series:
    his = often(rng, given_names(locale, True), len(men))
    hers = often(rng, given_names(locale, False), len(men))
    return pl.select(pl.when(pl.Series(men)).then(his).otherwise(hers)).to_series()
