//! Who waits for whom, drawn. The same stands below as a list, for whoever can't see a picture.

use berth_definition::together::{Graph, Picture, graph, picture};
use leptos::prelude::*;

use super::lens::use_form;
use super::order::CONDITIONS;
use crate::ui::*;

/// How many letters of a name fit into a box.
const LETTERS_MAX: usize = 19;

/// The picture, its circles in words, and the list.
#[component]
pub(super) fn OrderPicture() -> impl IntoView {
    let form = use_form();
    let graph = Memo::new(move |_| form.document.settled().with(graph));
    let waits = Memo::new(move |_| {
        graph.with(|graph| !graph.edges.is_empty() || !graph.missing.is_empty())
    });
    move || {
        if !waits.get() {
            return view! { <p class="field-hint">"No container waits for another: all start at once."</p> }.into_any();
        }
        // Who is looking at the picture keeps the focus while it is drawn anew.
        view! {
            {move || graph.with(circles)}
            <div class="picture" role="region" tabindex="0" aria-label="Picture of the order">{move || graph.with(drawing)}</div>
            {move || graph.with(list)}
        }
        .into_any()
    }
}

fn circles(graph: &Graph) -> impl IntoView + use<> {
    let lines = graph.cycles.iter().map(|cycle| Graph::cycle_words(cycle)).collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! {
        <Notice tone=Tone::Bad>
            <p>"These wait for each other in a circle, and none can start:"</p>
            <ul>{lines.into_iter().map(|line| view! { <li class="mono">{line}</li> }).collect_view()}</ul>
        </Notice>
    })
}

fn drawing(graph: &Graph) -> impl IntoView + use<> {
    let Picture { width, height, box_width, box_height, boxes, arrows } = picture(graph);
    let circled = |node: usize| {
        graph.edges.iter().any(|edge| edge.in_cycle && (edge.from == node || edge.to == node))
    };
    let boxes: Vec<_> = boxes
        .into_iter()
        .map(|place| {
            let node = &graph.nodes[place.node];
            let class = if circled(place.node) { "picture-box in-cycle" } else { "picture-box" };
            let (x, y) = (place.x, place.y);
            let kind = if node.essential { "essential" } else { "not essential" };
            view! {
                <g class=class>
                    <rect x=x y=y width=box_width height=box_height rx="8"></rect>
                    <text class="picture-name" x=x + 12 y=y + 21>{short(&node.name)}</text>
                    <text class="picture-kind" x=x + 12 y=y + 37>{kind}</text>
                </g>
            }
        })
        .collect();
    let arrows: Vec<_> = arrows
        .into_iter()
        .map(|arrow| {
            let edge = &graph.edges[arrow.edge];
            let (x, y) = arrow.words_at;
            let (class, head) = if edge.in_cycle {
                ("picture-arrow in-cycle", "url(#picture-head-cycle)")
            } else {
                ("picture-arrow", "url(#picture-head)")
            };
            view! {
                <g class=class>
                    <path d=arrow.line marker-end=head></path>
                    <text x=x y=y text-anchor="middle">{words(&edge.condition)}</text>
                </g>
            }
        })
        .collect();
    let head = |id: &'static str, class: &'static str| {
        view! {
            <marker id=id class=class viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
                <path d="M0 0L8 4L0 8z"></path>
            </marker>
        }
    };
    view! {
        <svg viewBox=format!("0 0 {width} {height}") width=width height=height role="img" aria-label="Arrows lead from a container to those that wait for it; the list below says the same.">
            <defs>
                {head("picture-head", "picture-head")}
                {head("picture-head-cycle", "picture-head in-cycle")}
            </defs>
            {arrows}
            {boxes}
        </svg>
    }
}

/// What an arrow says: short, as there is little room.
fn words(condition: &str) -> String {
    let short = match condition {
        "START" => "started",
        "HEALTHY" => "healthy",
        "COMPLETE" => "ended",
        "SUCCESS" => "ended well",
        "" => "?",
        other => other,
    };
    short.to_owned()
}

fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS_MAX {
        return name.to_owned();
    }
    let start: String = name.chars().take(LETTERS_MAX - 1).collect();
    format!("{start}…")
}

fn list(graph: &Graph) -> impl IntoView + use<> {
    let waits: Vec<_> = graph
        .edges
        .iter()
        .map(|edge| {
            let (from, to) = (&graph.nodes[edge.from].name, &graph.nodes[edge.to].name);
            let condition = CONDITIONS.iter().find(|(value, _)| *value == edge.condition);
            let until = condition.map_or("meets no known condition", |(_, words)| *words);
            let circle = if edge.in_cycle { " (in a circle)" } else { "" };
            format!("{from} starts when {to} {until}{circle}.")
        })
        .chain(
            graph
                .missing
                .iter()
                .map(|(from, to)| format!("{from} waits for {to}, which is not in this task.")),
        )
        .collect();
    view! { <ul class="picture-list" aria-label="Order">{waits.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
}
