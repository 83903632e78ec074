"""How far off the shares from `chorus themes correct` are with 200 rows read by people, and how often the intervals contain the true share.

    cargo build --release && pip install scikit-learn && python3 tests/independent/correcting.py FOLDER

Rules are learned from half of each set, as in `learning.py`, and applied to the other half, where people's codes give the true shares. Two
hundred rows of that half are "read"; this is repeated with three hundred random samples from a fixed seed. Sets with fewer than a thousand
rows in that half are skipped, because two hundred would be too large a part. Limits for the mean over themes: one percentage point of
error, and 95% intervals that contain the true share 90% to 98% of the time.
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
                    # A theme that neither the rule nor the sample has gets a share of 0.
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
