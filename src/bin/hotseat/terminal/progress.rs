//! The progress of a build, on standard error, if that is a terminal and the build takes long.

use std::{
    env,
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use hotseat::Index;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use log::LevelFilter;

/// The time after which a build shows a bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar that is cleared when dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Returns `index` with a bar that shows the progress of its updates until it is dropped.
pub(crate) fn shown(index: Index) -> (Index, Option<Progress>) {
    if !is_wanted() {
        return (index, None);
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    bar.set_style(style());
    let progress = Progress { bar: bar.clone() };
    let began = Instant::now();
    let index = index.with_progress(move |done| {
        if bar.is_hidden() && began.elapsed() > PATIENCE && !bar.is_finished() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_length(done.bytes_total);
        bar.set_message(format!("{} of {} guides", done.guides, done.guides_total));
        bar.set_position(done.bytes);
    });
    (index, Some(progress))
}

/// Returns whether standard error is a terminal that can show a bar, and has no log on it.
fn is_wanted() -> bool {
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    log::max_level() == LevelFilter::Warn && io::stderr().is_terminal() && !is_dumb
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{wide_bar} {msg}, {binary_bytes_per_sec}, {eta} left")
        .expect("the template is well-formed")
        .progress_chars("█▉▊▋▌▍▎▏ ")
}
