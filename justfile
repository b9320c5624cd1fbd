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

# Build a lesson, run its tests and its programs; `just lesson 3 node` in one host
[no-exit-message]
lesson number *host_and_case:
    @{{book}} lesson {{number}} {{host_and_case}}

# What changed from the lesson before
[no-exit-message]
diff number:
    @{{book}} diff {{number}}

# Sections, imports and exports of a lesson's module, or of one of its variants
[no-exit-message]
inspect number *variant:
    @{{book}} inspect {{number}} {{variant}}

# Bytes, imports, exports, memory and crates of all lessons
ledger:
    @{{book}} ledger

# Run your attempt at an exercise; `--solution` runs the answer
[no-exit-message]
exercise number *solution:
    @{{book}} exercise {{number}} {{solution}}

# Accept new outputs; never part of a check
bless *number:
    {{book}} bless {{number}}

# Which toolchains are here, and what to install for the others
doctor:
    @{{book}} doctor

# Every test of everything on this machine
test: setup test-rust test-patterns test-hosts test-exercises

# What CI runs
check: setup format lint spelling test budgets counts pages browser

# Tests of the lessons' guests, of the machines of Part II and of the tool
test-rust:
    {{book}} check rust

[private]
test-patterns:
    cargo test --package flags --features regex --quiet

# Every program in every host prints what it must; every host's own tests
test-hosts:
    {{book}} check hosts

# Every attempt fails untouched, every solution passes
test-exercises:
    {{book}} check exercises

# Rust is formatted
format: format-aside
    cargo fmt --all --check

[private]
format-aside:
    for manifest in lessons/*/benches/Cargo.toml lessons/*/fuzz/Cargo.toml; do cargo fmt --check --manifest-path $manifest || exit 1; done

# Lints of every language
lint: lint-rust lint-guests lint-aside lint-hosts

[private]
lint-rust:
    cargo clippy --workspace --all-targets --features flags/regex --quiet -- --deny warnings

[private]
lint-guests:
    cargo clippy --workspace --exclude book --exclude host --lib --target wasm32-unknown-unknown --quiet -- --deny warnings

[private]
lint-aside:
    for manifest in lessons/*/benches/Cargo.toml lessons/*/fuzz/Cargo.toml; do cargo clippy --manifest-path $manifest --no-default-features --bins --quiet -- --deny warnings || exit 1; done

[private]
lint-hosts:
    {{book}} check lint

# No word is misspelt, no turn of phrase is foreign
spelling:
    typos
    {{book}} check english

# Every guest keeps to its bytes, imports and exports
budgets:
    {{book}} check ledger

# The machines of Part II take the instructions on record, and grow no faster than their input
counts:
    {{book}} check counts

# Accept new counts of instructions; never part of a check
record-counts:
    {{book}} record-counts

# The book builds with nothing remembered: commands, includes, anchors, links, fragments
pages: cold
    mdbook build

[private]
cold:
    {{book}} check cold

# Tabs, themes and search work in a browser, on every page
browser:
    npm --prefix book/browser ci --no-audit --no-fund --silent
    npm --prefix book/browser run check --silent
    npm --prefix book/browser test --silent

# Time of a machine of Part II beside posthog-rs, as a ratio; `just bench 14`
bench number:
    cargo bench --manifest-path lessons/{{number}}-*/benches/Cargo.toml

# Ten minutes of a fuzz target, with nightly and cargo-fuzz; `just fuzz 13 ring_import`
fuzz number target seconds="600":
    cd lessons/{{number}}-*/fuzz && mkdir -p target/found/{{target}} && cargo +nightly fuzz run {{target}} target/found/{{target}} corpus/{{target}} -- -max_total_time={{seconds}}
