//! The one program behind `just` and behind the pages of the book.
//!
//! Lessons and hosts are found in their folders, never by name: adding either
//! touches no code here. What a page prints and what the terminal prints come
//! out of the same functions.

mod cache;
mod check;
mod cli;
mod counts;
mod diff;
mod doctor;
mod english;
mod exercise;
mod guest;
mod ledger;
mod lesson;
mod normalise;
mod pages;
mod process;
mod program;
mod repo;
mod server;
mod show;
mod wasm;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
