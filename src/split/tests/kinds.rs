//! Guides as people write them: each test is a kind of guide that was once split wrongly.

use crate::{Guide, document::DocumentKind, split};

/// Returns the questions of a guide, a line each, with their sections and answers.
fn questions(path: &str, text: &str) -> Vec<String> {
    let documents = split(&Guide::parse(path, text)).into_iter();
    let questions = documents.filter(|document| document.kind == DocumentKind::Question);
    questions
        .map(|document| {
            let sections = document.sections.iter().map(|title| format!("{title} > "));
            let answer = document.answer.replace('\n', " | ");
            format!(
                "{}{} / {answer}",
                sections.collect::<String>(),
                document.question
            )
        })
        .collect()
}

/// A test for each kind of guide: its name, a path, a guide and its questions.
macro_rules! kinds {
    ($($name:ident: $path:expr, $text:expr => [$($question:expr),*];)*) => {$(
        #[test]
        fn $name() {
            let expected: &[&str] = &[$($question),*];
            assert_eq!(questions($path, $text), expected);
        }
    )*};
}

kinds! {
    a_list_of_questions_that_are_no_more_than_labels:
        "guide.json", "[{\"question\": \"Question\", \"answer\": \"Salt.\"}, {\"question\": \"Q1.\", \"answer\": \"\"}]"
        => ["Question / Salt.", "Q1. / "];
    elements_that_their_classes_mark_in_markdown:
        "guide.md", "# Bread\n\n## Rye\n<div class=\"faq\">\n  <div class=\"question\">\n    <img src=\"q.png\" class=\"icon-question\">\n    <span>Rye is sour.</span>\n  </div>\n  <div class=\"answer\">\n    <p>So are you?</p>\n  </div>\n</div>\n\n## Salt\n<div class=\"question\">How much?</div>\n<div class=\"answer\">Two percent.</div>\n"
        => ["Rye > Rye is sour. / <p>So are you?</p>", "Salt > How much? / <div class=\"answer\">Two percent.</div>"];
    elements_that_their_classes_mark_in_a_page:
        "guide.html", "<html><body><h2>Rye</h2><div class=\"faq-item\"><div class=\"faq-question\"><h3>Why sour</h3></div><div class=\"faq-answer\"><p>For taste.</p><p>Is that all?</p></div></div><div class=\"faq-item\"><button class=\"faq__question\">Flour</button><div class=\"faq__answer\">Rye flour.</div></div></body></html>"
        => ["Rye > Why sour / For taste. |  | Is that all?", "Rye > Flour / Rye flour."];
    tasks_with_options_behind_a_field:
        "guide.md", "# Bread\n\n## Question 1\n**Category:** Grain\n\nThe opposite of sour: **sweet**\n\n- [ ] **A)** Rye\n- [ ] **B)** Malt\n\n## Question 2\n**Category:** Grain\n\nThe word that has no place here\n\n- [ ] **A)** Salt\n- [ ] **B)** Rye\n"
        => ["The opposite of sour: sweet / **Category:** Grain |  | - [ ] **A)** Rye | - [ ] **B)** Malt", "The word that has no place here / **Category:** Grain |  | - [ ] **A)** Salt | - [ ] **B)** Rye"];
    an_overview_before_two_questions:
        "guide.md", "## Overview\n\nText.\n\n## What is yeast?\n\nA fungus.\n\n## What is dough?\n\nFlour and water.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour and water."];
    an_introduction_before_two_questions:
        "guide.md", "## Introduction\n\nText.\n\n## What is yeast?\n\nA fungus.\n\n## How long does dough rise?\n\nAn hour.\n"
        => ["What is yeast? / A fungus.", "How long does dough rise? / An hour."];
    a_setup_before_two_questions:
        "guide.md", "## Setup\n\nText.\n\n## What is yeast?\n\nA fungus.\n\n## How long does dough rise?\n\nAn hour.\n"
        => ["What is yeast? / A fungus.", "How long does dough rise? / An hour."];
    a_glossary_before_two_questions:
        "guide.md", "## Glossary\n\nText.\n\n## What is yeast?\n\nA fungus.\n\n## How long does dough rise?\n\nAn hour.\n"
        => ["What is yeast? / A fungus.", "How long does dough rise? / An hour."];
    two_bare_headings_among_two_that_ask:
        "guide.md", "## Ovens\n\nHot.\n\n## What is yeast?\n\nA fungus.\n\n## Pans\n\nFlat.\n\n## What is dough?\n\nFlour.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour."];
    plain_titles_among_five_that_ask:
        "guide.md", "## Overview\n\nText.\n\n## What is yeast?\n\nA thing.\n\n## What is dough?\n\nA thing.\n\n## What is rye?\n\nA thing.\n\n## What is salt?\n\nA thing.\n\n## What is malt?\n\nA thing.\n\n## Glossary\n\nWords.\n"
        => ["What is yeast? / A thing.", "What is dough? / A thing.", "What is rye? / A thing.", "What is salt? / A thing.", "What is malt? / A thing."];
    numbered_topics_of_which_one_asks:
        "guide.md", "### 1. **What is a loan?**\n- Text of it.\n\n### 2. **Life of a loan**\n- Text of it.\n\n### 3. **Types of loan**\n- Text of it.\n\n### 4. **Loan and gift compared**\n- Text of it.\n\n### 5. **Need for a rating**\n- Text of it.\n\n"
        => ["What is a loan? / - Text of it.", "Life of a loan / - Text of it.", "Types of loan / - Text of it.", "Loan and gift compared / - Text of it.", "Need for a rating / - Text of it."];
    numbered_topics_in_chinese:
        "guide.md", "### 1. **什么是债券？**\n- 内容在此。\n\n### 2. **债券的生命周期**\n- 内容在此。\n\n### 3. **债券的类型**\n- 内容在此。\n\n### 4. **债券与股票**\n- 内容在此。\n\n### 5. **评级的需要**\n- 内容在此。\n\n"
        => ["什么是债券？ / - 内容在此。", "债券的生命周期 / - 内容在此。", "债券的类型 / - 内容在此。", "债券与股票 / - 内容在此。", "评级的需要 / - 内容在此。"];
    labels_with_a_colon_group_questions:
        "g.txt", "FINANCE:\n1. What is a loan?\n2. What is a share?\n\nPEOPLE:\n1. How do you hire?\n2. How do you fire?\n"
        => ["FINANCE > What is a loan? / ", "FINANCE > What is a share? / ", "PEOPLE > How do you hire? / ", "PEOPLE > How do you fire? / "];
    bold_labels_group_questions:
        "guide.md", "# Interview questions\n\n**Conflict**\n\n- What do you do when two colleagues quarrel?\n- How do you calm a client?\n\n**Growth**\n\n- What did you learn last year?\n- Where will you be in five years?\n"
        => ["Conflict > What do you do when two colleagues quarrel? / ", "Conflict > How do you calm a client? / ", "Growth > What did you learn last year? / ", "Growth > Where will you be in five years? / "];
    bullets_group_nested_questions:
        "guide.md", "- Conflict\n  - What do you do when two colleagues quarrel?\n  - How do you calm a client?\n- Growth\n  - What did you learn last year?\n  - Where will you be in five years?\n"
        => ["Conflict > What do you do when two colleagues quarrel? / ", "Conflict > How do you calm a client? / ", "Growth > What did you learn last year? / ", "Growth > Where will you be in five years? / "];
    labels_between_dashes_group_questions:
        "g.txt", "--- Conflict ---\nWhat do you do when two colleagues quarrel?\nHow do you calm a client?\n--- Growth ---\nWhat did you learn last year?\nWhere will you be in five years?\n"
        => ["Conflict > What do you do when two colleagues quarrel? / ", "Conflict > How do you calm a client? / ", "Growth > What did you learn last year? / ", "Growth > Where will you be in five years? / "];
    labels_in_an_answer_group_nothing:
        "guide.md", "**Q1: What is yeast?**\n\nUseful questions:\n\n- Is it alive? Test it.\n- Is it fresh? Smell it.\n\n**Q2: What is dough?**\n\nFor a start:\n\n1. Which flour is it? Rye.\n2. How wet is it? Very.\n"
        => ["What is yeast? / Useful questions: |  | - Is it alive? Test it. | - Is it fresh? Smell it.", "What is dough? / For a start: |  | 1. Which flour is it? Rye. | 2. How wet is it? Very."];
    two_layouts_in_one_guide:
        "guide.md", "## 1. What is yeast?\n\nA fungus.\n\n## 2. What is dough?\n\nFlour.\n\n## 3. What is rye?\n\nA cereal.\n\n## Ovens and pans\n\n1. How hot is an oven?\n2. How do you grease a pan?\n3. When do you open the door?\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour.", "What is rye? / A cereal.", "Ovens and pans > How hot is an oven? / ", "Ovens and pans > How do you grease a pan? / ", "Ovens and pans > When do you open the door? / "];
    a_heading_without_number_behind_numbered_ones:
        "guide.md", "## 1. What is yeast?\n\nA fungus.\n\n## 2. What is dough?\n\nFlour.\n\n## 3. What is rye?\n\nA cereal.\n\n## What is salt for?\n\nTaste.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour.", "What is rye? / A cereal.", "What is salt for? / Taste."];
    a_line_without_number_among_labelled_answers:
        "g.txt", "1. What is yeast?\nAns: A fungus.\n2. What is dough?\nAns: Flour.\nWhat happens if you forget the salt?\nAns: It is dull.\n3. What is rye?\nAns: A cereal.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour.", "What happens if you forget the salt? / It is dull.", "What is rye? / A cereal."];
    bare_lines_that_ask_or_set_a_task:
        "g.txt", "What are your strengths?\n\nTell me about yourself.\n\nDescribe a hard project and what you did.\n\nWhy do you want this job?\n\nGive me an example of a mistake.\n\nHow do you work under stress?\n"
        => ["What are your strengths? / ", "Tell me about yourself. / ", "Describe a hard project and what you did. / ", "Why do you want this job? / ", "Give me an example of a mistake. / ", "How do you work under stress? / "];
    bare_lines_between_wrapped_answers:
        "g.txt", "What is yeast?\nYeast is a fungus that lives on sugar and makes gas, which\nraises the dough.\nWhat is dough?\nDough is a paste of flour and water that is kneaded until\nit is smooth.\nHow long does it rise?\nAn hour in a warm place, and all night in a cold one, since\ncold slows yeast down.\nWhat is rye?\nA cereal of the north.\n"
        => ["What is yeast? / Yeast is a fungus that lives on sugar and makes gas, which | raises the dough.", "What is dough? / Dough is a paste of flour and water that is kneaded until | it is smooth.", "How long does it rise? / An hour in a warm place, and all night in a cold one, since | cold slows yeast down.", "What is rye? / A cereal of the north."];
    numbered_advice_is_no_question:
        "guide.md", "# How to pass an interview\n\n#### 1. Practice makes perfect\n\nGo to many.\n\n#### 2. Your résumé is a story\n\nTell it.\n\n#### 3. Who leads the talk?\n\nYou do.\n\n#### 4. Be on time\n\nAlways.\n\n#### 5. Any questions?\n\nHave some.\n"
        => [];
    topics_one_a_line_of_a_guide_named_for_questions:
        "g/oral exam.md", "### Bread\nThe life of yeast\nRye, wheat and spelt\nSalt\n\n---\n\n### Ovens\nSteam   \nHow heat gets into the crumb   \nStone or steel\n"
        => ["Bread > The life of yeast / ", "Bread > Rye, wheat and spelt / ", "Bread > Salt / ", "Ovens > Steam / ", "Ovens > How heat gets into the crumb / ", "Ovens > Stone or steel / "];
    topics_one_a_paragraph_below_a_line_that_names_them:
        "g.txt", "Questions for the exam:\n\nThe life of yeast.\n\nRye, wheat and spelt. Their flours.\n\nSalt\n\nWhat steam is for\n"
        => ["The life of yeast. / ", "Rye, wheat and spelt. Their flours. / ", "Salt / ", "What steam is for / "];
    prose_of_a_guide_named_for_questions:
        "g/faq.md", "# FAQ\n\nThis page will hold what we are asked about\nbread. We write an answer down as soon as\nthe same thing was asked three times, and\nnobody has asked anything so far, which we\nfind a pity, since we like to talk.\n"
        => [];
    a_quiz_of_rounds:
        "g.txt", "Yeast is:\na fungus\na plant\nA\nWhat raises dough?\nsalt\ngas\nB\nWhat is rye?\na cereal\na tree\nA\nHow long does dough rise?\nan hour\na week\nA\n"
        => ["Yeast is: / a fungus | a plant | A", "What raises dough? / salt | gas | B", "What is rye? / a cereal | a tree | A", "How long does dough rise? / an hour | a week | A"];
    fields_between_a_label_and_its_question:
        "guide.md", "## Question 1\n**Topic:** Bread\n\nWhat is yeast?\n\nA fungus.\n\n## Question 2\n**Topic:** Bread\n\nWhat is rye?\n\nA cereal.\n"
        => ["What is yeast? / **Topic:** Bread |  | A fungus.", "What is rye? / **Topic:** Bread |  | A cereal."];
    a_heading_that_is_the_word_for_question:
        "guide.md", "# Notes\n\nText.\n\n# Question\n\n## Bread\nWhat is yeast?\n\n## Flour\nWhat is rye?\n\n## Ovens\nHow hot is an oven?\n"
        => ["Question > Bread > What is yeast? / ", "Question > Flour > What is rye? / ", "Question > Ovens > How hot is an oven? / "];
    numbered_titles_above_labels_that_start_anew:
        "g.txt", "1. Bread\n\nQ1. What is yeast?\nA fungus.\n\nQ2. What is rye?\nA cereal.\n\n2. Ovens\n\nQ1. How hot is an oven?\nVery.\n\nQ2. What is steam for?\nThe crust.\n"
        => ["Bread > What is yeast? / A fungus.", "Bread > What is rye? / A cereal.", "Ovens > How hot is an oven? / Very.", "Ovens > What is steam for? / The crust."];
    bare_numbers_that_count:
        "g/questions.txt", "1 The function takes two numbers and returns the greater.\n * 1, 2: 2\n\n2 The function returns the mean of a list.\n * 1, 3: 2\n\n3 Write a function that turns a word around.\n * ab: ba\n\n4 The function counts the even numbers.\n * 1, 2: 1\n"
        => ["The function takes two numbers and returns the greater. / * 1, 2: 2", "The function returns the mean of a list. / * 1, 3: 2", "Write a function that turns a word around. / * ab: ba", "The function counts the even numbers. / * 1, 2: 1"];
    a_title_that_counts_the_numbered_topics_below:
        "guide.md", "# Baking\n\nText.\n\n## Bread (4 questions with answers)\n\n**B1: Yeast**\n\nA fungus.\n\n**B2: Rye**\n\nA cereal.\n\n**B3: Salt**\n\nFor taste.\n\n**B4: Malt**\n\nBarley.\n"
        => ["Bread (4 questions with answers) > Yeast / A fungus.", "Bread (4 questions with answers) > Rye / A cereal.", "Bread (4 questions with answers) > Salt / For taste.", "Bread (4 questions with answers) > Malt / Barley."];
    topics_in_bullets_that_all_hold_their_answer:
        "g/面试.md", "# 面试知识点\n\n- 酵母的种类\n\n    > 真菌。\n    > 很小。\n\n- 什么是面团\n\n    > 面粉和水。\n    > 很软。\n\n- 如何烤面包\n\n    > 用烤箱。\n    > 很热。\n\n- 盐\n\n    > 调味。\n    > 很咸。\n\n- 黑麦\n\n    > 谷物。\n    > 很黑。\n"
        => ["酵母的种类 / 真菌。 | 很小。", "什么是面团 / 面粉和水。 | 很软。", "如何烤面包 / 用烤箱。 | 很热。", "盐 / 调味。 | 很咸。", "黑麦 / 谷物。 | 很黑。"];
    a_title_that_asks_above_groups:
        "g.txt", "What do bakers wonder about?\n\n1. Bread\n\t•\t„What is yeast?“\n\t•\t„What is rye?“\n\n2. Ovens\n\t•\t„How hot is an oven?“\n\t•\t„What is steam for?“\n"
        => ["Bread > „What is yeast?“ / ", "Bread > „What is rye?“ / ", "Ovens > „How hot is an oven?“ / ", "Ovens > „What is steam for?“ / "];
    a_heading_of_another_level_that_asks:
        "g/faq.md", "# FAQ\n\n## Bread\n\n### What is yeast?\n\nA fungus.\n\n### What is rye?\n\nA cereal.\n\n## Who may use the oven?\n\nAnyone.\n\n## Ovens\n\n### How hot is an oven?\n\nVery.\n"
        => ["Bread > What is yeast? / A fungus.", "Bread > What is rye? / A cereal.", "Who may use the oven? / Anyone.", "Ovens > How hot is an oven? / Very."];
    objects_that_a_component_takes:
        "guide.mdx", "# FAQ\n\nSome text.\n\n<Accordion items={[\n  { id: '1', title: 'What is yeast?', content: 'A \"fungus\".' },\n  { id: '2', title: 'What is rye?', content: (<p>A <b>cereal</b>.</p>) },\n]} />\n\n## Who may use the oven?\n\nAnyone.\n"
        => ["What is yeast? / A \"fungus\".", "What is rye? / A **cereal**.", "Who may use the oven? / Anyone."];
    objects_of_a_constant_with_topics:
        "guide.md", "import Faq from './faq'\n\nexport const faqs = [\n  {\n    title: `Levure`,\n    description: `\n      Un champignon.\n\n      - vivant\n    `,\n  },\n  { title: 'Seigle', description: 'Une céréale.' },\n]\n\n<Faq items={faqs} />\n"
        => ["Levure / Un champignon. |  | - vivant", "Seigle / Une céréale."];
    codes_above_their_questions:
        "guide.md", "# Exam\n\n## Question AB100-0126\n`Bread is raised by:`\n* **yeast**\n* salt\n\n## Question AB100-0127\n`Rye grows:`\n* on trees\n* **in fields**\n"
        => ["`Bread is raised by:` / * **yeast** | * salt", "`Rye grows:` / * on trees | * **in fields**"];
    codes_before_their_questions:
        "g.txt", "Frage B-12: Was ist Hefe?\nEin Pilz.\n\nFrage B-13: Was ist Roggen?\nEin Getreide.\n"
        => ["Was ist Hefe? / Ein Pilz.", "Was ist Roggen? / Ein Getreide."];
    questions_set_as_code_below_a_remark:
        "guide.md", "**1.**[one answer]\n\n```\nWhat raises the dough of bread?\n```\n\n[ ] **yeast**\n\n[ ] **salt**\n\n**2.**[one answer]\n\n```\nThe cereal that is darkest is\n```\n\n[ ] **rye**\n\n[ ] **oats**\n"
        => ["What raises the dough of bread? / [ ] **yeast** |  | [ ] **salt**", "The cereal that is darkest is / [ ] **rye** |  | [ ] **oats**"];
    statements_with_their_truth:
        "guide.md", "# Bread\n\n1. Yeast is a fungus. (T)\n2. Rye is a kind of tree.(F)\n3. What is malt?\n\n   Barley.\n\n4. Salt slows the growth of yeast\n   in any dough. [True]\n"
        => ["Yeast is a fungus. / (T)", "Rye is a kind of tree. / (F)", "What is malt? / Barley.", "Salt slows the growth of yeast in any dough. / [True]"];
    sentences_with_a_blank_and_what_fills_it:
        "guide.md", "# Bread\n\n1. ____ is what raises the dough. # yeast\n2. The darkest cereal is called ____. → rye\n3. Bread is baked in an ____. # oven\n"
        => ["____ is what raises the dough. / yeast", "The darkest cereal is called ____. / rye", "Bread is baked in an ____. / oven"];
    questions_with_their_translation_below:
        "guide.md", "# 面试\n\n1. **问题：**\n   - 中文：酵母是什么？\n   - English: What is yeast?\n\n   A fungus.\n\n2. **问题：**\n   - 中文：请描述黑麦。\n   - English: Describe what rye is.\n\n3. **问题：**\n   - 中文：盐有什么用？\n   - English: What is salt for?\n\n   Taste.\n"
        => ["酵母是什么？ What is yeast? / A fungus.", "请描述黑麦。 Describe what rye is. / ", "盐有什么用？ What is salt for? / Taste."];
    headings_with_their_translation_as_a_heading:
        "guide.md", "# Bread\n\n### 1. What is yeast?\n### Что такое дрожжи?\n\nA fungus.\n\n### 2. What is rye?\n### Что такое рожь?\n\nA cereal.\n\n### 3. What is salt for?\n### Зачем нужна соль?\n\nTaste.\n"
        => ["What is yeast? Что такое дрожжи? / A fungus.", "What is rye? Что такое рожь? / A cereal.", "What is salt for? Зачем нужна соль? / Taste."];
    a_bold_item_that_fills_a_gap:
        "guide.md", "# Bread\n\n1. What is yeast?\n\n   A fungus.\n\n2. **What is rye?**\n\n   A cereal.\n\n3. What is malt?\n\n   Barley.\n\n4. What is salt for?\n\n   Taste.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal.", "What is malt? / Barley.", "What is salt for? / Taste."];
    numbered_tasks_above_labels_that_start_anew:
        "guide.md", "# Bread\n\n1. Choose one\nQuestion 1:\nWhat raises dough?\nA) yeast\nB) salt\n\nQuestion 2:\nWhat is rye?\nA) a tree\nB) a cereal\n\n2. Fill in the blank\nQuestion 1:\nBread is baked in an ____ that is hot.\n\nQuestion 2:\nThe crust needs ____ when it is baked.\n"
        => ["Choose one > What raises dough? / A) yeast | B) salt", "Choose one > What is rye? / A) a tree | B) a cereal", "Fill in the blank > Bread is baked in an ____ that is hot. / ", "Fill in the blank > The crust needs ____ when it is baked. / "];
    groups_with_a_dash_behind_their_colon:
        "g.txt", "\nInterview questions Bread :- \n\n1.What is yeast?\n2.What is rye?\n3.Explain malt\n\nInterview questions Ovens:- \n\n1. How hot is an oven?\n2. What is steam for?\n3. Explain stone\n"
        => ["Interview questions Bread > What is yeast? / ", "Interview questions Bread > What is rye? / ", "Interview questions Bread > Explain malt / ", "Interview questions Ovens > How hot is an oven? / ", "Interview questions Ovens > What is steam for? / ", "Interview questions Ovens > Explain stone / "];
    a_title_of_level_1_below_other_questions:
        "guide.md", "Answer these, please.\n\n1. What is yeast?\n2. What is rye?\n3. What is malt?\n\n# Ovens\n\n## How hot is an oven?\n\nVery.\n\n## What is steam for?\n\nThe crust.\n\n## What is stone for?\n\nHeat.\n"
        => ["What is yeast? / ", "What is rye? / ", "What is malt? / ", "Ovens > How hot is an oven? / Very.", "Ovens > What is steam for? / The crust.", "Ovens > What is stone for? / Heat."];
    titles_without_a_space_in_chinese:
        "guide.md", "#面包\n\n##酵母\n\n###1.酵母是什么？\n\n真菌。\n\n###2.它怎么繁殖？\n\n出芽。\n\n##烤箱\n\n###3.烤箱有多热？\n\n很热。\n"
        => ["酵母 > 酵母是什么？ / 真菌。", "酵母 > 它怎么繁殖？ / 出芽。", "烤箱 > 烤箱有多热？ / 很热。"];
    codes_behind_a_word_for_number:
        "guide.md", "# Egzamin\n\n**Pytanie nr A-101**\n\nCo podnosi ciasto?\n\na) drożdże\nb) sól\n\n**Pytanie nr A-102**\n\nŻyto to:\n\na) drzewo\nb) zboże\n"
        => ["Co podnosi ciasto? / a) drożdże | b) sól", "Żyto to: / a) drzewo | b) zboże"];
    numbers_joined_to_their_label:
        "g.txt", "Q-001: What is yeast?\nANSWER: A fungus.\nQ-002: What is rye?\nANSWER: A cereal.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal."];
    numbers_behind_a_letter_in_brackets:
        "g/otazky.md", "# Bread\n\n## (P1) Life of yeast\n\n### Birth\n\nIt buds.\n\n## (P2) Rye\n\nA cereal.\n\n# Ovens\n\n## (L1) Steam\n\nFor the crust.\n\n## (L2) Stone\n\nFor heat.\n"
        => ["Bread > Life of yeast / ### Birth |  | It buds.", "Bread > Rye / A cereal.", "Ovens > Steam / For the crust.", "Ovens > Stone / For heat."];
    lines_most_of_which_ask_below_groups_between_dashes:
        "g/interview questions.txt", "-Bread-\nWhat is yeast? Where does it live?\nSay what rye is\nWhat raises dough?\nHow long does it rise?\n\n-Ovens-\nHow hot is an oven? *****\nWhat is steam for?\nIs stone better than steel? Why?\nWhich ovens have you used?\n"
        => ["Bread > What is yeast? Where does it live? / ", "Bread > Say what rye is / ", "Bread > What raises dough? / ", "Bread > How long does it rise? / ", "Ovens > How hot is an oven? / ", "Ovens > What is steam for? / ", "Ovens > Is stone better than steel? Why? / ", "Ovens > Which ovens have you used? / "];
    underlined_questions_with_their_answer_on_the_next_line:
        "guide.md", "# Bread\n\n<ins>*What is yeast?*</ins>  \nA fungus.\n\n<ins>*How long does dough rise?*</ins>  \nAn hour.\n\n<ins>*What is rye?*</ins>  \nA cereal.\n"
        => ["What is yeast? / A fungus.", "How long does dough rise? / An hour.", "What is rye? / A cereal."];
    a_list_of_links_below_a_title_that_names_questions:
        "guide.md", "# Questions by topic\n\nThey are in these files:\n\n- [[Yeast]]\n- [[Rye]]\n- [Salt](salt.md)\n- [Malt](malt.md)\n- [Steam](steam.md)\n"
        => [];
    addresses_and_numbers_are_no_topics:
        "g/questions.txt", "Questions:\n1.1.01-001\n1.1.01-002\n1.1.02-001\n1.1.02-002\n1.1.03-001\n1.1.03-002\n"
        => [];
    questions_that_start_their_lines_between_blank_ones:
        "g.txt", "What is right?\n+Yeast lives.\nRye is a tree.\n+Salt is no plant.\nMalt is a stone.\n+Dough rises.\n\nWhat is right of ovens?\n+They are hot.\n+Steam helps.\nStone is cold.\nSteel is soft.\nAll are alike.\n\nWhat is right of rye?\n+It is a cereal.\nIt is sweet.\nIt is red.\nIt is a root.\nIt is a nut.\n"
        => ["What is right? / +Yeast lives. | Rye is a tree. | +Salt is no plant. | Malt is a stone. | +Dough rises.", "What is right of ovens? / +They are hot. | +Steam helps. | Stone is cold. | Steel is soft. | All are alike.", "What is right of rye? / +It is a cereal. | It is sweet. | It is red. | It is a root. | It is a nut."];
    numbered_bold_topics_below_a_title_of_level_2:
        "guide.md", "## Interview questions (baking)\n\n**1. Yeast**\n\nA fungus.\n\n**Its life**\n\nIt buds.\n\n**2. Rye**\n\nA cereal.\n\n**3. Salt**\n\nFor taste.\n"
        => ["Interview questions (baking) > Yeast / A fungus. |  | **Its life** |  | It buds.", "Interview questions (baking) > Rye / A cereal.", "Interview questions (baking) > Salt / For taste."];
    numbers_with_a_dash:
        "g.txt", "1- What is a loan?\nMoney lent.\n2- Explain a share.\nA part.\n3- What is rent?\nA price.\n"
        => ["What is a loan? / Money lent.", "Explain a share. / A part.", "What is rent? / A price."];
    numbers_on_keys:
        "guide.md", "1️⃣ What is a loan?\n\nMoney lent.\n\n2️⃣ What is a share?\n\nA part.\n\n3️⃣ What is rent?\n\nA price.\n"
        => ["What is a loan? / Money lent.", "What is a share? / A part.", "What is rent? / A price."];
    numbers_in_circles:
        "g.txt", "① What is a loan?\nMoney lent.\n② What is a share?\nA part.\n③ What is rent?\nA price.\n"
        => ["What is a loan? / Money lent.", "What is a share? / A part.", "What is rent? / A price."];
    numbers_apart_from_their_dot:
        "g.txt", "1 . What is a loan?\nMoney lent.\n2 . What is a share?\nA part.\n3 . What is rent?\nA price.\n"
        => ["What is a loan? / Money lent.", "What is a share? / A part.", "What is rent? / A price."];
    numbers_in_roman_digits:
        "guide.md", "I. What is a loan?\n\nMoney lent.\n\nII. What is a share?\n\nA part.\n\nIII. What is rent?\n\nA price.\n"
        => ["What is a loan? / Money lent.", "What is a share? / A part.", "What is rent? / A price."];
    letters_that_count:
        "g.txt", "a) What is a loan?\nMoney lent.\nb) What is a share?\nA part.\nc) What is rent?\nA price.\n"
        => ["What is a loan? / Money lent.", "What is a share? / A part.", "What is rent? / A price."];
    numbers_with_two_marks:
        "g.txt", "41).what is a loan\nMoney lent.\n42).what is a share\nA part.\n43).what is rent and who pays it\nA price.\n"
        => ["what is a loan / Money lent.", "what is a share / A part.", "what is rent and who pays it / A price."];
    labels_with_parts:
        "g.txt", "Q5.1) Does it pay?\nYes.\n\nQ5.2) Is it safe?\nNo.\n"
        => ["Does it pay? / Yes.", "Is it safe? / No."];
    requests_behind_a_question:
        "guide.md", "1. What is a loan? Explain.\nMoney lent.\n2. Have you ever traded options? If yes, tell me how.\nYes.\n3. ¿Qué es SQL? Explica.\nUn lenguaje.\n4. Что такое заём? Приведите примеры.\nДеньги.\n"
        => ["What is a loan? Explain. / Money lent.", "Have you ever traded options? If yes, tell me how. / Yes.", "¿Qué es SQL? Explica. / Un lenguaje.", "Что такое заём? Приведите примеры. / Деньги."];
    a_field_right_below_the_question:
        "guide.md", "**Question:** Tell me about a patient.\n**Category:** Conduct\n\nShe was old.\n\n**Question:** \"Why nursing?\"\n**Category:** Motive\n\nI care.\n"
        => ["Tell me about a patient. / **Category:** Conduct |  | She was old.", "Why nursing? / **Category:** Motive |  | I care."];
    a_source_beside_the_label:
        "guide.md", "**Question 1** *(Source: 2019 exam)*\nThe weight of a kilo is:\n- A) 1\n- B) 2\n\n**Answer**: A\n\n**Question 2** *(Source: 2020 exam)*\nThe length of a metre is:\n- A) 1\n- B) 2\n\n**Answer**: B\n"
        => ["The weight of a kilo is: / - A) 1 | - B) 2 |  | **Answer**: A", "The length of a metre is: / - A) 1 | - B) 2 |  | **Answer**: B"];
    numbered_imperatives_in_spanish:
        "g.txt", "1. Explícame qué es una acción\n2. Háblame de los bonos\n3. Describe un mercado\n4. Enumera tres riesgos\n"
        => ["Explícame qué es una acción / ", "Háblame de los bonos / ", "Describe un mercado / ", "Enumera tres riesgos / "];
    question_and_answer_around_an_arrow:
        "g.txt", "1)What is a loan=>money lent\n2)What is a share=>a part\n3)What is rent=>a price\n"
        => ["What is a loan / money lent", "What is a share / a part", "What is rent / a price"];
    question_and_answer_around_colons:
        "guide.md", "What is a loan?::Money lent\nWhat is a share?::A part\n"
        => ["What is a loan? / Money lent", "What is a share? / A part"];
    terms_and_definitions_around_colons:
        "guide.md", "loan :: money lent\nshare :: a part\nrent :: a price\n"
        => ["loan / money lent", "share / a part", "rent / a price"];
    cards_with_a_question_mark_line:
        "guide.md", "What is a loan\n?\nMoney that is lent.\n\nWhat is a share\n?\nA part of a firm.\n"
        => ["What is a loan / Money that is lent.", "What is a share / A part of a firm."];
    cards_with_two_question_marks:
        "guide.md", "What is a loan\n??\nMoney that is lent.\n\nWhat is a share\n??\nA part of a firm.\n"
        => ["What is a loan / Money that is lent.", "What is a share / A part of a firm."];
    nested_details_of_which_one_does_not_ask:
        "guide.md", "<details>\n<summary>Bread</summary>\n\n<details><summary>What is yeast?</summary>\n\nA fungus.\n\n</details>\n<details><summary>Sourdough</summary>\n\nOld dough.\n\n</details>\n<details><summary>What is rye?</summary>\n\nA cereal.\n\n</details>\n<details><summary>How hot?</summary>\n\n220.\n\n</details>\n<details><summary>What is salt for?</summary>\n\nTaste.\n\n</details>\n</details>\n"
        => ["Bread > What is yeast? / A fungus.", "Bread > Sourdough / Old dough.", "Bread > What is rye? / A cereal.", "Bread > How hot? / 220.", "Bread > What is salt for? / Taste."];
    wrapped_items_without_question_marks:
        "guide.md", "## Questions\n\n- Explain how a loan is priced when the\n  rate of the market changes.\n- Describe what happens to a share when the firm it is a part of\n  is sold to another.\n- What is rent?\n"
        => ["Questions > Explain how a loan is priced when the rate of the market changes. / ", "Questions > Describe what happens to a share when the firm it is a part of is sold to another. / ", "Questions > What is rent? / "];
    transcripts_with_names:
        "guide.md", "**Ann:** Welcome. Can you tell me about a project?\n\n**Bob:** I built a shop.\n\n**Ann:** Good. What was hard?\n\n**Bob:** The tax.\n\n**Ann:** How did you test it?\n\n**Bob:** By hand.\n"
        => ["Welcome. Can you tell me about a project? / I built a shop.", "Good. What was hard? / The tax.", "How did you test it? / By hand."];
    questions_in_quotes:
        "guide.md", "> What is yeast?\n\nA fungus.\n\n> What is dough?\n\nFlour.\n\n> What is rye?\n\nA cereal.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour.", "What is rye? / A cereal."];
    definition_lists:
        "guide.md", "What is yeast?\n\n:   A fungus.\n\nWhat is dough?\n\n:   Flour.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour."];
    definition_lists_without_blank_lines:
        "guide.md", "What is yeast?\n: A fungus.\n\nWhat is dough?\n: Flour.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour."];
    ids_check_boxes_and_levels_are_no_text:
        "guide.md", "## What is yeast? ^abc\n\nA fungus.\n\n## [x] What is dough? (Easy)\n\nFlour.\n\n## [Hard] What is rye?\n\nA cereal.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour.", "What is rye? / A cereal."];
    lists_to_tick_off:
        "guide.md", "# Questions\n\n- [ ] What is yeast?\n- [x] What is dough?\n- [ ] What is rye?\n"
        => ["What is yeast? / ", "What is dough? / ", "What is rye? / "];
    what_is_private_is_not_searched:
        "guide.md", "## What is yeast? %%ask Ann%%\n\nA fungus. %%Is it?%% It lives.\n\n## What is dough?\n\nFlour.\n"
        => ["What is yeast? / A fungus.            It lives.", "What is dough? / Flour."];
    what_is_private_on_several_lines_is_not_searched:
        "guide.md", "## What is yeast? %%ask\nAnn%%\n\nA fungus.\n\n## What is dough?\n\nFlour %%ask\n\nBob%%.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour."];
    an_unfilled_form_is_no_question:
        "guide.md", "# Interview\n\n**Q1:** What is yeast?\n\nA fungus.\n\n**Q2:** What is dough?\n\nFlour.\n\n**Q3:** \"________\" Score: ____\n\nNotes:\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour. |  | **Q3:** \"________\" Score: ____ |  | Notes:"];
    a_list_of_terms_in_an_answer:
        "guide.md", "# Questions\n\n- What do bakers use?\n\nMany things:\n\n- FLOUR is ground.\n- SALT is mined.\n- YEAST is alive.\n\n- What is dough?\n\nFlour and water.\n\n- What is rye?\n\nA cereal.\n"
        => ["What do bakers use? / Many things: |  | - FLOUR is ground. | - SALT is mined. | - YEAST is alive.", "What is dough? / Flour and water.", "What is rye? / A cereal."];
    a_title_that_recurs_is_part_of_each_answer:
        "guide.md", "### 1. Write a recipe for rye\n\nMix it.\n\n### Explanation:\n\nBecause of rye.\n\n### 2. Write a recipe for dough\n\nMix it.\n\n### Explanation:\n\nBecause of dough.\n\n### 3. Write a recipe for malt\n\nMix it.\n\n### Explanation:\n\nBecause of malt.\n\n"
        => ["Write a recipe for rye / Mix it. |  | ### Explanation: |  | Because of rye.", "Write a recipe for dough / Mix it. |  | ### Explanation: |  | Because of dough.", "Write a recipe for malt / Mix it. |  | ### Explanation: |  | Because of malt."];
    a_column_of_levels_is_no_answer:
        "guide.md", "| Question | Level |\n|---|---|\n| What is yeast? | Easy |\n| What is dough? | Hard |\n"
        => ["What is yeast? / ", "What is dough? / "];
    topics_of_a_guide_that_says_it_holds_questions:
        "guide.md", "# Baking flashcards\n\n## Yeast\n\nA fungus.\n\n## Dough\n\nFlour.\n\n## Rye\n\nA cereal.\n"
        => ["Yeast / A fungus.", "Dough / Flour.", "Rye / A cereal."];
    terms_with_their_definitions:
        "guide.md", "Rye\n: A cereal.\n\nMalt\n: Barley that has sprouted.\n\nDough\n: Flour and water.\n"
        => ["Rye / A cereal.", "Malt / Barley that has sprouted.", "Dough / Flour and water."];
    callouts_that_ask:
        "guide.md", "> [!question] What is yeast?\n> A fungus.\n>\n> It lives.\n\n> [!question]-\n> What is rye?\n> A cereal.\n"
        => ["What is yeast? / A fungus. |  | It lives.", "What is rye? / A cereal."];
    admonitions_that_ask:
        "guide.md", "!!! question \"What is yeast?\"\n\n    A fungus:\n\n    - alive\n\n??? question\n    What is rye?\n\n    ```sh\n    grow\n\n    mill\n    ```\n\nText.\n"
        => ["What is yeast? / A fungus: |  | - alive", "What is rye? / ```sh | grow |  | mill | ```"];
    fenced_containers_that_ask:
        "guide.md", ":::details What is yeast?\n\nA fungus.\n\n:::\n\n:::details What is rye?\n\nA cereal.\n\n:::\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal."];
    components_that_ask:
        "guide.mdx", "<AccordionGroup>\n<Accordion title=\"What is yeast?\">\nA fungus.\n</Accordion>\n\n<Accordion title=\"What is rye?\">\nA cereal.\n</Accordion>\n</AccordionGroup>\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal."];
    shortcodes_that_ask:
        "guide.md", "{{< faq >}}\n\n{{< faq-item title=\"What is yeast?\" >}}\nA fungus.\n{{< /faq-item >}}\n\n{{% faq-item \"What is rye?\" %}}\nA cereal.\n{{% /faq-item %}}\n\n{{< /faq >}}\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal."];
    a_faq_in_the_front_matter:
        "guide.md", "---\ntitle: Bread\nfaq:\n  - question: \"What is yeast?\"\n    answer: A fungus.\n  - question: Rye and malt\n    answer: |\n      One is a cereal.\n\n      One is barley.\n---\n"
        => ["What is yeast? / A fungus.", "Rye and malt / One is a cereal. |  | One is barley."];
    a_faq_in_sections_of_the_front_matter:
        "guide.md", "---\nthemes:\n  - titre: \"Farine\"\n    questions:\n      - q: \"Le seigle ?\"\n        r: \"Un grain.\"\n      - q: \"Le malt ?\"\n        r: \"De l'orge.\"\n---\n"
        => ["Farine > Le seigle ? / Un grain.", "Farine > Le malt ? / De l'orge."];
    answers_in_quotes:
        "guide.md", "## What is yeast?\n\n> A fungus.\n>\n> It lives.\n\n## What is rye?\n\nSee:\n\n> A cereal.\n"
        => ["What is yeast? / A fungus. |  | It lives.", "What is rye? / See: |  | > A cereal."];
    slides_that_ask:
        "guide.md", "class: center\n\n# 1. What is yeast?\n\n---\n\nclass: center\n# 2. What is rye?\n\nA cereal.\n\n---\n\nclass: center\n# 3. What is salt?\n\n---\n"
        => ["What is yeast? / ", "What is rye? / A cereal.", "What is salt? / "];
    topics_in_lists_below_a_title_that_names_questions:
        "guide.md", "# Exam questions\n\n## Term 1\n\n* Flour. Kinds of flour.\n* Life of yeast.\n* Ovens\n\n## Term 2\n\n* Rye\n* Salt and its use.\n"
        => ["Term 1 > Flour. Kinds of flour. / ", "Term 1 > Life of yeast. / ", "Term 1 > Ovens / ", "Term 2 > Rye / ", "Term 2 > Salt and its use. / "];
    a_guide_in_a_fence_below_a_sentence:
        "guide.md", "Here is your guide:\n\n```markdown\n# Bread\n\n### 1. What is yeast?\n    - A fungus.\n\n### 2. **What is rye?**\n    - A cereal.\n```\n"
        => ["What is yeast? / - A fungus.", "What is rye? / - A cereal."];
    cards_in_a_guide_without_markup:
        "guide.md", "What is yeast?::A fungus: alive\n\nWhat is rye?::A cereal\n\nWhat is salt?\n?\nA mineral.\n"
        => ["What is yeast? / A fungus: alive", "What is rye? / A cereal", "What is salt? / A mineral."];
    titles_inside_answers_of_plain_text:
        "g.txt", "Q: What is yeast?\nA:\nA fungus.\n\nKinds of yeast\n\nFresh and dry.\n\nRye\n\nQ: What is rye?\nA: A cereal.\n\nKinds of rye\n\nMany.\n"
        => ["What is yeast? / A fungus. |  | Kinds of yeast |  | Fresh and dry.", "Rye > What is rye? / A cereal. |  | Kinds of rye |  | Many."];
    remarks_behind_questions_of_a_list:
        "guide.md", "# Exam questions\n\n## Bread\n\n- Flour. Kinds of flour.\n- What is yeast? Where it is used. Its history.\n- Life of yeast.\n- Ovens\n\n## Salt\n\n- Salt and its use.\n- Sea salt.\n- Rock salt.\n"
        => ["Bread > Flour. Kinds of flour. / ", "Bread > What is yeast? Where it is used. Its history. / ", "Bread > Life of yeast. / ", "Bread > Ovens / ", "Salt > Salt and its use. / ", "Salt > Sea salt. / ", "Salt > Rock salt. / "];
    sections_of_lines_that_ask_below_a_title_that_names_questions:
        "guide.md", "# FAQ\n\n## Flour\n\n* What is rye?\n\n  A cereal.\n\n* What is malt?\n\n  Barley.\n\n## Ovens\n\n* How hot is an oven?\n\n  Very.\n\n* What is steam for?\n\n  Crust.\n\n## Salt\n\n* Why salt?\n\n  Taste.\n"
        => ["Flour > What is rye? / A cereal.", "Flour > What is malt? / Barley.", "Ovens > How hot is an oven? / Very.", "Ovens > What is steam for? / Crust.", "Salt > Why salt? / Taste."];
    bold_labels_that_only_sound_like_questions:
        "guide.md", "# Commands\n\n* `ls`\n  * **What it does:** Lists files.\n* `cd`\n  * **What it does:** Goes there.\n* `rm`\n  * **What it does:** Removes files.\n* `cp`\n  * **What it does:** Copies files.\n"
        => [];
    lines_that_stand_alone_with_and_without_a_question_mark:
        "g.txt", "What is yeast?\n\nWhat is the use of salt\n\nHow hot is an oven?\n\nHow do you define dough\n\nExplain steam.\n\nWhat is rye?\n"
        => ["What is yeast? / ", "What is the use of salt / ", "How hot is an oven? / ", "How do you define dough / ", "Explain steam. / ", "What is rye? / "];
    numbered_topics_with_deeper_headings_below_a_title_that_names_questions:
        "guide.md", "# Baking quiz\n\n### 1. Flour\n\nGround.\n\n#### Rye\n\nDark.\n\n#### Wheat\n\nLight.\n\n### 2. Salt\n\nMined.\n\n### 3. Yeast\n\nAlive.\n"
        => ["Flour / Ground. |  | #### Rye |  | Dark. |  | #### Wheat |  | Light.", "Salt / Mined.", "Yeast / Alive."];
    attributes_are_no_text:
        "guide.md", "## What is yeast? {#yeast}\n\nA fungus.\n{: .tip }\n\n## What is rye? ★ {#rye}\n\nA cereal.\n\n{: .note }\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal."];
    an_answer_key_without_a_title:
        "g.txt", "  1. What is yeast?\n  2. What is dough?\n  3. What is rye?\n  4. What is malt?\n  5. Why salt?\n\n\n  1. A fungus.\n  2. Flour.\n  3. A cereal.\n  4. Barley.\n  5. For taste.\n"
        => ["What is yeast? / A fungus.", "What is dough? / Flour.", "What is rye? / A cereal.", "What is malt? / Barley.", "Why salt? / For taste."];
    cards_with_numbers_and_levels_on_their_own_lines:
        "g.txt", "1\nWhat is yeast?\nBeginner\nA fungus that lives on sugar.\nBeginner\n2\nWhat is dough?\nAdvanced\nFlour and water.\nAdvanced\n3\nWhat is rye?\nBeginner\nA cereal.\nBeginner\n"
        => ["What is yeast? / A fungus that lives on sugar.", "What is dough? / Flour and water.", "What is rye? / A cereal."];
    bare_labels_group_numbered_questions:
        "g.txt", "Flour\n\n1. What is rye?\n2. What is malt?\n\nYeast\n\n1. Is it alive?\n2. Is it fresh?\n"
        => ["Flour > What is rye? / ", "Flour > What is malt? / ", "Yeast > Is it alive? / ", "Yeast > Is it fresh? / "];
    stems_above_lettered_options:
        "guide.md", "**1.** The best flour for a dark loaf is:\nA) Rye\nB) Wheat\n\n**2.** Dough rises since\nA) yeast makes gas\nB) it is hot\n\n**3.** Salt is\nA) mined\nB) grown\n"
        => ["The best flour for a dark loaf is: / A) Rye | B) Wheat", "Dough rises since / A) yeast makes gas | B) it is hot", "Salt is / A) mined | B) grown"];
    stems_of_several_lines_above_options:
        "g.txt", "QUESTION 1\nA baker has no yeast left. The shop is closed.\nWhat raises the dough?\nA. Sourdough\nB. Salt\nCorrect Answer: A\n\nQUESTION 2\nA loaf is flat.\nWhich step was left out?\nA. Proofing\nB. Baking\nCorrect Answer: A\n"
        => ["A baker has no yeast left. The shop is closed. What raises the dough? / A. Sourdough | B. Salt | Correct Answer: A", "A loaf is flat. Which step was left out? / A. Proofing | B. Baking | Correct Answer: A"];
    options_behind_a_dash_below_a_label:
        "guide.md", "vraag 1\nwaar rijst het deeg het langst van al de broden in deze winkel\n-A in de kelder\n-B in de oven\n\nvraag 2\nwie bakt het brood?\n-A de bakker\n-B de buur\n"
        => ["waar rijst het deeg het langst van al de broden in deze winkel / -A in de kelder | -B in de oven", "wie bakt het brood? / -A de bakker | -B de buur"];
    options_behind_the_bullets_of_a_word_processor:
        "g/mcq.txt", "Which flour is dark enough for a loaf of the north? (Choose one.)\n\u{f0a7}\tRye ##\n\u{f0a7}\tWheat\n\nWhat raises dough?\n\u{f0a7}\tYeast ##\n\u{f0a7}\tSalt\n\nWhat is malt?\n\u{f0a7}\tBarley ##\n\u{f0a7}\tRye\n\nWhere is salt from?\n\u{f0a7}\tMines ##\n\u{f0a7}\tTrees\n"
        => ["Which flour is dark enough for a loaf of the north? (Choose one.) / \u{f0a7}\tRye ## | \u{f0a7}\tWheat", "What raises dough? / \u{f0a7}\tYeast ## | \u{f0a7}\tSalt", "What is malt? / \u{f0a7}\tBarley ## | \u{f0a7}\tRye", "Where is salt from? / \u{f0a7}\tMines ## | \u{f0a7}\tTrees"];
    sentences_to_complete:
        "guide.md", "## Part B\n\n**1.** The gas that raises a loaf is called ______.\n\n**2.** Rye is grown in the ______ of Europe.\n\n**3.** Before it is baked, dough has to ______.\n"
        => ["Part B > The gas that raises a loaf is called ______. / ", "Part B > Rye is grown in the ______ of Europe. / ", "Part B > Before it is baked, dough has to ______. / "];
    statements_that_are_true_or_false:
        "g.txt", "1. Yeast is alive. (T/F)\n   True\n2. Rye is a tree. (T/F)\n   False\n3. Salt is mined. (T/F)\n   True\n"
        => ["Yeast is alive. (T/F) / True", "Rye is a tree. (T/F) / False", "Salt is mined. (T/F) / True"];
    statements_below_a_title_that_says_true_or_false:
        "guide.md", "# Bread: true or false\n\n1. Yeast is alive.\n2. Rye is a tree.\n3. Salt is mined.\n4. Malt is barley.\n5. Dough is dry.\n"
        => ["Yeast is alive. / ", "Rye is a tree. / ", "Salt is mined. / ", "Malt is barley. / ", "Dough is dry. / "];
    headings_that_ask_below_a_title_that_names_questions:
        "guide.md", "# Foire aux questions\n\n## Pourquoi le levain ?\n\nIl vit de farine et d'eau\net rend le pain plus acide\n\n## Comment cuire le seigle ?\n\nLongtemps\n\nVoir aussi : le four\n"
        => ["Pourquoi le levain ? / Il vit de farine et d'eau | et rend le pain plus acide", "Comment cuire le seigle ? / Longtemps |  | Voir aussi : le four"];
    labels_with_a_slash:
        "g.txt", "Q1/\nWhat is yeast?\nA fungus.\n\nQ2/\nRye and wheat compared\nOne is dark.\n"
        => ["What is yeast? / A fungus.", "Rye and wheat compared / One is dark."];
    numbered_topics_that_count_through_a_guide_named_for_questions:
        "g/viva.txt", "1.\tParts of a grain\nBran, germ and starch.\n2.\tRye\nA cereal.\n3.\tProofing times\n4.\tWhat is malt?\nBarley.\n6.\tOvens\n"
        => ["Parts of a grain / Bran, germ and starch.", "Rye / A cereal.", "Proofing times / ", "What is malt? / Barley.", "Ovens / "];
    topics_below_sections_of_a_guide_titled_for_questions:
        "guide.md", "# Baker interview questions\n\n## Bread\n\n### Yeast\n\nA fungus.\n\n### Rye\n\nA cereal.\n\n## Ovens\n\n### Steam\n\nFor the crust.\n\n### Stone\n\nFor heat.\n"
        => ["Bread > Yeast / A fungus.", "Bread > Rye / A cereal.", "Ovens > Steam / For the crust.", "Ovens > Stone / For heat."];
    topics_in_details_of_a_guide_titled_for_questions:
        "guide.md", "# Baker interview questions\n\n<details><summary>Yeast</summary>\n\nA fungus.\n\n</details>\n<details><summary>Rye</summary>\n\nA cereal.\n\n</details>\n<details><summary>Steam</summary>\n\nFor the crust.\n\n</details>\n"
        => ["Yeast / A fungus.", "Rye / A cereal.", "Steam / For the crust."];
    the_only_question_of_a_faq:
        "guide.md", "# FAQ\n\n## What is yeast?\n\nA fungus.\n"
        => ["What is yeast? / A fungus."];
    a_guide_in_a_fence_of_no_language:
        "guide.md", "# Bread\n\n```\n1. What is yeast?\nA fungus.\n\n2. What is rye?\nA cereal.\n```\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal."];
    code_that_asks_is_no_guide:
        "guide.md", "# Bread\n\n## Use\n\n```\n$ bake\nWhich flour?\nHow hot?\n```\n\n## Setup\n\nText.\n"
        => [];
    questions_in_italics:
        "guide.md", "*What is yeast?*\n\nA fungus. *Is it alive?* It is.\n\n*What is rye?*\n\nA cereal.\n"
        => ["What is yeast? / A fungus. *Is it alive?* It is.", "What is rye? / A cereal."];
    bold_between_low_lines:
        "guide.md", "__What is yeast?__\n\nA fungus.\n\n__What is rye?__\n\nA cereal.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal."];
    a_column_named_for_questions:
        "guide.md", "| Topic | Question | Answer |\n|---|---|---|\n| Flour | The grain of dark loaves | Rye |\n| Yeast | The gas of a dough | Carbon dioxide |\n"
        => ["The grain of dark loaves / Flour | Rye", "The gas of a dough / Yeast | Carbon dioxide"];
    an_answer_behind_a_bar:
        "g.txt", "What is yeast?|A fungus.\nWhat is rye?|A cereal.\nWhat is salt for?|Taste.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal.", "What is salt for? / Taste."];
    a_label_of_the_answer_on_the_line_of_the_question:
        "g.txt", "Q: What is yeast? A: A fungus.\nQ: What is rye? A: A cereal.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal."];
    things_to_do_are_no_questions:
        "guide.md", "# TODO\n\n1. Write a recipe for rye\n2. Clean the oven\n3. Decide: do we need a mill?\n4. Describe the starter\n5. Explain the prices\n6. Buy salt\n"
        => [];
    groups_that_start_with_a_task:
        "guide.md", "# Interview questions\n\n**Bread:**\n- Walk me through a day at the oven\n- What is yeast?\n\n**Shop:**\n- Name a hard customer\n- What did you sell?\n"
        => ["Bread > Walk me through a day at the oven / ", "Bread > What is yeast? / ", "Shop > Name a hard customer / ", "Shop > What did you sell? / "];
    numbered_topics_of_an_exam_by_ticket:
        "guide.md", "# Билет 1\n\n1. Виды муки.\n2. Дрожжи и закваска.\n\n# Билет 2\n\n1. Печи.\n2. Пар и корка.\n3. Соль.\n"
        => ["Билет 1 > Виды муки. / ", "Билет 1 > Дрожжи и закваска. / ", "Билет 2 > Печи. / ", "Билет 2 > Пар и корка. / ", "Билет 2 > Соль. / "];
    bold_topics_before_the_questions:
        "guide.md", "1. **Yeast.** What is it? Where does it live?\n2. **Rye.** Describe its flour. Why is it dark?\n3. **Salt.** Why is it used? Name its kinds.\n"
        => ["Yeast. What is it? Where does it live? / ", "Rye. Describe its flour. Why is it dark? / ", "Salt. Why is it used? Name its kinds. / "];
    labels_with_two_numbers_above_a_task_and_its_prompts:
        "guide.md", "# Q1-1:\nDescribe a loaf that you liked.\nYou should say:\n- who baked it\n- what you paid\n\n# Q1-2:\nDescribe a baker.\nYou should say:\n- who it is\n- what is baked\n"
        => ["Describe a loaf that you liked. / You should say: | - who baked it | - what you paid", "Describe a baker. / You should say: | - who it is | - what is baked"];
    numbers_inside_the_answer_to_a_heading:
        "guide.md", "# FAQ\n\n## I bake on a boat. Which oven do I need?\n\nBuy these:\n\n1. A small oven\n2. A pan\n3. A timer\n\n## The crust is soft\n\nAdd steam.\n\n## The dough is wet\n\nAdd flour.\n"
        => ["I bake on a boat. Which oven do I need? / Buy these: |  | 1. A small oven | 2. A pan | 3. A timer", "The crust is soft / Add steam.", "The dough is wet / Add flour."];
    sections_of_prose_with_a_question_at_their_end:
        "guide.md", "# Baking\n\n### 1: Yeast\n\nIt lives on sugar.\n\n**Question 1:**\nWhat is yeast?\nA. A fungus\nB. A plant\n\n### 2: Rye\n\nIt is dark.\n\n**Question 2:**\nWhat is rye?\nA. A cereal\nB. A tree\n\n### 3: Salt\n\nIt is mined.\n\n**Question 3:**\nWhat is salt for?\nA. Taste\nB. Heat\n"
        => ["1: Yeast > What is yeast? / A. A fungus | B. A plant", "2: Rye > What is rye? / A. A cereal | B. A tree", "3: Salt > What is salt for? / A. Taste | B. Heat"];
    answers_behind_bars_in_a_guide_named_for_questions:
        "g/trivia.txt", "What is yeast?|A fungus|A\nWhat is rye?|A cereal|B\nWhat is salt for?|Taste|A\nWhat is malt?|Barley|C\n"
        => ["What is yeast? / A fungus|A", "What is rye? / A cereal|B", "What is salt for? / Taste|A", "What is malt? / Barley|C"];
    pairs_of_lines_in_a_guide_named_for_questions:
        "g/trivia.txt", "The fungus in a dough\nYeast\n\nThe grain of dark loaves\nRye\n\nThe taste of the sea\nSalt\n\nSprouted barley\nMalt\n"
        => ["The fungus in a dough / Yeast", "The grain of dark loaves / Rye", "The taste of the sea / Salt", "Sprouted barley / Malt"];
    groups_above_numbers_alone_on_their_lines:
        "g.txt", "🍞 BREAD (2 questions)\n1.\n\nWhat is yeast?\nA) A fungus\nB) A plant\nAnswer: A\n\n2.\n\nWhat is rye?\nA) A tree\nB) A cereal\nAnswer: B\n\n🔥 OVENS (1 question)\n1.\n\nWhat is steam for?\nA) The crust\nB) The crumb\nAnswer: A\n"
        => ["BREAD > What is yeast? / A) A fungus | B) A plant | Answer: A", "BREAD > What is rye? / A) A tree | B) A cereal | Answer: B", "OVENS > What is steam for? / A) The crust | B) The crumb | Answer: A"];
    labels_below_the_inner_heading_of_an_answer:
        "guide.md", "## What is yeast?\n\nA fungus.\n\n## What is rye?\n\nA cereal.\n\n## What is salt for?\n\nTaste.\n\n## The loaf is flat.\n\n### It never rose\n\nDid you:\n\n- Add the yeast? Today?\n- Wait an hour?\n- Close the window?\n\nFor the rest:\n\n- Was it warm?\n- Was it wet?\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal.", "What is salt for? / Taste.", "The loaf is flat. / ### It never rose |  | Did you: |  | - Add the yeast? Today? | - Wait an hour? | - Close the window? |  | For the rest: |  | - Was it warm? | - Was it wet?"];
    topics_beside_the_question_that_interviews_begin_with:
        "guide.md", "# Tell me about yourself\n\nI bake.\n\n# Biggest strength\n\nRye.\n\n# Greatest weakness\n\nSalt.\n\n## Example\n\nA salty loaf.\n\n# Why the mill\n\nThe stone.\n\n# Salary\n\nFlour.\n"
        => ["Tell me about yourself / I bake.", "Biggest strength / Rye.", "Greatest weakness / Salt. |  | ## Example |  | A salty loaf.", "Why the mill / The stone.", "Salary / Flour."];
    a_numbered_list_without_questions_behind_those_that_ask:
        "g.txt", "Bread\n====\n\n1. What is yeast?\n\n2. What is rye?\n\n3. What is salt for?\n\nHow I learn\n====\n\n1. Read aloud.\n\n2. Sleep well.\n"
        => ["Bread > What is yeast? / ", "Bread > What is rye? / ", "Bread > What is salt for? / "];
    counts_of_tasks_are_no_part_of_a_section:
        "g.org", "* Bread [1/2]\n** What is yeast?\nA fungus.\n** What is rye?\nA cereal.\n"
        => ["Bread > What is yeast? / A fungus.", "Bread > What is rye? / A cereal."];
    exercises_with_their_task_below:
        "guide.md", "# Baking\n\n## Exercise 1\n\nBake a loaf.\n\n## Exercise 2\n\nGrind rye.\n"
        => ["Bake a loaf. / ", "Grind rye. / "];
    bold_topics_of_a_guide_titled_for_questions:
        "guide.md", "# Baker interview questions\n\n## Bread\n\n**Yeast**\n\nA fungus.\n\n**Rye**\n\nA cereal.\n\n## Ovens\n\n**Steam**\n\nFor the crust.\n"
        => ["Bread > Yeast / A fungus.", "Bread > Rye / A cereal.", "Ovens > Steam / For the crust."];
    a_quiz_of_rounds_with_a_title_each:
        "g.txt", "The baker's quiz\nThe dough\nWhat raises dough?\nsalt\ngas\nB\nThe grain\nWhat is rye?\na cereal\na tree\nA\nThe oven\nHow hot is it?\nvery\nhardly\nA\nThe crust\nWhat is steam for?\nthe crust\nthe crumb\nA\n"
        => ["The dough: What raises dough? / salt | gas | B", "The grain: What is rye? / a cereal | a tree | A", "The oven: How hot is it? / very | hardly | A", "The crust: What is steam for? / the crust | the crumb | A"];
    answers_in_brackets_with_a_label:
        "g.txt", "1. What is yeast? (Ans: a fungus)\n2. What is rye? (Ans: a cereal)\n3. What is malt? (Ans: barley)\n"
        => ["What is yeast? / (Ans: a fungus)", "What is rye? / (Ans: a cereal)", "What is malt? / (Ans: barley)"];
    answers_behind_a_semicolon:
        "g.txt", "Was ist Hefe?;Ein Pilz\nWas ist Roggen?;Ein Getreide\nWozu Salz?;Geschmack\n"
        => ["Was ist Hefe? / Ein Pilz", "Was ist Roggen? / Ein Getreide", "Wozu Salz? / Geschmack"];
    labels_in_italics:
        "guide.md", "*Q:* What is yeast?\n\n*A:* A fungus.\n\n*Q:* What is rye?\n\n*A:* A cereal.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A cereal."];
    three_items_that_hold_their_answers:
        "guide.md", "* What is yeast?\n  * A fungus.\n* How is dough made?\n  * With water.\n* Kinds of flour\n  * Rye.\n"
        => ["What is yeast? / * A fungus.", "How is dough made? / * With water.", "Kinds of flour / * Rye."];
    steps_below_a_title_that_only_names_an_exam:
        "guide.md", "# Online exam system\n\n1. Clone it\n2. Create a database\n3. Import the file\n4. Write your password down\n5. Open the browser\n\n## Login\n\nType a name.\n\nType a password.\n\nWait for the list.\n"
        => [];
    rules_that_are_drawn_as_headings:
        "guide.md", "# ═══════\n# Bread\n# ═══════\n\n### Q1: What is yeast?\n\nA fungus.\n\n# ═══════\n# Ovens\n# ═══════\n\n### Q2: What is steam for?\n\nThe crust.\n"
        => ["Bread > What is yeast? / A fungus.", "Ovens > What is steam for? / The crust."];
    records_of_as_many_lines_with_a_key:
        "g.txt", "1\nb7\nWhich grain is dark?\nrye\nrice\nA\n2\nb7\nIn a dough, yeast is for\nthe gas\nthe colour\nA\n3\nb7\nWhat is malt made of?\nsalt\nbarley\nB\n4\nb8\nIn winter, dough rises\nslowly\nat once\nA\n"
        => ["Which grain is dark? / rye | rice | A", "In a dough, yeast is for / the gas | the colour | A", "What is malt made of? / salt | barley | B", "In winter, dough rises / slowly | at once | A"];
    a_name_that_looks_like_a_label:
        "guide.md", "# Questions\n\n## Outliers\n\n- Q1 - 1.5 IQR or less\n- far away\n\n## Means\n\n- a sum\n- a count\n\n## Medians\n\n- the middle\n"
        => ["Outliers / - Q1 - 1.5 IQR or less | - far away", "Means / - a sum | - a count", "Medians / - the middle"];
    a_readme_is_no_list_of_questions:
        "guide.md", "# Fizz\n\n## What is Fizz?\n\nA tool.\n\n## Why Fizz?\n\nFast.\n\n## Installation\n\nRun it.\n\n## Usage\n\nCall it.\n\n## License\n\nMIT\n"
        => [];
    a_tutorial_is_no_list_of_questions:
        "guide.md", "# Git tutorial\n\n## 1. Install git\n\nType.\n\n## 2. What is a repository?\n\nA folder.\n\n## 3. Make a commit\n\nType.\n\n## 4. Push it\n\nType.\n\n## 5. Where to go next\n\nRead.\n"
        => [];
    options_are_no_cards:
        "guide.md", "Options:\n\n-v :: be verbose\n-q :: be quiet\n\nText follows. It is long.\n\nMore text.\n\nAnd more.\n\nEnd.\n\nReally.\n"
        => [];
}

#[test]
fn labels_in_many_languages() {
    for (question, answer) in [
        ("Domanda", "Risposta"),
        ("Pytanie", "Odpowiedź"),
        ("Vraag", "Antwoord"),
        ("Aufgabe", "Lösung"),
        ("Soru", "Cevap"),
        ("Pertanyaan", "Jawaban"),
        ("प्रश्न", "उत्तर"),
        ("문제", "답"),
        ("質問", "回答"),
        ("س", "ج"),
        ("שאלה", "תשובה"),
        ("คำถาม", "คำตอบ"),
        ("প্রশ্ন", "উত্তর"),
        ("Swali", "Jibu"),
        ("Питання", "Відповідь"),
    ] {
        for number in ["", " 1"] {
            let text = format!(
                "{question}{number}: abc def ghi\n{answer}: jkl mno\n\n{question}{number}: pqr stu\n{answer}: vwx yz\n"
            );
            let expected = ["abc def ghi / jkl mno", "pqr stu / vwx yz"];
            assert_eq!(questions("guide.txt", &text), expected, "{question}");
        }
    }
}

#[test]
fn a_section_or_a_folder_gives_a_level() {
    let levels = |path: &str, text: &str| -> Vec<Option<String>> {
        let documents = split(&Guide::parse(path, text)).into_iter();
        documents.map(|document| document.level).collect()
    };
    let text = "## Senior\n\n### What is yeast?\n\nA fungus.\n\n### What is rye?\n\nLevel: easy\n\n## Other things\n\n### What is salt?\n\nA mineral.\n";
    let level = |name: &str| Some(name.to_owned());
    assert_eq!(
        levels("guide.md", text),
        [level("senior"), level("junior"), None]
    );
    assert_eq!(levels("bread/mid/guide.md", text)[2], level("mid"));
}

#[test]
fn an_author_learns_what_would_make_a_guide_split() {
    for (text, advice) in [
        (
            "The flour.\n\nThe salt.\n",
            "nothing marks questions: end each question with a question mark, or label them Q1:, Q2: …",
        ),
        (
            "What is yeast?\n",
            "nothing marks questions: only one line asks: label it Q:, or make it the first heading",
        ),
        (
            "## Flour\n\nGround.\n\n## Salt\n\nMined.\n",
            "nothing marks questions; headings of level 2 are no clear pattern: end more of them with a question mark, or label them Q1:, Q2: …",
        ),
    ] {
        let explanation = crate::explain_split(&Guide::parse("guide.md", text)).to_string();
        assert!(explanation.contains(advice), "{explanation}");
    }
}

kinds! {
    records_that_end_with_the_letter_of_the_right_option:
        "g.txt", "1\nBREAD\nWHAT RAISES DOUGH?\nSALT\nYEAST\nB\n2\nBREAD\nWHAT IS RYE?\nA GRAIN\nA TREE\nA\n3\nBREAD\nTHE BEST HEAT IS\n90\n230\nB\n4\nBREAD\nWHAT IS STEAM FOR?\nCRUST\nTASTE\nA\n"
        => ["WHAT RAISES DOUGH? / SALT | YEAST | B", "WHAT IS RYE? / A GRAIN | A TREE | A", "THE BEST HEAT IS / 90 | 230 | B", "WHAT IS STEAM FOR? / CRUST | TASTE | A"];
    records_with_a_title_and_the_number_of_the_right_option:
        "g.txt", "An Evening at the Oven\nA good rise\nWhat raises dough?\nSalt\nYeast\n2\nIt makes gas.\nOf the north\nWhat is rye?\nA grain\nA tree\n1\nA grass, too.\nToo hot\nHow hot is an oven?\n90\n230\n2\nIn degrees.\nIn a cloud\nWhat is steam for?\nCrust\nTaste\n1\nIt shines.\n"
        => ["A good rise: What raises dough? / Salt | Yeast | 2 | It makes gas.", "Of the north: What is rye? / A grain | A tree | 1 | A grass, too.", "Too hot: How hot is an oven? / 90 | 230 | 2 | In degrees.", "In a cloud: What is steam for? / Crust | Taste | 1 | It shines."];
    measures_below_each_other_are_no_records:
        "g.txt", "Dough\nIs it dry?\n4\nRye\nIs it cold?\n3\nSalt\nAdd it last\n1\nMalt\nAdd it first\n2\n"
        => [];
    topics_around_a_line_that_starts_as_a_label_does:
        "guide.md", "# Bakery questions\n\n## Yeast\n\n- A fungus.\n\n## Spread\n\n- Q1 - 1.5 is a bound of it.\n\n## Rye\n\n- A grass.\n\n## Malt\n\n- Barley.\n"
        => ["Yeast / - A fungus.", "Spread / - Q1 - 1.5 is a bound of it.", "Rye / - A grass.", "Malt / - Barley."];
    remarks_labelled_as_questions_below_headings_that_ask:
        "guide.md", "# Form\n\n### Why do you bake?\n\n*Q: Take your time.*\n\nI like bread.\n\n### How do you bake?\n\n*Q: Name your tools.*\n\nIn an oven.\n\n### When do you bake?\n\nAt night.\n\n### Do you sell it?\n\n*Q: And where.*\n\nYes.\n"
        => ["Why do you bake? / *Q: Take your time.* |  | I like bread.", "How do you bake? / *Q: Name your tools.* |  | In an oven.", "When do you bake? / At night.", "Do you sell it? / *Q: And where.* |  | Yes."];
    lessons_that_each_end_with_a_test:
        "guide.md", "# Course\n\n### Lesson 1: Yeast\n\nIt is alive.\n\n**Question 1:**\nWhat is yeast?\nA. A fungus\nB. A salt\n\n### Lesson 2: Rye\n\nIt is a grass.\n\n**Question 2:**\nWhat is rye?\nA. A tree\nB. A grass\n\n### Lesson 3: Ovens\n\nThey are hot.\n\n**Question 3:**\nHow hot are they?\nA. 90\nB. 230\n"
        => ["Lesson 1: Yeast > What is yeast? / A. A fungus | B. A salt", "Lesson 2: Rye > What is rye? / A. A tree | B. A grass", "Lesson 3: Ovens > How hot are they? / A. 90 | B. 230"];
    parts_of_answers_below_labels_that_end_none:
        "guide.md", "# Course\n\n**Question 1:** What is yeast?\n\nA fungus.\n\n### Use\n\nIt raises dough.\n\n**Question 2:** What is rye?\n\nA grass.\n\n### Where\n\nIn the north.\n\n**Question 3:** What is malt?\n\nBarley.\n"
        => ["What is yeast? / A fungus. |  | ### Use |  | It raises dough.", "What is rye? / A grass. |  | ### Where |  | In the north.", "What is malt? / Barley."];
    a_list_that_asks_in_the_answer_of_a_statement_among_questions:
        "guide.md", "# FAQ\n\n## What is yeast?\n\nA fungus.\n\n## What is rye?\n\nA grass.\n\n## What is malt?\n\nBarley.\n\n## Is salt mined?\n\nYes.\n\n## Is it dear?\n\nNo.\n\n## How hot is it?\n\nVery.\n\n## Who eats it?\n\nAll.\n\n## Who sells it?\n\nWe do.\n\n## Is it old?\n\nNo.\n\n## My loaf is flat.\n\nLet us see:\n\n### It never rose\n\nIf it is rye, did you:\n\n- Add the yeast?\n- Warm the dough?\n- Wait long enough?\n\n### It fell\n\nIf it is wheat, was it:\n\n- Too hot?\n- Too wet?\n- Too old?\n\n## Is it good?\n\nYes.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "What is malt? / Barley.", "Is salt mined? / Yes.", "Is it dear? / No.", "How hot is it? / Very.", "Who eats it? / All.", "Who sells it? / We do.", "Is it old? / No.", "My loaf is flat. / Let us see: |  | ### It never rose |  | If it is rye, did you: |  | - Add the yeast? | - Warm the dough? | - Wait long enough? |  | ### It fell |  | If it is wheat, was it: |  | - Too hot? | - Too wet? | - Too old?", "Is it good? / Yes."];
    titles_between_drawn_lines:
        "guide.md", "# Questions\n\n### ═════════\n### Bread\n### ═════════\n\n### Q1: What is yeast?\n\nA fungus.\n\n### ═════════\n### Ovens\n### ═════════\n\n### Q2: How hot is it?\n\nVery.\n"
        => ["Bread > What is yeast? / A fungus.", "Ovens > How hot is it? / Very."];
    what_every_interview_asks_in_a_topic:
        "guide.md", "# Tell me about yourself\n\nI bake.\n\n# Biggest strength\n\nI rise early.\n\n## Example\n\nAt four.\n\n# Greatest weakness\n\nI sleep early.\n\n# My first loaf\n\nIt was flat.\n"
        => ["Tell me about yourself / I bake.", "Biggest strength / I rise early. |  | ## Example |  | At four.", "Greatest weakness / I sleep early.", "My first loaf / It was flat."];
    groups_above_numbers_that_stand_alone:
        "g.txt", "✅ BREAD (2 questions)\n1.\n\nWhat is yeast?\nA) Salt\nB) A fungus\n2.\n\nWhat is rye?\nA) A grass\nB) A tree\n✅ OVENS (2 questions)\n1.\n\nHow hot is it?\nA) Very\nB) No\n2.\n\nWhat is steam for?\nA) Crust\nB) Taste\n"
        => ["BREAD > What is yeast? / A) Salt | B) A fungus", "BREAD > What is rye? / A) A grass | B) A tree", "OVENS > How hot is it? / A) Very | B) No", "OVENS > What is steam for? / A) Crust | B) Taste"];
    responses_by_number:
        "guide.md", "# Exam\n\n## Prompts\n\n1. Explain yeast.\n2. Describe rye.\n3. Compare two ovens.\n\n## Responses\n\n1. It is a fungus.\n2. It is a grass.\n3. One is hot.\n"
        => ["Prompts > Explain yeast. / It is a fungus.", "Prompts > Describe rye. / It is a grass.", "Prompts > Compare two ovens. / One is hot."];
    answers_behind_bars_in_a_file_named_for_questions:
        "g/trivia.txt", "What is yeast?|A fungus|A\nWhat is rye?|A grass|B\nWhat is malt?|Barley|A\nHow hot is an oven?|Very|C\nWhat is steam for?|The crust|A\n"
        => ["What is yeast? / A fungus|A", "What is rye? / A grass|B", "What is malt? / Barley|A", "How hot is an oven? / Very|C", "What is steam for? / The crust|A"];
    a_question_in_quotation_marks_before_a_remark:
        "guide.md", "# Weak points\n\n### \"Your dough is flat?\" (they like it high)\n\nIt rose once.\n\n### \"You bake no rye?\" (theirs is dark)\n\nI learn it.\n"
        => ["\"Your dough is flat?\" (they like it high) / It rose once.", "\"You bake no rye?\" (theirs is dark) / I learn it."];
    bold_questions_right_below_answers:
        "guide.md", "# Bread\n\n**What is yeast?**\nA fungus.\n**What is rye?**\nA grass.\n**Why salt?** For taste.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "Why salt? / For taste."];
    bold_words_at_the_start_of_wrapped_lines:
        "guide.md", "# Bread\n\n**What is yeast\nof old?**\nA fungus that\n**raises** dough.\n\n**What is rye?**\nA grass.\n"
        => ["What is yeast of old? / A fungus that | **raises** dough.", "What is rye? / A grass."];
    the_same_sign_parts_each_line:
        "g/cards.txt", "What is yeast?;A fungus.\nThe gas of dough;Carbon dioxide.\nWhat is rye?;A grass; it is tall.\nWhat is malt?;Barley.\nIs salt mined?;Yes.\n"
        => ["What is yeast? / A fungus.", "The gas of dough / Carbon dioxide.", "What is rye? / A grass; it is tall.", "What is malt? / Barley.", "Is salt mined? / Yes."];
    an_equals_sign_parts_each_line:
        "guide.md", "# Bread\n\n1. What is yeast? = A fungus.\n2. The gas of dough = Carbon dioxide.\n3. What is rye? = A grass.\n4. What is malt? = Barley.\n"
        => ["What is yeast? / A fungus.", "The gas of dough / Carbon dioxide.", "What is rye? / A grass.", "What is malt? / Barley."];
    a_line_break_behind_questions:
        "guide.md", "# Bread\n\n- What is yeast?<br>A fungus.\n- What is rye?<br/>A grass.\n- Why salt?<br>*Taste.*\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "Why salt? / *Taste.*"];
    an_emphasized_answer_behind_the_question:
        "guide.md", "# Bread\n\n- What is yeast? *A fungus.*\n- What is rye? *A grass.*\n- Why salt? *Taste.*\n"
        => ["What is yeast? / *A fungus.*", "What is rye? / *A grass.*", "Why salt? / *Taste.*"];
    labels_of_a_guide_of_its_own:
        "guide.md", "# Pane\n\n**D:** Cos'è il lievito?\n\n**R:** Un fungo.\n\n**D:** Cos'è la segale?\n\n**R:** Un'erba.\n\n**D:** La crosta perfetta\n\n**R:** Scura.\n\n**D:** Perché il sale?\n\n**R:** Per il gusto.\n"
        => ["Cos'è il lievito? / Un fungo.", "Cos'è la segale? / Un'erba.", "La crosta perfetta / Scura.", "Perché il sale? / Per il gusto."];
    a_label_of_its_own_for_answers:
        "g.txt", "Q: What is yeast?\nMy answer: A fungus.\nQ: What is rye?\nMy answer: A grass.\nQ: The perfect crust\nMy answer: Dark.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "The perfect crust / Dark."];
    fields_below_questions_are_no_answers:
        "guide.md", "# Bread\n\n### What is yeast?\n\nTopic: Dough\n\nA fungus.\n\n### What is rye?\n\nTopic: Flour\n\nA grass.\n\n### Why salt?\n\nTopic: Dough\n\nTaste.\n"
        => ["What is yeast? / Topic: Dough |  | A fungus.", "What is rye? / Topic: Flour |  | A grass.", "Why salt? / Topic: Dough |  | Taste."];
    headings_of_a_wiki:
        "g.txt", "== What is yeast? ==\n\nA fungus.\n\n=== Use ===\n\nIt raises dough.\n\n== What is rye? ==\n\nA grass.\n\n== Why salt? ==\n\nTaste.\n"
        => ["What is yeast? / A fungus. |  | === Use === |  | It raises dough.", "What is rye? / A grass.", "Why salt? / Taste."];
    closing_titles_in_other_languages:
        "g/faq.md", "## パンとは何ですか？\n\n小麦です。\n\n## なぜ塩を入れますか？\n\n味のためです。\n\n## その他\n\nメールでどうぞ。\n"
        => ["パンとは何ですか？ / 小麦です。", "なぜ塩を入れますか？ / 味のためです。"];
    records_that_end_with_the_right_option:
        "g.txt", "655\nBREAD\nWhat raises dough?\nSalt\nYeast\nB.Yeast\n43\nBREAD\nWhat is rye?\nA grass\nA tree\nA.A grass\n9\nBREAD\nThe best heat is\n90\n230\nB.230\n7\nBREAD\nWhat is steam for?\nCrust\nTaste\nA.Crust\n"
        => ["What raises dough? / Salt | Yeast | B.Yeast", "What is rye? / A grass | A tree | A.A grass", "The best heat is / 90 | 230 | B.230", "What is steam for? / Crust | Taste | A.Crust"];
    words_glued_to_their_numbers:
        "g/interview_questions.txt", "Bread:\n1.kinds of flour\n2.yeast\n3.proofing\n4.steam and crust\n5.salt\n"
        => ["kinds of flour / ", "yeast / ", "proofing / ", "steam and crust / ", "salt / "];
    topics_among_items_that_hold_their_answers:
        "guide.md", "* What is yeast?\n  > A fungus.\n\n* Kinds of flour\n  > Rye and wheat.\n\n* What is rye?\n  > A grass.\n\n* Why salt?\n  > Taste.\n\n* Steam and crust\n  > It shines.\n"
        => ["What is yeast? / A fungus.", "Kinds of flour / Rye and wheat.", "What is rye? / A grass.", "Why salt? / Taste.", "Steam and crust / It shines."];
    an_answer_of_lines_below_the_only_heading_that_asks:
        "g/quiz.md", "# Quiz\n\n## How do rye and wheat differ?\n\nOne is dark.\nThe other is light.\n\nOne is heavy.\nThe other is not.\n\nThus they are mixed.\n"
        => ["How do rye and wheat differ? / One is dark. | The other is light. |  | One is heavy. | The other is not. |  | Thus they are mixed."];
    lines_that_ask_without_blank_lines:
        "guide.md", "# Bread\n\nWhat is yeast?\nWhat is rye? What is it for?\nExplain in detail how dough rises.\nDescribe a loaf that fell.\nHow hot is an oven?\n\nWhat is salt for?\nHow is malt made? Explain the steps.\n"
        => ["What is yeast? / ", "What is rye? What is it for? / ", "Explain in detail how dough rises. / ", "Describe a loaf that fell. / ", "How hot is an oven? / ", "What is salt for? / ", "How is malt made? Explain the steps. / "];
    prose_that_is_wrapped_asks_nothing:
        "guide.md", "# Bread\n\nBread is old. How old\nis it? Who knows.\nWhat we know is that\nit rises. Why does it?\nThat is yeast, and what is\nyeast? A fungus, which\nwe feed.\n"
        => [];
    labels_inside_the_answers_of_headings_that_ask:
        "guide.md", "# Bread\n\n### What is yeast?\n\nA fungus.\n\nMore of it.\n\nStill more.\n\n**Follow-up:** Is it alive?\n\n**Hint:** It eats.\n\n### What is rye?\n\nA grass.\n\nMore of it.\n\nStill more.\n\n**Follow-up:** Is it tall?\n\n**Hint:** Stand in it.\n\n### Why salt?\n\nTaste.\n\nMore of it.\n\nStill more.\n\n**Follow-up:** How much?\n\n**Hint:** Weigh it.\n"
        => ["What is yeast? / A fungus. |  | More of it. |  | Still more. |  | **Follow-up:** Is it alive? |  | **Hint:** It eats.", "What is rye? / A grass. |  | More of it. |  | Still more. |  | **Follow-up:** Is it tall? |  | **Hint:** Stand in it.", "Why salt? / Taste. |  | More of it. |  | Still more. |  | **Follow-up:** How much? |  | **Hint:** Weigh it."];
    labels_with_their_answer_behind_a_question_of_their_own:
        "guide.md", "# Bread\n\n## Yeast\n\nA fungus.\n\nMore of it.\n\nStill more.\n\n**Remark:** Is it alive? Yes, it is.\n\n**Source:** a book\n\n## Rye\n\nA grass.\n\nMore of it.\n\nStill more.\n\n**Remark:** Is it tall? As a man.\n\n**Source:** a field\n\n## Salt\n\nTaste.\n\nMore of it.\n\nStill more.\n\n**Remark:** How much? Two in a hundred.\n\n**Source:** a pan\n"
        => [];
    numbered_parts_of_the_answer_to_the_only_heading_that_asks:
        "guide.md", "# Interview questions\n\n## How would you run a bakery?\n\nBy a plan:\n\n### 1. The flour\n\nGood.\n\n### 2. The oven\n\nHot.\n\n### 3. The crew\n\nEarly.\n\n### 4. The shop\n\nOpen.\n\n### 5. The books\n\nKept.\n"
        => ["How would you run a bakery? / By a plan: |  | ### 1. The flour |  | Good. |  | ### 2. The oven |  | Hot. |  | ### 3. The crew |  | Early. |  | ### 4. The shop |  | Open. |  | ### 5. The books |  | Kept."];
    a_list_of_what_something_should_answer:
        "guide.md", "# Oven page\n\n## Purpose\n\nIt should answer:\n\n- what is in the oven\n- what has been baked\n- what is due\n- who baked it\n\n## What it has\n\n- a clock\n- a lamp\n- the heat\n- the steam\n- the crew\n- the time\n\n## Phases\n\nFirst the list.\n\nThen the clock.\n\nAt last the lamp.\n\n- list\n- clock\n- lamp\n"
        => [];
    documentation_of_questions:
        "guide.md", "# Question bank documentation\n\n## Fields\n\n- **question**: its text\n- **options**: an array\n\n## Validation\n\n1. **Count**: at least ten\n2. **Fields**: all are there\n\n## Adding questions\n\n1. Write the question\n2. Give it a number\n3. Mark the right option\n4. Check what it says\n5. Commit it\n"
        => [];
    a_quiz_whose_right_options_have_a_star:
        "g.txt", "What raises dough is\nSalt\nYeast*\n\nWhat is rye?\nA grass*\nA tree\nA stone\n\nThe best heat is\n90\n230*\n110\n15\n\nSteam is for the crust.\nTrue*\nFalse\n"
        => ["What raises dough is / Salt | Yeast*", "What is rye? / A grass* | A tree | A stone", "The best heat is / 90 | 230* | 110 | 15", "Steam is for the crust. / True* | False"];
    a_quiz_of_questions_set_in_with_a_tick_at_right_options:
        "g.txt", "Bread\n\n\tWhat raises dough?\nSalt\nYeast ✓\n\tWhat is rye\nA grass ✓\nA tree\nA stone\n\tHow hot is an oven?\n90\n230 ✓\n\tWhat is steam for? (crust)\nCrust ✓\nTaste\n"
        => ["Bread > What raises dough? / Salt | Yeast ✓", "Bread > What is rye / A grass ✓ | A tree | A stone", "Bread > How hot is an oven? / 90 | 230 ✓", "Bread > What is steam for? (crust) / Crust ✓ | Taste"];
    lines_with_stars_for_remarks:
        "g.txt", "Rye costs two.*\nWheat costs one.\n\nOats cost three.*\nBarley costs one.\n\nMalt costs five.*\nSalt costs nothing.\n\nYeast costs one.*\nWater is free.\n"
        => [];
    lines_of_columns_that_end_with_the_number_of_the_right_option:
        "g.txt", "Dough | What raises it? | Salt | Yeast | 2\nDough | Rye is … | A grass | A tree | 1\nOvens | How hot are they? | 90 | 230 | 2\nOvens | Steam is for the … | Crust | Taste | 1\n"
        => ["What raises it? / Salt | Yeast | 2", "Rye is … / A grass | A tree | 1", "How hot are they? / 90 | 230 | 2", "Steam is for the … / Crust | Taste | 1"];
    lines_of_columns_without_words:
        "g.txt", "||||1\n||||2\n|…|||1\n|…|||2\n"
        => [];
    questions_that_start_with_an_article_and_a_number:
        "guide.md", "### Question 1:\n\nA 10-year-old oven is cold. What is wrong?\n\n- A. The fuse\n- B. The door\n\n### Question 2:\n\nA 2 kg loaf is pale. What is wrong?\n\n- A. The heat\n- B. The flour\n"
        => ["A 10-year-old oven is cold. What is wrong? / - A. The fuse | - B. The door", "A 2 kg loaf is pale. What is wrong? / - A. The heat | - B. The flour"];
    options_set_in_by_one_space:
        "guide.md", "# Bread\n\n* What is yeast?\n * A fungus\n * A plant\n\n* What is rye?\n * A grass\n * A tree\n\n* What is malt?\n * Barley\n * Oats\n"
        => ["What is yeast? / * A fungus | * A plant", "What is rye? / * A grass | * A tree", "What is malt? / * Barley | * Oats"];
    a_title_that_names_questions_before_a_colon:
        "guide.md", "# Frequently asked questions: bread\n\n# What is yeast?\n\nA fungus.\n\n# What is rye?\n\nA grass.\n\n# Why salt?\n\nTaste.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "Why salt? / Taste."];
    selected_answers:
        "guide.md", "# Bread\n\n1. Yeast is a kind of:\n   * Selected Answer: fungus\n2. A baker adds malt. The dough will:\n   * Selected Answer: rise\n3. What is rye?\n   * Selected Answer: a grass\n"
        => ["Yeast is a kind of: / fungus", "A baker adds malt. The dough will: / rise", "What is rye? / a grass"];
    groups_that_count_from_0:
        "g.txt", "BREAD:\n\n0) Yeast?\n1) What is rye?\n2) What is malt?\n\nOVENS:\n\n1) How hot are they?\n2) What is steam for?\n"
        => ["BREAD > Yeast? / ", "BREAD > What is rye? / ", "BREAD > What is malt? / ", "OVENS > How hot are they? / ", "OVENS > What is steam for? / "];
    numbered_bold_topics_that_end_with_a_colon:
        "guide.md", "# Short questions\n\n1. **Kinds of flour**:\n\n   1. Rye\n   2. Wheat\n\n2. **What is yeast?**\n\n   A fungus.\n\n3. **Steps of a dough**:\n\n   1. Mix\n   2. Rest\n"
        => ["Kinds of flour: / 1. Rye | 2. Wheat", "What is yeast? / A fungus.", "Steps of a dough: / 1. Mix | 2. Rest"];
    a_question_behind_a_bold_one:
        "guide.md", "# Bread\n\n1. **What is yeast?** Is it alive?\n2. **What is rye?**\n3. **Why salt?** What does it do?\n"
        => ["What is yeast? Is it alive? / ", "What is rye? / ", "Why salt? What does it do? / "];
    summaries_that_do_not_ask:
        "guide.md", "# Bread\n\n<details>\n\n<summary>Yeast</summary>\n\nA fungus.\n\n**What does it eat?**\n\nSugar.\n\n</details>\n\n<details>\n\n<summary>Rye</summary>\n\nA grass.\n\n**Where does it grow?**\n\nIn the north.\n\n</details>\n\n<details>\n\n<summary>Salt</summary>\n\nTaste.\n\n</details>\n\n<details>\n\n<summary>Malt</summary>\n\nBarley.\n\n</details>\n\n<details>\n\n<summary>Steam</summary>\n\nFor the crust.\n\n</details>\n\n"
        => ["Yeast / A fungus. |  | **What does it eat?** |  | Sugar.", "Rye / A grass. |  | **Where does it grow?** |  | In the north.", "Salt / Taste.", "Malt / Barley.", "Steam / For the crust."];
    summaries_that_give_hints:
        "guide.md", "# Bread\n\n## Yeast\n\nText of it.\n\n<details><summary>Hint 0</summary>\n\nLook at it.\n\n</details>\n\n## Rye\n\nText of it.\n\n<details><summary>Hint 1</summary>\n\nLook at it.\n\n</details>\n\n## Salt\n\nText of it.\n\n<details><summary>Hint 2</summary>\n\nLook at it.\n\n</details>\n\n## Malt\n\nText of it.\n\n<details><summary>Hint 3</summary>\n\nLook at it.\n\n</details>\n\n## Steam\n\nText of it.\n\n<details><summary>Hint 4</summary>\n\nLook at it.\n\n</details>\n\n"
        => [];
    numbered_topics_of_which_some_ask:
        "g.txt", "1.\tKinds of flour\nRye: a grass\nWheat: a grass, too\n\n2.\tyeast vs sourdough\nOne is pure.\nThe other is not.\n\n3.\tWhat is malt?\nBarley that grew.\n\n5.\tSteam\n\n6.\tWhy salt?\nTaste.\n\n7.\tcrust, draw\n\n8.\tProofing\nDough rests.\n"
        => ["Kinds of flour / Rye: a grass | Wheat: a grass, too", "yeast vs sourdough / One is pure. | The other is not.", "What is malt? / Barley that grew.", "Steam / ", "Why salt? / Taste.", "crust, draw / ", "Proofing / Dough rests."];
    numbered_statements_with_short_answers_that_stand_alone:
        "guide.md", "1. Cos'è il lievito?\n\nUn fungo che mangia zucchero\n\n2. La segale è un albero.\n\nFalso\n\n3. Il sale dà gusto al pane.\n\nVero\n\n4. A che serve il vapore?\n\n– Alla crosta\n\n5. Il malto è di frumento.\n\nFalso\n"
        => ["Cos'è il lievito? / Un fungo che mangia zucchero", "La segale è un albero. / Falso", "Il sale dà gusto al pane. / Vero", "A che serve il vapore? / – Alla crosta", "Il malto è di frumento. / Falso"];
    numbered_sections_of_a_book:
        "guide.md", "# The Bread Book\n\n## 1. Flour\n\nMilled grain.\n\n## 2. Water\n\nSoft water makes a soft dough.\n\n## 3. Yeast\n\nA fungus.\n\n## 4. Salt\n\nIt slows the yeast.\n\n## 5. Ovens\n\nFrom clay to steel.\n"
        => [];
    numbered_steps:
        "guide.md", "# The new oven\n\n1. Unpack it.\n\n   Keep the box.\n\n2. Plug it in.\n\n   Use its cable.\n\n3. Press the button.\n\n   It blinks.\n\n4. Pick a program.\n\n   The first will do.\n\n5. Bake.\n\n   Done.\n\n"
        => [];
    columns_named_for_questions_in_other_languages:
        "guide.md", "# Kenyér\n\n## Szavak\n\n| Magyar | Angol |\n|---|---|\n| **só** | salt |\n| **liszt** | flour |\n\n## Kártyák\n\n| # | ✏️ KÉRDÉS (elöl) | ✅ VÁLASZ |\n|---|---|---|\n| 1 | Mi az élesztő? | Gomba. |\n| 2 | Mi a rozs? | Fű. |\n"
        => ["Kártyák > Mi az élesztő? / Gomba.", "Kártyák > Mi a rozs? / Fű."];
    a_table_that_sums_up:
        "guide.md", "# Bread\n\n### What is yeast?\n\nA fungus.\n\n### What is rye?\n\nA grass.\n\n### Why salt?\n\nTaste.\n\n## In short\n\n| Question | Key |\n|---|---|\n| Yeast | fungus |\n| Rye | grass |\n| Salt | taste |\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "Why salt? / Taste."];
    a_title_that_asks_what_its_questions_are_about:
        "guide.md", "# What do bakers ask?\n\nA few words about it.\n\n## Ten questions\n\n### 1. What is yeast?\n\nA fungus.\n\n### 2. The perfect crust\n\nDark.\n\n### 3. Why salt?\n\nTaste.\n"
        => ["Ten questions > What is yeast? / A fungus.", "Ten questions > The perfect crust / Dark.", "Ten questions > Why salt? / Taste."];
    facts_called_trivia:
        "guide.md", "# Bread trivia\n\n* Bread is older than writing.\n* The Romans had a guild of bakers.\n* A grain has three parts.\n* Sailors ate it twice baked.\n* It was sold sliced in 1928.\n"
        => [];
    notes_for_an_exam:
        "guide.md", "# Baker exam\n\n## Flour\n\n- Rye: dark\n- Wheat: light\n- Spelt: old\n\n## Ovens\n\n- Stone: slow\n- Steel: quick\n- Steam: for the crust\n"
        => [];
    terms_before_a_colon_below_bold_questions:
        "guide.md", "# Bread\n\n- **What is yeast?**\n  A fungus.\n- **What is rye?**\n  A grass.\n- **Why salt?**\n  Taste.\n- **How hot is an oven?**\n  Very.\n\n### What is judged\n\n- **Taste**: of the crumb.\n- **Crust**: its sound.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "Why salt? / Taste.", "How hot is an oven? / Very."];
    clauses_in_the_items_of_a_grammar:
        "guide.md", "- Was (what)\n      Was hast du gebacken - a question\n      Was er backt - a clause\n- Wo (where)\n      Wo wohnst du - a question\n      wo er wohnt - a clause\n- Wann (when)\n      Wann kommst du - a question\n"
        => [];
    numbers_with_another_mark_inside_answers:
        "g.txt", "1) What is bread made of?\nAnswer --\n1. Flour\n2. Water\n3. Salt\n\n2)What is yeast?\nAnswer --\nA fungus\n\n3) Kinds of flour\nAnswer --\n1.Rye\n2.Wheat\n\n4) What is malt?\nAnswer --\nBarley\n\n5) The perfect crust\nAnswer --\nDark\n"
        => ["What is bread made of? / 1. Flour | 2. Water | 3. Salt", "What is yeast? / A fungus", "Kinds of flour / 1.Rye | 2.Wheat", "What is malt? / Barley", "The perfect crust / Dark"];
    a_wrapped_item_that_ends_with_another_question:
        "guide.md", "# Bread\n\n1. What do you know of the bakers of our town? and which of them\nis the oldest?\n2. What is yeast?\n3. What is rye?\n"
        => ["What do you know of the bakers of our town? and which of them is the oldest? / ", "What is yeast? / ", "What is rye? / "];
    tips_below_a_title_that_starts_with_interview:
        "guide.md", "# パン\n\n## パンの質問3選\n\n### 1. パンとは何ですか？\n\n小麦です。\n\n### 2. 塩の役割\n\n味です。\n\n### 3. なぜ焼きますか？\n\n香りです。\n\n## 面接で成功するために\n\n### 1. 早く着く\n\n十分前です。\n\n### 2. よく聞く\n\n大切です。\n"
        => ["パンの質問3選 > パンとは何ですか？ / 小麦です。", "パンの質問3選 > 塩の役割 / 味です。", "パンの質問3選 > なぜ焼きますか？ / 香りです。"];
    polite_requests:
        "guide.md", "## Proszę porównać żyto i pszenicę.\n\nTrawy.\n\n## Proszę podać rodzaje mąki.\n\nDwa.\n\n## Proszę omówić drożdże.\n\nGrzyb.\n"
        => ["Proszę porównać żyto i pszenicę. / Trawy.", "Proszę podać rodzaje mąki. / Dwa.", "Proszę omówić drożdże. / Grzyb."];
    many_numbered_topics_above_questions_of_another_level:
        "guide.md", "# Bread interview questions\n\n## Topics\n\n#### 1. Kind 1\n\nText.\n\n#### 2. Kind 2\n\nText.\n\n#### 3. Kind 3\n\nText.\n\n#### 4. Kind 4\n\nText.\n\n#### 5. Kind 5\n\nText.\n\n#### 6. Kind 6\n\nText.\n\n#### 7. Kind 7\n\nText.\n\n#### 8. Kind 8\n\nText.\n\n#### 9. Kind 9\n\nText.\n\n#### 10. Kind 10\n\nText.\n\n#### 11. Kind 11\n\nText.\n\n#### 12. Kind 12\n\nText.\n\n#### 13. Kind 13\n\nText.\n\n#### 14. Kind 14\n\nText.\n\n#### 15. Kind 15\n\nText.\n\n#### 16. Kind 16\n\nText.\n\n#### 17. Kind 17\n\nText.\n\n## Questions\n\n#### Level 1\n\n##### 1. What is kind 1?\n\nText.\n\n##### 2. What is kind 2?\n\nText.\n\n##### 3. What is kind 3?\n\nText.\n\n##### 4. What is kind 4?\n\nText.\n\n##### 5. What is kind 5?\n\nText.\n\n##### 6. What is kind 6?\n\nText.\n\n##### 7. What is kind 7?\n\nText.\n\n##### 8. What is kind 8?\n\nText.\n\n##### 9. What is kind 9?\n\nText.\n\n##### 10. What is kind 10?\n\nText.\n\n##### 11. What is kind 11?\n\nText.\n\n##### 12. What is kind 12?\n\nText.\n\n##### 13. What is kind 13?\n\nText.\n\n##### 14. What is kind 14?\n\nText.\n\n##### 15. What is kind 15?\n\nText.\n\n##### 16. What is kind 16?\n\nText.\n\n##### 17. What is kind 17?\n\nText.\n\n##### 18. What is kind 18?\n\nText.\n\n"
        => ["Topics > Kind 1 / Text.", "Topics > Kind 2 / Text.", "Topics > Kind 3 / Text.", "Topics > Kind 4 / Text.", "Topics > Kind 5 / Text.", "Topics > Kind 6 / Text.", "Topics > Kind 7 / Text.", "Topics > Kind 8 / Text.", "Topics > Kind 9 / Text.", "Topics > Kind 10 / Text.", "Topics > Kind 11 / Text.", "Topics > Kind 12 / Text.", "Topics > Kind 13 / Text.", "Topics > Kind 14 / Text.", "Topics > Kind 15 / Text.", "Topics > Kind 16 / Text.", "Topics > Kind 17 / Text.", "Questions > Level 1 > What is kind 1? / Text.", "Questions > Level 1 > What is kind 2? / Text.", "Questions > Level 1 > What is kind 3? / Text.", "Questions > Level 1 > What is kind 4? / Text.", "Questions > Level 1 > What is kind 5? / Text.", "Questions > Level 1 > What is kind 6? / Text.", "Questions > Level 1 > What is kind 7? / Text.", "Questions > Level 1 > What is kind 8? / Text.", "Questions > Level 1 > What is kind 9? / Text.", "Questions > Level 1 > What is kind 10? / Text.", "Questions > Level 1 > What is kind 11? / Text.", "Questions > Level 1 > What is kind 12? / Text.", "Questions > Level 1 > What is kind 13? / Text.", "Questions > Level 1 > What is kind 14? / Text.", "Questions > Level 1 > What is kind 15? / Text.", "Questions > Level 1 > What is kind 16? / Text.", "Questions > Level 1 > What is kind 17? / Text.", "Questions > Level 1 > What is kind 18? / Text."];
    many_numbered_topics_that_are_all_of_a_guide:
        "guide.md", "## 1.Flour.\nText on it.\n1. One.\n2. Two.\n\n## 2.Water.\nText on it.\n1. One.\n2. Two.\n\n## 3.Yeast.\nText on it.\n1. One.\n2. Two.\n\n## 4.Salt.\nText on it.\n1. One.\n2. Two.\n\n## 5.Ovens.\nText on it.\n1. One.\n2. Two.\n\n## 6.Steam.\nText on it.\n1. One.\n2. Two.\n\n## 7.Crust.\nText on it.\n1. One.\n2. Two.\n\n## 8.Crumb.\nText on it.\n1. One.\n2. Two.\n\n## 9.Rye.\nText on it.\n1. One.\n2. Two.\n\n## 10.Wheat.\nText on it.\n1. One.\n2. Two.\n\n## 11.Spelt.\nText on it.\n1. One.\n2. Two.\n\n## 12.Malt.\nText on it.\n1. One.\n2. Two.\n\n## 13.Seeds.\nText on it.\n1. One.\n2. Two.\n\n## 14.Tins.\nText on it.\n1. One.\n2. Two.\n\n## 15.Baskets.\nText on it.\n1. One.\n2. Two.\n\n## 16.Knives.\nText on it.\n1. One.\n2. Two.\n\n"
        => ["Flour. / Text on it. | 1. One. | 2. Two.", "Water. / Text on it. | 1. One. | 2. Two.", "Yeast. / Text on it. | 1. One. | 2. Two.", "Salt. / Text on it. | 1. One. | 2. Two.", "Ovens. / Text on it. | 1. One. | 2. Two.", "Steam. / Text on it. | 1. One. | 2. Two.", "Crust. / Text on it. | 1. One. | 2. Two.", "Crumb. / Text on it. | 1. One. | 2. Two.", "Rye. / Text on it. | 1. One. | 2. Two.", "Wheat. / Text on it. | 1. One. | 2. Two.", "Spelt. / Text on it. | 1. One. | 2. Two.", "Malt. / Text on it. | 1. One. | 2. Two.", "Seeds. / Text on it. | 1. One. | 2. Two.", "Tins. / Text on it. | 1. One. | 2. Two.", "Baskets. / Text on it. | 1. One. | 2. Two.", "Knives. / Text on it. | 1. One. | 2. Two."];
    numbered_sections_of_an_article:
        "guide.md", "## 1. Introduction\n\nText on it.\n\n## 2. Flour\n\nText on it.\n\n## 3. Water\n\nText on it.\n\n## 4. Yeast\n\nText on it.\n\n## 5. Salt\n\nText on it.\n\n## 6. Ovens\n\nText on it.\n\n## 7. Steam\n\nText on it.\n\n## 8. Crust\n\nText on it.\n\n## 9. Crumb\n\nText on it.\n\n## 10. Rye\n\nText on it.\n\n## 11. Wheat\n\nText on it.\n\n## 12. Spelt\n\nText on it.\n\n## 13. Malt\n\nText on it.\n\n## 14. Seeds\n\nText on it.\n\n## 15. Tins\n\nText on it.\n\n## 16. Baskets\n\nText on it.\n\n## 17. Knives\n\nText on it.\n\n"
        => [];
    a_statement_below_a_numbered_label:
        "guide.md", "# Pan\n\n### Pregunta 1\n\n**Enunciado:**\nEl hongo de la masa es:\n\n**Opciones:**\na) la sal\nb) la levadura\n\n**Solución:**\nb\n\n### Pregunta 2\n\n**Enunciado:**\nEl centeno es:\n\n**Opciones:**\na) una hierba\nb) un árbol\n\n**Solución:**\na\n"
        => ["El hongo de la masa es: / **Opciones:** | a) la sal | b) la levadura |  | **Solución:** | b", "El centeno es: / **Opciones:** | a) una hierba | b) un árbol |  | **Solución:** | a"];
    questions_set_in_further_than_their_options:
        "g.txt", "bread\n    1.What is yeast?\n1. A fungus\n2. A plant\n3. A salt\n    2.What is rye?\n1. A grass\n2. A tree\n3. A stone\n    3.What is malt?\n1.Barley.\n2.Oats\n3.Rye\n    4.How hot is an oven?\n1.Very.\n2.Hardly\n3.Cold\n"
        => ["What is yeast? / 1. A fungus | 2. A plant | 3. A salt", "What is rye? / 1. A grass | 2. A tree | 3. A stone", "What is malt? / 1.Barley. | 2.Oats | 3.Rye", "How hot is an oven? / 1.Very. | 2.Hardly | 3.Cold"];
    lettered_tasks_below_numbered_topics:
        "guide.md", "### Dough\n\n#### 1. **Flour**\n   - (a) Define rye.\n   - (b) Explain how it is milled.\n   - (c) What is spelt?\n\n#### 2. **Yeast**\n   - (a) Describe how it feeds.\n   - (b) Compare it with sourdough.\n   - (c) Discuss its age.\n"
        => ["Dough > 1. Flour > Define rye. / ", "Dough > 1. Flour > Explain how it is milled. / ", "Dough > 1. Flour > What is spelt? / ", "Dough > 2. Yeast > Describe how it feeds. / ", "Dough > 2. Yeast > Compare it with sourdough. / ", "Dough > 2. Yeast > Discuss its age. / "];
    a_long_question_behind_another_of_a_list:
        "guide.md", "# Review\n\n1. What is yeast?\n2. What is rye? What is the use of rye for each of the loaves that are shown in figures one to five of the first chapter of the book, and of which kind.\n3. Why salt?\n4. What is malt?\n"
        => ["What is yeast? / ", "What is rye? What is the use of rye for each of the loaves that are shown in figures one to five of the first chapter of the book, and of which kind. / ", "Why salt? / ", "What is malt? / "];
    bold_groups_whose_numbers_go_on:
        "guide.md", "# Family\n\n**Roots**\n1. Tell me about your parents.\n2. What was your home like?\n\n**Love**\n3. How did you meet?\n4. What did you think?\n"
        => ["Roots > Tell me about your parents. / ", "Roots > What was your home like? / ", "Love > How did you meet? / ", "Love > What did you think? / "];
    a_readme_in_spanish:
        "guide.md", "# Preguntas de pan\n\n## ¿Qué es esto?\n\nUn programa.\n\n## Tecnologías\n\n- Horno\n\n## Comenzar\n\nAmasar.\n\n## Instalación\n\nNada.\n"
        => [];
    cards_that_are_a_table_each:
        "guide.md", "# Bread\n\n## 1. Card\n\n| Field | Value |\n|---|---|\n| Id | a1 |\n| Question | 1. What is yeast? |\n| Right answer | A fungus |\n| Wrong answer | A plant |\n\n## 2. Card\n\n| Field | Value |\n|---|---|\n| Id | a2 |\n| Question | Name a cereal. |\n| Right answer | Rye |\n"
        => ["1. Card > What is yeast? / | Right answer | A fungus | | | Wrong answer | A plant", "2. Card > Name a cereal. / | Right answer | Rye"];
    a_quiz_in_gift:
        "g.txt", "// question: 1\n::Q1:: What raises dough? {\n=Yeast\n~Salt\n}\n\n::Q2:: Rye is a grass. {T}\n\nYeast is {=alive ~dead} and small.\n\nHow many grams? {#100\\:5}\n"
        => ["What raises dough? / =Yeast | ~Salt", "Rye is a grass. / T", "Yeast is _____ and small. / =alive ~dead", "How many grams? / #100\\:5"];
    questions_between_colons_above_options_with_signs:
        "g.txt", "::What raises dough?::\n=Yeast\n~Salt\n\n::What is rye?::\n~A tree\n=A grass\n\n::Yeast is a plant.::\n\n::What is malt?\n=Barley\n~Oats\n"
        => ["What raises dough? / =Yeast | ~Salt", "What is rye? / ~A tree | =A grass", "Yeast is a plant. / ", "What is malt? / =Barley | ~Oats"];
    paths_with_colons_are_no_quiz:
        "g.txt", "::std::vec::Vec is a list.\n\nfn main() {\n    loop {}\n}\n"
        => [];
    numbered_titles_of_tasks_below_a_line_that_names_questions:
        "g.txt", "Frequently asked baking questions\n1. Mix a dough:\n  Take flour and water.\n\n2. Largest loaf:\n  Find it in a row.\n\n3. Sorted rolls:\n  Put them in order.\n"
        => ["Mix a dough: / Take flour and water.", "Largest loaf: / Find it in a row.", "Sorted rolls: / Put them in order."];
    tickets_with_a_number_before_the_word:
        "guide.md", "# Хлеб\n\n* ## 1-билет\n    (Что такое дрожжи (живые)?)\n\n    Гриб.\n* ## 2-билет\n    (Виды муки)  \n    Ржаная.\n"
        => ["Что такое дрожжи (живые)? / Гриб.", "Виды муки / Ржаная."];
    tickets_of_several_questions:
        "g.txt", "Билет № 1\n1. Дрожжи и их виды.\n2. Мука.\n\nБилет № 2\n1. Печи.\n2. Соль и вода.\n"
        => ["Билет № 1 > Дрожжи и их виды. / ", "Билет № 1 > Мука. / ", "Билет № 2 > Печи. / ", "Билет № 2 > Соль и вода. / "];
    headings_of_parts_above_lists:
        "guide.md", "# Baking\n\n## Exercise 1\n\n1. Explain yeast.\n2. What is rye?\n\n## Exercise 2\n\n1. Describe an oven.\n2. What is steam for?\n"
        => ["Exercise 1 > Explain yeast. / ", "Exercise 1 > What is rye? / ", "Exercise 2 > Describe an oven. / ", "Exercise 2 > What is steam for? / "];
    a_word_for_question_behind_its_number:
        "guide.md", "# Non\n\n1-savol: Xamirturush\n\nZamburug'.\n\n2-savol: Javdar\n\nO't.\n"
        => ["Xamirturush / Zamburug'.", "Javdar / O't."];
    a_numbered_label_with_its_question_on_the_same_line:
        "guide.md", "# Bread\n\n### 1. Q: What is yeast?\n\nA fungus.\n\n### 2. Q: Rye\n\nA grass.\n"
        => ["What is yeast? / A fungus.", "Rye / A grass."];
    a_few_words_between_a_label_and_its_question:
        "guide.md", "# Bread\n\nQuestion 1 - Free text\nWhat is yeast?\n\nQuestion 2 - Choice\nWhat is rye?\n1. A grass\n2. A tree\n"
        => ["What is yeast? / Free text", "What is rye? / Choice | 1. A grass | 2. A tree"];
    further_questions_a_level_below:
        "guide.md", "# Bread\n\n## What is yeast?\n\nA fungus.\n\n### How long does it live?\n\nA week.\n\n## What is rye?\n\nA grass.\n\n### Where does it grow best?\n\nNorth.\n\n### When is it sown there?\n\nIn autumn.\n"
        => ["What is yeast? / A fungus.", "How long does it live? / A week.", "What is rye? / A grass.", "Where does it grow best? / North.", "When is it sown there? / In autumn."];
    parts_of_answers_that_ask:
        "guide.md", "# Bread\n\n## What is yeast?\n\n### Why?\n\nIt raises.\n\n### How?\n\nGas.\n\n## What is rye?\n\nA grass.\n\n## What is malt?\n\n### Why?\n\nTaste.\n"
        => ["What is yeast? / ### Why? |  | It raises. |  | ### How? |  | Gas.", "What is rye? / A grass.", "What is malt? / ### Why? |  | Taste."];
    titles_of_talks:
        "guide.md", "# At the counter\n\nA short talk (one minute)\nClerk: Which loaf?\nGuest: Rye.\nClerk: How many?\nGuest: Two.\n\nA long talk\nClerk: Sliced?\nGuest: Yes.\nClerk: Anything else?\nGuest: No.\n"
        => ["A short talk (one minute) > Which loaf? / Rye.", "A short talk (one minute) > How many? / Two.", "A long talk > Sliced? / Yes.", "A long talk > Anything else? / No."];
    messages_with_a_date_and_a_name:
        "g.txt", "[12/03/24, 9:15:02 PM] Ann: How long does dough rise?\n[12/03/24, 9:16:40 PM] Bob: An hour.\n[12/03/24, 9:18:11 PM] Ann: And rye?\n[12/03/24, 9:18:59 PM] Bob: Two.\n"
        => ["How long does dough rise? / An hour.", "And rye? / Two."];
    messages_with_a_dash_before_the_name:
        "g.txt", "12/03/24, 21:15 - Ann: How long does dough rise?\n12/03/24, 21:16 - Bob: An hour.\n12/03/24, 21:18 - Ann: And rye?\n12/03/24, 21:19 - Bob: Two.\n"
        => ["How long does dough rise? / An hour.", "And rye? / Two."];
    numbers_set_in_now_here_now_there:
        "g.txt", "1. What is yeast?\n   A fungus.\n\n   2. What is rye?\nA grass.\n\n      3. What is malt?\n      Barley.\n\n4. Why salt?\nTaste.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "What is malt? / Barley.", "Why salt? / Taste."];
    cards_between_rules:
        "guide.md", "# Cards\n\n---\nFront: What is yeast?\nBack: A fungus.\n---\nFront: Name a cereal.\nBack: Rye\n---\n"
        => ["What is yeast? / A fungus.", "Name a cereal. / Rye"];
    a_line_above_a_list_that_names_the_questions:
        "g.txt", "Hi all,\n\nhere are the questions that I got:\n\n- tell me about yourself\n- why this bakery\n- walk me through a dough\n- how hot is your oven\n\nBye!\nJo\n"
        => ["here are the questions that I got > tell me about yourself / ", "here are the questions that I got > why this bakery / ", "here are the questions that I got > walk me through a dough / ", "here are the questions that I got > how hot is your oven / "];
    columns_with_limits_in_their_names:
        "quiz.csv", ",Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,Correct answer(s)\n1,What is yeast?,A fungus,A plant,1\n2,Rye is,a tree,a grass,2\n"
        => ["What is yeast? / 1 |  | **Answer 1:** A fungus |  | **Answer 2:** A plant", "Rye is / 2 |  | **Answer 1:** a tree |  | **Answer 2:** a grass"];
    a_part_of_a_page_in_a_file_called_markdown:
        "guide.md", "<div class=\"accordion\">\n    <div class=\"item\">\n        <div class=\"accordion-header\">\n            <span>What is yeast?</span>\n            <span>+</span>\n        </div>\n        <div class=\"accordion-content\">\n            A fungus.\n        </div>\n    </div>\n    <div class=\"item\">\n        <div class=\"accordion-header\">\n            <span>What is rye?</span>\n            <span>+</span>\n        </div>\n        <div class=\"accordion-content\">\n            A grass.\n        </div>\n    </div>\n    <div class=\"item\">\n        <div class=\"accordion-header\">\n            <span>Why salt?</span>\n            <span>+</span>\n        </div>\n        <div class=\"accordion-content\">\n            Taste.\n        </div>\n    </div>\n</div>\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "Why salt? / Taste."];
    options_glued_to_their_dashes:
        "g.txt", "zad 1 (1)\nCo to drożdże\n-sól\n-grzyb\ngrzyb\n\nzad 2 (1)\nCo to żyto\n-trawa\n-drzewo\ntrawa\n\nzad 3 (2)\nCo jest w chlebie\n-mąka\n-woda\nmąka woda\n"
        => ["Co to drożdże / -sól | -grzyb | grzyb", "Co to żyto / -trawa | -drzewo | trawa", "Co jest w chlebie / -mąka | -woda | mąka woda"];
    spanish_lines_without_blank_lines:
        "guide.md", "# Cuestionario:\n¿Conoce usted el pan de centeno de los hornos del norte del país?\n¿Quiere usted una panadería?\n¿Le parece útil el horno?\n¿Cree usted que falta sal?\n"
        => ["¿Conoce usted el pan de centeno de los hornos del norte del país? / ", "¿Quiere usted una panadería? / ", "¿Le parece útil el horno? / ", "¿Cree usted que falta sal? / "];
    lines_in_items_that_ask:
        "guide.md", "# 面包面试题\n\n## 面粉\n- 面粉是什么？\n  它从哪里来？\n- 黑麦是什么？\n- 写出面团的步骤。\n\n## 烤箱\n- 蒸汽有什么用？\n  为什么？\n- 烤箱要多热？\n  怎样测量？\n"
        => ["面粉 > 面粉是什么？ / 它从哪里来？", "面粉 > 黑麦是什么？ / ", "面粉 > 写出面团的步骤。 / ", "烤箱 > 蒸汽有什么用？ / 为什么？", "烤箱 > 烤箱要多热？ / 怎样测量？"];
    a_long_list_of_tasks_below_numbered_tables:
        "guide.md", "Here are some tables:\n\n1. **Loaves:**\n\n| Id | Name |\n|---|---|\n| 1 | Rye |\n\n2. **Ovens:**\n\n| Id | Heat |\n|---|---|\n| 1 | 230 |\n\n1. Select loaf number 1 of the table.\n2. Select loaf number 2 of the table.\n3. Select loaf number 3 of the table.\n4. Select loaf number 4 of the table.\n5. Select loaf number 5 of the table.\n6. Select loaf number 6 of the table.\n7. Select loaf number 7 of the table.\n8. Select loaf number 8 of the table.\n9. Select loaf number 9 of the table.\n10. Select loaf number 10 of the table.\n11. Select loaf number 11 of the table.\n12. Select loaf number 12 of the table.\n13. Select loaf number 13 of the table.\n14. Select loaf number 14 of the table.\n15. Select loaf number 15 of the table.\n16. Select loaf number 16 of the table.\n17. Select loaf number 17 of the table.\n18. Select loaf number 18 of the table.\n19. Select loaf number 19 of the table.\n20. Select loaf number 20 of the table.\n21. Select loaf number 21 of the table.\n22. Select loaf number 22 of the table.\n23. Select loaf number 23 of the table.\n24. Select loaf number 24 of the table.\n"
        => ["Select loaf number 1 of the table. / ", "Select loaf number 2 of the table. / ", "Select loaf number 3 of the table. / ", "Select loaf number 4 of the table. / ", "Select loaf number 5 of the table. / ", "Select loaf number 6 of the table. / ", "Select loaf number 7 of the table. / ", "Select loaf number 8 of the table. / ", "Select loaf number 9 of the table. / ", "Select loaf number 10 of the table. / ", "Select loaf number 11 of the table. / ", "Select loaf number 12 of the table. / ", "Select loaf number 13 of the table. / ", "Select loaf number 14 of the table. / ", "Select loaf number 15 of the table. / ", "Select loaf number 16 of the table. / ", "Select loaf number 17 of the table. / ", "Select loaf number 18 of the table. / ", "Select loaf number 19 of the table. / ", "Select loaf number 20 of the table. / ", "Select loaf number 21 of the table. / ", "Select loaf number 22 of the table. / ", "Select loaf number 23 of the table. / ", "Select loaf number 24 of the table. / "];
    items_that_markdown_counts:
        "guide.md", "# Exam\n\n## Prompts\n\n1. Explain yeast.\n1. Describe rye.\n1. Compare two ovens.\n\n## Answers\n\n1. It is a fungus.\n1. It is a grass.\n1. One is hot.\n"
        => ["Prompts > Explain yeast. / It is a fungus.", "Prompts > Describe rye. / It is a grass.", "Prompts > Compare two ovens. / One is hot."];
    options_glued_to_their_letters:
        "g.txt", "Wlosy maja duzo\na)siarki\nb)tlenu\na\n\nZyto to\na)drzewo\nb)trawa\nb\n\nDrozdze to\na)grzyb\nb)sol\na\n\nIle wody pije ciasto\na)duzo\nb)malo\na\n"
        => ["Wlosy maja duzo / a)siarki | b)tlenu | a", "Zyto to / a)drzewo | b)trawa | b", "Drozdze to / a)grzyb | b)sol | a", "Ile wody pije ciasto / a)duzo | b)malo | a"];
    a_label_of_its_own_that_nobody_answers:
        "guide.md", "# Masa\n\n**L:** ¿Qué es la levadura?\n**Nota:** ¿Es nueva?\n\n**L:** ¿Qué es el centeno?\n\n# Horno\n\n**L:** ¿Para qué sirve el vapor?\n\n**L:** ¿Qué calor tiene?\n\n**L:** Según lo que has visto, ¿falta sal?\n"
        => ["Masa > ¿Qué es la levadura? / **Nota:** ¿Es nueva?", "Masa > ¿Qué es el centeno? / ", "Horno > ¿Para qué sirve el vapor? / ", "Horno > ¿Qué calor tiene? / ", "Horno > Según lo que has visto, ¿falta sal? / "];
    what_is_said_of_questions_below_their_title:
        "guide.md", "# Bread\n\n## Bread interview questions: 4 kinds\n\nThey are of several kinds.\n\n1. The first has to do with the flour and with the water, of which there are many kinds that each baker has to know by heart\n2. The second has to do with the flour and with the water, of which there are many kinds that each baker has to know by heart\n3. The third has to do with the flour and with the water, of which there are many kinds that each baker has to know by heart\n4. The last has to do with the flour and with the water, of which there are many kinds that each baker has to know by heart\n\n### Q1: What is yeast?\n\nA fungus.\n\n### Q2: What is rye?\n\nA grass.\n\n### Q3: Why salt?\n\nTaste.\n"
        => ["Bread interview questions: 4 kinds > What is yeast? / A fungus.", "Bread interview questions: 4 kinds > What is rye? / A grass.", "Bread interview questions: 4 kinds > Why salt? / Taste."];
    tabs_in_the_cells_of_a_card:
        "guide.md", "# Bread\n\n| Field | Value |\n|---|---|\n| Question | How long is a rest (\t)? |\n| Answer | An hour |\n\n| Field | Value |\n|---|---|\n| Question | What is rye? |\n| Answer | A grass |\n"
        => ["How long is a rest ( )? / | Answer | An hour", "What is rye? / | Answer | A grass"];
    bare_numbers_below_a_first_line_that_names_questions:
        "g.txt", "Bread viva questions\n1 What is yeast\n2 Difference between rye and wheat\n3 Explain steam\n4 Kinds of flour\n"
        => ["What is yeast / ", "Difference between rye and wheat / ", "Explain steam / ", "Kinds of flour / "];
    numbers_in_persian:
        "g.txt", "۱. مخمر چیست؟\nیک قارچ است.\n۲. چاودار چیست؟\nیک گیاه است.\n۳. نمک را توضیح دهید.\nمزه.\n"
        => ["مخمر چیست؟ / یک قارچ است.", "چاودار چیست؟ / یک گیاه است.", "نمک را توضیح دهید. / مزه."];
    labels_with_numbers_in_arabic:
        "g.txt", "سؤال ٣: الخميرة\nج: فطر.\n\nسؤال ٤: الملح\nج: طعم.\n"
        => ["الخميرة / فطر.", "الملح / طعم."];
    wide_numbers_in_japanese:
        "g.txt", "１．酵母とは何ですか。\n菌です。\n２．塩の役割は何ですか。\n味です。\n３．なぜ焼きますか。\n香りです。\n"
        => ["酵母とは何ですか。 / 菌です。", "塩の役割は何ですか。 / 味です。", "なぜ焼きますか。 / 香りです。"];
    definitions_of_a_wiki:
        "g.txt", "== Bread ==\n\n;What is yeast?\n:A fungus.\n\n;Why salt?\n:Taste.\n"
        => ["Bread > What is yeast? / A fungus.", "Bread > Why salt? / Taste."];
    headings_of_an_issue_tracker:
        "g.txt", "h1. Bread\n\nh2. What is yeast?\nA fungus.\n\nh2. Why salt?\nTaste.\n"
        => ["What is yeast? / A fungus.", "Why salt? / Taste."];
    an_outline_with_headings_in_its_items:
        "guide.md", "- ## Bread\n- What is yeast?\n\t- A fungus.\n- What is rye?\n\t- A grass.\n- Why salt?\n\t- Taste.\n"
        => ["Bread > What is yeast? / - A fungus.", "Bread > What is rye? / - A grass.", "Bread > Why salt? / - Taste."];
    bold_questions_with_a_colon_behind_their_mark:
        "guide.md", "# Bread\n\n**What is yeast?:** A fungus.\n\n**Why salt?:** Taste.\n"
        => ["What is yeast? / A fungus.", "Why salt? / Taste."];
    columns_set_apart_by_blanks:
        "g.txt", "Question               Answer\nWhat is yeast?         A fungus\nHow hot is an oven?    Very\nWhat is rye?           A grass\nWhy salt?              Taste\n"
        => ["What is yeast? / A fungus", "How hot is an oven? / Very", "What is rye? / A grass", "Why salt? / Taste"];
    terms_of_a_file_that_says_it_holds_cards:
        "g.txt", "Flashcards\nyeast\ta fungus that raises dough\nrye\ta grass of the north\nmalt\tbarley that grew\nlevain\tflour and water that ferment\n"
        => ["yeast / a fungus that raises dough", "rye / a grass of the north", "malt / barley that grew", "levain / flour and water that ferment"];
    terms_of_a_file_that_says_nothing:
        "g.txt", "yeast\ta fungus that raises dough\nrye\ta grass of the north\nmalt\tbarley that grew\nlevain\tflour and water that ferment\n"
        => [];
    names_and_times_above_what_is_said:
        "g.txt", "Ann Lee  0:03\nHow did you start?\n\nBob Ray  0:07\nMy uncle had an oven.\n\nAnn Lee  0:15\nWhat is hard?\n\nBob Ray  0:19\nThe mornings.\n\nAnn Lee  0:30\nDo you sleep?\n\nBob Ray  0:33\nNo.\n"
        => ["How did you start? / My uncle had an oven.", "What is hard? / The mornings.", "Do you sleep? / No."];
    messages_below_names_and_times:
        "g.txt", "ann — Today at 10:15\nHow did you start?\nbob — Today at 10:16\nAt night.\nann — Today at 10:18\nWhat is hard?\nbob — Today at 10:19\nThe mornings.\nann — Today at 10:21\nDo you sleep?\nbob — Today at 10:22\nNo.\n"
        => ["How did you start? / At night.", "What is hard? / The mornings.", "Do you sleep? / No."];
    times_of_a_programme:
        "g.txt", "Opening  10:15\nMr Rye talks.\n\nBread  10:30\nAll bake.\n\nLunch  12:00\nWhat is there to eat?\n\nEnd  13:00\n"
        => [];
    commands_of_latex_are_no_lines:
        "exam.txt", "\\documentclass{exam}\n\\begin{document}\n\\section{Bread}\nYeast\nRye\n\\end{document}\n"
        => [];
    advice_that_asks_below_a_title_of_tips:
        "guide.md", "# Bread\n\n## Flour\n\n**Q: What is yeast?**\n\nA fungus.\n\n**Q: What is rye?**\n\nA grass.\n\n## Tips\n\n### On the day\n\n1. **Ask questions**\n2. **Explain your dough**\n3. **Compare flours**\n4. **Describe the crust**\n"
        => ["Flour > What is yeast? / A fungus.", "Flour > What is rye? / A grass."];
    headings_with_a_question_mark_as_their_emoji:
        "guide.md", "# Bread\n\n### ❓ Levain\n\nFlour and water.\n\n### ❓ Rye or wheat\n\nBoth.\n\n### ❓ Steam\n\nFor the crust.\n"
        => ["Levain / Flour and water.", "Rye or wheat / Both.", "Steam / For the crust."];
    a_manual_with_one_such_heading:
        "guide.md", "# Bread maker\n\n## ✨ Features\n\nQuick.\n\n## 🚀 Start\n\nPress it.\n\n## ❓ FAQ\n\nSee the site.\n"
        => [];
    numbers_before_a_slash:
        "g.txt", "1/ Qu'est-ce que le levain ?\nDe la farine et de l'eau.\n\n2/ Pourquoi le sel ?\nLe goût.\n\n3/ Quand faut-il façonner ?\nAprès une heure.\n"
        => ["Qu'est-ce que le levain ? / De la farine et de l'eau.", "Pourquoi le sel ? / Le goût.", "Quand faut-il façonner ? / Après une heure."];
    answers_that_start_as_their_questions:
        "g.txt", "What is yeast?\nA fungus.\nWhat is rye?\nA grass.\nWhat is malt?\nBarley that grew.\nWhen does dough rise?\nWhen it is warm.\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass.", "What is malt? / Barley that grew.", "When does dough rise? / When it is warm."];
    lines_and_tables_below_a_heading_that_asks:
        "guide.md", "# Bread questions\n\n## What do the signs of flour mean?\n\n| Sign | Meaning |\n| --- | --- |\n| 405 | white |\n| 550 | pale |\n| 1050 | dark |\n| 1600 | darker |\n"
        => ["What do the signs of flour mean? / | Sign | Meaning | | | --- | --- | | | 405 | white | | | 550 | pale | | | 1050 | dark | | | 1600 | darker |"];
    fields_above_lists_of_questions:
        "guide.md", "# 面包\n\n## 第一章\n*目标*：理解什么是面粉。\n- 面粉是什么？\n- 黑麦与小麦的区别是什么？\n- 写出面团的步骤。\n\n## 第二章\n*目标*：理解如何使用烤箱。\n- 烤箱要多热？\n- 蒸汽有什么用？\n- 怎样测量热度？\n\n## 第三章\n*目标*：理解盐为什么重要。\n- 盐有什么用？\n- 没有盐会怎样？\n- 画出盐的结构。\n"
        => ["第一章 > 面粉是什么？ / ", "第一章 > 黑麦与小麦的区别是什么？ / ", "第一章 > 写出面团的步骤。 / ", "第二章 > 烤箱要多热？ / ", "第二章 > 蒸汽有什么用？ / ", "第二章 > 怎样测量热度？ / ", "第三章 > 盐有什么用？ / ", "第三章 > 没有盐会怎样？ / ", "第三章 > 画出盐的结构。 / "];
    cards_in_tables_without_names_of_columns:
        "guide.md", "# Bread\n\n| | |\n|---|---|\n| **Question** | What is yeast? |\n| **Answer** | A fungus. |\n\n| | |\n|---|---|\n| **Question** | Name a cereal. |\n| **Answer** | Rye |\n"
        => ["What is yeast? / | **Answer** | A fungus.", "Name a cereal. / | **Answer** | Rye"];
    cards_in_tables_of_a_page:
        "page.html", "<html><body><h1>Bread</h1><table><tr><th>Question</th><td>What is yeast?</td></tr><tr><th>Answer</th><td>A fungus.</td></tr></table><table><tr><th>Question</th><td>Name a cereal.</td></tr><tr><th>Answer</th><td>Rye</td></tr></table></body></html>"
        => ["What is yeast? / | Answer | A fungus.", "Name a cereal. / | Answer | Rye"];
    comments_of_a_quiz_in_gift:
        "g.txt", "// question: 1\n::A::[html]<p>Match the flours.</p>{\n\t=Rye -> dark\n\t=Wheat -> light\n}\n\n// question: 2  name: B\n::B::[html]<p>Write of bread.</p>{}\n\n// question: 3\n::C::When does dough rise?{=When warm}\n"
        => ["Match the flours. / =Rye -> dark | =Wheat -> light", "Write of bread. / ", "When does dough rise? / =When warm"];
    tickets_of_several_bold_questions:
        "guide.md", "# Экзамен\n\n### Билет 1\n1. **Дрожжи.**\n\n   Гриб.\n\n2. **Рожь.**\n\n   Злак.\n\n### Билет 2\n1. **Соль.**\n\n   Вкус.\n\n2. **Печь.**\n\n   Горячая.\n"
        => ["Билет 1 > Дрожжи. / Гриб.", "Билет 1 > Рожь. / Злак.", "Билет 2 > Соль. / Вкус.", "Билет 2 > Печь. / Горячая."];
    tickets_with_their_question_below:
        "guide.md", "## Билет 1\nДрожжи и их виды.\n\nЭто гриб.\n\n## Билет 2\nРожь и пшеница.\n\nЭто злаки.\n"
        => ["Дрожжи и их виды. / Это гриб.", "Рожь и пшеница. / Это злаки."];
    labels_with_a_word_before_their_number:
        "g.txt", "Otázka č. 1: Kvasnice\nOdpověď: Houba.\n\nOtázka č. 2: Žito\nOdpověď: Tráva.\n"
        => ["Kvasnice / Houba.", "Žito / Tráva."];
    labels_with_numbers_in_chinese:
        "g.txt", "第一题：酵母\n答：真菌。\n第二题：黑麦\n答：草。\n第十二题：盐\n答：味道。\n"
        => ["酵母 / 真菌。", "黑麦 / 草。", "盐 / 味道。"];
    items_of_a_test_in_thai:
        "g.txt", "ข้อ 1. ยีสต์คือ\nก. เห็ด\nข. หญ้า\nเฉลย ก\n\nข้อ 2. เกลือ\nก. รส\nข. สี\nเฉลย ก\n"
        => ["ยีสต์คือ / ก. เห็ด | ข. หญ้า | เฉลย ก", "เกลือ / ก. รส | ข. สี | เฉลย ก"];
    requests_behind_questions_without_answers:
        "g.txt", "What is yeast?\nWhat is rye? Give an example.\nWhat is malt?\nWhy salt? Say more.\nWhat is steam for?\n"
        => ["What is yeast? / ", "What is rye? Give an example. / ", "What is malt? / ", "Why salt? Say more. / ", "What is steam for? / "];
    columns_of_questions_and_of_what_is_looked_for:
        "guide.md", "# Bread\n\n| Question | What we look for |\n|---|---|\n| What is yeast? | A fungus |\n| Name a cereal. | Rye |\n"
        => ["What is yeast? / A fungus", "Name a cereal. / Rye"];
    answers_that_ask_behind_bold_questions:
        "guide.md", "# Bread\n\n1. **What is yeast?** What do you know of it? Usually a fungus.\n2. **What is rye?** How tall does it grow?\n3. **Why salt?** For the taste.\n"
        => ["What is yeast? / What do you know of it? Usually a fungus.", "What is rye? / How tall does it grow?", "Why salt? / For the taste."];
    json_in_a_file_that_is_named_as_text:
        "guide.md", "[\n{\"question\": \"Rye is\", \"parameters\": {}, \"options\": [\"a grass\", \"a tree\"]},\n{\"question\": \"Why salt?\", \"options\": [\"taste\", \"colour\"]}\n]\n\n[\n{\"question\": \"Malt is\", \"options\": [\"barley\", \"rye\"]}\n]"
        => ["Rye is / - a grass | - a tree", "Why salt? / - taste | - colour", "Malt is / - barley | - rye"];
    links_in_brackets_are_no_json:
        "guide.md", "[Bread](bread.md)\n\n## What is yeast?\n\nA fungus.\n\n## What is rye?\n\nA grass.\n\n[Home]\n"
        => ["What is yeast? / A fungus.", "What is rye? / A grass. |  | [Home]"];
    tags_around_questions_with_options:
        "guide.md", "# Bread quiz\n\n## Flour\n\n<quiz>\nRye is usually:\n- [x] a grass\n- [ ] a tree\nIt grows in the north.\n</quiz>\n\n<quiz>\nMalt may be made of rye.\n- [x] True\n- [ ] False\n</quiz>\n\n<quiz>\nName no cereal.\n\n- [x] Yeast\n- [ ] Rye\n\nIt is a fungus.\n</quiz>\n"
        => ["Flour > Rye is usually: / - [x] a grass | - [ ] a tree | It grows in the north.", "Flour > Malt may be made of rye. / - [x] True | - [ ] False", "Flour > Name no cereal. / - [x] Yeast | - [ ] Rye |  | It is a fungus."];
    a_number_at_another_level:
        "guide.md", "## Bread\n\n### 1. What is yeast?\n\nA fungus.\n\n#### 2. Kinds of flour\n\nMany.\n\n### 3. What is rye?\n\nA grass.\n\n#### 1. Its roots\n\nDeep.\n\n### 4. Why salt?\n\nTaste.\n"
        => ["Bread > What is yeast? / A fungus.", "Bread > Kinds of flour / Many.", "Bread > What is rye? / A grass. |  | #### 1. Its roots |  | Deep.", "Bread > Why salt? / Taste."];
    topics_in_sections_of_which_some_ask:
        "guide.md", "### 제빵\n효모란   \n호밀과 밀의 차이   \n소금   \n반죽의 종류   \n글루텐이란   \n물\n\n---\n\n### 오븐\n증기란   \n온도   \n돌과 철의 차이   \n문   \n바닥   \n굽는 시간\n\n---\n\n### 맛\n산미란   \n껍질   \n향   \n단맛과 짠맛의 차이   \n빵의 결   \n색\n"
        => ["제빵 > 효모란 / ", "제빵 > 호밀과 밀의 차이 / ", "제빵 > 소금 / ", "제빵 > 반죽의 종류 / ", "제빵 > 글루텐이란 / ", "제빵 > 물 / ", "오븐 > 증기란 / ", "오븐 > 온도 / ", "오븐 > 돌과 철의 차이 / ", "오븐 > 문 / ", "오븐 > 바닥 / ", "오븐 > 굽는 시간 / ", "맛 > 산미란 / ", "맛 > 껍질 / ", "맛 > 향 / ", "맛 > 단맛과 짠맛의 차이 / ", "맛 > 빵의 결 / ", "맛 > 색 / "];
    words_in_sections_of_which_none_asks:
        "guide.md", "### Flour\nRye\nWheat\nSpelt\nOats\nBarley\nCorn\n\n### Oven\nSteam\nStone\nDoor\nHeat\nFloor\nTime\n\n### Taste\nSalt\nSour\nSweet\nCrust\nCrumb\nColour\n"
        => [];
    a_template_whose_questions_are_to_be_written:
        "guide.md", "# Bread\n\n### Question 1: *[Question title]*\n\n**Answer:**\n\nWrite it here.\n\n### Question 2: *[Question title]*\n\n**Answer:**\n\nWrite it here.\n"
        => [];
    questions_in_brackets:
        "guide.md", "# Bread\n\n### Question 1: [What is yeast?]\n\nA fungus.\n\n### Question 2: [Name a cereal]\n\nRye.\n"
        => ["[What is yeast?] / A fungus.", "[Name a cereal] / Rye."];
    arrows_in_a_few_items_of_an_outline:
        "guide.md", "# Bread\n\n- Doughs:\n    - stiff => think of water\n    - soft  => think of flour\n- Rye\n- Wheat\n- Spelt\n- Oats\n- Barley\n- Corn\n- Malt\n- Steam\n- Stone\n- Door\n- Heat\n- Floor\n- Time\n- Salt\n- Sour\n- Sweet\n- Crust\n- Crumb\n- Colour\n- Smell\n"
        => [];
    a_numbered_list_of_which_one_asks_below_those_that_all_do:
        "guide.md", "# Bread questions\n\n## Flour\n\n1. What is rye?\n1. What is malt?\n1. How do you store it?\n\n## Oven\n\n1. How hot is it?\n1. Why steam?\n1. When is bread done?\n\n## Skills of a baker\n\n1. Patience\n1. Good hands\n1. Up early? A sense of time\n"
        => ["Flour > What is rye? / ", "Flour > What is malt? / ", "Flour > How do you store it? / ", "Oven > How hot is it? / ", "Oven > Why steam? / ", "Oven > When is bread done? / "];
    a_template_in_braces:
        "guide.md", "# FAQ\n\n### Q. {question}\n\nA. {answer}\n\n### Q. {question}\n\nA. {answer}\n"
        => [];
    a_term_before_a_dash_is_no_task:
        "guide.md", "Как растут дрожжи в тесте?\nОни едят сахар.\n\nЧто значат state и props?\nState — то, что внутри. Props — то, что дано.\n\nОпишите печь.\nОна горячая.\n\nЧто такое рожь?\nЗлак.\n"
        => ["Как растут дрожжи в тесте? / Они едят сахар.", "Что значат state и props? / State — то, что внутри. Props — то, что дано.", "Опишите печь. / Она горячая.", "Что такое рожь? / Злак."];
    a_check_list_below_lists_of_questions:
        "g/interview questions.md", "# Interview questions\n\n## Bread\n\n- What is yeast?\n- What is dough?\n- What is rye?\n\n## Ovens\n\n- How hot is an oven?\n- What is steam for?\n\n## Before you go\n\n- [ ] Describe the way to yourself\n- [ ] Prepare a loaf to show\n"
        => ["Bread > What is yeast? / ", "Bread > What is dough? / ", "Bread > What is rye? / ", "Ovens > How hot is an oven? / ", "Ovens > What is steam for? / "];
    a_numbered_tip_between_bullets_that_ask:
        "g/interview questions.md", "# Interview questions\n\n## Bread\n\n- What is yeast?\n- What is dough?\n- What is rye?\n\n## Tips\n\n1. **Be brief** - Two minutes.\n2. **Show a loaf** - A good one.\n3. **Be kind** - Always.\n\n## Ovens\n\n- How hot is an oven?\n- What is steam for?\n"
        => ["Bread > What is yeast? / ", "Bread > What is dough? / ", "Bread > What is rye? / ", "Ovens > How hot is an oven? / ", "Ovens > What is steam for? / "];
    options_that_count_anew_below_a_line_that_asks:
        "g.txt", "1. What is yeast?\n2. What is dough?\n3. What is rye?\n4. What is malt?\n5. What is salt for?\n\nThere are two ways to knead dough.\n1. by hand\n2. by machine\n\n1. How hot is an oven?\n2. What is steam for?\n3. What is a stone for?\n"
        => ["What is yeast? / ", "What is dough? / ", "What is rye? / ", "What is malt? / ", "What is salt for? / There are two ways to knead dough. | 1. by hand | 2. by machine", "How hot is an oven? / ", "What is steam for? / ", "What is a stone for? / "];
    a_heading_that_does_not_ask_in_a_section_of_its_own:
        "guide.md", "## Bread\n\n### What is yeast?\n\nA fungus.\n\n### What is dough?\n\nFlour.\n\n### What is rye?\n\nA cereal.\n\n## Farewell\n\n### A word from the baker\n\nBake!\n\n## Ovens\n\n### How hot is an oven?\n\nVery.\n\n### What is steam for?\n\nThe crust.\n"
        => ["Bread > What is yeast? / A fungus.", "Bread > What is dough? / Flour.", "Bread > What is rye? / A cereal.", "Ovens > How hot is an oven? / Very.", "Ovens > What is steam for? / The crust."];
    the_last_title_of_a_faq_offers_more_help:
        "faq.md", "# FAQ\n\n## Bread\n\n### What is yeast?\n\nA fungus.\n\n### What is rye?\n\nA cereal.\n\n### How does dough rise?\n\nBy gas.\n\n## Is anything else unclear?\n\nAsk us.\n"
        => ["Bread > What is yeast? / A fungus.", "Bread > What is rye? / A cereal.", "Bread > How does dough rise? / By gas."];
    kinds_of_questions_below_a_title_that_announces_them:
        "guide.md", "# Work\n\n## Interview questions\n\n### What to expect\n\n1. **Of the past**: What you did.\n2. **Of the craft**: What you know.\n3. **Of cases**: What you would do.\n4. **Of the team**: Who you are.\n\n### The questions\n\n#### 1. What is yeast?\n\nA fungus.\n\n#### 2. What is rye?\n\nA cereal.\n\n#### 3. What is salt for?\n\nThe taste.\n\n#### 4. What is malt?\n\nBarley.\n\n#### 5. What is steam for?\n\nThe crust.\n"
        => ["Interview questions > The questions > What is yeast? / A fungus.", "Interview questions > The questions > What is rye? / A cereal.", "Interview questions > The questions > What is salt for? / The taste.", "Interview questions > The questions > What is malt? / Barley.", "Interview questions > The questions > What is steam for? / The crust."];
    contents_in_parts_of_which_one_has_a_single_entry:
        "guide.md", "# FAQ\n\n## Bread\n\n- [Is yeast alive?](#yeast)\n- [Which rye is best?](#rye)\n\n## Ovens\n\n- [How hot must it be? And for how long?](#hot)\n\n## Shops\n\n- [Where is the next one? Is it open?](#shop)\n\n## Salt\n\n- [Is it dear? Where is it from?](#salt)\n\n## All about bread\n\n### 1. What is yeast?\n\nA fungus.\n\n### 2. What is rye?\n\nA cereal.\n\n## All about ovens\n\n### 3. What is the heat of an oven?\n\nHigh.\n"
        => ["All about bread > What is yeast? / A fungus.", "All about bread > What is rye? / A cereal.", "All about ovens > What is the heat of an oven? / High."];
    numbered_titles_above_contents_alone:
        "guide.md", "# Bread\n\n## 1. BAKING\n\n1. [What is yeast?](#yeast)\n2. [What is dough?](#dough)\n\n## 2. SELLING\n\n1. [What is a shop?](#shop)\n2. [What is a market?](#market)\n\n## Answers at length\n\n## 1. The nature of yeast\n\nA fungus.\n\n## 2. What is dough?\n\nFlour.\n\n## 1. What is a shop?\n\nA room.\n\n## 2. Which markets are there?\n\nMany.\n"
        => ["Answers at length > The nature of yeast / A fungus.", "Answers at length > What is dough? / Flour.", "Answers at length > What is a shop? / A room.", "Answers at length > Which markets are there? / Many."];
    stems_without_a_question_mark_above_options:
        "g.txt", "What raises a loaf is ...;\nA. salt;\nB. gas;\nC. wood;\nD. iron;\nE. stone;\n|\nRye is milled to ...;\nA. salt;\nB. flour;\nC. wood;\nD. iron;\nE. stone;\n|\nAn oven is heated by ...;\nA. salt;\nB. fire;\nC. wood;\nD. iron;\nE. stone;\n|\nA crust is kept thin by ...;\nA. salt;\nB. steam;\nC. wood;\nD. iron;\nE. stone;\n|\n"
        => ["What raises a loaf is ...; / A. salt; | B. gas; | C. wood; | D. iron; | E. stone; | |", "Rye is milled to ...; / A. salt; | B. flour; | C. wood; | D. iron; | E. stone; | |", "An oven is heated by ...; / A. salt; | B. fire; | C. wood; | D. iron; | E. stone; | |", "A crust is kept thin by ...; / A. salt; | B. steam; | C. wood; | D. iron; | E. stone; | |"];
    tasks_behind_blank_lines_above_code:
        "g.txt", "What is a loaf?\n\nIt is baked.\nWhich one I like depends on the day.\n\nRead this.\nvar loaf = 1;\nbake(loaf);\n\nExplain the oven.\n\nIt is hot.\n\nText.\n\nGive an example of a cereal.\n\nRye.\n\nDescribe how dough rises.\n\nBy gas.\n"
        => ["What is a loaf? / It is baked. | Which one I like depends on the day. |  | Read this. | var loaf = 1; | bake(loaf);", "Explain the oven. / It is hot. |  | Text.", "Give an example of a cereal. / Rye.", "Describe how dough rises. / By gas."];
    bold_leads_of_a_faq_that_do_not_ask:
        "faq.md", "# FAQ\n\n## Dough\n\n**If the dough does not rise** - Put it in a warm place.\n\n**If the dough sticks** - Add flour.\n\nNot too much of it.\n\n## Ovens\n\n**The crust is pale** - Heat the oven for longer.\n\n**The loaf is flat** - Knead it again.\n"
        => ["Dough > If the dough does not rise / Put it in a warm place.", "Dough > If the dough sticks / Add flour. |  | Not too much of it.", "Ovens > The crust is pale / Heat the oven for longer.", "Ovens > The loaf is flat / Knead it again."];
    a_list_of_questions_and_one_of_as_many_answers:
        "guide.md", "# A poem\n\n## Tasks\n\n- Who speaks in it? To whom?\n- What is the old house?\n- Where does it end?\n\n## Notes of a pupil\n\n- A baker speaks, to his son.\n- It is the bakery.\n- At the oven.\n"
        => ["Tasks > Who speaks in it? To whom? / A baker speaks, to his son.", "Tasks > What is the old house? / It is the bakery.", "Tasks > Where does it end? / At the oven."];
    answers_that_stand_apart_without_numbers:
        "guide.md", "## Questions\n\n- What is yeast?\n- What is dough?\n- Name a cereal\n\n## Answers\n\n- A fungus.\n- Flour and water.\n- Rye.\n"
        => ["Questions > What is yeast? / A fungus.", "Questions > What is dough? / Flour and water.", "Questions > Name a cereal / Rye."];
}
