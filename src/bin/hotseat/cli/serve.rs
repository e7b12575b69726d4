//! `hotseat serve`: the guides in a browser.

use std::{
    fs,
    io::Write,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    thread,
};

use anyhow::{Context, Result};
use hotseat::Source;

use super::{Collection, Config, HELP, Outcome, eprint_error, index, watch::Watch};
use crate::{
    backend::Backend,
    content_path::ContentPath,
    serve::{self, Guard, Site},
    terminal,
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat serve --open                  in the browser
  hotseat serve --watch                 update the index as guides change
  hotseat serve --port 0                on any port that is free
  curl -s 'localhost:7878/api/v1/search?q=closure' | jq -r '.hits[].question'",
    after_help = "\
The address is printed; Ctrl-C ends the server. Only browsers and programs on this machine get answers. \
Another --bind address also takes --allow-host, the name under which others reach this machine, and \
--token-file, a file with a secret. Programs send it as `Authorization: Bearer SECRET`; a browser \
opens http://NAME:PORT/?token=SECRET once. Answers are not encrypted: across a network, put a proxy \
that speaks HTTPS in front. /openapi.json describes the answers for programs."
)]
pub(super) struct Args {
    /// Port to listen on; 0: any that is free
    #[arg(short, long, value_name = "PORT", default_value_t = 7878)]
    port: u16,
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Answer requests for this name, too; may be repeated
    #[arg(long, value_name = "NAME", value_parser = host)]
    allow_host: Vec<String>,
    /// Ask for the secret in this file
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Open the page in the browser
    #[arg(short, long)]
    open: bool,
    /// Update the index first, and whenever guides change
    #[arg(short, long)]
    #[cfg_attr(feature = "engine", arg(conflicts_with = "engine"))]
    watch: bool,
    #[command(flatten)]
    collection: Collection,
    #[cfg(feature = "engine")]
    #[command(flatten)]
    engine: super::engine::search::Engine,
}

/// The reason why serving cannot begin.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("cannot listen on {address}")]
    Port {
        address: SocketAddr,
        source: std::io::Error,
    },
    #[error("--bind {0} would let other machines in without a secret")]
    Open(IpAddr),
    #[error("{} has no token: 16 to 512 letters, digits, or signs of -._~", .0.display())]
    Token(PathBuf),
}

/// The lengths of a token. The shorter one takes longer to guess than anybody waits.
const MIN_TOKEN: usize = 16;
const MAX_TOKEN: usize = 512;

/// Returns what to do about an error of this command.
pub(super) fn next_step(error: &anyhow::Error) -> Option<&'static str> {
    Some(match error.downcast_ref()? {
        Refused::Port { .. } => "choose another port with --port; 0 takes any that is free",
        Refused::Open(_) => "give --allow-host NAME and --token-file FILE as well",
        Refused::Token(_) => "make one with `openssl rand -hex 32 > FILE`",
    })
}

/// Reads the name of a host.
fn host(name: &str) -> Result<String, &'static str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    let is_name = !name.is_empty() && name.chars().all(is_part);
    let is_name = is_name && (name.starts_with('[') || !name.contains(':'));
    is_name
        .then(|| name.to_owned())
        .ok_or("give a name such as guides.example, without scheme and port")
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let token = args.token_file.as_deref().map(token).transpose()?;
    if !args.bind.is_loopback() && (args.allow_host.is_empty() || token.is_none()) {
        return Err(Refused::Open(args.bind).into());
    }
    // Taken first, so that a second server ends at once.
    let address = SocketAddr::new(args.bind, args.port);
    let listener =
        TcpListener::bind(address).map_err(|source| Refused::Port { address, source })?;
    let (backend, content) = backend(args, config)?;
    let url = url(args, &listener, token.as_deref())?;
    writeln!(out, "{}", url.shown)?;
    out.flush()?;
    if args.open {
        open(&url.whole);
    }
    let guard = Guard {
        hosts: args.allow_host.clone(),
        token,
        ..Guard::default()
    };
    let editor = terminal::hyperlink_format();
    let site = Site::new(backend, content, config.limit, editor, guard);
    serve::serve(site, listener)?;
    Ok(Outcome::Found)
}

/// Opens the documents to serve: those of the engine that is named, or of the index.
fn backend(args: &Args, config: &Config) -> Result<(Arc<dyn Backend>, ContentPath)> {
    #[cfg(feature = "engine")]
    if let Some(remote) = args.engine.open(config)? {
        let content = args.collection.place.content.path(config);
        return Ok((Arc::new(remote), content));
    }
    let (index, content) = args.collection.open(args.watch, config)?;
    if args.watch {
        watch(args, config)?;
    }
    Ok((Arc::new(index), content))
}

/// The address of the start page, without and with the token.
struct Url {
    shown: String,
    whole: String,
}

fn url(args: &Args, listener: &TcpListener, token: Option<&str>) -> Result<Url> {
    let address = listener.local_addr()?;
    let shown = match args.allow_host.first() {
        Some(name) if !args.bind.is_loopback() => format!("http://{name}:{}/", address.port()),
        _ => format!("http://{address}/"),
    };
    let whole = match token {
        Some(token) => format!("{shown}?token={token}"),
        None => shown.clone(),
    };
    Ok(Url { shown, whole })
}

/// Reads the token in the first line of a file.
fn token(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file)
        .with_context(|| format!("cannot read the token in {}", file.display()))?;
    let token = text.lines().next().unwrap_or("").trim();
    let is_token = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    let is_long = (MIN_TOKEN..=MAX_TOKEN).contains(&token.len());
    if !is_long || !token.chars().all(is_token) {
        return Err(Refused::Token(file.to_owned()).into());
    }
    Ok(token.to_owned())
}

/// Updates the index whenever guides change, for as long as the process lives.
fn watch(args: &Args, config: &Config) -> Result<()> {
    let source = args.collection.source(config);
    let index = args.collection.place.index.path(config).to_owned();
    let mut watch = Watch::new(source.paths(), &index)?;
    let updates = move || {
        loop {
            // The first round finds changes made before watching began.
            update(&index, &source);
            if let Err(error) = watch.wait() {
                return eprint_error(&error);
            }
        }
    };
    thread::Builder::new()
        .name("watch".to_owned())
        .spawn(updates)?;
    Ok(())
}

/// Updates the index; the next change may remedy an error.
fn update(index: &Path, source: &Source) {
    if let Err(error) = index::update_at(index, source) {
        eprint_error(&error);
    }
}

/// Opens a page in the browser.
fn open(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    match command.spawn() {
        // It ends when the browser has the address, or with the browser.
        Ok(mut opening) => drop(thread::spawn(move || opening.wait())),
        Err(error) => terminal::eprint_note(&format!("note: cannot run {program}: {error}")),
    }
}
