//! The `hotseat` command.

fn main() {
    let path = std::env::args().next_back().unwrap();
    let name = path.rsplit('/').next().unwrap().to_owned();
    let guide = hotseat::Guide::read(path.as_ref(), &name).unwrap();
    if std::env::args().any(|a| a == "--explain") {
        print!("{}", hotseat::explain(&guide));
        return;
    }
    if std::env::args().any(|a| a == "--blocks") {
        for b in &guide.blocks {
            println!(
                "{:5} {:?} d{} [{}] b{:?} s{:?} {} {:?}",
                b.line,
                b.kind,
                b.depth,
                b.marker,
                b.bold,
                b.summary,
                b.continues,
                b.text.chars().take(90).collect::<String>()
            );
        }
        return;
    }
    for d in hotseat::split(&guide) {
        if d.kind == hotseat::Kind::Passage && std::env::args().any(|a| a == "--kind") {
            continue;
        }
        println!(
            "{}",
            serde_json::json!({"source": d.guide, "line": d.line, "kind": d.kind, "question": d.question, "answer": d.answer, "section": d.sections, "tags": d.tags, "id": d.id, "level": d.level})
        );
    }
}
