"""Does the work of `cargo bench --bench themes` with scikit-learn, where possible: counts the same million comments and finds topics.

    pip install scikit-learn && python3 tests/independent/scale.py [FILE.csv COLUMN]

CountVectorizer counts words and pairs of words with English stop words, at most 2,000, as many as Chorus looks at. NMF gets the number of
topics that Chorus finds by itself. Editing a rule means counting a term's column again by group. Memory is the peak of the process.
"""

import csv
import pathlib
import resource
import sys
import time

import numpy
from sklearn.decomposition import MiniBatchNMF
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

COMMENTS, GROUPS, TOPICS = 1_000_000, 10, 140
ROOT = pathlib.Path(__file__).resolve().parents[2]


def places(many):
    """The same generator as in benches/support/draw.rs, with Knuth's multiplier."""
    state = 2018
    while True:
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        yield (state >> 33) % many


def timed(what, work):
    start = time.perf_counter()
    done = work()
    print(f"  {what:48} {time.perf_counter() - start:8.2f} s", flush=True)
    return done


def main():
    path, column = sys.argv[1:3] if len(sys.argv) > 2 else (ROOT / "fixtures/bowling-green/comments.csv", "comment-body")
    with open(path, newline="", encoding="utf-8-sig") as file:
        texts = [row[column] for row in csv.DictReader(file)]
    comments = [texts[place] for place, _ in zip(places(len(texts)), range(COMMENTS))]
    print(f"{COMMENTS} comments drawn from {len(texts)}")
    vectorizer = CountVectorizer(stop_words="english", ngram_range=(1, 2), min_df=3, max_features=2000)
    counts = timed("words counted", lambda: vectorizer.fit_transform(comments))
    columns = counts.tocsc()
    group = numpy.arange(COMMENTS) % GROUPS
    timed("a term counted again by group", lambda: numpy.bincount(group[columns[:, 7].indices], minlength=GROUPS))
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    timed(f"sorted into {TOPICS} topics by NMF in small batches", lambda: MiniBatchNMF(TOPICS, init="nndsvd", random_state=0).fit_transform(weights))
    print(f"  {'memory, at the most':48} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:8.0f} MB")


main()
