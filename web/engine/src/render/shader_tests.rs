//! Every shader is valid WGSL, whatever GPU is or is not here.

use std::path::Path;

#[test]
fn every_shader_in_this_folder_is_valid_and_has_its_pipeline() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "wgsl") {
            continue;
        }
        seen += 1;
        assert!(path.with_extension("rs").exists(), "{} has no pipeline beside it", path.display());
        let source = std::fs::read_to_string(&path).unwrap();
        let module = naga::front::wgsl::parse_str(&source)
            .unwrap_or_else(|e| panic!("{}: {}", path.display(), e.emit_to_string(&source)));
        naga::valid::Validator::new(naga::valid::ValidationFlags::all(), naga::valid::Capabilities::empty())
            .validate(&module)
            .unwrap_or_else(|e| panic!("{}: {e:?}", path.display()));
    }
    assert_eq!(seen, 6);
}
