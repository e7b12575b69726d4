"""Rebuilds src/text/meaning.bin.

usage: python build.py WORK [--excluded FOLDER]...

WORK keeps what is downloaded and computed, so that a second run goes on. Headings that equal a question
or a query of a test collection are left out of the text: their digests stand in excluded.txt, and
--excluded FOLDER adds those of another collection (corpus.jsonl, queries.tsv).
"""

import os

# One thread: sums in one order, and the same table each time.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import hashlib
import json
import math
import re
from collections import Counter, defaultdict

import numpy as np
import scipy.sparse as sp

import table
import text
import train
from teacher import Teacher
from terms import stems, terms

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "../../src/text/meaning.bin")

ROWS = 16000
DIMENSIONS = 128

# Training in more dimensions than the table keeps gives a better table.
TRAINED = 256

# The sentences that the teacher compares, and the stems that count of a sentence, a heading and a text.
SENTENCES = 32000
IN_SENTENCE, IN_HEADING, IN_TEXT = 40, 24, 72

# The number of times that the glossary is trained on: the packages say little about its words.
GLOSSARY = 4


def glossary():
    with open(os.path.join(HERE, "glossary.txt"), encoding="utf-8") as lines:
        return [tuple(line.rstrip("\n").split("\t")) for line in lines]


def excluded(folders):
    path = os.path.join(HERE, "excluded.txt")
    with open(path) as lines:
        known = set(lines.read().split())
    for folder in folders:
        with open(os.path.join(folder, "corpus.jsonl")) as corpus:
            known |= {text.digest(json.loads(line)["question"]) for line in corpus}
        with open(os.path.join(folder, "queries.tsv")) as queries:
            known |= {text.digest(line.split("\t")[1]) for line in queries if line.strip()}
    return known


def vocabulary(pairs, own, common):
    """Returns the stems of the table with their most frequent form and their counts: first those that
    many texts have, of general English or of computing, words that the teacher has whole before others,
    and names before what is only written together."""
    counts, general = Counter(), Counter()
    forms = defaultdict(Counter)
    alone = set()
    for package, heading, body in pairs:
        found = set()
        for token in (heading + " " + body).split():
            of_token = terms(token)
            found.update(of_token)
            alone.update(stem for stem, _ in of_token[: 1 if len(of_token) < 3 else -1])
        stems_found = {stem for stem, _ in found}
        counts.update(stems_found)
        if package == "wordnet-base":
            general.update(stems_found)
        for stem, word in found:
            forms[stem][word] += 1

    def worth(stem):
        computing = counts[stem] - general[stem]
        worth = math.log1p(min(computing, 200)) + 1.3 * math.log1p(min(general[stem], 50))
        worth *= 2 if any(word in common for word in forms[stem]) else 1
        return worth if stem in alone else worth / 2

    usable = [
        stem
        for stem, count in counts.items()
        if count >= 3 and len(stem) <= 20 and stem.isascii() and not re.match(r"\d{3}|\d+[a-z]{2}", stem) and stem not in own
    ]
    usable.sort(key=lambda stem: (-worth(stem), stem))
    usable = usable[: ROWS - len(own)]
    words = [min(forms[stem], key=lambda word: (-forms[stem][word], word)) for stem in usable]
    return usable, words, [counts[stem] for stem in usable]


def remembered(path, compute):
    """Returns the array in the file at `path`, which `compute` makes if it is not there."""
    if not os.path.exists(path):
        np.save(path, compute())
    return np.load(path)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("work")
    arguments.add_argument("--excluded", action="append", default=[])
    arguments = arguments.parse_args()
    debian = os.path.join(arguments.work, "debian")
    text.download(debian)
    pairs, dropped = text.collect(debian, excluded(arguments.excluded))
    with open(os.path.join(HERE, "excluded.txt"), "w") as lines:
        lines.write("".join(digest + "\n" for digest in sorted(dropped)))

    teacher = Teacher()
    own = {terms(name)[-1][0]: f"{name}: {meaning}" for name, meaning in glossary()}
    known, words, counts = vocabulary(pairs, own, teacher.words())
    chosen = known + list(own)
    counts = np.array(counts + [5] * len(own), float)
    taught_words = remembered(
        os.path.join(arguments.work, "words.npy"), lambda: teacher.encode(words + list(own.values()))
    )
    sentences = text.sentences(pairs, debian, SENTENCES)
    taught = remembered(os.path.join(arguments.work, "sentences.npy"), lambda: teacher.encode(sentences))

    rows = {stem: i for i, stem in enumerate(chosen)}
    trained = [(heading, body) for _, heading, body in pairs] + glossary() * GLOSSARY
    headings = train.bags([stems(heading, IN_HEADING) for heading, _ in trained], rows)
    bodies = train.bags([stems(body, IN_TEXT) for _, body in trained], rows)
    bags = train.bags([stems(sentence, IN_SENTENCE) for sentence in sentences], rows)
    rarity = train.rarity([headings, bodies], len(rows), len(trained))
    headings, bodies, bags = ((matrix @ sp.diags(rarity)).tocsr() for matrix in (headings, bodies, bags))
    vectors = train.initial(taught_words, counts, TRAINED)
    train.train(vectors, headings, bodies, bags, taught)

    vectors *= rarity[:, None]
    vectors = train.reduced(vectors, counts / counts.sum(), DIMENSIONS)
    written = table.write(TABLE, chosen, vectors)
    print(f"{TABLE}: {len(written)} bytes, sha256 {hashlib.sha256(written).hexdigest()}")


if __name__ == "__main__":
    main()
