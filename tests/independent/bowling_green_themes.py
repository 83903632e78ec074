"""Which comments of Bowling Green 2018 each theme of the codebook matches, worked out without Chorus.

Run it with Python 3.11 or later and this version of the stemmer, in a virtual environment with nothing else:

    python3 -m venv VENV && VENV/bin/pip install snowballstemmer==2.2.0
    VENV/bin/python bowling_green_themes.py > bowling_green_themes.json

PyStemmer must not be installed: snowballstemmer silently uses it, and its newer stems differ.

Words of a text
    1. NFKC; the apostrophes U+2018, U+2019, U+02BC and U+FF07 become U+0027; the hyphens U+2010 and U+2011 become U+002D.
    2. A word is a run of letters, digits, combining marks, and underscores. It may have one of ' . : between two letters and one of
       ' . , ; between two digits (Unicode Annex 29 for these scripts): "don't", "join.Avoid", and "1,000" are one word each.
    3. Words joined by single hyphens without spaces are parts of one hyphenated word: "low-income", "all-in-one", "K-12".
    4. A part without a letter isn't a word and leaves no gap: "K-12" has one part, "k"; the words in "8 to 9 pm" are "to", "pm".
    5. Possessive 's is removed from the end of each part and of the whole word: "WKU's" is "wku". "don't" stays as it is.
    6. Case is folded.

Places of a text
    Each part is a place, in text order, across punctuation and the ends of sentences. For phrases, "a-b" is the two consecutive words
    a, b. A hyphenated word with two or more parts, including those without a letter, is also one term as a whole ("low-income",
    "k-12"). Single terms can match it, phrases can't.

Terms of a theme
    word        matches a place or a whole hyphenated word with the same stem (Snowball English, on the folded word)
    start*      matches one that starts with this, folded, not stemmed
    "a b* c"    matches consecutive places, each compared as above
    Terms go through steps 1, 5, and 6 too. A comment is in a theme if at least one term of `any` matches and no term of `none` does.

Only comments that aren't set aside (moderated = -1) are coded; all are in English.

Priorities
    A priority's comments are the union of its themes' comments; its people are their authors. Everyone is in one group, so both scores are
    these people / all authors of counted comments. Votes on the comments are reported separately as [agree, disagree, pass]. The lower end
    of the 95% Wilson interval of agree / (agree + disagree) is computed from its definition: the smallest share p within z standard errors
    (of p) of the observed share, found by bisection.
"""

import csv
import functools
import json
import math
import re
import tomllib
import unicodedata
from pathlib import Path
from statistics import NormalDist

import snowballstemmer

import bowling_green

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "bowling-green"
APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\uff07"), "'")
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
STEMMER = snowballstemmer.stemmer("english")
assert type(STEMMER).__module__.startswith("snowballstemmer"), "PyStemmer is installed: remove it"


def straight(text):
    return unicodedata.normalize("NFKC", text).translate(APOSTROPHES | HYPHENS)


def is_letter(character):
    return unicodedata.category(character)[0] in "LM"


def is_digit(character):
    return unicodedata.category(character) == "Nd"


def joins(text, at):
    """Whether the character at this index is part of a word."""
    character = text[at]
    if is_letter(character) or is_digit(character) or character == "_":
        return True
    if not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    return (character in "'.:" and is_letter(before) and is_letter(after)) or (
        character in "'.,;" and is_digit(before) and is_digit(after)
    )


def raw_words(text):
    """The parts of each hyphenated word as a list; a plain word is a list of one."""
    words, parts, part = [], [], ""
    for at, character in enumerate(text):
        if joins(text, at):
            part += character
            continue
        if part:
            parts.append(part)
            part = ""
        goes_on = character == "-" and at > 0 and joins(text, at - 1) and at + 1 < len(text) and joins(text, at + 1)
        if parts and not goes_on:
            words.append(parts)
            parts = []
    if part:
        parts.append(part)
    if parts:
        words.append(parts)
    return words


def folded(word):
    word = word.casefold()
    return word.removesuffix("'s")


@functools.cache
def stem(word):
    return STEMMER.stemWord(word)


def has_letter(word):
    return any(is_letter(character) for character in word)


def places_and_wholes(text):
    places, wholes = [], []
    for parts in raw_words(straight(text)):
        places += [folded(part) for part in parts if has_letter(part)]
        whole = "-".join(parts)
        if len(parts) > 1 and has_letter(whole):
            wholes.append(folded(whole))
    return places, wholes


def same(term, word):
    if term.endswith("*"):
        return word.startswith(term[:-1])
    return stem(folded(term)) == stem(word)


def matches(term, places, wholes):
    term = straight(term).casefold()
    if not term.startswith('"'):
        return any(same(term, word) for word in places + wholes)
    words = re.findall(r"[^\s\"]+", term)
    starts = range(len(places) - len(words) + 1)
    return any(all(same(word, places[start + n]) for n, word in enumerate(words)) for start in starts)


def in_theme(theme, places, wholes):
    rules = theme["rules"]["en"]
    return any(matches(term, places, wholes) for term in rules["any"]) and not any(
        matches(term, places, wholes) for term in rules.get("none", [])
    )


def people(comments, author):
    return len({author[comment] for comment in comments})


def wilson_lower(agree, disagree):
    votes, z = agree + disagree, NormalDist().inv_cdf(0.975)
    observed = agree / votes
    low, high = 0.0, observed
    for _ in range(200):
        middle = (low + high) / 2
        if observed - middle > z * math.sqrt(middle * (1 - middle) / votes):
            low = middle
        else:
            high = middle
    return high


def priority(comments, author, votes):
    agree, disagree, passed = (sum(votes[comment][place] for comment in comments) for place in range(3))
    asked = len(set(author.values()))
    share = people(comments, author) / asked
    return {
        "comments": len(comments),
        "people": people(comments, author),
        "asked": asked,
        "by_size": share,
        "equally": share,
        "votes": [agree, disagree, passed],
        "wilson_lower": round(wilson_lower(agree, disagree), 12),
    }


def counted():
    with (FOLDER / "comments.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["moderated"] != "-1"]
    return sorted(rows, key=lambda row: int(row["comment-id"]))


def read(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def main():
    rows = counted()
    author = {row["comment-id"]: row["author-id"] for row in rows}
    words = {row["comment-id"]: places_and_wholes(row["comment-body"]) for row in rows}
    caught = {
        theme["key"]: [comment for comment, (places, wholes) in words.items() if in_theme(theme, places, wholes)]
        for theme in read("codebook.toml")["themes"]
    }
    covered = set().union(*caught.values())
    unions = {
        priority["key"]: set().union(*(caught[theme] for theme in priority["themes"]))
        for priority in read("decisions.toml")["priorities"]
    }
    votes = bowling_green.votes_of(bowling_green.rows("participants-votes.csv"), rows)
    report = {
        "counted_comments": len(rows),
        "covered_comments": len(covered),
        "covered_people": people(covered, author),
        "without_theme": [comment for comment in words if comment not in covered],
        "themes": {
            key: {"comments": len(comments), "people": people(comments, author), "ids": comments} for key, comments in caught.items()
        },
        "priorities": {key: priority(comments, author, votes) for key, comments in unions.items()},
    }
    numbers_on_one_line = re.sub(r"\[\s+(\d+),\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2, \3]", json.dumps(report, indent=1))
    print(re.sub(r'(?<="),\n +(?="\d)', ", ", numbers_on_one_line))


if __name__ == "__main__":
    main()
