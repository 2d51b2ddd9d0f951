//! **stateright's own Explorer, on the model of a trace.**

use crate::server::ServerError;
use mailcover_model::service::Service;
use stateright::Model;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};

/// Serves stateright's Explorer to this machine, until the program is ended; `tell` is given its address first.
///
/// # Errors
/// When the port is not free.
pub fn explorer(service: Service, port: Option<u16>, tell: impl FnOnce(&str)) -> Result<(), ServerError> {
    let wanted = SocketAddrV4::new(Ipv4Addr::LOCALHOST, port.unwrap_or(0));
    let failed = |source| ServerError::Port { port: wanted.port(), source };
    // stateright binds the port itself, so one that is free is found first and let go again.
    let free = TcpListener::bind(wanted).and_then(|listener| listener.local_addr()).map_err(failed)?;
    tell(&format!("http://{free}/"));
    service.checker().serve(free);
    Ok(())
}
