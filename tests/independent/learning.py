"""Compares the rules of `chorus themes learn` with logistic regression: learned from half the coded rows, tested on the other half.

    cargo build --release && pip install scikit-learn && python3 tests/independent/learning.py ../shared/data

Each set is split in two at random with a fixed seed. F1 is the mean over themes with at least ten rows in both halves. Limit:
95% of the regression's F1.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer

CHORUS = os.environ.get("CHORUS", "target/release/chorus")
LEAST = 10


def sets(folder):
    """The texts and codes of each set."""
    for name, language, label in [
        ("clinc150", "en", lambda row: [row["group"]]),
        ("valladolid", "es", lambda row: row.get("labels", [])),
        ("decide-madrid", "es", lambda row: row.get("labels", [])),
    ]:
        with open(f"{folder}/{name}/answers.jsonl", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        yield name, language, [(row["text"], label(row)) for row in rows if label(row)]


def write(path, rows, codes):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["text", "codes"] if codes else ["text"])
        out.writerows([text, "; ".join(given)] if codes else [text] for text, given in rows)


def by_rules(language, train, test):
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: f"{folder}/{name}"
        write(path("train.csv"), train, True)
        write(path("test.csv"), test, False)
        run = lambda *words: subprocess.run([CHORUS, "themes", *words, "--lang", language], check=True, stdout=subprocess.DEVNULL)
        run("learn", path("train.csv"), "--text", "text", "--codes", "codes", "--out", path("codebook.toml"))
        run("code", path("test.csv"), "--text", "text", "--codebook", path("codebook.toml"), "--out", path("coded.csv"))
        with open(path("coded.csv"), newline="", encoding="utf-8") as file:
            return [[name for name in row["themes"].split("; ") if name] for row in csv.DictReader(file)]


def by_regression(train, test, classes):
    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    binary = MultiLabelBinarizer(classes=classes)
    model = OneVsRestClassifier(LogisticRegression(C=10, max_iter=1000, class_weight="balanced"))
    model.fit(words.fit_transform(text for text, _ in train), binary.fit_transform(codes for _, codes in train))
    return binary.inverse_transform(model.predict(words.transform(text for text, _ in test)))


class Halves:
    """Training rows and test rows, with only the themes that are frequent enough in both halves."""

    def __init__(self, rows):
        random.Random(2031).shuffle(rows)
        half = len(rows) // 2
        parts = rows[:half], rows[half:]
        counts = [Counter(code for _, codes in part for code in codes) for part in parts]
        self.kept = sorted(code for code in counts[0] if min(counts[0][code], counts[1][code]) >= LEAST)
        self.train, self.test = ([(text, [code for code in codes if code in self.kept]) for text, codes in part] for part in parts)


def main():
    ratios = []
    for name, language, rows in sets(sys.argv[1]):
        halves = Halves(rows)
        binary = MultiLabelBinarizer(classes=halves.kept)
        truth = binary.fit_transform(codes for _, codes in halves.test)
        score = lambda found: f1_score(truth, binary.transform(found), average="macro", zero_division=0)
        rules = score(by_rules(language, halves.train, halves.test))
        regression = score(by_regression(halves.train, halves.test, halves.kept))
        ratios.append(rules / regression)
        print(f"{name:15} {len(halves.kept):3} themes  rules {rules:.3f}  regression {regression:.3f}  ratio {rules / regression:.3f}", flush=True)
    print(f"mean ratio {sum(ratios) / len(ratios):.3f}, limit 0.95")


if __name__ == "__main__":
    main()
