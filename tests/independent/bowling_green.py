"""Counts for Bowling Green 2018 from its two CSV files, made without Chorus.

Run it with Python 3.11 or later; it only needs the standard library:

    python3 bowling_green.py > bowling_green.json

Each row of comments.csv is one statement by one person (author-id). Rows with moderated = -1 were set aside by the moderators and don't
count; all other comments do. In participants-votes.csv each row is a person, and each column with a number as its name is a statement:
1 agree, -1 disagree, 0 pass, empty not seen. votes_by_statement has [agree, disagree, pass]. Times come from the timestamp (milliseconds
since 1970, UTC), not from other columns.
"""

import csv
import json
import re
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "bowling-green"
AGREE, DISAGREE, PASS = range(3)
VOTE = {"1": AGREE, "-1": DISAGREE, "0": PASS}


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_number(counts):
    return dict(sorted(counts.items(), key=lambda pair: int(pair[0])))


def comments_per_day(statements, zone):
    days = Counter(
        datetime.fromtimestamp(int(row["timestamp"]) / 1000, timezone.utc).astimezone(zone).date().isoformat() for row in statements
    )
    return dict(sorted(days.items()))


def busiest(statements):
    """The five people who wrote the most; ties are ordered by person number."""
    ranked = Counter(row["author-id"] for row in statements).items()
    return dict(sorted(ranked, key=lambda pair: (-pair[1], int(pair[0])))[:5])


def votes_of(people, statements):
    votes = {row["comment-id"]: [0, 0, 0] for row in statements}
    for person in people:
        for statement, counts in votes.items():
            value = person[statement]
            if value:
                counts[VOTE[value]] += 1
    return by_number(votes)


def total(votes):
    return dict(zip(("agree", "disagree", "pass"), map(sum, zip(*votes))))


def main():
    statements = rows("comments.csv")
    people = rows("participants-votes.csv")
    counted = [row for row in statements if row["moderated"] != "-1"]
    votes = votes_of(people, statements)
    columns = {name for name in people[0] if name.isdigit()}
    voters = {person["participant"] for person in people if any(person[statement] for statement in votes)}
    authors = {row["author-id"] for row in statements}
    days = comments_per_day(statements, timezone.utc)

    def differ(*checks):
        return sum(any(votes[row["comment-id"]][place] != int(row[name]) for name, place in checks) for row in statements)

    report = {
        "rows": len(statements),
        "people": len(authors),
        "set_aside": len(statements) - len(counted),
        "set_aside_people": len({row["author-id"] for row in statements if row["moderated"] == "-1"}),
        "counted_comments": len(counted),
        "counted_people": len({row["author-id"] for row in counted}),
        "most_comments": {"all": busiest(statements), "counted": busiest(counted)},
        "authors_missing_among_participants": sorted(authors - {person["participant"] for person in people}),
        "authors_without_a_vote": sorted(authors - voters),
        "voters": len(voters),
        "vote_columns_without_statement": sorted(columns - votes.keys()),
        "statements_without_vote_column": sorted(votes.keys() - columns),
        "votes": {
            "all": total(votes.values()),
            "counted": total(votes[row["comment-id"]] for row in counted),
        },
        "rows_where_votes_differ": {
            "agrees": differ(("agrees", AGREE)),
            "disagrees": differ(("disagrees", DISAGREE)),
            "either": differ(("agrees", AGREE), ("disagrees", DISAGREE)),
        },
        "days_utc": [min(days), max(days)],
        "comments_by_day": {
            "all": {"UTC": days, "America/Chicago": comments_per_day(statements, ZoneInfo("America/Chicago"))},
            "counted": {
                "UTC": comments_per_day(counted, timezone.utc),
                "America/Chicago": comments_per_day(counted, ZoneInfo("America/Chicago")),
            },
        },
        "votes_by_statement": votes,
    }
    triples_on_one_line = re.sub(r"\[\s+(\d+),\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2, \3]", json.dumps(report, indent=1))
    print(triples_on_one_line)


if __name__ == "__main__":
    main()
