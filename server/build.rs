//! Builds the server again when the app's pages changed, which it embeds.
//!
//! The folder is made when it is missing: Cargo takes a missing file for one that changes all the time.

fn main() {
    let pages = "../web/app/dist";
    let _ = std::fs::create_dir_all(pages);
    println!("cargo:rerun-if-changed={pages}");
}
