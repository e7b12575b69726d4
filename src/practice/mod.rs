//! Practice: reviews of questions -> what to ask next.
//!
//! A learner grades each answer; a line of a [`Log`] keeps the grade; [`History::replay`] makes of
//! all lines what is known of each question, by the model FSRS-6 ([`Memory`]); and a [`Session`] is
//! the questions that are due. Nothing here reads a clock or a source of chance: the caller gives
//! the time as a [`Clock`], and a number to shuffle by.
//!
//! Questions are known by their [`DocId`](crate::DocId), which stays when an answer is edited. After
//! a question is worded differently, or moved to another guide, [`moved`] finds it again.
//!
//! ```
//! use hotseat::practice::{Action, Clock, Entry, Grade, History, Log, Session, Timestamp};
//! use hotseat::{Index, QaDocument, Query};
//!
//! let index = Index::in_memory([
//!     QaDocument::new("tea.md", "What is matcha?", "Tea, ground."),
//!     QaDocument::new("tea.md", "What is sencha?", "Tea, steamed."),
//! ])?;
//! let documents = index.list(&Query::new(""))?;
//! let log = Log::read("");
//! let clock = Clock { now: Timestamp::from_unix_ms(1_795_932_723_000), offset: 3600 };
//! let mut history = History::replay(&log.entries, &clock);
//!
//! let mut queue = Session::new().queue(&documents, &history, &clock);
//! while let Some(id) = queue.next() {
//!     let graded = Action::Graded { grade: Grade::Good, ms: 5_000 };
//!     history.add(&Entry::new(clock.now, "laptop", id, graded), &clock);
//! }
//! assert_eq!(Session::new().queue(&documents, &history, &clock).len(), 0);
//! # hotseat::Result::Ok(())
//! ```

mod clock;
mod fsrs;
mod history;
mod identity;
mod log;
mod session;

pub use clock::{Clock, ParseTimestampError, Timestamp, month_and_day};
pub use fsrs::{Grade, Memory, ParseGradeError};
pub use history::{Card, History, days};
pub use identity::moved;
pub use log::{Action, Entry, Log, LogFile, TextSeen};
pub use session::{Queue, Session, Share, Stats};
