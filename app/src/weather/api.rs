//! What the page asks for, and the change it sends. Both refuse where there is no sandbox.

use leptos::prelude::*;

use super::draft::WeatherDraft;
use super::model::{Weather, WeatherData};
#[cfg(feature = "ssr")]
use crate::backend::{Backend, Change, Changes};
use crate::error::AppError;
use crate::names::RequestToken;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// What the page offers. Every member may read it: the frame says to all what goes wrong.
#[server]
pub async fn read_weather_choices() -> Result<WeatherData, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    let sky = &backend.read().weather;
    sky.weather()?;
    Ok(WeatherData { operations: sky.operations(), token: sky.new_token() })
}

/// Changes what is named in the draft, and leaves the rest. It takes a plain form, so that the page
/// works without WebAssembly.
#[server]
pub async fn set_weather(
    token: RequestToken,
    #[server(flatten)] draft: WeatherDraft,
) -> Result<Weather, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let sky = &backend.read().weather;
    let weather = draft.check(&sky.weather()?, &sky.operations())?;
    let change = Change::WeatherSet { weather: weather.clone() };
    let set = move |doors: Changes| async move {
        doors.weather.set_weather(weather.clone()).await?;
        Ok(weather)
    };
    backend.change(change, &token, set).await
}
