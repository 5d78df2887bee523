//! The words people and files name coordinate systems by.

use super::{Crs, CrsError};
use std::str::FromStr;

impl FromStr for Crs {
    type Err = CrsError;

    /// `crs84`, `wgs84`, `4326`, `EPSG:4548`, `gcj02`, `bd09`, `latlon`, URNs and addresses of the OGC, in any case; with
    /// `-swapped` behind it the two numbers are taken the other way round.
    fn from_str(text: &str) -> Result<Self, CrsError> {
        let unknown = || CrsError::Unknown(text.trim().chars().take(60).collect());
        let word = text.trim().to_lowercase();
        if let Some(straight) = word.strip_suffix("-swapped") {
            return straight.parse::<Self>().map(Self::swapped).map_err(|error| match error {
                CrsError::Unknown(_) => unknown(),
                other => other,
            });
        }
        // What joins the parts of a name differs between those who write it.
        let plain: String = word.chars().filter(|c| !matches!(c, '-' | '_' | ' ' | '/' | ':' | ',' | '.')).collect();
        match plain.as_str() {
            "crs84" | "ogccrs84" | "wgs84" | "wgs1984" | "lonlat" | "longlat" | "crs84h" => return Ok(Self::Crs84),
            "latlon" | "latlong" | "latlng" => return Ok(Self::Crs84.swapped()),
            "cgcs2000" | "国家2000" | "2000国家大地坐标系" => return Ok(Self::Cgcs2000),
            "gcj02" | "gcj02ll" | "火星" | "火星坐标" | "火星坐标系" | "国测局" | "高德" | "腾讯" | "amap"
            | "gaode" | "autonavi" | "tencent" | "qq" => return Ok(Self::Gcj02),
            "bd09" | "bd09ll" | "百度" | "百度坐标" | "百度坐标系" | "baidu" => return Ok(Self::Bd09),
            "bd09mc" => {
                let why = "Baidu's metres (BD-09 Mercator) are not read; export degrees (bd09ll) instead";
                return Err(CrsError::Definition(why.to_owned()));
            }
            "webmercator" | "googlemercator" | "墨卡托" => return Self::from_epsg(3857),
            _ => {}
        }
        // urn:ogc:def:crs:OGC:1.3:CRS84, http://www.opengis.net/def/crs/OGC/0/CRS84 and the like.
        let parts: Vec<&str> = word.split([':', '/', '#']).filter(|part| !part.is_empty()).collect();
        let (last, authority) = (parts.last().copied().unwrap_or(""), &parts[..parts.len().saturating_sub(1)]);
        let is_ogc = authority.contains(&"ogc");
        if is_ogc && last == "crs84" {
            return Ok(Self::Crs84);
        }
        let is_code = !last.is_empty() && last.len() <= 6 && last.bytes().all(|b| b.is_ascii_digit());
        let is_epsg =
            authority.is_empty() || authority.iter().any(|part| matches!(*part, "epsg" | "epsg.xml" | "esri"));
        match last.parse() {
            Ok(code) if is_code && is_epsg => Self::from_epsg(code),
            _ => Err(unknown()),
        }
    }
}
