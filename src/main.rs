//! The `hotseat` command.

fn main() {}
