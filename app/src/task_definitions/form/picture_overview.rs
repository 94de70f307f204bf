//! The containers of the task together: what they take of it, who waits for whom, all ports and all
//! mounts.

use berth_definition::together::{Matrix, Mount, Port, Sum, Volume, mounts, ports, sums};
use leptos::prelude::*;

use super::lens::use_form;
use super::picture::OrderPicture;
use crate::ui::*;

/// Shown from two containers on: one alone is seen whole in its card.
#[component]
pub(super) fn Overview() -> impl IntoView {
    let document = use_form().document.settled();
    let many = Memo::new(move |_| document.with(|d| d.items("containerDefinitions").len() > 1));
    let sums = Memo::new(move |_| document.with(sums));
    let ports = Memo::new(move |_| document.with(ports));
    let matrix = Memo::new(move |_| document.with(mounts));
    move || {
        many.get().then(|| view! {
            <FormSection title="Overview of containers" hint="What they take of the task, and what they have to do with each other.">
                <div class="sums">{move || sums.get().into_iter().map(sum).collect_view()}</div>
                <h3>"Order"</h3>
                <OrderPicture/>
                <PortTable ports/>
                <MountTable matrix/>
            </FormSection>
        })
    }
}

/// One bar, with a part for each container.
fn sum(sum: Sum) -> impl IntoView {
    let words = sum.words();
    let over = sum.is_over();
    let whole = sum.has.unwrap_or(sum.asked).max(sum.asked).max(1);
    let mut x = 0.0;
    let parts: Vec<_> = sum
        .parts
        .iter()
        .enumerate()
        .map(|(at, (_, asked))| {
            let width = *asked as f64 * 1000.0 / whole as f64;
            let class = if at % 2 == 0 { "sum-part" } else { "sum-part is-other" };
            let rect = view! { <rect class=class x=format!("{x:.0}") y="0" width=format!("{width:.0}") height="10"></rect> };
            x += width;
            rect
        })
        .collect();
    let limit = sum.has.filter(|_| over).map(|has| {
        let x = format!("{:.0}", has as f64 * 1000.0 / whole as f64);
        view! { <rect class="sum-limit" x=x y="0" width="4" height="10"></rect> }
    });
    let detail = sum.parts.iter().map(|(name, asked)| format!("{name} {asked}"));
    let detail = detail.collect::<Vec<_>>().join(", ");
    let tone = match (over, sum.must_fit) {
        (true, true) => "bad",
        (true, false) => "warn",
        _ => "good",
    };
    view! {
        <div class="sum" data-tone=tone class:is-over=over>
            <p class="sum-words">{over.then(|| view! { <Icon name=IconName::Warn/> })}{words}</p>
            <svg class="sum-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">{parts}{limit}</svg>
            <p class="field-hint">{detail}</p>
        </div>
    }
}

/// All ports. What has the focus stays while its rows change, here as below.
#[component]
fn PortTable(ports: Memo<Vec<Port>>) -> impl IntoView {
    let any = Memo::new(move |_| !ports.read().is_empty());
    let row = |port: Port| {
        let outside = port.outside_words();
        let clash = port.clash.map(|said| view! {
            <p class="env-note" data-tone="bad"><Icon name=IconName::Warn/><span>{said}</span></p>
        });
        view! {
            <tr>
                <td data-label="Container" class="mono">{port.container}</td>
                <td data-label="Port">{port.inside_words}{clash}</td>
                <td data-label="Reached at">{outside}</td>
                <td data-label="Protocol">{port.protocol}</td>
                <td data-label="Name" class="mono">{port.name}</td>
                <td data-label="App protocol">{port.app_protocol}</td>
            </tr>
        }
    };
    let table = move || {
        view! {
            <h3>"Ports"</h3>
            <TableRegion label="Ports of all containers">
                <thead><tr>
                    <th scope="col">"Container"</th><th scope="col">"Port"</th><th scope="col">"Reached at"</th>
                    <th scope="col">"Protocol"</th><th scope="col">"Name"</th><th scope="col">"App protocol"</th>
                </tr></thead>
                <tbody>{move || ports.get().into_iter().map(row).collect_view()}</tbody>
            </TableRegion>
        }
    };
    move || any.get().then(table)
}

/// All volumes, and where each container has them.
#[component]
fn MountTable(matrix: Memo<Matrix>) -> impl IntoView {
    let any = Memo::new(move |_| !matrix.read().volumes.is_empty());
    let head = |name: String| view! { <th scope="col" class="mono">{name}</th> };
    let heads = move || matrix.read().containers.iter().cloned().map(head).collect_view();
    let mount = |mount: Mount| {
        let read_only = mount.read_only.then_some(" read only");
        let through = mount.through.map(|name| format!(" as {name}"));
        view! { <p><span class="mono">{mount.at}</span><span class="field-hint">{read_only}{through}</span></p> }
    };
    let row = move |volume: Volume, names: &[String]| {
        let note = if volume.missing {
            Some("The task has no such volume.")
        } else if volume.is_unused() {
            Some("No container mounts it.")
        } else {
            None
        };
        let tone = if volume.missing { "bad" } else { "warn" };
        let cells = volume.mounts.into_iter().zip(names).map(|(mounts, name)| {
            view! { <td data-label=name.clone()>{mounts.into_iter().map(mount).collect_view()}</td> }
        });
        view! {
            <tr>
                <th scope="row"><span class="mono">{volume.name}</span>
                    {note.map(|said| view! { <p class="env-note" data-tone=tone><Icon name=IconName::Warn/><span>{said}</span></p> })}
                </th>
                {cells.collect_view()}
            </tr>
        }
    };
    let rows = move || {
        let Matrix { containers, volumes } = matrix.get();
        volumes.into_iter().map(|volume| row(volume, &containers)).collect_view()
    };
    let table = move || {
        view! {
            <h3>"Mounts"</h3>
            <TableRegion label="Volumes by containers">
                <thead><tr>
                    <th scope="col">"Volume"</th>
                    {heads}
                </tr></thead>
                <tbody>{rows}</tbody>
            </TableRegion>
        }
    };
    move || any.get().then(table)
}
