//! **The rules of the house: who may import whom, what the model never does, how long a file may be.**

use mailcover_tests::repository::{self, File};

/// Each package, and those of the workspace that it may import.
const IMPORTS: [(&str, &[&str]); 8] = [
    ("checker", &[]),
    ("model", &["mailcover-checker"]),
    ("properties", &["mailcover-checker", "mailcover-model"]),
    ("traces", &["mailcover-checker", "mailcover-model", "mailcover-properties"]),
    ("browser", &["mailcover-checker", "mailcover-model", "mailcover-properties", "mailcover-traces"]),
    ("cli", ALL),
    ("tests", ALL),
    ("benches", ALL),
];
const ALL: &[&str] = &[
    "mailcover-browser",
    "mailcover-checker",
    "mailcover-model",
    "mailcover-properties",
    "mailcover-traces",
];

/// The longest that a file of source may be, in lines.
const LONGEST: usize = 400;
/// Longer files, each with the reason.
const LONGER: [(&str, &str); 0] = [];

/// What the model never says: it has no files, clock, environment, output or chance.
const IMPURE: [&str; 7] =
    ["std::fs", "std::time", "std::env", "std::net", "println!", "rand::", "std::process"];

/// The lines of the files that the test picks, as `path:number: line`.
fn lines(files: &[File], picks: impl Fn(&str) -> bool) -> Vec<String> {
    let of = |file: &File| {
        let numbered = file.text.lines().enumerate().filter(|(_, line)| picks(line));
        let named = numbered.map(|(at, line)| format!("{}:{}: {}", file.path, at + 1, line.trim()));
        named.collect::<Vec<_>>()
    };
    files.iter().flat_map(of).collect()
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn packages_import_only_those_below_them() {
    let files = repository::files();
    for manifest in files.iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        let package = manifest.path.trim_end_matches("/Cargo.toml");
        let table: toml::Table = manifest.text.parse().unwrap_or_else(|error| panic!("{package}: {error}"));
        let (_, may) = IMPORTS
            .iter()
            .find(|(known, _)| *known == package)
            .unwrap_or_else(|| panic!("{package} is in no list of this test"));
        for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let Some(imports) = table.get(kind).and_then(toml::Value::as_table) else { continue };
            for import in imports.keys().filter(|import| import.starts_with("mailcover-")) {
                assert!(may.contains(&import.as_str()), "{package} imports {import}");
            }
        }
    }
}

#[test]
fn the_model_is_pure() {
    let mut files = repository::rust();
    files.retain(|file| file.path.starts_with("model/src/"));
    assert!(!files.is_empty());
    none(&lines(&files, |line| IMPURE.iter().any(|word| line.contains(word))));
    let manifest = repository::files().into_iter().find(|file| file.path == "model/Cargo.toml");
    let manifest = manifest.unwrap_or_else(|| panic!("model/Cargo.toml is gone"));
    none(&lines(&[manifest], |line| line.starts_with("rand")));
}

#[test]
fn files_are_short() {
    for file in repository::rust() {
        let length = file.text.lines().count();
        let excused = LONGER.iter().any(|(path, _)| *path == file.path);
        assert!(length <= LONGEST || excused, "{} has {length} lines", file.path);
        assert!(length > LONGEST || !excused, "{} is no longer long; take it off the list", file.path);
    }
}

#[test]
fn nothing_is_unsafe_ignored_or_left_to_do() {
    let mut files = repository::rust();
    files.retain(|file| file.path != "tests/tests/house.rs");
    let words = ["unsafe", "#[ignore", "todo!", "#[allow", "unimplemented!"];
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    none(&lines(&files, |line| words.iter().any(|word| code(line).contains(word))));
    let workspace = repository::files().into_iter().find(|file| file.path == "Cargo.toml");
    assert!(workspace.is_some_and(|file| file.text.contains("unsafe_code = \"forbid\"")));
}

#[test]
fn no_file_knows_the_machine_that_it_was_written_on() {
    let places = ["work", "root", "tmp", "home"].map(|place| format!("/{place}/"));
    let begins = |line: &str, place: &String| {
        let before = |at: usize| line[..at].chars().next_back();
        line.match_indices(place.as_str())
            .any(|(at, _)| before(at).is_none_or(|c| !c.is_alphanumeric() && !"._-/}~".contains(c)))
    };
    none(&lines(&repository::files(), |line| places.iter().any(|place| begins(line, place))));
}

/// Suites of the model that a mutation run leaves out of its two programs, since each takes longer than both together.
const NOT_FOR_EACH_MUTANT: [&str; 2] = ["content", "read_write_sets"];

#[test]
fn a_mutation_run_brings_every_suite_of_the_model() {
    let files = repository::rust();
    let text = |path: &str| files.iter().find(|file| file.path == path).map_or("", |file| file.text.as_str());
    let brought: String = ["quick", "slow"].map(|it| text(&format!("model/tests/mutants/{it}.rs"))).concat();
    let suites = files.iter().filter_map(|file| file.path.strip_prefix("model/tests/")?.strip_suffix(".rs"));
    let suites: Vec<&str> = suites.filter(|suite| !suite.contains('/')).collect();
    assert!(suites.len() > 30, "{suites:?}");
    for suite in suites {
        let times = brought.matches(&format!("\nmod {suite};\n")).count();
        assert_eq!(times, usize::from(!NOT_FOR_EACH_MUTANT.contains(&suite)), "{suite}");
    }
}
