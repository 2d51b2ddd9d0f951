//! **Whether adversaries, claims and expectations speak of what exists.**

use super::Vocabulary;
use super::check::unique;
use super::error::{DesignError, Source, nearest_of, quoted};
use super::layer::{ClaimLayer, ExpectLayer, Knob, Layer, Placed};
use crate::design::{ClaimKind, Design, ObserverName, library};

/// Checks what the layer says of adversaries, claims and verdicts.
pub(super) fn check(
    source: Source<'_>,
    design: &Design,
    base: Option<&Design>,
    layer: &Layer,
    vocabulary: &Vocabulary,
) -> Result<(), DesignError> {
    let check = Check { source, design, base, layer, vocabulary };
    check.duplicates()?;
    check.adversaries()?;
    layer.claim.iter().try_for_each(|claim| check.claim(claim.get(), claim.start()))?;
    layer.expect.iter().try_for_each(|expect| check.expect(expect.get(), expect.start()))
}

struct Check<'a> {
    source: Source<'a>,
    design: &'a Design,
    base: Option<&'a Design>,
    layer: &'a Layer,
    vocabulary: &'a Vocabulary,
}

fn name_at(knob: &Knob<String>) -> Option<(&str, usize)> {
    knob.as_ref().map(|name| (name.get().as_str(), name.start()))
}

impl Check<'_> {
    fn duplicates(&self) -> Result<(), DesignError> {
        let adversaries = self.layer.adversary.iter().filter_map(|one| name_at(&one.get().name));
        unique(self.source, "adversaries", adversaries)?;
        unique(self.source, "claims", self.layer.claim.iter().filter_map(|one| name_at(&one.get().id)))?;
        let pairs: Vec<_> = self.layer.expect.iter().map(|one| (expected(one.get()), one.start())).collect();
        unique(self.source, "expectations", pairs.iter().map(|(pair, at)| (pair.as_str(), *at)))
    }

    /// An adversary of the file's own must not pass for one that every design shares, nor for an observer.
    fn adversaries(&self) -> Result<(), DesignError> {
        for adversary in &self.layer.adversary {
            let adversary = adversary.get();
            if let Some((name, at)) = name_at(&adversary.name)
                && (library::shared_adversary_names().iter().any(|shared| shared == name)
                    || ObserverName::parse(name, &self.design.logs).is_some())
            {
                let message = format!("every design has an adversary or observer called {}", quoted(name));
                return Err(self.source.error(at, message, "choose another name"));
            }
            if let Some(observers) = &adversary.observers
                && observers.get().is_empty()
            {
                let names = ObserverName::names(&self.design.logs).join(", ");
                return Err(self.source.error(
                    observers.start(),
                    "an adversary without an observer sees nothing",
                    format!("name at least one of {names}"),
                ));
            }
        }
        Ok(())
    }

    fn claim(&self, claim: &ClaimLayer, start: usize) -> Result<(), DesignError> {
        if let Some((id, at)) = name_at(&claim.id) {
            let inherited = self.base.is_some_and(|base| base.claims.iter().any(|claim| claim.id == id));
            if inherited || self.vocabulary.claims.iter().any(|known| known.id == id) {
                let message = format!("there is a claim called {} already", quoted(id));
                return Err(self.source.error(
                    at,
                    message,
                    "choose another id, so that each names one sentence",
                ));
            }
        }
        self.absence(claim)?;
        let Some(to) = &claim.to else { return Ok(()) };
        if to.get().is_empty() {
            let names = self.design.adversary_names().join(", ");
            return Err(self.source.error(
                start,
                "the claim speaks of no adversary, so it would never be checked",
                format!("let `to` name at least one of {names}"),
            ));
        }
        to.get().iter().try_for_each(|name| self.adversary(name))?;
        unique(
            self.source,
            "entries of one `to`",
            to.get().iter().map(|name| (name.get().as_str(), name.start())),
        )
    }

    /// `absent` turns a claim about an event round, which not every kind of claim can be.
    fn absence(&self, claim: &ClaimLayer) -> Result<(), DesignError> {
        let (Some(absent), Some(kind)) = (&claim.absent, &claim.kind) else { return Ok(()) };
        let why = match kind.get() {
            ClaimKind::NeverKnownWhether => "knowing whether it happened is knowing whether it did not",
            ClaimKind::Never | ClaimKind::Reachable => "every run begins without the event",
            ClaimKind::NeverKnown | ClaimKind::Known => return Ok(()),
        };
        if !absent.get() {
            return Ok(());
        }
        let message = format!("`absent` says nothing in a claim of this kind, since {why}");
        Err(self.source.error(absent.start(), message, "leave it out, or choose never-known or known"))
    }

    fn adversary(&self, name: &Placed<String>) -> Result<(), DesignError> {
        if self.design.adversary(name.get()).is_some() {
            return Ok(());
        }
        Err(self.source.error(
            name.start(),
            format!("this design has no adversary or observer called {}", quoted(name.get())),
            nearest_of(name.get(), &self.design.adversary_names(), "it has"),
        ))
    }

    fn expect(&self, expect: &ExpectLayer, start: usize) -> Result<(), DesignError> {
        let (Some(claim), Some(adversary)) = (&expect.claim, &expect.adversary) else { return Ok(()) };
        let own = self.design.claims.iter().map(|own| (&own.id, &own.to));
        let all: Vec<_> =
            own.chain(self.vocabulary.claims.iter().map(|known| (&known.id, &known.to))).collect();
        if let Some((id, to)) = all.iter().find(|(id, _)| *id == claim.get()) {
            if to.contains(adversary.get()) {
                return self.adversary(adversary);
            }
            return Err(self.source.error(
                adversary.start(),
                format!("the claim {} is not put to {}", quoted(id), quoted(adversary.get())),
                nearest_of(adversary.get(), to, "it is put to"),
            ));
        }
        if self.vocabulary.claims.is_empty() {
            return self.adversary(adversary);
        }
        let ids: Vec<&String> = all.iter().map(|(id, _)| *id).collect();
        let message = format!("no claim is called {}", quoted(claim.get()));
        Err(self.source.error(claim.start().max(start), message, nearest_of(claim.get(), &ids, "there are")))
    }
}

/// What an expectation is of, as one name.
fn expected(expect: &ExpectLayer) -> String {
    let part = |knob: &Knob<String>| knob.as_ref().map(|name| name.get().clone()).unwrap_or_default();
    format!("{} to {}", part(&expect.claim), part(&expect.adversary))
}
