//! The ways out of the ordinary run: flush, shutdown, opting out.
//!
//! Two of these take events from the queue that no reply has settled. A request that is on its way
//! cannot be called back, so an event reported as [`Output::Dropped`] here may still reach the
//! server; its reply then changes nothing.

use super::{LANES, Machine, Phase, report};
use crate::output::{Drained, DropReason, FlushId, Output};
use crate::time::Now;

impl Machine {
    /// Lets the events queued now leave without waiting for company: neither for `flush_at` nor for
    /// the interval. A wait after a failed attempt is kept, and so is `max_in_flight`.
    /// [`Output::Drained`] with the returned identifier follows when they are all delivered or
    /// dropped, or at `deadline` (monotonic milliseconds) at the latest; what is left then stays
    /// queued.
    pub fn handle_flush(&mut self, now: Now, deadline: u64) -> FlushId {
        self.advance(now);
        let id = self.flush(deadline);
        self.end_flushes();
        id
    }

    /// Refuses events from now on, and lets the queued ones leave as [`Machine::handle_flush`]
    /// does. What is left at `deadline` (monotonic milliseconds) is dropped, requests on their way
    /// included: these may still be delivered. A second call is a flush and nothing more.
    pub fn handle_shutdown(&mut self, now: Now, deadline: u64) -> FlushId {
        self.advance(now);
        let id = self.flush(deadline);
        if !matches!(self.phase, Phase::Closing(_)) {
            self.phase = Phase::Closing(id);
        }
        self.end_flushes();
        id
    }

    /// Takes and sends nothing more until [`Machine::handle_opt_in`], and drops what is queued:
    /// consent that was withdrawn covers no event that has not left. A request on its way has left;
    /// its events are reported as dropped with the others, and may still be delivered. After a
    /// shutdown it changes nothing.
    pub fn handle_opt_out(&mut self, now: Now) {
        self.advance(now);
        if self.phase == Phase::Open {
            self.phase = Phase::OptedOut;
            self.drop_all(DropReason::OptedOut);
            self.end_flushes();
        }
    }

    /// Takes events again.
    pub fn handle_opt_in(&mut self, now: Now) {
        self.advance(now);
        if self.phase == Phase::OptedOut {
            self.phase = Phase::Open;
        }
    }

    fn flush(&mut self, deadline: u64) -> FlushId {
        self.last_flush = self.last_flush.saturating_add(1);
        let id = FlushId(self.last_flush);
        let mut to = [0; LANES];
        for (to, lane) in to.iter_mut().zip(&mut self.lanes) {
            *to = lane.flush();
        }
        self.flushes.push(id, to, deadline);
        id
    }

    /// Reports the flushes that are over, because nothing is left of them or because it is time.
    pub(super) fn end_flushes(&mut self) {
        while let Some((id, mut left)) = self.flushes.over(self.now, &self.lanes) {
            if self.phase == Phase::Closing(id) {
                self.drop_all(DropReason::ShutDown);
                left = 0;
            }
            let drained = Drained { flush: id, left };
            self.outputs.push_back(Output::Drained(drained));
        }
    }

    fn drop_all(&mut self, why: DropReason) {
        let (outputs, counts) = (&mut self.outputs, &mut self.counts);
        for lane in &mut self.lanes {
            lane.drop_all(why, &mut |dropped| report(outputs, counts, dropped));
        }
    }
}
