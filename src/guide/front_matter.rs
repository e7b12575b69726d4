//! The leading metadata of a guide.

/// What a guide says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FrontMatter {
    /// The title: `title`, `term` or `name`.
    pub title: Option<String>,
    /// A question, where the guide is a single one: `question`.
    pub question: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `author`.
    pub author: Option<String>,
    /// `date`, `pubDate` and their like, as written.
    pub published: Option<String>,
    /// `updated`, `modDate`, `lastmod` and their like, as written.
    pub updated: Option<String>,
    /// `tags`, `keywords`, `topics`, as written.
    pub tags: Vec<String>,
    /// `category`, `categories`, `vertical`: the first that is there.
    pub category: Option<String>,
    /// `level`, `difficulty`, `seniority`: the first that is there.
    pub level: Option<String>,
    /// Whether the guide is to be left out: `draft: true`.
    pub draft: bool,
}
