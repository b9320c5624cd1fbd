//! Colours for code, given when the book is built, so that a page looks the same with and without
//! JavaScript. The grammars are Sublime Text's, as bat collects them; of their hundreds of scopes the book
//! tells five kinds apart, and `theme/palette.css` has their colours.
//!
//! Coloured blocks are remembered: the grammars take seconds for all pages, and an edit of one page should
//! not.

use std::{cell::LazyCell, fmt::Write, fs, ops::Range, path::PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use sha2::{Digest, Sha256};
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::cache::hex;

/// What a scope begins with, and the class it gets. The innermost scope that is listed decides.
const KINDS: [(&str, Option<&str>); 22] = [
    ("comment", Some("comment")),
    ("string", Some("string")),
    ("constant.character", Some("string")),
    ("constant", Some("number")),
    ("variable.annotation", Some("number")),
    ("meta.annotation", Some("number")),
    ("entity.name", Some("name")),
    ("entity.other.attribute-name", Some("name")),
    ("support", Some("name")),
    ("variable.function", Some("name")),
    ("storage.type.numeric", Some("name")),
    ("keyword.operator.word", Some("keyword")),
    // Operators are punctuation to a reader.
    ("keyword.operator", None),
    ("keyword", Some("keyword")),
    ("storage", Some("keyword")),
    ("variable.language", Some("keyword")),
    ("markup.inserted", Some("added")),
    ("markup.deleted", Some("removed")),
    ("meta.diff.header", Some("comment")),
    ("meta.diff.range", Some("number")),
    // Code inside a string is code.
    ("meta.interpolation", None),
    ("meta.template.expression", None),
];

/// Languages without a grammar, known without loading any.
const PLAIN: [&str; 3] = ["", "console", "text"];

pub struct Highlighter {
    syntaxes: LazyCell<SyntaxSet>,
    kinds: Vec<(Scope, Option<&'static str>)>,
    /// Where coloured blocks are remembered.
    dir: PathBuf,
}

impl Highlighter {
    pub fn new(dir: PathBuf) -> Self {
        let scope = |(prefix, class)| (Scope::new(prefix).expect("a scope"), class);
        Highlighter {
            syntaxes: LazyCell::new(two_face::syntax::extra_newlines),
            kinds: KINDS.into_iter().map(scope).collect(),
            dir,
        }
    }

    /// Writes the page's fenced blocks as HTML, with their words in classes. A block in a language without
    /// a grammar, such as an output, stays as it is.
    pub fn page(&self, text: &str) -> String {
        let mut out = String::new();
        let mut end = 0;
        for block in blocks(text) {
            let Some(code) = self.block(&block) else {
                continue;
            };
            out += &text[end..block.place.start];
            end = block.place.end;
            write!(
                out,
                "<pre><code class=\"language-{}\">{code}</code></pre>",
                block.language
            )
            .expect("writing to a string does not fail");
        }
        out + &text[end..]
    }

    /// A block's code as HTML, remembered under all that it depends on; `None` without a grammar.
    fn block(&self, block: &Block) -> Option<String> {
        if PLAIN.contains(&block.language.as_str()) {
            return None;
        }
        let mut hash = Sha256::new();
        for part in [include_str!("highlight.rs"), &block.language, &block.code] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        let file = self.dir.join(hex(&hash.finalize()));
        if let Ok(code) = fs::read_to_string(&file) {
            return Some(code);
        }
        let syntax = self
            .syntaxes
            .find_syntax_by_token(grammar(&block.language))?;
        let code = self.code(syntax, &block.code);
        // What cannot be remembered is made anew each time.
        let partial = file.with_extension(std::process::id().to_string());
        if fs::create_dir_all(&self.dir).is_ok() && fs::write(&partial, &code).is_ok() {
            let _ = fs::rename(&partial, &file);
        }
        Some(code)
    }

    fn code(&self, syntax: &SyntaxReference, code: &str) -> String {
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        let mut html = Html::default();
        for line in code.split_inclusive('\n') {
            // A grammar that fails on a line leaves the line without colours.
            let changes = state.parse_line(line, &self.syntaxes).unwrap_or_default();
            let mut start = 0;
            for (at, change) in changes {
                html.push(self.class(&scopes), &line[start..at]);
                start = at;
                scopes.apply(&change).unwrap_or_default();
            }
            html.push(self.class(&scopes), &line[start..]);
        }
        html.finish()
    }

    fn class(&self, scopes: &ScopeStack) -> Option<&'static str> {
        let listed = |scope: &Scope| {
            self.kinds
                .iter()
                .find(|(kind, _)| kind.is_prefix_of(*scope))
        };
        scopes.as_slice().iter().rev().find_map(listed)?.1
    }
}

/// A fenced block at the left edge.
struct Block {
    language: String,
    code: String,
    place: Range<usize>,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (event, place) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
                if place.start == 0 || text[..place.start].ends_with('\n') =>
            {
                open = Some(Block {
                    language: language.to_string(),
                    code: String::new(),
                    place,
                });
            }
            Event::Text(code) => {
                if let Some(block) = &mut open {
                    block.code += &code;
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

/// What the grammars call a language, where it is not what the book calls it.
fn grammar(language: &str) -> &str {
    match language {
        "csharp" => "cs",
        "wit" => "rs",
        _ => language,
    }
}

/// Spans, as few as there are changes of class.
#[derive(Default)]
struct Html {
    text: String,
    class: Option<&'static str>,
}

impl Html {
    fn push(&mut self, class: Option<&'static str>, text: &str) {
        if text.is_empty() {
            return;
        }
        if class != self.class && !text.trim().is_empty() {
            self.close();
            if let Some(class) = class {
                write!(self.text, "<span class=\"code-{class}\">")
                    .expect("writing to a string does not fail");
            }
            self.class = class;
        }
        for letter in text.chars() {
            match letter {
                '&' => self.text += "&amp;",
                '<' => self.text += "&lt;",
                '>' => self.text += "&gt;",
                _ => self.text.push(letter),
            }
        }
    }

    fn close(&mut self) {
        if self.class.take().is_some() {
            self.text += "</span>";
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Coloured twice: the second time it is remembered.
    fn page(text: &str) -> String {
        let dir = std::env::temp_dir().join(format!("book-colours-{}", std::process::id()));
        let first = Highlighter::new(dir.clone()).page(text);
        assert_eq!(Highlighter::new(dir).page(text), first, "remembered");
        first
    }

    #[test]
    fn words_of_code_get_the_class_of_their_kind() {
        let html = page("```rust\nlet n = \"a\"; // 1 < 2\n```\n");
        assert_eq!(
            html,
            "<pre><code class=\"language-rust\"><span class=\"code-keyword\">let</span> n = \
             <span class=\"code-string\">\"a\"</span>; <span class=\"code-comment\">// 1 &lt; 2\n</span>\
             </code></pre>\n"
        );
    }

    #[test]
    fn every_language_of_the_book_has_a_grammar() {
        for (language, code) in [
            ("rust", "fn main() {}"),
            ("csharp", "public int Length;"),
            ("js", "const length = 1;"),
            ("toml", "opt-level = \"z\""),
            ("sh", "# a comment"),
            ("wit", "/// a comment"),
        ] {
            let html = page(&format!("```{language}\n{code}\n```\n"));
            assert!(html.contains("<span class=\"code-"), "{language}: {html}");
        }
    }

    #[test]
    fn a_line_of_a_diff_is_marked_with_its_end() {
        let html = page("```diff\n@@ -1 +1 @@\n-a\n+b\n c\n```\n");
        assert!(
            html.contains(
                "<span class=\"code-removed\">-a\n</span><span class=\"code-added\">+b\n</span> c\n"
            ),
            "{html}"
        );
    }

    #[test]
    fn an_output_stays_as_it_is() {
        let text = "```console\n$ just lesson 3\nlet \"1\"\n```\n\n```text\nlet\n```\n";
        assert_eq!(page(text), text);
    }

    #[test]
    fn what_surrounds_a_block_stays_and_a_blank_line_does_not_end_it() {
        let html = page("a\n\n```js\nlet a;\n\nlet b;\n```\n\nb `let`\n");
        assert!(html.starts_with("a\n\n<pre>"), "{html}");
        assert!(html.contains("a;\n\n<span"), "{html}");
        assert!(html.ends_with("</pre>\n\nb `let`\n"), "{html}");
    }

    #[test]
    fn a_span_never_covers_another() {
        let html = page("```js\nconst a = `x ${b + 1} y`;\n```\n");
        let mut depth = 0;
        for tag in html.split('<').skip(1) {
            depth += i32::from(tag.starts_with("span")) - i32::from(tag.starts_with("/span"));
            assert!((0..=1).contains(&depth), "{html}");
        }
        assert_eq!(depth, 0);
    }
}
