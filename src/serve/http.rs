//! The door to `axum`: answers browsers from the present edition. Pages carry headers strict enough that what a portal's
//! policy would refuse is refused here too, and a script that loads them again when something changed.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream, StreamExt};
use tokio::net::TcpListener;
use tokio_stream::wrappers::BroadcastStream;

use super::edition::Answer;
use super::{Live, Settings};
use crate::error::{Action, Error, Result};

/// Nothing from elsewhere, nothing inline; the live script may listen to its own server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
    connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// Where the files of the server itself stand.
const OWN: &str = "/-nianbao/";

/// How many ports after the one asked for are tried before any free one is taken.
const NEAR: u16 = 20;

/// Takes the port asked for, or a free one near it.
pub(super) fn listen(runtime: &tokio::runtime::Runtime, settings: &Settings) -> Result<TcpListener> {
    let bind = |port| runtime.block_on(TcpListener::bind(SocketAddr::new(settings.address, port)));
    let mut refused = None;
    for port in (settings.port..=settings.port.saturating_add(NEAR)).chain([0]) {
        match bind(port) {
            Ok(listener) => return Ok(listener),
            Err(cause) if cause.kind() == std::io::ErrorKind::AddrInUse => refused = Some(cause),
            Err(cause) => {
                refused = Some(cause);
                break;
            }
        }
    }
    let cause = refused.expect("without a refusal there is a listener");
    Err(Error::new(Action::Listen, std::path::Path::new(&settings.address.to_string()), cause))
}

/// Answers until the program is told to stop.
pub(super) async fn answer(listener: TcpListener, live: Arc<Live>) -> std::io::Result<()> {
    let routes = Router::new()
        .route("/-nianbao/events", get(events))
        .route("/-nianbao/live.js", get(|| async { own(include_str!("live.js"), "text/javascript; charset=utf-8") }))
        .route("/-nianbao/live.css", get(|| async { own(include_str!("live.css"), "text/css; charset=utf-8") }))
        .fallback(site)
        .with_state(live);
    let stopped = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let server = axum::serve(listener, routes);
    // Open event streams never end by themselves: the signal ends everything at once.
    tokio::select! {
        ended = server.into_future() => ended,
        () = stopped => Ok(()),
    }
}

fn own(text: &'static str, kind: &'static str) -> Response {
    guarded((StatusCode::OK, [(header::CONTENT_TYPE, kind)], text).into_response())
}

/// The stream of events: the present state first, then what changes.
async fn events(State(live): State<Arc<Live>>, headers: HeaderMap) -> Response {
    if !is_asked_here(&live, &headers) {
        return guarded(StatusCode::FORBIDDEN.into_response());
    }
    let changes = BroadcastStream::new(live.events.subscribe());
    let findings = live.findings.read().expect("no thread panics while it changes the list").clone();
    let page = super::Event { name: "page", data: live.number() };
    let now = std::iter::once(page).chain(findings.map(|data| super::Event { name: "findings", data }));
    let now = stream::iter(now.collect::<Vec<_>>());
    // Who missed events hears of the next ones.
    let later = changes.filter_map(|event| async { event.ok() });
    let all = now.chain(later).map(|event| Ok(sse::Event::default().event(event.name).data(event.data)));
    guarded(stream_of(all).into_response())
}

fn stream_of(
    all: impl Stream<Item = std::result::Result<sse::Event, Infallible>> + Send + 'static,
) -> impl IntoResponse {
    Sse::new(all).keep_alive(KeepAlive::default())
}

/// A page, a file, or what stands for one.
async fn site(State(live): State<Arc<Live>>, request: Request) -> Response {
    let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
    if !is_asked_here(&live, &headers) {
        return guarded(StatusCode::FORBIDDEN.into_response());
    }
    if method != Method::GET && method != Method::HEAD {
        return guarded((StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response());
    }
    let raw = uri.path().trim_start_matches('/').to_owned();
    let made = tokio::task::spawn_blocking(move || respond(&live, &raw, &headers)).await;
    guarded(made.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
}

fn respond(live: &Live, raw: &str, headers: &HeaderMap) -> Response {
    let Ok(path) = percent_encoding::percent_decode_str(raw).decode_utf8() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let Some(edition) = live.edition() else { return bare(&live.number()) };
    match edition.answer(&path) {
        Ok(Answer::File { bytes, path, missing }) => {
            let kind = kind_of(&path);
            let status = if missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
            if kind.starts_with("text/html") {
                live.keep(&path, &bytes);
                let bytes = with_live(bytes, &edition.number.to_string());
                live.shown();
                return (status, [(header::CONTENT_TYPE, kind)], bytes).into_response();
            }
            ranged(bytes, &kind, headers)
        }
        Ok(Answer::Folder) => {
            let to = format!("/{raw}/");
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
        Ok(Answer::Mistake(mistake)) => {
            live.add(edition.sources(), *mistake);
            last_good(live, &path, &edition.number.to_string())
        }
        Ok(Answer::Nothing) => StatusCode::NOT_FOUND.into_response(),
        // A text that changed since the site was put together, and now has mistakes or is about to be read again.
        Err(_) => last_good(live, &path, &edition.number.to_string()),
    }
}

/// The page as it was last sent, where it cannot be made now.
fn last_good(live: &Live, path: &str, number: &str) -> Response {
    let whole = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    match live.kept(&whole) {
        Some(bytes) => {
            let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            (StatusCode::OK, html, with_live(bytes, number)).into_response()
        }
        None => bare(number),
    }
}

/// A page with nothing but the list of mistakes, until there is something to show.
fn bare(number: &str) -> Response {
    let empty = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>nianbao</title></head><body></body></html>";
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::SERVICE_UNAVAILABLE, html, with_live(empty.as_bytes().to_vec(), number)).into_response()
}

/// The type of a file by its ending; texts are UTF-8.
fn kind_of(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    match kind.type_() {
        mime_guess::mime::TEXT => format!("{kind}; charset=utf-8"),
        _ => kind.to_string(),
    }
}

/// A file, or the part of it that was asked for.
fn ranged(bytes: Vec<u8>, kind: &str, headers: &HeaderMap) -> Response {
    let size = bytes.len() as u64;
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let plain = || [(header::CONTENT_TYPE, kind.to_owned()), (header::ACCEPT_RANGES, "bytes".to_owned())];
    let Some(asked) = asked.and_then(|text| http_range_header::parse_range_header(text).ok()) else {
        return (StatusCode::OK, plain(), bytes).into_response();
    };
    match asked.validate(size).as_deref() {
        // Several parts at once are rare: the whole file is a fair answer.
        Ok([range]) => {
            let (start, end) = (*range.start(), *range.end());
            let part = bytes[start as usize..=end as usize].to_vec();
            let place = [(header::CONTENT_RANGE, format!("bytes {start}-{end}/{size}"))];
            (StatusCode::PARTIAL_CONTENT, plain(), place, part).into_response()
        }
        Ok(_) => (StatusCode::OK, plain(), bytes).into_response(),
        Err(_) => {
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{size}"))]).into_response()
        }
    }
}

/// The page with the script that listens for changes, and which edition it is of.
fn with_live(html: Vec<u8>, number: &str) -> Vec<u8> {
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"{OWN}live.css\"><script src=\"{OWN}live.js?{number}\" defer></script></head>"
    );
    match String::from_utf8(html) {
        Ok(text) => text.replacen("</head>", &tags, 1).into_bytes(),
        Err(other) => other.into_bytes(),
    }
}

/// Whether a request names this machine: a page of another site that has the browser ask here does not.
fn is_asked_here(live: &Live, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    let is_local = |name: &str| name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    !live.loopback || name == "localhost" || is_local(name.trim_start_matches('[').trim_end_matches(']'))
}

/// The headers of every answer.
fn guarded(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_files() {
        let check = |range: &str, status: u16, place: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_str(range).expect("a header"));
            let answer = ranged(b"0123456789".to_vec(), "video/mp4", &headers);
            let told =
                answer.headers().get(header::CONTENT_RANGE).map(|value| value.to_str().expect("text").to_owned());
            assert_eq!((answer.status().as_u16(), told.unwrap_or_default().as_str()), (status, place), "{range}");
        };
        check("bytes=0-3", 206, "bytes 0-3/10");
        check("bytes=8-", 206, "bytes 8-9/10");
        check("bytes=-2", 206, "bytes 8-9/10");
        check("bytes=0-99", 206, "bytes 0-9/10");
        check("bytes=20-30", 416, "bytes */10");
        check("bytes=0-1,4-5", 200, "");
        check("lines=0-1", 200, "");
    }

    #[test]
    fn types_say_their_charset() {
        assert_eq!(kind_of("a/index.html"), "text/html; charset=utf-8");
        assert_eq!(kind_of("data/a.csv"), "text/csv; charset=utf-8");
        assert_eq!(kind_of("a.svg"), "image/svg+xml");
        assert_eq!(kind_of("一览.xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assert_eq!(kind_of("x.unknown"), "application/octet-stream");
    }
}
