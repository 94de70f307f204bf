//! The lifecycle stages of a deployment beside the older revision.

use serde::{Deserialize, Serialize};

/// A stage, in the order of a deployment. From `PreProductionTrafficShift` to
/// `StepBake` it goes round once for every step of the traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Stage {
    ReconcileService,
    PreScaleUp,
    ScaleUp,
    PostScaleUp,
    TestTrafficShift,
    PostTestTrafficShift,
    PreProductionTrafficShift,
    ProductionTrafficShift,
    StepBake,
    PostProductionTrafficShift,
    BakeTime,
    CleanUp,
}

impl Stage {
    /// The stage as DescribeServiceDeployments shows it. Its enum knows neither what comes before
    /// a step of the traffic nor the wait after one: both belong to the shift.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::PreProductionTrafficShift | Self::StepBake => "PRODUCTION_TRAFFIC_SHIFT",
            Self::ScaleUp => "SCALE_UP",
            Self::BakeTime => "BAKE_TIME",
            Self::CleanUp => "CLEAN_UP",
            other => other.hooked().unwrap_or_default(),
        }
    }

    /// The stage as lifecycle hooks name it, if they can.
    pub(super) fn hooked(self) -> Option<&'static str> {
        Some(match self {
            Self::ReconcileService => "RECONCILE_SERVICE",
            Self::PreScaleUp => "PRE_SCALE_UP",
            Self::PostScaleUp => "POST_SCALE_UP",
            Self::TestTrafficShift => "TEST_TRAFFIC_SHIFT",
            Self::PostTestTrafficShift => "POST_TEST_TRAFFIC_SHIFT",
            Self::PreProductionTrafficShift => "PRE_PRODUCTION_TRAFFIC_SHIFT",
            Self::ProductionTrafficShift => "PRODUCTION_TRAFFIC_SHIFT",
            Self::PostProductionTrafficShift => "POST_PRODUCTION_TRAFFIC_SHIFT",
            Self::ScaleUp | Self::StepBake | Self::BakeTime | Self::CleanUp => return None,
        })
    }

    /// The next stage; `more` tells whether traffic is left to be shifted. None after the last.
    pub(super) fn next(self, more: bool) -> Option<Self> {
        Some(match self {
            Self::ReconcileService => Self::PreScaleUp,
            Self::PreScaleUp => Self::ScaleUp,
            Self::ScaleUp => Self::PostScaleUp,
            Self::PostScaleUp => Self::TestTrafficShift,
            Self::TestTrafficShift => Self::PostTestTrafficShift,
            Self::PostTestTrafficShift | Self::StepBake => Self::PreProductionTrafficShift,
            Self::PreProductionTrafficShift => Self::ProductionTrafficShift,
            Self::ProductionTrafficShift if more => Self::StepBake,
            Self::ProductionTrafficShift => Self::PostProductionTrafficShift,
            Self::PostProductionTrafficShift => Self::BakeTime,
            Self::BakeTime => Self::CleanUp,
            Self::CleanUp => return None,
        })
    }
}
