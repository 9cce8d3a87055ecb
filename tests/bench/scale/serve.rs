//! The server as an author waits for it: from its start to the first page, and from a saved file to the page loaded again.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

use crate::measure::{Cost, Weight};
use crate::site::Site;

/// Edits of which the median is told.
const EDITS: usize = 5;

/// A server that runs.
struct Server {
    child: Child,
    address: String,
    /// Read by a thread, so that the server never waits for somebody to hear it.
    _words: std::thread::JoinHandle<()>,
}

impl Server {
    fn start(mut command: Command) -> io::Result<Server> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let pipe = child.stderr.take().ok_or_else(|| io::Error::other("no pipe"))?;
        let mut words = BufReader::new(pipe);
        let mut line = String::new();
        loop {
            line.clear();
            if words.read_line(&mut line)? == 0 {
                return Err(io::Error::other("the server ended without an address"));
            }
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split('/').next().unwrap_or_default().to_owned();
                let words = std::thread::spawn(move || _ = io::copy(&mut words, &mut io::sink()));
                return Ok(Server { child, address, _words: words });
            }
        }
    }

    /// Asks for a page and reads it whole.
    fn get(&self, path: &str) -> io::Result<String> {
        let mut stream = self.ask(path, "close")?;
        let mut page = Vec::new();
        stream.read_to_end(&mut page)?;
        Ok(String::from_utf8_lossy(&page).into_owned())
    }

    fn ask(&self, path: &str, connection: &str) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: {connection}\r\n\r\n")?;
        Ok(stream)
    }

    /// Stops it and tells what it cost.
    fn stop(mut self, wall: f64) -> io::Result<Cost> {
        self.child.kill()?;
        let used = self.child.wait4()?;
        let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
        Ok(Cost { wall, cpu, peak: used.rusage.maxrss, written: Weight::default() })
    }
}

/// From the start to the first page of a report.
pub(crate) fn first_page(site: &Site) -> io::Result<Cost> {
    let start = Instant::now();
    let server = Server::start(site.server())?;
    let page = server.get(&site.page())?;
    let wall = start.elapsed().as_secs_f64();
    expect(page.starts_with("HTTP/1.1 200"), &page)?;
    server.stop(wall)
}

/// From a saved figure to the page of its report, asked for once the server tells of it; the median of some edits.
pub(crate) fn reload(site: &mut Site) -> io::Result<Cost> {
    let server = Server::start(site.server())?;
    let mut events = BufReader::new(server.ask("/-nianbao/events", "keep-alive")?);
    // What was found is told when everything was read once; from then on it waits for edits.
    wait_for(&mut events, "event: findings")?;
    server.get(&site.page())?;
    std::thread::sleep(std::time::Duration::from_secs(3));
    let mut times = Vec::new();
    for _ in 0..EDITS {
        let start = Instant::now();
        site.edit_figure()?;
        wait_for(&mut events, "event: page")?;
        let page = server.get(&site.page())?;
        times.push(start.elapsed().as_secs_f64());
        expect(page.contains(&site.figure()?), &page)?;
        // The rest of the work on an edit is not paid by the next one.
        std::thread::sleep(std::time::Duration::from_secs(3));
    }
    times.sort_by(f64::total_cmp);
    server.stop(times[EDITS / 2])
}

fn wait_for(events: &mut impl BufRead, words: &str) -> io::Result<()> {
    let mut line = String::new();
    while !line.starts_with(words) {
        line.clear();
        if events.read_line(&mut line)? == 0 {
            return Err(io::Error::other(format!("the events ended before `{words}`")));
        }
    }
    Ok(())
}

fn expect(truth: bool, page: &str) -> io::Result<()> {
    let head: String = page.chars().take(300).collect();
    if truth { Ok(()) } else { Err(io::Error::other(format!("not the page that was asked for: {head}"))) }
}
