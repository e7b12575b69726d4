//! A listening socket -> requests that are whole, allowed and few enough, answered by
//! [`routes`](super::routes).
//!
//! hyper alone, without a router: the routes are few, and the limits are of connections, which a router
//! leaves to whoever accepts them. The runtime has one thread; searches run beside it.

use std::{
    convert::Infallible,
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use hyper::{
    Method, Request, Response, StatusCode,
    body::{Body, Bytes, Frame, Incoming, SizeHint},
    header::{self, HeaderValue},
    rt::{Read, ReadBufCursor, Write},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use log::debug;
use tokio::{
    net::{TcpListener, TcpStream},
    runtime,
    sync::{Semaphore, mpsc, watch},
    task,
    time::{self, Sleep},
};

use super::{Site, routes};

/// The limits that keep one client from the time and the places of the others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The most connections at a time; others wait for one to end.
    pub(super) connections: usize,
    /// The most searches at a time, those that wait for a thread included.
    pub(super) searches: usize,
    /// The most pages that are told of changes.
    pub(super) streams: usize,
    /// The time in which the headers of a request must be there, and for which a connection may be
    /// idle.
    pub(super) headers_within: Duration,
    /// The time that a client may take to read a part of an answer.
    pub(super) read_within: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 256,
            searches: 64,
            streams: 64,
            headers_within: Duration::from_secs(5),
            read_within: Duration::from_secs(10),
        }
    }
}

/// The size of a request's line and headers, in bytes, and the number of headers.
const MAX_HEAD: usize = 16 << 10;
const MAX_HEADERS: usize = 64;
/// The longest path with its query, in bytes.
const MAX_URL: usize = 8 << 10;
/// The time that answers under way have to end in.
const END_WITHIN: Duration = Duration::from_secs(5);
/// The interval at which the index is looked at for a new state.
const RELOAD_EVERY: Duration = Duration::from_secs(1);
/// The interval at which a stream without news says that it is alive.
const BEAT_EVERY: Duration = Duration::from_secs(15);

/// Answers requests on `listener` until `end` is ready.
pub(super) fn serve(
    site: Arc<Site>,
    listener: std::net::TcpListener,
    limits: Limits,
    end: impl AsyncFnOnce() -> io::Result<()>,
) -> io::Result<()> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(
            std::thread::available_parallelism()
                .map_or(2, usize::from)
                .max(2),
        )
        .build()?;
    let served = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        let (news, state) = watch::channel(site.index.state());
        let server = Arc::new(Server {
            site,
            searches: Arc::new(Semaphore::new(limits.searches)),
            streams: Arc::new(Semaphore::new(limits.streams)),
            state,
        });
        let connections = Arc::new(GracefulShutdown::new());
        let reloading = task::spawn(reload(Arc::clone(&server.site), news));
        let accepting = task::spawn(accept(listener, limits, server, Arc::clone(&connections)));
        end().await?;
        // Without news, the streams end.
        accepting.abort();
        reloading.abort();
        let _ = (accepting.await, reloading.await);
        if let Some(connections) = Arc::into_inner(connections) {
            let _ = time::timeout(END_WITHIN, connections.shutdown()).await;
        }
        Ok(())
    });
    runtime.shutdown_background();
    served
}

/// The state that all connections share.
struct Server {
    site: Arc<Site>,
    searches: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    /// The state of the index.
    state: watch::Receiver<u64>,
}

async fn accept(
    listener: TcpListener,
    limits: Limits,
    server: Arc<Server>,
    graceful: Arc<GracefulShutdown>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Too many files are open, or the client is gone already; either passes.
                debug!("cannot accept a connection: {error}");
                time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // Answers are written as a whole, so waiting for more only delays them.
        let _ = stream.set_nodelay(true);
        let server = Arc::clone(&server);
        let service = service_fn(move |request| {
            let server = Arc::clone(&server);
            async move { Ok::<_, Infallible>(server.respond(request, peer).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.headers_within)
            .max_buf_size(MAX_HEAD)
            .max_headers(MAX_HEADERS)
            .serve_connection(Unstalled::new(stream, limits.read_within), service);
        let connection = graceful.watcher().watch(connection);
        task::spawn(async move {
            // A client that breaks off is no news.
            let _ = connection.await;
            drop(place);
        });
    }
}

/// Looks for new states of the index, as this process or another writes them.
async fn reload(site: Arc<Site>, news: watch::Sender<u64>) {
    let mut ticks = time::interval(RELOAD_EVERY);
    ticks.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let looked = Arc::clone(&site);
        let Ok(state) = task::spawn_blocking(move || looked.reload()).await else {
            continue;
        };
        news.send_if_modified(|known| std::mem::replace(known, state) != state);
    }
}

impl Server {
    /// Answers a request, with the headers that all answers have.
    async fn respond(&self, request: Request<Incoming>, peer: SocketAddr) -> Response<Answer> {
        let began = Instant::now();
        let (head, body) = request.into_parts();
        let answered = if !body.is_end_stream() {
            // It is not read, so nothing else can be read from this connection.
            let mut refused =
                routes::refused(StatusCode::PAYLOAD_TOO_LARGE, "requests have no body");
            let close = HeaderValue::from_static("close");
            refused.headers_mut().insert(header::CONNECTION, close);
            refused
        } else if !matches!(head.method, Method::GET | Method::HEAD) {
            let mut refused = routes::refused(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD");
            let allowed = HeaderValue::from_static("GET, HEAD");
            refused.headers_mut().insert(header::ALLOW, allowed);
            refused
        } else if head
            .uri
            .path_and_query()
            .map_or(0, |url| url.as_str().len())
            > MAX_URL
        {
            routes::refused(StatusCode::URI_TOO_LONG, "the URL is longer than 8 KiB")
        } else {
            match routes::quick(&self.site, &head, peer.ip().is_loopback()) {
                routes::Quick::Done(response) => response,
                routes::Quick::Stream => return self.stream(),
                routes::Quick::Search(search) => self.search(search).await,
            }
        };
        debug!(
            "{peer} {} {} {} in {} µs",
            head.method,
            head.uri.path(),
            answered.status().as_u16(),
            began.elapsed().as_micros()
        );
        answered.map(|bytes| Answer::Whole(Some(bytes)))
    }

    /// Answers by what is in the index, on a thread that may wait for the disk.
    async fn search(&self, search: routes::Search) -> Response<Bytes> {
        let Ok(place) = Arc::clone(&self.searches).try_acquire_owned() else {
            return routes::busy();
        };
        let site = Arc::clone(&self.site);
        // It goes on when the client breaks off, and keeps its place.
        let answer = move || {
            let _place = place;
            routes::answer(&site, &search)
        };
        let found = task::spawn_blocking(answer).await;
        found.unwrap_or_else(|_| {
            routes::refused(StatusCode::INTERNAL_SERVER_ERROR, "internal error")
        })
    }

    /// Returns a stream of an event for each new state of the index, from the present one on.
    fn stream(&self) -> Response<Answer> {
        let Ok(place) = Arc::clone(&self.streams).try_acquire_owned() else {
            return routes::busy().map(|bytes| Answer::Whole(Some(bytes)));
        };
        let (sender, events) = mpsc::channel(1);
        let mut state = self.state.clone();
        task::spawn(async move {
            let _place = place;
            let mut event = routes::event(*state.borrow_and_update());
            while sender.send(Bytes::from(event)).await.is_ok() {
                event = match time::timeout(BEAT_EVERY, state.changed()).await {
                    Ok(Ok(())) => routes::event(*state.borrow_and_update()),
                    Ok(Err(_)) => return,
                    Err(_) => ":\n\n".to_owned(),
                };
            }
        });
        routes::stream().map(|()| Answer::Events(events))
    }
}

/// The body of an answer.
enum Answer {
    Whole(Option<Bytes>),
    Events(mpsc::Receiver<Bytes>),
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = match &mut *self {
            Answer::Whole(bytes) => Poll::Ready(bytes.take()),
            Answer::Events(events) => events.poll_recv(context),
        };
        next.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Answer::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Answer::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64)
            }
            Answer::Events(_) => SizeHint::default(),
        }
    }
}

/// A connection whose client must read: one that does not would keep its place for ever.
struct Unstalled {
    stream: TokioIo<TcpStream>,
    within: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Unstalled {
    fn new(stream: TcpStream, within: Duration) -> Unstalled {
        Unstalled {
            stream: TokioIo::new(stream),
            within,
            stalled: None,
        }
    }

    /// Passes on `written`, unless nothing could be written for too long.
    fn progress<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(time::sleep(self.within)));
        let too_long = || Err(io::ErrorKind::TimedOut.into());
        stalled.as_mut().poll(context).map(|()| too_long())
    }
}

impl Read for Unstalled {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Unstalled {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.progress(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.progress(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.progress(context, written)
    }
}
