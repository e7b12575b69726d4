//! Guides made up by a fixed rule, so that every run measures the same text.

/// The words that the guides are made of.
const WORDS: [&str; 32] = [
    "index", "thread", "memory", "request", "cache", "query", "process", "lock", "table", "value",
    "a", "the", "of", "and", "is", "when", "which", "because", "with", "not", "every", "one",
    "server", "client", "stack", "queue", "function", "object", "state", "commit", "branch", "key",
];

/// A source of numbers that repeats itself from the same seed: Knuth's MMIX generator.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn words(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| WORDS[self.below(WORDS.len())])
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// How the questions of a guide are laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Layout {
    /// A heading for each.
    Headings,
    /// Numbered lines of plain text.
    NumberedLines,
    /// `<details>` whose summary asks.
    Details,
    /// A saved page of headings.
    Html,
}

/// Returns the text of a guide with `questions` questions, about 800 bytes each.
pub(crate) fn guide(layout: Layout, questions: usize) -> String {
    let mut numbers = Numbers(42);
    let mut text = match layout {
        Layout::NumberedLines => String::new(),
        Layout::Html => "<html><body>\n".to_owned(),
        Layout::Headings | Layout::Details => "# Made-up questions\n\n".to_owned(),
    };
    for number in 1..=questions {
        let question = format!("What is {} {number}?", numbers.words(6));
        let mut paragraph = || numbers.words(60);
        let (first, second) = (paragraph(), paragraph());
        text.push_str(&match layout {
            Layout::Headings => format!("## {question}\n\n{first}.\n\n- {second}\n\n"),
            Layout::NumberedLines => format!("{number}. {question}\n{first}.\n- {second}\n"),
            Layout::Details => format!(
                "<details>\n<summary><b>{question}</b></summary>\n\n{first}.\n\n{second}.\n\n</details>\n\n"
            ),
            Layout::Html => format!("<h2>{question}</h2>\n<p>{first}.</p>\n<ul><li>{second}</ul>\n"),
        });
    }
    text
}
