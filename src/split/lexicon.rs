//! The words that guides are read by: data alone, grouped by language.
//!
//! A language is added here and nowhere else. Every list is in order and without duplicates.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use foldhash::fast::RandomState;

use crate::text;

/// The words of one language, in lower case.
#[derive(Debug, Clone, Copy)]
struct Language {
    /// Words that label a question, with or without a number: "Question 3:".
    question_labels: &'static [&'static str],
    /// Words that stand before the number of a task, as in "Exercise 3"; alone they label nothing.
    numbered_labels: &'static [&'static str],
    /// Words that label an answer.
    answer_labels: &'static [&'static str],
    /// Words for what holds questions; "interview" alone names much else.
    question_names: &'static [&'static str],
    /// Titles of a sheet of answers.
    answer_titles: &'static [&'static str],
    /// Titles of a contents list.
    contents_titles: &'static [&'static str],
    /// First words of a question that start few sentences else.
    interrogatives: &'static [&'static str],
    /// First words of questions and of sentences: verbs, prepositions.
    openings: &'static [&'static str],
    /// First words of a request to speak: "explain".
    requests: &'static [&'static str],
    /// First words of a task; steps and advice start with them as well.
    tasks: &'static [&'static str],
    /// Words that stand anywhere in a question, where the script has no spaces or the language
    /// asks at the end.
    inner_marks: &'static [&'static str],
    /// Titles of the matter before the questions of a guide.
    opening_titles: &'static [&'static str],
    /// Titles of the matter behind the questions of a guide.
    closing_titles: &'static [&'static str],
    /// Words of titles that promise advice or instruction rather than questions.
    advice: &'static [&'static str],
    /// Titles of what describes a program or a project: its own questions, such asare
    /// headings of a manual.
    manual_titles: &'static [&'static str],
    /// Ends of lines that interviews begin with, and little else holds.
    opening_questions: &'static [&'static str],
}

/// A language without words.
const NONE: Language = Language {
    question_labels: &[],
    numbered_labels: &[],
    answer_labels: &[],
    question_names: &[],
    answer_titles: &[],
    contents_titles: &[],
    interrogatives: &[],
    openings: &[],
    requests: &[],
    tasks: &[],
    inner_marks: &[],
    opening_titles: &[],
    closing_titles: &[],
    advice: &[],
    manual_titles: &[],
    opening_questions: &[],
};

/// The languages, by name.
const LANGUAGES: &[(&str, Language)] = &[
    (
        "Amharic",
        Language {
            question_labels: &["ጥያቄ"],
            answer_labels: &["መልስ"],
            question_names: &["ጥያቄዎች"],
            inner_marks: &["ለምን", "ምንድን", "እንዴት"],
            ..NONE
        },
    ),
    (
        "Arabic",
        Language {
            question_labels: &["السؤال", "س", "سؤال"],
            answer_labels: &["إجابة", "الإجابة", "الجواب", "الحل", "ج", "جواب"],
            question_names: &["أسئلة", "اسئلة"],
            answer_titles: &["الأجوبة", "الإجابات", "الحلول"],
            interrogatives: &[
                "أي",
                "أين",
                "كم",
                "كيف",
                "لماذا",
                "ما",
                "ماذا",
                "ماهو",
                "ماهي",
                "متى",
                "من",
                "هل",
            ],
            requests: &["اشرح", "صف", "عرف", "عرّف", "قارن", "وضح", "وضّح"],
            tasks: &["اذكر", "اكتب", "عدد"],
            opening_titles: &["مقدمة"],
            closing_titles: &["المراجع", "خاتمة"],
            advice: &["دليل", "نصائح"],
            ..NONE
        },
    ),
    (
        "Armenian",
        Language {
            question_labels: &["հարց"],
            answer_labels: &["պատասխան"],
            question_names: &["հարցեր"],
            interrogatives: &["երբ", "ինչ", "ինչու", "ինչպես", "ով", "որտեղ"],
            inner_marks: &["ի՞նչ", "ինչ է", "ինչպե՞ս"],
            ..NONE
        },
    ),
    (
        "Azerbaijani",
        Language {
            question_labels: &["sual"],
            answer_labels: &["cavab"],
            question_names: &["suallar"],
            interrogatives: &["hansı", "necə", "niyə", "nə", "nədir"],
            requests: &["izah"],
            inner_marks: &["necə", "nədir"],
            ..NONE
        },
    ),
    (
        "Belarusian",
        Language {
            question_labels: &["пытанне"],
            answer_labels: &["адказ"],
            question_names: &["пытанні"],
            interrogatives: &["дзе", "калі", "хто", "чаму", "што", "як"],
            requests: &["апішыце", "растлумачце"],
            ..NONE
        },
    ),
    (
        "Bengali",
        Language {
            question_labels: &["প্রশ্ন"],
            answer_labels: &["উত্তর"],
            question_names: &["প্রশ্ন"],
            inner_marks: &["কি", "কিভাবে", "কী", "কীভাবে", "কেন", "ব্যাখ্যা"],
            ..NONE
        },
    ),
    (
        "Bulgarian",
        Language {
            question_labels: &["въпрос", "задача"],
            answer_labels: &["отговор", "решение"],
            question_names: &["въпроси"],
            answer_titles: &["отговори"],
            interrogatives: &[
                "защо",
                "как",
                "каква",
                "какви",
                "какво",
                "какъв",
                "кога",
                "кои",
                "кой",
                "колко",
                "коя",
                "къде",
            ],
            requests: &["дефинирайте", "обяснете", "опишете", "сравнете"],
            tasks: &["избройте", "посочете"],
            ..NONE
        },
    ),
    (
        "Catalan",
        Language {
            question_labels: &["pregunta"],
            answer_labels: &["resposta", "solució"],
            question_names: &["preguntes"],
            answer_titles: &["respostes", "solucions"],
            interrogatives: &["quan", "quin", "quina", "quines", "quins", "què"],
            openings: &["com", "on", "per"],
            requests: &["defineix", "descriu", "explica"],
            tasks: &["enumera", "escriu"],
            ..NONE
        },
    ),
    (
        "Chinese",
        Language {
            question_labels: &[
                "問",
                "問題",
                "提问",
                "问",
                "问题",
                "面試題",
                "面试官",
                "面试题",
                "題目",
                "题目",
            ],
            numbered_labels: &["练习", "练习题", "習題"],
            answer_labels: &[
                "参考答案",
                "參考答案",
                "回答",
                "正确答案",
                "正確答案",
                "答",
                "答案",
                "答案解析",
                "解",
                "解析",
                "解答",
            ],
            question_names: &[
                "問題",
                "常见问题",
                "问题",
                "面試",
                "面試題",
                "面试",
                "面试题",
                "題目",
                "题库",
                "题目",
            ],
            answer_titles: &["参考答案", "參考答案", "答案", "解答"],
            contents_titles: &["目录", "目錄"],
            inner_marks: &[
                "为什么",
                "为何",
                "什么",
                "什麼",
                "介紹",
                "介绍",
                "优缺点",
                "優缺點",
                "几种",
                "列举",
                "区别",
                "區別",
                "原理",
                "吗",
                "哪个",
                "哪些",
                "哪几",
                "哪种",
                "哪里",
                "嗎",
                "多少",
                "如何",
                "对比",
                "异同",
                "怎么",
                "怎样",
                "怎樣",
                "怎麼",
                "描述",
                "是否",
                "有何",
                "為什麼",
                "理解",
                "简述",
                "簡述",
                "能否",
                "解释",
                "解釋",
                "說說",
                "談談",
                "讲一下",
                "讲讲",
                "说一下",
                "说下",
                "说说",
                "请说",
                "谈谈",
            ],
            opening_titles: &["介绍", "前言", "概述", "简介"],
            closing_titles: &[
                "其他",
                "其他情况",
                "其他问题",
                "参考",
                "参考文献",
                "参考资料",
                "參考",
                "总结",
                "相关链接",
                "结语",
                "联系我们",
                "聯絡我們",
            ],
            advice: &["建议", "技巧", "指南", "攻略", "教程", "经验分享"],
            opening_questions: &["介绍一下自己", "自我介紹", "自我介绍"],
            manual_titles: &[
                "使用方法",
                "使用说明",
                "安装",
                "安裝",
                "專案結構",
                "快速开始",
                "快速開始",
                "技术栈",
                "技術棧",
                "許可證",
                "许可证",
                "貢獻",
                "贡献",
                "项目结构",
            ],
            ..NONE
        },
    ),
    (
        "Croatian",
        Language {
            question_labels: &["pitanje", "zadatak"],
            answer_labels: &["odgovor", "rješenje"],
            question_names: &["pitanja"],
            answer_titles: &["odgovori", "rješenja"],
            interrogatives: &[
                "gde", "gdje", "kada", "kako", "ko", "koja", "koje", "koji", "koliko", "tko",
                "zašto", "šta", "što",
            ],
            requests: &["definirajte", "objasni", "objasnite", "opiši", "opišite"],
            tasks: &["nabroji", "nabrojite", "navedi", "navedite"],
            ..NONE
        },
    ),
    (
        "Czech",
        Language {
            question_labels: &["otázka", "úkol"],
            numbered_labels: &["cvičení"],
            answer_labels: &["odpověď", "řešení"],
            question_names: &["otázky"],
            answer_titles: &["odpovědi", "řešení"],
            contents_titles: &["obsah"],
            interrogatives: &[
                "co", "jak", "jaká", "jaké", "jaký", "kde", "kdo", "kdy", "která", "které",
                "který", "proč", "čím",
            ],
            requests: &[
                "definujte",
                "popiš",
                "popište",
                "porovnejte",
                "vysvětlete",
                "vysvětli",
            ],
            tasks: &["napište", "uveďte", "vyjmenujte"],
            opening_titles: &["úvod"],
            closing_titles: &["závěr"],
            advice: &["návod", "rady", "tipy"],
            ..NONE
        },
    ),
    (
        "Danish",
        Language {
            question_labels: &["spørgsmål"],
            answer_labels: &["løsning", "svar"],
            question_names: &["spørgsmål"],
            interrogatives: &[
                "hvad", "hvem", "hvilke", "hvilken", "hvor", "hvordan", "hvorfor", "hvornår",
            ],
            openings: &["er", "kan"],
            requests: &["beskriv", "definer", "forklar", "fortæl", "sammenlign"],
            tasks: &["giv", "nævn"],
            ..NONE
        },
    ),
    (
        "Dutch",
        Language {
            question_labels: &["opgave", "vraag"],
            answer_labels: &["antwoord", "oplossing"],
            question_names: &["tentamen", "vragen"],
            answer_titles: &["antwoorden", "oplossingen"],
            contents_titles: &["inhoud", "inhoudsopgave"],
            interrogatives: &[
                "hoe", "hoeveel", "waar", "waarom", "wanneer", "wat", "welk", "welke", "wie",
            ],
            openings: &["is", "kan", "zijn"],
            requests: &[
                "beschrijf",
                "definieer",
                "leg",
                "vergelijk",
                "verklaar",
                "verschil",
                "vertel",
            ],
            tasks: &["geef", "noem", "schrijf", "toon"],
            opening_titles: &["inleiding", "instructies"],
            closing_titles: &["bronnen", "conclusie", "contact", "overig"],
            advice: &["tips voor", "zo slaag"],
            opening_questions: &["vertel iets over jezelf", "vertel iets over uzelf"],
            manual_titles: &[
                "aan de slag",
                "gebruik",
                "installatie",
                "licentie",
                "vereisten",
            ],
            ..NONE
        },
    ),
    (
        "English",
        Language {
            question_labels: &[
                "front",
                "interview question",
                "interviewer",
                "q",
                "que",
                "ques",
                "question",
                "sample question",
            ],
            numbered_labels: &["exercise", "problem"],
            answer_labels: &[
                "a",
                "ans",
                "answer",
                "answer to question",
                "back",
                "best answer",
                "candidate",
                "correct answer",
                "example answer",
                "expected answer",
                "interviewee",
                "model answer",
                "possible answer",
                "right answer",
                "sample answer",
                "selected answer",
                "short answer",
                "solution",
                "suggested answer",
                "your answer",
            ],
            question_names: &[
                "coding challenge",
                "coding problem",
                "exam",
                "faq",
                "flash card",
                "flashcard",
                "frequently asked",
                "interview problem",
                "mcq",
                "mock test",
                "past paper",
                "practice problem",
                "practice test",
                "problem set",
                "q & a",
                "q&a",
                "qna",
                "question",
                "quiz",
                "quizzes",
                "riddle",
                "trivia",
                "true false",
                "true or false",
                "true/false",
                "viva",
            ],
            answer_titles: &[
                "answer key",
                "answer keys",
                "answer sheet",
                "answers",
                "answers and explanations",
                "response",
                "responses",
                "sample answers",
                "sample responses",
                "solution",
                "solutions",
            ],
            contents_titles: &[
                "content",
                "contents",
                "in this article",
                "index",
                "jump to",
                "list of contents",
                "on this page",
                "table of content",
                "table of contents",
                "toc",
            ],
            interrogatives: &[
                "how", "how's", "what", "what's", "whats", "what’s", "when", "where", "which",
                "who", "whom", "whose", "why",
            ],
            openings: &[
                "am", "are", "aren't", "can", "can't", "could", "did", "do", "does", "doesn't",
                "don't", "had", "has", "have", "if", "in", "is", "isn't", "may", "might", "must",
                "shall", "should", "was", "were", "will", "would", "wouldn't",
            ],
            requests: &[
                "compare",
                "contrast",
                "define",
                "describe",
                "diff",
                "difference",
                "differences",
                "differentiate",
                "discuss",
                "distinguish",
                "elaborate",
                "explain",
                "tell",
            ],
            tasks: &[
                "analyse",
                "analyze",
                "argue",
                "assess",
                "build",
                "calculate",
                "choose",
                "classify",
                "complete",
                "compute",
                "consider",
                "construct",
                "convert",
                "create",
                "critique",
                "deduce",
                "demonstrate",
                "derive",
                "design",
                "detail",
                "detect",
                "determine",
                "display",
                "draw",
                "enumerate",
                "estimate",
                "evaluate",
                "examine",
                "express",
                "factor",
                "find",
                "formulate",
                "give",
                "given",
                "highlight",
                "identify",
                "illustrate",
                "imagine",
                "implement",
                "interpret",
                "introduce",
                "justify",
                "list",
                "match",
                "mention",
                "name",
                "outline",
                "pick",
                "plot",
                "predict",
                "print",
                "propose",
                "prove",
                "provide",
                "rank",
                "rate",
                "recall",
                "recommend",
                "reflect",
                "retrieve",
                "reverse",
                "select",
                "share",
                "show",
                "simplify",
                "sketch",
                "solve",
                "state",
                "suggest",
                "summarise",
                "summarize",
                "suppose",
                "talk",
                "think",
                "trace",
                "translate",
                "true",
                "verify",
                "walk",
                "write",
            ],
            opening_titles: &[
                "about",
                "background",
                "basics",
                "before you start",
                "disclaimer",
                "foreword",
                "getting started",
                "glossary",
                "how to use",
                "instructions",
                "intro",
                "introduction",
                "legend",
                "note",
                "notes",
                "overview",
                "preface",
                "prerequisites",
                "requirements",
                "set up",
                "setup",
                "terminology",
            ],
            closing_titles: &[
                "about the author",
                "acknowledgements",
                "acknowledgments",
                "additional resources",
                "anything else",
                "appendix",
                "bibliography",
                "conclusion",
                "conclusions",
                "contact",
                "contact us",
                "contributing",
                "contribution",
                "contributors",
                "copyright and license",
                "credits",
                "didn t find your answer",
                "feedback",
                "final thoughts",
                "final tips",
                "further reading",
                "key takeaways",
                "licence",
                "license",
                "links",
                "more questions",
                "more resources",
                "need more help",
                "next steps",
                "other",
                "other questions",
                "references",
                "related articles",
                "resources",
                "see also",
                "sources",
                "still have questions",
                "summary",
                "support",
                "thank you",
                "useful links",
                "wrap up",
                "wrapping up",
            ],
            advice: &[
                "advice",
                "best practices",
                "cheat sheet",
                "cheatsheet",
                "checklist",
                "do s and don ts",
                "documentation",
                "guide to",
                "how to",
                "lessons",
                "mistakes",
                "roadmap",
                "steps to",
                "study plan",
                "tip",
                "tips",
                "to do",
                "todo",
                "tricks",
                "tutorial",
                "walkthrough",
                "ways to",
            ],
            opening_questions: &[
                "introduce yourself",
                "tell me about yourself",
                "tell us about yourself",
                "why should we hire you",
                "your greatest weakness",
                "your strengths and weaknesses",
            ],
            manual_titles: &[
                "api",
                "api reference",
                "architecture",
                "authors",
                "badges",
                "build",
                "building",
                "changelog",
                "configuration",
                "contributing",
                "demo",
                "deployment",
                "development",
                "documentation",
                "evaluation",
                "examples",
                "features",
                "files",
                "getting started",
                "how to install",
                "how to run",
                "how to use",
                "installation",
                "installing",
                "license",
                "limitations",
                "project structure",
                "quick start",
                "quickstart",
                "release notes",
                "requirements",
                "roadmap",
                "running",
                "running tests",
                "screenshots",
                "tech stack",
                "technologies",
                "technologies used",
                "testing",
                "tests",
                "tools",
                "troubleshooting",
                "usage",
                "use",
                "versions",
            ],
            ..NONE
        },
    ),
    (
        "Estonian",
        Language {
            question_labels: &["küsimus"],
            answer_labels: &["lahendus", "vastus"],
            question_names: &["küsimused"],
            interrogatives: &["kes", "kuidas", "kus", "miks", "millal", "mis"],
            requests: &["kirjelda", "selgita"],
            ..NONE
        },
    ),
    (
        "Filipino",
        Language {
            question_labels: &["tanong"],
            answer_labels: &["sagot"],
            question_names: &["mga tanong"],
            answer_titles: &["mga sagot"],
            interrogatives: &["alin", "ano", "bakit", "kailan", "paano", "saan", "sino"],
            requests: &["ilarawan", "ipaliwanag"],
            ..NONE
        },
    ),
    (
        "Finnish",
        Language {
            question_labels: &["kysymys"],
            answer_labels: &["ratkaisu", "vastaus"],
            question_names: &["kysymy"],
            answer_titles: &["ratkaisut", "vastaukset"],
            interrogatives: &[
                "kuinka", "kuka", "miksi", "mikä", "milloin", "missä", "miten", "mitkä", "mitä",
            ],
            requests: &["kerro", "kuvaile", "määrittele", "selitä", "vertaa"],
            tasks: &["anna", "luettele", "mainitse"],
            ..NONE
        },
    ),
    (
        "French",
        Language {
            question_labels: &["question", "recruteur", "énoncé"],
            numbered_labels: &["exercice"],
            answer_labels: &["bonne réponse", "corrigé", "rép", "réponse", "solution"],
            question_names: &["foire aux questions", "questions"],
            answer_titles: &["corrigé", "corrigés", "réponses", "solutions"],
            contents_titles: &["sommaire", "table des matières"],
            interrogatives: &[
                "combien",
                "comment",
                "où",
                "pourquoi",
                "qu'est-ce",
                "quand",
                "quel",
                "quelle",
                "quelles",
                "quels",
                "qui",
                "qu’est-ce",
            ],
            openings: &[
                "dois-je", "est-ce", "faut-il", "peut-on", "puis-je", "que", "à",
            ],
            requests: &[
                "comparez",
                "différence",
                "différences",
                "décrire",
                "décrivez",
                "définir",
                "définissez",
                "expliquer",
                "expliquez",
                "parlez",
                "parlez-moi",
                "présentez",
                "racontez",
            ],
            tasks: &[
                "citer",
                "citez",
                "donner",
                "donnez",
                "listez",
                "montrez",
                "nommez",
                "écrivez",
                "énumérez",
            ],
            opening_titles: &["consignes", "prérequis", "présentation"],
            closing_titles: &[
                "autres",
                "autres questions",
                "conclusion",
                "contact",
                "pour aller plus loin",
                "ressources",
                "références",
            ],
            advice: &["astuces", "comment réussir", "conseils", "étapes"],
            opening_questions: &["parlez de vous", "parlez-moi de vous", "présentez-vous"],
            manual_titles: &[
                "contribuer",
                "démarrage",
                "déploiement",
                "fonctionnalités",
                "installation",
                "licence",
                "prérequis",
                "structure du projet",
                "technologies",
                "technologies utilisées",
                "utilisation",
            ],
            ..NONE
        },
    ),
    (
        "Galician",
        Language {
            question_labels: &["pregunta"],
            answer_labels: &["resposta"],
            question_names: &["preguntas"],
            interrogatives: &["cal", "cales"],
            openings: &["como", "que"],
            requests: &["describe", "explica"],
            ..NONE
        },
    ),
    (
        "Georgian",
        Language {
            question_labels: &["კითხვა"],
            answer_labels: &["პასუხი"],
            question_names: &["კითხვები"],
            interrogatives: &["ვინ", "რა", "რატომ", "როგორ", "როდის", "სად"],
            inner_marks: &["რა არის"],
            ..NONE
        },
    ),
    (
        "German",
        Language {
            question_labels: &["aufgabe", "aufgabenstellung", "frage", "übung"],
            answer_labels: &["antw", "antwort", "lösung", "musterlösung"],
            question_names: &["aufgaben", "fragen", "klausur", "prüfung"],
            answer_titles: &["antworten", "auflösung", "lösungen", "musterlösungen"],
            contents_titles: &["inhalt", "inhaltsverzeichnis"],
            interrogatives: &[
                "wann", "warum", "was", "welche", "welchem", "welchen", "welcher", "welches",
                "wem", "wen", "wer", "weshalb", "wie", "wieso", "wieviel", "wo", "wodurch",
                "wofür", "woher", "wohin", "womit", "woran", "worauf", "worin", "wozu",
            ],
            openings: &["gibt", "in", "ist", "kann", "nach", "sind"],
            requests: &[
                "begründe",
                "begründen",
                "beschreibe",
                "beschreiben",
                "definiere",
                "definieren",
                "diskutiere",
                "erkläre",
                "erklären",
                "erläutere",
                "erläutern",
                "erzähle",
                "erzählen",
                "unterschied",
                "unterschiede",
                "vergleiche",
                "vergleichen",
            ],
            tasks: &[
                "berechne",
                "berechnen",
                "entwirf",
                "geben",
                "gib",
                "liste",
                "nenne",
                "nennen",
                "schreibe",
                "skizziere",
                "zeige",
                "zeigen",
            ],
            opening_titles: &[
                "einführung",
                "einleitung",
                "hinweise",
                "voraussetzungen",
                "überblick",
            ],
            closing_titles: &[
                "fazit",
                "kontakt",
                "links",
                "literatur",
                "quellen",
                "sonstiges",
                "weitere fragen",
                "weiterführende links",
                "zusammenfassung",
            ],
            advice: &[
                "anleitung",
                "einführung in",
                "ratgeber",
                "so geht",
                "so gelingt",
                "so klappt",
                "tipps",
            ],
            opening_questions: &[
                "erzähl etwas über dich",
                "erzählen sie etwas über sich",
                "erzählen sie von sich",
                "stellen sie sich vor",
            ],
            manual_titles: &[
                "benutzung",
                "funktionen",
                "installation",
                "konfiguration",
                "lizenz",
                "mitwirken",
                "projektstruktur",
                "schnellstart",
                "verwendung",
                "voraussetzungen",
            ],
            ..NONE
        },
    ),
    (
        "Greek",
        Language {
            question_labels: &["άσκηση", "ερώτηση"],
            answer_labels: &["απάντηση", "λύση"],
            question_names: &["ερωτήσεις"],
            answer_titles: &["απαντήσεις", "λύσεις"],
            interrogatives: &[
                "γιατί",
                "ποια",
                "ποιες",
                "ποιο",
                "ποιοι",
                "ποιος",
                "πού",
                "πως",
                "πότε",
                "πώς",
                "τι",
            ],
            requests: &["εξηγήστε", "ορίστε", "περιγράψτε"],
            tasks: &["αναφέρετε", "δώστε"],
            advice: &["συμβουλές"],
            ..NONE
        },
    ),
    (
        "Gujarati",
        Language {
            question_labels: &["પ્રશ્ન"],
            answer_labels: &["ઉત્તર", "જવાબ"],
            question_names: &["પ્રશ્નો"],
            inner_marks: &["કેવી રીતે", "શા માટે", "શું છે"],
            ..NONE
        },
    ),
    (
        "Hausa",
        Language {
            question_labels: &["tambaya"],
            answer_labels: &["amsa"],
            question_names: &["tambayoyi"],
            interrogatives: &["menene", "wace", "wane", "yaya"],
            requests: &["bayyana"],
            ..NONE
        },
    ),
    (
        "Hebrew",
        Language {
            question_labels: &["ש", "שאלה"],
            answer_labels: &["פתרון", "ת", "תשובה"],
            question_names: &["שאלות"],
            answer_titles: &["פתרונות", "תשובות"],
            interrogatives: &[
                "איזה", "איך", "אילו", "איפה", "האם", "כיצד", "למה", "מדוע", "מה", "מי", "מתי",
            ],
            requests: &["הגדר", "הסבירו", "הסבר", "תאר", "תארו"],
            tasks: &["כתוב", "מנה"],
            advice: &["טיפים", "מדריך"],
            ..NONE
        },
    ),
    (
        "Hindi",
        Language {
            question_labels: &["प्र", "प्रश्न", "सवाल"],
            answer_labels: &["उ", "उत्तर", "जवाब"],
            question_names: &["प्रश्न"],
            answer_titles: &["उत्तर"],
            interrogatives: &["कब", "कहाँ", "कैसे", "कौन", "क्या", "क्यों"],
            inner_marks: &["कैसे", "क्या", "क्यों", "बताइए", "वर्णन", "समझाइए", "समझाएं"],
            advice: &["सुझाव"],
            ..NONE
        },
    ),
    (
        "Hungarian",
        Language {
            question_labels: &["feladat", "kérdés"],
            answer_labels: &["megoldás", "válasz"],
            question_names: &["kérdések"],
            answer_titles: &["megoldások", "válaszok"],
            contents_titles: &["tartalomjegyzék"],
            interrogatives: &[
                "hogyan", "hol", "hány", "ki", "melyik", "mennyi", "mi", "mik", "mikor", "milyen",
                "mit", "miért",
            ],
            requests: &[
                "definiáld",
                "ismertesd",
                "ismertesse",
                "magyarázd",
                "magyarázza",
                "mutassa",
                "írd",
            ],
            tasks: &["adj", "nevezd", "sorold", "sorolja"],
            opening_titles: &["bevezetés"],
            closing_titles: &["összefoglalás"],
            advice: &["tanácsok", "tippek"],
            ..NONE
        },
    ),
    (
        "Icelandic",
        Language {
            question_labels: &["spurning"],
            answer_labels: &["svar"],
            question_names: &["spurningar"],
            interrogatives: &["hvar", "hvað", "hvenær", "hver", "hvernig", "hvers"],
            requests: &["lýstu", "útskýrðu"],
            ..NONE
        },
    ),
    (
        "Indonesian",
        Language {
            question_labels: &["pertanyaan", "soal"],
            answer_labels: &["jawab", "jawaban", "kunci jawaban"],
            question_names: &["pertanyaan", "soal"],
            answer_titles: &["jawaban", "kunci jawaban"],
            contents_titles: &["daftar isi"],
            interrogatives: &[
                "apa",
                "apakah",
                "bagaimana",
                "berapa",
                "dimana",
                "kapan",
                "kenapa",
                "mengapa",
                "siapa",
            ],
            requests: &[
                "bandingkan",
                "ceritakan",
                "deskripsikan",
                "jelasin",
                "jelaskan",
                "perbedaan",
                "uraikan",
            ],
            tasks: &["berikan", "buatlah", "sebutkan", "tuliskan"],
            opening_titles: &["pendahuluan", "petunjuk"],
            closing_titles: &["kesimpulan", "kontak", "lainnya", "penutup", "referensi"],
            advice: &["cara", "kiat", "panduan"],
            opening_questions: &["ceritakan tentang diri anda"],
            manual_titles: &[
                "fitur",
                "instalasi",
                "lisensi",
                "penggunaan",
                "persyaratan",
                "struktur proyek",
            ],
            ..NONE
        },
    ),
    (
        "Italian",
        Language {
            question_labels: &["domanda", "esercizio", "quesito"],
            answer_labels: &["risposta", "risposta corretta", "soluzione"],
            question_names: &["domande", "esame", "quesiti"],
            answer_titles: &["risposte", "soluzioni"],
            contents_titles: &["indice", "sommario"],
            interrogatives: &[
                "chi", "come", "cos'è", "cosa", "cos’è", "dove", "perchè", "perché", "qual",
                "quale", "quali", "quando", "quanti", "quanto",
            ],
            openings: &["a", "che", "ha", "in", "può", "è"],
            requests: &[
                "confronta",
                "confrontare",
                "definire",
                "definisci",
                "descrivere",
                "descrivete",
                "descrivi",
                "differenza",
                "differenze",
                "discutere",
                "discuti",
                "illustra",
                "illustrare",
                "parla",
                "parlami",
                "parlare",
                "spiega",
                "spiegami",
                "spiegare",
                "spiegate",
            ],
            tasks: &[
                "calcola",
                "cita",
                "citare",
                "dimostra",
                "dimostrare",
                "elenca",
                "elencare",
                "fai",
                "fare",
                "indicare",
                "scrivere",
                "scrivi",
            ],
            opening_titles: &["introduzione", "istruzioni", "premessa"],
            closing_titles: &[
                "altro",
                "conclusione",
                "conclusioni",
                "contatti",
                "riferimenti",
            ],
            advice: &["come superare", "consigli", "suggerimenti", "trucchi"],
            opening_questions: &["mi parli di lei", "parlami di te"],
            manual_titles: &[
                "come usare",
                "configurazione",
                "contribuire",
                "funzionalità",
                "installazione",
                "licenza",
                "requisiti",
                "struttura del progetto",
                "tecnologie",
                "tecnologie utilizzate",
                "utilizzo",
            ],
            ..NONE
        },
    ),
    (
        "Japanese",
        Language {
            question_labels: &["問", "問い", "問題", "設問", "質問"],
            answer_labels: &["回答", "正解", "答", "答え", "解答", "解説"],
            question_names: &["よくある質問", "問題", "質問", "面接"],
            answer_titles: &["回答", "答え", "解答"],
            contents_titles: &["目次"],
            inner_marks: &[
                "いつ",
                "でしょうか",
                "ですか",
                "とは",
                "どう",
                "どこ",
                "どの",
                "なぜ",
                "について教えて",
                "ますか",
                "何",
                "説明",
                "違い",
            ],
            opening_titles: &["はじめに", "概要"],
            closing_titles: &[
                "おわりに",
                "お問い合わせ",
                "その他",
                "その他の状況",
                "まとめ",
                "参考",
                "参考文献",
                "関連リンク",
            ],
            advice: &["ガイド", "コツ", "使い方", "入門", "方法"],
            opening_questions: &["自己紹介", "自己紹介をしてください"],
            manual_titles: &[
                "インストール",
                "セットアップ",
                "ディレクトリ構成",
                "ライセンス",
                "使い方",
                "使用技術",
                "技術スタック",
                "環境構築",
            ],
            ..NONE
        },
    ),
    (
        "Kannada",
        Language {
            question_labels: &["ಪ್ರಶ್ನೆ"],
            answer_labels: &["ಉತ್ತರ"],
            question_names: &["ಪ್ರಶ್ನೆಗಳು"],
            inner_marks: &["ಏಕೆ", "ಏನು", "ಹೇಗೆ"],
            ..NONE
        },
    ),
    (
        "Kazakh",
        Language {
            question_labels: &["сұрақ"],
            answer_labels: &["жауап"],
            question_names: &["сұрақтар"],
            interrogatives: &["кім", "не", "неге", "қайда", "қалай", "қашан"],
            requests: &["түсіндіріңіз"],
            ..NONE
        },
    ),
    (
        "Korean",
        Language {
            question_labels: &["문", "문제", "문항", "질문"],
            answer_labels: &["답", "답변", "대답", "정답", "해설"],
            question_names: &["면접", "문제", "질문"],
            answer_titles: &["답변", "정답", "해설"],
            contents_titles: &["목차"],
            inner_marks: &[
                "까요",
                "나요",
                "란?",
                "무슨",
                "무엇",
                "뭔가",
                "설명",
                "어떤",
                "어떻게",
                "언제",
                "왜",
                "이란",
                "인가요",
                "차이",
                "하시오",
            ],
            opening_titles: &["개요", "소개"],
            closing_titles: &["결론", "기타", "마치며", "문의", "참고", "참고 자료"],
            advice: &["가이드", "꿀팁", "방법", "팁"],
            opening_questions: &["자기소개", "자기소개 해주세요", "자기소개를 해주세요"],
            manual_titles: &[
                "기술 스택",
                "라이선스",
                "사용법",
                "설치",
                "설치 방법",
                "시작하기",
                "실행 방법",
                "프로젝트 구조",
            ],
            ..NONE
        },
    ),
    (
        "Latvian",
        Language {
            question_labels: &["jautājums"],
            answer_labels: &["atbilde"],
            question_names: &["jautājumi"],
            interrogatives: &["kad", "kas", "kur", "kā", "kāpēc"],
            requests: &["aprakstiet", "paskaidrojiet"],
            ..NONE
        },
    ),
    (
        "Lithuanian",
        Language {
            question_labels: &["klausimas"],
            answer_labels: &["atsakymas"],
            question_names: &["klausimai"],
            interrogatives: &[
                "kada", "kaip", "kas", "kodėl", "kokia", "kokie", "koks", "kur",
            ],
            requests: &["aprašykite", "paaiškinkite"],
            ..NONE
        },
    ),
    (
        "Macedonian",
        Language {
            question_labels: &["прашање"],
            answer_labels: &["одговор"],
            question_names: &["прашања"],
            interrogatives: &["зошто", "каде", "како", "кога", "кој", "што"],
            requests: &["објасни", "опиши"],
            ..NONE
        },
    ),
    (
        "Malay",
        Language {
            question_labels: &["soalan"],
            answer_labels: &["jawapan"],
            question_names: &["soalan"],
            answer_titles: &["jawapan"],
            interrogatives: &["apakah", "bagaimanakah", "bilakah", "mengapakah"],
            requests: &["bandingkan", "huraikan", "jelaskan", "terangkan"],
            tasks: &["berikan", "nyatakan", "senaraikan"],
            ..NONE
        },
    ),
    (
        "Malayalam",
        Language {
            question_labels: &["ചോദ്യം"],
            answer_labels: &["ഉത്തരം"],
            question_names: &["ചോദ്യങ്ങൾ"],
            inner_marks: &["എങ്ങനെ", "എന്താണ്", "എന്തുകൊണ്ട്"],
            ..NONE
        },
    ),
    (
        "Marathi",
        Language {
            question_labels: &["प्रश्न"],
            answer_labels: &["उत्तर"],
            question_names: &["प्रश्न"],
            inner_marks: &["कसे", "का आहे", "काय", "स्पष्ट करा"],
            ..NONE
        },
    ),
    (
        "Nepali",
        Language {
            question_labels: &["प्रश्न"],
            answer_labels: &["उत्तर"],
            question_names: &["प्रश्न"],
            inner_marks: &["कसरी", "किन", "के हो"],
            ..NONE
        },
    ),
    (
        "Norwegian",
        Language {
            question_labels: &["spørsmål"],
            answer_labels: &["løsning", "svar"],
            question_names: &["spørsmål"],
            interrogatives: &[
                "hva", "hvem", "hvilke", "hvilken", "hvor", "hvordan", "hvorfor", "når",
            ],
            requests: &["beskriv", "definer", "forklar", "fortell", "sammenlign"],
            tasks: &["gi", "nevn"],
            ..NONE
        },
    ),
    (
        "Persian",
        Language {
            question_labels: &["سؤال", "سوال", "پرسش"],
            answer_labels: &["جواب", "پاسخ"],
            question_names: &["سوالات", "پرسش"],
            interrogatives: &[
                "آیا",
                "چرا",
                "چطور",
                "چه",
                "چگونه",
                "چیست",
                "کجا",
                "کدام",
                "کی",
            ],
            requests: &["تعریف", "توضیح"],
            inner_marks: &["توضیح دهید", "چرا", "چگونه", "چیست"],
            ..NONE
        },
    ),
    (
        "Polish",
        Language {
            question_labels: &["pyt", "pytanie", "zad", "zadanie"],
            numbered_labels: &["ćwiczenie"],
            answer_labels: &[
                "odp",
                "odpowiedz",
                "odpowiedź",
                "poprawna odpowiedź",
                "prawidłowa odpowiedź",
                "rozwiązanie",
            ],
            question_names: &["egzamin", "pytania", "zagadnienia"],
            answer_titles: &["odpowiedzi", "rozwiązania"],
            contents_titles: &["spis treści"],
            interrogatives: &[
                "co", "czy", "czym", "dlaczego", "gdzie", "ile", "jak", "jaka", "jaki", "jakie",
                "kiedy", "kto", "która", "które", "który", "których",
            ],
            openings: &["na", "po", "w"],
            requests: &[
                "omów",
                "opisz",
                "opowiedz",
                "porównaj",
                "różnica",
                "różnice",
                "scharakteryzuj",
                "wyjaśnij",
                "zdefiniuj",
            ],
            tasks: &["napisz", "podaj", "wskaż", "wymień", "zaproponuj"],
            opening_titles: &["instrukcja", "wprowadzenie", "wstęp"],
            closing_titles: &["inne", "kontakt", "podsumowanie", "źródła"],
            advice: &["jak zdać", "poradnik", "porady", "wskazówki"],
            opening_questions: &["opowiedz o sobie", "proszę opowiedzieć o sobie"],
            manual_titles: &[
                "instalacja",
                "konfiguracja",
                "licencja",
                "struktura projektu",
                "technologie",
                "uruchomienie",
                "użycie",
                "wymagania",
            ],
            ..NONE
        },
    ),
    (
        "Portuguese",
        Language {
            question_labels: &["entrevistador", "enunciado", "pergunta", "questão"],
            numbered_labels: &["exercício"],
            answer_labels: &["gabarito", "resposta", "resposta correta", "solução"],
            question_names: &["perguntas", "questionário", "questões", "simulado"],
            answer_titles: &["gabarito", "respostas", "soluções"],
            contents_titles: &["conteúdo", "sumário", "índice"],
            interrogatives: &[
                "onde", "porque", "porquê", "quais", "qual", "quando", "quanto", "quem",
            ],
            openings: &["como", "existe", "o", "por", "é"],
            requests: &[
                "compare",
                "conte",
                "defina",
                "descreva",
                "diferencie",
                "diferença",
                "diferenças",
                "disserte",
                "explique",
                "fale",
            ],
            tasks: &[
                "calcule", "cite", "crie", "dê", "escreva", "liste", "mostre", "nomeie",
            ],
            opening_titles: &["instruções", "introdução", "visão geral"],
            closing_titles: &[
                "conclusão",
                "considerações finais",
                "contacto",
                "contato",
                "outras perguntas",
                "outros",
                "referências",
            ],
            advice: &["como fazer", "como passar", "dicas", "erros", "passos para"],
            opening_questions: &[
                "fale sobre você",
                "fale um pouco sobre você",
                "fale-me sobre si",
            ],
            manual_titles: &[
                "como contribuir",
                "como executar",
                "como instalar",
                "como rodar",
                "como usar",
                "configuração",
                "contribuindo",
                "estrutura do projeto",
                "funcionalidades",
                "instalação",
                "licença",
                "pré requisitos",
                "requisitos",
                "tecnologias",
                "tecnologias utilizadas",
                "uso",
            ],
            ..NONE
        },
    ),
    (
        "Punjabi",
        Language {
            question_labels: &["ਪ੍ਰਸ਼ਨ", "ਸਵਾਲ"],
            answer_labels: &["ਉੱਤਰ", "ਜਵਾਬ"],
            question_names: &["ਪ੍ਰਸ਼ਨ", "ਸਵਾਲ"],
            inner_marks: &["ਕਿਉਂ", "ਕਿਵੇਂ", "ਕੀ ਹੈ"],
            ..NONE
        },
    ),
    (
        "Romanian",
        Language {
            question_labels: &["intrebare", "intrebarea", "întrebare", "întrebarea"],
            answer_labels: &["raspuns", "răspuns", "soluție"],
            question_names: &["intrebari", "întrebări"],
            answer_titles: &["raspunsuri", "răspunsuri"],
            contents_titles: &["cuprins"],
            interrogatives: &["cand", "care", "ce", "cine", "cum", "când", "cât", "unde"],
            openings: &["de"],
            requests: &[
                "definiti",
                "definiți",
                "descrieti",
                "descrieți",
                "explicati",
                "explicați",
                "explică",
            ],
            tasks: &["dați", "enumerati", "enumerați", "scrieți"],
            advice: &["ghid pentru", "sfaturi"],
            ..NONE
        },
    ),
    (
        "Russian",
        Language {
            question_labels: &[
                "билет",
                "вопрос",
                "задание",
                "задача",
                "интервьюер",
                "условие",
            ],
            numbered_labels: &["упражнение"],
            answer_labels: &["отв", "ответ", "правильный ответ", "решение"],
            question_names: &["билет", "викторин", "вопрос", "собеседован", "экзамен"],
            answer_titles: &["ответы", "решения"],
            contents_titles: &["оглавление", "содержание"],
            interrogatives: &[
                "где",
                "зачем",
                "как",
                "какая",
                "какие",
                "каков",
                "каковы",
                "какое",
                "какой",
                "когда",
                "кому",
                "кто",
                "куда",
                "откуда",
                "почему",
                "сколько",
                "чего",
                "чем",
                "что",
            ],
            openings: &["в", "для", "есть", "из", "можно", "на", "от", "при"],
            requests: &[
                "объясни",
                "объясните",
                "опиши",
                "опишите",
                "определите",
                "отличие",
                "отличия",
                "поясните",
                "разница",
                "расскажи",
                "расскажите",
                "сравните",
            ],
            tasks: &[
                "дайте",
                "назовите",
                "напишите",
                "перечислите",
                "приведите",
                "реализуйте",
                "укажите",
            ],
            opening_titles: &["введение", "вступление", "инструкция"],
            closing_titles: &[
                "выводы",
                "другое",
                "заключение",
                "источники",
                "итоги",
                "контакты",
                "литература",
                "прочее",
                "ссылки",
            ],
            advice: &["как пройти", "ошибки", "руководство", "советов", "советы"],
            opening_questions: &["расскажи о себе", "расскажите о себе"],
            manual_titles: &[
                "быстрый старт",
                "возможности",
                "запуск",
                "использование",
                "лицензия",
                "настройка",
                "стек",
                "структура проекта",
                "технологии",
                "требования",
                "установка",
            ],
            ..NONE
        },
    ),
    (
        "Serbian",
        Language {
            question_labels: &["задатак", "питање"],
            answer_labels: &["одговор", "решење"],
            question_names: &["питања"],
            answer_titles: &["одговори", "решења"],
            interrogatives: &[
                "где",
                "зашто",
                "када",
                "како",
                "ко",
                "која",
                "које",
                "који",
                "шта",
            ],
            requests: &["објасни", "објасните", "опиши", "опишите"],
            tasks: &["наброј", "набројте", "наведи", "наведите"],
            ..NONE
        },
    ),
    (
        "Sinhala",
        Language {
            question_labels: &["ප්‍රශ්නය"],
            answer_labels: &["පිළිතුර"],
            question_names: &["ප්‍රශ්න"],
            inner_marks: &["ඇයි", "කුමක්ද", "කෙසේද"],
            ..NONE
        },
    ),
    (
        "Slovak",
        Language {
            question_labels: &["otázka", "úloha"],
            answer_labels: &["odpoveď", "riešenie"],
            question_names: &["otázky"],
            answer_titles: &["odpovede", "riešenia"],
            interrogatives: &[
                "ako", "aká", "aké", "aký", "kde", "kedy", "kto", "ktorá", "ktoré", "ktorý",
                "prečo", "čo",
            ],
            requests: &["definujte", "opíšte", "vysvetli", "vysvetlite"],
            tasks: &["uveďte", "vymenujte"],
            ..NONE
        },
    ),
    (
        "Slovenian",
        Language {
            question_labels: &["vprašanje"],
            answer_labels: &["odgovor", "rešitev"],
            question_names: &["vprašanja"],
            answer_titles: &["odgovori"],
            interrogatives: &[
                "kaj", "kako", "katera", "kateri", "kdaj", "kdo", "kje", "zakaj",
            ],
            requests: &["opiši", "opišite", "razloži", "razložite"],
            tasks: &["naštej", "naštejte"],
            ..NONE
        },
    ),
    (
        "Spanish",
        Language {
            question_labels: &["entrevistador", "enunciado", "preg", "pregunta"],
            numbered_labels: &["ejercicio"],
            answer_labels: &[
                "candidato",
                "resp",
                "respuesta",
                "respuesta correcta",
                "solución",
            ],
            question_names: &["cuestionario", "examen", "preguntas"],
            answer_titles: &["respuestas", "solucionario", "soluciones"],
            contents_titles: &["contenido", "tabla de contenidos", "índice"],
            interrogatives: &[
                "cual", "cuales", "cuál", "cuáles", "cuándo", "cuánto", "cuántos", "cómo", "dónde",
                "quién", "quiénes", "qué",
            ],
            openings: &["como", "en", "es", "existe", "para", "por", "puede", "que"],
            requests: &[
                "compara",
                "comparar",
                "compare",
                "cuentame",
                "cuéntame",
                "defina",
                "define",
                "definir",
                "describa",
                "describe",
                "describir",
                "diferencia",
                "diferencias",
                "diga",
                "dime",
                "explica",
                "explicame",
                "explicar",
                "explique",
                "explícame",
                "habla",
                "hablame",
                "hable",
                "háblame",
                "menciona",
                "mencione",
            ],
            tasks: &[
                "calcula",
                "calcule",
                "da",
                "dé",
                "enumera",
                "enumerar",
                "enumere",
                "escriba",
                "escribe",
                "implementa",
                "implemente",
                "indica",
                "indique",
                "lista",
                "muestra",
                "nombra",
                "nombre",
            ],
            opening_titles: &[
                "instrucciones",
                "introducción",
                "requisitos",
                "resumen general",
            ],
            closing_titles: &[
                "bibliografía",
                "conclusiones",
                "conclusión",
                "contacto",
                "otras preguntas",
                "otros",
                "recursos",
                "referencias",
                "resumen",
            ],
            advice: &[
                "consejos",
                "cómo hacer",
                "cómo superar",
                "errores",
                "pasos para",
                "trucos",
            ],
            opening_questions: &[
                "cuéntame sobre ti",
                "háblame de ti",
                "háblame sobre ti",
                "hábleme de usted",
            ],
            manual_titles: &[
                "características",
                "comenzar",
                "configuración",
                "contribuciones",
                "contribuir",
                "cómo instalar",
                "cómo usar",
                "despliegue",
                "estructura del proyecto",
                "instalación",
                "licencia",
                "primeros pasos",
                "requisitos",
                "scripts disponibles",
                "stack tecnológico",
                "tecnologías",
                "tecnologías utilizadas",
                "uso",
            ],
            ..NONE
        },
    ),
    (
        "Swahili",
        Language {
            question_labels: &["swali"],
            answer_labels: &["jibu"],
            question_names: &["maswali"],
            answer_titles: &["majibu"],
            interrogatives: &["kwanini", "lini", "nani", "nini", "vipi", "wapi"],
            requests: &["eleza", "fafanua"],
            tasks: &["orodhesha", "taja"],
            ..NONE
        },
    ),
    (
        "Swedish",
        Language {
            question_labels: &["fråga"],
            numbered_labels: &["övning"],
            answer_labels: &["lösning", "svar"],
            question_names: &["frågor"],
            answer_titles: &["lösningar", "svar"],
            interrogatives: &[
                "hur", "när", "vad", "var", "varför", "vem", "vilka", "vilken", "vilket",
            ],
            openings: &["kan", "är"],
            requests: &["berätta", "beskriv", "definiera", "förklara", "jämför"],
            tasks: &["ge", "nämn", "skriv"],
            opening_titles: &["inledning"],
            advice: &["så lyckas", "tips för"],
            ..NONE
        },
    ),
    (
        "Tamil",
        Language {
            question_labels: &["கேள்வி", "வினா"],
            answer_labels: &["பதில்", "விடை"],
            question_names: &["கேள்விகள்", "வினாக்கள்"],
            inner_marks: &["என்ன", "எப்படி", "ஏன்", "விளக்குக"],
            ..NONE
        },
    ),
    (
        "Telugu",
        Language {
            question_labels: &["ప్రశ్న"],
            answer_labels: &["జవాబు", "సమాధానం"],
            question_names: &["ప్రశ్నలు"],
            inner_marks: &["ఎందుకు", "ఎలా", "ఏమిటి", "వివరించండి"],
            ..NONE
        },
    ),
    (
        "Thai",
        Language {
            question_labels: &["คำถาม", "ถาม"],
            numbered_labels: &["ข้อ", "ข้อที่"],
            answer_labels: &["คำตอบ", "ตอบ", "เฉลย"],
            question_names: &["คำถาม"],
            answer_titles: &["คำตอบ", "เฉลย"],
            inner_marks: &[
                "คืออะไร",
                "จงอธิบาย",
                "ทำไม",
                "หรือไม่",
                "อย่างไร",
                "อะไร",
                "เพราะเหตุใด",
                "ไหม",
            ],
            ..NONE
        },
    ),
    (
        "Turkish",
        Language {
            question_labels: &["soru"],
            numbered_labels: &["alıştırma"],
            answer_labels: &["cevap", "yanıt", "çözüm"],
            question_names: &["mülakat", "soru", "sorular"],
            answer_titles: &["cevaplar", "yanıtlar", "çözümler"],
            contents_titles: &["içindekiler"],
            interrogatives: &[
                "hangi", "kaç", "kim", "nasıl", "ne", "neden", "nedir", "nerede", "niye", "niçin",
            ],
            requests: &[
                "anlatın",
                "anlatınız",
                "açıkla",
                "açıklayın",
                "açıklayınız",
                "karşılaştırınız",
                "tanımlayınız",
            ],
            tasks: &["listeleyin", "sıralayınız", "yazınız"],
            inner_marks: &[
                "açıklayın",
                "açıklayınız",
                "midir",
                "mıdır",
                "mıyım",
                "nasıl",
                "nedir",
                "nelerdir",
            ],
            opening_titles: &["giriş", "talimatlar"],
            closing_titles: &["diğer", "iletişim", "kaynaklar", "sonuç"],
            advice: &["ipuçları", "rehberi"],
            opening_questions: &["kendinden bahset", "kendinizden bahsedin"],
            manual_titles: &[
                "gereksinimler",
                "kullanım",
                "kurulum",
                "lisans",
                "proje yapısı",
                "teknolojiler",
                "özellikler",
            ],
            ..NONE
        },
    ),
    (
        "Ukrainian",
        Language {
            question_labels: &["завдання", "запитання", "питання"],
            answer_labels: &["відповідь", "розв'язок", "рішення"],
            question_names: &["білет", "екзамен", "запитання", "питання", "іспит"],
            answer_titles: &["відповіді"],
            contents_titles: &["зміст"],
            interrogatives: &[
                "де",
                "коли",
                "навіщо",
                "скільки",
                "хто",
                "чи",
                "чим",
                "чому",
                "що",
                "як",
                "яка",
                "яке",
                "який",
                "які",
            ],
            requests: &["визначте", "опишіть", "порівняйте", "поясніть", "розкажіть"],
            tasks: &["наведіть", "назвіть", "перелічіть"],
            opening_titles: &["вступ"],
            closing_titles: &["висновки", "висновок", "контакти", "посилання", "інше"],
            advice: &["порад", "поради", "як пройти"],
            opening_questions: &["розкажи про себе", "розкажіть про себе"],
            manual_titles: &[
                "використання",
                "вимоги",
                "встановлення",
                "запуск",
                "ліцензія",
                "налаштування",
                "структура проєкту",
                "технології",
            ],
            ..NONE
        },
    ),
    (
        "Urdu",
        Language {
            question_labels: &["سوال"],
            answer_labels: &["جواب"],
            question_names: &["سوالات"],
            interrogatives: &["کب", "کون", "کہاں", "کیا", "کیسے", "کیوں"],
            inner_marks: &["کیا ہے"],
            ..NONE
        },
    ),
    (
        "Uzbek",
        Language {
            question_labels: &["savol"],
            answer_labels: &["javob"],
            question_names: &["savollar"],
            interrogatives: &["kim", "nega", "nima", "qachon", "qanday", "qayerda"],
            requests: &["tushuntiring"],
            ..NONE
        },
    ),
    (
        "Vietnamese",
        Language {
            question_labels: &["cau", "câu", "câu hỏi", "hỏi"],
            numbered_labels: &["bài tập"],
            answer_labels: &["lời giải", "trả lời", "đáp", "đáp án"],
            question_names: &["cauhoi", "câu hỏi"],
            answer_titles: &["lời giải", "trả lời", "đáp án"],
            contents_titles: &["mục lục"],
            interrogatives: &["tại"],
            openings: &["ai", "có", "khi", "làm", "sự", "thế", "vì"],
            requests: &["giải", "hãy", "mô", "phân", "trình"],
            tasks: &["kể", "liệt", "nêu"],
            inner_marks: &[
                "giải thích",
                "khi nào",
                "khác nhau",
                "là gì",
                "như thế nào",
                "thế nào",
                "tại sao",
                "vì sao",
            ],
            opening_titles: &["giới thiệu"],
            closing_titles: &["khác", "kết luận", "liên hệ", "tài liệu tham khảo"],
            advice: &["hướng dẫn", "mẹo"],
            opening_questions: &["giới thiệu bản thân", "giới thiệu về bản thân"],
            manual_titles: &[
                "cài đặt",
                "cách sử dụng",
                "cấu trúc dự án",
                "giấy phép",
                "tính năng",
            ],
        },
    ),
];

/// Words to look a whole word or title up in.
pub(super) type WordSet = LazyLock<HashSet<&'static str, RandomState>>;

/// Words to look for in a text, by a character of each, the first if nothing else is said, and the
/// longest first.
pub(super) type PrefixSet = LazyLock<HashMap<char, Vec<&'static str>, RandomState>>;

/// Words to look for at the start of a line, the longest first. Nearly every line starts as none of
/// them does, which two of its letters show.
#[derive(Debug)]
pub(super) struct LabelSet {
    /// Labels that start with a letter of ASCII, by that and by the next.
    ascii: Vec<Vec<&'static str>>,
    /// The others, by their first character.
    others: HashMap<char, Vec<&'static str>, RandomState>,
}

impl LabelSet {
    fn new(words: impl Iterator<Item = &'static str> + Clone) -> LabelSet {
        let others = words.clone().filter(|word| ascii_start(word).is_none());
        let mut ascii = vec![Vec::new(); ASCII_STARTS];
        for word in words {
            if let Some(start) = ascii_start(word) {
                ascii[start].push(word);
            }
        }
        for words in &mut ascii {
            words.sort_by_key(|word| Reverse(word.len()));
            words.dedup();
        }
        LabelSet {
            ascii,
            others: by_first_character(others),
        }
    }

    /// Returns the words that `text` may start with, in any case.
    pub(super) fn starting(&self, text: &str) -> &[&'static str] {
        if let Some(start) = ascii_start(text) {
            return &self.ascii[start];
        }
        let first = text.chars().next().and_then(|c| c.to_lowercase().next());
        let others = first.and_then(|first| self.others.get(&first));
        others.map_or(&[], |words| words)
    }
}

const LETTERS: usize = 26;
const ASCII_STARTS: usize = LETTERS * (LETTERS + 1);

/// Returns a number below [`ASCII_STARTS`] for the first two characters of a text that starts with a
/// letter of ASCII, the same in any case; what is no such letter counts as one as the second.
fn ascii_start(text: &str) -> Option<usize> {
    let letter = |at: usize| {
        let b = text.as_bytes().get(at)?.to_ascii_lowercase();
        b.is_ascii_lowercase().then(|| usize::from(b - b'a'))
    };
    let second = letter(1).map_or(0, |second| second + 1);
    Some(letter(0)? * (LETTERS + 1) + second)
}

macro_rules! word_sets {
    ($($(#[$doc:meta])* $name:ident = $field:ident;)*) => {$(
        $(#[$doc])*
        pub(super) static $name: WordSet = LazyLock::new(|| {
            LANGUAGES.iter().flat_map(|(_, language)| language.$field).copied().collect()
        });
    )*};
}

macro_rules! prefix_sets {
    ($($(#[$doc:meta])* $name:ident = $field:ident;)*) => {$(
        $(#[$doc])*
        pub(super) static $name: PrefixSet = LazyLock::new(|| {
            by_first_character(LANGUAGES.iter().flat_map(|(_, language)| language.$field).copied())
        });
    )*};
}

macro_rules! label_sets {
    ($($(#[$doc:meta])* $name:ident = $($field:ident)|+;)*) => {$(
        $(#[$doc])*
        pub(super) static $name: LazyLock<LabelSet> = LazyLock::new(|| {
            let fields = LANGUAGES.iter().flat_map(|(_, language)| [$(language.$field),+]);
            LabelSet::new(fields.flatten().flat_map(spellings))
        });
    )*};
}

/// The fewest letters of a word that may have lost its accents; shorter ones are other words then.
const MIN_PLAIN: usize = 4;

/// Returns a word, and the word without its accents, as file names and keyboards have it.
fn spellings(word: &&'static str) -> impl Iterator<Item = &'static str> + Clone + use<> {
    let plain = (!word.is_ascii()).then(|| text::fold(word));
    let is_word = |plain: &String| plain.is_ascii() && plain.len() >= MIN_PLAIN;
    let plain = plain.filter(is_word).map(|plain| &*plain.leak());
    std::iter::once(*word).chain(plain)
}

word_sets! {
    /// Titles of a sheet of answers.
    ANSWER_TITLES = answer_titles;
    /// Titles of a contents list.
    CONTENTS_TITLES = contents_titles;
    /// First words of a question.
    INTERROGATIVES = interrogatives;
    /// First words of questions and of sentences.
    OPENINGS = openings;
    /// First words of a request to speak.
    REQUESTS = requests;
    /// First words of a task.
    TASKS = tasks;
    /// Titles of the matter before the questions.
    OPENING_TITLES = opening_titles;
    /// Titles of the matter behind the questions.
    CLOSING_TITLES = closing_titles;
    /// Titles of a manual.
    MANUAL_TITLES = manual_titles;
}

/// First words of a question that has no question mark: those that are no words of English, or
/// rarely start a title there.
pub(super) static STRONG_INTERROGATIVES: WordSet = LazyLock::new(|| {
    // "Come" and "comment" are words of English, and where, whom and whose start clauses.
    const WEAK: [&str; 8] = [
        "come", "comment", "how's", "kas", "nova", "where", "whom", "whose",
    ];
    let all = LANGUAGES
        .iter()
        .flat_map(|(_, language)| language.interrogatives);
    all.filter(|word| word.chars().count() > 2 && !WEAK.contains(word))
        .copied()
        .collect()
});

label_sets! {
    /// Words that label a question, those among them that do so only with a number.
    QUESTION_LABELS = question_labels | numbered_labels;
    /// Words that label a question only with a number.
    NUMBERED_LABELS = numbered_labels;
    /// Words that label an answer.
    ANSWER_LABELS = answer_labels;
}

prefix_sets! {
    /// Words that stand anywhere in a question.
    INNER_MARKS = inner_marks;
    /// Words of titles that promise advice or instruction.
    ADVICE = advice;
}

/// Ends of lines that interviews begin with, by their last character.
pub(super) static OPENING_QUESTIONS: PrefixSet = LazyLock::new(|| {
    let questions = LANGUAGES
        .iter()
        .flat_map(|(_, language)| language.opening_questions);
    by_character(questions.copied(), |question| question.chars().next_back())
});

/// Words for what holds questions.
pub(super) static QUESTION_NAMES: PrefixSet = LazyLock::new(|| {
    let names = LANGUAGES
        .iter()
        .flat_map(|(_, language)| language.question_names);
    by_first_character(names.flat_map(spellings))
});

/// The words for what holds questions in languages that name the subject behind them: "Fragen zu SQL". In
/// English "Questions to ask" are none.
pub(super) static LEADING_QUESTION_NAMES: PrefixSet = LazyLock::new(|| {
    let others = LANGUAGES
        .iter()
        .filter(|(name, _)| !matches!(*name, "English" | "French"));
    let names = others.flat_map(|(_, language)| language.question_names);
    // "面接で成功するために" is about interviews, not questions.
    let names = names.filter(|name| !WEAK_QUESTION_NAMES.contains(name));
    by_first_character(names.flat_map(spellings))
});

/// Words for what holds questions, without the `s` of their plural, by their last character.
pub(super) static ENDS_OF_QUESTION_NAMES: PrefixSet = LazyLock::new(|| {
    let names = LANGUAGES
        .iter()
        .flat_map(|(_, language)| language.question_names);
    let stems = names
        .flat_map(spellings)
        .map(|name| name.trim_end_matches('s'));
    by_character(stems, |name| name.chars().next_back())
});

fn by_first_character(
    words: impl Iterator<Item = &'static str>,
) -> HashMap<char, Vec<&'static str>, RandomState> {
    by_character(words, |word| word.chars().next())
}

fn by_character(
    words: impl Iterator<Item = &'static str>,
    character: impl Fn(&str) -> Option<char>,
) -> HashMap<char, Vec<&'static str>, RandomState> {
    let mut map: HashMap<char, Vec<&'static str>, RandomState> = HashMap::default();
    for word in words {
        let words = map.entry(character(word).unwrap_or_default()).or_default();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    for words in map.values_mut() {
        words.sort_by_key(|word| Reverse(word.len()));
    }
    map
}

// What follows is in English alone, or in no language.

/// Words for what holds questions that stand for other things as well: for an exam one takes notes, and
/// trivia are facts.
pub(super) const WEAK_QUESTION_NAMES: &[&str] = &[
    "egzamin",
    "esame",
    "exam",
    "examen",
    "klausur",
    "prüfung",
    "simulado",
    "tentamen",
    "trivia",
    "іспит",
    "екзамен",
    "экзамен",
    "면접",
    "面接",
    "面試",
    "面试",
];

/// Words before a request, in several languages: "please explain".
pub(super) const POLITE: &[&str] = &[
    "bitte",
    "kindly",
    "kérem",
    "lütfen",
    "mohon",
    "please",
    "prosimy",
    "proszę",
    "prosím",
    "пожалуйста",
    "请",
    "請",
];

/// Lines that lead elsewhere in the page.
pub(super) const NAVIGATION: &[&str] = &[
    "back",
    "back to contents",
    "back to index",
    "back to table of contents",
    "back to the top",
    "back to top",
    "go to top",
    "move to top",
    "return to top",
    "scroll to top",
    "table of contents",
    "to top",
    "top",
];

/// Lines that pages have around their text.
pub(super) const LITTER: &[&str] = &[
    "accept all cookies",
    "accept cookies",
    "advertisement",
    "continue reading",
    "copy link",
    "edit this page",
    "follow us",
    "loading",
    "log in",
    "login",
    "menu",
    "print",
    "read full story",
    "read more",
    "read the full article",
    "read the full story",
    "related articles",
    "related posts",
    "search",
    "share",
    "share on facebook",
    "share on linkedin",
    "share on twitter",
    "share this",
    "share this article",
    "share this post",
    "sign in",
    "sign up",
    "skip to content",
    "skip to main content",
    "sponsored",
    "subscribe",
    "tweet",
];

/// Lines in whose place a page shows the answer on a click.
pub(super) const ANSWER_BUTTONS: &[&str] = &[
    "answer",
    "answer below",
    "answers",
    "click to expand",
    "click to reveal",
    "expand",
    "hide answer",
    "reveal answer",
    "see answer",
    "show",
    "show answer",
    "show answers",
    "show contents",
    "show solution",
    "solution",
    "view answer",
    "view answers",
    "view contents",
    "view solution",
];

/// First words of the line that announces a teaser for another page.
pub(super) const TEASERS: &[&str] = &[
    "also read",
    "more about",
    "read also",
    "recommended",
    "related",
    "see also",
    "you may also like",
];

/// Words and signs between a label and its number: "Otázka č. 1", "Câu số 2".
pub(super) const NUMBER_WORDS: &[&str] = &[
    "No.", "no.", "Nr.", "nr.", "N°", "n°", "Nº", "nº", "n.º", "č.", "br.", "бр.", "số", "رقم",
    "No", "no", "Nr", "nr", "numero", "número", "numéro",
];

/// Names of the column of a table that holds questions.
pub(super) const QUESTION_COLUMNS: &[&str] = &[
    "interview question",
    "interview questions",
    "q",
    "question",
    "questions",
];

/// Names of the other columns of a table of questions.
pub(super) const COLUMNS: &[&str] = &[
    "",
    "#",
    "a",
    "answer",
    "answers",
    "category",
    "difficulty",
    "explanation",
    "id",
    "level",
    "link",
    "links",
    "no",
    "nr",
    "read",
    "s no",
    "sno",
    "source",
    "status",
    "tags",
    "topic",
];

/// The word that all of [`ABOUT_ITSELF`] hold: few questions do.
pub(super) const THIS: &str = "this";

/// Parts of a question that a page asks about itself: "Who is this for?".
pub(super) const ABOUT_ITSELF: &[&str] = &[
    "how is this different?",
    "read this?",
    "this book",
    "this course",
    "this guide",
    "this handbook",
    "this list",
    "this page",
    "this project",
    "this repo",
    "this site",
    "use this?",
    "what is this?",
    "who is this for?",
    "why this?",
];

/// Questions that go on in the statement behind them.
pub(super) const TRUE_OR_FALSE: &[&str] = &[
    "correct or incorrect",
    "fact or fiction",
    "right or wrong",
    "t f",
    "true false",
    "true or false",
    "verdadero o falso",
    "vero o falso",
    "vrai ou faux",
    "wahr oder falsch",
    "yes or no",
];

/// Remarks that say whether the statement before them is true, in lower case.
pub(super) const VERDICTS: &[&str] = &[
    "correct",
    "f",
    "false",
    "falsch",
    "falso",
    "faux",
    "incorrect",
    "no",
    "r",
    "richtig",
    "right",
    "t",
    "true",
    "v",
    "verdadero",
    "vero",
    "vrai",
    "wahr",
    "wrong",
    "yes",
    "×",
    "√",
    "✓",
    "✔",
    "✗",
    "✘",
    "верно",
    "да",
    "неверно",
    "нет",
    "对",
    "是",
    "错",
    "否",
    "正确",
    "错误",
    "対",
    "正しい",
    "誤り",
];

/// First words of a request that follows a question: "If so, how?".
pub(super) const CONDITIONS: &[&str] = &[
    "if any", "if no", "if not", "if so", "if yes", "why", "why not",
];

/// Words for a level, by their names.
pub(super) const LEVELS: &[(&str, &str)] = &[
    ("advance", "senior"),
    ("advanced", "senior"),
    ("basic", "junior"),
    ("beginner", "junior"),
    ("difficult", "senior"),
    ("easy", "junior"),
    ("entry", "junior"),
    ("expert", "senior"),
    ("fresher", "junior"),
    ("freshers", "junior"),
    ("fundamental", "junior"),
    ("hard", "senior"),
    ("intermediate", "mid"),
    ("junior", "junior"),
    ("medium", "mid"),
    ("mid", "mid"),
    ("middle", "mid"),
    ("moderate", "mid"),
    ("novice", "junior"),
    ("regular", "mid"),
    ("senior", "senior"),
];

/// Emoji that stand for a level.
pub(super) const LEVEL_MARKS: &[(char, &str)] = &[
    ('⭐', "mid"),
    ('🐣', "junior"),
    ('👶', "junior"),
    ('🔥', "senior"),
    ('🔴', "senior"),
    ('🚀', "senior"),
    ('🟠', "mid"),
    ('🟡', "mid"),
    ('🟢', "junior"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_in_order(what: &str, words: &[&str]) {
        assert!(
            words.windows(2).all(|pair| pair[0] < pair[1]),
            "{what} is out of order or has a duplicate"
        );
        let lower = |word: &&str| word.to_lowercase() == **word;
        assert!(words.iter().all(lower), "{what} is not all in lower case");
    }

    #[test]
    fn lists_are_in_order_without_duplicates() {
        let names: Vec<&str> = LANGUAGES.iter().map(|(name, _)| *name).collect();
        assert!(names.is_sorted() && names.windows(2).all(|pair| pair[0] != pair[1]));
        for (name, language) in LANGUAGES {
            for words in [
                language.question_labels,
                language.answer_labels,
                language.question_names,
                language.answer_titles,
                language.contents_titles,
                language.interrogatives,
                language.openings,
                language.requests,
                language.tasks,
                language.inner_marks,
                language.opening_titles,
                language.closing_titles,
                language.advice,
                language.manual_titles,
            ] {
                assert_in_order(name, words);
            }
        }
        for words in [
            NAVIGATION,
            LITTER,
            ANSWER_BUTTONS,
            TEASERS,
            QUESTION_COLUMNS,
            COLUMNS,
            ABOUT_ITSELF,
            TRUE_OR_FALSE,
            CONDITIONS,
        ] {
            assert_in_order("a list in English", words);
        }
        assert!(ABOUT_ITSELF.iter().all(|part| part.contains(THIS)));
        let levels: Vec<&str> = LEVELS.iter().map(|(word, _)| *word).collect();
        assert_in_order("levels", &levels);
        assert!(LEVEL_MARKS.is_sorted());
    }
}
