//! **The terms that travel, and what follows from them.**
//!
//! From rows Y3 and Y11: each device has a key pair for encryption, one for signatures, and a channel to the provider.
//! A message is encrypted for each device that the directory named, and signed; on the channel it is encrypted once
//! more. Devices keep their keys for as long as a run lasts (the years 2011 to 2019), unless a design gives each message a
//! key of its own; the envelope is not a term, it is in the rows.
//!
//! From the attack on malleable ciphertexts (row Y11): how a device reacts to many alterations of one ciphertext is a function
//! of the text and of the alterations. As a term it is the text, encrypted with the alterations: whoever made them and sees the
//! reactions has the text, and either alone tells nothing.
//!
//! From row Y9: a backup of a text is encrypted with a key of its owner's, one for all of the owner's devices. Who holds that
//! key besides is the design's to say.
//!
//! From row Y13: what is attached to a message has a key of its own, which follows from the message (`attachments`).
//!
//! From row Y16: where a design has messages encrypted for an authority besides, each text is encrypted for its one key, and
//! every copy of the message carries that along.
//!
//! The universe of a scope is finite: the bodies of as many messages as a run can have and one that an adversary
//! wrote, for each device and for the adversary's own key, under each signature that somebody could make.
//! Encryption is randomised: two ciphertexts of one body are two terms.

mod attachments;
mod parts;

pub use attachments::Attachment;

use parts::{
    all_keys, apart, backup_keys, bodies, copy, escrow, forgeries, one_time_keys, own_of, packet, reaction,
};

use crate::action::{PrivateKey, Signer};
use crate::deduction::{ClosureMemo, Deduction, TermSet};
use crate::design::{Design, KeyLife};
use crate::state::{FORGED_BODY, MESSAGE_CAPACITY};
use crate::term::{TermError, TermId, Universe};
use crate::world::{Device, User};
use enumset::EnumSet;

/// How many bodies there are: one a message, and the adversary's own.
const BODIES: usize = MESSAGE_CAPACITY + 1;
/// How many keys a message can be encrypted for: one a device, and the adversary's own.
const KEYS: usize = Device::ALL.len() + 1;
/// The place of the adversary's own key among the keys.
const OWN: usize = Device::ALL.len();

/// A key pair for encryption, one for signatures, and a channel key.
#[derive(Debug, Clone, Copy)]
struct Keys {
    decrypt: TermId,
    encrypt: TermId,
    sign: TermId,
    verify: TermId,
    channel: TermId,
}

/// A message for one key under one signature.
#[derive(Debug, Clone, Copy)]
struct Packet {
    cipher: TermId,
    payload: TermId,
    record: Option<TermId>,
}

/// A text in a device's backup.
#[derive(Debug, Clone, Copy)]
struct InBackup {
    /// Encrypted with the key of the owner's backups.
    kept: TermId,
    /// The same on the device's channel.
    upload: TermId,
}

/// The universe of terms of every scope, with its deduction.
#[derive(Debug)]
pub struct Wire {
    memo: ClosureMemo,
    bodies: [TermId; BODIES],
    keys: [Keys; KEYS],
    /// By body, then key: the ciphertext that the sender made, under each device's signature and the adversary's.
    honest: Vec<[Option<Packet>; KEYS]>,
    /// By body, then key: the copy for it on the channel of each device that could have sent it.
    uploads: Vec<[Option<TermId>; KEYS]>,
    /// By body, then device: the text in the device's backup.
    copies: Vec<[InBackup; Device::ALL.len()]>,
    /// By user: the key of the backups of the user's devices.
    backup_keys: [TermId; User::ALL.len()],
    /// By body, then key: the ciphertext that the adversary made, under its own signature.
    made: Vec<Packet>,
    /// By key: the adversary's own text, under the signature of each device whose signing key it could have.
    forged: Vec<[Option<Packet>; KEYS]>,
    /// By body, then device: the key that opens the one message; empty where one key opens all of a device's.
    once: Vec<[TermId; Device::ALL.len()]>,
    /// By body, then device: how the device reacts to altered copies.
    reactions: Vec<[TermId; Device::ALL.len()]>,
    /// What an adversary altered in them.
    alterations: TermId,
    /// The authority's private key.
    authority: TermId,
    /// By message: its text, encrypted for the authority.
    escrowed: Vec<TermId>,
    /// By message: what is attached to it; empty where nobody attaches anything.
    attachments: Vec<Attachment>,
    /// What everybody knows: public keys, the adversary's own body and randomness, and how keys for attachments are made.
    public: TermSet,
}

impl Wire {
    /// The label of what an adversary altered.
    pub const ALTERATIONS: &str = "the adversary's alterations";
    /// The label of the key of the authority for whom messages may be encrypted besides.
    pub const AUTHORITY: &str = "the authority's key";

    /// Builds the universe, as far as the design has it.
    ///
    /// # Errors
    /// When it has more terms than a term set can hold, which the capacities of this crate rule out.
    pub fn new(design: &Design) -> Result<Self, TermError> {
        let mut universe = Universe::new();
        let bodies = bodies(&mut universe)?;
        let keys = all_keys(&mut universe)?;
        let own_nonce = universe.fresh_name("adversary's randomness")?;
        let mut public = TermSet::default();
        for pair in &keys {
            public.insert(pair.encrypt);
            public.insert(pair.verify);
        }
        public.insert(bodies[BODIES - 1]);
        public.insert(own_nonce);
        let once = match design.encryption.keys {
            KeyLife::Static => Vec::new(),
            KeyLife::OneTime => one_time_keys(&mut universe)?,
        };
        let (mut honest, mut uploads, mut made) = (Vec::new(), Vec::new(), Vec::new());
        for (number, &body) in bodies.iter().enumerate() {
            for (at, key) in keys.iter().enumerate() {
                let own = universe.aenc(key.encrypt, body, own_nonce)?;
                made.push(packet(&mut universe, own, keys[OWN].sign, at, key, own_nonce)?);
                let (mut signed, mut uploaded) = ([None; KEYS], [None; KEYS]);
                if number < MESSAGE_CAPACITY {
                    let nonce =
                        universe.fresh_name(&format!("randomness of message {} for key {at}", number + 1))?;
                    let encrypt = match once.get(number).and_then(|keys| keys.get(at)) {
                        Some(&only) => universe.public_key(only)?,
                        None => key.encrypt,
                    };
                    public.insert(encrypt);
                    let cipher = universe.aenc(encrypt, body, nonce)?;
                    for (signer, slot) in
                        signed.iter_mut().enumerate().filter(|&(signer, _)| apart(signer, at))
                    {
                        let packet = packet(&mut universe, cipher, keys[signer].sign, at, key, nonce)?;
                        *slot = Some(packet);
                        if signer != OWN {
                            let channel = keys[signer].channel;
                            uploaded[signer] = Some(universe.senc(channel, packet.payload, nonce)?);
                        }
                    }
                }
                honest.push(signed);
                uploads.push(uploaded);
            }
        }
        let backup_keys = backup_keys(&mut universe)?;
        let mut copies = Vec::new();
        for &body in &bodies {
            let mut of_body = Vec::new();
            for device in Device::ALL {
                let (key, channel) = (backup_keys[device.owner().index()], keys[device.index()].channel);
                of_body.push(copy(&mut universe, body, key, channel, device)?);
            }
            copies.push(std::array::from_fn(|at| of_body[at]));
        }
        let mut forged = Vec::new();
        for at in 0..KEYS {
            forged.push(forgeries(
                &mut universe,
                &keys,
                at,
                made[(BODIES - 1) * KEYS + at].cipher,
                own_nonce,
            )?);
        }
        let alterations = universe.fresh_name(Self::ALTERATIONS)?;
        let mut reactions = Vec::new();
        for &body in &bodies {
            let mut of_body = Vec::new();
            for device in Device::ALL {
                of_body.push(reaction(&mut universe, body, alterations, device)?);
            }
            reactions.push(std::array::from_fn(|at| of_body[at]));
        }
        let authority = universe.fresh_name(Self::AUTHORITY)?;
        let for_authority = universe.public_key(authority)?;
        public.insert(for_authority);
        let sent = bodies.iter().take(MESSAGE_CAPACITY);
        let escrowed =
            sent.map(|&body| escrow(&mut universe, body, for_authority)).collect::<Result<_, _>>()?;
        let mut attachments = Vec::new();
        if design.attachments.made() {
            let (all, label) = attachments::attachments(&mut universe, &bodies, &keys)?;
            attachments = all;
            public.insert(label);
        }
        let memo = ClosureMemo::new(universe.seal());
        Ok(Self {
            memo,
            authority,
            escrowed,
            bodies,
            keys,
            honest,
            uploads,
            copies,
            backup_keys,
            made,
            forged,
            once,
            reactions,
            alterations,
            attachments,
            public,
        })
    }

    /// The body of a message, or the adversary's own.
    #[must_use]
    pub fn body(&self, body: u8) -> TermId {
        self.bodies[usize::from(body) % BODIES]
    }

    /// The payload of an honest message for a key: a device's, or the adversary's own as [`None`]. [`None`] is
    /// returned for a device of the sender's own user, for which no message is ever encrypted.
    #[must_use]
    pub fn payload(&self, body: u8, key: Option<Device>, signer: Device) -> Option<TermId> {
        self.packet(body, key.map_or(OWN, Device::index), signer.index()).map(|packet| packet.payload)
    }

    /// The payload as it passes the channel to a device.
    #[must_use]
    pub fn record(&self, body: u8, device: Device, signer: Device) -> Option<TermId> {
        self.packet(body, device.index(), signer.index()).and_then(|packet| packet.record)
    }

    /// The payload as it passes the channel from its sender, for a device's key or the adversary's own as [`None`].
    #[must_use]
    pub fn upload(&self, body: u8, key: Option<Device>, sender: Device) -> Option<TermId> {
        let at = usize::from(body) * KEYS + key.map_or(OWN, Device::index);
        *self.uploads.get(at)?.get(sender.index())?
    }

    /// A text as it stands in a device's backup.
    #[must_use]
    pub fn copy(&self, body: u8, device: Device) -> TermId {
        self.copies[usize::from(body) % BODIES][device.index()].kept
    }

    /// A text on its way from a device to its backup, as it passes the channel.
    #[must_use]
    pub fn copy_upload(&self, body: u8, device: Device) -> TermId {
        self.copies[usize::from(body) % BODIES][device.index()].upload
    }

    /// The key of the backups of a user's devices.
    #[must_use]
    pub const fn backup_key(&self, user: User) -> TermId {
        self.backup_keys[user.index()]
    }

    /// All the forms of a message for a device with this body under a signature by this signer: what must be known to
    /// inject one of them through push, on the wire, and to a device that checks neither channel nor signature.
    pub fn forms(&self, body: u8, device: Device, signer: Signer) -> impl Iterator<Item = Forms> + use<> {
        let own = OWN;
        let (first, second) = match signer {
            Signer::Device(by) if body < FORGED_BODY => (self.packet(body, device.index(), by.index()), None),
            Signer::Device(by) => (self.forged[device.index()][by.index()], None),
            Signer::Adversary => {
                let made = self.made[usize::from(body) % BODIES * KEYS + device.index()];
                let relabelled =
                    if body < FORGED_BODY { self.packet(body, device.index(), own) } else { None };
                (Some(made), relabelled)
            }
        };
        let forms =
            |packet: Packet| Forms { payload: packet.payload, record: packet.record, bare: packet.cipher };
        first.into_iter().chain(second).map(forms)
    }

    fn packet(&self, body: u8, key: usize, signer: usize) -> Option<Packet> {
        *self.honest.get(usize::from(body) * KEYS + key)?.get(signer)?
    }

    /// What everybody knows from the start.
    #[must_use]
    pub const fn public(&self) -> TermSet {
        self.public
    }

    /// The private keys and channel keys of a user's devices.
    #[must_use]
    pub fn keys_of(&self, user: User) -> TermSet {
        let mut held = TermSet::default();
        for keys in own_of(user).map(|device| self.keys[device.index()]) {
            held.insert(keys.decrypt);
            held.insert(keys.sign);
            held.insert(keys.channel);
        }
        for keys in &self.once {
            held = held.union(own_of(user).map(|device| keys[device.index()]).collect());
        }
        held
    }

    /// What whoever steals this key from a device comes by: where each message has a key of its own, those that the device
    /// has not erased, messages being numbered from 0.
    pub fn stolen(
        &self,
        device: Device,
        key: PrivateKey,
        erased: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = TermId> {
        let keys = self.keys[device.index()];
        let for_good = match key {
            PrivateKey::Signing => Some(keys.sign),
            PrivateKey::Decryption => self.once.is_empty().then_some(keys.decrypt),
        };
        let left = self.once.iter().enumerate().filter(move |(message, _)| !erased(*message));
        let left =
            left.filter(move |_| key == PrivateKey::Decryption).map(move |(_, keys)| keys[device.index()]);
        for_good.into_iter().chain(left)
    }

    /// How a device reacts to altered copies of a message.
    #[must_use]
    pub fn reaction(&self, body: u8, device: Device) -> TermId {
        self.reactions[usize::from(body) % BODIES][device.index()]
    }

    /// What an adversary altered in the copies that it put before devices.
    #[must_use]
    pub const fn alterations(&self) -> TermId {
        self.alterations
    }

    /// What everybody calls a user by: the public key of the user's telephone.
    #[must_use]
    pub const fn name_of(&self, user: User) -> TermId {
        self.keys[user.phone().index()].encrypt
    }

    /// The private key of the authority for whom messages may be encrypted besides.
    #[must_use]
    pub const fn authority(&self) -> TermId {
        self.authority
    }

    /// The text of a message, encrypted for the authority; `None` for what an adversary wrote, who leaves that out.
    #[must_use]
    pub fn escrowed(&self, body: u8) -> Option<TermId> {
        self.escrowed.get(usize::from(body)).copied()
    }

    /// The private keys that an adversary lists in the directory.
    #[must_use]
    pub fn own_keys(&self) -> TermSet {
        [self.keys[OWN].decrypt, self.keys[OWN].sign].into_iter().collect()
    }

    /// The channel keys of these devices: the provider's end of their channels.
    #[must_use]
    pub fn channels(&self, devices: EnumSet<Device>) -> TermSet {
        devices.iter().map(|device| self.keys[device.index()].channel).collect()
    }

    /// All that follows.
    #[must_use]
    pub fn close(&self, known: TermSet) -> TermSet {
        self.memo.close(known)
    }

    /// The rules of deduction.
    #[must_use]
    pub fn deduction(&self) -> &Deduction {
        self.memo.deduction()
    }
}

/// What must be known to put a message before a device.
#[derive(Debug, Clone, Copy)]
pub struct Forms {
    /// The signed ciphertext, which push hands over.
    pub payload: TermId,
    /// The same on the device's channel; `None` for the adversary's own key, which has no channel.
    pub record: Option<TermId>,
    /// The ciphertext alone.
    pub bare: TermId,
}
