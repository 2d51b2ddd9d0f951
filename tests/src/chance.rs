//! **States that no rule makes: one thing in them is otherwise, as chance has it.**
//!
//! What is claimed says of any state whether it is so, and takes no rule's word for it. A state in which a row names somebody
//! else, or an order ran out long ago, shows whether it does.

use enumset::EnumSet;
use mailcover_model::action::{PrivateKey, Signer};
use mailcover_model::design::{Holder, OrderKind};
use mailcover_model::row::{Kind, Row};
use mailcover_model::state::{Message, MessageKind, Order, State};
use mailcover_model::world::{Address, Device, Place, User};

/// Numbers without a pattern, the same with every version of every library.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The numbers that begin with this one.
    #[must_use]
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below this one; 0 where there is none.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 32) * most as u64) >> 32) as usize
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A number of days, mostly few.
    fn days(&mut self) -> u8 {
        let most = self.one_of(&[2, 4, 16]);
        self.below(most) as u8
    }

    /// The state with one thing otherwise.
    #[must_use]
    pub fn tampered(&mut self, state: &State) -> State {
        let mut state = *state;
        let messages = state.messages().count();
        let requests = state.requests.len();
        match self.below(10) {
            0..3 => self.tamper_with_one(state.memory.as_mut_slice()),
            3..5 => self.tamper_with_one(state.rows.as_mut_slice()),
            5 if messages > 0 => {
                let index = self.below(messages);
                self.tamper_with_message(state.message_mut(index));
            }
            6 => {
                let (author, to) = (self.one_of(&Device::ALL), self.one_of(&Address::ALL));
                let named = self.below(16) as u8;
                let kind = self.one_of(&[MessageKind::Platform, MessageKind::Sms, MessageKind::Failed]);
                let signer = self.one_of(&[Signer::Device(author), Signer::Adversary]);
                let claimed = self.one_of(&User::ALL);
                let message = self.one_of(&[
                    Message::sent(kind, author, to, named, messages),
                    Message::injected(author, claimed, messages as u8, signer, messages > 0),
                ]);
                let _ = state.add_message(message);
            }
            7 => self.tamper_with_orders(&mut state),
            8 => {
                let request = self.below(requests);
                (state.requests[request].age, state.requests[request].made) = (self.days(), self.days());
            }
            _ => {
                let key = self.one_of(&[PrivateKey::Decryption, PrivateKey::Signing]);
                state.rob(self.one_of(&Device::ALL), key);
            }
        }
        state
    }

    fn tamper_with_one(&mut self, rows: &mut [Row]) {
        if let Some(at) = (!rows.is_empty()).then(|| self.below(rows.len())) {
            let row = rows[at];
            rows[at] = match self.below(8) {
                0 => row.from(self.one_of(&User::ALL)),
                1 => row.to(self.one_of(&Address::ALL)),
                2 => row.aged(u16::from(self.days())),
                3 => row.indexed(self.below(3)),
                4 => row.disclose(!row.disclosed()),
                5 => row.by(self.one_of(&Device::ALL)),
                6 => row.at(self.one_of(&[Place::Home, Place::Away])),
                _ => {
                    let kinds: Vec<Kind> = EnumSet::<Kind>::all().iter().collect();
                    Row::of(self.one_of(&kinds))
                        .aged(row.age())
                        .indexed(row.index())
                        .disclose(row.disclosed())
                }
            };
        }
    }

    fn tamper_with_message(&mut self, message: &mut Message) {
        let device = self.one_of(&Device::ALL);
        match self.below(9) {
            0 | 1 => message.heard = self.days(),
            2 => message.hand_over(device),
            3 => message.refuse(device),
            4 => message.back_up(device),
            5 => message.alter(device),
            6 => message.precede_theft(device),
            7 => message.send_past(device),
            _ => message.give_up(),
        }
    }

    fn tamper_with_orders(&mut self, state: &mut State) {
        let (kind, at) = (self.one_of(&OrderKind::ALL), self.one_of(&Holder::ALL));
        let target = self.one_of(&[None, Some(User::Alice), Some(User::Bob), Some(User::Carol)]);
        let mut order = Order::granted(kind, at, target, self.days(), self.days());
        order.age = self.days();
        let count = state.orders().len();
        match state.orders_mut().get_mut(self.below(count + 1)) {
            Some(old) if old.exists() => {
                (old.age, old.runs, old.since) = (order.age, order.runs, order.since)
            }
            _ => state.add_order(order),
        }
    }
}
