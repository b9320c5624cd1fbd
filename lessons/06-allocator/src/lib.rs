//! Lesson 6: the allocator is a choice.
//!
//! The guest of lesson 5. What serves its heap is chosen by a feature.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod allocator;
mod boundary;
mod capture;
mod event;
mod http;
