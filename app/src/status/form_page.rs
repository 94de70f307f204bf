//! Create status page.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_choices;
use super::draft::StatusPageDraft;
use super::form::PageForm;
use crate::layout::ForRole;
use crate::links;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// Create status page.
#[component]
pub fn NewStatusPagePage() -> impl IntoView {
    let choices = Resource::new_blocking(|| (), |()| list_choices());
    let crumbs = vec![Crumb::new("Status pages", links::STATUS_PAGES)];
    view! {
        <Title text="Create status page"/>
        <PageHead title="Create status page" crumbs/>
        <ForRole least=Role::Administrator title="You can't create a status page" back=("Clusters", links::CLUSTERS)>
            <Suspense fallback=|| view! { <Skeleton/> }>
                {move || Suspend::new(async move {
                    match choices.await {
                        Ok(choices) => view! {
                            <PageForm choices first=StatusPageDraft { published: true, ..Default::default() }/>
                        }.into_any(),
                        Err(error) => view! {
                            <AnswerTrouble title="The form can't be shown" error back=("All status pages", links::STATUS_PAGES)/>
                        }.into_any(),
                    }
                })}
            </Suspense>
        </ForRole>
    }
}
