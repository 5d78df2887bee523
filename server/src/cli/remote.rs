//! An import into a running server: the files go up, the plan comes down, a yes goes up.

use super::{import::ImportArgs, progress::Bar, say};
use anyhow::{Context, bail};
use serde::de::DeserializeOwned;
use std::{
    fs::File,
    io::{Cursor, Read, Write},
    path::Path,
    time::Duration,
};
use ureq::{Agent, Body, SendBody, http::Response};
use wangge::import::{
    ImportOptions, Progress, Report, Stage,
    jobs::{Job, JobState},
};

/// Time between two questions how far it is.
const EVERY: Duration = Duration::from_millis(150);
/// Times a plan is made anew because the district changed under it.
const PLANS: usize = 5;

/// Brings files into a server, prints its plan and answers what became of it.
pub(super) fn import(server: &str, args: &ImportArgs) -> anyhow::Result<Report> {
    let server = Server { url: server.trim_end_matches('/').to_owned(), agent: agent() };
    let job = server.upload(args)?;
    let told = server.settled(&job, &args.options(), args);
    if told.is_err() {
        // Nothing is to wait there for a yes that never comes; the error that brought us here is the one to tell.
        let _ = server.delete(&job);
    }
    told
}

struct Server {
    url: String,
    agent: Agent,
}

/// A client that hands problem documents on instead of failing.
pub(super) fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).build().new_agent()
}

impl Server {
    fn upload(&self, args: &ImportArgs) -> anyhow::Result<Job> {
        let boundary = format!("wangge-{}", uuid::Uuid::now_v7().simple());
        let body = form(&args.options(), &args.files, &boundary)?;
        let mut body = Watched { inner: body.0, bytes: body.1, done: 0, bar: Bar::new() };
        let request = self.agent.post(format!("{}/api/imports", self.url));
        let request = request.header("content-type", format!("multipart/form-data; boundary={boundary}"));
        let answer = request.header("content-length", body.bytes.to_string()).send(SendBody::from_reader(&mut body));
        read(answer.with_context(|| format!("{} cannot be reached", self.url))?)
    }

    /// Follows a job to its end.
    fn settled(&self, job: &Job, options: &ImportOptions, args: &ImportArgs) -> anyhow::Result<Report> {
        let mut job = self.wait(job, JobState::Looking)?;
        if let Some(path) = &args.rejects {
            self.fetch_rejects(&job, path)?;
        }
        for _ in 0..PLANS {
            let Some(plan) = job.plan.clone() else {
                bail!("{}", job.reason.unwrap_or_else(|| "the server did not say why".to_owned()));
            };
            say(plan.to_string().trim_end());
            if job.state != JobState::Ready || args.dry_run {
                self.delete(&job)?;
                let mut left = Report { plan, taken: false, seq: None };
                if args.dry_run {
                    left.plan.why_not.get_or_insert_with(|| "it was a dry run".to_owned());
                }
                return Ok(left);
            }
            let url = format!("{}/api/imports/{}/confirm", self.url, job.id);
            let answer = self.agent.post(url).send_empty()?;
            if answer.status() == 409 {
                say("the district changed meanwhile; the files are looked at again");
                job = self.wait(&job, JobState::Looking)?;
                continue;
            }
            let taken = self.wait(&read(answer)?, JobState::Taking)?;
            let why = taken.reason.clone().unwrap_or_else(|| format!("it is {}", taken.state.id()));
            return taken.report().with_context(|| why);
        }
        let kind = &options.kind;
        bail!("the district changed {PLANS} times while {kind} were looked at; try again when fewer imports come in")
    }

    /// Asks until a job is in another state.
    fn wait(&self, job: &Job, while_in: JobState) -> anyhow::Result<Job> {
        let bar = Bar::new();
        loop {
            let job: Job = read(self.agent.get(format!("{}/api/imports/{}", self.url, job.id)).call()?)?;
            if job.state != while_in {
                return Ok(job);
            }
            bar.at(job.stage.unwrap_or(Stage::Reading), job.done_bytes, job.bytes, job.rows);
            std::thread::sleep(EVERY);
        }
    }

    fn delete(&self, job: &Job) -> anyhow::Result<()> {
        self.agent.delete(format!("{}/api/imports/{}", self.url, job.id)).call()?;
        Ok(())
    }

    fn fetch_rejects(&self, job: &Job, path: &Path) -> anyhow::Result<()> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let url = format!("{}/api/imports/{}/rejects", self.url, job.id);
        let answer = self.agent.get(url).query("format", &ending).call()?;
        if answer.status() != 200 {
            bail!("the refused rows do not come: {}", problem(answer));
        }
        let unwritten = || format!("{} cannot be written", path.display());
        let mut file = File::create(path).with_context(unwritten)?;
        std::io::copy(&mut answer.into_body().into_reader(), &mut file).with_context(unwritten)?;
        file.flush().and_then(|()| file.sync_all()).with_context(unwritten)
    }
}

/// The answer of the server, or what it says is wrong.
fn read<T: DeserializeOwned>(answer: Response<Body>) -> anyhow::Result<T> {
    if !answer.status().is_success() {
        bail!("{}", problem(answer));
    }
    let body = answer.into_body().into_with_config().limit(64 << 20).reader();
    serde_json::from_reader(body).context("the server answers with something else than an import")
}

/// What a problem document says (RFC 9457).
pub(super) fn problem(mut answer: Response<Body>) -> String {
    let status = answer.status();
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let said = document["detail"].as_str().or(document["title"].as_str()).unwrap_or_default();
    if said.is_empty() { format!("the server answers {status}") } else { said.to_owned() }
}

/// A form of fields and files, and how many bytes it has.
fn form(options: &ImportOptions, files: &[std::path::PathBuf], boundary: &str) -> anyhow::Result<(Box<dyn Read>, u64)> {
    let mut fields: Vec<(&str, String)> = vec![("kind", options.kind.clone())];
    fields.extend(options.crs.clone().map(|crs| ("crs", crs)));
    fields.extend(options.trust_crs.then(|| ("trust_crs", "true".to_owned())));
    fields.extend(options.map.iter().map(|pair| ("map", pair.clone())));
    fields.extend(options.layer.clone().map(|layer| ("layer", layer)));
    fields.extend(options.encoding.clone().map(|encoding| ("encoding", encoding)));
    fields.extend(options.partial.then(|| ("partial", "true".to_owned())));
    fields.extend(options.repair_m.map(|metres| ("repair_m", metres.to_string())));
    let mut body: Box<dyn Read> = Box::new(std::io::empty());
    let mut bytes = 0;
    let mut add = |part: Box<dyn Read>, size: u64| {
        body = Box::new(std::mem::replace(&mut body, Box::new(std::io::empty())).chain(part));
        bytes += size;
    };
    for (name, value) in fields {
        let text = format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        add(Box::new(Cursor::new(text.clone())), text.len() as u64);
    }
    for path in files {
        let unread = || format!("{} cannot be read", path.display());
        let file = File::open(path).with_context(unread)?;
        let size = file.metadata().with_context(unread)?.len();
        let name = path.file_name().unwrap_or_default().to_string_lossy().replace(['"', '\r', '\n'], "_");
        let head = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        add(Box::new(Cursor::new(head.clone())), head.len() as u64);
        add(Box::new(file.take(size)), size);
        add(Box::new(Cursor::new("\r\n")), 2);
    }
    let end = format!("--{boundary}--\r\n");
    add(Box::new(Cursor::new(end.clone())), end.len() as u64);
    Ok((body, bytes))
}

/// A body that moves a bar as it is read.
struct Watched {
    inner: Box<dyn Read>,
    bytes: u64,
    done: u64,
    bar: Bar,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.done += read as u64;
        self.bar.at(Stage::Reading, self.done, self.bytes, 0);
        Ok(read)
    }
}
