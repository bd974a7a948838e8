"""Only what is surely in another language is left out."""

from __future__ import annotations

import pytest

from newslint.language import foreign

ENGLISH = (
    "The council voted on Tuesday to repair the harbour wall, which had been damaged in the storms of last winter."
)
BROKEN = (
    "Ministry confirm investment massive harbour of city, say minister Tuesday, cost four million, project of winter "
    "begin spring, according official, people of city wait the answer of government since three years already."
)
GERMAN = (
    "Der Stadtrat hat am Dienstag beschlossen, die Hafenmauer zu reparieren, die im vergangenen Winter durch "
    "mehrere Stürme beschädigt worden war. Die Arbeiten sollen im Frühjahr beginnen und vier Millionen Euro kosten."
)
FRENCH = (
    "Le conseil municipal a décidé mardi de réparer le mur du port, endommagé l'hiver dernier par plusieurs tempêtes. "
    "Les travaux doivent commencer au printemps et coûter environ quatre millions d'euros, selon la mairie."
)
INDONESIAN = (
    "Dewan kota memutuskan pada hari Selasa untuk memperbaiki tembok pelabuhan yang rusak akibat badai musim lalu. "
    "Pekerjaan akan dimulai pada musim semi dan menelan biaya sekitar empat juta euro, kata wali kota setempat."
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AI .",
        "Leeds 2, Hull 1\nDerby 0, Stoke 0\nLuton 3, Wigan 2",
        "Schadenfreude, zeitgeist: words that travel.",
        ENGLISH,
        f"{ENGLISH} {ENGLISH} “{GERMAN[:100]}”",
        ENGLISH.upper(),
        BROKEN,
    ],
)
def test_english_and_what_is_too_short_to_tell(text: str) -> None:
    assert foreign(text) == ""


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (FRENCH, "fr"), (INDONESIAN, "id")])
def test_other_languages(text: str, language: str) -> None:
    assert foreign(text) == language
