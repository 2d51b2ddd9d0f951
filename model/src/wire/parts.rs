//! **What the universe is built of: texts, keys, and the forms that a text takes under a key and a signature.**

use super::{BODIES, InBackup, KEYS, Keys, OWN, Packet};
use crate::state::MESSAGE_CAPACITY;
use crate::term::{TermError, TermId, Universe};
use crate::world::{Device, User};

/// Whether a message by this signer is ever encrypted for this key: never for a device of the same user.
pub(super) fn apart(signer: usize, key: usize) -> bool {
    match (Device::ALL.get(signer), Device::ALL.get(key)) {
        (Some(by), Some(to)) => by.owner() != to.owner(),
        _ => true,
    }
}

pub(super) fn bodies(universe: &mut Universe) -> Result<[TermId; BODIES], TermError> {
    let mut bodies = Vec::new();
    for number in 1..BODIES {
        // A text bears no number: who reads the second message must not see by it that there was a first.
        bodies.push(universe.fresh_name(&format!("the text of message {number}"))?);
    }
    bodies.push(universe.meaningful_name("the adversary's text")?);
    Ok(std::array::from_fn(|at| bodies[at]))
}

pub(super) fn all_keys(universe: &mut Universe) -> Result<[Keys; KEYS], TermError> {
    let mut all = Vec::new();
    let owners = Device::ALL.iter().map(|device| device.name()).chain(["the adversary"]);
    for owner in owners {
        let decrypt = universe.fresh_name(&format!("decryption key of {owner}"))?;
        let sign = universe.fresh_name(&format!("signing key of {owner}"))?;
        let channel = universe.fresh_name(&format!("channel key of {owner}"))?;
        let (encrypt, verify) = (universe.public_key(decrypt)?, universe.public_key(sign)?);
        all.push(Keys { decrypt, encrypt, sign, verify, channel });
    }
    Ok(std::array::from_fn(|at| all[at]))
}

/// A user's devices.
pub(super) fn own_of(user: User) -> impl Iterator<Item = Device> {
    Device::ALL.into_iter().filter(move |device| device.owner() == user)
}

/// By message, then device: the key that opens the one message.
pub(super) fn one_time_keys(universe: &mut Universe) -> Result<Vec<[TermId; Device::ALL.len()]>, TermError> {
    let mut all = Vec::new();
    for message in 1..=MESSAGE_CAPACITY {
        let mut keys = Vec::new();
        for device in Device::ALL {
            keys.push(universe.fresh_name(&format!("one-time key {message} of {}", device.name()))?);
        }
        all.push(std::array::from_fn(|at| keys[at]));
    }
    Ok(all)
}

/// The adversary's ciphertext of its own text for one key, under the signature of each device that is not of the same user.
pub(super) fn forgeries(
    universe: &mut Universe,
    keys: &[Keys; KEYS],
    at: usize,
    cipher: TermId,
    nonce: TermId,
) -> Result<[Option<Packet>; KEYS], TermError> {
    let mut forged = [None; KEYS];
    for by in (0..OWN).filter(|&by| at != OWN && apart(by, at)) {
        forged[by] = Some(packet(universe, cipher, keys[by].sign, at, &keys[at], nonce)?);
    }
    Ok(forged)
}

pub(super) fn reaction(
    universe: &mut Universe,
    body: TermId,
    alterations: TermId,
    device: Device,
) -> Result<TermId, TermError> {
    let label = format!("what {} makes of altered copies of {}", device.name(), universe.describe(body));
    let nonce = universe.fresh_name(&label)?;
    universe.senc(alterations, body, nonce)
}

/// What a message carries for the authority.
pub(super) fn escrow(universe: &mut Universe, body: TermId, authority: TermId) -> Result<TermId, TermError> {
    let label = format!("randomness of {} for the authority", universe.describe(body));
    let nonce = universe.fresh_name(&label)?;
    universe.aenc(authority, body, nonce)
}

pub(super) fn backup_keys(universe: &mut Universe) -> Result<[TermId; User::ALL.len()], TermError> {
    let mut all = Vec::new();
    for user in User::ALL {
        all.push(universe.fresh_name(&format!("the key of {}'s backups", user.name()))?);
    }
    Ok(std::array::from_fn(|at| all[at]))
}

/// Each device encrypts a text anew, so that by two backups of it nobody sees that they are of the same.
pub(super) fn copy(
    universe: &mut Universe,
    body: TermId,
    key: TermId,
    channel: TermId,
    device: Device,
) -> Result<InBackup, TermError> {
    let label = format!("randomness of {} in the backup of {}", universe.describe(body), device.name());
    let nonce = universe.fresh_name(&label)?;
    let kept = universe.senc(key, body, nonce)?;
    Ok(InBackup { kept, upload: universe.senc(channel, kept, nonce)? })
}

pub(super) fn packet(
    universe: &mut Universe,
    cipher: TermId,
    signer: TermId,
    at: usize,
    key: &Keys,
    nonce: TermId,
) -> Result<Packet, TermError> {
    let signature = universe.sign(signer, cipher)?;
    let payload = universe.pair(cipher, signature)?;
    let record = if at == OWN { None } else { Some(universe.senc(key.channel, payload, nonce)?) };
    Ok(Packet { cipher, payload, record })
}
