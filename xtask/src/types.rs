//! Types of the pages from the server's own description of itself: /openapi.json → web/app/openapi.json → schema.ts.

use crate::{
    paths,
    process::{cargo, command, run},
    system,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
};

/// Writes web/app/openapi.json as the server serves it, and the TypeScript types made from it.
///
/// # Errors
/// When the server does not build or answer, or npm fails.
pub fn write() -> Result<()> {
    run(cargo().args(["build", "--package", "wangge"]))?;
    let document = served_document()?;
    fs::write(paths::app().join("openapi.json"), document)?;
    system::npm_ci(&paths::app())?;
    run(system::npm(&paths::app()).args(["run", "types"]))
}

/// The document of a demo district started for this.
fn served_document() -> Result<Vec<u8>> {
    let data = std::env::temp_dir().join(format!("wangge-openapi-{}", std::process::id()));
    let mut server = command(paths::native_target().join("debug/wangge"))
        .args(["demo", "--calm", "--households", "1000", "--bind", "127.0.0.1:0", "--data"])
        .arg(&data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start the server")?;
    let document = address_of(&mut server).and_then(|address| fetch(&address));
    // It holds nothing worth keeping.
    server.kill()?;
    server.wait()?;
    if data.exists() {
        fs::remove_dir_all(data)?;
    }
    document
}

fn address_of(server: &mut Child) -> Result<String> {
    let said = server.stdout.take().context("the server's output is not captured")?;
    for line in BufReader::new(said).lines() {
        if let Some((_, address)) = line?.split_once("listening on http://") {
            return Ok(address.trim().to_owned());
        }
    }
    bail!("the server ended before it listened")
}

fn fetch(address: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    // HTTP/1.0: the answer comes in one piece and ends with the connection.
    write!(stream, "GET /openapi.json HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let head_end = answer.windows(4).position(|four| four == b"\r\n\r\n").context("the answer has no head")?;
    if !answer.starts_with(b"HTTP/1.0 200") && !answer.starts_with(b"HTTP/1.1 200") {
        bail!("/openapi.json: {}", String::from_utf8_lossy(answer.split(|b| *b == b'\r').next().unwrap_or_default()));
    }
    Ok(answer.split_off(head_end + 4))
}
