//! The table of templates.

use leptos::prelude::*;

use super::api::set_default_template;
use super::list_page::{Asked, Desk};
use super::model::TemplateRow;
use crate::layout::{use_refusal, use_role};
use crate::links;
use crate::team::model::Role;
use crate::ui::*;

/// Templates with what can be done to each.
#[component]
pub(super) fn TemplatesTable(desk: Desk, rows: Vec<TemplateRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <EmptyState
                icon=IconName::TaskDefinition
                title="No templates"
                body="What your team begins from is kept here. Fill the form for a task definition, or open a revision, and save it as a template; a container alone becomes a sidecar."
            >
                <LinkButton href=links::NEW_TASK_DEFINITION icon=IconName::Plus>"Register task definition"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <TableRegion label="Templates">
            <thead><tr>
                <th scope="col">"Name"</th>
                <th scope="col">"Containers"</th>
                <th scope="col">"Saved by"</th>
                <th scope="col">"Last change"</th>
                <th scope="col"><span class="visually-hidden">"Actions"</span></th>
            </tr></thead>
            <tbody>{rows.into_iter().map(|row| view! { <Line desk row/> }).collect_view()}</tbody>
        </TableRegion>
    }
    .into_any()
}

#[component]
fn Line(desk: Desk, row: TemplateRow) -> impl IntoView {
    let TemplateRow { id, name, about, sidecar, is_default, owner, mine, .. } = row.clone();
    let owner = if mine { "You".to_owned() } else { owner };
    let of = format!(" from {name}");
    let way = if sidecar {
        view! { <span class="muted">"Add it in the form"</span> }.into_any()
    } else {
        view! { <LinkButton href=links::from_template(id)>"Begin"<span class="visually-hidden">{of}</span></LinkButton> }
            .into_any()
    };
    view! {
        <tr>
            <th scope="row">
                <span class="template-name">{name}{is_default.then(|| view! { <span class="template-mark">"Default"</span> })}{sidecar.then(|| view! { <span class="template-mark">"Sidecar"</span> })}</span>
                {(!about.is_empty()).then(|| view! { <span class="cell-more">{about}</span> })}
            </th>
            <td data-label="Containers">{row.containers.join(", ")}</td>
            <td data-label="Saved by">{owner}</td>
            <td data-label="Last change"><TimeAgo at=row.changed_at/>{format!(" by {}", row.changed_by)}</td>
            <td class="cell-actions"><span class="cluster-row template-ways">{way}<Ways desk row/></span></td>
        </tr>
    }
}

/// What can be done to a template, or why not.
#[component]
fn Ways(desk: Desk, row: TemplateRow) -> impl IntoView {
    let toasts = use_toasts();
    let label = format!("Actions for {}", row.name);
    let administrator = use_role() >= Role::Administrator;
    let not_yours = (!row.mine && !administrator).then(|| row.not_yours());
    let no_default = use_refusal(Role::Administrator)
        .or_else(|| row.sidecar.then(|| "A sidecar is nothing to begin from.".to_owned()));
    let (id, name, is_default) = (row.id, row.name.clone(), row.is_default);
    let set_default = move |()| {
        let wanted = (!is_default).then_some(id);
        let said = match wanted {
            Some(_) => format!("New task definitions begin from {name}."),
            None => "New task definitions begin empty.".to_owned(),
        };
        desk.submission.send(
            move |token| set_default_template(token, wanted),
            move |()| {
                toasts.success(said);
                desk.done();
            },
        );
    };
    let default_words = if is_default { "Stop beginning from it" } else { "Make it the default" };
    let row = StoredValue::new(row);
    let ask = move |asked: fn(TemplateRow) -> Asked| {
        move |()| desk.asked.set(Some(asked(row.get_value())))
    };
    let refused = Signal::stored(not_yours);
    view! {
        <Menu label>
            <MenuItem icon=IconName::Edit disabled_reason=refused on_press=ask(Asked::Describe)>"Rename or describe…"</MenuItem>
            <MenuItem icon=IconName::Check disabled_reason=Signal::stored(no_default) on_press=Callback::new(set_default)>{default_words}</MenuItem>
            <MenuDivider/>
            <MenuItem icon=IconName::Trash danger=true disabled_reason=refused on_press=ask(Asked::Remove)>"Remove…"</MenuItem>
        </Menu>
    }
}
