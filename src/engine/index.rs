//! An [`EngineIndex`]: documents that an engine holds, searched as those of an index.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc, time::Instant};

use log::debug;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    DocId, Error, FacetCount, FacetName, Highlight, Note, NoteCode, QaDocument, Query, Result,
    Results,
    engine::{
        answer::Answer,
        document::Returned,
        mapping::mapping,
        request::{Conditions, Wanted},
    },
    search::{self, bounds, complete::complete, highlight, plan, query, weights::ENOUGH},
    store::{
        Store,
        schema::FORMAT,
        vocabulary::{self, Vocabulary},
    },
    text::abbreviation::Table,
    update::writer::IndexWriter,
};

/// The programs that documents are exported for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ExportFormat {
    /// Any program: one JSON object a line.
    Ndjson,
    /// Quickwit.
    Quickwit,
    /// OpenSearch, and what speaks its language.
    OpenSearch,
}

/// The description of an export, which stands beside its documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExportInfo {
    /// The version of the files; other files are no export.
    pub hotseat_export: u32,
    /// The version of the rules by which words are found.
    pub format: u32,
    /// The program that it is for.
    pub to: ExportFormat,
    /// The name under which the newest generation is searched, where the engine knows other names.
    pub name: String,
    /// The number of the index that the documents are of, which grows when all are exported again.
    pub generation: u32,
    /// The number of the export, which grows with each one of a generation.
    pub commit: u64,
    /// Whether these are all documents, rather than those that changed.
    pub whole: bool,
    /// Whether the export was finished.
    pub complete: bool,
    /// The number of all documents.
    pub documents: u64,
    /// The number of those that were written.
    pub written: u64,
    /// The number of those that are to be deleted.
    pub deleted: u64,
}

impl ExportInfo {
    /// The name of the file that has it.
    pub const FILE: &str = "export.json";

    /// The version of the files.
    const VERSION: u32 = 1;

    /// Returns the description of an export that was not begun.
    pub fn new(to: ExportFormat, name: impl Into<String>, generation: u32) -> ExportInfo {
        ExportInfo {
            hotseat_export: ExportInfo::VERSION,
            format: FORMAT,
            to,
            name: name.into(),
            generation,
            commit: 1,
            whole: true,
            complete: false,
            documents: 0,
            written: 0,
            deleted: 0,
        }
    }

    /// Returns the description of the export of what changes after this one.
    pub fn next(self) -> ExportInfo {
        ExportInfo {
            commit: self.commit + 1,
            whole: false,
            ..ExportInfo::new(self.to, self.name, self.generation)
        }
    }

    /// Returns whether the words of documents were found by the rules of this version of hotseat, so that
    /// those of others can be added.
    pub fn is_current(&self) -> bool {
        self.format == FORMAT
    }

    /// Returns the name of the index that the documents are of.
    ///
    /// ```
    /// use hotseat::{ExportFormat, ExportInfo};
    ///
    /// let info = ExportInfo::new(ExportFormat::Quickwit, "hotseat", 7);
    /// assert_eq!(info.index(), "hotseat-000007");
    /// ```
    pub fn index(&self) -> String {
        format!("{}-{:06}", self.name, self.generation)
    }

    /// Returns the name that is searched: OpenSearch has an alias of each generation in turn.
    pub fn searched(&self) -> String {
        match self.to {
            ExportFormat::OpenSearch => self.name.clone(),
            _ => self.index(),
        }
    }

    /// Returns the JSON that tells the engine of the index and its fields; `None` if the export is for any
    /// program.
    pub fn mapping(&self) -> Option<String> {
        let mapping = mapping(self.to, &self.index())?;
        Some(format!("{mapping:#}\n"))
    }

    /// Reads the description of the export in `folder`.
    ///
    /// # Errors
    ///
    /// [`Error::Export`] if there is none, or one of another version of hotseat.
    pub fn read(folder: impl AsRef<Path>) -> Result<ExportInfo> {
        let folder = folder.as_ref();
        let failed = |source: Box<dyn std::error::Error + Send + Sync>| Error::Export {
            path: folder.to_owned(),
            source,
        };
        let text = fs::read_to_string(folder.join(ExportInfo::FILE));
        let text = text.map_err(|error| failed(error.into()))?;
        let info: ExportInfo = serde_json::from_str(&text).map_err(|error| failed(error.into()))?;
        match info.hotseat_export {
            ExportInfo::VERSION => Ok(info),
            _ => Err(failed("it is of another version of hotseat".into())),
        }
    }
}

/// A request to an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EngineRequest {
    /// The path of the URL, below that of the engine.
    pub path: String,
    /// The JSON that is sent.
    pub body: String,
}

/// Why an engine gave no answer.
type Refusal = Box<dyn std::error::Error + Send + Sync>;

/// Sends a request to an engine, and returns its answer.
type Ask<'a> = dyn FnMut(&EngineRequest) -> std::result::Result<String, Refusal> + 'a;

/// The most documents that are asked for by one id: among very many documents, a few share one.
const MOST_WITH_ID: usize = 10;

/// The part of an answer that is no document.
struct Found {
    /// The number of documents that match, and of those that were returned.
    total: usize,
    returned: usize,
    facets: BTreeMap<FacetName, Vec<FacetCount>>,
    requests: Vec<String>,
}

/// Documents that an engine holds, searched as those of an [`Index`](crate::Index).
///
/// It knows the words of all documents, from the files of an export. What sends requests to the engine is
/// the caller's.
///
/// ```no_run
/// use hotseat::{EngineIndex, Query};
///
/// # let post = |_: &str, _: &str| std::io::Result::Ok(String::new());
/// let index = EngineIndex::open("export")?;
/// let results = index.search(&Query::new("deadlock"), &mut |request| {
///     let url = format!("http://127.0.0.1:9200/{}", request.path);
///     Ok(post(&url, &request.body)?)
/// })?;
/// # hotseat::Result::Ok(())
/// ```
#[derive(Debug)]
pub struct EngineIndex {
    info: ExportInfo,
    vocabulary: Arc<Vocabulary>,
    abbreviations: Table,
}

impl EngineIndex {
    /// Opens the export in `folder`, which the engine was given.
    ///
    /// # Errors
    ///
    /// [`Error::Export`] if there is none, it is not finished, or for no engine.
    pub fn open(folder: impl AsRef<Path>) -> Result<EngineIndex> {
        let folder = folder.as_ref();
        let failed = |source: Refusal| Error::Export {
            path: folder.to_owned(),
            source,
        };
        let info = ExportInfo::read(folder)?;
        if !info.complete {
            return Err(failed("it was not finished".into()));
        }
        if info.to == ExportFormat::Ndjson {
            return Err(failed("it is for no engine that can be searched".into()));
        }
        let vocabulary = Vocabulary::open(folder).map_err(|error| failed(error.into()))?;
        Ok(EngineIndex {
            info,
            vocabulary: Arc::new(vocabulary),
            abbreviations: Table::default(),
        })
    }

    /// Adds abbreviations, as [`Index::with_abbreviations`](crate::Index::with_abbreviations) does.
    #[must_use]
    pub fn with_abbreviations(mut self, table: &str) -> EngineIndex {
        self.abbreviations = Table::parse(table);
        self
    }

    /// Returns the description of the export.
    pub fn info(&self) -> &ExportInfo {
        &self.info
    }

    /// Finds the documents that match `query`, best first. `ask` sends a request and returns the answer.
    ///
    /// The engine finds, and the best hundred of what it finds, or as many as are wanted, are put in order
    /// here. Documents that have no word of the query are not found, however near in meaning.
    ///
    /// # Errors
    ///
    /// [`Error::Engine`] if `ask` fails, or what it returns is no answer; [`Error::Index`] as for
    /// [`Index::search`](crate::Index::search).
    pub fn search(&self, query: &Query, ask: &mut Ask<'_>) -> Result<Results> {
        let began = Instant::now();
        let (store, parsed, found) = self.find(query, ask)?;
        let mut results = store.reading(|| {
            let query = &query.clone().facets(&[]);
            search::search(&store.snapshot(), &self.abbreviations, query, parsed, began)
        })?;
        // What the engine found and could not look at closely enough is told here, of all of it if that is
        // no more than was returned.
        if found.total > found.returned || query.limit == 0 {
            results.total = found.total;
        }
        results.facets = found.facets;
        if query.explain {
            results.requests = found.requests;
        }
        Ok(results)
    }

    /// Returns the documents that the engine finds for `query`, by guide and line: at most the hundreds that
    /// its limit reaches.
    ///
    /// # Errors
    ///
    /// As for [`search`](EngineIndex::search).
    pub fn list(&self, query: &Query, ask: &mut Ask<'_>) -> Result<Vec<QaDocument>> {
        let (store, parsed, _) = self.find(query, ask)?;
        store.read(|snapshot| search::list(snapshot, &self.abbreviations, query, &parsed))
    }

    /// Returns the document that `id` names.
    ///
    /// # Errors
    ///
    /// As for [`search`](EngineIndex::search).
    pub fn get(&self, id: DocId, ask: &mut Ask<'_>) -> Result<Option<QaDocument>> {
        self.with_id(id, ask)?.read(|snapshot| snapshot.get(id))
    }

    /// Returns the document that `id` names with all that `query` matches in it, as
    /// [`Index::highlight`](crate::Index::highlight) does.
    ///
    /// # Errors
    ///
    /// As for [`search`](EngineIndex::search).
    pub fn highlight(
        &self,
        query: &Query,
        id: DocId,
        ask: &mut Ask<'_>,
    ) -> Result<Option<Highlight>> {
        let parsed = query::parse(query);
        let own = &self.abbreviations;
        self.with_id(id, ask)?
            .read(|snapshot| highlight::highlight(snapshot, own, query, &parsed, id))
    }

    /// Finds documents related to the one that `id` names, among those that have words of its question.
    ///
    /// # Errors
    ///
    /// As for [`search`](EngineIndex::search).
    pub fn similar(&self, id: DocId, limit: usize, ask: &mut Ask<'_>) -> Result<Results> {
        let began = Instant::now();
        let document = self.get(id, ask)?;
        let question = document.as_ref().map_or("", |document| &document.question);
        let (store, ..) = self.find(&Query::new(question).plain(true).limit(limit), ask)?;
        let own = &self.abbreviations;
        store.read(|snapshot| search::similar(snapshot, own, document.as_ref(), limit, began))
    }

    /// Returns up to `limit` texts that `text` may become, as [`Index::complete`](crate::Index::complete) does.
    ///
    /// # Errors
    ///
    /// As for [`search`](EngineIndex::search).
    pub fn complete(&self, text: &str, limit: usize, ask: &mut Ask<'_>) -> Result<Vec<String>> {
        let (store, ..) = self.find(&Query::new(text).typing(true), ask)?;
        store.read(|snapshot| complete(snapshot, &self.abbreviations, text, limit))
    }

    /// Asks the engine for `query`; returns the best documents that it finds, how the query was read, and
    /// the rest of the answer.
    fn find(&self, query: &Query, ask: &mut Ask<'_>) -> Result<(Store, query::Parsed, Found)> {
        let store = Store::of_collection(Arc::clone(&self.vocabulary))?;
        let mut parsed = query::parse(query);
        debug!("understood the query as {parsed}");
        let mut requests = Vec::new();
        let mut answer = self.ask(&store, query, &parsed, &mut requests, ask)?;
        // Quotes and operators may be no syntax but what a sentence has.
        if answer.total == 0
            && let Some(words) = parsed.as_words()
        {
            answer = self.ask(&store, query, &words, &mut requests, ask)?;
        }
        parsed.notes.extend(answer.is_partial.then(partial));
        let found = Found {
            total: answer.total,
            returned: answer.documents.len(),
            facets: answer.facets(&query.facets),
            requests,
        };
        take_in(&store, answer.documents)?;
        Ok((store, parsed, found))
    }

    /// Asks the engine for the documents that have this id, of which there is hardly more than one.
    fn with_id(&self, id: DocId, ask: &mut Ask<'_>) -> Result<Store> {
        let store = Store::of_collection(Arc::clone(&self.vocabulary))?;
        let wanted = Wanted {
            most: MOST_WITH_ID,
            facets: &[],
        };
        let body = Conditions::with_id(id).body(self.info.to, 0, wanted);
        let answer = self.send(&body, &mut Vec::new(), ask)?;
        take_in(&store, answer.documents)?;
        Ok(store)
    }

    /// Asks for documents with all words, and with fewer as long as there are too few.
    fn ask(
        &self,
        store: &Store,
        query: &Query,
        parsed: &query::Parsed,
        requests: &mut Vec<String>,
        ask: &mut Ask<'_>,
    ) -> Result<Answer> {
        let conditions = store.reading(|| {
            let snapshot = store.snapshot();
            let (parsed, _) = bounds::bounded(parsed.clone(), &snapshot)?;
            // The engine has bounds of its own.
            let plan = plan::plan(&parsed, query, &snapshot, &self.abbreviations, u64::MAX)?;
            Ok(plan.is_possible.then(|| Conditions::of(&plan, &parsed)))
        })?;
        let mut best = Answer::default();
        let Some(conditions) = conditions else {
            return Ok(best);
        };
        let wanted = Wanted {
            most: search::most_found(query),
            facets: &query.facets,
        };
        for least in conditions.tiers(self.info.to) {
            let body = conditions.body(self.info.to, least, wanted);
            let answer = self.send(&body, requests, ask)?;
            let is_more = answer.total > best.total || best.total == 0;
            let total = answer.total;
            if is_more {
                best = answer;
            }
            if total >= ENOUGH {
                return Ok(best);
            }
        }
        // What has no more than stop words of the query fills the list up.
        let most = wanted.most.min(ENOUGH);
        if best.total > 0
            && let Some(body) = conditions.fill_body(self.info.to, most)
        {
            best.fill(self.send(&body, requests, ask)?, most);
        }
        Ok(best)
    }

    /// Sends a request, and reads its answer.
    fn send(&self, body: &Value, requests: &mut Vec<String>, ask: &mut Ask<'_>) -> Result<Answer> {
        let request = EngineRequest {
            path: self.path(),
            body: body.to_string(),
        };
        debug!("asking the engine for {}", request.body);
        requests.push(format!("POST {} {}", request.path, request.body));
        let text = ask(&request).map_err(|source| self.failed(source))?;
        Answer::read(&text).map_err(|error| self.failed(error.into()))
    }

    fn path(&self) -> String {
        let name = self.info.searched();
        match self.info.to {
            ExportFormat::Quickwit => format!("api/v1/{name}/search"),
            _ => format!("{name}/_search"),
        }
    }

    fn failed(&self, source: Refusal) -> Error {
        Error::Engine {
            index: self.info.searched(),
            source,
        }
    }
}

fn partial() -> Note {
    let text = "the engine could not search all of its parts";
    Note::new(NoteCode::Incomplete, text)
}

/// Puts documents into the index in memory, of two with one key that of the later commit: an engine may
/// not have deleted the other yet.
fn take_in(store: &Store, mut documents: Vec<Returned>) -> Result<()> {
    documents.sort_by(|a, b| (&a.key, b.commit).cmp(&(&b.key, a.commit)));
    documents.dedup_by(|a, b| a.key == b.key);
    let mut writer = IndexWriter::of_few(store)?;
    for document in documents {
        writer.add(document.document())?;
    }
    writer.commit()
}

impl crate::Index {
    /// Writes the words of the index and their frequencies to a file of `folder`, by which an
    /// [`EngineIndex`] plans queries.
    ///
    /// # Errors
    ///
    /// [`Error::Export`] if it cannot be written; [`Error::Damaged`] and [`Error::Index`] if the index
    /// cannot be read.
    pub fn write_vocabulary(&self, folder: impl AsRef<Path>) -> Result<()> {
        let folder = folder.as_ref();
        let path = folder.join(vocabulary::FILE);
        let failed = |source: std::io::Error| Error::Export {
            path: folder.to_owned(),
            source: source.into(),
        };
        // It may be mapped by a search at this moment.
        let new = path.with_extension("new");
        let file = fs::File::create(&new).map_err(failed)?;
        self.reading(|snapshot| vocabulary::write(snapshot, std::io::BufWriter::new(file)))?;
        fs::rename(&new, &path).map_err(failed)
    }
}
