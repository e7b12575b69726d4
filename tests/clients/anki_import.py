"""Imports exports into a real Anki, twice and after an edit: anki_import.py HOTSEAT"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportCsvRequest

hotseat = sys.argv[1]
folder = Path(tempfile.mkdtemp())
content = Path(os.environ["HOTSEAT_CONTENT"])
cards = folder / "cards.txt"


def export() -> int:
    subprocess.run([hotseat, "index", "-q"], check=True, stdout=subprocess.DEVNULL)
    command = [hotseat, "-q", "export", "--to", "anki", "--deck", "Interview", "-o", str(cards)]
    subprocess.run(command, check=True)
    return cards.read_text().count('"hs:')


def load(collection: Collection) -> dict[str, int]:
    metadata = collection.get_csv_metadata(path=str(cards), delimiter=None)
    log = collection.import_csv(ImportCsvRequest(path=str(cards), metadata=metadata)).log
    names = ["new", "updated", "duplicate", "conflicting", "empty_first_field"]
    return {name: len(getattr(log, name)) for name in names if len(getattr(log, name))}


guide = content / "anki.md"
guide.write_text("## What is `x < y`?\n\nA comparison.\n\n## What is y?\n\nA letter.\n")
count = export()
collection = Collection(str(folder / "collection.anki2"))
assert load(collection) == {"new": count}, "the first import is all new"
assert load(collection) == {"duplicate": count}, "the second import is all known"

# One question is learned, its answer edited, and another question added.
card_id = next(iter(collection.find_cards('"front:What is <code>x &lt; y</code>?"')))
card = collection.get_card(card_id)
card.type, card.queue, card.ivl, card.reps, card.due = 2, 2, 30, 3, 100
collection.update_card(card)
edited = guide.read_text().replace("A comparison.", "Edited: a comparison, true or false.")
guide.write_text(edited + "\n## What is a newly added question?\n\nThis one.\n")
assert export() == count + 1
third = load(collection)
assert third == {"new": 1, "updated": 1, "duplicate": count - 1}, third
card = collection.get_card(card_id)
assert (card.ivl, card.reps) == (30, 3), "the schedule stays"
assert "Edited: a comparison" in card.note().fields[1]

# Fields come as they were written.
notes = [collection.get_note(note) for note in collection.find_notes("")]
assert all(note.fields[0] and note.fields[1] for note in notes)
assert not any("<script" in note.fields[1] for note in notes)
assert any("<pre" in note.fields[1] and "style=\"color:" in note.fields[1] for note in notes)
collection.close()
print(f"anki_import.py: ok, {count} cards")
