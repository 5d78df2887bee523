//! Requests and answers, bytes as they came.

use super::server::Server;
use serde_json::Value;
use std::{io::Read, sync::OnceLock, time::Duration};

/// An answer.
pub struct Answer {
    /// Status code.
    pub status: u16,
    headers: ureq::http::HeaderMap,
    /// As it came, compressed if it was.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|cause| panic!("no JSON ({cause}): {}", self.text()))
    }

    /// Checks the status; answers itself.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// Checks that it is a problem as RFC 9457 has it, with one of these statuses; answers what it says and of which field.
    #[track_caller]
    pub fn expect_problem(&self, statuses: &[u16]) -> String {
        assert!(statuses.contains(&self.status), "{} is none of {statuses:?}: {}", self.status, self.text());
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{problem}");
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{problem}");
        let detail = problem["detail"].as_str().unwrap_or_default().to_owned();
        assert!(!detail.is_empty(), "a problem says what was wrong: {problem}");
        format!("{detail} ({})", problem["field"].as_str().unwrap_or_default())
    }

    /// The body, unpacked as `content-encoding` says.
    pub fn unpacked(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match self.header("content-encoding") {
            "" | "identity" => return self.body.clone(),
            "gzip" => flate2::read::GzDecoder::new(self.body.as_slice()).read_to_end(&mut bytes).expect("gzip"),
            "br" => brotli::Decompressor::new(self.body.as_slice(), 4096).read_to_end(&mut bytes).expect("brotli"),
            other => panic!("content-encoding {other}"),
        };
        bytes
    }
}

fn agent() -> &'static ureq::Agent {
    static AGENT: OnceLock<ureq::Agent> = OnceLock::new();
    AGENT.get_or_init(|| {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        config.timeout_global(Some(Duration::from_secs(60))).build().new_agent()
    })
}

fn answer(response: ureq::http::Response<ureq::Body>) -> Result<Answer, ureq::Error> {
    let (parts, mut body) = response.into_parts();
    let body = body.with_config().limit(1 << 30).read_to_vec()?;
    Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
}

impl Server {
    /// GET.
    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// GET with headers.
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request =
            headers.iter().fold(agent().get(self.url(path)), |request, (name, value)| request.header(*name, *value));
        request.call().and_then(answer).unwrap_or_else(|cause| panic!("GET {path}: {cause}"))
    }

    /// GET of a JSON document.
    #[track_caller]
    pub fn get_json(&self, path: &str) -> Value {
        self.get(path).expect(200).json()
    }

    /// POST of a JSON document.
    pub fn post(&self, path: &str, document: &Value) -> Answer {
        self.post_bytes(path, document.to_string().as_bytes(), &[])
    }

    /// POST of bytes said to be JSON unless the headers say otherwise.
    pub fn post_bytes(&self, path: &str, bytes: &[u8], headers: &[(&str, &str)]) -> Answer {
        self.try_post(path, bytes, headers).unwrap_or_else(|cause| panic!("POST {path}: {cause}"))
    }

    /// POST that may find nobody there.
    ///
    /// # Errors
    /// When no whole answer came.
    pub fn try_post(&self, path: &str, bytes: &[u8], headers: &[(&str, &str)]) -> Result<Answer, ureq::Error> {
        post_to(&self.url(path), bytes, headers)
    }
}

/// POST to a full address, for threads that outlive the server.
///
/// # Errors
/// When no whole answer came.
pub fn post_to(url: &str, bytes: &[u8], headers: &[(&str, &str)]) -> Result<Answer, ureq::Error> {
    let media = headers.iter().any(|(name, _)| *name == "content-type");
    let request = agent().post(url);
    let request = if media { request } else { request.header("content-type", "application/json") };
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    answer(request.send(bytes)?)
}
