//! Words find their other forms in whatever language a guide is written.

use hotseat::{Index, QaDocument, Query};

use crate::helper::{asked, index, questions};

/// Asserts that each query finds its question first in `guide`.
fn found(guide: &str, cases: &[(&str, &str)]) {
    let index = index(&[guide, ENGLISH]);
    let missed: Vec<String> = cases
        .iter()
        .filter_map(|(query, question)| {
            let found = questions(&index, query);
            let first = found.first().map_or("nothing", String::as_str);
            (first != *question).then(|| format!("{query:?}: {first:?}, not {question:?}"))
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Stands beside each guide: an index has more than one language.
const ENGLISH: &str = "\
# Locks
## What is a lock?
It is held by one thread at a time, and the others wait for it.
## What is a mutex?
A lock that has an owner.
";

const GERMAN: &str = "\
# Vorbereitung
## Wie bereitest du dich auf ein Vorstellungsgespräch vor?
Man liest die Anzeige und übt Antworten auf die häufigsten Fragen.
## Was ist eine Datenbank?
Sie speichert Daten in Tabellen, und ein Verzeichnis hilft beim Suchen.
## Wie funktioniert die automatische Speicherbereinigung?
Die Laufzeit gibt Objekte frei, auf die niemand mehr verweist.
## Was sind Häuser in einem Bauplan?
Es sind Objekte, die nach dem Plan entstehen.
## Welche Straßen führen durch das Netz?
Router leiten Pakete auf den kürzesten Wegen weiter.
## Wozu dienen Schnittstellen?
Sie legen fest, welche Methoden eine Klasse hat.
## Was bedeutet Vererbung bei Klassen?
Eine Klasse übernimmt, was eine andere hat.
## Wie vermeidest du Verklemmungen?
Sperren werden immer in derselben Reihenfolge genommen.
## Wie groß darf eine Größenangabe sein?
Sie passt in ein Wort.
## Wann verwendet man Warteschlangen?
Wenn Nachrichten später verarbeitet werden.
";

#[test]
fn german() {
    found(
        GERMAN,
        &[
            (
                "Gespräch",
                "Wie bereitest du dich auf ein Vorstellungsgespräch vor?",
            ),
            (
                "Vorstellungsgespräche",
                "Wie bereitest du dich auf ein Vorstellungsgespräch vor?",
            ),
            ("Datenbanken", "Was ist eine Datenbank?"),
            (
                "Bereinigung",
                "Wie funktioniert die automatische Speicherbereinigung?",
            ),
            ("Haus", "Was sind Häuser in einem Bauplan?"),
            ("strasse", "Welche Straßen führen durch das Netz?"),
            ("STRASSEN", "Welche Straßen führen durch das Netz?"),
            ("Schnittstelle", "Wozu dienen Schnittstellen?"),
            ("Verklemmung", "Wie vermeidest du Verklemmungen?"),
            ("grösse", "Wie groß darf eine Größenangabe sein?"),
            (
                "Gespraech",
                "Wie bereitest du dich auf ein Vorstellungsgespräch vor?",
            ),
            ("Warteschlange", "Wann verwendet man Warteschlangen?"),
            (
                "\"automatischen Speicherbereinigungen\"",
                "Wie funktioniert die automatische Speicherbereinigung?",
            ),
            ("mutexes", "What is a mutex?"),
        ],
    );
}

#[test]
fn french() {
    found(
        "\
# Programmation
## Qu'est-ce que l'héritage ?
Une classe reprend les membres d'une autre.
## À quoi servent les fonctions anonymes ?
On les passe en argument sans leur donner de nom.
## Comment déclarer une variable ?
Avec le mot « let », et une valeur.
## Quels sont les principaux types de données ?
Les nombres, les chaînes et les booléens.
## Comment l’ordonnanceur choisit-il un processus ?
Par priorité, puis par ancienneté.
## Pourquoi utiliser des interfaces ?
Pour que le code ne dépende pas d'une classe.
## Que fait un système d'exploitation ?
Il partage la machine entre les programmes.
## Comment gérer les erreurs ?
On les attrape là où l'on peut y répondre.
## Qu'est-ce qu'une œuvre dérivée ?
Un ouvrage tiré d'un autre.
## Quand faut-il optimiser ?
Quand on a mesuré que c'est trop lent.
",
        &[
            ("héritage", "Qu'est-ce que l'héritage ?"),
            ("heritages", "Qu'est-ce que l'héritage ?"),
            (
                "fonction anonyme",
                "À quoi servent les fonctions anonymes ?",
            ),
            ("variables déclarées", "Comment déclarer une variable ?"),
            (
                "type de donnée principal",
                "Quels sont les principaux types de données ?",
            ),
            (
                "ordonnanceurs",
                "Comment l’ordonnanceur choisit-il un processus ?",
            ),
            ("interface", "Pourquoi utiliser des interfaces ?"),
            (
                "systèmes d'exploitation",
                "Que fait un système d'exploitation ?",
            ),
            ("gestion d'une erreur", "Comment gérer les erreurs ?"),
            ("oeuvres", "Qu'est-ce qu'une œuvre dérivée ?"),
            ("optimisé", "Quand faut-il optimiser ?"),
        ],
    );
}

#[test]
fn spanish() {
    found(
        "\
# Programación
## ¿Qué es la herencia?
Una clase toma los miembros de otra.
## ¿Cómo funcionan las funciones anónimas?
Se pasan como argumento y no tienen nombre.
## ¿Para qué sirven las interfaces?
Dicen qué métodos tiene una clase.
## ¿Qué es una base de datos relacional?
Guarda los datos en tablas.
## ¿Cómo se implementa una cola?
Con una lista y dos índices.
## ¿Cuáles son las excepciones más comunes?
Las de índices y las de valores nulos.
## ¿Qué diferencias hay entre un proceso y un hilo?
El hilo vive dentro del proceso.
## ¿Cómo se declaran las variables?
Con un nombre y un valor.
## ¿Qué hace el compilador?
Traduce el programa.
## ¿Cuándo conviene la recursión?
Cuando el problema contiene otros más pequeños.
",
        &[
            ("herencias", "¿Qué es la herencia?"),
            ("función anónima", "¿Cómo funcionan las funciones anónimas?"),
            ("interfaz", "¿Para qué sirven las interfaces?"),
            (
                "bases de datos relacionales",
                "¿Qué es una base de datos relacional?",
            ),
            ("implementación de colas", "¿Cómo se implementa una cola?"),
            (
                "excepcion común",
                "¿Cuáles son las excepciones más comunes?",
            ),
            ("hilos", "¿Qué diferencias hay entre un proceso y un hilo?"),
            ("declarar variable", "¿Cómo se declaran las variables?"),
            ("compiladores", "¿Qué hace el compilador?"),
            ("recursiones", "¿Cuándo conviene la recursión?"),
        ],
    );
}

#[test]
fn russian() {
    found(
        "\
# Вопросы
## Что такое наследование?
Класс получает члены другого класса.
## Как работает сборщик мусора?
Он освобождает память, на которую никто не ссылается.
## Чем поток отличается от процесса?
Поток живёт внутри процесса.
## Какие бывают базы данных?
Реляционные и документные.
## Зачем нужны интерфейсы?
Они говорят, какие методы есть у класса.
## Что такое замыкание?
Функция вместе с переменными вокруг неё.
## Как объявить переменную?
Написать имя и значение.
## Что делает компилятор?
Переводит программу.
## Когда возникает взаимная блокировка?
Когда двое ждут друг друга.
## Что такое новый объект?
Он только что создан, ещё без полей.
",
        &[
            ("наследования", "Что такое наследование?"),
            ("сборка мусора сборщиком", "Как работает сборщик мусора?"),
            ("потоки и процессы", "Чем поток отличается от процесса?"),
            ("база данных", "Какие бывают базы данных?"),
            ("интерфейс", "Зачем нужны интерфейсы?"),
            ("замыкания", "Что такое замыкание?"),
            ("объявление переменных", "Как объявить переменную?"),
            ("компиляторы", "Что делает компилятор?"),
            (
                "взаимные блокировки",
                "Когда возникает взаимная блокировка?",
            ),
            ("новые объекты", "Что такое новый объект?"),
            ("еще полей", "Что такое новый объект?"),
        ],
    );
}

#[test]
fn korean() {
    found(
        "\
# 면접 질문
## 클로저란 무엇인가요?
함수와 그 주변의 변수를 함께 묶은 것입니다.
## 가비지 컬렉션은 어떻게 동작하나요?
아무도 참조하지 않는 객체의 메모리를 회수합니다.
## 프로세스와 스레드의 차이는 무엇인가요?
스레드는 프로세스 안에서 실행됩니다.
## 인터페이스를 사용하는 이유는 무엇인가요?
클래스가 어떤 메서드를 가지는지 정합니다.
## 데이터베이스를 정규화하는 이유는?
중복을 줄입니다.
## GIL은 왜 있나요?
파이썬의 상태를 지킵니다.
## 교착 상태는 언제 발생하나요?
둘이 서로를 기다릴 때입니다.
## 상속을 설명하세요.
다른 것의 멤버를 물려받습니다.
## 캐시에서 값을 어떻게 지우나요?
오래된 값부터 지웁니다.
## 동기화된 블록은 무엇인가요?
한 번에 하나만 들어갑니다.
",
        &[
            ("클로저", "클로저란 무엇인가요?"),
            ("클로저는", "클로저란 무엇인가요?"),
            ("가비지 컬렉션", "가비지 컬렉션은 어떻게 동작하나요?"),
            ("메모리", "가비지 컬렉션은 어떻게 동작하나요?"),
            (
                "스레드와 프로세스",
                "프로세스와 스레드의 차이는 무엇인가요?",
            ),
            (
                "인터페이스 사용",
                "인터페이스를 사용하는 이유는 무엇인가요?",
            ),
            ("정규화", "데이터베이스를 정규화하는 이유는?"),
            ("gil", "GIL은 왜 있나요?"),
            ("교착 상태의 발생", "교착 상태는 언제 발생하나요?"),
            ("상속이란", "상속을 설명하세요."),
            ("캐시", "캐시에서 값을 어떻게 지우나요?"),
            ("동기화", "동기화된 블록은 무엇인가요?"),
        ],
    );
}

#[test]
fn chinese() {
    found(
        "\
# 面试题
## 什么是闭包？
函数和它周围的变量。
## 垃圾回收是怎么工作的？
释放没有人引用的内存。
## 进程和线程有什么区别？
线程在进程里面运行。
## 数据库索引有什么用？
不读整张表就能找到行。
## 什么是全局解释器锁？
一次只有一个线程执行。
## 怎样避免死锁？
按同样的顺序加锁。
## 为什么要用接口？
它说明一个类有哪些方法。
## 什么是继承？
一个类得到另一个类的成员。
## 缓存失效怎么处理？
先删除旧的值。
## 什么是递归？
函数调用自己。
",
        &[
            ("闭包", "什么是闭包？"),
            ("閉包", "什么是闭包？"),
            ("內存回收", "垃圾回收是怎么工作的？"),
            ("线程与进程", "进程和线程有什么区别？"),
            ("數據庫索引", "数据库索引有什么用？"),
            ("解释器锁", "什么是全局解释器锁？"),
            ("全局解釋器鎖", "什么是全局解释器锁？"),
            ("死锁", "怎样避免死锁？"),
            ("接口", "为什么要用接口？"),
            ("繼承", "什么是继承？"),
            ("緩存", "缓存失效怎么处理？"),
            ("遞歸函數", "什么是递归？"),
        ],
    );
}

#[test]
fn japanese() {
    found(
        "\
# 面接の質問
## クロージャとは何ですか？
関数とその周りの変数です。
## ガベージコレクションはどう動きますか？
参照されないメモリを解放します。
## プロセスとスレッドの違いは何ですか？
スレッドはプロセスの中で動きます。
## データベースの索引は何のためですか？
表を全部読まずに行を見つけます。
## インターフェースを使う理由は？
クラスのメソッドを決めます。
## デッドロックはいつ起きますか？
互いに待つときです。
## 継承を説明してください。
他のクラスのメンバーを受け継ぎます。
## ｷｬｯｼｭはいつ無効になりますか？
古い値から消えます。
## 再帰とは何ですか？
関数が自分を呼び出します。
## バックアップはなぜ必要ですか？
壊れたときのためです。
",
        &[
            ("クロージャ", "クロージャとは何ですか？"),
            ("ｸﾛｰｼﾞｬ", "クロージャとは何ですか？"),
            (
                "ガベージコレクション",
                "ガベージコレクションはどう動きますか？",
            ),
            ("ﾒﾓﾘの解放", "ガベージコレクションはどう動きますか？"),
            ("スレッド", "プロセスとスレッドの違いは何ですか？"),
            ("データベース索引", "データベースの索引は何のためですか？"),
            ("インターフェースの理由", "インターフェースを使う理由は？"),
            ("デッドロック", "デッドロックはいつ起きますか？"),
            ("継承する", "継承を説明してください。"),
            ("キャッシュ", "ｷｬｯｼｭはいつ無効になりますか？"),
            ("再帰", "再帰とは何ですか？"),
            ("ﾊﾞｯｸｱｯﾌﾟ", "バックアップはなぜ必要ですか？"),
        ],
    );
}

#[test]
fn letters_without_accents_find_those_with_them() {
    let index = index(&[
        "## Gdzie leży Łódź?\nW Polsce.\n",
        "## Was ist Smørrebrød?\nBrot, das belegt ist.\n",
    ]);
    assert_eq!(questions(&index, "lodz"), ["Gdzie leży Łódź?"]);
    assert_eq!(questions(&index, "smorrebrod"), ["Was ist Smørrebrød?"]);
}

#[test]
fn front_matter_names_the_language() {
    // Without it, nothing tells that this is German.
    let index = index(&["---\nlang: de-CH\n---\n## Sperren\nFäden warten.\n"]);
    assert_eq!(questions(&index, "Sperre"), ["Sperren"]);
    let none = crate::helper::index(&["## Sperren\nFäden warten.\n"]);
    assert_eq!(questions(&none, "Sperrung"), Vec::<String>::new());
}

#[test]
fn what_is_found_in_another_language_is_marked() {
    let index = index(&[GERMAN]);
    let cases = [
        ("Gespräche", "Vorstellungsgespräch"),
        ("häufige", "häufigsten"),
    ];
    for (query, marked) in cases {
        let results = index.search(&Query::new(query)).unwrap();
        let hit = &results.hits[0];
        let pieces = hit.marked_question.pieces.iter().chain(&hit.snippet.pieces);
        let marks: Vec<&str> = pieces
            .filter(|p| p.matches)
            .map(|p| p.text.as_str())
            .collect();
        assert!(marks.contains(&marked), "{query}: {marks:?}");
    }
}

#[test]
fn an_english_query_is_ranked_alike_beside_another_language() {
    let english =
        "## What is an error?\nOne that occurs in war, so we hat it.\n## What is a war?\nA die.\n";
    let alone = index(&[english]);
    let both = index(&[english, GERMAN]);
    for query in ["error war", "war in hat", "what is an error"] {
        // How much meaning counts beside words depends on how many documents there are.
        let lexical = Query::new(query).lexical(true);
        let first = |index: &Index| asked(&index.search(&lexical).unwrap()).first().cloned();
        assert_eq!(first(&alone), first(&both), "{query}");
    }
    let document = QaDocument::new("x", "Sperren", "").with_language("klingon");
    assert_eq!(
        questions(&Index::in_memory([document]).unwrap(), "Sperren"),
        ["Sperren"]
    );
}

#[test]
fn small_words_of_a_language_decide_no_more_among_guides_in_english() {
    let subjects = "lock mutex thread process heap stack queue tree graph socket packet router cache \
        page view cursor trigger schema shard replica log table row fiber signal pipe port";
    let english: String = subjects
        .split_whitespace()
        .map(|subject| format!("## What is a {subject}?\nPrograms use it.\n"))
        .collect();
    let cases = [
        (
            "## Was ist ein Fremdschlüssel?\nEine Spalte, die auf eine andere Tabelle verweist.\n\
             ## Wozu dient die Normalisierung?\nSie vermeidet Redundanz und damit Anomalien beim Einfügen, Ändern und Löschen.\n\
             ## Was ist eine Sicht?\nEine gespeicherte Abfrage, die man wie eine Tabelle liest.\n",
            "was ist normalisierung",
            "Wozu dient die Normalisierung?",
        ),
        (
            "## Qu'est-ce que c'est qu'une vue ?\nUne requête que l'on a gardée sous un nom.\n\
             ## À quoi sert la normalisation ?\nElle évite de garder deux fois la même chose.\n\
             ## Qu'est-ce que la clé étrangère ?\nUne colonne qui désigne une autre table.\n",
            "qu'est-ce que la normalisation",
            "À quoi sert la normalisation ?",
        ),
        (
            "## ¿Qué es una vista?\nUna consulta que se guarda con un nombre.\n\
             ## ¿Para qué sirve la normalización?\nEvita que los datos se repitan en las tablas.\n\
             ## ¿Qué es una clave ajena?\nUna columna que lleva a la fila de otra tabla.\n",
            "qué es la normalización",
            "¿Para qué sirve la normalización?",
        ),
        (
            "## O que é uma visão?\nUma consulta que se guarda com um nome.\n\
             ## Para que serve a normalização?\nEvita que os dados se repitam nas tabelas.\n\
             ## O que é uma chave estrangeira?\nUma coluna que leva a uma linha de outra tabela.\n",
            "o que é uma normalização",
            "Para que serve a normalização?",
        ),
    ];
    let mut missed = Vec::new();
    for (guide, query, question) in cases {
        let index = index(&[guide, &english]);
        // Ranked by words alone: the table of meaning is of English.
        let found = asked(&index.search(&Query::new(query).lexical(true)).unwrap());
        let first = found.first().map_or("nothing", String::as_str);
        if first != question {
            missed.push(format!("{query:?}: {first:?}, not {question:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
