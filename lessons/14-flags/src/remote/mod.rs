//! What the server is asked when the definitions cannot decide, and what its answer says. Pure:
//! text in, text out; who sends it, and when again, is left to the client.

mod answer;
mod request;
mod retry;

pub use answer::{AnswerError, FlagValue, RemoteAnswer, RemoteFlag};
pub use request::{FlagsRequest, RequestError};
pub use retry::{Attempt, retry_delay};
