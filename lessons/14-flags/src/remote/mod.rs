//! What the server is asked when the definitions cannot decide, and what its answer says. Pure:
//! text in, text out; who sends it, and when again, is left to the client.

mod answer;
mod request;
mod retry;

pub(crate) use answer::is_quota_limited;
pub use answer::{AnswerError, FlagValue, RemoteAnswer, RemoteFlag};
pub use request::{FlagsRequest, RequestError};
pub use retry::{Attempt, LONGEST_RETRY_DELAY, MOST_RETRIES, retry_delay};
