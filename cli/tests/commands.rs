//! **The commands of `README.md` and of the pages in `docs/` are commands that the program takes.**

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The pages for users, one after the other.
fn pages() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let entries = std::fs::read_dir(root.join("docs")).unwrap_or_else(|error| panic!("docs: {error}"));
    let pages = entries.map(|entry| entry.unwrap_or_else(|error| panic!("docs: {error}")).path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let read = |path| std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{error}"));
    std::iter::once(root.join("README.md")).chain(pages).map(read).collect()
}

/// The commands in fenced blocks of `sh`, without prompts, comments and continuation lines.
fn commands(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut within = false;
    for line in text.replace("\\\n", " ").lines() {
        match line.trim() {
            "```sh" | "```console" | "```bash" => within = true,
            "```" => within = false,
            line if within => {
                let line = line.trim_start_matches("$ ").split(" #").next().unwrap_or_default().trim();
                if line.starts_with("mailcover ") || line.starts_with("cargo ") {
                    commands.push(line.to_owned());
                }
            }
            _ => {}
        }
    }
    commands
}

/// What the program says of a subcommand's arguments.
fn help(subcommand: &[String]) -> Option<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_mailcover")).args(subcommand).arg("--help").output();
    let output = output.unwrap_or_else(|error| panic!("mailcover does not start: {error}"));
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The words of a subcommand: those before the first option, path, name or pattern.
fn subcommand<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let nested = words.first().is_some_and(|first| matches!(*first, "trace" | "schema"));
    words.iter().copied().take(if nested { 2 } else { 1 }).collect()
}

#[test]
fn every_command_is_one_that_the_program_takes() {
    let commands = commands(&pages());
    assert!(commands.iter().any(|line| line.starts_with("cargo install --path cli")), "{commands:?}");
    assert!(commands.iter().any(|line| line.contains("mailcover check") || line.contains("-- check")));
    let mut known = BTreeMap::new();
    for line in commands {
        let words: Vec<&str> = line.split_whitespace().collect();
        let words = match words.iter().position(|word| *word == "--") {
            Some(at) if words.starts_with(&["cargo", "run"]) => &words[at + 1..],
            _ if words[0] == "mailcover" => &words[1..],
            _ => {
                assert!(
                    ["run", "install", "test", "build", "bench", "doc", "mutants"].contains(&words[1]),
                    "{line}"
                );
                continue;
            }
        };
        let subcommand: Vec<String> = subcommand(words).into_iter().map(str::to_owned).collect();
        let help = known.entry(subcommand).or_insert_with_key(|words| help(words));
        let help = help.as_ref().unwrap_or_else(|| panic!("there is no `{line}`"));
        for option in words.iter().filter(|word| word.starts_with("--")) {
            let name = option.split('=').next().unwrap_or_default();
            assert!(help.contains(name), "`{line}`: there is no {name}");
        }
    }
}
