//! How a batch ends: what a reply, or none, does to its events, and who hears of those that are
//! lost.
//!
//! An event leaves the ring here and nowhere else, so that it is delivered, queued or dropped, and
//! never two of these.

use super::{Lane, uuids_of};
use crate::batch::{Batch, State};
use crate::output::{DropReason, Dropped, RequestId};
use crate::random::Random;
use crate::redact::MAX_SHOWN;
use crate::reply::{FailureKind, Judgement, Response, Verdict, backoff_ms, judge};
use crate::ring::{Ring, Sequence};
use crate::time::Now;
use crate::uuids;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use uuid::Uuid;

/// What came back for a request.
pub(crate) enum Outcome<'a> {
    Reply(&'a Response<'a>),
    Failure(FailureKind),
}

impl Lane {
    /// Lets what came back decide about the batch; reports what is lost.
    pub(crate) fn settle(
        &mut self,
        now: Now,
        request: RequestId,
        outcome: &Outcome<'_>,
        random: &mut Random,
        report: &mut dyn FnMut(Dropped),
    ) {
        let Some(place) = self
            .batches
            .iter()
            .position(|batch| batch.state == State::InFlight(request))
        else {
            return;
        };
        let judgement = match outcome {
            Outcome::Reply(response) => judge(self.template.protocol, response, now),
            Outcome::Failure(kind) => Judgement::Again {
                error: kind.sentence().to_owned(),
                wait_ms: 0,
            },
        };
        let mut batch = self.batches.remove(place);
        let (retry, wait_ms, error, why) = match judgement {
            Judgement::Taken {
                exceptions,
                wait_ms,
            } => {
                let queued = batch.members.len();
                let again = deliver(&mut self.ring, self.key, &mut batch, &exceptions);
                let gone = queued.saturating_sub(batch.members.len());
                self.delivered = self.delivered.saturating_add(gone as u64);
                (
                    again,
                    wait_ms,
                    "the server asked for another attempt each time".to_owned(),
                    DropReason::RetriesExhausted,
                )
            }
            Judgement::Again { error, wait_ms } => {
                (true, wait_ms, error, DropReason::RetriesExhausted)
            }
            Judgement::Never { error } => (false, 0, error, DropReason::Rejected),
        };
        if retry && let Some(n) = batch.next_retry(self.max_retries) {
            let wait = backoff_ms(n, wait_ms);
            let jitter = random.up_to(wait.wrapping_mul(self.jitter_percent) / 100);
            batch.state = State::Waiting(now.monotonic.saturating_add(wait).saturating_add(jitter));
            self.batches.insert(place, batch);
            return;
        }
        self.end(&batch, why, &error, report);
    }

    /// Reports what is left of a batch, and takes it out of the queue.
    fn end(
        &mut self,
        batch: &Batch,
        why: DropReason,
        error: &str,
        report: &mut dyn FnMut(Dropped),
    ) {
        let mut details = String::new();
        for member in &batch.members {
            if let (Some(text), Some(record)) = (&member.refused, self.ring.get(member.sequence)) {
                if details.len() >= MAX_SHOWN {
                    details.push_str("; …");
                    break;
                }
                details.push_str(if details.is_empty() { "" } else { "; " });
                details.push_str(
                    record
                        .uuid
                        .hyphenated()
                        .encode_lower(&mut [0; uuid::fmt::Hyphenated::LENGTH]),
                );
                details.push_str(": ");
                details.push_str(text);
            }
        }
        let those = |refused| {
            batch
                .members
                .iter()
                .filter(move |member| member.refused.is_some() == refused)
                .map(|member| member.sequence)
        };
        self.drop_events(
            &mut those(true),
            DropReason::RefusedByServer,
            &details,
            report,
        );
        self.drop_events(&mut those(false), why, error, report);
    }

    /// Gives up everything in the queue and every reply still to come.
    pub(crate) fn drop_all(&mut self, why: DropReason, report: &mut dyn FnMut(Dropped)) {
        self.batches.clear();
        self.unsent = self.ring.next();
        self.unsent_bytes = 0;
        let all = &mut (self.ring.first()..self.ring.next());
        self.drop_events(all, why, why.sentence(), report);
    }

    fn drop_events(
        &mut self,
        sequences: &mut dyn Iterator<Item = Sequence>,
        why: DropReason,
        error: &str,
        report: &mut dyn FnMut(Dropped),
    ) {
        let mut events = String::from("[");
        let mut how_many: usize = 0;
        for sequence in sequences {
            let Some(record) = self.ring.get(sequence) else {
                continue;
            };
            events.push_str(if how_many == 0 { "" } else { "," });
            events.push_str(core::str::from_utf8(record.text).unwrap_or("null"));
            how_many = how_many.saturating_add(1);
            self.ring.remove(sequence);
        }
        events.push(']');
        if how_many > 0 {
            report(Dropped {
                how_many,
                why,
                error: error.to_owned(),
                events,
            });
        }
    }
}

/// Takes the delivered events of a batch out of the queue; returns whether any is to be sent again.
fn deliver(
    ring: &mut Ring,
    key: uuids::Key,
    batch: &mut Batch,
    exceptions: &[(Uuid, Verdict)],
) -> bool {
    let mut verdicts = Vec::new();
    if !exceptions.is_empty() {
        verdicts.resize(batch.members.len(), None);
        let places = uuids_of(ring, key, &batch.members);
        for (uuid, verdict) in exceptions {
            let place = places.find(*uuid).and_then(|place| verdicts.get_mut(place));
            if let Some(place) = place {
                *place = Some(verdict);
            }
        }
    }
    let mut verdicts = verdicts.into_iter();
    let mut again = false;
    batch.members.retain_mut(|member| {
        let verdict = verdicts.next().flatten();
        if member.refused.is_some() {
            return true;
        }
        match verdict {
            Some(Verdict::Retry) => again = true,
            Some(Verdict::Drop { details }) => member.refused = Some(details.clone()),
            None => {
                ring.remove(member.sequence);
                return false;
            }
        }
        true
    });
    again
}
