//! The editor of a capacity provider strategy.

use leptos::{html, prelude::*};

use super::model::StrategyItem;
use super::strategy::{StrategyLine, check_strategy, split_words};
use crate::error::FieldErrors;
use crate::ui::*;

/// The lines of a strategy while they are edited; copy it into handlers.
#[derive(Clone, Copy)]
pub struct StrategyState {
    rows: RwSignal<Vec<LineState>>,
    next: StoredValue<usize>,
}

#[derive(Clone)]
struct LineState {
    key: usize,
    provider: ArcRwSignal<String>,
    base: ArcRwSignal<String>,
    weight: ArcRwSignal<String>,
}

impl Default for StrategyState {
    fn default() -> Self {
        Self { rows: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }
}

impl StrategyState {
    /// What is typed.
    pub fn lines(self) -> Vec<StrategyLine> {
        let line = |row: &LineState| StrategyLine {
            provider: row.provider.get(),
            base: row.base.get(),
            weight: row.weight.get(),
        };
        self.rows.with(|rows| rows.iter().map(line).collect())
    }

    /// Adds a line for a provider.
    pub fn add(self, provider: String) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        let row = LineState {
            key,
            provider: ArcRwSignal::new(provider),
            base: ArcRwSignal::default(),
            weight: ArcRwSignal::new("1".to_owned()),
        };
        self.rows.update(|rows| rows.push(row));
    }

    fn remove(self, key: usize) {
        self.rows.update(|rows| rows.retain(|row| row.key != key));
    }

    fn split(self) -> Option<String> {
        let mut errors = FieldErrors::new();
        let items: Vec<StrategyItem> = check_strategy(&self.lines(), None, &mut errors);
        errors.is_empty().then(|| split_words(&items)).filter(|words| !words.is_empty())
    }
}

/// Lines of provider, base and weight, with what they come to in words. Errors come back at
/// `strategy.0.provider` and its like.
#[component]
pub fn StrategyRows(
    /// The lines.
    state: StrategyState,
    /// The providers to choose among.
    #[prop(into)]
    providers: Signal<Vec<String>>,
) -> impl IntoView {
    let options = Signal::derive(move || {
        let choose = (String::new(), "Choose…".to_owned());
        let known = providers.get().into_iter().map(|name| (name.clone(), name));
        std::iter::once(choose).chain(known).collect::<Vec<_>>()
    });
    let list = NodeRef::<html::Ul>::new();
    let add = move |()| {
        let taken: Vec<String> = state.lines().into_iter().map(|line| line.provider).collect();
        let free = providers.get_untracked().into_iter().find(|name| !taken.contains(name));
        state.add(free.unwrap_or_default());
        focus_row(list, state.rows.read_untracked().len().saturating_sub(1));
    };
    let row = move |row: LineState| {
        let key = row.key;
        let place = Memo::new(move |_| {
            state.rows.with(|rows| rows.iter().position(|row| row.key == key).unwrap_or_default())
        });
        let remove = move |()| {
            let place = place.get_untracked();
            state.remove(key);
            focus_row_beside(list, place);
        };
        let path = move |member: &'static str| {
            Signal::derive(move || format!("strategy.{}.{member}", place.get()))
        };
        view! {
            <li class="strategy-row">
                <SelectField path=path("provider") label="Provider" options value=row.provider.into() required=true/>
                <NumberField path=path("base") label="Base" value=row.base.into() unit="tasks"/>
                <NumberField path=path("weight") label="Weight" value=row.weight.into()/>
                <Button kind=ButtonKind::Quiet icon=IconName::Trash attr:data-removes="" on_press=remove>"Remove"</Button>
            </li>
        }
    };
    view! {
        <div class="field rows-field" id="strategy">
            <ul node_ref=list class="rows-list"><For each=move || state.rows.get() key=|row| row.key children=row/></ul>
            {move || state.split().map(|words| view! { <p class="strategy-split" role="status">{words}</p> })}
            <Button kind=ButtonKind::Quiet icon=IconName::Plus on_press=add>"Add to the strategy"</Button>
        </div>
    }
}
