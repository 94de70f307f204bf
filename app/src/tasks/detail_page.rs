//! One task.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::read_task;
use super::containers::ContainerCards;
use super::model::Task;
use super::placement::Placement;
use super::state::{health_state, task_state};
use super::stop_dialog::StopDialog;
use super::stopped::explain;
use super::timeline::PhaseTimeline;
use crate::error::AppError;
use crate::layout::use_refusal;
use crate::links;
use crate::live::{LiveValue, Topic, live_value};
use crate::names::{ClusterName, TaskId};
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// One task: where it stands, how it came there, and why it stopped.
#[component]
pub fn TaskPage() -> impl IntoView {
    let params = use_params_map();
    let wanted = Memo::new(move |_| {
        params.with(|params| {
            let cluster = params.get_str("cluster")?.parse::<ClusterName>().ok()?;
            let id = params.get_str("task")?.parse::<TaskId>().ok()?;
            Some((cluster, id))
        })
    });
    let found = Resource::new_blocking(
        move || wanted.get(),
        |wanted| async move {
            let (cluster, id) = wanted.ok_or_else(no_such_task)?;
            read_task(cluster, id).await
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton rows=8/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(fresh) => {
                        let topic = Topic::Task {
                            cluster: fresh.value.cluster.clone(),
                            id: fresh.value.id.clone(),
                        };
                        let live = live_value(&topic, fresh);
                        view! { <TaskView live/> }.into_any()
                    }
                    Err(error) => view! { <NoTask error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

fn no_such_task() -> AppError {
    AppError::NotFound("There is no task with that id.".into())
}

#[component]
fn NoTask(error: AppError) -> impl IntoView {
    view! {
        <Title text="Task"/>
        <PageHead title="Task" crumbs=vec![Crumb::new("Tasks", links::TASKS)]/>
        <AnswerTrouble title="This task can't be shown" error back=("All tasks", links::TASKS)/>
        <p class="muted">"ECS forgets stopped tasks about an hour after their end."</p>
    }
}

#[component]
fn TaskView(live: LiveValue<Task>) -> impl IntoView {
    let task = live.value;
    let first = task.get_untracked();
    let state = Memo::new(move |_| {
        task.with(|t| task_state(&t.last_status, &t.desired_status, t.bad_end().as_deref()))
    });
    let health = Memo::new(move |_| {
        task.with(|t| health_state(&t.health).filter(|_| state.read().0 == Tone::Good))
    });
    let title = format!("Task {}", first.id.short());
    let crumbs = vec![
        Crumb::new("Clusters", links::CLUSTERS),
        Crumb::new(first.cluster.to_string(), links::cluster(&first.cluster)),
        Crumb::new("Tasks", links::tasks_of(&first.cluster)),
    ];
    view! {
        <Title text=title.clone()/>
        <PageHead
            title
            crumbs
            status=move || view! {
                <span class="cluster-row">
                    <StatusMark tone=Signal::derive(move || state.get().0) label=Signal::derive(move || state.get().1)/>
                    {move || health.get().map(|(tone, label)| view! { <StatusMark tone label/> })}
                </span>
            }
            facts={
                let first = first.clone();
                move || view! { <TaskFacts task=first/> }
            }
        >
            <TaskActions live/>
        </PageHead>
        {move || live.gone.get().then(|| view! {
            <Notice tone=Tone::Idle>"ECS no longer knows this task: it forgets stopped tasks about an hour after their end. This is what was last known."</Notice>
        })}
        <StopWords task/>
        <div class="split">
            <div class="stack">
                <Card title="Containers"><ContainerCards containers=Memo::new(move |_| task.with(|t| t.containers.clone()))/></Card>
            </div>
            <div class="stack">
                <Card title="Life"><PhaseTimeline times=Memo::new(move |_| task.with(|t| t.times))/></Card>
                <Placement task/>
            </div>
        </div>
    }
}

#[component]
fn TaskFacts(task: Task) -> impl IntoView {
    let group = match task.service() {
        Some(name) => {
            view! { <span>"Service "<a href=links::service(&task.cluster, &name)>{name.to_owned()}</a></span> }
                .into_any()
        }
        None => view! { <span>"Group "{task.group.clone()}</span> }.into_any(),
    };
    view! {
        <span><a class="mono" href=links::revision(&task.task_definition)>{task.task_definition.to_string()}</a></span>
        {group}
        <CopyText text=task.arn.clone() label="task ARN" short=task.id.to_string()/>
    }
}

#[component]
fn TaskActions(live: LiveValue<Task>) -> impl IntoView {
    let open = RwSignal::new(false);
    let refusal = use_refusal(Role::Operator);
    let may_not = refusal.clone();
    let reason = Signal::derive(move || {
        if refusal.is_some() {
            return refusal.clone();
        }
        if live.gone.get() {
            return Some("ECS no longer knows this task.".to_owned());
        }
        live.value.with(|task| {
            if task.is_final() {
                Some("It has stopped already.".to_owned())
            } else if task.desired_status == "STOPPED" {
                Some("It is being stopped already.".to_owned())
            } else {
                None
            }
        })
    });
    let first = live.value.get_untracked();
    let again = links::run_task(&[
        ("cluster", first.cluster.as_str()),
        ("revision", &first.task_definition.to_string()),
    ]);
    // The service would neither count it nor replace it.
    let run_again = match first.service() {
        Some(_) => "Run a copy outside the service",
        None => "Run again",
    };
    view! {
        <LinkButton href=again icon=IconName::Plus disabled_reason=may_not>{run_again}</LinkButton>
        <Button kind=ButtonKind::Danger disabled_reason=reason on_press=move |()| open.set(true)>"Stop task…"</Button>
        <StopDialog open task=first/>
    }
}

/// Why it stopped: AWS's words, then plain ones, then what to do.
#[component]
fn StopWords(task: RwSignal<Task>) -> impl IntoView {
    let stop = Memo::new(move |_| {
        task.with(|task| {
            if task.stop_code.is_none() && task.stopped_reason.is_none() {
                return None;
            }
            let reasons: Vec<&str> = task
                .containers
                .iter()
                .filter_map(|container| container.reason.as_deref())
                .collect();
            let said = task.stopped_reason.clone().unwrap_or_default();
            let codes: Vec<i32> = task.containers.iter().filter_map(|c| c.exit_code).collect();
            let explanation = explain(task.stop_code.as_deref(), &said, &reasons, &codes);
            Some((task.stop_code.clone(), said, explanation))
        })
    });
    move || {
        stop.get().map(|(code, said, explanation)| {
            let tone = match explanation {
                Some(known) if known.is_normal => Tone::Idle,
                _ => Tone::Bad,
            };
            view! {
                <Notice tone>
                    {explanation.map(|known| view! { <p><strong>{known.what}</strong>" "{known.next}</p> })}
                    <p>
                        {code.map(|code| view! { <span class="mono">{code}</span>": " })}
                        {if said.is_empty() { "ECS gave no reason.".to_owned() } else { format!("“{said}”") }}
                    </p>
                </Notice>
            }
        })
    }
}
