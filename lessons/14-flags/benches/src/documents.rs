//! What a client reads and writes beside its evaluations: definitions, the server's answer, a
//! request. Each has as many flags as is asked for, in the shapes and with the members that PostHog
//! sends, those that nobody reads included.

use std::fmt::Write;

use flags::FlagsRequest;

use crate::PROPERTIES;

/// So many flags share a cohort.
const FLAGS_PER_COHORT: usize = 10;

/// Definitions of so many flags: shares of everybody, filters, a cohort, an experiment with
/// payloads, in turn.
pub fn definitions(flags: usize) -> String {
    let mut out = String::from("{\"flags\":[");
    for flag in 0..flags {
        let filters = match flag % 4 {
            0 => {
                r#""groups":[{"properties":[],"rollout_percentage":50,"variant":null}],"payloads":{},"multivariate":null"#
                    .to_owned()
            }
            1 => {
                r#""groups":[{"rollout_percentage":80,"variant":null,"properties":[{"key":"email","type":"person","operator":"icontains","value":"@EXAMPLE.com"},{"key":"plan","type":"person","operator":"exact","value":["free","pro","enterprise"]},{"key":"seats","type":"person","operator":"gt","value":10}]}],"payloads":{"true":"{\"limit\":10}"},"multivariate":null"#
                    .to_owned()
            }
            2 => format!(
                r#""groups":[{{"rollout_percentage":100,"variant":null,"properties":[{{"key":"id","type":"cohort","operator":"in","value":{}}}]}}],"payloads":{{}},"multivariate":null"#,
                flag / FLAGS_PER_COHORT
            ),
            _ => {
                r#""groups":[{"properties":[{"key":"country","type":"person","operator":"regex","value":"^(DE|AT|CH)$"}],"rollout_percentage":100,"variant":null},{"properties":[],"rollout_percentage":25,"variant":"control"}],"payloads":{"blue":"{\"color\":\"navy\"}","green":"\"plain\""},"multivariate":{"variants":[{"key":"control","name":"","rollout_percentage":33.3},{"key":"blue","name":"The \"blue\" one","rollout_percentage":33.3},{"key":"green","name":"","rollout_percentage":33.4}]}"#
                    .to_owned()
            }
        };
        let comma = if flag == 0 { "" } else { "," };
        write!(
            out,
            r#"{comma}{{"id":{flag},"team_id":1,"name":"What flag {flag} is for","key":"flag-{flag}","filters":{{{filters}}},"deleted":false,"active":true,"ensure_experience_continuity":false,"has_encrypted_payloads":false,"version":3}}"#
        )
        .expect("room in memory");
    }
    out.push_str("],\"group_type_mapping\":{\"0\":\"company\",\"1\":\"project\"},\"cohorts\":{");
    for cohort in 0..=flags / FLAGS_PER_COHORT {
        let comma = if cohort == 0 { "" } else { "," };
        write!(
            out,
            r#"{comma}"{cohort}":{{"type":"OR","values":[{{"type":"AND","values":[{{"key":"plan","type":"person","operator":"exact","value":["pro"],"negation":false}},{{"key":"joined","type":"person","operator":"is_date_after","value":"-30d","negation":false}}]}}]}}"#
        )
        .expect("room in memory");
    }
    out.push_str("}}");
    out
}

/// The server's answer with so many flags: on, off, a variant with a payload, in turn.
pub fn answer(flags: usize) -> String {
    let mut out = String::from(r#"{"errorsWhileComputingFlags":false,"flags":{"#);
    for flag in 0..flags {
        let (enabled, variant, payload) = match flag % 3 {
            0 => ("true", "null", "null"),
            1 => ("false", "null", "null"),
            _ => ("true", "\"blue\"", r#""{\"color\":\"navy\"}""#),
        };
        let comma = if flag == 0 { "" } else { "," };
        write!(
            out,
            r#"{comma}"flag-{flag}":{{"key":"flag-{flag}","enabled":{enabled},"variant":{variant},"reason":{{"code":"condition_match","condition_index":0,"description":"Matched condition set 1"}},"metadata":{{"id":{flag},"version":3,"description":null,"payload":{payload},"has_experiment":false}}}}"#
        )
        .expect("room in memory");
    }
    out.push_str(
        r#"},"quotaLimited":[],"requestId":"0f8fad5b-d9cb-469f-a165-70867728950e","evaluatedAt":1769938205123}"#,
    );
    out
}

/// A request as a server's handler makes it: a person with properties, in two groups, for three
/// flags.
pub const REQUEST: FlagsRequest<'static> = FlagsRequest {
    api_key: "phc_demo",
    distinct_id: "user-7",
    groups: r#"{"company":"acme","project":"p-42"}"#,
    person_properties: PROPERTIES,
    group_properties: r#"{"company":{"plan":"enterprise","seats":250,"name":"Acme \"Rockets\""},"project":{"stage":"beta"}}"#,
    geoip_disable: true,
    device_id: Some("0f8fad5b-d9cb-469f-a165-70867728950e"),
    flag_keys: &["flag-1", "flag-2", "flag-3"],
    evaluation_contexts: &[],
};
