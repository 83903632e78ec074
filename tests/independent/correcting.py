"""How far off shares are that `chorus themes correct` corrects by 200 rows that people read, and how often their intervals hold the truth.

    cargo build --release && pip install scikit-learn && python3 tests/independent/correcting.py FOLDER

Rules are learned from half of each set, as in `learning.py`, and counted on the other half, whose true shares people's codes tell. Two hundred
rows of that half are read, drawn anew three hundred times from a fixed seed. Sets with less than a thousand rows in that half are left
out: two hundred would be too large a part of them. Limits, on the mean over themes: one point of error; intervals of 95 % that hold 90 to 98 %.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter

import learning

DRAWS, READ, LEAST_ROWS = 300, 200, 1000


def corrected(path, rows, sample):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["themes", "codes", "read"])
        out.writerows([rule, people if row in sample else "", "yes" if row in sample else ""] for row, (rule, people) in enumerate(rows))
    words = ["themes", "correct", path, "--people", "codes", "--read", "read", "--format", "json"]
    return json.loads(subprocess.run([learning.CHORUS, *words], check=True, capture_output=True).stdout)["themes"]


def main():
    draw, kept = random.Random(2031), True
    print(f"{'set':15} {'rows':>6} {'themes':>6}  {'error of the rule':>17} {'corrected':>9} {'held by intervals':>17} {'least of a theme':>16}")
    for name, language, rows in learning.sets(sys.argv[1]):
        learned = learning.Halves(rows)
        if len(learned.test) < LEAST_ROWS:
            continue
        found = learning.by_rules(language, learned.train, learned.test)
        joined = [("; ".join(rule), "; ".join(people)) for rule, (_, people) in zip(found, learned.test)]
        true = Counter(code for _, codes in learned.test for code in codes)
        counted = Counter(code for codes in found for code in codes)
        share = lambda counts, theme: counts[theme] / len(joined)
        errors, held = [], {theme: [] for theme in learned.kept}
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(DRAWS):
                told = {theme["theme"]: theme for theme in corrected(f"{folder}/rows.csv", joined, set(draw.sample(range(len(joined)), READ)))}
                for theme in learned.kept:
                    truth = share(true, theme)
                    # What neither the rule nor the sample names has the share of nothing.
                    given = told.get(theme, {"corrected": 0.0, "low": 0.0, "high": 0.0})
                    errors.append(abs(given["corrected"] - truth))
                    held[theme].append(given["low"] <= truth <= given["high"])
        raw = sum(abs(share(counted, theme) - share(true, theme)) for theme in learned.kept) / len(learned.kept)
        error, holding = sum(errors) / len(errors), sum(map(sum, held.values())) / len(errors)
        least = min(sum(of_theme) / DRAWS for of_theme in held.values())
        print(f"{name:15} {len(joined):6} {len(learned.kept):6}  {100 * raw:10.2f} points {100 * error:9.2f} {holding:17.3f} {least:16.3f}", flush=True)
        kept &= error <= 0.01 and 0.90 <= holding <= 0.98
    print("every limit is kept" if kept else "a limit is missed")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
