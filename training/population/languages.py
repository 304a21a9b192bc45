"""What is spoken in a home, given its ethnicity. All assumed: nothing published says which, how often."""

from screening.intake.codes import Ethnicity
from training.population.dice import Dice
from training.population.settings import Families

ENGLISH = "English"
SPEAKS_FROM_YEARS = 4.0
"""Younger children need no interpreter, since they are not asked."""

SPOKEN = {
    Ethnicity.WOTH: ("Bulgarian", "Italian", "Lithuanian", "Polish", "Romanian"),
    Ethnicity.WROM: ("Romani", "Romanian"),
    Ethnicity.AIND: ("Gujarati", "Hindi", "Punjabi"),
    Ethnicity.APKN: ("Pahari", "Punjabi", "Urdu"),
    Ethnicity.ABAN: ("Bengali", "Sylheti"),
    Ethnicity.AOTH: ("Nepali", "Tagalog", "Tamil"),
    Ethnicity.CHNE: ("Cantonese", "Mandarin"),
    Ethnicity.BAFR: ("French", "Somali", "Twi", "Yoruba"),
    Ethnicity.OOTH: ("Arabic", "Farsi", "Kurdish"),
}
"""Languages other than English by ethnicity; of any other ethnicity all speak English."""


def language_of(families: Families, dice: Dice, ethnicity: str) -> str:
    """The first language of a home of that ethnicity, which is that of its children too."""
    another, which = dice.chance(families.another_language.get(ethnicity, 0.0)), dice.share()
    spoken = SPOKEN.get(Ethnicity(ethnicity), ()) if another else ()
    return spoken[int(which * len(spoken))] if spoken else ENGLISH
