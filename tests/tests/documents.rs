//! **What the documents say is so: the claims table and the paths of `README.md`, and everybody's commands.**

use mailcover_tests::{pins, repository, table};
use std::collections::BTreeMap;
use std::process::Command;

fn readme() -> String {
    let path = repository::root().join("README.md");
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("README.md: {error}"))
}

/// The pages for users, one after the other.
fn pages() -> String {
    let files = repository::files().into_iter();
    let page = |path: &str| path == "README.md" || (path.starts_with("docs/") && path.ends_with(".md"));
    files.filter(|file| page(&file.path)).map(|file| file.text).collect()
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
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--package", "mailcover-cli", "--"]).args(subcommand).arg("--help");
    let output = command.current_dir(repository::root()).output();
    let output = output.unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The words of a subcommand: those before the first option, path, name or pattern.
fn subcommand<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let nested = words.first().is_some_and(|first| matches!(*first, "trace" | "schema"));
    words.iter().copied().take(if nested { 2 } else { 1 }).collect()
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

#[test]
fn every_path_exists() {
    let text = readme();
    let top = ["model", "properties", "checker", "traces", "cli", "tests", "benches", "docs", "browser"];
    let path = |word: &&str| {
        let begins = top.iter().any(|top| word.strip_prefix(top).is_some_and(|rest| rest.starts_with('/')));
        begins && !word.contains([' ', '*', '<'])
    };
    let missing: Vec<&str> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(path)
        .filter(|path| !repository::root().join(path).exists())
        .collect();
    assert!(missing.is_empty(), "README.md names {}, and there is no such thing", missing.join(", "));
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
                assert!(["run", "install", "test", "build", "bench", "doc"].contains(&words[1]), "{line}");
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
