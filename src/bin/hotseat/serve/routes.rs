//! A request -> its answer: a page, JSON for programs, or a file of the page.

use std::{fmt::Write, str::FromStr};

use hotseat::{DocId, FacetName, Query};
use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{self, HeaderName, HeaderValue},
    http::request::Parts,
};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::{Site, asked::Asked, assets, pages};
use crate::{json, terminal};

/// The outcome of checking the headers of a request.
pub(super) enum Quick {
    /// An answer that takes no search.
    Done(Response<Bytes>),
    /// The stream of new states.
    Stream,
    Search(Search),
}

/// A request that takes a look into the index.
pub(super) struct Search {
    route: Route,
    asked: Asked,
    etag: String,
    /// Whether the request comes from this machine.
    is_local: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Route {
    Start,
    Results,
    Document(String),
    Guide(String),
    Facet(FacetName),
    ApiSearch,
    ApiDocument(String),
    ApiSimilar(String),
    ApiFacet(FacetName),
    ApiComplete,
    Health,
}

const API: &str = "/api/v1/";
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// The headers of every answer. The policy lets a page load this server's files and nothing else.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// Looks at a request without the index: refuses it, answers it, or says what it takes.
pub(super) fn quick(site: &Site, head: &Parts, is_local: bool) -> Quick {
    let path = head.uri.path();
    let parameters = head.uri.query().unwrap_or("");
    let is_program = path.starts_with("/api/") || path == "/openapi.json" || path == "/healthz";
    if let Err(refusal) = site.guard.check(&head.uri, &head.headers, is_program) {
        return Quick::Done(match refusal.status {
            StatusCode::UNAUTHORIZED => admitted(site, path, parameters)
                .unwrap_or_else(|| refused(refusal.status, refusal.reason)),
            status => refused(status, refusal.reason),
        });
    }
    if let Some(asset) = assets::find(path) {
        let mut response = response(StatusCode::OK, asset.content_type, asset.bytes.clone());
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, forever);
        return Quick::Done(response);
    }
    match path {
        "/openapi.json" => {
            let description = Bytes::from_static(assets::OPENAPI.as_bytes());
            return Quick::Done(response(StatusCode::OK, JSON, description));
        }
        "/api/v1/events" => return Quick::Stream,
        _ => {}
    }
    let Some(route) = route(path) else {
        return Quick::Done(missing(site, path));
    };
    let asked = Asked::read(parameters);
    if let Some(wrong) = &asked.wrong
        && route.is_api()
    {
        return Quick::Done(api_error(StatusCode::BAD_REQUEST, wrong));
    }
    let etag = etag(site, path, parameters);
    let known = head.headers.get_all(header::IF_NONE_MATCH).iter();
    let known = known.filter_map(|known| known.to_str().ok());
    if route != Route::Health
        && site.index.is_known_by_state()
        && known
            .flat_map(|known| known.split(','))
            .any(|known| known.trim() == etag)
    {
        let mut response = response(StatusCode::NOT_MODIFIED, "", Bytes::new());
        set_etag(&mut response, &etag);
        return Quick::Done(response);
    }
    Quick::Search(Search {
        route,
        asked,
        etag,
        // Behind a proxy everybody comes from this machine.
        is_local: is_local && site.guard.hosts.is_empty(),
    })
}

/// Returns the route of a path; none if there is nothing.
fn route(path: &str) -> Option<Route> {
    let decoded = |rest: &str| {
        let decoded = percent_decode_str(rest).decode_utf8().ok()?;
        Some(decoded.into_owned()).filter(|decoded| !decoded.is_empty())
    };
    let facet = |name: &str| FacetName::from_str(name).ok();
    if let Some(path) = path.strip_prefix(API) {
        let (resource, rest) = path.split_once('/').unwrap_or((path, ""));
        return Some(match (resource, rest) {
            ("search", "") => Route::ApiSearch,
            ("complete", "") => Route::ApiComplete,
            ("documents", name) => Route::ApiDocument(decoded(name)?),
            ("similar", name) => Route::ApiSimilar(decoded(name)?),
            ("facets", name) => Route::ApiFacet(facet(name)?),
            _ => return None,
        });
    }
    match path {
        "/" => return Some(Route::Start),
        "/search" => return Some(Route::Results),
        "/healthz" => return Some(Route::Health),
        _ => {}
    }
    if let Some(name) = path.strip_prefix("/q/") {
        return Some(Route::Document(decoded(name)?));
    }
    if let Some(guide) = path.strip_prefix("/g/") {
        return Some(Route::Guide(decoded(guide.trim_end_matches('/'))?));
    }
    path.strip_prefix("/facets/")
        .and_then(facet)
        .map(Route::Facet)
}

/// Answers a search.
pub(super) fn answer(site: &Site, search: &Search) -> Response<Bytes> {
    match found(site, search) {
        Ok(Some(mut response)) => {
            if search.route != Route::Health {
                set_etag(&mut response, &search.etag);
            }
            response
        }
        Ok(None) => missing(site, ""),
        Err(error) => {
            terminal::eprint_note(&format!("warning: {error:#}"));
            let is_engine = error
                .downcast_ref()
                .is_some_and(|error| matches!(error, hotseat::Error::Engine { .. }));
            let (reason, title, text) = match is_engine {
                true => (
                    "the engine cannot be searched; try again later",
                    "The engine cannot be searched",
                    "Try again later.",
                ),
                false => (
                    "the index cannot be read; `hotseat check` says why",
                    "The index cannot be read",
                    "hotseat check says why.",
                ),
            };
            if search.route.is_api() {
                return api_error(StatusCode::INTERNAL_SERVER_ERROR, reason);
            }
            let page = pages::error(site, title, text);
            response(StatusCode::INTERNAL_SERVER_ERROR, HTML, page.into())
        }
    }
}

impl Route {
    fn is_api(&self) -> bool {
        use Route::*;
        matches!(
            self,
            ApiSearch | ApiDocument(_) | ApiSimilar(_) | ApiFacet(_) | ApiComplete | Health
        )
    }
}

/// The most related documents that can be reached, and the most texts that one may become.
const MOST_SIMILAR: usize = 1000;
const MOST_COMPLETIONS: usize = 20;

/// Returns the answer; none if what is asked for does not exist.
fn found(site: &Site, search: &Search) -> anyhow::Result<Option<Response<Bytes>>> {
    let Search { route, asked, .. } = search;
    let index = &site.index;
    let limit = asked.limit.unwrap_or(site.limit);
    let page = match route {
        Route::Start if asked.is_empty() => Some(site.start_page()?),
        Route::Start | Route::Results => Some(pages::results(site, asked)?),
        Route::Document(name) => match DocId::from_str(name) {
            Ok(id) => pages::answer(site, id, asked, search.is_local)?,
            Err(_) => None,
        },
        Route::Guide(path) => pages::guide(site, path)?,
        Route::Facet(name) => Some(pages::facet(site, *name, asked)?),
        Route::ApiSearch => {
            let facets: &[FacetName] = if asked.facets { &FacetName::ALL } else { &[] };
            let query = asked.query().limit(limit).facets(facets);
            let results = index.search(&query.full(asked.full).explain(asked.explain))?;
            return api(&json::results(&results, &site.content));
        }
        Route::ApiFacet(name) => {
            let results = index.search(&asked.query().offset(0).facets(&[*name]).limit(0))?;
            return api(&json::results(&results, &site.content));
        }
        Route::ApiDocument(name) => {
            return Ok(match index.find(name)? {
                Some(document) => api(&json::document(&document, &site.content))?,
                None => Some(api_error(
                    StatusCode::NOT_FOUND,
                    "there is no such document",
                )),
            });
        }
        Route::ApiSimilar(name) => {
            let Some(document) = index.find(name)? else {
                return Ok(Some(api_error(
                    StatusCode::NOT_FOUND,
                    "there is no such document",
                )));
            };
            let offset = asked.offset.min(MOST_SIMILAR);
            let mut results = index.similar(document.id, offset + limit)?;
            results.hits.drain(..offset.min(results.hits.len()));
            return api(&json::results(&results, &site.content));
        }
        Route::ApiComplete => {
            return api(&Completions {
                query: &asked.text,
                completions: index.complete(&asked.text, limit.min(MOST_COMPLETIONS))?,
            });
        }
        Route::Health => {
            return api(&Health {
                status: if site.is_stale() { "stale" } else { "ok" },
                documents: index.search(&Query::new("").limit(0))?.total,
                state: format!("{:016x}", index.state()),
            });
        }
    };
    Ok(page.map(|page| response(StatusCode::OK, HTML, page.into())))
}

/// The texts that a text may become.
#[derive(Serialize)]
struct Completions<'a> {
    query: &'a str,
    completions: Vec<String>,
}

/// The state of the server.
#[derive(Serialize)]
struct Health {
    status: &'static str,
    documents: usize,
    state: String,
}

/// Returns `value` as the command prints it with `--json`.
fn api(value: &impl Serialize) -> anyhow::Result<Option<Response<Bytes>>> {
    let mut line = Vec::new();
    json::write(value, &mut line)?;
    Ok(Some(response(StatusCode::OK, JSON, line.into())))
}

fn api_error(status: StatusCode, reason: &str) -> Response<Bytes> {
    let error = serde_json::json!({ "error": reason });
    response(status, JSON, format!("{error}\n").into())
}

/// Returns the answer to a request with the right token in its URL: a cookie, and the URL without it.
fn admitted(site: &Site, path: &str, parameters: &str) -> Option<Response<Bytes>> {
    let mut token = None;
    let mut others = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(parameters.as_bytes()) {
        match &*name {
            "token" => token = Some(value),
            _ => _ = others.append_pair(&name, &value),
        }
    }
    let cookie = HeaderValue::from_str(&site.guard.cookie(&token?)?).ok()?;
    // A path with two slashes first would be another host.
    let mut url = format!("/{}", path.trim_start_matches('/'));
    let others = others.finish();
    if !others.is_empty() {
        url += &format!("?{others}");
    }
    let mut response = response(StatusCode::SEE_OTHER, TEXT, Bytes::new());
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, HeaderValue::from_str(&url).ok()?);
    headers.insert(header::SET_COOKIE, cookie);
    Some(response)
}

/// Returns the answer to a request for something that does not exist.
fn missing(site: &Site, path: &str) -> Response<Bytes> {
    if path.starts_with("/api/") {
        return api_error(
            StatusCode::NOT_FOUND,
            "there is no such resource; /openapi.json lists them",
        );
    }
    let text = "It may have been moved or renamed since the link was made.";
    let page = pages::error(site, "There is nothing here", text);
    response(StatusCode::NOT_FOUND, HTML, page.into())
}

/// Returns the answer to a request that is refused.
pub(super) fn refused(status: StatusCode, reason: &str) -> Response<Bytes> {
    let mut response = response(status, TEXT, format!("{reason}\n").into());
    if status == StatusCode::UNAUTHORIZED {
        let bearer = HeaderValue::from_static("Bearer");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, bearer);
    }
    response
}

/// Returns the answer where there are too many requests at a time.
pub(super) fn busy() -> Response<Bytes> {
    let mut busy = refused(
        StatusCode::SERVICE_UNAVAILABLE,
        "too many requests at a time",
    );
    busy.headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    busy
}

/// Returns the head of the stream of new states.
pub(super) fn stream() -> Response<()> {
    response(StatusCode::OK, "text/event-stream", Bytes::new()).map(drop)
}

/// Returns the event of a state.
pub(super) fn event(state: u64) -> String {
    format!("event: state\ndata: {state:016x}\n\n")
}

fn response(status: StatusCode, content_type: &'static str, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !content_type.is_empty() {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    let fresh = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, fresh);
    response
}

/// Returns the name of the answer to a request in the present state of the index.
fn etag(site: &Site, path: &str, parameters: &str) -> String {
    let mut named = format!(
        "{:x} {:x} {} ",
        *assets::BUILD,
        site.index.state(),
        site.is_stale()
    );
    // Writing to a string does not fail.
    let _ = write!(named, "{path}?{parameters}");
    format!("W/\"{:016x}\"", xxh3_64(named.as_bytes()))
}

fn set_etag(response: &mut Response<Bytes>, etag: &str) {
    if let Ok(etag) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(header::ETAG, etag);
    }
}
