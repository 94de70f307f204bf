//! What the program will see, and which source wins.

use berth_definition::env::{Effective, Source, effective};
use leptos::prelude::*;
use serde_json::Value;

use super::lens::use_form;
use crate::ui::*;

/// The variables by name, worked out while the fold is open.
#[component]
pub(super) fn EffectiveView(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let open = RwSignal::new(false);
    let seen = Memo::new(move |_| {
        if !open.get() {
            return (Vec::new(), 0);
        }
        form.document.with_value(&container.read(), |container| {
            let container = container.unwrap_or(&Value::Null);
            let files = container.get("environmentFiles").and_then(Value::as_array);
            (effective(container, &[]), files.map_or(0, Vec::len))
        })
    });
    let none = Memo::new(move |_| seen.read().0.is_empty());
    let rows = move || seen.get().0.into_iter().map(row).collect_view();
    let table = move || {
        if none.get() {
            return view! { <p class="field-hint">"No variable yet."</p> }.into_any();
        }
        view! {
            <TableRegion label="What the program sees">
                <thead><tr><th scope="col">"Name"</th><th scope="col">"Value"</th><th scope="col">"From"</th></tr></thead>
                <tbody>{rows}</tbody>
            </TableRegion>
        }
        .into_any()
    };
    let files = move || {
        let said = match seen.read().1 {
            0 => return None,
            1 => "The environment file adds what is not named here. Its content is in S3, and not read here.".to_owned(),
            count => format!("The {count} environment files add what is not named here, the first before the others. Their content is in S3, and not read here."),
        };
        Some(view! { <p class="field-hint">{said}</p> })
    };
    view! {
        <Fold summary=|| "What the program sees" open>
            <div class="field-stack">{table}{files}</div>
        </Fold>
    }
}

fn row(found: Effective) -> impl IntoView {
    let Effective { name, source, value_shown, shadowed, refused } = found;
    let also = (!shadowed.is_empty()).then(|| {
        let sources: Vec<_> = shadowed.iter().map(|source| words(*source)).collect();
        format!(" (not from {})", sources.join(", "))
    });
    let refused = refused.then(|| view! {
        <p class="env-note" data-tone="bad"><Icon name=IconName::CrossCircle/><span>"ECS refuses a secret of the same name."</span></p>
    });
    view! {
        <tr>
            <td data-label="Name" class="mono">{name}</td>
            <td data-label="Value" class="mono env-value">{value_shown}</td>
            <td data-label="From"><span class="env-source">{words(source)}</span>{also}{refused}</td>
        </tr>
    }
}

fn words(source: Source) -> String {
    match source {
        Source::Environment(at) => format!("variable {}", at + 1),
        Source::Secret(at) => format!("secret {}", at + 1),
        Source::File(at) => format!("file {}", at + 1),
    }
}
