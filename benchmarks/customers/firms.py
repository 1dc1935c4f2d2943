"""Firms of eight locales: what they are called, what they do, and their legal forms."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import polars as pl

from benchmarks.customers.draw import any_of, by_share, fill, often, ranks

FORMS = {  # share: form, then its other spellings
    "en_US": "40:LLC/L.L.C./Limited Liability Company/Llc,30:Inc./Inc/Incorporated/INC,"
    "12:Corp./Corp/Corporation,5:LLP/L.L.P.,5:Co./Company/Co,8:",
    "en_GB": "70:Ltd/Limited/Ltd./LTD,6:LLP/L.L.P.,5:PLC/plc/P.L.C.,3:& Co/and Co/& Company,"
    "16:",
    "it_IT": "50:S.r.l./srl/Srl/SRL/S.R.L./Società a responsabilità limitata,"
    "14:S.p.A./SpA/spa,12:S.n.c./snc/SNC,10:S.a.s./sas/SAS,4:Soc. Coop./Società Cooperativa,"
    "10:",
    "pt_BR": "60:Ltda/LTDA/Ltda./Limitada,12:ME/M.E./Microempresa,10:EIRELI/Eireli,"
    "8:S.A./S/A/SA,4:EPP,6:",
    "fr_FR": "35:SARL/S.A.R.L./Sarl,35:SAS/S.A.S./Sas,10:EURL/E.U.R.L.,6:SA/S.A.,"
    "6:SCI/S.C.I.,8:",
    "es_ES": "70:S.L./SL/S.L/Sociedad Limitada,10:S.A./SA/Sociedad Anónima,8:S.L.U./SLU,"
    "4:C.B./CB,8:",
    "da_DK": "60:ApS/Aps/APS/Anpartsselskab,20:A/S/AS/Aktieselskab,6:I/S/IS,5:IVS,9:",
    "de_DE": "60:GmbH/G.m.b.H./Gmbh/Gesellschaft mbH,10:GmbH & Co. KG/GmbH & Co KG/GmbH u. "
    "Co. KG,8:AG,6:e.K./eK,6:GbR/G.b.R.,4:UG (haftungsbeschränkt)/UG,6:",
}
TRADES = {
    "en_US": "Construction,Plumbing,Landscaping,Consulting,Auto Repair,Electric,Roofing,"
    "Realty,Painting,Insurance Agency,Law Firm,Dental,Properties,Catering,Trucking,"
    "Heating & Cooling,Cleaning Services,Photography,Design,Marketing,Logistics,Builders,"
    "Flooring,Tax Services,Pharmacy,Bakery,Salon,Fitness,Software,Security,Farms,"
    "Pest Control,Pool Service,Staffing",
    "en_GB": "Plumbing,Builders,Electrical,Motors,Estates,Accountants,Solicitors,Joinery,"
    "Roofing,Landscapes,Catering,Cleaning Services,Consulting,Property Services,Logistics,"
    "Design,Engineering,Garage,Dental Practice,Lettings,Bakery,Interiors,Media,Recruitment,"
    "Scaffolding,Heating & Plumbing,Flooring,Transport,Butchers,Pharmacy,Training,Software,"
    "Security",
    "it_IT": "Costruzioni,Impianti,Immobiliare,Trasporti,Arredamenti,Ristorante,Autofficina,"
    "Consulting,Servizi,Edilizia,Serramenti,Elettronica,Informatica,Assicurazioni,Meccanica,"
    "Alimentari,Abbigliamento,Farmacia,Studio Legale,Studio Tecnico,Termoidraulica,Viaggi,"
    "Agricola,Pulizie,Autotrasporti,Carpenteria,Ceramiche,Pasticceria,Panificio,Vini,Mobili",
    "pt_BR": "Construções,Comércio,Transportes,Consultoria,Imóveis,Materiais de Construção,"
    "Auto Peças,Serviços,Engenharia,Informática,Alimentos,Confecções,Móveis,Farmácia,"
    "Padaria,Contabilidade,Advocacia,Supermercado,Clínica,Odontologia,Restaurante,"
    "Tecnologia,Logística,Papelaria,Comércio de Alimentos,Indústria e Comércio,"
    "Distribuidora,Agropecuária,Modas",
    "fr_FR": "Plomberie,Bâtiment,Immobilier,Transports,Conseil,Maçonnerie,Électricité,"
    "Menuiserie,Boulangerie,Restaurant,Garage,Assurances,Nettoyage,Peinture,Couverture,"
    "Paysage,Formation,Informatique,Pharmacie,Coiffure,Traiteur,Architecture,Distribution,"
    "Services,Ambulances,Chauffage,Cuisines,Optique,Fleurs,Viticulture,Carrelage,"
    "Automobiles,Location",
    "es_ES": "Construcciones,Reformas,Inmobiliaria,Transportes,Asesores,Restaurante,"
    "Talleres,Consultoría,Instalaciones,Muebles,Seguros,Electricidad,Fontanería,Hostelería,"
    "Clínica Dental,Abogados,Informática,Alimentación,Carpintería,Servicios,Gestión,"
    "Farmacia,Autoescuela,Logística,Panadería,Maquinaria,Distribuciones,Comunicación,"
    "Bodegas,Pinturas,Viajes,Formación",
    "da_DK": "Byg,VVS,El,Murerfirma,Tømrer,Malerfirma,Ejendomme,Holding,Consult,Auto,"
    "Transport,Tandklinik,Revision,Rengøring,Maskinservice,Smede,Restaurant,Bageri,"
    "Have & Anlæg,Invest,Advokater,Data,Entreprenør,Køkken,Interiør,Frisør,Event,Design,"
    "Handel,Fysioterapi,Kloak,Tømrer- og Snedkerfirma,Vinduer,Logistik,Landbrug",
    "de_DE": "Bau,Elektrotechnik,Immobilien,Transporte,Sanitär,Heizungsbau,Metallbau,"
    "Maschinenbau,Consulting,Gastronomie,Autohaus,Versicherungen,Dachdeckerei,Malerbetrieb,"
    "Tischlerei,Logistik,Steuerberatung,Gebäudereinigung,Gartenbau,IT-Systeme,Druckerei,"
    "Bäckerei,Metzgerei,Apotheke,Hausverwaltung,Reisen,Schreinerei,Werbung,Spedition,"
    "Fliesen,Kfz-Werkstatt",
}
PATTERNS = {  # {f} {e} family names, {g} given name, {t} trade, {c} coined, {p} town, {a} ABC
    "en_US": "18:{f} {t},8:{f} & {e} {t},10:{p} {t},26:{c} {t},7:{g}'s {t},6:{a} {t},"
    "6:{f} & Sons {t},8:{c},5:{g} {f} {t},3:{f} {e} & Associates,3:{a}",
    "en_GB": "18:{f} {t},8:{f} & {e},9:{p} {t},24:{c} {t},6:{f} & Sons {t},6:{a} {t},10:{c},"
    "6:{g} {f} {t},4:{f} and {e} {t},4:{f} Brothers,3:The {c} {t}",
    "it_IT": "16:{f} {t},8:{t} {f},6:F.lli {f} {t},5:{f} & Figli,14:{c} {t},7:{t} {c},9:{c},"
    "6:{f} e {e} {t},5:{a} {t},6:{g} {f} {t},4:{p} {t},4:{t} {g} {f},3:{f} & C.,2:{a}",
    "pt_BR": "12:{f} {t},8:{t} {f},18:{c} {t},8:{c},5:{f} & {e} {t},4:Irmãos {f} {t},"
    "8:{t} {p},8:{g} {f} {t},5:{f} e Filhos {t},5:{a} {t},5:Casa {f},3:{a},6:{t} {c}",
    "fr_FR": "16:{f} {t},8:{t} {f},6:Établissements {f},5:{f} et Fils,12:{c} {t},10:{c},"
    "5:{f} & {e},6:{a} {t},6:{t} {p},5:{g} {f} {t},4:Au {c} Bleu,4:Cabinet {f},"
    "6:{f} Frères {t}",
    "es_ES": "16:{t} {f},8:{f} {t},8:Hermanos {f},5:{f} e Hijos,12:{c} {t},10:{c},"
    "6:{f} y {e} {t},6:{a} {t},6:{t} {p},6:{t} {g} {f},3:{a},6:Grupo {c},4:{t} {f} y {e}",
    "da_DK": "14:{f} {t},8:{p} {t},7:{g} {f} {t},20:{c} {t},9:{c},5:{f} & {e},5:{f} & Søn,"
    "8:{a} {t},6:{g}s {t},5:{f}s {t},4:{f} og {e} {t},3:{t}firmaet {f},4:{a}",
    "de_DE": "18:{f} {t},6:{g} {f} {t},8:{t} {f},14:{c} {t},8:{c},6:{f} & Söhne,"
    "6:{f} & {e} {t},6:{a} {t},6:{p}er {t},4:Gebr. {f} {t},3:{f} und {e},4:{a},"
    "5:{t} {g} {f}",
}
STARTS = (
    "Nor Alt Ver Lum Sol Tec Max Eur Glob Vit Aqu Terr Nov Med Plan Cor Opt Prim Dat Pro "
    "Bio Cas"
    " Arg Mar Lun Sil Fer Cal Del Gran Mont Riv Sta Sun Sky Blu Red Vel Zen Oro Bel Viv Dom "
    "Pan"
    " Hel Ken Lam Mir Pol Quan Ral Sar Tor Umb Vor Wes Xen Yor Zet Bri Cro Dra Flo Gal Hav Isl"
).split()
MIDDLES = " a o i e er an or en ta di lo mi ra co ne".split(" ")
FINISHES = (
    "tec ra na via lux tra dex con plan ta nis mar dis la nia vita co net lia xa no da".split()
)
PLAIN = {
    "en_US": "Sunrise,Blue Ridge,Golden Gate,Liberty,Summit,Evergreen,Pioneer,Lakeside,"
    "Eagle,Patriot",
    "en_GB": "Oakwood,Swan,Crown,Phoenix,Riverside,Kingfisher,Abbey,Beacon,Castle,Thistle",
    "it_IT": "Bella Vista,Aurora,La Perla,Stella,Il Sole,Del Lago,Primavera,Delta,Alfa,"
    "La Torre",
    "pt_BR": "Boa Vista,Estrela,Novo Horizonte,Bom Jesus,Primavera,União,Aliança,Progresso,"
    "Cristal",
    "fr_FR": "Soleil,Horizon,Étoile,Atlantique,Les Tilleuls,Azur,Alliance,Avenir,Provence,"
    "Belvédère",
    "es_ES": "El Sol,Levante,La Estrella,Mediterráneo,Buenavista,Sierra Nueva,Alameda,Costa,"
    "Norte",
    "da_DK": "Nordlys,Østjysk,Havnens,Vestkysten,Sundet,Dansk,Fjord,Bakken,Midtjysk,Solsikken",
    "de_DE": "Sonnenhof,Adler,Edelweiß,Rhein,Nordstern,Alpen,Hanse,Bavaria,Krone,Lindenhof",
}
VARIANTS = {  # with what an owner calls the next company
    "en_US": "Holdings,Properties,Investments,Consulting,Management,Services,Real Estate",
    "en_GB": "Holdings,Properties,Investments,Consulting,Lettings,Services,Developments",
    "it_IT": "Holding,Immobiliare,Consulting,Servizi,Invest,Gestioni,Commerciale",
    "pt_BR": "Holding,Imóveis,Consultoria,Participações,Serviços,Empreendimentos",
    "fr_FR": "Holding,Immobilier,Conseil,Invest,Gestion,Services,Patrimoine",
    "es_ES": "Holding,Inmobiliaria,Consulting,Gestión,Inversiones,Servicios",
    "da_DK": "Holding,Ejendomme,Consulting,Invest,Consult,Service,Udlejning",
    "de_DE": "Holding,Immobilien,Consulting,Beteiligungs,Verwaltungs,Service",
}


@cache
def forms(locale: str) -> tuple[tuple[str, ...], ...]:
    """Give each legal form with its other spellings.

    >>> forms("da_DK")[1]
    ('A/S', 'AS', 'Aktieselskab')
    """
    return tuple(_spellings(entry.split(":", 1)[1]) for entry in FORMS[locale].split(","))


def _spellings(text: str) -> tuple[str, ...]:
    kept = re.sub(r"\b([AIS])/([AS])\b", r"\1|\2", text)  # the stroke of A/S divides nothing
    return tuple(part.replace("|", "/") for part in kept.split("/"))


def _shares(table: str) -> dict[object, float]:
    return {at: float(entry.split(":")[0]) for at, entry in enumerate(table.split(","))}


@cache
def _coined(locale: str) -> tuple[str, ...]:
    made = [s + m + e for s in STARTS for m in MIDDLES for e in FINISHES]
    order = np.random.default_rng(18).permutation(len(made))
    offset = list(FORMS).index(locale) * 977
    return (*PLAIN[locale].split(","), *(made[at] for at in np.roll(order, offset)))


def legal_forms(rng: np.random.Generator, locale: str, size: int) -> pl.Series:
    """Draw legal forms; some firms show none."""
    first = [spellings[0] for spellings in forms(locale)]
    return pl.Series(first).gather(by_share(rng, _shares(FORMS[locale]), size))


def bodies(
    rng: np.random.Generator, locale: str, contacts: pl.DataFrame, towns: pl.Series
) -> pl.DataFrame:
    """Draw firm names without the form (body), and how long the part before the trade is."""
    size = contacts.height
    patterns = [entry.split(":", 1)[1] for entry in PATTERNS[locale].split(",")]
    coined = _coined(locale)
    letters = list("ABCDEFGHIKLMNOPRSTVW")
    words = {
        "f": contacts["family"],
        "g": contacts["given"],
        "e": contacts["family"].gather(rng.permutation(size)),
        "t": often(rng, TRADES[locale].split(","), size, flat=12),
        "c": pl.Series(coined).gather(ranks(rng, len(coined), size, 200)),
        "p": towns,
        "a": any_of(rng, letters, size)
        + any_of(rng, letters, size)
        + any_of(rng, letters, size),
    }

    kinds = by_share(rng, _shares(PATTERNS[locale]), size)
    return pl.DataFrame({"body": fill(patterns, kinds, words), "trade": words["t"]})
