//! A browser over real sockets. It tells an answer from an answer that was cut off.

use std::net::SocketAddr;

use berth_app::error::AppError;
use berth_app::listing::{ListQuery, Listing};
use berth_app::reading::Fresh;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server_fn::ServerFn;
use server_fn::error::FromServerFnError;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What the first administrator types.
const FORM: &str = "name=Ada&email=ada%40example.test&password=harbour-light-seventeen";

/// One browser; clones are signed in as well.
#[derive(Clone)]
pub struct Browser {
    address: SocketAddr,
    cookie: String,
}

/// What came back; the body may be cut off where no length was given.
struct Answer {
    head: String,
    body: String,
}

impl Answer {
    fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }
}

impl Browser {
    pub fn at(address: SocketAddr) -> Self {
        Self { address, cookie: String::new() }
    }

    /// The same browser and its cookies, after the console has moved to another port.
    pub fn moved_to(&self, address: SocketAddr) -> Self {
        Self { address, cookie: self.cookie.clone() }
    }

    /// Follows the printed link and becomes the first administrator.
    pub async fn set_up(&self, link: &str) -> Self {
        let path = link.strip_prefix(&format!("http://{}", self.address)).unwrap();
        let form = "application/x-www-form-urlencoded";
        let answer = self.send("POST", path, form, FORM).await.unwrap();
        assert_eq!(answer.status(), "303", "{}", answer.head);
        let lines = answer.head.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
        let cookies: Vec<_> = lines.filter_map(|line| line.split(';').next()).collect();
        Self { address: self.address, cookie: cookies.join("; ") }
    }

    /// A page; empty unless it was answered with 200.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.send("GET", path, "text/plain", "").await.unwrap();
        if answer.status() == "200" { answer.body } else { String::new() }
    }

    /// Calls a server function. `None` when the answer did not arrive whole.
    pub async fn call<F>(&self, function: &F) -> Option<Result<F::Output, AppError>>
    where
        F: ServerFn<Error = AppError> + Serialize,
        F::Output: DeserializeOwned,
    {
        let body = serde_json::to_string(function).unwrap();
        let answer = self.send("POST", F::PATH, "application/json", &body).await?;
        if answer.status() == "200" {
            return serde_json::from_str(&answer.body).ok().map(Ok);
        }
        serde_json::from_str::<serde_json::Value>(&answer.body).ok()?;
        Some(Err(AppError::de(answer.body.into())))
    }

    /// Every row of a list, page by page.
    pub async fn all<F, R>(&self, ask: impl Fn(ListQuery) -> F) -> Vec<R>
    where
        F: ServerFn<Error = AppError, Output = Fresh<Listing<R>>> + Serialize,
        R: DeserializeOwned,
    {
        let mut rows = Vec::new();
        for page in 1.. {
            let query = ListQuery::default().with_page(page);
            let listing = self.call(&ask(query)).await.unwrap().unwrap().value;
            rows.extend(listing.rows);
            if page >= listing.meta.pages {
                break;
            }
        }
        rows
    }

    /// One request on a connection of its own. HTTP/1.0, so that the end of the connection is the
    /// end of the answer, and no chunks have to be told apart.
    async fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> Option<Answer> {
        let Self { address, cookie } = self;
        let length = body.len();
        // Who accepts HTML gets a redirect from a server function.
        let accept = if kind.ends_with("json") { kind } else { "text/html" };
        let request = format!(
            "{method} {path} HTTP/1.0\r\nhost: {address}\r\norigin: http://{address}\r\n\
             accept: {accept}\r\ncookie: {cookie}\r\ncontent-type: {kind}\r\n\
             content-length: {length}\r\n\r\n{body}"
        );
        let mut stream = TcpStream::connect(address).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8(answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some(Answer { head: head.to_owned(), body: body.to_owned() })
    }
}
