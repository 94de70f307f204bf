//! The weather of the sandbox: what goes wrong on purpose, for demos and training.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::read_weather_choices;
use super::behaviours::Behaviours;
use super::kind_card::{ClearForm, KindCard};
use super::model::{Kind, WeatherData};
use crate::error::AppError;
use crate::layout::{NoSuchPage, use_refusal};
use crate::links;
use crate::live::use_weather;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// Weather. Away from the sandbox there is no such page.
#[component]
pub fn WeatherPage() -> impl IntoView {
    let choices = Resource::new_blocking(|| (), |()| read_weather_choices());
    view! {
        <Suspense fallback=|| view! { <Skeleton/> }>
            {move || Suspend::new(async move {
                match choices.await {
                    Ok(data) => view! { <Page data/> }.into_any(),
                    Err(AppError::NotFound(_)) => view! { <NoSuchPage/> }.into_any(),
                    Err(error) => view! {
                        <Title text="Weather"/>
                        <PageHead title="Weather"/>
                        <AnswerTrouble title="The weather can't be shown" error back=("Clusters", links::CLUSTERS)/>
                    }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Page(data: WeatherData) -> impl IntoView {
    let refusal = use_refusal(Role::Administrator);
    let data = refusal.is_none().then_some(data);
    let cards = Kind::ALL.map(|kind| {
        let data = data.clone();
        view! { <KindCard kind data/> }
    });
    view! {
        <Title text="Weather"/>
        <PageHead title="Weather"/>
        <div class="stack">
            <p class="weather-words">
                "Trouble on purpose, to show and to practise what this console does in it. It holds at once and for everybody, until it is cleared or the console starts anew. It is played in the sandbox: nothing here touches AWS."
            </p>
            {refusal.map(|said| view! { <Notice tone=Tone::Idle>"You can read what goes wrong, and not change it. "{said}</Notice> })}
            <NotTaken/>
            <Now data/>
            <div class="weather-kinds">{cards}</div>
            <Behaviours/>
        </div>
    }
}

/// What is on now, and the button that ends it.
#[component]
fn Now(data: Option<WeatherData>) -> impl IntoView {
    let weather = use_weather();
    let on = move || {
        let weather = weather.get();
        if weather.is_fair() {
            return view! { <StatusMark tone=Tone::Good label="Fair: nothing goes wrong on purpose"/> }
                .into_any();
        }
        let on = Kind::ALL.into_iter().filter_map(|kind| weather.of(kind));
        let item = |on: String| view! { <li><StatusMark tone=Tone::Warn label=capital(&on)/></li> };
        view! { <ul class="weather-on">{on.map(item).collect_view()}</ul> }.into_any()
    };
    view! {
        <Card title="Now">
            <div class="weather-now">
                <div>{on}</div>
                {data.map(|data| view! { <ClearForm data/> })}
            </div>
        </Card>
    }
}

/// A form that was posted without scripts and refused comes back with a mark in the address. The
/// mark's own words are not shown: anybody can write an address.
#[component]
fn NotTaken() -> impl IntoView {
    let refused = use_query_map().read_untracked().get_str("__err").is_some();
    refused.then(|| {
        view! {
            <Notice tone=Tone::Bad>
                "The weather was not changed. It takes an administrator, and a latency or lag in whole milliseconds."
            </Notice>
        }
    })
}

/// The words of a mark begin with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
