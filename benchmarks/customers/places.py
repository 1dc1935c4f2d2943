"""Towns and postcodes, streets, numbers and units, as each country has them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from benchmarks.customers.draw import any_of, chance, digits, fill, often, ranks
from benchmarks.customers.names import faker, given_names, listed, shuffled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.customers.draw import Ints

TOWNS = {  # the greatest; the others are Faker's, or put together from its parts
    "en_US": "New York,Los Angeles,Chicago,Houston,Phoenix,Philadelphia,San Antonio,"
    "San Diego,Dallas,Austin,Jacksonville,Columbus,Charlotte,Seattle,Denver,Boston,"
    "Nashville,Portland,Las Vegas,Detroit,Memphis,Baltimore,Milwaukee,Tucson,Atlanta,Miami,"
    "Oakland,Tampa",
    "en_GB": "London,Birmingham,Manchester,Leeds,Glasgow,Liverpool,Bristol,Sheffield,"
    "Edinburgh,Leicester,Cardiff,Belfast,Nottingham,Newcastle upon Tyne,Southampton,"
    "Portsmouth,Reading,Brighton,Plymouth,Derby,Oxford,Cambridge,York,Norwich,Exeter,"
    "Stoke-on-Trent,Milton Keynes",
    "it_IT": "Roma,Milano,Napoli,Torino,Palermo,Genova,Bologna,Firenze,Bari,Catania,Verona,"
    "Venezia,Messina,Padova,Trieste,Brescia,Parma,Modena,Reggio Emilia,Prato,Cagliari,"
    "Perugia,Bergamo,Trento,Forlì,Vicenza,Bolzano,Udine,Lecce,Pescara",
    "pt_BR": "São Paulo,Rio de Janeiro,Brasília,Salvador,Fortaleza,Belo Horizonte,Manaus,"
    "Curitiba,Recife,Goiânia,Porto Alegre,Belém,Guarulhos,Campinas,São Luís,Maceió,Natal,"
    "Campo Grande,Teresina,João Pessoa,Santo André,Osasco,Ribeirão Preto,Uberlândia,"
    "Sorocaba,Cuiabá,Joinville,Londrina,Florianópolis,Niterói,Caxias do Sul,Blumenau,Santos",
    "fr_FR": "Paris,Marseille,Lyon,Toulouse,Nice,Nantes,Montpellier,Strasbourg,Bordeaux,"
    "Lille,Rennes,Reims,Toulon,Saint-Étienne,Le Havre,Grenoble,Dijon,Angers,Nîmes,"
    "Villeurbanne,Clermont-Ferrand,Aix-en-Provence,Brest,Tours,Limoges,Amiens,Annecy,"
    "Perpignan,Metz,Besançon",
    "es_ES": "Madrid,Barcelona,Valencia,Sevilla,Zaragoza,Málaga,Murcia,Palma,Bilbao,"
    "Alicante,Córdoba,Valladolid,Vigo,Gijón,L'Hospitalet de Llobregat,Vitoria-Gasteiz,"
    "A Coruña,Granada,Elche,Oviedo,Terrassa,Badalona,Cartagena,Jerez de la Frontera,"
    "Sabadell,Móstoles,Almería,Pamplona,Castellón de la Plana,Burgos,Santander,Getafe,"
    "Logroño,Badajoz,Salamanca,Huelva",
    "da_DK": "København,Aarhus,Odense,Aalborg,Esbjerg,Randers,Horsens,Kolding,Vejle,"
    "Roskilde,Herning,Silkeborg,Hørsholm,Helsingør,Næstved,Viborg,Fredericia,Køge,Holstebro,"
    "Taastrup",
    "de_DE": "Berlin,Hamburg,München,Köln,Frankfurt am Main,Stuttgart,Düsseldorf,Leipzig,"
    "Dortmund,Essen,Bremen,Dresden,Hannover,Nürnberg,Duisburg,Bochum,Wuppertal,Bielefeld,"
    "Bonn,Münster,Mannheim,Karlsruhe,Augsburg,Wiesbaden,Mönchengladbach,Kiel,Aachen,"
    "Freiburg",
}
TOWN_PARTS = {  # {f} family name, {g} given name
    "en_US": "{f}ton,{f}ville,Lake {g},Port {g},{g}sburg,New {f},{f} Springs,{f} Falls,"
    "Fort {f}",
    "en_GB": "{f}ham,{f}bury,Great {f},Little {f},{f}-on-Sea,{f}mouth,{f}stead,Upper {f}",
    "it_IT": "San {g},Borgo {f}",
    "pt_BR": "{f} do Sul,{f} de Minas,{f} Paulista,São {g},Santa {g},{f} do Norte,Nova {f}",
    "fr_FR": "Saint-{g},{f}ville,{f}-sur-Mer,{f}-les-Bains,{f}bourg,La {f}",
    "es_ES": "San {g},Villa {f},{f} del Río,Puebla de {f},{f} de la Sierra,Torre {f}",
    "da_DK": "{g}slund", "de_DE": "{f}hausen,Bad {f},{f}dorf",
}  # fmt: skip
ROADS = {  # {f} family, {g} given, {l} listed below; the commoner first
    "en_US": "{l} St,{l} Ave,{f} Rd,{f} Dr,{l} Ln,{f} Blvd,{f} Ct,{l} Way,{f} Street,"
    "{l} Avenue,{f} Road,{l} Drive,N {l} St,S {l} Ave,W {f} Pkwy",
    "en_GB": "{l} Road,{l} Street,{l} Lane,{f} Avenue,{f} Close,{f} Drive,{l} Gardens,"
    "{f} Court,{l} Way,{f} Crescent,{l} Terrace,{f} Grove",
    "it_IT": "Via {l},Via {g} {f},Piazza {l},Viale {l},Corso {l},Via {f},Vicolo {f},"
    "Strada {l}",
    "pt_BR": "Rua {l},Avenida {l},Rua {g} {f},Travessa {f},Alameda {l},Praça {l},Rua {f},"
    "Rodovia {f},Estrada {l}",
    "fr_FR": "rue {l},rue {g} {f},avenue {l},boulevard {l},place {l},chemin {l},allée {l},"
    "impasse {l},rue de {f}",
    "es_ES": "Calle {l},Calle {g} {f},Avenida {l},Plaza {l},Paseo {l},Camino {l},Ronda {l},"
    "Calle de {f},Carretera de {f}",
    "da_DK": "{l}vej,{l}gade,{l}vænget,{l}parken,{l} Allé,{l}stræde,{l}bakken,{l}toften",
    "de_DE": "{l}straße,{l}weg,{f}straße,{l}allee,Am {l}platz,{l}gasse,{g}-{f}-Straße,{l}ring",
}
LISTED = {
    "en_US": "Main,Oak,Park,Maple,Cedar,Elm,Washington,Lake,Hill,Pine,Walnut,Spring,North,"
    "Ridge,Church,Willow,Mill,Sunset,Railroad,Jackson,River,Highland,Cherry,Lincoln,Center,"
    "Jefferson",
    "en_GB": "High,Station,Main,Park,Church,London,Victoria,Green,Manor,Kings,Queens,New,"
    "Grange,York,Mill,Windsor,School,North,Albert,Stanley,Alexandra,Springfield,Broad,West,"
    "Chapel",
    "it_IT": "Roma,Garibaldi,Mazzini,Marconi,Dante Alighieri,Cavour,Verdi,Matteotti,"
    "IV Novembre,della Libertà,Vittorio Emanuele II,San Giovanni,della Repubblica,Gramsci,"
    "dei Mille,Trento,Trieste,XX Settembre,Manzoni,Leopardi,Kennedy,Europa,dell'Industria,"
    "del Lavoro",
    "pt_BR": "Sete de Setembro,Quinze de Novembro,Brasil,Tiradentes,Dom Pedro II,das Flores,"
    "São José,Santos Dumont,Rui Barbosa,Getúlio Vargas,Duque de Caxias,São João,da Paz,"
    "Bahia,Paraná,Amazonas,Treze de Maio,das Palmeiras,dos Ipês,Santa Catarina,Bela Vista",
    "fr_FR": "de la République,Victor Hugo,de l'Église,Jean Jaurès,de la Gare,"
    "du Général de Gaulle,Pasteur,du Moulin,de la Mairie,des Écoles,Jules Ferry,"
    "de la Liberté,des Lilas,du Stade,Gambetta,de Paris,Émile Zola,du Château,des Acacias,"
    "de la Paix,du 8 Mai 1945",
    "es_ES": "Mayor,de la Constitución,Real,de España,de la Iglesia,del Sol,Cervantes,"
    "San José,de Andalucía,Nueva,de la Paz,Gran Vía,Ramón y Cajal,San Juan,de Goya,de Colón,"
    "del Carmen,de Europa,de Velázquez,de la Fuente,San Antonio,de la Libertad,del Prado,"
    "de Aragón",
    "da_DK": "Skole,Kirke,Vester,Øster,Nørre,Sønder,Birke,Møllevangs,Stations,Strand,Bøge,"
    "Ege,Nygårds,Industri,Lærke,Elme,Rosen,Syren,Engdals,Fredens,Tværs,Hoved,Algade,Lille",
    "de_DE": "Haupt,Schul,Bahnhof,Garten,Dorf,Berg,Birken,Linden,Kirch,Wald,Ring,Goethe,"
    "Schiller,Mozart,Wiesen,Industrie,Friedhof,Rosen,Buchen,Mühl,Eichen,Feld,Tannen,Blumen,"
    "Amsel",
}
UNITS = {  # N a number, L a letter
    "en_US": "Apt N,Suite N0N,Unit N,#N,Ste N00,Apt NL",
    "en_GB": "Flat N,Unit N,Flat NL,Suite N",
    "it_IT": "interno N,int. N,scala L,piano N,scala L int. N",
    "fr_FR": "Apt N,Bât. L,appt N",
    "pt_BR": "Apto N0N,Sala N0,Bloco L,Casa N,Apto N0N Bloco L",
    "es_ES": "Nº L,Piso N,N-L,Nº Dcha",
    "da_DK": "N. tv,N. th,st. tv,st. th,N. mf,st.",
    "de_DE": "N. OG,Whg. N,Hinterhaus,EG",
}
WITH_UNIT = {"da_DK": 0.30, "en_US": 0.25, "en_GB": 0.22, "it_IT": 0.15, "pt_BR": 0.30,
             "fr_FR": 0.14, "es_ES": 0.35, "de_DE": 0.06}  # fmt: skip
CODES = {  # the span in which a country's postcodes lie, and how many its greatest town has
    "en_US": (1000, 99900, 90), "en_GB": (0, 2480, 60), "it_IT": (10, 98100, 60),
    "pt_BR": (1000, 99900, 200), "fr_FR": (1000, 95900, 30), "es_ES": (1000, 52000, 60),
    "da_DK": (1000, 9990, 60), "de_DE": (1000, 99900, 120),
}  # fmt: skip
FLAT = {"en_US": 20, "da_DK": 5}
COUNTRY = {  # as a code, in English, in the language itself
    "en_US": "US,United States,USA", "en_GB": "GB,United Kingdom,UK", "it_IT": "IT,Italy,"
    "Italia",
    "pt_BR": "BR,Brazil,Brasil", "fr_FR": "FR,France,France", "es_ES": "ES,Spain,España",
    "da_DK": "DK,Denmark,Danmark", "de_DE": "DE,Germany,Deutschland",
}  # fmt: skip


def _filled(patterns: Sequence[str], locale: str, count: int, salt: int) -> list[str]:
    """Fill patterns with names, the same in every run."""
    rng = np.random.default_rng(salt)
    family = listed(faker("person", locale).last_names)
    given = given_names(locale, True)[:200]
    own = LISTED[locale].split(",")
    if locale == "da_DK":
        own += [name.split()[0] for name in faker("address", locale).street_names]
    at = np.minimum((rng.random((count, 4)) ** [1.3, 1.2, 1.3, 1.6]) * 10**6, 999_999).astype(
        int
    )
    return [
        patterns[row[0] * len(patterns) // 10**6].format(
            f=family[row[1] * len(family) // 10**6],
            g=given[row[2] * len(given) // 10**6],
            l=own[row[3] * len(own) // 10**6],
        )
        for row in at
    ]


@cache
def towns(locale: str) -> tuple[str, ...]:
    """Give the towns, the greatest first."""
    first = TOWNS[locale].split(",")
    provider = faker("address", locale)
    more = shuffled(listed(getattr(provider, "cities", ())), 14)[:2500]
    made = _filled(TOWN_PARTS[locale].split(","), locale, 1200 - min(len(more), 1150), 15)
    return tuple(dict.fromkeys([*first, *more, *made]))


@cache
def roads(locale: str) -> tuple[str, ...]:
    """Give the streets, the commonest first."""
    patterns = ROADS[locale].split(",")
    own = LISTED[locale].split(",")
    first = [patterns[0].format(l=name, f=name, g="") for name in own]
    return tuple(dict.fromkeys([*first, *_filled(patterns, locale, 20_000, 16)]))


@cache
def _code_starts(locale: str) -> tuple[np.ndarray, np.ndarray]:
    """Give each town's first postcode and how many it has, so that no two share one."""
    low, high, most = CODES[locale]
    count = len(towns(locale))
    room = (high - low) // count
    many = np.maximum(1, most * 3 // (np.arange(count) + 3))
    order = np.random.default_rng(17).permutation(count)
    starts = np.empty(count, dtype=np.int64)
    sizes = many[order]
    gaps = max(0, room - int(np.ceil(many.mean())))
    starts[order] = low + np.cumsum(sizes + gaps) - sizes - gaps
    return starts, many


def addresses(rng: np.random.Generator, locale: str, size: int) -> pl.DataFrame:
    """Draw addresses: street, number, unit, town (its position), postcode, city."""
    town = ranks(rng, len(towns(locale)), size, FLAT.get(locale, 10))
    starts, many = _code_starts(locale)
    code = starts[town] + (rng.random(size) ** 1.5 * many[town]).astype(np.int64)
    return pl.DataFrame(
        {
            "street": often(rng, roads(locale), size, flat=40),
            "number": _numbers(rng, locale, size),
            "unit": _units(rng, locale, size),
            "town": town,
            "postcode": _postcodes(rng, locale, code),
            "city": pl.Series(towns(locale)).gather(town),
        }
    )


def _postcodes(rng: np.random.Generator, locale: str, code: Ints) -> pl.Series:
    size = len(code)
    if locale == "en_GB":
        zones = pl.Series(list(faker("address", locale).POSTAL_ZONES))
        letters = list("ABDEFGHJLNPQRSTUWXYZ")
        zone = zones.gather(code // 20 % len(zones)) + pl.Series(code % 20 + 1).cast(pl.String)
        inward = digits(rng.integers(1, 10, size), 1)
        return zone + " " + inward + any_of(rng, letters, size) + any_of(rng, letters, size)
    if locale == "pt_BR":
        return digits(code, 5) + "-" + digits(rng.integers(0, 60, size) * 10, 3)
    text = digits(code, 4 if locale == "da_DK" else 5)
    if locale != "en_US":
        return text
    plus = text + "-" + digits(rng.integers(1001, 9999, size), 4)
    longer = pl.Series(chance(rng, 0.08, size))
    return pl.select(pl.when(longer).then(plus).otherwise(text)).to_series()


def _numbers(rng: np.random.Generator, locale: str, size: int) -> pl.Series:
    most = {"en_US": 9000, "pt_BR": 2500}.get(locale, 220)
    plain = pl.Series((rng.random(size) ** 1.7 * most).astype(np.int64) + 1).cast(pl.String)
    letter = any_of(rng, list("ABCabc"), size) if locale != "fr_FR" else pl.Series([" bis"])
    lettered = plain + (letter if len(letter) == size else letter.new_from_index(0, size))
    some = pl.Series(chance(rng, {"en_US": 0, "pt_BR": 0.01}.get(locale, 0.07), size))
    return pl.select(pl.when(some).then(lettered).otherwise(plain)).to_series()


def _units(rng: np.random.Generator, locale: str, size: int) -> pl.Series:
    marked = UNITS[locale].replace("L", "{L}").replace("N", "{N}")
    patterns = marked.split(",")
    number = pl.Series(rng.integers(1, 9, size)).cast(pl.String)
    words = {"N": number, "L": any_of(rng, list("ABCDEF"), size)}
    unit = fill(patterns, ranks(rng, len(patterns), size, 3), words)
    there = pl.Series(chance(rng, WITH_UNIT[locale], size))
    return pl.select(pl.when(there).then(unit)).to_series()
