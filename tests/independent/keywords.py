"""Counts the keywords of a CSV file without Chorus, for comparison with `chorus themes keywords --format json`.

Run it with Python 3.11 or later and this version of the stemmer, in a virtual environment with nothing else:

    python3 -m venv VENV && VENV/bin/pip install snowballstemmer==2.2.0
    VENV/bin/python keywords.py FILE.csv --text COLUMN [--person COLUMN] [--by COLUMN] [--lang en] > expected.json
    VENV/bin/python keywords.py FILE.csv --text COLUMN … --compare KEYWORDS.json

PyStemmer must not be installed: snowballstemmer silently uses it, and its newer stems differ. Only the stop words come from Chorus (the
lists in src/themes/text/data); everything else is worked out here from the definition of a word:

    NFKC, straight apostrophes, plain hyphens, no soft hyphens; words by Unicode Annex 29 (for scripts that separate words with
    spaces); words without a letter don't count; words joined by single hyphens count both whole and split; a final 's is removed;
    case is folded. A key is the stem of a word that isn't a stop word.
"""

import argparse
import collections
import csv
import functools
import json
import pathlib
import re
import sys
import unicodedata

import snowballstemmer

DATA = pathlib.Path(__file__).resolve().parents[2] / "src" / "themes" / "text" / "data"
STEMMERS = {"en": snowballstemmer.stemmer("english"), "es": snowballstemmer.stemmer("spanish")}
assert all(type(stemmer).__module__.startswith("snowballstemmer") for stemmer in STEMMERS.values()), "PyStemmer is installed: remove it"

SAME = {ord(letter): "'" for letter in "\u2018\u2019\u201b\u02bc\uff07"} | {0x2010: "-", 0x2011: "-", 0xAD: None}

# Letters with their marks, digits, and underscores form a word, also with ' . : between letters or ' . , ; between digits.
MARK = r"[\u0300-\u036f\u200d\ufe00-\ufe0f]"
LETTER = rf"(?:[^\W\d_]{MARK}*)"
DIGIT = rf"(?:\d{MARK}*)"
CORE = rf"(?:{LETTER}|{DIGIT}|_{MARK}*)"
WORD = re.compile(rf"{CORE}(?:{CORE}|(?<=[^\W\d_])['.:·](?={LETTER})|(?<=\d)['.,;](?={DIGIT}))*")
# Chinese and Japanese characters are words by themselves, as are superscript digits and other digits that aren't decimal.
ALONE = re.compile(r"[\u3005-\u3007\u3021-\u3029\u3040-\u309f\u3400-\u9fff\uf900-\ufaff]")


def stop_words(language):
    text = (DATA / f"{language}.txt").read_text(encoding="utf-8")
    text = re.sub(r"#.*", "", text)
    return set(re.search(r"\[stop words\](.*?)\n\[", text, re.S).group(1).split())


def parts_of(text):
    """Each hyphenated or plain word of a text as a list of its parts."""
    text = unicodedata.normalize("NFKC", text.translate(SAME))
    text = unicodedata.normalize("NFKC", text.translate(SAME))
    text = ALONE.sub(lambda sign: f" {sign.group()} ", text)
    chain, end = [], None
    for match in WORD.finditer(text):
        if not any(character.isalnum() for character in match.group()):
            continue
        if chain and text[end : match.start()] != "-":
            yield chain
            chain = []
        chain.append(match.group())
        end = match.end()
    if chain:
        yield chain


def without_possessive(word):
    return word[:-2] if word[-2:] in ("'s", "'S") else word


def words_of(text):
    for chain in parts_of(text):
        parts = [without_possessive(part) for part in chain]
        whole = "-".join(chain[:-1] + parts[-1:])
        for word in parts if len(parts) == 1 else [whole, *parts]:
            if any(character.isalpha() for character in word):
                yield word.casefold()


def count(rows, arguments):
    stop = stop_words(arguments.lang)
    stem = functools.cache(STEMMERS[arguments.lang].stemWord)
    comments, mentions = collections.defaultdict(list), collections.defaultdict(collections.Counter)
    everyone = set()
    for number, row in enumerate(rows):
        person = (row[arguments.person].strip() if arguments.person else "") or number
        everyone.add(person)
        words = [word for word in words_of(row[arguments.text]) if word not in stop]
        for word in words:
            mentions[stem(word)][word] += 1
        for key in {stem(word) for word in words}:
            comments[key].append((row[arguments.by].strip() if arguments.by else None, person))
    keys = []
    for key, authors in comments.items():
        by = collections.defaultdict(list)
        for group, person in authors:
            if group is not None:
                by[group].append(person)
        keys.append({
            "key": key,
            "comments": len(authors),
            "people": len({person for _, person in authors}),
            "mentions": mentions[key].total(),
            "forms": [list(form) for form in sorted(mentions[key].items(), key=lambda form: (-form[1], form[0]))],
            "by": {group: {"comments": len(people), "people": len(set(people))} for group, people in sorted(by.items())},
        })
    keys.sort(key=lambda row: (-row["comments"], row["key"]))
    return {"rows": len(rows), "people": len(everyone), "keys": keys}


def differences(ours, theirs):
    found = [f"{field}: {ours[field]} here, {theirs[field]} there" for field in ("rows", "people") if ours[field] != theirs[field]]
    here, there = ({row["key"]: row for row in table["keys"]} for table in (ours, theirs))
    for key in sorted(here.keys() | there.keys()):
        if here.get(key) != there.get(key):
            found.append(f"{key}: {here.get(key)} here, {there.get(key)} there")
    if not found and [row["key"] for row in ours["keys"]] != [row["key"] for row in theirs["keys"]]:
        found.append("the order of the keys")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--text", required=True)
    parser.add_argument("--person")
    parser.add_argument("--by")
    parser.add_argument("--lang", default="en", choices=sorted(STEMMERS))
    parser.add_argument("--compare", type=pathlib.Path, help="the JSON of chorus themes keywords")
    arguments = parser.parse_args()
    csv.field_size_limit(1 << 24)
    with arguments.file.open(encoding="utf-8-sig", newline="") as file:
        table = count(list(csv.DictReader(file)), arguments)
    if not arguments.compare:
        json.dump(table, sys.stdout, ensure_ascii=False, indent=None)
        print()
        return
    found = differences(table, json.loads(arguments.compare.read_text(encoding="utf-8")))
    print(*found[:20], f"{len(found)} differences in {len(table['keys'])} keys of {table['rows']} rows", sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
