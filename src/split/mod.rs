//! Splits a [`Guide`] into question-and-answer documents.

use crate::{DocId, Guide, Kind, QaDocument};

/// Splits `guide` into its documents, in reading order.
///
/// TEMPORARY: a `## ` line is a question.
pub fn split(guide: &Guide) -> Vec<QaDocument> {
    let mut documents: Vec<QaDocument> = Vec::new();
    for (number, line) in guide.text.lines().enumerate() {
        if let Some(question) = line.strip_prefix("## ") {
            documents.push(QaDocument {
                guide: guide.path.clone(),
                line: number + 1,
                kind: Kind::Question,
                question: question.to_owned(),
                answer: String::new(),
                sections: Vec::new(),
                tags: guide.front_matter.tags.clone(),
                category: None,
                level: None,
                guide_title: guide.path.clone(),
                id: DocId::new(&guide.path, question, 0),
            });
        } else if let Some(document) = documents.last_mut() {
            document.answer.push_str(line);
            document.answer.push('\n');
        }
    }
    documents
}
