"""The code page of bytes that are no Unicode, told by how the letters of each reading fit.

Windows is where nearly all such tables and texts come from. So its code pages are tried first, and
any other one has to fit clearly better. charset-normalizer decides where none fits; it cannot
decide alone, since it takes a few French words in an English table for Baltic or Macintosh ones.
"""

import codecs
import re
import unicodedata
from functools import cache

WINDOWS = ("cp1252", "cp1250", "cp1251", "cp1254", "cp1257", "cp1253", "cp1255", "cp1256")
OTHERS = {  # other code pages, with what a reading in them costs a character beforehand
    "koi8_r": 0.1,
    "koi8_u": 0.1,
    "iso8859_5": 0.1,
    "cp866": 0.1,
    "cp852": 0.1,
    "mac_roman": 0.25,
    "mac_cyrillic": 0.25,
}
FITTING = 0.4  # cost of a character up to which a reading can be right
SAMPLE = 4000  # characters beyond ASCII by which a long text is judged
CONTROLS = re.compile("[\0-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f]")
BEYOND_ASCII = re.compile(r"[^\0-\x7f]")
ANYWHERE = frozenset("’‘…–—•·¿¡\u00a0\u00ad")
SIGNS = frozenset("°§£€¥¢¹²³½¼¾±×÷©®™†‡‰№ªº′″،؛؟־")  # at home beside words and numbers
ALPHABETS = (  # what languages with Latin letters write beyond ASCII
    ("cp1252 mac_roman", "àâæçéèêëîïôœùûüÿ"),  # French
    ("cp1252 mac_roman", "äöüßé"),  # German
    ("cp1252 mac_roman", "áéíóúñüïçàèòº·ª"),  # Spanish, Catalan
    ("cp1252 mac_roman", "áâãàçéêíóôõúüºª"),  # Portuguese
    ("cp1252 mac_roman", "àèéìíîòóù"),  # Italian
    ("cp1252 mac_roman", "æøåäöéüàóôò"),  # Danish, Norwegian, Swedish, Finnish
    ("cp1252", "áðéíóúýþæö"),  # Icelandic
    ("cp1252 mac_roman", "áéëïóöüèêíâ"),  # Dutch
    ("cp1250 cp852", "ąćęłńóśźż"),  # Polish
    ("cp1250 cp852", "áčďéěíňóřšťúůýž"),  # Czech
    ("cp1250 cp852", "áäčďéíĺľňóôŕšťúýž"),  # Slovak
    ("cp1250 cp852", "áéíóöőúüű"),  # Hungarian
    ("cp1250 cp852", "čćđšž"),  # Croatian, Slovene, Bosnian
    ("cp1250 cp852", "ăâîşţ"),  # Romanian
    ("cp1254", "çğıİöşüâîû"),  # Turkish
    ("cp1257", "ąčęėįšųūž"),  # Lithuanian
    ("cp1257", "āčēģīķļņšūž"),  # Latvian
    ("cp1257", "äöõüšž"),  # Estonian
)
COMMON = {  # letters that are most of a text in these scripts; which ones differs little
    "CYRILLIC": frozenset("оаеинтсрвлкі"),
    "GREEK": frozenset("αοιετσςνηυρκ"),
}
# what a letter costs beforehand: those that are taken for others the more easily, the rarer
FLAT = {"LATIN": 0.0, "GREEK": 0.1, "HEBREW": 0.2}
CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђѓѕјљњћќџ")


def find_code_page(content: bytes) -> str:
    """Find the code page in which bytes are a text.

    Returns:
        The name of the codec; empty where no reading looks like words.
    """
    costs = {}
    for page in (*WINDOWS, *OTHERS):
        try:
            text = content.decode(page)
        except UnicodeDecodeError:
            continue
        if CONTROLS.search(text):
            continue
        costs[page] = _cost(text, page) + OTHERS.get(page, 0)
    best = min(costs, key=lambda page: costs[page], default="")  # of equals, the first
    return codecs.lookup(best).name if best and costs[best] <= FITTING else ""


def _cost(text: str, page: str) -> float:
    """Say how badly characters beyond ASCII fit: 0 for well, 1 for not at all."""
    cost, letters, found = 0.0, "", 0
    for match in BEYOND_ASCII.finditer(text):
        if found == SAMPLE:
            break
        found += 1
        at, sign = match.start(), match[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if sign.isalpha() and sign not in "ºª":
            cost += _cost_of_letter(sign, before, after)
            letters += sign
        else:
            cost += _cost_of_sign(sign, before, after)
    return (cost + _cost_of_alphabet(letters, page)) / max(found, 1)


def _cost_of_letter(letter: str, before: str, after: str) -> float:
    """Say how badly a letter fits between its neighbours."""
    script = _script(letter)
    if any(other.isalpha() and _script(other) != script for other in (before, after)):
        return 1
    if letter.isupper() and before.isalpha():
        return 1 if before.islower() else 0.2
    if (letter.islower() and after.isupper()) or before.isdigit() or after.isdigit():
        return 1
    if script in COMMON:
        plain = letter.lower()
        if script == "GREEK":
            plain = unicodedata.normalize("NFD", plain)[0]
        elif plain not in CYRILLIC:
            return 1
        return FLAT.get(script, 0) + (0 if plain in COMMON[script] else 0.4)
    return FLAT.get(script, 0.35)


def _cost_of_sign(sign: str, before: str, after: str) -> float:
    """Say how badly a sign that is no letter fits between its neighbours."""
    if sign in ANYWHERE:
        return 0
    kind = unicodedata.category(sign)
    if kind in {"Pi", "Pf", "Ps"}:
        return 1 if before.isalpha() and after.isalpha() else 0
    if kind[0] == "M":
        return 0.2 if before and (before.isalpha() or unicodedata.category(before)[0] == "M") else 1
    if sign not in SIGNS or after.isalpha():
        return 1
    return 0.3 if before.isalpha() and sign not in "²³" else 0


def _cost_of_alphabet(letters: str, page: str) -> float:
    """Count the Latin letters that the languages of a code page lack."""
    latin = [letter.lower() for letter in letters if _script(letter) == "LATIN"]
    alphabets = [frozenset(signs) for pages, signs in ALPHABETS if page in pages.split()]
    if not latin:
        return 0
    if not alphabets:
        return float(len(latin))
    known = frozenset().union(*alphabets)
    foreign = sum(letter not in known for letter in latin)
    return (foreign + min(sum(letter not in one for letter in latin) for one in alphabets)) / 2


@cache
def _script(letter: str) -> str:
    """Return the first word of a letter's name in Unicode, which is its script."""
    return unicodedata.name(letter, "").partition(" ")[0]
