"""Text to train on: documentation from Debian packages under permissive licences, as pairs of a
heading and the text below it, and single sentences."""

import glob
import gzip
import hashlib
import html
import os
import random
import re
import subprocess

# Package, version in Debian 12, licence of the text.
PACKAGES = [
    ("apache2-doc", "2.4.71-1~deb12u1", "Apache-2.0"),
    ("dict-jargon", "4.4.7-3.1", "public domain"),
    ("docker-doc", "20.10.24+dfsg1-1+deb12u1", "Apache-2.0"),
    ("nodejs-doc", "18.20.4+dfsg-1~deb12u3", "MIT"),
    ("postgresql-doc-15", "15.20-0+deb12u1", "PostgreSQL"),
    ("python-django-doc", "3:3.2.25-0+deb12u7", "BSD-3-Clause"),
    ("python-flask-doc", "2.2.2-3", "BSD-3-Clause"),
    ("python-pandas-doc", "1.5.3+dfsg-2", "BSD-3-Clause"),
    ("python-pytest-doc", "7.2.1-2", "MIT"),
    ("python-requests-doc", "2.28.1+dfsg-1", "Apache-2.0"),
    ("python-sklearn-doc", "1.2.1+dfsg-1", "BSD-3-Clause"),
    ("python-sqlalchemy-doc", "1.4.46+ds1-1", "MIT"),
    ("python-tornado-doc", "6.2.0-3+deb12u4", "Apache-2.0"),
    ("python3.11-doc", "3.11.2-6+deb12u9", "PSF-2.0"),
    ("rust-doc", "1.63.0+dfsg1-2", "MIT OR Apache-2.0"),
    ("sqlite3-doc", "3.40.1-2+deb12u2", "public domain"),
    ("wordnet-base", "1:3.0-37", "WordNet"),
]

# The most pairs of one package, so that none decides by its size.
MOST_PAIRS = 9000
MOST_WORDNET = 40000

# Pages that say nothing, or the same as others in another language.
SKIPPED = re.compile(
    r"genindex|py-modindex|/search\.html|/releases?/|changelog|changes\.html|/whatsnew/|licen[cs]e"
    r"|\.(?:de|es|fr|ja|ko|pt-br|ru|tr|zh-cn|da)(?:\.|$)|rust-doc/html/(?:core|alloc|proc_macro|test|rustdoc|unstable-book|clippy|embedded-book)/"
    r"|/src/|manual/(?:da|de|es|fr|ja|ko|pt-br|ru|tr|zh-cn)/|sg_execution"
)


def download(folder):
    """Fetches and unpacks the packages that are not there yet."""
    os.makedirs(folder, exist_ok=True)
    for name, version, _ in PACKAGES:
        target = os.path.join(folder, name)
        if os.path.isdir(target):
            continue
        subprocess.run(["apt-get", "download", f"{name}={version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        [package] = glob.glob(os.path.join(folder, f"{name}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", package, target], check=True)


def normalized(heading):
    """A heading as it is compared with the ones that are left out."""
    return re.sub(r"[^a-z0-9+#]+", " ", heading.lower()).strip()


def digest(heading):
    """A heading in the file of those left out, which holds no text."""
    return hashlib.sha256(normalized(heading).encode()).hexdigest()[:12]


def clean(text):
    text = re.sub(r"<!--.*?-->|```.*?```|~~~.*?~~~", " ", text, flags=re.S)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", " ", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = html.unescape(re.sub(r"<[^>]{1,300}>", " ", text))
    return re.sub(r"\s+", " ", re.sub(r"[*`¶]+|#+$", " ", text)).strip()


def of_html(text):
    """The pairs of a page: headings, and terms with their definitions."""
    text = re.sub(r"<(script|style|head|nav|pre|svg)\b.*?</\1>", " ", text, flags=re.S | re.I)
    parts = re.split(r"<h[1-6]\b[^>]*>(.*?)</h[1-6]>", text, flags=re.S | re.I)
    yield from zip(parts[1::2], parts[2::2])
    yield from re.findall(r"<dt\b[^>]*>(.*?)</dt>\s*<dd\b[^>]*>(.*?)</dd>", text, flags=re.S | re.I)


def of_markdown(text):
    parts = re.split(r"^#{1,6}\s+(.*)$", re.sub(r"```.*?```", " ", text, flags=re.S), flags=re.M)
    yield from zip(parts[1::2], parts[2::2])


def of_dictionary(text):
    """The entries of a dictd dictionary: a line that is not indented begins one."""
    for entry in re.split(r"\n(?=\S)", text):
        head, _, body = entry.partition("\n")
        yield head, re.sub(r"<[^>]*>|[{}]", "", body)


def of_wordnet(folder):
    """Each set of synonyms: the first word, with the others and the gloss; and the glosses' examples."""
    for part in ("noun", "verb", "adj", "adv"):
        with open(os.path.join(folder, f"usr/share/wordnet/data.{part}"), encoding="utf-8") as data:
            for line in data:
                if line.startswith("  "):
                    continue
                fields, _, gloss = line.partition(" | ")
                fields = fields.split()
                count = int(fields[3], 16)
                words = [re.sub(r"\(.*\)", "", fields[4 + 2 * i]).replace("_", " ") for i in range(count)]
                yield words, gloss.strip()


def read(path):
    opened = gzip.open(path) if path.endswith((".gz", ".dz")) else open(path, "rb")
    with opened as file:
        return file.read().decode("utf-8", "replace")


def pages(folder):
    for root, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            path = os.path.join(root, file)
            if not os.path.islink(path) and os.path.getsize(path) < 1_500_000 and not SKIPPED.search(path):
                yield path


def pairs_of(name, folder):
    if name == "wordnet-base":
        for words, gloss in of_wordnet(folder):
            definition = gloss.split('; "')[0]
            yield words[0], ", ".join(words[1:]) + ": " + definition if words[1:] else definition
        return
    for path in pages(folder):
        if re.search(r"\.dict\.dz$", path):
            yield from of_dictionary(read(path))
        elif re.search(r"\.html(?:\.en)?(?:\.gz)?$", path):
            yield from of_html(read(path))
        elif re.search(r"\.md(?:\.gz)?$", path):
            yield from of_markdown(read(path))


def collect(folder, excluded):
    """Returns the pairs of all packages, and the digests of the headings that were left out."""
    pairs, dropped = [], set()
    for name, _, _ in PACKAGES:
        seen, found = set(), []
        for heading, text in pairs_of(name, os.path.join(folder, name)):
            heading = re.sub(r"^[\d.\s]+(?=\S)", "", clean(heading))
            heading = re.sub(r"^.*\bfn (\w+).*", r"\1", heading)[:200].strip()
            text = clean(text[:4000])[:500]
            if len(normalized(heading)) < 3 or len(text) < 25 or len(text.split()) < 5:
                continue
            if digest(heading) in excluded:
                dropped.add(digest(heading))
                continue
            key = (normalized(heading), text[:60])
            if key not in seen:
                seen.add(key)
                found.append((heading, text))
        random.Random(name).shuffle(found)
        found = found[: MOST_WORDNET if name == "wordnet-base" else MOST_PAIRS]
        print(f"{name}: {len(found)} pairs", flush=True)
        pairs += [(name, heading, text) for heading, text in found]
    return pairs, dropped


def sentences(pairs, folder, count):
    """Returns short texts for the teacher to compare: headings, first sentences, and the examples of
    WordNet for what is not about computing."""
    examples = []
    for _, gloss in of_wordnet(os.path.join(folder, "wordnet-base")):
        examples += [text for text in re.findall(r'"([^"]+)"', gloss) if 4 <= len(text.split()) <= 16]
    chosen = random.Random("sentences")
    texts = []
    for _, heading, text in pairs:
        if 4 <= len(heading.split()) <= 16:
            texts.append(heading)
        first = re.split(r"(?<=[.?!])\s", text)[0]
        if 5 <= len(first.split()) <= 20:
            texts.append(first)
    # Signatures are no sentences.
    texts = [text for text in texts if not re.search(r"\[source\]|\( ", text)]
    texts, examples = sorted(set(texts)), sorted(set(examples))
    chosen.shuffle(texts)
    chosen.shuffle(examples)
    return texts[: count * 3 // 4] + examples[: count // 4]
