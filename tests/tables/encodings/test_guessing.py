"""An encoding is found by what its letters spell, and a guess is called a guess.

The lists are made here: names, streets, towns and notes of seven languages, with a seed.
"""

from __future__ import annotations

import random
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.encodings.decoding import to_utf8
from custclean.tables.encodings.guessing import guess

FILE = Path("list.csv")
WORDS = {
    "it": "Niccolò Nicolò Donà Calò Cittadella Forlì Cefalù città è perché più già papà"
    " società"
    " qualità Mondovì Cantù Salò però lunedì venerdì caffè università Pietà metà Libertà"
    " là Rossi Bianchi Giulia Marco Via Roma Corso Torino Agnès L’Aquila dell’Orto d’Este"
    " 1º 2ª €",
    "pt": "João Conceição Gonçalves Magalhães Guimarães Antônio José Luís Inês São Luíza"
    " Vitória Brasília Goiânia Florianópolis Avenida Praça Março amanhã não está irmã avó"
    " avô Simões Camões Lourenço Araújo Patrícia Mônica Íris Ângela Élio Óscar Úrsula nº"
    " 3ª você também Silva Souza Costa Rua Lima Ceará Pará Maranhão Belém cartão endereço"
    " pão cobrança",
    "fr": "François Françoise Hélène Céline Noël Loïc Benoît Jérôme Élodie Éric Chloé Gaëlle"
    " Rue Évêché Orléans Besançon Béziers Nîmes Saint-Étienne l’Église d’Août forêt"
    " château Zoé Mélanie Anaïs œuvre cœur sœur où déjà à reçu téléphoné Île Aÿ Crête"
    " «devis» Œillet Dupont Martin Paris Lyon boulangerie 25° coût août côté garçon même"
    " être 10€ dîner",
    "es": "José María García Martínez Fernández Rodríguez López Sánchez Pérez Gómez Muñoz"
    " Núñez"
    " Ángel Íñigo Óscar Úrsula Peña España Málaga Cádiz León Córdoba Logroño Coruña Ávila"
    " Begoña Iñaki Calle Año mañana señor según teléfono ¿Quién? ¡Hola! nº 2º pingüino"
    " Carmen Madrid Sevilla Juárez Suárez Ibáñez Antón número dirección último niño Güell",
    "da": "Søren Jørgen Bjørn Kåre Åse Ærø Østergade Nørrebro København Århus Ålborg Rødovre"
    " Sønderborg Helsingør Hillerød Præstø Brønshøj Lærke Æbeltoft Øster Ørsted Grønland"
    " Rønne Jens Hansen Nielsen Vej Bygade nøgle låsesmed håndværker blå rød grøn sø så år"
    " Møller Jørgensen Sørensen Næstved Køge Tårnby Færch Bækgaard Høj Kjær Ågade Åen",
    "de": "Müller Jürgen Günther Köln München Düsseldorf Lübeck Straße Groß Weiß Bäcker Jäger"
    " Schröder Österreich Äußere Übersee Königsallee Nürnberg Würzburg Größe Fuß Händler"
    " Schäfer Krüger Böhm Hänsel Lößnitz Preiß Vögel Zürich für über geschäftlich schön"
    " Ölmühle Anna Schmidt Berlin Hamburg Grün Süß Gießen „Zum Löwen“ – Müßig Ärzte Übung",
    "en": "Smith Brown café O’Brien Zoë fiancé naïve “great” – … €50 £20 D’Arcy it’s résumé"
    " Chloë Renée Main Street London Leeds ½ 20° Beyoncé façade customer’s José Siân Seán"
    " Taylor Evans Wood Green Hill Rose note paid late calls back Monday Élan Müller",
    "ja": "山田 太郎 鈴木 花子 佐藤 健一 東京都 大阪府 京都市 株式会社 さくら ひろし"
    " カタカナ 田中 高橋 渡辺 伊藤 中村 小林 加藤 北海道 横浜市 新宿区 中央区"
    " 港区 電話 ご担当者様 有限会社 マンション ビル 丁目 番地 吉田 山本 松本"
    " 井上 木村 名古屋市 ｱｲｳｴｵ 千代田区 営業部 山口",
}  # fmt: skip


def a_list(language: str, rows: int, seed: int, shout: bool = False) -> str:
    """Make a customer list; `shout` writes it in capitals, as many programs did."""
    chance = random.Random(f"{language} {rows} {seed}")
    words = WORDS[language].split()
    lines = [
        f"{100 + n},{' '.join(chance.choices(words, k=2))},{chance.choice(words)} {n},"
        f"{chance.choice(words)},{' '.join(chance.choices(words, k=chance.randint(0, 5)))}"
        for n in range(rows)
    ]
    text = "\r\n".join(["No,Name,Street,City,Note", *lines, ""])
    return text.upper() if shout else text


def outcomes(encoding: str, seeds: int) -> Counter[tuple[str, bool]]:
    """Count right, guessed, declared and silent readings, by whether enough could tell."""
    counts: Counter[tuple[str, bool]] = Counter()
    languages = ["ja"] if encoding == "cp932" else [name for name in WORDS if name != "ja"]
    for language, rows, seed, shout in product(
        languages, (1, 2, 3, 5, 10, 50, 200), range(seeds), (False, True)
    ):
        data = a_list(language, rows, seed, shout).encode(encoding, "ignore")
        text = data.decode(encoding)
        told = {word for word in text.replace(",", " ").split() if not word.isascii()}
        found = to_utf8(FILE, data)
        right = found.data.decode() == text
        result = ("right", "guessed right") if right else ("silent", "declared")
        counts[result[found.uncertain], rows >= 5 and len(told) >= 2] += bool(told)
    return counts


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "latin-1", "mac-roman", "cp932"])
def test_an_encoding_is_found_and_never_wrong_in_silence(encoding: str) -> None:
    counts = outcomes(encoding, seeds=6)
    for enough, silent, right in ((True, 0.0, 0.98), (False, 0.01, 0.90)):
        total = sum(n for (_, told), n in counts.items() if told == enough)
        assert counts["silent", enough] <= silent * total
        assert counts["right", enough] >= right * total


@pytest.mark.parametrize("word", "Søren Müller François João Peña Forlì Straße Århus".split())
def test_one_usual_word_of_windows_is_enough(word: str) -> None:
    found = guess([word.encode("cp1252")])
    assert (found.encoding, found.certain) == ("cp1252", True)


@pytest.mark.parametrize("text", ["it’s", "“great”", "a – b", "etc…", "€50", "l’Église"])
def test_marks_that_latin_1_has_not_are_read_as_windows(text: str) -> None:
    words = [word for word in text.encode("cp1252").split() if not word.isascii()]
    assert guess(words).encoding == "cp1252"


def test_a_word_that_reads_well_in_two_encodings_is_a_guess() -> None:
    assert guess(["JOÇO".encode("cp1252")]).certain is False  # JOÃO in cp850


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Иван Петров Москва Санкт Невский", "cp1251"), ("Γιώργος Παπαδόπουλος Αθήνα", "cp1253"),
     ("Łódź Świętokrzyska Wałęsa Gdańsk", "cp1250"), ("李小明 北京市 上海市 广东省", "gbk")],
)  # fmt: skip
def test_an_encoding_that_is_no_candidate_is_not_read_in_silence(
    text: str, encoding: str
) -> None:
    assert guess(text.encode(encoding).split()).certain is False


@given(st.lists(st.binary(min_size=1, max_size=20), max_size=10))
def test_any_bytes_get_an_answer(words: list[bytes]) -> None:
    assert guess(words).margin >= 0
