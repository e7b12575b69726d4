//! The requests that are refused before anything is looked up: those of other sites, and those without
//! the token.
//!
//! A page of any site may send requests to this machine. Its name for it gives it away: the header
//! `Host` is the name that the browser was given, even if that name was made to mean this machine
//! (DNS rebinding). Only known names are answered; `Origin` and `Sec-Fetch-Site` are checked as well.

use std::{hint, net::IpAddr};

use hyper::{
    HeaderMap, StatusCode, Uri,
    header::{AUTHORIZATION, COOKIE, HOST, HeaderName, ORIGIN},
};

/// The cookie that keeps the token in a browser.
const TOKEN: &str = "hotseat_token";

/// The rules for requests.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guard {
    /// The port listened on, which names must carry.
    pub(crate) port: u16,
    /// Names of this machine beside those of the loopback interface.
    pub(crate) hosts: Vec<String>,
    /// The secret that requests must have.
    pub(crate) token: Option<String>,
}

/// The reason why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) reason: &'static str,
}

const fn refusal(status: StatusCode, reason: &'static str) -> Refusal {
    Refusal { status, reason }
}

const NO_HOST: Refusal = refusal(StatusCode::BAD_REQUEST, "the request has no valid Host");
const FOREIGN_HOST: Refusal = refusal(
    StatusCode::FORBIDDEN,
    "this name is not one of this server's; --allow-host allows it",
);
const FOREIGN_ORIGIN: Refusal = refusal(StatusCode::FORBIDDEN, "the request is of another site");
const NO_TOKEN: Refusal = refusal(
    StatusCode::UNAUTHORIZED,
    "give the token: as `Authorization: Bearer TOKEN`, or once as ?token=TOKEN in a browser",
);

impl Guard {
    /// Checks the names in a request, and its token. `is_program` tells whether it asks for an answer to
    /// a program rather than for a page, to which other sites may link.
    pub(super) fn check(
        &self,
        uri: &Uri,
        headers: &HeaderMap,
        is_program: bool,
    ) -> Result<(), Refusal> {
        let host = only(headers, HOST).ok_or(NO_HOST)?;
        if !self.knows(host) || !uri.authority().is_none_or(|name| self.knows(name.as_str())) {
            return Err(FOREIGN_HOST);
        }
        if headers.contains_key(ORIGIN) {
            let origin = only(headers, ORIGIN).and_then(|origin| origin.split_once("://"));
            // Behind a proxy the page may come by https.
            let is_own = origin.is_some_and(|(scheme, host)| {
                matches!(scheme, "http" | "https") && self.knows(host)
            });
            if !is_own {
                return Err(FOREIGN_ORIGIN);
            }
        }
        let site = headers.get("sec-fetch-site").map(|site| site.as_bytes());
        if is_program && site.is_some_and(|site| !matches!(site, b"same-origin" | b"none")) {
            return Err(FOREIGN_ORIGIN);
        }
        match &self.token {
            Some(token) if !has_token(headers, token) => Err(NO_TOKEN),
            _ => Ok(()),
        }
    }

    /// Returns the cookie to set for a request with the token in its URL.
    pub(super) fn cookie(&self, given: &str) -> Option<String> {
        let token = self.token.as_deref().filter(|token| equal(token, given))?;
        Some(format!(
            "{TOKEN}={token}; Path=/; HttpOnly; SameSite=Strict"
        ))
    }

    /// Returns whether `host`, with its port, names this server.
    fn knows(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => {
                (name, port.parse().ok())
            }
            _ => (host, None),
        };
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        if self
            .hosts
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&name))
        {
            // A proxy in front of this server has a port of its own.
            return true;
        }
        port.unwrap_or(80) == self.port && is_loopback(&name)
    }
}

/// Returns whether `name` means this machine for every browser, whatever name server it asks.
fn is_loopback(name: &str) -> bool {
    let address = match name.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').and_then(|rest| rest.parse().ok()),
        None => name.parse().ok().map(IpAddr::V4),
    };
    name == "localhost" || address.is_some_and(|address: IpAddr| address.is_loopback())
}

/// Returns the text of a header that must be there once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let bearer = only(headers, AUTHORIZATION).and_then(|value| value.split_once(' '));
    let bearer = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let cookies = headers.get_all(COOKIE).iter();
    let cookies = cookies.filter_map(|value| value.to_str().ok());
    let mut cookies = cookies.flat_map(|value| value.split(';'));
    let is_cookie = |cookie: &str| {
        let cookie = cookie.trim().strip_prefix(TOKEN);
        let given = cookie.and_then(|cookie| cookie.strip_prefix('='));
        given.is_some_and(|given| equal(given, token))
    };
    bearer.is_some_and(|(_, given)| equal(given.trim(), token)) || cookies.any(is_cookie)
}

/// Compares secrets in a time that tells nothing but their lengths.
fn equal(a: &str, b: &str) -> bool {
    let pairs = a.bytes().zip(b.bytes());
    let differing = pairs.fold(0, |differing, (a, b)| hint::black_box(differing | (a ^ b)));
    a.len() == b.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn checked(guard: &Guard, pairs: &[(&'static str, &str)], is_program: bool) -> u16 {
        let checked = guard.check(&Uri::from_static("/"), &headers(pairs), is_program);
        checked.map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn only_names_of_this_server_are_answered() {
        let guard = Guard {
            port: 7878,
            ..Guard::default()
        };
        for host in [
            "localhost:7878",
            "LocalHost.:7878",
            "127.0.0.1:7878",
            "127.9.9.9:7878",
            "[::1]:7878",
        ] {
            assert_eq!(checked(&guard, &[("host", host)], true), 200, "{host}");
        }
        for host in [
            "localhost",
            "localhost:80",
            "localhost:7879",
            "0.0.0.0:7878",
            "[::]:7878",
            "evil.example:7878",
            "127.0.0.1.evil.example:7878",
            "localhost.evil.example:7878",
            "evil.example@localhost:7878",
            "localhost:7878@evil.example",
            "127.0.0.1:78789999",
            "10.0.0.1:7878",
            "[::1",
            "",
        ] {
            assert_eq!(checked(&guard, &[("host", host)], true), 403, "{host}");
        }
        assert_eq!(checked(&guard, &[], true), 400);
        let twice = [("host", "localhost:7878"), ("host", "evil.example")];
        assert_eq!(checked(&guard, &twice, true), 400);
        let good = headers(&[("host", "localhost:7878")]);
        let absolute = Uri::from_static("http://evil.example/search");
        assert_eq!(guard.check(&absolute, &good, false), Err(FOREIGN_HOST));
        let port_80 = Guard {
            port: 80,
            ..Guard::default()
        };
        assert_eq!(checked(&port_80, &[("host", "localhost")], true), 200);
    }

    #[test]
    fn no_other_site_gets_an_answer() {
        let guard = Guard {
            port: 7878,
            ..Guard::default()
        };
        let with = |name, value, is_program| {
            checked(
                &guard,
                &[("host", "localhost:7878"), (name, value)],
                is_program,
            )
        };
        assert_eq!(with("origin", "http://localhost:7878", true), 200);
        for origin in [
            "http://evil.example",
            "http://localhost:3000",
            "null",
            "localhost:7878",
        ] {
            assert_eq!(with("origin", origin, true), 403, "{origin}");
        }
        for (site, status) in [
            ("same-origin", 200),
            ("none", 200),
            ("same-site", 403),
            ("cross-site", 403),
        ] {
            assert_eq!(with("sec-fetch-site", site, true), status, "{site}");
            // A link on another site leads to a page.
            assert_eq!(with("sec-fetch-site", site, false), 200, "{site}");
        }
    }

    #[test]
    fn a_token_is_asked_for() {
        let guard = Guard {
            port: 7878,
            hosts: vec!["guides.example".to_owned()],
            token: Some("secret".to_owned()),
        };
        let with =
            |name, value| checked(&guard, &[("host", "guides.example"), (name, value)], true);
        assert_eq!(with("authorization", "Bearer secret"), 200);
        assert_eq!(with("authorization", "bearer secret"), 200);
        assert_eq!(with("cookie", "a=b; hotseat_token=secret"), 200);
        for (name, value) in [
            ("authorization", "Bearer secre"),
            ("authorization", "Bearer secrets"),
            ("authorization", "Basic secret"),
            ("authorization", "secret"),
            ("cookie", "hotseat_token="),
            ("cookie", "xhotseat_token=secret"),
            ("accept", "secret"),
        ] {
            assert_eq!(with(name, value), 401, "{name}: {value}");
        }
        let cookie = guard.cookie("secret").unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        assert_eq!(guard.cookie("Secret"), None);
        assert_eq!(Guard::default().cookie(""), None);
    }
}
