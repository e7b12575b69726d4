//! The state of the screen, and its change by each event. Nothing here touches the terminal.

use std::path::PathBuf;

use hotseat::{DocId, Facet, FacetCount, FacetName, Hit, Index, QaDocument, Query, Results};
use ratatui::{
    crossterm::event::{
        Event, KeyCode, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind,
    },
    layout::{Position, Rect},
};

use super::{Settings, keys::Action, line::Line, preview::Preview, view::HIT_ROWS};

/// The hits fetched at a time before the size of the screen is known.
const BLOCK: usize = 20;

/// The rows that a turn of the wheel scrolls.
const WHEEL: usize = 3;

/// A thing to do outside of the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Leave; nothing was chosen.
    Leave,
    /// Leave by Ctrl-C.
    Interrupt,
    /// Leave, with the selected document.
    Choose(DocId),
    /// Give the terminal back until the process is continued.
    Suspend,
    /// Open a guide of the content folder in an editor, at a line.
    Edit { guide: String, line: usize },
    /// Copy a place to the clipboard: a guide and a line.
    Copy { guide: String, line: usize },
}

/// The part of the screen that keys go to.
#[derive(Debug)]
pub(crate) enum Mode {
    /// The query and its hits.
    Hits,
    /// The answer alone.
    Answer,
    /// The values to filter by.
    Facets(Picker),
    /// The list of keys, from one on.
    Help { top: usize },
}

/// The values of facets among the hits, narrowed by typing.
#[derive(Debug)]
pub(crate) struct Picker {
    pub(crate) line: Line,
    values: Vec<(FacetName, FacetCount)>,
    pub(crate) selected: usize,
}

impl Picker {
    /// Returns the values that contain the typed text.
    pub(crate) fn matching(&self) -> Vec<&(FacetName, FacetCount)> {
        let typed = self.line.text().trim().to_lowercase();
        let matches = |(name, counted): &&(FacetName, FacetCount)| {
            format!("{name}:{}", counted.value)
                .to_lowercase()
                .contains(&typed)
        };
        self.values.iter().filter(matches).collect()
    }
}

/// The list of hits, or of values, as the last frame showed it: where it is clicked.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    pub(crate) area: Rect,
    /// The first place that is shown.
    pub(crate) top: usize,
    /// The rows of one.
    pub(crate) rows: u16,
}

impl Listed {
    /// Returns the place at a row and a column of the screen.
    fn place(&self, row: u16, column: u16) -> Option<usize> {
        let is_inside = self.area.contains(Position::new(column, row));
        is_inside.then(|| self.top + usize::from((row - self.area.y) / self.rows.max(1)))
    }
}

/// The whole state.
pub(crate) struct App<'i> {
    pub(crate) index: &'i Index,
    pub(crate) settings: Settings,
    /// Returns the path of a guide as it is shown.
    pub(crate) path: &'i dyn Fn(&str) -> PathBuf,
    pub(crate) line: Line,
    /// The filters of the command line, and those picked, as they are shown.
    base: Query,
    pub(crate) filters: Vec<(FacetName, String)>,
    pub(crate) mode: Mode,
    /// The document whose similar ones are shown in place of the query's hits.
    pub(crate) similar: Option<QaDocument>,
    pub(crate) results: Results,
    pub(crate) selected: usize,
    /// The hits fetched at a time: as many as the screen shows, for each costs time at each key.
    block: usize,
    limit: usize,
    is_stale: bool,
    pub(crate) preview: Option<Preview>,
    /// The first row of the answer that is shown.
    pub(crate) scroll: usize,
    /// The rows of the answer that the last frame had room for.
    pub(crate) page: usize,
    pub(crate) listed: Listed,
}

impl<'i> App<'i> {
    /// Returns the state for `query`: its text may be edited, its filters stay.
    ///
    /// # Errors
    ///
    /// As for [`Index::search`].
    pub(crate) fn new(
        index: &'i Index,
        query: Query,
        path: &'i dyn Fn(&str) -> PathBuf,
        settings: Settings,
    ) -> hotseat::Result<App<'i>> {
        let results = index.search(&query.clone().limit(0))?;
        let mut app = App {
            index,
            settings,
            path,
            line: Line::new(&query.text),
            base: query,
            filters: Vec::new(),
            mode: Mode::Hits,
            similar: None,
            results,
            selected: 0,
            block: BLOCK,
            limit: BLOCK,
            is_stale: true,
            preview: None,
            scroll: 0,
            page: 1,
            listed: Listed::default(),
        };
        app.settle()?;
        Ok(app)
    }

    /// Returns the query as it is now.
    fn query(&self) -> Query {
        let mut query = self.base.clone();
        query.text = self.line.text().to_owned();
        let filters = self.filters.iter();
        let query = filters.fold(query, |query, (name, value)| {
            query.filter(Facet::new(*name, value))
        });
        query.typing(true).limit(self.limit)
    }

    /// Searches, if an event has changed what to search for.
    ///
    /// # Errors
    ///
    /// As for [`Index::search`].
    pub(crate) fn settle(&mut self) -> hotseat::Result<()> {
        if !self.is_stale {
            return Ok(());
        }
        self.is_stale = false;
        self.results = match &self.similar {
            Some(document) => self.index.similar(document.id, self.limit)?,
            None => self.index.search(&self.query())?,
        };
        self.selected = self.selected.min(self.results.hits.len().saturating_sub(1));
        self.preview = None;
        Ok(())
    }

    /// Takes in what was committed since; the selected document stays selected.
    ///
    /// # Errors
    ///
    /// As for [`Index::reload`] and [`Index::search`].
    pub(crate) fn reload(&mut self) -> hotseat::Result<bool> {
        let before = self.results.clone();
        let selected = self.hit().map(|hit| hit.id);
        self.index.reload()?;
        self.is_stale = true;
        self.settle()?;
        let hits = &self.results.hits;
        if let Some(place) = hits.iter().position(|hit| Some(hit.id) == selected) {
            self.selected = place;
        }
        Ok(before.total != self.results.total || before.hits != *hits)
    }

    /// Returns the selected hit.
    pub(crate) fn hit(&self) -> Option<&Hit> {
        self.results.hits.get(self.selected)
    }

    /// Changes the state by an event; returns what is to be done besides.
    pub(crate) fn on(&mut self, event: &Event) -> Option<Effect> {
        match event {
            // Windows reports the release of a key as well.
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(*key),
            Event::Paste(text) => {
                self.typed(|line| {
                    line.insert(text);
                    true
                });
                None
            }
            Event::Mouse(mouse) => self.mouse(*mouse),
            Event::Resize(_, rows) => {
                self.resize(*rows);
                None
            }
            _ => None,
        }
    }

    /// Fetches as many hits as a screen of `rows` shows.
    pub(crate) fn resize(&mut self, rows: u16) {
        self.block = usize::from(rows).div_ceil(HIT_ROWS).max(1);
        if self.limit < self.block {
            self.limit = self.block;
            self.is_stale = true;
        }
    }

    fn key(&mut self, key: KeyEvent) -> Option<Effect> {
        match self.settings.keys.action(key) {
            Some(action) => self.act(action),
            None if key.code == KeyCode::Backspace && self.erases_filter() => {
                self.filters.pop();
                self.search_anew();
                None
            }
            None => {
                self.typed(|line| line.on(key));
                None
            }
        }
    }

    /// Returns whether there is nothing left to erase but a filter.
    fn erases_filter(&self) -> bool {
        matches!(self.mode, Mode::Hits) && self.line.text().is_empty() && !self.filters.is_empty()
    }

    /// Edits the text that keys go to; what is typed while the answer is shown goes on with the query.
    fn typed(&mut self, edit: impl FnOnce(&mut Line) -> bool) {
        if let Mode::Facets(picker) = &mut self.mode {
            edit(&mut picker.line);
            picker.selected = 0;
            return;
        }
        if edit(&mut self.line) {
            self.mode = Mode::Hits;
            self.similar = None;
            self.search_anew();
        }
    }

    fn search_anew(&mut self) {
        self.limit = self.block;
        self.selected = 0;
        self.is_stale = true;
    }

    fn act(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::PageUp => self.scroll = self.scroll.saturating_sub(self.page),
            Action::PageDown => self.scroll += self.page,
            Action::Accept => return self.accept(),
            Action::Facets => self.pick(),
            Action::Similar => self.show_similar(),
            Action::Help => self.mode = Mode::Help { top: 0 },
            Action::Back => return self.back(),
            Action::Quit => return Some(Effect::Interrupt),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Edit | Action::Copy => {
                let hit = self.hit()?;
                let (guide, line) = (hit.guide.clone(), hit.line);
                return Some(match action {
                    Action::Edit => Effect::Edit { guide, line },
                    _ => Effect::Copy { guide, line },
                });
            }
        }
        None
    }

    /// Moves the selection, of values while they are picked, else of hits; scrolls the list of keys.
    fn step(&mut self, by: isize) {
        if let Mode::Help { top } = &mut self.mode {
            *top = top.saturating_add_signed(by);
            return;
        }
        if let Mode::Facets(picker) = &mut self.mode {
            let last = picker.matching().len().saturating_sub(1);
            picker.selected = picker.selected.saturating_add_signed(by).min(last);
            return;
        }
        let next = self.selected.saturating_add_signed(by);
        if next >= self.results.hits.len() {
            if next >= self.results.total || self.similar.is_some() {
                return;
            }
            self.limit += self.block;
            self.is_stale = true;
        }
        if next != self.selected {
            self.select(next);
        }
    }

    fn select(&mut self, place: usize) {
        self.selected = place;
        self.preview = None;
    }

    fn accept(&mut self) -> Option<Effect> {
        match &self.mode {
            Mode::Facets(picker) => {
                if let Some((name, counted)) = picker.matching().get(picker.selected) {
                    let filter = (*name, counted.value.clone());
                    match self.filters.iter().position(|set| *set == filter) {
                        Some(place) => drop(self.filters.remove(place)),
                        None => self.filters.push(filter),
                    }
                    self.similar = None;
                    self.search_anew();
                }
                self.mode = Mode::Hits;
            }
            Mode::Hits if self.settings.chooses => {
                return self.hit().map(|hit| Effect::Choose(hit.id));
            }
            Mode::Hits if self.hit().is_some() => self.mode = Mode::Answer,
            Mode::Hits => {}
            Mode::Answer | Mode::Help { .. } => self.mode = Mode::Hits,
        }
        None
    }

    /// Counts the values of the facets over all hits, for one to be picked; or stops picking.
    fn pick(&mut self) {
        if matches!(self.mode, Mode::Facets(_)) {
            self.mode = Mode::Hits;
            return;
        }
        const NAMES: [FacetName; 5] = [
            FacetName::Tag,
            FacetName::Level,
            FacetName::Section,
            FacetName::Category,
            FacetName::Guide,
        ];
        let counted = self.index.search(&self.query().limit(0).facets(&NAMES));
        let mut counted = counted.map(|results| results.facets).unwrap_or_default();
        let mut values = Vec::new();
        for name in NAMES {
            let counts = counted.remove(&name).unwrap_or_default();
            values.extend(counts.into_iter().map(|counted| (name, counted)));
        }
        self.mode = Mode::Facets(Picker {
            line: Line::default(),
            values,
            selected: 0,
        });
    }

    fn show_similar(&mut self) {
        let document = self.hit().map(|hit| self.index.get(hit.id));
        if let Some(Ok(Some(document))) = document {
            self.similar = Some(document);
            self.mode = Mode::Hits;
            self.search_anew();
        }
    }

    fn back(&mut self) -> Option<Effect> {
        if !matches!(self.mode, Mode::Hits) {
            self.mode = Mode::Hits;
        } else if self.similar.take().is_some() {
            self.search_anew();
        } else {
            return Some(Effect::Leave);
        }
        None
    }

    /// The wheel turns what is below it; a click selects, and accepts what is selected already.
    fn mouse(&mut self, mouse: MouseEvent) -> Option<Effect> {
        let is_listed = matches!(self.mode, Mode::Hits | Mode::Facets(_));
        let place = self.listed.place(mouse.row, mouse.column);
        let place = place.filter(|_| is_listed);
        match mouse.kind {
            MouseEventKind::ScrollDown if place.is_some() => self.step(1),
            MouseEventKind::ScrollUp if place.is_some() => self.step(-1),
            MouseEventKind::ScrollDown => self.scroll += WHEEL,
            MouseEventKind::ScrollUp => self.scroll = self.scroll.saturating_sub(WHEEL),
            MouseEventKind::Down(MouseButton::Left) => return self.click(place?),
            _ => {}
        }
        None
    }

    fn click(&mut self, place: usize) -> Option<Effect> {
        let (selected, length) = match &mut self.mode {
            Mode::Facets(picker) => {
                let length = picker.matching().len();
                (&mut picker.selected, length)
            }
            _ => (&mut self.selected, self.results.hits.len()),
        };
        if place >= length {
            return None;
        }
        if *selected == place {
            return self.accept();
        }
        *selected = place;
        if matches!(self.mode, Mode::Hits) {
            self.preview = None;
        }
        None
    }
}
