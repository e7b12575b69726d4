//! An archive -> the text of its parts, within bounds.

use crate::Guide;

/// The most parts of an archive that are listed.
const MAX_PARTS: usize = 10_000;

/// The signatures of the end of an archive's list, and of an entry of it.
const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";

/// The greatest distance of an archive's list from its end, in bytes: a comment of 64 KiB may follow.
const MAX_END: usize = (1 << 16) + 22;

/// An archive whose parts are unpacked as they are asked for.
#[derive(Debug)]
pub(super) struct Archive<'b> {
    bytes: &'b [u8],
    parts: Vec<Part<'b>>,
    /// The number of bytes that may still be unpacked.
    left: usize,
}

#[derive(Debug)]
struct Part<'b> {
    name: &'b [u8],
    is_encrypted: bool,
    method: u16,
    packed: usize,
    header: usize,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let (low, high) = (u16_at(bytes, at)?, u16_at(bytes, at.checked_add(2)?)?);
    usize::try_from(u32::from(high) << 16 | u32::from(low)).ok()
}

impl<'b> Archive<'b> {
    /// Reads the list of the parts of an archive, or says what is wrong with it.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Archive<'b>, String> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(
                "is encrypted, or in a format from before 2007; save it without a password as .docx"
                    .to_owned(),
            );
        }
        let parts = parts(bytes).ok_or("is damaged: the list of its parts cannot be read")?;
        if parts.len() > MAX_PARTS {
            return Err(format!("has more than {MAX_PARTS} parts"));
        }
        Ok(Archive {
            bytes,
            parts,
            left: Guide::MAX_FILE as usize,
        })
    }

    /// Returns whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.name == name.as_bytes())
    }

    /// Unpacks the part of this name; what is no UTF-8 in it is replaced.
    pub(super) fn text(&mut self, name: &str) -> Result<String, String> {
        let part = self.parts.iter().find(|part| part.name == name.as_bytes());
        let part = part.ok_or_else(|| format!("is damaged: it has no {name}"))?;
        if part.is_encrypted {
            return Err("is encrypted; save it without a password".to_owned());
        }
        let damaged = || format!("is damaged: its {name} cannot be unpacked");
        let packed = self.packed(part).ok_or_else(damaged)?;
        let text = match part.method {
            0 if packed.len() <= self.left => packed.to_vec(),
            8 => match miniz_oxide::inflate::decompress_to_vec_with_limit(packed, self.left) {
                Ok(text) => text,
                Err(error) if error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
                    return Err("has more than 16 MiB of text".to_owned());
                }
                Err(_) => return Err(damaged()),
            },
            0 => return Err("has more than 16 MiB of text".to_owned()),
            method => return Err(format!("is packed by method {method}, which is not known")),
        };
        self.left -= text.len();
        Ok(match encoding_rs::Encoding::for_bom(&text) {
            Some((encoding, mark)) => encoding
                .decode_without_bom_handling(&text[mark..])
                .0
                .into_owned(),
            None => String::from_utf8(text)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        })
    }

    /// Returns the bytes of a part as they are packed.
    fn packed(&self, part: &Part<'_>) -> Option<&'b [u8]> {
        // The names in the header of the part itself may have other lengths than in the list.
        let name = usize::from(u16_at(self.bytes, part.header.checked_add(26)?)?);
        let extra = usize::from(u16_at(self.bytes, part.header.checked_add(28)?)?);
        let start = part.header.checked_add(30 + name + extra)?;
        self.bytes.get(start..start.checked_add(part.packed)?)
    }
}

/// Returns what the list at the end of an archive has; one more than are allowed if there are more.
fn parts(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let from = bytes.len().saturating_sub(MAX_END);
    let end = from
        + bytes[from..]
            .windows(END.len())
            .rposition(|window| window == END)?;
    let count = u16_at(bytes, end + 10)?;
    let mut at = u32_at(bytes, end + 16)?;
    let mut parts = Vec::new();
    for _ in 0..usize::from(count).min(MAX_PARTS + 1) {
        if bytes.get(at..at.checked_add(ENTRY.len())?)? != ENTRY {
            return None;
        }
        let name = usize::from(u16_at(bytes, at + 28)?);
        let rest = usize::from(u16_at(bytes, at + 30)?) + usize::from(u16_at(bytes, at + 32)?);
        parts.push(Part {
            name: bytes.get(at + 46..at + 46 + name)?,
            is_encrypted: u16_at(bytes, at + 8)? & 1 != 0,
            method: u16_at(bytes, at + 10)?,
            packed: u32_at(bytes, at + 20)?,
            header: u32_at(bytes, at + 42)?,
        });
        at = at.checked_add(46 + name + rest)?;
    }
    Some(parts)
}
