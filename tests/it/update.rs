//! An index that follows its content folder.

use std::{
    fs,
    sync::{Arc, Mutex},
};

use hotseat::{Error, Index, Progress, Query, UpdateSummary};

use crate::helper::{Dir, names, questions};

fn counts(update: &UpdateSummary) -> [usize; 5] {
    [
        update.added,
        update.changed,
        update.removed,
        update.unchanged,
        update.documents,
    ]
}

#[test]
fn an_update_follows_what_changed() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n"), ("b.md", "## Two\nB.\n")]);
    let index = Index::open_or_create(dir.index()).unwrap();
    let update = index.update(dir.content()).unwrap();
    assert_eq!(counts(&update), [2, 0, 0, 0, 2]);

    let update = index.update(dir.content()).unwrap();
    assert_eq!(counts(&update), [0, 0, 0, 2, 2]);
    assert!(!update.changed_anything());

    dir.write("a.md", "## One\nA.\n## Three\nC.\n");
    dir.remove("b.md");
    dir.write("c/d.md", "## Four\nD.\n");
    let update = index.update(dir.content()).unwrap();
    assert_eq!(counts(&update), [1, 1, 1, 0, 3]);
    assert_eq!(questions(&index, "two"), Vec::<String>::new());
    assert_eq!(questions(&index, "four"), ["Four"]);
}

#[test]
fn progress_is_told_up_to_the_end() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n"), ("b.md", "## Two\nB.\n## Three\n")]);
    let told: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let tell = Arc::clone(&told);
    let index = Index::open_or_create(dir.index()).unwrap();
    let index = index.with_progress(move |done| tell.lock().unwrap().push(done.clone()));
    index.update(dir.content()).unwrap();
    let told = told.lock().unwrap();
    let guides: Vec<usize> = told.iter().map(|done| done.guides).collect();
    assert_eq!(guides, [1, 2]);
    let last = told.last().unwrap();
    assert_eq!((last.of_guides, last.bytes, last.of_bytes), (2, 29, 29));
}

#[test]
fn what_cannot_be_indexed_is_counted_and_said() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n"), ("large.md", "")]);
    let large = fs::File::create(dir.content().join("large.md")).unwrap();
    large.set_len(17 << 20).unwrap();
    let index = Index::open_or_create(dir.index()).unwrap();
    for _ in 0..2 {
        let update = index.update(dir.content()).unwrap();
        assert_eq!((update.skipped, update.documents), (1, 1));
        assert_eq!(
            update.warnings[0].to_string(),
            "large.md: is larger than 16 MiB, so it was skipped"
        );
    }
}

#[test]
fn a_guide_is_read_again_only_when_its_text_changed() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let index = dir.build();
    // The same text, written anew: another time, the same hash.
    dir.write("a.md", "## One\nA.\n");
    let update = index.update(dir.content()).unwrap();
    assert_eq!(counts(&update), [0, 0, 0, 1, 1]);
    // Another text of the same size, right after.
    dir.write("a.md", "## Two\nA.\n");
    let update = index.update(dir.content()).unwrap();
    assert_eq!(counts(&update), [0, 1, 0, 0, 1]);
}

#[test]
fn a_rebuild_replaces_everything() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n"), ("b.md", "## Two\nB.\n")]);
    let index = dir.build();
    dir.remove("b.md");
    index.rebuild(dir.content()).unwrap();
    assert_eq!(questions(&index, ""), ["One"]);
}

#[test]
fn a_renamed_guide_is_found_under_its_new_name() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n"), ("b.md", "## Two\nB.\n")]);
    let index = dir.build();
    fs::rename(dir.content().join("a.md"), dir.content().join("c.md")).unwrap();
    let update = index.update(dir.content()).unwrap();
    assert_eq!(counts(&update), [1, 0, 1, 1, 2]);
    let hits = index.search(&Query::new("one")).unwrap().hits;
    assert_eq!((hits.len(), hits[0].guide.as_str()), (1, "c.md"));
}

#[test]
fn a_draft_is_none_of_the_guides() {
    let draft = "---\ndraft: true\n---\n## Two\nB.\n";
    let dir = Dir::new(&[("a.md", "## One\nA.\n"), ("b.md", draft)]);
    let index = Index::open_or_create(dir.index()).unwrap();
    let counts_and_drafts = |text: &str| {
        dir.write("b.md", text);
        let update = index.update(dir.content()).unwrap();
        (counts(&update), update.drafts)
    };
    assert_eq!(counts_and_drafts(draft), ([1, 0, 0, 0, 1], 1));
    assert_eq!(counts_and_drafts(draft), ([0, 0, 0, 1, 1], 1));
    assert_eq!(
        counts_and_drafts("## Two\nB.\n"),
        ([1, 0, 0, 1, 2], 0),
        "it was published"
    );
    assert_eq!(counts_and_drafts(draft), ([0, 0, 1, 1, 1], 1));
    fs::remove_file(dir.content().join("b.md")).unwrap();
    let update = index.update(dir.content()).unwrap();
    assert_eq!((counts(&update), update.drafts), ([0, 0, 0, 1, 1], 0));
}

#[test]
fn a_rebuild_of_the_same_guides_changes_none() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let index = dir.build();
    let update = index.rebuild(dir.content()).unwrap();
    assert_eq!(counts(&update), [0, 0, 0, 1, 1]);
}

#[test]
fn nothing_is_committed_when_nothing_changed() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let index = dir.build();
    let meta = || fs::read(dir.index().join("v3/meta.json")).unwrap();
    let before = meta();
    index.update(dir.content()).unwrap();
    assert_eq!(meta(), before);
}

#[test]
fn others_see_an_update_when_they_reload() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let (writer, reader) = (dir.build(), dir.build());
    dir.write("b.md", "## Two\nB.\n");
    writer.update(dir.content()).unwrap();
    assert_eq!(questions(&reader, "two"), Vec::<String>::new());
    reader.reload().unwrap();
    assert_eq!(questions(&reader, "two"), ["Two"]);
}

#[test]
fn an_updated_index_ranks_as_one_that_is_built_anew() {
    let dir = Dir::new(&[
        (
            "a.md",
            "## What is a lock?\nA thing.\n## What is a thread?\nIt has a lock.\n",
        ),
        ("b.md", "## Lock, lock, lock?\nLock.\n"),
    ]);
    let updated = dir.build();
    dir.write("b.md", "## Something else?\nYes.\n");
    updated.update(dir.content()).unwrap();
    let anew = Index::open_or_create(dir.index().join("../other")).unwrap();
    anew.update(dir.content()).unwrap();
    let scores = |index: &Index| {
        let hits = index.search(&Query::new("lock thread")).unwrap().hits;
        hits.into_iter()
            .map(|hit| (hit.question, hit.score))
            .collect::<Vec<_>>()
    };
    assert_eq!(scores(&updated), scores(&anew));
}

#[test]
fn many_updates_leave_few_segments() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let index = dir.build();
    for i in 0..12 {
        dir.write("b.md", &format!("## Two\nVersion {i}.\n"));
        index.update(dir.content()).unwrap();
    }
    let stores = names(&dir.index().join("v3"));
    let segments = stores
        .iter()
        .filter(|name| name.ends_with(".store"))
        .count();
    assert!(segments <= 4, "{stores:?}");
    assert_eq!(questions(&index, "version"), ["Two"]);
}

#[test]
fn a_folder_of_others_is_left_alone() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let others = dir.content();
    let before = names(&others);
    for index in [&others, &dir.content().join("a.md")] {
        let opened = Index::open_or_build(dir.content(), index);
        assert!(opened.is_err(), "{}", index.display());
    }
    assert_eq!(names(&others), before);
    fs::create_dir_all(dir.index().join("v3")).unwrap();
    fs::write(dir.index().join("v3/diary.txt"), "mine").unwrap();
    let opened = Index::open_or_create(dir.index());
    assert!(matches!(opened, Err(Error::ForeignIndex { .. })));
}

#[test]
fn without_content_no_index_is_made() {
    let dir = Dir::new(&[]);
    let opened = Index::open_or_build(dir.content().join("missing"), dir.index());
    assert!(matches!(opened, Err(Error::ReadContent { .. })));
    assert!(matches!(
        Index::open(dir.index()),
        Err(Error::NoIndex { .. })
    ));
}

#[test]
fn an_index_that_was_never_finished_is_none() {
    let dir = Dir::new(&[]);
    Index::open_or_create(dir.index()).unwrap();
    assert!(matches!(
        Index::open(dir.index()),
        Err(Error::NoIndex { .. })
    ));
    let index = dir.build();
    assert_eq!(index.documents().unwrap(), 0);
    Index::open(dir.index()).unwrap();
}

#[test]
fn litter_of_killed_writers_is_swept() {
    let dir = Dir::new(&[]);
    let index = dir.build();
    let before = names(&dir.index().join("v3"));
    for litter in [".tmpAbC123", "0123456789abcdef0123456789abcdef.store"] {
        fs::write(dir.index().join("v3").join(litter), "litter").unwrap();
    }
    index.update(dir.content()).unwrap();
    assert_eq!(names(&dir.index().join("v3")), before);
}

#[test]
fn the_index_of_an_older_format_goes_when_the_new_one_is_built() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    for (file, is_ours) in [("v0/meta.json", true), ("v0/diary.txt", false)] {
        let file = dir.index().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "").unwrap();
        dir.build();
        assert_eq!(file.exists(), !is_ours, "{}", file.display());
        fs::remove_dir_all(dir.index()).unwrap();
    }
}

#[test]
fn an_index_serves_many_threads() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let index = dir.build();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    assert_eq!(index.search(&Query::new("one")).unwrap().total, 1);
                }
            });
        }
        for i in 0..5 {
            dir.write("b.md", &format!("## Two\nVersion {i}.\n"));
            index.update(dir.content()).unwrap();
        }
    });
}

#[test]
fn a_tag_that_another_guide_declares_is_inferred() {
    let dir = Dir::new(&[("a.md", "## What is Docker?\nA tool.\n")]);
    let index = dir.build();
    let found = || index.search(&Query::new("tag:docker")).unwrap().total;
    assert_eq!(found(), 0);

    dir.write(
        "b.md",
        "---\ntags: [Docker]\n---\n## What is an image?\nA file.\n",
    );
    let update = index.update(dir.content()).unwrap();
    assert_eq!(counts(&update), [1, 0, 0, 1, 2]);
    assert_eq!(found(), 2);

    dir.remove("b.md");
    index.update(dir.content()).unwrap();
    assert_eq!(found(), 0);
}

/// Returns a guide of 75 KB, of which no other line is the same.
fn large_guide(number: usize, subject: &str) -> String {
    let words = [
        "lock", "queue", "thread", "page", "index", "cache", "stream",
    ];
    let mut guide = format!("# Guide {number}\n");
    for question in 0..20 {
        guide += &format!("\n## What does {subject} {number} do in case {question}?\n\n");
        for line in 0..50 {
            let word = |step: usize| words[(number + question * 3 + line * step) % words.len()];
            let (a, b, c) = (word(1), word(2), word(3));
            guide +=
                &format!("- It waits for the {a} of {subject} {line}, and then for {b} and {c}");
            guide += &format!(" {}.\n", (number * 7 + question) * (line + 11));
        }
    }
    guide
}

fn dictionaries(dir: &Dir) -> Vec<String> {
    let mut files = names(&dir.index().join("v3"));
    files.retain(|file| file.ends_with(".dict"));
    files
}

#[test]
fn a_large_index_has_a_dictionary_of_its_own() {
    let dir = Dir::new(&[]);
    let write = |subject| {
        for number in 0..60 {
            dir.write(&format!("{number}.md"), &large_guide(number, subject));
        }
    };
    write("walrus");
    dir.build();
    let before = dictionaries(&dir);
    assert_eq!(before.len(), 1);
    let reader = Index::open(dir.index()).unwrap();

    // A reader that has not read a document yet goes on after the index was built anew.
    write("ostrich");
    let index = Index::open(dir.index()).unwrap();
    index.rebuild(dir.content()).unwrap();
    let after = dictionaries(&dir);
    assert!(after.len() == 1 && after != before, "{before:?} {after:?}");
    let name = |animal: &str| format!("What does {animal} 7 do in case 3?");
    assert_eq!(questions(&reader, "walrus 7 case 3")[0], name("walrus"));
    reader.reload().unwrap();
    assert_eq!(questions(&reader, "ostrich 7 case 3")[0], name("ostrich"));

    // What is added later is packed with it as well.
    dir.write("60.md", "## What is a heron?\nA bird.\n");
    index.update(dir.content()).unwrap();
    assert_eq!(dictionaries(&dir), after);
    assert_eq!(questions(&index, "heron"), ["What is a heron?"]);

    let whole = Index::check(dir.index()).unwrap();
    assert_eq!((whole.damage.len(), whole.documents), (0, 1201));
    fs::remove_file(dir.index().join("v3").join(&after[0])).unwrap();
    let damage = &Index::check(dir.index()).unwrap().damage[0];
    assert_eq!(damage.file, format!("v3/{}", after[0]));
    assert!(matches!(
        Index::open(dir.index()),
        Err(Error::Damaged { .. })
    ));
    index.rebuild(dir.content()).unwrap();
    assert!(Index::check(dir.index()).unwrap().damage.is_empty());
}
