"""A value that was misread is offered as it was meant; a right value is never touched."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.encodings.misread import count, mend, mended, misread

RIGHT = (
    "JOÃO SÃO CONCEIÇÃO IRMÃ MAÇÃS GUIMARÃES Simões Árvore avô É ÂNGELA Íris CORAÇÃO LÃ MANHÃ"
    " François L’Église CHÂTEAU ÂME ÎLE Noël Æ œuvre HÉLÈNE «devis» déjà Crème Zoë BÂTIMENT"
    " Søren Ærø ÅSE BLÅ Århus Østergade håndværker SMØRREBRØD Öl KÖLN Straße Ärzte Übung JÄGER"
    " Niccolò CITTÀ È Forlì PERÒ perché ÑANDÚ Peña ¿Quién? ¡Hola! nº 3ª 25° 10€ £20 §5 ©2024 ½"
    " România Câmpina ÎNTRE 5³ m² a×b ÷ “great” „Zum O’Brien it’s – … • ™ naïve café D’ÉTÉ"
).split()
AFTER = ["", " ", "”", "’", "»", "\xa0»", "…", " –", "®", "™", "º", "“", ",", ")", "\xa0", "·"]


def seen_as(value: str, encoding: str, times: int = 1) -> str:
    """Give what a program shows that takes the bytes of UTF-8 for another encoding."""
    for _ in range(times):
        value = "".join(
            bytes([n]).decode(encoding, "replace").replace("\ufffd", chr(n))
            for n in value.encode()
        )
    return value


@pytest.mark.parametrize(
    ("shown", "meant"),
    [("SÃ¸ren", "Søren"), ("FranÃ§ois", "François"), ("Lâ€™Ã‰glise", "L’Église"),
     ("Ã‰lodie", "Élodie"),
     ("MÃœLLER", "MÜLLER"), ("KÃ˜BENHAVN", "KØBENHAVN"), ("KÃ–LN", "KÖLN"),
     ("Ã…rhus", "Århus"),
     ("cÅ“ur", "cœur"), ("25Â°", "25°"), ("NÂº 3", "Nº 3"), ("10â‚¬", "10€"),
     ("1Â\xa0000", "1\xa0000"),
     ("ï»¿Name", "\ufeffName"), ("SÃƒÂ¸ren", "Søren"), ("Ã\x89ric", "Éric"), ("ðŸ˜€", "😀"),
     ("Ð˜Ð²Ð°Ð½", "Иван"), ("å±±ç”°", "山田"), ("S├©ren", "Søren"), ("L├│pez", "López"),
     ("dÔÇÖor", "d’or"), ("S√∏ren", "Søren"), ("M³ller", "Müller"), ("J›rgen", "Jørgen"),
     ("K÷ln", "Köln"), ("â€œgreatâ€", "“great”"),
     ("citt\u00c3\u00a0", "città"), ("“SÃ¸ren”", "“Søren”")],
)  # fmt: skip
def test_a_misread_value_is_offered_as_it_was_meant(shown: str, meant: str) -> None:
    assert mend(shown) == meant


@pytest.mark.parametrize("after", AFTER)
def test_a_right_word_is_not_touched_whatever_follows_it(after: str) -> None:
    words = [f"{before}{word}{after}" for word in RIGHT for before in ("", "„", "«\xa0", "x ")]
    assert {word: mend(word) for word in words if mend(word) is not None} == {}


@given(st.lists(st.sampled_from(RIGHT), min_size=1, max_size=5), st.sampled_from(AFTER))
def test_right_values_are_not_touched(words: list[str], between: str) -> None:
    assert mend((between + " ").join(words)) is None
    assert mend(" ".join(words).upper()) is None


@given(st.lists(st.sampled_from(RIGHT), min_size=1, max_size=3), st.integers(1, 3))
def test_what_is_mended_is_what_it_was_before(words: list[str], times: int) -> None:
    value = " ".join(words)
    ways_back = [seen_as(value, "cp1252", n) for n in range(times)]
    assert mend(seen_as(value, "cp1252", times)) in (*ways_back, None)


@given(st.text())
def test_what_is_mended_is_not_mended_again(value: str) -> None:
    meant = mend(value)
    assert meant is None or mend(meant) is None


@given(st.text("ÃÂâ€™Å“”»Äð\x81\xa0├┬ÔÇÖ√¬³›aZ ."))
def test_marks_of_all_kinds_are_not_mended_again(value: str) -> None:
    meant = mend(value)
    assert meant is None or mend(meant) is None


def test_most_words_beyond_ascii_are_found_when_they_were_misread() -> None:
    beyond = [word for word in RIGHT if not word.isascii()]
    for encoding, share in (("cp1252", 0.95), ("cp850", 0.85), ("mac-roman", 0.85)):
        found = [mend(seen_as(word, encoding)) == word for word in beyond]
        assert sum(found) > share * len(found)


@pytest.mark.parametrize(
    "value", ["MANHÃ–TARDE", "IRMÃ»", "„BLÅ“", "blå»”", "m³gas", "5 ÷ 2", "«\xa0Â\xa0»"]
)
def test_what_may_be_right_is_left(value: str) -> None:
    assert mend(value) is None


def test_cells_are_counted_by_column() -> None:
    frame = pl.DataFrame(
        {"Name": ["SÃ¸ren", "SÃ¸ren", "JOÃO", None], "City": ["Århus"] * 4, "n": [1] * 4}
    )
    assert count(frame) == {"Name": 2}


def test_a_table_is_mended_where_it_is_misread_and_nowhere_else() -> None:
    frame = pl.DataFrame({"Name": ["SÃ¸ren", "JOÃO", None], "n": [1, 2, 3]})
    assert mended(frame).rows() == [("Søren", 1), ("JOÃO", 2), (None, 3)]


@pytest.mark.parametrize(
    ("text", "may"),
    [("Name\nSÃ¸ren", True), ("Name\nSøren, Århus, L’Aquila", False), ("Ann", False)],
)
def test_a_file_without_telling_marks_is_passed_over(text: str, may: bool) -> None:
    assert misread(text.encode()) is may


def test_a_telling_mark_far_into_a_long_file_is_found() -> None:
    assert misread(b"S\xc3\xb8ren\n" * 900_000 + "SÃ¸ren".encode())


@given(
    st.lists(st.sampled_from(RIGHT), min_size=1),
    st.sampled_from(["cp1252", "cp850", "mac-roman"]),
)
def test_nothing_is_mended_that_the_quick_look_passes_over(
    words: list[str], encoding: str
) -> None:
    value = seen_as(" ".join(words), encoding)
    assert mend(value) is None or misread(value.encode())
