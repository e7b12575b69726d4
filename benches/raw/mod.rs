//! The same work by plain tantivy, as little as does it: the floor to compare with.
//!
//! It knows the one layout of the made-up guides, reads them by lines, indexes question and answer,
//! stemmed, and has tantivy's query parser, BM25 and snippets. It does not parse Markdown, tag,
//! repair, rank by more than that, or know what changed.

#![allow(
    dead_code,
    reason = "each bench is compiled with its own copy, and uses a part of it"
)]

use std::{error::Error, fs, path::Path};

use tantivy::{
    Index, IndexReader, ReloadPolicy, TantivyDocument,
    collector::{Count, TopDocs},
    doc,
    query::QueryParser,
    schema::{
        Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
    },
    snippet::SnippetGenerator,
};

/// The memory in which a segment grows before it is written, in bytes, as hotseat has it.
const WRITER_MEMORY: usize = 100 << 20;

/// An index of plain tantivy, open for searches.
pub(crate) struct Raw {
    reader: IndexReader,
    parser: QueryParser,
    fields: Fields,
}

#[derive(Clone, Copy)]
struct Fields {
    guide: Field,
    question: Field,
    answer: Field,
}

fn schema() -> (Schema, Fields) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default()
        .set_indexing_options(indexing)
        .set_stored();
    let mut schema = Schema::builder();
    let fields = Fields {
        guide: schema.add_text_field("guide", STRING | STORED),
        question: schema.add_text_field("question", text.clone()),
        answer: schema.add_text_field("answer", text),
    };
    (schema.build(), fields)
}

/// Indexes the questions of a folder of guides, in an empty folder.
pub(crate) fn build(content: &Path, index: &Path) -> Result<(), Box<dyn Error>> {
    let (schema, fields) = schema();
    let index = Index::create_in_dir(index, schema)?;
    let mut writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    for guide in hotseat::walk(content)?.guides {
        let text = fs::read_to_string(&guide.absolute)?;
        for part in text.split("\n### ").skip(1) {
            let (question, answer) = part.split_once('\n').unwrap_or((part, ""));
            writer.add_document(doc!(
                fields.guide => guide.path.as_str(),
                fields.question => question,
                fields.answer => answer,
            ))?;
        }
    }
    writer.commit()?;
    Ok(writer.wait_merging_threads()?)
}

impl Raw {
    pub(crate) fn open(index: &Path) -> tantivy::Result<Raw> {
        let index = Index::open_in_dir(index)?;
        let (_, fields) = schema();
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Raw {
            reader,
            parser: QueryParser::for_index(&index, vec![fields.question, fields.answer]),
            fields,
        })
    }

    /// Returns the total, and question and snippet of the ten best, each match between signs.
    pub(crate) fn search(&self, query: &str) -> tantivy::Result<(usize, Vec<(String, String)>)> {
        let (query, _) = self.parser.parse_query_lenient(query);
        let searcher = self.reader.searcher();
        let best = TopDocs::with_limit(10).order_by_score();
        let (total, best) = searcher.search(&query, &(Count, best))?;
        let snippets = SnippetGenerator::create(&searcher, &query, self.fields.answer)?;
        let mut hits = Vec::new();
        for (_, address) in best {
            let document: TantivyDocument = searcher.doc(address)?;
            let text = |field| document.get_first(field).and_then(|value| value.as_str());
            let snippet = snippets.snippet(text(self.fields.answer).unwrap_or_default());
            let question = text(self.fields.question).unwrap_or_default();
            hits.push((question.to_owned(), snippet.to_html()));
        }
        Ok((total, hits))
    }
}
