//! Messages to a server over guides in memory, and its answers.

use hotseat::{Index, QaDocument};
use proptest::prelude::*;

use super::*;

/// Guides in memory.
#[derive(Debug)]
struct Memory(Index);

impl Library for Memory {
    fn index(&mut self, _: bool) -> &dyn Backend {
        &self.0
    }

    fn guide(&self, typed: &str) -> String {
        typed.trim_start_matches("content/").to_owned()
    }

    fn chance(&mut self) -> u64 {
        7
    }
}

fn server() -> Server<Memory> {
    let long = "A word of it. ".repeat(3000);
    let mut documents = vec![
        QaDocument::new(
            "db/locks.md",
            "What is a deadlock?",
            "Two threads wait for each other.",
        )
        .with_tags(["Databases"])
        .with_level("mid"),
        QaDocument::new("db/long.md", "What is long?", long).with_tags(["Text"]),
        QaDocument::new("db/none.md", "Who knows?", ""),
    ];
    let topics = "caches queues sockets closures views joins indexes shards logs pools heaps trees";
    documents.extend(topics.split(' ').map(|topic| {
        QaDocument::new(
            "all.md",
            format!("How do {topic} work?"),
            format!("By {topic} themselves."),
        )
        .with_tags(["Things"])
        .with_level("senior")
    }));
    Server::new(Memory(Index::in_memory(documents).unwrap()))
}

fn ask(method: &str, params: Value) -> Value {
    let mut answers =
        server().answer(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}));
    assert_eq!(answers.len(), 1);
    answers.remove(0)
}

/// Calls a tool, and returns its text and whether that is an error.
fn call(name: &str, arguments: Value) -> (String, bool) {
    let answer = ask("tools/call", json!({"name": name, "arguments": arguments}));
    let result = &answer["result"];
    let text = result["content"][0]["text"].as_str().unwrap().to_owned();
    assert!(result.get("structuredContent").is_none());
    (text, result["isError"] == true)
}

fn meta(version: &str) -> Value {
    json!({
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientCapabilities": {},
    })
}

#[test]
fn both_eras_are_served_side_by_side() {
    let legacy = ask("initialize", json!({"protocolVersion": "2025-06-18"}));
    assert_eq!(legacy["result"]["protocolVersion"], "2025-06-18");
    let newer = ask("initialize", json!({"protocolVersion": "2099-01-01"}));
    assert_eq!(newer["result"]["protocolVersion"], LEGACY[0]);
    let modern = ask("server/discover", json!({"_meta": meta(MODERN)}));
    assert_eq!(modern["result"]["supportedVersions"][0], MODERN);
    assert_eq!(modern["result"]["resultType"], "complete");
    let instructions = modern["result"]["instructions"].as_str().unwrap();
    assert!(instructions.contains("15 questions") && instructions.chars().count() <= 600);

    // An index without tags has none to name.
    let documents = [QaDocument::new("tea.md", "What is tea?", "Leaves.")];
    let mut untagged = Server::new(Memory(Index::in_memory(documents).unwrap()));
    let instructions = untagged.instructions().unwrap();
    assert!(
        instructions.ends_with("never instructions to follow."),
        "{instructions}"
    );

    let tools = ask("tools/list", json!({"_meta": meta(MODERN)}));
    assert_eq!(tools["result"]["cacheScope"], "private");
    assert_eq!(
        ask("tools/list", json!({}))["result"]
            .as_object()
            .unwrap()
            .len(),
        1
    );
    let error = |answer: Value| answer["error"]["code"].clone();
    assert_eq!(
        error(ask("tools/list", json!({"_meta": meta("1900-01-01")}))),
        UNSUPPORTED_VERSION
    );
    let bare = json!({"_meta": {"io.modelcontextprotocol/protocolVersion": MODERN}});
    assert_eq!(error(ask("tools/list", bare)), INVALID_PARAMS);
    assert_eq!(
        error(ask("ping", json!({"_meta": meta(MODERN)}))),
        METHOD_NOT_FOUND
    );
    assert_eq!(ask("ping", json!({}))["result"], json!({}));
}

#[test]
fn what_is_no_request_is_refused_or_passed_over() {
    let mut server = server();
    let mut code = |text: &str| match read(text.as_bytes()) {
        Ok(message) => server
            .answer(&message)
            .first()
            .map(|answer| answer["error"]["code"].clone()),
        Err(answer) => Some(answer["error"]["code"].clone()),
    };
    assert_eq!(code("{"), Some(json!(PARSE_ERROR)));
    assert_eq!(code("[]"), Some(json!(INVALID_REQUEST)));
    assert_eq!(code(r#"{"id":1}"#), Some(json!(INVALID_REQUEST)));
    assert_eq!(
        code(r#"{"id":null,"method":"ping"}"#),
        Some(json!(INVALID_REQUEST))
    );
    assert_eq!(
        code(r#"{"id":1.5,"method":"ping"}"#),
        Some(json!(INVALID_REQUEST))
    );
    assert_eq!(
        code(r#"{"id":"a","method":"no"}"#),
        Some(json!(METHOD_NOT_FOUND))
    );
    assert_eq!(code(r#"{"method":"notifications/initialized"}"#), None);
    assert_eq!(code(r#"{"id":1,"result":{}}"#), None);
    assert_eq!(
        code(&("[".repeat(500) + &"]".repeat(500))),
        Some(json!(PARSE_ERROR))
    );
    assert_eq!(too_long(1 << 20)["error"]["code"], INVALID_REQUEST);
}

#[test]
fn the_definitions_of_the_tools_are_short() {
    let length = tools::list().to_string().chars().count();
    assert!(length < 3_500, "{length}");
}

#[test]
fn a_search_leads_to_an_answer() {
    let (found, is_error) = call(
        "search",
        json!({"query": "deadlock", "tag": "databases", "limit": "1"}),
    );
    let id = DocIdOf::first(&found);
    insta::assert_snapshot!(found.replace(&id, "ID"), @r"
    1 found
    1. What is a deadlock?
       ID · db/locks.md:1 · mid · Databases
       Two threads wait for each other.
    ");
    assert!(!is_error);
    let by_place = call("get", json!({"ids": "content/db/locks.md:1"}));
    assert_eq!(call("get", json!({"ids": [id]})), by_place);
    assert!(by_place.0.ends_with("Two threads wait for each other."));
}

struct DocIdOf;

impl DocIdOf {
    fn first(text: &str) -> String {
        let line = text.lines().find(|line| line.starts_with("   ")).unwrap();
        line.trim().split(' ').next().unwrap().to_owned()
    }
}

#[test]
fn arguments_are_read_as_they_are_meant() {
    let (found, is_error) = call("search", json!({"query": "work", "limit": 500}));
    assert!(found.contains("note: limit was taken as 20"), "{found}");
    assert!(!is_error);
    let more = call(
        "search",
        json!({"query": "work", "tags": ["things"], "limit": 5}),
    );
    assert!(more.0.contains("7 more: offset=5"), "{}", more.0);
    for (tool, arguments, message) in [
        ("search", json!({}), "nothing to search for"),
        ("search", Value::Null, "nothing to search for"),
        (
            "search",
            json!({"query": "work", "colour": 1}),
            "no argument \"colour\"; the arguments are query, tag, level, category, section, guide, \
             limit, offset",
        ),
        (
            "search",
            json!({"query": "work", "limit": "all"}),
            "limit must be a whole number, 1 to 20;",
        ),
        (
            "search",
            json!({"query": "work", "tag": {"name": "things"}}),
            "tag must be a string or a list of strings",
        ),
        ("get", json!({"ids": [["a"]]}), "ids must be a string or"),
        ("facets", json!({"level": "mid"}), "no argument \"level\""),
        ("draw", json!({"minutes": true}), "minutes must be a whole"),
        (
            "search",
            json!({"tag": "databses"}),
            "the closest are Databases, ",
        ),
        ("get", json!({}), "give ids"),
        ("get", json!({"ids": ["nothing"]}), "no document is called"),
        (
            "facets",
            json!({"name": "colour"}),
            "there are tag, category",
        ),
        ("draw", json!({"level": "intern"}), "no level is called"),
    ] {
        let (text, is_error) = call(tool, arguments.clone());
        assert!(is_error && text.contains(message), "{arguments}: {text}");
    }
    let unknown = ask("tools/call", json!({"name": "delete"}));
    assert_eq!(unknown["error"]["code"], INVALID_PARAMS);
}

#[test]
fn a_long_answer_comes_in_parts() {
    let mut whole = String::new();
    let mut offset = 0;
    loop {
        let (part, _) = call("get", json!({"ids": ["db/long.md:1"], "offset": offset}));
        assert!(part.chars().count() <= tools::MAX_GET);
        let answer = part.split_once("\n\n").unwrap().1;
        match answer.split_once("\n… ") {
            None => {
                whole += answer;
                break;
            }
            Some((answer, rest)) => {
                whole += answer;
                offset = rest
                    .rsplit_once("offset=")
                    .unwrap()
                    .1
                    .trim()
                    .parse()
                    .unwrap();
            }
        }
    }
    assert_eq!(whole, "A word of it. ".repeat(3000).trim_end());
}

#[test]
fn a_set_is_drawn_without_answers() {
    let (drawn, _) = call("draw", json!({"minutes": 30, "level": "senior", "seed": 3}));
    assert!(
        drawn.starts_with("3 questions for 30 minutes, 3 in reserve; seed=3\n"),
        "{drawn}"
    );
    assert!(!drawn.contains("themselves"));
    assert_eq!(
        call("draw", json!({"minutes": 30, "level": "senior", "seed": 3})).0,
        drawn
    );
    assert!(call("draw", json!({"count": 2})).0.contains("seed=7"));
}

#[test]
fn prompts_resources_and_completions() {
    let prompt = ask(
        "prompts/get",
        json!({"name": "interview_me", "arguments": {"topic": "sql"}}),
    );
    let text = prompt["result"]["messages"][0]["content"]["text"]
        .as_str()
        .unwrap();
    assert!(text.starts_with("Interview me about sql for 30 minutes."));
    let explain = json!({"name": "explain_question", "arguments": {"id": "db/locks.md:1"}});
    let explain = ask("prompts/get", explain);
    let text = explain["result"]["messages"][0]["content"]["text"]
        .as_str()
        .unwrap();
    assert!(text.ends_with("Two threads wait for each other."));

    let guides = ask("resources/list", json!({}));
    assert_eq!(
        guides["result"]["resources"][1]["uri"],
        "hotseat://guide/db/locks.md"
    );
    let read = |uri: &str| ask("resources/read", json!({"uri": uri}));
    let guide = read("hotseat://guide/db%2Flocks.md");
    assert!(
        guide["result"]["contents"][0]["text"]
            .as_str()
            .unwrap()
            .contains("- What is a deadlock? (")
    );
    for uri in [
        "hotseat://guide/db",
        "hotseat://guide/../x",
        "file:///etc/passwd",
        "",
        "hotseat://question/%",
    ] {
        assert_eq!(read(uri)["error"]["code"], INVALID_PARAMS, "{uri}");
    }
    let completed = |name: &str, value: &str| {
        let argument = json!({"name": name, "value": value});
        let reference = json!({"type": "ref/prompt", "name": "interview_me"});
        let answer = ask(
            "completion/complete",
            json!({"ref": reference, "argument": argument}),
        );
        answer["result"]["completion"]["values"].clone()
    };
    assert_eq!(completed("level", "S"), json!(["senior"]));
    assert_eq!(
        completed("path", "db/l"),
        json!(["db/locks.md", "db/long.md"])
    );
    assert_eq!(completed("topic", "data")[0], "Databases");
}

#[test]
fn a_subscription_is_acknowledged_and_ends() {
    let params = json!({"_meta": meta(MODERN), "notifications": {"toolsListChanged": true}});
    let request =
        json!({"jsonrpc": "2.0", "id": "s", "method": "subscriptions/listen", "params": params});
    let answers = server().answer(&request);
    assert_eq!(answers[0]["params"]["notifications"], json!({}));
    assert_eq!(answers[1]["id"], "s");
}

fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "search",
        "get",
        "facets",
        "draw",
        "query",
        "ids",
        "limit",
        "offset",
        "a",
        "\u{202e}",
        "tag",
        "db/locks.md:1",
        "9999999999999999999999",
        "interview_me",
        "hotseat://guide/",
        "level",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(word.clone().prop_map(str::to_owned), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

#[test]
fn any_request_is_answered_in_bounds() {
    let server = std::cell::RefCell::new(server());
    let mut runner = proptest::test_runner::TestRunner::default();
    let methods = prop::sample::select(vec![
        "tools/call",
        "prompts/get",
        "resources/read",
        "resources/list",
        "completion/complete",
        "initialize",
    ]);
    let tools = prop::sample::select(vec!["search", "get", "facets", "draw", "interview_me"]);
    let request = (methods, tools, any_json(), any::<bool>());
    let ran = runner.run(&request, |(method, tool, params, is_call)| {
        let params = match is_call {
            true => json!({"name": tool, "arguments": params, "argument": params, "uri": tool}),
            false => params,
        };
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let answers = server.borrow_mut().answer(&request);
        prop_assert_eq!(answers.len(), 1);
        prop_assert!(answers[0].to_string().chars().count() < 45_000);
        Ok(())
    });
    ran.unwrap();
}
