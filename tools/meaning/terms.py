"""The terms of a text as hotseat's analyzer makes them (src/text/mod.rs), near enough to train on."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_stemmer = snowballstemmer.stemmer("english")
_TOKEN = re.compile(
    r"(?<![\w.])\.[A-Za-z]\w+"  # .NET
    r"|(?<![\w@])@[A-Za-z]\w+"  # @property
    r"|[A-Za-z]\w?(?:\+\+|#)(?![\w+#])"  # C++, C#, F#
    r"|[^\W_]+(?:['’][^\W\d_]+)*(?:(?:[-./&:@+]|__?|::)[^\W_]+(?:['’][^\W\d_]+)*)*"
    r"|[-+*/%=<>!&|^~?:]{2,3}"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_AMERICAN = [
    (re.compile(r"^(?!prec|conc|superv|surpr|telev|appra|missp|res|ups)(\w{4,})([iy])s(e|es|ed|ing|er|ation|ations|able)$"), r"\1\2z\3"),
    (re.compile(r"^(\w{2,}[tb])re(s?)$"), r"\1er\2"),
    (re.compile(r"^(?!missp|res|ups)(\w{3,})ell(ing|ed|er|ers)$"), r"\1el\2"),
    (re.compile(r"^(\w{3,}?)our(s?|[aefhil]\w*)$"), r"\1or\2"),
]


def fold(text):
    """Lower case, without accents, apostrophes and a final 's."""
    if not text.isascii() or "'" in text:
        text = re.sub(r"['’][sS]$", "", text)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c) and c not in "'’")
    return text.lower()


@lru_cache(maxsize=1 << 18)
def stem(word):
    """The stem of a folded word; what is no plain word is its own."""
    if len(word) <= 2 or not (word.isascii() and word.isalpha()):
        return word
    for pattern, american in _AMERICAN:
        changed, count = pattern.subn(american, word)
        if count:
            word = changed
            break
    return _stemmer.stemWord(word)


@lru_cache(maxsize=1 << 18)
def _terms(token):
    """(stem, folded word) of each term of a token."""
    if not any(c.isalnum() for c in token):
        return [(token, token)]
    if token[0] in ".@" or token[-1] in "+#":
        base = token.strip(".@+#")
        return [(stem(fold(base)), fold(base)), (token.lower(), token.lower())]
    words = [hump for word in _WORD.findall(token) for hump in (_HUMP.split(word) if word[0].islower() and word.isascii() else [word])]
    words = [fold(word) for word in words]
    terms = [(stem(word), word) for word in words if word]
    if 2 <= len(words) <= 4:
        is_name = not re.search(r"[-./&@+]|(?<!:):(?!:)", token)
        joined = "".join(words)
        terms.append((joined if is_name else stem(joined), joined))
    return terms


def terms(text):
    """(stem, folded word) of each term of `text`."""
    return [term for token in _TOKEN.findall(text) for term in _terms(token)]


def stems(text, most):
    """The first `most` stems of `text`."""
    found = []
    for token in _TOKEN.findall(text):
        found += [stem for stem, _ in _terms(token)]
        if len(found) >= most:
            break
    return found[:most]
