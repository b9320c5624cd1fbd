//! Breaks one thing at a time in a small repository of its own and shows that
//! the book, or the check, fails and names it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A repository with two lessons, one host and three pages, on disk until dropped.
struct Fixture {
    root: PathBuf,
}

/// What the host prints, and must print, in both lessons.
const SAYS: &str = "1. hello from the host\n";

const PAGE: &str = "# One\n\n\
    ```rust\n{{#include ../../lessons/01-one/src/lib.rs:answer}}\n```\n\n\
    {{#hosts greeting}}\n\n{{#predict What `will` it say?}}\n{{#run}}\n{{/predict}}\n\n\
    ## What can go wrong\n\n### `oh no`\n\n{{#case broken}}\n\n\
    <!-- cmdrun -0 book lesson 1 tests -->\n\n\
    <!-- cmdrun -1 book exercise 1 -->\n\n\
    <!-- cmdrun -0 book exercise 1 --solution -->\n\n\
    It has <!-- cmdrun -0 book figure 1 exports --> exports. [Two](02-two.md#two) follows, which is lesson 2.\n\n{{#next}}\n";

impl Fixture {
    fn new(name: &str) -> Fixture {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What an earlier run left behind.
        drop(fs::remove_dir_all(&root));
        let fixture = Fixture { root };
        fixture.write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"lessons/*\"]\n",
        );
        fixture.write(
            "rust-toolchain.toml",
            &fs::read_to_string(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../rust-toolchain.toml"
            ))
            .unwrap(),
        );
        for file in ["Cargo.toml", "src/cli.rs", "src/pages/mod.rs"] {
            fixture.write(
                &format!("book/tool/{file}"),
                "The real tool lies elsewhere.\n",
            );
        }
        let tool = env!("CARGO_BIN_EXE_book").replace('\\', "/");
        fixture.write(
            "book.toml",
            &format!(
                "[book]\ntitle = \"t\"\nsrc = \"book/src\"\n[build]\nbuild-dir = \"target/book\"\ncreate-missing = false\n\
                 [preprocessor.sources]\ncommand = '\"{tool}\" preprocess sources'\nbefore = [\"links\"]\nrenderers = [\"html\"]\n\
                 [preprocessor.cmdrun]\ncommand = '\"{tool}\" preprocess outputs'\nafter = [\"links\"]\nrenderers = [\"html\"]\n"
            ),
        );
        fixture.write(
            "book/src/SUMMARY.md",
            "- [One](01-one.md)\n- [Two](02-two.md)\n- [Errors](errors.md)\n",
        );
        fixture.write("book/src/01-one.md", PAGE);
        fixture.write(
            "book/src/02-two.md",
            "# Two\n\n{{#predict What?}}\n{{#run}}\n{{/predict}}\n\n<!-- cmdrun -0 book diff 2 -->\n",
        );
        fixture.write(
            "book/src/errors.md",
            "# Errors\n\n{{#errors}}\n{{#lessons}}\n\n{{#specification}}\n",
        );
        for (number, name) in [("01", "one"), ("02", "two")] {
            fixture.lesson(&format!("lessons/{number}-{name}"), name);
        }
        fixture.write(
            "hosts/echo/host.toml",
            "name = \"Echo\"\nfence = \"text\"\norder = 1\nrun = [\"cat\", \"lessons/{lesson}/{program}.txt\"]\n\
             [toolchain]\ncommand = [\"rustc\", \"--version\"]\nat-least = \"1.0\"\ninstall = \"Get Echo.\"\n",
        );
        fixture.write(
            "hosts/echo/lessons/01-one/broken.txt",
            "# ANCHOR: broken\noh no\n# ANCHOR_END: broken\n",
        );
        fixture.write(
            "hosts/echo/lib/greeting.txt",
            "# ANCHOR: greeting\nhello\n# ANCHOR_END: greeting\n",
        );
        fixture.write("hosts/echo/lessons/01-one/main.txt", SAYS);
        fixture.write("hosts/echo/lessons/02-two/main.txt", SAYS);
        fixture.write(
            "lessons/01-one/expected/broken.txt",
            "# ANCHOR: broken\noh no\n# ANCHOR_END: broken\n",
        );
        let lock = fixture.run("cargo", &["generate-lockfile", "--offline"], "false");
        assert!(
            lock.status.success(),
            "{}",
            String::from_utf8_lossy(&lock.stderr)
        );
        fixture
    }

    fn lesson(&self, dir: &str, name: &str) {
        let cases = if name == "one" { "\"broken\"" } else { "" };
        self.write(
            &format!("{dir}/Cargo.toml"),
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n\
                 [features]\nexercise = []\n[[test]]\nname = \"exercise\"\npath = \"exercise/check.rs\"\ntest = false\n\
                 [[example]]\nname = \"{name}-attempt\"\npath = \"src/lib.rs\"\ncrate-type = [\"cdylib\"]\nrequired-features = [\"exercise\"]\n\
                 [[example]]\nname = \"{name}-solution\"\npath = \"src/lib.rs\"\ncrate-type = [\"cdylib\"]\nrequired-features = [\"exercise\"]\n\
                 [package.metadata.lesson]\ntitle = \"{name}\"\nmax-bytes = 2000\n\
                 exports = [\"memory\", \"answer\", \"__data_end\", \"__heap_base\"]\ncases = [{cases}]\n"
            ),
        );
        self.write(
            &format!("{dir}/src/lib.rs"),
            "#![cfg_attr(target_family = \"wasm\", no_std)]\n// ANCHOR: answer\n#[unsafe(no_mangle)]\npub extern \"C\" fn answer() -> u32 {\n    42\n}\n// ANCHOR_END: answer\n\
             #[cfg(target_family = \"wasm\")]\n#[panic_handler]\nfn panic(_: &core::panic::PanicInfo) -> ! {\n    loop {}\n}\n",
        );
        self.write(
            &format!("{dir}/tests/answer.rs"),
            "#[test]\nfn it_answers() {}\n",
        );
        self.write(
            &format!("{dir}/exercise/check.rs"),
            "#[test]\nfn it_is_done() {\n    assert_eq!(std::env::var(\"EXERCISE\").unwrap(), \"solution\");\n}\n",
        );
        self.write(&format!("{dir}/expected/main.txt"), SAYS);
    }

    /// A host after the first, with a program for lesson 2 alone.
    fn second_host(&self, says: &str) {
        let first = fs::read_to_string(self.root.join("hosts/echo/host.toml")).unwrap();
        let second = first
            .replace("\"Echo\"", "\"Second\"")
            .replace("order = 1", "order = 2");
        self.write("hosts/second/host.toml", &second);
        self.write("hosts/second/lessons/02-two/main.txt", says);
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.root.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn replace(&self, file: &str, what: &str, with: &str) {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(what), "{file} has no {what:?}");
        fs::write(path, text.replace(what, with)).unwrap();
    }

    fn run(&self, program: &str, arguments: &[&str], ci: &str) -> Output {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .args(arguments)
            .env("CI", ci)
            .env_remove("CARGO_TARGET_DIR");
        command.output().unwrap_or_else(|error| {
            panic!("`{program}` cannot be started ({error}): `just setup` installs it")
        })
    }

    fn tool(&self, arguments: &[&str]) -> Output {
        self.run(env!("CARGO_BIN_EXE_book"), arguments, "false")
    }

    /// Builds the book; what it wrote to the terminal.
    fn built(&self) -> String {
        let output = self.run("mdbook", &["build"], "false");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        said
    }

    /// Builds the book, which must fail and say all of `words`.
    fn fails_with(&self, words: &[&str]) {
        let output = self.run("mdbook", &["build"], "false");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success(),
            "the book was built, and should have failed with {words:?}"
        );
        for word in words {
            assert!(said.contains(word), "{word:?} is not in\n{said}");
        }
    }

    /// Runs the tool, which must fail and say all of `words`.
    fn refuses(&self, arguments: &[&str], words: &[&str]) {
        let output = self.tool(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success(),
            "`book {arguments:?}` succeeded, and should have failed with {words:?}"
        );
        for word in words {
            assert!(said.contains(word), "{word:?} is not in\n{said}");
        }
    }

    fn html(&self, page: &str) -> String {
        fs::read_to_string(self.root.join("target/book").join(page)).unwrap()
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            fs::remove_dir_all(&self.root).unwrap();
        }
    }
}

#[test]
fn a_sound_book_shows_what_the_terminal_prints() {
    let fixture = Fixture::new("sound");
    fixture.built();
    let html = fixture.html("01-one.html");
    let terminal = String::from_utf8(fixture.tool(&["lesson", "1", "echo"]).stdout).unwrap();
    assert!(
        html.contains(&format!("<code class=\"language-text\">{terminal}")),
        "{terminal}\nis not in\n{html}"
    );
    assert!(html.contains("$ </span><code class=\"language-sh\">just lesson 1 echo</code></pre>"));
    assert!(html.contains("<p class=\"question\">What <code>will</code> it say?</p>"));
    let shown = html.split("<summary>Show what happens</summary>").nth(1);
    assert!(shown.is_some_and(|shown| shown.contains(&terminal)));
    assert!(html.contains("which is <a href=\"02-two.html\">lesson 2</a>"));
    assert!(html.contains("id=\"case-broken-echo\""));
    assert!(html.contains("href=\"#case-broken-echo\""));
    assert!(html.contains("<a class=\"lesson\" href=\"02-two.html\">"));
    assert!(html.contains("It has 4 exports."));
    assert!(html.contains("<p class=\"file guest\">lessons/01-one/src/lib.rs</p>"));
    assert!(html.contains("Executed with rustc"));
    assert!(
        fixture
            .html("errors.html")
            .contains("href=\"01-one.html#oh-no\"")
    );
    let errors = fixture.html("errors.html");
    assert!(errors.contains("<span class=\"lesson-failure\"><code>oh no</code></span>"));
    assert!(errors.contains("<td><code>greeting</code></td><td><code>broken</code></td>"));
}

#[test]
fn a_caption_leads_to_its_lines_unless_the_file_has_changed() {
    let fixture = Fixture::new("captions");
    let book = fs::read_to_string(fixture.root.join("book.toml")).unwrap();
    let url = "[output.html]\ngit-repository-url = \"https://example.com/us\"\n";
    fixture.write("book.toml", &(book + url));
    fixture.write(".gitignore", "target\n");
    let git = |arguments: &[&str]| {
        let output = fixture.run("git", arguments, "false");
        assert!(output.status.success(), "git {arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    let me = ["-c", "user.name=me", "-c", "user.email=me@example.com"];
    git(&[&me[..], &["commit", "--quiet", "--message", "All"]].concat());
    let commit = git(&["rev-parse", "HEAD"]);
    let link = format!(
        "<a href=\"https://example.com/us/blob/{}/lessons/01-one/src/lib.rs#L3-L6\">",
        commit.trim()
    );
    fixture.built();
    let html = fixture.html("01-one.html");
    assert!(html.contains(&link), "{link} is not in\n{html}");
    assert!(html.contains(&format!("/commit/{}\">commit", commit.trim())));
    fixture.replace("lessons/01-one/src/lib.rs", "loop {}", "loop { }");
    fixture.built();
    let html = fixture.html("01-one.html");
    assert!(html.contains("<p class=\"file guest\">lessons/01-one/src/lib.rs</p>"));
    assert!(html.contains("</a> with changes"));
}

#[test]
fn a_host_says_which_case_it_cannot_show_and_why() {
    let fixture = Fixture::new("cannot");
    let host = fs::read_to_string(fixture.root.join("hosts/echo/host.toml")).unwrap();
    let cannot =
        "[[cannot]]\nlesson = \"01-one\"\ncase = \"broken\"\nreason = \"nothing breaks here.\"\n";
    fixture.write("hosts/echo/host.toml", &(host + cannot));
    fs::remove_file(fixture.root.join("hosts/echo/lessons/01-one/broken.txt")).unwrap();
    fixture.built();
    let html = fixture.html("01-one.html");
    assert!(html.contains("<p class=\"skipped\">Echo cannot show this: nothing breaks here.</p>"));
    let checked = fixture.tool(&["check", "hosts"]);
    let said = String::from_utf8(checked.stderr).unwrap();
    assert!(checked.status.success(), "{said}");
    assert!(said.contains("Echo cannot show this: nothing breaks here."));
    fixture.replace("hosts/echo/host.toml", "\"broken\"", "\"gone\"");
    fixture.refuses(
        &["lesson", "1"],
        &["hosts/echo/host.toml: `cannot` names the case \"gone\" of lesson \"01-one\""],
    );
}

#[test]
fn what_hosts_say_and_hold_is_collected_from_those_that_exist() {
    let fixture = Fixture::new("collected");
    fixture.replace(
        "book/src/01-one.md",
        "## What can go wrong",
        "{{#columns types}}\n| Type |\n|---|\n| `i32` |\n\n\
         - [Broken](02-two.md)\n<!-- cmdrun -0 book words \"(gone)|(oh no)\" 1 broken -->\n\n\
         ## What can go wrong",
    );
    fixture.write("hosts/echo/lessons/01-one/types.toml", "i32 = \"`int`\"\n");
    fixture.second_host(SAYS);
    fixture.built();
    let html = fixture.html("01-one.html");
    assert!(html.contains("<th>Echo host</th></tr>"), "{html}");
    assert!(html.contains("<td><code>i32</code></td><td><code>int</code></td>"));
    assert!(html.contains("<li>Echo: <code>oh no</code></li>"), "{html}");
    assert!(html.contains("<li>Second has no program for lesson 1 yet.</li>"));
}

#[test]
fn what_has_not_changed_is_not_executed_again() {
    let fixture = Fixture::new("cache");
    fixture.built();
    let said = fixture.built();
    assert!(said.contains("outputs: 0 executed"), "{said}");
    fixture.replace("book/src/02-two.md", "# Two", "# Two\n\nProse.");
    let said = fixture.built();
    assert!(said.contains("outputs: 0 executed"), "{said}");
    fixture.write("book/tool/src/pages/mod.rs", "Sets pages in another way.\n");
    let said = fixture.built();
    assert!(said.contains("outputs: 0 executed"), "{said}");
    fixture.replace("lessons/02-two/src/lib.rs", "42", "43");
    let said = fixture.built();
    assert!(said.contains("outputs: 2 executed (02-two.md 2)"), "{said}");
    fixture.write("book/tool/src/cli.rs", "Prints something else.\n");
    let said = fixture.built();
    assert!(said.contains(", 0 reused"), "{said}");
}

#[test]
fn a_failure_is_not_remembered() {
    let fixture = Fixture::new("failures");
    fixture.replace("hosts/echo/lessons/01-one/main.txt", "hello", "bye");
    fixture.fails_with(&["bye"]);
    fixture.fails_with(&["bye"]);
}

#[test]
fn a_page_with_a_fault_fails_the_build_with_its_line_and_reason() {
    let fixture = Fixture::new("faults");
    let faults = [
        (
            "lib.rs:answer",
            "lib.rs:gone",
            &["book/src/01-one.md:4:", "ANCHOR: gone"][..],
        ),
        (
            "src/lib.rs:answer",
            "src/gone.rs",
            &["book/src/01-one.md:4:", "gone.rs does not exist"],
        ),
        (
            "{{#hosts greeting}}",
            "{{#hosts gone}}",
            &[
                "book/src/01-one.md:7:",
                "no file of Echo has `ANCHOR: gone`",
            ],
        ),
        (
            "{{#case broken}}",
            "{{#case gone}}",
            &["book/src/01-one.md:17:", "lesson 1 has no case \"gone\""],
        ),
        (
            "book figure 1 exports",
            "book figure 1 gone",
            &[
                "book/src/01-one.md:25:",
                "`book figure 1 gone` ended with 1 instead of 0",
                "there is no figure",
            ],
        ),
        (
            "cmdrun -1 book exercise",
            "cmdrun -0 book exercise",
            &["book/src/01-one.md:21:", "ended with 1 instead of 0"],
        ),
        (
            "cmdrun -0 book lesson",
            "cmdrun book lesson",
            &["book/src/01-one.md:19: `<!-- cmdrun book lesson 1 tests -->` was not understood"],
        ),
        (
            "{{#predict What `will` it say?}}\n{{#run}}\n{{/predict}}",
            "{{#run}}",
            &["book/src/01-one.md:9:", "before anyone could say"],
        ),
        (
            "{{#run}}\n",
            "",
            &["book/src/01-one.md:9:", "this prediction shows no output"],
        ),
        (
            "{{/predict}}\n",
            "",
            &[
                "book/src/01-one.md:9:",
                "this {{#predict}} has no {{/predict}}",
            ],
        ),
        (
            "{{#hosts greeting}}",
            "{{#snippets}}\n1. greeting: One.\n3. greeting: Two.\n{{/snippets}}",
            &["book/src/01-one.md:9: the callout 3 must be 2"],
        ),
        (
            "{{#hosts greeting}}",
            "{{#case broken}}",
            &["book/src/01-one.md:17: the page has #case-broken already"],
        ),
        (
            "{{#hosts greeting}}",
            "{{#columns types}}\n| a |\n|---|\n| `b` |",
            &[
                "book/src/01-one.md:7: hosts/echo/lessons/01-one/types.toml does not exist",
                "Echo's column",
            ],
        ),
        (
            "{{#next}}",
            "",
            &["a lesson ends with {{#next}}, the card of lesson 2"],
        ),
        (
            "lesson 2",
            "lesson 9",
            &["book/src/01-one.md:25: there is no lesson \"9\": choose one of 1, 2"],
        ),
        (
            "[Two](02-two.md#two)",
            "[lesson 1](02-two.md#two)",
            &[
                "book/src/01-one.md:25: the link says \"lesson 1\"",
                "instead of 01-one.md",
            ],
        ),
        (
            "It has",
            "In all three hosts it has",
            &["book/src/01-one.md:25: \"three hosts\" counts hosts"],
        ),
        (
            "book figure 1 exports",
            "book words \"(good day)\" 1 broken",
            &[
                "book/src/01-one.md:25:",
                "the pattern \"(good day)\" with its group is not found",
            ],
        ),
        (
            "02-two.md#two",
            "02-two.md#gone",
            &["book/src/01-one.md:25:", "no heading #gone"],
        ),
        (
            "02-two.md#two",
            "gone.md",
            &["book/src/01-one.md:25:", "no page of the book"],
        ),
        (
            "## What can go wrong",
            "```console\n$ true\n```\n## What can go wrong",
            &["book/src/01-one.md:13:", "a block of `console` is typed"],
        ),
    ];
    for (sound, broken, words) in faults {
        fixture.replace("book/src/01-one.md", sound, broken);
        fixture.fails_with(words);
        fixture.write("book/src/01-one.md", PAGE);
    }
    fixture.built();
}

#[test]
fn another_output_is_refused_with_the_host_and_the_line() {
    let fixture = Fixture::new("output");
    fixture.replace("hosts/echo/lessons/01-one/main.txt", "hello", "bye");
    let words = [
        "Echo prints something else than expected in lesson 1 main, line 1",
        "1. hello from the host",
        "1. bye from the host",
    ];
    fixture.fails_with(&words);
    fixture.refuses(&["lesson", "1"], &words);
    fixture.refuses(&["check", "hosts"], &words);
    let blessed = fixture.tool(&["bless", "1"]);
    assert_eq!(
        String::from_utf8(blessed.stdout).unwrap(),
        "changed: lessons/01-one/expected/main.txt\n"
    );
    fixture.built();
}

#[test]
fn a_guest_that_does_not_build_or_breaks_its_promise_is_refused() {
    let fixture = Fixture::new("guest");
    fixture.replace("lessons/01-one/src/lib.rs", "42", "\"42\"");
    fixture.refuses(
        &["lesson", "1"],
        &["the tests of lesson 1 do not pass", "mismatched types"],
    );
    fixture.replace("lessons/01-one/src/lib.rs", "\"42\"", "42");
    fixture.replace(
        "lessons/01-one/Cargo.toml",
        "max-bytes = 2000",
        "max-bytes = 20",
    );
    fixture.refuses(
        &["check", "ledger"],
        &[
            "lessons/01-one/Cargo.toml",
            "max-bytes is 20, and the guest has",
        ],
    );
    fixture.replace(
        "lessons/01-one/Cargo.toml",
        "max-bytes = 20",
        "max-bytes = 2000",
    );
    fixture.replace("lessons/01-one/src/lib.rs", "fn answer", "fn other");
    fixture.refuses(&["check", "ledger"], &["exports promises", "other"]);
}

#[test]
fn a_failing_test_is_named() {
    let fixture = Fixture::new("test");
    fixture.replace(
        "lessons/01-one/tests/answer.rs",
        "{}",
        "{ panic!(\"no answer\") }",
    );
    fixture.refuses(
        &["lesson", "1", "tests"],
        &[
            "the tests of lesson 1 do not pass",
            "it_answers",
            "no answer",
        ],
    );
}

#[test]
fn an_attempt_that_passes_and_a_solution_that_fails_are_refused() {
    let fixture = Fixture::new("exercise");
    fixture.replace(
        "lessons/01-one/exercise/check.rs",
        "\"solution\"",
        "\"attempt\"",
    );
    fixture.refuses(
        &["check", "exercises"],
        &["exercise 1: the attempt passes", "exercise/attempt.rs"],
    );
    fixture.replace(
        "lessons/01-one/exercise/check.rs",
        "\"attempt\"",
        "\"neither\"",
    );
    fixture.refuses(
        &["check", "exercises"],
        &[
            "exercise 1: the solution fails",
            "exercise/solution.rs",
            "it_is_done",
        ],
    );
}

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod counts {
    use super::*;

    const CHECK: [&str; 2] = ["check", "counts"];

    /// Gives lesson 1 this program to be counted.
    fn benches(fixture: &Fixture, program: &str) {
        let counting = concat!(env!("CARGO_MANIFEST_DIR"), "/../counting");
        fixture.write(
            "lessons/01-one/benches/Cargo.toml",
            &format!(
                "[package]\nname = \"benches\"\nedition = \"2024\"\n[workspace]\n\
                 [dependencies]\ncounting = {{ path = \"{counting}\" }}\n\
                 [[bin]]\nname = \"count\"\npath = \"count.rs\"\n"
            ),
        );
        fixture.write("lessons/01-one/benches/count.rs", program);
        fixture.write("lessons/01-one/benches/counts.txt", "");
    }

    #[test]
    fn a_count_that_moved_and_a_work_that_grows_too_fast_are_refused() {
        let fixture = Fixture::new("counts");
        benches(
            &fixture,
            "use counting::{Growth, Ready, Recorded};\n\
             fn steps(steps: usize) -> Ready {\n    Box::new(move || (0..steps).for_each(|step| _ = std::hint::black_box(step)))\n}\n\
             fn ready(size: usize) -> Ready {\n    steps(size)\n}\n\
             fn main() -> std::process::ExitCode {\n    let recorded = Recorded { name: \"a thousand\", times: (0, 20), ready: Box::new(|| steps(1000)) };\n    \
             counting::main(&[recorded], &[Growth { name: \"steps\", size: 500, ready }])\n}\n",
        );
        fixture.refuses(&CHECK, &["lessons/01-one/benches", "no line `a thousand: "]);
        fixture.tool(&["record-counts"]);
        let checked = fixture.tool(&CHECK);
        let said = String::from_utf8(checked.stderr).unwrap();
        assert!(checked.status.success(), "{said}");

        let program = "lessons/01-one/benches/count.rs";
        fixture.replace(program, "steps(size)", "steps(size * size)");
        fixture.replace(program, "steps(1000)", "steps(2000)");
        fixture.refuses(
            &CHECK,
            &[
                "a thousand takes ",
                " are recorded (+",
                "growth of steps is too fast: ",
                " with 2000, which is 16.0 times as many; less than 6 times are allowed",
            ],
        );
    }

    #[test]
    fn a_program_with_which_the_check_cannot_fail_is_refused() {
        let fixture = Fixture::new("blind");
        benches(
            &fixture,
            "mod counting {\n    #[inline(never)]\n    pub fn measured(steps: u64) {\n        (0..steps).for_each(|step| _ = std::hint::black_box(step));\n    }\n}\n\
             fn main() {\n    match std::env::args().nth(2) {\n        \
             None => print!(\"growth of steps: 500\\n\"),\n        \
             Some(size) => counting::measured(size.parse().unwrap()),\n    }\n}\n",
        );
        fixture.refuses(&CHECK, &["none that is quadratic on purpose"]);
        let program = "lessons/01-one/benches/count.rs";
        fixture.replace(program, "500\\n", "500\\nquadratic growth of steps: 500\\n");
        fixture.refuses(
            &CHECK,
            &["quadratic growth of steps is meant to be refused"],
        );
        fixture.replace(program, "measured", "unseen");
        fixture.refuses(&CHECK, &["growth of steps counts nothing"]);
        fixture.replace(program, "500\\nquadratic", "none\\nquadratic");
        fixture.refuses(&CHECK, &["lists \"growth of steps: none\""]);
    }
}

#[test]
fn a_figure_out_of_a_failed_command_is_a_fault_that_is_not_remembered() {
    let fixture = Fixture::new("figure");
    fixture.replace(
        "book/src/02-two.md",
        "# Two",
        "# Two\n\n<!-- cmdrun -0 book value \"(.+)\" 2 -- cat note.txt -->",
    );
    fixture.fails_with(&["02-two.md:3", "`cat note.txt` ended with 1 instead of 0"]);
    fixture.write("note.txt", "forty-two\n");
    fixture.built();
    assert!(fixture.html("02-two.html").contains("forty-two"));
}

#[test]
fn a_host_may_come_one_lesson_at_a_time() {
    let fixture = Fixture::new("partial");
    fixture.second_host(SAYS);
    let printed = String::from_utf8(fixture.tool(&["lesson", "1"]).stdout).unwrap();
    assert!(
        printed.ends_with(
            "\nEcho\n1. hello from the host\n\nSecond\nSecond has no program for lesson 1 yet.\n"
        ),
        "{printed}"
    );
    let checked = fixture.tool(&["check", "hosts"]);
    let said = String::from_utf8(checked.stderr).unwrap();
    assert!(checked.status.success(), "{said}");
    assert!(said.contains("Second has no program for lesson 1 yet."));
    assert_eq!(
        String::from_utf8(fixture.tool(&["bless", "1"]).stdout).unwrap(),
        "nothing changed\n"
    );
    fixture.built();
    assert!(
        fixture
            .html("01-one.html")
            .contains("Second has no program for this lesson yet.")
    );
}

#[test]
fn nothing_is_accepted_while_two_hosts_differ() {
    let fixture = Fixture::new("bless");
    fixture.second_host("1. good day\n");
    fixture.refuses(
        &["lesson", "2"],
        &[
            "Second prints something else than expected in lesson 2 main, line 1",
            "every host must print this",
        ],
    );
    fixture.refuses(
        &["bless", "2"],
        &[
            "lesson 2: the main program must print the same in every host",
            "Echo    1. hello from the host",
            "Second  1. good day",
        ],
    );
}

#[test]
fn the_version_of_a_hosts_engine_is_read_from_its_lock_file() {
    let fixture = Fixture::new("engine");
    let engine =
        "[engine]\nname = \"Echoer\"\nlock = \"lock.txt\"\nversion = \"echoer ([0-9.]+)\"\n";
    let host = fs::read_to_string(fixture.root.join("hosts/echo/host.toml")).unwrap();
    fixture.write("hosts/echo/host.toml", &(host + engine));
    fixture.write("hosts/echo/lock.txt", "echoer 1.2.3\n");
    fixture.built();
    assert!(fixture.html("01-one.html").contains("Echoer 1.2.3"));
    fixture.write("hosts/echo/lock.txt", "another 1.2.3\n");
    fixture.fails_with(&["hosts/echo/host.toml: lock.txt has no version of Echoer"]);
}

#[test]
fn a_missing_toolchain_is_skipped_aloud_and_required_on_ci() {
    let fixture = Fixture::new("toolchain");
    fixture.replace(
        "hosts/echo/host.toml",
        "at-least = \"1.0\"",
        "at-least = \"999.0\"",
    );
    let printed = String::from_utf8(fixture.tool(&["lesson", "1"]).stdout).unwrap();
    assert!(
        printed.contains("Echo is skipped: `rustc` is 1.")
            && printed.contains("999.0 or newer is needed. Get Echo."),
        "{printed}"
    );
    fixture.replace(
        "book/src/02-two.md",
        "# Two",
        "# Two\n\nIt says <!-- cmdrun -0 book value \"(hello)\" 2 echo -->.",
    );
    fixture.built();
    assert!(fixture.html("01-one.html").contains("Echo is skipped"));
    assert!(
        fixture
            .html("02-two.html")
            .contains("It says not run here.")
    );
    let output = fixture.run(env!("CARGO_BIN_EXE_book"), &["lesson", "1"], "true");
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("CI runs every host. Echo is skipped")
    );
    assert!(!output.status.success());
}

#[test]
fn a_wrong_name_gets_the_right_ones() {
    let fixture = Fixture::new("names");
    fixture.write(
        "lessons/12-later/Cargo.toml",
        "[package]\nname = \"later\"\nedition = \"2024\"\n",
    );
    fixture.write("lessons/12-later/src/lib.rs", "");
    fixture.refuses(
        &["lesson", "12"],
        &["lessons/12-later has no page and no programs yet: choose one of 1, 2"],
    );
    fixture.refuses(
        &["lesson", "9"],
        &["there is no lesson \"9\": choose one of 1, 2"],
    );
    fixture.refuses(
        &["lesson", "1", "ruby"],
        &["there is no host \"ruby\": choose one of echo"],
    );
    fixture.refuses(
        &["lesson", "1", "echo", "oops"],
        &["lesson 1 has no case \"oops\": choose one of broken"],
    );
    fixture.refuses(&["diff", "1"], &["lesson 1 is the first"]);
    fixture.refuses(
        &["inspect", "1", "oops"],
        &["lesson 1 has no variant \"oops\""],
    );
}
