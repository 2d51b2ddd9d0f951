//! **Sets written as lists of words, so that a stored design can be read without this program.**

use enumset::{EnumSet, EnumSetType};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) fn serialize<T, S>(set: &EnumSet<T>, serializer: S) -> Result<S::Ok, S::Error>
where
    T: EnumSetType + Serialize,
    S: Serializer,
{
    serializer.collect_seq(set.iter())
}

pub(super) fn deserialize<'de, T, D>(deserializer: D) -> Result<EnumSet<T>, D::Error>
where
    T: EnumSetType + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Vec::deserialize(deserializer).map(|words: Vec<T>| words.into_iter().collect())
}
