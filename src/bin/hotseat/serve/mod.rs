//! The guides in a browser: an index, or an engine, and a port -> pages, and JSON for programs.
//!
//! `listen` accepts connections within limits, `guard` refuses the requests of other sites, `routes`
//! finds what a request asks for, and `pages` draws it. The JSON is that of the commands.

mod asked;
mod assets;
mod guard;
mod html;
mod listen;
mod pages;
mod routes;
#[cfg(test)]
mod tests;

use std::{
    io,
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};

use tokio::signal;

pub(crate) use self::guard::Guard;
use self::listen::Limits;
use crate::{
    backend::Backend,
    content_path::ContentPath,
    terminal::{self, hyperlink::HyperlinkFormat},
};

/// All that answers are made from.
pub(crate) struct Site {
    index: Arc<dyn Backend>,
    content: ContentPath,
    /// The number of hits where a request names none.
    limit: usize,
    /// The form of links to an editor.
    editor: Option<HyperlinkFormat>,
    guard: Guard,
    /// Whether the index could not be read again.
    stale: AtomicBool,
    /// The start page, and the state of the index that it was drawn from.
    start: Mutex<Option<(u64, String)>>,
}

impl Site {
    pub(crate) fn new(
        index: Arc<dyn Backend>,
        content: ContentPath,
        limit: usize,
        editor: Option<HyperlinkFormat>,
        guard: Guard,
    ) -> Site {
        Site {
            index,
            content,
            limit,
            editor,
            guard,
            stale: AtomicBool::new(false),
            start: Mutex::new(None),
        }
    }

    /// Sees what was written to the index, and returns its state. If it cannot be read any more, searches
    /// go on with the last one.
    fn reload(&self) -> u64 {
        let failed = self.index.reload().err();
        let was_stale = self.stale.swap(failed.is_some(), Ordering::Relaxed);
        match failed {
            Some(error) if !was_stale => {
                terminal::eprint_note(&format!("warning: {error:#}; serving the last state"));
            }
            None if was_stale => terminal::eprint_note("note: the index can be read again"),
            _ => {}
        }
        self.index.state()
    }

    fn is_stale(&self) -> bool {
        self.stale.load(Ordering::Relaxed)
    }

    /// Returns the start page, which takes a search for each guide.
    fn start_page(&self) -> hotseat::Result<String> {
        let state = self.index.state();
        let is_stale = self.is_stale();
        let kept = || self.start.lock().ok();
        if let Some((of_state, page)) = kept().as_deref().and_then(Option::as_ref)
            && *of_state == state
            && !is_stale
        {
            return Ok(page.clone());
        }
        let page = pages::start(self)?;
        if let Some(mut kept) = kept().filter(|_| !is_stale) {
            *kept = Some((state, page.clone()));
        }
        Ok(page)
    }

    /// Returns the link that opens a line of a guide in an editor. A browser follows no link to a file.
    fn editor_url(&self, guide: &str, line: usize) -> Option<String> {
        let file = std::path::absolute(self.content.file(guide)).ok()?;
        let url = self.editor.as_ref()?.url(&file, line, None)?;
        let scheme = url
            .split_once(':')
            .map(|(scheme, _)| scheme.to_ascii_lowercase())?;
        let is_harmless = !matches!(&*scheme, "file" | "javascript" | "data" | "vbscript");
        is_harmless.then_some(url)
    }
}

/// Serves `site` on `listener` until the process is asked to end.
pub(crate) fn serve(mut site: Site, listener: TcpListener) -> io::Result<()> {
    site.guard.port = listener.local_addr()?.port();
    listen::serve(Arc::new(site), listener, Limits::default(), asked_to_end)
}

/// Waits for Ctrl-C, or for the signal by which a service manager ends a process.
#[cfg(unix)]
async fn asked_to_end() -> io::Result<()> {
    use signal::unix::{SignalKind, signal};

    let mut signals = [
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    ];
    std::future::poll_fn(|context| {
        let mut polled = signals.iter_mut().map(|signal| signal.poll_recv(context));
        polled.find(Poll::is_ready).unwrap_or(Poll::Pending)
    })
    .await;
    Ok(())
}

#[cfg(not(unix))]
async fn asked_to_end() -> io::Result<()> {
    signal::ctrl_c().await
}
