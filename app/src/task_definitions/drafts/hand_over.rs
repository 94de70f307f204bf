//! Giving a draft to a teammate.

use leptos::prelude::*;

use super::browser;
use crate::links;
use crate::names::DraftId;
use crate::ui::*;

/// The button that shows a draft's link, and who can open it.
#[component]
pub(super) fn HandOver(
    /// The draft.
    id: DraftId,
    /// Which one it is, where several stand in a list.
    #[prop(optional, into)]
    name: Option<String>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let path = links::draft(&id);
    let address = RwSignal::new(String::new());
    Effect::new(move |_| address.set(browser::absolute(&path)));
    view! {
        <Button kind=ButtonKind::Quiet icon=IconName::People on_press=move |()| open.set(true)>
            "Hand over…"{name.map(|name| view! { <span class="visually-hidden">" "{name}</span> })}
        </Button>
        <Dialog open title="Hand over this draft">
            <p>"Give this link to a teammate. Two people can be in a draft at once: what each does is merged."</p>
            <p><CopyText text=address label="the draft’s link"/></p>
            <p class="muted">"Every operator and administrator of this console who has the link can open the draft, with all values in it, and change it. Viewers can’t. The audit log says who opened it."</p>
        </Dialog>
    }
}
