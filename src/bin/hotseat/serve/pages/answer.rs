//! The page of one document: the whole answer, what the search matched in it, and related questions.

use hotseat::{DocId, FacetName, Highlight, QaDocument, Result, escape_html};

use super::{Page, filter_url, level, place, tags, whole};
use crate::{
    serve::{
        Site,
        asked::Asked,
        html::{Html, counted},
    },
    terminal::highlight::{SyntaxHighlighter, Token},
};

/// The related questions that are shown.
const SIMILAR: usize = 6;

/// Returns the page of the document `id`. A link to an editor is for who sits at this machine.
pub(in crate::serve) fn answer(
    site: &Site,
    id: DocId,
    asked: &Asked,
    is_local: bool,
) -> Result<Option<String>> {
    let Some(highlight) = site.index.highlight(&asked.query(), id)? else {
        return Ok(None);
    };
    let document = &highlight.document;
    let mut main = Html::new();
    main.tags("<div class=\"columns\">\n<article>\n");
    if !asked.is_empty() {
        main.tags("<p class=\"back\">")
            .open("a", &[("href", &asked.url("/search")), ("id", "back")]);
        main.tags("← Results");
        if !asked.text.is_empty() {
            main.tags(" for ").element("q", &[], &asked.text);
        }
        main.tags("</a></p>\n");
    }
    main.tags("<p class=\"about\">");
    level(&mut main, document.level.as_deref());
    place(
        &mut main,
        &document.guide,
        &document.guide_title,
        &document.sections,
        &document.question,
    );
    main.tags("</p>\n<h1 dir=\"auto\">")
        .marked_title(&highlight.marked_question)
        .tags("</h1>\n");
    if document.has_answer() {
        main.tags("<div class=\"answer\" dir=\"auto\">\n");
        main.html(&rendered(&highlight)).tags("</div>\n");
    } else {
        main.tags("<p class=\"none\">No answer yet</p>\n");
    }
    tags(&mut main, document.all_tags());
    source(site, &mut main, document, is_local);
    neighbors(site, &mut main, document)?;
    main.tags("</article>\n");
    similar(site, &mut main, document)?;
    main.tags("</div>\n");
    let page = Page {
        title: &document.question,
        class: "document",
        asked,
        main,
    };
    Ok(Some(whole(site, page)))
}

/// Returns the answer as HTML, its matches marked and its code in colors.
fn rendered(highlight: &Highlight) -> String {
    let answer = &highlight.document.answer;
    let html = hotseat::Html::new().headings(2).code(&colored);
    let html = html.matches(&highlight.matches);
    let passage = highlight.passage.as_ref();
    // A passage that is most of a short answer stands out from nothing.
    let html = match passage.filter(|passage| passage.len() * 3 < answer.len() * 2) {
        Some(passage) => html.passage(passage),
        None => html,
    };
    html.render(highlight.document.format, answer)
}

/// Returns code in the classes of the style sheet, if its language is known.
fn colored(language: &str, code: &str) -> Option<String> {
    let mut highlighter = SyntaxHighlighter::new(language)?;
    let mut html = String::with_capacity(code.len() * 2);
    for line in code.split_inclusive('\n') {
        for (token, piece) in highlighter.line(line) {
            let class = match token {
                Token::Plain => {
                    html += &escape_html(piece);
                    continue;
                }
                Token::Keyword => "k",
                Token::String => "s",
                Token::Value => "v",
                Token::Comment => "c",
                Token::Added => "a",
                Token::Removed => "r",
            };
            html += &format!("<span class=\"{class}\">{}</span>", escape_html(piece));
        }
    }
    Some(html)
}

/// Writes where the document is: its file and line, as a link to an editor where one is set.
fn source(site: &Site, main: &mut Html, document: &QaDocument, is_local: bool) {
    let shown = format!("{}:{}", site.content.shown(&document.guide), document.line);
    main.tags("<p class=\"source\">");
    match site
        .editor_url(&document.guide, document.line)
        .filter(|_| is_local)
    {
        Some(url) => {
            main.tags("<code>").text(&shown).tags("</code> · ");
            main.link(&url, "Open in the editor");
        }
        None => {
            main.tags("<code>").text(&shown).tags("</code>");
        }
    }
    main.tags("</p>\n");
}

/// Writes the links to the questions before and after in the guide.
fn neighbors(site: &Site, main: &mut Html, document: &QaDocument) -> Result<()> {
    let [before, after] = site.index.neighbors(document)?;
    if before.is_none() && after.is_none() {
        return Ok(());
    }
    main.tags("<nav class=\"turn\" aria-label=\"Questions of this guide\">");
    for (other, rel, label) in [(before, "prev", "Previous"), (after, "next", "Next")] {
        let Some(other) = other else {
            main.tags("<span></span>");
            continue;
        };
        let url = format!("/q/{}", other.id);
        main.open("a", &[("href", &url), ("rel", rel), ("dir", "auto")]);
        main.element("span", &[("class", "label")], label)
            .title(&other.question)
            .tags("</a>");
    }
    main.tags("</nav>\n");
    Ok(())
}

fn similar(site: &Site, main: &mut Html, document: &QaDocument) -> Result<()> {
    let related = site.index.similar(document.id, SIMILAR)?;
    main.tags("<aside class=\"facets\" aria-label=\"Related\">\n");
    if !related.hits.is_empty() {
        main.tags("<section><h2>Similar questions</h2><ul class=\"similar\">");
        for hit in &related.hits {
            main.tags("<li>")
                .open("a", &[("href", &format!("/q/{}", hit.id)), ("dir", "auto")]);
            main.title(&hit.question).tags("</a><span class=\"about\">");
            level(main, hit.level.as_deref());
            main.text(&hit.guide_title).tags("</span></li>");
        }
        main.tags("</ul></section>\n");
    }
    if let Some(section) = document.sections.last() {
        let query = filter_url(FacetName::Section, section);
        let count = Asked::default()
            .toggled(FacetName::Section, section)
            .query()
            .limit(0);
        let total = site.index.search(&count)?.total;
        main.tags("<section><h2>Section</h2><p>")
            .link(&query, section);
        main.text(&format!(" · {}", counted(total, "document")))
            .tags("</p></section>\n");
    }
    main.tags("</aside>\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_colored_and_escaped() {
        assert_eq!(
            colored("rust", "let a = \"<\"; // &\n").unwrap(),
            "<span class=\"k\">let</span> a = <span class=\"s\">&quot;&lt;&quot;</span>; \
             <span class=\"c\">// &amp;\n</span>"
        );
        assert_eq!(colored("klingon", "a"), None);
    }
}
