"""The vectors of the table: the teacher's vector of each word, trained further on text."""

import time

import numpy as np
import scipy.sparse as sp

# A training step: pairs of a heading and its text that are told apart, sentences that are compared
# as the teacher compares them, and how much the second counts beside the first.
PAIRS = 256
SENTENCES = 256
DISTILLATION = 8.0
EPOCHS = 3
RATE = 0.01
TEMPERATURE = 0.05

# The share of the heading's words that is taken out of the text: what is left must carry the meaning.
TAKEN_OUT = 0.5

# Frequent words begin with a small weight: a / (a + p).
FREQUENT = 3e-3


def bags(texts, rows):
    """Returns for each list of stems its row of weights over the table: 1 + ln(count)."""
    indices, starts = [], [0]
    for stems in texts:
        indices += [rows[stem] for stem in stems if stem in rows]
        starts.append(len(indices))
    matrix = sp.csr_matrix((np.ones(len(indices), np.float32), indices, starts), shape=(len(texts), len(rows)))
    matrix.sum_duplicates()
    matrix.data = 1 + np.log(matrix.data)
    return matrix


def unit(matrix):
    length = np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-6
    return matrix / length, length


def through_unit(gradient, units, length):
    """The gradient before `unit`, from the one after it."""
    return (gradient - units * (gradient * units).sum(1, keepdims=True)) / length


def softmax(scores, axis):
    scores = np.exp(scores - scores.max(axis, keepdims=True))
    return scores / scores.sum(axis, keepdims=True)


def principal(vectors, dimensions):
    """Returns the vectors' coordinates along the axes on which they differ most."""
    centred = vectors - vectors.mean(0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    return centred @ axes[:, ::-1][:, :dimensions]


def initial(words, counts, dimensions):
    """Returns the teacher's vectors of the words, reduced and weighted."""
    vectors = principal(words.astype(np.float64), dimensions)
    share = counts / counts.sum()
    vectors *= (FREQUENT / (FREQUENT + share))[:, None]
    return (vectors / np.sqrt((vectors**2).sum(1).mean())).astype(np.float32)


def reduced(vectors, shares, dimensions):
    """Returns the vectors along the axes on which texts, which have the words by `shares`, reach farthest."""
    _, axes = np.linalg.eigh((vectors * shares[:, None]).T @ vectors)
    return vectors @ axes[:, ::-1][:, :dimensions]


def rarity(matrices, size, texts):
    """Returns the weight of each row by how rare it is in the text."""
    found = sum(np.bincount(matrix.indices, minlength=size) for matrix in matrices)
    return np.sqrt(np.log(1 + texts / (found + 1)) / 5).astype(np.float32)


def train(vectors, headings, texts, sentences, taught, seed=1, epochs=EPOCHS, distillation=DISTILLATION):
    """Trains `vectors` in place; the bags are weighted already."""
    random = np.random.default_rng(seed)
    usable = np.nonzero((np.diff(headings.indptr) > 0) & (np.diff(texts.indptr) > 0))[0]
    steps = int(epochs * len(usable) / PAIRS)
    squares = np.zeros(len(vectors), np.float32)
    step, began = 0, time.time()
    while step < steps:
        for members in np.split(random.permutation(usable), range(PAIRS, len(usable), PAIRS))[:-1]:
            if step == steps:
                break
            asked, told = headings[members], texts[members]
            shared = told.multiply(asked > 0).tocsr()
            shared.data *= random.random(len(shared.data)) < TAKEN_OUT
            told = (told - shared).tocsr()
            told.eliminate_zeros()

            asked_unit, asked_length = unit(asked @ vectors)
            told_unit, told_length = unit(told @ vectors)
            scores = asked_unit @ told_unit.T / TEMPERATURE
            by_row = softmax(scores, 1)
            error = (by_row + softmax(scores, 0)) / 2
            error[np.diag_indices(len(members))] -= 1
            error /= TEMPERATURE * len(members)
            parts = [
                (asked, through_unit(error @ told_unit, asked_unit, asked_length)),
                (told, through_unit(error.T @ asked_unit, told_unit, told_length)),
            ]

            if distillation:
                chosen = random.integers(0, sentences.shape[0], SENTENCES)
                bag = sentences[chosen]
                own, length = unit(bag @ vectors)
                wrong = own @ own.T - taught[chosen] @ taught[chosen].T
                np.fill_diagonal(wrong, 0)
                gradient = 4 * distillation / SENTENCES * wrong @ own
                parts.append((bag, through_unit(gradient, own, length)))

            used = np.unique(np.concatenate([bag.indices for bag, _ in parts]))
            gradient = sum(bag[:, used].T @ part for bag, part in parts)
            squares[used] += (gradient * gradient).mean(1)
            rate = RATE * (1 - 0.9 * step / steps)
            vectors[used] -= rate * gradient / np.sqrt(squares[used] + 1e-10)[:, None]
            step += 1
            if step % 200 == 0:
                loss = -np.log(np.diag(by_row) + 1e-9).mean()
                print(f"step {step} of {steps}: loss {loss:.3f}, {time.time() - began:.0f} s", flush=True)
