//! Regular files, opened through no link, and the errors of reading them.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

/// Opens the regular file at `path` below `folder`, through no link.
#[cfg(unix)]
pub(crate) fn open_below(folder: &Path, path: &Path) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let is_folder = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let mut above = openat(CWD, folder, is_folder, Mode::empty())?;
    let name = path.file_name().unwrap_or_default();
    for folder in path.parent().into_iter().flatten() {
        let opened = openat(&above, folder, is_folder | OFlags::NOFOLLOW, Mode::empty());
        above = opened.map_err(no_link)?;
    }
    // Opening a pipe would wait for somebody to write to it.
    let is_file = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = openat(&above, name, is_file, Mode::empty()).map_err(no_link)?;
    regular(File::from(file))
}

#[cfg(not(unix))]
pub(crate) fn open_below(folder: &Path, path: &Path) -> io::Result<File> {
    open_regular(File::options().read(true), &folder.join(path))
}

/// Opens a regular file by `options`: not one that a link names, and nothing that is waited for.
pub(crate) fn open_regular(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits() as i32);
        regular(options.open(path).map_err(|error| {
            let code = error
                .raw_os_error()
                .map(rustix::io::Errno::from_raw_os_error);
            code.map_or(error, no_link)
        })?)
    }
    #[cfg(not(unix))]
    {
        if std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
            return Err(io::Error::other(LINK));
        }
        regular(options.open(path)?)
    }
}

/// Opens the regular file that `path` names, by itself or by a link.
pub(crate) fn open_named(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits() as i32,
    );
    regular(options.read(true).open(path)?)
}

/// Makes the folder at `path` and those above it that are missing.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path).map_err(|error| broken_link(path).unwrap_or(error))
}

/// Returns the error for a link on the way to `path` that leads nowhere. The system says of it that the
/// file exists.
fn broken_link(path: &Path) -> Option<io::Error> {
    let is_broken = |path: &&Path| path.is_symlink() && !path.exists();
    let link = path.ancestors().find(is_broken)?;
    let message = format!(
        "the link {} leads to {}, which does not exist",
        link.display(),
        link.read_link().ok()?.display()
    );
    Some(io::Error::new(io::ErrorKind::NotADirectory, message))
}

/// Returns `file`, if it is a regular one.
fn regular(file: File) -> io::Result<File> {
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    Ok(file)
}

/// The message about a link where there should be none.
pub(crate) const LINK: &str = "is a link, and links are not followed";

/// Returns the error of opening what must be no link.
#[cfg(unix)]
fn no_link(error: rustix::io::Errno) -> io::Error {
    use rustix::io::Errno;
    match error {
        // A link where a folder should be is no folder.
        Errno::LOOP | Errno::MLINK | Errno::NOTDIR => io::Error::other(LINK),
        error => error.into(),
    }
}

/// Returns whether what failed with `error` may work another time: the disk, the network or this
/// process is at fault, and not the file.
pub(crate) fn may_pass(error: &io::Error) -> bool {
    use io::ErrorKind::{
        FileTooLarge, InvalidFilename, IsADirectory, NotADirectory, NotFound, PermissionDenied,
    };
    // Errors that are hotseat's own tell what the file is.
    error.raw_os_error().is_some()
        && !matches!(
            error.kind(),
            NotFound
                | PermissionDenied
                | IsADirectory
                | NotADirectory
                | InvalidFilename
                | FileTooLarge
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_may_pass_unless_they_tell_what_the_file_is() {
        let system = |code| io::Error::from_raw_os_error(code);
        #[cfg(target_os = "linux")]
        for (name, code) in [("EIO", 5), ("ENOMEM", 12), ("EMFILE", 24), ("ESTALE", 116)] {
            assert!(may_pass(&system(code)), "{name}");
        }
        for (name, code) in [("ENOENT", 2), ("EACCES", 13)] {
            assert!(!may_pass(&system(code)), "{name}");
        }
        assert!(!may_pass(&io::Error::other(LINK)));
    }
}
