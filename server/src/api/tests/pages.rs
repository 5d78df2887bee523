//! The first page and its files.

use super::*;

#[tokio::test]
async fn the_first_page_is_the_app_or_says_how_to_build_it() {
    let world = World::new().await;
    let answer = world.get("/").await;
    assert_eq!(answer.status, 200);
    for page in ["/admin", "/admin/import"] {
        assert_eq!(world.get(page).await.body, answer.body, "the app finds {page} itself");
    }
    assert!(answer.header("content-type").starts_with("text/html"));
    let text = String::from_utf8(answer.body).unwrap();
    assert!(text.contains("cargo xtask build") || text.contains("<script"), "{text}");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn packed_neighbours_have_no_address_of_their_own() {
    let world = World::new().await;
    world.get("/index.html.br").await.problem(404);
    world.get("/index.html.gz").await.problem(404);
}
