//! One filter: a question about a property, a cohort or another flag.

use alloc::vec::Vec;

use super::Compiler;
use crate::definitions::{Dependency, Expected, Filter, Reference, Test};
use crate::json::{Kind, Malformed, Node, Object, Reading};
use crate::{operator, printed, strict};

/// The value of a filter that has none.
const NULL: &str = "null";

impl Compiler {
    pub(super) fn filter(
        &mut self,
        filter: &Object<'_>,
        in_cohort: bool,
    ) -> Result<Filter, Malformed> {
        match filter.get("type").map(Node::raw) {
            Some("\"cohort\"") => Ok(Filter::Cohort(self.reference(filter)?)),
            Some("\"flag\"") => Ok(Filter::Dependency(self.dependency(filter)?)),
            _ => self.property(filter, in_cohort),
        }
    }

    fn property(&mut self, filter: &Object<'_>, in_cohort: bool) -> Result<Filter, Malformed> {
        let operator = match filter
            .get("operator")
            .filter(|node| node.is_truthy())
            .map(Node::kind)
            .transpose()?
        {
            None => "exact".into(),
            Some(Kind::Text(operator)) => operator,
            Some(_) => return Ok(Filter::Unreadable),
        };
        let Some(Kind::Text(name)) = filter.get("key").map(Node::kind).transpose()? else {
            return Ok(Filter::Unreadable);
        };
        let value = filter.get("value").unwrap_or(Node::NULL);
        let budget = &mut self.regex_budget;
        let test = if self.options.strict {
            let setting = strict::operator::Setting {
                explicit: self.explicit,
                in_cohort,
            };
            strict::operator::Test::compile(&operator, value, setting, budget)?.map(Test::Strict)
        } else {
            operator::Test::compile(&operator, value, budget)?.map(Test::Default)
        };
        Ok(match test {
            Some(test) => Filter::Property {
                name: self.names.index(&name),
                test,
            },
            None => Filter::Unreadable,
        })
    }

    fn reference(&mut self, filter: &Object<'_>) -> Result<Reference, Malformed> {
        let id = match filter.get("value") {
            Some(value) => printed::of_node(value, printed::python)?,
            None => NULL.into(),
        };
        let member = match filter
            .get("operator")
            .filter(|node| node.is_truthy())
            .map(Node::raw)
        {
            None | Some("\"exact\"" | "\"in\"") => Some(true),
            Some("\"not_in\"") => Some(false),
            Some(_) => None,
        };
        Ok(Reference {
            cohort: self.cohort_ids.find(&id),
            member,
        })
    }

    fn dependency(&mut self, filter: &Object<'_>) -> Result<Dependency, Malformed> {
        let key = filter.get("key").filter(|node| node.is_truthy());
        let expected = filter.get_some("value");
        let (Some("\"flag_evaluates_to\""), Some(key), Some(expected)) =
            (filter.get("operator").map(Node::raw), key, expected)
        else {
            return Ok(Dependency::Malformed);
        };
        let chain = match filter.get_some("dependency_chain") {
            Some(chain) => chain.list()?,
            None => Vec::new(),
        };
        if chain.is_empty() {
            return Ok(Dependency::WithoutChain);
        }
        let target = self.keys.index(&key.text()?);
        let chain = chain
            .into_iter()
            .map(|key| Ok(self.keys.index(&key.text()?)))
            .collect::<Result<Vec<_>, _>>()?;
        let expected = match expected.kind()? {
            Kind::Bool(value) => Expected::Bool(value),
            Kind::Text(variant) => Expected::Variant(variant.into()),
            _ => Expected::Other,
        };
        Ok(Dependency::Chain {
            chain: chain.into(),
            target,
            expected,
        })
    }
}
