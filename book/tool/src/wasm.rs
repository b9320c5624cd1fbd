//! What a module says of itself: its imports, exports, memory and sections.

use std::io::Write;

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use wasmparser::{Encoding, Parser, Payload};

/// A module, seen from outside.
#[derive(Default)]
pub struct Module {
    /// As `module.name`.
    pub imports: Vec<String>,
    pub exports: Vec<String>,
    /// The exported memory's size at the start, in pages of 64 KiB.
    pub pages: u64,
    /// Name and size in bytes of every section, in the file's order.
    pub sections: Vec<(String, usize)>,
    /// Whether it is a component rather than a core module.
    pub is_component: bool,
}

impl Module {
    /// Reads a module or the outside of a component.
    pub fn read(bytes: &[u8]) -> Result<Module> {
        let mut module = Module::default();
        let mut depth = 0_usize;
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.context("the file is not valid WebAssembly")?;
            match &payload {
                Payload::Version {
                    encoding: Encoding::Component,
                    ..
                } if depth == 0 => module.is_component = true,
                Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
                Payload::End(_) => depth = depth.saturating_sub(1),
                _ if depth > 0 => continue,
                Payload::ImportSection(section) => {
                    for import in section.clone().into_imports() {
                        let import = import?;
                        module
                            .imports
                            .push(format!("{}.{}", import.module, import.name));
                    }
                }
                Payload::ComponentImportSection(section) => {
                    for import in section.clone() {
                        module.imports.push(import?.name.name.to_owned());
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section.clone() {
                        module.exports.push(export?.name.to_owned());
                    }
                }
                Payload::ComponentExportSection(section) => {
                    for export in section.clone() {
                        module.exports.push(export?.name.name.to_owned());
                    }
                }
                Payload::MemorySection(section) => {
                    for memory in section.clone() {
                        module.pages += memory?.initial;
                    }
                }
                _ => {}
            }
            if depth == 0
                && let Some((id, range)) = payload.as_section()
            {
                module.sections.push((
                    section_name(id, &payload),
                    usize::try_from(range.end - range.start)?,
                ));
            }
        }
        Ok(module)
    }

    /// Whether WIT's own description of the world is in the file.
    pub fn has_component_type(&self) -> bool {
        self.sections
            .iter()
            .any(|(name, _)| name.starts_with("custom \"component-type"))
    }
}

fn section_name(id: u8, payload: &Payload) -> String {
    if let Payload::CustomSection(section) = payload {
        return format!("custom {:?}", section.name());
    }
    let names = [
        "custom",
        "type",
        "import",
        "function",
        "table",
        "memory",
        "global",
        "export",
        "start",
        "element",
        "code",
        "data",
        "data count",
        "tag",
    ];
    names
        .get(usize::from(id))
        .map_or_else(|| format!("section {id}"), |name| (*name).to_owned())
}

/// How many bytes gzip makes of it at its best level.
pub fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let done = encoder.write_all(bytes).and_then(|()| encoder.finish());
    done.expect("writing to a vector does not fail").len()
}
