"""Compares word tallies of a hundred thousand real answers from Chorus with an independent count: no difference, with any threads and order.

    cargo build --release
    python3 -m venv VENV && VENV/bin/pip install snowballstemmer==2.2.0
    VENV/bin/python tests/independent/tallies.py FOLDER

FOLDER has `NAME/answers.jsonl` files of open data sets, each line with `text` and `lang`. A hundred thousand answers are sampled with
replacement from a fixed seed, half English and half Spanish, each in one of six groups and by one of forty thousand people. `keywords.py`
says how words are found and stemmed.
"""

import argparse
import csv
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import keywords

CHORUS = os.environ.get("CHORUS", "target/release/chorus")
ANSWERS = 100_000


def real_answers(folder, language):
    texts = []
    for file in sorted(folder.glob("*/answers.jsonl")):
        with file.open(encoding="utf-8") as lines:
            rows = map(json.loads, lines)
            texts += [row["text"] for row in rows if row["lang"] == language and row["text"].strip()]
    return texts


def by_chorus(rows, language, threads):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["person", "group", "text"])
        table.writeheader()
        table.writerows(rows)
        file.flush()
        words = ["themes", "keywords", file.name, "--text", "text", "--person", "person", "--by", "group", "--lang", language, "--format", "json"]
        environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
        return subprocess.run([CHORUS, *words], check=True, capture_output=True, env=environment).stdout


def main():
    folder = pathlib.Path(sys.argv[1])
    draw = random.Random(2018)
    wrong = 0
    for language in ["en", "es"]:
        texts = real_answers(folder, language)
        rows = [
            {"person": str(draw.randrange(40_000)), "group": f"g{draw.randrange(6)}", "text": draw.choice(texts)}
            for _ in range(ANSWERS // 2)
        ]
        arguments = argparse.Namespace(lang=language, text="text", person="person", by="group")
        here = keywords.count(rows, arguments)
        there = by_chorus(rows, language, 1)
        found = keywords.differences(here, json.loads(there))
        print(*found[:5], f"{language}: {len(rows)} answers drawn from {len(texts)}, {len(here['keys'])} keys: {len(found)} differences", sep="\n")
        shuffled = draw.sample(rows, len(rows))
        others = [by_chorus(rows, language, 2), by_chorus(rows, language, 8), by_chorus(shuffled, language, 2)]
        differ = sum(other != there for other in others)
        print(f"{language}: 2 threads, 8 threads and shuffled: {differ} of 3 differ from 1 thread by a byte")
        wrong += len(found) + differ
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
