//! **Reading design files, with errors that say where and what to do.**
