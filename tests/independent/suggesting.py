"""Themes that `chorus themes suggest` finds, not told how many, beside scikit-learn's NMF, told K; against people's labels.

    cargo build --release && pip install scikit-learn && python3 tests/independent/suggesting.py ../shared/data

A row's theme is its strongest; rows without one are a theme of their own. Limits: on each set at most .05 NMI under NMF, and
better on the means of NMI and ARI.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter

from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

CHORUS = os.environ.get("CHORUS", "target/release/chorus")


def sets(folder):
    """The texts of each set with the one label that people gave."""
    for name, language in [("decide-madrid", "es"), ("valladolid", "es"), ("clinc150", "en")]:
        with open(f"{folder}/{name}/answers.jsonl", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        if name == "clinc150":
            pairs = [(row["text"], row["group"]) for row in rows if row.get("group")]
        else:
            pairs = [(row["text"], row["labels"][0]) for row in rows if len(row.get("labels", [])) == 1]
        if name == "valladolid":
            common = Counter(label for _, label in pairs)
            pairs = [(text, label) for text, label in pairs if common[label] >= 5]
        yield name, language, [text for text, _ in pairs], [label for _, label in pairs]


def purity(labels, found):
    """The share of rows with a theme whose label is the commonest of their theme."""
    pairs = Counter((theme, label) for theme, label in zip(found, labels) if theme >= 0)
    best = Counter()
    for (theme, _), rows in pairs.items():
        best[theme] = max(best[theme], rows)
    return best.total() / max(pairs.total(), 1)


def by_chorus(language, texts):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["text"], *([text] for text in texts)])
        file.flush()
        words = ["themes", "suggest", file.name, "--text", "text", "--lang", language, "--no-stability", "--format", "json"]
        suggested = json.loads(subprocess.run([CHORUS, *words], check=True, capture_output=True).stdout)
    return suggested, [themes[0] if themes else -1 for themes in suggested["answers"]]


def by_factors(texts, many):
    matrix = TfidfVectorizer(min_df=2, max_df=0.5, sublinear_tf=True).fit_transform(texts)
    weights = NMF(many, init="nndsvd", max_iter=400, random_state=0).fit_transform(matrix)
    return [int(row.argmax()) if row.max() > 0 else -1 for row in weights]


def main():
    sums, useful, kept = [0.0] * 4, [0.0] * 2, True
    print(f"{'set':14} {'rows':>6} {'K':>4} {'themes':>6} {'covered':>7} {'purity':>6}  {'NMI':>5} {'ARI':>5}   NMF {'NMI':>5} {'ARI':>5}")
    for name, language, texts, labels in sets(sys.argv[1]):
        many = len(set(labels))
        suggested, ours = by_chorus(language, texts)
        theirs = by_factors(texts, many)
        scores = [measure(labels, found) for found in (ours, theirs) for measure in (normalized_mutual_info_score, adjusted_rand_score)]
        sums = [sum(pair) for pair in zip(sums, scores)]
        kept &= scores[0] >= scores[2] - 0.05
        pure = purity(labels, ours)
        useful = [useful[0] + suggested["coverage"], useful[1] + pure]
        print(f"{name:14} {len(texts):6} {many:4} {len(suggested['themes']):6} {suggested['coverage']:7.2f} {pure:6.2f}  {scores[0]:5.3f} {scores[1]:5.3f}       {scores[2]:5.3f} {scores[3]:5.3f}", flush=True)
    nmi, ari, their_nmi, their_ari = (total / 3 for total in sums)
    coverage, pure = (total / 3 for total in useful)
    print(f"means {'':27} {coverage:7.2f} {pure:6.2f}  {nmi:5.3f} {ari:5.3f}       {their_nmi:5.3f} {their_ari:5.3f}")
    kept &= nmi > their_nmi and ari > their_ari
    print("every limit is kept" if kept else "a limit is missed")
    sys.exit(not kept)


main()
