"""Counts the answers to the closed questions of Riverside's family survey from responses.csv, without Chorus.

Run it with Python 3.11 or later; it only needs the standard library:

    python3 riverside.py > riverside.json

Each row of responses.csv is one person. For each closed question, the report has how many people gave each answer (with the
other tool's labels): everyone first, then by group. Several answers to one question are separated by semicolons; a person at
two schools is in both rows but counts once in everyone. "" is how many left the question empty.
"""

import csv
import json
from collections import Counter
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "riverside" / "responses.csv"
GROUP = "Which group are you part of?"
CLOSED = {
    "who": GROUP,
    "school": "Which of our schools are part of your life?",
    "news": "How do you like best to get news from school?",
    "first": "What should our schools work on first?",
    "welcome": "How welcome do you feel at our schools?",
    "way": "How safe is the way to and from school?",
    "informed": "How well do our schools keep you informed, in a language you know well?",
}
OPEN = {
    "going-well": "What is going well in our schools?",
    "be-better": "What should our schools do better?",
    "hope": "What do you hope our schools will be like in 2031?",
}


def by_group(people):
    """The number of people by group, with the total under "everyone"."""
    groups = Counter(person[GROUP] for person in people)
    return {"everyone": len(people), **dict(sorted(groups.items()))}


def answers(people, question):
    given = {}
    for person in people:
        for answer in person[question].split(";"):
            given.setdefault(answer.strip(), []).append(person)
    return {answer: by_group(given[answer]) for answer in sorted(given)}


def main():
    with FILE.open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    oak = [person for person in people if "Oak Elementary" in person[CLOSED["school"]].split(";")]
    buses = [person for person in people if "School buses on time" in person[CLOSED["first"]].split(";")]
    report = {
        "asked": by_group(people),
        "closed": {key: answers(people, question) for key, question in CLOSED.items()},
        "wrote": {key: by_group([person for person in people if person[question].strip()]) for key, question in OPEN.items()},
        "at_oak": {"news": answers(oak, CLOSED["news"]), "asked": by_group(oak)},
        "chose_buses": {"welcome": answers(buses, CLOSED["welcome"]), "asked": by_group(buses)},
    }
    print(json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
