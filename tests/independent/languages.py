"""How often `chorus themes languages` gets English and Spanish right: with the form's language, and without it for three or more words.

    cargo build --release && python3 tests/independent/languages.py FOLDER

FOLDER has sets of open answers in `NAME/answers.jsonl` and parallel sentences in `languages/sentences.jsonl`, each line with `text` and
`lang`. With the form: each text was written on a form in its own language. Without: on a form in the other language, which is the hardest
case, because the form's language is used if no word decides. Limits: .995 with the form, .97 without.
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

CHORUS = os.environ.get("CHORUS", "target/release/chorus")
OTHER = {"en": "es", "es": "en"}


def texts(folder):
    for file in sorted([*folder.glob("*/answers.jsonl"), *folder.glob("*/sentences.jsonl")]):
        with file.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["lang"] in OTHER and row["text"].strip():
                    yield file.parent.name, row["lang"], row["text"]


def told(rows):
    with tempfile.TemporaryDirectory() as folder:
        given, out = f"{folder}/given.csv", f"{folder}/told.csv"
        with open(given, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["text", "form"], *rows])
        words = ["themes", "languages", given, "--text", "text", "--form", "form", "--lang", "en,es", "--out", out]
        subprocess.run([CHORUS, *words], check=True, stdout=subprocess.DEVNULL)
        with open(out, newline="", encoding="utf-8") as file:
            return [row["language"] for row in csv.DictReader(file)]


def main():
    rows = list(texts(pathlib.Path(sys.argv[1])))
    long = [row for row in rows if len(row[2].split()) >= 3]
    kept = True
    for what, limit, some, form in [
        ("with the form's language", 0.995, rows, lambda language: language),
        ("three words or more, the form in the other language", 0.97, long, OTHER.get),
    ]:
        found = told([(text, form(language)) for _, language, text in some])
        print(f"{what}:")
        right = {}
        for (name, language, _), is_told in zip(some, found):
            right.setdefault(f"{name} {language}", []).append(is_told == language)
        for name, hits in sorted(right.items()):
            print(f"  {name:18} {len(hits):6} {sum(hits) / len(hits):.4f}")
        share = sum(map(sum, right.values())) / len(some)
        print(f"  all                {len(some):6} {share:.4f}, limit {limit}")
        kept &= share >= limit
    sys.exit(not kept)


if __name__ == "__main__":
    main()
