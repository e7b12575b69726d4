//! An index whose files are damaged, or cannot be written.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hotseat::{Error, Index, Query};

use crate::helper::{Dir, names, questions};

/// Returns the files that the index depends on.
fn files(dir: &Dir) -> Vec<PathBuf> {
    let folder = dir.index().join("v7");
    let all = names(&folder).into_iter();
    all.filter(|name| !name.starts_with('.'))
        .map(|name| folder.join(name))
        .collect()
}

/// Turns one bit of a file, in its middle.
fn flip(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(file, bytes).unwrap();
}

fn truncate(file: &Path) {
    let bytes = fs::read(file).unwrap();
    fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
}

fn remove(file: &Path) {
    fs::remove_file(file).unwrap();
}

fn guides() -> Dir {
    Dir::new(&[
        ("a.md", "## One\n\nAn apple.\n"),
        ("b.md", "## Two\n\nA pear.\n"),
    ])
}

#[test]
fn a_check_finds_whatever_is_not_as_it_was_written() {
    let dir = guides();
    let index = dir.build();
    dir.write("a.md", "## One\n\nAnother apple.\n");
    index.update(dir.content()).unwrap();
    let whole = Index::check(dir.index()).unwrap();
    assert_eq!((whole.damage.len(), whole.documents), (0, 2));
    assert_eq!(whole.files, files(&dir).len());
    for file in files(&dir) {
        for harm in [flip, truncate, remove] {
            let before = fs::read(&file).unwrap();
            harm(&file);
            let name = format!("v7/{}", file.file_name().unwrap().to_str().unwrap());
            match Index::check(dir.index()) {
                Ok(check) => {
                    let found: Vec<&str> = check.damage.iter().map(|d| d.file.as_str()).collect();
                    assert_eq!(found, [name.as_str()]);
                }
                Err(error) => assert!(
                    name.ends_with("meta.json") && matches!(error, Error::NoIndex { .. }),
                    "{name}: {error}"
                ),
            }
            fs::write(&file, before).unwrap();
        }
    }
    assert_eq!(Index::check(dir.index()).unwrap(), whole);
}

#[test]
fn a_small_index_is_checked_when_it_is_opened() {
    let dir = guides();
    dir.build();
    for file in files(&dir) {
        let before = fs::read(&file).unwrap();
        flip(&file);
        let Err(Error::Damaged { damage, .. }) = Index::open(dir.index()) else {
            panic!("{} was taken for whole", file.display());
        };
        assert!(file.ends_with(damage.file.strip_prefix("v7/").unwrap()));
        fs::write(&file, before).unwrap();
    }
}

#[test]
fn a_reader_that_meets_damage_says_so_and_does_not_panic() {
    let dir = guides();
    let index = dir.build();
    let queries = [
        "apple",
        "fruit pear",
        "\"an apple\"",
        "appel",
        "app*",
        "tag:a",
        "",
    ];
    // Where it stands in the lists of words, damage may hide a document or change its score, and only
    // a check finds it out; but no document is found that is not there.
    let search = |index: &Index, query: &str| {
        let hits = index
            .search(&Query::new(query).full(true))?
            .hits
            .into_iter();
        let documents = hits.map(|hit| (hit.id, hit.guide, hit.question, hit.answer));
        Ok::<_, Error>(documents.collect::<Vec<_>>())
    };
    let whole = search(&index, "").unwrap();
    let mut told = 0;
    let stores = files(&dir).into_iter();
    for file in stores.filter(|file| !file.ends_with("meta.json")) {
        let bytes = fs::read(&file).unwrap();
        // A reader that keeps nothing of what it read before.
        let index = Index::open(dir.index()).unwrap();
        // Written over in place, as a failing disk would, below the eyes of the reader.
        fs::write(&file, vec![0xff; bytes.len()]).unwrap();
        let opened = Index::open(dir.index());
        assert!(
            matches!(opened, Err(Error::Damaged { .. })),
            "{}",
            file.display()
        );
        for query in queries {
            match search(&index, query) {
                Ok(found) => {
                    let is_there = |document| whole.contains(document);
                    assert!(found.iter().all(is_there), "{}: {query}", file.display());
                }
                Err(Error::Damaged { .. }) => told += 1,
                Err(error) => panic!("{}: {error}", file.display()),
            }
        }
        fs::write(&file, bytes).unwrap();
    }
    assert!(told > queries.len(), "{told}");
}

#[test]
fn a_document_that_cannot_be_read_is_damage_and_not_left_out() {
    let dir = guides();
    let index = dir.build();
    let mut stores = files(&dir).into_iter();
    let store = stores.find(|file| file.extension().is_some_and(|e| e == "store"));
    let store = store.unwrap();
    let mut bytes = fs::read(&store).unwrap();
    let begins = [0x28, 0xb5, 0x2f, 0xfd];
    let at = bytes.windows(4).position(|four| four == begins).unwrap();
    bytes[at] ^= 1;
    fs::write(&store, bytes).unwrap();
    let found = index.search(&Query::new("apple"));
    assert!(matches!(found, Err(Error::Damaged { .. })), "{found:?}");
    let found = index.find("a.md:3");
    assert!(matches!(found, Err(Error::Damaged { .. })), "{found:?}");
}

#[test]
fn a_rebuild_repairs_any_damage() {
    let dir = guides();
    for at in 0..files_of_a_build(&dir) {
        let harm = [flip, truncate, remove][at % 3];
        harm(&files(&dir)[at]);
        let index = Index::open_or_replace(dir.index()).unwrap();
        index.rebuild(dir.content()).unwrap();
        let check = Index::check(dir.index()).unwrap();
        assert_eq!((check.damage.len(), check.documents), (0, 2));
        assert_eq!(questions(&index, "apple"), ["One"]);
    }
}

fn files_of_a_build(dir: &Dir) -> usize {
    dir.build();
    files(dir).len()
}

#[test]
fn damage_is_not_merged_into_what_is_whole() {
    let dir = guides();
    let index = dir.build();
    let stores = || {
        files(&dir)
            .into_iter()
            .filter(|file| file.extension().is_some_and(|e| e == "store"))
    };
    flip(&stores().next().unwrap());
    let mut updates = (0..8).map(|i| {
        dir.write(&format!("c{i}.md"), &format!("## Three\n\nVersion {i}.\n"));
        index.update(dir.content())
    });
    let failed = updates.find_map(Result::err);
    assert!(matches!(failed, Some(Error::Damaged { .. })), "{failed:?}");
    assert_eq!(Index::check(dir.index()).unwrap().damage.len(), 1);
}

#[test]
fn an_index_of_tantivy_alone_is_left_alone() {
    let dir = guides();
    fs::create_dir_all(dir.index().join("v7")).unwrap();
    let meta = dir.index().join("v7/meta.json");
    fs::write(&meta, r#"{"segments":[],"schema":[],"opstamp":0}"#).unwrap();
    let opened = Index::open_or_replace(dir.index());
    assert!(matches!(opened, Err(Error::ForeignIndex { .. })));
    assert!(meta.exists());
}

#[test]
fn a_writer_is_told_who_has_the_lock() {
    let dir = guides();
    let (first, second) = (dir.build(), dir.build());
    let large = "## What?\n\nAn answer.\n".repeat(1_000);
    for i in 0..4 {
        dir.write(&format!("large{i}.md"), &large);
    }
    let (failed, written) = std::thread::scope(|scope| {
        let updates = [&first, &second].map(|index| scope.spawn(|| index.update(dir.content())));
        let (failed, written): (Vec<_>, Vec<_>) = updates
            .map(|update| update.join().unwrap())
            .into_iter()
            .partition(Result::is_err);
        (failed, written)
    });
    assert_eq!((failed.len(), written.len()), (1, 1));
    let Err(Error::Locked { holder, .. }) = &failed[0] else {
        panic!("{failed:?}");
    };
    assert_eq!(*holder, Some(std::process::id()));
}
