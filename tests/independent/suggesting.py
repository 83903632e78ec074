"""Compares the themes from `chorus themes suggest`, which isn't told how many, with scikit-learn's NMF, which is; both against people's labels.

    cargo build --release && pip install scikit-learn && python3 tests/independent/suggesting.py ../shared/data

Each row gets its strongest theme; rows without a theme form a theme of their own. Limits: on each set at most .05 NMI below NMF, and
better than NMF on the means of NMI and ARI; mean coverage of at least .90 and mean purity of at least .60.

With `--wider`, eighteen more sets are made from the same files, so that the results don't depend on only three: the intents of each
domain of CLINC150, all of its intents, three samples of 20 intents, three samples of 15 threads of Decide Madrid, and which English
Polis conversation a statement is from.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter

from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

CHORUS = os.environ.get("CHORUS", "target/release/chorus")


def rows_of(folder, name):
    with open(f"{folder}/{name}/answers.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def one_label(rows):
    return [(row["text"], row["labels"][0]) for row in rows if len(row.get("labels", [])) == 1]


def sets(folder, wider):
    """The texts of each set with the one label that people gave them."""
    threads = one_label(rows_of(folder, "decide-madrid"))
    categories = one_label(rows_of(folder, "valladolid"))
    common = Counter(label for _, label in categories)
    requests = [row for row in rows_of(folder, "clinc150") if row.get("group")]
    yield "decide-madrid", "es", threads
    yield "valladolid", "es", [pair for pair in categories if common[pair[1]] >= 5]
    yield "clinc150", "en", [(row["text"], row["group"]) for row in requests]
    if not wider:
        return
    intents = one_label(requests)
    yield "all intents", "en", intents
    for domain in sorted({row["group"] for row in requests}):
        yield domain[:14], "en", one_label(row for row in requests if row["group"] == domain)
    for name, language, pairs, many in [("intents", "en", intents, 20), ("threads", "es", threads, 15)]:
        for draw in range(3):
            labels = set(random.Random(draw).sample(sorted({label for _, label in pairs}), many))
            yield f"{many} {name} {draw + 1}", language, [pair for pair in pairs if pair[1] in labels]
    yield "polis", "en", [(row["text"], row["question"]) for row in rows_of(folder, "polis") if row["lang"] == "en"]


def purity(labels, found):
    """Of the rows with a theme, the share whose label is the most common one in their theme."""
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
    wider = "--wider" in sys.argv
    (folder,) = (word for word in sys.argv[1:] if not word.startswith("--"))
    table, kept = [], True
    print(f"{'set':14} {'rows':>6} {'K':>4} {'themes':>6} {'covered':>7} {'purity':>6}  {'NMI':>5} {'ARI':>5}   NMF {'NMI':>5} {'ARI':>5}")
    for name, language, pairs in sets(folder, wider):
        texts, labels = [text for text, _ in pairs], [label for _, label in pairs]
        many = len(set(labels))
        suggested, ours = by_chorus(language, texts)
        found = [suggested["coverage"], purity(labels, ours)]
        for theme in (ours, by_factors(texts, many)):
            found += [normalized_mutual_info_score(labels, theme), adjusted_rand_score(labels, theme)]
        kept &= found[2] >= found[4] - 0.05
        table.append(found)
        covered, pure, nmi, ari, their_nmi, their_ari = found
        print(f"{name:14} {len(texts):6} {many:4} {len(suggested['themes']):6} {covered:7.2f} {pure:6.2f}  {nmi:5.3f} {ari:5.3f}       {their_nmi:5.3f} {their_ari:5.3f}", flush=True)
    covered, pure, nmi, ari, their_nmi, their_ari = (sum(column) / len(table) for column in zip(*table))
    print(f"means {'':27} {covered:7.2f} {pure:6.2f}  {nmi:5.3f} {ari:5.3f}       {their_nmi:5.3f} {their_ari:5.3f}")
    kept &= nmi > their_nmi and ari > their_ari and covered >= 0.90 and pure >= 0.60
    print("every limit is kept" if kept else "a limit is missed")
    sys.exit(not kept)


main()
