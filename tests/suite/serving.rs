//! The server without a browser: addresses, headers, ports, and what stops it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use crate::example;

/// A server over the example site.
struct Server {
    child: Child,
    /// Kept open: a program whose words nobody takes may not end early.
    words: BufReader<ChildStderr>,
    port: u16,
    first: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Server {
        Server::of(example::root(), arguments)
    }

    fn of(root: &Path, arguments: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command.args(["serve", "--lang", "en", "--root"]).arg(root).args(arguments);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut words = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut first = String::new();
        while !first.contains("http://") {
            first.clear();
            assert!(words.read_line(&mut first).expect("words") > 0, "the server ended without an address");
        }
        let address = first.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        let port = address.rsplit(':').next().expect("a port").parse().expect("a number");
        Server { child, words, port, first }
    }

    /// Sends a request as it stands and gives the whole answer.
    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.write_all(format!("{request}\r\nConnection: close\r\n\r\n").as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Waits for words of the server.
    fn hear(&mut self, words: &str) {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert!(self.words.read_line(&mut line).expect("words") > 0, "the server ended before `{words}`");
        }
    }

    /// The status of a path, and the answer.
    fn get(&self, path: &str) -> (u16, String) {
        let answer = self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{}", self.port));
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = self.words.read_to_string(&mut String::new());
    }
}

#[test]
fn pages_files_and_what_is_not_there() {
    let server = Server::start(&["--port", "0"]);
    let check = |path: &str, status: u16, words: &str| {
        let (got, answer) = server.get(path);
        assert_eq!(got, status, "{path}");
        assert!(answer.contains(words), "{path}: {words} is not in {}", &answer[..answer.len().min(600)]);
        for header in ["content-security-policy: default-src 'none'", "x-content-type-options: nosniff"] {
            assert!(answer.contains(header), "{path} lacks {header}");
        }
    };
    check("/", 200, "/-nianbao/live.js?");
    check("/regions/429006/index.html", 200, "text/html; charset=utf-8");
    check("/regions/429006/", 200, "天门");
    check("/regions/429006", 308, "location: /regions/429006/");
    check("/data/observations.csv", 200, "text/csv; charset=utf-8");
    check("/nothing/", 404, "text/html");
    check("/nothing.png", 404, "");
    check("/%ff", 400, "");
    check("/../Cargo.toml", 404, "");
    check("/-nianbao/live.js", 200, "text/javascript");
    let head = server.ask("HEAD / HTTP/1.1\r\nHost: localhost");
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
    assert!(server.ask("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0").starts_with("HTTP/1.1 405"));
    for host in ["example.com", "127.0.0.1.example.com", "127.example.com", ""] {
        let foreign = server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}"));
        assert!(foreign.starts_with("HTTP/1.1 403"), "a page at {host} may not read drafts: {foreign}");
    }
    for host in ["127.0.0.1:8080", "[::1]:8080", "127.1.2.3", "localhost"] {
        assert!(server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}")).starts_with("HTTP/1.1 200"), "{host}");
    }
    let part = server.ask("GET /data/observations.csv HTTP/1.1\r\nHost: localhost\r\nRange: bytes=3-11");
    assert!(part.starts_with("HTTP/1.1 206") && part.ends_with("\r\n\r\nINDICATOR"), "{part}");
}

#[test]
fn a_taken_port_is_left_for_a_free_one() {
    let first = Server::start(&["--port", "0"]);
    let second = Server::start(&["--port", &first.port.to_string()]);
    assert_ne!(first.port, second.port);
    assert!(second.first.contains("is taken"), "{}", second.first);
    assert_eq!((first.get("/").0, second.get("/").0), (200, 200), "two servers of one folder");
}

#[test]
fn mistakes_leave_the_last_good_pages() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let site = temporary.path();
    crate::tree::copy(&example::root().join("content"), &site.join("content"));
    let mut server = Server::of(site, &["--port", "0"]);
    let report = "/reports/429006/2021/index.html";
    assert_eq!(server.get(report).0, 200);
    server.hear("nothing to mend");
    let break_it = |name: &str| {
        let file = site.join("content").join(name);
        let text = std::fs::read_to_string(&file).expect("a text");
        std::fs::write(file, text.replacen("title = ", "titel = ", 1)).expect("writable");
    };
    break_it("429006/2021.md");
    server.hear("the last good site is still shown");
    let (status, page) = server.get(report);
    assert!(status == 200 && page.contains("每千人口") && page.contains("/-nianbao/live.js?"), "{status}");
    let (status, page) = server.get("/reports/429006/2021/proof.html");
    assert!(
        status == 503 && page.contains("/-nianbao/live.js?"),
        "a page never sent waits for the next edition: {page}"
    );
    // A template that fails keeps the last good pages too, and is told at once.
    let mend = |name: &str| {
        let from = example::root().join("content").join(name);
        std::fs::copy(from, site.join("content").join(name)).expect("a copy");
    };
    mend("429006/2021.md");
    server.hear("nothing to mend");
    let templates = site.join("themes/gov/templates");
    std::fs::create_dir_all(&templates).expect("a folder");
    std::fs::write(templates.join("years.html"), "{{ page.nothing.at.all }}").expect("writable");
    server.hear("template-error");
    server.hear("the last good site is still shown");
    let (status, page) = server.get("/years/index.html");
    assert!(status == 200 && page.contains("2021年"), "{status}");
}

#[test]
fn nothing_is_written() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    crate::tree::copy(&example::root().join("content"), &temporary.path().join("content"));
    let before = crate::tree::files(temporary.path());
    let server = Server::of(temporary.path(), &["--port", "0"]);
    assert_eq!(server.get("/reports/429006/2021/").0, 200);
    assert_eq!(crate::tree::files(temporary.path()), before);
}

#[test]
fn panels_are_shown_on_request() {
    let server = Server::start(&["--port", "0", "--review", "--drafts"]);
    let (status, page) = server.get("/reports/429006/2021/index.html");
    assert_eq!(status, 200);
    assert!(page.contains("<aside id=\"nianbao-review\"") && page.contains("/-nianbao/live.js"), "{page}");
    let (status, board) = server.get("/review/");
    assert!(status == 200 && board.contains("评审总览"), "{status}");
    let style = page.split("href=\"").map(|rest| rest.split('"').next().unwrap_or_default());
    let style =
        style.filter(|to| to.contains("nianbao-review.")).last().expect("a style sheet").trim_start_matches("../");
    assert_eq!(server.get(&format!("/{style}")).0, 200, "{style}");
    let server = Server::start(&["--port", "0"]);
    assert!(!server.get("/reports/429006/2021/index.html").1.contains("nianbao-review"));
    assert_eq!(server.get("/review/index.html").0, 404);
}
