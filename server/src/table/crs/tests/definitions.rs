//! Definitions in well-known text, as PROJ 9.5.1 and ESRI's programs write them.

use super::{Crs, CrsError, apart};
use proptest::prelude::*;

const CGCS2000: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
const WGS84: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
const XIAN1980: &str = r#"GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
const BEIJING1954: &str = r#"GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

/// A `.prj` of a transverse Mercator as ESRI writes it.
fn esri(name: &str, geographic: &str, easting: f64, meridian: f64, scale: f64) -> String {
    format!(
        r#"PROJCS["{name}",{geographic},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{easting:.1}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian:.1}],PARAMETER["Scale_Factor",{scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
    )
}

fn id(text: &str) -> String {
    Crs::from_wkt(text).unwrap_or_else(|error| panic!("{text}: {error}")).id()
}

#[test]
fn a_prj_without_a_code_is_known_by_its_parameters() {
    assert_eq!(id(WGS84), "crs84");
    assert_eq!(id(CGCS2000), "EPSG:4490");
    let cases = [
        ("EPSG:4548", esri("CGCS2000_3_Degree_GK_CM_117E", CGCS2000, 500_000.0, 117.0, 1.0)),
        ("EPSG:4509", esri("CGCS2000_GK_CM_117E", CGCS2000, 500_000.0, 117.0, 1.0)),
        ("EPSG:4549", esri("CGCS2000_3_Degree_GK_CM_120E", CGCS2000, 500_000.0, 120.0, 1.0)),
        ("EPSG:4527", esri("CGCS2000_3_Degree_GK_Zone_39", CGCS2000, 39_500_000.0, 117.0, 1.0)),
        ("EPSG:4498", esri("CGCS2000_GK_Zone_20", CGCS2000, 20_500_000.0, 117.0, 1.0)),
        ("EPSG:4534", esri("CGCS2000_3_Degree_GK_CM_75E", CGCS2000, 500_000.0, 75.0, 1.0)),
        ("EPSG:4554", esri("CGCS2000_3_Degree_GK_CM_135E", CGCS2000, 500_000.0, 135.0, 1.0)),
        ("EPSG:32650", esri("WGS_1984_UTM_Zone_50N", WGS84, 500_000.0, 117.0, 0.9996)),
        ("EPSG:32651", esri("WGS_1984_UTM_Zone_51N", WGS84, 500_000.0, 123.0, 0.9996)),
    ];
    for (expected, text) in cases {
        assert_eq!(id(&text), expected);
    }
    let web = format!(
        r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",{WGS84},PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#
    );
    assert_eq!(id(&web), "EPSG:3857");
}

#[test]
fn a_code_at_the_end_is_believed() {
    let wkt1 = r#"PROJCS["x",GEOGCS["y",AUTHORITY["EPSG","4490"]],AUTHORITY["EPSG","4548"]]"#;
    let wkt2 = r#"PROJCRS["CGCS2000 / 3-degree Gauss-Kruger CM 117E",BASEGEOGCRS["x",ID["EPSG",4490]],CS[Cartesian,2],AXIS["northing (X)",north,ORDER[1],LENGTHUNIT["metre",1]],USAGE[SCOPE["a ""quoted"" scope."],BBOX[22.6,115.5,49.88,118.5]],ID["EPSG",4548]]"#;
    let compound = format!(r#"COMPD_CS["both",{wkt1},VERT_CS["height",VERT_DATUM["d",2005]]]"#);
    let bound = format!(r#"BOUNDCRS[SOURCECRS[{wkt2}],TARGETCRS[GEOGCRS["WGS 84",ID["EPSG",4326]]]]"#);
    for text in
        [wkt1, wkt2, &compound, &bound, &wkt1.replace('[', "(").replace(']', ")"), &format!("\u{feff} {wkt1}\r\n\0")]
    {
        assert_eq!(id(text), "EPSG:4548", "{text}");
    }
    assert_eq!(id(r#"GEOGCS["WGS 84",AUTHORITY["EPSG","4326"]]"#), "crs84");
    assert_eq!(id(r#"PROJCS["w",AUTHORITY["ESRI","102100"]]"#), "EPSG:3857");
}

#[test]
fn wkt2_without_a_code_is_read_by_its_parameters() {
    let text = r#"PROJCRS["local name",BASEGEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (G2296)"],ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]],ENSEMBLEACCURACY[2.0]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],CONVERSION["UTM zone 50N",METHOD["Transverse Mercator"],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of natural origin",117,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",0.9996,SCALEUNIT["unity",1]],PARAMETER["False easting",500,LENGTHUNIT["kilometre",1000]],PARAMETER["False northing",0,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["(E)",east,ORDER[1],LENGTHUNIT["metre",1]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["metre",1]]]"#;
    assert_eq!(id(text), "EPSG:32650");
}

#[test]
fn a_system_without_a_code_is_made_of_its_parameters() {
    // A city's own system: CGCS2000 on another meridian. By PROJ 9.5.1 from the same parameters.
    let own = esri("Zhangzhou_Independent", CGCS2000, 50_000.0, 117.5, 1.0);
    let crs = Crs::from_wkt(&own).unwrap();
    assert_eq!((crs.id().as_str(), crs.caution()), ("Zhangzhou_Independent", None));
    let there = crs.from_lonlat([117.647, 24.513]).unwrap();
    assert!(apart(there, OWN) < 1e-4, "{there:?}");
    assert!(apart(crs.lonlat_from(there).unwrap(), [117.647, 24.513]) < 1e-10);
    // The same in feet of 0.3048 m.
    let feet = own.replace("50000.0", "164041.99475065616").replace(r#"["Meter",1.0]"#, r#"["Foot",0.3048]"#);
    let there = Crs::from_wkt(&feet).unwrap().from_lonlat([117.647, 24.513]).unwrap();
    assert!(apart(there, OWN.map(|metres| metres / 0.3048)) < 1e-3, "{there:?}");
}

const OWN: [f64; 2] = [64_897.631_582, 2_712_117.459_847];

#[test]
fn datums_of_before_the_satellites_are_shifted_or_said_to_be_unknown() {
    let beijing = Crs::from_wkt(&esri("Beijing_1954_3_Degree_GK_CM_117E", BEIJING1954, 500_000.0, 117.0, 1.0)).unwrap();
    let coded = Crs::from_epsg(2436).unwrap();
    assert_eq!(beijing.caution(), None);
    let at = [117.647, 24.513];
    assert!(apart(beijing.from_lonlat(at).unwrap(), coded.from_lonlat(at).unwrap()) < 1e-6);
    let xian = Crs::from_wkt(&esri("Xian_1980_3_Degree_GK_CM_117E", XIAN1980, 500_000.0, 117.0, 1.0)).unwrap();
    assert!(xian.caution().is_some());
    assert!(apart(xian.from_lonlat(at).unwrap(), Crs::from_epsg(2384).unwrap().from_lonlat(at).unwrap()) < 1e-3);
    let shifted = XIAN1980.replace("298.257]", r#"298.257],TOWGS84[24,-123,-94,0.02,0.25,0.13,1.1]"#);
    assert_eq!(Crs::from_wkt(&shifted).unwrap().caution(), None);
}

#[test]
fn other_projections_are_read_as_proj_reads_them() {
    let projected = |projection: &str, parameters: &str| {
        format!(r#"PROJCS["other",{WGS84},PROJECTION["{projection}"],{parameters},UNIT["Meter",1.0]]"#)
    };
    let china = r#"PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Standard_Parallel_1",25.0],PARAMETER["Standard_Parallel_2",47.0],PARAMETER["Latitude_Of_Origin",0.0]"#;
    let mercator = r#"PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",30.0]"#;
    let cases =
        [("Albers", china, ALBERS), ("Lambert_Conformal_Conic", china, LAMBERT), ("Mercator", mercator, MERCATOR)];
    for (projection, parameters, expected) in cases {
        let there = Crs::from_wkt(&projected(projection, parameters)).unwrap().from_lonlat([117.647, 24.513]).unwrap();
        assert!(apart(there, expected) < 1e-3, "{projection}: {there:?}, not {expected:?}");
    }
    let error = Crs::from_wkt(&projected("Bonne", china)).unwrap_err().to_string();
    assert!(error.contains(r#"projection "Bonne" is not read"#), "{error}");
}

const ALBERS: [f64; 2] = [1_280_113.902_422, 2_641_713.244_680];
const LAMBERT: [f64; 2] = [1_280_120.364_015, 2_997_077.692_095];
const MERCATOR: [f64; 2] = [11_351_321.412_677, 2_425_449.352_135];

#[test]
fn definitions_that_are_none_are_refused_in_words() {
    let grads = WGS84.replace(r#"["Degree",0.0174532925199433]"#, r#"["Grad",0.015707963267949]"#);
    let sphere = WGS84.replace("6378137.0", "1.0");
    let deep = format!("{}1{}", "A[".repeat(400), "]".repeat(400));
    let long = format!(r#"GEOGCS["{}"]"#, "x".repeat(70_000));
    let cases = [
        ("", "ends in the middle"),
        ("WGS84", "no well-known text"),
        ("GEOGCS[", "ends in the middle"),
        (r#"GEOGCS["WGS 84"#, "not closed"),
        (r#"GEOGCS["WGS 84",]"#, "begins neither"),
        (r#"GEOGCS["WGS 84"] x"#, "behind its end"),
        (r#"GEOGCS["WGS 84"]"#, "names no datum"),
        (r#"GEOGCS["x",DATUM["y",SPHEROID["z",1e999,1]]]"#, "is no number"),
        (r#"LOCAL_CS["site"]"#, "tied to no place"),
        (r#"GEOCCS["centre"]"#, "centre of the globe"),
        (r#"VERT_CS["height"]"#, "is no coordinate system"),
        (&grads, "angles are in Grad"),
        (&sphere, "semi-major axis is 1"),
        (&deep, "nested deeper"),
        (&long, "bytes long"),
        ("经纬度", "begins neither"),
    ];
    for (text, reason) in cases {
        let error = Crs::from_wkt(text).unwrap_err();
        assert!(matches!(error, CrsError::Definition(_)) && error.to_string().contains(reason), "{reason}: {error}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in r#"[A-Z\[\]\(\)",0-9.e+ 经-]{0,60}"#, cut in 0usize..400) {
        let _ = Crs::from_wkt(&text);
        let whole = esri("CGCS2000_3_Degree_GK_CM_117E", CGCS2000, 500_000.0, 117.0, 1.0);
        prop_assert!(Crs::from_wkt(&whole[..cut.min(whole.len() - 1)]).is_err(), "half a definition is none");
    }

    #[test]
    fn odd_parameters_make_an_error_or_a_system_that_does_not_break(
        numbers in prop::collection::vec(prop_oneof![-1e9..1e9f64, Just(0.0), Just(90.0), Just(-90.0), Just(180.0)], 6),
        projection in prop::sample::select(vec!["Transverse_Mercator", "Mercator", "Albers", "Lambert_Conformal_Conic", "Mercator_Auxiliary_Sphere"]),
    ) {
        let text = format!(
            r#"PROJCS["odd",{CGCS2000},PROJECTION["{projection}"],PARAMETER["False_Easting",{}],PARAMETER["Central_Meridian",{}],PARAMETER["Scale_Factor",{}],PARAMETER["Standard_Parallel_1",{}],PARAMETER["Standard_Parallel_2",{}],PARAMETER["Latitude_Of_Origin",{}],UNIT["Meter",1.0]]"#,
            numbers[0], numbers[1] % 360.0, 0.1 + numbers[2].abs() % 9.0, numbers[3] % 90.0, numbers[4] % 90.0, numbers[5] % 90.0
        );
        if let Ok(crs) = Crs::from_wkt(&text) {
            for xy in [[0.0, 0.0], [numbers[0], numbers[1]], [5e5, 2.7e6]] {
                let read = crs.lonlat_from(xy);
                prop_assert!(read.is_err() || read.is_ok_and(|[lon, lat]| lon.abs() <= 180.0 && lat.abs() <= 90.0));
            }
        }
    }
}
