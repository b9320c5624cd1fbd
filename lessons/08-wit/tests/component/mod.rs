//! Wraps a module that carries its WIT into a component, as the book's tool does.

/// The component of a module that wit-bindgen had its hand in.
pub fn of(module: &[u8]) -> Vec<u8> {
    wit_component::ComponentEncoder::default()
        .validate(true)
        .module(module)
        .and_then(|encoder| encoder.encode())
        .expect("the module carries what its component looks like")
}
