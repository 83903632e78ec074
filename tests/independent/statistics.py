"""Makes fixtures/statistics/expected.json without Chorus: scipy, statsmodels, and numpy on random counts.

    pip install numpy scipy statsmodels && python3 tests/independent/statistics.py > fixtures/statistics/expected.json
"""

import json
import random

import numpy as np
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

drawn = random.Random(2031)


def part(whole=None):
    whole = whole or drawn.choice([1, 5, 10, 84, 252, 5000, 1_000_000])
    return drawn.choice([0, whole, drawn.randint(0, whole), drawn.randint(0, max(1, whole // 20))]), whole


def wilson():
    count, whole = part()
    low, high = proportion_confint(count, whole, method="wilson")
    return {"part": count, "whole": whole, "low": low, "high": high}


def two_groups():
    (a, n), (b, m) = part(), part()
    low, high = confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff")
    # A table with an empty margin gives no result.
    empty = a + b == 0 or a + b == n + m
    table = np.array([[a, n - a], [b, m - b]])
    ratio, p = (0.0, 1.0) if empty else stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")[:2]
    sign = -1.0 if a / n < b / m else 1.0
    log_ratio = np.log2((a or 0.5) / n) - np.log2((b or 0.5) / m)
    return {"one": [a, n], "other": [b, m], "low": low, "high": high, "signed": sign * ratio, "p": p, "log_ratio": log_ratio}


def several_p():
    p = [drawn.choice([drawn.random(), drawn.random() / 1000, 1.0]) for _ in range(drawn.randint(1, 40))]
    return {"p": p, "q": list(multipletests(p, method="fdr_bh")[1])}


def kappa():
    cells = [drawn.randint(0, drawn.choice([3, 60, 900])) for _ in range(4)]
    cells[3] += 1
    cells[0] += 1
    found = cohens_kappa(np.array(cells).reshape(2, 2))
    return {"cells": cells, "kappa": found.kappa, "low": found.kappa_low, "high": found.kappa_upp}


def corrected():
    sample = [drawn.randint(0, drawn.choice([4, 150])) for _ in range(4)]
    sample[3] += 2
    both, false_finds, missed, neither = sample
    of_all = sum(sample) + drawn.randint(0, 9000)
    counted = drawn.randint(0, of_all)
    rule = np.array([1.0] * counted + [0.0] * (of_all - counted))
    human = np.array([1.0] * both + [0.0] * false_finds + [1.0] * missed + [0.0] * neither)
    seen = np.array([1.0] * both + [1.0] * false_finds + [0.0] * missed + [0.0] * neither)
    share = rule.mean() + (human - seen).mean()
    error = np.sqrt(rule.var() / len(rule) + (human - seen).var() / len(human))
    low, high = stats.norm.interval(0.95, loc=share, scale=error) if error > 0 else (share, share)
    return {"all": of_all, "counted": counted, "sample": sample, "share": share, "low": low, "high": high}


many = range(60)
figures = {
    "wilson": [wilson() for _ in many],
    "two_groups": [two_groups() for _ in many],
    "several_p": [several_p() for _ in many],
    "kappa": [kappa() for _ in many],
    "corrected": [corrected() for _ in many],
}
lines = ",\n".join(f' "{name}": [\n  ' + ",\n  ".join(json.dumps(case) for case in cases) + "\n ]" for name, cases in figures.items())
print("{\n" + lines + "\n}")
