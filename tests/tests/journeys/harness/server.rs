//! The real binary, started and stopped; a warning nobody expected in its log fails the test.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex, OnceLock, mpsc},
    thread,
    time::Duration,
};

/// How long a start may take; generous, because machines under test are busy.
const START_TIMEOUT: Duration = Duration::from_secs(120);

/// The binary under test: `WANGGE_BIN`, or the one in the target folder, brought up to date first.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(path) = std::env::var_os("WANGGE_BIN") {
            return PathBuf::from(path);
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        // The selection of plain `cargo test`: another one has other features, and compiles everything anew.
        let built = Command::new(cargo).current_dir(root).args(["build", "--quiet", "--bins", "--tests"]).status();
        assert!(built.expect("cargo starts").success(), "the binary does not build");
        let test = std::env::current_exe().expect("a test has a path");
        test.ancestors().nth(2).expect("tests lie in target/PROFILE/deps").join("wangge")
    })
}

/// Runs a command of the binary to its end.
pub fn wangge(arguments: &[&str]) -> Output {
    Command::new(binary()).args(arguments).stdin(Stdio::null()).output().expect("the binary starts")
}

/// Everything a finished command said, for messages and searches.
pub fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A running server, killed when dropped.
pub struct Server {
    child: Child,
    /// `HOST:PORT` it listens on.
    pub address: String,
    said: Arc<Mutex<Vec<String>>>,
    expected: Vec<&'static str>,
}

impl Server {
    /// The demo in a data folder, without simulated field work.
    pub fn demo(data: &Path) -> Self {
        Self::demo_with(data, &["--households", "1500", "--calm"])
    }

    /// The demo in a data folder, with these arguments.
    pub fn demo_with(data: &Path, arguments: &[&str]) -> Self {
        let data = data.to_str().expect("a test's folder is text");
        let mut all = vec!["demo", "--bind", "127.0.0.1:0", "--data", data];
        all.extend(arguments);
        Self::start(&all)
    }

    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(binary())
            .args(arguments)
            .env_remove("RUST_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let said = Arc::new(Mutex::new(Vec::new()));
        let (tell, ready) = mpsc::channel();
        listen(child.stdout.take().expect("stdout is piped"), &said, tell.clone());
        listen(child.stderr.take().expect("stderr is piped"), &said, tell);
        let Ok(address) = ready.recv_timeout(START_TIMEOUT) else {
            let _ = child.kill();
            panic!("the server did not say that it listens; it said:\n{}", said.lock().expect("a log").join("\n"));
        };
        Self { child, address, said, expected: Vec::new() }
    }

    /// Address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Lets a warning pass that holds these words: the test provokes it.
    pub fn expect_warning(&mut self, words: &'static str) {
        self.expected.push(words);
    }

    /// Everything said so far.
    pub fn said(&self) -> String {
        self.said.lock().expect("a log").join("\n")
    }

    /// Stops it as a power cut would: kill -9, no chance to tidy up.
    pub fn cut_power(mut self) {
        self.child.kill().expect("a running server can be killed");
        self.child.wait().expect("a killed server ends");
    }

    /// Stops it as an operator would, and checks that it ended well.
    pub fn stop(mut self) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().expect("kill starts");
        assert!(told.success());
        let status = self.child.wait().expect("a stopped server ends");
        assert!(status.success(), "ended with {status}; it said:\n{}", self.said());
    }

    fn complaints(&self) -> Vec<String> {
        let is_complaint = |line: &&String| [" WARN ", " ERROR ", "panicked at"].iter().any(|mark| line.contains(mark));
        let is_unexpected = |line: &&String| !self.expected.iter().any(|words| line.contains(words));
        let said = self.said.lock().expect("a log");
        said.iter().filter(is_complaint).filter(is_unexpected).cloned().collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let complaints = self.complaints();
        if thread::panicking() {
            eprintln!("the server had said:\n{}", self.said());
        } else {
            assert!(complaints.is_empty(), "the server complained:\n{}", complaints.join("\n"));
        }
    }
}

/// Keeps what a stream says, and tells the address once.
fn listen(stream: impl Read + Send + 'static, said: &Arc<Mutex<Vec<String>>>, tell: mpsc::Sender<String>) {
    let said = Arc::clone(said);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if let Some((_, address)) = line.split_once("listening on http://") {
                let address = address.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
                let _ = tell.send(address.to_owned());
            }
            said.lock().expect("a log").push(line);
        }
    });
}
