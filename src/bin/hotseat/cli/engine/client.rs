//! HTTP to an engine: where to, with which credentials, and how often a request is tried.

use std::{env, fmt, net::IpAddr, thread, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ureq::{
    Agent,
    http::{StatusCode, Uri},
    tls::{RootCerts, TlsConfig},
};

/// The longest answer that is read, in bytes: a thousand documents of 64 KiB.
const MAX_ANSWER: u64 = 64 << 20;

/// The longest that an engine may take to answer: a forced commit takes some seconds.
const PATIENCE: Duration = Duration::from_secs(300);

/// The longest pause between two tries, and before a first one that an engine asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

const USER: &str = "HOTSEAT_ENGINE_USER";
const PASSWORD: &str = "HOTSEAT_ENGINE_PASSWORD";
const TOKEN: &str = "HOTSEAT_ENGINE_TOKEN";

// How requests are sent. A doc comment would become the command's own help.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Sending {
    /// Send requests without TLS to a host other than this one, such as one in a closed network
    #[arg(long)]
    plain_http: bool,
    /// Try a request this many times
    #[arg(long, value_name = "N", default_value_t = 8)]
    tries: u32,
    /// The pause before the second try, which doubles with each
    #[arg(long, value_name = "MS", default_value_t = 250, hide = true)]
    pause: u64,
}

/// A client of one engine.
pub(in crate::cli) struct Client {
    agent: Agent,
    base: String,
    authorization: Option<String>,
    tries: u32,
    pause: Duration,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the credentials.
        f.debug_struct("Client")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// A request.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Request<'a> {
    pub(in crate::cli) method: &'static str,
    /// Below the URL of the engine.
    pub(in crate::cli) path: &'a str,
    pub(in crate::cli) content_type: &'static str,
    pub(in crate::cli) body: &'a [u8],
}

impl<'a> Request<'a> {
    pub(in crate::cli) fn json(method: &'static str, path: &'a str, body: &'a str) -> Request<'a> {
        Request {
            method,
            path,
            content_type: "application/json",
            body: body.as_bytes(),
        }
    }
}

/// An answer, whatever its status.
#[derive(Debug)]
pub(in crate::cli) struct Answer {
    pub(in crate::cli) status: StatusCode,
    pub(in crate::cli) body: String,
    /// The time for which the engine asks to be left alone.
    retry_after: Option<Duration>,
}

impl Answer {
    /// Returns whether the same request may succeed later.
    pub(in crate::cli) fn is_busy(&self) -> bool {
        self.status == StatusCode::TOO_MANY_REQUESTS || self.status.is_server_error()
    }

    /// Returns the body, unless the engine refused.
    pub(in crate::cli) fn accepted(self) -> Result<String> {
        ensure!(
            self.status.is_success(),
            "the engine answers {}: {}",
            self.status,
            start(&self.body)
        );
        Ok(self.body)
    }
}

/// Returns the start of a text in one line, to be shown.
pub(in crate::cli) fn start(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(400).collect()
}

impl Client {
    /// Returns a client of the engine at `url`.
    pub(in crate::cli) fn new(url: &str, sending: &Sending) -> Result<Client> {
        let base = base(url, sending.plain_http)?;
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            // Credentials are for this host alone.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_global(Some(PATIENCE))
            .tls_config(tls);
        if is_loopback(host(&base)?) {
            config = config.proxy(None);
        }
        Ok(Client {
            agent: config.build().into(),
            base,
            authorization: authorization(|name| env::var(name).ok())?,
            tries: sending.tries.max(1),
            pause: Duration::from_millis(sending.pause),
        })
    }

    /// Returns the URL of the engine.
    pub(in crate::cli) fn url(&self) -> &str {
        &self.base
    }

    /// Sends a request once.
    pub(in crate::cli) fn send(&self, request: Request<'_>) -> Result<Answer> {
        let url = format!("{}/{}", self.base, request.path);
        let mut built = ureq::http::Request::builder()
            .method(request.method)
            .uri(&url)
            .header("Content-Type", request.content_type);
        if let Some(authorization) = &self.authorization {
            built = built.header("Authorization", authorization);
        }
        let sent = match request.body {
            [] => self.agent.run(built.body(())?),
            body => self.agent.run(built.body(body)?),
        };
        let mut response = sent.with_context(|| format!("cannot reach {url}"))?;
        let retry_after = response.headers().get("Retry-After");
        let retry_after = retry_after.and_then(|seconds| seconds.to_str().ok()?.parse().ok());
        let body = response.body_mut().with_config().limit(MAX_ANSWER);
        let body = body.read_to_string();
        Ok(Answer {
            status: response.status(),
            body: body.with_context(|| format!("cannot read the answer of {url}"))?,
            retry_after: retry_after.map(Duration::from_secs),
        })
    }

    /// Sends a request that may be sent more than once, until the engine takes or refuses it.
    pub(in crate::cli) fn ask(&self, request: Request<'_>) -> Result<Answer> {
        let mut patience = self.patience();
        loop {
            let answer = self.send(request);
            if !answer.as_ref().map_or(true, Answer::is_busy) || !patience.wait(&answer) {
                return answer;
            }
        }
    }

    /// Returns the tries that a request has.
    pub(in crate::cli) fn patience(&self) -> Patience {
        Patience {
            left: self.tries - 1,
            pause: self.pause,
        }
    }
}

/// The tries that a request has left.
#[derive(Debug)]
pub(in crate::cli) struct Patience {
    left: u32,
    pause: Duration,
}

impl Patience {
    /// Waits for the next try after `answer`; returns false if there is none.
    pub(in crate::cli) fn wait(&mut self, answer: &Result<Answer>) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let asked = answer.as_ref().ok().and_then(|answer| answer.retry_after);
        thread::sleep(asked.unwrap_or(self.pause).min(LONGEST_PAUSE));
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        true
    }
}

/// Returns the URL that paths are put behind.
fn base(url: &str, plain_http: bool) -> Result<String> {
    let url = url.trim_end_matches('/');
    let with_scheme = match url.contains("://") {
        true => url.to_owned(),
        false if is_loopback(host(&format!("http://{url}"))?) => format!("http://{url}"),
        false => format!("https://{url}"),
    };
    let uri: Uri = with_scheme
        .parse()
        .with_context(|| format!("{url} is no URL"))?;
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    ensure!(
        !authority.contains('@'),
        "give credentials in {USER} and {PASSWORD}, or in {TOKEN}, and not in the URL"
    );
    match uri.scheme_str() {
        Some("https") => {}
        Some("http") if plain_http || is_loopback(host(&with_scheme)?) => {}
        Some("http") => bail!(
            "without TLS anybody on the way to {authority} can read and change what is sent; use \
             https, or --plain-http in a closed network"
        ),
        _ => bail!("{url} is no URL of http or https"),
    }
    ensure!(uri.query().is_none(), "leave the query out of {url}");
    Ok(with_scheme)
}

fn host(url: &str) -> Result<String> {
    let uri: Uri = url.parse().with_context(|| format!("{url} is no URL"))?;
    Ok(uri.host().unwrap_or_default().to_owned())
}

fn is_loopback(host: impl AsRef<str>) -> bool {
    let host = host.as_ref().trim_start_matches('[').trim_end_matches(']');
    let is_address = |address: IpAddr| address.is_loopback();
    host == "localhost" || host.parse().is_ok_and(is_address)
}

/// Returns the header with the credentials, from variables of the environment.
fn authorization(variable: impl Fn(&str) -> Option<String>) -> Result<Option<String>> {
    Ok(
        match (variable(USER), variable(PASSWORD), variable(TOKEN)) {
            (None, None, None) => None,
            (Some(user), Some(password), None) => {
                let both = BASE64_STANDARD.encode(format!("{user}:{password}"));
                Some(format!("Basic {both}"))
            }
            (None, None, Some(token)) => Some(format!("Bearer {token}")),
            _ => bail!("give {USER} and {PASSWORD}, or {TOKEN} alone"),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_elsewhere_are_reached_by_tls() {
        let cases = [
            ("localhost:9200", Some("http://localhost:9200")),
            ("http://127.0.0.2:1/", Some("http://127.0.0.2:1")),
            ("http://[::1]:1", Some("http://[::1]:1")),
            ("search.example:9200", Some("https://search.example:9200")),
            (
                "https://search.example/a/",
                Some("https://search.example/a"),
            ),
            ("http://search.example", None),
            ("http://localhost.example", None),
            ("https://me:secret@search.example", None),
            ("ftp://search.example", None),
            ("https://search.example?a", None),
        ];
        for (url, expected) in cases {
            let base = base(url, false);
            assert_eq!(base.ok().as_deref(), expected, "{url}");
        }
        assert!(base("http://search.example", true).is_ok());
    }

    #[test]
    fn credentials_are_whole_or_none() {
        let with = |names: &'static [&str]| {
            authorization(|name| names.contains(&name).then(|| "x".to_owned()))
        };
        assert_eq!(with(&[]).unwrap(), None);
        assert_eq!(with(&[USER, PASSWORD]).unwrap().unwrap(), "Basic eDp4");
        assert_eq!(with(&[TOKEN]).unwrap().unwrap(), "Bearer x");
        assert!(with(&[USER]).is_err());
        assert!(with(&[USER, PASSWORD, TOKEN]).is_err());
    }
}
