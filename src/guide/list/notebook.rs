//! A Jupyter notebook -> its text and code as Markdown; what the code put out is left out.

use super::{Converted, Fence, Node, Place, Value};

/// Returns the cells of a notebook as Markdown; `None` if the tree is none.
pub(in crate::guide) fn convert(root: &Node) -> Option<Converted> {
    let cells = match &root.field("cells")?.value {
        Value::List(cells) => cells,
        _ => return None,
    };
    let info = root.field("metadata").and_then(|metadata| {
        let info = metadata
            .field("language_info")
            .and_then(|info| info.field("name"));
        info.or_else(|| metadata.field("kernelspec")?.field("language"))
    });
    let language = info
        .and_then(Node::text)
        .unwrap_or_else(|| "python".to_owned());
    let mut out = Converted::default();
    for (number, cell) in (1..).zip(cells) {
        let Some(source) = cell.field("source").or_else(|| cell.field("input")) else {
            continue;
        };
        out.place(Place::Cell(number));
        let lines = lines(source);
        let kind = cell.field("cell_type").and_then(Node::text);
        match kind.as_deref() {
            Some("code") if lines.iter().any(|(_, line)| !line.trim().is_empty()) => {
                let code = lines.iter().map(|(line, text)| (*line, text.as_str()));
                out.code(0, &language, code, cell.line as usize);
            }
            Some("markdown" | "heading") => {
                out.blank();
                let mut fence = Fence::default();
                let mut last = cell.line as usize;
                for (line, text) in lines {
                    fence.passes(&text);
                    out.line(0, &text, line);
                    last = line;
                }
                if let Some(fence) = fence.close() {
                    out.line(0, &fence, last);
                }
                out.blank();
            }
            _ => {}
        }
    }
    Some(out)
}

/// Returns the lines of a cell, each with its line of the file.
fn lines(source: &Node) -> Vec<(usize, String)> {
    let of = |node: &Node| -> Vec<(usize, String)> {
        let Value::Text(text) = &node.value else {
            return Vec::new();
        };
        let text = text.strip_suffix('\n').unwrap_or(text);
        text.split('\n')
            .map(|line| (node.line as usize, line.trim_end_matches('\r').to_owned()))
            .collect()
    };
    match &source.value {
        Value::List(parts) => parts.iter().flat_map(of).collect(),
        _ => of(source),
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    #[test]
    fn cells_become_markdown() {
        let notebook = "{\"cells\": [\n{\"cell_type\": \"markdown\", \"source\": [\n\"## Why?\\n\",\n\"So.\"]},\n\
            {\"cell_type\": \"code\", \"source\": \"a = 1\\nb\", \"outputs\": [\"x\"]}],\n\
            \"metadata\": {\"language_info\": {\"name\": \"julia\"}}}";
        let converted = convert(&json::parse(notebook).unwrap()).unwrap();
        assert_eq!(
            converted.text,
            "## Why?\nSo.\n\n```julia\na = 1\nb\n```\n\n"
        );
        let guide = converted.into_guide("a.ipynb", Default::default(), None);
        let lines: Vec<usize> = guide.blocks.iter().map(|block| block.line).collect();
        assert_eq!(lines, [3, 4, 5]);
    }
}
