//! **A hash of the sources that decide a verdict, for whoever compares results of two builds.**
//!
//! It is the SHA-256 over all files of the model, its designs, the claims and the checker, in the order of their paths: each
//! path, its length, its text without carriage returns.

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// What decides a verdict, besides the libraries that `Cargo.lock` names.
const DECIDING: [&str; 4] = ["../model/src", "../model/designs", "../properties/src", "../checker/src"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for folder in DECIDING {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in &files {
        let name = file.to_string_lossy().replace('\\', "/");
        let text: Vec<u8> = fs::read(file)?.into_iter().filter(|byte| *byte != b'\r').collect();
        hash.update(format!("{name}\0{}\0", text.len()));
        hash.update(&text);
    }
    println!("cargo::rustc-env=MAILCOVER_MODEL_SHA256={}", hex::encode(hash.finalize()));
    Ok(())
}

/// All files in a folder and those within it.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
