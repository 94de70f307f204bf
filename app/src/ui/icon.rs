//! One drawn line per icon, on a grid of 20 by 20, in the colour of the text around it.

use leptos::prelude::*;

use super::icon_path::path;

/// The icons the console draws. Each is one path, so a table of them stays light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// A bollard on its quay, the product's own mark.
    Berth,
    /// A group of machines.
    Cluster,
    /// A service: something kept running.
    Service,
    /// A task: one running unit.
    Task,
    /// A task definition: a document.
    TaskDefinition,
    /// A machine that carries tasks.
    Instance,
    /// The public status page.
    Status,
    /// Members of the team.
    People,
    /// The record of what was done.
    Audit,
    /// Done, or healthy.
    Check,
    /// Good, as a mark of state.
    CheckCircle,
    /// Something is moving.
    Spinner,
    /// Something needs a look.
    Warn,
    /// Failed.
    CrossCircle,
    /// At rest: stopped, or switched off.
    AtRest,
    /// Not known.
    Question,
    /// A moment, or a length of time.
    Clock,
    /// Copy to the clipboard.
    Copy,
    /// Add.
    Plus,
    /// Take away one.
    Minus,
    /// More actions.
    More,
    /// Fold out, or a menu.
    ChevronDown,
    /// Fold in.
    ChevronUp,
    /// Back.
    ChevronLeft,
    /// Forward, or the next crumb.
    ChevronRight,
    /// Rising order.
    ArrowUp,
    /// Falling order.
    ArrowDown,
    /// Either order.
    ArrowsUpDown,
    /// Search or filter.
    Search,
    /// The light theme.
    Sun,
    /// The dark theme.
    Moon,
    /// The theme of the system.
    System,
    /// Leads out of the console.
    External,
    /// A secret or a sign-in.
    Key,
    /// Stop.
    Stop,
    /// Start or run.
    Play,
    /// Read again, or deploy again.
    Refresh,
    /// Go back to an earlier one.
    RollBack,
    /// Change the count.
    Scale,
    /// Delete.
    Trash,
    /// Edit.
    Edit,
    /// Close or dismiss.
    Close,
    /// The navigation on a small screen.
    Menu,
    /// Data that arrives by itself.
    Live,
    /// Not reachable.
    Offline,
    /// Not allowed, or kept shut.
    Lock,
    /// An address inside the console.
    Link,
    /// Leave the console.
    SignOut,
    /// Something to know.
    Info,
    /// Narrow a list.
    Filter,
    /// Save to a file.
    Download,
    /// Settings.
    Settings,
    /// A log.
    Log,
    /// A place in the world.
    Region,
    /// Weather: a cloud with its flash.
    Weather,
    /// A picture of numbers over time.
    Chart,
    /// A file or JSON document.
    Code,
    /// Keyboard shortcuts.
    Keyboard,
}

/// An icon in the size and colour of the text around it. Hidden from assistive technology: the
/// words beside it say the same.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=path(name)></path>
        </svg>
    }
}
