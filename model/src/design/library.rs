//! **The designs that ship with the program.**
