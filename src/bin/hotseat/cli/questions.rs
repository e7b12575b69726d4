//! The questions that a command is about: those of a query and of filters, or all.

use anyhow::Result;
use hotseat::{DocumentKind, Index, QaDocument, Query};

use super::{Collection, Config, Filters, suggest};
use crate::{content_path::ContentPath, terminal};

// A query with filters, and where to look. A doc comment would become the command's own help.
#[derive(Debug, clap::Args)]
pub(super) struct Questions {
    /// Only questions that this query finds; words and filters as of `hotseat search`
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// Include questions without an answer
    #[arg(long)]
    pub(super) unanswered: bool,
    /// Update the index first
    #[arg(short, long)]
    update: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    collection: Collection,
}

impl Questions {
    /// Opens the index, which is updated first with `--update`, and built if there is none.
    pub(super) fn open(&self, config: &Config) -> Result<(Index, ContentPath)> {
        self.collection.open(self.update, config)
    }

    /// Returns the tags to filter by.
    pub(super) fn tags(&self) -> &[String] {
        &self.filters.tag
    }

    /// Returns the questions by guide and line. If there are none, messages say what there would be.
    pub(super) fn list(&self, index: &Index, content: &ContentPath) -> Result<Vec<QaDocument>> {
        let text = content.in_query(&self.words.join(" "));
        let query = self.filters.apply(Query::new(&text), content);
        let mut questions = index.list(&query)?;
        if questions.is_empty() {
            suggest::nothing_found(index, &query, &text, &self.filters)?;
        }
        if let Some(options) = suggest::options(index, &self.words, questions.is_empty())? {
            terminal::eprint_note(&format!(
                "note: the words were searched for; as options they are {options}"
            ));
        }
        self.keep(&mut questions);
        Ok(questions)
    }

    /// Returns whether all questions are asked for.
    pub(super) fn are_all(&self, content: &ContentPath) -> bool {
        self.words.is_empty() && self.filters.is_empty() && content.parts.is_empty()
    }

    /// Leaves out passages, and questions without an answer unless they are asked for.
    pub(super) fn keep(&self, documents: &mut Vec<QaDocument>) {
        let has_any = !documents.is_empty();
        documents.retain(|document| {
            let is_question = document.kind == DocumentKind::Question;
            is_question && (self.unanswered || document.has_answer())
        });
        if has_any && documents.is_empty() {
            terminal::eprint_note(
                "none of these questions has an answer; --unanswered includes them",
            );
        }
    }
}
