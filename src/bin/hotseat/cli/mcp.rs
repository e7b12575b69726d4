//! `hotseat mcp`: answers the requests of an assistant, one a line, until its input ends.

use std::{
    collections::VecDeque,
    io::{self, BufRead, IsTerminal, Write},
    sync::mpsc,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::Result;
use hotseat::{Error, Index, Source};
use serde_json::Value;

use super::{Collection, Config, HELP, Outcome, index};
use crate::{
    backend::Backend,
    content_path::ContentPath,
    json,
    mcp::{self, Library, Server},
    terminal,
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  claude mcp add hotseat -- hotseat mcp --content ~/guides --index ~/.hotseat
  {\"mcpServers\": {\"hotseat\": {\"command\": \"hotseat\", \"args\":
    [\"mcp\", \"--content\", \"/home/me/guides\",
     \"--index\", \"/home/me/.hotseat\"]}}}",
    after_help = "\
An assistant that speaks the Model Context Protocol starts this command itself, and then searches the \
guides, reads answers, and draws questions to quiz you with. Give folders from the root: an assistant \
may start it anywhere. It reads requests from standard input, writes answers to standard output and \
messages to standard error; it changes nothing but the index, which follows the guides, and reaches \
no network. If there is no index yet, it is built first."
)]
pub(super) struct Args {
    #[command(flatten)]
    collection: Collection,
    #[cfg(feature = "engine")]
    #[command(flatten)]
    engine: super::engine::search::Engine,
}

/// The longest request, in bytes.
const MAX_LINE: usize = 1 << 20;

/// The requests that are read ahead, so that one that is cancelled meanwhile is not answered.
const AHEAD: usize = 16;

/// The least time between two looks at the guides.
const PAUSE: Duration = Duration::from_secs(2);

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    #[cfg(feature = "engine")]
    if let Some(remote) = args.engine.open(config)? {
        let content = args.collection.place.content.path(config);
        return answer(Held { remote, content }, out);
    }
    let (index, content) = args.collection.open(false, config)?;
    let source = args.collection.source(config);
    let guides = Guides {
        source: index::without_index(&source, args.collection.place.index.path(config)),
        index,
        content,
        looked: None,
        failed: false,
    };
    answer(guides, out)
}

/// Answers the requests on standard input.
fn answer(library: impl Library, out: &mut impl Write) -> Result<Outcome> {
    if io::stdin().is_terminal() {
        terminal::eprint_note(
            "note: an assistant starts this command, and speaks JSON with it: `hotseat mcp --help` shows how \
             to set that up; Ctrl-D ends it",
        );
    }
    let mut server = Server::new(library);
    let (sender, receiver) = mpsc::sync_channel(AHEAD);
    // Reading blocks, and must not keep a request waiting that has come.
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(line)) = read_line(&mut input) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    let mut queue: VecDeque<Result<Value, Value>> = VecDeque::new();
    loop {
        let message = match queue.pop_front() {
            Some(message) => message,
            None => match receiver.recv() {
                Ok(line) => parse(line),
                Err(_) => return Ok(Outcome::Found),
            },
        };
        while queue.len() < AHEAD
            && let Ok(line) = receiver.try_recv()
        {
            queue.push_back(parse(line));
        }
        let answers = match message {
            Ok(message) if is_cancelled(&message, &queue) => continue,
            Ok(message) => server.answer(&message),
            Err(answer) => vec![answer],
        };
        for answer in answers {
            json::write(&answer, out)?;
        }
        out.flush()?;
    }
}

fn is_cancelled(message: &Value, later: &VecDeque<Result<Value, Value>>) -> bool {
    let Some(id) = message.get("id") else {
        return false;
    };
    let mut later = later.iter().filter_map(|message| message.as_ref().ok());
    later.any(|message| mcp::cancelled(message) == Some(id))
}

/// A line of the input; none if it was too long.
type Line = Option<Vec<u8>>;

fn parse(line: Line) -> Result<Value, Value> {
    match line {
        Some(line) => mcp::read(&line),
        None => Err(mcp::too_long(MAX_LINE)),
    }
}

/// Reads the next line that is not blank, without its end; none at the end of the input. Of a line
/// that is too long only the end is looked for.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut is_too_long = false;
    loop {
        let read = input.fill_buf()?;
        if read.is_empty() {
            let is_blank = line.trim_ascii().is_empty() && !is_too_long;
            return Ok((!is_blank).then(|| (!is_too_long).then_some(line)));
        }
        let end = read.iter().position(|byte| *byte == b'\n');
        let part = &read[..end.unwrap_or(read.len())];
        is_too_long |= line.len() + part.len() > MAX_LINE;
        match is_too_long {
            true => line.clear(),
            false => line.extend_from_slice(part),
        }
        let length = part.len() + usize::from(end.is_some());
        input.consume(length);
        if end.is_some() && is_too_long {
            return Ok(Some(None));
        }
        if end.is_some() && !line.trim_ascii().is_empty() {
            return Ok(Some(Some(line)));
        }
        if end.is_some() {
            line.clear();
        }
    }
}

/// The index, and the guides that it follows.
struct Guides {
    index: Index,
    source: Source,
    content: ContentPath,
    /// The time of the last look at the guides.
    looked: Option<Instant>,
    /// Whether that failed, which is told once.
    failed: bool,
}

impl Library for Guides {
    fn index(&mut self, called: bool) -> &dyn Backend {
        let is_due = self.looked.is_none_or(|looked| looked.elapsed() >= PAUSE);
        if called && is_due {
            let updated = match self.index.update(self.source.clone()) {
                // Who writes it brings it up to date.
                Err(Error::Locked { .. }) => self.index.reload(),
                updated => updated.map(|_| ()),
            };
            if let Err(error) = &updated
                && !self.failed
            {
                let error = anyhow::anyhow!("{error}");
                terminal::eprint_note(&format!("warning: the index stays as it is: {error:#}"));
            }
            self.failed = updated.is_err();
            self.looked = Some(Instant::now());
        }
        &self.index
    }

    fn guide(&self, typed: &str) -> String {
        self.content.guide(typed)
    }

    fn chance(&mut self) -> u64 {
        chance()
    }
}

/// Guides that an engine holds.
#[cfg(feature = "engine")]
struct Held {
    remote: super::engine::search::Remote,
    content: ContentPath,
}

#[cfg(feature = "engine")]
impl Library for Held {
    fn index(&mut self, _: bool) -> &dyn Backend {
        &self.remote
    }

    fn guide(&self, typed: &str) -> String {
        self.content.guide(typed)
    }

    fn chance(&mut self) -> u64 {
        chance()
    }
}

fn chance() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_micros() as u64 % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_bounded() {
        let long = "x".repeat(MAX_LINE + 1);
        let text = format!("a\n\n {long}\nb\r\n{long}");
        let mut input = io::BufReader::with_capacity(7, text.as_bytes());
        let mut lines = Vec::new();
        while let Some(line) = read_line(&mut input).unwrap() {
            lines.push(line.map(|line| String::from_utf8(line).unwrap()));
        }
        let expected = [Some("a".to_owned()), None, Some("b\r".to_owned()), None];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_request_that_is_cancelled_meanwhile_is_not_answered() {
        let request = serde_json::json!({"id": 7, "method": "ping"});
        let cancel = |id: u64| {
            let params = serde_json::json!({"requestId": id});
            Ok(serde_json::json!({"method": "notifications/cancelled", "params": params}))
        };
        assert!(is_cancelled(&request, &[cancel(6), cancel(7)].into()));
        assert!(!is_cancelled(
            &request,
            &[cancel(6), Ok(request.clone())].into()
        ));
    }
}
