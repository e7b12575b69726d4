//! Full-text search over interview guides: a folder of documents goes in, and the right question
//! comes out, with the part of its answer that matches.
//!
//! A guide is a file of questions and answers as people write and save them, in Markdown, plain
//! text, HTML and other formats. hotseat finds its questions whatever their layout, and searches
//! those rather than files or lines: a hit is a question with its whole answer.
//!
//! ```
//! use hotseat::{Guide, Index, Query, split};
//!
//! let guide = Guide::parse(
//!     "python.md",
//!     "---
//! tags: [Python, Concurrency]
//! ---
//! ## What is the GIL?
//!
//! A lock in CPython: one thread at a time runs bytecode. For computing, use multiprocessing.
//!
//! ## What is a deadlock?
//!
//! Two threads that wait for each other, for ever.
//! ",
//! );
//! let index = Index::in_memory(split(&guide))?;
//! let results = index.search(&Query::new("multiprocessing").tag("python").limit(5))?;
//!
//! let hit = &results.hits[0];
//! assert_eq!(hit.question, "What is the GIL?");
//! assert_eq!((hit.guide.as_str(), hit.line), ("python.md", 4));
//! let marked: Vec<&str> = hit.snippet.pieces.iter().filter(|piece| piece.matches).map(|piece| piece.text.as_str()).collect();
//! assert_eq!(marked, ["multiprocessing"]);
//! # Ok::<(), hotseat::Error>(())
//! ```
//!
//! # A folder of guides
//!
//! [`Index::open_or_build`] keeps an index on disk. [`Index::update`] reads only the guides that
//! changed, and searches that run meanwhile see the guides as they were.
//!
//! ```
//! use hotseat::{Index, Query};
//!
//! # let folder = tempfile::tempdir()?;
//! # let (content, index) = (folder.path().join("content"), folder.path().join("index"));
//! # std::fs::create_dir(&content)?;
//! # std::fs::write(content.join("git.md"), "## What is a commit?\n\nA snapshot.\n")?;
//! let index = Index::open_or_build(&content, &index)?;
//! for hit in index.search(&Query::new("commit"))?.hits {
//!     println!("{}\n  {}", hit.question, hit.snippet.text());
//! }
//! # std::fs::write(content.join("sql.md"), "## What is a view?\n\nA named query.\n")?;
//! let update = index.update(&content)?;
//! assert_eq!((update.added, update.unchanged), (1, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Terms
//!
//! - A **guide** ([`Guide`]) is one file of content with its front matter. Its text, without
//!   markup, becomes [`Block`]s: headings, lines, code.
//! - A **document** ([`QaDocument`]) is what is indexed and found: a **question** with its whole
//!   answer, or a **passage**, the prose of one section that belongs to no question.
//! - A **section** is the titles of the headings above a document, outermost first.
//! - A **facet** ([`Facet`]) is a named value to filter and count by, such as `tag` = `python`.
//! - A **hit** ([`Hit`]) is a document that a [`Query`] found; its **snippet** ([`Snippet`]) is the
//!   part of the answer that matches.
//!
//! # How text flows
//!
//! ```text
//! folder ──walk──▶ file ──Guide::read──▶ Guide ──split──▶ QaDocument ──┐
//!                                                                    Index
//!                                                  Query ──search──▶───┴──▶ Results
//! ```
//!
//! [`Index::update`] does all of the first line. Each step can be called by itself, too: [`walk`]
//! lists the guides of a folder, [`Guide::parse`] and [`split`] need no files, [`Split`] gives documents
//! one by one, and [`Index::in_memory`] takes documents from anywhere.
//!
//! # What can fail
//!
//! Only files and the index can: [`Error`]. What people write is read leniently. A guide whose
//! front matter is broken is searched all the same, with a [`Warning`] that names the line, and any
//! text is a query; what was read otherwise than typed is in [`Results::notes`].
//!
//! An index is replaced as a whole, by one commit: other readers see the state before or after it,
//! and whoever opens it after a crash does, too. Files that differ from what was written are an
//! [`Error::Damaged`]; [`Index::check`] reads them all, and [`Index::rebuild`] repairs them. On
//! damaged files the search engine may panic inside; that is caught here, but the panic hook of the
//! program sees it first.
//!
//! Reading, writing, and how queries are understood are logged at the debug level of the [`log`]
//! crate.
//!
//! # Threads
//!
//! An [`Index`] is `Send` and `Sync`, and all that it does takes `&self`: one value in an
//! [`Arc`](std::sync::Arc) serves every thread of a program, while one of them updates it.
//! `examples/web_service.rs` in the repository is such a program. Nothing is done in the background:
//! an index changes when [`Index::update`] runs, and what another process wrote is seen after
//! [`Index::reload`].
//!
//! # What stays
//!
//! No signature here has a type of another crate, except for the traits of `serde`. What may grow,
//! grows without breaking the programs that use it: structs with public fields and most enums are
//! `#[non_exhaustive]`. The JSON that results serialize to is described by the files of
//! `tests/schema`; keys are only ever added. The ids of documents ([`DocId`]) stay from release to
//! release.
//!
//! # Questions to use
//!
//! [`Index::list`] returns all documents that a query finds. [`draw`] picks a balanced set of them for
//! an interview, [`practice`] says which to ask a learner next, and [`Html`] writes answers for a page.
//!
//! # More than one machine
//!
//! [`Exporter`] writes documents as a distributed engine takes them, and [`EngineIndex`] searches those that
//! an engine was given.
//!
//! # Pages
//!
//! - [How to write a guide](_documentation::writing_guides) that is split as it is meant.
//! - [How ranking works](_documentation::ranking).
//! - [hotseat in your program](_documentation::embedding): services, Python, static sites.
//! - [Installing hotseat](_documentation::install), the command.
//! - [Practice, interviews and cards](_documentation::practice), with the command.
//! - [hotseat and an assistant](_documentation::assistants).
//! - [Guides in a browser](_documentation::serve), and answers for other programs.
//! - [More questions than one machine holds](_documentation::scale): an engine made for them.
//! - [Troubleshooting](_documentation::troubleshooting): what the command says, and what to do.
//!
//! # Features
//!
//! - `cli` (on by default): the `hotseat` command, with all that only a terminal program needs. The
//!   library is the same without it; a program that uses it as a library builds a fifth fewer
//!   crates with `default-features = false`.
//! - `serve` (on by default): the command `hotseat serve`, with the crates that speak HTTP.
//! - `tui` (on by default): the command `hotseat browse`, with the crates that draw a screen.
//! - `meaning` (on by default): ranks by meaning beside words, with a table of 1.1 MB in the
//!   program. Without it every query behaves as with [`Query::lexical`], and no document is given a
//!   vector.
//! - `engine`: the command `hotseat push`, and `--engine` of `search`, `serve` and `mcp`, with the crates that
//!   speak HTTP and TLS. [`EngineIndex`] is there without it, and leaves sending to the program.
//! - `schema`: results implement `JsonSchema` of the crate schemars, for programs that declare what
//!   they return.

mod document;
pub mod draw;
mod engine;
mod error;
mod facet;
mod files;
mod guide;
mod index;
mod panics;
pub mod practice;
mod random;
mod search;
mod split;
mod store;
mod text;
mod update;

pub use document::{DocId, DocumentKind, ParseDocIdError, Place, QaDocument};
pub use engine::{
    EngineIndex, EngineKey, EngineRequest, ExportFormat, ExportInfo, Exporter, ParseEngineKeyError,
};
pub use error::{Damage, Error, ErrorKind, Result};
pub use facet::{Facet, FacetName, ParseFacetNameError};
pub use guide::{
    Block, BlockKind, FrontMatter, Guide, Warning,
    source::Source,
    walk::{Content, GuideFile, walk},
};
pub use index::{Index, StoredDocument};
#[cfg(fuzzing)]
#[doc(hidden)]
pub use search::snippet::fuzz_snippet;
pub use search::{
    FacetCount, Hit, Results, ScorePart, Twin,
    highlight::Highlight,
    note::{Note, NoteCode},
    query::Query,
    snippet::{Piece, Snippet},
    suggest::Suggestion,
};
pub use split::{
    DecisionExplanation, Explanation, FurnitureExplanation, RegionExplanation, ShapeExplanation,
    Split, explain_split, split,
};
pub use store::check::CheckReport;
pub use text::{
    abbreviation::Abbreviation,
    html::{Html, escape_html, steers},
    markup::{Alignment, Element, Markup, TextFormat, list_marker, read_markup},
};
pub use update::{Progress, UpdateSummary, writer::IndexWriter};

/// Pages for those who use hotseat, by the command or from a program.
///
/// There is nothing in these modules but their text.
#[cfg(doc)]
pub mod _documentation {
    #[doc = include_str!("docs/writing_guides.md")]
    pub mod writing_guides {}

    #[doc = include_str!("docs/ranking.md")]
    pub mod ranking {}

    #[doc = include_str!("docs/practice.md")]
    pub mod practice {}

    #[doc = include_str!("docs/assistants.md")]
    pub mod assistants {}

    #[doc = include_str!("docs/serve.md")]
    pub mod serve {}

    #[doc = include_str!("docs/install.md")]
    pub mod install {}

    #[doc = include_str!("docs/embedding.md")]
    pub mod embedding {}

    #[doc = include_str!("docs/scale.md")]
    pub mod scale {}

    #[doc = include_str!("docs/troubleshooting.md")]
    pub mod troubleshooting {}
}

/// Threads may share an index and hand on whatever it returns: that fails to compile otherwise.
const _: () = {
    const fn shared<T: Send + Sync + 'static>() {}
    shared::<Index>();
    shared::<Query>();
    shared::<Results>();
    shared::<QaDocument>();
    shared::<Guide>();
    shared::<Error>();
};
