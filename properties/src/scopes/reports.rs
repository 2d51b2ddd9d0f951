//! **The scope in which the provider reports on demands.**

use mailcover_model::scope::Scope;
use mailcover_model::world::Device;

/// Nobody uses the service, and demands are served until the bands of the report are full.
#[must_use]
pub fn reports() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone.into());
    scope.demands = true;
    scope
}
