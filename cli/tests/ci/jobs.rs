//! **The jobs that `init` writes: they call the program as it is, and take no other file's place.**

use crate::support::{directory, mailcover, text};

/// The commands of the program that a job runs, without what the job's own variables say.
fn commands(job: &str) -> Vec<Vec<String>> {
    let folded = job.replace("\n          --", " --").replace("\n      --", " --");
    let lines =
        folded.lines().map(str::trim).filter(|line| line.starts_with("mailcover ") && !line.ends_with(':'));
    let words = |line: &str| {
        let line = line.split(" > ").next().unwrap_or_default();
        let line =
            line.replace("${{ matrix.shard }}/2", "1/2").replace("\"$CI_NODE_INDEX/$CI_NODE_TOTAL\"", "1/2");
        line.split_whitespace().skip(1).map(str::to_owned).collect()
    };
    lines.map(words).collect()
}

#[test]
fn a_job_stands_beside_the_design_and_runs() {
    for (place, file, jobs) in
        [("github", ".github/workflows/mine.yml", 2), ("gitlab", "mine.gitlab-ci.yml", 1)]
    {
        let here = directory();
        let written = mailcover(here.path(), &["init", "mine", "--ci", place]);
        assert_eq!(written.code, Some(0), "{written:?}");
        assert!(written.stdout.contains(file) && here.path().join("mine.toml").is_file(), "{written:?}");
        let job = text(&here.path().join(file));
        assert!(!job.contains("NAME"), "{job}");
        let commands = commands(&job);
        assert_eq!(commands.len(), jobs, "{job}");
        std::fs::copy(here.path().join("mine.toml"), here.path().join("before.toml"))
            .unwrap_or_else(|error| panic!("{error}"));
        for command in commands {
            let words: Vec<&str> = command.iter().map(String::as_str).collect();
            // A part of the cells that is cheap enough for a test.
            let run = mailcover(here.path(), &[&words[..], &["--claim=retention-bounded"]].concat());
            assert_eq!(run.code, Some(0), "{words:?}: {run:?}");
        }
        for artifact in ["results.json", "junit.xml", "mailcover.sarif", "summary.md"] {
            assert!(here.path().join(artifact).is_file() && job.contains(artifact), "{artifact}");
        }
    }
}

#[test]
fn a_job_for_a_design_that_exists_leaves_it_alone() {
    let here = directory();
    let design = here.path().join("mine.toml");
    crate::support::write(&design, "# Mine.\n");
    let written = mailcover(here.path(), &["init", "mine", "--ci", "gitlab"]);
    assert_eq!(written.code, Some(0), "{written:?}");
    assert_eq!(text(&design), "# Mine.\n");
    let again = mailcover(here.path(), &["init", "mine", "--ci", "gitlab"]);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(again.stderr.contains("mine.gitlab-ci.yml exists already"), "{again:?}");
    assert_eq!(mailcover(here.path(), &["init", "mine", "--ci", "gitlab", "--force"]).code, Some(0));
    assert_eq!(text(&design), "# Mine.\n", "with a job asked for, it is the job that is overwritten");
    assert_eq!(mailcover(here.path(), &["init", "mine", "--force"]).code, Some(0));
    assert_ne!(text(&design), "# Mine.\n");
}
