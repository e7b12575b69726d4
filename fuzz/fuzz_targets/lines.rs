#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hotseat_fuzz::lines(data));
