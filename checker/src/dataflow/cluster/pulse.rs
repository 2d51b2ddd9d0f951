//! **A sign of life, twice a second, between two processes.**
//!
//! A process that is halted keeps its connections open, so that silence alone tells that it is gone.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::dataflow::shared::Shared;
use crate::error::Error;

/// How long between two signs.
const BEAT: Duration = Duration::from_millis(500);
/// "I am here."
const HERE: u8 = 1;
/// "I have all that I need."
const FAREWELL: u8 = 0;

/// The signs that this process gives to another one. When it is dropped without a farewell, the other notices.
pub(crate) struct Pulse {
    farewell: mpsc::Sender<()>,
}

impl Pulse {
    /// Gives and watches for signs, and lets the search fail when the other's stop.
    pub(crate) fn watch(
        stream: TcpStream,
        name: String,
        patience: Duration,
        shared: Arc<Shared>,
    ) -> std::io::Result<Self> {
        stream.set_read_timeout(Some(patience))?;
        let theirs = stream.try_clone()?;
        std::thread::spawn(move || {
            if let Err(how) = listen(theirs) {
                shared.fail(Error::Peer(format!("The {name} {how} before the search was over")));
            }
        });
        let (farewell, wait) = mpsc::channel();
        std::thread::spawn(move || speak(stream, &wait));
        Ok(Pulse { farewell })
    }

    /// Tells the other that this process needs nothing more.
    pub(crate) fn farewell(self) {
        // The thread that gives the signs ends only after this.
        let _ = self.farewell.send(());
    }
}

/// Listens until the other says farewell.
fn listen(mut theirs: TcpStream) -> Result<(), &'static str> {
    let mut sign = [HERE];
    while sign[0] != FAREWELL {
        match theirs.read(&mut sign) {
            Ok(0) => return Err("ended"),
            Ok(_) => {}
            Err(error)
                if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
            {
                return Err("fell silent");
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return Err("was lost"),
        }
    }
    Ok(())
}

/// Gives signs until there is a farewell to say, or nobody left who could.
fn speak(mut stream: TcpStream, wait: &mpsc::Receiver<()>) {
    loop {
        match wait.recv_timeout(BEAT) {
            // Whether the other is still there is for the one who listens to find out.
            Err(mpsc::RecvTimeoutError::Timeout) => drop(stream.write_all(&[HERE])),
            Ok(()) => {
                drop(stream.write_all(&[FAREWELL]));
                return;
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                drop(stream.shutdown(Shutdown::Both));
                return;
            }
        }
    }
}
