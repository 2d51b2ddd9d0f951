//! **The names of observers and of adversaries, and whom they mean in a design.**
//!
//! A claim may name an adversary of the design's own, one of those that every design shares, or a single
//! observer, who is then an adversary without capabilities.

use crate::design::{Adversary, Design, Log, ObserverName, library};
use crate::world::User;
use enumset::EnumSet;

impl ObserverName {
    /// The observer that files call by this name, in a design with these logs.
    #[must_use]
    pub fn parse(name: &str, logs: &[Log]) -> Option<Self> {
        Self::all(logs).into_iter().find(|observer| observer.name() == name)
    }

    /// All observers of a design with these logs.
    #[must_use]
    pub fn all(logs: &[Log]) -> Vec<Self> {
        let mut all = vec![Self::ProviderLive, Self::ProviderStore];
        all.extend(logs.iter().map(|log| Self::Log(log.name.clone())));
        all.extend([
            Self::Investigator,
            Self::Carrier,
            Self::Network,
            Self::Radio,
            Self::Thief,
            Self::Authority,
        ]);
        all.push(Self::Public);
        all.extend(User::ALL.map(Self::Peer));
        all.extend(User::ALL.map(Self::Owner));
        all.extend(User::ALL.map(Self::Opened));
        all
    }

    /// The names of all observers of a design with these logs.
    #[must_use]
    pub fn names(logs: &[Log]) -> Vec<String> {
        Self::all(logs).iter().map(Self::name).collect()
    }

    /// The name that files use.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::ProviderLive => "provider-live".to_owned(),
            Self::ProviderStore => "provider-store".to_owned(),
            Self::Log(log) => format!("{log}-log"),
            Self::Investigator => "investigator".to_owned(),
            Self::Carrier => "carrier".to_owned(),
            Self::Network => "network".to_owned(),
            Self::Radio => "radio".to_owned(),
            Self::Thief => "thief".to_owned(),
            Self::Authority => "authority".to_owned(),
            Self::Public => "public".to_owned(),
            Self::Peer(user) => format!("peer-{}", user.name().to_lowercase()),
            Self::Owner(user) => format!("owner-{}", user.name().to_lowercase()),
            Self::Opened(user) => format!("opened-{}", user.name().to_lowercase()),
        }
    }

    /// One sentence on what the observer sees.
    #[must_use]
    pub fn says(&self) -> String {
        match self {
            Self::ProviderLive => "Sees all that the provider's servers handle, as it happens.".to_owned(),
            Self::ProviderStore => "Sees all that the provider's stores hold now.".to_owned(),
            Self::Log(log) => format!("Sees the rows that the log `{log}` retains now."),
            Self::Investigator => "Sees what was asked for and what was disclosed.".to_owned(),
            Self::Carrier => "Sees all that the carrier handles, as it happens.".to_owned(),
            Self::Network => "Taps the line between the devices and the provider.".to_owned(),
            Self::Radio => "Listens to the radio between telephones and the carrier.".to_owned(),
            Self::Thief => "Holds the keys that are stolen from devices.".to_owned(),
            Self::Authority => "Holds the key to what is encrypted for an authority besides.".to_owned(),
            Self::Public => "Reads what is published.".to_owned(),
            Self::Peer(user) => format!("Sees what the devices of {}, as another user, see.", user.name()),
            Self::Owner(user) => format!("Sees what {}'s own devices see.", user.name()),
            Self::Opened(user) => {
                format!("Has taken and opened the devices of {}, and reads what they store now.", user.name())
            }
        }
    }
}

impl Design {
    /// The adversary of this name: the design's own, else a shared one, else a single observer.
    ///
    /// `None` when there is none, or when it pools a log that this design does not keep.
    #[must_use]
    pub fn adversary(&self, name: &str) -> Option<Adversary> {
        let own = self.adversaries.iter().find(|adversary| adversary.name == name);
        if let Some(own) = own {
            let available = own.observers.iter().all(|observer| self.has_observer(observer));
            return available.then(|| own.clone());
        }
        library::shared_adversary(name, &self.logs).or_else(|| {
            let observer = ObserverName::parse(name, &self.logs)?;
            Some(Adversary {
                name: name.to_owned(),
                says: observer.says(),
                observers: vec![observer],
                capabilities: EnumSet::empty(),
            })
        })
    }

    /// The names that [`Design::adversary`] knows: the design's own, the shared ones, then single observers.
    #[must_use]
    pub fn adversary_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let own = self.adversaries.iter().map(|adversary| adversary.name.clone());
        let shared = library::shared_adversary_names().into_iter();
        for name in own.chain(shared).chain(ObserverName::names(&self.logs)) {
            if !names.contains(&name) && self.adversary(&name).is_some() {
                names.push(name);
            }
        }
        names
    }

    /// The log of this name.
    #[must_use]
    pub fn log(&self, name: &str) -> Option<&Log> {
        self.logs.iter().find(|log| log.name == name)
    }

    fn has_observer(&self, observer: &ObserverName) -> bool {
        match observer {
            ObserverName::Log(name) => self.log(name).is_some(),
            _ => true,
        }
    }
}
