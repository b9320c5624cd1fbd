//! Who serves the guest's heap. Knows nothing of what it is used for.
//!
//! talc, unless a feature names a different one.

// ANCHOR: allocator
#[cfg(all(
    target_family = "wasm",
    not(any(feature = "dlmalloc", feature = "wee_alloc"))
))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(all(target_family = "wasm", feature = "dlmalloc"))]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

#[cfg(all(
    target_family = "wasm",
    feature = "wee_alloc",
    not(feature = "dlmalloc")
))]
#[global_allocator]
static ALLOCATOR: wee_alloc::WeeAlloc = wee_alloc::WeeAlloc::INIT;
// ANCHOR_END: allocator
