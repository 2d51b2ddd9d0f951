//! **What the documents say is so: the tables of `README.md`, and every document's paths.**
//!
//! Its commands are tested where the program is built, in `cli/tests/commands.rs`.

use mailcover_model::design::library;
use mailcover_properties::finding::Verdict;
use mailcover_tests::rows::{self, Found, PARTS, Part};
use mailcover_tests::table::{self, TABLES};
use mailcover_tests::{pins, repository};
use std::collections::{BTreeMap, BTreeSet};

/// The folders of the top level that documents name.
const TOP: [&str; 9] =
    ["model", "properties", "checker", "traces", "cli", "tests", "benches", "docs", "browser"];

fn readme() -> String {
    let path = repository::root().join("README.md");
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("README.md: {error}"))
}

#[test]
fn the_tables_are_the_generated_ones() {
    if pins::pinning() {
        table::rewrite();
    }
    let text = readme();
    for table in TABLES {
        let found = table.within(&text);
        let found = found.unwrap_or_else(|| panic!("README.md lacks {} or {}", table.begin, table.end));
        let lines = |text: &str| text.trim().lines().map(str::to_owned).collect::<Vec<_>>();
        let made = (table.markdown)();
        let changes = pins::changes(&lines(found), &lines(&made));
        assert!(
            found == made.trim(),
            "README.md (-) is not what the claims and verdicts give (+):\n{changes}\n{}",
            pins::COMMAND
        );
    }
}

/// A part of the system of which every claim says the same in every design was not really asked about.
#[test]
fn about_each_part_some_claim_depends_on_the_design_or_on_whom_it_is_put_to() {
    let decided_both_ways = |part: &Part| {
        let claims = rows::about(*part);
        let has = |wanted: Found| claims.iter().any(|(_, found)| *found == wanted);
        has(Found::Both) || has(Found::Holds) && has(Found::Violated)
    };
    let wanting = PARTS.iter().filter(|part| part.page.is_some() != decided_both_ways(part));
    let wanting: Vec<_> = wanting.map(|part| part.id).collect();
    assert!(
        wanting.is_empty(),
        "about {} claims are not decided in both directions, or there is no page",
        wanting.join(", ")
    );
}

/// The claims that say the same in every design about everybody whom both are put to, and not always that it is well.
fn told_apart_by_none() -> BTreeSet<(String, String)> {
    type Fails = BTreeMap<(String, String), bool>;
    let mut claims: BTreeMap<String, Fails> = BTreeMap::new();
    for design in library::names() {
        for pin in pins::of(design).into_iter().filter(|pin| pin.verdict != Verdict::NotApplicable) {
            let put = (design.to_owned(), pin.adversary);
            claims.entry(pin.claim).or_default().insert(put, pin.verdict == Verdict::Violated);
        }
    }
    let alike = |one: &Fails, other: &Fails| {
        let common = || one.iter().filter_map(|(put, fails)| Some((fails, other.get(put)?)));
        common().all(|(fails, too)| fails == too) && common().any(|(fails, _)| *fails)
    };
    let pairs =
        claims.iter().flat_map(|one| claims.range::<String, _>(one.0..).skip(1).map(move |two| (one, two)));
    let alike = pairs.filter(|((_, one), (_, other))| alike(one, other));
    alike.map(|((one, _), (other, _))| (one.clone(), other.clone())).collect()
}

#[test]
fn why_claims_that_fall_together_are_both_there_is_said() {
    let page = "docs/claims-that-fall-together.md";
    let text = std::fs::read_to_string(repository::root().join(page));
    let text = text.unwrap_or_else(|error| panic!("{page}: {error}"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let &[_, one, other, why, _] = cells.as_slice() else { return None };
        let id = |cell: &str| Some(cell.strip_prefix('`')?.strip_suffix('`')?.to_owned());
        assert!(!why.is_empty(), "{page}: {line}");
        Some((id(one)?, id(other)?))
    };
    let said: BTreeSet<(String, String)> = text.lines().filter_map(row).collect();
    assert_eq!(said, told_apart_by_none(), "{page} (left) and the pinned verdicts (right)");
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

#[test]
fn a_state_is_as_large_as_architecture_says() {
    let path = repository::root().join("ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("ARCHITECTURE.md: {error}"));
    let said = format!("holds no pointer, and takes {} bytes.", size_of::<mailcover_model::state::State>());
    assert!(text.contains(&said), "ARCHITECTURE.md lacks: {said}");
}

#[test]
fn the_format_of_designs_says_what_each_table_is_for() {
    let schema = mailcover_model::design::schema::design_schema();
    let properties = schema["properties"].as_object().expect("a design is an object");
    let single = ["format", "name", "says", "main", "extends", "remove_logs"];
    let tables: Vec<&String> = properties.keys().filter(|key| !single.contains(&key.as_str())).collect();
    assert!(tables.len() > 10, "{tables:?}");
    let (_, text) = documents().into_iter().find(|(path, _)| path == "docs/formats.md").expect("it is there");
    for table in tables {
        let rows = [format!("| `[{table}]` | "), format!("| `[[{table}]]` | ")];
        assert!(
            rows.iter().any(|row| text.contains(row)),
            "docs/formats.md does not say what {table} is for"
        );
    }
}

#[test]
fn the_readme_shows_designs_as_they_say_themselves() {
    let text = readme();
    let shown: Vec<_> = text
        .lines()
        .zip(text.lines().skip(1))
        .filter_map(|(name, says)| Some((library::names().into_iter().find(|known| *known == name)?, says)))
        .collect();
    assert!(!shown.is_empty());
    for (name, says) in shown {
        let design = library::load(name).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(says.trim(), design.says, "README.md, of {name}");
    }
}
