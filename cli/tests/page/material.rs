//! **What the suite looks at: one check with its traces, exported pages, and servers.**

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The cells that are checked, in the order of their traces in the results.
pub(crate) const CELLS: [(&str, &str); 4] = [
    ("content-secret", "malicious-provider"),
    ("query-proves-no-communication", "query-log"),
    ("query-proves-no-communication", "investigator"),
    ("device-place-unknown", "query-log"),
];

/// An exemplar of the gallery.
pub(crate) fn exemplar(name: &str) -> String {
    format!("{}/../traces/gallery/{name}.json", env!("CARGO_MANIFEST_DIR"))
}

/// Results and traces, checked once for all tests.
pub(crate) struct Material {
    directory: TempDir,
}

fn mailcover(directory: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailcover"));
    let output = command.args(args).current_dir(directory).output().expect("mailcover starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "mailcover {}: {stderr}", args.join(" "));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn material() -> &'static Material {
    static MATERIAL: OnceLock<Material> = OnceLock::new();
    MATERIAL.get_or_init(|| {
        let directory = tempfile::tempdir().expect("there is room");
        let mut args = vec!["check", "imessage-2016", "--json", "run.json", "--traces", "traces"];
        for claim in ["content-secret", "query-proves-no-communication", "device-place-unknown"] {
            args.extend(["--claim", claim]);
        }
        for adversary in ["malicious-provider", "query-log", "investigator"] {
            args.extend(["--adversary", adversary]);
        }
        mailcover(directory.path(), &args);
        Material { directory }
    })
}

impl Material {
    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The file of results.
    pub(crate) fn results(&self) -> &'static str {
        let results = self.path("run.json").display().to_string();
        static RESULTS: OnceLock<String> = OnceLock::new();
        RESULTS.get_or_init(|| results)
    }

    /// Results like those of the check, but for what is changed of them.
    pub(crate) fn changed(&self, name: &str, change: impl Fn(&mut Value)) -> String {
        let text = std::fs::read(self.results()).expect("it was written");
        let mut results: Value = serde_json::from_slice(&text).expect("it is JSON");
        results["results"].as_array_mut().expect("it has results").iter_mut().for_each(change);
        std::fs::write(self.path(name), results.to_string()).expect("it is written");
        self.path(name).display().to_string()
    }

    /// The trace of a cell.
    pub(crate) fn trace(&self, claim: &str, adversary: &str) -> String {
        let name = format!("traces/imessage-2016--{claim}--{adversary}.json");
        self.path(&name).display().to_string()
    }

    /// How many steps the first run of a trace has.
    pub(crate) fn steps(&self, claim: &str, adversary: &str) -> usize {
        let text = mailcover(
            self.directory.path(),
            &["trace", "export", &self.trace(claim, adversary), "--to", "json"],
        );
        let account: Value = serde_json::from_str(&text).expect("it is JSON");
        account["runs"][0]["steps"].as_array().expect("it has steps").len()
    }

    /// What `trace show` says that an observer holds after a step, cell by cell.
    pub(crate) fn held(&self, claim: &str, adversary: &str, step: usize, observer: &str) -> Vec<Vec<String>> {
        let step = step.to_string();
        let file = self.trace(claim, adversary);
        let args = ["trace", "show", &file, "--step", &step, "--observer", observer, "--view", "full"];
        let text = mailcover(self.directory.path(), &args);
        let table: Vec<&str> = text.lines().skip_while(|line| !line.ends_with(':')).skip(2).collect();
        let cells = |line: &str| {
            line.trim()
                .split("  ")
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .map(str::to_owned)
                .collect()
        };
        table.into_iter().map(cells).collect()
    }

    /// The page of a trace, as a file.
    pub(crate) fn html(&self, claim: &str, adversary: &str) -> PathBuf {
        let page = self.path(&format!("{claim}-{adversary}.html"));
        let output = page.display().to_string();
        let args = ["trace", "export", &self.trace(claim, adversary), "--to", "html", "--output", &output];
        mailcover(self.directory.path(), &args);
        page
    }

    /// A page whose design says hostile things.
    pub(crate) fn hostile(&self) -> PathBuf {
        let design = "format = 1\nname = \"hostile\"\nextends = \"imessage-2016\"\n\
                      says = \"</script><img src=x onerror=window.pwned=1>\"\n";
        std::fs::write(self.path("hostile.toml"), design).expect("it is written");
        let args = [
            "check",
            "hostile.toml",
            "--claim",
            "device-place-unknown",
            "--html",
            "hostile.html",
            "--traces",
            "hostile",
        ];
        let mut command = Command::new(env!("CARGO_BIN_EXE_mailcover"));
        command.args(args).current_dir(self.directory.path()).output().expect("mailcover starts");
        let trace = self.path("hostile/hostile--device-place-unknown--query-log.json").display().to_string();
        let args = ["trace", "export", &trace, "--to", "html", "--output", "hostile.html"];
        mailcover(self.directory.path(), &args);
        self.path("hostile.html")
    }

    /// The page of a run of so many steps, and how many they are.
    pub(crate) fn long(&self, steps: usize) -> (PathBuf, usize) {
        let page = self.path(&format!("long-{steps}.html"));
        std::fs::write(&page, mailcover_browser::html(&long::book(steps)).expect("it is JSON"))
            .expect("it is written");
        (page, steps)
    }
}

#[path = "long.rs"]
mod long;

/// A server of the program's.
pub(crate) struct Live {
    child: Child,
    /// The address of its page, with the token.
    pub(crate) address: String,
}

impl Live {
    pub(crate) fn start(args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mailcover"));
        let mut child =
            command.arg("browse").args(args).stdout(Stdio::piped()).spawn().expect("mailcover starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("it has a stdout");
        BufReader::new(stdout).read_line(&mut line).expect("it says its address");
        Self { child, address: line.trim().to_owned() }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
