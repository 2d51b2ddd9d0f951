//! **Reading a trace: nothing of it is believed before its length, syntax, version and hashes are right.**

use super::{FORMAT, MAX_BYTES, Trace, design_hash};
use crate::error::TraceError;

pub(super) fn read(bytes: &[u8], file: &str) -> Result<Trace, TraceError> {
    if bytes.len() > MAX_BYTES {
        return Err(TraceError::TooLong { file: file.to_owned(), length: bytes.len(), most: MAX_BYTES });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| TraceError::NotText {
        file: file.to_owned(),
        line: 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count(),
    })?;
    let trace: Trace = serde_json::from_str(text).map_err(|error| TraceError::Syntax {
        file: file.to_owned(),
        line: error.line(),
        column: error.column(),
        message: error.to_string(),
        remedy: "give a file that mailcover wrote".to_owned(),
    })?;
    if trace.format != FORMAT {
        return Err(TraceError::OtherFormat {
            file: file.to_owned(),
            found: u64::from(trace.format),
            known: FORMAT,
        });
    }
    let tampered = |message: &str| TraceError::Tampered {
        file: file.to_owned(),
        message: message.to_owned(),
        remedy: "export the trace again".to_owned(),
    };
    if design_hash(&trace.design) != trace.design_sha256 {
        return Err(tampered("the design is not the one that the trace was made in: its hash is another"));
    }
    if trace.hash() != trace.id {
        return Err(tampered("the trace was changed since it was written: its id is the hash of something else"));
    }
    Ok(trace)
}
