//! What a container's exit code says.

/// The code in words. Codes above 128 name the signal that ended the process (128 + signal), as
/// shells and container runtimes report it; Windows reports its own numbers, which stay bare.
pub fn exit_code_words(code: i32, reason: Option<&str>) -> &'static str {
    if reason.is_some_and(|reason| reason.contains("OutOfMemory")) {
        return "killed: out of memory";
    }
    match code {
        0 => "ended without an error",
        1 => "the program reported an error",
        2 => "wrong use of a command or its options",
        125 => "the container could not be run",
        126 => "the command is not executable",
        127 => "the command was not found",
        129 => "ended by SIGHUP",
        130 => "interrupted (SIGINT)",
        132 => "illegal instruction (SIGILL): often an image for another processor",
        133 => "trace trap (SIGTRAP)",
        134 => "aborted by the program itself (SIGABRT)",
        135 => "bus error (SIGBUS)",
        136 => "arithmetic error (SIGFPE)",
        137 => "killed (SIGKILL): out of memory, or it did not stop in time",
        139 => "crashed: memory fault (SIGSEGV)",
        141 => "broken pipe (SIGPIPE)",
        143 => "asked to stop (SIGTERM)",
        255 => "the program failed without saying how",
        ..0 | 256.. => "a code of the program or of Windows",
        _ => "the program reported an error of its own",
    }
}

/// Whether the end is nothing to worry about: 0, or 143 after a stop that was asked for.
pub fn is_calm(code: i32) -> bool {
    matches!(code, 0 | 143)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_codes_are_told_apart() {
        for (code, reason, part) in [
            (0, None, "without an error"),
            (1, None, "reported an error"),
            (127, None, "not found"),
            (137, None, "SIGKILL"),
            (137, Some("OutOfMemoryError: Container killed due to memory usage"), "out of memory"),
            (139, None, "SIGSEGV"),
            (143, None, "SIGTERM"),
            (42, None, "of its own"),
            (-1_073_741_819, None, "Windows"),
        ] {
            let words = exit_code_words(code, reason);
            assert!(words.contains(part), "{code}: {words}");
        }
        assert!(is_calm(0) && is_calm(143) && !is_calm(137));
    }
}
