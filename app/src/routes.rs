//! The page table. Pages are sent whole and in order: what they show is in the server's memory, and
//! they must read well without WebAssembly.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::{SsrMode, StaticSegment, path};

use crate::audit::AuditPage;
use crate::clusters::{ClusterPage, ClustersPage, NewClusterPage};
use crate::layout::{MemberPages, NotFound};
use crate::services::{NewServicePage, ServicePage, ServicesPage};
use crate::status::{
    EditStatusPagePage, NewStatusPagePage, PublicStatusPage, StatusPagePreviewPage, StatusPagesPage,
};
use crate::task_definitions::drafts::DraftsPage;
use crate::task_definitions::team_templates::TemplatesPage;
use crate::task_definitions::{
    ComparePage, FamiliesPage, FamilyPage, NewTaskDefinitionPage, RevisionPage,
};
use crate::tasks::{RunTaskPage, TaskPage, TasksPage};
use crate::team::{MembersPage, SetUpPage, SignInPage};
use crate::ui::{Announcer, Toasts, provide_ui};
use crate::weather::WeatherPage;
use crate::{links, timestamp::Timestamp};

/// The whole console.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_ui(now());
    // Tests and the curious can tell when the page answers to the keyboard and the mouse.
    Effect::new(|_| {
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-hydrated", "true");
        }
    });
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Berth".to_owned() } else { format!("{title} · Berth") }/>
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/set-up/:token") view=SetUpPage ssr=SsrMode::Async/>
                <Route path=path!("/status/:slug") view=PublicStatusPage ssr=SsrMode::Async/>
                <ParentRoute path=StaticSegment("") view=MemberPages ssr=SsrMode::Async>
                    <Route path=StaticSegment("") view=|| view! { <Redirect path=links::CLUSTERS/> }/>
                    <Route path=path!("/clusters") view=ClustersPage/>
                    <Route path=path!("/clusters/new") view=NewClusterPage/>
                    <Route path=path!("/clusters/:cluster") view=ClusterPage/>
                    <Route path=path!("/clusters/:cluster/services/:service") view=ServicePage/>
                    <Route path=path!("/clusters/:cluster/tasks/:task") view=TaskPage/>
                    <Route path=path!("/services") view=ServicesPage/>
                    <Route path=path!("/services/new") view=NewServicePage/>
                    <Route path=path!("/tasks") view=TasksPage/>
                    <Route path=path!("/tasks/run") view=RunTaskPage/>
                    <Route path=path!("/task-definitions") view=FamiliesPage/>
                    <Route path=path!("/task-definitions/new") view=NewTaskDefinitionPage/>
                    <Route path=path!("/task-definitions/compare") view=ComparePage/>
                    <Route path=path!("/task-definitions/drafts") view=DraftsPage/>
                    <Route path=path!("/task-definitions/templates") view=TemplatesPage/>
                    <Route path=path!("/task-definitions/:family") view=FamilyPage/>
                    <Route path=path!("/task-definitions/:family/:revision") view=RevisionPage/>
                    <Route path=path!("/status-pages") view=StatusPagesPage/>
                    <Route path=path!("/status-pages/new") view=NewStatusPagePage/>
                    <Route path=path!("/status-pages/:id") view=EditStatusPagePage/>
                    <Route path=path!("/status-pages/:id/preview") view=StatusPagePreviewPage/>
                    <Route path=path!("/members") view=MembersPage/>
                    <Route path=path!("/audit") view=AuditPage/>
                    <Route path=path!("/weather") view=WeatherPage/>
                </ParentRoute>
            </Routes>
        </Router>
        <Toasts/>
        <Announcer/>
    }
}

/// The moment of the request; the browser goes on from the server's.
fn now() -> Timestamp {
    #[cfg(feature = "ssr")]
    return use_context::<crate::backend::Visitor>().map(|v| v.now).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    Timestamp::default()
}
