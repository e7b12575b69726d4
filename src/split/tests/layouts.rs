//! The layouts of guides, a small guide for each.

use super::outline;

/// A layout's test: its name, a guide, and the outline of its documents.
macro_rules! layouts {
    ($($name:ident: $text:expr => $outline:expr;)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(outline($text), $outline);
        }
    )*};
}

layouts! {
    headings_that_ask:
        "## What is a map?\n\nA table.\n\n## How is it built?\n\nBy hash.\n"
        => "Q What is a map? / A table.\nQ How is it built? / By hash.\n";
    headings_with_numbers_may_be_bare_topics:
        "# Interview questions\n## 1. Maps\nA table.\n## 2. What is a set?\nA bag.\n## 3. Explain lists\nA row.\n"
        => "Q Maps / A table.\nQ What is a set? / A bag.\nQ Explain lists / A row.\n";
    headings_labelled_as_questions:
        "## Basics\n### Question 17a. Name a map\nA table.\n### Question #1) A set?\nA bag.\n"
        => "Q Basics > Name a map / A table.\nQ Basics > A set? / A bag.\n";
    numbered_labels:
        "Q1. What is a map?\nA table.\n\nQ2. What is a set?\nA bag.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    short_labels:
        "Ques 1. What is a map?\nAns. A table.\nQues 2. What is a set?\nAns. A bag.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    hash_numbers:
        "#3: What is a map?\nA table.\n\n#4: What is a set?\nA bag.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    bold_numbers:
        "**1) What is a map?**\nA table.\n\n**2) What is a set?**\nA bag.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    bold_number_before_the_question:
        "**1)** What is a map?\n\nA table.\n\n**2)** What is a set?\n\nA bag.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    headings_inside_list_items:
        "1. ### What is a map?\n\n   A table.\n\n   ## Key points\n\n   Fast.\n\n2. ### What is a set?\n\nA bag.\n"
        => "Q What is a map? / A table. |  | ## Key points |  | Fast.\nQ What is a set? / A bag.\n";
    bold_paragraphs:
        "## Maps\n\n**What is a map?**\n\nA table.\n\n**How is it built?** By hash.\n"
        => "Q Maps > What is a map? / A table.\nQ Maps > How is it built? / By hash.\n";
    bold_bullets_with_the_answer_beside:
        "- **What is a map?** A table.\n- **What is a set?**\n  - A bag.\n- **What is a list?** - [Here](x)\n"
        => "Q What is a map? / A table.\nQ What is a set? / - A bag.\nQ What is a list? / [Here](x)\n";
    details_whose_summary_asks:
        "<details>\n<summary><b>What is a map?</b></summary><br>\n\nA table.\n\n</details>\n\n<details><summary>What is\na set?</summary>\nA bag.\n</details>\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    details_that_hide_the_answer:
        "### What is a map?\n\n<details><summary>Answer</summary>\n\nA table.\n\n</details>\n\n### What is a set?\n\n<details>\n<summary>Show answer</summary>\n\nA bag.\n</details>\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    tables_of_question_and_answer:
        "| # | Question | Answer |\n|---|---|---|\n| 1 | What is a map? | A table. |\n| 2 | What is a set? | A bag. |\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    one_question_in_the_front_matter:
        "---\nquestion: What is a map?\n---\n\nA table.\n\n## Why?\n\nBy hash.\n"
        => "Q What is a map? / A table. |  | ## Why? |  | By hash.\n";
    one_question_in_the_title:
        "---\ntitle: What is a map?\n---\n\nA table.\n"
        => "Q What is a map? / A table.\n";
    question_and_answer_as_headings:
        "### Question\nWhat is a map?\n\n### Answer\n\nA table.\n\n### 1. Keys\n\nNames.\n\n### Question\n\nWhat is a set?\n\n### Answer\n\nA bag.\n"
        => "Q What is a map? / A table. |  | ### 1. Keys |  | Names.\nQ What is a set? / A bag.\n";
    one_question_as_the_only_title:
        "# What is a map?\n\nA table.\n\n## Keys\n\nNames.\n\n## Values\n\nThings.\n\n## Links\n\nHere.\n"
        => "Q What is a map? / A table. |  | ## Keys |  | Names. |  | ## Values |  | Things. |  | ## Links |  | Here.\n";
    one_topic_as_the_only_heading:
        "---\ntitle: Maps\n---\n\n## Keys and values\n\nNames and things.\n"
        => "Q Keys and values / Names and things.\n";
    questions_first_and_answers_after:
        "## Questions\n\n1. What is a map?\n2. What is a set?\n3. What is a list?\n\n## Answers\n\n1. A table.\n\n   1. Keys\n   2. Values\n\n2. A bag.\n3. A row.\n"
        => "Q Questions > What is a map? / A table. |  | 1. Keys | 2. Values\nQ Questions > What is a set? / A bag.\nQ Questions > What is a list? / A row.\n";
    components_with_the_question_in_an_attribute:
        "import {A} from 'a';\n\n<Accordion title=\"What is a map?\">\n\n  A table.\n\n</Accordion>\n<Accordion title=\"What is a set?\">\n\n  A bag.\n\n</Accordion>\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    unclosed_fences:
        "## 1. What is a map?\n\n```rust\nlet a;\n\n## 2. What is a set?\n\n```rust\nlet b;\n```\n\n## 3. What is a list?\n\nA row.\n"
        => "Q What is a map? / ```rust | let a;\nQ What is a set? / ```rust | let b; | ```\nQ What is a list? / A row.\n";
    nested_details:
        "<details>\n<summary>Maps</summary>\n\n<details><summary>What is a map?</summary>\n\nA table.\n\n</details>\n<details><summary>What is a key?</summary>\n\nA name.\n\n</details>\n</details>\n"
        => "Q Maps > What is a map? / A table.\nQ Maps > What is a key? / A name.\n";
    cards:
        "Front: What is a map?\nBack: A table.\n\nFront: What is a set?\nBack: A bag.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    multiple_choice:
        "#### Q1. What is a map?\n\n- [ ] A bag\n- [x] A table\n\n#### Q2. What is a set?\n\n- [x] A bag\n- [ ] A table\n"
        => "Q What is a map? / - [ ] A bag | - [x] A table\nQ What is a set? / - [x] A bag | - [ ] A table\n";
    labelled_blocks_wrapped_by_hand:
        "Q: What is the difference between a map that is built by hash and\none that is a tree?\nA: The first is a table, and finding a key in it takes about as long\nwhatever its size.\n\nQ: What is a set?\nA: A bag.\n"
        => "Q What is the difference between a map that is built by hash and one that is a tree? / The first is a table, and finding a key in it takes about as long | whatever its size.\nQ What is a set? / A bag.\n";
    question_and_answer_on_one_line:
        "Q12. What is a map? It is a table.\nQ13. What is a set? Is it a bag? It is.\n"
        => "Q What is a map? / It is a table.\nQ What is a set? Is it a bag? / It is.\n";
    marks_of_a_faq:
        "FAQs\nWhat is a map? ›A table.\nWhat is a set? ›\nA bag.\n"
        => "Q FAQs > What is a map? / A table.\nQ FAQs > What is a set? / A bag.\n";
    bare_list_without_answers:
        "# Interview questions\n\n* What is a map?\n* What is a set?\n  * Is it a bag?\n* Describe lists.\n"
        => "Q What is a map? / \nQ What is a set? / * Is it a bag?\nQ Describe lists. / \n";
    numbered_lines_without_blank_lines:
        "1. What is a map?\nA table.\n2. What is a set?\nA bag.\n3. Lists\nA row.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\nQ Lists / A row.\n";
    several_layouts_in_one_guide:
        "# Questions\n\n## Maps\n\n### What is a map?\n\nA table.\n\n### What is a key?\n\nA name.\n\n## Sets\n\n- What is a set?\n- What is a bag?\n- What is an element?\n"
        => "Q Maps > What is a map? / A table.\nQ Maps > What is a key? / A name.\nQ Sets > What is a set? / \nQ Sets > What is a bag? / \nQ Sets > What is an element? / \n";
    questions_in_other_languages:
        "## Что такое словарь\n\nТаблица.\n\n## Как он устроен\n\nХеш.\n\n## 什么是集合\n\n袋。\n"
        => "Q Что такое словарь / Таблица.\nQ Как он устроен / Хеш.\nQ 什么是集合 / 袋。\n";
    pages_of_html:
        "<html><nav>Home</nav><h2>Maps</h2>\n<h3><button>What is a map?</button></h3><p>A table.</p>\n<h3>What is a set?</h3><ul><li>A bag.</ul><footer>End"
        => "Q Maps > What is a map? / A table.\nQ Maps > What is a set? / - A bag.\n";
    definition_lists_of_html:
        "<html><dl><dt>What is a map?</dt><dd>A table.</dd><dt>What is a set?</dt><dd>A bag.</dd></dl>"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    // What is no question.
    contents_lists_are_not_questions:
        "## Table of contents\n\n- [What is a map?](#map)\n- [What is a set?](#set)\n\n## What is a map?\n\nA table.\n\n## What is a set?\n\nA bag.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    bare_contents_lists_are_not_questions:
        "What is a map?\nWhat is a set?\nWhat is a list?\nIntroduction.\n1. What is a map?\nA table.\n2. What is a set?\nA bag.\n3. What is a list?\nA row.\n"
        => "P guide / Introduction.\nQ What is a map? / A table.\nQ What is a set? / A bag.\nQ What is a list? / A row.\n";
    tutorials_that_ask_are_not_questions:
        "# Maps\n\n## What is it?\n\nA table.\n\n## Installing\n\nType.\n\n## Usage\n\nCall.\n\n## Limits\n\nNone.\n"
        => "P What is it? > What is it? / A table.\nP Installing > Installing / Type.\nP Usage > Usage / Call.\nP Limits > Limits / None.\n";
    numbered_steps_are_not_questions:
        "# Install\n\n1. Download it\n2. Write a configuration\n3. Start it\n"
        => "P Install / 1. Download it | 2. Write a configuration | 3. Start it\n";
    // Answers and their ends.
    steps_inside_answers:
        "1. What is a map?\nTo build one:\n1. Hash the key\n2. Take a slot\n2. What is a set?\nA bag.\n"
        => "Q What is a map? / To build one: | 1. Hash the key | 2. Take a slot\nQ What is a set? / A bag.\n";
    answers_end_before_closing_matter:
        "## What is a map?\n\nA table.\n\n## What is a set?\n\nA bag.\n\n## Conclusion\n\nGood luck.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\nP Conclusion > Conclusion / Good luck.\n";
    labels_and_litter_are_not_text:
        "### Q1: What is a map?\n\n**Difficulty:** Mid\n\n**Answer:**\n\nA table.\n\n**[⬆ Back to Top](#top)**\n\n---\n\n### Q2: What is a set?\n\n**Answer:** A bag.\n"
        => "Q What is a map? / A table.\nQ What is a set? / A bag.\n";
    code_is_kept_as_written:
        "## What is a map?\n\n```rust\nlet map = [\n    1,\n];\n\n// # no heading\n```\n\n## What is a set?\n\nA bag.\n"
        => "Q What is a map? / ```rust | let map = [ |     1, | ]; |  | // # no heading | ```\nQ What is a set? / A bag.\n";
    code_in_questions_keeps_its_backticks:
        "## What is `this`?\n\nA word.\n\n## What is `that`?\n\nAnother.\n"
        => "Q What is `this`? / A word.\nQ What is `that`? / Another.\n";
    sections_lose_their_counts:
        "## :star: Maps (37)\n\n### What is a map?\n\nA table.\n\n### What is a key?\n\nA name.\n"
        => "Q Maps > What is a map? / A table.\nQ Maps > What is a key? / A name.\n";
}
