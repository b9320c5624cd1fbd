//! The ring beside a map, and its bytes after damage.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;
use uuid::Uuid;

fn record(text: &[u8]) -> Record<'_> {
    Record {
        uuid: Uuid::from_u128(text.len() as u128),
        given: text.len() % 2 == 1,
        queued_at: 7,
        text,
    }
}

fn exported(bytes: &[u8]) -> Vec<(Uuid, Vec<u8>)> {
    read(bytes)
        .map(|found| match found {
            Found::Record(record) => (record.uuid, record.text.to_vec()),
            Found::Lost(records) => panic!("{records} records lost"),
        })
        .collect()
}

#[derive(Debug, Clone)]
enum Step {
    Push(usize),
    /// Of the records there are, the one at this place, counted round.
    Remove(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![3 => (0_usize..900).prop_map(Step::Push), 2 => (0_usize..4).prop_map(Step::Remove), 1 => any::<usize>().prop_map(Step::Remove)];
    proptest::collection::vec(step, 0..300)
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..ProptestConfig::default() })]

    /// The model is a map from sequence number to text.
    #[test]
    fn the_ring_does_what_a_map_does(steps in steps(), max_bytes in 100_usize..40_000) {
        let mut ring = Ring::new(max_bytes);
        let mut model: BTreeMap<Sequence, Vec<u8>> = BTreeMap::new();
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Push(length) => {
                    let text = std::vec![number as u8; length];
                    let live: usize = model.values().map(|text| RECORD_HEADER + text.len()).sum();
                    match ring.push(record(&text)) {
                        Ok(sequence) => {
                            prop_assert!(model.keys().next_back().is_none_or(|last| *last < sequence));
                            model.insert(sequence, text);
                        }
                        Err(Full) => prop_assert!(
                            BLOCK_HEADER + live + RECORD_HEADER + length + (max_bytes >> 3) > max_bytes,
                            "refused although there was room"
                        ),
                    }
                }
                Step::Remove(place) => {
                    let chosen = (!model.is_empty()).then(|| *model.keys().nth(place % model.len()).unwrap());
                    if let Some(sequence) = chosen {
                        prop_assert!(ring.remove(sequence));
                        prop_assert!(!ring.remove(sequence));
                        model.remove(&sequence);
                    }
                }
            }
            prop_assert_eq!(ring.len(), model.len());
            prop_assert!(ring.bytes().len() <= max_bytes.max(START));
            for (sequence, text) in &model {
                prop_assert_eq!(ring.get(*sequence), Some(record(text)));
            }
            prop_assert_eq!(ring.first(), model.keys().next().copied().unwrap_or(ring.next()));
            let expected: Vec<_> = model.values().map(|text| (record(text).uuid, text.clone())).collect();
            prop_assert_eq!(exported(ring.bytes()), expected);
        }
    }

    #[test]
    fn damaged_bytes_neither_panic_nor_go_on_for_ever(steps in steps(), damage in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..20)) {
        let mut ring = Ring::new(1 << 20);
        for step in steps {
            if let Step::Push(length) = step {
                ring.push(record(&std::vec![b'x'; length])).unwrap();
            }
        }
        let mut bytes = ring.bytes().to_vec();
        for (place, byte) in damage {
            if let Some(place) = place.checked_rem(bytes.len().min(200)) {
                bytes[place] = byte;
            }
        }
        prop_assert!(read(&bytes).count() <= bytes.len() / RECORD_HEADER + 1);
    }
}

#[test]
fn a_ring_in_steady_use_does_not_grow() {
    let mut ring = Ring::new(1 << 20);
    for _ in 0..10_000 {
        let sequence = ring.push(record(&[b'x'; 700])).unwrap();
        ring.remove(sequence.saturating_sub(9));
    }
    assert_eq!(ring.bytes().len(), START);
}

/// What an instance leaves behind if it traps between making a new block and filling it further.
#[test]
fn a_block_made_anew_shows_all_records_before_the_next_is_written() {
    let mut ring = Ring::new(1 << 20);
    let sequences: Vec<_> = (0..5)
        .map(|length| ring.push(record(&std::vec![b'x'; length])).unwrap())
        .collect();
    ring.remove(sequences[0]);
    ring.remove(sequences[2]);
    let before = exported(ring.bytes());
    ring.rebuild(START).unwrap();
    assert_eq!(exported(ring.bytes()), before);
    assert_eq!(before.len(), 3);
}

#[test]
fn bytes_of_something_else_hold_no_records() {
    for bytes in [&b""[..], b"EVQ1", b"EVQ2\x0c\0\0\0\x01\0\0\0", b"{}"] {
        assert_eq!(read(bytes).count(), 0);
    }
}
