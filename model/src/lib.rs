//! An executable model of a messaging service.
