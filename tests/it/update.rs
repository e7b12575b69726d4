//! An index that follows its content folder.

use std::{
    fs::{self, File},
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
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
    let two = Query::new("two").lexical(true);
    assert_eq!(index.search(&two).unwrap().total, 0);
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
    assert_eq!(
        (last.guides_total, last.bytes, last.bytes_total),
        (2, 29, 29)
    );
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
    age(&dir.content().join("a.md"));
    let index = dir.build();
    let meta = || fs::read(dir.index().join("v7/meta.json")).unwrap();
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
    let two = Query::new("two").lexical(true);
    assert_eq!(reader.search(&two).unwrap().total, 0);
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
    let stores = names(&dir.index().join("v7"));
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
    fs::create_dir_all(dir.index().join("v7")).unwrap();
    fs::write(dir.index().join("v7/diary.txt"), "mine").unwrap();
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

/// Writes a file's time anew, to one that proves that it was not changed since it was read.
fn age(file: &Path) {
    let file = File::options().write(true).open(file).unwrap();
    let past = SystemTime::now() - Duration::from_secs(3_600);
    file.set_modified(past).unwrap();
}

#[test]
fn one_update_settles_a_guide_that_was_touched() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n"), ("b.md", "## Two\nB.\n")]);
    age(&dir.content().join("a.md"));
    age(&dir.content().join("b.md"));
    let index = dir.build();
    let meta = || fs::read(dir.index().join("v7/meta.json")).unwrap();
    let built = meta();
    age(&dir.content().join("a.md"));
    let update = index.update(dir.content()).unwrap();
    assert_eq!(counts(&update), [0, 0, 0, 2, 2]);
    let settled = meta();
    assert_ne!(settled, built);
    index.update(dir.content()).unwrap();
    assert_eq!(meta(), settled, "it was read again");
    assert_eq!(questions(&index, "one"), ["One"]);
    assert_eq!(Index::check(dir.index()).unwrap().documents, 2);
}

/// The first line of the journal of an index.
const JOURNAL: &str = "Files that hotseat may delete if meta.json does not list them:\n";

#[test]
fn litter_of_killed_writers_is_swept_and_nothing_else() {
    let dir = Dir::new(&[]);
    let index = dir.build();
    let folder = dir.index().join("v7");
    let before = names(&folder);
    let litter = "0123456789abcdef0123456789abcdef.store";
    let others = [
        ".tmpAbC123",
        "1123456789abcdef0123456789abcdef.store",
        "notes.md",
    ];
    let segment = before.iter().find(|name| name.ends_with(".store"));
    let kept = segment.map_or("meta.json", String::as_str);
    for name in [litter].iter().chain(&others) {
        fs::write(folder.join(name), "litter").unwrap();
    }
    // The last line was not written to its end.
    let journal = format!("{JOURNAL}{litter}\n{kept}\nnotes.md\n{}", others[1]);
    fs::write(folder.join(".hotseat-journal"), journal).unwrap();
    index.update(dir.content()).unwrap();
    let mut expected = before;
    expected.extend(others.map(str::to_owned));
    expected.sort();
    assert_eq!(names(&folder), expected);
}

#[test]
fn the_index_of_an_older_format_goes_when_the_new_one_is_built() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    dir.build();
    let (old, new) = (dir.index().join("v3"), dir.index().join("v7"));
    fs::rename(&new, &old).unwrap();
    fs::write(old.join("diary.txt"), "mine").unwrap();
    let index = Index::open_or_create(dir.index()).unwrap();
    let update = index.update(dir.content()).unwrap();
    assert_eq!(names(&old), ["diary.txt"]);
    assert_eq!(update.left, ["v3/diary.txt"]);

    fs::remove_file(old.join("diary.txt")).unwrap();
    fs::remove_dir_all(&new).unwrap();
    dir.build();
    assert_eq!(names(&dir.index()), ["v7"]);
}

#[test]
fn what_others_keep_in_an_index_folder_is_left_alone() {
    let seal = r#"{"files":["a"],"title":"mine"}"#;
    let cases = [
        ("v1/meta.json", "my notes"),
        ("v1/meta.json", seal),
        ("v2/d41d8cd98f00b204e9800998ecf8427e.store", "photo"),
        ("v2/0123456789abcdef0123456789abcdef/letter.txt", "dear"),
        ("v3/.tmp-notes/notes.md", "precious"),
        ("v7/d41d8cd98f00b204e9800998ecf8427e.jpg", "photo"),
        ("v7/d41d8cd98f00b204e9800998ecf8427e.idx", "photo"),
        ("v7/.tmp-mine", "x"),
        ("v7/.next-meta.json", "x"),
        ("v7/.hotseat-journal", "x"),
        ("v7/.tantivy-writer.lock", "mine"),
        ("v7/.tantivy-writer.lock", "12345678901"),
        ("v7/.tantivy-writer.lock", "1\n2\n"),
        ("v7/meta.json", "my notes, no index"),
        ("v7/meta.json", seal),
        ("v7", "a file"),
        ("v7/.tantivy-writer.lock", "1234\n"),
    ];
    for (path, text) in cases {
        let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
        let file = dir.index().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        // The outcome depends on the place of the file.
        let built = Index::open_or_replace(dir.index());
        let _ = built.and_then(|index| index.rebuild(dir.content()));
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "{path}");
    }
}

#[test]
fn what_others_put_into_an_index_that_is_in_use_is_left_alone() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let index = dir.build();
    let next = dir.index().join("v7/.next-meta.json");
    fs::write(&next, "mine").unwrap();
    dir.write("a.md", "## One\nB.\n");
    for updated in [index.update(dir.content()), index.rebuild(dir.content())] {
        let error = updated.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(
            cause,
            ".next-meta.json was not made by hotseat; move it elsewhere"
        );
        assert_eq!(fs::read_to_string(&next).unwrap(), "mine");
    }
    fs::remove_file(&next).unwrap();
    index.update(dir.content()).unwrap();
    assert_eq!(questions(&index, "one"), ["One"]);
}

#[test]
fn a_writer_that_was_killed_before_the_first_commit_stops_no_other() {
    let sealed = {
        let dir = Dir::new(&[]);
        dir.build();
        fs::read(dir.index().join("v7/meta.json")).unwrap()
    };
    let journal = format!("{JOURNAL}.next-meta.json\n");
    for (next, journal) in [
        (&sealed[..], ""),
        (&sealed[..40], ""),
        (b"", &*journal),
        (b"a dictionary", &*journal),
    ] {
        let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
        let folder = dir.index().join("v7");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(".next-meta.json"), next).unwrap();
        fs::write(folder.join(".hotseat-journal"), journal).unwrap();
        assert_eq!(questions(&dir.build(), "one"), ["One"]);
        assert!(!names(&folder).contains(&".next-meta.json".to_owned()));
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_an_index_folder_is_not_waited_for() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    dir.build();
    let folder = dir.index().join("v7");
    for extension in ["store", "idx", "json"] {
        let mut files = names(&folder).into_iter();
        let file = files.find(|name| name.ends_with(extension)).unwrap();
        let file = folder.join(file);
        let before = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&file).status();
        assert!(made.unwrap().success());
        assert!(Index::open(dir.index()).is_err(), "{extension}");
        assert!(
            Index::check(dir.index()).is_ok_and(|report| !report.damage.is_empty())
                || extension == "json"
        );
        fs::remove_file(&file).unwrap();
        fs::write(&file, before).unwrap();
    }
    Index::open(dir.index()).unwrap();
}

#[test]
fn the_index_of_another_program_is_none() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let meta = r#"{"index_settings":{},"segments":[],"schema":[],"opstamp":0}"#;
    fs::create_dir_all(dir.index().join("v7")).unwrap();
    fs::write(dir.index().join("v7/meta.json"), meta).unwrap();
    let opened = Index::open(dir.index());
    assert!(matches!(opened, Err(Error::ForeignIndex { .. })));
    let opened = Index::open_or_replace(dir.index());
    assert!(matches!(opened, Err(Error::ForeignIndex { .. })));
}

#[cfg(unix)]
#[test]
fn no_link_in_an_index_folder_is_followed() {
    use std::os::unix::fs::symlink;
    for name in [
        "v1",
        "v7",
        "v7/.tantivy-writer.lock",
        "v7/.next-meta.json",
        "v7/.hotseat-journal",
    ] {
        let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
        let away = dir.content().join("../away");
        let link = dir.index().join(name);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        match name {
            "v1" | "v7" => fs::create_dir(&away).unwrap(),
            _ => fs::write(&away, "mine").unwrap(),
        }
        symlink(&away, &link).unwrap();
        let built = Index::open_or_create(dir.index());
        let _ = built.and_then(|index| index.update(dir.content()));
        assert!(link.is_symlink(), "{name}");
        match name {
            "v1" | "v7" => assert_eq!(names(&away), Vec::<String>::new(), "{name}"),
            _ => assert_eq!(fs::read_to_string(&away).unwrap(), "mine", "{name}"),
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_named() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    std::os::unix::fs::symlink("gone", dir.index()).unwrap();
    for index in [dir.index(), dir.index().join("below")] {
        let built = Index::open_or_create(&index).and_then(|index| index.update(dir.content()));
        let error = std::error::Error::source(&built.unwrap_err())
            .unwrap()
            .to_string();
        let expected = format!(
            "the link {} leads to gone, which does not exist",
            dir.index().display()
        );
        assert_eq!(error, expected);
    }
}

#[test]
fn an_index_remembers_its_content_folder() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let other = Dir::new(&[("b.md", "## Two\nB.\n")]);
    let index = dir.build();
    let refused = |done: hotseat::Result<()>| {
        let Err(Error::OtherContent {
            content,
            other: given,
            ..
        }) = done
        else {
            panic!("{done:?}");
        };
        assert_eq!(content, dir.content().canonicalize().unwrap());
        assert_eq!(given, other.content().canonicalize().unwrap());
    };
    refused(index.update(other.content()).map(drop));
    refused(index.rebuild(other.content()).map(drop));
    refused(index.check_content(other.content()));
    refused(Index::open_or_build(other.content(), dir.index()).map(drop));
    assert_eq!(questions(&index, ""), ["One"]);
    // A folder that is not there is no other one.
    index.check_content(dir.content().join("missing")).unwrap();
    index
        .check_content(dir.content().join("../content"))
        .unwrap();

    // An index without guides is of no folder.
    dir.remove("a.md");
    index.update(dir.content()).unwrap();
    index.update(other.content()).unwrap();
    assert_eq!(questions(&index, ""), ["Two"]);
}

#[test]
fn a_content_folder_that_was_moved_is_the_same() {
    let dir = Dir::new(&[("a/content/a.md", "## One\nA.\n")]);
    let (a, b) = (dir.content().join("a"), dir.content().join("b"));
    Index::open_or_build(a.join("content"), a.join("index")).unwrap();
    // Both were moved; then copied, so that they are other files.
    fs::rename(&a, &b).unwrap();
    let index = Index::open(b.join("index")).unwrap();
    let update = index.update(b.join("content")).unwrap();
    assert_eq!(counts(&update), [0, 0, 0, 1, 1]);
    let c = dir.content().join("c");
    for folder in ["content", "index/v7"] {
        fs::create_dir_all(c.join(folder)).unwrap();
        for name in names(&b.join(folder)) {
            fs::copy(b.join(folder).join(&name), c.join(folder).join(&name)).unwrap();
        }
    }
    let index = Index::open(c.join("index")).unwrap();
    let update = index.update(c.join("content")).unwrap();
    assert_eq!(counts(&update), [0, 0, 0, 1, 1]);
    // The content alone was moved.
    fs::rename(c.join("content"), dir.content().join("d")).unwrap();
    index.update(dir.content().join("d")).unwrap();
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
    let mut files = names(&dir.index().join("v7"));
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

    // Later documents are packed with it as well.
    dir.write("60.md", "## What is a heron?\nA bird.\n");
    index.update(dir.content()).unwrap();
    assert_eq!(dictionaries(&dir), after);
    assert_eq!(questions(&index, "heron"), ["What is a heron?"]);

    let whole = Index::check(dir.index()).unwrap();
    assert_eq!((whole.damage.len(), whole.documents), (0, 1201));
    fs::remove_file(dir.index().join("v7").join(&after[0])).unwrap();
    let damage = &Index::check(dir.index()).unwrap().damage[0];
    assert_eq!(damage.file, format!("v7/{}", after[0]));
    assert!(matches!(
        Index::open(dir.index()),
        Err(Error::Damaged { .. })
    ));
    index.rebuild(dir.content()).unwrap();
    assert!(Index::check(dir.index()).unwrap().damage.is_empty());
}
