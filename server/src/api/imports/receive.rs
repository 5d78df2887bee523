//! `POST /api/imports`: fields first, then files, each streamed to disk as it comes.

use super::paced::{Gauge, paced};
use super::{ImportUpload, JobAnswer};
use crate::api::asked::{Asked, Nothing, flag};
use crate::api::problem::{Answer, Problem, short};
use crate::auth::{Identity, Role};
use crate::import::jobs::{Job, JobError, Jobs, Upload};
use crate::import::{ImportOptions, ImportRequest};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Longest value of a field, bytes.
const FIELD_BYTES: usize = 4096;
/// Most fields; a kind has a few dozen, each of which may be mapped.
const MOST_FIELDS: usize = 200;
/// Name of the parts that are files.
const FILE: &str = "file";
/// Most bytes read and thrown away so that a client still sending can hear the refusal.
const DRAIN_BYTES: u64 = 64 << 20;
/// Pieces of a file on their way to the disk.
const ON_THE_WAY: usize = 8;

/// Takes in files to be looked at.
///
/// The fields of [`ImportUpload`] come before the files; several files are one import. Nothing is taken into the
/// district before `/api/imports/{id}/confirm`.
#[utoipa::path(
    post,
    path = "/api/imports",
    operation_id = "receive_import",
    tag = "imports",
    request_body(content = ImportUpload, content_type = "multipart/form-data"),
    responses(
        (status = 202, description = "The files are here and will be looked at", body = Job, headers(("location" = String, description = "Address of the import"))),
        (status = "default", description = "Refused; nothing stays", body = crate::api::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn receive(
    identity: Identity,
    Extension(jobs): Extension<Arc<Jobs>>,
    _: Asked<Nothing>,
    request: Request,
) -> Answer<JobAnswer> {
    identity.at_least(Role::Admin)?;
    let told = request.headers().get(header::CONTENT_TYPE).map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned());
    let (head, body) = request.into_parts();
    let (body, gauge) = paced(body);
    let parts = Multipart::from_request(Request::from_parts(head, body), &()).await;
    let mut parts = parts.map_err(|_| Problem::multipart_type(&told.unwrap_or_default()))?;
    let received = match jobs.receive() {
        Ok(upload) => take_parts(upload, &mut parts, &gauge).await,
        Err(error) => Err(error.into()),
    };
    if received.is_err() {
        gauge.release();
        gauge.limit_rest(DRAIN_BYTES);
        while let Ok(Some(_)) = parts.next_field().await {
            gauge.release();
        }
    }
    Ok(JobAnswer(StatusCode::ACCEPTED, received?))
}

/// What goes to the thread that writes.
enum Word {
    Begin(String),
    Bytes(Bytes),
    End(ImportOptions),
}

/// Writes what comes. An upload whose end never comes, because its client went away, is as if it had never been.
fn write(mut upload: Upload, mut words: mpsc::Receiver<Word>) -> Result<Option<Job>, JobError> {
    while let Some(word) = words.blocking_recv() {
        match word {
            Word::Begin(name) => upload.begin(&name)?,
            Word::Bytes(bytes) => upload.write(&bytes)?,
            Word::End(options) => return upload.finish(options).map(Some),
        }
    }
    Ok(None)
}

async fn take_parts(upload: Upload, parts: &mut Multipart, gauge: &Gauge) -> Answer<Job> {
    let (sender, words) = mpsc::channel(ON_THE_WAY);
    let writer = tokio::task::spawn_blocking(move || write(upload, words));
    let sent = send_parts(parts, gauge, &sender).await;
    drop(sender);
    let written = writer.await.map_err(Problem::internal)?;
    // What the writer says is why sending ended, where it says something.
    let job = written?;
    sent?;
    job.ok_or_else(|| Problem::internal("an upload ended without an end"))
}

async fn send_parts(parts: &mut Multipart, gauge: &Gauge, words: &mpsc::Sender<Word>) -> Answer<()> {
    let mut form = Form::default();
    let mut files = 0usize;
    while let Some(part) = parts.next_field().await.map_err(|error| unreadable(&error, gauge))? {
        gauge.release();
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(str::to_owned) else {
            if files > 0 {
                let detail = format!("{}: a field came after a file; send every field first", short(&name));
                return Err(Problem::body(detail).about(&name, None));
            }
            let value = text(part, &name, gauge).await?;
            form.put(&name, value)?;
            continue;
        };
        if name != FILE {
            let detail = format!("{:?} is no part that takes a file; files come in parts named {FILE:?}", short(&name));
            return Err(Problem::body(detail).about(&name, None));
        }
        if files == 0 {
            // Asked before anything is written: a wrong word is known now, not after gigabytes.
            ImportRequest::understand(&form.options, Vec::new()).map_err(JobError::Option)?;
        }
        files += 1;
        // A writer that has ended says itself why.
        if words.send(Word::Begin(file_name)).await.is_err() || !pass_on(part, gauge, words).await? {
            return Ok(());
        }
    }
    let _ = words.send(Word::End(form.options)).await;
    Ok(())
}

/// Hands a file on; false when nobody takes it any more.
async fn pass_on(mut part: Field<'_>, gauge: &Gauge, words: &mpsc::Sender<Word>) -> Answer<bool> {
    while let Some(bytes) = part.chunk().await.map_err(|error| unreadable(&error, gauge))? {
        gauge.release();
        if words.send(Word::Bytes(bytes)).await.is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The text of a field.
async fn text(mut part: Field<'_>, name: &str, gauge: &Gauge) -> Answer<String> {
    let mut read = Vec::new();
    while let Some(bytes) = part.chunk().await.map_err(|error| unreadable(&error, gauge))? {
        gauge.release();
        if read.len() + bytes.len() > FIELD_BYTES {
            let detail = format!("{}: longer than {FIELD_BYTES} bytes, which no field is", short(name));
            return Err(Problem::body(detail).about(name, None));
        }
        read.extend_from_slice(&bytes);
    }
    String::from_utf8(read).map_err(|_| Problem::body(format!("{}: not UTF-8", short(name))).about(name, None))
}

fn unreadable(error: &MultipartError, gauge: &Gauge) -> Problem {
    if gauge.is_overrun() {
        return Problem::body("the head of a part does not end; each part is a head, an empty line and its content");
    }
    Problem::body(format!("the multipart body cannot be read: {}", error.body_text()))
}

/// The fields so far.
#[derive(Debug, Default)]
struct Form {
    options: ImportOptions,
    given: Vec<String>,
}

impl Form {
    /// Takes a field in.
    fn put(&mut self, name: &str, value: String) -> Answer<()> {
        if self.given.len() >= MOST_FIELDS {
            return Err(Problem::body(format!("more than {MOST_FIELDS} fields; there are not so many to give")));
        }
        if name != "map" && self.given.iter().any(|given| given == name) {
            let detail = format!("{}: given twice; only map may be", short(name));
            return Err(Problem::body(detail).about(name, None));
        }
        let options = &mut self.options;
        let wanted = |text: String| Some(text).filter(|text| !text.is_empty());
        match name {
            "kind" => options.kind = value,
            "crs" => options.crs = wanted(value),
            "trust_crs" => options.trust_crs = flag(name, &value)?,
            "map" => options.map.push(value),
            "layer" => options.layer = wanted(value),
            "encoding" => options.encoding = wanted(value),
            "partial" => options.partial = flag(name, &value)?,
            "repair_m" => options.repair_m = metres(name, &value)?,
            _ => {
                let known = "kind, crs, trust_crs, map, layer, encoding, partial, repair_m and then file";
                let detail = format!("field {:?} is not known; known are {known}", short(name));
                return Err(Problem::body(detail).about(&short(name), None));
            }
        }
        self.given.push(name.to_owned());
        Ok(())
    }
}

/// A number of metres; none when the field is empty. What is sensible is for the import to say.
fn metres(name: &str, text: &str) -> Answer<Option<f64>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Problem::parameter(name, text, format!("{:?} is not a number", short(text))))
}
