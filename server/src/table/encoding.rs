//! Text encodings of files: found by name, by a mark at the start, or by their bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Encoding of a usual name, `None` for unknown ones. GBK and GB2312 are read as GB18030, which holds them.
pub fn named(name: &str) -> Option<&'static Encoding> {
    let lower = name.trim().to_ascii_lowercase();
    let number = lower.trim_start_matches(|c: char| !c.is_ascii_digit());
    let encoding = match number {
        "936" => GB18030,
        "950" => BIG5,
        "65001" => UTF_8,
        "54936" => GB18030,
        _ => Encoding::for_label(lower.as_bytes())?,
    };
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// As [`named`], with a sentence for an unknown name.
///
/// # Errors
/// A sentence that gives usual names.
pub fn declared(name: &str) -> Result<&'static Encoding, String> {
    named(name).ok_or_else(|| format!("the encoding {name:?} is not known; write utf-8, gb18030, big5 or utf-16le"))
}

/// Encoding named by a byte order mark, and the mark's length.
pub fn marked(start: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(start)
}

/// Whether bytes of text mean themselves only in wholes of two, so that they must be recoded before they are cut.
pub fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Encoding of text by its bytes, cut anywhere: UTF-8 if most characters beyond ASCII stand in lines that are.
pub fn guessed(sample: &[u8]) -> &'static Encoding {
    let end = memchr::memrchr(b'\n', sample).map_or(sample.len(), |at| at + 1);
    let (mut sound, mut other) = (0_usize, 0_usize);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for line in sample[..end].split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        // Without a line end the sample may stop within a character.
        let is_utf8 = std::str::from_utf8(line).map_or_else(|e| e.error_len().is_none(), |_| true);
        if is_utf8 {
            // Bytes that begin a character; a short word may be sound by chance, so length counts.
            sound += line.iter().filter(|byte| **byte >= 0xC0).count();
        } else {
            other += line.iter().filter(|byte| **byte >= 0x80).count() / 2;
            detector.feed(line, false);
        }
    }
    if sound >= other {
        return UTF_8;
    }
    detector.feed(b"", true);
    match detector.guess(None, Utf8Detection::Deny) {
        encoding if encoding == GBK => GB18030,
        encoding => encoding,
    }
}

/// Text of bytes.
///
/// # Errors
/// Place of the first byte that fits no character.
pub fn decode<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, usize> {
    if encoding == UTF_8 || bytes.is_ascii() {
        return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|e| e.valid_up_to());
    }
    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| wrong_byte(encoding, bytes))
}

/// Text of bytes for a message, wrong ones replaced.
pub fn lossy<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Cow<'a, str> {
    encoding.decode_without_bom_handling(bytes).0
}

/// Whether the bytes of a text said to be in another encoding are rather UTF-8: wholly valid, with two ideographs or more.
///
/// One character may be both by chance (模 in GBK is a valid sequence of two); two of three bytes each are not.
pub fn is_rather_utf8(bytes: &[u8]) -> bool {
    let ideographs = |text: &str| text.chars().filter(|c| ('\u{3400}'..='\u{9FFF}').contains(c)).count();
    std::str::from_utf8(bytes).is_ok_and(|text| ideographs(text) >= 2)
}

fn wrong_byte(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = vec![0; 4096];
    let mut at = 0;
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut out, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return bytes.len(),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                return at.saturating_sub(usize::from(length) + usize::from(after));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_are_known() {
        for (name, encoding) in [
            ("GBK", GB18030),
            ("gb2312", GB18030),
            ("CP936", GB18030),
            ("936", GB18030),
            ("UTF-8", UTF_8),
            ("utf8", UTF_8),
            ("Big5", BIG5),
            ("cp950", BIG5),
            ("windows-1251", encoding_rs::WINDOWS_1251),
            ("ISO-8859-1", encoding_rs::WINDOWS_1252),
        ] {
            assert_eq!(named(name), Some(encoding), "{name}");
        }
        assert!(declared("klingon").unwrap_err().contains("\"klingon\" is not known; write utf-8"));
    }

    #[test]
    fn gb18030_and_utf8_are_told_apart() {
        let text = "编号,地址\n1,漳州市芗城区东铺头街道\n2,联通\n";
        assert_eq!(guessed(text.as_bytes()), UTF_8);
        assert_eq!(guessed(&GB18030.encode(text).0), GB18030);
        let traditional = "編號,地址\n1,臺南市東區大豐里成功路一段二十三號\n2,永康區中華里\n";
        assert_eq!(guessed(&BIG5.encode(traditional).0), BIG5);
        assert_eq!(guessed(b"id,name\n1,x\n"), UTF_8);
    }

    #[test]
    fn the_wrong_byte_is_found() {
        assert_eq!(decode(UTF_8, b"ab\xFFc"), Err(2));
        assert_eq!(decode(GB18030, b"ab\xD6\xD0\xFFc"), Err(4));
        assert_eq!(decode(GB18030, b"ab\xD6\xD0").unwrap(), "ab中");
    }

    #[test]
    fn a_single_ambiguous_character_is_not_taken_for_utf8() {
        assert!(!is_rather_utf8(&GB18030.encode("模").0));
        assert!(!is_rather_utf8(&GB18030.encode("漳州市芗城区").0));
        assert!(is_rather_utf8("漳州".as_bytes()));
    }
}
