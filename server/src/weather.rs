//! The weather of the embedded sandbox, as the page sets it. A console on AWS, or on any other
//! endpoint, has none.

use std::sync::Arc;

use async_trait::async_trait;
use berth_app::backend::{SandboxWeather, WeatherChanges};
use berth_app::error::AppError;
use berth_app::names::RequestToken;
use berth_app::weather::model::Weather;
use berth_sandbox::Sandbox;

use crate::ecs;
use crate::live::{Hub, Poller};

/// Where the weather is read and made.
pub struct Station {
    sandbox: Option<Sandbox>,
    hub: Arc<Hub>,
    poller: Poller,
}

impl Station {
    /// The station of a sandbox; of none, it refuses everything.
    pub fn new(sandbox: Option<Sandbox>, hub: Arc<Hub>, poller: Poller) -> Self {
        Self { sandbox, hub, poller }
    }

    fn sandbox(&self) -> Result<&Sandbox, AppError> {
        let none = || AppError::NotFound("This console does not run on the sandbox.".into());
        self.sandbox.as_ref().ok_or_else(none)
    }
}

impl SandboxWeather for Station {
    fn weather(&self) -> Result<Weather, AppError> {
        let berth_sandbox::Weather { outage, deny, throttle, expired, latency_ms, quotas, lag_ms } =
            self.sandbox()?.weather();
        Ok(Weather { outage, deny, expired, throttle, quotas, latency_ms, lag_ms })
    }

    fn operations(&self) -> Vec<String> {
        ecs::operations()
    }

    fn new_token(&self) -> RequestToken {
        RequestToken::from_bits(rand::random())
    }
}

#[async_trait]
impl WeatherChanges for Station {
    async fn set_weather(&self, weather: Weather) -> Result<(), AppError> {
        let sandbox = self.sandbox()?;
        let Weather { outage, deny, expired, throttle, quotas, latency_ms, lag_ms } =
            weather.clone();
        sandbox.set_weather(berth_sandbox::Weather {
            outage,
            deny,
            throttle,
            expired,
            latency_ms,
            quotas,
            lag_ms,
        });
        self.hub.tell(weather);
        // An outage that waits for its turn to be noticed is no demonstration, and neither is its end.
        self.poller.read_soon().await;
        Ok(())
    }
}
