//! **What the documents say is so: the claims table of `README.md`, and every document's paths.**
//!
//! Its commands are tested where the program is built, in `cli/tests/commands.rs`.

use mailcover_tests::{pins, repository, table};

/// The folders of the top level that documents name.
const TOP: [&str; 9] =
    ["model", "properties", "checker", "traces", "cli", "tests", "benches", "docs", "browser"];

fn readme() -> String {
    let path = repository::root().join("README.md");
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("README.md: {error}"))
}

#[test]
fn the_claims_table_is_the_generated_one() {
    let text = readme();
    let found = table::between_marks(&text);
    let found = found.unwrap_or_else(|| panic!("README.md lacks {} or {}", table::BEGIN, table::END));
    let lines = |text: &str| text.trim().lines().map(str::to_owned).collect::<Vec<_>>();
    let changes = pins::changes(&lines(found), &lines(&table::markdown()));
    assert!(
        found == table::markdown().trim(),
        "README.md (-) is not what the claims and verdicts give (+):\n{changes}\n{}",
        pins::COMMAND
    );
}

/// The documents of the top level, of `docs/` and of the crates, with their text.
fn documents() -> Vec<(String, String)> {
    let root = repository::root();
    let folders = std::iter::once(String::new()).chain(TOP.map(|top| format!("{top}/")));
    let mut documents = Vec::new();
    for folder in folders {
        let entries =
            std::fs::read_dir(root.join(&folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
        let names =
            entries.map(|entry| entry.unwrap_or_else(|error| panic!("{folder}: {error}")).file_name());
        for name in names.filter_map(|name| name.into_string().ok()).filter(|name| name.ends_with(".md")) {
            let path = format!("{folder}{name}");
            let text =
                std::fs::read_to_string(root.join(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
            documents.push((path, text));
        }
    }
    documents
}

#[test]
fn every_path_exists() {
    let documents = documents();
    assert!(documents.len() > TOP.len() / 2, "only {} documents were found", documents.len());
    let path = |word: &&str| {
        let begins = TOP.iter().any(|top| word.strip_prefix(top).is_some_and(|rest| rest.starts_with('/')));
        begins && !word.contains([' ', '*', '<', '{', '…'])
    };
    let mut missing = Vec::new();
    for (name, text) in &documents {
        let named = text.split('`').skip(1).step_by(2).filter(path);
        let gone = named.filter(|path| !repository::root().join(path).exists());
        missing.extend(gone.map(|path| format!("{name} names {path}, and there is no such thing")));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
