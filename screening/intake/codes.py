"""Codes of the Department for Education that the contract borrows (`docs/sources.md`: ssd).

They are recorded for planning and for checking fairness, never inputs of the score. Every other code of the contract is
the domain's own (`screening.domain.contact`).
"""

from enum import StrEnum


class Ethnicity(StrEnum):
    """Ethnic origin, as the person describes it; REFU is refused, NOBT not yet obtained."""

    WBRI = "WBRI"
    WIRI = "WIRI"
    WIRT = "WIRT"
    WOTH = "WOTH"
    WROM = "WROM"
    MWBC = "MWBC"
    MWBA = "MWBA"
    MWAS = "MWAS"
    MOTH = "MOTH"
    AIND = "AIND"
    APKN = "APKN"
    ABAN = "ABAN"
    AOTH = "AOTH"
    BCRB = "BCRB"
    BAFR = "BAFR"
    BOTH = "BOTH"
    CHNE = "CHNE"
    OOTH = "OOTH"
    REFU = "REFU"
    NOBT = "NOBT"


class Disability(StrEnum):
    """Kinds of disability; NONE stands alone."""

    NONE = "NONE"
    MOB = "MOB"
    HAND = "HAND"
    PC = "PC"
    INC = "INC"
    COMM = "COMM"
    LD = "LD"
    HEAR = "HEAR"
    VIS = "VIS"
    BEH = "BEH"
    CON = "CON"
    AUT = "AUT"
    DDA = "DDA"
