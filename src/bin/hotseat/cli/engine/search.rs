//! Searches documents that an engine holds.

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::Result;
use hotseat::{
    DocId, EngineIndex, EngineRequest, ExportInfo, FacetName, Highlight, QaDocument, Query,
    Results, Suggestion,
};
use xxhash_rust::xxh3::xxh3_64;

use super::client::{self, Client, Request, Sending};
use crate::{backend::Backend, cli::Config};

// The engine to search. A doc comment would become the command's own help.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Engine")]
pub(in crate::cli) struct Engine {
    /// Search the documents that this engine was given by `hotseat push`
    #[arg(long = "engine", id = "engine", value_name = "URL")]
    url: Option<String>,
    /// The folder of the last export that the engine was given [default: export]
    #[arg(
        long,
        value_name = "DIR",
        requires = "engine",
        default_value = "export",
        hide_default_value = true
    )]
    exported: PathBuf,
    #[command(flatten)]
    sending: Sending,
}

impl Engine {
    /// Opens the engine, if one is named.
    pub(in crate::cli) fn open(&self, config: &Config) -> Result<Option<Remote>> {
        let Some(url) = &self.url else {
            return Ok(None);
        };
        let synonyms = config.synonyms().to_owned();
        let index = EngineIndex::open(&self.exported)?.with_abbreviations(&synonyms);
        Ok(Some(Remote {
            index: RwLock::new(Arc::new(index)),
            exported: self.exported.clone(),
            synonyms,
            client: Client::new(url, &self.sending)?,
        }))
    }
}

/// An index that an engine holds.
#[derive(Debug)]
pub(in crate::cli) struct Remote {
    /// Another one once the folder has another export.
    index: RwLock<Arc<EngineIndex>>,
    exported: PathBuf,
    synonyms: String,
    client: Client,
}

/// The most documents that are listed: the engine returns them as a whole.
const MOST_LISTED: usize = 1000;

impl Remote {
    fn index(&self) -> Arc<EngineIndex> {
        let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&index)
    }

    /// Sends a request, and returns the answer.
    fn ask(
        &self,
        request: &EngineRequest,
    ) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        let request = Request::json("POST", &request.path, &request.body);
        let answer = self.client.ask(request);
        answer
            .and_then(client::Answer::accepted)
            .map_err(Into::into)
    }

    /// Returns the documents of a guide, in the order of their lines.
    fn of_guide(&self, guide: &str) -> hotseat::Result<Vec<QaDocument>> {
        let mut documents = self.list(&Query::new("").guide(guide))?;
        documents.retain(|document| document.guide == guide);
        Ok(documents)
    }
}

impl Backend for Remote {
    fn search(&self, query: &Query) -> hotseat::Result<Results> {
        self.index().search(query, &mut |request| self.ask(request))
    }

    fn highlight(&self, query: &Query, id: DocId) -> hotseat::Result<Option<Highlight>> {
        self.index()
            .highlight(query, id, &mut |request| self.ask(request))
    }

    fn find(&self, name: &str) -> hotseat::Result<Option<QaDocument>> {
        if let Ok(id) = name.parse()
            && let Some(document) = self.index().get(id, &mut |request| self.ask(request))?
        {
            return Ok(Some(document));
        }
        let place = name.rsplit_once(':');
        match place.and_then(|(guide, line)| Some((guide, line.parse::<usize>().ok()?))) {
            Some((guide, line)) => {
                let mut documents = self.of_guide(guide)?.into_iter();
                Ok(documents.rfind(|document| document.line <= line))
            }
            None => Ok(None),
        }
    }

    fn list(&self, query: &Query) -> hotseat::Result<Vec<QaDocument>> {
        let query = query.clone().limit(MOST_LISTED);
        self.index().list(&query, &mut |request| self.ask(request))
    }

    fn similar(&self, id: DocId, limit: usize) -> hotseat::Result<Results> {
        self.index()
            .similar(id, limit, &mut |request| self.ask(request))
    }

    fn suggest(&self, _: &Query) -> hotseat::Result<Vec<Suggestion>> {
        Ok(Vec::new())
    }

    fn complete(&self, text: &str, limit: usize) -> hotseat::Result<Vec<String>> {
        self.index()
            .complete(text, limit, &mut |request| self.ask(request))
    }

    fn closest_value(&self, _: FacetName, _: &str) -> hotseat::Result<Option<String>> {
        Ok(None)
    }

    fn state(&self) -> u64 {
        xxh3_64(format!("{:?}", self.index().info()).as_bytes())
    }

    fn reload(&self) -> hotseat::Result<()> {
        let info = ExportInfo::read(&self.exported)?;
        // One that is under way is not read.
        if info.complete && info != *self.index().info() {
            let index = EngineIndex::open(&self.exported)?.with_abbreviations(&self.synonyms);
            let mut known = self.index.write().unwrap_or_else(PoisonError::into_inner);
            *known = Arc::new(index);
        }
        Ok(())
    }

    /// Documents may be sent to the engine at any time.
    fn is_known_by_state(&self) -> bool {
        false
    }

    /// It takes a request, and pages have many guides.
    fn guide_title(&self, _: &str) -> hotseat::Result<Option<String>> {
        Ok(None)
    }

    fn neighbors(&self, document: &QaDocument) -> hotseat::Result<[Option<QaDocument>; 2]> {
        let mut documents = self.of_guide(&document.guide)?;
        let place = documents.iter().position(|other| other.id == document.id);
        Ok(place.map_or([None, None], |place| {
            let after = documents.drain(place..).nth(1);
            [documents.pop(), after]
        }))
    }
}
