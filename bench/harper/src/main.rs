// Lints the files and folders named after it with all of harper-core's default rules, on one thread.
use std::{env, fs, path::PathBuf};
use harper_core::linting::{LintGroup, Linter};
use harper_core::spell::FstDictionary;
use harper_core::{Dialect, Document};

fn main() {
    let dictionary = FstDictionary::curated();
    let mut linter = LintGroup::new_curated(dictionary.clone(), Dialect::American);
    let mut found = 0;
    for argument in env::args().skip(1) {
        let path = PathBuf::from(argument);
        let mut files: Vec<PathBuf> = if path.is_dir() {
            fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect()
        } else {
            vec![path]
        };
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let document = Document::new_plain_english(&text, &*dictionary);
            found += linter.lint(&document).len();
        }
    }
    println!("{found}");
}
