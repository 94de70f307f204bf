//! One kind of weather: what it does, what one sees, whether it is on, and the form that sets it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{SetWeather, set_weather};
use super::draft::{MS_MAX, WeatherDraft};
use super::model::{Input, Kind, Weather, WeatherData};
use super::words::{Words, words};
use crate::live::{use_note_of_weather, use_weather};
use crate::submission::Submission;
use crate::ui::*;

/// The card of a kind. Without `data` it can be read only.
#[component]
pub(super) fn KindCard(kind: Kind, data: Option<WeatherData>) -> impl IntoView {
    let Words { label, does, seen, .. } = words(kind);
    let weather = use_weather();
    let on = Memo::new(move |_| weather.read().of(kind));
    let state = move || {
        view! {
            <StatusMark
                tone=Signal::derive(move || if on.read().is_some() { Tone::Warn } else { Tone::Idle })
                label=Signal::derive(move || if on.read().is_some() { "On" } else { "Off" }.to_owned())
            />
        }
    };
    view! {
        <Card title=label actions=state>
            <div class="weather-kind">
                <p>{does}</p>
                <p class="muted"><strong>"What you see: "</strong>{seen}</p>
                {match data {
                    Some(data) => view! { <KindForm kind data/> }.into_any(),
                    None => view! { <p>{move || on.get().map(|on| format!("Now: {on}."))}</p> }.into_any(),
                }}
            </div>
        </Card>
    }
}

#[component]
fn KindForm(kind: Kind, data: WeatherData) -> impl IntoView {
    let Words { field, set, unset, .. } = words(kind);
    let weather = use_weather();
    let value = RwSignal::new(weather.read_untracked().value(kind));
    // What somebody else has set meanwhile is what stands here.
    Effect::new(move |before: Option<String>| {
        let now = weather.read().value(kind);
        if before.is_some_and(|before| before != now) {
            value.set(now.clone());
        }
        now
    });
    let operations = data.operations.clone();
    let options = options(&data.operations);
    let form = Submission::new();
    // The news may be here before the answer: a busy button goes on saying what was pressed.
    let is_on = Memo::new(move |before: Option<&bool>| {
        let now = weather.read().of(kind).is_some();
        if form.busy().get() { before.copied().unwrap_or(now) } else { now }
    });
    let other = Signal::derive(move || if is_on.get() { "off" } else { "on" });
    provide_field_errors(form.field_errors());
    let send = use_send(form);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let value = match kind.input() {
            Input::Switch => other.get_untracked().to_owned(),
            Input::Operation | Input::Milliseconds => value.get_untracked(),
        };
        let draft = WeatherDraft::of(kind, value);
        match draft.check(&weather.read_untracked(), &operations) {
            Ok(_) => send.run(draft),
            Err(error) => form.show(Some(error)),
        }
    };
    let control = match kind.input() {
        Input::Switch => {
            view! { <input type="hidden" name=kind.key() value=move || other.get()/> }.into_any()
        }
        Input::Operation => {
            view! { <SelectField path=kind.key() label=field options value required=true/> }
                .into_any()
        }
        Input::Milliseconds => view! {
            <NumberField
                path=kind.key() label=field value required=true unit="ms"
                hint=format!("0 to {MS_MAX}; 0 is off.")
            />
        }
        .into_any(),
    };
    let words = move || match kind.input() {
        Input::Switch if is_on.get() => unset,
        _ => set,
    };
    view! {
        <form class="weather-form" method="post" action=SetWeather::url() novalidate on:submit=submit>
            <FormProblem error=problem(form)/>
            <input type="hidden" name="token" value=data.token.as_str().to_owned()/>
            {control}
            <Button button_type="submit" busy=form.busy()>{words}</Button>
        </form>
    }
}

/// Everything back to fair: the one button that needs no card.
#[component]
pub(super) fn ClearForm(data: WeatherData) -> impl IntoView {
    let weather = use_weather();
    let form = Submission::new();
    let send = use_send(form);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send.run(WeatherDraft::clear());
    };
    let reason = Signal::derive(move || {
        weather.read().is_fair().then(|| "Nothing goes wrong on purpose now.".to_owned())
    });
    view! {
        <form class="weather-form" method="post" action=SetWeather::url() on:submit=submit>
            <FormProblem error=problem(form)/>
            <input type="hidden" name="token" value=data.token.as_str().to_owned()/>
            <input type="hidden" name=super::draft::CLEAR value="all"/>
            <Button kind=ButtonKind::Primary button_type="submit" busy=form.busy() disabled_reason=reason>"Clear weather"</Button>
        </form>
    }
}

/// Sends a draft that holds, and says what the weather is then.
fn use_send(form: Submission) -> Callback<WeatherDraft> {
    let (toasts, note) = (use_toasts(), use_note_of_weather());
    Callback::new(move |draft: WeatherDraft| {
        form.send(
            move |token| set_weather(token, draft),
            move |weather: Weather| {
                toasts.success(format!("The weather is set: {}.", weather.said()));
                note.run(weather);
            },
        );
    })
}

/// What is wrong with one field stands at it.
fn problem(form: Submission) -> Signal<Option<(String, String)>> {
    Signal::derive(move || form.problem().get().filter(|_| form.field_errors().read().is_empty()))
}

fn options(operations: &[String]) -> Vec<(String, String)> {
    let fixed = [("none", "None"), ("all", "Every operation")];
    let fixed = fixed.map(|(value, words)| (value.to_owned(), words.to_owned()));
    fixed.into_iter().chain(operations.iter().map(|name| (name.clone(), name.clone()))).collect()
}
