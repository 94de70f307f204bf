//! The document in the words of other tools, to copy and to keep.

use leptos::prelude::*;

use crate::task_definitions::document::Document;
use crate::task_definitions::export::{Dialect, export};
use crate::ui::*;

/// The dialects, by the ids of their panels.
const DIALECTS: &[(&str, &str)] = &[
    ("export-json", "JSON"),
    ("export-cli", "AWS CLI"),
    ("export-powershell", "PowerShell"),
    ("export-cfn", "CloudFormation"),
    ("export-cfn-json", "CloudFormation JSON"),
    ("export-terraform", "Terraform"),
];

fn dialect_of(panel: &str) -> Dialect {
    let place = DIALECTS.iter().position(|(known, _)| *known == panel).unwrap_or(0);
    Dialect::ALL.get(place).copied().unwrap_or(Dialect::Json)
}

/// A button that shows the document in other forms.
#[component]
pub fn Export(
    /// The document, as its reader may see it.
    #[prop(into)]
    document: Signal<Document>,
    /// Whether values were taken out of it.
    #[prop(optional)]
    redacted: bool,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let panel = RwSignal::new(DIALECTS[0].0);
    view! {
        <Button on_press=move |()| open.set(true)>"Export…"</Button>
        <Dialog open title="Export">
            <div class="start-wide">
                <TabList label="Write it as" prefix="export" tabs=DIALECTS shown=panel on_choose=move |chosen| panel.set(chosen)/>
                {move || open.get().then(|| {
                    let id = panel.get();
                    view! {
                        <div class="start-panel" role="tabpanel" id=id aria-labelledby=tab_id("export", id)>
                            {redacted.then(|| view! { <p class="muted">"Values are hidden from your role, here too."</p> })}
                            <Text document dialect=dialect_of(id)/>
                        </div>
                    }
                })}
            </div>
        </Dialog>
    }
}

/// The text with what can be done with it.
#[component]
fn Text(document: Signal<Document>, dialect: Dialect) -> impl IntoView {
    let exported = Memo::new(move |_| document.with(|document| export(document, dialect)));
    let text = Signal::derive(move || exported.with(|exported| exported.text.clone()));
    let file = Memo::new(move |_| {
        let family = document.with(|document| document.text_at("family"));
        let name = if family.is_empty() { "task-definition" } else { &family };
        format!("{name}.{}", dialect.ending())
    });
    let save =
        move |()| file.with_untracked(|file| text.with_untracked(|text| save_file(file, text)));
    let missing = move || {
        let left_out = exported.with(|exported| exported.left_out.join(", "));
        (!left_out.is_empty()).then(|| view! {
            <Notice tone=Tone::Warn>{format!("{} has no word for: {left_out}.", dialect.words())}</Notice>
        })
    };
    view! {
        {missing}
        <div class="cluster-row">
            <CopyButton text label="the text"/>
            <Button icon=IconName::Download on_press=save>"Download "{move || file.get()}</Button>
        </div>
        <pre class="export-text" tabindex="0" role="region" aria-label=dialect.words()>{move || text.get()}</pre>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tab_has_its_dialect() {
        assert_eq!(DIALECTS.len(), Dialect::ALL.len());
        for (panel, words) in DIALECTS {
            assert!(dialect_of(panel).words().starts_with(words), "{panel}");
        }
    }
}
