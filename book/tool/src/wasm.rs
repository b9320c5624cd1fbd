//! What a module says of itself: its imports, exports, memory and sections.

use std::io::Write;

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use wasmparser::{
    ConstExpr, Encoding, ExternalKind, FuncType, Operator, Parser, Payload, TypeRef, ValType,
};

use crate::ledger::thousands;

/// A module, seen from outside.
#[derive(Default)]
pub struct Module {
    /// As `module.name`.
    pub imports: Vec<String>,
    pub exports: Vec<String>,
    /// What each import is, `(i32, i32) -> i32`, in the order of `imports`; empty for a component.
    pub import_types: Vec<String>,
    /// What each export is, in the order of `exports`; empty for a component.
    pub export_types: Vec<String>,
    /// The memory's size at the start, in pages of 64 KiB.
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
        let mut types = Vec::new();
        let mut functions = Vec::new();
        let mut globals = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.context("the file is not valid WebAssembly")?;
            match &payload {
                Payload::Version {
                    encoding: Encoding::Component,
                    ..
                } if depth == 0 => module.is_component = true,
                Payload::ModuleSection {
                    unchecked_range, ..
                }
                | Payload::ComponentSection {
                    unchecked_range, ..
                } => {
                    if depth == 0 {
                        let kind = if matches!(payload, Payload::ModuleSection { .. }) {
                            "core module"
                        } else {
                            "component"
                        };
                        let size = usize::try_from(unchecked_range.end - unchecked_range.start)?;
                        module.sections.push((kind.into(), size));
                    }
                    depth += 1;
                }
                Payload::End(_) => depth = depth.saturating_sub(1),
                // Of a component too: the memory is that of a module inside.
                Payload::MemorySection(section) => {
                    for memory in section.clone() {
                        module.pages += memory?.initial;
                    }
                }
                _ if depth > 0 => continue,
                Payload::TypeSection(section) => {
                    for ty in section.clone().into_iter_err_on_gc_types() {
                        types.push(ty?);
                    }
                }
                Payload::FunctionSection(section) => {
                    for index in section.clone() {
                        functions.push(index?);
                    }
                }
                Payload::GlobalSection(section) => {
                    for global in section.clone() {
                        globals.push(constant(&global?.init_expr)?);
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.clone().into_imports() {
                        let import = import?;
                        module
                            .imports
                            .push(format!("{}.{}", import.module, import.name));
                        if let TypeRef::Func(index) = import.ty {
                            functions.push(index);
                            module.import_types.push(signature(&types, index));
                        } else {
                            module.import_types.push("not a function".into());
                        }
                    }
                }
                Payload::ComponentImportSection(section) => {
                    for import in section.clone() {
                        module.imports.push(import?.name.name.to_owned());
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section.clone() {
                        let export = export?;
                        module.exports.push(export.name.to_owned());
                        let index = export.index as usize;
                        module.export_types.push(match export.kind {
                            ExternalKind::Func => {
                                let index = functions
                                    .get(index)
                                    .context("an export names a function that is not there")?;
                                signature(&types, *index)
                            }
                            ExternalKind::Global => {
                                format!("global {}", globals.get(index).map_or("", String::as_str))
                            }
                            ExternalKind::Memory => format!("memory of {} pages", module.pages),
                            other => format!("{other:?}").to_lowercase(),
                        });
                    }
                }
                Payload::ComponentExportSection(section) => {
                    for export in section.clone() {
                        module.exports.push(export?.name.name.to_owned());
                    }
                }
                _ => {}
            }
            if depth == 0
                && let Some((id, range)) = payload.as_section()
            {
                module.sections.push((
                    section_name(id, &payload, module.is_component),
                    usize::try_from(range.end - range.start)?,
                ));
            }
        }
        Ok(module)
    }

    /// The module's parts, as a reader sees them.
    pub fn describe(&self, file: &str, bytes: usize) -> String {
        let mut text = format!("{file}: {} bytes\n\nsections\n", thousands(bytes));
        for (name, size) in &self.merged_sections() {
            text += &format!("  {name:<24} {:>8}\n", thousands(*size));
        }
        for (what, names, types) in [
            ("imports", &self.imports, &self.import_types),
            ("exports", &self.exports, &self.export_types),
        ] {
            text += &format!("\n{what}\n");
            if names.is_empty() {
                text += "  none\n";
            }
            let width = names.iter().map(String::len).max().unwrap_or(0);
            for (name, ty) in names.iter().zip(
                types
                    .iter()
                    .map(String::as_str)
                    .chain(std::iter::repeat("")),
            ) {
                text += format!("  {name:<width$}  {ty}").trim_end();
                text.push('\n');
            }
        }
        text
    }

    /// The sections, those of one kind as one: a component has dozens of small ones.
    fn merged_sections(&self) -> Vec<(String, usize)> {
        let mut merged: Vec<(String, usize)> = Vec::new();
        for (name, size) in &self.sections {
            match merged.iter_mut().find(|(known, _)| known == name) {
                Some((_, sum)) if self.is_component => *sum += size,
                _ => merged.push((name.clone(), *size)),
            }
        }
        merged
    }

    /// Whether WIT's own description of the world is in the file.
    pub fn has_component_type(&self) -> bool {
        self.sections
            .iter()
            .any(|(name, _)| name.starts_with("custom \"component-type"))
    }
}

fn signature(types: &[FuncType], index: u32) -> String {
    let Some(ty) = types.get(index as usize) else {
        return "?".into();
    };
    let list = |values: &[ValType]| {
        values
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let results = if ty.results().is_empty() {
        String::new()
    } else {
        format!(" -> {}", list(ty.results()))
    };
    format!("({}){results}", list(ty.params()))
}

/// The value of a global that is one number from the start.
fn constant(expression: &ConstExpr) -> Result<String> {
    Ok(match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => format!("i32 = {value}"),
        Operator::I64Const { value } => format!("i64 = {value}"),
        _ => String::new(),
    })
}

fn section_name(id: u8, payload: &Payload, of_component: bool) -> String {
    if let Payload::CustomSection(section) = payload {
        return format!("custom {:?}", section.name());
    }
    // The same numbers mean other sections in a component than in a module.
    let names: &[&str] = if of_component {
        &[
            "custom",
            "core module",
            "core instance",
            "core type",
            "component",
            "instance",
            "alias",
            "type",
            "canonical function",
            "start",
            "import",
            "export",
        ]
    } else {
        &MODULE_SECTIONS
    };
    names
        .get(usize::from(id))
        .map_or_else(|| format!("section {id}"), |name| (*name).to_owned())
}

/// The sections of a module by their number, as the core specification lists them.
const MODULE_SECTIONS: [&str; 14] = [
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

/// How many bytes gzip makes of it at its best level.
pub fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let done = encoder.write_all(bytes).and_then(|()| encoder.finish());
    done.expect("writing to a vector does not fail").len()
}
