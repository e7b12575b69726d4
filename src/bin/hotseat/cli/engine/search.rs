//! Searches documents that an engine holds.

use std::path::PathBuf;

use anyhow::Result;
use hotseat::{EngineIndex, Query, Results};

use super::client::{Client, Request, Sending};
use crate::cli::Config;

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
        let index = config.prepare_engine(EngineIndex::open(&self.exported)?);
        let client = Client::new(url, &self.sending)?;
        Ok(Some(Remote { index, client }))
    }
}

/// An index that an engine holds.
#[derive(Debug)]
pub(in crate::cli) struct Remote {
    index: EngineIndex,
    client: Client,
}

impl Remote {
    /// Finds the documents that match `query`.
    pub(in crate::cli) fn search(&self, query: &Query) -> hotseat::Result<Results> {
        self.index.search(query, &mut |request| {
            let request = Request::json("POST", &request.path, &request.body);
            let answer = self
                .client
                .ask(request)
                .and_then(super::client::Answer::accepted);
            answer.map_err(Into::into)
        })
    }
}
