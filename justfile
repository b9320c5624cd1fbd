# Every recipe is one line; behind it stands the program in book/tool.

book := "cargo run --quiet --package book --"

[private]
default:
    @just --list --unsorted

# Install what is missing, run the lessons, serve the book
serve: setup
    mdbook serve --open

# Install what is missing: Rust's targets, mdbook, each present host's locked dependencies
setup:
    {{book}} setup

# Every test of everything on this machine
test: setup
    cargo test --workspace --quiet
    {{book}} check hosts
    {{book}} check exercises

# Build a lesson, run its tests and its program: `just lesson 3`, `just lesson 3 node`
lesson number *host_and_case:
    @{{book}} lesson {{number}} {{host_and_case}}

# What changed from the lesson before
diff number:
    @{{book}} diff {{number}}

# Sections, imports and exports of a lesson's module
inspect number *variant:
    @{{book}} inspect {{number}} {{variant}}

# Bytes, imports, exports, memory and crates of all lessons
ledger:
    @{{book}} ledger

# Run your attempt at an exercise; --solution runs the answer
exercise number *solution:
    @{{book}} exercise {{number}} {{solution}}

# Accept new outputs; never part of a check
bless *number:
    {{book}} bless {{number}}

# Which host toolchains are here, and what to install for the others
doctor:
    @{{book}} doctor
